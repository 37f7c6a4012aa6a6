package competence

import (
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
)

var (
	addTraining    = store.NewAct("training.add", who.DevelopStaff)
	changeTraining = store.NewAct("training.change", who.DevelopStaff)
	moveTraining   = store.NewAct("training.move", who.DevelopStaff)
)

// The states of a training.
const (
	Drafted   = "planned"
	Open      = "open"
	Held      = "held"
	Closed    = "closed"
	Cancelled = "cancelled"
)

var stateWords = map[string]text.Word{Drafted: "Direncanakan", Open: "Pendaftaran dibuka", Held: "Sedang atau sudah berlangsung", Closed: "Selesai|pelatihan", Cancelled: "Dibatalkan|pelatihan"}

// States are those of a training, in the order in which it goes through them.
var States = []string{Drafted, Open, Held, Closed, Cancelled}

type move struct {
	from []string
	to   string
}

// moves is the whole table: what is not here is refused.
var moves = map[string]move{
	"opening":      {[]string{Drafted}, Open},
	"holding":      {[]string{Open}, Held},
	"closure":      {[]string{Held}, Closed},
	"cancellation": {[]string{Drafted, Open}, Cancelled},
}

// Training is a training of staff. Provider "" is the training unit of the office.
type Training struct {
	ID                     id.ID
	Version                int64
	Name, Subject          string
	Provider, Kind         string
	Criterion, Place       string
	From, To               clock.Day
	Places, Taken, Waiting int64
	Certificate            string // what it gives; "" for none
	Months                 *int64 // for how long; nil is without end
	Cost                   *int64 // rupiah
	Note, State, Why       string
	MadeOn, ClosedOn       clock.Day
	By                     string
}

// Left is how many places nobody holds.
func (t Training) Left() int64 { return t.Places - t.Taken }

// Lasts is for how many months its certificate holds, where it ends at all.
func (t Training) Lasts() int64 { return *t.Months }

// Until is the last day of a certificate that it gives; "" is without end.
func (t Training) Until() clock.Day {
	if t.Months == nil {
		return ""
	}
	return t.To.AddMonths(int(*t.Months))
}

// NewTraining is a training as it is written down.
type NewTraining struct {
	Name        string    `json:"name" required:"true" maxLength:"160" ask:"Tulis nama pelatihan."`
	Subject     string    `json:"subject" required:"true" maxLength:"300" ask:"Tulis kompetensi yang dilatih."`
	Provider    string    `json:"provider,omitempty" maxLength:"160"`
	Kind        string    `json:"kind,omitempty" enum:"pekerja_sosial,tks,relawan,penyuluh"`
	Criterion   string    `json:"criterion,omitempty" enum:"staff-certified,staff-both,staff-workload,staff-volunteers"`
	Place       string    `json:"place" required:"true" maxLength:"160" ask:"Tulis tempatnya."`
	From        clock.Day `json:"from" required:"true" ask:"Tulis hari pertama."`
	To          clock.Day `json:"to" required:"true" ask:"Tulis hari terakhir."`
	Places      int64     `json:"places" required:"true" minimum:"1" maximum:"1000" ask:"Tulis jumlah tempat."`
	Certificate string    `json:"certificate,omitempty" maxLength:"160"`
	Months      *int64    `json:"months,omitempty" minimum:"1" maximum:"240"`
	Cost        *int64    `json:"cost,omitempty" minimum:"0" maximum:"1000000000000"`
	Note        string    `json:"note,omitempty" maxLength:"500"`
}

// Cancel is why a training does not take place.
type Cancel struct {
	Reason string `json:"reason" required:"true" maxLength:"500" ask:"Tulis alasannya."`
}

// mayTrain holds that a training ends after it begins, and that nobody loses a place.
func mayTrain(in NewTraining, taken int64) error {
	var f fail.Fields
	if in.To < in.From {
		f.Add("to", "order", "Hari terakhir sebelum hari pertama.")
	}
	if in.Places < taken {
		f.Add("places", "taken", "%d tempat sudah terisi. Kurangi peserta lebih dulu.", taken)
	}
	if in.Certificate == "" && in.Months != nil {
		f.Add("certificate", "required", "Tulis sertifikat yang diberikan.")
	}
	return f.Err()
}

// mayMove holds the table of moves; a training is held when it has begun, and closed when it is over.
func mayMove(t Training, deed string, today clock.Day) error {
	m, known := moves[deed]
	switch {
	case !known || !slices.Contains(m.from, t.State):
		return fail.Broken("training-state", "Pelatihan ini %s; itu tidak dapat dilakukan lagi.", stateWords[t.State])
	case deed == "holding" && t.From > today:
		return fail.Broken("training-early", "Pelatihan baru dimulai %s.", t.From)
	case deed == "closure" && t.To > today:
		return fail.Broken("training-early", "Pelatihan baru berakhir %s.", t.To)
	}
	return nil
}

// ofProvince tells whether the asker speaks for the whole province: trainings are its own; institutions propose.
func ofProvince(by who.Asker) error {
	if by.System || by.Scope.All {
		return nil
	}
	return fail.Denied
}

func trainingEntry(t Training, say string, what any) store.Entry {
	return store.Entry{Kind: "training", ID: t.ID, Say: fail.Say(say, t.Name), What: what}
}

func (t *Training) take(in NewTraining) {
	t.Name, t.Subject, t.Provider, t.Kind, t.Criterion, t.Place, t.From, t.To = in.Name, in.Subject, in.Provider, in.Kind, in.Criterion, in.Place, in.From, in.To
	t.Places, t.Certificate, t.Months, t.Cost, t.Note = in.Places, in.Certificate, in.Months, in.Cost, in.Note
}

// AddTraining plans a training.
func (d *Desk) AddTraining(ctx context.Context, by who.Asker, in NewTraining) (t Training, err error) {
	err = d.store.Write(ctx, by, addTraining, func(tx *store.Tx) error {
		if err := ofProvince(by); err != nil {
			return err
		}
		if err := mayTrain(in, 0); err != nil {
			return err
		}
		t = Training{ID: id.New(), Version: 1, State: Drafted, MadeOn: tx.Today(), By: by.Name}
		t.take(in)
		tx.Record(trainingEntry(t, "Pelatihan %s direncanakan.", in))
		return insertTraining(tx, t)
	})
	return t, err
}

// changing changes a training under its version; 0 is whatever it is.
func (d *Desk) changing(ctx context.Context, by who.Asker, act store.Act, training id.ID, version int64, do func(tx *store.Tx, t *Training) error) (t Training, err error) {
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if err := ofProvince(by); err != nil {
			return err
		}
		if t, err = trainingByID(tx, training); err != nil {
			return err
		}
		if version > 0 && version != t.Version {
			return fail.Stale
		}
		if err := do(tx, &t); err != nil {
			return err
		}
		return keepTraining(tx, &t)
	})
	return t, err
}

// ChangeTraining changes what is said of a training that has not been held.
func (d *Desk) ChangeTraining(ctx context.Context, by who.Asker, training id.ID, version int64, in NewTraining) (Training, error) {
	return d.changing(ctx, by, changeTraining, training, version, func(tx *store.Tx, t *Training) error {
		if t.State != Drafted && t.State != Open {
			return fail.Broken("training-state", "Pelatihan ini %s; itu tidak dapat dilakukan lagi.", stateWords[t.State])
		}
		if err := mayTrain(in, t.Taken); err != nil {
			return err
		}
		t.take(in)
		tx.Record(trainingEntry(*t, "Pelatihan %s diubah.", in))
		return nil
	})
}

var moveSays = map[string]string{"opening": "Pendaftaran pelatihan %s dibuka.", "holding": "Pelatihan %s dilaksanakan.", "closure": "Pelatihan %s ditutup.", "cancellation": "Pelatihan %s dibatalkan."}

// Move takes a training a step on: opening, holding, closure, cancellation. Nobody may be left without an answer when it
// is held, and nobody without a result when it is closed.
func (d *Desk) Move(ctx context.Context, by who.Asker, training id.ID, version int64, deed, why string) (Training, error) {
	return d.changing(ctx, by, moveTraining, training, version, func(tx *store.Tx, t *Training) error {
		if err := mayMove(*t, deed, tx.Today()); err != nil {
			return err
		}
		left := map[string]string{"holding": Proposed, "closure": Accepted}[deed]
		n, err := countMembers(tx, t.ID, left)
		switch {
		case err != nil:
			return err
		case left == Proposed && n > 0:
			return fail.Broken("unanswered", "%d usulan peserta belum dijawab.", n)
		case left == Accepted && n > 0:
			return fail.Broken("no-result", "Hasil %d peserta belum dicatat.", n)
		}
		t.State, t.Why = moves[deed].to, why
		if deed == "closure" {
			t.ClosedOn = tx.Today()
		}
		tx.Record(trainingEntry(*t, moveSays[deed], nil))
		return nil
	})
}

// Trainings lists trainings of a state, or all, the newest first.
func (d *Desk) Trainings(ctx context.Context, by who.Asker, state string, before id.ID, limit int64) (all []Training, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		all, err = trainingsOf(tx, state, before, limit)
		return err
	})
	return all, err
}

// Look gives a training with the participants that the asker sees, and what came of it.
func (d *Desk) Look(ctx context.Context, by who.Asker, training id.ID) (s Sheet, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if s.Training, err = trainingByID(tx, training); err != nil {
			return err
		}
		if s.Members, err = membersOf(tx, training); err != nil {
			return err
		}
		s.Effects, err = effectsOf(tx, s.Training, s.Members)
		return err
	})
	return s, err
}

// Sheet is a training with who takes part.
type Sheet struct {
	Training
	Members []Participant
	Effects []Effect
}
