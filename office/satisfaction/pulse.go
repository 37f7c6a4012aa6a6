package satisfaction

import (
	"context"

	"tuntas/house/fail"
	"tuntas/house/gate"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

const (
	// LeastShown is with how many forms the index of a round is shown to everybody: fewer would speak of single people.
	LeastShown = 10
	// mostAnHour is how many answers come from one address within an hour: the tablet of a whole institution is one.
	mostAnHour = 60
)

var (
	lookPulse  = store.NewAct("survey.see-public", who.Anyone)
	givePulse  = store.NewSystemAct("survey.answer", who.Anyone)
	turnPulse  = store.NewAct("survey.pulse", who.CloseMonth)
	errNoPulse = fail.Broken("survey-not-running", "Survei panti ini sedang tidak berjalan. Pendapat Anda belum terkirim.")
)

// Pulse is a round that everybody may answer.
type Pulse struct {
	Centre centre.Centre
	Round  Round // zero where none runs today
}

// NewPulse is an answer as somebody without an account gives it: nine elements, who answers if they want to say so, and
// nobody's name.
type NewPulse struct {
	gate.Sent
	U1 int64 `json:"u1" required:"true" minimum:"1" maximum:"4" ask:"Pilih salah satu gambar."`
	U2 int64 `json:"u2" required:"true" minimum:"1" maximum:"4" ask:"Pilih salah satu gambar."`
	U3 int64 `json:"u3" required:"true" minimum:"1" maximum:"4" ask:"Pilih salah satu gambar."`
	U4 int64 `json:"u4" required:"true" minimum:"1" maximum:"4" ask:"Pilih salah satu gambar."`
	U5 int64 `json:"u5" required:"true" minimum:"1" maximum:"4" ask:"Pilih salah satu gambar."`
	U6 int64 `json:"u6" required:"true" minimum:"1" maximum:"4" ask:"Pilih salah satu gambar."`
	U7 int64 `json:"u7" required:"true" minimum:"1" maximum:"4" ask:"Pilih salah satu gambar."`
	U8 int64 `json:"u8" required:"true" minimum:"1" maximum:"4" ask:"Pilih salah satu gambar."`
	U9 int64 `json:"u9" required:"true" minimum:"1" maximum:"4" ask:"Pilih salah satu gambar."`

	Respondent string `json:"respondent,omitempty" enum:"resident,family,visitor"`
	Remark     string `json:"remark,omitempty" maxLength:"500"`
	Kiosk      bool   `json:"kiosk,omitempty"`
}

// served gives an institution that serves people by its code.
func (d *Desk) served(ctx context.Context, code string) (c centre.Centre, err error) {
	err = d.store.Read(ctx, who.Public(), lookPulse, func(tx *store.Tx) error {
		if c, err = centre.ByCode(tx, code); err == nil && !c.ClientService {
			err = fail.NotFound
		}
		return err
	})
	return c, err
}

// Running gives the round of an institution that everybody may answer today.
func (d *Desk) Running(ctx context.Context, code string) (p Pulse, err error) {
	if p.Centre, err = d.served(ctx, code); err != nil {
		return p, err
	}
	err = d.store.Read(ctx, who.Visitor(p.Centre.ID), lookPulse, func(tx *store.Tx) error {
		p.Round, err = runningAt(tx, p.Centre.ID)
		return err
	})
	return p, err
}

// Published gives what everybody may know of the satisfaction at an institution: its last closed round with enough forms,
// and the round that they may answer now; zero ones where there are none. A round that still runs is never shown: from one
// day to the next it would tell what a single person answered.
func (d *Desk) Published(ctx context.Context, at id.ID) (last, running Round, err error) {
	err = d.store.Read(ctx, who.Visitor(at), lookPulse, func(tx *store.Tx) error {
		last, running, err = shownAt(tx, at)
		return err
	})
	return last, running, err
}

// Stamp signs an empty form.
func (d *Desk) Stamp(ctx context.Context) (string, error) { return d.gate.Stamp(ctx) }

// Give takes an answer of somebody without an account: one for each form, however often it is sent. Errors: those of the
// gate, and survey-not-running.
func (d *Desk) Give(ctx context.Context, place, code string, in NewPulse) error {
	form, err := d.gate.Pass(ctx, in.Sent, gate.Typing)
	if err != nil {
		return err
	}
	c, err := d.served(ctx, code)
	if err != nil {
		return err
	}
	if err := d.gate.Allow(ctx, "answer", place, mostAnHour); err != nil {
		return err
	}
	return d.store.Write(ctx, who.Visitor(c.ID), givePulse, func(tx *store.Tx) error {
		r, err := runningAt(tx, c.ID)
		if err != nil {
			return err
		}
		once, err := gate.First(tx, form)
		switch {
		case err != nil:
			return err
		case !once:
			tx.Record(store.Entry{Kind: "survey", ID: r.ID, Centre: c.ID, Say: fail.Say("Pendapat di %s dikirim dua kali; tetap satu.", c.Name)})
			return nil
		case r.ID == 0:
			return errNoPulse
		}
		a := NewAnswer{On: tx.Today(), U1: in.U1, U2: in.U2, U3: in.U3, U4: in.U4, U5: in.U5, U6: in.U6, U7: in.U7, U8: in.U8, U9: in.U9,
			Remark: in.Remark, Respondent: in.Respondent}.answer(r, FromPulse, "")
		tx.Record(r.entry("Pendapat untuk %s diterima.", nil))
		return enter(tx, a)
	})
}

// TurnPulse lets everybody answer an open round by themselves, or ends that.
func (d *Desk) TurnPulse(ctx context.Context, by who.Asker, round id.ID, version int64, on bool) (r Round, err error) {
	err = d.store.Write(ctx, by, turnPulse, func(tx *store.Tx) error {
		if r, err = roundByID(tx, round); err != nil {
			return err
		}
		switch {
		case version > 0 && version != r.Version:
			return fail.Stale
		case r.State != Open:
			return alreadyClosed(r)
		}
		r.Pulse = on
		say := "Pendapat daring untuk survei %s dibuka."
		if !on {
			say = "Pendapat daring untuk survei %s ditutup."
		}
		tx.Record(r.entry(say, nil))
		return store.Change(tx, &r.Version, turnedPulse, on, r.ID, r.Version)
	})
	return r, err
}
