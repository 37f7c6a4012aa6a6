package monitoring

import (
	"context"
	"slices"
	"strconv"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

var closeMonth = store.NewAct("month.close", who.CloseMonth)

// Closed is a month of an institution whose figures were reported. What was reported then stays; corrections of the past
// still change what the month says now, and both stand side by side.
type Closed struct {
	ID     id.ID
	Centre id.ID
	Month  string // 2026-11
	On     clock.Day
	By     string
}

// Reported is a figure as it stood when its month was closed.
type Reported struct {
	Indicator   string
	Centre      id.ID
	Numerator   int64
	Denominator int64
	Over        bool // there is a denominator
	Rule        string
}

func (f Reported) value() Value {
	return Value{Numerator: f.Numerator, Denominator: f.Denominator, Over: f.Over}
}

// NewClosing closes a month.
type NewClosing struct {
	Month string `json:"month" required:"true" maxLength:"7" ask:"Pilih bulannya."`
}

func monthSpan(month string) (Span, bool) {
	first := clock.Day(month + "-01")
	if !first.Valid() {
		return Span{}, false
	}
	return Span{From: first, To: first.AddMonths(1).Add(-1)}, true
}

// CloseMonth keeps what every figure of an institution says of a month that is over and whose balance adds up.
func (d *Desk) CloseMonth(ctx context.Context, by who.Asker, at id.ID, in NewClosing) (c Closed, err error) {
	err = d.store.Write(ctx, by, closeMonth, func(tx *store.Tx) error {
		there, err := centre.Own(tx, at)
		if err != nil {
			return err
		}
		s, ok := monthSpan(in.Month)
		if !ok || s.To >= tx.Today() {
			return fail.Bad("month", "range", "Hanya bulan yang sudah lewat yang dapat ditutup.")
		}
		s.Centre = at
		if err := d.mayClose(tx, s, in.Month); err != nil {
			return err
		}
		c = Closed{ID: id.New(), Centre: at, Month: in.Month, On: tx.Today(), By: by.Name}
		if err := insertClosed(tx, c); err != nil {
			return err
		}
		n, err := d.report(tx, s, in.Month)
		tx.Record(store.Entry{Kind: "closing", ID: c.ID, Centre: at, Say: fail.Say("Bulan %s %s ditutup dengan %d angka.", in.Month, there.Name, n), What: in})
		return err
	})
	return c, err
}

func (d *Desk) mayClose(tx *store.Tx, s Span, month string) error {
	before, err := closings(tx, month, month)
	if err != nil {
		return err
	}
	for _, c := range before {
		if c.Centre == s.Centre {
			return fail.Bad("month", "closed", "Bulan %s sudah ditutup pada %s oleh %s.", month, c.On, c.By)
		}
	}
	var n [4]int64
	for k, ask := range []struct {
		measure string
		span    Span
	}{{"stay", Span{To: s.From.Add(-1), Centre: s.Centre}}, {"stay.in", s}, {"stay.out", s}, {"stay", Span{To: s.To, Centre: s.Centre}}} {
		figs, err := d.totals(tx, Part{Measure: ask.measure}, ask.span, nil)
		if err != nil {
			return err
		}
		for _, f := range figs {
			n[k] += f.N
		}
	}
	if n[0]+n[1]-n[2] != n[3] {
		return fail.Broken("balance", "Neraca bulan ini belum cocok: %d + %d − %d bukan %d.", n[0], n[1], n[2], n[3])
	}
	return nil
}

// report writes every figure of a month down.
func (d *Desk) report(tx *store.Tx, s Span, month string) (n int, err error) {
	all, err := d.every(tx, s.To)
	if err != nil {
		return 0, err
	}
	before := read{}
	if err := d.totalsAhead(tx, all, s, before); err != nil {
		return 0, err
	}
	var reported []Reported
	for _, i := range all {
		v, err := d.of(tx, i, s, before)
		if err != nil {
			return 0, err
		}
		reported = append(reported, Reported{i.Key, s.Centre, v.Numerator, v.Denominator, v.Over, i.version(s.To)})
	}
	return len(reported), insertReported(tx, month, reported)
}

// Revision is a figure of a closed month: as reported, and as it reads now.
type Revision struct {
	Indicator
	Reported Reported
	Now      Value
}

// Changed tells whether the past was corrected since the month was closed.
func (r Revision) Changed() bool {
	return r.Reported.Numerator != r.Now.Numerator || r.Reported.Over && r.Reported.Denominator != r.Now.Denominator
}

// Then is the figure as it was reported.
func (r Revision) Then() Value { return r.Reported.value() }

// Revisions gives a closed month of an institution: every figure as reported and as it reads now.
func (d *Desk) Revisions(ctx context.Context, by who.Asker, at id.ID, month string) (c Closed, name string, all []Revision, err error) {
	err = d.store.Read(ctx, by, seeFigures, func(tx *store.Tx) error {
		names, err := centre.Names(tx)
		if err != nil {
			return err
		}
		s, ok := monthSpan(month)
		if name = names[at]; name == "" || !ok {
			return fail.NotFound
		}
		if c, err = closingOf(tx, at, month); err != nil {
			return err
		}
		s.Centre = at
		all, err = d.revisions(tx, s, month)
		return err
	})
	return c, name, all, err
}

func closingOf(tx *store.Tx, at id.ID, month string) (Closed, error) {
	held, err := closings(tx, month, month)
	for _, c := range held {
		if c.Centre == at {
			return c, err
		}
	}
	if err == nil {
		err = fail.NotFound
	}
	return Closed{}, err
}

func (d *Desk) revisions(tx *store.Tx, s Span, month string) (all []Revision, err error) {
	then, err := store.Each(tx, reportedOf, scanReported, s.Centre, month)
	if err != nil {
		return nil, err
	}
	held := map[string]Reported{}
	for _, f := range then {
		held[f.Indicator] = f
	}
	every, err := d.every(tx, s.To)
	if err != nil {
		return nil, err
	}
	before := read{}
	if err := d.totalsAhead(tx, every, s, before); err != nil {
		return nil, err
	}
	for _, i := range every {
		f, ok := held[i.Key]
		if !ok {
			continue
		}
		now, err := d.of(tx, i, s, before)
		if err != nil {
			return nil, err
		}
		all = append(all, Revision{i, f, now})
	}
	return all, nil
}

// Closings gives, for so many months back, which institutions closed them.
type Closings struct {
	Months  []string // the newest first
	Centres []centre.Centre
	Held    map[id.ID]map[string]Closed
}

// Closings reads which months were closed by whom.
func (d *Desk) Closings(ctx context.Context, by who.Asker, months int) (c Closings, err error) {
	err = d.store.Read(ctx, by, seeFigures, func(tx *store.Tx) error {
		c.Months = monthsBefore(tx.Today(), months)
		all, err := centre.Serving(tx)
		if err != nil {
			return err
		}
		c.Centres = slices.DeleteFunc(all, func(e centre.Centre) bool { return !by.Scope.Has(e.ID) })
		held, err := closings(tx, c.Months[len(c.Months)-1], c.Months[0])
		c.Held = map[id.ID]map[string]Closed{}
		for _, one := range held {
			if c.Held[one.Centre] == nil {
				c.Held[one.Centre] = map[string]Closed{}
			}
			c.Held[one.Centre][one.Month] = one
		}
		return err
	})
	return c, err
}

// monthsBefore are so many months that were over on a day, the newest first.
func monthsBefore(day clock.Day, months int) (all []string) {
	first := clock.Day(day.Month() + "-01")
	for n := 1; n <= months; n++ {
		all = append(all, first.AddMonths(-n).Month())
	}
	return all
}

func yearWord(year int64) string { return strconv.FormatInt(year, 10) }
