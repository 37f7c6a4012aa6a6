package monitoring

import (
	"context"
	"errors"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

// Report is the monthly report of an institution: who was there, came and left, what was done, and by whom. No form of it
// was found in a regulation; the content is our design.
type Report struct {
	There            centre.Centre
	Month            string // 2026-11
	Parts            []Balance
	Closed           *Closed             // nil: the month is not closed, the report is provisional
	Reported         map[string]Reported // by indicator, what was said when it was closed
	Services         map[string]int64    // by item
	Staff, Certified map[string]int64    // by kind, on the last day
}

// Balance is the account by sex, whose whole is that of all parts.
func (r Report) Balance() Balance { return r.Parts[0] }

// Revised tells whether the account was corrected since it was reported.
func (r Report) Revised() bool {
	if r.Closed == nil {
		return false
	}
	b := r.Balance()
	for key, n := range map[string]int64{"arrivals": b.In, "departures": b.Out, "occupancy": b.Closing} {
		if f, ok := r.Reported[key]; ok && f.Numerator != n {
			return true
		}
	}
	return false
}

// ReportOf gives the report of a month of an institution of the asker's scope, until today where the month still runs.
func (d *Desk) ReportOf(ctx context.Context, by who.Asker, at id.ID, month string) (r Report, err error) {
	err = d.store.Read(ctx, by, seeFigures, func(tx *store.Tx) error {
		r = Report{Month: month, Reported: map[string]Reported{}, Staff: map[string]int64{}, Certified: map[string]int64{}}
		if r.There, err = centre.Own(tx, at); err != nil {
			return err
		}
		s, ok := monthSpan(month)
		if !ok || s.From > tx.Today() {
			return fail.NotFound
		}
		s.To = min(s.To, tx.Today())
		for _, split := range []string{bySex, byAge, byRegion} {
			b, err := d.monthIn(tx, at, s.To, split)
			if err != nil {
				return err
			}
			r.Parts = append(r.Parts, b)
		}
		for measure, into := range map[string]map[string]int64{"staff": r.Staff, "staff.certified": r.Certified} {
			figs, err := store.Stock(tx, measure, s.To, at)
			if err != nil {
				return err
			}
			for _, f := range figs {
				into[f.Dim] += f.N
			}
		}
		return r.closing(tx)
	})
	if err != nil {
		return r, err
	}
	b := r.Balance()
	r.Services, err = d.Served(ctx, at, b.From, b.To)
	return r, err
}

// closing reads who closed the month, and what was reported then.
func (r *Report) closing(tx *store.Tx) error {
	c, err := closingOf(tx, r.There.ID, r.Month)
	if errors.Is(err, fail.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	r.Closed = &c
	all, err := store.Each(tx, reportedOf, scanReported, r.There.ID, r.Month)
	for _, f := range all {
		if slices.Contains([]string{"occupancy", "arrivals", "departures"}, f.Indicator) {
			r.Reported[f.Indicator] = f
		}
	}
	return err
}

// noServices is for a desk without casework: it counts none.
func noServices(context.Context, id.ID, clock.Day, clock.Day) (map[string]int64, error) {
	return map[string]int64{}, nil
}
