package performance

import (
	"html/template"
	"math/big"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/actions"
)

// fewest is how many a share must rest on to be compared with another.
const fewest = 10

// partLine is an institution's part of an indicator in words.
type partLine struct {
	Name, Value, Of, Share, Points, Without string
	Href                                    template.URL
	Helps                                   page.Chip
}

type yearLine struct {
	Name, Value, Of, Target, Percent string
	Now                              bool
}

type effortLine struct {
	Effort
	Before, Since, After string
	Now                  page.Chip
}

// nodePage is one node with what moves it.
type nodePage struct {
	Sheet
	chooser
	View      branchView
	Above     []branchView
	Says      []string
	Parts     []partLine
	Years     []yearLine
	Chart     template.HTML
	Efforts   []effortLine
	Q         [3]string
	Writes    bool // the asker may write the analysis
	Keeps     bool
	StepYears []page.Option
}

func (d *Desk) getNode(r *web.Request) (web.Answer, error) {
	a, err := asked(r)
	if err != nil {
		return nil, err
	}
	s, err := d.Open(r.Context(), r.By, r.ID("perfnode"), a.Year, a.Centre)
	if err != nil {
		return nil, err
	}
	return r.Show("performance/node.html", func() (any, error) { return d.lay(r, s, a), nil }, nodeBody(r.Lang, s))
}

// mayWrite tells whether the asker writes the analysis of an institution, or (0) of the office.
func mayWrite(by who.Asker, at id.ID) bool {
	return by.May(who.KeepFigures) && by.Scope.Has(at) || at != 0 && by.May(who.CloseMonth) && by.Scope.Has(at)
}

func (d *Desk) lay(r *web.Request, s Sheet, a Ask) nodePage {
	l := r.Lang
	p := nodePage{Sheet: s, chooser: s.chooser(r, a, "/performance/"+s.Node.ID.String()), View: s.view(r, s.Node, a), Keeps: r.By.May(who.KeepFigures), Writes: mayWrite(r.By, a.Centre)}
	for _, b := range s.Above {
		p.Above = append(p.Above, s.view(r, b, a))
	}
	if s.Node.Kind != Indicator || s.Node.Why == noFigure {
		return p
	}
	for _, one := range s.Parts {
		p.Parts = append(p.Parts, s.partLine(l, one))
	}
	p.says(r)
	p.track(r)
	for q, v := range s.Steps {
		if v != nil {
			p.Q[q] = quantity(l, *v)
		}
	}
	this := r.Today().Time().Year()
	p.StepYears = page.Years(this, this+1)
	i := s.Node.Figure
	for _, e := range s.Actions {
		p.Efforts = append(p.Efforts, effortLine{e, i.Say(l, e.Before), i.Say(l, e.Since), i.Say(l, e.After), actionChip(l, e.Action)})
	}
	return p
}

func actionChip(l text.Lang, a actions.Action) page.Chip {
	return page.Chip{Kind: actions.StateKind(a.State), Word: text.T(l, actions.StateWord(a.State))}
}

func (s Sheet) called(at id.ID) string {
	for _, c := range s.every {
		if c.ID == at {
			return c.Name
		}
	}
	return ""
}

func signed(l text.Lang, v float64, places int) string {
	if v > 0 {
		return "+" + text.Decimal(l, v, places)
	}
	return text.Decimal(l, v, places)
}

func (s Sheet) partLine(l text.Lang, one Part) partLine {
	i := s.Node.Figure
	v := partLine{Name: s.called(one.Centre), Value: i.Say(l, one.Value), Of: i.Of(l, one.Value), Share: percent(l, 100*one.Share),
		Href: template.URL("/indicators/" + i.Key + "?from=" + string(s.Span.From) + "&to=" + string(s.Span.To) + "&centre=" + one.Centre.String())} //nolint:gosec // a key, two days and an id
	if one.Points == nil {
		return v
	}
	v.Points = signed(l, float(one.Points), 2)
	v.Without = "–"
	if one.Without != nil {
		v.Without = i.Number(l, float(one.Without))
	}
	switch {
	case one.Value.Denominator < fewest:
		v.Helps = page.Chip{Kind: "none", Word: text.T(l, "terlalu sedikit untuk dibandingkan")}
	case i.Better(float(one.Points)) > 0:
		v.Helps = page.Chip{Kind: "ok", Word: text.T(l, "mengangkat")}
	case i.Better(float(one.Points)) < 0:
		v.Helps = page.Chip{Kind: "warn", Word: text.T(l, "menurunkan")}
	}
	return v
}

// says tells what the figure would be without the institution that helps most and without the one that takes most.
func (p *nodePage) says(r *web.Request) {
	i := p.Node.Figure
	if p.Span.Centre != 0 || !p.Shares || len(p.Sheet.Parts) == 0 {
		return
	}
	all, whole := p.Sheet.Parts, p.Node.at[0]
	first, last := all[0], all[len(all)-1]
	if first.Points == nil {
		p.Says = append(p.Says, r.Say("%s menyumbang paling banyak: %s, %s dari jumlah provinsi.", p.called(first.Centre), i.Say(r.Lang, first.Value), percent(r.Lang, 100*first.Share)))
		return
	}
	for _, one := range []Part{first, last} {
		if one.Without == nil || one.Points.Cmp(new(big.Rat)) == 0 {
			continue
		}
		p.Says = append(p.Says, r.Say("Tanpa %s angka ini %s, bukan %s.", p.called(one.Centre), i.Number(r.Lang, float(one.Without)), i.Say(r.Lang, whole)))
	}
}

// track draws the years beside the path of their targets, and writes the same numbers beside.
func (p *nodePage) track(r *web.Request) {
	i, l := p.Node.Figure, r.Lang
	var points, path []page.LinePoint
	for _, y := range p.Sheet.Years {
		line := yearLine{Name: yearWord(y.Year), Value: "–", Target: "–", Percent: "–", Now: y.Year == p.Cascade.Year}
		pt, goal := page.LinePoint{Name: line.Name}, page.LinePoint{}
		if y.Past {
			pt.Value, pt.Known = y.Value.In(i)
			line.Value, line.Of = i.Say(l, y.Value), i.Of(l, y.Value)
		}
		if y.Target != nil {
			goal.Value, goal.Known, line.Target = y.Target.Value(), true, i.Number(l, y.Target.Value())
		}
		if y.Percent != nil {
			line.Percent = percent(l, *y.Percent)
		}
		points, path = append(points, pt), append(path, goal)
		p.Years = append(p.Years, line)
	}
	if len(points) > 1 {
		p.Chart = page.Track(l, r.Say("%s menurut tahun, dengan jalur targetnya", p.View.Name), points, path)
	}
}

func (d *Desk) postSteps(r *web.Request) (web.Answer, error) {
	var in NewSteps
	n, err := web.Do(r, func(v NewSteps) (Node, error) {
		in = v
		return d.SetSteps(r.Context(), r.By, r.ID("perfnode"), v)
	})
	if err != nil {
		return r.Again("performance/node.html", func() (any, error) {
			a := Ask{Year: int64(r.Today().Time().Year())}
			s, err := d.Open(r.Context(), r.By, r.ID("perfnode"), a.Year, 0)
			return d.lay(r, s, a), err
		}, err)
	}
	r.Flash("Titik triwulan tersimpan.")
	path := "/performance/" + n.ID.String()
	return r.Done(path+"?year="+yearWord(in.Year), path, StepsBody{n.ID, n.Indicator, in.Year, [3]*float64{in.Q1, in.Q2, in.Q3}})
}

// analysisPage is the form of an analysis.
type analysisPage struct {
	Sheet
	chooser
	View                    branchView
	Was                     Analysis
	Budget, Spent, Compared string
}

func (d *Desk) analysisPage(r *web.Request, a Ask) func() (any, error) {
	return func() (any, error) {
		s, err := d.Open(r.Context(), r.By, r.ID("perfnode"), a.Year, a.Centre)
		if err != nil {
			return nil, err
		}
		p := analysisPage{Sheet: s, chooser: s.chooser(r, a, ""), View: s.view(r, s.Node, a)}
		if s.Analysis != nil {
			p.Was = *s.Analysis
			p.Budget, p.Spent = whole64(r.Lang, p.Was.Budget), whole64(r.Lang, p.Was.Spent)
			if v := p.Was.Compared(); v != nil {
				p.Compared = quantity(r.Lang, *v)
			}
		}
		return p, nil
	}
}

func whole64(l text.Lang, n *int64) string {
	if n == nil {
		return ""
	}
	return text.Number(l, *n)
}

func (d *Desk) getAnalysis(r *web.Request) (web.Answer, error) {
	a, err := asked(r)
	if err != nil {
		return nil, err
	}
	if !mayWrite(r.By, a.Centre) {
		return nil, fail.Denied
	}
	return r.Page("performance/analysis.html", d.analysisPage(r, a))
}

func (d *Desk) postAnalysis(r *web.Request) (web.Answer, error) {
	a := Ask{Year: int64(r.Today().Time().Year())}
	one, err := web.Do(r, func(in SetAnalysis) (Analysis, error) {
		a = Ask{in.Year, in.Centre}
		return d.Analyse(r.Context(), r.By, r.ID("perfnode"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("performance/analysis.html", d.analysisPage(r, a), err)
	}
	r.Flash("Analisis tersimpan.")
	path := "/performance/" + r.ID("perfnode").String()
	return r.Done(path+"?"+string(a.query()), path, analysisBody(one))
}
