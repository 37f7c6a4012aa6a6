package mandate

import (
	"context"
	"errors"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
)

var (
	lookMandate    = store.NewAct("mandate.look", who.SeeCentre)
	setMandate     = store.NewAct("mandate.set", who.ManageCentre)
	addFunction    = store.NewAct("mandate.add-function", who.ManageCentre)
	changeFunction = store.NewAct("mandate.change-function", who.ManageCentre)
)

// Desk is the desk of mandates.
type Desk struct{ store *store.Store }

// New opens the desk.
func New(s *store.Store) *Desk { return &Desk{s} }

// Mandate is what an institution was founded for, and what it shall become. What it does now is in its functions and in
// Now; whom it serves and its capacity now are the centre's own.
type Mandate struct {
	Centre     centre.Centre
	Version    int64 // 0: nothing was written down yet
	FoundedOn  clock.Day
	DecisionNo string
	DecisionBy string
	Then       Side
	Wanted     Side
	Functions  []Function

	Accreditations []Accreditation // the newest first
}

// Side is an institution as it was founded, or as it is wanted.
type Side struct {
	Target   string
	Capacity *int64   // places; nil: not said
	Kinds    []string // of PPKS
	Regions  []string // the districts it serves; none: not said
}

// Places is the capacity of a side that says one.
func (s Side) Places() int64 { return *s.Capacity }

// Function is something an institution is there for.
type Function struct {
	ID      id.ID
	Version int64
	Centre  id.ID
	Name    string
	Was     bool // since it was founded
	Runs    bool // now
	Wanted  bool
	Note    string
}

// SetMandate is a mandate as it is written down.
type SetMandate struct {
	FoundedOn      clock.Day `json:"founded_on,omitempty"`
	DecisionNo     string    `json:"decision_no,omitempty" maxLength:"120"`
	DecisionBy     string    `json:"decision_by,omitempty" maxLength:"120"`
	TargetThen     string    `json:"target_then,omitempty" maxLength:"500"`
	TargetWanted   string    `json:"target_wanted,omitempty" maxLength:"500"`
	CapacityThen   *int64    `json:"capacity_then,omitempty" minimum:"0" maximum:"5000"`
	CapacityWanted *int64    `json:"capacity_wanted,omitempty" minimum:"0" maximum:"5000"`
	KindsThen      []string  `json:"kinds_then,omitempty"`
	KindsWanted    []string  `json:"kinds_wanted,omitempty"`
	RegionsThen    []string  `json:"regions_then,omitempty"`
	RegionsWanted  []string  `json:"regions_wanted,omitempty"`
}

// NewFunction is a function as it is written down.
type NewFunction struct {
	Name   string `json:"name" required:"true" maxLength:"200" ask:"Tulis fungsinya."`
	Was    bool   `json:"was,omitempty"`
	Runs   bool   `json:"runs,omitempty"`
	Wanted bool   `json:"wanted,omitempty"`
	Note   string `json:"note,omitempty" maxLength:"500"`
}

// maySet holds that a founding day is past, and that kinds and districts are those of the lists.
func maySet(in SetMandate, today clock.Day) error {
	var f fail.Fields
	if in.FoundedOn > today {
		f.Add("founded_on", "future", "Tanggal %s belum terjadi.", in.FoundedOn)
	}
	for name, list := range map[string][]string{"kinds_then": in.KindsThen, "kinds_wanted": in.KindsWanted} {
		for _, k := range list {
			if _, known := law.KindOf(k); !known {
				f.Add(name, "choice", "Jenis PPKS %s tidak dikenal.", k)
			}
		}
	}
	for name, list := range map[string][]string{"regions_then": in.RegionsThen, "regions_wanted": in.RegionsWanted} {
		for _, r := range list {
			if _, known := law.RegionOf(r); !known {
				f.Add(name, "choice", "Kabupaten/kota %s tidak dikenal.", r)
			}
		}
	}
	return f.Err()
}

// mayFunction holds that a function was there, runs or is wanted: one that is none of them is no function.
func mayFunction(in NewFunction) error {
	if !in.Was && !in.Runs && !in.Wanted {
		return fail.Bad("was", "required", "Pilih paling sedikit satu: sejak didirikan, berjalan sekarang, atau diinginkan.")
	}
	return nil
}

// Of reads the mandate of a centre with what is so today and what has drifted.
func (d *Desk) Of(ctx context.Context, by who.Asker, at id.ID) (m Mandate, now Now, err error) {
	err = d.store.Read(ctx, by, lookMandate, func(tx *store.Tx) error {
		if m, err = mandateOf(tx, at); err != nil {
			return err
		}
		now, err = nowOf(tx, at)
		return err
	})
	return m, now, err
}

func mandateOf(tx *store.Tx, at id.ID) (Mandate, error) {
	c, err := centre.Own(tx, at)
	if err != nil {
		return Mandate{}, err
	}
	m, err := store.One(tx, mandateByCentre, scanMandate, at)
	if err != nil && !errors.Is(err, fail.NotFound) {
		return m, err
	}
	m.Centre = c
	if m.Functions, err = functionsOf(tx, at); err != nil {
		return m, err
	}
	m.Accreditations, err = accreditationsOf(tx, at)
	return m, err
}

// Set writes the mandate of a centre down. A version that is not the last one read is fail.Stale.
func (d *Desk) Set(ctx context.Context, by who.Asker, at id.ID, version int64, in SetMandate) (m Mandate, err error) {
	err = d.store.Write(ctx, by, setMandate, func(tx *store.Tx) error {
		if m, err = mandateOf(tx, at); err != nil {
			return err
		}
		if version > 0 && version != m.Version {
			return fail.Stale
		}
		if err := maySet(in, tx.Today()); err != nil {
			return err
		}
		m.FoundedOn, m.DecisionNo, m.DecisionBy = in.FoundedOn, in.DecisionNo, in.DecisionBy
		m.Then = Side{in.TargetThen, in.CapacityThen, in.KindsThen, in.RegionsThen}
		m.Wanted = Side{in.TargetWanted, in.CapacityWanted, in.KindsWanted, in.RegionsWanted}
		if err := keepMandate(tx, &m); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "mandate", ID: at, Centre: at, Say: fail.Say("Mandat UPT ditulis."), What: in})
		return nil
	})
	return m, err
}

// AddFunction writes down one more function of a centre.
func (d *Desk) AddFunction(ctx context.Context, by who.Asker, at id.ID, in NewFunction) (f Function, err error) {
	err = d.store.Write(ctx, by, addFunction, func(tx *store.Tx) error {
		if _, err := centre.Own(tx, at); err != nil {
			return err
		}
		if err := mayFunction(in); err != nil {
			return err
		}
		f = Function{id.New(), 1, at, in.Name, in.Was, in.Runs, in.Wanted, in.Note}
		tx.Record(functionEntry(f, "Fungsi %s dicatat."))
		return insertFunction(tx, f)
	})
	return f, err
}

// ChangeFunction changes what is said of a function.
func (d *Desk) ChangeFunction(ctx context.Context, by who.Asker, function id.ID, version int64, in NewFunction) (f Function, err error) {
	err = d.store.Write(ctx, by, changeFunction, func(tx *store.Tx) error {
		if f, err = functionByID(tx, function); err != nil {
			return err
		}
		if version > 0 && version != f.Version {
			return fail.Stale
		}
		if err := mayFunction(in); err != nil {
			return err
		}
		f.Name, f.Was, f.Runs, f.Wanted, f.Note = in.Name, in.Was, in.Runs, in.Wanted, in.Note
		tx.Record(functionEntry(f, "Fungsi %s diubah."))
		return keepFunction(tx, &f)
	})
	return f, err
}

func functionEntry(f Function, say string) store.Entry {
	return store.Entry{Kind: "function", ID: f.ID, Centre: f.Centre, Say: fail.Say(say, f.Name), What: f}
}

// LookFunction gives one function.
func (d *Desk) LookFunction(ctx context.Context, by who.Asker, function id.ID) (f Function, err error) {
	err = d.store.Read(ctx, by, lookMandate, func(tx *store.Tx) error {
		f, err = functionByID(tx, function)
		return err
	})
	return f, err
}
