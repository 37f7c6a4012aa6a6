package centre

import (
	"context"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

var writeProfile = store.NewAct("centre.write-profile", who.ManageCentre)

// Profile is what an institution says of itself to visitors. Each part may be empty: then nothing is said of it.
type Profile struct {
	Version   int64
	About     string
	Address   string
	Phone     string
	Visiting  string // hours of visits
	Route     string // how to come
	Cost      string // what the office says of costs
	ChangedOn clock.Day
	Photo     Photo
}

// NewProfile is a profile as it is written. No line of it may name a resident: the page says so.
type NewProfile struct {
	About    string `json:"about,omitempty" maxLength:"600"`
	Address  string `json:"address,omitempty" maxLength:"200"`
	Phone    string `json:"phone,omitempty" maxLength:"30"`
	Visiting string `json:"visiting,omitempty" maxLength:"300"`
	Route    string `json:"route,omitempty" maxLength:"400"`
	Cost     string `json:"cost,omitempty" maxLength:"300"`
}

// Tel is the telephone number as a phone dials it.
func (p Profile) Tel() string {
	return strings.Map(func(r rune) rune {
		if r == '+' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, p.Phone)
}

// Public gives an institution by its code with what it says of itself; fail.NotFound for one that serves nobody.
func (d *Desk) Public(ctx context.Context, code string) (c Centre, p Profile, err error) {
	err = d.store.Read(ctx, who.Public(), look, func(tx *store.Tx) error {
		if c, p, err = publicOf(tx, code); err == nil && !c.ClientService {
			err = fail.NotFound
		}
		return err
	})
	return c, p, err
}

// OwnProfile gives the profile of an institution of the asker's.
func (d *Desk) OwnProfile(ctx context.Context, by who.Asker, at id.ID) (c Centre, p Profile, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		c, p, err = ownProfile(tx, at)
		return err
	})
	return c, p, err
}

// WriteProfile keeps what an institution says of itself; version is that which the asker saw, 0 for whatever there is.
func (d *Desk) WriteProfile(ctx context.Context, by who.Asker, at id.ID, version int64, in NewProfile) (c Centre, p Profile, err error) {
	err = d.store.Write(ctx, by, writeProfile, func(tx *store.Tx) error {
		if c, err = Own(tx, at); err != nil {
			return err
		}
		if strings.Trim(in.Phone, "0123456789+() .-") != "" {
			return fail.Bad("phone", "number", "Tulis nomor telepon dengan angka.")
		}
		was, err := profileIn(tx, at)
		if err != nil {
			return err
		}
		if version > 0 && version != was.Version {
			return fail.Stale
		}
		p = Profile{was.Version, in.About, in.Address, in.Phone, in.Visiting, in.Route, in.Cost, tx.Today(), was.Photo}
		tx.Record(store.Entry{Kind: "centre", ID: at, Centre: at, Say: fail.Say("Profil publik %s ditulis.", c.Name), What: in})
		return keepProfile(tx, at, &p)
	})
	return c, p, err
}
