package casework

import (
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
)

var knowHousehold = store.NewAct("household.record", who.WorkCase)

// Household is what is known of a household on a day; nil, "" and an empty list are not known. Which kinds of aid there
// are is a list of the office (assumed), and so is the rest of it: no rule asks for these answers.
type Household struct {
	Size         *int64    `json:"household_size,omitempty" minimum:"1" maximum:"30"`           // people
	Income       *int64    `json:"household_income,omitempty" minimum:"0" maximum:"1000000000"` // of all of them, rupiah a month
	Aid          []string  `json:"aid,omitempty"`                                               // what it receives; NoAid alone is an answer
	Decile       *int64    `json:"dtsen_decile,omitempty" minimum:"1" maximum:"10"`
	DecileOn     clock.Day `json:"dtsen_on,omitempty"` // when it was looked up
	DecileSource string    `json:"dtsen_source,omitempty" maxLength:"120"`
}

// NoAid is the answer of a household that receives none.
const NoAid = "none"

// Before is the household as it was known before care ended: what each later contact is compared with.
type Before struct {
	On clock.Day `json:"on" required:"true" ask:"Tulis tanggal keadaan ini diketahui."`
	Household
	By string `json:"-"`
}

// Known tells whether anything is known of the household.
func (h Household) Known() bool {
	return h.Size != nil || h.Income != nil || len(h.Aid) > 0 || h.Decile != nil
}

// Head is the income for each person in rupiah a month, rounded down; false where it is not known.
func (h Household) Head() (int64, bool) {
	if h.Size == nil || h.Income == nil {
		return 0, false
	}
	return *h.Income / *h.Size, true
}

// check holds what is told of a household on a day.
func (h Household) check(wrong *fail.Fields, on, today clock.Day) {
	list := law.Standard.On(on).Aids
	for _, key := range h.Aid {
		if !law.Has(list, key) {
			wrong.Add("aid", "choice", "Pilih salah satu dari daftar.")
			break
		}
	}
	if len(h.Aid) > 1 && slices.Contains(h.Aid, NoAid) {
		wrong.Add("aid", "both", "Pilih bantuannya, atau hanya yang terakhir: tidak menerima bantuan.")
	}
	if h.Decile == nil && (h.DecileOn != "" || h.DecileSource != "") {
		wrong.Add("dtsen_decile", "required", "Tulis desilnya, atau kosongkan tanggal dan sumbernya.")
	}
	if h.DecileOn > today {
		wrong.Add("dtsen_on", "future", "Tanggal %s belum terjadi.", h.DecileOn)
	}
}

// tidy names each kind of aid once, in a fixed order, so that the same answer is the same text.
func (h Household) tidy() Household {
	h.Aid = slices.Clone(h.Aid)
	slices.Sort(h.Aid)
	h.Aid = slices.Compact(h.Aid)
	return h
}

// mayKnow holds that what a household had before is told while the person is in care: afterwards contacts tell of it, and
// nobody makes the beginning fit the end.
func mayKnow(f File, b Before, today clock.Day) error {
	if !f.InCare() {
		return fail.Broken("not-in-care", "Layanan panti kasus ini sudah diakhiri.")
	}
	var wrong fail.Fields
	if b.On > today {
		wrong.Add("on", "future", "Tanggal %s belum terjadi.", b.On)
	}
	b.check(&wrong, b.On, today)
	return wrong.Err()
}

// KnowHousehold records what the household of a case had before, or puts it right.
func (d *Desk) KnowHousehold(ctx context.Context, by who.Asker, caseID id.ID, version int64, b Before) (f File, err error) {
	err = d.store.Write(ctx, by, knowHousehold, func(tx *store.Tx) error {
		if f, err = take(tx, caseID, version); err != nil {
			return err
		}
		if err := mayKnow(f, b, tx.Today()); err != nil {
			return err
		}
		b.Household, b.By = b.tidy(), by.Name
		if err := keepHousehold(tx, f.ID, b); err != nil {
			return err
		}
		say := fail.Say("Keadaan rumah tangga dicatat.")
		if f.Before != nil {
			say = fail.Say("Keadaan rumah tangga diperbaiki.")
		}
		tx.Record(entryOf(f.Case, say, b))
		f, err = refresh(tx, caseID)
		return err
	})
	return f, err
}

// Now is the last contact that knew something of the household; nil where none did.
func (f File) Now() *Contact {
	for i := len(f.Contacts) - 1; i >= 0; i-- {
		if f.Contacts[i].Known() {
			return &f.Contacts[i]
		}
	}
	return nil
}

// households are what is known of the household through time: before care ended first, then by the day contacts are due.
func (f File) households() (all []Household) {
	if f.Before != nil {
		all = append(all, f.Before.Household)
	}
	for _, c := range f.Contacts {
		all = append(all, c.Household)
	}
	return all
}
