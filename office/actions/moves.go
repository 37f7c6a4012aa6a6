package actions

import "tuntas/house/fail"

// The deeds that move an action.
const (
	doStart    = "start"
	doReport   = "report"
	doPostpone = "postpone"
	doEscalate = "escalate"
	doFinish   = "finish"
	doStop     = "stop"
	doReassign = "reassign"
)

// moves is the table of legal moves: the state, the deed, and the state afterwards. What is not here is refused.
var moves = map[string]map[string]string{
	Planned: {doStart: Running, doReport: Running, doPostpone: Planned, doEscalate: Planned, doFinish: Done, doStop: Stopped, doReassign: Replaced},
	Running: {doReport: Running, doPostpone: Running, doEscalate: Running, doFinish: Done, doStop: Stopped, doReassign: Replaced},
}

// mostPostponed is how often a date may simply be moved: the rule of the office, not of the law. At the next time it is
// stopped, handed on, or taken up to the head of the office.
const mostPostponed = 2

// move takes an action to the state that a deed leads to.
func (a *Action) move(deed string) error {
	to := moves[a.State][deed]
	if to == "" {
		return fail.Broken("action-state", "Tindak lanjut ini sudah selesai, dihentikan, atau diserahkan. Tidak ada yang berubah.")
	}
	a.State, a.Live = to, to == Planned || to == Running
	return nil
}
