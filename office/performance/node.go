package performance

import (
	"context"
	"math"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/actions"
	"tuntas/office/monitoring"
	"tuntas/office/needs"
)

var setSteps = store.NewAct("performance.steps", who.KeepFigures)

// mostActions is how many actions stand beside an indicator: the latest begun.
const mostActions = 10

// courseMonths is how far back the months beside an action reach.
const courseMonths = 48

// Sheet is one node of the tree with what moves it.
type Sheet struct {
	Cascade
	Node     *Branch
	Above    []*Branch // from the top down to its parent
	Parts    []Part
	Shares   bool // the institutions can be told apart
	Years    []YearLine
	Steps    [3]*float64
	Actions  []Effort
	Analysis *Analysis
}

// YearLine is one year of an indicator.
type YearLine struct {
	Year    int64
	Value   monitoring.Value
	Past    bool // it has begun
	Target  *monitoring.Target
	Percent *float64
}

// Effort is an action that should move an indicator, and what the indicator did meanwhile. It is no proof that the one came
// from the other.
type Effort struct {
	actions.Action
	Cost                 int64 // rupiah, of the needs it brings that the asker may see
	Before, Since, After monitoring.Value
	Ended                bool
}

// Open gives a node of the tree of a year. A node of another tree than that of the year is not found, but for the one that
// it was copied to or from.
func (d *Desk) Open(ctx context.Context, by who.Asker, node id.ID, year int64, at id.ID) (s Sheet, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		s, err = d.sheet(tx, node, year, at)
		return err
	})
	return s, err
}

func (d *Desk) sheet(tx *store.Tx, node id.ID, year int64, at id.ID) (s Sheet, err error) {
	n, err := nodeByID(tx, node)
	if err != nil {
		return s, err
	}
	if s.Cascade, err = d.cascade(tx, year, at); err != nil {
		return s, err
	}
	for _, one := range s.Nodes {
		if one.Origin == n.Origin {
			s.Node = s.find(one.ID)
		}
	}
	if s.Node == nil {
		return s, fail.NotFound
	}
	for up := s.Node.Parent; up != 0; {
		b := s.find(up)
		s.Above = append([]*Branch{b}, s.Above...)
		up = b.Parent
	}
	if s.Analysis, err = analysisOf(tx, s.Node.Origin, year, at); err != nil {
		return s, err
	}
	if s.Node.Kind != Indicator || s.Node.Why == noFigure {
		return s, nil
	}
	s.Parts, s.Shares = Contributions(s.Node.Figure, s.Node.at)
	if err := d.yearLines(tx, &s); err != nil {
		return s, err
	}
	steps, err := stepsOf(tx, year)
	if err != nil {
		return s, err
	}
	s.Steps = steps[s.Node.Figure.Key]
	return s, d.efforts(tx, &s)
}

// yearLines reads the years of the tree: their targets, and what was reached.
func (d *Desk) yearLines(tx *store.Tx, s *Sheet) error {
	this := int64(tx.Today().Time().Year())
	var begun []int64
	for _, y := range yearsOf(s.Tree, tx.Today()) {
		if y <= this {
			begun = append(begun, y)
		}
	}
	values, err := d.figures.OverYears(tx, s.Node.Figure, begun, s.every)
	if err != nil {
		return err
	}
	aims, err := monitoring.TargetsOf(tx, s.Node.Figure.Key)
	if err != nil {
		return err
	}
	for _, y := range yearsOf(s.Tree, tx.Today()) {
		l := YearLine{Year: y, Past: y <= this}
		for _, t := range aims {
			if t.Year == y && (t.Centre == s.Span.Centre || t.Centre == 0 && l.Target == nil && s.Node.Value.Over) {
				l.Target = &t
			}
		}
		if l.Past {
			l.Value = values[y][s.Span.Centre]
			if v, ok := l.Value.In(s.Node.Figure); ok && l.Target != nil {
				if p, ok := s.Rules().Achieve(s.Node.Figure.Direction, v, l.Target.Value()); ok {
					l.Percent = &p
				}
			}
		}
		s.Years = append(s.Years, l)
	}
	return nil
}

// efforts reads the actions that name the indicator, what they cost, and what the indicator did before, since and after.
func (d *Desk) efforts(tx *store.Tx, s *Sheet) error {
	all, err := actions.OfIndicator(tx, s.Node.Figure.Key, mostActions)
	if err != nil || len(all) == 0 {
		return err
	}
	var ids []id.ID
	for _, a := range all {
		ids = append(ids, a.ID)
	}
	costs, err := needs.CostsOf(tx, ids)
	if err != nil {
		return err
	}
	months, err := d.figures.Course(tx, s.Node.Figure, monitoring.Span{To: tx.Today(), Centre: s.Span.Centre}, courseMonths, s.every)
	if err != nil {
		return err
	}
	between := func(from, to string) monitoring.Value { // months, inclusive
		var some []monitoring.Point
		for _, m := range months {
			if m.Month >= from && m.Month <= to {
				some = append(some, m)
			}
		}
		return d.figures.Over(s.Node.Figure, some)
	}
	today := tx.Today().Month()
	for _, a := range all {
		e := Effort{Action: a, Cost: costs[a.ID], Ended: a.DoneOn != "" && a.State == actions.Done}
		start, end := a.StartOn.Month(), today
		if e.Ended {
			end = a.DoneOn.Month()
			e.After = between(nextMonth(end), today)
		}
		e.Before = between(monthsBack(start, 12), monthsBack(start, 1))
		e.Since = between(start, end)
		s.Actions = append(s.Actions, e)
	}
	return nil
}

func nextMonth(month string) string { return monthsBack(month, -1) }

func monthsBack(month string, n int) string {
	return clock.Day(month + "-01").AddMonths(-n).Month()
}

// NewSteps is what a figure of the province should be at the end of each quarter but the last, in its unit. None given: it
// goes straight to the target.
type NewSteps struct {
	Year int64    `json:"year" required:"true" minimum:"2000" maximum:"2999" ask:"Tulis tahunnya."`
	Q1   *float64 `json:"q1,omitempty" minimum:"0" maximum:"1000000000"`
	Q2   *float64 `json:"q2,omitempty" minimum:"0" maximum:"1000000000"`
	Q3   *float64 `json:"q3,omitempty" minimum:"0" maximum:"1000000000"`
}

// SetSteps says which way an indicator should take through a year; what was said before of the year is replaced.
func (d *Desk) SetSteps(ctx context.Context, by who.Asker, node id.ID, in NewSteps) (n Node, err error) {
	err = d.store.Write(ctx, by, setSteps, func(tx *store.Tx) error {
		if n, err = nodeByID(tx, node); err != nil {
			return err
		}
		if n.Kind != Indicator {
			return fail.Broken("performance-no-indicator", "Titik triwulan hanya untuk indikator.")
		}
		for q, v := range []*float64{in.Q1, in.Q2, in.Q3} {
			var value *int64
			if v != nil {
				t := int64(math.Round(*v * 1000))
				value = &t
			}
			if err := putStep(tx, n.Indicator, in.Year, int64(q+1), value); err != nil {
				return err
			}
		}
		tx.Record(store.Entry{Kind: "performance", ID: n.Tree, Say: fail.Say("Titik triwulan %s tahun %s ditetapkan.", n.Name, yearWord(in.Year)), What: in})
		return nil
	})
	return n, err
}
