package store

import (
	"database/sql"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	_ "modernc.org/sqlite"
)

// The proof by an engine: with the marks of a table false, a statement that passed must read as if that
// table were empty, and must leave it as it was. Random changes of the honest and the wrong shapes look
// for one that passes and breaks this.

const engineSchema = `
	create table cases (id integer primary key, centre_id integer, person_id integer, stage text, opened_on text, closed_on text, version integer);
	create table persons (id integer primary key, called text, restricted boolean);
	create table stays (id integer primary key, case_id integer, person_id integer);
	create table services (id integer primary key, case_id integer, centre_id integer, code text, unique (case_id, code));
	create table person_centre (person_id integer, centre_id integer, primary key (person_id, centre_id));
	create table centres (id integer primary key, name text);
	create table news (id integer primary key, title text);
	create table name_token (id integer primary key, n integer);
	create table outbox (id integer primary key);
	insert into news values (1, 'a'), (2, 'b'), (7, 'a');
	insert into name_token values (1, 1), (2, 5);`

const engineRows = `
	insert into cases values (1, 1, 1, 'a', '2026-01-01', null, 1), (2, 2, 2, 'b', '2026-02-01', null, 1), (3, 1, 2, 'a', null, null, 2);
	insert into persons values (1, 'Melati', false), (2, 'Kenanga', true);
	insert into stays values (1, 1, 1), (2, 2, 2);
	insert into services values (1, 1, 1, 'a'), (2, 2, 2, 'b');
	insert into person_centre values (1, 1), (2, 2);
	insert into centres values (1, 'Satu'), (2, 'Dua');`

var engineScoped = []string{"cases", "persons", "stays", "services", "person_centre", "centres"}

func newEngine(t testing.TB) *sql.DB {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(engineSchema + engineRows); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// outcome is what a statement gave, and what the scoped tables held before and after.
type outcome struct {
	rows          []string
	before, after string
	err           error
}

// run gives the outcome with some tables hidden: by their marks, or by being empty.
func run(db *sql.DB, text string, c checked, hidden []string, empty bool) (o outcome) {
	tx, err := db.Begin()
	if err != nil {
		return outcome{err: err}
	}
	defer tx.Rollback()
	if empty {
		for _, table := range hidden {
			if _, err := tx.Exec("delete from " + table); err != nil {
				return outcome{err: err}
			}
		}
	}
	slices.SortFunc(c.Marks, func(a, b mark) int { return b.At - a.At })
	for _, m := range c.Marks {
		text = text[:m.At] + fmt.Sprint(empty || !slices.Contains(hidden, m.Table)) + text[m.End:]
	}
	text = strings.ReplaceAll(text, "{parts}", "")
	args := make([]any, strings.Count(text, "?"))
	for i := range args {
		args[i] = 1
	}
	if len(c.Writes) == 0 {
		o.rows, o.err = listing(tx, text, args...)
		return o
	}
	o.before = held(tx, hidden)
	o.rows, o.err = listing(tx, text, args...)
	o.after = held(tx, hidden)
	return o
}

func held(tx *sql.Tx, tables []string) (all string) {
	for _, table := range tables {
		rows, _ := listing(tx, "select * from "+table)
		all += table + fmt.Sprint(rows)
	}
	return all
}

func listing(tx *sql.Tx, text string, args ...any) ([]string, error) {
	rows, err := tx.Query(text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	columns, _ := rows.Columns()
	for rows.Next() {
		one := make([]any, len(columns))
		for i := range one {
			one[i] = new(any)
		}
		if err := rows.Scan(one...); err != nil {
			return nil, err
		}
		line := ""
		for _, v := range one {
			line += fmt.Sprint(*v.(*any), "|")
		}
		all = append(all, line)
	}
	slices.Sort(all)
	return all, rows.Err()
}

// holds tries a statement that passed; it tells whether the engine understood it at all.
func holds(t *testing.T, db *sql.DB, text string, c checked) bool {
	understood := hides(t, db, text, c, engineScoped)
	for _, table := range engineScoped {
		if slices.Contains(c.Reads, table) || slices.Contains(c.Writes, table) && !strings.Contains(text, "insert") {
			hides(t, db, text, c, []string{table})
		}
	}
	return understood
}

func hides(t *testing.T, db *sql.DB, text string, c checked, tables []string) bool {
	byMark, byEmpty := run(db, text, c, tables, false), run(db, text, c, tables, true)
	if byMark.before != byMark.after && (len(tables) > 1 || !strings.Contains(text, "insert")) {
		t.Errorf("changes what is not visible:\n%s\n%s\n%s", text, byMark.before, byMark.after)
	}
	if byMark.err == nil && byEmpty.err == nil && !slices.Equal(byMark.rows, byEmpty.rows) {
		t.Errorf("reads what is not visible in %s:\n%s\n%v\n%v", tables, text, byMark.rows, byEmpty.rows)
	}
	return byMark.err == nil && byEmpty.err == nil || byMark.err != nil && strings.Contains(byMark.err.Error(), "constraint")
}

func TestCheck_marksDecideInTheEngine(t *testing.T) {
	t.Parallel()
	db := newEngine(t)
	for name, text := range goodShapes {
		if c, err := checkStatement(text, testTables, false); err == nil && !holds(t, db, text, c) {
			t.Errorf("%s: the engine does not take it: %v", name, run(db, text, c, engineScoped, false).err)
		}
	}
}

func TestCheck_noChangedShapeSlipsThrough(t *testing.T) {
	t.Parallel()
	db := newEngine(t)
	const changedShapes = 6000
	random := rand.New(rand.NewPCG(1, 2))
	pool := slices.Sorted(maps.Values(goodShapes))
	pool = append(pool, slices.Sorted(maps.Values(badShapes))...)
	passed, ran := 0, 0
	for range changedShapes {
		text := changed(random, pool)
		c, err := checkStatement(text, testTables, false)
		if err != nil {
			continue
		}
		passed++
		if holds(t, db, text, c) {
			ran++
		}
	}
	if ran < 30 {
		t.Errorf("only %d of %d passed shapes ran: the proof proves little", ran, passed)
	}
}

// changed takes one shape and, a few times, drops, doubles, swaps or replaces a word of it.
func changed(random *rand.Rand, pool []string) string {
	pieces := func() []string {
		text := pool[random.IntN(len(pool))]
		return strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ", ",", " , ", "{see ", "{see_", "=", " = ").Replace(text))
	}
	words := pieces()
	for range 1 + random.IntN(4) {
		if len(words) < 3 {
			break
		}
		at, other := random.IntN(len(words)), random.IntN(len(words))
		switch random.IntN(5) {
		case 0:
			words = slices.Delete(words, at, at+1)
		case 1:
			words = slices.Insert(words, at, words[other])
		case 2:
			words[at], words[other] = words[other], words[at]
		case 3:
			donor := pieces()
			from := random.IntN(len(donor) + 1)
			to := min(len(donor), from+1+random.IntN(8))
			words = slices.Insert(words, at, donor[from:to]...)
		case 4:
			donor := pieces()
			if len(donor) > 0 {
				words[at] = donor[random.IntN(len(donor))]
			}
		}
	}
	return strings.ReplaceAll(strings.Join(words, " "), "{see_", "{see ")
}
