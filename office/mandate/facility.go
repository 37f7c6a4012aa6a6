package mandate

import (
	"context"
	"slices"
	"strconv"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/residence"
)

var (
	lookFacilities = store.NewAct("facility.look", who.SeeCentre)
	addFacility    = store.NewAct("facility.add", who.ManageBeds)
	changeFacility = store.NewAct("facility.change", who.ManageBeds)
	workFacility   = store.NewAct("facility.work", who.ManageBeds)
	retireFacility = store.NewAct("facility.retire", who.ManageBeds)
	blockBeds      = store.NewAct("facility.block", who.ManageBeds)
)

// Conditions of a facility.
const (
	Good  = "good"
	Light = "light" // light damage
	Heavy = "heavy" // heavy damage: it is not to be used
)

var (
	conditionWords = map[string]text.Word{Good: "Baik", Light: "Rusak ringan", Heavy: "Rusak berat"}
	kindWords      = map[string]text.Word{"building": "Gedung", "dormitory": "Asrama", "sanitation": "Kamar mandi dan sanitasi", "kitchen": "Dapur dan ruang makan",
		"health": "Kesehatan|fasilitas", "workshop": "Bengkel keterampilan", "access": "Aksesibilitas", "vehicle": "Kendaraan", "equipment": "Peralatan",
		"utility": "Air dan listrik", "safety": "Keamanan", "other": "Lain-lain|fasilitas"}
	workWords = map[string]text.Word{"inspection": "Pemeriksaan", "repair": "Perbaikan"}
)

// FacilityKinds are the kinds in the order of their list.
var FacilityKinds = []string{"building", "dormitory", "sanitation", "kitchen", "health", "workshop", "access", "vehicle", "equipment", "utility", "safety", "other"}

// Facility is a thing or a room that an institution has.
type Facility struct {
	ID         id.ID
	Version    int64
	Centre     id.ID
	Kind       string
	Name       string
	Place      string
	Quantity   int64
	Condition  string
	Since      *int64 // year
	Worth      *int64 // rupiah
	Note       string
	CheckedOn  clock.Day // of the last inspection
	RetiredOn  clock.Day
	RetiredWhy string
	Beds       int64 // that cannot be slept in because of it
}

// Work is an inspection or a repair of a facility.
type Work struct {
	ID        id.ID
	Kind      string
	On        clock.Day
	Condition string // after it
	Cost      *int64 // rupiah
	DoneBy    string
	Note      string
	By        string
}

// Blocked is a bed that cannot be slept in because of a facility.
type Blocked struct {
	Bed         id.ID
	Ward, Label string
	Since       clock.Day
}

// NewFacility is a facility as it is written down.
type NewFacility struct {
	Kind      string `json:"kind" required:"true" enum:"building,dormitory,sanitation,kitchen,health,workshop,access,vehicle,equipment,utility,safety,other" ask:"Pilih jenis fasilitas."`
	Name      string `json:"name" required:"true" maxLength:"120" ask:"Tulis nama fasilitas."`
	Place     string `json:"place,omitempty" maxLength:"120"`
	Quantity  int64  `json:"quantity" required:"true" minimum:"1" maximum:"100000" ask:"Tulis jumlahnya."`
	Condition string `json:"condition" required:"true" enum:"good,light,heavy" ask:"Pilih kondisinya."`
	Since     *int64 `json:"since,omitempty" minimum:"1800" maximum:"2999"`
	Worth     *int64 `json:"worth,omitempty" minimum:"0" maximum:"1000000000000"`
	Note      string `json:"note,omitempty" maxLength:"500"`
}

// NewWork is an inspection or a repair as it is written down.
type NewWork struct {
	Kind      string    `json:"kind" required:"true" enum:"inspection,repair" ask:"Pilih pemeriksaan atau perbaikan."`
	On        clock.Day `json:"on" required:"true" ask:"Tulis tanggalnya."`
	Condition string    `json:"condition" required:"true" enum:"good,light,heavy" ask:"Pilih kondisi sesudahnya."`
	Cost      *int64    `json:"cost,omitempty" minimum:"0" maximum:"1000000000000"`
	DoneBy    string    `json:"done_by,omitempty" maxLength:"120"`
	Note      string    `json:"note,omitempty" maxLength:"500"`
}

// SetBeds names the beds that cannot be slept in because of a facility: all of them; those left out are whole again.
type SetBeds struct {
	Beds []id.ID `json:"beds"`
}

// mayOwn holds that the year of a facility is past.
func mayOwn(in NewFacility, today clock.Day) error {
	if in.Since != nil && *in.Since > int64(today.Time().Year()) {
		return fail.Bad("since", "future", "Tahun %s belum terjadi.", strconv.FormatInt(*in.Since, 10))
	}
	return nil
}

// mayWork holds that what was done is past, and done to something that is still there.
func mayWork(f Facility, in NewWork, today clock.Day) error {
	if f.RetiredOn != "" {
		return fail.Broken("facility-retired", "Fasilitas ini sudah dihapus dari daftar.")
	}
	if in.On > today {
		return fail.Bad("on", "future", "Tanggal %s belum terjadi.", in.On)
	}
	return nil
}

func facilityEntry(f Facility, say string, what any) store.Entry {
	return store.Entry{Kind: "facility", ID: f.ID, Centre: f.Centre, Say: fail.Say(say, f.Name), What: what}
}

// AddFacility enters a facility of a centre.
func (d *Desk) AddFacility(ctx context.Context, by who.Asker, at id.ID, in NewFacility) (f Facility, err error) {
	err = d.store.Write(ctx, by, addFacility, func(tx *store.Tx) error {
		if _, err := centre.Own(tx, at); err != nil {
			return err
		}
		if err := mayOwn(in, tx.Today()); err != nil {
			return err
		}
		f = Facility{ID: id.New(), Version: 1, Centre: at}
		f.take(in)
		tx.Record(facilityEntry(f, "Fasilitas %s dicatat.", in))
		return insertFacility(tx, f)
	})
	return f, err
}

func (f *Facility) take(in NewFacility) {
	f.Kind, f.Name, f.Place, f.Quantity, f.Condition, f.Since, f.Worth, f.Note = in.Kind, in.Name, in.Place, in.Quantity, in.Condition, in.Since, in.Worth, in.Note
}

// change changes a facility that is still there.
func (d *Desk) change(ctx context.Context, by who.Asker, act store.Act, facility id.ID, version int64, do func(tx *store.Tx, f *Facility) error) (f Facility, err error) {
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if f, err = facilityByID(tx, facility); err != nil {
			return err
		}
		if version > 0 && version != f.Version {
			return fail.Stale
		}
		if f.RetiredOn != "" {
			return fail.Broken("facility-retired", "Fasilitas ini sudah dihapus dari daftar.")
		}
		if err := do(tx, &f); err != nil {
			return err
		}
		return keepFacility(tx, &f)
	})
	return f, err
}

// ChangeFacility changes what is said of a facility.
func (d *Desk) ChangeFacility(ctx context.Context, by who.Asker, facility id.ID, version int64, in NewFacility) (Facility, error) {
	return d.change(ctx, by, changeFacility, facility, version, func(tx *store.Tx, f *Facility) error {
		f.take(in)
		tx.Record(facilityEntry(*f, "Fasilitas %s diubah.", in))
		return mayOwn(in, tx.Today())
	})
}

// RecordWork records an inspection or a repair; the latest of them says in what condition the facility is.
func (d *Desk) RecordWork(ctx context.Context, by who.Asker, facility id.ID, in NewWork) (w Work, f Facility, err error) {
	f, err = d.change(ctx, by, workFacility, facility, 0, func(tx *store.Tx, f *Facility) error {
		if err := mayWork(*f, in, tx.Today()); err != nil {
			return err
		}
		latest, err := latestWork(tx, f.ID)
		if err != nil {
			return err
		}
		if in.On >= latest {
			f.Condition = in.Condition
		}
		if in.Kind == "inspection" && in.On > f.CheckedOn {
			f.CheckedOn = in.On
		}
		w = Work{id.New(), in.Kind, in.On, in.Condition, in.Cost, in.DoneBy, in.Note, by.Name}
		tx.Record(facilityEntry(*f, "Pemeriksaan atau perbaikan %s dicatat.", in))
		return insertWork(tx, *f, w)
	})
	return w, f, err
}

// Retire takes a facility off the list: it stays in the register with the reason. Its beds are whole again only when
// somebody says so.
func (d *Desk) Retire(ctx context.Context, by who.Asker, facility id.ID, version int64, in Strike) (Facility, error) {
	return d.change(ctx, by, retireFacility, facility, version, func(tx *store.Tx, f *Facility) error {
		if f.Beds > 0 {
			return fail.Clash("beds-blocked", "%d tempat tidur masih tidak dapat dipakai karena fasilitas ini. Lepaskan dulu.", f.Beds)
		}
		f.RetiredOn, f.RetiredWhy = tx.Today(), in.Reason
		tx.Record(facilityEntry(*f, "Fasilitas %s dihapus dari daftar.", in))
		return nil
	})
}

// BlockBeds says which beds cannot be slept in because of a facility. They are not free for anybody until they are let go.
func (d *Desk) BlockBeds(ctx context.Context, by who.Asker, facility id.ID, version int64, in SetBeds) (Facility, error) {
	return d.change(ctx, by, blockBeds, facility, version, func(tx *store.Tx, f *Facility) error {
		held, err := blockedBy(tx, f.ID)
		if err != nil {
			return err
		}
		for _, b := range held {
			if !slices.Contains(in.Beds, b.Bed) {
				if err := letGo(tx, b.Bed); err != nil {
					return err
				}
			}
		}
		for _, bed := range in.Beds {
			if slices.ContainsFunc(held, func(b Blocked) bool { return b.Bed == bed }) {
				continue
			}
			if err := block(tx, *f, bed); err != nil {
				return err
			}
		}
		f.Beds = int64(len(in.Beds))
		tx.Record(facilityEntry(*f, "Tempat tidur yang tidak dapat dipakai karena %s ditetapkan.", in))
		return nil
	})
}

func letGo(tx *store.Tx, bed id.ID) error {
	if err := unblock(tx, bed); err != nil {
		return err
	}
	_, _, err := residence.Break(tx, bed, false)
	return err
}

func block(tx *store.Tx, f Facility, bed id.ID) error {
	at, label, err := residence.Break(tx, bed, true)
	if err != nil {
		return err
	}
	if at != f.Centre {
		return fail.Bad("beds", "choice", "Tempat tidur %s bukan milik UPT ini.", label)
	}
	return insertBlock(tx, f, bed)
}

// Register is a page of the facilities of a centre with their sums.
type Register struct {
	Of         centre.Centre
	Facilities []Facility
	By         map[string]int64 // how many in each condition
	Spent      int64            // rupiah, on inspections and repairs since the beginning of the year
}

// Facilities lists the facilities of a centre in the order in which they were entered; condition "" is all of them.
func (d *Desk) Facilities(ctx context.Context, by who.Asker, at, after id.ID, condition string, limit int64) (g Register, err error) {
	err = d.store.Read(ctx, by, lookFacilities, func(tx *store.Tx) error {
		if g.Of, err = centre.Own(tx, at); err != nil {
			return err
		}
		if g.By, err = countedBy(tx, at); err != nil {
			return err
		}
		if g.Spent, err = store.One(tx, spentOn, store.Int, at, tx.Today()[:4]+"-01-01"); err != nil {
			return err
		}
		g.Facilities, err = facilitiesOf(tx, at, after, condition, limit)
		return err
	})
	return g, err
}

// Facility gives a facility with what was done to it, and the beds that it blocks.
func (d *Desk) Facility(ctx context.Context, by who.Asker, facility id.ID) (f Facility, works []Work, beds []Blocked, err error) {
	err = d.store.Read(ctx, by, lookFacilities, func(tx *store.Tx) error {
		if f, err = facilityByID(tx, facility); err != nil {
			return err
		}
		if works, err = worksAt(tx, facility); err != nil {
			return err
		}
		beds, err = blockedBy(tx, facility)
		return err
	})
	return f, works, beds, err
}

// FreeBeds gives the beds of a centre that may be blocked: nobody lies in them and nobody waits for them.
func (d *Desk) FreeBeds(ctx context.Context, by who.Asker, at id.ID) (free []residence.Bed, err error) {
	err = d.store.Read(ctx, by, lookFacilities, func(tx *store.Tx) error {
		all, err := residence.BedsOf(tx, at, tx.Today())
		for _, b := range all {
			if b.State() == "free" {
				free = append(free, b)
			}
		}
		return err
	})
	return free, err
}
