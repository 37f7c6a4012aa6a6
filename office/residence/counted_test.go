package residence_test

import (
	"testing"

	"tuntas/house/store"
	"tuntas/office/person"
	"tuntas/office/residence"
	"tuntas/try/province"
)

var ungroup = store.SQL(`update stays set age = '', region = '' where true and {see stays}`)

func stock(t *testing.T, p *province.Province, measure string) map[string]int64 {
	t.Helper()
	of := map[string]int64{}
	province.Must(t, p.Store.Read(p.Ctx, p.House, testStay, func(tx *store.Tx) error {
		figures, err := store.Stock(tx, measure, today, p.A)
		for _, f := range figures {
			if f.N != 0 {
				of[f.Dim] += f.N
			}
		}
		return err
	}))
	return of
}

// Who has a birthday in the panti, or changes the bed, stays in the group of the day of arrival; a corrected birth moves the
// past too.
func TestCounted_age(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		born := person.Birth{Precision: "day", Date: string(today.AddMonths(-60 * 12).Add(-2))} // sixty the day before yesterday
		e := province.Called("Mbah Karto", born)
		e.HomeRegion = "33.14"
		karto := p.Enter("ratna", e)
		beds := p.Beds(p.A)
		s, err := place(p, karto.ID, beds[0].ID, today.Add(-5), "", residence.Open)
		province.Must(t, err)
		if _, err := p.Stays.Change(p.Ctx, p.As("ratna"), s.ID, s.Version, residence.Change{Bed: beds[1].ID, On: today.Add(-1)}); err != nil {
			t.Fatal(err)
		}
		if age, home := stock(t, p, "stay.age"), stock(t, p, "stay.region"); age["40-59"] != 1 || len(age) != 1 || home["outside"] != 1 || len(home) != 1 {
			t.Errorf("%v, %v", age, home)
		}
		if n := sum(t, p, "stay.in.age", today.Add(-30), today); n != 1 {
			t.Errorf("%d arrivals", n)
		}
		_, err = p.Persons.Change(p.Ctx, p.As("ratna"), karto.ID, 1, person.Entry{Names: karto.Names, HomeRegion: "35.09", Birth: person.Birth{Precision: "year", Date: "1940"}})
		province.Must(t, err)
		province.Must(t, p.Stays.FollowPerson(p.Ctx, karto.ID))
		if age, home := stock(t, p, "stay.age"), stock(t, p, "stay.region"); age["70-"] != 1 || len(age) != 1 || home["35.09"] != 1 || len(home) != 1 {
			t.Errorf("after the correction: %v, %v", age, home)
		}
		p.Agree()
	})
}

// Stays of before the groups are counted by them once, however often the job comes.
func TestGroup(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		beds := p.Beds(p.A)
		gone, err := place(p, lodger(p, "Karto"), beds[0].ID, today.Add(-20), "", residence.Open)
		province.Must(t, err)
		province.Must(t, do(p, func(tx *store.Tx) error { _, err := residence.End(tx, gone, today.Add(-3)); return err }))
		_, err = place(p, lodger(p, "Darmo"), beds[1].ID, today.Add(-5), "", residence.Open)
		province.Must(t, err)
		before := stock(t, p, "stay.age")
		province.Must(t, do(p, func(tx *store.Tx) error {
			tx.Record(store.Entry{Kind: "stay"})
			_, err := store.Exec(tx, ungroup)
			return err
		}))
		_, err = p.Store.Recount(p.Ctx, residence.Measures, true)
		province.Must(t, err)
		if now := stock(t, p, "stay.age"); len(now) != 0 {
			t.Fatalf("%v", now)
		}
		for range 2 {
			province.Must(t, p.Stays.Group(p.Ctx))
			if now := stock(t, p, "stay.age"); len(now) != 1 || now["unknown"] != before["unknown"] || now["unknown"] != 1 {
				t.Errorf("%v, before %v", now, before)
			}
			p.Agree()
		}
	})
}
