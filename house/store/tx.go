package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/who"
)

// Act is a deed: a name for the record, and the right it asks for.
type Act struct {
	Name   string
	Right  who.Right
	system bool // may name system tables
	leaves Leaving
	upkeep bool // may commit without an entry of the record
}

// Leaving is the way by which a deed takes data out of the house; "" where they stay on the screen.
type Leaving string

// The ways out, as the ledger keeps them.
const (
	ByExport Leaving = "export" // a list of many
	ByPrint  Leaving = "print"  // a paper that is handed over
	ByFile   Leaving = "file"   // a picture or a document that was laid into a file
	ByLink   Leaving = "link"   // the inbox of an agency that has no account
)

var acts []Act

// NewAct declares a deed. Call it for package variables only.
func NewAct(name string, right who.Right) Act { return declare(Act{Name: name, Right: right}) }

// NewSystemAct declares a deed that may use statements made with System.
func NewSystemAct(name string, right who.Right) Act {
	return declare(Act{Name: name, Right: right, system: true})
}

// NewDisclosure declares a deed by which data leave the house: as a list, on paper or as a file, whichever door was asked.
// Its disclosures stand in the ledger before the answer leaves.
func NewDisclosure(name string, right who.Right, way Leaving) Act {
	return declare(Act{Name: name, Right: right, leaves: way})
}

// NewUpkeep declares a deed that may commit without an entry of the record, because what it keeps is no fact yet: the
// line that somebody is typing. Right and scope hold as in every write. house/acts_test.go names all of them.
func NewUpkeep(name string, right who.Right) Act {
	return declare(Act{Name: name, Right: right, upkeep: true})
}

func declare(a Act) Act {
	acts = append(acts, a)
	return a
}

// Acts lists all deeds of the program.
func Acts() []Act { return acts }

type runner interface {
	QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error)
}

// Tx is one transaction on behalf of one asker.
type Tx struct {
	ctx     context.Context
	store   *Store
	by      who.Asker
	act     Act
	run     runner
	conn    *sql.Conn // set in a write: bulk loads need the engine's own connection
	write   bool
	now     time.Time
	entries []Entry
	deltas  map[deltaKey]int64
	moves   map[id.ID][]move // what of them is about persons
	turned  map[id.ID]bool   // who became restricted, or free
	tells   []tell
	saw     []id.ID
	leaves  bool // something is printed: it stands in the ledger even when it shows nobody
	queries int
}

// By is the asker.
func (tx *Tx) By() who.Asker { return tx.by }

// Now is the moment of the transaction.
func (tx *Tx) Now() time.Time { return tx.now }

// Latest is the moment by which what ends has ended: Store.Latest.
func (tx *Tx) Latest() time.Time { return tx.store.latestOf(tx.now) }

// Today is the office's day of the transaction.
func (tx *Tx) Today() clock.Day { return clock.DayOf(tx.now) }

// Ctx is the request's context.
func (tx *Tx) Ctx() context.Context { return tx.ctx }

// Row is one row of an answer.
type Row interface{ Scan(into ...any) error }

func (tx *Tx) rows(a Asked, args []any) (*sql.Rows, *Query, error) {
	q := a.query()
	if q.stmt.system && !q.stmt.inHouse && !tx.act.system && !tx.by.System {
		return nil, q, fmt.Errorf("%s: a system statement under the act %s", q.stmt.where, tx.act.Name)
	}
	text, all, err := tx.store.ready(q, tx.by, args)
	if err != nil {
		return nil, q, err
	}
	tx.queries++
	counted(tx.ctx)
	rows, err := tx.run.QueryContext(tx.ctx, text, all...)
	if err != nil {
		return nil, q, fmt.Errorf("%s: %w", q.stmt.where, busy(err))
	}
	return rows, q, nil
}

// Each gives all rows.
func Each[T any](tx *Tx, a Asked, scan func(Row) (T, error), args ...any) ([]T, error) {
	var all []T
	err := Stream(tx, a, scan, func(v T) error {
		all = append(all, v)
		return nil
	}, args...)
	return all, err
}

// Stream hands on one row after the other: for exports of any size.
func Stream[T any](tx *Tx, a Asked, scan func(Row) (T, error), each func(T) error, args ...any) error {
	rows, q, err := tx.rows(a, args)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return fmt.Errorf("%s: %w", q.stmt.where, err)
		}
		if err = each(v); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("%s: %w", q.stmt.where, busy(err))
	}
	return nil
}

// Counted gives a number and the first rows that stand behind it: two statements over the same condition.
func Counted[T any](tx *Tx, count, first Asked, scan func(Row) (T, error), args ...any) (n int64, rows []T, err error) {
	if n, err = One(tx, count, Int, args...); err != nil {
		return 0, nil, err
	}
	rows, err = Each(tx, first, scan, args...)
	return n, rows, err
}

// Stretch is which rows of a list are asked for: so many, after so many.
type Stretch struct{ From, Limit int64 }

// CountedPart is Counted for a list that takes a limit and an offset as its last arguments.
func CountedPart[T any](tx *Tx, count, part Asked, scan func(Row) (T, error), s Stretch, args ...any) (n int64, rows []T, err error) {
	if n, err = One(tx, count, Int, args...); err != nil {
		return 0, nil, err
	}
	rows, err = Each(tx, part, scan, append(args[:len(args):len(args)], s.Limit, s.From)...)
	return n, rows, err
}

var errEnough = errors.New("enough")

// One gives the first row, or fail.NotFound: not there and not yours are the same answer.
func One[T any](tx *Tx, a Asked, scan func(Row) (T, error), args ...any) (T, error) {
	var one T
	found := false
	err := Stream(tx, a, scan, func(v T) error {
		one, found = v, true
		return errEnough
	}, args...)
	if err != nil && !errors.Is(err, errEnough) {
		return one, err
	}
	if !found {
		return one, fail.NotFound
	}
	return one, nil
}

// Change writes a record under its version, which is the last of the arguments, and counts the version up; fail.Stale
// when somebody was faster.
func Change(tx *Tx, version *int64, a Asked, args ...any) error {
	n, err := Exec(tx, a, args...)
	if err == nil && n == 0 {
		return fail.Stale
	}
	*version++
	return err
}

// Exec changes rows and tells how many.
func Exec(tx *Tx, a Asked, args ...any) (int64, error) {
	q := a.query()
	if !tx.write {
		return 0, fmt.Errorf("%s: a change inside a read", q.stmt.where)
	}
	if q.stmt.system && !q.stmt.inHouse && !tx.act.system && !tx.by.System {
		return 0, fmt.Errorf("%s: a system statement under the act %s", q.stmt.where, tx.act.Name)
	}
	text, all, err := tx.store.ready(q, tx.by, args)
	if err != nil {
		return 0, err
	}
	tx.queries++
	counted(tx.ctx)
	res, err := tx.run.ExecContext(tx.ctx, text, all...)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", q.stmt.where, busy(err))
	}
	n, err := res.RowsAffected()
	if err != nil {
		return 0, fmt.Errorf("%s: %w", q.stmt.where, err)
	}
	return n, nil
}

// Int scans a single number.
func Int(r Row) (n int64, err error) {
	err = r.Scan(&n)
	return n, err
}

// Text scans a single text.
func Text(r Row) (s string, err error) {
	err = r.Scan(&s)
	return s, err
}

// IDs scans a single id.
func IDs(r Row) (i id.ID, err error) {
	err = r.Scan(&i)
	return i, err
}

type countKey struct{}

// Counting makes a context whose statements are counted: pages have a budget of them.
func Counting(ctx context.Context) (context.Context, *int) {
	n := new(int)
	return context.WithValue(ctx, countKey{}, n), n
}

func counted(ctx context.Context) {
	if n, ok := ctx.Value(countKey{}).(*int); ok {
		*n++
	}
}
