package monitoring

import (
	"cmp"
	"context"
	"slices"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

// compared are the figures in which institutions are laid side by side: shares with a direction, and how full a house is.
var compared = []string{"occupancy", "assessment_in_time", "plan_in_time", "lowest_rose", "exits_independent", "still_independent_12", "unreached_12",
	"return_rate", "referrals_in_time", "staff_certified", "satisfaction"}

// Grid is every institution against the figures that are compared, the one with most to mend first.
type Grid struct {
	Span    Span
	Figures []Indicator
	Rows    []GridRow
	Whole   GridRow // the province
}

// GridRow is one institution.
type GridRow struct {
	Centre centre.Centre
	Cells  []GridCell // in the order of Grid.Figures
	Bad    int        // how many of them are in a bad state, or short of the target
	Watch  int        // how many need watching
}

// GridCell is a figure of one institution. Its state is of its own marks, or else of its target: bad, warn, ok; "" where
// nothing is said.
type GridCell struct {
	Value  Value
	Target *Target
	State  string
	Few    bool // rests on too few to be judged
}

// aim is what a target of a year is for.
type aim struct {
	indicator string
	centre    id.ID
}

// Grid reads the figures of all institutions side by side: a number of statements that depends on the measures alone.
func (d *Desk) Grid(ctx context.Context, by who.Asker, s Span) (g Grid, err error) {
	s.Centre = 0
	err = d.store.Read(ctx, by, seeFigures, func(tx *store.Tx) error {
		g = Grid{Span: s}
		all, err := store.Each(tx, targetsOfYear, scanTarget, yearOf(s.To))
		if err != nil {
			return err
		}
		targets := map[aim]Target{}
		for _, t := range all {
			targets[aim{t.Indicator, t.Centre}] = t
		}
		centres, err := centre.All(tx)
		if err != nil {
			return err
		}
		read, err := d.Readings(tx, compared, s, centres)
		if err != nil {
			return err
		}
		rows := map[id.ID]*GridRow{0: &g.Whole}
		for _, c := range centres {
			if c.ClientService {
				rows[c.ID] = &GridRow{Centre: c}
			}
		}
		for _, key := range compared {
			if one, ok := read[key]; ok {
				g.Figures = append(g.Figures, one.Indicator)
				for at, row := range rows {
					row.add(one.Indicator, one.At[at], targets)
				}
			}
		}
		for at, row := range rows {
			if at != 0 {
				g.Rows = append(g.Rows, *row)
			}
		}
		slices.SortFunc(g.Rows, func(x, y GridRow) int {
			return cmp.Or(cmp.Compare(y.Bad, x.Bad), cmp.Compare(y.Watch, x.Watch), cmp.Compare(x.Centre.Name, y.Centre.Name))
		})
		return nil
	})
	return g, err
}

// add puts the figure of the row's institution into its place.
func (w *GridRow) add(i Indicator, v Value, targets map[aim]Target) {
	c := GridCell{Value: v, Few: v.Over && v.Denominator < fewest}
	for _, at := range []id.ID{0, w.Centre.ID} { // its own goes before that of the province
		if t, ok := targets[aim{i.Key, at}]; ok {
			c.Target = &t
		}
	}
	if n, ok := v.In(i); ok && !c.Few {
		if m, ok := i.MarkOf(n); ok {
			c.State = m.State
		} else if c.Target != nil {
			switch i.Better(n - c.Target.Value()) {
			case 1:
				c.State = "ok"
			case -1:
				c.State = "bad"
			default:
				if n == c.Target.Value() {
					c.State = "ok"
				}
			}
		}
	}
	if c.State == "good" {
		c.State = "ok"
	}
	switch c.State {
	case "bad":
		w.Bad++
	case "warn":
		w.Watch++
	}
	w.Cells = append(w.Cells, c)
}
