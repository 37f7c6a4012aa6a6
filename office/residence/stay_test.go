package residence_test

import (
	"errors"
	"flag"
	"os"
	"strconv"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/person"
	"tuntas/office/residence"
	"tuntas/try"
	"tuntas/try/province"
)

func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("rapid.checks", strconv.Itoa(try.Times(12, 400))); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

const today = province.Today

var testStay = store.NewAct("test.stay", who.PlaceStay)

// do runs a deed of the desk in a transaction, as casework does.
func do(p *province.Province, deed func(*store.Tx) error) error {
	return p.Store.Write(p.Ctx, p.House, testStay, deed)
}

func place(p *province.Province, lodger, bed id.ID, from, to clock.Day, state string) (s residence.Stay, err error) {
	err = do(p, func(tx *store.Tx) (err error) {
		s, err = residence.Place(tx, residence.Placement{Bed: bed, Person: lodger, Case: id.New(), From: from, To: to, State: state})
		return err
	})
	return s, err
}

// refusal gives the name of a collision or rule, or the codes of wrong fields.
func refusal(err error) string {
	var c *fail.Collision
	var r *fail.Rule
	var f *fail.Invalid
	switch {
	case err == nil:
		return ""
	case errors.As(err, &c):
		return c.Name
	case errors.As(err, &r):
		return r.Name
	case errors.As(err, &f):
		return f.Fields[0].Name + " " + f.Fields[0].Code
	}
	return err.Error()
}

func lodger(p *province.Province, name string) id.ID {
	e := province.Called(name, person.Birth{})
	e.Sex = "female"
	return p.Enter("ratna", e).ID
}

// A bed holds one person at a time and a person lies in one bed: the database refuses the rest, whatever
// the order. The day of leaving is free for the next; what was cancelled holds nothing.
func TestPlace_overlap(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		tries := []struct {
			name     string
			from, to clock.Day
			refused  bool
		}{
			{"before", today.Add(-40), today.Add(-30), false},
			{"until the day", today.Add(-20), today.Add(-10), false},
			{"from the day", today.Add(10), "", false},
			{"over the beginning", today.Add(-15), today.Add(-9), true},
			{"within", today.Add(-5), today.Add(5), true},
			{"around", today.Add(-100), today.Add(100), true},
			{"over the end", today.Add(9), "", true},
			{"the same", today.Add(-10), today.Add(10), true},
		}
		province.Must(t, p.Stays.AddWard(p.Ctx, p.House, p.A, residence.NewWard{Name: "Uji", Rooms: 1, Beds: 16}))
		beds := p.Beds(p.A)
		for i, try := range tries {
			held, free := beds[2*i].ID, beds[2*i+1].ID
			one, other := lodger(p, "Orang "+try.name), lodger(p, "Lain "+try.name)
			_, err := place(p, one, held, today.Add(-10), today.Add(10), residence.Open)
			province.Must(t, err)
			wantBed, wantPerson := "", ""
			if try.refused {
				wantBed, wantPerson = "bed-taken", "person-placed"
			}
			if _, err := place(p, other, held, try.from, try.to, residence.Open); refusal(err) != wantBed {
				t.Errorf("%s, on the bed: %q", try.name, refusal(err))
			}
			if _, err := place(p, one, free, try.from, try.to, residence.Reserved); refusal(err) != wantPerson {
				t.Errorf("%s, of the person: %q", try.name, refusal(err))
			}
		}
		if wrong, err := p.Stays.Overlaps(p.Ctx); err != nil || len(wrong) > 0 {
			t.Errorf("%v %v", wrong, err)
		}
		p.Agree()
	})
}

// A reservation holds the bed, is begun, cancelled, or released when its hold has run out; the guard looks
// at changes too.
func TestReservation(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		bed := p.Beds(p.A)[0].ID
		karto, dewi := lodger(p, "Mbah Karto"), lodger(p, "Dewi")
		s, err := place(p, karto, bed, today.Add(3), "", residence.Reserved)
		province.Must(t, err)
		if _, err := place(p, dewi, bed, today, "", residence.Open); refusal(err) != "bed-taken" {
			t.Errorf("a reserved bed: %q", refusal(err))
		}
		early, err := place(p, dewi, bed, today, today.Add(3), residence.Open)
		province.Must(t, err)
		if err := do(p, func(tx *store.Tx) error { _, err := residence.Begin(tx, s, today.Add(1)); return err }); refusal(err) != "bed-taken" {
			t.Errorf("begun while another lies there: %q", refusal(err))
		}
		province.Must(t, do(p, func(tx *store.Tx) error { _, err := residence.End(tx, early, today); return err }))
		province.Must(t, do(p, func(tx *store.Tx) (err error) { s, err = residence.Begin(tx, s, today.Add(1)); return err }))
		if err := do(p, func(tx *store.Tx) error { _, err := residence.Begin(tx, s, today.Add(1)); return err }); refusal(err) != "not-reserved" {
			t.Errorf("begun twice: %q", refusal(err))
		}
		stale := s
		stale.Version--
		if err := do(p, func(tx *store.Tx) error { _, err := residence.End(tx, stale, today.Add(2)); return err }); !errors.Is(err, fail.Stale) {
			t.Errorf("an old version: %v", err)
		}
		p.Agree()
	})
}

func TestRelease(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		bed, karto := p.Beds(p.A)[0].ID, lodger(p, "Mbah Karto")
		var held residence.Stay
		province.Must(t, do(p, func(tx *store.Tx) (err error) {
			held, err = residence.Place(tx, residence.Placement{Bed: bed, Person: karto, Case: id.New(), From: today, State: residence.Reserved,
				HeldUntil: today.Add(3)})
			return err
		}))
		for _, step := range []struct {
			days int
			want string
		}{{3, residence.Reserved}, {4, residence.Cancelled}} {
			p.Clock.To(today.Add(step.days))
			province.Must(t, p.Stays.Release(p.Ctx))
			if got, err := p.Stays.Look(p.Ctx, p.As("ratna"), held.ID); err != nil || got.State != step.want {
				t.Errorf("after %d days: %s %v", step.days, got.State, err)
			}
		}
		if beds := p.Beds(p.A); beds[0].State() != "free" {
			t.Errorf("the bed is %s", beds[0].State())
		}
	})
}

// A change of bed is neither an arrival nor a departure; it stays in the centre and within the stay.
func TestMove(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		beds, others := p.Beds(p.A), p.Beds(p.B)
		s, err := place(p, lodger(p, "Mbah Karto"), beds[0].ID, today.Add(-10), "", residence.Open)
		province.Must(t, err)
		by := p.As("ratna")
		var told []id.ID
		p.Stays.Changed = func(_ *store.Tx, of id.ID) error { told = append(told, of); return nil }
		for want, ch := range map[string]residence.Change{
			"bed_id same":    {Bed: s.Bed, On: today},
			"bed_id unknown": {Bed: others[0].ID, On: today},
			"on order":       {Bed: beds[1].ID, On: today.Add(1)},
			"to required":    {},
			"to order":       {To: today.Add(1)},
		} {
			if _, err := p.Stays.Change(p.Ctx, by, s.ID, s.Version, ch); refusal(err) != want {
				t.Errorf("%+v: %q, want %q", ch, refusal(err), want)
			}
		}
		if _, err := p.Stays.Change(p.Ctx, p.As("sari"), s.ID, s.Version, residence.Change{Bed: others[0].ID}); !errors.Is(err, fail.NotFound) {
			t.Errorf("another centre: %v", err)
		}
		moved, err := p.Stays.Change(p.Ctx, by, s.ID, s.Version, residence.Change{Bed: beds[1].ID, On: today.Add(-4)})
		province.Must(t, err)
		if moved.Bed != beds[1].ID || moved.From != today.Add(-4) || moved.Arrived {
			t.Errorf("moved to %+v", moved)
		}
		_, err = p.Stays.Change(p.Ctx, by, moved.ID, moved.Version, residence.Change{To: today})
		province.Must(t, err)
		if _, err = p.Stays.Change(p.Ctx, by, moved.ID, moved.Version+1, residence.Change{To: today}); refusal(err) != "stay-over" {
			t.Errorf("ended twice: %q", refusal(err))
		}
		if len(told) != 2 || told[0] != s.Case || told[1] != s.Case {
			t.Errorf("the desk of cases was told of %v", told)
		}
		if in, out := sum(t, p, "stay.in", today.Add(-30), today), sum(t, p, "stay.out", today.Add(-30), today); in != 1 || out != 1 {
			t.Errorf("%d arrivals, %d departures", in, out)
		}
		p.Agree()
	})
}

// A reservation is not moved; a corrected sex is followed by the figures.
func TestStay_follows(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		beds := p.Beds(p.A)
		her := p.Enter("ratna", province.Called("Tanpa Nama 14", person.Birth{}))
		gone, err := place(p, her.ID, beds[0].ID, today.Add(-20), today.Add(-10), residence.Open)
		province.Must(t, err)
		province.Must(t, do(p, func(tx *store.Tx) error { _, err := residence.End(tx, gone, today.Add(-10)); return err }))
		_, err = place(p, her.ID, beds[0].ID, today.Add(-5), "", residence.Open)
		province.Must(t, err)
		later, err := place(p, lodger(p, "Dewi"), beds[1].ID, today.Add(2), "", residence.Reserved)
		province.Must(t, err)
		if _, err := p.Stays.Change(p.Ctx, p.As("ratna"), later.ID, later.Version, residence.Change{Bed: beds[2].ID, On: today.Add(2)}); err == nil {
			t.Error("a reservation was moved")
		}
		_, err = p.Persons.Change(p.Ctx, p.As("ratna"), her.ID, 1, person.Entry{Names: her.Names, Sex: "female"})
		province.Must(t, err)
		p.Agree() // until the message is delivered the figures stand under what was known
		for range 2 {
			province.Must(t, p.Stays.FollowPerson(p.Ctx, her.ID))
		}
		p.Agree()
		province.Must(t, p.Store.Read(p.Ctx, p.House, testStay, func(tx *store.Tx) error {
			figures, err := store.Stock(tx, "stay", today, p.A)
			for _, f := range figures {
				if f.Dim != "female" && f.N != 0 {
					t.Errorf("%d are still counted as %s", f.N, f.Dim)
				}
			}
			return err
		}))
	})
}

func sum(t *testing.T, p *province.Province, measure string, from, to clock.Day) (n int64) {
	t.Helper()
	province.Must(t, p.Store.Read(p.Ctx, p.House, testStay, func(tx *store.Tx) error {
		figures, err := store.Flow(tx, measure, from, to, p.A)
		for _, f := range figures {
			n += f.N
		}
		return err
	}))
	return n
}
