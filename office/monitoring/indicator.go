package monitoring

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
)

// Part is one side of an indicator: a measure, narrowed to some values of its dimension.
type Part struct {
	Measure string
	Dims    []string // none: all
	Not     []string // but these
}

// Indicator is a figure declared as data. Its numerator and denominator name measures; the list behind
// each side comes from the same declaration.
type Indicator struct {
	Key, Name, Unit string // Name is an Indonesian sentence
	About           string
	Num             Part
	Den             *Part // nil: the numerator alone, or capacity
	Capacity        bool  // the denominator is the capacity of the centres
	By              string
	More            map[string]string // other ways to break the numerator down: the name of one, and the measure that counts by it
}

// Split gives the indicator broken down by another of its ways; false when it has no such.
func (i Indicator) Split(by string) (Indicator, bool) {
	if by == "" || by == i.By {
		return i, true
	}
	m, ok := i.More[by]
	if ok {
		i.Num, i.By = Part{Measure: m}, by
	}
	return i, ok
}

// Ways are the names by which the indicator can be broken down.
func (i Indicator) Ways() []string {
	return append([]string{i.By}, slices.Sorted(maps.Keys(i.More))...)
}

// moreWays are those of the figures of who lives in, came and left.
func moreWays(measure string) map[string]string {
	return map[string]string{byAge: measure + ".age", byRegion: measure + ".region"}
}

// The ways in which the balance of a month is broken down.
const (
	bySex    = "sex"
	byAge    = "age"
	byRegion = "home_region"
)

// Indicators are all figures of the product, in the order in which they are shown.
var Indicators = []Indicator{
	{Key: "occupancy", Name: "Keterisian", Unit: "percent", About: "persons", Num: Part{Measure: "stay"}, Capacity: true, By: bySex, More: moreWays("stay")},
	{Key: "stage_funnel", Name: "Kasus menurut tahap", Unit: "persons", About: "persons", Num: Part{Measure: "case.stage"}, By: "stage"},
	{Key: "opened", Name: "Kasus dibuka", Unit: "persons", About: "persons", Num: Part{Measure: "case.opened"}, By: "ppks_type"},
	{Key: "returned", Name: "Kembali ke layanan", Unit: "persons", About: "persons", Num: Part{Measure: "case.returned"}, By: "ppks_type"},
	{Key: "arrivals", Name: "Masuk panti", Unit: "persons", About: "persons", Num: Part{Measure: "stay.in"}, By: bySex, More: moreWays("stay.in")},
	{Key: "departures", Name: "Keluar panti", Unit: "persons", About: "persons", Num: Part{Measure: "stay.out"}, By: bySex, More: moreWays("stay.out")},
	{Key: "exits", Name: "Selesai dari panti menurut alasan", Unit: "persons", About: "persons", Num: Part{Measure: "case.terminated"}, By: "reason"},
	independent(3), independent(6), independent(12), unreached(3), unreached(6), unreached(12),
	{Key: "settled", Name: "Kasus tuntas", Unit: "percent", About: "persons", Num: Part{Measure: "case.closed", Dims: []string{"settled"}}, Den: &Part{Measure: "case.closed"}, By: "result"},
	{Key: Reach, Name: "Jangkauan menurut daerah asal", Unit: "persons", About: "persons", Num: Part{Measure: "case.region"}, By: byRegion},
	{Key: "staff_certified", Name: "Petugas bersertifikat", Unit: "percent", About: "staff", Num: Part{Measure: "staff.certified"}, Den: &Part{Measure: "staff"}, By: "kind"},
}

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

// due are those whose contact of a month was planned; the dead and the moved on are not asked for.
func due(month int) *Part {
	return &Part{Measure: fmt.Sprintf("aftercare.%d", month), Not: []string{"void"}}
}

var independentNames = map[int]string{3: "Masih mandiri setelah 3 bulan", 6: "Masih mandiri setelah 6 bulan", 12: "Masih mandiri setelah 12 bulan"}
var unreachedNames = map[int]string{3: "Belum terjangkau setelah 3 bulan", 6: "Belum terjangkau setelah 6 bulan", 12: "Belum terjangkau setelah 12 bulan"}

func independent(month int) Indicator {
	return Indicator{Key: fmt.Sprintf("still_independent_%d", month), Name: independentNames[month], Unit: "percent", About: "persons",
		Num: Part{Measure: fmt.Sprintf("aftercare.%d", month), Dims: []string{"independent"}}, Den: due(month), By: "state"}
}

// unreached shows those who were not met: they stay in every denominator.
func unreached(month int) Indicator {
	return Indicator{Key: fmt.Sprintf("unreached_%d", month), Name: unreachedNames[month], Unit: "percent", About: "persons",
		Num: Part{Measure: fmt.Sprintf("aftercare.%d", month), Dims: []string{"open", "unreached"}}, Den: due(month), By: "state"}
}

// Find finds an indicator by its key.
func Find(key string) (Indicator, bool) {
	i := slices.IndexFunc(Indicators, func(i Indicator) bool { return i.Key == key })
	if i < 0 {
		return Indicator{}, false
	}
	return Indicators[i], true
}

// Desk is the desk of figures.
type Desk struct {
	store    *store.Store
	measures map[string]store.Measure
}

// New opens the desk with the measures that the other desks declare.
func New(s *store.Store, measures []store.Measure) *Desk {
	d := &Desk{s, map[string]store.Measure{}}
	for _, m := range measures {
		d.measures[m.Key] = m
	}
	return d
}

var (
	seeFigures = store.NewAct("figure.see", who.SeeFigures)
	seeRecords = store.NewAct("figure.open", who.SeeRecords)
	seePublic  = store.NewAct("figure.public", who.Anyone)
)

// Span is what a figure is asked for: inclusive days, one centre or all (0).
type Span struct {
	From, To clock.Day
	Centre   id.ID
}

// Value is a figure with both its sides.
type Value struct {
	Numerator   int64
	Denominator int64 // 0 where there is none
	Groups      map[string]int64
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
}

func (d *Desk) of(tx *store.Tx, i Indicator, s Span, before read) (Value, error) {
	v := Value{Groups: map[string]int64{}}
	num, err := d.figures(tx, i.Num, s, before)
	if err != nil {
		return v, err
	}
	for _, f := range num {
		v.Numerator += f.N
		v.Groups[f.Dim] += f.N
	}
	switch {
	case i.Capacity:
		all, err := centre.All(tx)
		for _, c := range all {
			if s.Centre == 0 || s.Centre == c.ID {
				v.Denominator += c.Capacity
			}
		}
		return v, err
	case i.Den != nil:
		den, err := d.figures(tx, *i.Den, s, before)
		for _, f := range den {
			v.Denominator += f.N
		}
		return v, err
	}
	return v, nil
}

func (d *Desk) figures(tx *store.Tx, p Part, s Span, before read) ([]store.Figure, error) {
	m, ok := d.measures[p.Measure]
	if !ok {
		return nil, fmt.Errorf("no measure %s", p.Measure)
	}
	all, ok := before[asked{p.Measure, s}]
	if !ok {
		var err error
		if m.Kind == store.StockKind {
			all, err = store.Stock(tx, p.Measure, s.To, s.Centre)
		} else {
			all, err = store.Flow(tx, p.Measure, s.From, s.To, s.Centre)
		}
		if err != nil {
			return nil, err
		}
		if before != nil {
			before[asked{p.Measure, s}] = all
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(f store.Figure) bool { return !p.has(f.Dim) }), nil
}

func (p Part) has(dim string) bool {
	return (len(p.Dims) == 0 || slices.Contains(p.Dims, dim)) && !slices.Contains(p.Not, dim)
}

// Behind is one page of the list behind a figure.
type Behind struct {
	Items    []store.Record
	Next     id.ID
	Figure   int64
	Withheld int64 // those the asker may not see, restricted persons among them
}

// Records gives the list behind one side of an indicator: items over all pages + withheld = the figure.
func (d *Desk) Records(ctx context.Context, by who.Asker, i Indicator, s Span, part, dim string, after id.ID, limit int) (b Behind, err error) {
	p := i.Num
	if part == "denominator" {
		if i.Capacity { // places are no records: none can be shown
			return d.places(ctx, by, i, s)
		}
		if i.Den == nil {
			return b, fail.Bad("part", "no-list", "Sisi ini bukan daftar orang.")
		}
		p = *i.Den
	}
	m := d.measures[p.Measure]
	err = d.store.Read(ctx, by, seeRecords, func(tx *store.Tx) error {
		figs, err := d.figures(tx, p, s, nil)
		if err != nil {
			return err
		}
		dims := map[string]bool{}
		for _, f := range figs {
			if dim == "" || f.Dim == dim {
				b.Figure += f.N
				dims[f.Dim] = true
			}
		}
		hidden, err := store.Hidden(tx, m, store.Behind{From: s.From, To: s.To})
		if err != nil {
			return err
		}
		b.Withheld = b.Figure - withinReach(by, s, dims, figs) + withinReach(by, s, dims, hidden)
		return d.collect(tx, m, s, sortedKeys(dims), after, limit, &b)
	})
	return b, err
}

func (d *Desk) places(ctx context.Context, by who.Asker, i Indicator, s Span) (b Behind, err error) {
	err = d.store.Read(ctx, by, seeRecords, func(tx *store.Tx) error {
		v, err := d.Of(tx, i, s)
		b.Figure, b.Withheld = v.Denominator, v.Denominator
		return err
	})
	return b, err
}

func sortedKeys(m map[string]bool) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// withinReach adds up what lies at the asker's own centres.
func withinReach(by who.Asker, s Span, dims map[string]bool, figs []store.Figure) (n int64) {
	for _, f := range figs {
		if dims[f.Dim] && by.Scope.Has(f.Centre) && (s.Centre == 0 || s.Centre == f.Centre) {
			n += f.N
		}
	}
	return n
}

// collect reads each value of the dimension in turn and merges the pages by id.
func (d *Desk) collect(tx *store.Tx, m store.Measure, s Span, dims []string, after id.ID, limit int, b *Behind) error {
	for _, dim := range dims {
		ask := store.Behind{From: s.From, To: s.To, Centre: s.Centre, Dim: dim, After: after, Limit: limit + 1}
		items, err := store.Records(tx, m, ask)
		if err != nil {
			return err
		}
		b.Items = append(b.Items, items...)
	}
	slices.SortFunc(b.Items, func(x, y store.Record) int { return int(min(1, max(-1, int64(x.ID-y.ID)))) })
	if len(b.Items) > limit {
		b.Items = b.Items[:limit]
		b.Next = b.Items[limit-1].ID
	}
	if m.About == "persons" {
		for _, r := range b.Items {
			tx.Saw(r.Person)
		}
	}
	return nil
}

// Version names the rule version of a figure.
func Version(on clock.Day) string { return law.Stages.Version(on) + "; " + law.Standard.Version(on) }

// RulesOf is the day since which the rules behind the figures of a day are in force.
func RulesOf(on clock.Day) clock.Day {
	newest := clock.Day("")
	for _, v := range []string{law.Stages.Version(on), law.Standard.Version(on)} {
		newest = max(newest, clock.Day(v[len(v)-len("2006-01-02"):]))
	}
	return newest
}

// Figures are what the public may read; small numbers are covered.
type Figures struct{ InCare, Left, Independent, Unreached string }

// Public gives the open figures of today.
func (d *Desk) Public(ctx context.Context, lang text.Lang) (f Figures, err error) {
	today := d.store.Today()
	year := Span{From: today[:4] + "-01-01", To: today}
	err = d.store.Read(ctx, who.Public(), seePublic, func(tx *store.Tx) error {
		values := map[string]Value{}
		for _, key := range []string{"occupancy", "exits", "still_independent_12", "unreached_12"} {
			i, _ := Find(key)
			if values[key], err = d.Of(tx, i, year); err != nil {
				return err
			}
		}
		f.InCare, f.Left = covered(lang, values["occupancy"].Numerator), covered(lang, values["exits"].Numerator)
		in := values["still_independent_12"]
		f.Independent, f.Unreached = "–", covered(lang, values["unreached_12"].Numerator)
		if in.Numerator >= 10 {
			f.Independent = text.T(lang, "%d dari %d", in.Numerator, in.Denominator)
		}
		return nil
	})
	return f, err
}

// covered hides small cells: below ten a number may point at a person.
func covered(lang text.Lang, n int64) string {
	if n < 10 {
		return "< 10"
	}
	return text.Number(lang, n)
}
