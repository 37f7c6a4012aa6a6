package monitoring

import (
	"cmp"
	"context"
	"slices"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
)

// Charts is what the figures of a span look like: how far the cases came that were opened in it, and for what reason people
// left, month by month up to its end.
type Charts struct {
	Span    Span
	Reached []Reached
	Reasons []string // of exits, the most frequent first; OtherReasons gathers what a chart cannot tell apart
	Exits   []Exits
	Centres []centre.Centre
}

// Reached is how many cases came as far as a stage.
type Reached struct {
	Stage law.Stage
	N     int64
}

// Exits are those who left in a month, by reason in the order of Charts.Reasons.
type Exits struct {
	Month string
	Span  Span
	N     []int64
}

// OtherReasons gathers the reasons of which there are fewest.
const OtherReasons = "other_reasons"

// Charts reads the charts of a span: three statements over tallies.
func (d *Desk) Charts(ctx context.Context, by who.Asker, s Span, most int) (c Charts, err error) {
	err = d.store.Read(ctx, by, seeFigures, func(tx *store.Tx) error {
		c = Charts{Span: s}
		reached, err := store.Total(tx, "case.reached", s.From, s.To, s.Centre)
		if err != nil {
			return err
		}
		for _, stage := range law.Stages.On(s.To) {
			one := Reached{Stage: stage}
			for _, f := range reached {
				if f.Dim == stage.Key {
					one.N += f.N
				}
			}
			c.Reached = append(c.Reached, one)
		}
		left, err := store.Monthly(tx, "case.terminated", firstMonth(s, courseMonths).Month(), s.To.Month(), s.Centre)
		if err != nil {
			return err
		}
		c.exits(left, most)
		c.Centres, err = centre.Serving(tx)
		return err
	})
	return c, err
}

// exits sets those who left out by month, the reasons of which there are fewest together.
func (c *Charts) exits(left []store.Month, most int) {
	total := map[string]int64{}
	for _, m := range left {
		total[m.Dim] += m.N
	}
	for _, reason := range law.Standard.On(c.Span.To).ExitReasons {
		if total[reason.Key] > 0 {
			c.Reasons = append(c.Reasons, reason.Key)
		}
	}
	slices.SortStableFunc(c.Reasons, func(x, y string) int { return cmp.Compare(total[y], total[x]) })
	if len(c.Reasons) > most {
		c.Reasons = append(c.Reasons[:most-1:most-1], OtherReasons)
	}
	at := map[string]int{}
	for n := range courseMonths {
		month := firstMonth(c.Span, courseMonths).AddMonths(n).Month()
		span, _ := monthSpan(month)
		span.Centre = c.Span.Centre
		at[month] = n
		c.Exits = append(c.Exits, Exits{month, span, make([]int64, len(c.Reasons))})
	}
	for _, m := range left {
		place := slices.Index(c.Reasons, m.Dim)
		if place < 0 {
			place = len(c.Reasons) - 1
		}
		if n, ok := at[m.Month]; ok && place >= 0 {
			c.Exits[n].N[place] += m.N
		}
	}
}

// Courses is a figure month by month at every institution, for charts that are compared with each other.
type Courses struct {
	Indicator
	Span    Span
	Target  *Target // of the province
	Lines   []Line
	Course  map[id.ID][]Value
	Centres []centre.Centre
}

// Courses reads a figure with its course at every institution, the worst first.
func (d *Desk) Courses(ctx context.Context, by who.Asker, key string, s Span) (c Courses, err error) {
	err = d.store.Read(ctx, by, seeFigures, func(tx *store.Tx) error {
		b := Board{Span: s}
		if b.Indicator, b.Own, err = d.named(tx, key, s.To); err != nil {
			return err
		}
		w, err := d.Sweep(tx)
		if err != nil {
			return err
		}
		b.Centres = w.Centres
		if b.Targets, err = store.Each(tx, targetsOf, scanTarget, key); err != nil {
			return err
		}
		now, err := w.Of(b.Indicator, s)
		if err != nil {
			return err
		}
		b.line(now, nil)
		c = Courses{Indicator: b.Indicator, Span: s, Lines: b.Lines, Centres: b.Centres}
		if t, ok := targetOf(b.Targets, 0, yearOf(s.To)); ok {
			c.Target = &t
		}
		c.Course, err = w.Course(b.Indicator, MonthsTo(s.To.Month(), courseMonths))
		return err
	})
	return c, err
}
