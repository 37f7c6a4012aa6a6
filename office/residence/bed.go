package residence

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

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
	Called             string // who lies in it; empty for whom it is not to be seen
}

// State is the bed's state in one word.
func (b Bed) State() string {
	switch {
	case b.StayState == Open, b.StayState == Ended: // who came and left today holds the night
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
	var rooms, beds [][]any
	for r := range w.Rooms {
		room := id.New()
		rooms = append(rooms, []any{room, ward, centre, fmt.Sprintf("%s %d", w.Name, r+1)})
		for range w.Beds {
			bed++
			beds = append(beds, []any{id.New(), 1, room, centre, fmt.Sprintf("%c-%02d", []rune(w.Name)[0], bed), false, false})
		}
	}
	if err := furnish(tx, rooms, beds); err != nil {
		return err
	}
	tx.Record(store.Entry{Kind: "ward", ID: ward, Centre: centre, Say: fail.Say("Wisma %s dengan %d tempat tidur dibuat.", w.Name, bed), What: w})
	return nil
}

// Beds gives every bed of a centre with its state today.
func (d *Desk) Beds(ctx context.Context, by who.Asker, centre id.ID) (all []Bed, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) (err error) {
		all, err = BedsOf(tx, centre, tx.Today())
		for _, b := range all {
			if b.Called != "" {
				tx.Saw(b.Person)
			}
		}
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

const extraRoomName = "Tempat tambahan"

// FreeBed gives a bed that is free from a day on. When all are taken it sets up an extra bed: a centre over
// its capacity is shown, never hidden.
func FreeBed(tx *store.Tx, centre id.ID, from clock.Day) (id.ID, error) {
	free, err := store.Each(tx, freeFrom, store.IDs, centre, from)
	if err != nil || len(free) > 0 {
		return first(free), err
	}
	return ExtraBed(tx, centre)
}

// ExtraBed sets up one more bed at a centre whose beds are all taken.
func ExtraBed(tx *store.Tx, centre id.ID) (id.ID, error) {
	room, err := store.Each(tx, extraRoom, store.IDs, centre, extraRoomName)
	if err != nil {
		return 0, err
	}
	if len(room) == 0 {
		ward := id.New()
		if n, err := store.Exec(tx, insertWard, ward, extraRoomName, "mixed", centre); err != nil || n == 0 {
			return 0, errors.Join(err, fail.NotFound)
		}
		room = []id.ID{id.New()}
		if _, err := store.Exec(tx, insertRoom, room[0], extraRoomName, ward); err != nil {
			return 0, err
		}
	}
	bed := id.New()
	_, err = store.Exec(tx, extraBed, bed, "T-"+bed.String()[9:], room[0])
	return bed, err
}

func first(all []id.ID) id.ID {
	if len(all) == 0 {
		return 0
	}
	return all[0]
}

// BuildPlaces gives a centre without beds as many as its capacity says: wards of ten rooms of four beds.
func BuildPlaces(tx *store.Tx, centre id.ID, capacity int64) error {
	for n := range (capacity + 39) / 40 {
		beds := min(40, capacity-n*40)
		name := wardNames[int(n)%len(wardNames)]
		if int(n) >= len(wardNames) {
			name += fmt.Sprintf(" %d", int(n)/len(wardNames)+1)
		}
		if err := BuildWard(tx, centre, NewWard{Name: name, Sex: "mixed", Rooms: (beds + 3) / 4, Beds: 4}); err != nil {
			return err
		}
	}
	return nil
}

var wardNames = []string{"Melati", "Cempaka", "Anggrek", "Kenanga", "Dahlia", "Flamboyan", "Seruni", "Teratai"}

// SetUp builds places for centres that have none.
func (d *Desk) SetUp(ctx context.Context, by who.Asker, capacities map[id.ID]int64) error {
	return d.store.Write(ctx, by, addBeds, func(tx *store.Tx) error {
		for _, c := range slices.Sorted(maps.Keys(capacities)) {
			have, err := BedsOf(tx, c, tx.Today())
			if err != nil {
				return err
			}
			if len(have) > 0 {
				continue
			}
			if err := BuildPlaces(tx, c, capacities[c]); err != nil {
				return err
			}
		}
		tx.Record(store.Entry{Kind: "ward", Say: fail.Say("Tempat tidur disiapkan menurut kapasitas.")})
		return nil
	})
}

// Break marks a bed as broken, or as whole again. A bed that somebody lies in or that is held for somebody is not broken
// under them: they are moved first.
func Break(tx *store.Tx, bed id.ID, broken bool) (at id.ID, label string, err error) {
	b, err := bedByID(tx, bed)
	if err != nil {
		return 0, "", err
	}
	if broken {
		taken, err := store.One(tx, bedInUse, store.Int, bed, tx.Today())
		if err != nil {
			return 0, "", err
		}
		if taken > 0 {
			return 0, "", fail.Clash("bed-in-use", "Tempat tidur %s sedang dipakai atau dipesan. Pindahkan dulu yang menempati.", b.Label)
		}
	}
	_, err = store.Exec(tx, breakBed, broken, bed)
	return b.Centre, b.Label, err
}
