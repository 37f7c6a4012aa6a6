package quality_test

import (
	"slices"
	"sync"
	"testing"

	"tuntas/house/clock"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/coordination"
	"tuntas/office/person"
	"tuntas/office/quality"
	"tuntas/try/province"
)

// alert writes a rule and switches it on.
func alert(t *testing.T, p *province.Province, d *quality.Desk, in quality.NewAlert) quality.Rule {
	t.Helper()
	by := p.As("wulan")
	r, err := d.SetAlert(p.Ctx, by, in)
	province.Must(t, err)
	r, err = d.SwitchAlert(p.Ctx, by, r.ID, r.Version, quality.Switch{To: quality.Active})
	province.Must(t, err)
	return r
}

func limit(v float64) *float64 { return &v }

func tasks(t *testing.T, p *province.Province, d *quality.Desk, login, show string) ([]quality.Task, quality.Counts) {
	t.Helper()
	all, n, _, err := d.Tasks(p.Ctx, p.As(login), quality.Filter{Show: show}, 0, 50)
	province.Must(t, err)
	return all, n
}

// opened is an alert on the cases opened: more than one at an institution.
var opened = quality.NewAlert{Indicator: "opened", Place: "each", Condition: "above", Value: limit(1), Owner: "head_centre", Days: 5, Severity: "high"}

func (l *life) many(n int) {
	by := l.p.As("joko")
	for range n {
		c, err := l.p.Cases.Open(l.p.Ctx, by, casework.Opening{Person: l.p.Enter("joko", province.Called("Mbah", person.Birth{})).ID, Centre: l.p.A, Kind: "lansia_telantar", OpenedOn: l.p.Store.Today()})
		province.Must(l.p.T, err)
		l.cases = append(l.cases, c)
	}
}

// A figure that crosses makes one task at one place, however often and however many look at it; its owner takes it
// further, and nobody else.
func TestWatch(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk(p)
		alert(t, p, d, opened)
		province.Must(t, d.Watch(p.Ctx))
		if _, n := tasks(t, p, d, "wulan", ""); n.Open != 0 {
			t.Errorf("nothing has crossed, and %d tasks", n.Open)
		}
		(&life{p: p}).many(2)
		second := quality.New(p.Store, p.Figures, p.Access, coordination.New(p.Store, true))
		var all sync.WaitGroup
		for range 4 {
			for _, one := range []*quality.Desk{d, second} {
				all.Go(func() { _ = one.Watch(p.Ctx) })
			}
		}
		all.Wait()
		province.Must(t, d.Watch(p.Ctx))
		mine, n := tasks(t, p, d, "joko", "mine")
		if n.Open != 1 || len(mine) != 1 || mine[0].Centre != p.A || mine[0].Value != 2000 || mine[0].Threshold != 1000 || mine[0].DueOn != law.AddWorkingDays(today, 5) {
			t.Fatalf("%+v %+v", n, mine)
		}
		task := mine[0]
		for _, one := range []struct {
			login string
			in    quality.Move
			want  string
		}{
			{"sari", quality.Move{To: quality.Seen}, "denied"}, {"ratna", quality.Move{To: quality.Done, Note: "x"}, "denied"},
			{"joko", quality.Move{To: quality.Done, Note: "  "}, "invalid"}, {"joko", quality.Move{To: quality.Dismissed}, "invalid"},
		} {
			_, err := d.MoveTask(p.Ctx, p.As(one.login), task.ID, 0, one.in)
			refused(t, one.login+" "+one.in.To, err, one.want)
		}
		for _, in := range []quality.Move{{To: quality.Seen}, {To: quality.Working, Note: "a"}, {To: quality.Working, Note: "b"}, {To: quality.Done, Note: "c"}} {
			var err error
			task, err = d.MoveTask(p.Ctx, p.As("joko"), task.ID, task.Version, in)
			province.Must(t, err)
		}
		_, err := d.MoveTask(p.Ctx, p.As("joko"), task.ID, task.Version, quality.Move{To: quality.Working, Note: "again"})
		refused(t, "a task that ended", err, "invalid")
		s, err := d.Task(p.Ctx, p.As("wulan"), task.ID)
		province.Must(t, err)
		if len(s.Steps) != 5 || s.Steps[4].Kind != "opened" || s.Now.Numerator != 2 {
			t.Errorf("%+v", s.Steps)
		}
		// The figure is still beyond: a new task comes when the time to act has passed again, and not before.
		for _, one := range []struct {
			day  clock.Day
			want int64
		}{{today, 0}, {law.AddWorkingDays(today, 5), 0}, {law.AddWorkingDays(today, 5).Add(1), 1}} {
			p.Clock.To(one.day)
			province.Must(t, d.Watch(p.Ctx))
			if _, n := tasks(t, p, d, "wulan", ""); n.Open != one.want {
				t.Errorf("on %s: %d open, want %d", one.day, n.Open, one.want)
			}
		}
		p.Agree()
	})
}

// When the figure comes back the task says so, and so it does when it crosses again; a late task is told of once.
func TestWatch_back(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk(p)
		in := opened
		in.Value = limit(0) // of this year: a new year brings it back
		in.Days = 60
		alert(t, p, d, in)
		(&life{p: p}).many(1)
		province.Must(t, d.Watch(p.Ctx))
		kinds := func() (all []string) {
			mine, _ := tasks(t, p, d, "wulan", "open")
			if len(mine) != 1 {
				t.Fatalf("%d tasks", len(mine))
			}
			s, err := d.Task(p.Ctx, p.As("wulan"), mine[0].ID)
			province.Must(t, err)
			for _, one := range s.Steps {
				all = append(all, one.Kind)
			}
			slices.Reverse(all)
			return all
		}
		p.Clock.To("2027-01-02")
		for range 2 {
			province.Must(t, d.Watch(p.Ctx))
		}
		if got := kinds(); !slices.Equal(got, []string{"opened", "back"}) {
			t.Errorf("%v", got)
		}
		(&life{p: p}).many(1)
		for range 2 {
			province.Must(t, d.Watch(p.Ctx))
		}
		if got := kinds(); !slices.Equal(got, []string{"opened", "back", "again"}) {
			t.Errorf("%v", got)
		}
		p.Clock.To("2027-04-01")
		for range 2 {
			province.Must(t, d.Watch(p.Ctx))
		}
		if got := kinds(); !slices.Equal(got, []string{"opened", "back", "again", "late"}) {
			t.Errorf("%v", got)
		}
	})
}

// What a rule must say is asked for at its field.
func TestSetAlert_refused(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk(p)
		for name, change := range map[string]func(a *quality.NewAlert){
			"indicator": func(a *quality.NewAlert) { a.Indicator = "nothing" },
			"centre_id": func(a *quality.NewAlert) { a.Place = "one" },
			"value":     func(a *quality.NewAlert) { a.Value = nil },
			"against":   func(a *quality.NewAlert) { a.Condition = "falls" },
			"owner":     func(a *quality.NewAlert) { a.Place = "province" },
			"condition": func(a *quality.NewAlert) { a.Condition = "worse" }, // of a figure without a better direction
		} {
			in := opened
			change(&in)
			_, err := d.SetAlert(p.Ctx, p.As("wulan"), in)
			refused(t, name, err, "invalid")
		}
		_, err := d.SetAlert(p.Ctx, p.As("joko"), opened)
		refused(t, "who does not keep figures", err, "denied")
		_, err = d.CheckNow(p.Ctx, p.As("joko"))
		refused(t, "who does not keep figures", err, "denied")
	})
}
