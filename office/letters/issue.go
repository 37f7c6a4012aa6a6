package letters

import (
	"cmp"
	"context"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/casework"
)

var (
	issue = store.NewAct("letter.issue", who.IssueLetter)
	annul = store.NewAct("letter.annul", who.IssueLetter)
)

// Signing is what the head gives when a letter is issued. Number and day are typed only where the office takes its
// numbers from an agenda book.
type Signing struct {
	Number string    `json:"number,omitempty" maxLength:"80"`
	On     clock.Day `json:"on,omitempty"`
}

// mayNumber holds where the number comes from: the system counts, or it is typed. A running number is of today.
func mayNumber(o Office, in Signing, today clock.Day) error {
	var wrong fail.Fields
	switch {
	case o.Numbering == Book && keyOf(in.Number) == "":
		wrong.Add("number", "required", "Tulis nomor dari buku agenda.")
	case o.Numbering == Running && in.Number != "":
		wrong.Add("number", "running", "Nomor surat UPT ini diberi oleh sistem. Kosongkan isian ini.")
	}
	switch {
	case in.On > today:
		wrong.Add("on", "future", "Tanggal %s belum terjadi.", in.On)
	case o.Numbering == Running && in.On != "" && in.On != today:
		wrong.Add("on", "running", "Surat dengan nomor dari sistem bertanggal hari ini.")
	}
	return wrong.Err()
}

// mayIssue holds what the letter needs of the record on the day it is issued.
func mayIssue(k Kind, s source, today clock.Day) error {
	if err := k.Ready(s.File); err != nil {
		return err
	}
	if k.Decides {
		return casework.MayDecide(s.File, s.On, today)
	}
	if k.OfCase() && s.On < s.OpenedOn {
		return fail.Bad("on", "order", "Tanggal %s lebih awal dari %s. Periksa salah satunya.", s.On, s.OpenedOn)
	}
	return nil
}

// Issue signs a draft: number, day, code of verification, and the text as it is from now on, in one transaction. Two
// heads who sign at once get two numbers; of two who sign the same letter the second is told so.
func (d *Desk) Issue(ctx context.Context, by who.Asker, draft id.ID, version int64, in Signing) (l Letter, err error) {
	if by.System { // a signature is of people (UU 27/2022: no automated decision)
		return l, fail.Denied
	}
	err = d.store.Write(ctx, by, issue, func(tx *store.Tx) error {
		g, err := open(tx, draft, version)
		if err != nil {
			return err
		}
		o, err := officeOf(tx, g.Centre)
		if err != nil {
			return err
		}
		if err := mayNumber(o, in, tx.Today()); err != nil {
			return err
		}
		l, err = d.issue(tx, g, o, in.Number, cmp.Or(in.On, tx.Today()))
		return err
	})
	return l, err
}

func (d *Desk) issue(tx *store.Tx, g Draft, o Office, typed string, on clock.Day) (l Letter, err error) {
	k := g.KindOf()
	s, err := d.sourceOf(tx, g, o, on)
	if err != nil {
		return l, err
	}
	if err := mayIssue(k, s, tx.Today()); err != nil {
		return l, err
	}
	l = Letter{ID: id.New(), Version: 1, Centre: g.Centre, CentreName: o.Centre.Name, Person: g.Person, Called: g.Called, Case: g.Case, Kind: k.Key,
		Year: int64(on.Time().Year()), On: on, State: Issued, Code: newCode(), Template: k.Template, IssuedAt: tx.Now(), IssuedBy: s.Signer}
	if l.Number, err = number(tx, o, l.Year, typed, on); err != nil {
		return l, err
	}
	live := ""
	if k.once != nil {
		live = k.once(s)
		if err := onlyOnce(tx, live); err != nil {
			return l, err
		}
	}
	l.Body = k.compose(s)
	if err := keepLetter(tx, l, live); err != nil {
		return l, err
	}
	if k.Decides {
		if _, err := casework.DecideIn(tx, s.File, casework.Decision{Number: l.Number, On: on}); err != nil {
			return l, err
		}
	}
	g.State, g.Letter = DraftIssued, l.ID
	if err := keepDraft(tx, &g); err != nil {
		return l, err
	}
	tx.Record(l.entry(fail.Say("Surat %s tanggal %s diterbitkan: %s", l.Number, l.On, k.Name)))
	tx.Saw(l.Person)
	return l, nil
}

// number gives a letter its number. The numbers of the office and year are held from here until the letter stands, so
// what is free stays free. A running number that somebody typed before is passed over.
func number(tx *store.Tx, o Office, year int64, typed string, on clock.Day) (string, error) {
	if o.Numbering == Book {
		if _, err := takeNumber(tx, o.Centre.ID, year, false); err != nil {
			return "", err
		}
		has, err := holder(tx, o.Centre.ID, year, typed)
		if err == nil && len(has) > 0 {
			err = fail.Bad("number", "taken", "Nomor ini sudah dipakai surat %s, %s.", has[0].Number, has[0].On)
		}
		return typed, err
	}
	for {
		n, err := takeNumber(tx, o.Centre.ID, year, true)
		if err != nil {
			return "", err
		}
		next := numberOf(o, n, on)
		has, err := holder(tx, o.Centre.ID, year, next)
		if err != nil || len(has) == 0 {
			return next, err
		}
	}
}

// onlyOnce refuses a letter that is out already.
func onlyOnce(tx *store.Tx, live string) error {
	has, err := store.Each(tx, holderOfKey, scanHolder, live)
	if err == nil && len(has) > 0 {
		err = fail.Clash("letter-issued", "Surat ini sudah diterbitkan dengan nomor %s, %s.", has[0].Number, has[0].On)
	}
	return err
}

// Annulment says why a letter does not hold.
type Annulment struct {
	Reason string `json:"reason" required:"true" maxLength:"500" ask:"Tulis alasan membatalkan surat ini."`
}

// mayAnnul holds that a letter is annulled once.
func mayAnnul(l Letter, version int64) error {
	switch {
	case l.State == Annulled:
		return fail.Broken("letter-annulled", "Surat ini sudah dibatalkan.")
	case version != 0 && l.Version != version:
		return fail.Stale
	}
	return nil
}

// Annul takes the effect of a letter away. It stays, its number stays taken, and who checks it is told.
func (d *Desk) Annul(ctx context.Context, by who.Asker, letter id.ID, version int64, in Annulment) (l Letter, err error) {
	err = d.store.Write(ctx, by, annul, func(tx *store.Tx) error {
		if l, err = letterByID(tx, letter); err != nil {
			return err
		}
		if err := mayAnnul(l, version); err != nil {
			return err
		}
		l.State, l.AnnulledOn, l.AnnulledBy, l.AnnulledWhy = Annulled, tx.Today(), by.Name, in.Reason
		if err := keepAnnulled(tx, &l); err != nil {
			return err
		}
		if l.KindOf().Decides {
			if err := casework.UndecideIn(tx, l.Case, l.Number); err != nil {
				return err
			}
		}
		tx.Record(l.entry(fail.Say("Surat %s dibatalkan: %s", l.Number, in.Reason)))
		return nil
	})
	return l, err
}
