package store_test

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/casework"
	"tuntas/office/monitoring"
	"tuntas/office/person"
	"tuntas/office/residence"
	"tuntas/try/province"
)

const today = province.Today

var (
	testWrite = store.NewAct("test.write", who.WorkCase)
	testRead  = store.NewAct("test.read", who.SeeCase)
)

// beside opens the database past the store: by hand, as nobody should.
func number(t *testing.T, db *sql.DB, text string) (n int64) {
	t.Helper()
	province.Must(t, db.QueryRow(text).Scan(&n))
	return n
}

func entry(p *province.Province) store.Entry {
	return store.Entry{Kind: "test", ID: id.New(), Centre: p.A, Say: fail.Say("Uji %d.", 1), What: map[string]int{"a": 1}}
}

// A write is whole or nothing: rows, record, figures and messages. Without a line of the record, or without
// the right, nothing is written, and the refusal is kept.
func TestWrite_wholeOrNothing(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		db := p.Beside()
		state := func() string {
			return fmt.Sprint(number(t, db, `select count(*) from audit`), number(t, db, `select count(*) from deltas`), number(t, db, `select count(*) from outbox`),
				number(t, db, `select coalesce(max(seq), 0) from audit_heads`))
		}
		before := state()
		broken := errors.New("broken")
		for name, fn := range map[string]func(*store.Tx) error{
			"an error at the end": func(tx *store.Tx) error {
				tx.Record(entry(p))
				tx.Count("test", p.A, today, "x", 1)
				tx.Tell("test", 1)
				return broken
			},
			"nothing recorded": func(tx *store.Tx) error { tx.Count("test", p.A, today, "x", 1); return nil },
		} {
			if err := p.Store.Write(p.Ctx, p.As("ratna"), testWrite, fn); err == nil {
				t.Errorf("%s was committed", name)
			}
			if state() != before {
				t.Errorf("%s left a trace: %s, before %s", name, state(), before)
			}
		}
		ran := false
		err := p.Store.Write(p.Ctx, p.As("bima"), testWrite, func(*store.Tx) error { ran = true; return nil })
		if !errors.Is(err, fail.Denied) || ran || state() != before {
			t.Errorf("without the right: %v, ran %v", err, ran)
		}
		if n := number(t, db, `select count(*) from refusals where act = 'test.write'`); n != 1 {
			t.Errorf("%d refusals kept", n)
		}
		province.Must(t, p.Store.Write(p.Ctx, p.As("ratna"), testWrite, func(tx *store.Tx) error {
			tx.Record(entry(p))
			tx.Count("test", p.A, today, "x", 1)
			tx.Tell("test", 1)
			return nil
		}))
		if state() == before {
			t.Error("a good write left nothing")
		}
	})
}

// The record is a chain for each centre: a line that was changed, taken out, put in or cut off at the end by
// hand is found and named.
func TestChain_findsTampering(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		db := p.Beside()
		for range 5 {
			province.Must(t, p.Store.Write(p.Ctx, p.As("ratna"), testWrite, func(tx *store.Tx) error { tx.Record(entry(p)); tx.Record(entry(p)); return nil }))
		}
		check := func() (int64, string) {
			n, wrong, err := p.Store.VerifyChain(p.Ctx)
			province.Must(t, err)
			return n, strings.Join(wrong, "; ")
		}
		all, wrong := check()
		if wrong != "" || all != number(t, db, `select count(*) from audit`) {
			t.Fatalf("%d lines, %s", all, wrong)
		}
		chain := fmt.Sprint(int64(p.A))
		last := number(t, db, `select max(seq) from audit where chain = `+chain)
		target := fmt.Sprint(last - 3)
		where := ` where chain = ` + chain + ` and seq = ` + target
		for _, column := range []string{"actor_name", "act", "note", "payload", "hash", "prev_hash", "subject_kind"} {
			var kept string
			province.Must(t, db.QueryRow(`select `+column+` from audit`+where).Scan(&kept))
			execute(t, db, `update audit set `+column+` = 'palsu'`+where)
			if _, wrong := check(); !strings.Contains(wrong, "entry "+target) && !strings.Contains(wrong, fmt.Sprint("entry ", last-2)) {
				t.Errorf("%s was changed: %q", column, wrong)
			}
			execute(t, db, `update audit set `+column+` = '`+strings.ReplaceAll(kept, `'`, `''`)+`'`+where)
		}
		for _, column := range []string{"at", "actor", "subject_id"} {
			execute(t, db, `update audit set `+column+` = `+column+` + 1`+where)
			if _, wrong := check(); !strings.Contains(wrong, "entry "+target) {
				t.Errorf("%s was changed: %q", column, wrong)
			}
			execute(t, db, `update audit set `+column+` = `+column+` - 1`+where)
		}
		if _, wrong := check(); wrong != "" {
			t.Fatalf("put back, and still %s", wrong)
		}
		execute(t, db, `delete from audit where chain = `+chain+` and seq = `+fmt.Sprint(last))
		if _, wrong := check(); !strings.Contains(wrong, "its head says") {
			t.Errorf("cut off at the end: %q", wrong)
		}
		execute(t, db, `delete from audit`+where)
		if _, wrong := check(); !strings.Contains(wrong, fmt.Sprintf("entry %d follows %d", last-2, last-4)) {
			t.Errorf("taken out of the middle: %q", wrong)
		}
	})
}

func execute(t *testing.T, db *sql.DB, text string) {
	t.Helper()
	if _, err := db.Exec(text); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

// Every look at a person leaves a row: who, by which deed, whom; whatever page or list it was. The house
// itself leaves none, nor does who was refused.
func TestLedger_everyLook(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		db := p.Beside()
		her := p.Enter("ratna", province.Called("Mbah Karto", person.Birth{}))
		c, err := p.Cases.Open(p.Ctx, p.As("ratna"), casework.Opening{Person: her.ID, Centre: p.A, Kind: "lansia_telantar", OpenedOn: today, Emergency: true})
		province.Must(t, err)
		s, err := p.Cases.House(p.Ctx, p.As("ratna"), c.ID, casework.NewStay{Bed: p.Beds(p.A)[0].ID, From: today, State: residence.Open})
		province.Must(t, err)
		given, err := p.Cases.Give(p.Ctx, p.As("ratna"), c.ID, casework.Given{Item: "lansia-a", On: today})
		province.Must(t, err)
		opened, _ := monitoring.Find("opened")
		looks := map[string]func(by who.Asker) error{
			"person.look": func(by who.Asker) error { _, err := p.Persons.Look(p.Ctx, by, her.ID); return err },
			"history":     func(by who.Asker) error { _, err := p.Persons.Changes(p.Ctx, by, her.ID); return err },
			"consents":    func(by who.Asker) error { _, _, err := p.Persons.ConsentsOf(p.Ctx, by, her.ID); return err },
			"search": func(by who.Asker) error {
				_, _, err := p.Persons.Search(p.Ctx, by, person.Query{Q: "karto"})
				return err
			},
			"newest":          func(by who.Asker) error { _, _, err := p.Persons.Search(p.Ctx, by, person.Query{}); return err },
			"case.look":       func(by who.Asker) error { _, err := p.Cases.Look(p.Ctx, by, c.ID); return err },
			"history of case": func(by who.Asker) error { _, _, _, err := p.Cases.WithHistory(p.Ctx, by, c.ID, true); return err },
			"for a new case":  func(by who.Asker) error { _, err := p.Cases.PersonFor(p.Ctx, by, her.ID); return err },
			"one service":     func(by who.Asker) error { _, err := p.Cases.Service(p.Ctx, by, given.ID); return err },
			"case.list":       func(by who.Asker) error { _, _, err := p.Cases.List(p.Ctx, by, casework.Filter{}); return err },
			"services":        func(by who.Asker) error { _, _, err := p.Cases.Services(p.Ctx, by, c.ID, 0, 5); return err },
			"free beds":       func(by who.Asker) error { _, _, err := p.Cases.FreeBeds(p.Ctx, by, c.ID); return err },
			"stay":            func(by who.Asker) error { _, err := p.Stays.Look(p.Ctx, by, s.ID); return err },
			"behind a figure": func(by who.Asker) error {
				_, err := p.Figures.Records(p.Ctx, by, opened, monitoring.Span{From: today, To: today}, "", nil, store.Place{}, 5)
				return err
			},
		}
		rows := func() int64 {
			province.Must(t, p.Store.FlushLedger(p.Ctx))
			return number(t, db, fmt.Sprintf(`select count(*) from disclosures d join disclosure_persons s on s.disclosure_id = d.id
				where s.person_id = %d and d.user_name = 'Ratna' and d.act <> '' and d.user_id is not null`, int64(her.ID)))
		}
		ratna := p.As("ratna")
		for name, look := range looks {
			before := rows()
			if err := look(ratna); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if now := rows(); now != before+1 {
				t.Errorf("%s left %d rows", name, now-before)
			}
		}
		everything := func() int64 {
			province.Must(t, p.Store.FlushLedger(p.Ctx))
			return number(t, db, `select count(*) from disclosure_persons`)
		}
		before := everything()
		for name, look := range looks {
			province.Must(t, look(p.House))
			if err := look(p.As("bima")); !errors.Is(err, fail.Denied) {
				t.Errorf("the administrator, %s: %v", name, err)
			}
		}
		if now := everything(); now != before {
			t.Errorf("the house and the refused left %d rows", now-before)
		}
	})
}

// A deed under a key is done once: the same key and body is the first answer, another body a clash.
func TestKey_once(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		by, ran := p.As("ratna"), 0
		by.Key, by.Print = "kunci-1", "isi-1"
		write := func(by who.Asker) error {
			return p.Store.Write(p.Ctx, by, testWrite, func(tx *store.Tx) error { ran++; tx.Record(entry(p)); tx.Count("once", p.A, today, "x", 1); return nil })
		}
		province.Must(t, write(by))
		var again *store.Replayed
		if err := write(by); !errors.As(err, &again) || again.Kind != "test" {
			t.Errorf("the same again: %v", err)
		}
		by.Print = "isi-2"
		var clash *fail.Collision
		if err := write(by); !errors.As(err, &clash) || clash.Name != "key-reused" {
			t.Errorf("another body: %v", err)
		}
		other := p.As("joko")
		other.Key = by.Key
		if _, err := p.Store.Replay(p.Ctx, other.User, by.Key, "isi-1"); err != nil {
			t.Errorf("the key of somebody else: %v", err)
		}
		province.Must(t, p.Store.Read(p.Ctx, p.As("ratna"), testRead, func(tx *store.Tx) error {
			figures, err := store.Flow(tx, "once", today, today, 0)
			if len(figures) != 1 || figures[0].N != 1 {
				t.Errorf("counted %v", figures)
			}
			return err
		}))
	})
}
