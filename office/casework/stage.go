package casework

import (
	"context"
	"slices"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
)

var (
	moveStage  = store.NewAct("case.stage", who.WorkCase)
	waiveStage = store.NewAct("case.stage-waived", who.WaiveRule)
)

// Entry is one line of the history of stages.
type Entry struct {
	ID     id.ID
	Stage  string
	On     clock.Day
	LeftOn clock.Day
	By     string
	Reason string
	Waiver string   // why a stage was entered although something was missing; stays for ever
	Waived []string // the codes of what was missing
}

// Move asks to enter the next stage.
type Move struct {
	Stage  string    `json:"stage" required:"true" enum:"approach,assessment,planning,intervention,resocialisation,termination,aftercare,closed" ask:"Pilih tahap."`
	On     clock.Day `json:"on" required:"true" ask:"Tulis tanggal mulai tahap."`
	Reason string    `json:"reason" maxLength:"500"`
	Waiver *Waiver   `json:"waiver"`
}

// Waiver says why something that is missing shall not hold the case up.
type Waiver struct {
	Reason string `json:"reason" required:"true" maxLength:"500" ask:"Tulis alasan pengecualian."`
}

// mayMove holds Pasal 7 ayat (1): the seven stages run in the order of the law, none is left out. It gives
// the codes that a waiver lifts.
func mayMove(f File, m Move, today clock.Day) (waived []string, err error) {
	switch {
	case m.Stage == Terminated:
		return nil, ownForm("use-termination", fail.Say("Terminasi dicatat pada formulir terminasi, bukan sebagai tahap biasa."))
	case m.Stage == Closed:
		return nil, ownForm("use-closure", fail.Say("Penutupan kasus dicatat pada formulir penutupan, bukan sebagai tahap biasa."))
	case !f.Open():
		return nil, fail.Broken("case-closed", "Kasus ini sudah ditutup.")
	}
	next := Next(f.Stage)
	conditions := Conditions(f)
	if m.Stage != next {
		conditions = append([]Condition{{Code: "stage-order", Firm: true, Article: "Pasal 7 ayat (1)",
			Say: orderSays[next]}}, conditions...)
	}
	if err := gateOf(conditions, m.Waiver != nil); err != nil {
		return nil, err
	}
	if err := dayInOrder("on", m.On, f.StageSince, today); err != nil {
		return nil, err
	}
	for _, c := range undone(conditions) {
		waived = append(waived, c.Code)
	}
	return waived, nil
}

// ownForm refuses a stage that is entered only by its own resource, in the manner of a gate.
func ownForm(code string, say fail.Saying) error {
	return gateOf([]Condition{{Code: code, Say: say, Firm: true}}, false)
}

// dayInOrder refuses a day before another and a day in the future.
func dayInOrder(field string, on, from, today clock.Day) error {
	var f fail.Fields
	if on > today {
		f.Add(field, "future", "Tanggal %s belum terjadi.", on)
	}
	if on < from {
		f.Add(field, "order", "Tanggal %s lebih awal dari %s. Periksa salah satunya.", on, from)
	}
	return f.Err()
}

// EnterStage enters the next stage of a case; with a waiver it needs the right to waive.
func (d *Desk) EnterStage(ctx context.Context, by who.Asker, caseID id.ID, version int64, m Move) (f File, err error) {
	if err := byPeople(by); err != nil {
		return f, err
	}
	act := moveStage
	if m.Waiver != nil {
		act = waiveStage
	}
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if f, err = take(tx, caseID, version); err != nil {
			return err
		}
		waived, err := mayMove(f, m, tx.Today())
		if err != nil {
			return err
		}
		waiver := ""
		if len(waived) > 0 {
			waiver = m.Waiver.Reason
		}
		if _, err = enterStage(tx, f.Case, m.Stage, m.On, m.Reason, waiver, waived); err != nil {
			return err
		}
		f, err = refresh(tx, caseID)
		return err
	})
	return f, err
}

// enterStage closes the running line of the history, writes the next one and moves the case. The caller
// has taken the case and obeyed the gate.
func enterStage(tx *store.Tx, c Case, stage string, on clock.Day, reason, waiver string, waived []string) (Case, error) {
	e := Entry{ID: id.New(), Stage: stage, On: on, Reason: reason, Waiver: waiver, Waived: waived}
	if c.Stage != "" {
		timely := timelyOf(c, on)
		if timely != "" {
			tx.CountOf(c.Person, "stage.timely", c.Centre, on, timely, 1)
		}
		if err := leaveStage(tx, c, on, timely); err != nil {
			return c, err
		}
	}
	if err := insertEntry(tx, c, e); err != nil {
		return c, err
	}
	if c.Stage != "" && c.Stage != Closed {
		tx.CountOf(c.Person, "case.stage", c.Centre, on, c.Stage, -1)
	}
	countDue(tx, c, -1)
	moved := c
	moved.Stage = stage
	countDue(tx, moved, 1)
	if stage != Closed {
		tx.CountOf(c.Person, "case.stage", c.Centre, on, stage, 1)
		tx.CountOf(c.Person, "case.reached", c.Centre, c.OpenedOn, stage, 1) // once for each stage: they run in one direction
	}
	say := enterSays[stage]
	if waiver != "" {
		say = fail.Saying{Text: waiveSays[stage].Text, Args: []any{waiver}}
	}
	tx.Record(store.Entry{Kind: "case", ID: c.ID, Person: c.Person, Case: c.ID, Centre: c.Centre, Say: say, What: e})
	c.Stage, c.StageSince = stage, on
	return c, nil
}

// refresh brings what lists show of a case up to date: how much the next stage lacks, whose decision is
// awaited, by when, and what the SPM counts of it. Every write of this desk ends with it.
func refresh(tx *store.Tx, caseID id.ID) (File, error) {
	f, err := FileOf(tx, caseID)
	if err != nil {
		return f, err
	}
	f.Missing = int64(len(undone(Conditions(f))))
	f.Waiting = waitingOf(f)
	countDue(tx, f.Case, -1)
	f.DueOn = dueOf(f)
	countDue(tx, f.Case, 1)
	countQueue(tx, f.Case, -1)
	f.QueuedOn, f.PlacedOn = f.queue()
	countQueue(tx, f.Case, 1)
	f.ChangedAt = tx.Now()
	if err := followExit(tx, f); err != nil {
		return f, err
	}
	if err := keepState(tx, f); err != nil {
		return f, err
	}
	return f, countItems(tx, f)
}

// lastServed is the last day of services; "" of none.
func lastServed(all []Service) (last clock.Day) {
	for _, s := range all {
		last = max(last, s.On)
	}
	return last
}

// servedOn is the last day on which the case was given a service; "" before the first.
func (f File) servedOn() (last clock.Day) {
	for _, s := range f.Sums {
		last = max(last, s.Last)
	}
	return last
}

// countDue counts an open case on the day by which its stage should be done. A day comes by itself, so what is overdue
// is no tally: it is the sum of the days before today, read when it is asked for.
func countDue(tx *store.Tx, c Case, n int64) {
	if c.Stage != "" && c.Open() && c.DueOn != "" {
		tx.CountOf(c.Person, "case.due", c.Centre, c.DueOn, c.Stage, n)
	}
}

// waitingOf says for whose decision a case waits, the most urgent first.
func waitingOf(f File) string {
	switch {
	case !f.Open():
		return ""
	case slices.ContainsFunc(f.Criteria, func(c Criterion) bool { return c.Asked != "" && !c.Lifted() }) && f.Stage == Approach:
		return WaitsWaiver
	case f.Draft != nil && f.Draft.State == PlanSubmitted:
		return WaitsPlan
	case f.DecisionNo == "" && f.InCare() && (f.Emergency || f.Stage == Planning):
		return WaitsDecision
	case f.Draft != nil && f.Draft.State == PlanReturned:
		return WaitsReturn
	}
	return ""
}

// dueOf is the day by which the stage should be done: days of the law files, or of the centre where it has
// a usual length of stay; papers of an emergency come earlier; aftercare follows its contacts.
func dueOf(f File) clock.Day {
	if !f.Open() {
		return ""
	}
	if f.Stage == Aftercare {
		if next := f.nextContact(); next != "" {
			return next
		}
	}
	days := 0
	for _, s := range law.Stages.On(f.StageSince) {
		if s.Key == f.Stage {
			days = s.Days
		}
	}
	if f.Stage == Intervention && f.StayDays > 0 {
		days = f.StayDays
	}
	due := f.StageSince.Add(days)
	if f.Stage == Intervention && f.ReviewOn != "" { // who stays long has reviews instead of an end
		due = f.ReviewOn
	}
	if papers := f.OpenedOn.Add(law.Standard.On(f.OpenedOn).EmergencyDays); f.Emergency && f.DecisionNo == "" && papers < due {
		due = papers
	}
	return due
}

func joinCodes(codes []string) string { return strings.Join(codes, ",") }

func splitCodes(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

// enterSays and waiveSays are the sentences of the trail; orderSays tell which stage comes next.
var (
	enterSays = map[string]fail.Saying{
		Approach:        fail.Say("Kasus dibuka. Pendekatan awal dimulai."),
		Assessing:       fail.Say("Asesmen dimulai."),
		Planning:        fail.Say("Penyusunan rencana intervensi dimulai."),
		Intervention:    fail.Say("Intervensi dimulai."),
		Resocialisation: fail.Say("Resosialisasi dimulai."),
		Terminated:      fail.Say("Terminasi dimulai."),
		Aftercare:       fail.Say("Bimbingan lanjut dimulai."),
		Closed:          fail.Say("Kasus ditutup."),
	}
	waiveSays = map[string]fail.Saying{
		Assessing:       fail.Say("Asesmen dimulai dengan pengecualian: %s"),
		Planning:        fail.Say("Penyusunan rencana intervensi dimulai dengan pengecualian: %s"),
		Intervention:    fail.Say("Intervensi dimulai dengan pengecualian: %s"),
		Resocialisation: fail.Say("Resosialisasi dimulai dengan pengecualian: %s"),
		Terminated:      fail.Say("Terminasi dimulai dengan pengecualian: %s"),
		Aftercare:       fail.Say("Bimbingan lanjut dimulai dengan pengecualian: %s"),
		Closed:          fail.Say("Kasus ditutup dengan pengecualian: %s"),
	}
	orderSays = map[string]fail.Saying{
		Assessing:       fail.Say("Tahap berikutnya adalah asesmen. Tahap tidak dapat dilompati."),
		Planning:        fail.Say("Tahap berikutnya adalah penyusunan rencana intervensi. Tahap tidak dapat dilompati."),
		Intervention:    fail.Say("Tahap berikutnya adalah intervensi. Tahap tidak dapat dilompati."),
		Resocialisation: fail.Say("Tahap berikutnya adalah resosialisasi. Tahap tidak dapat dilompati."),
		Terminated:      fail.Say("Tahap berikutnya adalah terminasi. Tahap tidak dapat dilompati."),
		Aftercare:       fail.Say("Tahap berikutnya adalah bimbingan lanjut. Tahap tidak dapat dilompati."),
		Closed:          fail.Say("Setelah bimbingan lanjut, kasus ditutup. Tahap tidak dapat dilompati."),
	}
)
