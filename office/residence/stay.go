package residence

import (
	"context"
	"errors"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// The states of a stay.
const (
	Reserved  = "reserved"
	Open      = "open"
	Ended     = "ended"
	Cancelled = "cancelled"
)

// Stay is a person in a bed from a day until another. The day of leaving is free for the next.
type Stay struct {
	ID, Bed, Person, Case, Centre id.ID
	Version                       int64
	State                         string
	From, To, HeldUntil           clock.Day
	BedLabel, Room, Ward          string
	WardID                        id.ID
	Sex                           string    // of the person, as counted: the dimension of the figures
	Region, Age                   string    // home district and age group as counted; "" in a row that is not yet counted by them
	Entered                       clock.Day // the arrival of which this stay is part: the age of the figures is that of this day
	Arrived                       bool      // false when the stay follows another in the same centre: a change of bed is no arrival
	stays                         bool      // ends because another bed follows: no departure
}

// Lived tells whether the person lives or lived there: a reservation is no stay.
func (s Stay) Lived() bool { return s.State == Open || s.State == Ended }

// Desk is the desk of places.
type Desk struct {
	store *store.Store
	// Changed tells the desk of cases that a stay of a case changed, within the same transaction.
	Changed func(tx *store.Tx, of id.ID) error
}

// New opens the desk.
func New(s *store.Store) *Desk {
	return &Desk{s, func(*store.Tx, id.ID) error { return nil }}
}

// Placement is what a new stay needs.
type Placement struct {
	ID, Bed, Person, Case id.ID
	Centre                id.ID // of the case: a bed of another centre is refused; 0 asks for none
	From, To, HeldUntil   clock.Day
	State                 string // Reserved or Open
	before                *Stay  // in another bed of the same centre: this one goes on with it
}

// Place reserves or begins a stay. An overlap on the bed or of the person is a clash, whoever was first.
func Place(tx *store.Tx, p Placement) (Stay, error) {
	if p.ID == 0 {
		p.ID = id.New()
	}
	if p.To != "" && p.To <= p.From {
		return Stay{}, fail.Bad("to", "order", "Tanggal keluar %s harus setelah tanggal masuk %s.", p.To, p.From)
	}
	counted, err := p.counted(tx)
	if err != nil {
		return Stay{}, err
	}
	n, err := store.Exec(tx, insertStay, p.ID, counted.sex, p.Case, p.State, p.From, p.To, p.HeldUntil, p.before == nil, counted.entered, counted.region,
		counted.age, p.Person, p.Bed)
	if err != nil {
		return Stay{}, clashOf(err)
	}
	if n == 0 {
		return Stay{}, fail.Bad("bed_id", "unknown", "Tempat tidur ini tidak ada di UPT Anda.")
	}
	s, err := ByID(tx, p.ID)
	if err != nil {
		return s, err
	}
	if p.Centre != 0 && s.Centre != p.Centre {
		return Stay{}, fail.Bad("bed_id", "unknown", "Tempat tidur ini tidak ada di UPT Anda.")
	}
	if p.State == Open {
		countIn(tx, s, 1)
	}
	say := fail.Say("Tempat tidur %s dipesan mulai %s.", s.BedLabel, s.From)
	if p.State == Open {
		say = fail.Say("Menempati tempat tidur %s sejak %s.", s.BedLabel, s.From)
	}
	record(tx, s, say)
	return s, nil
}

// clashOf says in words what the database refused.
func clashOf(err error) error {
	switch {
	case store.Violates(err, "stays_bed_overlap"):
		return fail.Clash("bed-taken", "Tempat tidur ini sudah dipakai atau dipesan. Pilih tempat lain.")
	case store.Violates(err, "stays_person_overlap"):
		return fail.Clash("person-placed", "Orang ini sudah menempati tempat tidur lain pada masa itu.")
	case store.Duplicate(err):
		return fail.Clash("id-used", "Pengenal ini sudah dipakai untuk catatan lain.")
	}
	return err
}

// Begin turns a reservation into a stay.
func Begin(tx *store.Tx, s Stay, on clock.Day) (Stay, error) {
	if s.State != Reserved {
		return s, fail.Broken("not-reserved", "Tempat ini tidak sedang dipesan.")
	}
	if s.To != "" && s.To <= on {
		return s, fail.Bad("from", "order", "Tanggal keluar %s harus setelah tanggal masuk %s.", s.To, on)
	}
	s.State, s.From, s.HeldUntil = Open, on, ""
	if s.Arrived && s.Age != "" {
		now, err := groupsOf(tx, s.Person, on)
		if err != nil {
			return s, err
		}
		s.Entered, s.Age = on, now.age
	}
	if err := save(tx, &s); err != nil {
		return s, err
	}
	countIn(tx, s, 1)
	record(tx, s, fail.Say("Menempati tempat tidur %s sejak %s.", s.BedLabel, on))
	return s, nil
}

// End ends an open stay on a day, or cancels a reservation.
func End(tx *store.Tx, s Stay, on clock.Day) (Stay, error) {
	switch s.State {
	case Reserved:
		s.State = Cancelled
	case Open:
		if on <= s.From { // came and left on one day: the stay never filled a night
			on = s.From.Add(1)
		}
		s.State, s.To = Ended, on
	default:
		return s, fail.Broken("stay-over", "Masa tinggal ini sudah selesai.")
	}
	if err := save(tx, &s); err != nil {
		return s, err
	}
	if s.State == Ended {
		countOut(tx, s, !s.stays, 1)
	}
	record(tx, s, fail.Say("Tempat tidur %s dikosongkan.", s.BedLabel))
	return s, nil
}

// EndOfCase ends or cancels whatever a case still holds.
func EndOfCase(tx *store.Tx, caseID id.ID, on clock.Day) error {
	all, err := OfCase(tx, caseID)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.State == Open || s.State == Reserved {
			if _, err := End(tx, s, on); err != nil {
				return err
			}
		}
	}
	return nil
}

// mayMove holds what a change of bed needs: another bed of the same centre, from a day of the stay until today.
func mayMove(s Stay, to Bed, on, today clock.Day) error {
	var f fail.Fields
	switch {
	case to.ID == s.Bed:
		f.Add("bed_id", "same", "Orang ini sudah di tempat tidur %s. Pilih tempat lain.", s.BedLabel)
	case to.Centre != s.Centre:
		f.Add("bed_id", "unknown", "Tempat tidur ini tidak ada di UPT Anda.")
	}
	if on < s.From || on > today {
		f.Add("on", "order", "Tanggal pindah %s harus antara tanggal masuk %s dan hari ini.", on, s.From)
	}
	if err := f.Err(); err != nil {
		return err
	}
	if s.State != Open {
		return fail.Broken("stay-not-open", "Hanya yang sedang menempati tempat tidur dapat pindah. Pesanan dibatalkan lalu dibuat baru.")
	}
	return nil
}

// Move ends a stay and begins another in a new bed of the centre on the same day: no arrival, no departure.
func Move(tx *store.Tx, s Stay, bed id.ID, on clock.Day) (Stay, error) {
	to, err := bedByID(tx, bed)
	if errors.Is(err, fail.NotFound) {
		return s, fail.Bad("bed_id", "unknown", "Tempat tidur ini tidak ada di UPT Anda.")
	}
	if err != nil {
		return s, err
	}
	if err := mayMove(s, to, on, tx.Today()); err != nil {
		return s, err
	}
	s.stays = true
	ended, err := End(tx, s, on)
	if err != nil {
		return s, err
	}
	return Place(tx, Placement{Bed: bed, Person: s.Person, Case: s.Case, From: ended.To, State: Open, before: &s})
}

func record(tx *store.Tx, s Stay, say fail.Saying) {
	tx.Record(store.Entry{Kind: "stay", ID: s.ID, Person: s.Person, Case: s.Case, Centre: s.Centre, Say: say, What: BodyOf(s)})
}

var (
	look     = store.NewAct("bed.look", who.SeeBeds)
	addBeds  = store.NewAct("bed.add", who.ManageBeds)
	changeIt = store.NewAct("stay.change", who.PlaceStay)
	release  = store.NewAct("stay.release", who.PlaceStay)
	follow   = store.NewAct("stay.follow", who.PlaceStay)
)

// Look gives one stay.
func (d *Desk) Look(ctx context.Context, by who.Asker, stay id.ID) (s Stay, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) (err error) {
		if s, err = ByID(tx, stay); err == nil {
			tx.Saw(s.Person)
		}
		return err
	})
	return s, err
}

// Change ends a stay (To) or moves it to another bed (Bed, from On).
type Change struct {
	To  clock.Day `json:"to,omitempty"`
	Bed id.ID     `json:"bed_id,omitempty"`
	On  clock.Day `json:"on,omitempty"`
}

// Change carries out a change of a stay whose version the caller has seen.
func (d *Desk) Change(ctx context.Context, by who.Asker, stay id.ID, version int64, ch Change) (s Stay, err error) {
	err = d.store.Write(ctx, by, changeIt, func(tx *store.Tx) error {
		if s, err = ByID(tx, stay); err != nil {
			return err
		}
		if version != 0 && s.Version != version {
			return fail.Stale
		}
		switch {
		case ch.Bed != 0:
			on := ch.On
			if on == "" {
				on = tx.Today()
			}
			s, err = Move(tx, s, ch.Bed, on)
		case ch.To != "":
			if ch.To < s.From || ch.To > tx.Today() {
				return fail.Bad("to", "order", "Tanggal keluar %s harus antara tanggal masuk %s dan hari ini.", ch.To, s.From)
			}
			s, err = End(tx, s, ch.To)
		default:
			return fail.Bad("to", "required", "Sebutkan tanggal keluar atau tempat tidur baru.")
		}
		if err != nil {
			return err
		}
		return d.Changed(tx, s.Case)
	})
	return s, err
}

// Release cancels reservations whose hold has run out: a job of every night.
func (d *Desk) Release(ctx context.Context) error {
	return d.store.Write(ctx, who.House("residence"), release, func(tx *store.Tx) error {
		all, err := store.Each(tx, staleHolds, scanStay, tx.Today())
		for _, s := range all {
			if _, err := End(tx, s, tx.Today()); err != nil {
				return err
			}
			if err := d.Changed(tx, s.Case); err != nil {
				return err
			}
		}
		tx.Record(store.Entry{Kind: "stay", Say: fail.Say("%d pesanan tempat tidur dilepas.", len(all))})
		return err
	})
}
