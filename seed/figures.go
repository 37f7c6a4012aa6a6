package seed

import (
	"context"
	"fmt"

	"tuntas/house/clock"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/monitoring"
)

// Figures is what the sample needs to set targets, define figures and close months.
type Figures struct {
	Desk     *monitoring.Desk
	Calendar *Calendar
}

// inventedTargets are those of the province, in the unit of their figures.
var inventedTargets = map[string]float64{"occupancy": 95, "still_independent_3": 70, "still_independent_6": 65, "still_independent_12": 60, "settled": 75, "staff_certified": 80, "exits_independent": 30, "satisfaction": 80}

// Aim sets invented targets for this year and the next, defines two figures of the office's own, one that counts and one that is
// being drafted, and closes the last months of most institutions, each on the fourth day after its end.
func Aim(ctx context.Context, f Figures, by who.Asker, all []centre.Centre, today clock.Day) error {
	defer f.Calendar.Release()
	year := int64(today.Time().Year())
	for key, value := range inventedTargets {
		for n := range int64(2) {
			aim := value + float64(n)
			if _, err := f.Desk.SetTarget(ctx, by, key, monitoring.NewTarget{Year: year + n, Value: &aim, Note: "Target contoh"}); err != nil {
				return fmt.Errorf("target of %s: %w", key, err)
			}
		}
	}
	for _, in := range []monitoring.NewOwn{
		{Key: "home_again", Name: "Pulang mandiri atau ke keluarga", NameEn: "Home, independent or with family", Unit: "percent", Direction: "up", Source: "Berkas kasus", Owner: "Kepala bidang rehabilitasi sosial",
			NewRule: monitoring.NewRule{ValidFrom: "2020-01-01", Numerator: `jumlah("case.terminated", "independent", "reunified")`, Denominator: `jumlah("case.terminated") - jumlah("case.terminated", "deceased", "transferred")`}},
		{Key: "arrivals_per_place", Name: "Yang masuk untuk setiap tempat", NameEn: "Admissions for each place", Unit: "ratio", Direction: "none", Source: "Masa tinggal di asrama", Owner: "Kasubag TU",
			NewRule: monitoring.NewRule{ValidFrom: today.AddMonths(-12), Numerator: `jumlah("stay.in")`, Denominator: "kapasitas()"}},
	} {
		o, err := f.Desk.Define(ctx, by, in)
		if err != nil {
			return fmt.Errorf("figure %s: %w", in.Key, err)
		}
		if in.Direction == "up" {
			if _, err := f.Desk.Move(ctx, by, o.Key, 0, monitoring.FigureMove{To: monitoring.Live}); err != nil {
				return err
			}
		}
	}
	return f.closeMonths(ctx, by, all, today)
}

func (f Figures) closeMonths(ctx context.Context, by who.Asker, all []centre.Centre, today clock.Day) error {
	first := clock.Day(today.Month() + "-01")
	for back := 6; back > 0; back-- {
		end := first.AddMonths(1 - back)
		for n, c := range all {
			if !c.ClientService || back == 1 && n%4 == 0 { // some are late with the last month
				continue
			}
			f.Calendar.hold(end.Add(3), n)
			if _, err := f.Desk.CloseMonth(ctx, by, c.ID, monitoring.NewClosing{Month: end.Add(-1).Month()}); err != nil {
				return fmt.Errorf("close a month of %s: %w", c.Name, err)
			}
		}
	}
	return nil
}
