package monitoring

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
)

// Row is one centre of the province.
type Row struct {
	Centre         centre.Centre
	In             int64
	Moved          [2]int64 // in and out, within the span
	Alone, Asked   int64    // independent after 12 months, of those asked for
	PercentOfPlace float64
}

// Cohort is the state of those who left, so many months after: known to be independent, known not to be,
// and not reached.
type Cohort struct {
	Months                            int
	Independent, Dependent, Unreached int64
}

// Province is all figures of a span at a glance, the fullest centre first.
type Province struct {
	Span    Span
	Rows    []Row
	Values  map[string]Value
	Cohorts []Cohort
	Without []law.Region // districts from which nobody is served (Permensos 16/2019 Pasal 3 huruf f)
}

// Overview reads the province at a glance.
func (d *Desk) Overview(ctx context.Context, by who.Asker, s Span) (p Province, err error) {
	err = d.store.Read(ctx, by, seeFigures, func(tx *store.Tx) error {
		p = Province{Span: s, Values: map[string]Value{}}
		return d.fill(tx, &p)
	})
	return p, err
}

// centres gives all centres, for their names.
func (d *Desk) centres(ctx context.Context, by who.Asker) (all []centre.Centre, err error) {
	err = d.store.Read(ctx, by, seeFigures, func(tx *store.Tx) (err error) {
		all, err = centre.All(tx)
		return err
	})
	return all, err
}

// atAGlance are the figures that the page of the province shows.
var atAGlance = []string{"occupancy", "stage_funnel", "exits", "still_independent_3", "still_independent_6", "still_independent_12",
	"unreached_3", "unreached_6", "unreached_12", "settled", Reach}

// fill reads every figure that the page shows: a fixed number of statements, whatever the size of the province.
func (d *Desk) fill(tx *store.Tx, p *Province) error {
	before := read{}
	all := slices.DeleteFunc(Shipped(p.Span.To), func(i Indicator) bool { return !slices.Contains(atAGlance, i.Key) })
	if err := d.ahead(tx, all, p.Span, before); err != nil {
		return err
	}
	for _, i := range all {
		v, err := d.of(tx, i, p.Span, before)
		if err != nil {
			return err
		}
		p.Values[i.Key] = v
	}
	p.Without = p.Values[Reach].Without()
	centres, err := centre.All(tx)
	if err != nil {
		return err
	}
	sums := map[string]map[id.ID]int64{}
	for key, part := range map[string]Part{"in": {Measure: "stay"}, "arrived": {Measure: "stay.in"}, "left": {Measure: "stay.out"},
		"alone": alone(12), "asked": due(12)} {
		figs, err := d.figures(tx, part, Span{p.Span.From, p.Span.To, 0}, before)
		if err != nil {
			return err
		}
		sums[key] = map[id.ID]int64{}
		for _, f := range figs {
			sums[key][f.Centre] += f.N
		}
	}
	for _, c := range centres {
		if !c.ClientService || p.Span.Centre != 0 && c.ID != p.Span.Centre {
			continue
		}
		w := Row{Centre: c, In: sums["in"][c.ID], Moved: [2]int64{sums["arrived"][c.ID], sums["left"][c.ID]}, Alone: sums["alone"][c.ID], Asked: sums["asked"][c.ID]}
		if c.Capacity > 0 {
			w.PercentOfPlace = 100 * float64(w.In) / float64(c.Capacity)
		}
		p.Rows = append(p.Rows, w)
	}
	slices.SortStableFunc(p.Rows, func(a, b Row) int { return cmp.Compare(b.PercentOfPlace, a.PercentOfPlace) })
	for _, m := range []int{3, 6, 12} {
		in, un := p.Values[fmt.Sprintf("still_independent_%d", m)], p.Values[fmt.Sprintf("unreached_%d", m)]
		p.Cohorts = append(p.Cohorts, Cohort{Months: m, Independent: in.Numerator, Unreached: un.Numerator,
			Dependent: in.Denominator - in.Numerator - un.Numerator})
	}
	return nil
}
