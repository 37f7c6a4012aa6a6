package monitoring

import (
	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/centre"
)

// monthly is a measure by month and dimension: of a stock what there was at the end of the month.
type monthly map[string]map[string]int64

// firstMonth is the day on which the months of a course begin.
func firstMonth(s Span, months int) clock.Day {
	return clock.Day(s.To.Month() + "-01").AddMonths(1 - months)
}

// course reckons a figure month by month: a share of what there was at the end of a month, or of what happened in it.
func (d *Desk) course(tx *store.Tx, i Indicator, s Span, all []centre.Centre, months int) ([]Point, error) {
	held := map[string]monthly{}
	return d.points(i, s, s.Centre, all, months, func(measure string) (monthly, error) {
		m, ok := held[measure]
		if !ok {
			figs, err := store.Monthly(tx, measure, firstMonth(s, months).Month(), s.To.Month(), s.Centre)
			if err != nil {
				return nil, err
			}
			was, err := d.stockBefore(tx, measure, firstMonth(s, months), s.Centre)
			if err != nil {
				return nil, err
			}
			m = d.rolled(measure, s, months, figs, was)
			held[measure] = m
		}
		return m, nil
	})
}

// points reckons a figure month by month at one place, from what read gives of each measure there.
func (d *Desk) points(i Indicator, s Span, at id.ID, all []centre.Centre, months int, read func(measure string) (monthly, error)) ([]Point, error) {
	num, den, err := d.sides(i)
	if err != nil {
		return nil, err
	}
	var points []Point
	place := map[string]int{}
	for n := range months {
		m := firstMonth(s, months).AddMonths(n).Month()
		place[m] = n
		points = append(points, Point{Month: m, Value: Value{Over: den != nil}})
	}
	for k, side := range []*Side{&num, den} {
		if side == nil {
			continue
		}
		for n := range points {
			span, _ := monthSpan(points[n].Month)
			points[n].add(k, side.fixed(span, at, all))
		}
		for _, t := range side.Terms {
			m, err := read(t.Measure)
			if err != nil {
				return nil, err
			}
			for month, dims := range m {
				for dim, c := range dims {
					points[place[month]].add(k, t.Weight(dim)*c)
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

// stockBefore is what there was of a stock before the months begin; nothing of a flow.
func (d *Desk) stockBefore(tx *store.Tx, measure string, first clock.Day, at id.ID) ([]store.Figure, error) {
	if d.measures[measure].Kind != store.StockKind {
		return nil, nil
	}
	return store.Stock(tx, measure, first.Add(-1), at)
}

// rolled sets what moved beside its month, and adds a stock up from what there was before.
func (d *Desk) rolled(measure string, s Span, months int, moved []store.Month, was []store.Figure) monthly {
	m := monthly{}
	for _, f := range moved {
		if m[f.Month] == nil {
			m[f.Month] = map[string]int64{}
		}
		m[f.Month][f.Dim] += f.N
	}
	if d.measures[measure].Kind != store.StockKind {
		return m
	}
	sum := map[string]int64{}
	for _, f := range was {
		sum[f.Dim] += f.N
	}
	for n := range months {
		month := firstMonth(s, months).AddMonths(n).Month()
		for dim, c := range m[month] {
			sum[dim] += c
		}
		m[month] = map[string]int64{}
		for dim, c := range sum {
			m[month][dim] = c
		}
	}
	return m
}
