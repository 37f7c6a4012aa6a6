package actions

import (
	"context"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/office/coordination"
	"tuntas/office/standards"
)

// Desk is the desk of actions.
type Desk struct {
	store     *store.Store
	standards *standards.Desk
	partners  *coordination.Desk
}

// New opens the desk. Gaps are those of standards; agencies are told by the letters of coordination.
func New(s *store.Store, standards *standards.Desk, partners *coordination.Desk) *Desk {
	return &Desk{store: s, standards: standards, partners: partners}
}

var lookAction = store.NewAct("action.look", who.SeeCentre)

// The states of an action. Planned and running are live.
const (
	Planned  = "planned"
	Running  = "running"
	Done     = "done"
	Stopped  = "stopped"
	Replaced = "replaced" // somebody else took it over: another action stands for it
)

var (
	stateWords = map[string]text.Word{Planned: "Direncanakan", Running: "Berjalan|tindak lanjut", Done: "Selesai", Stopped: "Dihentikan", Replaced: "Diserahkan kepada pelaksana lain"}
	stateKinds = map[string]string{Planned: "none", Running: "info", Done: "ok", Stopped: "none", Replaced: "none"}
	stepWords  = map[string]text.Word{stepMilestone: "Tonggak", stepProgress: "Kemajuan", stepPostponed: "Ditunda", stepAsked: "Penundaan diminta", stepStarted: "Dimulai",
		stepDone: "Selesai", stepStopped: "Dihentikan", stepReassigned: "Diserahkan|tindak lanjut", stepEscalated: "Dinaikkan kepada Kepala Dinas"}
)

// StateWord names a state, and StateKind is how it is coloured.
func StateWord(state string) string { return string(stateWords[state]) }

// StateKind is the kind of chip that a state has.
func StateKind(state string) string { return stateKinds[state] }

// The kinds of steps.
const (
	stepMilestone  = "milestone"
	stepProgress   = "progress"
	stepPostponed  = "postponed"
	stepAsked      = "asked" // the agency asks for a later date; nothing is put off yet
	stepStarted    = "started"
	stepDone       = "done"
	stepStopped    = "stopped"
	stepReassigned = "reassigned"
	stepEscalated  = "escalated"
)

// Who did a step.
const (
	viaStaff  = "staff"
	viaAgency = "agency"
)

// Action is something that was agreed: one organisation and one person do it until a day.
type Action struct {
	ID          id.ID
	Version     int64
	Centre      id.ID // the institution that it serves; 0: the whole province
	CentreName  string
	Title       string
	Detail      string
	Agency      id.ID // the agency that does it; 0 with OwnerCentre 0: the office itself
	OwnerCentre id.ID // the institution that does it
	OwnerOrg    string
	OwnerName   string
	OwnerUser   id.ID
	StartOn     clock.Day
	DueOn       clock.Day
	Measure     string
	Indicator   string // a key of monitoring.Indicators; ""
	State       string
	Live        bool
	Result      string
	DoneOn      clock.Day
	Postponed   int64
	Escalated   int64     // how often it went up to the head of the office
	LastAt      time.Time // of its last step; zero: none
	Decided     id.ID     // the item of a meeting that decided it
	Former      id.ID     // the action that it replaces
	MadeOn      clock.Day
	User        id.ID
	By          string
}

// Path is the page of the action.
func (a Action) Path() string { return "/actions/" + a.ID.String() }

// Owner names who does it as forms do: office, centre:ID or agency:ID.
func (a Action) Owner() string {
	switch {
	case a.Agency != 0:
		return ownerAgency + a.Agency.String()
	case a.OwnerCentre != 0:
		return ownerCentre + a.OwnerCentre.String()
	}
	return ownerOffice
}

// Late tells whether a live action is past its date.
func (a Action) Late(today clock.Day) bool { return a.Live && a.DueOn < today }

// InTime tells whether it was done by the date last agreed.
func (a Action) InTime() bool { return a.State == Done && a.DoneOn <= a.DueOn }

// May tells whether a deed fits the state.
func (a Action) May(deed string) bool { return moves[a.State][deed] != "" }

// Stuck tells that a mere new date is refused: it was put off twice, or once more after it went up.
func (a Action) Stuck() bool { return a.Live && a.Postponed >= mostPostponed+a.Escalated }

// Gap is a criterion of a standard at an institution that the action closes.
type Gap struct {
	ID         id.ID
	Centre     id.ID
	CentreName string
	Standard   string
	Criterion  string
}

// Step is one milestone, report or move of an action, in order.
type Step struct {
	ID     id.ID
	Kind   string
	DueOn  clock.Day // of a milestone; the new date of a postponement
	DoneOn clock.Day // of a milestone that was reached
	Note   string
	Via    string // staff, agency
	At     time.Time
	By     string
}

// Whole is an action with all that is known of it.
type Whole struct {
	Action
	Gaps   []Gap
	Steps  []Step
	Files  []File
	Former Action   // that it replaces; zero: none
	Later  []Action // that replaced it
}

// Milestones are the steps on the way, by their date.
func (w Whole) Milestones() (all []Step) {
	for _, s := range w.Steps {
		if s.Kind == stepMilestone {
			all = append(all, s)
		}
	}
	return all
}

// Reports are all other steps, the newest first.
func (w Whole) Reports() (all []Step) {
	for i := len(w.Steps) - 1; i >= 0; i-- {
		if w.Steps[i].Kind != stepMilestone {
			all = append(all, w.Steps[i])
		}
	}
	return all
}

// Asked is a later date that the agency asked for and nobody has answered; zero: none.
func (w Whole) Asked() (s Step) {
	for _, one := range w.Steps {
		switch one.Kind {
		case stepAsked:
			s = one
		case stepPostponed, stepDone, stepStopped, stepReassigned:
			s = Step{}
		}
	}
	if !w.Live {
		return Step{}
	}
	return s
}

// Look gives an action with everything about it.
func (d *Desk) Look(ctx context.Context, by who.Asker, action id.ID) (w Whole, err error) {
	err = d.store.Read(ctx, by, lookAction, func(tx *store.Tx) error {
		w, err = whole(tx, action)
		return err
	})
	return w, err
}

func whole(tx *store.Tx, action id.ID) (w Whole, err error) {
	if w.Action, err = ByID(tx, action); err != nil {
		return w, err
	}
	if w.Gaps, err = gapsOf(tx, action); err != nil {
		return w, err
	}
	if w.Steps, err = stepsOf(tx, action); err != nil {
		return w, err
	}
	if w.Files, err = filesOf(tx, action); err != nil {
		return w, err
	}
	if w.Action.Former != 0 {
		if w.Former, err = ByID(tx, w.Action.Former); err != nil {
			return w, err
		}
	}
	if w.State == Replaced {
		w.Later, err = replacing(tx, action)
	}
	return w, err
}

// mayWork holds that people of an institution write only to actions of their institution or done by it.
func mayWork(by who.Asker, a Action) error {
	if by.System || by.Whole().All || by.Scope.Has(a.Centre) && a.Centre != 0 || by.Scope.Has(a.OwnerCentre) && a.OwnerCentre != 0 {
		return nil
	}
	return fail.Denied
}

func entry(a Action, say fail.Saying, what any) store.Entry {
	return store.Entry{Kind: "action", ID: a.ID, Centre: a.Centre, Say: say, What: what}
}
