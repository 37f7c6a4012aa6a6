package spm_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/person"
	"tuntas/office/residence"
	"tuntas/office/spm"
	"tuntas/try/clause"
	"tuntas/try/province"
)

const today = province.Today

var must = province.Must

// house is the SPM of a small province, and the people who work on it.
type house struct {
	*province.Province
	spm                       *spm.Desk
	ratna, joko, wulan, rural who.Asker
}

func each(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	province.Each(t, func(t *testing.T, p *province.Province) {
		test(t, &house{p, spm.New(p.Store), p.As("ratna"), p.As("joko"), p.As("wulan"), p.As("sari")})
	})
}

// lives opens a case of somebody who lives at a centre and needs items, of which some were given.
func (h *house) lives(by who.Asker, at id.ID, nth int, restricted bool, given int) casework.Case {
	h.T.Helper()
	by.Rights = maps.Clone(by.Rights)
	by.Rights[who.SeeRestricted] = true
	e := person.Entry{Centre: at, Restricted: restricted, Names: []person.Name{{Text: fmt.Sprintf("Mbah %d", nth)}}, Birth: person.Birth{Precision: "year", Date: "1950"}}
	p, _, err := h.Persons.Register(h.Ctx, by, e)
	must(h.T, err)
	c, err := h.Cases.Open(h.Ctx, by, casework.Opening{Person: p.ID, Centre: at, Kind: "lansia_telantar", OpenedOn: today.Add(-100), Emergency: true})
	must(h.T, err)
	a, err := h.Cases.Assess(h.Ctx, by, c.ID, casework.NewAssessment{Instrument: "biopsychosocial", Occasion: "admission", AssessedOn: today.Add(-90), Answers: map[string]any{
		"bio_condition": "x", "psycho_condition": "x", "social_condition": "x", "family_condition": "x", "family_care": "unknown", "potential": "x", "conclusion": "x",
		"needs": []any{map[string]any{"domain": "basic", "text": "Makan", "item": "lansia-a"}, map[string]any{"domain": "basic", "text": "Pakaian", "item": "lansia-b"}}}})
	must(h.T, err)
	_, err = h.Cases.Sign(h.Ctx, by, c.ID, a.ID, a.Version)
	must(h.T, err)
	_, free, err := h.Cases.FreeBeds(h.Ctx, by, c.ID)
	must(h.T, err)
	_, err = h.Cases.House(h.Ctx, by, c.ID, casework.NewStay{Bed: free[0].ID, From: today.Add(-95), State: residence.Open})
	must(h.T, err)
	for i := range given {
		_, err = h.Cases.Give(h.Ctx, by, c.ID, casework.Given{Item: []string{"lansia-a", "lansia-b"}[i], On: today.Add(-50)})
		must(h.T, err)
	}
	return c
}

// PP 2/2018 Pasal 10(2), 12(3): the four types inside a panti, with number and identity of those entitled. Items over all
// pages and those withheld are the figure; who may not open people by name does not.
func TestPeople(t *testing.T) {
	t.Parallel()
	clause.Test(t, "PP2-10", "PP2-12")
	each(t, func(t *testing.T, h *house) {
		for n := range 3 {
			h.lives(h.ratna, h.A, n, n == 1, n)
		}
		h.lives(h.rural, h.B, 9, false, 2)
		table, err := h.spm.Of(h.Ctx, h.wulan, 2026, "lansia_telantar", 0)
		must(t, err)
		if r := table.Rows; r[0].Needed != 4 || r[0].Served != 3 || r[1].Served != 2 || table.X != 2 || table.Inside != 4 || table.Known() {
			t.Errorf("%+v", table)
		}
		for what, want := range map[string]int64{"needed": 4, "served": 3, "met": 2, "inside": 4, "waiting": 0} {
			for who, by := range map[string]who.Asker{"the province": h.wulan, "a centre": h.joko} {
				var seen, withheld int64
				ask := spm.Asked{Year: 2026, Group: "lansia_telantar", What: what, Item: "lansia-a", Limit: 2}
				for pages := 0; ; pages++ {
					p, err := h.spm.People(h.Ctx, by, ask)
					must(t, err)
					if p.Figure != want {
						t.Errorf("%s, %s: the figure is %d, want %d", what, who, p.Figure, want)
					}
					seen, withheld = seen+int64(len(p.Items)), p.Withheld
					if ask.After = p.Next; p.Next == (store.Place{}) || pages > 5 {
						break
					}
				}
				if seen+withheld != want {
					t.Errorf("%s, %s: %d seen and %d withheld of %d", what, who, seen, withheld, want)
				}
			}
		}
		if _, err := h.spm.People(h.Ctx, h.wulan, spm.Asked{Year: 2026, Group: "lansia_telantar", What: "needed", Item: "anak-a", Limit: 5}); province.Code(err) != "item choice" {
			t.Errorf("an item of another group: %v", err)
		}
		if _, err := h.spm.People(h.Ctx, province.Role(t, "communications", 0), spm.Asked{Year: 2026, Group: "lansia_telantar", What: "met", Limit: 5}); province.Kind(err) != "denied" {
			t.Errorf("people by name for who sees figures alone: %v", err)
		}
		last, err := h.spm.Of(h.Ctx, h.wulan, 2025, "lansia_telantar", 0)
		must(t, err)
		if last.X != 0 || last.Inside != 0 || last.Rows[0].Needed != 0 {
			t.Errorf("last year: %+v", last)
		}
		m, err := h.spm.Met(h.Ctx, h.wulan, 1)
		must(t, err)
		if m.Lack() != 3 || len(m.Unmet) != 1 || m.Unmet[0].Item.Key != "lansia-b" || m.Unmet[0].Lack() != 2 || m.Unmet[0].Needed != 4 {
			t.Errorf("%d %+v", m.Lack(), m.Unmet)
		}
		h.Agree()
	})
}

// What is entered: of districts by the province, of a centre by the centre; a second hand on an older version is told so.
func TestEntries(t *testing.T) {
	t.Parallel()
	clause.Test(t, "PP2-12", "PP2-13", "PP2-17")
	each(t, func(t *testing.T, h *house) {
		in := spm.SetDistrict{Entitled: 12, Source: "Pendataan", CollectedOn: today.Add(-3)}
		one, err := h.spm.Collect(h.Ctx, h.wulan, 2026, "lansia_telantar", "35.09", 0, in)
		must(t, err)
		in.Entitled = 15
		if _, err := h.spm.Collect(h.Ctx, h.wulan, 2026, "lansia_telantar", "35.09", one.Version+1, in); province.Kind(err) != "stale" {
			t.Errorf("another version: %v", err)
		}
		one, err = h.spm.Collect(h.Ctx, h.wulan, 2026, "lansia_telantar", "35.09", one.Version, in)
		must(t, err)
		if _, err := h.spm.Collect(h.Ctx, h.wulan, 2026, "lansia_telantar", "35.05", 3, in); province.Kind(err) != "stale" {
			t.Errorf("a version of what is not there: %v", err)
		}
		for name, bad := range map[string]error{
			"a group that is none":    errOf(h.spm.Collect(h.Ctx, h.wulan, 2026, "orang_tua", "35.09", 0, in)),
			"a district that is none": errOf(h.spm.Collect(h.Ctx, h.wulan, 2026, "lansia_telantar", "99.99", 0, in)),
			"an item that is none":    errOf(h.spm.Stock(h.Ctx, h.joko, h.A, 2026, "luar-17-1-a", 0, spm.SetSupply{})),
			"another's centre":        errOf(h.spm.Stock(h.Ctx, h.joko, h.B, 2026, "lansia-a", 0, spm.SetSupply{})),
		} {
			if province.Kind(bad) != "not-found" {
				t.Errorf("%s: %v", name, bad)
			}
		}
		for name, bad := range map[string]error{
			"a centre for the province": errOf(h.spm.Collect(h.Ctx, h.joko, 2026, "lansia_telantar", "35.09", 0, in)),
			"a worker":                  errOf(h.spm.Stock(h.Ctx, h.ratna, h.A, 2026, "lansia-a", 0, spm.SetSupply{})),
			"the year by a centre":      errOf(h.spm.KeepYear(h.Ctx, h.joko, 2026, "lansia_telantar", 0, spm.SetYear{})),
			"the report by a centre":    errOf(h.spm.Write(h.Ctx, h.joko, 2026, 0, spm.SetReport{Foreword: "x"})),
		} {
			if province.Kind(bad) != "denied" {
				t.Errorf("%s: %v", name, bad)
			}
		}
		h.lives(h.ratna, h.A, 1, false, 1)
		if _, err := h.spm.Stock(h.Ctx, h.joko, h.A, 2026, "lansia-a", 0, spm.SetSupply{Persons: 0, Quantity: 0, Unit: "porsi", UnitCost: 9_000_000}); err != nil {
			t.Fatal(err)
		}
		for _, by := range []who.Asker{h.wulan, h.rural} { // who works elsewhere sees the same sums
			table, err := h.spm.Of(h.Ctx, by, 2026, "lansia_telantar", 0)
			must(t, err)
			if r := table.Rows[0]; r.Said != 1 || r.Short != 1 || r.Cost != 9_000_000 || table.Rows[1].Unsaid != 1 || table.Y != 15 || table.Districts != 1 {
				t.Errorf("%+v", table)
			}
		}
		all, err := h.spm.Districts(h.Ctx, h.wulan, 2026, "lansia_telantar")
		must(t, err)
		collected := 0
		for _, d := range all {
			if d.Version > 0 {
				collected++
			}
		}
		if len(all) != len(law.Regions.Latest()) || collected != 1 || one.Entitled != 15 {
			t.Errorf("%d districts, %d collected", len(all), collected)
		}
		mine, _, err := h.spm.Supplies(h.Ctx, h.joko, h.A, 2026)
		must(t, err)
		if len(mine) < 40 { // the centre serves all four groups
			t.Errorf("%d items", len(mine))
		}
	})
}

func errOf[T any](_ T, err error) error { return err }

// Permensos 16/2019 Pasal 46 h: a draft follows the figures; an approved report stays as it was, with its sum; it goes to
// each minister once, and then it is sent.
func TestReport(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-46h", "PP2-11")
	each(t, func(t *testing.T, h *house) {
		if _, err := h.spm.Approve(h.Ctx, h.wulan, 2026, 0); province.Code(err) != "spm-report-incomplete" {
			t.Errorf("an empty report was approved: %v", err)
		}
		for _, g := range law.SPMs.Latest().Groups {
			_, err := h.spm.KeepYear(h.Ctx, h.wulan, 2026, g.Key, 0, spm.SetYear{CollectState: "done", CollectOn: today.Add(-9), ComputeState: "done", ComputeOn: today.Add(-8), PlanState: "running", PlanOn: today.Add(-7),
				DeliverState: "open", Result: "Hasil " + g.Key, Budget: 10, Spent: 4})
			must(t, err)
		}
		r, err := h.spm.Write(h.Ctx, h.wulan, 2026, 0, spm.SetReport{Foreword: "Dengan hormat."})
		must(t, err)
		if _, err := h.spm.Send(h.Ctx, h.wulan, 2026, 0, spm.SetSending{Receiver: "mensos", On: today, LetterNo: "1"}); province.Code(err) != "spm-report-draft" {
			t.Errorf("a draft was sent: %v", err)
		}
		if _, err := h.spm.Approve(h.Ctx, h.wulan, 2026, r.Version+5); province.Kind(err) != "stale" {
			t.Errorf("another version: %v", err)
		}
		r, err = h.spm.Approve(h.Ctx, h.wulan, 2026, r.Version)
		must(t, err)
		h.lives(h.ratna, h.A, 1, false, 2) // afterwards
		frozen, err := h.spm.Report(h.Ctx, h.joko, 2026)
		must(t, err)
		if frozen.State != spm.Approved || frozen.SHA256 == "" || frozen.Body != r.Body || !strings.Contains(frozen.Body, "Hasil anak_telantar") {
			t.Errorf("%+v", frozen)
		}
		if _, err := h.spm.Write(h.Ctx, h.wulan, 2026, 0, spm.SetReport{Foreword: "Lain."}); province.Code(err) != "spm-report-frozen" {
			t.Errorf("an approved report was changed: %v", err)
		}
		for n, to := range spm.Receivers {
			r, err = h.spm.Send(h.Ctx, h.wulan, 2026, 0, spm.SetSending{Receiver: to, On: today, LetterNo: "460/1"})
			must(t, err)
			if sent := r.State == spm.Sent; sent != (n == 1) {
				t.Errorf("after %s: %s", to, r.State)
			}
		}
		if _, err := h.spm.Send(h.Ctx, h.wulan, 2026, 0, spm.SetSending{Receiver: "mensos", On: today, LetterNo: "2"}); province.Code(err) != "spm-report-sent" {
			t.Errorf("sent twice: %v", err)
		}
		all, err := h.spm.Reports(h.Ctx, h.joko)
		must(t, err)
		if len(all) != 1 || all[0].State != spm.Sent {
			t.Errorf("%+v", all)
		}
		h.Agree()
	})
}
