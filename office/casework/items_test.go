package casework_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/casework"
	"tuntas/office/residence"
	"tuntas/try/clause"
)

var testFigure = store.NewAct("test.figure", "case.see")

// needing writes and signs an assessment that finds that somebody needs items.
func (o *office) needing(c casework.Case, items ...string) error {
	var needs []any
	for _, i := range items {
		needs = append(needs, map[string]any{"domain": "basic", "text": "Perlu " + i, "item": i})
	}
	answers := maps.Clone(bio.Answers)
	answers["needs"] = needs
	a, err := o.cases.Assess(o.ctx, o.ratna, c.ID, casework.NewAssessment{Instrument: "biopsychosocial", Occasion: "review", Answers: answers})
	if err == nil {
		_, err = o.cases.Sign(o.ctx, o.ratna, c.ID, a.ID, a.Version)
	}
	return err
}

func (o *office) gives(c casework.Case, item string, on clock.Day) (casework.Service, error) {
	return o.cases.Give(o.ctx, o.ratna, c.ID, casework.Given{Item: item, On: on})
}

// counted gives a kept figure over all days up to one, from a day.
func (o *office) counted(measure string, from, to clock.Day) map[string]int64 {
	o.t.Helper()
	of := map[string]int64{}
	must(o.t, o.store.Read(o.ctx, o.house, testFigure, func(tx *store.Tx) error {
		all, err := store.Flow(tx, measure, from, to, 0)
		for _, f := range all {
			if f.N != 0 {
				of[f.Dim] += f.N
			}
		}
		return err
	}))
	return of
}

// sound holds that what the SPM counts is what the cases say, and that every tally is its recount.
func (o *office) sound(when string) {
	o.t.Helper()
	wrong, err := o.cases.BrokenItems(o.ctx)
	must(o.t, err)
	broken, err := o.cases.Broken(o.ctx)
	must(o.t, err)
	if wrong = append(wrong, broken...); len(wrong) != 0 {
		o.t.Fatalf("%s: %v", when, wrong)
	}
	drifts, err := o.store.Recount(o.ctx, casework.Measures, false)
	must(o.t, err)
	if len(drifts) > 0 {
		o.t.Fatalf("%s: %v", when, drifts)
	}
}

func (o *office) wants(what string, is, want map[string]int64) {
	o.t.Helper()
	if !maps.Equal(is, want) {
		o.t.Errorf("%s: %v, want %v", what, is, want)
	}
}

// Permensos 9/2018 annex I: X are persons in a panti whose basic needs are met within the year: every item that the
// assessment found, given at least once. Declining a need, taking a service back and leaving move the figures at once.
func TestItems(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P9-XY", "PP2-10")
	eachEngine(t, func(t *testing.T, o *office) {
		year := clock.Day("2026-01-01")
		met := func() map[string]int64 { return o.counted("spm.met", year, "2026-12-31") }
		one, none := map[string]int64{"lansia_telantar": 1}, map[string]int64{}
		c := o.admitted()
		o.wants("waiting for a place", o.counted("spm.waiting", "", today), one)
		must(t, o.enter(o.ratna, c, casework.Assessing, today.Add(-8)))
		must(t, o.needing(c, "lansia-a", "lansia-b"))
		o.wants("needed", o.counted("item.need", "", today), map[string]int64{"lansia_telantar:lansia-a": 1, "lansia_telantar:lansia-b": 1})
		_, err := o.gives(c, "lansia-a", today.Add(-4))
		must(t, err)
		_, err = o.gives(c, "lansia-a", today.Add(-3))
		must(t, err)
		b, err := o.gives(c, "lansia-b", today.Add(-2))
		must(t, err)
		_, err = o.gives(c, "lansia-c", today.Add(-2)) // nobody found that it is needed
		must(t, err)
		o.wants("given", o.counted("item.given", year, today), map[string]int64{"lansia_telantar:lansia-a": 1, "lansia_telantar:lansia-b": 1})
		o.wants("met without a place in the panti", met(), none)
		must(t, o.stays.AddWard(o.ctx, o.house, o.a, residence.NewWard{Name: "Melati", Rooms: 1, Beds: 3}))
		o.bed(c)
		o.wants("waiting with a place", o.counted("spm.waiting", "", today), none)
		o.wants("inside", o.counted("spm.inside", "", today), one)
		o.wants("met", met(), one)
		_, err = o.cases.Withdraw(o.ctx, o.ratna, b.ID, 0)
		must(t, err)
		o.wants("met after a service was taken back", met(), none)
		f, err := o.cases.Look(o.ctx, o.ratna, c.ID)
		must(t, err)
		_, err = o.cases.Draft(o.ctx, o.ratna, c.ID, casework.NewPlan{Declined: []casework.Declined{{Need: f.Needs[1].ID, Reason: "Sudah ada"}}})
		must(t, err)
		o.wants("met when the other need is declined", met(), one)
		o.wants("met in another year", o.counted("spm.met", "2025-01-01", "2025-12-31"), none)
		o.sound("in the end")
		_, err = o.cases.Terminate(o.ctx, o.ratna, c.ID, 0, casework.Ending{On: today, Reason: "own_wish", Destination: "own_home", Outcome: "unchanged"})
		must(t, err)
		o.wants("needed when the stay has ended", o.counted("item.need", "", today), none)
		o.wants("needed in the year", o.counted("item.need.new", year, today), map[string]int64{"lansia_telantar:lansia-a": 1})
		o.wants("met stays", met(), one)
		o.sound("after the end")
	})
}

// Whatever is written and in whatever order, the figures are those of the facts.
func TestItems_property(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		must(t, o.stays.AddWard(o.ctx, o.house, o.a, residence.NewWard{Name: "Melati", Rooms: 4, Beds: 4}))
		items := []string{"lansia-a", "lansia-b", "lansia-c", "lansia-d"}
		done := map[int]int{}
		for seed := range uint64(3) {
			lots := rand.New(rand.NewPCG(seed, 41)) //nolint:gosec // a test draws lots
			var cases []casework.Case
			var given []id.ID
			for n := range 60 {
				deed, err := lots.IntN(8), error(nil)
				if len(cases) < 3 {
					deed = 0
				}
				var c casework.Case
				if len(cases) > 0 {
					c = cases[lots.IntN(len(cases))]
				}
				item := items[lots.IntN(len(items))]
				switch deed {
				case 0:
					if len(cases) > 8 {
						continue
					}
					p := o.person(o.ratna, fmt.Sprintf("Mbah %d-%d", seed, n), seventies)
					if c, err = o.cases.Open(o.ctx, o.ratna, casework.Opening{Person: p, Centre: o.a, Kind: "lansia_telantar", OpenedOn: today.Add(-400), Emergency: true}); err == nil {
						cases = append(cases, c)
					}
				case 1:
					err = o.needing(c, item)
				case 2, 3:
					var s casework.Service
					if s, err = o.gives(c, item, today.Add(-lots.IntN(400))); err == nil {
						given = append(given, s.ID)
					}
				case 4:
					if len(given) > 0 {
						_, err = o.cases.Withdraw(o.ctx, o.ratna, given[lots.IntN(len(given))], 0)
					}
				case 5:
					to := []string{casework.Inside, casework.Inside, casework.Outside}[lots.IntN(3)]
					_, err = o.cases.Change(o.ctx, o.ratna, c.ID, 0, casework.Change{Setting: &to})
				case 6:
					_, free, e := o.cases.FreeBeds(o.ctx, o.ratna, c.ID)
					if err = e; err == nil && len(free) > 0 {
						_, err = o.cases.House(o.ctx, o.ratna, c.ID, casework.NewStay{Bed: free[0].ID, From: today.Add(-lots.IntN(3) * 180), State: residence.Open})
					}
				case 7:
					if lots.IntN(3) == 0 {
						_, err = o.cases.Terminate(o.ctx, o.ratna, c.ID, 0, casework.Ending{On: today.Add(-lots.IntN(3)), Reason: "own_wish", Destination: "own_home", Outcome: "unchanged"})
					}
				}
				if err == nil {
					done[deed]++
				}
			}
			o.sound(fmt.Sprintf("seed %d", seed))
		}
		if len(done) < 8 || done[1] < 8 || done[6] < 3 {
			t.Errorf("too little happened for a test: %v", done)
		}
	})
}

var (
	forgetItems = store.SQL(`update cases set items_kept = false where true and {see cases}`)
	dropItems   = store.SQL(`delete from case_items where true and {see case_items}`)
	testForget  = store.NewAct("test.forget", "case.see")
)

// Cases of before the SPM was counted are counted once, however often the job comes.
func TestItems_ofBefore(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.admitted()
		must(t, o.enter(o.ratna, c, casework.Assessing, today.Add(-8)))
		must(t, o.needing(c, "lansia-a", "lansia-b"))
		want := o.counted("item.need", "", today)
		must(t, o.store.Write(o.ctx, o.house, testForget, func(tx *store.Tx) error {
			tx.Record(store.Entry{Kind: "case"})
			if _, err := store.Exec(tx, dropItems); err != nil {
				return err
			}
			_, err := store.Exec(tx, forgetItems)
			return err
		}))
		_, err := o.store.Recount(o.ctx, casework.Measures, true)
		must(t, err)
		if wrong, err := o.cases.BrokenItems(o.ctx); err != nil || len(wrong) != 0 {
			t.Errorf("verification asks for what the job has still to do: %v %v", wrong, err)
		}
		o.wants("before the job", o.counted("item.need", "", today), map[string]int64{})
		must(t, o.cases.CountItems(o.ctx))
		must(t, o.store.Write(o.ctx, o.house, testForget, func(tx *store.Tx) error {
			tx.Record(store.Entry{Kind: "case"})
			_, err := store.Exec(tx, dropItems)
			return err
		}))
		if wrong, err := o.cases.BrokenItems(o.ctx); err != nil || len(wrong) == 0 {
			t.Errorf("verification does not see that lines are lost: %v", err)
		}
		must(t, o.store.Write(o.ctx, o.house, testForget, func(tx *store.Tx) error {
			tx.Record(store.Entry{Kind: "case"})
			_, err := store.Exec(tx, forgetItems)
			return err
		}))
		_, err = o.store.Recount(o.ctx, casework.Measures, true)
		must(t, err)
		for range 2 {
			must(t, o.cases.CountItems(o.ctx))
			o.wants("after the job", o.counted("item.need", "", today), want)
			o.sound("after the job")
		}
	})
}
