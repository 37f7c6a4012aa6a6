package casework

import (
	"errors"
	"slices"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/person"
	"tuntas/office/residence"
)

// Standing is a case as another record tells it: how it was opened, and where it stands now. The papers of
// the stages behind it are not in that record.
type Standing struct {
	Opening
	Stage      string
	StageSince clock.Day
	Ended      *Ending // from termination on
	ClosedOn   clock.Day
	Result     string
	DecisionNo string
	DecisionOn clock.Day
}

// takenWaiver stands in the history of each stage that was entered without its papers, for ever.
const takenWaiver = "Diambil alih dari catatan lain; berkas tahap ini tidak ikut."

// mayStand holds what the record must tell: days in their order, an ending from termination on, and a
// result where the case is closed.
func mayStand(in Standing, today clock.Day) error {
	var f fail.Fields
	if orderOf(in.Stage) < 0 {
		f.Add("stage", "choice", "Pilih salah satu dari daftar.")
	}
	since := in.StageSince
	if in.Stage == Closed {
		since = in.ClosedOn
	}
	if orderOf(in.Stage) >= orderOf(Terminated) && in.Ended == nil {
		f.Add("terminated_on", "required", "Tulis tanggal keluar.")
	}
	if in.Stage == Closed && in.ClosedOn == "" {
		f.Add("closed_on", "required", "Tulis tanggal penutupan.")
	}
	if in.Stage == Closed && closeSays[in.Result].Text == "" {
		f.Add("result", "choice", "Pilih salah satu dari daftar.")
	}
	if in.DecisionNo != "" && in.DecisionOn == "" {
		f.Add("decision_on", "required", "Tulis tanggal keputusan.")
	}
	if err := f.Err(); err != nil {
		return err
	}
	if err := dayInOrder("stage_since", since, in.OpenedOn, today); err != nil {
		return err
	}
	if in.Ended == nil {
		return nil
	}
	if err := mayEnd(*in.Ended); err != nil {
		return err
	}
	return dayInOrder("terminated_on", in.Ended.On, in.OpenedOn, since)
}

// TakeOver opens a case where another record says that it stands. It is opened by the rules of every case;
// the stages behind it are entered in the order of the law (Pasal 7 ayat (1)), and what each of them lacks is
// waived on record. fresh is false when the case was taken before.
func TakeOver(tx *store.Tx, in Standing) (c Case, fresh bool, err error) {
	if in.Stage == "" {
		in.Stage = Approach
	}
	if in.Stage == Approach || in.StageSince == "" {
		in.StageSince = in.OpenedOn
	}
	if err := mayOpen(in.Opening, tx.Today()); err != nil {
		return c, false, err
	}
	if err := mayStand(in, tx.Today()); err != nil {
		return c, false, err
	}
	c, err = begin(tx, in.Opening, in.ClosedOn)
	if errors.Is(err, errSame) {
		return c, false, nil
	}
	if err != nil {
		return c, false, err
	}
	if in.DecisionNo != "" {
		c.DecisionNo, c.DecisionOn = in.DecisionNo, in.DecisionOn
		if err := keepFacts(tx, c); err != nil {
			return c, false, err
		}
	}
	if in.Stage != Approach {
		if err := catchUp(tx, c, in); err != nil {
			return c, false, err
		}
	}
	f, err := refresh(tx, c.ID)
	return f.Case, true, err
}

// catchUp enters the stages between the first and the one that is told.
func catchUp(tx *store.Tx, c Case, in Standing) error {
	f, err := FileOf(tx, c.ID)
	if err != nil {
		return err
	}
	f.guessed = true
	early := in.Ended != nil && slices.Contains(shortEndings, in.Ended.Reason)
	for f.Stage != in.Stage {
		next := Next(f.Stage)
		switch {
		case early && f.InCare():
			next = Terminated
		case f.Stage == Terminated && in.Stage == Closed && in.Result == "deceased":
			next = Closed
		}
		waiver, waived := "", []string(nil)
		if lacks := undone(Conditions(f)); len(lacks) > 0 && next == Next(f.Stage) && !early {
			if !tx.By().May(who.WaiveRule) {
				return fail.Broken("waiver-right", "Kasus di tahap ini diambil alih dengan pengecualian; Anda tidak berhak memberi pengecualian.")
			}
			waiver = takenWaiver
			for _, l := range lacks {
				waived = append(waived, l.Code)
			}
		}
		if f.Case, err = enterStage(tx, f.Case, next, arrival(next, in), "", waiver, waived); err != nil {
			return err
		}
		if err := arrive(tx, &f, in); err != nil {
			return err
		}
	}
	return nil
}

// arrival is when a stage behind began. The record tells the day of the last one, of the ending and of the
// closure; the others began with the case, as far as anybody knows.
func arrival(stage string, in Standing) clock.Day {
	switch {
	case stage == Closed:
		return in.ClosedOn
	case stage == in.Stage && stage != Terminated:
		return in.StageSince
	case orderOf(stage) >= orderOf(Terminated):
		return in.Ended.On
	}
	return in.OpenedOn
}

// arrive does what belongs to entering the last stages.
func arrive(tx *store.Tx, f *File, in Standing) error {
	c := f.Case
	switch f.Stage {
	case Terminated:
		e := *in.Ended
		f.Ended = &e
		if err := insertEnding(tx, c, e); err != nil {
			return err
		}
		tx.CountOf(c.Person, "case.terminated", c.Centre, e.On, e.Reason, 1)
		tx.CountOf(c.Person, "case.outcome", c.Centre, e.On, e.Outcome, 1)
		if e.Reason == "deceased" {
			return person.MarkDeceased(tx, c.Person, e.On)
		}
		if in.Stage != Closed {
			return planRest(tx, c, e.On)
		}
	case Closed:
		if _, err := store.Exec(tx, closeCase, in.ClosedOn, in.Result, c.ID); err != nil {
			return err
		}
		tx.CountOf(c.Person, "case.closed", c.Centre, in.ClosedOn, in.Result, 1)
		tx.Record(entryOf(c, closeSays[in.Result], in))
	}
	return nil
}

// planRest plans the visits of aftercare that are still to come; what became of earlier ones is not told.
func planRest(tx *store.Tx, c Case, from clock.Day) error {
	for _, p := range Planned(c, from, law.Standard.On(from).AftercareMonths) {
		if p.DueOn < tx.Today() {
			continue
		}
		if err := insertContact(tx, p); err != nil {
			return err
		}
		count(tx, p, 1)
	}
	return nil
}

// At finds the case of a person at a centre that ran on a day: what a list means that names no case.
func At(tx *store.Tx, who, centre id.ID, on clock.Day) (id.ID, error) {
	lines, err := OfPerson(tx, who)
	if err != nil {
		return 0, err
	}
	var found id.ID
	for _, l := range lines {
		if centre != 0 && l.Centre != centre || on < l.OpenedOn || l.ClosedOn != "" && on > l.ClosedOn {
			continue
		}
		if found != 0 {
			return 0, fail.Bad("case_id", "ambiguous", "Orang ini punya beberapa kasus pada tanggal itu. Tulis pengenal kasusnya.")
		}
		found = l.ID
	}
	if found == 0 {
		return 0, fail.Bad("case_id", "unknown", "Orang ini tidak punya kasus pada tanggal itu.")
	}
	return found, nil
}

// Taking takes stays and services of a list, many of one case, and brings each case up to date once.
type Taking struct {
	tx    *store.Tx
	files map[id.ID]File
	moved map[id.ID]bool
}

// NewTaking begins to take from a list.
func NewTaking(tx *store.Tx) *Taking {
	return &Taking{tx: tx, files: map[id.ID]File{}, moved: map[id.ID]bool{}}
}

// File gives the file of a case as it was before the list.
func (t *Taking) File(caseID id.ID) (File, error) {
	if f, ok := t.files[caseID]; ok {
		return f, nil
	}
	f, err := FileOf(t.tx, caseID)
	if errors.Is(err, fail.NotFound) {
		return f, fail.Bad("case_id", "unknown", "Kasus ini tidak ada di UPT Anda.")
	}
	if err == nil {
		t.files[caseID] = f
	}
	return f, err
}

// Stay takes over a stay of a case. Nobody asks for the papers of a bed in which the person lay already.
func (t *Taking) Stay(caseID id.ID, s residence.Taken) (fresh bool, err error) {
	f, err := t.File(caseID)
	if err != nil {
		return false, err
	}
	for _, old := range f.Stays {
		if old.ID != s.ID {
			continue
		}
		if old.From != s.From {
			return false, fail.Clash("id-used", "Pengenal ini sudah dipakai untuk isian lain.")
		}
		return false, nil
	}
	if s.State == residence.Ended || s.State == residence.Open {
		if err := mayLodge(f.Case, s.From, t.tx.Today()); err != nil {
			return false, err
		}
	}
	if s.To > t.tx.Today() && s.State == residence.Ended {
		return false, fail.Bad("to", "future", "Tanggal %s belum terjadi.", s.To)
	}
	if (s.State == residence.Open || s.State == residence.Reserved) && !f.InCare() {
		return false, fail.Broken("not-in-care", "Layanan panti kasus ini sudah diakhiri.")
	}
	s.Person, s.Case = f.Person, f.ID
	if _, err := residence.Take(t.tx, s); err != nil {
		return false, err
	}
	t.moved[caseID] = true
	return true, nil
}

// Service takes over a service of a case, also of one that is closed by now. The item may be named as the
// law names it.
func (t *Taking) Service(caseID id.ID, g Given, by string) (fresh bool, err error) {
	f, err := t.File(caseID)
	if err != nil {
		return false, err
	}
	for _, i := range f.Items() {
		if strings.EqualFold(i.Name, g.Item) || strings.EqualFold(i.NameEn, g.Item) {
			g.Item = i.Key
		}
	}
	if err := mayHaveGiven(f, g, t.tx.Today()); err != nil {
		return false, err
	}
	if f.ClosedOn != "" && g.On > f.ClosedOn {
		return false, fail.Broken("case-closed", "Kasus ini sudah ditutup.")
	}
	if g.Quantity == 0 {
		g.Quantity = 1
	}
	old, err := serviceByID(t.tx, g.ID)
	switch {
	case err == nil && (old.Case != caseID || old.Item != g.Item || old.On != g.On || old.Quantity != g.Quantity):
		return false, fail.Clash("id-used", "Pengenal ini sudah dipakai untuk isian lain.")
	case err == nil:
		return false, nil
	case !errors.Is(err, fail.NotFound):
		return false, err
	}
	if by == "" {
		by = t.tx.By().Name
	}
	s := Service{ID: g.ID, Version: 1, Case: caseID, Item: g.Item, Goal: g.Goal, Atensi: g.Atensi, On: g.On, Quantity: g.Quantity,
		Unit: g.Unit, Note: g.Note, By: by}
	if err := insertService(t.tx, f.Case, s); err != nil {
		return false, err
	}
	item, _ := law.ItemOf(g.Item)
	t.tx.Record(store.Entry{Kind: "service", ID: s.ID, Person: f.Person, Case: caseID, Centre: f.Centre,
		Say: fail.Say("Layanan diberikan: %s, %s.", item.Name, g.On), What: s})
	t.moved[caseID] = true
	return true, nil
}

// Close brings the cases that got something up to date.
func (t *Taking) Close() error {
	all := make([]id.ID, 0, len(t.moved))
	for c := range t.moved {
		all = append(all, c)
	}
	slices.Sort(all) // one order, so that two imports do not wait for each other
	for _, c := range all {
		if _, err := refresh(t.tx, c); err != nil {
			return err
		}
	}
	return nil
}
