package residence

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// What the homes of a centre show of its places. Each card is one read: a number and a stretch of the lines.

var (
	lookMoves = store.NewAct("stay.moves", who.SeeBeds)
	lookHolds = store.NewAct("stay.holds", who.SeeBeds)
	lookWards = store.NewAct("bed.wards", who.SeeBeds)
)

// Passage is somebody who came, left, or for whom a bed is held.
type Passage struct {
	Person, Case id.ID
	Called       string
	Ward, Bed    string
	On           clock.Day // of coming or leaving; of a held bed the last day it is held
	Numbered     bool      // the admission has its decision letter
}

// Passages are a stretch of them, and how many there are, with those that the asker may not see.
type Passages struct {
	N     int64
	Lines []Passage
}

// Ward is how full a ward is today.
type Ward struct {
	Name                    string
	Beds, Taken, Held, Free int64 // broken beds are in none but Beds
}

// Came gives who arrived in the last days, today included, the newest first.
func (d *Desk) Came(ctx context.Context, by who.Asker, days int, s store.Stretch) (Passages, error) {
	return d.passages(ctx, by, s, lookMoves, cameCard, func(today clock.Day) []any { return []any{today.Add(1 - days), today} })
}

// Left gives who departed in the last days, today included, the newest first.
func (d *Desk) Left(ctx context.Context, by who.Asker, days int, s store.Stretch) (Passages, error) {
	return d.passages(ctx, by, s, lookMoves, leftCard, func(today clock.Day) []any { return []any{today.Add(1 - days), today} })
}

// Holds gives the beds that are held for somebody, those that run out first.
func (d *Desk) Holds(ctx context.Context, by who.Asker, s store.Stretch) (Passages, error) {
	return d.passages(ctx, by, s, lookHolds, heldCard, func(clock.Day) []any { return nil })
}

func (d *Desk) passages(ctx context.Context, by who.Asker, s store.Stretch, act store.Act, c card, args func(today clock.Day) []any) (m Passages, err error) {
	err = d.store.Read(ctx, by, act, func(tx *store.Tx) error {
		m.N, m.Lines, err = store.CountedPart(tx, c.count, c.first, scanPassage, s, args(tx.Today())...)
		for _, l := range m.Lines {
			tx.Saw(l.Person)
		}
		return err
	})
	return m, err
}

// Wards tells how full the wards are that the asker may see.
func (d *Desk) Wards(ctx context.Context, by who.Asker) (all []Ward, err error) {
	err = d.store.Read(ctx, by, lookWards, func(tx *store.Tx) error {
		all, err = store.Each(tx, wardsToday, scanWard, tx.Today(), tx.Today())
		return err
	})
	return all, err
}
