package monitoring

import (
	"maps"

	"tuntas/house/clock"
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
			if held[t.Measure] == nil {
				if held[t.Measure], err = d.monthly(tx, t.Measure, s, months); err != nil {
					return nil, err
				}
			}
			for month, dims := range held[t.Measure] {
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

// monthly reads a measure by month; a stock is added up from what there was before.
func (d *Desk) monthly(tx *store.Tx, measure string, s Span, months int) (monthly, error) {
	first := firstMonth(s, months)
	moved, err := store.Monthly(tx, measure, first.Month(), s.To.Month(), s.Centre)
	if err != nil {
		return nil, err
	}
	m := monthly{}
	for _, f := range moved {
		if m[f.Month] == nil {
			m[f.Month] = map[string]int64{}
		}
		m[f.Month][f.Dim] += f.N
	}
	if d.measures[measure].Kind != store.StockKind {
		return m, nil
	}
	was, err := store.Total(tx, measure, "", first.Add(-1), s.Centre)
	sum := map[string]int64{}
	for _, f := range was {
		sum[f.Dim] += f.N
	}
	for n := range months {
		month := first.AddMonths(n).Month()
		for dim, c := range m[month] {
			sum[dim] += c
		}
		m[month] = maps.Clone(sum)
	}
	return m, err
}
