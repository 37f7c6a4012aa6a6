package quality

import (
	"slices"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/law"
	"tuntas/office/monitoring"
)

// The rules that are no formula over measures.
const (
	stayWithoutCase = "stay-without-case"
	balance         = "balance"
	monthOpen       = "month-open"
	serviceMissing  = "service-missing"
	outlier         = "outlier"
	sexMissing      = "sex-missing"
	birthMissing    = "birth-missing"
	homeMissing     = "home-missing"
)

// looked is what the rules found: cells by rule and institution, and findings that are no record of a person.
type looked struct {
	sweep    *monitoring.Sweep
	cells    map[string]map[id.ID]Cell
	findings map[string][]Finding
	unjudged int
}

// steps find what rules ask for; a step without keys is that of the rules that are formulas.
var steps = []struct {
	keys []string
	find func(*looked, *store.Tx, law.QualityRules) error
}{
	{nil, (*looked).formulas},
	{[]string{sexMissing, birthMissing, homeMissing, stayWithoutCase, serviceMissing}, (*looked).stays},
	{[]string{monthOpen}, (*looked).closed},
	{[]string{balance, outlier}, (*looked).months},
}

// lookAt applies the rules to every institution: a page about one rule pays for that one.
func (d *Desk) lookAt(tx *store.Tx, rules law.QualityRules) (f *looked, err error) {
	f = &looked{cells: map[string]map[id.ID]Cell{}, findings: map[string][]Finding{}}
	if f.sweep, err = d.figures.Sweep(tx); err != nil {
		return nil, err
	}
	for _, r := range rules.Rules {
		f.cells[r.Key] = map[id.ID]Cell{}
	}
	for _, step := range steps {
		asked := func(r law.QualityRule) bool {
			return slices.Contains(step.keys, r.Key) || step.keys == nil && r.Bad != ""
		}
		if !slices.ContainsFunc(rules.Rules, asked) {
			continue
		}
		if err := step.find(f, tx, rules); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// spans are the days of both sides of a rule.
func spans(r law.QualityRule, today clock.Day) (bad, checked monitoring.Span) {
	to := today
	if r.Until == "yesterday" {
		to = today.Add(-1)
	}
	bad = monitoring.Span{From: "1900-01-01", To: to}
	checked = bad
	if r.CheckedFrom > 0 {
		checked.From = today.AddMonths(-r.CheckedFrom)
	}
	return bad, checked
}

// formulas reckons the rules that are a sum of measures.
func (f *looked) formulas(tx *store.Tx, rules law.QualityRules) error {
	ahead := map[monitoring.Span][]monitoring.Indicator{}
	for _, r := range rules.Rules {
		if r.Bad != "" {
			bad, checked := spans(r, tx.Today())
			ahead[bad] = append(ahead[bad], monitoring.Counted(r.Bad, ""))
			ahead[checked] = append(ahead[checked], monitoring.Counted(r.Checked, ""))
		}
	}
	for span, all := range ahead {
		if err := f.sweep.Ahead(all, span); err != nil {
			return err
		}
	}
	for _, r := range rules.Rules {
		if r.Bad == "" {
			continue
		}
		bad, checked := spans(r, tx.Today())
		wrong, err := f.sweep.Of(monitoring.Counted(r.Bad, ""), bad)
		if err != nil {
			return err
		}
		all, err := f.sweep.Of(monitoring.Counted(r.Checked, ""), checked)
		if err != nil {
			return err
		}
		for at, v := range all {
			f.cells[r.Key][at] = Cell{wrong[at].Numerator, v.Numerator}
		}
	}
	return nil
}

// put keeps a cell of a rule that is asked for.
func (f *looked) put(rule string, at id.ID, c Cell) {
	if cells, ok := f.cells[rule]; ok {
		cells[at] = c
	}
}

// stays counts those who live in, and those of them with something not known, without a running case, or for whom nothing was
// recorded. Who came and left on one day stands in the figures until the evening, and is asked about no more.
func (f *looked) stays(tx *store.Tx, rules law.QualityRules) error {
	since := tx.Today().Add(-rules.ServiceDays)
	living, err := store.Each(tx, stayCounts, scanLiving, since, since)
	for _, l := range living {
		f.put(sexMissing, l.centre, Cell{l.sex, l.n})
		f.put(birthMissing, l.centre, Cell{l.age, l.n})
		f.put(homeMissing, l.centre, Cell{l.home, l.n})
		f.put(stayWithoutCase, l.centre, Cell{l.caseless, l.n})
		f.put(serviceMissing, l.centre, Cell{l.unserved, l.long})
	}
	return err
}

// closeBy is the last day on which a month is closed in time.
func closeBy(month string, days int) clock.Day {
	s, _ := monitoring.MonthSpan(month)
	return law.AddWorkingDays(s.To, days)
}

// closed looks at which of the last months should be closed by now.
func (f *looked) closed(tx *store.Tx, rules law.QualityRules) error {
	months := monitoring.MonthsTo(lastMonth(tx.Today()), rules.Months)
	held, err := f.sweep.Closed(months[0], months[len(months)-1])
	if err != nil {
		return err
	}
	for _, c := range f.sweep.Centres {
		cell := Cell{}
		for _, m := range months {
			if closeBy(m, rules.CloseDays) >= tx.Today() && !held[c.ID][m] { // there is time yet
				continue
			}
			cell.Checked++
			if !held[c.ID][m] {
				cell.Bad++
				f.findings[monthOpen] = append(f.findings[monthOpen], Finding{Centre: c.ID, Month: m})
			}
		}
		f.put(monthOpen, c.ID, cell)
	}
	return nil
}

// lastMonth is the last month that is over on a day.
func lastMonth(day clock.Day) string { return clock.Day(day.Month() + "-01").Add(-1).Month() }

// months looks at the balances of the last months, and at figures that are far from what the institution is used to.
func (f *looked) months(tx *store.Tx, rules law.QualityRules) error {
	months := monitoring.MonthsTo(lastMonth(tx.Today()), rules.Outlier.Months+1)
	courses := map[string]map[id.ID][]monitoring.Value{}
	for _, key := range append([]string{"occupancy", "arrivals", "departures"}, rules.Outlier.Figures...) {
		i, ok := f.sweep.Named(key)
		if _, read := courses[key]; read || !ok {
			continue
		}
		i.Denominator = "" // counts are judged, not shares of a few
		all, err := f.sweep.Course(i, months)
		if err != nil {
			return err
		}
		courses[key] = all
	}
	for _, c := range f.sweep.Centres {
		f.balances(c.ID, months, courses, rules.Months)
		f.outliers(c.ID, months, courses, rules.Outlier)
	}
	return nil
}

// balances holds of each of the last months that opening + in − out is closing, and that nobody is missing.
func (f *looked) balances(at id.ID, months []string, courses map[string]map[id.ID][]monitoring.Value, back int) {
	stock, in, out := courses["occupancy"][at], courses["arrivals"][at], courses["departures"][at]
	cell := Cell{}
	for n := len(months) - back; n < len(months); n++ {
		cell.Checked++
		one := Finding{Centre: at, Month: months[n], Opening: stock[n-1].Numerator, In: in[n].Numerator, Out: out[n].Numerator, Closing: stock[n].Numerator}
		if !adds(one) {
			cell.Bad++
			f.findings[balance] = append(f.findings[balance], one)
		}
	}
	f.put(balance, at, cell)
}

func adds(m Finding) bool {
	return m.Opening+m.In-m.Out == m.Closing && m.Closing >= 0 && m.Opening >= 0
}

// outliers judges the last month of each figure against the months before it.
func (f *looked) outliers(at id.ID, months []string, courses map[string]map[id.ID][]monitoring.Value, rule law.OutlierRule) {
	cell := Cell{}
	for _, key := range rule.Figures {
		var course []float64
		for _, v := range courses[key][at] {
			course = append(course, float64(v.Numerator))
		}
		o, ok := judge(course, rule)
		if !ok {
			f.unjudged++
			continue
		}
		cell.Checked++
		if o.Far {
			cell.Bad++
			f.findings[outlier] = append(f.findings[outlier], Finding{Centre: at, Month: months[len(months)-1], Figure: key, Outlier: o})
		}
	}
	f.put(outlier, at, cell)
}
