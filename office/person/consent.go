package person

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
)

// Consent is what a person, parent or guardian agreed to: for a purpose, provable, and withdrawn as
// easily as given (UU 27/2022 Pasal 22, 24-26).
type Consent struct {
	ID          id.ID     `json:"id" required:"true"`
	Version     int64     `json:"version"`
	Purpose     string    `json:"purpose" required:"true" maxLength:"40"`
	GivenOn     clock.Day `json:"given_on" required:"true"`
	GivenBy     string    `json:"given_by" required:"true" enum:"self,parent,guardian"`
	Relation    string    `json:"relation,omitempty" maxLength:"120"` // who the parent or guardian is
	Form        string    `json:"form" required:"true" enum:"written,recorded"`
	Evidence    string    `json:"evidence,omitempty" maxLength:"300"`
	Explained   string    `json:"explained,omitempty" maxLength:"200"` // how it was explained, in a way that suits the person (Pasal 26)
	ExpiresOn   clock.Day `json:"expires_on,omitempty"`
	WithdrawnOn clock.Day `json:"withdrawn_on,omitempty"`
	WithdrawnBy string    `json:"withdrawn_by,omitempty" maxLength:"120"`
}

// NewConsent is what the record of a consent needs.
type NewConsent struct {
	ID        id.ID     `json:"id,omitempty"`
	Purpose   string    `json:"purpose" required:"true" maxLength:"40"`
	GivenOn   clock.Day `json:"given_on" required:"true"`
	GivenBy   string    `json:"given_by" required:"true" enum:"self,parent,guardian"`
	Relation  string    `json:"relation,omitempty" maxLength:"120"`
	Form      string    `json:"form" required:"true" enum:"written,recorded"`
	Evidence  string    `json:"evidence,omitempty" maxLength:"300"`
	ExpiresOn clock.Day `json:"expires_on,omitempty"`
}

func (n NewConsent) consent() Consent {
	return Consent{ID: n.ID, Purpose: n.Purpose, GivenOn: n.GivenOn, GivenBy: n.GivenBy, Relation: n.Relation, Form: n.Form,
		Evidence: n.Evidence, ExpiresOn: n.ExpiresOn}
}

// Holds tells whether the consent stands on a day.
func (c Consent) Holds(on clock.Day) bool {
	return c.GivenOn <= on && (c.ExpiresOn == "" || c.ExpiresOn >= on) && (c.WithdrawnOn == "" || c.WithdrawnOn > on)
}

// RecordVersion is the ETag.
func (c Consent) RecordVersion() int64 { return c.Version }

var (
	giveConsent     = store.NewAct("consent.give", who.ChangePerson)
	withdrawConsent = store.NewAct("consent.withdraw", who.ChangePerson)
)

// mayConsent holds UU 27/2022 Pasal 25 (a child: parent or guardian) and 26 (disability: the person
// and/or the guardian).
func mayConsent(p Person, c Consent, today clock.Day) error {
	var f fail.Fields
	if !law.Has(law.Standard.On(today).Consents, c.Purpose) {
		f.Add("purpose", "choice", "Tujuan persetujuan ini tidak dikenal.")
	}
	if c.GivenOn > today {
		f.Add("given_on", "future", "Tanggal %s ada di masa depan.", c.GivenOn)
	}
	if c.ExpiresOn != "" && c.ExpiresOn <= c.GivenOn {
		f.Add("expires_on", "order", "Masa berlaku harus berakhir setelah %s.", c.GivenOn)
	}
	if _, oldest, ok := p.Birth.Age(c.GivenOn); ok && oldest < 18 && c.GivenBy == "self" {
		f.Add("given_by", "child", "Untuk anak di bawah 18 tahun, persetujuan diberikan orang tua atau wali (UU 27/2022 Pasal 25).")
	}
	if c.GivenBy != "self" && c.Relation == "" {
		f.Add("relation", "required", "Tulis siapa orang tua atau walinya.")
	}
	return f.Err()
}

// GiveConsent records a consent. The same id sent twice with the same content is the same consent.
func (d *Desk) GiveConsent(ctx context.Context, by who.Asker, person id.ID, c Consent) (Consent, error) {
	given := c.ID
	if c.Version = 1; c.ID == 0 {
		c.ID = id.New()
	}
	err := d.store.Write(ctx, by, giveConsent, func(tx *store.Tx) error {
		p, err := ByID(tx, person)
		if err != nil {
			return err
		}
		if err := mayConsent(p, c, tx.Today()); err != nil {
			return err
		}
		if _, err := store.Exec(tx, insertConsent, c.ID, c.Purpose, c.GivenOn, c.GivenBy, c.Relation, c.Form, c.Evidence, c.Explained, c.ExpiresOn, person); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "consent", ID: c.ID, Person: person, Say: fail.Say("Persetujuan dicatat."), What: c})
		return nil
	})
	if given != 0 && store.Duplicate(err) {
		old, failed := d.ConsentOf(ctx, by, person, given)
		if same := old; failed == nil {
			same.Version, same.WithdrawnOn, same.WithdrawnBy = c.Version, "", ""
			if same == c {
				return old, nil
			}
		}
		return c, fail.Clash("id-used", "Pengenal ini sudah dipakai untuk catatan lain.")
	}
	return c, err
}

// ConsentOf gives one consent of a person.
func (d *Desk) ConsentOf(ctx context.Context, by who.Asker, person, consent id.ID) (Consent, error) {
	_, all, err := d.ConsentsOf(ctx, by, person)
	if err != nil {
		return Consent{}, err
	}
	for _, c := range all {
		if c.ID == consent {
			return c, nil
		}
	}
	return Consent{}, fail.NotFound
}

// WithdrawConsent ends a consent today.
func (d *Desk) WithdrawConsent(ctx context.Context, by who.Asker, person, consent id.ID, withdrawnBy string) error {
	return d.store.Write(ctx, by, withdrawConsent, func(tx *store.Tx) error {
		n, err := store.Exec(tx, endConsent, tx.Today(), withdrawnBy, consent, person)
		if err != nil {
			return err
		}
		if n == 0 {
			return fail.NotFound
		}
		tx.Record(store.Entry{Kind: "consent", ID: consent, Person: person, Say: fail.Say("Persetujuan ditarik.")})
		return nil
	})
}

// Consents gives the consents of a person, oldest first.
func Consents(tx *store.Tx, person id.ID) ([]Consent, error) {
	return store.Each(tx, consentsOf, func(r store.Row) (c Consent, err error) {
		err = r.Scan(&c.ID, &c.Version, &c.Purpose, &c.GivenOn, &c.GivenBy, &c.Relation, &c.Form, &c.Evidence, &c.Explained, &c.ExpiresOn, &c.WithdrawnOn, &c.WithdrawnBy)
		return c, err
	}, person)
}

// ConsentsOf gives the consents of a person to an asker.
func (d *Desk) ConsentsOf(ctx context.Context, by who.Asker, person id.ID) (p Person, all []Consent, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if p, err = ByID(tx, person); err != nil {
			return err
		}
		tx.Saw(person)
		p = masked(p, by)
		all, err = Consents(tx, person)
		return err
	})
	return p, all, err
}
