package store

import (
	"context"
	"fmt"
	"sort"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/who"
)

// Kind of a measure. A Flow is counted once, on the day it happened. A Stock is there from a day until
// another: counted +1 on the first and -1 on the second.
type Kind int

// The kinds of measures.
const (
	FlowKind Kind = iota
	StockKind
)

// Measure is one figure, declared as data by the desk that owns the facts. The tally, its recount and
// the list behind a figure all come from this declaration.
type Measure struct {
	Key   string
	Kind  Kind
	About string // "persons" when each fact is about a person
	Facts *FactSet
}

// FactSet is the statement of a measure's facts, in the three forms that are needed.
type FactSet struct{ recount, flow, stock, countFlow, countStock *Stmt }

var (
	factCentre = NewPart(`and f.centre_id = ?`)
	factDim    = NewPart(`and f.dim = ?`)
)

// Facts declares the facts of a measure: a select with the columns id, centre_id, from_on, to_on, dim,
// person_id, case_id, restricted and called (the name in a list). A restricted person is counted, and
// listed nowhere.
func Facts(text literal) *FactSet {
	const cols = `select f.id, f.centre_id, f.from_on, f.to_on, f.dim, f.person_id, f.case_id, f.called from (`
	const flow = `) f where f.from_on >= ? and f.from_on <= ? and not f.restricted`
	const stock = `) f where f.from_on <= ? and (f.to_on is null or f.to_on > ?) and not f.restricted`
	const page = ` and f.id > ? {parts} order by f.id limit ?`
	return &FactSet{
		recount:    SQL(cols + text + `) f`),
		flow:       SQL(cols + text + flow + page),
		stock:      SQL(cols + text + stock + page),
		countFlow:  SQL(`select count(*) from (` + text + flow + ` {parts}`),
		countStock: SQL(`select count(*) from (` + text + stock + ` {parts}`),
	}
}

// Record is one fact behind a figure.
type Record struct {
	ID           id.ID
	Centre       id.ID
	FromOn, ToOn clock.Day
	Dim          string
	Person, Case id.ID
	Called       string // what a list shows of the person
}

func scanRecord(r Row) (f Record, err error) {
	err = r.Scan(&f.ID, &f.Centre, &f.FromOn, &f.ToOn, &f.Dim, &f.Person, &f.Case, &f.Called)
	return f, err
}

// Behind asks for the list behind a figure. For a flow, From and To are inclusive days; for a stock, To
// is the day. Centre 0 is all; Dim "" is all.
type Behind struct {
	From, To clock.Day
	Centre   id.ID
	Dim      string
	After    id.ID
	Limit    int
}

// Records gives one page of the facts that the asker may see, in the order of their ids.
func Records(tx *Tx, m Measure, b Behind) ([]Record, error) {
	st, args := m.Facts.flow, []any{string(b.From), string(b.To)}
	if m.Kind == StockKind {
		st, args = m.Facts.stock, []any{string(b.To), string(b.To)}
	}
	return Each(tx, b.narrow(st), scanRecord, append(args, int64(b.After), b.Limit)...)
}

// Visible counts the facts that the asker may see; the figure minus this is what is withheld.
func Visible(tx *Tx, m Measure, b Behind) (int64, error) {
	if m.Kind == StockKind {
		return One(tx, b.narrow(m.Facts.countStock), Int, string(b.To), string(b.To))
	}
	return One(tx, b.narrow(m.Facts.countFlow), Int, string(b.From), string(b.To))
}

func (b Behind) narrow(st *Stmt) *Query {
	return st.With(b.Centre != 0, factCentre, int64(b.Centre)).With(b.Dim != "", factDim, b.Dim)
}

// Drift is a difference between a kept figure and its recount.
type Drift struct {
	Measure string
	Centre  id.ID
	Bucket  string // a day, or a month
	Dim     string
	Kept    int64
	Counted int64
}

func (d Drift) String() string {
	return fmt.Sprintf("%s, centre %s, %s, %q: kept %d, counted %d", d.Measure, d.Centre, d.Bucket, d.Dim, d.Kept, d.Counted)
}

// Recount counts every measure anew from its facts and reports where the kept figures differ. With
// repair it puts them right.
func (s *Store) Recount(ctx context.Context, measures []Measure, repair bool) ([]Drift, error) {
	var all []Drift
	for i, m := range measures {
		Tell(ctx, int64(i), int64(len(measures)))
		var drifts []Drift
		count := func(tx *Tx) (err error) {
			drifts, err = drift(tx, m)
			return err
		}
		err := s.Read(ctx, who.House("recount"), replay, count)
		if err == nil && repair && len(drifts) > 0 {
			err = s.internal(ctx, func(tx *Tx) error {
				if err := count(tx); err != nil { // again, with nobody writing in between
					return err
				}
				return putRight(tx, drifts)
			})
		}
		if err != nil {
			return nil, fmt.Errorf("recount %s: %w", m.Key, err)
		}
		all = append(all, drifts...)
	}
	return all, nil
}

var putTally = house(`insert into tallies (measure, grain, centre_id, bucket, dim, n) values (?, ?, ?, ?, ?, ?)
	on conflict (measure, grain, centre_id, bucket, dim) do update set n = tallies.n + excluded.n`)

func putRight(tx *Tx, drifts []Drift) error {
	for _, d := range drifts {
		grain := "d"
		if len(d.Bucket) == 7 {
			grain = "m"
		}
		if _, err := Exec(tx, putTally, d.Measure, grain, int64(d.Centre), d.Bucket, d.Dim, d.Counted-d.Kept); err != nil {
			return err
		}
	}
	return nil
}

func drift(tx *Tx, m Measure) ([]Drift, error) {
	counted := map[deltaKey]int64{}
	byMonth := map[deltaKey]int64{}
	add := func(centre id.ID, day clock.Day, dim string, n int64) {
		counted[deltaKey{m.Key, centre, day, dim}] += n
		byMonth[deltaKey{m.Key, centre, clock.Day(day.Month()), dim}] += n
	}
	err := Stream(tx, m.Facts.recount, scanRecord, func(f Record) error {
		add(f.Centre, f.FromOn, f.Dim, 1)
		if m.Kind == StockKind && f.ToOn != "" {
			add(f.Centre, f.ToOn, f.Dim, -1)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	days, months, err := keptOf(tx, m.Key)
	if err != nil {
		return nil, err
	}
	return append(differ(days, counted), differ(months, byMonth)...), nil
}

func differ(kept, counted map[deltaKey]int64) []Drift {
	keys := map[deltaKey]bool{}
	for k := range kept {
		keys[k] = true
	}
	for k := range counted {
		keys[k] = true
	}
	var all []Drift
	for k := range keys {
		if kept[k] != counted[k] {
			all = append(all, Drift{k.measure, k.centre, string(k.day), k.dim, kept[k], counted[k]})
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].String() < all[j].String() })
	return all
}
