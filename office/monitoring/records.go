package monitoring

import (
	"context"
	"maps"
	"slices"

	"tuntas/house/fail"
	"tuntas/house/store"
	"tuntas/house/who"
)

// Behind is one page of the list behind a figure.
type Behind struct {
	Items    []store.Record
	Next     store.Place
	Figure   int64
	Withheld int64 // those the asker may not see, restricted persons among them
}

// Records gives the list behind one side of an indicator, or behind some values of its dimension: items over all pages +
// withheld = the figure.
func (d *Desk) Records(ctx context.Context, by who.Asker, i Indicator, s Span, part string, only []string, after store.Place, limit int) (b Behind, err error) {
	formula := i.Numerator
	if part == "denominator" {
		formula = i.Denominator
	}
	if formula == "" {
		return b, fail.Bad("part", "no-list", "Sisi ini bukan daftar orang.")
	}
	side, err := ReadSide(formula, d.measures)
	if err != nil {
		return b, err
	}
	err = d.store.Read(ctx, by, seeRecords, func(tx *store.Tx) error {
		if !side.Listed() { // places, people of the province, sums of several weights: they are no records
			b.Figure, err = d.sum(tx, side, s, nil, func(string, int64) {})
			b.Withheld = b.Figure
			return err
		}
		for _, t := range side.Terms {
			if err := d.behind(tx, t, s, only, after, limit, &b); err != nil {
				return err
			}
		}
		b.cut(limit)
		for _, r := range b.Items {
			if r.Person != 0 {
				tx.Saw(r.Person)
			}
		}
		return nil
	})
	return b, err
}

// behind adds the facts of one term that the asker may see, and how many are withheld.
func (d *Desk) behind(tx *store.Tx, t Term, s Span, only []string, after store.Place, limit int, b *Behind) error {
	m, by := d.measures[t.Measure], tx.By()
	figs, err := d.figures(tx, Part{Measure: t.Measure}, s, nil)
	if err != nil {
		return err
	}
	dims := map[string]bool{}
	var n int64
	for _, f := range figs {
		if t.has(f.Dim) && (len(only) == 0 || slices.Contains(only, f.Dim)) {
			n += f.N
			dims[f.Dim] = true
		}
	}
	hidden, err := store.Hidden(tx, m, s.From, s.To)
	if err != nil {
		return err
	}
	b.Figure += n
	b.Withheld += n - withinReach(by, s, dims, figs) + withinReach(by, s, dims, hidden)
	if len(dims) == 0 {
		return nil
	}
	values := slices.Sorted(maps.Keys(dims))
	if len(only) == 0 && t.All == 1 && len(t.Dims) == 0 {
		values = store.Whole(m, values)
	}
	items, err := store.Records(tx, m, store.Behind{From: s.From, To: s.To, Centre: s.Centre, Dims: values, After: after, Limit: limit + 1})
	// What is counted of the office and of no institution is withheld from whoever sees institutions alone, as its count is.
	b.Items = append(b.Items, slices.DeleteFunc(items, func(r store.Record) bool { return !by.Scope.Has(r.Centre) })...)
	return err
}

// cut orders what several lists gave, the newest first, and keeps one page; facts of one day and one id stay together,
// because the next page begins after a place.
func (b *Behind) cut(limit int) {
	store.SortRecords(b.Items)
	n := limit
	for n < len(b.Items) && b.Items[n].Place() == b.Items[n-1].Place() {
		n++
	}
	if len(b.Items) > n {
		b.Items = b.Items[:n]
		b.Next = b.Items[n-1].Place()
	}
}

// withinReach adds up what lies at the asker's own centres.
func withinReach(by who.Asker, s Span, dims map[string]bool, figs []store.Figure) (n int64) {
	for _, f := range figs {
		if dims[f.Dim] && by.Scope.Has(f.Centre) && (s.Centre == 0 || s.Centre == f.Centre) {
			n += f.N
		}
	}
	return n
}
