package casework

import (
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// The seven stages of Permensos 16/2019 Pasal 7 ayat (1), in the order of the law, and the end after them.
const (
	Approach        = "approach"
	Assessing       = "assessment"
	Planning        = "planning"
	Intervention    = "intervention"
	Resocialisation = "resocialisation"
	Terminated      = "termination"
	Aftercare       = "aftercare"
	Closed          = "closed"
)

// Stages lists them in order.
var Stages = []string{Approach, Assessing, Planning, Intervention, Resocialisation, Terminated, Aftercare, Closed}

// Where the service is given: inside the panti is the governor's, outside the regency's (Pasal 9 ayat (4)-(5)).
const (
	Inside  = "inside"
	Outside = "outside"
)

// What a case waits for; "" is nothing.
const (
	WaitsWaiver   = "waiver"
	WaitsPlan     = "plan"
	WaitsDecision = "decision"
	WaitsReturn   = "returned" // for the worker: the head gave the plan back
)

// Case is one episode of service to one person at one centre.
type Case struct {
	ID           id.ID
	Version      int64
	Person       id.ID
	Centre       id.ID
	Kind         string // of PPKS: a key of law.Kinds
	Setting      string // Inside or Outside
	Level        string // basic or advanced (Pasal 26)
	Stage        string
	StageSince   clock.Day
	DueOn        clock.Day // when this stage should be done
	Missing      int64     // how many things the next stage still lacks
	Waiting      string    // for whose decision
	OpenedOn     clock.Day
	ClosedOn     clock.Day
	Result       string // of the whole case, at closure
	Outcome      string // at termination
	Worker       id.ID  // the user who carries the case
	Source       string
	Story        string
	OutsideSince clock.Day // service outside the panti began (Pasal 18 ayat (3))
	DecisionNo   string
	DecisionOn   clock.Day
	Emergency    bool      // bed first, papers after
	Family       id.ID     // the case of the head of the family, for spouse and children (Pasal 21); 0 for nobody's
	Region       string    // home district as counted: a Kemendagri code, or "unknown"
	Former       id.ID     // an earlier case of the person that ended, at any centre; 0 for none
	FormerUntil  clock.Day // when the service of that case ended
	ReturnDays   *int64    // days from then until this one, where that counts as a return
	ReviewOn     clock.Day // the next review of a long stay; nothing for who does not stay long
	QueuedOn     clock.Day // waits for a place since then
	PlacedOn     clock.Day // and until then
	Nik          string    // at opening: NikHad, NikNone; "" where it was not looked at
	NikOn        clock.Day // a NIK came during the case
	ChangedAt    time.Time
	guessed      bool // nobody knows on which days the stages before began: see takeover.go
}

// Open tells whether the case still runs.
func (c Case) Open() bool { return c.Stage != Closed }

// InCare tells whether the stay in care still runs: before termination.
func (c Case) InCare() bool { return orderOf(c.Stage) < orderOf(Terminated) }

// DaysAway is how many days the person was without service before, where the case counts as a return; else 0.
func (c Case) DaysAway() int64 {
	if c.ReturnDays == nil {
		return 0
	}
	return *c.ReturnDays
}

// Path is the page of the case.
func (c Case) Path() string { return "/cases/" + c.ID.String() }

// Reached is how many stages are done, for the rail.
func (c Case) Reached() int { return orderOf(c.Stage) }

// orderOf is the place of a stage: 0 is the first; an unknown one comes before all.
func orderOf(stage string) int {
	for i, s := range Stages {
		if s == stage {
			return i
		}
	}
	return -1
}

// byPeople holds that admission, stages, termination and closure are decided by people, never by a job or
// a program (UU 27/2022: no automated decision).
func byPeople(by who.Asker) error {
	if by.System {
		return fail.Denied
	}
	return nil
}

// Desk is the desk of casework.
type Desk struct{ store *store.Store }

// New opens the desk.
func New(s *store.Store) *Desk { return &Desk{s} }
