package potential

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

// The states of an offer and of a request. What is over by its last day is over without a row that says so: Standing.
const (
	Open    = "open"
	Closed  = "closed"
	Expired = "expired"
	Full    = "full" // all of it is promised: never kept in a row
	Met     = "met"  // all of it has come: never kept in a row
)

// How far an offer reaches.
const (
	ReachDistrict = "district"
	ReachNear     = "near"
	ReachProvince = "province"
	ReachChosen   = "chosen"
)

// Offer is one thing that a potential can give, in a quantity, for a time, to some districts.
type Offer struct {
	ID          id.ID
	Version     int64
	Potential   Potential
	Kind, What  string
	Quantity    int64
	Unit        string
	Promised    int64
	From, Until clock.Day
	Reach       string
	Note        string
	State       string
	User        id.ID
	By          string
	MadeOn      clock.Day
	RemindedOn  clock.Day
	Places      []string // read with one offer alone
}

// Left is what is not promised yet.
func (o Offer) Left() int64 { return o.Quantity - o.Promised }

// Path is its page for staff.
func (o Offer) Path() string { return "/potential-offers/" + o.ID.String() }

// Standing is its state on a day, by the day itself: no job has to run for it.
func (o Offer) Standing(on clock.Day) string {
	switch {
	case o.State != Open:
		return o.State
	case o.Until < on:
		return Expired
	case o.Left() == 0:
		return Full
	}
	return Open
}

// NewOffer is an offer as it is entered.
type NewOffer struct {
	Kind     string    `json:"kind" required:"true" enum:"skill,place,goods,job,time" ask:"Pilih jenis tawaran."`
	What     string    `json:"what" required:"true" maxLength:"160" ask:"Tulis apa yang ditawarkan."`
	Quantity int64     `json:"quantity" required:"true" minimum:"1" maximum:"1000000" ask:"Tulis jumlahnya."`
	Unit     string    `json:"unit" required:"true" maxLength:"40" ask:"Tulis satuannya."`
	From     clock.Day `json:"from,omitempty"`
	Until    clock.Day `json:"until,omitempty"`
	Reach    string    `json:"reach,omitempty" enum:"district,near,province,chosen"`
	Places   []string  `json:"places,omitempty"`
	Note     string    `json:"note,omitempty" maxLength:"500"`
}

// mayOffer holds days in their order and known districts; without days an offer begins today and stands as long as the
// office chose.
func mayOffer(in NewOffer, today clock.Day) (NewOffer, error) {
	var f fail.Fields
	if in.From == "" {
		in.From = today
	}
	if in.Until == "" {
		in.Until = max(in.From, today).Add(law.Potentials.On(today).OfferDays)
	}
	if in.Reach == "" {
		in.Reach = ReachDistrict
	}
	if in.Until < in.From {
		f.Add("until", "order", "Hari terakhir sebelum hari pertama.")
	} else if in.Until < today {
		f.Add("until", "past", "Hari terakhir sudah lewat.")
	}
	for _, code := range in.Places {
		if _, known := law.RegionOf(code); !known {
			f.Add("places", "unknown", "Kabupaten/kota ini tidak dikenal.")
			break
		}
	}
	if in.Reach == ReachChosen && len(in.Places) == 0 {
		f.Add("places", "required", "Pilih kabupaten atau kota yang dapat dilayani.")
	}
	return in, f.Err()
}

// Served are the districts that an offer of a district reaches: itself, its neighbours, all, or those that were chosen.
func Served(reach, home string, chosen []string, nearKm int) (all []string) {
	at, _ := law.RegionOf(home)
	for _, g := range law.Regions.Latest() {
		switch {
		case g.Code == home, reach == ReachProvince, reach == ReachChosen && slices.Contains(chosen, g.Code), reach == ReachNear && law.Km(at, g) <= nearKm:
			all = append(all, g.Code)
		}
	}
	return all
}

func (o *Offer) take(in NewOffer) {
	o.Kind, o.What, o.Quantity, o.Unit, o.From, o.Until, o.Reach, o.Note = in.Kind, in.What, in.Quantity, in.Unit, in.From, in.Until, in.Reach, in.Note
}

func (o Offer) entry(say string, what any) store.Entry {
	return store.Entry{Kind: "potential_offer", ID: o.ID, Say: fail.Say(say, o.What), What: what}
}

var (
	offer       = store.NewAct("offer.make", who.WritePotential)
	changeOffer = store.NewAct("offer.change", who.WritePotential)
	closeOffer  = store.NewAct("offer.close", who.WritePotential)
	extendOffer = store.NewAct("offer.extend", who.WritePotential)
)

// Offer writes down what a potential offers.
func (d *Desk) Offer(ctx context.Context, by who.Asker, potential id.ID, in NewOffer) (o Offer, err error) {
	err = d.store.Write(ctx, by, offer, func(tx *store.Tx) error {
		p, err := potentialByID(tx, potential)
		if err != nil {
			return err
		}
		o, err = offered(tx, p, in)
		return err
	})
	return o, err
}

func offered(tx *store.Tx, p Potential, in NewOffer) (o Offer, err error) {
	if p.State != Active {
		return o, fail.Broken("potential-retired", "Potensi ini tidak aktif lagi.")
	}
	if in, err = mayOffer(in, tx.Today()); err != nil {
		return o, err
	}
	o = Offer{ID: id.New(), Version: 1, Potential: p, State: Open, User: tx.By().User, By: tx.By().Name, MadeOn: tx.Today()}
	o.take(in)
	o.Places = Served(o.Reach, p.Region, in.Places, law.Potentials.On(tx.Today()).NearKm)
	tx.Record(o.entry("Tawaran dicatat: %s", in))
	return o, insertOffer(tx, o)
}

// ChangeOffer writes an offer anew. What is promised already stays promised: the quantity cannot fall below it.
func (d *Desk) ChangeOffer(ctx context.Context, by who.Asker, offer id.ID, version int64, in NewOffer) (o Offer, err error) {
	err = d.store.Write(ctx, by, changeOffer, func(tx *store.Tx) error {
		if o, err = offerByID(tx, offer); err != nil {
			return err
		}
		switch {
		case version != 0 && version != o.Version:
			return fail.Stale
		case o.State == Closed:
			return errOfferClosed
		case in.Quantity < o.Promised:
			return fail.Bad("quantity", "promised", "Sudah dijanjikan %d; jumlahnya tidak dapat kurang dari itu.", o.Promised)
		case in.Kind != o.Kind && o.Promised > 0:
			return fail.Bad("kind", "promised", "Sudah ada yang dijanjikan; jenisnya tidak dapat diubah.")
		}
		if in, err = mayOffer(in, tx.Today()); err != nil {
			return err
		}
		o.take(in)
		o.State, o.RemindedOn = Open, ""
		o.Places = Served(o.Reach, o.Potential.Region, in.Places, law.Potentials.On(tx.Today()).NearKm)
		tx.Record(o.entry("Tawaran diubah: %s", in))
		return keepOffer(tx, &o, true)
	})
	return o, err
}

var errOfferClosed = fail.Broken("offer-closed", "Tawaran ini sudah ditutup.")

// CloseOffer ends an offer before its last day; what was promised stays promised.
func (d *Desk) CloseOffer(ctx context.Context, by who.Asker, offer id.ID, version int64) (o Offer, err error) {
	return d.turnOffer(ctx, by, closeOffer, offer, version, func(tx *store.Tx, o *Offer) error {
		o.State = Closed
		tx.Record(o.entry("Tawaran ditutup: %s", nil))
		return nil
	})
}

// ExtendOffer lets an offer stand longer, counted from today or from its last day, whichever is later; also one that has
// expired.
func (d *Desk) ExtendOffer(ctx context.Context, by who.Asker, offer id.ID, version int64) (o Offer, err error) {
	return d.turnOffer(ctx, by, extendOffer, offer, version, func(tx *store.Tx, o *Offer) error {
		o.State, o.RemindedOn = Open, ""
		o.Until = max(o.Until, tx.Today()).Add(law.Potentials.On(tx.Today()).ExtendDays)
		tx.Record(o.entry("Tawaran diperpanjang: %s", map[string]any{"until": o.Until}))
		return nil
	})
}

func (d *Desk) turnOffer(ctx context.Context, by who.Asker, act store.Act, offer id.ID, version int64, turn func(*store.Tx, *Offer) error) (o Offer, err error) {
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if o, err = offerByID(tx, offer); err != nil {
			return err
		}
		switch {
		case version != 0 && version != o.Version:
			return fail.Stale
		case o.State == Closed:
			return errOfferClosed
		}
		if err := turn(tx, &o); err != nil {
			return err
		}
		return keepOffer(tx, &o, false)
	})
	return o, err
}

// OfferSheet is an offer with where it reaches, what was promised of it, and the requests that it fits.
type OfferSheet struct {
	Offer
	Promises []Promise // those that the asker may see
	Fits     []Fit
}

// LookOffer gives one offer.
func (d *Desk) LookOffer(ctx context.Context, by who.Asker, offer id.ID) (s OfferSheet, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		s = OfferSheet{}
		if s.Offer, err = offerByID(tx, offer); err != nil {
			return err
		}
		if s.Promises, err = promisesOfOffer(tx, offer); err != nil {
			return err
		}
		if s.Standing(tx.Today()) != Open {
			return nil
		}
		open, err := requestsOpen(tx, s.Kind, tx.Today())
		for _, r := range open {
			if fit, ok := Match(s.Offer, r, tx.Today()); ok && slices.Contains(s.Places, r.Region) {
				s.Fits = append(s.Fits, fit)
			}
		}
		best(s.Fits)
		s.Fits = s.Fits[:min(len(s.Fits), mostFits)]
		return err
	})
	return s, err
}

// OfferFilter chooses offers.
type OfferFilter struct {
	Show, Kind, Region string // Show: open, past, all
	After              id.ID
	Limit              int64
}

// Offers lists offers, the newest first, with how many there are under the same filter.
func (d *Desk) Offers(ctx context.Context, by who.Asker, f OfferFilter) (all []Offer, n int64, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if n, err = countOffers(tx, f); err != nil {
			return err
		}
		all, err = offersBy(tx, f)
		return err
	})
	return all, n, err
}
