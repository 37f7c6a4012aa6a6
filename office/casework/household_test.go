package casework_test

import (
	"errors"
	"testing"

	"tuntas/house/fail"
	"tuntas/house/store"
	"tuntas/office/casework"
)

func household(size, income int64, aid ...string) casework.Household {
	return casework.Household{Size: &size, Income: &income, Aid: aid}
}

func with(v casework.Visit, h casework.Household) casework.Visit {
	v.Household = h
	return v
}

// A household that was known before is compared with what contacts find, also when one is corrected; what the figures say
// is what a recount finds.
func TestKnowHousehold(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		left := today.AddMonths(-14)
		c, err := o.cases.Open(o.ctx, o.ratna, casework.Opening{Person: o.person(o.ratna, "Mbah Rumah", seventies), Centre: o.a, Kind: "lansia_telantar", OpenedOn: left.Add(-40)})
		must(t, err)
		two, three := int64(2), int64(3)
		before := casework.Before{On: left.Add(-30), Household: household(4, 800_000, "pkh", "bpnt", "pkh")}
		f, err := o.cases.KnowHousehold(o.ctx, o.ratna, c.ID, 0, before)
		must(t, err)
		if f.Before == nil || *f.Before.Size != 4 || len(f.Before.Aid) != 2 || f.Before.Aid[0] != "bpnt" || f.Before.By != "Ratna" {
			t.Errorf("kept: %+v", f.Before)
		}
		if _, err = o.cases.KnowHousehold(o.ctx, o.ratna, c.ID, f.Version-1, before); !errors.Is(err, fail.Stale) {
			t.Errorf("on an old version: %v", err)
		}
		if _, err = o.cases.KnowHousehold(o.ctx, o.sari, c.ID, 0, before); !errors.Is(err, fail.NotFound) {
			t.Errorf("of another centre: %v", err)
		}
		if _, err = o.cases.KnowHousehold(o.ctx, o.wulan, c.ID, 0, before); !errors.Is(err, fail.Denied) {
			t.Errorf("without the right: %v", err)
		}
		before.On = today.Add(1)
		if _, err = o.cases.KnowHousehold(o.ctx, o.ratna, c.ID, 0, before); !errors.As(err, new(*fail.Invalid)) {
			t.Errorf("of tomorrow: %v", err)
		}
		before.On, before.Household, before.Decile = left.Add(-30), household(4, 800_000, "pkh"), &two // put right
		f, err = o.cases.KnowHousehold(o.ctx, o.ratna, c.ID, f.Version, before)
		must(t, err)
		if len(f.Before.Aid) != 1 || *f.Before.Decile != 2 {
			t.Errorf("corrected: %+v", f.Before)
		}

		_, err = o.cases.Terminate(o.ctx, o.ratna, c.ID, 0, casework.Ending{On: left, Reason: "own_wish", Destination: "family", Outcome: "improved", HandedTo: "Anak"})
		must(t, err)
		o.stands("gain.head", map[string]int64{casework.HeadOnce: 1})
		o.stands("gain.aid", map[string]int64{casework.Aided: 1})
		o.stands("gain.decile", map[string]int64{"2": 1})
		if _, err = o.cases.KnowHousehold(o.ctx, o.ratna, c.ID, 0, before); missing(err) != "not-in-care" {
			t.Errorf("after the end of care: %v", err)
		}
		o.visit(c, with(met(3, 4, left.AddMonths(3)), household(4, 1_600_000, "none")))
		o.stands("gain.head", map[string]int64{casework.HeadRose: 1})
		o.stands("gain.aid", map[string]int64{"aided>unaided": 1})
		corrected := with(met(3, 4, left.AddMonths(3)), household(8, 1_600_000, "kip"))
		corrected.Decile = &three
		o.visit(c, corrected)
		o.stands("gain.head", map[string]int64{casework.HeadSame: 1})
		o.stands("gain.aid", map[string]int64{"aided>aided": 1})
		o.stands("gain.decile", map[string]int64{"2>3": 1})
		o.stands("case.decile", map[string]int64{"up": 1})
		o.gone(9) // of whom nothing is known
		o.stands("gain.head", map[string]int64{casework.HeadSame: 1, "unknown": 1})
		o.stands("gain.aid", map[string]int64{"aided>aided": 1, "unknown": 1})
		o.agree()

		f, err = o.cases.Look(o.ctx, o.ratna, c.ID)
		must(t, err)
		if now := f.Now(); now == nil || now.Month != 3 || *now.Size != 8 {
			t.Errorf("now: %+v", now)
		}
	})
}

// A life that is loaded brings its household along, with the same figures.
func TestEnterMany_household(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		l := o.life("Mbah Muat")
		l.Before = &casework.Before{On: l.OpenedOn, Household: household(3, 900_000, "none"), By: "Ratna"}
		must(t, o.store.Write(o.ctx, o.house, fill, func(tx *store.Tx) error { return casework.EnterMany(tx, []casework.Life{l}) }))
		f, err := o.cases.Look(o.ctx, o.ratna, l.ID)
		must(t, err)
		if f.Before == nil || *f.Before.Income != 900_000 || f.Before.Aid[0] != casework.NoAid {
			t.Errorf("loaded: %+v", f.Before)
		}
		o.agree()
	})
}
