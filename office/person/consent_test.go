package person_test

import (
	"errors"
	"slices"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/person"
	"tuntas/try/clause"
	"tuntas/try/province"
)

func consent() person.Consent {
	return person.Consent{Purpose: "service", GivenOn: province.Today, GivenBy: "self", Form: "written", Evidence: "Map 12/2026"}
}

var lookBack = store.NewAct("test.trail", who.SeePerson)

// Clause U27-22: consent is for a purpose, written or recorded, provable, and withdrawn as easily as given:
// by the same people, in one step, at any time; what was given stays on record.
func TestConsent(t *testing.T) {
	t.Parallel()
	clause.Test(t, "U27-22")
	province.Each(t, func(t *testing.T, p *province.Province) {
		her := p.Enter("ratna", withNIK("Sukarni", nik))
		for want, c := range map[string]func(*person.Consent){
			"purpose choice":   func(c *person.Consent) { c.Purpose = "anything" },
			"given_on future":  func(c *person.Consent) { c.GivenOn = province.Today.Add(1) },
			"expires_on order": func(c *person.Consent) { c.ExpiresOn = c.GivenOn },
			"relation required": func(c *person.Consent) {
				c.GivenBy = "guardian"
			},
		} {
			wrong := consent()
			c(&wrong)
			_, err := p.Persons.GiveConsent(p.Ctx, p.As("ratna"), her.ID, wrong)
			if got := codes(t, err); !slices.Equal(got, []string{want}) {
				t.Errorf("%s: %v", want, got)
			}
		}
		story := consent()
		story.Purpose, story.Form, story.ExpiresOn = "story", "recorded", province.Today.AddMonths(6)
		given, err := p.Persons.GiveConsent(p.Ctx, p.As("ratna"), her.ID, story)
		province.Must(t, err)
		_, err = p.Persons.GiveConsent(p.Ctx, p.As("ratna"), her.ID, consent())
		province.Must(t, err)
		for day, holds := range map[clock.Day]bool{province.Today.Add(-1): false, province.Today: true, story.ExpiresOn: true, story.ExpiresOn.Add(1): false} {
			if given.Holds(day) != holds {
				t.Errorf("on %s holds %v", day, !holds)
			}
		}
		if _, err := p.Persons.GiveConsent(p.Ctx, p.As("yati"), her.ID, consent()); !errors.Is(err, fail.Denied) {
			t.Errorf("a carer took consent: %v", err)
		}
		if err := p.Persons.WithdrawConsent(p.Ctx, p.As("sari"), her.ID, given.ID, "Sukarni"); !errors.Is(err, fail.NotFound) {
			t.Errorf("another centre withdrew: %v", err)
		}
		province.Must(t, p.Persons.WithdrawConsent(p.Ctx, p.As("ratna"), her.ID, given.ID, "Sukarni"))
		if err := p.Persons.WithdrawConsent(p.Ctx, p.As("ratna"), her.ID, given.ID, "Sukarni"); !errors.Is(err, fail.NotFound) {
			t.Errorf("withdrawn twice: %v", err)
		}
		_, all, err := p.Persons.ConsentsOf(p.Ctx, p.As("ratna"), her.ID)
		province.Must(t, err)
		if len(all) != 2 || all[0].WithdrawnBy != "Sukarni" || all[0].Holds(province.Today) || all[0].Evidence != "Map 12/2026" || !all[1].Holds(province.Today) {
			t.Errorf("on record: %+v", all)
		}
		if said := trail(t, p, her); !slices.Contains(said, "Ratna consent.give") || !slices.Contains(said, "Ratna consent.withdraw") {
			t.Errorf("the record cannot prove it: %v", said)
		}
	})
}

func trail(t *testing.T, p *province.Province, of person.Person) (said []string) {
	t.Helper()
	province.Must(t, p.Store.Read(p.Ctx, p.House, lookBack, func(tx *store.Tx) error {
		all, err := store.PersonTrail(tx, of.ID, 0, 50)
		for _, e := range all {
			said = append(said, e.Actor+" "+e.Act)
		}
		return err
	}))
	return said
}

// Clause U27-25: for a child the parent or guardian consents, named; from 18 on the person does.
func TestConsent_child(t *testing.T) {
	t.Parallel()
	clause.Test(t, "U27-25")
	province.Each(t, func(t *testing.T, p *province.Province) {
		for birth, refused := range map[person.Birth]bool{
			{Date: "2008-11-25", Precision: "day"}:         true,  // 17
			{Date: "2008-11-24", Precision: "day"}:         false, // 18 today
			{Date: "2015", Precision: "year"}:              true,
			{From: 2010, To: 2014, Precision: "estimated"}: true,
			{From: 2004, To: 2010, Precision: "estimated"}: false, // may be grown up: people judge
			{Precision: "unknown"}:                         false,
		} {
			child := p.Enter("ratna", province.Called("Anak "+birth.Text(), birth))
			_, err := p.Persons.GiveConsent(p.Ctx, p.As("ratna"), child.ID, consent())
			if refused && (err == nil || !slices.Contains(codes(t, err), "given_by child")) || !refused && err != nil {
				t.Errorf("%s, by self: %v", birth.Text(), err)
			}
			by := consent()
			by.GivenBy, by.Relation = "parent", "Ibu Lastri"
			if _, err := p.Persons.GiveConsent(p.Ctx, p.As("ratna"), child.ID, by); err != nil {
				t.Errorf("%s, by the mother: %v", birth.Text(), err)
			}
		}
	})
}

// Clause U27-26: a person with a disability, or the guardian, consents, and how it was explained is kept.
func TestConsent_disability(t *testing.T) {
	t.Parallel()
	clause.Test(t, "U27-26")
	province.Each(t, func(t *testing.T, p *province.Province) {
		him := p.Enter("ratna", province.Called("Suparno", person.Birth{Date: "1980", Precision: "year"}))
		self, guardian := consent(), consent()
		self.Explained = "Bahasa isyarat, didampingi juru bahasa"
		guardian.GivenBy, guardian.Relation = "guardian", "Kakak, Suparmi"
		for _, c := range []person.Consent{self, guardian} {
			_, err := p.Persons.GiveConsent(p.Ctx, p.As("ratna"), him.ID, c)
			province.Must(t, err)
		}
		_, all, err := p.Persons.ConsentsOf(p.Ctx, p.As("ratna"), him.ID)
		province.Must(t, err)
		if len(all) != 2 || all[0].Explained != self.Explained || all[1].Relation != guardian.Relation {
			t.Errorf("on record: %+v", all)
		}
	})
}
