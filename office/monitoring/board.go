package monitoring

import (
	"cmp"
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

// Board is one figure as it is watched: now, a year ago, against its target, month by month and institution by institution.
type Board struct {
	Indicator
	Own           *Own // where the office made it
	Span          Span
	Value, Before Value // of the span, and of the same span a year earlier
	Target        *Target
	Targets       []Target
	Lines         []Line  // one for each institution; none where one was asked for
	Series        []Point // the months up to the end of the span
	There         centre.Centre
	Reported      []Reported      // where the span is one month: what was reported
	Open          []centre.Centre // and who has not closed it yet
	Centres       []centre.Centre
	Called        map[id.ID]string // workers or wards of the institution asked for, by a figure that is broken down by them
	every         []centre.Centre  // with those that serve no clients
}

// Line is the figure of one institution.
type Line struct {
	Centre        centre.Centre
	Value, Before Value
	Target        *Target
}

// Few tells whether a share rests on too few to be compared: it stands last, whatever it says.
func (l Line) Few() bool { return l.Value.Over && l.Value.Denominator < fewest }

// fewest is how many a share must rest on to be compared with another.
const fewest = 10

// Point is the figure of one month.
type Point struct {
	Month string
	Value
}

// courseMonths is how far the course of a figure goes back.
const courseMonths = 12

// Board reads one figure with everything that belongs to it: a fixed number of statements over tallies, all of one moment.
func (d *Desk) Board(ctx context.Context, by who.Asker, key, split string, s Span) (b Board, err error) {
	err = d.store.Read(ctx, by, seeFigures, func(tx *store.Tx) error {
		b = Board{Span: s}
		var ok bool
		if b.Indicator, b.Own, err = d.named(tx, key, s.To); err != nil {
			return err
		}
		if b.Indicator, ok = b.Split(split); !ok {
			return noSplit(b.Indicator)
		}
		if err := b.places(tx, s.Centre); err != nil {
			return err
		}
		if b.Targets, err = store.Each(tx, targetsOf, scanTarget, key); err != nil {
			return err
		}
		if t, ok := targetOf(b.Targets, s.Centre, yearOf(s.To)); ok {
			b.Target = &t
		}
		return d.fillBoard(tx, &b)
	})
	return b, err
}

func yearOf(day clock.Day) int64 { return int64(day.Time().Year()) }

// places reads the institutions, and which of them is asked for.
func (b *Board) places(tx *store.Tx, at id.ID) error {
	all, err := centre.All(tx)
	b.every = all
	for _, c := range all {
		if c.ClientService {
			b.Centres = append(b.Centres, c)
		}
		if c.ID == at {
			b.There = c
		}
	}
	return err
}

func (d *Desk) fillBoard(tx *store.Tx, b *Board) error {
	now, err := d.spread(tx, b.Indicator, b.Span, b.every)
	if err != nil {
		return err
	}
	past := b.Span
	past.From, past.To = yearBefore(past.From), yearBefore(past.To)
	before, err := d.spread(tx, b.Indicator, past, b.every)
	if err != nil {
		return err
	}
	if call := d.Calls[b.By]; call != nil && b.Span.Centre != 0 {
		if b.Called, err = call(tx, b.Span.Centre); err != nil {
			return err
		}
	}
	b.Value, b.Before = now[b.Span.Centre], before[b.Span.Centre]
	if b.Span.Centre == 0 {
		b.line(now, before)
	}
	if b.Series, err = d.course(tx, b.Indicator, b.Span, b.every); err != nil {
		return err
	}
	if s, ok := monthSpan(b.Span.To.Month()); ok && s.From == b.Span.From && s.To == b.Span.To {
		return b.report(tx)
	}
	return nil
}

func yearBefore(d clock.Day) clock.Day {
	if d == "" {
		return d
	}
	return d.AddMonths(-12)
}

// line sets the institutions out, the worst first; those that rest on too few stand last.
func (b *Board) line(now, before map[id.ID]Value) {
	for _, c := range b.Centres {
		l := Line{Centre: c, Value: now[c.ID], Before: before[c.ID]}
		if t, ok := targetOf(b.Targets, c.ID, yearOf(b.Span.To)); ok {
			l.Target = &t
		}
		b.Lines = append(b.Lines, l)
	}
	slices.SortStableFunc(b.Lines, func(x, y Line) int {
		xv, xok := x.Value.In(b.Indicator)
		yv, yok := y.Value.In(b.Indicator)
		if xlast, ylast := !xok || x.Few(), !yok || y.Few(); xlast != ylast {
			return flagged(xlast) - flagged(ylast)
		}
		if b.Direction == "up" {
			return cmp.Compare(xv, yv)
		}
		return cmp.Compare(yv, xv)
	})
}

func flagged(b bool) int {
	if b {
		return 1
	}
	return 0
}

// report reads what was reported for the month, and who has not closed it.
func (b *Board) report(tx *store.Tx) error {
	month := b.Span.To.Month()
	held, err := closings(tx, month, month)
	if err != nil || len(held) == 0 {
		return err
	}
	closed := map[id.ID]bool{}
	for _, c := range held {
		closed[c.Centre] = true
	}
	for _, c := range b.Centres {
		if !closed[c.ID] && (b.Span.Centre == 0 || b.Span.Centre == c.ID) {
			b.Open = append(b.Open, c)
		}
	}
	all, err := store.Each(tx, reportedFor, scanReported, b.Key, month)
	for _, f := range all {
		if b.Span.Centre == 0 || f.Centre == b.Span.Centre {
			b.Reported = append(b.Reported, f)
		}
	}
	return err
}

// Then adds up what was reported for the month.
func (b Board) Then() (v Value) {
	for _, f := range b.Reported {
		v.Numerator += f.Numerator
		v.Denominator += f.Denominator
		v.Over = f.Over
	}
	return v
}

// spread reckons a figure for every institution and (0) for all together, from one read of each measure. What is no count
// of an institution, as days and the people of the province, counts once for each of them and once for all.
func (d *Desk) spread(tx *store.Tx, i Indicator, s Span, centres []centre.Centre) (map[id.ID]Value, error) {
	return d.spreadOf(tx, i, s, centres, read{})
}

func (d *Desk) spreadOf(tx *store.Tx, i Indicator, s Span, centres []centre.Centre, before read) (map[id.ID]Value, error) {
	num, den, err := d.sides(i)
	if err != nil {
		return nil, err
	}
	all := map[id.ID]Value{0: {}}
	for _, c := range centres {
		all[c.ID] = Value{}
	}
	add := func(side Side, to func(v *Value, dim string, n int64)) error {
		for at := range all {
			v := all[at]
			to(&v, "", side.fixed(s, at, centres))
			all[at] = v
		}
		return d.each(tx, side, s, before, func(at id.ID, dim string, n int64) {
			for _, k := range []id.ID{0, at} {
				v := all[k]
				to(&v, dim, n)
				all[k] = v
			}
		})
	}
	if err := add(num, func(v *Value, dim string, n int64) { v.count(dim, n) }); err != nil || den == nil {
		return all, err
	}
	return all, add(*den, func(v *Value, _ string, n int64) { v.Over, v.Denominator = true, v.Denominator+n })
}

func (v *Value) count(dim string, n int64) {
	v.Numerator += n
	if v.Groups == nil {
		v.Groups = map[string]int64{}
	}
	if dim != "" {
		v.Groups[dim] += n
	}
}

// course reckons a figure month by month: a share of what there was at the end of a month, or of what happened in it.
func (d *Desk) course(tx *store.Tx, i Indicator, s Span, all []centre.Centre) ([]Point, error) {
	num, den, err := d.sides(i)
	if err != nil {
		return nil, err
	}
	first := clock.Day(s.To.Month() + "-01").AddMonths(1 - courseMonths)
	var points []Point
	at := map[string]int{}
	for n := range courseMonths {
		m := first.AddMonths(n).Month()
		at[m] = n
		points = append(points, Point{Month: m, Value: Value{Over: den != nil}})
	}
	held := map[string]monthly{}
	for k, side := range []*Side{&num, den} {
		if side == nil {
			continue
		}
		for n := range points {
			span, _ := monthSpan(points[n].Month)
			points[n].add(k, side.fixed(span, s.Centre, all))
		}
		for _, t := range side.Terms {
			m, err := d.monthly(tx, t.Measure, first, s, held)
			if err != nil {
				return nil, err
			}
			for month, dims := range m {
				for dim, c := range dims {
					points[at[month]].add(k, t.Weight(dim)*c)
				}
			}
		}
	}
	return points, nil
}

func (p *Point) add(side int, n int64) {
	if side == 0 {
		p.Numerator += n
	} else {
		p.Denominator += n
	}
}

// monthly is a measure by month and dimension: of a stock what there was at the end of the month.
type monthly map[string]map[string]int64

func (d *Desk) monthly(tx *store.Tx, measure string, first clock.Day, s Span, held map[string]monthly) (monthly, error) {
	if m, ok := held[measure]; ok {
		return m, nil
	}
	m := monthly{}
	held[measure] = m
	figs, err := store.Monthly(tx, measure, first.Month(), s.To.Month(), s.Centre)
	if err != nil {
		return nil, err
	}
	moved := map[string]map[string]int64{}
	for _, f := range figs {
		if moved[f.Month] == nil {
			moved[f.Month] = map[string]int64{}
		}
		moved[f.Month][f.Dim] += f.N
	}
	sum := map[string]int64{}
	stock := d.measures[measure].Kind == store.StockKind
	if stock {
		was, err := store.Stock(tx, measure, first.Add(-1), s.Centre)
		if err != nil {
			return nil, err
		}
		for _, f := range was {
			sum[f.Dim] += f.N
		}
	}
	for n := range courseMonths {
		month := first.AddMonths(n).Month()
		if !stock {
			sum = map[string]int64{}
		}
		for dim, c := range moved[month] {
			sum[dim] += c
		}
		m[month] = map[string]int64{}
		for dim, c := range sum {
			m[month][dim] = c
		}
	}
	return m, nil
}
