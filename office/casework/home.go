package casework

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// What the homes of other roles show of the cases. Each card is one read: a number and a stretch of the lines.

var (
	lookGoals    = store.NewAct("case.goals", who.SeeCase)
	lookUnserved = store.NewAct("case.unserved", who.SeeCase)
	lookNameless = store.NewAct("case.nameless", who.SeeCase)
	lookPressing = store.NewAct("case.pressing", who.SeeCase)
	lookWaived   = store.NewAct("case.waived", who.SeeCase)
)

// Matter is a line of a card: whose case it is and what is to be said of it.
type Matter struct {
	Case, Person id.ID
	Called       string
	Text         string
	On           clock.Day // nothing: never
}

// Matters are a stretch of them, and how many there are, with those that the asker may not see.
type Matters struct {
	N     int64
	Lines []Matter
}

// Domains of the goals that a nurse and an instructor work at.
var (
	HealthDomains = []string{"health", "adl"}
	WorkDomains   = []string{"skill", "income", "work"}
)

// GoalsDue gives the open goals of approved plans in two or three domains, those due first: of people in care, whom a nurse or an
// instructor meets. Goals that stay open after leaving are for who carries the case.
func (d *Desk) GoalsDue(ctx context.Context, by who.Asker, domains []string, s store.Stretch) (Matters, error) {
	args := make([]any, 3)
	for i := range args {
		args[i] = domains[min(i, len(domains)-1)]
	}
	return d.matters(ctx, by, s, lookGoals, goalsCard, func(clock.Day) []any { return args })
}

// Unserved gives the residents in care for whom no service was recorded in the last days: who was served longest
// ago first. Not recorded is not "not given".
func (d *Desk) Unserved(ctx context.Context, by who.Asker, days int, s store.Stretch) (Matters, error) {
	return d.matters(ctx, by, s, lookUnserved, unservedCard, func(today clock.Day) []any { return []any{today.Add(-days)} })
}

// WithoutNumber gives the persons in care of whom no NIK is known, who came longest ago first.
func (d *Desk) WithoutNumber(ctx context.Context, by who.Asker, s store.Stretch) (Matters, error) {
	return d.matters(ctx, by, s, lookNameless, namelessCard, func(clock.Day) []any { return nil })
}

// Waived gives the stages that were entered under a waiver in the last days, the newest first.
func (d *Desk) Waived(ctx context.Context, by who.Asker, days int, s store.Stretch) (Matters, error) {
	return d.matters(ctx, by, s, lookWaived, waivedCard, func(today clock.Day) []any { return []any{today.Add(-days)} })
}

func (d *Desk) matters(ctx context.Context, by who.Asker, s store.Stretch, act store.Act, c card, args func(today clock.Day) []any) (n Matters, err error) {
	err = d.store.Read(ctx, by, act, func(tx *store.Tx) error {
		n.N, n.Lines, err = store.CountedPart(tx, c.count, c.first, scanMatter, s, args(tx.Today())...)
		for _, l := range n.Lines {
			tx.Saw(l.Person)
		}
		return err
	})
	return n, err
}

// Pressing is what presses at one centre.
type Pressing struct {
	Stages              map[string]int64 // open cases by stage
	Open, Late, Waiting int64
}

// PressingAt tells for each centre how many cases are open, late, and waiting for its head.
func (d *Desk) PressingAt(ctx context.Context, by who.Asker) (all map[id.ID]Pressing, err error) {
	err = d.store.Read(ctx, by, lookPressing, func(tx *store.Tx) error {
		all, err = pressing(tx)
		return err
	})
	return all, err
}

// pressing adds up figures and looks at no case, but for those that wait.
func pressing(tx *store.Tx) (map[id.ID]Pressing, error) {
	all := map[id.ID]Pressing{}
	add := func(at id.ID, to func(p *Pressing)) {
		p, there := all[at]
		if !there {
			p.Stages = map[string]int64{}
		}
		to(&p)
		all[at] = p
	}
	stages, err := store.Stock(tx, "case.stage", tx.Today(), 0)
	if err != nil {
		return nil, err
	}
	for _, f := range stages {
		add(f.Centre, func(p *Pressing) { p.Stages[f.Dim] += f.N; p.Open += f.N })
	}
	late, err := store.Flow(tx, "case.due", "", tx.Today().Add(-1), 0)
	if err != nil {
		return nil, err
	}
	for _, f := range late {
		add(f.Centre, func(p *Pressing) { p.Late += f.N })
	}
	waiting, err := store.Each(tx, decisionsAt, scanSummed)
	for _, s := range waiting {
		add(s.of, func(p *Pressing) { p.Waiting += s.n })
	}
	return all, err
}
