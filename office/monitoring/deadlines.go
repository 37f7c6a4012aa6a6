package monitoring

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
)

// Deadline tells how the open cases of one stage, or of one centre, stand against the day by which their stage should be
// done: overdue, due today or within the next seven days, later, and without a day.
type Deadline struct{ Late, Week, Later, None int64 }

// Cases is how many there are.
func (w Deadline) Cases() int64 { return w.Late + w.Week + w.Later + w.None }

// soonDays is how far "within the week" looks.
const soonDays = 7

// Deadlines are those of a province or of one centre.
type Deadlines struct {
	Today   clock.Day
	All     Deadline
	Stages  map[string]Deadline
	Centres map[id.ID]Deadline
	Serving []centre.Centre
}

// Deadlines reads how the open cases stand today, at one centre or all (0). A day passes without a deed, so "overdue" is
// kept by nobody: each open case counts on its day, and the days before today are added up.
func (d *Desk) Deadlines(ctx context.Context, by who.Asker, at id.ID) (all Deadlines, err error) {
	err = d.store.Read(ctx, by, seeFigures, func(tx *store.Tx) error {
		today := tx.Today()
		all = Deadlines{Today: today, Stages: map[string]Deadline{}, Centres: map[id.ID]Deadline{}}
		week := today.Add(soonDays)
		for _, one := range []struct {
			measure string
			span    Span
			add     func(w *Deadline, n int64)
		}{
			{"case.due", Span{"1900-01-01", today.Add(-1), at}, func(w *Deadline, n int64) { w.Late += n; w.None -= n }},
			{"case.due", Span{today, week, at}, func(w *Deadline, n int64) { w.Week += n; w.None -= n }},
			{"case.due", Span{week.Add(1), "2999-12-31", at}, func(w *Deadline, n int64) { w.Later += n; w.None -= n }},
			{"case.stage", Span{To: today, Centre: at}, func(w *Deadline, n int64) { w.None += n }},
		} {
			figs, err := d.figures(tx, Part{Measure: one.measure}, one.span, nil)
			if err != nil {
				return err
			}
			for _, f := range figs {
				stage, there := all.Stages[f.Dim], all.Centres[f.Centre]
				one.add(&stage, f.N)
				one.add(&there, f.N)
				one.add(&all.All, f.N)
				all.Stages[f.Dim], all.Centres[f.Centre] = stage, there
			}
		}
		all.Serving, err = centre.All(tx)
		return err
	})
	return all, err
}

// Homes counts people by home district on a day, at one centre or all (0): the cases in service, or who lives in.
func (d *Desk) Homes(ctx context.Context, by who.Asker, living bool, s Span) (v Value, all []centre.Centre, err error) {
	err = d.store.Read(ctx, by, seeFigures, func(tx *store.Tx) error {
		i := mustFind(Reach)
		if living {
			i, _ = mustFind("occupancy").Split(byRegion)
		}
		v = Value{}
		if v.Numerator, v.Groups, err = d.sums(tx, i, s); err != nil {
			return err
		}
		all, err = centre.All(tx)
		return err
	})
	return v, all, err
}

// stageKeys are the seven stages in the order of the law.
func stageKeys() (all []string) {
	for _, s := range law.Stages.Latest() {
		all = append(all, s.Key)
	}
	return all
}
