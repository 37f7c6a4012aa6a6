package monitoring

import (
	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/centre"
)

// Sweep reads figures of all institutions side by side in one transaction. What several of them look at is read once, so
// that the number of statements grows with the measures and never with institutions or with what is counted.
type Sweep struct {
	Centres []centre.Centre // those that serve clients
	desk    *Desk
	tx      *store.Tx
	every   []centre.Centre
	figures []Indicator
	known   map[string]Indicator
	before  read
	monthly map[monthsOf][]store.MonthAt
	base    map[monthsOf][]store.Figure
	targets map[int64][]Target
}

// monthsOf are months of a measure that were read; alike without its dimension.
type monthsOf struct {
	measure, first, last string
	alike                bool
}

// Sweep begins to read.
func (d *Desk) Sweep(tx *store.Tx) (*Sweep, error) {
	s := &Sweep{desk: d, tx: tx, known: map[string]Indicator{}, before: read{}, monthly: map[monthsOf][]store.MonthAt{}, base: map[monthsOf][]store.Figure{}, targets: map[int64][]Target{}}
	all, err := centre.All(tx)
	if err != nil {
		return nil, err
	}
	s.every = all
	for _, c := range all {
		if c.ClientService {
			s.Centres = append(s.Centres, c)
		}
	}
	s.figures, err = d.every(tx, tx.Today())
	for _, i := range s.figures {
		s.known[i.Key] = i
	}
	return s, err
}

// Named finds a figure that counts today.
func (s *Sweep) Named(key string) (Indicator, bool) {
	i, ok := s.known[key]
	return i, ok
}

// Ahead reads what several figures of one span look at in a handful of statements.
func (s *Sweep) Ahead(all []Indicator, span Span) error {
	return s.desk.ahead(s.tx, all, span, s.before)
}

// Of reckons a figure of every institution and, under 0, of all together. The span's Centre is not looked at.
func (s *Sweep) Of(i Indicator, span Span) (map[id.ID]Value, error) {
	span.Centre = 0
	return s.desk.spread(s.tx, i, span, s.every, s.before)
}

// Hidden counts of one side of a figure the facts about restricted persons, which no list shows, of every institution.
func (s *Sweep) Hidden(formula string, span Span) (map[id.ID]int64, error) {
	side, err := ReadSide(formula, s.desk.measures)
	if err != nil {
		return nil, err
	}
	all := map[id.ID]int64{}
	for _, t := range side.Terms {
		figs, err := store.Hidden(s.tx, s.desk.measures[t.Measure], span.From, span.To)
		if err != nil {
			return nil, err
		}
		for _, f := range figs {
			all[f.Centre] += t.Weight(f.Dim) * f.N
		}
	}
	return all, nil
}

// Target is what a figure shall be at a place (0 is the province) in the year of a day; nil where none was set.
func (s *Sweep) Target(key string, at id.ID, on clock.Day) (*Target, error) {
	year := yearOf(on)
	if _, read := s.targets[year]; !read {
		all, err := store.Each(s.tx, targetsOfYear, scanTarget, year)
		if err != nil {
			return nil, err
		}
		s.targets[year] = all
	}
	for _, t := range s.targets[year] {
		if t.Indicator == key && t.Centre == at {
			return &t, nil
		}
	}
	return nil, nil
}

// Closed tells which of the months from one to another each institution has closed.
func (s *Sweep) Closed(from, to string) (map[id.ID]map[string]bool, error) {
	held, err := closings(s.tx, from, to)
	all := map[id.ID]map[string]bool{}
	for _, c := range held {
		if all[c.Centre] == nil {
			all[c.Centre] = map[string]bool{}
		}
		all[c.Centre][c.Month] = true
	}
	return all, err
}

// MonthsTo are so many months, the last of which is given, rising.
func MonthsTo(last string, months int) []string {
	first := clock.Day(last + "-01").AddMonths(1 - months)
	var all []string
	for n := range months {
		all = append(all, first.AddMonths(n).Month())
	}
	return all
}

// Course reckons a figure month by month for every institution and, under 0, for all together.
func (s *Sweep) Course(i Indicator, months []string) (map[id.ID][]Value, error) {
	num, den, err := s.desk.sides(i)
	if err != nil {
		return nil, err
	}
	all := map[id.ID][]Value{0: make([]Value, len(months))}
	for _, c := range s.every {
		all[c.ID] = make([]Value, len(months))
	}
	add := func(side Side, to func(v *Value, n int64)) error {
		for n, m := range months {
			span, _ := monthSpan(m)
			for at, course := range all {
				to(&course[n], side.fixed(span, at, s.every))
			}
		}
		for _, t := range side.Terms {
			if err := s.course(t, months, all, to); err != nil {
				return err
			}
		}
		return nil
	}
	if err := add(num, func(v *Value, n int64) { v.Numerator += n }); err != nil || den == nil {
		return all, err
	}
	return all, add(*den, func(v *Value, n int64) { v.Over, v.Denominator = true, v.Denominator+n })
}

// course adds one term to the months: of a stock what there was at the end of each.
func (s *Sweep) course(t Term, months []string, all map[id.ID][]Value, to func(v *Value, n int64)) error {
	first, last := months[0], months[len(months)-1]
	key := monthsOf{t.Measure, first, last, false}
	if _, read := s.monthly[key]; !read {
		key.alike = len(t.Dims) == 0
	}
	if _, read := s.monthly[key]; !read {
		var err error
		if s.monthly[key], err = store.MonthlyAt(s.tx, t.Measure, first, last, key.alike); err != nil {
			return err
		}
		if s.desk.measures[t.Measure].Kind == store.StockKind {
			if s.base[key], err = store.Stock(s.tx, t.Measure, clock.Day(first+"-01").Add(-1), 0); err != nil {
				return err
			}
		}
	}
	stock := s.desk.measures[t.Measure].Kind == store.StockKind
	put := func(at id.ID, from int, n int64) {
		for k := from; k < len(months); k++ {
			for _, place := range []id.ID{0, at} {
				if course, ok := all[place]; ok && n != 0 {
					to(&course[k], n)
				}
			}
			if !stock {
				break
			}
		}
	}
	at := map[string]int{}
	for n, m := range months {
		at[m] = n
	}
	for _, f := range s.base[key] {
		put(f.Centre, 0, t.Weight(f.Dim)*f.N)
	}
	for _, f := range s.monthly[key] {
		put(f.Centre, at[f.Month.Month], t.Weight(f.Dim)*f.N)
	}
	return nil
}

// Counted is a figure that is not in the list: a formula over another, or "" over nothing. It is for who counts things in
// order, and is shown nowhere as a figure.
func Counted(numerator, denominator string) Indicator {
	var i Indicator
	i.Unit, i.Numerator, i.Denominator = "persons", numerator, denominator
	return i
}

// Query is the span as an address says it.
func (s Span) Query() string { return s.query() }

// MonthSpan is a whole month, "2026-11"; false for what is none.
func MonthSpan(month string) (Span, bool) { return monthSpan(month) }

// All are the figures that count today, in the order in which they are shown.
func (s *Sweep) All() []Indicator { return s.figures }
