package residence

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

var exportStays = store.NewDisclosure("stay.export", who.Export, store.ByExport)

// Taken is a stay as lists tell it: with whether the person left the centre at its end, or only the bed.
type Taken struct {
	Stay
	Departed bool
}

// Export hands on every stay that the asker may see, in the order of the ids, from one picture of the data.
func (d *Desk) Export(ctx context.Context, by who.Asker, each func(Taken) error) error {
	return d.store.Read(ctx, by, exportStays, func(tx *store.Tx) error {
		for after := id.ID(0); ; {
			page, err := store.Each(tx, staysAfter, scanTaken, int64(after))
			if err != nil || len(page) == 0 {
				return err
			}
			for _, s := range page {
				tx.Saw(s.Person)
				if err := each(s); err != nil {
					return err
				}
			}
			after = page[len(page)-1].ID
		}
	})
}

// Named is a bed as a list names it.
type Named struct {
	Centre            id.ID
	Bed               id.ID // its id, when the list has one
	Ward, Room, Label string
}

// BedsNamed gives every bed of a centre as lists name them, for many rows at once.
func BedsNamed(tx *store.Tx, centre id.ID) ([]Named, error) {
	return store.Each(tx, bedsNamed, func(r store.Row) (n Named, err error) {
		err = r.Scan(&n.Centre, &n.Bed, &n.Ward, &n.Room, &n.Label)
		return n, err
	}, centre)
}

// BedHere tells whether a bed is at a centre.
func BedHere(tx *store.Tx, bed, centre id.ID) (bool, error) {
	here, err := oneID(tx, bedHere, bed, centre)
	return here != 0, err
}

// Rebuild sets up the very bed that another province's list describes whole: id, ward, room and label.
func Rebuild(tx *store.Tx, n Named) (id.ID, error) {
	ward, err := oneID(tx, wardNamed, n.Centre, n.Ward)
	if err == nil && ward == 0 {
		ward = id.New()
		err = inserted(tx, insertWard, ward, n.Ward, "mixed", n.Centre)
	}
	if err != nil {
		return 0, err
	}
	room, err := oneID(tx, roomNamed, n.Centre, ward, n.Room)
	if err == nil && room == 0 {
		room = id.New()
		err = inserted(tx, insertRoom, room, n.Room, ward)
	}
	if err != nil {
		return 0, err
	}
	if err := inserted(tx, insertBed, n.Bed, n.Label, room); err != nil {
		return 0, err
	}
	tx.Record(store.Entry{Kind: "bed", ID: n.Bed, Centre: n.Centre, Say: fail.Say("Tempat tidur %s dibuat menurut daftar yang diimpor.", n.Label), What: n})
	return n.Bed, nil
}

func inserted(tx *store.Tx, st *store.Stmt, args ...any) error {
	n, err := store.Exec(tx, st, args...)
	if err == nil && n == 0 {
		return fail.NotFound
	}
	return err
}

// mayTake holds what a stay of another record needs: an order of its days, and an end when it ended.
func mayTake(s Stay) error {
	switch {
	case s.To != "" && s.To <= s.From:
		return fail.Bad("to", "order", "Tanggal keluar %s harus setelah tanggal masuk %s.", s.To, s.From)
	case s.State == Ended && s.To == "":
		return fail.Bad("to", "required", "Tulis tanggal keluar.")
	}
	return nil
}

// Take takes over a stay as another record tells it, past or present: the guards of the bed and of the person
// hold for it as for any other, and so do the figures.
func Take(tx *store.Tx, t Taken) (Stay, error) {
	if err := mayTake(t.Stay); err != nil {
		return t.Stay, err
	}
	if err := t.group(tx); err != nil {
		return t.Stay, err
	}
	n, err := write(tx, t)
	if err != nil {
		return t.Stay, clashOf(err)
	}
	if n == 0 {
		return t.Stay, fail.Bad("bed_id", "unknown", "Tempat tidur ini tidak ada di UPT Anda.")
	}
	s, err := ByID(tx, t.ID)
	if err != nil {
		return s, err
	}
	if s.Lived() {
		countIn(tx, s, 1)
	}
	if s.State == Ended {
		countOut(tx, s, t.Departed, 1)
	}
	record(tx, s, fail.Say("Masa tinggal di tempat tidur %s sejak %s diambil dari daftar.", s.BedLabel, s.From))
	return s, nil
}

// group gives a taken stay the values it counts under. One that follows a change of bed goes on with the arrival of the
// same case before it.
func (t *Taken) group(tx *store.Tx) error {
	t.Entered = t.From
	if !t.Arrived {
		before, err := store.Each(tx, enteredBefore, store.Text, t.Case, t.From)
		if err != nil {
			return err
		}
		if len(before) > 0 {
			t.Entered = clock.Day(before[0])
		}
	}
	g, err := Placement{Person: t.Person, From: t.Entered}.counted(tx)
	t.Region, t.Age = g.region, g.age
	return err
}
