package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/who"
)

// A restricted person stands in every figure and in no list. How many of them stand behind a figure is a figure of its own,
// kept beside the first: whatever is counted of a person is counted once more when she is restricted, and all that was ever
// counted of her is when she becomes so. The list behind a figure then says how many it withholds, however many there are.

// hiddenKey is the measure that counts the restricted persons of another.
func hiddenKey(measure string) string { return "~" + measure }

var (
	personal   []Measure // the measures whose facts are about persons
	restricted *Stmt
)

// Measures declares the measures of a desk. Call it for package variables only.
func Measures(all []Measure) []Measure {
	for _, m := range all {
		if m.Facts.of != nil {
			personal = append(personal, m)
		}
	}
	return all
}

// Restricts declares the statement that says of eight persons whether they are restricted, and holds the answer: nobody changes
// it until this write is done. Call it for a package variable only.
func Restricts(st *Stmt) *Stmt {
	restricted, st.holds = st, true
	return st
}

// eightPersons is how many the statement of Restricts takes.
const eightPersons = 8

// move is what a write did to a figure about one person.
type move struct {
	deltaKey
	n int64
}

// CountOf is Count for a fact about a person.
func (tx *Tx) CountOf(person id.ID, measure string, centre id.ID, day clock.Day, dim string, n int64) {
	tx.Count(measure, centre, day, dim, n)
	if tx.store.uncounted {
		return
	}
	if tx.moves == nil {
		tx.moves = map[id.ID][]move{}
	}
	tx.moves[person] = append(tx.moves[person], move{deltaKey{hiddenKey(measure), centre, day, dim}, n})
}

// Restricted says that this write made a person restricted, or made her free.
func (tx *Tx) Restricted(person id.ID, now bool) {
	if tx.turned == nil {
		tx.turned = map[id.ID]bool{}
	}
	tx.turned[person] = now
}

// countHidden counts what this write moved of restricted persons. Whoever became restricted brings along all that is counted
// of her by now; whoever is no longer takes along what was counted of her before.
func (tx *Tx) countHidden() error {
	house := *tx
	house.by = who.House("figures")
	for person, now := range tx.turned {
		if err := tx.turn(&house, person, now); err != nil {
			return err
		}
		if now {
			delete(tx.moves, person)
		}
	}
	if restricted == nil {
		return nil
	}
	for some := range slices.Chunk(slices.Sorted(maps.Keys(tx.moves)), eightPersons) {
		err := Stream(&house, restricted, scanTurned, func(p turned) error {
			if _, freed := tx.turned[p.person]; p.restricted || freed {
				for _, m := range tx.moves[p.person] {
					tx.Count(m.measure, m.centre, m.day, m.dim, m.n)
				}
			}
			return nil
		}, padded(some, eightPersons)...)
		if err != nil {
			return err
		}
	}
	return nil
}

type turned struct {
	person     id.ID
	restricted bool
}

func scanTurned(r Row) (t turned, err error) {
	err = r.Scan(&t.person, &t.restricted)
	return t, err
}

func (tx *Tx) turn(house *Tx, person id.ID, now bool) error {
	sign := int64(1)
	if !now {
		sign = -1
	}
	for _, m := range personal {
		facts, err := Each(house, m.Facts.of, scanFact, person)
		if err != nil {
			return err
		}
		for _, f := range facts {
			m.counts(f, func(day clock.Day, n int64) { tx.Count(hiddenKey(m.Key), f.centre, day, f.dim, sign*n) })
		}
	}
	return nil
}

// withHidden adds to measures those that count their restricted persons.
func withHidden(all []Measure) []Measure {
	out := slices.Clone(all)
	for _, m := range all {
		if m.Facts.of != nil {
			out = append(out, Measure{Key: hiddenKey(m.Key), Kind: m.Kind, Facts: &FactSet{all: m.Facts.hidden}})
		}
	}
	return out
}

// Hidden counts the facts about restricted persons, by centre and dimension, wherever they are: those that a list of the days
// from and to, of a stock on the day to, withholds from everybody.
func Hidden(tx *Tx, m Measure, from, to clock.Day) ([]Figure, error) {
	if m.Facts.of == nil {
		return nil, nil
	}
	if m.Kind == StockKind {
		from = firstDay
	}
	return Flow(tx, hiddenKey(m.Key), from, to, 0)
}

// countOnce is the line among the leases that says that hidden figures are still to be counted: a change of the schema leaves
// it, because it knows no measures.
var countOnce = house(`delete from leases where name = 'hidden-figures'`)

// countAllHidden counts the figures of restricted persons of a database that kept none. Of several instances one counts, the
// others wait for it.
func (s *Store) countAllHidden(ctx context.Context) error {
	return s.internal(ctx, func(tx *Tx) error {
		n, err := Exec(tx, countOnce)
		if err != nil || n == 0 {
			return err
		}
		for _, m := range withHidden(personal)[len(personal):] {
			drifts, err := drift(tx, m)
			if err != nil {
				return fmt.Errorf("count %s: %w", m.Key, err)
			}
			if err := putRight(tx, drifts); err != nil {
				return err
			}
		}
		return nil
	})
}

// Withheld tells how many of what a statement counts a list of the asker does not show: those of restricted persons in
// the asker's reach, without those that the asker sees all the same. The statement counts restricted persons alone, who
// are few.
func Withheld(tx *Tx, count Asked, args ...any) (int64, error) {
	if tx.by.May(who.SeeRestricted) {
		return 0, nil
	}
	trusted := *tx
	trusted.by.Rights = maps.Clone(tx.by.Rights)
	trusted.by.Rights[who.SeeRestricted] = true
	all, err := One(&trusted, count, Int, args...)
	if err != nil || all == 0 {
		return 0, err
	}
	seen, err := One(tx, count, Int, args...)
	return all - seen, err
}
