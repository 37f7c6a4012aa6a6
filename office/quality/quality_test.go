package quality_test

import (
	"flag"
	"os"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/casework"
	"tuntas/office/coordination"
	"tuntas/office/monitoring"
	"tuntas/office/participation"
	"tuntas/office/person"
	"tuntas/office/potential"
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
	p.Figures = monitoring.New(p.Store, slices.Concat(province.Measures(), coordination.Measures, participation.Measures, potential.Measures))
	return quality.New(p.Store, p.Figures, p.Access, coordination.New(p.Store, true))
}

// life is a random life of two institutions, with what should not be.
type life struct {
	p     *province.Province
	d     *quality.Desk
	cases []casework.Case
	notes []casework.Note
	by    []who.Asker // of the notes
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

// Carry gives a case that the social worker sees to her; she sees it on when its person is restricted. Turn restricts a person or frees her.
func (l *life) Carry(t *rapid.T) {
	if c := l.some(t); c.Centre == l.p.A {
		worker := l.p.As("ratna").User
		_, _ = l.p.Cases.Change(l.p.Ctx, l.p.As("ratna"), c.ID, 0, casework.Change{Worker: &worker})
	}
}

func (l *life) Turn(t *rapid.T) {
	c, by := l.some(t), l.p.As("joko")
	if old, err := l.p.Persons.Look(l.p.Ctx, by, c.Person); err == nil {
		_, err = l.p.Persons.Change(l.p.Ctx, by, old.ID, old.Version, person.Entry{Names: old.Names, Restricted: rapid.Bool().Draw(t, "restricted"), Sex: old.Sex, HomeRegion: old.HomeRegion, Birth: old.Birth})
		if err != nil {
			t.Fatal(err)
		}
	}
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

// Note writes a note on a day past; Strike takes one back.
func (l *life) Note(t *rapid.T) {
	c := l.some(t)
	by := l.server(c)
	n, err := l.p.Cases.WriteNote(l.p.Ctx, by, c.ID, casework.NewNote{Kind: "progress", On: today.Add(-rapid.IntRange(0, 20).Draw(t, "days ago")), Text: "Uji."})
	if err == nil {
		l.notes, l.by = append(l.notes, n), append(l.by, by)
	}
}

func (l *life) Strike(t *rapid.T) {
	if len(l.notes) == 0 {
		return
	}
	n := rapid.IntRange(0, len(l.notes)-1).Draw(t, "note")
	_, _ = l.p.Cases.StrikeNote(l.p.Ctx, l.by[n], l.notes[n].ID, 0, casework.Strike{Reason: "Uji."})
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
					if _, err := l.d.Detail(l.p.Ctx, by, r.Key, at, store.Place{}, 5); err == nil {
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
	var after store.Place
	for {
		o, err := l.d.Detail(l.p.Ctx, by, key, at, after, limit)
		if err != nil {
			t.Fatal(err)
		}
		if len(o.Records) > limit || o.Withheld < 0 {
			t.Fatalf("%s: %d on a page of %d, %d withheld", key, len(o.Records), limit, o.Withheld)
		}
		n += int64(len(o.Records))
		if after = o.Next; after == (store.Place{}) {
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
			t.Repeat(map[string]func(*rapid.T){"open": l.Open, "stay": l.Stay, "serve": l.Serve, "note": l.Note, "strike": l.Strike, "carry": l.Carry, "turn": l.Turn, "end": l.End})
			l.agree(t)
			if wrong, err := p.Cases.Broken(p.Ctx); err != nil || len(wrong) > 0 {
				t.Fatalf("%v, %v", wrong, err)
			}
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
		given, err := p.Cases.Give(p.Ctx, p.As("ratna"), c.ID, casework.Given{Item: "lansia-a", On: today.Add(29)})
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
		note, err := p.Cases.WriteNote(p.Ctx, p.As("ratna"), c.ID, casework.NewNote{Kind: "progress", On: today.Add(29), Text: "Uji."})
		province.Must(t, err)
		_, err = p.Cases.Withdraw(p.Ctx, p.As("ratna"), given.ID, 0)
		province.Must(t, err)
		o, err = d.Overview(p.Ctx, by)
		province.Must(t, err)
		if got := o.Totals(); got["service-missing"].Bad != 0 {
			t.Errorf("a note takes the question away as a service does: %+v", got)
		}
		_, err = p.Cases.StrikeNote(p.Ctx, p.As("ratna"), note.ID, 0, casework.Strike{Reason: "Uji."})
		province.Must(t, err)
		o, err = d.Overview(p.Ctx, by)
		province.Must(t, err)
		if got := o.Totals()["service-missing"]; got.Bad != 1 {
			t.Errorf("the service was taken back: %+v", got)
		}
		_, err = d.Overview(p.Ctx, who.Public())
		refused(t, "the public", err, "denied")
	})
}
