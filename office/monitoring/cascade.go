package monitoring

import (
	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/office/centre"
)

// Reading is one figure of a span: of all institutions together (0), and of each.
type Reading struct {
	Indicator
	At map[id.ID]Value
}

// Readings reads several figures of a span for every institution of a list: the statements grow with the measures, never
// with what they count or with the institutions. A key that names no figure which counts is left out.
func (d *Desk) Readings(tx *store.Tx, keys []string, s Span, centres []centre.Centre) (map[string]Reading, error) {
	all, err := d.every(tx, s.To)
	if err != nil {
		return nil, err
	}
	wanted := map[string]bool{}
	for _, key := range keys {
		wanted[key] = true
	}
	var some []Indicator
	for _, i := range all {
		if wanted[i.Key] {
			some = append(some, i)
		}
	}
	s.Centre = 0
	before := read{}
	if err := d.ahead(tx, some, s, before); err != nil {
		return nil, err
	}
	out := map[string]Reading{}
	for _, i := range some {
		at, err := d.spread(tx, i, s, centres, before)
		if err != nil {
			return nil, err
		}
		out[i.Key] = Reading{i, at}
	}
	return out, nil
}

// OverYears reads one figure for several years, each until its end or until today, for every institution of a list.
func (d *Desk) OverYears(tx *store.Tx, i Indicator, years []int64, centres []centre.Centre) (map[int64]map[id.ID]Value, error) {
	out := map[int64]map[id.ID]Value{}
	for _, y := range years {
		s := YearSpan(y, tx.Today())
		before := read{}
		if err := d.ahead(tx, []Indicator{i}, s, before); err != nil {
			return nil, err
		}
		at, err := d.spread(tx, i, s, centres, before)
		if err != nil {
			return nil, err
		}
		out[y] = at
	}
	return out, nil
}

// YearSpan is a year, as far as it has gone.
func YearSpan(year int64, today clock.Day) Span {
	y := yearWord(year)
	return Span{From: clock.Day(y + "-01-01"), To: max(clock.Day(y+"-01-01"), min(today, clock.Day(y+"-12-31")))}
}

// AddsUp tells whether a figure grows through a year as a count of what happens does. A share, and what is there on a day,
// do not.
func (d *Desk) AddsUp(i Indicator) bool {
	num, den, err := d.sides(i)
	if err != nil || den != nil {
		return false
	}
	return d.flows(num)
}

// flows tells whether a side counts what happens, and not what is there.
func (d *Desk) flows(s Side) bool {
	for _, t := range s.Terms {
		if d.measures[t.Measure].Kind == store.StockKind {
			return false
		}
	}
	return len(s.Terms) > 0 || s.Days != 0
}

// Course reckons a figure for so many months up to the end of a span.
func (d *Desk) Course(tx *store.Tx, i Indicator, s Span, months int, centres []centre.Centre) ([]Point, error) {
	return d.course(tx, i, s, centres, months)
}

// Over puts months together: what happened in them is added up, what is there stands as in the last of them.
func (d *Desk) Over(i Indicator, months []Point) (v Value) {
	num, den, err := d.sides(i)
	if err != nil || len(months) == 0 {
		return Value{Over: true} // over nothing: there is no value
	}
	last := months[len(months)-1]
	v.Over = den != nil
	if v.Numerator = last.Numerator; d.flows(num) {
		v.Numerator = 0
		for _, m := range months {
			v.Numerator += m.Numerator
		}
	}
	if den == nil {
		return v
	}
	if v.Denominator = last.Denominator; d.flows(*den) {
		v.Denominator = 0
		for _, m := range months {
			v.Denominator += m.Denominator
		}
	}
	return v
}

// NamedIn finds a figure that is not being drafted any more, by its key, as it is reckoned on a day.
func (d *Desk) NamedIn(tx *store.Tx, key string, on clock.Day) (Indicator, error) {
	i, own, err := d.named(tx, key, on)
	if err == nil && own != nil && own.State == Draft {
		return i, fail.NotFound
	}
	return i, err
}

// EveryIn gives all figures that count on a day.
func (d *Desk) EveryIn(tx *store.Tx, on clock.Day) ([]Indicator, error) { return d.every(tx, on) }

// TargetsIn gives the targets of a year by the key of their figure: those of an institution, or (0) of the province.
func TargetsIn(tx *store.Tx, year int64, at id.ID) (map[string]Target, error) {
	all, err := store.Each(tx, targetsFor, scanTarget, year, int64(at))
	out := map[string]Target{}
	for _, t := range all {
		out[t.Indicator] = t
	}
	return out, err
}

// TargetsOf gives all targets of a figure, the latest year first.
func TargetsOf(tx *store.Tx, key string) ([]Target, error) {
	return store.Each(tx, targetsOf, scanTarget, key)
}

// Number writes a number in the unit of the figure.
func (i Indicator) Number(lang text.Lang, n float64) string { return i.number(lang, n) }

// Rule names the rules by which the figure of a day is reckoned.
func (i Indicator) Rule(on clock.Day) string { return i.version(on) }

// Points writes how many of its units lie between two values: percent in points.
func (i Indicator) Points(lang text.Lang, n float64, places int) string {
	if i.Unit == "percent" {
		return text.T(lang, "%s poin", text.Decimal(lang, n, places))
	}
	return i.number(lang, n)
}
