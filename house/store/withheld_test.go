package store_test

import (
	"fmt"
	"sync"
	"testing"

	"tuntas/office/casework"
	"tuntas/office/person"
	"tuntas/try/province"
)

// While a person becomes restricted and free again, others open and move her cases: what is withheld behind each figure is
// counted right in whatever order they come.
func TestWithheld_whileRestrictionChanges(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		joko := p.As("joko")
		who, _, err := p.Persons.Register(p.Ctx, joko, province.Called("Mbah Uji", person.Birth{Date: "1950", Precision: "year"}))
		province.Must(t, err)
		var hands sync.WaitGroup
		hands.Go(func() {
			for n := range 12 {
				now, err := p.Persons.Look(p.Ctx, joko, who.ID)
				if err != nil {
					t.Error(err)
					return
				}
				_, err = p.Persons.Change(p.Ctx, joko, who.ID, now.Version, person.Entry{Names: now.Names, Birth: now.Birth, Restricted: n%2 == 0})
				if err != nil {
					t.Error(err)
				}
			}
		})
		for range 2 {
			hands.Go(func() {
				for range 12 {
					c, err := p.Cases.Open(p.Ctx, joko, casework.Opening{Person: who.ID, Centre: p.A, Kind: "lansia_telantar", OpenedOn: p.Store.Today(), Emergency: true})
					if err != nil {
						continue // one open case at a time
					}
					_, _ = p.Cases.Close(p.Ctx, joko, c.ID, 0, casework.Closing{On: p.Store.Today(), Result: "lost"})
				}
			})
		}
		hands.Wait()
		p.Agree()
	})
}

// A database of before kept no figures of restricted persons: the first start of the program counts them, once.
func TestWithheld_countedOnUpgrade(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		db, joko := p.Beside(), p.As("joko")
		for n := range 3 {
			e := province.Called(fmt.Sprint("Mbah ", n), person.Birth{Date: "1950", Precision: "year"})
			e.Restricted = n > 0
			who, _, err := p.Persons.Register(p.Ctx, joko, e)
			province.Must(t, err)
			_, err = p.Cases.Open(p.Ctx, joko, casework.Opening{Person: who.ID, Centre: p.A, Kind: "lansia_telantar", OpenedOn: p.Store.Today()})
			province.Must(t, err)
		}
		province.Must(t, p.Store.Fold(p.Ctx))
		execute(t, db, `delete from tallies where measure like '~%'`)
		if drifts, err := p.Store.Recount(p.Ctx, province.Measures(), false); err != nil || len(drifts) == 0 {
			t.Fatalf("what is not counted was not seen: %v", err)
		}
		execute(t, db, `insert into leases (name, holder, until) values ('hidden-figures', '', 0)`)
		for range 2 {
			_, err := p.Store.Migrate(p.Ctx)
			province.Must(t, err)
			p.Agree()
		}
	})
}
