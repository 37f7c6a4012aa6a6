package outcome_test

import (
	"flag"
	"math"
	"os"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/casework"
	"tuntas/office/outcome"
	"tuntas/office/person"
	"tuntas/try"
	"tuntas/try/province"
)

func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("rapid.checks", strconv.Itoa(try.Times(8, 150))); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

const today = province.Today

var fill = store.NewAct("test.fill", who.Import)

// exit is somebody who left, as a test tells of it: months since, and the state of each planned contact.
type exit struct {
	centre id.ID
	on     clock.Day
	reason string
	states []string // of the contacts at 1, 3, 6 and 12 months
	back   clock.Day
}

var marks = []int64{1, 3, 6, 12}

// enter writes exits through the loader, and returns through the verb that follows them.
func enter(t testing.TB, p *province.Province, all []exit) {
	t.Helper()
	lives := make([]casework.Life, len(all))
	for i, x := range all {
		login := "ratna"
		if x.centre == p.B {
			login = "sari"
		}
		of := p.Enter(login, province.Called("Orang Acak", person.Birth{Precision: "unknown"}))
		c := casework.Case{ID: id.New(), Version: 1, Person: of.ID, Centre: x.centre, Kind: "lansia_telantar", Setting: casework.Inside, Level: "basic",
			Stage: casework.Aftercare, StageSince: x.on, OpenedOn: x.on.Add(-30)}
		stages := []casework.Entry{{Stage: casework.Approach, On: c.OpenedOn, LeftOn: x.on}, {Stage: casework.Terminated, On: x.on, LeftOn: x.on}, {Stage: casework.Aftercare, On: x.on}}
		e := casework.Ending{On: x.on, Reason: x.reason, Destination: "family", Outcome: "improved", HandedTo: "Keluarga (contoh)"}
		l := casework.Life{File: casework.File{Case: c, Who: of, Stages: stages}}
		l.Ended = &e
		if x.reason == "deceased" {
			l.Stage, l.Result, l.ClosedOn, stages[2].Stage = casework.Closed, "deceased", x.on, casework.Closed
		}
		for k, state := range x.states {
			l.Contacts = append(l.Contacts, casework.Contact{ID: id.New(), Case: c.ID, Centre: x.centre, Person: of.ID, Month: marks[k], DueOn: x.on.AddMonths(int(marks[k])), State: state, On: x.on.AddMonths(int(marks[k]))})
		}
		lives[i] = l
	}
	province.Must(t, p.Store.Write(p.Ctx, p.House, fill, func(tx *store.Tx) error { return casework.EnterMany(tx, lives) }))
	for i, x := range all {
		if x.back != "" {
			province.Must(t, p.Cases.FollowReturn(p.Ctx, casework.Returned{Former: lives[i].ID, On: x.back}))
		}
	}
}

// raw is one row of the facts as they lie in the tables.
type raw struct {
	exit
	contacts map[int64]string
}

// course says plainly what is known: the first month in which somebody was not independent or came back, else the last
// in which she was.
func (r raw) course() (month int, fallen bool) {
	first, held := 99, 0
	for m, state := range r.contacts {
		switch state {
		case "dependent":
			first = min(first, int(m))
		case "independent":
			held = max(held, int(m))
		}
	}
	if r.back != "" {
		m := 1
		for r.on.AddMonths(m) < r.back {
			m++
		}
		first = min(first, m)
	}
	if first <= 24 {
		return first, true
	}
	return held, false
}

// expected reckons a span person by person: no tally, no sum.
func expected(all []exit, s outcome.Span) (cohorts map[int][4]int64, share map[int]float64) {
	var rows []raw
	for _, x := range all {
		if x.on < s.From || x.on > s.To || s.Centre != 0 && s.Centre != x.centre || x.reason == "deceased" {
			continue
		}
		r := raw{x, map[int64]string{}}
		for i, state := range x.states {
			r.contacts[marks[i]] = state
		}
		rows = append(rows, r)
	}
	cohorts, share = map[int][4]int64{}, map[int]float64{}
	for _, m := range []int{1, 3, 6, 12} {
		var c [4]int64
		for _, r := range rows {
			month, fallen := r.course()
			switch {
			case r.on.AddMonths(m) > today && r.on > today.AddMonths(-m):
				c[3]++
			case fallen && month <= m:
				c[1]++
			case month >= m:
				c[0]++
			default:
				c[2]++
			}
		}
		cohorts[m] = c
	}
	s0 := 1.0
	for m := range casework.LongestCourse + 1 {
		risk, fell := 0.0, 0.0
		for _, r := range rows {
			month, fallen := r.course()
			if month >= m {
				risk++
			}
			if fallen && month == m {
				fell++
			}
		}
		if fell > 0 {
			s0 *= 1 - fell/risk
		}
		share[m] = s0
	}
	return cohorts, share
}

// Random exits, contacts and returns, on both engines: what the page says is what counting person by person gives, for the
// province and for each centre, and the tallies agree with their recount.
func TestProperty_outcome(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		desk := outcome.New(p.Store)
		var all []exit
		rapid.Check(t, func(t *rapid.T) {
			var more []exit
			for range rapid.IntRange(1, 8).Draw(t, "exits") {
				x := exit{centre: rapid.SampledFrom([]id.ID{p.A, p.B}).Draw(t, "centre"), on: today.Add(-rapid.IntRange(0, 800).Draw(t, "ago")),
					reason: rapid.SampledFrom([]string{"absconded", "own_wish", "own_wish", "deceased"}).Draw(t, "reason")}
				if x.reason != "deceased" {
					for range marks {
						x.states = append(x.states, rapid.SampledFrom([]string{"open", "unreached", "dependent", "independent", "independent", "independent", "void"}).Draw(t, "state"))
					}
					if rapid.IntRange(0, 5).Draw(t, "back") == 0 {
						x.back = x.on.Add(rapid.IntRange(15, 730).Draw(t, "back after"))
					}
				}
				more = append(more, x)
			}
			enter(p.T, p, more)
			all = append(all, more...)
			from, to := today.Add(-rapid.IntRange(0, 900).Draw(t, "from")), today.Add(-rapid.IntRange(0, 900).Draw(t, "to"))
			s := outcome.Span{From: min(from, to), To: max(from, to), Centre: rapid.SampledFrom([]id.ID{0, p.A, p.B}).Draw(t, "asked")}
			got, err := desk.Look(p.Ctx, p.As("wulan"), s)
			if err != nil {
				t.Fatal(err)
			}
			cohorts, share := expected(all, s)
			for _, c := range got.Cohorts {
				if now := [4]int64{c.Independent, c.Not, c.Unknown, c.NotYet}; now != cohorts[c.Months] {
					t.Fatalf("after %d months %v, counted %v", c.Months, now, cohorts[c.Months])
				}
			}
			for _, step := range got.Curve {
				if math.Abs(step.Share-share[step.Month]) > 1e-9 {
					t.Fatalf("month %d: %v, counted %v", step.Month, step.Share, share[step.Month])
				}
			}
		})
		p.Agree()
	})
}

// A centre with fewer people than the threshold gets no estimate, one with enough does; nobody is ranked.
func TestLook_threshold(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		var all []exit
		for i := range 40 {
			x := exit{centre: p.A, on: today.AddMonths(-14).Add(-i), reason: "own_wish", states: []string{"independent", "independent", "independent", "independent"}}
			switch {
			case i >= 30:
				x.centre = p.B
			case i%3 == 0:
				x.states[3] = "unreached"
			}
			all = append(all, x)
		}
		enter(t, p, all)
		got, err := outcome.New(p.Store).Look(p.Ctx, p.As("wulan"), outcome.Span{From: today.AddMonths(-20), To: today})
		province.Must(t, err)
		if len(got.Rows) != 2 {
			t.Fatalf("%d centres", len(got.Rows))
		}
		for _, r := range got.Rows {
			low, high := outcome.Wilson(20, 30)
			switch {
			case r.Centre.ID == p.A && (!r.Estimated || r.Independent != 20 || r.Unknown != 10 || r.Low != low || r.High != high):
				t.Errorf("%+v", r)
			case r.Centre.ID == p.B && (r.Estimated || r.Share != 0 || r.All() != 10):
				t.Errorf("ten people, and yet %+v", r)
			}
		}
		if got.Rows[0].Centre.Name > got.Rows[1].Centre.Name {
			t.Error("not by name")
		}
	})
}

// Who may not see figures sees none.
func TestLook_denied(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		if _, err := outcome.New(p.Store).Look(p.Ctx, p.As("yati"), outcome.Span{From: today, To: today}); err == nil {
			t.Error("a carer saw the outcome")
		}
	})
}
