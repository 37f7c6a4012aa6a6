package store

import (
	"context"
	"fmt"
	"regexp"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

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

// FactSet is the statement of a measure's facts, in the forms that are needed: all of them for a recount, listed, those of
// one person, and those that nobody may see in a list.
type FactSet struct {
	all, flow, open, ended, endedLong *Stmt
	of, hidden                        *Stmt // of one person, of all restricted persons: nil where facts are not about persons
	byValue                           bool
}

// ByValue says that the index of the facts' ends has the value of the dimension before the day: values are listed one by one.
func (f *FactSet) ByValue() *FactSet {
	f.byValue = true
	return f
}

// Facts declares the facts of a measure: a select with the columns id, centre_id, from_on, to_on, dim,
// person_id, case_id, restricted and called (the name in a list). A restricted person is counted, and
// listed nowhere.
//
// A list goes from the newest fact to the oldest, so that an index by day gives its pages in their order, however long the
// history. What is there on a day is looked for in two parts: what has no end, and what ended after that day; the second among
// the ends, or, where more ended since than a list should pass by, back from the day. A day beside an empty text is the same
// day, by which no index goes: it keeps the planner from the other way.
func Facts(text literal) *FactSet {
	const cols = `select f.id, f.centre_id, f.from_on, f.to_on, f.dim, f.person_id, f.case_id, f.called from (`
	const flow = `) f where f.from_on >= ? and f.from_on <= ?`
	const open = `) f where f.to_on is null and f.from_on <= ?`
	const ended = `) f where f.to_on > ? and f.from_on || '' <= ?`
	const long = `) f where f.to_on || '' > ? and f.from_on <= ?`
	const page = ` and not (f.from_on = ? and f.id >= ?) and not f.restricted {parts} order by `
	const newest = `f.from_on desc, f.id desc limit ?`
	const among = `f.from_on || '' desc, f.id desc limit ?`
	const fact = `select f.centre_id, f.from_on, f.to_on, f.dim from (`
	facts := &FactSet{
		all:       SQL(fact + withoutPerson(text) + `) f`),
		flow:      SQL(cols + text + flow + page + newest),
		open:      SQL(cols + text + open + page + `f.to_on desc, ` + newest),
		ended:     SQL(cols + text + ended + page + among),
		endedLong: SQL(cols + text + long + page + newest),
	}
	if strings.Contains(string(text), "p.restricted") {
		facts.of = SQL(fact + text + `) f where f.person_id = ?`)
		facts.hidden = SQL(fact + text + `) f where f.restricted`)
	}
	return facts
}

var (
	personJoin = regexp.MustCompile(`\s+join persons p on p\.id = \w+\.person_id`)
	personCols = strings.NewReplacer(`p.restricted as restricted`, `false as restricted`, `p.called as called`, `'' as called`, ` and {see p}`, ``)
)

// withoutPerson leaves the person out of facts that are only counted. Who is behind a fact matters in lists; the house
// counts everybody, every fact has its person by foreign key, and to look a million of them up is most of a recount.
// Facts that use more of the person than name and restriction stay as they are.
func withoutPerson(text literal) literal {
	bare := personCols.Replace(personJoin.ReplaceAllString(string(text), ""))
	if strings.Contains(bare, "p.") {
		return text
	}
	return literal(bare)
}

// Drift is a difference between a kept figure and its recount.
type Drift struct {
	Measure string
	Centre  id.ID
	Bucket  string // a day, a month or a year
	Dim     string
	Kept    int64
	Counted int64

	grain string
}

func (d Drift) String() string {
	return fmt.Sprintf("%s, centre %s, %s, %q: kept %d, counted %d", d.Measure, d.Centre, d.Bucket, d.Dim, d.Kept, d.Counted)
}

// Recount counts every measure anew from its facts, and its restricted persons, and reports where the kept figures differ.
// With repair it puts them right.
func (s *Store) Recount(ctx context.Context, measures []Measure, repair bool) ([]Drift, error) {
	measures = withHidden(measures)
	found := make([][]Drift, len(measures))
	workers, ctx := errgroup.WithContext(ctx)
	workers.SetLimit(max(1, min(runtime.GOMAXPROCS(0), 4)))
	var done atomic.Int64
	for i, m := range measures {
		workers.Go(func() (err error) {
			if found[i], err = s.recount(ctx, m, repair); err != nil {
				return fmt.Errorf("recount %s: %w", m.Key, err)
			}
			Tell(ctx, done.Add(1), int64(len(measures)))
			return nil
		})
	}
	err := workers.Wait()
	return slices.Concat(found...), err
}

func (s *Store) recount(ctx context.Context, m Measure, repair bool) (drifts []Drift, err error) {
	count := func(tx *Tx) (err error) {
		drifts, err = drift(tx, m)
		return err
	}
	err = s.Read(ctx, who.House("recount"), replay, count)
	if err == nil && repair && len(drifts) > 0 {
		err = s.internal(ctx, func(tx *Tx) error {
			if err := count(tx); err != nil { // again, with nobody writing in between
				return err
			}
			return putRight(tx, drifts)
		})
	}
	return drifts, err
}

var putTally = house(`insert into tallies (measure, grain, centre_id, bucket, dim, n) values (?, ?, ?, ?, ?, ?)
	on conflict (measure, grain, bucket, centre_id, dim) do update set n = tallies.n + excluded.n`)

func putRight(tx *Tx, drifts []Drift) error {
	for _, d := range drifts {
		if _, err := Exec(tx, putTally, d.Measure, d.grain, int64(d.Centre), d.Bucket, d.Dim, d.Counted-d.Kept); err != nil {
			return err
		}
	}
	return nil
}

// drift compares what is kept of a measure with its facts. They are read once, in whatever order they lie in, and added up
// here: SQLite would sort millions of them to add them up, once by the day they began and once by the day they ended.
func drift(tx *Tx, m Measure) (all []Drift, err error) {
	days := map[deltaKey]int64{}
	err = Stream(tx, m.Facts.all, scanFact, func(f fact) error {
		m.counts(f, func(day clock.Day, n int64) { days[deltaKey{m.Key, f.centre, day, f.dim}] += n })
		return nil
	})
	if err != nil {
		return nil, err
	}
	kept, err := keptOf(tx, m.Key)
	if err != nil {
		return nil, err
	}
	for _, g := range grains {
		counted := map[deltaKey]int64{}
		for k, n := range days {
			counted[g.of(k)] += n
		}
		all = append(all, differ(g, kept[g.key], counted)...)
	}
	return all, nil
}

// fact is one counted thing, from the day it began to the day it ended.
type fact struct {
	centre   id.ID
	from, to clock.Day
	dim      string
}

func scanFact(r Row) (f fact, err error) {
	err = r.Scan(&f.centre, &f.from, &f.to, &f.dim)
	return f, err
}

// counts tells what a fact counts, on which days.
func (m Measure) counts(f fact, count func(day clock.Day, n int64)) {
	count(f.from, 1)
	if m.Kind == StockKind && f.to != "" {
		count(f.to, -1)
	}
}

func differ(g grain, kept, counted map[deltaKey]int64) []Drift {
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
			all = append(all, Drift{k.measure, k.centre, string(k.day), k.dim, kept[k], counted[k], g.key})
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].String() < all[j].String() })
	return all
}
