package monitoring_test

import (
	"testing"

	"tuntas/office/casework"
	"tuntas/office/monitoring"
	"tuntas/office/person"
	"tuntas/try/province"
)

// What goes to a DHIS2 is the figures that have a name there, of the institutions that have one; what is over nothing stays away.
func TestDataValues(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		p.Figures = monitoring.New(p.Store, allMeasures)
		wulan := p.As("wulan")
		code := ""
		all, err := p.Centres.List(p.Ctx, wulan)
		province.Must(t, err)
		for _, c := range all {
			if c.ID == p.A {
				code = c.Code
			}
		}
		for what, in := range map[string]monitoring.NewName{"theirs": {Kind: "figure", Ours: "opened/numerator", Theirs: "1short"}, "combo": {Kind: "figure", Ours: "opened/numerator", Theirs: "aBcDeFgHiJ1", Combo: "-"},
			"ours": {Kind: "figure", Ours: "opened/denominator", Theirs: "aBcDeFgHiJ1"}} {
			if _, err := p.Figures.SetName(p.Ctx, wulan, in); refused(err) != what {
				t.Errorf("%s: %v", what, err)
			}
		}
		if _, err := p.Figures.SetName(p.Ctx, p.As("joko"), monitoring.NewName{Kind: "centre", Ours: code, Theirs: "aBcDeFgHiJ2"}); err == nil {
			t.Error("a head of one centre set a name")
		}
		for _, in := range []monitoring.NewName{{Kind: "centre", Ours: code, Theirs: "aBcDeFgHiJ2"}, {Kind: "figure", Ours: "opened/numerator", Theirs: "aBcDeFgHiJ1"}, {Kind: "figure", Ours: "settled/value", Theirs: "aBcDeFgHiJ3", Combo: "aBcDeFgHiJ4"}} {
			_, err := p.Figures.SetName(p.Ctx, wulan, in)
			province.Must(t, err)
		}
		e := province.Called("Mbah Karto", person.Birth{Precision: "estimated", From: 1950, To: 1955})
		_, err = p.Cases.Open(p.Ctx, p.As("ratna"), casework.Opening{Person: p.Enter("ratna", e).ID, Centre: p.A, Kind: "lansia_telantar", OpenedOn: today})
		province.Must(t, err)
		values, err := p.Figures.DataValues(p.Ctx, wulan, string(today[:7]))
		want := monitoring.DataValue{DataElement: "aBcDeFgHiJ1", Period: string(today[:4] + today[5:7]), OrgUnit: "aBcDeFgHiJ2", Value: "1"}
		if err != nil || len(values) != 1 || values[0] != want {
			t.Errorf("%+v, %v; no case was closed, so that the share of settled ones has no value", values, err)
		}
		if values, err = p.Figures.DataValues(p.Ctx, wulan, string(today[:4])); err != nil || len(values) != 1 || values[0].Period != string(today[:4]) {
			t.Errorf("of a year: %+v, %v", values, err)
		}
		for _, bad := range []string{"", "2026-13", "26", "2026-1", "x"} {
			if _, err := p.Figures.DataValues(p.Ctx, wulan, bad); refused(err) != "period" {
				t.Errorf("%q: %v", bad, err)
			}
		}
		_, err = p.Figures.SetName(p.Ctx, wulan, monitoring.NewName{Kind: "centre", Ours: code})
		province.Must(t, err)
		if values, err = p.Figures.DataValues(p.Ctx, wulan, string(today[:4])); err != nil || len(values) != 0 {
			t.Errorf("a name was taken away: %+v, %v", values, err)
		}
	})
}
