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

// Poverty is what became of those who left in a year, as far as it is known: what was known first, perhaps before care ended,
// against what a contact knew last.
type Poverty struct {
	Year               int64
	Span               monitoring.Span
	There              centre.Centre
	Centres            []centre.Centre
	All                int64
	Poor               int64
	Decile             [10][10]int64 // first against last, where both are known
	Known              int64         // deciles
	Rose               int64
	Fell               int64
	WerePoor, LeftPoor int64
	Income             Gain
	Work               Gain
	Head               Gain // income for each person of the household; "same" within Same percent
	Aid                AidMove
	Same               int64
}

// AidMove is how the aid to households moved, of those in whom it was known twice.
type AidMove struct{ Known, Kept, Ended, Began, Never int64 }

func (a *AidMove) add(first, last string, n int64) {
	a.Known += n
	switch had, has := first == casework.Aided, last == casework.Aided; {
	case had && has:
		a.Kept += n
	case had:
		a.Ended += n
	case has:
		a.Began += n
	default:
		a.Never += n
	}
}

// Gain is how something moved, of those in whom it was known twice.
type Gain struct{ Known, Better, Same, Worse int64 }

func (g *Gain) add(step int, n int64) {
	g.Known += n
	switch {
	case step > 0:
		g.Better += n
	case step < 0:
		g.Worse += n
	default:
		g.Same += n
	}
}

// Poverty reads what became of those who left in a year, of an institution or (0) of all that the asker reaches.
func (d *Desk) Poverty(ctx context.Context, by who.Asker, year int64, at id.ID) (p Poverty, err error) {
	err = d.store.Read(ctx, by, lookPoor, func(tx *store.Tx) error {
		rules := law.Performance.On(tx.Today())
		p = Poverty{Year: year, Span: monitoring.YearSpan(year, tx.Today()), Poor: rules.PoorDecile, Same: rules.SamePercent}
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
		all, err := store.Totals(tx, gains, p.Span.From, p.Span.To, at)
		bands := law.Standard.On(tx.Today()).IncomeBands
		for _, measure := range gains {
			for _, f := range all[measure] {
				p.add(measure, f.Dim, f.N, bands)
			}
		}
		return err
	})
	return p, err
}

// gains are what casework counts of the households of those who left.
var gains = []string{"gain.decile", "gain.income", "gain.work", "gain.head", "gain.aid"}

// add puts so many people with a gain where they belong; who is known once, or never, stays in the number of people alone.
func (p *Poverty) add(measure, gain string, n int64, bands []law.Named) {
	first, last, twice := casework.MovedBetween(gain)
	switch {
	case measure == "gain.decile":
		p.All += n
		if twice {
			p.moved(decileOf(first), decileOf(last), n)
		}
	case measure == "gain.head":
		if step, ok := headSteps[gain]; ok {
			p.Head.add(step, n)
		}
	case !twice:
	case measure == "gain.aid":
		p.Aid.add(first, last, n)
	case measure == "gain.income":
		p.Income.add(place(bands, last)-place(bands, first), n)
	default:
		p.Work.add(working(last)-working(first), n)
	}
}

// headSteps are how incomes for each person moved, where they were known twice.
var headSteps = map[string]int{casework.HeadRose: 1, casework.HeadSame: 0, casework.HeadFell: -1}

func (p *Poverty) moved(first, last, n int64) {
	p.Decile[first-1][last-1] += n
	p.Known += n
	switch {
	case last > first:
		p.Rose += n
	case last < first:
		p.Fell += n
	}
	if first <= p.Poor {
		p.WerePoor += n
		if last > p.Poor {
			p.LeftPoor += n
		}
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
