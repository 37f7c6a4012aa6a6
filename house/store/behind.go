package store

import (
	"cmp"
	"slices"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
)

var (
	factCentre = NewPart(`and f.centre_id = ?`)
	factDims   = []*Part{NewPart(`and f.dim = ?`), NewPart(`and f.dim in (?, ?, ?, ?, ?, ?, ?, ?)`),
		NewPart(`and f.dim in (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)}
)

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
// is the day. Centre 0 is all; no Dims are all. After is the last fact of the page before.
type Behind struct {
	From, To clock.Day
	Centre   id.ID
	Dims     []string
	After    Place
	Limit    int
}

// longAgo is so many days before today that more ended since than a list should pass by.
const longAgo = 366

// Records gives one page of the facts that the asker may see, the newest first.
func Records(tx *Tx, m Measure, b Behind) (all []Record, err error) {
	cut := b.After
	if cut == (Place{}) {
		cut = Place{"9999-12-31", id.Last}
	}
	newest := string(min(b.To, cut.On))
	page := func(dims []string, st *Stmt, days ...any) error {
		more, err := Each(tx, b.narrow(st, dims), scanRecord, append(days, string(cut.On), int64(cut.ID), b.Limit)...)
		all = append(all, more...)
		return err
	}
	ended := m.Facts.ended
	if b.To.Add(longAgo) < tx.Today() {
		ended = m.Facts.endedLong
	}
	err = tx.byValues(func() error {
		for _, dims := range b.asked(m) {
			if m.Kind == FlowKind {
				if err := page(dims, m.Facts.flow, string(b.From), newest); err != nil {
					return err
				}
				continue
			}
			if err := page(dims, m.Facts.open, newest); err != nil {
				return err
			}
			if err := page(dims, ended, string(b.To), newest); err != nil {
				return err
			}
		}
		return nil
	})
	SortRecords(all)
	return all[:min(len(all), b.Limit)], err
}

// Whole are the values of a dimension that are asked for where all of these are wanted: none, unless they are listed one by one.
func Whole(m Measure, dims []string) []string {
	if m.Facts.byValue {
		return dims
	}
	return nil
}

// narrow puts the conditions of a list to a statement: values of the dimension in one of a few lengths, the last repeated.
func (b Behind) narrow(st *Stmt, dims []string) *Query {
	q := st.With(b.Centre != 0, factCentre, int64(b.Centre))
	if len(dims) == 0 {
		return q
	}
	for n, most := range []int{1, 8, mostDims} {
		if len(dims) > most {
			continue
		}
		return q.With(true, factDims[n], padded(dims, most)...)
	}
	panic("more values than a statement takes")
}

// mostDims are so many values of a dimension as one statement takes.
const mostDims = 32

// asked are the values of the dimension that are asked for together.
func (b Behind) asked(m Measure) [][]string {
	switch {
	case len(b.Dims) == 0:
		return [][]string{nil}
	case m.Facts.byValue:
		return slices.Collect(slices.Chunk(b.Dims, 1))
	}
	return slices.Collect(slices.Chunk(b.Dims, mostDims))
}

// Place is where a page of records ends: its last fact, in a list from the newest to the oldest. The zero Place is before
// the first.
type Place struct {
	On clock.Day
	ID id.ID
}

// Place is where a page ends with this record.
func (f Record) Place() Place { return Place{f.FromOn, f.ID} }

// Query is the place as a request carries it; "" for none.
func (p Place) Query() string {
	if p == (Place{}) {
		return ""
	}
	return p.ID.String() + "-" + string(p.On)
}

// PlaceOf reads a place that Query wrote: fail.Invalid at "after" for anything else.
func PlaceOf(query string) (p Place, err error) {
	if query == "" {
		return p, nil
	}
	name, on, _ := strings.Cut(query, "-")
	of, ok := id.Parse(name)
	day, err := clock.ParseDay(on)
	if !ok || err != nil {
		return p, fail.WrongCursor
	}
	return Place{day, of}, nil
}

// SortRecords orders facts of several lists as one list: from the newest to the oldest.
func SortRecords(all []Record) {
	slices.SortStableFunc(all, func(x, y Record) int {
		return cmp.Or(cmp.Compare(y.FromOn, x.FromOn), cmp.Compare(y.ID, x.ID))
	})
}
