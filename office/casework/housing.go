package casework

import (
	"context"
	"errors"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/residence"
)

var (
	houseCase = store.NewAct("stay.place", who.PlaceStay)
	lookBeds  = store.NewAct("stay.choose", who.SeeBeds)
	lookOne   = store.NewAct("contact.open", who.SeeCase)
)

// NewStay reserves a bed, or begins the stay at once. A reservation needs only an open case.
type NewStay struct {
	ID    id.ID     `json:"id,omitempty"`
	Bed   id.ID     `json:"bed_id" required:"true" ask:"Pilih tempat tidur."`
	From  clock.Day `json:"from" required:"true" ask:"Tulis tanggal mulai."`
	To    clock.Day `json:"to,omitempty"`
	State string    `json:"state,omitempty" enum:"reserved,open"`
}

// House places the person of a case: the bed is guarded by the database, whoever clicks first.
func (d *Desk) House(ctx context.Context, by who.Asker, caseID id.ID, in NewStay) (s residence.Stay, err error) {
	err = d.store.Write(ctx, by, houseCase, func(tx *store.Tx) error {
		f, err := take(tx, caseID, 0)
		if err != nil {
			return err
		}
		if in.ID != 0 {
			if s, err = sameStay(f, in); err != nil {
				return err
			}
		}
		if !f.InCare() {
			return fail.Broken("not-in-care", "Layanan panti kasus ini sudah diakhiri.")
		}
		if in.From < f.OpenedOn {
			return fail.Bad("from", "order", "Tanggal %s lebih awal dari %s. Periksa salah satunya.", in.From, f.OpenedOn)
		}
		if s, err = place(tx, f, in); err != nil {
			return err
		}
		_, err = refresh(tx, caseID)
		return err
	})
	if errors.Is(err, errSame) {
		err = nil
	}
	return s, err
}

// sameStay tells a repeated placement from an id that was used for something else.
func sameStay(f File, in NewStay) (residence.Stay, error) {
	for _, s := range f.Stays {
		switch {
		case s.ID != in.ID:
		case s.Bed == in.Bed && s.From == in.From:
			return s, errSame
		default:
			return s, fail.Clash("id-used", "Pengenal ini sudah dipakai untuk isian lain.")
		}
	}
	return residence.Stay{}, nil
}

func place(tx *store.Tx, f File, in NewStay) (residence.Stay, error) {
	if in.State == "" {
		if in.State = residence.Open; mayHouse(f, in.From, tx.Today()) != nil { // a reservation needs only an open case
			in.State = residence.Reserved
		}
	}
	if in.State == residence.Open {
		if err := mayHouse(f, in.From, tx.Today()); err != nil {
			return residence.Stay{}, err
		}
	}
	p := residence.Placement{ID: in.ID, Bed: in.Bed, Person: f.Person, Case: f.ID, Centre: f.Centre, From: in.From, To: in.To, State: in.State}
	if in.State == residence.Open && in.From > tx.Today() {
		return residence.Stay{}, fail.Bad("from", "future", "Tanggal %s belum terjadi.", in.From)
	}
	for _, s := range f.Stays {
		if s.State != residence.Reserved {
			continue
		}
		if s.Bed == in.Bed && in.State == residence.Open {
			return residence.Begin(tx, s, in.From)
		}
		if _, err := residence.End(tx, s, in.From); err != nil { // another place was chosen
			return s, err
		}
	}
	if in.State == residence.Reserved {
		p.HeldUntil = max(in.From, tx.Today()).Add(law.Standard.On(tx.Today()).HoldDays)
	}
	return residence.Place(tx, p)
}

// StayChanged keeps what a case lacks in step with its stays, when they changed without it.
func StayChanged(tx *store.Tx, of id.ID) error {
	_, err := refresh(tx, of)
	return err
}

// FreeBeds gives the beds of a case's centre that are free today.
func (d *Desk) FreeBeds(ctx context.Context, by who.Asker, caseID id.ID) (f File, free []residence.Bed, err error) {
	err = d.store.Read(ctx, by, lookBeds, func(tx *store.Tx) error {
		if f, err = FileOf(tx, caseID); err != nil {
			return err
		}
		tx.Saw(f.Person)
		all, err := residence.BedsOf(tx, f.Centre, tx.Today())
		for _, b := range all {
			if b.State() == "free" || b.Case == caseID && b.State() == "reserved" {
				free = append(free, b)
			}
		}
		return err
	})
	return f, free, err
}

// Contact opens one contact with its case.
func (d *Desk) Contact(ctx context.Context, by who.Asker, contact id.ID) (c Contact, f File, err error) {
	err = d.store.Read(ctx, by, lookOne, func(tx *store.Tx) error {
		if c, err = contactByID(tx, contact); err != nil {
			return err
		}
		tx.Saw(c.Person)
		f, err = FileOf(tx, c.Case)
		return err
	})
	return c, f, err
}
