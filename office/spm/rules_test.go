package spm

import (
	"math/big"
	"strings"
	"testing"
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/law"
	"tuntas/office/centre"
	"tuntas/try/clause"
	"tuntas/try/province"
)

func table(x, y, needed, short int64) Table {
	return Table{Year: 2026, Rules: law.SPMs.On("2026-11-24"), X: x, Y: y, Districts: 38, Rows: []Row{{Needed: needed, Short: short, Said: 1}}}
}

// Permendagri 59/2021 (weights assumed): 80 % X/Y and 20 % minimum quality, exact: a hair below ninety is no ninety.
func TestIndex(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		t        Table
		exact    string
		category string
	}{
		"everything":            {table(100, 100, 50, 0), "100", "paripurna"},
		"a hair below hundred":  {table(99999, 100000, 50, 0), "124999/1250", "utama"},
		"exactly ninety":        {table(7, 8, 1, 0), "90", "utama"},
		"a third short":         {table(1, 3, 3, 1), "40", "belum"},
		"eighty without goods":  {table(10, 10, 4, 4), "80", "madya"},
		"more served than Y":    {table(12, 10, 4, 0), "100", "paripurna"},
		"seventy":               {table(5, 8, 1, 0), "70", "pratama"},
		"sixty-nine and a half": {table(99, 160, 1, 0), "139/2", "muda"},
	} {
		i := indexOf(c.t)
		if !i.Known || i.Points.RatString() != c.exact || i.Category.Key != c.category {
			t.Errorf("%s: %v %v %s, want %s %s", name, i.Known, i.Points, i.Category.Key, c.exact, c.category)
		}
	}
	unsaid := table(1, 2, 3, 0)
	unsaid.Rows[0].Unsaid = 1
	early := table(1, 2, 3, 0)
	early.Rules = law.SPMs.On("2020-06-01")
	alone := table(1, 2, 3, 0)
	alone.Centre = 7
	low := table(1, 2, 3, 0)
	low.Inside = 3
	for name, one := range map[string]Table{"Y not collected": {Rules: early.Rules, X: 1}, "nobody said what is there": unsaid, "before the weights": early, "one centre": alone, "Y too low": low, "nothing needed": table(1, 2, 0, 0)} {
		if indexOf(one).Known {
			t.Errorf("%s: an index", name)
		}
	}
	if categoryOf(nil, big.NewRat(1, 1)).Key != "" {
		t.Error("a category of no list")
	}
}

// PP 2/2018 Pasal 13: need is required minus available, UPT by UPT, with the cost of what is short; facilities are part of
// it. P9-XY: Y is who needs it, so that it cannot be less than who lives inside and who waits.
func TestTable(t *testing.T) {
	t.Parallel()
	clause.Test(t, "PP2-13", "P9-XY")
	a, b := centre.Centre{ID: 1, Name: "A", Capacity: 10, ClientService: true, Kinds: []string{"lansia_telantar"}}, centre.Centre{ID: 2, Name: "B", Capacity: 5, ClientService: true, Kinds: []string{"anak_telantar"}}
	at := func(c id.ID, item string) cell { return cell{c, "lansia_telantar:" + item} }
	f := figures{to: "2026-11-24", centres: []centre.Centre{a, b}, broken: map[id.ID]int64{1: 2},
		had: map[cell]int64{at(1, "lansia-a"): 3, at(2, "lansia-a"): 4}, came: map[cell]int64{at(1, "lansia-a"): 2, at(1, "lansia-b"): 1}, given: map[cell]int64{at(1, "lansia-a"): 4},
		met: map[cell]int64{{1, "lansia_telantar"}: 3}, in: map[cell]int64{{1, "lansia_telantar"}: 6}, moved: map[cell]int64{{1, "lansia_telantar"}: 3}, wait: map[cell]int64{{1, "lansia_telantar"}: 2},
		supplies:  []Supply{{Centre: 1, Item: "lansia-a", Persons: 9, UnitCost: 100}, {Centre: 2, Item: "lansia-a", Persons: 1, UnitCost: 70}},
		districts: []District{{Group: "lansia_telantar", Entitled: 10}, {Group: "anak_telantar", Entitled: 99}}}
	g, err := groupOf("lansia_telantar", law.SPMs.Latest())
	if err != nil {
		t.Fatal(err)
	}
	got := f.table(2026, g, law.SPMs.Latest(), 0)
	r := got.Rows[0]
	if r.Needed != 9 || r.Served != 4 || r.Available != 10 || r.Short != 3 || r.Cost != 210 || r.Unsaid != 0 { // what A has over does not help B
		t.Errorf("food: %+v", r)
	}
	if r := got.Rows[1]; r.Needed != 1 || r.Said != 0 || r.Unsaid != 1 || r.Short != 0 {
		t.Errorf("clothes, of which nobody said what is there: %+v", r)
	}
	if got.X != 3 || got.Y != 10 || got.Inside != 9 || got.Waiting != 2 || got.Least() != 11 || !got.TooLow() || got.Capacity != 10 || got.Places() != 3 {
		t.Errorf("%+v", got)
	}
	if p, ok := got.Percent(); ok {
		t.Errorf("a percent of a Y that is too small: %v", p)
	}
	f.districts[0].Entitled = 12
	if p, ok := f.table(2026, g, law.SPMs.Latest(), 0).Percent(); !ok || p != 25 {
		t.Errorf("X over Y is %v %v", p, ok)
	}
	one := f.table(2026, g, law.SPMs.Latest(), 2)
	if one.Rows[0].Needed != 4 || one.X != 0 || one.TooLow() {
		t.Errorf("one centre: %+v", one)
	}
	if none := (Table{}); none.Known() || none.TooLow() {
		t.Error("an empty table knows Y")
	}
}

// PP 2/2018 Pasal 11(2): four steps, in their order, each with its day.
func TestMayKeepYear(t *testing.T) {
	t.Parallel()
	clause.Test(t, "PP2-11")
	good := SetYear{CollectState: "done", CollectOn: "2026-01-05", ComputeState: "running", ComputeOn: "2026-02-01", PlanState: "open", DeliverState: "open"}
	if err := mayKeepYear(good, "2026-11-24"); err != nil {
		t.Error(err)
	}
	undated, early, jumped := good, good, good
	undated.ComputeOn = ""
	early.CollectOn = "2026-12-01"
	jumped.DeliverState, jumped.DeliverOn = "done", "2026-03-01"
	for name, c := range map[string]struct {
		in   SetYear
		want string
	}{"no day": {undated, "compute_on required"}, "a day to come": {early, "collect_on future"}, "a step left out": {jumped, "deliver_state order"}} {
		province.Wants(t, name, mayKeepYear(c.in, "2026-11-24"), c.want)
	}
}

// What a district says is of a day that is past, and never of more served than entitled.
func TestMayCollect(t *testing.T) {
	t.Parallel()
	ten, eleven := int64(10), int64(11)
	for name, c := range map[string]struct {
		in   SetDistrict
		want string
	}{
		"a day to come":      {SetDistrict{CollectedOn: "2026-12-01"}, "collected_on future"},
		"more than entitled": {SetDistrict{CollectedOn: "2026-01-01", OutsideServed: &eleven, OutsideEntitled: &ten}, "outside_served order"},
		"of nobody":          {SetDistrict{CollectedOn: "2026-01-01", OutsideServed: &ten}, "outside_entitled required"},
	} {
		province.Wants(t, name, mayCollect(c.in, "2026-11-24"), c.want)
	}
	if err := mayCollect(SetDistrict{CollectedOn: "2026-01-01", OutsideServed: &ten, OutsideEntitled: &eleven}, "2026-11-24"); err != nil {
		t.Error(err)
	}
}

// Permensos 16/2019 Pasal 46 h, 53: the governor reports to two ministers, in writing, from what the districts report.
func TestCompose(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-46h", "PP2-17")
	one := table(3, 10, 9, 2)
	one.Group, one.To = law.Named{Key: "lansia_telantar", Name: "Lanjut usia telantar"}, "2026-11-24"
	one.Outside = Outside{2, 7, 9}
	one.Entry = noEntry(2026, "lansia_telantar")
	one.Entry.Result, one.Entry.Obstacles, one.Entry.Budget = "Cukup.", "Kurang tempat.", 5_000_000
	text := compose(Report{Year: 2026, Foreword: "Dengan hormat."}, []Table{one})
	for _, want := range []string{"Kepada: Menteri Sosial dan Menteri Dalam Negeri", "3 dari 10 orang (30,0%)", "Hasil: Cukup.", "Kendala: Kurang tempat.", "Rp5.000.000", "2 kabupaten/kota melaporkan; dilayani 7 dari 9", "spm 2021-01-01", "Dengan hormat."} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q:\n%s", want, text)
		}
	}
	if paras := (Report{Body: text}).Paras(); len(paras) < 8 || paras[0].Kind != "head" {
		t.Errorf("%+v", paras)
	}
	approved := Report{Version: 2, State: Approved, ApprovedAt: time.Date(2026, 11, 20, 3, 0, 0, 0, time.UTC), Sendings: []Sending{{Receiver: "mensos"}}}
	for name, c := range map[string]struct {
		r    Report
		in   SetSending
		want string
	}{
		"a draft":             {Report{Version: 1, State: Draft}, SetSending{"mensos", "2026-11-24", "1"}, "spm-report-draft"},
		"twice":               {approved, SetSending{"mensos", "2026-11-24", "1"}, "spm-report-sent"},
		"a day to come":       {approved, SetSending{"mendagri", "2026-12-24", "1"}, "sent_on future"},
		"before the approval": {approved, SetSending{"mendagri", "2026-11-01", "1"}, "sent_on order"},
	} {
		province.Wants(t, name, maySend(c.r, c.in, clock.Day("2026-11-24")), c.want)
	}
	if err := maySend(approved, SetSending{"mendagri", "2026-11-24", "1"}, "2026-11-24"); err != nil {
		t.Error(err)
	}
	groups := law.SPMs.Latest().Groups
	province.Wants(t, "an empty report", mayApprove(Report{}, groups, nil), "spm-report-incomplete")
}
