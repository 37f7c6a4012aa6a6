package standards

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

var lookOpen = store.NewAct("self-assessment.see-public", who.Anyone)

// Result is what the province verified of an institution by a standard: met, in percent of what could be met.
type Result struct {
	On                  clock.Day // verified
	Standard            string    // key of the standard
	Percent             float64
	Met, Partly, Missed int // criteria

	said map[string]string // answers by criterion
}

// Better are the criteria that are answered better than in an earlier result, both times assessed.
func (r Result) Better(than Result) map[string]bool {
	all := map[string]bool{}
	for key, now := range r.said {
		if before := rank[than.said[key]]; before > 0 && rank[now] > before {
			all[key] = true
		}
	}
	return all
}

// resultKey names a verified assessment as it stands: it never changes under its version.
type resultKey struct{ self, version id.ID }

// Shown gives what everybody may know of an institution by its standard: the last verified result, and the first one by the
// same standard where there are two; zero ones where there are none. It is one statement, and as long as these results have
// not been reckoned since the program started, one more for their answers and one for each edition of the standard.
func (d *Desk) Shown(ctx context.Context, c centre.Centre) (first, last Result, err error) {
	err = d.store.Read(ctx, who.Visitor(c.ID), lookOpen, func(tx *store.Tx) error {
		all, err := selvesAt(tx, c.ID, 0, 60)
		if err != nil {
			return err
		}
		var from, to Self
		for _, a := range all { // the newest first
			switch {
			case a.State != Verified:
			case to.ID == 0:
				to = a
			case a.Key == to.Key:
				from = a
			}
		}
		if err := d.reckon(tx, c, from, to); err != nil {
			return err
		}
		first, last = d.resultOf(from), d.resultOf(to)
		return nil
	})
	return first, last, err
}

func (d *Desk) resultOf(a Self) Result {
	kept, _ := d.results.Load(resultKey{a.ID, id.ID(a.Version)})
	r, _ := kept.(Result)
	return r
}

// reckon makes the results of two verified assessments that were not yet made. Each is made once: it is kept as it is under
// its version.
func (d *Desk) reckon(tx *store.Tx, c centre.Centre, from, to Self) error {
	if to.ID == 0 || d.resultOf(to).On != "" && (from.ID == 0 || d.resultOf(from).On != "") {
		return nil
	}
	said, err := saidIn(tx, from.ID, to.ID)
	if err != nil {
		return err
	}
	standards := map[id.ID]Standard{}
	for _, a := range []Self{from, to} {
		if a.ID == 0 {
			continue
		}
		s, known := standards[a.standard]
		if !known {
			if s, err = d.standardOf(tx, a.standard); err != nil {
				return err
			}
			standards[a.standard] = s
		}
		d.results.Store(resultKey{a.ID, id.ID(a.Version)}, resultFrom(a, s.For(c.Kinds), said[a.ID]))
	}
	return nil
}

func resultFrom(a Self, criteria []Criterion, cells map[string]Cell) Result {
	r := Result{On: a.VerifiedOn, Standard: a.Key, said: map[string]string{}}
	for _, c := range criteria {
		says := cells[c.Key].Says()
		r.said[c.Key] = says
		switch says {
		case Yes:
			r.Met++
		case Partly:
			r.Partly++
		case No:
			r.Missed++
		}
	}
	if score := ScoreOf(criteria, r.said); score.Known() {
		r.Percent = score.Percent()
	}
	return r
}
