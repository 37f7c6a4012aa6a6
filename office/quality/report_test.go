package quality_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tuntas/house/clock"
	"tuntas/office/coordination"
	"tuntas/office/notice"
	"tuntas/office/quality"
	"tuntas/try/province"
)

// A report is written once for its moment, late but not many times after the server was down, and never to who may no
// longer see the figures; nobody but its reader opens it.
func TestSendDue(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, by := desk(p), p.As("joko")
		notices := notice.New(p.Store, p.Access, coordination.New(p.Store, true))
		_, err := notices.Set(p.Ctx, by, "http://localhost", 0, notice.NewSettings{Email: "joko@dinsos.example", Digest: notice.Daily})
		province.Must(t, err)
		(&life{p: p}).many(2)
		in := quality.NewOrder{Name: "Mingguan", Figures: []string{"opened", "occupancy", "opened"}, Rhythm: quality.Weekly, Weekday: 3, Hour: 6} // Wednesday, tomorrow
		o, err := d.OrderReport(p.Ctx, by, "http://localhost", in)
		province.Must(t, err)
		if len(o.Figures) != 2 || clock.DayOf(o.NextAt) != today.Add(1) {
			t.Fatalf("%+v", o)
		}
		for _, one := range []struct {
			pass  time.Duration
			want  int
			until string
		}{{0, 0, "before it is due"}, {18 * time.Hour, 1, "when it is due"}, {time.Hour, 1, "again"}, {30 * 24 * time.Hour, 2, "after a month without a server"}} {
			p.Clock.Pass(one.pass)
			var all sync.WaitGroup
			for range 4 {
				all.Go(func() { _ = d.SendDue(p.Ctx) })
			}
			all.Wait()
			province.Must(t, d.SendDue(p.Ctx))
			r, err := d.Reports(p.Ctx, by)
			province.Must(t, err)
			if len(r.Copies) != one.want {
				t.Fatalf("%s: %d copies", one.until, len(r.Copies))
			}
			if r.Orders[0].NextAt.Before(p.Clock.Now()) {
				t.Errorf("%s: the next is due %v", one.until, r.Orders[0].NextAt)
			}
		}
		r, err := d.Reports(p.Ctx, by)
		province.Must(t, err)
		if c := r.Copies[1]; c.Email != "joko@dinsos.example" || !contains(c.Body, "Kasus dibuka: 2", "http://localhost/indicators/opened?from=2026-01-01&to=2026-11-25&centre="+p.A.String(), "/reports/scheduled") {
			t.Errorf("%s to %s", c.Body, c.Email)
		}
		_, err = d.CopyOf(p.Ctx, p.As("sari"), r.Copies[0].ID)
		refused(t, "somebody else's copy", err, "not-found")
		_, err = d.SwitchReport(p.Ctx, p.As("sari"), o.ID, 0, quality.Switch{To: quality.Stopped})
		refused(t, "somebody else's report", err, "not-found")
		// The account ends: so does the report, without a copy.
		if _, err := p.Beside().Exec("update users set active = false where login = 'joko'"); err != nil {
			t.Fatal(err)
		}
		p.Clock.Pass(8 * 24 * time.Hour)
		for range 2 {
			province.Must(t, d.SendDue(p.Ctx))
		}
		var copies int
		var state string
		province.Must(t, p.Beside().QueryRow("select count(*) from report_copies").Scan(&copies))
		province.Must(t, p.Beside().QueryRow("select state from report_orders").Scan(&state))
		if copies != 2 || state != quality.Stopped {
			t.Errorf("%d copies, %s", copies, state)
		}
	})
}

func TestOrderReport_refused(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk(p)
		for name, change := range map[string]func(a *quality.NewOrder){
			"figures":   func(a *quality.NewOrder) { a.Figures = []string{"nothing"} },
			"none":      func(a *quality.NewOrder) { a.Figures = nil },
			"centre_id": func(a *quality.NewOrder) { a.Centre = p.B },
			"weekday":   func(a *quality.NewOrder) { a.Weekday = 0 },
			"day":       func(a *quality.NewOrder) { a.Rhythm = quality.Monthly },
		} {
			in := quality.NewOrder{Name: "x", Figures: []string{"opened"}, Rhythm: quality.Weekly, Weekday: 1, Hour: 6}
			change(&in)
			_, err := d.OrderReport(p.Ctx, p.As("joko"), "http://localhost", in)
			refused(t, name, err, "invalid")
		}
	})
}

func contains(s string, all ...string) bool {
	return !slices.ContainsFunc(all, func(one string) bool { return !strings.Contains(s, one) })
}
