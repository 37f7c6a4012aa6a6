package seed

import (
	"context"
	"fmt"

	"tuntas/house/clock"
	"tuntas/house/who"
	"tuntas/office/quality"
)

// Watching is what the sample needs to set alerts and to order reports.
type Watching struct {
	Desk           *quality.Desk
	Calendar       *Calendar
	Province, Head who.Asker
}

// Watch sets invented alerts, lets them be looked at some days ago and now, follows some of them up, and orders two reports
// of which the first copies are written.
func Watch(ctx context.Context, w Watching, today clock.Day) error {
	defer w.Calendar.Release()
	w.Calendar.hold(today.Add(-12), 0)
	if err := w.rules(ctx); err != nil {
		return err
	}
	if err := w.Desk.Watch(ctx); err != nil {
		return fmt.Errorf("look at the figures: %w", err)
	}
	if err := w.follow(ctx, today); err != nil {
		return err
	}
	w.Calendar.hold(today.Add(-9), 0)
	for _, one := range []struct {
		by who.Asker
		in quality.NewOrder
	}{
		{w.Province, quality.NewOrder{Name: "Angka mingguan bidang", Figures: []string{"occupancy", "opened", "exits", "still_independent_12"}, Rhythm: quality.Weekly, Weekday: 1, Hour: 6}},
		{w.Head, quality.NewOrder{Name: "Angka UPT kami", Figures: []string{"occupancy", "arrivals", "departures"}, Rhythm: quality.Weekly, Weekday: 5, Hour: 6}},
	} {
		if _, err := w.Desk.OrderReport(ctx, one.by, "http://127.0.0.1:8080", one.in); err != nil {
			return fmt.Errorf("report %s: %w", one.in.Name, err)
		}
	}
	w.Calendar.Release()
	if err := w.Desk.SendDue(ctx); err != nil {
		return fmt.Errorf("write reports: %w", err)
	}
	return w.Desk.Watch(ctx)
}

func (w Watching) rules(ctx context.Context) error {
	limit := func(v float64) *float64 { return &v }
	for n, in := range []quality.NewAlert{
		{Indicator: "satisfaction", Place: "each", Condition: "below", Value: limit(60), Owner: "head_centre", Days: 10, Severity: "medium", Note: "Batas contoh"},
		{Indicator: "occupancy", Place: "each", Condition: "above", Value: limit(100), Owner: "head_centre", Days: 5, Severity: "high", Note: "Batas contoh"},
		{Indicator: "still_independent_12", Place: "province", Condition: "worse", Owner: "head_division", Days: 20, Severity: "medium", Note: "Target contoh"},
		{Indicator: "arrivals", Place: "each", Condition: "rises", Value: limit(3), Against: "month", Owner: "head_administration", Days: 5, Severity: "low", Note: "Batas contoh"},
	} {
		r, err := w.Desk.SetAlert(ctx, w.Province, in)
		if err != nil {
			return fmt.Errorf("alert of %s: %w", in.Indicator, err)
		}
		if n == 0 { // one is still being thought about
			continue
		}
		if _, err := w.Desk.SwitchAlert(ctx, w.Province, r.ID, r.Version, quality.Switch{To: quality.Active}); err != nil {
			return err
		}
	}
	return nil
}

// follow takes some tasks further, each to another state.
func (w Watching) follow(ctx context.Context, today clock.Day) error {
	all, _, _, err := w.Desk.Tasks(ctx, w.Province, quality.Filter{}, 0, 50)
	if err != nil {
		return err
	}
	steps := [][]quality.Move{
		{{To: quality.Seen}},
		{{To: quality.Seen}, {To: quality.Working, Note: "Daftar tunggu dan jadwal pulang diperiksa bersama pekerja sosial (contoh)."}},
		{{To: quality.Done, Note: "Tiga orang pulang ke keluarga lebih cepat (contoh)."}},
		{{To: quality.Dismissed, Note: "Angkanya benar: pendataan gabungan bulan itu (contoh)."}},
	}
	for n, t := range all {
		w.Calendar.hold(today.Add(-10), n)
		if n >= len(steps) {
			break
		}
		for _, in := range steps[n] {
			if t, err = w.Desk.MoveTask(ctx, w.Province, t.ID, t.Version, in); err != nil {
				return fmt.Errorf("follow up an alert: %w", err)
			}
		}
	}
	return nil
}
