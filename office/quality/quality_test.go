package quality_test

import (
	"flag"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/coordination"
	"tuntas/office/monitoring"
	"tuntas/office/notice"
	"tuntas/office/person"
	"tuntas/office/quality"
	"tuntas/try"
	"tuntas/try/province"
)

const today = province.Today

func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("rapid.checks", strconv.Itoa(try.Times(6, 200))); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// refused holds that a deed was refused in one way.
func refused(t *testing.T, what string, err error, want string) {
	t.Helper()
	if got := province.Kind(err); got != want {
		t.Errorf("%s: %v, want %s", what, err, want)
	}
}

// desk opens the desk on a province.
func desk(p *province.Province) *quality.Desk {
	p.Figures = monitoring.New(p.Store, slices.Concat(province.Measures(), coordination.Measures))
	return quality.New(p.Store, p.Figures, p.Access, coordination.New(p.Store, true))
}

// life is a random life of two institutions, with what should not be.
type life struct {
	p     *province.Province
	d     *quality.Desk
	cases []casework.Case
}

func (l *life) of(c casework.Case) who.Asker {
	if c.Centre == l.p.B {
		return l.p.As("sari")
	}
	return l.p.As("joko")
}

func (l *life) some(t *rapid.T) casework.Case {
	if len(l.cases) == 0 {
		l.Open(t)
	}
	return rapid.SampledFrom(l.cases).Draw(t, "case")
}

func (l *life) Open(t *rapid.T) {
	by := l.p.As(rapid.SampledFrom([]string{"joko", "sari"}).Draw(t, "by"))
	e := province.Called("Orang Acak", person.Birth{})
	e.Sex = rapid.SampledFrom([]string{"female", "unknown"}).Draw(t, "sex")
	e.HomeRegion = rapid.SampledFrom([]string{"", "35.09"}).Draw(t, "region")
	e.Birth = rapid.SampledFrom([]person.Birth{{Precision: "unknown"}, {Precision: "year", Date: "1950"}}).Draw(t, "birth")
	e.Restricted = by.Login == "joko" && rapid.Bool().Draw(t, "restricted")
	lodger, _, err := l.p.Persons.Register(l.p.Ctx, by, e)
	if err != nil {
		t.Fatal(err)
	}
	c, err := l.p.Cases.Open(l.p.Ctx, by, casework.Opening{Person: lodger.ID, Centre: by.Scope.Centres[0], OpenedOn: today.Add(-rapid.IntRange(0, 200).Draw(t, "days ago")), Emergency: true, Kind: "lansia_telantar"})
	if err != nil {
		t.Fatal(err)
	}
	l.cases = append(l.cases, c)
}

func (l *life) Stay(t *rapid.T) {
	c := l.some(t)
	bed := rapid.SampledFrom(l.p.Beds(c.Centre)).Draw(t, "bed")
	_, _ = l.p.Cases.House(l.p.Ctx, l.of(c), c.ID, casework.NewStay{Bed: bed.ID, From: today.Add(-rapid.IntRange(0, 60).Draw(t, "days ago")), State: "open"})
}

func (l *life) Serve(t *rapid.T) {
	c := l.some(t)
	_, _ = l.p.Cases.Give(l.p.Ctx, l.server(c), c.ID, casework.Given{Item: "lansia-a", On: today.Add(-rapid.IntRange(0, 20).Draw(t, "days ago"))})
}

// server gives services at the institution of a case.
func (l *life) server(c casework.Case) who.Asker {
	if c.Centre == l.p.B {
		return l.p.As("sari")
	}
	return l.p.As("ratna")
}

func (l *life) End(t *rapid.T) {
	c := l.some(t)
	_, _ = l.p.Cases.Terminate(l.p.Ctx, l.of(c), c.ID, 0, casework.Ending{On: today.Add(-rapid.IntRange(0, 100).Draw(t, "days ago")), Reason: "own_wish", Destination: "own_home", Outcome: "improved"})
}

// Spoil does beside the program what the program refuses: somebody stays whose case left care.
func (l *life) Spoil(t *rapid.T) {
	c := l.some(t)
	if _, err := l.p.Beside().Exec(`update cases set stage = 'aftercare' where id = ` + strconv.FormatInt(int64(c.ID), 10) + ` and stage = 'approach'`); err != nil {
		t.Fatal(err)
	}
}

// agree holds, for everybody and every rule about persons, that the number is what the list shows and what is withheld.
func (l *life) agree(t *rapid.T) {
	limit := rapid.IntRange(1, 4).Draw(t, "page")
	for _, login := range []string{"wulan", "joko", "ratna", "sari"} {
		by := l.p.As(login)
		o, err := l.d.Overview(l.p.Ctx, by)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range o.Lines {
			if !by.Scope.Has(line.Centre.ID) {
				t.Fatalf("%s sees %s", login, line.Centre.Name)
			}
		}
		totals := o.Totals()
		for _, r := range o.Rules.Rules {
			for _, at := range []id.ID{0, l.p.A, l.p.B} {
				if at != 0 && !by.Scope.Has(at) {
					if _, err := l.d.Detail(l.p.Ctx, by, r.Key, at, 0, 5); err == nil {
						t.Fatalf("%s opens another institution", login)
					}
					continue
				}
				n, bad := l.listed(t, by, r.Key, at, limit)
				if n != bad || at == 0 && bad != totals[r.Key].Bad {
					t.Fatalf("%s, %s: the number says %d, all together %d, the list %d", login, r.Key, bad, totals[r.Key].Bad, n)
				}
			}
		}
	}
}

func (l *life) listed(t *rapid.T, by who.Asker, key string, at id.ID, limit int) (n, bad int64) {
	var after id.ID
	for {
		o, err := l.d.Detail(l.p.Ctx, by, key, at, after, limit)
		if err != nil {
			t.Fatal(err)
		}
		if len(o.Records) > limit || o.Withheld < 0 {
			t.Fatalf("%s: %d on a page of %d, %d withheld", key, len(o.Records), limit, o.Withheld)
		}
		n += int64(len(o.Records))
		if after = o.Next; after == 0 {
			return n + o.Withheld + int64(len(o.Findings)), o.Cell.Bad
		}
	}
}

// After any history each number of the page is as long as its list; what is beyond the asker is in neither.
func TestProperty_quality(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk(p)
		rapid.Check(t, func(t *rapid.T) {
			l := &life{p: p, d: d}
			t.Repeat(map[string]func(*rapid.T){"open": l.Open, "stay": l.Stay, "serve": l.Serve, "end": l.End})
			l.agree(t)
		})
		l := &life{p: p, d: d}
		rapid.Check(t, func(t *rapid.T) { // what was spoilt is in no figure that counts stages; it is found all the same
			l.Open(t)
			l.Stay(t)
			l.Spoil(t)
			by := p.As("wulan")
			if n, bad := l.listed(t, by, "stay-without-case", 0, 3); n != bad {
				t.Fatalf("%d in the list, the number says %d", n, bad)
			}
		})
	})
}

// A resident without a service for seven days is asked about, from the eighth day; a service takes the question away.
func TestOverview_service(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, by := desk(p), p.As("joko")
		lodger := p.Enter("joko", province.Called("Mbah Karto", person.Birth{}))
		c, err := p.Cases.Open(p.Ctx, by, casework.Opening{Person: lodger.ID, Centre: p.A, Kind: "lansia_telantar", OpenedOn: today, Emergency: true})
		province.Must(t, err)
		_, err = p.Cases.House(p.Ctx, by, c.ID, casework.NewStay{Bed: p.Beds(p.A)[0].ID, From: today, State: "open"})
		province.Must(t, err)
		for _, one := range []struct{ after, bad, checked int }{{6, 0, 0}, {7, 1, 1}, {30, 1, 1}} {
			p.Clock.To(today.Add(one.after))
			o, err := d.Overview(p.Ctx, by)
			province.Must(t, err)
			if got := o.Totals()["service-missing"]; got != (quality.Cell{Bad: int64(one.bad), Checked: int64(one.checked)}) {
				t.Errorf("after %d days: %+v", one.after, got)
			}
		}
		_, err = p.Cases.Give(p.Ctx, p.As("ratna"), c.ID, casework.Given{Item: "lansia-a", On: today.Add(29)})
		province.Must(t, err)
		o, err := d.Overview(p.Ctx, by)
		province.Must(t, err)
		got := o.Totals()
		if got["service-missing"].Bad != 0 || got["stage-late"].Bad != 1 || got["sex-missing"].Bad != 1 || got["birth-missing"].Bad != 1 || got["home-missing"].Bad != 1 {
			t.Errorf("%+v", got)
		}
		// A month is asked for when the fifth working day after it is over.
		if n := got["month-open"]; n.Bad != n.Checked || n.Bad != 3 {
			t.Errorf("months: %+v", n)
		}
		_, err = d.Overview(p.Ctx, who.Public())
		refused(t, "the public", err, "denied")
	})
}

// alert writes a rule of occupancy above a limit and switches it on.
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
