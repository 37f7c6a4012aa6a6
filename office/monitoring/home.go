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
	Without                        []law.Region
	From, To                       clock.Day // the twelve months
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
		h = Headline{To: today, From: today.AddMonths(-12).Add(1)}
		before := read{}
		at := narrowed(by)
		sum := func(p Part, s Span) (n int64, err error) {
			s.Centre = at
			figs, err := d.totals(tx, p, s, before)
			for _, f := range figs {
				n += f.N
			}
			return n, err
		}
		year, past := Span{From: h.From, To: today}, Span{From: h.From.AddMonths(-12), To: h.From.Add(-1)}
		for _, one := range []struct {
			into *int64
			part Part
			span Span
		}{
			{&h.InAYearAgo, Part{Measure: "stay"}, Span{To: today.AddMonths(-12)}},
			{&h.Asked, due(12), year}, {&h.Independent, alone(12), year}, {&h.Unreached, notMet(12), year},
			{&h.AskedBefore, due(12), past}, {&h.IndependentBefore, alone(12), past},
		} {
			if *one.into, err = sum(one.part, one.span); err != nil {
				return err
			}
		}
		served, err := d.of(tx, mustFind(Reach), Span{From: h.From, To: today, Centre: at}, before)
		if err != nil {
			return err
		}
		h.Without = served.Without()
		return d.fullness(tx, &h)
	})
	return h, err
}

// narrowed is the one centre to which the asker narrowed the pages; 0 is none.
func narrowed(by who.Asker) id.ID {
	if by.Wide == nil {
		return 0
	}
	return by.Scope.Centres[0]
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
		if at := narrowed(tx.By()); !c.ClientService || at != 0 && c.ID != at {
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
