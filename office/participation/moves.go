package participation

import (
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/law"
)

// The states of a report.
const (
	Received   = "received"
	Verified   = "verified"
	Dispatched = "dispatched"
	Visited    = "visited"
	Closed     = "closed"
	Merged     = "merged"
)

// The deeds that move it.
const (
	doConfirm  = "confirm"  // it is real
	doDismiss  = "dismiss"  // false, or known already
	doPassOn   = "pass-on"  // not our field
	doDispatch = "dispatch" // to an institution or an agency
	doVisit    = "visit"
	doFinish   = "finish"
	doMerge    = "merge"
	doReopen   = "reopen"
)

// moves is the table of legal moves: the state, the deed, and the state afterwards. What is not here is refused.
var moves = map[string]map[string]string{
	Received:   {doConfirm: Verified, doDismiss: Closed, doPassOn: Closed, doMerge: Merged},
	Verified:   {doPassOn: Closed, doDispatch: Dispatched, doVisit: Visited, doFinish: Closed, doMerge: Merged},
	Dispatched: {doPassOn: Closed, doDispatch: Dispatched, doVisit: Visited, doFinish: Closed, doMerge: Merged},
	Visited:    {doPassOn: Closed, doDispatch: Dispatched, doVisit: Visited, doFinish: Closed, doMerge: Merged},
	Closed:     {doReopen: Received},
}

// Outcomes that are no result of work: they are given by the verdict itself.
const (
	OutcomeFalse  = "false"
	OutcomeKnown  = "known"
	OutcomePassed = "passed"
)

func live(state string) bool { return state != Closed && state != Merged }

// May tells whether a deed is legal now.
func (r Report) May(deed string) bool { return moves[r.State][deed] != "" }

// move takes a report to the state that a deed leads to, with the next promise: working days after today, of the rules of
// the day on which the report came. The first decision is the answer.
func (r *Report) move(deed string, today clock.Day) error {
	to := moves[r.State][deed]
	if to == "" {
		return fail.Broken("report-state", "Laporan ini sudah di tahap lain. Muat ulang, lalu lihat apa yang dapat dilakukan.")
	}
	kind := r.Kind()
	r.State = to
	switch to {
	case Verified, Dispatched:
		r.DueOn = law.AddWorkingDays(today, kind.Visit)
	case Visited:
		r.DueOn = law.AddWorkingDays(today, kind.Result)
	case Received: // opened again: the promise begins anew
		r.DueOn, r.ClosedOn, r.Outcome, r.Satisfied = law.AddWorkingDays(today, kind.Answer), "", "", "no"
		r.Reopened++
	default:
		r.DueOn = ""
	}
	if to == Closed {
		r.ClosedOn = today
	}
	return nil
}

// answered notes the day of the first decision; it tells whether this was it.
func (r *Report) answered(today clock.Day) bool {
	if r.AnsweredOn != "" {
		return false
	}
	r.AnsweredOn = today
	return true
}

// inTime is the dimension of an answer in the figures.
func (r Report) inTime() string {
	if r.AnsweredOn <= r.AnswerDueOn {
		return "in_time"
	}
	return "late"
}

// reached is how far the line of progress of the reporter has come: 1 received, 2 looked into, 3 on the spot, 4 result.
func reached(state string) int {
	return 1 + max(0, slices.Index([]string{Received, Verified, Visited, Closed}, map[string]string{Dispatched: Verified, Merged: Verified}[state]),
		slices.Index([]string{Received, Verified, Visited, Closed}, state))
}
