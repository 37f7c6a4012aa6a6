package planning

import (
	"context"
	"math"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/actions"
	"tuntas/office/centre"
	"tuntas/office/needs"
	"tuntas/office/standards"
)

// Gain is a criterion that is answered otherwise than in the assessment before, with what was done for it in between.
type Gain struct {
	Criterion   standards.Criterion
	Before, Now string  // answers; "" is not assessed
	Points      float64 // of the score of 100 that it moved; 0 where one of both was not assessed
	Needs       []needs.Need
	Actions     []actions.DoneFor
}

// Cost is rupiah of what was delivered for it.
func (g Gain) Cost() (sum int64) {
	for _, n := range g.Needs {
		sum += n.Cost
	}
	return sum
}

// Known tells whether anything on record explains it.
func (g Gain) Known() bool { return len(g.Needs)+len(g.Actions) > 0 }

// Gains is what an institution gained and lost from one assessment to the next.
type Gains struct {
	Centre      centre.Centre
	Now, Before standards.Sheet
	Better      []Gain
	Worse       []Gain
	Other       []Gain // assessed for the first time, or no longer
}

// Points is what was gained, in points of score.
func (g Gains) Points() (sum float64) {
	for _, one := range g.Better {
		sum += one.Points
	}
	return sum
}

// Cost is rupiah of what was delivered for what became better. A need that serves several criteria is one of each: it names
// one criterion.
func (g Gains) Cost() (sum int64) {
	for _, one := range g.Better {
		sum += one.Cost()
	}
	return sum
}

// PerPoint is rupiah for one point of score; 0 when nothing was gained or nothing paid.
func (g Gains) PerPoint() int64 {
	if g.Points() == 0 {
		return 0
	}
	return int64(math.Round(float64(g.Cost()) / g.Points()))
}

// Gains compares the two newest assessments of an institution that were handed in, and lays to each change what was delivered
// and done between them: re-assessment shows what changed, because of what, and what a point cost (Pasal 52).
func (d *Desk) Gains(ctx context.Context, by who.Asker, at id.ID) (g Gains, err error) {
	err = d.store.Read(ctx, by, lookGain, func(tx *store.Tx) error {
		if g.Centre, err = centre.Own(tx, at); err != nil {
			return err
		}
		if g.Now, g.Before, err = d.standards.LastTwo(tx, at); err != nil || g.Before.ID == 0 {
			return err
		}
		from, to := g.Before.Campaign.From, tx.Today()
		if g.Before.SubmittedOn != "" {
			from = g.Before.SubmittedOn
		}
		if g.Now.SubmittedOn != "" {
			to = g.Now.SubmittedOn
		}
		got, err := needs.DeliveredAt(tx, at, from, to)
		if err != nil {
			return err
		}
		done, err := actions.DoneAt(tx, at, from, to)
		g.lay(got, done)
		return err
	})
	return g, err
}

// lay sorts the changes, each with what was done for it.
func (g *Gains) lay(got []needs.Need, done []actions.DoneFor) {
	for _, t := range g.Now.Turns() {
		one := Gain{Criterion: t.Criterion, Before: t.Before, Now: t.Now}
		for _, n := range got {
			if n.Criterion == t.Criterion.Key {
				one.Needs = append(one.Needs, n)
			}
		}
		for _, a := range done {
			if a.Criterion == t.Criterion.Key {
				one.Actions = append(one.Actions, a)
			}
		}
		switch {
		case t.Better:
			one.Points = g.Now.PointsOf(t.Criterion.Key) * (standards.Worth(t.Now) - standards.Worth(t.Before))
			g.Better = append(g.Better, one)
		case t.Worse():
			one.Points = g.Now.PointsOf(t.Criterion.Key) * (standards.Worth(t.Now) - standards.Worth(t.Before))
			g.Worse = append(g.Worse, one)
		default:
			g.Other = append(g.Other, one)
		}
	}
}

var lookGain = store.NewAct("gain.look", who.SeeCentre)
