package casework

import (
	"tuntas/house/clock"
	"tuntas/house/fail"
)

// Condition is one line of a gate: what must be there, under which article, and where it is put right.
type Condition struct {
	Done    bool
	Code    string      // for programs: "criterion-seven-days", "assessment-unsigned"
	Say     fail.Saying // what is missing while it is not done; the same line when it is
	Article string      // "Pasal 18 ayat (3)"; "" where it is our design
	Part    string      // the page of the case where it is put right: "criteria", "plan", "decision" ...
	Firm    bool        // no waiver lifts it
}

// gates is the table of all gates: what each stage needs before it may be entered (Pasal 7 ayat (1): the
// order is law). Each function is pure and stands beside its stage.
var gates = map[string]func(File) []Condition{
	Assessing:       beforeAssessment,      // approach.go: criteria, consent
	Planning:        beforePlanning,        // assessment.go: signed by a Pekerja Sosial
	Intervention:    beforeIntervention,    // plan.go: approved, agreed, decision letter, a stay
	Resocialisation: beforeResocialisation, // resocialisation.go
	Terminated:      beforeTermination,     // termination.go
	Aftercare:       beforeAftercare,       // aftercare.go
	Closed:          beforeClosure,         // closure.go
}

// Conditions gives all conditions of the stage that comes next, done or not.
func Conditions(f File) []Condition {
	next := Next(f.Stage)
	if next == "" {
		return nil
	}
	return gates[next](f)
}

// Next is the stage after one; "" after the last.
func Next(stage string) string {
	i := orderOf(stage)
	if i < 0 || i+1 >= len(Stages) {
		return ""
	}
	return Stages[i+1]
}

// undone gives the conditions that are not done.
func undone(conditions []Condition) []Condition {
	var out []Condition
	for _, n := range conditions {
		if !n.Done {
			out = append(out, n)
		}
	}
	return out
}

// gateOf makes the refusal of what is missing: nil when nothing is. With a waiver only what is firm stays.
func gateOf(conditions []Condition, waived bool) error {
	var g fail.Gate
	for _, n := range conditions {
		g.Need(n.Done || waived && !n.Firm, n.Code, n.Say.Text, n.Say.Args...)
	}
	return g.Err()
}

// Step is the next step of a case, for the box on its page: which stage, by when, and what it lacks.
type Step struct {
	Stage      string // that comes next
	Due        clock.Day
	Conditions []Condition
	Own        string // "termination" or "closure" when the stage has its own form, else ""
}

// Ready tells whether nothing is missing.
func (s Step) Ready() bool { return len(undone(s.Conditions)) == 0 }

// Open gives what is still missing.
func (s Step) Open() []Condition { return undone(s.Conditions) }

// NextStep says what comes next for a case.
func NextStep(f File) Step {
	s := Step{Stage: Next(f.Stage), Due: f.DueOn, Conditions: Conditions(f)}
	switch s.Stage {
	case Terminated:
		s.Own = "termination"
	case Closed:
		s.Own = "closure"
	}
	return s
}
