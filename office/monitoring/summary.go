package monitoring

import (
	"context"

	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

// Summed is one figure in the list of all: now, a year ago, and what it shall be.
type Summed struct {
	Indicator
	Value, Before Value
	Target        *Target
}

// Summary is all figures of a span at a glance.
type Summary struct {
	Span    Span
	All     []Summed
	Drafts  []Own // for who keeps figures
	Centres []centre.Centre
}

// Summary reads every figure: a number of statements that grows with the measures, never with what they count.
func (d *Desk) Summary(ctx context.Context, by who.Asker, s Span) (m Summary, err error) {
	err = d.store.Read(ctx, by, seeFigures, func(tx *store.Tx) error {
		m = Summary{Span: s}
		all, err := d.every(tx, s.To)
		if err != nil {
			return err
		}
		targets, err := store.Each(tx, targetsFor, scanTarget, yearOf(s.To), int64(s.Centre))
		if err != nil {
			return err
		}
		past := Span{yearBefore(s.From), yearBefore(s.To), s.Centre}
		now, before := read{}, read{}
		for span, into := range map[Span]read{s: now, past: before} {
			if err := d.totalsAhead(tx, all, span, into); err != nil {
				return err
			}
		}
		for _, i := range all {
			one := Summed{Indicator: i}
			if one.Value, err = d.of(tx, i, s, now); err != nil {
				return err
			}
			if one.Before, err = d.of(tx, i, past, before); err != nil {
				return err
			}
			for _, t := range targets {
				if t.Indicator == i.Key {
					one.Target = &t
				}
			}
			m.All = append(m.All, one)
		}
		if by.May(who.KeepFigures) {
			mine, err := owns(tx)
			if err != nil {
				return err
			}
			for _, o := range mine {
				if o.State != Live {
					m.Drafts = append(m.Drafts, o)
				}
			}
		}
		m.Centres, err = centre.Serving(tx)
		return err
	})
	return m, err
}
