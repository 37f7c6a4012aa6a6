package monitoring

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
)

// Indicator is a figure declared as data, of our own files or of the office: a numerator over a denominator, each a
// formula over the measures of the desks. The list behind each side comes from the same formula.
type Indicator struct {
	law.Indicator
	State string    // of the office's own: draft, live or retired; "" is ours
	Since clock.Day // of the office's own: since when it is reckoned so
}

// Mine tells whether the office made the figure itself.
func (i Indicator) Mine() bool { return i.State != "" }

// version names the rules by which the figure of a day is reckoned.
func (i Indicator) version(on clock.Day) string {
	if i.Mine() {
		return i.Key + " " + string(i.Since)
	}
	return Version(on)
}

// Split gives the indicator broken down by another of its ways; false when it has no such.
func (i Indicator) Split(by string) (Indicator, bool) {
	if by == "" || by == i.By {
		return i, true
	}
	m, ok := i.More[by]
	if ok {
		i.Numerator, i.By = whole(m), by
	}
	return i, ok
}

// whole is the formula that counts every fact of a measure.
func whole(measure string) string { return ofMeasure + `("` + measure + `")` }

// Ways are the names by which the indicator can be broken down.
func (i Indicator) Ways() []string {
	ways := slices.Sorted(maps.Keys(i.More))
	if i.By != "" {
		ways = append([]string{i.By}, ways...)
	}
	return ways
}

// Times is what the quotient of both sides is multiplied by to read as its unit says.
func (i Indicator) Times() float64 {
	switch i.Unit {
	case "percent":
		return 100
	case "per_1000":
		return 1000
	case "per_100k":
		return 100_000
	}
	return 1
}

// The ways in which the balance of a month is broken down.
const (
	bySex    = "sex"
	byAge    = "age"
	byRegion = "home_region"
)

// Reach is the key of who is reached, by home district (Permensos 16/2019 Pasal 3 huruf f).
const Reach = "reach"

// Without lists the districts of the province from which nobody is served.
func (v Value) Without() []law.Region {
	var out []law.Region
	for _, r := range law.Regions.Latest() {
		if v.Groups[r.Code] == 0 {
			out = append(out, r)
		}
	}
	return out
}

// Part is a measure, narrowed to some values of its dimension.
type Part struct {
	Measure string
	Dims    []string // none: all
	Not     []string // but these
}

// due are those whose contact of a month was planned; the dead and the moved on are not asked for.
func due(month int) Part {
	return Part{Measure: fmt.Sprintf("aftercare.%d", month), Not: []string{"void"}}
}

// alone are those of them who are known to be independent, notMet those who were not met: they stay in every denominator.
func alone(month int) Part {
	return Part{Measure: fmt.Sprintf("aftercare.%d", month), Dims: []string{"independent"}}
}

func notMet(month int) Part {
	return Part{Measure: fmt.Sprintf("aftercare.%d", month), Dims: []string{"open", "unreached"}}
}

// Shipped are the figures that come with the product as they are reckoned on a day, in the order in which they are shown.
func Shipped(on clock.Day) (all []Indicator) {
	for _, i := range law.Indicators.On(on) {
		all = append(all, Indicator{Indicator: i})
	}
	return all
}

// Find finds an indicator of our files by its key, as it is reckoned now.
func Find(key string) (Indicator, bool) {
	for _, i := range law.Indicators.Latest() {
		if i.Key == key {
			return Indicator{Indicator: i}, true
		}
	}
	return Indicator{}, false
}

// Desk is the desk of figures.
type Desk struct {
	// Calls give the names of the records by which a figure can be broken down, of one institution: worker, ward.
	Calls    map[string]func(tx *store.Tx, at id.ID) (map[id.ID]string, error)
	store    *store.Store
	measures map[string]store.Measure
	Served   func(ctx context.Context, at id.ID, from, to clock.Day) (map[string]int64, error) // services of an institution by item; set by who wires
}

// New opens the desk with the measures that the other desks declare.
func New(s *store.Store, measures []store.Measure) *Desk {
	d := &Desk{store: s, measures: map[string]store.Measure{}, Served: noServices}
	for _, m := range measures {
		d.measures[m.Key] = m
	}
	return d
}

var (
	seeFigures = store.NewAct("figure.see", who.SeeFigures)
	seeRecords = store.NewAct("figure.open", who.SeeRecords)
)

// Span is what a figure is asked for: inclusive days, one centre or all (0).
type Span struct {
	From, To clock.Day
	Centre   id.ID
}

// SpanOf is a span of which an end may not be said: it runs until today, and from the first day of its last year.
func SpanOf(from, to clock.Day, at id.ID, today clock.Day) Span {
	to = cmp.Or(to, today)
	return Span{From: cmp.Or(from, to[:4]+"-01-01"), To: to, Centre: at}
}

// query is the span as an address says it.
func (s Span) query() string {
	q := "from=" + string(s.From) + "&to=" + string(s.To)
	if s.Centre != 0 {
		q += "&centre=" + s.Centre.String()
	}
	return q
}

// Value is a figure with both its sides.
type Value struct {
	Numerator   int64
	Denominator int64 // 0 where there is none
	Over        bool  // there is a denominator, be it nothing
	Groups      map[string]int64
}

// In is the figure in the unit of its indicator; false where it is over nothing.
func (v Value) In(i Indicator) (float64, bool) {
	if !v.Over {
		return float64(v.Numerator), true
	}
	if v.Denominator == 0 {
		return 0, false
	}
	return i.Times() * float64(v.Numerator) / float64(v.Denominator), true
}

// Figure reads one indicator.
func (d *Desk) Figure(ctx context.Context, by who.Asker, i Indicator, s Span) (v Value, err error) {
	err = d.store.Read(ctx, by, seeFigures, func(tx *store.Tx) (err error) {
		v, err = d.Of(tx, i, s)
		return err
	})
	return v, err
}

// Of computes an indicator from the tallies.
func (d *Desk) Of(tx *store.Tx, i Indicator, s Span) (Value, error) { return d.of(tx, i, s, nil) }

// read keeps what one page has read already: several indicators look at one measure.
type read map[asked][]store.Figure

type asked struct {
	measure string
	span    Span
	whole   bool // of all centres together
}

func (d *Desk) of(tx *store.Tx, i Indicator, s Span, before read) (v Value, err error) {
	v.Groups = map[string]int64{}
	num, den, err := d.sides(i)
	if err != nil {
		return v, err
	}
	if v.Numerator, err = d.sum(tx, num, s, before, func(dim string, n int64) { v.Groups[dim] += n }); err != nil || den == nil {
		return v, err
	}
	v.Over = true
	v.Denominator, err = d.sum(tx, *den, s, before, func(string, int64) {})
	return v, err
}

// sides reads both formulas of a figure; the second is nil where it is over nothing.
func (d *Desk) sides(i Indicator) (num Side, den *Side, err error) {
	if num, err = ReadSide(i.Numerator, d.measures); err != nil || i.Denominator == "" {
		return num, nil, err
	}
	over, err := ReadSide(i.Denominator, d.measures)
	return num, &over, err
}

// sum adds up a side over all centres of a span, and tells of each value of a dimension what it adds.
func (d *Desk) sum(tx *store.Tx, side Side, s Span, before read, tell func(dim string, n int64)) (total int64, err error) {
	var all []centre.Centre
	if side.Capacity != 0 {
		if all, err = centre.All(tx); err != nil {
			return 0, err
		}
	}
	total = side.fixed(s, s.Centre, all)
	for _, t := range side.Terms {
		figs, err := d.totals(tx, Part{Measure: t.Measure}, s, before)
		if err != nil {
			return 0, err
		}
		for _, f := range figs {
			if n := t.Weight(f.Dim) * f.N; n != 0 {
				total += n
				tell(f.Dim, n)
			}
		}
	}
	return total, nil
}

// each tells of every count of a side: where, of which value of the dimension, and how much it adds.
func (d *Desk) each(tx *store.Tx, side Side, s Span, before read, tell func(at id.ID, dim string, n int64)) error {
	for _, t := range side.Terms {
		figs, err := d.figures(tx, Part{Measure: t.Measure}, s, before)
		if err != nil {
			return err
		}
		for _, f := range figs {
			if n := t.Weight(f.Dim) * f.N; n != 0 {
				tell(f.Centre, f.Dim, n)
			}
		}
	}
	return nil
}

// figures reads a part at each centre.
func (d *Desk) figures(tx *store.Tx, p Part, s Span, before read) ([]store.Figure, error) {
	return d.part(tx, p, asked{p.Measure, s, false}, before)
}

// totals reads a part for whoever does not ask where; what was read of each centre serves too.
func (d *Desk) totals(tx *store.Tx, p Part, s Span, before read) ([]store.Figure, error) {
	if _, there := before[asked{p.Measure, s, false}]; there || s.Centre != 0 {
		return d.figures(tx, p, s, before)
	}
	return d.part(tx, p, asked{p.Measure, s, true}, before)
}

func (d *Desk) part(tx *store.Tx, p Part, a asked, before read) ([]store.Figure, error) {
	m, ok := d.measures[p.Measure]
	if !ok {
		return nil, fmt.Errorf("no measure %s", p.Measure)
	}
	all, ok := before[a]
	if !ok {
		from := a.span.From
		if m.Kind == store.StockKind {
			from = ""
		}
		read, err := a.ask()(tx, []string{p.Measure}, from, a.span.To, a.span.Centre)
		if err != nil {
			return nil, err
		}
		all = read[p.Measure]
		if before != nil {
			before[a] = all
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(f store.Figure) bool { return !p.has(f.Dim) }), nil
}

// ask is how what is asked for is read.
func (a asked) ask() func(*store.Tx, []string, clock.Day, clock.Day, id.ID) (map[string][]store.Figure, error) {
	if a.whole {
		return store.Totals
	}
	return store.Flows
}

// ahead reads the measures of several figures at once, at each centre, so that a page of all figures asks a handful of times.
func (d *Desk) ahead(tx *store.Tx, all []Indicator, s Span, before read) error {
	return d.readAhead(tx, all, asked{span: s}, before)
}

// totalsAhead is ahead for who does not ask where.
func (d *Desk) totalsAhead(tx *store.Tx, all []Indicator, s Span, before read) error {
	return d.readAhead(tx, all, asked{span: s, whole: s.Centre == 0}, before)
}

func (d *Desk) readAhead(tx *store.Tx, all []Indicator, a asked, before read) error {
	flows, stocks := map[string]bool{}, map[string]bool{}
	for _, i := range all {
		num, den, err := d.sides(i)
		if err != nil {
			return err
		}
		terms := num.Terms
		if den != nil {
			terms = append(slices.Clone(terms), den.Terms...)
		}
		for _, t := range terms {
			if d.measures[t.Measure].Kind == store.StockKind {
				stocks[t.Measure] = true
			} else {
				flows[t.Measure] = true
			}
		}
	}
	for _, one := range []struct {
		from   clock.Day
		wanted map[string]bool
	}{{a.span.From, flows}, {"", stocks}} {
		read, err := a.ask()(tx, slices.Sorted(maps.Keys(one.wanted)), one.from, a.span.To, a.span.Centre)
		if err != nil {
			return err
		}
		for m := range one.wanted {
			before[asked{m, a.span, a.whole}] = read[m]
		}
	}
	return nil
}

func (p Part) has(dim string) bool {
	return (len(p.Dims) == 0 || slices.Contains(p.Dims, dim)) && !slices.Contains(p.Not, dim)
}

// Version names the rule version of a figure.
func Version(on clock.Day) string { return strings.Join(rules(on), "; ") }

// rules are the versions of everything that a figure of a day stands on.
func rules(on clock.Day) []string {
	return []string{law.Stages.Version(on), law.Standard.Version(on), law.Indicators.Version(on)}
}

// RulesOf is the day since which the rules behind the figures of a day are in force.
func RulesOf(on clock.Day) clock.Day {
	newest := clock.Day("")
	for _, v := range rules(on) {
		newest = max(newest, clock.Day(v[len(v)-len("2006-01-02"):]))
	}
	return newest
}
