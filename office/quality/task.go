package quality

import (
	"context"
	"slices"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/office/monitoring"
)

var (
	lookTasks = store.NewAct("alert.see", who.SeeFigures)
	moveTask  = store.NewAct("alert.move", who.SeeFigures) // whoever answers for it, or keeps the figures
)

// The states of a task.
const (
	Opened    = "open"
	Seen      = "seen"
	Working   = "working"
	Done      = "done"
	Dismissed = "dismissed"
)

// moves are the steps of a task; work may be noted again and again.
var moves = map[string][]string{Opened: {Seen, Working, Done, Dismissed}, Seen: {Working, Done, Dismissed}, Working: {Working, Done, Dismissed}}

// Task is what a figure that crossed its threshold asks of somebody, with the figure as it stood.
type Task struct {
	ID          id.ID
	Version     int64
	Rule        id.ID
	RuleVersion int64
	Indicator   string
	Centre      id.ID
	Condition   string
	Value       int64 // thousandths
	Threshold   int64
	Figure      monitoring.Value
	From, To    clock.Day
	Severity    string
	Role        string
	Owner       id.ID
	OpenedOn    clock.Day
	DueOn       clock.Day
	State       string
	BackOn      clock.Day
	EscalatedOn clock.Day
	ClosedOn    clock.Day
}

// Open tells whether something is still to be done.
func (t Task) Open() bool { return len(moves[t.State]) > 0 }

// Late tells whether it should have been done before a day.
func (t Task) Late(today clock.Day) bool { return t.Open() && t.DueOn < today }

// Path is where the task is seen.
func (t Task) Path() string { return "/alerts/" + t.ID.String() }

// Span is what the figure was asked for.
func (t Task) Span() monitoring.Span {
	return monitoring.Span{From: t.From, To: t.To, Centre: t.Centre}
}

// Of tells whether the asker answers for the task.
func (t Task) Of(by who.Asker) bool {
	if t.Owner != 0 {
		return t.Owner == by.User
	}
	return t.Role == by.Role && (t.Centre == 0 || by.Whole().Has(t.Centre))
}

// Step is one thing that happened to a task.
type Step struct {
	Kind, Note, By string
	On             clock.Day
}

// Move is a step that somebody takes.
type Move struct {
	To   string `json:"to" required:"true" enum:"seen,working,done,dismissed" ask:"Pilih langkahnya."`
	Note string `json:"note,omitempty" maxLength:"500"`
}

// notes asks for what has to be written with a step.
var notes = map[string]text.Word{Working: "Tulis apa yang sedang dikerjakan.", Done: "Tulis apa yang sudah dilakukan.", Dismissed: "Tulis alasannya."}

// mayMove holds that the step comes after where the task is, and says what was done.
func mayMove(t Task, in Move) error {
	if !slices.Contains(moves[t.State], in.To) {
		return fail.Broken("alert-step", "Langkah ini tidak dapat diambil dari keadaan peringatan sekarang.")
	}
	if ask := notes[in.To]; ask != "" && strings.TrimSpace(in.Note) == "" {
		return fail.Bad("note", "required", string(ask))
	}
	return nil
}

var moveSays = map[string]text.Word{Seen: "Peringatan dilihat.", Working: "Peringatan dikerjakan.", Done: "Peringatan selesai ditindaklanjuti.", Dismissed: "Peringatan dikesampingkan."}

// MoveTask takes a task one step further. It is taken by whoever answers for it, or keeps the figures.
func (d *Desk) MoveTask(ctx context.Context, by who.Asker, task id.ID, version int64, in Move) (t Task, err error) {
	err = d.store.Write(ctx, by, moveTask, func(tx *store.Tx) error {
		if t, err = taskByID(tx, task); err != nil {
			return err
		}
		switch {
		case !t.Of(by) && !by.May(who.KeepFigures):
			return fail.Denied
		case version > 0 && version != t.Version:
			return fail.Stale
		}
		if err := mayMove(t, in); err != nil {
			return err
		}
		if t.State = in.To; !t.Open() {
			t.ClosedOn = tx.Today()
		}
		tx.Record(store.Entry{Kind: "alert", ID: t.ID, Centre: t.Centre, Say: fail.Say(string(moveSays[in.To])), What: in})
		if err := insertStep(tx, t.ID, in.To, strings.TrimSpace(in.Note)); err != nil {
			return err
		}
		return keepTask(tx, &t)
	})
	return t, err
}

// Filter chooses tasks: those of the asker, all that are open, those that are late, or those that ended.
type Filter struct {
	Show string `query:"show" enum:"mine,open,late,ended"`
}

// Counts are how many tasks there are to do.
type Counts struct{ Open, Late, Mine int64 }

// Tasks lists tasks, the newest first, with how many there are.
func (d *Desk) Tasks(ctx context.Context, by who.Asker, f Filter, before id.ID, limit int64) (all []Task, n Counts, c Choices, err error) {
	err = d.store.Read(ctx, by, lookTasks, func(tx *store.Tx) error {
		if all, err = tasksOf(tx, f, before, limit); err != nil {
			return err
		}
		if n, err = countTasks(tx); err != nil {
			return err
		}
		c, err = d.choices(tx)
		return err
	})
	return all, n, c, err
}

// Sheet is a task with what happened to it, and what its figure says now.
type Sheet struct {
	Task
	Rule  Rule
	Steps []Step
	Now   monitoring.Value
	Choices
}

// Task gives one task.
func (d *Desk) Task(ctx context.Context, by who.Asker, task id.ID) (s Sheet, err error) {
	err = d.store.Read(ctx, by, lookTasks, func(tx *store.Tx) error {
		s = Sheet{}
		if s.Task, err = taskByID(tx, task); err != nil {
			return err
		}
		if s.Rule, err = ruleByID(tx, s.Task.Rule); err != nil {
			return err
		}
		if s.Steps, err = stepsOf(tx, task); err != nil {
			return err
		}
		if s.Choices, err = d.choices(tx); err != nil {
			return err
		}
		if i, ok := s.Named(s.Indicator); ok {
			now, _ := s.Rule.spans(tx.Today())
			now.Centre = s.Centre
			s.Now, err = d.figures.Of(tx, i, now)
		}
		return err
	})
	return s, err
}
