package performance

import (
	"context"
	"strconv"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/centre"
	"tuntas/office/monitoring"
)

var lookPoor = store.NewAct("performance.poverty", who.SeeRecords)

// Poverty is what became of those who left in a year, as far as contacts know: the first contact that knew against the last.
type Poverty struct {
	Year               int64
	Span               monitoring.Span
	There              centre.Centre
	Centres            []centre.Centre
	All                int64
	Cut                bool // more left than are read at once
	Poor               int64
	Decile             [10][10]int64 // first against last, where both are known
	Known              int64         // deciles
	Rose               int64
	Fell               int64
	WerePoor, LeftPoor int64
	Income             Gain
	Work               Gain
}

// Gain is how something moved, of those in whom it was known twice.
type Gain struct{ Known, Better, Same, Worse int64 }

func (g *Gain) add(step int) {
	g.Known++
	switch {
	case step > 0:
		g.Better++
	case step < 0:
		g.Worse++
	default:
		g.Same++
	}
}

// Poverty reads what became of those who left in a year, of an institution or (0) of all that the asker reaches.
func (d *Desk) Poverty(ctx context.Context, by who.Asker, year int64, at id.ID) (p Poverty, err error) {
	err = d.store.Read(ctx, by, lookPoor, func(tx *store.Tx) error {
		p = Poverty{Year: year, Span: monitoring.YearSpan(year, tx.Today()), Poor: law.Performance.On(tx.Today()).PoorDecile}
		p.Span.Centre = at
		if p.Centres, err = centre.Serving(tx); err != nil {
			return err
		}
		for _, c := range p.Centres {
			if c.ID == at {
				p.There = c
			}
		}
		if at != 0 && p.There.ID == 0 {
			return fail.NotFound
		}
		all, cut, err := casework.Livelihoods(tx, at, p.Span.From, p.Span.To)
		p.Cut = cut
		bands := law.Standard.On(tx.Today()).IncomeBands
		for _, s := range all {
			p.add(s, bands)
		}
		return err
	})
	return p, err
}

func (p *Poverty) add(s casework.Livelihood, bands []law.Named) {
	p.All++
	if s.Decile.Twice {
		first, last := decileOf(s.Decile.First), decileOf(s.Decile.Last)
		p.Decile[first-1][last-1]++
		p.Known++
		switch {
		case last > first:
			p.Rose++
		case last < first:
			p.Fell++
		}
		if first <= p.Poor {
			p.WerePoor++
			if last > p.Poor {
				p.LeftPoor++
			}
		}
	}
	if s.Income.Twice {
		p.Income.add(place(bands, s.Income.Last) - place(bands, s.Income.First))
	}
	if s.Work.Twice {
		p.Work.add(working(s.Work.Last) - working(s.Work.First))
	}
}

func decileOf(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return min(10, max(1, n))
}

// place is where a band of income stands; bands rise.
func place(bands []law.Named, key string) int {
	for n, b := range bands {
		if b.Key == key {
			return n
		}
	}
	return 0
}

// working is 1 for any work or school, 0 for none.
func working(key string) int {
	if key == "none" {
		return 0
	}
	return 1
}
