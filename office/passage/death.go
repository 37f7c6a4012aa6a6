package passage

import (
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/casework"
)

var (
	recordDeath = store.NewAct("death.record", who.WorkCase)
	changeDeath = store.NewAct("death.change", who.WorkCase)
	lookDeath   = store.NewAct("death.look", who.SeeCase)
)

// Death is the end of a life in care and the last way of the person: pemulasaraan is an item of the elderly in the
// panti (Permensos 16/2019 Pasal 24 huruf m); the steps are our design.
type Death struct {
	Case, Person id.ID
	Version      int64
	On           clock.Day
	At           string // "HH:MM", as known
	Place        string // centre, hospital, elsewhere
	PlaceNote    string
	Cause        string // as known; only for who sees health
	Withheld     bool   // the cause is recorded, and not for this reader
	Steps
	Remains int64 // how many steps are not done
	By      string
}

// Steps are the steps after a death, as far as they are done.
type Steps struct {
	LetterNo   string    `json:"letter_no,omitempty" maxLength:"80"`
	LetterOn   clock.Day `json:"letter_on,omitempty"`
	Doctor     string    `json:"doctor,omitempty" maxLength:"120"`
	Family     string    `json:"family,omitempty" enum:"contacted,searched,none_known"`
	FamilyName string    `json:"family_name,omitempty" maxLength:"120"`
	FamilyOn   clock.Day `json:"family_on,omitempty"`
	FamilyBy   string    `json:"family_by,omitempty" maxLength:"120"`
	FamilyNote string    `json:"family_note,omitempty" maxLength:"1000"`
	BuriedOn   clock.Day `json:"buried_on,omitempty"`
	BuriedBy   string    `json:"buried_by,omitempty" maxLength:"120"`
	BuriedAt   string    `json:"buried_at,omitempty" maxLength:"200"`
	Rite       string    `json:"rite,omitempty" maxLength:"120"`
	Goods      string    `json:"goods,omitempty" enum:"handed_over,kept,none"`
	GoodsTo    string    `json:"goods_to,omitempty" maxLength:"120"`
	GoodsOn    clock.Day `json:"goods_on,omitempty"`
	GoodsNote  string    `json:"goods_note,omitempty" maxLength:"1000"`
}

// Step is one line of the checklist of the last way.
type Step struct {
	Code string
	Done bool
	Say  fail.Saying
}

// Checklist shows what of the last way is done and what remains.
func (s Steps) Checklist() []Step {
	letter := Step{Code: "letter", Done: s.LetterNo != "" && s.LetterOn != "" && s.Doctor != "", Say: fail.Say("Surat kematian dari dokter belum ada.")}
	if letter.Done {
		letter.Say = fail.Say("Surat kematian %s, %s, oleh %s.", s.LetterNo, s.LetterOn, s.Doctor)
	}
	family := Step{Code: "family", Done: s.Family != "" && s.FamilyOn != "" && s.FamilyBy != "", Say: fail.Say("Keluarga belum dihubungi atau dicari.")}
	if family.Done {
		family.Say = fail.Say("Keluarga dihubungi %s oleh %s.", s.FamilyOn, s.FamilyBy)
		if s.Family != "contacted" {
			family.Say = fail.Say("Keluarga dicari %s oleh %s, belum ditemukan.", s.FamilyOn, s.FamilyBy)
		}
	}
	burial := Step{Code: "burial", Done: s.BuriedOn != "" && s.BuriedBy != "" && s.BuriedAt != "" && s.Rite != "", Say: fail.Say("Pemulasaraan dan pemakaman belum dicatat.")}
	if burial.Done {
		burial.Say = fail.Say("Dimakamkan %s di %s oleh %s.", s.BuriedOn, s.BuriedAt, s.BuriedBy)
	}
	goods := Step{Code: "goods", Done: s.Goods != "" && s.GoodsOn != "" && (s.Goods == "none" || s.GoodsTo != ""), Say: fail.Say("Barang peninggalan belum diserahkan.")}
	switch {
	case goods.Done && s.Goods == "none":
		goods.Say = fail.Say("Tidak ada barang peninggalan.")
	case goods.Done:
		goods.Say = fail.Say("Barang peninggalan pada %s, %s.", s.GoodsTo, s.GoodsOn)
	}
	return []Step{letter, family, burial, goods}
}

func (s Steps) remaining() (n int64) {
	for _, one := range s.Checklist() {
		if !one.Done {
			n++
		}
	}
	return n
}

// mayStep holds that the steps come after the death, and have happened.
func mayStep(s Steps, died, today clock.Day) error {
	var wrong fail.Fields
	for _, d := range []struct {
		field string
		on    clock.Day
	}{{"letter_on", s.LetterOn}, {"family_on", s.FamilyOn}, {"buried_on", s.BuriedOn}, {"goods_on", s.GoodsOn}} {
		if d.on != "" {
			dayBetween(&wrong, d.field, d.on, died, today)
		}
	}
	return wrong.Err()
}

// NewDeath records that somebody died in care, with what is known already.
type NewDeath struct {
	On        clock.Day `json:"on" required:"true" ask:"Tulis tanggal meninggal."`
	At        string    `json:"at,omitempty" maxLength:"5"`
	Place     string    `json:"place" required:"true" enum:"centre,hospital,elsewhere" ask:"Pilih tempatnya."`
	PlaceNote string    `json:"place_note,omitempty" maxLength:"200"`
	Cause     string    `json:"cause,omitempty" maxLength:"500"`
	Guardian  string    `json:"guardian,omitempty" maxLength:"120"` // of the children of a family who stay
}

// mayDie checks the time of day; the day is checked as that of every end of a stay.
func mayDie(in NewDeath) error {
	if in.At == "" {
		return nil
	}
	if len(in.At) != 5 || in.At[2] != ':' && in.At[2] != '.' || in.At[:2] < "00" || in.At[:2] > "23" || in.At[3:] < "00" || in.At[3:] > "59" || slices.ContainsFunc([]byte(in.At[:2]+in.At[3:]), func(c byte) bool { return c < '0' || c > '9' }) {
		return fail.Bad("at", "time", "Tulis jam sebagai 14.07.")
	}
	return nil
}

// shown hides the cause from who does not see health (UU 27/2022: health is specific data).
func (d Death) shown(by who.Asker) Death {
	if d.Cause != "" && !by.May(who.SeeHealth) {
		d.Cause, d.Withheld = "", true
	}
	return d
}

// RecordDeath ends the case of who died: the stay ends, the bed is free, the person is known as dead, no visit of
// aftercare is planned. The steps that follow stay on the page of the case until all are done.
func (d *Desk) RecordDeath(ctx context.Context, by who.Asker, caseID id.ID, version int64, in NewDeath) (out Death, err error) {
	if err := byPeople(by); err != nil {
		return out, err
	}
	err = d.store.Write(ctx, by, recordDeath, func(tx *store.Tx) error {
		f, err := casework.Take(tx, caseID, version)
		if err != nil {
			return err
		}
		if err := mayDie(in); err != nil {
			return err
		}
		if err := casework.KeepChildren(tx, f.Case, []id.ID{f.ID}, in.On, in.Guardian); err != nil {
			return err
		}
		if err := endLeave(tx, f.Case, Back, in.On); err != nil {
			return err
		}
		e := casework.Ending{On: in.On, Reason: "deceased", Destination: "none", Outcome: "not_assessed", Guardian: in.Guardian}
		if _, err := casework.EndIn(tx, f, e); err != nil {
			return err
		}
		out = Death{Case: f.ID, Person: f.Person, Version: 1, On: in.On, At: in.At, Place: in.Place, PlaceNote: in.PlaceNote, Cause: in.Cause, By: by.Name}
		out.Remains = out.remaining()
		if err := insertDeath(tx, out); err != nil {
			return err
		}
		// The record says nothing of the cause: that lies in its own row, for who sees health.
		tx.Record(entry("death", f.ID, f.Case, fail.Say("Meninggal dunia %s.", in.On), map[string]any{"on": in.On, "place": in.Place}))
		return nil
	})
	return out.shown(by), err
}

// TakeSteps records steps of the last way. What is not told stays as it is.
func (d *Desk) TakeSteps(ctx context.Context, by who.Asker, caseID id.ID, version int64, in Steps) (out Death, err error) {
	err = d.store.Write(ctx, by, changeDeath, func(tx *store.Tx) error {
		f, err := casework.Take(tx, caseID, 0)
		if err != nil {
			return err
		}
		all, err := deathsOf(tx, caseID)
		if err != nil {
			return err
		}
		switch {
		case len(all) == 0 && version != 0: // a version of what is not there
			return fail.Stale
		case len(all) == 0:
			return fail.Broken("no-death", "Pada kasus ini tidak ada kematian yang dicatat.")
		}
		if out = all[0]; version != 0 && out.Version != version {
			return fail.Stale
		}
		if err := mayStep(in, out.On, tx.Today()); err != nil {
			return err
		}
		out.merge(in)
		out.Remains = out.remaining()
		if err := keepDeath(tx, &out); err != nil {
			return err
		}
		say := fail.Say("Langkah setelah kematian dicatat, %d tersisa.", out.Remains)
		if out.Remains == 0 {
			say = fail.Say("Semua langkah setelah kematian selesai.")
		}
		tx.Record(entry("death", f.ID, f.Case, say, in))
		return nil
	})
	return out.shown(by), err
}

// merge takes over what was told.
func (s *Steps) merge(in Steps) {
	for _, p := range []struct {
		into *string
		v    string
	}{{&s.LetterNo, in.LetterNo}, {(*string)(&s.LetterOn), string(in.LetterOn)}, {&s.Doctor, in.Doctor}, {&s.Family, in.Family}, {&s.FamilyName, in.FamilyName},
		{(*string)(&s.FamilyOn), string(in.FamilyOn)}, {&s.FamilyBy, in.FamilyBy}, {&s.FamilyNote, in.FamilyNote}, {(*string)(&s.BuriedOn), string(in.BuriedOn)},
		{&s.BuriedBy, in.BuriedBy}, {&s.BuriedAt, in.BuriedAt}, {&s.Rite, in.Rite}, {&s.Goods, in.Goods}, {&s.GoodsTo, in.GoodsTo},
		{(*string)(&s.GoodsOn), string(in.GoodsOn)}, {&s.GoodsNote, in.GoodsNote}} {
		if p.v != "" {
			*p.into = p.v
		}
	}
}

// DeathOf gives the case with its death, nil where nobody died.
func (d *Desk) DeathOf(ctx context.Context, by who.Asker, caseID id.ID) (f casework.File, one *Death, group []casework.Line, err error) {
	err = d.store.Read(ctx, by, lookDeath, func(tx *store.Tx) error {
		if f, err = casework.FileOf(tx, caseID); err != nil {
			return err
		}
		tx.Saw(f.Person)
		all, err := deathsOf(tx, caseID)
		if one = nil; len(all) > 0 {
			shown := all[0].shown(by)
			one = &shown
		}
		if err != nil {
			return err
		}
		group, err = casework.Group(tx, f.Case)
		return err
	})
	return f, one, group, err
}
