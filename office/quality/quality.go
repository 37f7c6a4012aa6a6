package quality

import (
	"cmp"
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/access"
	"tuntas/office/centre"
	"tuntas/office/coordination"
	"tuntas/office/monitoring"
)

// Desk is the desk of the quality of records.
type Desk struct {
	store    *store.Store
	figures  *monitoring.Desk
	access   *access.Desk
	partners *coordination.Desk
}

// New opens the desk.
func New(s *store.Store, f *monitoring.Desk, a *access.Desk, p *coordination.Desk) *Desk {
	return &Desk{s, f, a, p}
}

var (
	look     = store.NewAct("quality.see", who.SeeFigures)
	lookList = store.NewAct("quality.open", who.SeeRecords)
)

// Cell is how much of what a rule looks at is not in order.
type Cell struct{ Bad, Checked int64 }

// Good is the share in order, 0 to 1; false where there was nothing to look at. More that is bad than was looked at, as a
// contact that has been overdue for years, is all of it.
func (c Cell) Good() (float64, bool) {
	checked := max(c.Checked, c.Bad)
	if checked <= 0 {
		return 0, false
	}
	return float64(checked-max(c.Bad, 0)) / float64(checked), true
}

// Line is one institution with what is not in order, by the key of the rule.
type Line struct {
	Centre centre.Centre
	Cells  map[string]Cell
}

// Bad is how many things are to be mended.
func (l Line) Bad() (n int64) {
	for _, c := range l.Cells {
		n += c.Bad
	}
	return n
}

// Score is the mean of the shares in order, each weighed by the severity of its rule, 0 to 100; false where no rule had
// anything to look at.
func (l Line) Score(rules law.QualityRules) (float64, bool) {
	var sum, weights float64
	for _, r := range rules.Rules {
		if share, ok := l.Cells[r.Key].Good(); ok {
			w := float64(rules.Weights[r.Severity])
			sum, weights = sum+w*share, weights+w
		}
	}
	if weights == 0 {
		return 0, false
	}
	return 100 * sum / weights, true
}

// Overview is how the records of the asker's institutions stand, the worst first.
type Overview struct {
	On    clock.Day
	Rules law.QualityRules
	Lines []Line
}

// Totals add up the institutions by rule.
func (o Overview) Totals() map[string]Cell {
	all := map[string]Cell{}
	for _, l := range o.Lines {
		for key, c := range l.Cells {
			all[key] = Cell{all[key].Bad + c.Bad, all[key].Checked + c.Checked}
		}
	}
	return all
}

// Overview looks at every rule in every institution of the asker: a fixed number of statements over tallies and over those
// who are in service now.
func (d *Desk) Overview(ctx context.Context, by who.Asker) (o Overview, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		o, _, err = d.overview(tx, law.Quality.On(tx.Today()))
		return err
	})
	return o, err
}

func (d *Desk) overview(tx *store.Tx, rules law.QualityRules) (o Overview, f *looked, err error) {
	o = Overview{On: tx.Today(), Rules: rules}
	if f, err = d.lookAt(tx, o.Rules); err != nil {
		return o, nil, err
	}
	for _, c := range f.sweep.Centres {
		if !tx.By().Scope.Has(c.ID) {
			continue
		}
		l := Line{Centre: c, Cells: map[string]Cell{}}
		for key, cells := range f.cells {
			l.Cells[key] = cells[c.ID]
		}
		o.Lines = append(o.Lines, l)
	}
	slices.SortStableFunc(o.Lines, func(x, y Line) int {
		xs, xok := x.Score(o.Rules)
		ys, yok := y.Score(o.Rules)
		if xok != yok { // nothing to look at stands last
			return cmp.Compare(rank(yok), rank(xok))
		}
		return cmp.Or(cmp.Compare(xs, ys), cmp.Compare(y.Bad(), x.Bad()))
	})
	return o, f, nil
}

func rank(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Finding is one thing that is not in order and that is no record of a person: a month, or a figure of a month.
type Finding struct {
	Centre id.ID
	Month  string
	Figure string // key of an indicator
	Outlier
	Opening, In, Out, Closing int64 // of a balance
}

// Detail is one rule with what it found, at one institution or at all of the asker's.
type Detail struct {
	law.QualityRule
	On       clock.Day
	Rules    law.QualityRules
	There    centre.Centre // zero: all of the asker's
	Lines    []Line
	Names    map[id.ID]string
	Cell     Cell
	Findings []Finding
	Unjudged int // figures of an outlier rule with too little before them
	Records  []Record
	Next     store.Place
	Withheld int64
	Persons  bool // the rule is about persons
}

// Detail looks at one rule. What it found about persons is listed for who may open records; restricted persons are counted
// and not listed. fail.NotFound for a rule or an institution that is none of the asker's.
func (d *Desk) Detail(ctx context.Context, by who.Asker, key string, at id.ID, after store.Place, limit int) (o Detail, err error) {
	act := look
	if by.May(who.SeeRecords) {
		act = lookList
	}
	err = d.store.Read(ctx, by, act, func(tx *store.Tx) error {
		o = Detail{On: tx.Today(), Rules: law.Quality.On(tx.Today()), Names: map[id.ID]string{}}
		var ok bool
		if o.QualityRule, ok = o.Rules.Rule(key); !ok {
			return fail.NotFound
		}
		only := o.Rules
		only.Rules = []law.QualityRule{o.QualityRule}
		all, f, err := d.overview(tx, only)
		if err != nil {
			return err
		}
		o.Lines = all.Lines
		for _, l := range all.Lines {
			o.Names[l.Centre.ID] = l.Centre.Name
			if l.Centre.ID == at {
				o.There = l.Centre
			}
		}
		if at != 0 && o.There.ID == 0 {
			return fail.NotFound
		}
		for _, l := range all.Lines {
			if at == 0 || l.Centre.ID == at {
				c := l.Cells[key]
				o.Cell = Cell{o.Cell.Bad + c.Bad, o.Cell.Checked + c.Checked}
			}
		}
		return f.list(tx, &o, after, limit)
	})
	return o, err
}

// list gives what a rule found.
func (f *looked) list(tx *store.Tx, o *Detail, after store.Place, limit int) error {
	list, ok := lists[o.Key]
	if !ok {
		for _, one := range f.findings[o.Key] {
			if _, mine := o.Names[one.Centre]; mine && (o.There.ID == 0 || o.There.ID == one.Centre) {
				o.Findings = append(o.Findings, one)
			}
		}
		o.Unjudged = f.unjudged
		return nil
	}
	o.Persons = true
	if !tx.By().May(who.SeeRecords) {
		o.Withheld = o.Cell.Bad
		return nil
	}
	records, err := list.page(tx, o, after, limit+1)
	if err != nil {
		return err
	}
	if len(records) > limit {
		records = records[:limit]
		o.Next = store.Place{On: records[limit-1].On, ID: records[limit-1].ID}
	}
	for _, r := range records {
		tx.Saw(r.Person)
	}
	o.Records = records
	o.Withheld, err = list.withheld(tx, f, o)
	return err
}
