package centre

import (
	"context"
	"slices"
	"sync"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
)

// Centre is one UPT.
type Centre struct {
	ID            id.ID
	Version       int64
	Code          string // key of the list of UPTs: "pstw-jember"
	Name          string
	Kind          string // elderly, blind, homeless …
	Place         string
	Region        string // Kemendagri code
	Capacity      int64
	StayDays      *int64 // usual length of stay, where there is one
	ClientService bool   // false for the training centre of staff
	Source        string
	Status        string // verified, assumed
	Provider      string // "upt" of the province, or "lks" appointed by the governor (Pasal 19)
	AppointmentNo string // of an LKS: number and day of the governor's appointment
	AppointmentOn clock.Day
	Kinds         []string
}

// Serves tells whether the centre serves a kind of PPKS.
func (c Centre) Serves(kind string) bool { return slices.Contains(c.Kinds, kind) }

// Desk is the desk of centres.
type Desk struct {
	store *store.Store
	names sync.Map // id to name, for the head of every page
}

// New opens the desk.
func New(s *store.Store) *Desk { return &Desk{store: s} }

var (
	setUp    = store.NewAct("centre.set-up", who.ManageCentre)
	look     = store.NewAct("centre.look", who.Anyone) // the list of centres is public
	change   = store.NewAct("centre.change", who.ManageCentre)
	addStaff = store.NewAct("staff.add", who.ManageCentre)
	certify  = store.NewAct("staff.certify", who.ManageCentre)

	listStaff = store.NewAct("staff.list", who.SeeCentre)
)

// SetUp enters the centres of a list that are not there yet, and tells how many. mark is added to each
// name: the demo marks its centres as a sample.
func (d *Desk) SetUp(ctx context.Context, by who.Asker, list []law.Centre, mark string) (int, error) {
	n := 0
	err := d.store.Write(ctx, by, setUp, func(tx *store.Tx) error {
		have, err := All(tx)
		if err != nil {
			return err
		}
		codes := map[string]bool{}
		for _, c := range have {
			codes[c.Code] = true
		}
		n = 0
		for _, l := range list {
			if codes[l.Key] {
				continue
			}
			if err := enter(tx, fromLaw(l, mark)); err != nil {
				return err
			}
			n++
		}
		tx.Record(store.Entry{Kind: "centre", Say: fail.Say("%d UPT dimasukkan dari daftar.", n)})
		return nil
	})
	return n, err
}

func fromLaw(l law.Centre, mark string) Centre {
	c := Centre{ID: id.New(), Version: 1, Code: l.Key, Name: l.Abbr + " " + l.Place + mark, Kind: l.Kind, Place: l.Place,
		Region: l.Region, Capacity: int64(l.Capacity), ClientService: l.ClientService, Source: l.Source, Status: l.Status, Kinds: l.Kinds}
	if l.StayDays > 0 {
		days := int64(l.StayDays)
		c.StayDays = &days
	}
	return c
}

// List gives all centres with the kinds they serve.
func (d *Desk) List(ctx context.Context, by who.Asker) (all []Centre, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) (err error) {
		all, err = All(tx)
		return err
	})
	return all, err
}

// Unsigned gives the institutions in which nobody holds a certificate today that an assessment asks for
// (Permensos 16/2019 Pasal 43). Only ID and Name are set.
func (d *Desk) Unsigned(ctx context.Context, by who.Asker) (all []Centre, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) (err error) {
		all, err = store.Each(tx, unsigned, func(r store.Row) (c Centre, err error) {
			err = r.Scan(&c.ID, &c.Name)
			return c, err
		}, tx.Today(), tx.Today())
		return err
	})
	return all, err
}

// Look gives one centre.
func (d *Desk) Look(ctx context.Context, by who.Asker, centre id.ID) (c Centre, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) (err error) {
		c, err = ByID(tx, centre)
		return err
	})
	return c, err
}

// Change is what may be changed of a centre.
type Change struct {
	Name     *string `json:"name,omitempty" maxLength:"120"`
	Capacity *int64  `json:"capacity,omitempty" minimum:"0" maximum:"5000"`

	Provider      *string    `json:"provider,omitempty" enum:"upt,lks"`
	AppointmentNo *string    `json:"appointment_no,omitempty" maxLength:"80"`
	AppointmentOn *clock.Day `json:"appointment_on,omitempty"`
}

// mayChange holds Pasal 19: inside the panti serve the province's UPT, and an LKS that the governor appointed.
func mayChange(c Centre, today clock.Day) error {
	var f fail.Fields
	if c.Name == "" {
		f.Add("name", "required", "Tulis nama UPT.")
	}
	if c.Provider == "lks" && (c.AppointmentNo == "" || c.AppointmentOn == "") {
		f.Add("appointment_no", "required", "Tulis nomor dan tanggal penetapan gubernur bagi LKS (Permensos 16/2019 Pasal 19).")
	}
	if c.AppointmentOn > today {
		f.Add("appointment_on", "future", "Tanggal %s belum terjadi.", c.AppointmentOn)
	}
	return f.Err()
}

func set[T any](into *T, v *T) {
	if v != nil {
		*into = *v
	}
}

// Change changes a centre of the asker's scope.
func (d *Desk) Change(ctx context.Context, by who.Asker, centre id.ID, version int64, ch Change) (c Centre, err error) {
	err = d.store.Write(ctx, by, change, func(tx *store.Tx) error {
		if c, err = ByID(tx, centre); err != nil {
			return err
		}
		if version == 0 {
			version = c.Version
		}
		set(&c.Name, ch.Name)
		set(&c.Capacity, ch.Capacity)
		set(&c.Provider, ch.Provider)
		set(&c.AppointmentNo, ch.AppointmentNo)
		set(&c.AppointmentOn, ch.AppointmentOn)
		if err := mayChange(c, tx.Today()); err != nil {
			return err
		}
		n, err := store.Exec(tx, changeCentre, c.Name, c.Capacity, c.Provider, c.AppointmentNo, c.AppointmentOn, centre, version)
		if err != nil {
			return err
		}
		if n == 0 {
			if !by.Scope.Has(centre) {
				return fail.NotFound
			}
			return fail.Stale
		}
		c.Version = version + 1
		d.names.Delete(centre)
		tx.Record(store.Entry{Kind: "centre", ID: c.ID, Centre: c.ID, Say: fail.Say("Data UPT diubah."), What: ch})
		return nil
	})
	return c, err
}

// NameOf gives the name of a centre for the head of a page; "" when it cannot be read.
func (d *Desk) NameOf(centre id.ID) string {
	if name, ok := d.names.Load(centre); ok {
		return name.(string)
	}
	c, err := d.Look(context.Background(), who.House("centre"), centre)
	if err != nil {
		return ""
	}
	d.names.Store(centre, c.Name)
	return c.Name
}
