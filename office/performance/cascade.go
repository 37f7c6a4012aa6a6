package performance

import (
	"context"
	"errors"
	"math"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/monitoring"
)

// Where a figure stands on its way to the target.
const (
	OnCourse = "on_course"
	Behind   = "behind"
	Done     = "reached" // the year is over
	Missed   = "missed"
)

// Why an achievement cannot be reckoned.
const (
	noTarget = "no_target"
	noValue  = "no_value"
	noFigure = "no_figure"
)

// Branch is a node as it stands in a year.
type Branch struct {
	Node
	Depth    int
	Children []*Branch
	Part     float64 // of all weight, 0 to 1
	Reached
	// Of an indicator:
	Figure        monitoring.Indicator
	Value, Before monitoring.Value
	Aim           *monitoring.Target
	Provincial    bool // the target is that of the province, because the institution has none
	Expected      *float64
	Course        string
	Why           string // it cannot be reckoned; ""
	at, before    map[id.ID]monitoring.Value
}

// Leaves are the indicators at and below a branch, in their order.
func (b *Branch) Leaves() (all []*Branch) {
	if b.Kind == Indicator {
		return []*Branch{b}
	}
	for _, c := range b.Children {
		all = append(all, c.Leaves()...)
	}
	return all
}

// Cascade is the tree of a year as it stands, of the office or of one institution.
type Cascade struct {
	Tree
	Reached
	Year    int64
	Span    monitoring.Span
	Running bool // the year is not over
	There   centre.Centre
	Centres []centre.Centre
	Roots   []*Branch
	Rule    string
	every   []centre.Centre
}

// Leaves are all indicators of the tree.
func (c Cascade) Leaves() (all []*Branch) {
	for _, r := range c.Roots {
		all = append(all, r.Leaves()...)
	}
	return all
}

// find gives the branch of a node; nil where there is none.
func (c Cascade) find(node id.ID) (found *Branch) {
	var seek func([]*Branch)
	seek = func(all []*Branch) {
		for _, b := range all {
			if b.ID == node {
				found = b
			}
			seek(b.Children)
		}
	}
	seek(c.Roots)
	return found
}

// Look reads the tree of a year with every figure in it: a number of statements that grows with the measures, never with what
// they count. fail.NotFound where no such institution serves people; a year without a tree is an empty one.
func (d *Desk) Look(ctx context.Context, by who.Asker, year int64, at id.ID) (c Cascade, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		c, err = d.cascade(tx, year, at)
		return err
	})
	return c, err
}

func (d *Desk) cascade(tx *store.Tx, year int64, at id.ID) (Cascade, error) {
	span := monitoring.YearSpan(year, tx.Today())
	t, err := treeOn(tx, span.To)
	if err != nil && !errors.Is(err, fail.NotFound) {
		return Cascade{}, err
	}
	return d.reckon(tx, t, year, at)
}

// reckon reads a tree as it stands in a year.
func (d *Desk) reckon(tx *store.Tx, t Tree, year int64, at id.ID) (c Cascade, err error) {
	c = Cascade{Tree: t, Year: year, Span: monitoring.YearSpan(year, tx.Today())}
	c.Span.Centre = at
	c.Running = year == int64(tx.Today().Time().Year())
	if c.every, err = centre.All(tx); err != nil {
		return c, err
	}
	for _, one := range c.every {
		if one.ClientService {
			c.Centres = append(c.Centres, one)
		}
		if one.ID == at && one.ClientService {
			c.There = one
		}
	}
	if at != 0 && c.There.ID == 0 {
		return c, fail.NotFound
	}
	if t.ID == 0 {
		return c, nil
	}
	c.Rule = t.Rule(c.Span.To)
	c.Roots = grow(t.Nodes, 0, 0, 1)
	if err := d.fill(tx, &c); err != nil {
		return c, err
	}
	var parts []weighted
	for _, r := range c.Roots {
		parts = append(parts, weighted{r.settle(), r.Weight})
	}
	c.Reached = mean(parts)
	return c, nil
}

// grow sets nodes under their parents.
func grow(nodes []Node, parent id.ID, depth int, part float64) (all []*Branch) {
	for _, n := range nodes {
		if n.Parent == parent {
			mine := part * float64(n.Weight) / whole
			all = append(all, &Branch{Node: n, Depth: depth, Part: mine, Children: grow(nodes, n.ID, depth+1, mine)})
		}
	}
	return all
}

// settle reckons a branch from what is below it.
func (b *Branch) settle() Reached {
	if b.Kind != Indicator {
		var parts []weighted
		for _, c := range b.Children {
			parts = append(parts, weighted{c.settle(), c.Weight})
		}
		b.Reached = mean(parts)
	}
	return b.Reached
}

// fill gives every indicator of the tree its value, its target, and where it stands on the way.
func (d *Desk) fill(tx *store.Tx, c *Cascade) error {
	leaves := c.Leaves()
	var keys []string
	for _, l := range leaves {
		keys = append(keys, l.Node.Indicator)
	}
	now, err := d.figures.Readings(tx, keys, c.Span, c.every)
	if err != nil {
		return err
	}
	before, err := d.figures.Readings(tx, keys, monitoring.YearSpan(c.Year-1, tx.Today()), c.every)
	if err != nil {
		return err
	}
	aims, err := monitoring.TargetsIn(tx, c.Year, c.Span.Centre)
	if err != nil {
		return err
	}
	ofAll := aims
	if c.Span.Centre != 0 {
		if ofAll, err = monitoring.TargetsIn(tx, c.Year, 0); err != nil {
			return err
		}
	}
	steps, err := stepsOf(tx, c.Year)
	if err != nil {
		return err
	}
	for _, l := range leaves {
		r, ok := now[l.Node.Indicator]
		if !ok {
			l.Why = noFigure
			continue
		}
		l.Figure, l.at, l.before = r.Indicator, r.At, before[l.Node.Indicator].At
		l.Value, l.Before = r.At[c.Span.Centre], l.before[c.Span.Centre]
		if t, ok := aims[l.Figure.Key]; ok {
			l.Aim = &t
		} else if t, ok := ofAll[l.Figure.Key]; ok && l.Value.Over { // a share of an institution is held against that of the province
			l.Aim, l.Provincial = &t, true
		}
		d.stand(l, *c, steps[l.Figure.Key])
	}
	return nil
}

// stand reckons the achievement of an indicator, and whether it is on its way.
func (d *Desk) stand(l *Branch, c Cascade, quarters [3]*float64) {
	value, ok := l.Value.In(l.Figure)
	switch {
	case l.Aim == nil || l.Aim.Thousandths <= 0:
		l.Why = noTarget
		return
	case !ok:
		l.Why = noValue
		return
	}
	aim := l.Aim.Value()
	if l.Percent, ok = c.Rules().Achieve(l.Figure.Direction, value, aim); !ok {
		l.Why = noFigure
		return
	}
	l.Known = 1
	p := Path{Year: c.Year, Start: aim, Target: aim, Quarters: quarters}
	if d.figures.AddsUp(l.Figure) {
		p.Start = 0
	} else if was, ok := l.Before.In(l.Figure); ok {
		p.Start = was
	}
	if c.Span.Centre != 0 { // the steps of the quarters are those of the province
		p.Quarters = [3]*float64{}
	}
	due := p.On(c.Span.To)
	l.Expected = &due
	short := l.Figure.Better(math.Round((value-due)*1000)/1000) < 0
	switch {
	case c.Running && short:
		l.Course = Behind
	case c.Running:
		l.Course = OnCourse
	case short:
		l.Course = Missed
	default:
		l.Course = Done
	}
}

// Lever is what an institution adds to the achievement of the whole, over all shares in the tree, in percentage points.
type Lever struct {
	Centre centre.Centre
	Points float64
}

// Levers says for each institution what it adds to the achievement of the whole or takes from it by being better or worse than
// the province: the contributions to every share in the tree, each against its target and by its weight. Those of all
// institutions sum to nothing. Counts take no part: what they would be at another institution cannot be said.
func (c Cascade) Levers() (best, worst Lever, ok bool) {
	sum := map[id.ID]float64{}
	for _, l := range c.Leaves() {
		if l.Why != "" || !l.Value.Over {
			continue
		}
		parts, whole := Contributions(l.Figure, l.at)
		if !whole {
			continue
		}
		for _, p := range parts {
			points := 100 * float(p.Points) / l.Aim.Value() * l.Part
			if l.Figure.Direction == "down" {
				points = -points
			}
			sum[p.Centre] += points
		}
	}
	for _, one := range c.Centres {
		p, has := sum[one.ID]
		if !has {
			continue
		}
		if !ok || p > best.Points {
			best = Lever{one, p}
		}
		if !ok || p < worst.Points {
			worst = Lever{one, p}
		}
		ok = true
	}
	return best, worst, ok && best.Points > 0
}

// Drag is the indicator that takes most from the achievement of the whole: its weight times what it lacks. nil: none lacks
// anything.
func (c Cascade) Drag() (worst *Branch, points float64) {
	for _, l := range c.Leaves() {
		if lost := l.Part * (100 - l.Percent); l.Why == "" && lost > points {
			worst, points = l, lost
		}
	}
	return worst, points
}

// Counts are how many indicators stand where.
type Counts struct{ All, Good, Behind, Unknown int }

// Counts tells how many indicators are on their way, how many are behind, and how many cannot be reckoned.
func (c Cascade) Counts() (n Counts) {
	for _, l := range c.Leaves() {
		n.All++
		switch l.Course {
		case OnCourse, Done:
			n.Good++
		case Behind, Missed:
			n.Behind++
		default:
			n.Unknown++
		}
	}
	return n
}

// yearsOf are the years of the tree that can be looked at: until this one.
func yearsOf(t Tree, today clock.Day) (all []int64) {
	for y := t.FromYear; y <= t.ToYear; y++ {
		all = append(all, y)
	}
	return all
}
