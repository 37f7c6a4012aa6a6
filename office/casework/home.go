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

// GoalsDue gives the open goals of approved plans in two or three domains, those due first.
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
	Centre              id.ID
	Open, Late, Waiting int64
}

// PressingAt tells for each centre how many cases are open, late, and waiting for its head.
func (d *Desk) PressingAt(ctx context.Context, by who.Asker) (all []Pressing, err error) {
	err = d.store.Read(ctx, by, lookPressing, func(tx *store.Tx) error {
		all, err = store.Each(tx, pressing, func(r store.Row) (p Pressing, err error) {
			err = r.Scan(&p.Centre, &p.Open, &p.Late)
			return p, err
		}, tx.Today())
		if err != nil {
			return err
		}
		at := map[id.ID]*Pressing{}
		for i := range all {
			at[all[i].Centre] = &all[i]
		}
		return store.Stream(tx, decisionsAt, func(r store.Row) (p Pressing, err error) {
			err = r.Scan(&p.Centre, &p.Waiting)
			return p, err
		}, func(p Pressing) error {
			if here := at[p.Centre]; here != nil {
				here.Waiting = p.Waiting
			}
			return nil
		})
	})
	return all, err
}
