package mandate

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
)

var (
	addAccreditation      = store.NewAct("accreditation.add", who.ManageCentre)
	correctAccreditation  = store.NewAct("accreditation.correct", who.ManageCentre)
	withdrawAccreditation = store.NewAct("accreditation.withdraw", who.ManageCentre)
)

// measureAccredited counts the accreditations that hold, by grade.
const measureAccredited = "accreditation"

// Measures are the figures of this desk: who is accredited, and how. An institution has one accreditation at a time, so
// accreditations that hold are institutions.
var Measures = store.Measures([]store.Measure{{Key: measureAccredited, Kind: store.StockKind, About: "centres", Facts: accreditedFacts}})

// Accreditation is what a body decided of an institution. It holds from DecidedOn through ValidUntil, both included, and
// from the day of its withdrawal no more.
type Accreditation struct {
	ID            id.ID
	Version       int64
	Centre        id.ID
	Body          string
	Grade         string // key of law.Grades
	CertificateNo string
	DecidedOn     clock.Day
	ValidUntil    clock.Day
	EndsOn        clock.Day // the first day on which it does not hold
	WithdrawnOn   clock.Day // "" while nobody took it back
	WithdrawnWhy  string
	By            string
}

// NewAccreditation is an accreditation as its certificate says it.
type NewAccreditation struct {
	Body          string    `json:"body" required:"true" maxLength:"120" ask:"Tulis lembaga yang memutuskan."`
	Grade         string    `json:"grade" required:"true" maxLength:"20" ask:"Pilih jenjangnya."`
	CertificateNo string    `json:"certificate_no" required:"true" maxLength:"120" ask:"Tulis nomor sertifikat."`
	DecidedOn     clock.Day `json:"decided_on" required:"true" ask:"Tulis tanggal keputusan."`
	ValidUntil    clock.Day `json:"valid_until" required:"true" ask:"Tulis hari terakhir yang tertera pada sertifikat."`
}

// Withdrawal takes an accreditation back: from On it holds no more.
type Withdrawal struct {
	On     clock.Day `json:"on" required:"true" ask:"Tulis tanggal pencabutan."`
	Reason string    `json:"reason" required:"true" maxLength:"500" ask:"Tulis alasannya."`
}

// Holds tells whether the accreditation holds on a day.
func (a Accreditation) Holds(on clock.Day) bool { return a.DecidedOn <= on && on < a.EndsOn }

// Accredited is the accreditation among all that holds on a day; false when none does.
func Accredited(all []Accreditation, on clock.Day) (Accreditation, bool) {
	for _, a := range all {
		if a.Holds(on) {
			return a, true
		}
	}
	return Accreditation{}, false
}

// mayAccredit holds that a decision is past, that it holds for at least a day, that its grade is one of the rules of its
// day, and that no institution has two at once: the others are those of the same institution.
func mayAccredit(a Accreditation, others []Accreditation, today clock.Day) error {
	var f fail.Fields
	if !law.Has(law.Grades.On(a.DecidedOn), a.Grade) {
		f.Add("grade", "choice", "Jenjang %s tidak dikenal.", a.Grade)
	}
	switch {
	case a.DecidedOn > today:
		f.Add("decided_on", "future", "Tanggal %s belum terjadi.", a.DecidedOn)
	case a.ValidUntil < a.DecidedOn:
		f.Add("valid_until", "order", "Masa berlaku berakhir sebelum tanggal keputusan %s.", a.DecidedOn)
	}
	for _, o := range others {
		if o.ID != a.ID && o.DecidedOn < a.EndsOn && a.DecidedOn < o.EndsOn {
			f.Add("decided_on", "overlap", "Akreditasi %s berlaku %s sampai %s. Cabut dulu, atau mulai sesudahnya.", o.CertificateNo, o.DecidedOn, o.EndsOn.Add(-1))
			break
		}
	}
	return f.Err()
}

// mayWithdraw holds that an accreditation is withdrawn once, while it holds, on a day that is past.
func mayWithdraw(a Accreditation, on, today clock.Day) error {
	switch {
	case a.WithdrawnOn != "":
		return fail.Broken("accreditation-withdrawn", "Akreditasi ini sudah dicabut.")
	case on > today:
		return fail.Bad("on", "future", "Tanggal %s belum terjadi.", on)
	case !a.Holds(on):
		return fail.Bad("on", "order", "Pada %s akreditasi ini tidak berlaku.", on)
	}
	return nil
}

// count counts an accreditation n times on the days on which it begins and ends. The centre of training serves no
// clients and stands in no figure of institutions.
func (a Accreditation) count(tx *store.Tx, c centre.Centre, n int64) {
	if c.ClientService {
		tx.Count(measureAccredited, a.Centre, a.DecidedOn, a.Grade, n)
		tx.Count(measureAccredited, a.Centre, a.EndsOn, a.Grade, -n)
	}
}

func (a Accreditation) entry(say string, what any) store.Entry {
	return store.Entry{Kind: "accreditation", ID: a.ID, Centre: a.Centre, Say: fail.Say(say, a.CertificateNo), What: what}
}

// written is an accreditation as it is on its certificate.
func (a Accreditation) written(in NewAccreditation) Accreditation {
	a.Body, a.Grade, a.CertificateNo, a.DecidedOn, a.ValidUntil = in.Body, in.Grade, in.CertificateNo, in.DecidedOn, in.ValidUntil
	a.EndsOn = in.ValidUntil.Add(1)
	return a
}

// AddAccreditation writes down an accreditation of a centre. One that holds together with another is fail.Invalid at
// decided_on; a centre that is not yours is fail.NotFound.
func (d *Desk) AddAccreditation(ctx context.Context, by who.Asker, at id.ID, in NewAccreditation) (a Accreditation, err error) {
	err = d.store.Write(ctx, by, addAccreditation, func(tx *store.Tx) error {
		c, others, err := accreditedAt(tx, at)
		if err != nil {
			return err
		}
		a = Accreditation{ID: id.New(), Version: 1, Centre: at, By: by.Name}.written(in)
		if err := mayAccredit(a, others, tx.Today()); err != nil {
			return err
		}
		a.count(tx, c, 1)
		tx.Record(a.entry("Akreditasi %s dicatat.", in))
		return insertAccreditation(tx, a)
	})
	return a, err
}

// CorrectAccreditation puts right what was copied wrongly from a certificate. What was withdrawn stays as it is.
func (d *Desk) CorrectAccreditation(ctx context.Context, by who.Asker, one id.ID, version int64, in NewAccreditation) (a Accreditation, err error) {
	return d.changeAccreditation(ctx, by, correctAccreditation, one, version, func(tx *store.Tx, a Accreditation, others []Accreditation) (Accreditation, error) {
		if a.WithdrawnOn != "" {
			return a, fail.Broken("accreditation-withdrawn", "Akreditasi ini sudah dicabut.")
		}
		a = a.written(in)
		tx.Record(a.entry("Akreditasi %s dibetulkan.", in))
		return a, mayAccredit(a, others, tx.Today())
	})
}

// WithdrawAccreditation writes down that a body took an accreditation back: it counts until the day before.
func (d *Desk) WithdrawAccreditation(ctx context.Context, by who.Asker, one id.ID, version int64, in Withdrawal) (Accreditation, error) {
	return d.changeAccreditation(ctx, by, withdrawAccreditation, one, version, func(tx *store.Tx, a Accreditation, _ []Accreditation) (Accreditation, error) {
		if err := mayWithdraw(a, in.On, tx.Today()); err != nil {
			return a, err
		}
		a.WithdrawnOn, a.WithdrawnWhy, a.EndsOn = in.On, in.Reason, in.On
		tx.Record(a.entry("Akreditasi %s dicabut.", in))
		return a, nil
	})
}

// changeAccreditation changes one accreditation, and counts it as it is now instead of as it was.
func (d *Desk) changeAccreditation(ctx context.Context, by who.Asker, act store.Act, one id.ID, version int64,
	change func(*store.Tx, Accreditation, []Accreditation) (Accreditation, error)) (a Accreditation, err error) {
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if a, err = accreditationByID(tx, one); err != nil {
			return err
		}
		c, others, err := accreditedAt(tx, a.Centre)
		if err != nil {
			return err
		}
		if version > 0 && version != a.Version {
			return fail.Stale
		}
		was := a
		if a, err = change(tx, a, others); err != nil {
			return err
		}
		was.count(tx, c, -1)
		a.count(tx, c, 1)
		return keepAccreditation(tx, &a)
	})
	return a, err
}

// accreditedAt gives a centre of the asker's and its accreditations, for whoever is about to change them: others who want
// the same wait until this is done, so that no two are written down for the same days.
func accreditedAt(tx *store.Tx, at id.ID) (c centre.Centre, all []Accreditation, err error) {
	if c, err = centre.Own(tx, at); err != nil {
		return c, nil, err
	}
	if err = centre.InTurn(tx, at); err != nil {
		return c, nil, err
	}
	all, err = accreditationsOf(tx, at)
	return c, all, err
}

// LookAccreditation gives one accreditation.
func (d *Desk) LookAccreditation(ctx context.Context, by who.Asker, one id.ID) (a Accreditation, err error) {
	err = d.store.Read(ctx, by, lookMandate, func(tx *store.Tx) error {
		a, err = accreditationByID(tx, one)
		return err
	})
	return a, err
}
