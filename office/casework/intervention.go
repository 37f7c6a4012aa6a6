package casework

import (
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
)

var (
	giveService   = store.NewAct("service.give", who.GiveService)
	changeService = store.NewAct("service.change", who.GiveService)
	lookServices  = store.NewAct("service.look", who.SeeCase)
)

// Service is one service given: an item of basic needs (Permensos 16/2019 Pasal 17, 22-25), for a goal or
// not, with one of the seven ATENSI components where it is one (Permensos 15/2025 Pasal 1 angka 4).
type Service struct {
	ID       id.ID
	Version  int64
	Case     id.ID
	Item     string
	Goal     id.ID
	Atensi   string
	On       clock.Day
	Quantity float64
	Unit     string
	Note     string
	By       string
	Warning  fail.Saying // what the law says about it; warns and never blocks
}

// NewService is what the record of a service needs. (See Given for the name in the API.)
type Given struct {
	ID       id.ID     `json:"id,omitempty"`
	Item     string    `json:"item" required:"true" maxLength:"40" ask:"Pilih butir layanan."`
	Goal     id.ID     `json:"goal_id,omitempty"`
	Atensi   string    `json:"atensi,omitempty" maxLength:"40"`
	On       clock.Day `json:"on" required:"true" ask:"Tulis tanggal layanan."`
	Quantity float64   `json:"quantity,omitempty" minimum:"0" maximum:"1000000"`
	Unit     string    `json:"unit,omitempty" maxLength:"40"`
	Note     string    `json:"note,omitempty" maxLength:"1000"`
}

// mayGive holds what a service needs while the case runs.
func mayGive(f File, g Given, today clock.Day) error {
	if err := mayHaveGiven(f, g, today); err != nil {
		return err
	}
	if f.Stage == Closed {
		return fail.Broken("case-closed", "Kasus ini sudah ditutup.")
	}
	return nil
}

// mayHaveGiven holds Pasal 22-25 inside and 17 outside: an item of the group's own list, on a day of the case.
func mayHaveGiven(f File, g Given, today clock.Day) error {
	if err := dayInOrder("on", g.On, f.OpenedOn, today); err != nil {
		return err
	}
	var wrong fail.Fields
	switch item, _ := law.ItemOf(g.Item); {
	case f.serves(g.Item):
	case item.Advanced:
		wrong.Add("item", "advanced", "Layanan lanjut (Pasal 26) bukan layanan dasar UPT. Ubah dahulu tingkat kasus menjadi lanjut.")
	default:
		wrong.Add("item", "group", "Butir ini tidak ada dalam daftar kelompok orang ini.")
	}
	if g.Atensi != "" && !law.Has(law.Atensi.On(g.On), g.Atensi) {
		wrong.Add("atensi", "choice", "Komponen ATENSI ini tidak dikenal.")
	}
	return wrong.Err()
}

// Give records a service.
func (d *Desk) Give(ctx context.Context, by who.Asker, caseID id.ID, g Given) (s Service, err error) {
	given := g.ID
	if g.ID == 0 {
		g.ID = id.New()
	}
	err = d.store.Write(ctx, by, giveService, func(tx *store.Tx) error {
		f, err := take(tx, caseID, 0)
		if err != nil {
			return err
		}
		if err := mayGive(f, g, tx.Today()); err != nil {
			return err
		}
		if g.Quantity == 0 {
			g.Quantity = 1
		}
		s = Service{ID: g.ID, Version: 1, Case: caseID, Item: g.Item, Goal: g.Goal, Atensi: g.Atensi, On: g.On, Quantity: g.Quantity,
			Unit: g.Unit, Note: g.Note, By: by.Name}
		if err := insertService(tx, f.Case, s); err != nil {
			return err
		}
		item, _ := law.ItemOf(g.Item)
		tx.Record(store.Entry{Kind: "service", ID: s.ID, Person: f.Person, Case: caseID, Centre: f.Centre,
			Say: fail.Say("Layanan diberikan: %s, %s.", item.Name, g.On), What: s})
		f, err = refresh(tx, caseID)
		if c := f.FoodClock(); c != nil && c.Item.Key == g.Item && c.Over() {
			s.Warning = c.Say()
		}
		return err
	})
	if given != 0 && store.Duplicate(err) {
		return d.sameService(ctx, by, caseID, s)
	}
	return s, err
}

func (d *Desk) sameService(ctx context.Context, by who.Asker, caseID id.ID, s Service) (Service, error) {
	all, _, err := d.Services(ctx, by, caseID, 0, 500)
	for _, old := range all {
		if old.ID == s.ID && old.Item == s.Item && old.On == s.On && old.Quantity == s.Quantity && old.Note == s.Note {
			return old, err
		}
	}
	return s, fail.Clash("id-used", "Pengenal ini sudah dipakai untuk isian lain.")
}

// Service gives one service.
func (d *Desk) Service(ctx context.Context, by who.Asker, service id.ID) (s Service, err error) {
	err = d.store.Read(ctx, by, lookServices, func(tx *store.Tx) error {
		if s, err = serviceByID(tx, service); err != nil {
			return err
		}
		c, err := ByID(tx, s.Case)
		tx.Saw(c.Person)
		return err
	})
	return s, err
}

// Services lists the services of a case, newest first.
func (d *Desk) Services(ctx context.Context, by who.Asker, caseID, after id.ID, limit int64) (all []Service, f File, err error) {
	err = d.store.Read(ctx, by, lookServices, func(tx *store.Tx) error {
		if f, err = FileOf(tx, caseID); err != nil {
			return err
		}
		tx.Saw(f.Person)
		all, err = servicesOf(tx, caseID, after, limit)
		return err
	})
	return all, f, err
}

// Withdraw takes a service that was recorded by mistake off the case; the trail keeps it.
func (d *Desk) Withdraw(ctx context.Context, by who.Asker, service id.ID, version int64) (caseID id.ID, err error) {
	err = d.store.Write(ctx, by, changeService, func(tx *store.Tx) error {
		s, err := serviceByID(tx, service)
		if err != nil {
			return err
		}
		if version != 0 && s.Version != version {
			return fail.Stale
		}
		f, err := take(tx, s.Case, 0)
		if err != nil {
			return err
		}
		if _, err := store.Exec(tx, deleteService, service); err != nil {
			return err
		}
		caseID = s.Case
		tx.Record(store.Entry{Kind: "service", ID: s.ID, Person: f.Person, Case: f.ID, Centre: f.Centre, Say: fail.Say("Catatan layanan ditarik."), What: s})
		_, err = refresh(tx, s.Case)
		return err
	})
	return caseID, err
}

// ItemLine is one item of the group's list: needed by the assessment, given or not, and when last. Items are
// given according to need ("dan/atau", Pasal 22-25), never all by default.
type ItemLine struct {
	Item   law.Item
	Needed bool
	Given  int64
	Last   clock.Day
}

// ItemLines lays the list of the group beside what is needed and what was given.
func (f File) ItemLines() []ItemLine {
	var out []ItemLine
	for _, i := range f.Items() {
		l := ItemLine{Item: i, Needed: slices.ContainsFunc(f.Needs, func(n Need) bool { return n.Item == i.Key })}
		for _, s := range f.Sums {
			if s.Item == i.Key {
				l.Given, l.Last = s.N, s.Last
			}
		}
		out = append(out, l)
	}
	return out
}

// beforeResocialisation is the gate of the fifth stage: services were given, and independence was measured
// anew since the plan was approved.
func beforeResocialisation(f File) []Condition {
	given := Condition{Code: "service-missing", Say: fail.Say("Belum ada layanan yang dicatat."), Article: "Pasal 22–25", Part: "services"}
	if len(f.Sums) > 0 {
		given.Done, given.Say = true, fail.Say("Layanan sudah diberikan.")
	}
	review := Condition{Code: "review-missing", Say: fail.Say("Kemandirian belum diukur ulang sejak asesmen."), Part: "independence"}
	if a := f.Signed(Independence, AtReview, AtTermination); a != nil {
		review.Done, review.Say = true, fail.Say("Kemandirian diukur ulang %s.", a.AssessedOn)
	}
	return []Condition{given, review}
}
