package planning

import (
	"context"
	"maps"
	"math"
	"slices"
	"strconv"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/actions"
	"tuntas/office/centre"
	"tuntas/office/needs"
	"tuntas/office/standards"
)

// ground is what a choice stands on: the actions, what each costs in the year, and the gaps that each closes.
type ground struct {
	all  []actions.Action
	task Task
}

func (d *Desk) ground(tx *store.Tx, p Plan) (g ground, err error) {
	end := clock.Day(strconv.FormatInt(p.Year, 10) + "-12-31")
	found, closes, err := actions.Candidates(tx, end, p.Centre, mostActions)
	if err != nil {
		return g, err
	}
	brought, err := needs.BroughtIn(tx, p.Year, p.Centre)
	if err != nil {
		return g, err
	}
	gaps, err := d.standards.GapsOfAll(tx)
	if err != nil {
		return g, err
	}
	place := g.weigh(gaps, p.Centre)
	costs, closed := map[id.ID]int64{}, map[id.ID]map[int]bool{}
	close := func(action id.ID, k gapKey) {
		if at, is := place[k]; is {
			if closed[action] == nil {
				closed[action] = map[int]bool{}
			}
			closed[action][at] = true
		}
	}
	for _, b := range brought {
		costs[b.Action] += b.Cost
		close(b.Action, gapKey{b.Centre, b.Criterion})
	}
	for _, c := range closes {
		close(c.Action, gapKey{c.Centre, c.Criterion})
	}
	g.task.Ceiling = p.Ceiling
	for _, a := range found {
		if len(closed[a.ID]) == 0 && costs[a.ID] == 0 {
			continue // it neither costs nor closes
		}
		g.all = append(g.all, a)
		g.task.Options = append(g.task.Options, Option{Cost: costs[a.ID], Closes: sortedKeys(closed[a.ID])})
	}
	return g, nil
}

// weigh gives each gap its place, in an order that is the same each time, and its weight in thousandths of a point.
func (g *ground) weigh(gaps map[id.ID][]standards.Gap, at id.ID) map[gapKey]int {
	place := map[gapKey]int{}
	for _, c := range slices.Sorted(maps.Keys(gaps)) {
		if at != 0 && c != at {
			continue
		}
		for _, one := range gaps[c] {
			place[gapKey{c, one.Criterion.Key}] = len(g.task.Weights)
			g.task.Weights = append(g.task.Weights, int64(math.Round(1000*one.Points)))
		}
	}
	return place
}

// gapKey is a criterion at an institution.
type gapKey struct {
	centre    id.ID
	criterion string
}

// found is a choice with what it stands on.
type found struct {
	ground
	Choice
}

// found reads what a plan stands on and chooses. That takes a while, so it holds nobody up: no transaction is open meanwhile.
func (d *Desk) found(ctx context.Context, by who.Asker, act store.Act, p Plan, locks map[id.ID]string) (f found, err error) {
	if err = d.store.Read(ctx, by, act, func(tx *store.Tx) error {
		if p.Centre != 0 {
			if _, err := centre.Own(tx, p.Centre); err != nil {
				return fail.Bad("centre_id", "unknown", "UPT ini tidak dikenal.")
			}
		}
		f.ground, err = d.ground(tx, p)
		return err
	}); err != nil {
		return f, err
	}
	for i, a := range f.all {
		f.task.Options[i].Lock = map[string]int{"in": 1, "out": -1}[locks[a.ID]]
	}
	var fits bool
	limited, done := context.WithTimeout(ctx, longestWork)
	defer done()
	if f.Choice, fits = Choose(limited, f.task, 0); !fits {
		return f, fail.Bad("ceiling", "locks", "Yang dikunci wajib masuk sudah melebihi pagu. Naikkan pagu atau lepaskan kuncinya.")
	}
	return f, nil
}

// keep writes a choice down with its lines. When what it stands on has changed meanwhile, it is fail.Stale: what a plan costs
// is the sum of its lines.
func (d *Desk) keep(tx *store.Tx, p *Plan, f found) error {
	now, err := d.ground(tx, *p)
	if err != nil {
		return err
	}
	if !f.same(now) {
		return fail.Stale
	}
	p.Gain, p.Most, p.Cost, p.WorkedAt = f.Gain, f.Most, f.Cost, tx.Now()
	if err := clearChoice(tx, p.ID); err != nil {
		return err
	}
	for i, a := range f.all {
		o := f.task.Options[i]
		l := Line{ID: a.ID, Centre: a.Centre, Lock: map[int]string{1: "in", -1: "out"}[o.Lock], Chosen: f.In[i], Cost: o.Cost}
		for _, at := range o.Closes {
			l.Gain += f.task.Weights[at]
		}
		if err := insertChoice(tx, *p, l); err != nil {
			return err
		}
	}
	return keepPlan(tx, p)
}

// same tells whether two grounds lead to the same choice: the same actions at the same cost, closing the same.
func (g ground) same(o ground) bool {
	return slices.Equal(g.task.Weights, o.task.Weights) && slices.EqualFunc(g.all, o.all, func(a, b actions.Action) bool { return a.ID == b.ID }) &&
		slices.EqualFunc(g.task.Options, o.task.Options, func(a, b Option) bool { return a.Cost == b.Cost && slices.Equal(a.Closes, b.Closes) })
}
