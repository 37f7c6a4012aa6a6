package standards

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

var lookOpen = store.NewAct("self-assessment.see-public", who.Anyone)

// Result is what the province verified of an institution by a standard: met, in percent of what could be met.
type Result struct {
	On                  clock.Day // verified
	Standard            string    // key of the standard
	Percent             float64
	Met, Partly, Missed int // criteria
}

// resultKey names a verified assessment as it stands: it never changes under its version.
type resultKey struct{ self, version id.ID }

// Shown gives what everybody may know of an institution by its standard: the last verified result, and the first one by the
// same standard where there are two; zero ones where there are none.
func (d *Desk) Shown(ctx context.Context, at id.ID) (first, last Result, err error) {
	err = d.store.Read(ctx, who.Visitor(at), lookOpen, func(tx *store.Tx) error {
		all, err := selvesAt(tx, at, 0, 60)
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
		if last, err = d.resultOf(tx, to); err != nil {
			return err
		}
		first, err = d.resultOf(tx, from)
		return err
	})
	return first, last, err
}

// resultOf reckons a result once: a verified assessment is kept as it is.
func (d *Desk) resultOf(tx *store.Tx, a Self) (r Result, err error) {
	if a.ID == 0 {
		return r, nil
	}
	key := resultKey{a.ID, id.ID(a.Version)}
	if kept, ok := d.results.Load(key); ok {
		return kept.(Result), nil
	}
	s, err := d.sheetOf(tx, a.ID)
	if err != nil {
		return r, err
	}
	answers, err := answersOf(tx, a.ID)
	if err != nil {
		return r, err
	}
	criteria := s.standard.For(s.centre.Kinds)
	said := map[string]string{}
	r = Result{On: a.VerifiedOn, Standard: s.standard.Key}
	for _, c := range criteria {
		says := answers[c.Key].Cell().Says()
		said[c.Key] = says
		switch says {
		case Yes:
			r.Met++
		case Partly:
			r.Partly++
		case No:
			r.Missed++
		}
	}
	if score := ScoreOf(criteria, said); score.Known() {
		r.Percent = score.Percent()
	}
	d.results.Store(key, r)
	return r, nil
}
