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

// Headline is what the heads of the province see first: how full each centre is, and how many of those who left
// live on their own, with those who were not reached beside them.
type Headline struct {
	Centres                        []Full
	In, InAYearAgo                 int64
	Over                           int // centres with more people than places
	Asked, Independent, Unreached  int64
	AskedBefore, IndependentBefore int64 // of the twelve months before
	Came, Left                     int64 // this month
	Without                        []law.Region
	From, To, Month                clock.Day // the twelve months, and the first day of this month
}

// Full is how full one centre is.
type Full struct {
	Centre centre.Centre
	In     int64
}

// Headline reads the first figures of the province: a fixed number of statements over tallies.
func (d *Desk) Headline(ctx context.Context, by who.Asker) (h Headline, err error) {
	err = d.store.Read(ctx, by, seeFigures, func(tx *store.Tx) error {
		today := tx.Today()
		h = Headline{To: today, From: today.AddMonths(-12).Add(1), Month: today[:8] + "01"}
		before := read{}
		sum := func(p Part, s Span) (n int64, err error) {
			figs, err := d.figures(tx, p, s, before)
			for _, f := range figs {
				n += f.N
			}
			return n, err
		}
		year, past := Span{From: h.From, To: today}, Span{From: h.From.AddMonths(-12), To: h.From.Add(-1)}
		alone := Part{Measure: "aftercare.12", Dims: []string{"independent"}}
		for _, one := range []struct {
			into *int64
			part Part
			span Span
		}{
			{&h.InAYearAgo, Part{Measure: "stay"}, Span{To: today.AddMonths(-12)}},
			{&h.Asked, *due(12), year}, {&h.Independent, alone, year}, {&h.Unreached, unreached(12).Num, year},
			{&h.AskedBefore, *due(12), past}, {&h.IndependentBefore, alone, past},
			{&h.Came, Part{Measure: "stay.in"}, Span{From: h.Month, To: today}}, {&h.Left, Part{Measure: "stay.out"}, Span{From: h.Month, To: today}},
		} {
			if *one.into, err = sum(one.part, one.span); err != nil {
				return err
			}
		}
		served, err := d.of(tx, mustFind(Reach), Span{From: h.From, To: today}, before)
		if err != nil {
			return err
		}
		h.Without = served.Without()
		return d.fullness(tx, &h)
	})
	return h, err
}

func mustFind(key string) Indicator {
	i, _ := Find(key)
	return i
}

func (d *Desk) fullness(tx *store.Tx, h *Headline) error {
	all, err := centre.All(tx)
	if err != nil {
		return err
	}
	figs, err := store.Stock(tx, "stay", h.To, 0)
	if err != nil {
		return err
	}
	in := map[id.ID]int64{}
	for _, f := range figs {
		in[f.Centre] += f.N
	}
	for _, c := range all {
		if !c.ClientService {
			continue
		}
		h.Centres = append(h.Centres, Full{c, in[c.ID]})
		h.In += in[c.ID]
		if in[c.ID] > c.Capacity && c.Capacity > 0 {
			h.Over++
		}
	}
	return nil
}

// Balance is the account of a month: opening + in − out = closing.
type Balance struct {
	From, To                   clock.Day
	Opening, In, Out, Closing  int64
	ByReason                   map[string]int64
	OpeningOf, InOf, OutOf, At map[string]int64 // by sex
}

// Adds tells whether the account closes; when it does not, somebody came or left without a day.
func (b Balance) Adds() bool { return b.Opening+b.In-b.Out == b.Closing }

// MonthOf gives the account of the month of a day, up to that day, at one centre or all (0).
func (d *Desk) MonthOf(ctx context.Context, by who.Asker, at id.ID, to clock.Day) (b Balance, err error) {
	err = d.store.Read(ctx, by, seeFigures, func(tx *store.Tx) error {
		b, err = d.MonthIn(tx, at, to)
		return err
	})
	return b, err
}

// MonthIn gives the same within a transaction.
func (d *Desk) MonthIn(tx *store.Tx, at id.ID, to clock.Day) (b Balance, err error) {
	b = Balance{From: to[:8] + "01", To: to}
	before := read{}
	of := func(measure string, s Span) (n int64, by map[string]int64, err error) {
		figs, err := d.figures(tx, Part{Measure: measure}, s, before)
		by = map[string]int64{}
		for _, f := range figs {
			n += f.N
			by[f.Dim] += f.N
		}
		return n, by, err
	}
	if b.Opening, b.OpeningOf, err = of("stay", Span{To: b.From.Add(-1), Centre: at}); err != nil {
		return b, err
	}
	if b.In, b.InOf, err = of("stay.in", Span{b.From, to, at}); err != nil {
		return b, err
	}
	if b.Out, b.OutOf, err = of("stay.out", Span{b.From, to, at}); err != nil {
		return b, err
	}
	if b.Closing, b.At, err = of("stay", Span{To: to, Centre: at}); err != nil {
		return b, err
	}
	_, b.ByReason, err = of("case.terminated", Span{b.From, to, at})
	return b, err
}
