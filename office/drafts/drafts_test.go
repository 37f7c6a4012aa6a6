package drafts_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/drafts"
	"tuntas/office/person"
	"tuntas/try/province"
)

var ownForm = drafts.Form{Key: "/persons", Name: "Orang baru", Page: "/persons/new"}

func one(name, value string) drafts.Typed {
	return drafts.Typed{Fields: []drafts.TypedField{{Name: name, Values: []string{value}}}}
}

// Many write in one draft at the same moment, some of them begin it: every field is there, and it began once.
func TestSave_atOnce(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, by := drafts.New(p.Store), p.As("ratna")
		var all sync.WaitGroup
		errs := make(chan error, 12)
		for i := range 12 {
			all.Go(func() {
				_, err := d.Save(p.Ctx, by, ownForm, one(fmt.Sprintf("names.%d.text", i), "x"))
				errs <- err
			})
		}
		all.Wait()
		close(errs)
		for err := range errs {
			province.Must(t, err)
		}
		mine, err := d.Mine(p.Ctx, by, id.Mark{}, 10)
		province.Must(t, err)
		if len(mine) != 1 || mine[0].N != 12 {
			t.Errorf("%d drafts, the first of %d fields", len(mine), mine[0].N)
		}
	})
}

// A draft that nobody touched for a month is cleared, or after as long as the office has set.
func TestClear(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, by := drafts.New(p.Store), p.As("ratna")
		left := func() int {
			mine, err := d.Mine(p.Ctx, by, id.Mark{}, 10)
			province.Must(t, err)
			return len(mine)
		}
		_, err := d.Save(p.Ctx, by, ownForm, one("names.0.text", "x"))
		province.Must(t, err)
		p.Clock.Pass(29 * 24 * time.Hour)
		province.Must(t, d.Clear(p.Ctx))
		if left() != 1 {
			t.Error("cleared after 29 days")
		}
		p.Clock.Pass(2 * 24 * time.Hour)
		province.Must(t, d.Clear(p.Ctx))
		if left() != 0 {
			t.Error("kept after 31 days")
		}
	})
}

// A discarded draft comes back within a week, but not over one that was begun meanwhile.
func TestRestore(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, by := drafts.New(p.Store), p.As("ratna")
		saved, err := d.Save(p.Ctx, by, ownForm, one("names.0.text", "x"))
		province.Must(t, err)
		_, err = d.Discard(p.Ctx, by, saved.ID, ownForm)
		province.Must(t, err)
		_, err = d.Save(p.Ctx, by, ownForm, one("names.0.text", "y"))
		province.Must(t, err)
		var clash *fail.Collision
		if _, err = d.Restore(p.Ctx, by, saved.ID, ownForm); !errors.As(err, &clash) {
			t.Errorf("over a new one: %v", err)
		}
		if _, err = d.Restore(p.Ctx, p.As("joko"), saved.ID, ownForm); !errors.Is(err, fail.NotFound) {
			t.Errorf("somebody else's: %v", err)
		}
		p.Clock.To(province.Today.Add(8))
		province.Must(t, d.Clear(p.Ctx))
		if _, err = d.Restore(p.Ctx, by, saved.ID, ownForm); !errors.Is(err, fail.NotFound) {
			t.Errorf("after a week: %v", err)
		}
	})
}

// Nobody begins drafts without end, and one that was sent or discarded makes room.
func TestSave_most(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, by := drafts.New(p.Store), p.As("ratna")
		form := func(n int) drafts.Form {
			return drafts.Form{Key: fmt.Sprintf("/persons?q=%d", n), Name: "Orang baru", Page: "/persons/new"}
		}
		first, err := d.Save(p.Ctx, by, form(0), one("names.0.text", "x"))
		province.Must(t, err)
		for n := 1; n < 200; n++ {
			_, err = d.Save(p.Ctx, by, form(n), one("names.0.text", "x"))
			province.Must(t, err)
		}
		var broken *fail.Rule
		if _, err = d.Save(p.Ctx, by, form(200), one("names.0.text", "x")); !errors.As(err, &broken) {
			t.Errorf("one too many: %v", err)
		}
		if _, err = d.Save(p.Ctx, by, form(7), one("names.0.text", "y")); err != nil {
			t.Errorf("one that was begun: %v", err)
		}
		_, err = d.Discard(p.Ctx, by, first.ID, form(0))
		province.Must(t, err)
		if _, err = d.Save(p.Ctx, by, form(200), one("names.0.text", "x")); err != nil {
			t.Errorf("after one was discarded: %v", err)
		}
	})
}

// The list goes on where it ended, also among drafts of one moment.
func TestMine_parts(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, by := drafts.New(p.Store), p.As("ratna")
		for n := range 7 {
			_, err := d.Save(p.Ctx, by, drafts.Form{Key: fmt.Sprintf("/persons?q=%d", n), Name: "Orang baru"}, one("names.0.text", "x"))
			province.Must(t, err)
			if n == 2 {
				p.Clock.Pass(time.Minute)
			}
		}
		found, after := map[string]int{}, id.Mark{}
		for range 4 {
			part, err := d.Mine(p.Ctx, by, after, 2)
			province.Must(t, err)
			for _, l := range part {
				found[l.Key]++
				after = id.Mark{At: l.At.UnixMilli(), ID: l.ID}
			}
		}
		for n := range 7 {
			if key := fmt.Sprintf("/persons?q=%d", n); found[key] != 1 {
				t.Errorf("%s is in the list %d times", key, found[key])
			}
		}
	})
}

var (
	clean   = store.NewAct("test.clean", who.SignedIn)
	removed = []*store.Stmt{
		store.SQL(`delete from person_names where person_id = ? and {see person_names}`),
		store.SQL(`delete from person_changes where person_id = ? and {see person_changes}`),
		store.SQL(`delete from person_centre where person_id = ? and {see person_centre}`),
		store.SQL(`delete from persons where id = ? and {see persons}`),
	}
)

// Whoever is removed takes the drafts about them along, also those that are their writer's alone.
func TestSave_goesWithThePerson(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, by := drafts.New(p.Store), p.As("ratna")
		karto := p.Enter("ratna", person.Entry{Names: []person.Name{{Text: "Mbah Karto"}}, Sex: "male"})
		for _, f := range []drafts.Form{
			{Key: "/persons/" + karto.ID.String() + "/edit", Name: "Data orang", Kind: "person", Of: karto.ID},
			{Key: "/cases?person=" + karto.ID.String(), Name: "Kasus baru", About: karto.ID},
		} {
			_, err := d.Save(p.Ctx, by, f, one("note", "x"))
			province.Must(t, err)
		}
		_, err := d.Save(p.Ctx, by, ownForm, one("names.0.text", "x"))
		province.Must(t, err)
		mine, err := d.Mine(p.Ctx, by, id.Mark{}, 10)
		province.Must(t, err)
		if len(mine) != 3 || mine[1].Called != "Mbah Karto" || mine[2].Called != "Mbah Karto" {
			t.Fatalf("%v", mine)
		}
		province.Must(t, p.Store.Write(p.Ctx, who.House("test"), clean, func(tx *store.Tx) error {
			for _, stmt := range removed {
				if _, err := store.Exec(tx, stmt, karto.ID); err != nil {
					return err
				}
			}
			tx.Record(store.Entry{Kind: "person", ID: karto.ID, Say: fail.Say("uji")})
			return nil
		}))
		if mine, err = d.Mine(p.Ctx, by, id.Mark{}, 10); err != nil || len(mine) != 1 {
			t.Errorf("%d drafts are left: %v", len(mine), err)
		}
	})
}

// Saving a field takes few statements, whatever the draft holds.
func TestSave_statements(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, by := drafts.New(p.Store), p.As("ratna")
		_, err := d.Save(p.Ctx, by, ownForm, one("names.0.text", "x"))
		province.Must(t, err)
		ctx, n := store.Counting(p.Ctx)
		_, err = d.Save(ctx, by, ownForm, one("names.1.text", "y"))
		province.Must(t, err)
		if *n != 2 {
			t.Errorf("%d statements", *n)
		}
	})
}
