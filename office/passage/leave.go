package passage

import (
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/residence"
)

var (
	planLeave   = store.NewAct("leave.plan", who.WorkCase)
	startLeave  = store.NewAct("leave.start", who.WorkCase)
	tellLeave   = store.NewAct("leave.tell", who.WorkCase)
	endOfLeave  = store.NewAct("leave.end", who.WorkCase)
	cancelLeave = store.NewAct("leave.cancel", who.WorkCase)
	lookLeave   = store.NewAct("leave.look", who.SeeCase)
)

// The states of a leave.
const (
	Planned   = "planned"
	Away      = "away"
	Back      = "back"
	Stayed    = "stayed" // did not come back: the service ends there
	Cancelled = "cancelled"
)

// What becomes of the bed while the person is away.
const (
	BedKept     = "kept"
	BedReleased = "released"
)

// Leave is a leave on trial: some days at home before the service ends, to see how it goes (the fifth stage, Permensos
// 16/2019 Pasal 7 ayat (1) huruf e; the leave itself is our design). Who is on leave still lives in: the figures of
// coming and leaving know nothing of it.
type Leave struct {
	ID           id.ID
	Version      int64
	Case, Person id.ID
	State        string
	From, Due    clock.Day // planned
	With         string
	Relation     string
	Contact      string
	AgreedBy     string
	Bed          string // BedKept or BedReleased
	LeftOn       clock.Day
	BackOn       clock.Day
	Result       string // went_well, with_help, failed
	Note         string
	PlannedOn    clock.Day // it was agreed and written down; "" of leaves from before this was kept
	CancelledOn  clock.Day
	By           string
	Calls        []LeaveCall
}

// Running tells whether the leave is planned or goes on.
func (l Leave) Running() bool { return l.State == Planned || l.State == Away }

// Late tells whether the person should have been back.
func (l Leave) Late(today clock.Day) bool { return l.State == Away && l.Due < today }

// LeaveCall is a visit or a call while the person is away.
type LeaveCall struct {
	ID     id.ID
	On     clock.Day
	Method string
	Note   string
	By     string
}

// NewLeave plans a leave; one that begins today or before began.
type NewLeave struct {
	From     clock.Day `json:"from" required:"true" ask:"Tulis tanggal berangkat."`
	Due      clock.Day `json:"due_on" required:"true" ask:"Tulis kapan kembali."`
	With     string    `json:"with" required:"true" maxLength:"120" ask:"Tulis bersama siapa."`
	Relation string    `json:"relation,omitempty" maxLength:"120"`
	Contact  string    `json:"contact" required:"true" maxLength:"200" ask:"Tulis alamat atau nomor yang bisa dihubungi."`
	AgreedBy string    `json:"agreed_by" required:"true" maxLength:"120" ask:"Tulis siapa yang setuju."`
	Bed      string    `json:"bed" required:"true" enum:"kept,released" ask:"Pilih tempat tidurnya disimpan atau dilepas."`
}

// mayGoOnLeave holds who may go on leave: who lives in, at the stages in which going home is tried, and without
// another leave. Longer than a month is no leave: it is the end of the stay.
func mayGoOnLeave(f casework.File, in NewLeave) error {
	var wrong fail.Fields
	if in.Due <= in.From {
		wrong.Add("due_on", "order", "Tanggal kembali %s harus setelah tanggal berangkat %s.", in.Due, in.From)
	} else if in.Due.Sub(in.From) > mostDays {
		wrong.Add("due_on", "too-long", "Cuti percobaan paling lama %d hari.", mostDays)
	}
	for _, s := range f.Stays {
		if s.State == residence.Open && in.From < s.From {
			wrong.Add("from", "order", "Tanggal %s lebih awal dari %s. Periksa salah satunya.", in.From, s.From)
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if !f.Housed() {
		return fail.Broken("not-housed", "Hanya yang sedang menempati tempat tidur dapat cuti percobaan.")
	}
	if f.Stage != casework.Intervention && f.Stage != casework.Resocialisation {
		return fail.Broken("not-resocialising", "Cuti percobaan dicatat pada tahap intervensi dan resosialisasi.")
	}
	return nil
}

// mostDays is how long a leave on trial may last (our design; no source gives a number).
const mostDays = 31

// PlanLeave plans a leave on trial.
func (d *Desk) PlanLeave(ctx context.Context, by who.Asker, caseID id.ID, in NewLeave) (l Leave, err error) {
	err = d.store.Write(ctx, by, planLeave, func(tx *store.Tx) error {
		f, err := casework.Take(tx, caseID, 0)
		if err != nil {
			return err
		}
		if err := mayGoOnLeave(f, in); err != nil {
			return err
		}
		l = Leave{ID: id.New(), Version: 1, Case: f.ID, Person: f.Person, State: Planned, From: in.From, Due: in.Due, With: in.With, Relation: in.Relation,
			Contact: in.Contact, AgreedBy: in.AgreedBy, Bed: in.Bed, PlannedOn: min(in.From, tx.Today()), By: by.Name}
		if err := insertLeave(tx, l); err != nil {
			return err
		}
		tx.Record(entry("leave", l.ID, f.Case, fail.Say("Cuti percobaan direncanakan %s sampai %s.", l.From, l.Due), in))
		if in.From <= tx.Today() {
			return depart(tx, f, &l, in.From)
		}
		return nil
	})
	return l, err
}

// Departure is the day on which the person left.
type Departure struct {
	On clock.Day `json:"on" required:"true" ask:"Tulis tanggal berangkat."`
}

// Depart records that a planned leave began.
func (d *Desk) Depart(ctx context.Context, by who.Asker, leave id.ID, version int64, in Departure) (l Leave, err error) {
	err = d.changing(ctx, by, startLeave, leave, version, &l, func(tx *store.Tx, f casework.File) error {
		if l.State != Planned {
			return fail.Broken("leave-begun", "Cuti percobaan ini tidak sedang direncanakan.")
		}
		return depart(tx, f, &l, in.On)
	})
	return l, err
}

// changing carries out a change of a leave with its case locked.
func (d *Desk) changing(ctx context.Context, by who.Asker, act store.Act, leave id.ID, version int64, into *Leave, change func(*store.Tx, casework.File) error) error {
	return d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		l, err := leaveByID(tx, leave)
		if err != nil {
			return err
		}
		f, err := casework.Take(tx, l.Case, 0)
		if err != nil {
			return err
		}
		if version != 0 && l.Version != version {
			return fail.Stale
		}
		*into = l
		return change(tx, f)
	})
}

// depart begins a leave. A bed that is given up is free at once: the person is moved to an extra place of the centre,
// and stays a resident of it.
func depart(tx *store.Tx, f casework.File, l *Leave, on clock.Day) error {
	var wrong fail.Fields
	stay, housed := openStay(f)
	if !housed {
		return fail.Broken("not-housed", "Hanya yang sedang menempati tempat tidur dapat cuti percobaan.")
	}
	dayBetween(&wrong, "on", on, stay.From, tx.Today())
	if on >= l.Due {
		wrong.Add("on", "order", "Tanggal kembali %s harus setelah tanggal berangkat %s.", l.Due, on)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if l.Bed == BedReleased {
		aside, err := residence.ExtraBed(tx, f.Centre)
		if err != nil {
			return err
		}
		if _, err := residence.Move(tx, stay, aside, on); err != nil {
			return err
		}
	}
	l.State, l.LeftOn = Away, on
	if err := keepLeave(tx, l); err != nil {
		return err
	}
	tx.Record(entry("leave", l.ID, f.Case, fail.Say("Berangkat cuti percobaan %s.", on), nil))
	_, err := casework.Refresh(tx, f.ID)
	return err
}

func openStay(f casework.File) (residence.Stay, bool) {
	i := slices.IndexFunc(f.Stays, func(s residence.Stay) bool { return s.State == residence.Open })
	if i < 0 {
		return residence.Stay{}, false
	}
	return f.Stays[i], true
}

// NewCall tells of a visit or a call to who is away.
type NewCall struct {
	On     clock.Day `json:"on" required:"true" ask:"Tulis tanggalnya."`
	Method string    `json:"method" required:"true" maxLength:"40" ask:"Pilih caranya."`
	Note   string    `json:"note" required:"true" maxLength:"2000" ask:"Tulis bagaimana keadaannya."`
}

// CallOnLeave records a visit or a call during a leave.
func (d *Desk) CallOnLeave(ctx context.Context, by who.Asker, leave id.ID, in NewCall) (l Leave, err error) {
	err = d.changing(ctx, by, tellLeave, leave, 0, &l, func(tx *store.Tx, f casework.File) error {
		if l.State != Away {
			return fail.Broken("not-away", "Orang ini tidak sedang cuti percobaan.")
		}
		var wrong fail.Fields
		dayBetween(&wrong, "on", in.On, l.LeftOn, tx.Today())
		if !law.Has(law.Standard.On(tx.Today()).Methods, in.Method) {
			wrong.Add("method", "choice", "Pilih salah satu dari daftar.")
		}
		if err := wrong.Err(); err != nil {
			return err
		}
		if err := insertCall(tx, l, in); err != nil {
			return err
		}
		tx.Record(entry("leave", l.ID, f.Case, fail.Say("Dihubungi selama cuti percobaan, %s.", in.On), in))
		return nil
	})
	return l, err
}

// Homecoming is how a leave ended: back in the house, or stayed where she was.
type Homecoming struct {
	On     clock.Day `json:"on" required:"true" ask:"Tulis tanggalnya."`
	Came   string    `json:"came" required:"true" enum:"back,stayed" ask:"Pilih kembali atau menetap."`
	Result string    `json:"result" required:"true" enum:"went_well,with_help,failed" ask:"Pilih hasil cuti."`
	Bed    id.ID     `json:"bed_id,omitempty"` // where the old bed was given up
	Note   string    `json:"note" required:"true" maxLength:"2000" ask:"Tulis bagaimana hasilnya."`
}

// EndLeave records the end of a leave with its result.
func (d *Desk) EndLeave(ctx context.Context, by who.Asker, leave id.ID, version int64, in Homecoming) (l Leave, err error) {
	err = d.changing(ctx, by, endOfLeave, leave, version, &l, func(tx *store.Tx, f casework.File) error {
		if l.State != Away {
			return fail.Broken("not-away", "Orang ini tidak sedang cuti percobaan.")
		}
		var wrong fail.Fields
		dayBetween(&wrong, "on", in.On, l.LeftOn, tx.Today())
		if in.Came == Back && l.Bed == BedReleased && in.Bed == 0 {
			wrong.Add("bed_id", "required", "Tempat tidurnya sudah dilepas. Pilih tempat tidur.")
		}
		if err := wrong.Err(); err != nil {
			return err
		}
		if stay, housed := openStay(f); housed && in.Came == Back && in.Bed != 0 && in.Bed != stay.Bed {
			if _, err := residence.Move(tx, stay, in.Bed, in.On); err != nil {
				return err
			}
		}
		l.State, l.BackOn, l.Result, l.Note = in.Came, in.On, in.Result, in.Note
		if err := keepLeave(tx, &l); err != nil {
			return err
		}
		say := fail.Say("Kembali dari cuti percobaan %s.", in.On)
		if in.Came == Stayed {
			say = fail.Say("Menetap setelah cuti percobaan, %s.", in.On)
		}
		tx.Record(entry("leave", l.ID, f.Case, say, in))
		_, err := casework.Refresh(tx, f.ID)
		return err
	})
	return l, err
}

// Cancelling is why something planned does not happen.
type Cancelling struct {
	Reason string `json:"reason" required:"true" maxLength:"500" ask:"Tulis alasannya."`
}

// CancelLeave cancels a leave that has not begun.
func (d *Desk) CancelLeave(ctx context.Context, by who.Asker, leave id.ID, version int64, in Cancelling) (l Leave, err error) {
	err = d.changing(ctx, by, cancelLeave, leave, version, &l, func(tx *store.Tx, f casework.File) error {
		if l.State != Planned {
			return fail.Broken("leave-begun", "Cuti percobaan ini tidak sedang direncanakan.")
		}
		l.State, l.Note, l.CancelledOn = Cancelled, in.Reason, tx.Today()
		if err := keepLeave(tx, &l); err != nil {
			return err
		}
		tx.Record(entry("leave", l.ID, f.Case, fail.Say("Cuti percobaan dibatalkan."), in))
		return nil
	})
	return l, err
}

// endLeave ends a running leave of a case whose stay ends; a planned one is cancelled.
func endLeave(tx *store.Tx, c casework.Case, state string, on clock.Day) error {
	all, err := leavesOf(tx, c.ID, 1)
	if err != nil || len(all) == 0 || !all[0].Running() {
		return err
	}
	l := all[0]
	if l.State == Planned {
		state, l.CancelledOn = Cancelled, on
	} else {
		l.BackOn = max(on, l.LeftOn)
	}
	l.State = state
	return keepLeave(tx, &l)
}

// Leaves gives the leaves of a case, the latest first, with what was heard during them.
func (d *Desk) Leaves(ctx context.Context, by who.Asker, caseID id.ID) (all []Leave, f casework.File, err error) {
	err = d.store.Read(ctx, by, lookLeave, func(tx *store.Tx) error {
		if f, err = casework.FileOf(tx, caseID); err != nil {
			return err
		}
		tx.Saw(f.Person)
		if all, err = leavesOf(tx, caseID, 30); err != nil {
			return err
		}
		return loadCalls(tx, caseID, all)
	})
	return all, f, err
}

// LeaveOf gives one leave with its case.
func (d *Desk) LeaveOf(ctx context.Context, by who.Asker, leave id.ID) (l Leave, err error) {
	err = d.store.Read(ctx, by, lookLeave, func(tx *store.Tx) error {
		if l, err = leaveByID(tx, leave); err == nil {
			tx.Saw(l.Person)
			one := []Leave{l}
			err = loadCalls(tx, l.Case, one)
			l = one[0]
		}
		return err
	})
	return l, err
}

// twoLeaves says in words that a leave runs already.
func twoLeaves(err error) error {
	if store.Violates(err, "leaves_running") || store.Violates(err, "leaves.case_id") {
		return fail.Clash("leave-runs", "Cuti percobaan lain masih direncanakan atau berjalan.")
	}
	return err
}
