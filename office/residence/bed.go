package residence

import (
	"context"
	"fmt"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// Bed is a place to sleep with its state on a day.
type Bed struct {
	ID, RoomID, Centre id.ID
	Version            int64
	Ward, WardSex      string
	Room, Label        string
	Extra, Broken      bool
	Stay               id.ID // who holds it, 0 when free
	StayState          string
	Person, Case       id.ID
	HeldUntil          clock.Day
}

// State is the bed's state in one word.
func (b Bed) State() string {
	switch {
	case b.StayState == Open:
		return "taken"
	case b.StayState == Reserved:
		return "reserved"
	case b.Broken:
		return "broken"
	}
	return "free"
}

// NewWard is a ward to build: so many rooms with so many beds each.
type NewWard struct {
	Name  string `json:"name" required:"true" maxLength:"80"`
	Sex   string `json:"sex" enum:"female,male,mixed"`
	Rooms int64  `json:"rooms" required:"true" minimum:"1" maximum:"60"`
	Beds  int64  `json:"beds_per_room" required:"true" minimum:"1" maximum:"20"`
}

// AddWard builds a ward with its rooms and beds.
func (d *Desk) AddWard(ctx context.Context, by who.Asker, centre id.ID, w NewWard) error {
	if w.Sex == "" {
		w.Sex = "mixed"
	}
	return d.store.Write(ctx, by, addBeds, func(tx *store.Tx) error { return BuildWard(tx, centre, w) })
}

// BuildWard builds a ward inside a transaction.
func BuildWard(tx *store.Tx, centre id.ID, w NewWard) error {
	ward := id.New()
	n, err := store.Exec(tx, insertWard, ward, w.Name, w.Sex, centre)
	if err != nil {
		return err
	}
	if n == 0 {
		return fail.NotFound
	}
	bed := int64(0)
	for r := range w.Rooms {
		room := id.New()
		if _, err := store.Exec(tx, insertRoom, room, fmt.Sprintf("%s %d", w.Name, r+1), ward); err != nil {
			return err
		}
		for range w.Beds {
			bed++
			if _, err := store.Exec(tx, insertBed, id.New(), fmt.Sprintf("%c-%02d", w.Name[0], bed), room); err != nil {
				return err
			}
		}
	}
	tx.Record(store.Entry{Kind: "ward", ID: ward, Centre: centre, Say: fail.Say("Wisma %s dengan %d tempat tidur dibuat.", w.Name, bed), What: w})
	return nil
}

// Beds gives every bed of a centre with its state today.
func (d *Desk) Beds(ctx context.Context, by who.Asker, centre id.ID) (all []Bed, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) (err error) {
		all, err = BedsOf(tx, centre, tx.Today())
		return err
	})
	return all, err
}

// BedsOf gives every bed of a centre with its state on a day; fail.NotFound for a centre that is not yours.
func BedsOf(tx *store.Tx, centre id.ID, on clock.Day) ([]Bed, error) {
	if !tx.By().System && !tx.By().Scope.Has(centre) {
		return nil, fail.NotFound
	}
	return store.Each(tx, bedsOfCentre, scanBed, on, on, centre)
}
