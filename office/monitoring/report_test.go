package monitoring_test

import (
	"testing"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/monitoring"
	"tuntas/office/person"
	"tuntas/office/residence"
	"tuntas/try/province"
)

var testPlace = store.NewAct("test.place", who.PlaceStay)

// The report of a month says what the balance says, is provisional until the month is closed, and is read by its own
// institution and the province.
func TestReport(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		p.Figures = monitoring.New(p.Store, allMeasures)
		p.Figures.Served = p.Cases.Served
		joko := p.As("joko")
		month := clock.Day(province.Today.Month() + "-01").AddMonths(-1).Month()
		lodger := p.Enter("ratna", province.Called("Mbah Tinggal", person.Birth{Precision: "estimated", From: 1950, To: 1955}))
		province.Must(t, p.Store.Write(p.Ctx, p.House, testPlace, func(tx *store.Tx) error {
			_, err := residence.Place(tx, residence.Placement{Bed: p.Beds(p.A)[0].ID, Person: lodger.ID, Case: id.New(), From: clock.Day(month + "-05"), State: residence.Open})
			return err
		}))
		province.Must(t, p.Store.Fold(p.Ctx))
		r, err := p.Figures.ReportOf(p.Ctx, joko, p.A, month)
		province.Must(t, err)
		if r.Closed != nil || r.Revised() || len(r.Parts) != 3 || r.There.ID != p.A {
			t.Errorf("before it is closed: %+v", r)
		}
		for _, b := range r.Parts {
			if b.Opening != 0 || b.In != 1 || b.Closing != 1 {
				t.Errorf("one came: by %s %+v", b.By, b)
			}
			if !b.Adds() || b.Opening+b.In-b.Out != b.Closing || b.Closing != r.Balance().Closing {
				t.Errorf("by %s: %+v", b.By, b)
			}
		}
		_, err = p.Figures.CloseMonth(p.Ctx, joko, p.A, monitoring.NewClosing{Month: month})
		province.Must(t, err)
		if r, err = p.Figures.ReportOf(p.Ctx, p.As("wulan"), p.A, month); err != nil || r.Closed == nil || r.Revised() || len(r.Reported) != 3 {
			t.Errorf("closed: %+v %v", r, err)
		}
		r.Reported["arrivals"] = monitoring.Reported{Indicator: "arrivals", Numerator: r.Balance().In + 1}
		if !r.Revised() {
			t.Error("another number was reported, and nobody says so")
		}
		for name, one := range map[string]struct {
			login, month string
		}{"another institution": {"sari", month}, "a month to come": {"joko", clock.Day(province.Today.Month() + "-01").AddMonths(1).Month()}, "no month": {"joko", "2026-13"}, "nothing": {"joko", ""}} {
			if _, err := p.Figures.ReportOf(p.Ctx, p.As(one.login), p.A, one.month); province.Kind(err) != "not-found" {
				t.Errorf("%s: %v", name, err)
			}
		}
		// this month runs until today
		if r, err = p.Figures.ReportOf(p.Ctx, joko, p.A, province.Today.Month()); err != nil || r.Balance().To != province.Today || r.Staff["pekerja_sosial"] != 2 || r.Certified["pekerja_sosial"] == 0 {
			t.Errorf("this month: %+v %v %v %v", r.Balance(), r.Staff, r.Certified, err)
		}
	})
}
