package outcome

import (
	"cmp"
	"embed"
	"html/template"
	"net/url"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

// Routes are the addresses of this desk.
func (d *Desk) Routes() []web.Route {
	return []web.Route{
		web.GET("/outcome", d.getOutcome).Says("figures", "What became of those who left: still independent, not, unknown; the Kaplan–Meier curve; by centre without a ranking").Query(Ask{}).Gives(OutcomeBody{}),
	}
}

// Ask is the query of an outcome: those who left on these days.
type Ask struct {
	Centre id.ID     `query:"centre"`
	From   clock.Day `query:"from"`
	To     clock.Day `query:"to"`
}

// usualMonths is how far back a span reaches that nobody named: long enough for a cohort of a year.
const usualMonths = 24

func (a Ask) span(today clock.Day) (Span, error) {
	s := Span{a.From, a.To, a.Centre}
	if s.To == "" {
		s.To = today
	}
	if s.From == "" {
		s.From = (s.To[:8] + "01").AddMonths(-usualMonths)
	}
	if s.From > s.To {
		return s, fail.Bad("from", "order", "Masa mulai %s, setelah akhirnya %s.", s.From, s.To)
	}
	return s, nil
}

// outcomePage is the page, with its chart and the lists behind its numbers.
type outcomePage struct {
	Outlook
	There   centre.Centre // zero: the province
	Centres []page.Option
	Chart   template.HTML
	Year    Cohort // the mark at which centres are shown
	Steps   []stepLine
	Lines   []rowLine
	Taught  []skillLine
	Rose    []told
	Moved   []told
	Exits   template.URL // the list of all who left; "" for who may not open it
}

type stepLine struct {
	Step
	Percent, Range string
}

type rowLine struct {
	Row
	Path           template.URL
	Percent, Range string
}

type skillLine struct {
	Skill
	Name, Word     string
	Href           template.URL
	Percent, Range string
}

// told is a number with its words and the list behind it.
type told struct {
	Name string
	N    int64
	Href template.URL
}

// way is one value of a measure and its words.
type way struct {
	key  string
	name text.Word
}

var (
	riseWays   = []way{{"rise", "naik sedikitnya satu tingkat"}, {"same", "tetap"}, {"fall", "turun"}, {"unmeasured", "belum diukur dua kali"}}
	decileWays = []way{{"up", "naik desil"}, {"same", "desil tetap"}, {"down", "turun desil"}, {"unknown", "belum diketahui"}}
)

func (d *Desk) getOutcome(r *web.Request) (web.Answer, error) {
	var a Ask
	if err := r.Filter(&a); err != nil {
		return nil, err
	}
	if !r.API() {
		a.Centre = cmp.Or(a.Centre, r.By.Scope.Only())
	}
	s, err := a.span(r.Today())
	if err != nil {
		return nil, err
	}
	p := outcomePage{}
	centres, err := d.Centres(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	for _, c := range centres {
		p.Centres = append(p.Centres, page.Option{Value: c.ID.String(), Name: c.Name})
		if c.ID == s.Centre {
			p.There = c
		}
	}
	if s.Centre != 0 && p.There.ID == 0 {
		return nil, fail.NotFound
	}
	if p.Outlook, err = d.Look(r.Context(), r.By, s); err != nil {
		return nil, err
	}
	return r.Show("outcome/outcome.html", func() (any, error) { p.lay(r); return p, nil }, bodyOf(p.Outlook))
}

func percent(lang text.Lang, share float64) string { return text.Decimal(lang, 100*share, 0) + "%" }

func between(lang text.Lang, low, high float64) string {
	return percent(lang, low) + "–" + percent(lang, high)
}

func (p *outcomePage) lay(r *web.Request) {
	var points []page.SurvivalPoint
	for _, s := range p.Curve {
		if s.AtRisk == 0 { // nobody is followed so far
			break
		}
		points = append(points, page.SurvivalPoint{Month: s.Month, Share: s.Share, Low: s.Low, High: s.High, Sure: s.Sure, Censored: s.Censored})
		if s.Fallen == 0 && s.Censored == 0 {
			continue
		}
		line := stepLine{Step: s, Percent: percent(r.Lang, s.Share), Range: "–"}
		if s.Sure {
			line.Range = between(r.Lang, s.Low, s.High)
		}
		p.Steps = append(p.Steps, line)
	}
	p.Chart = page.Survival(r.Lang, "masih-mandiri", points, yearMonths)
	for _, c := range p.Cohorts {
		if c.Months == yearMonths {
			p.Year = c
		}
	}
	for _, row := range p.Rows {
		line := rowLine{Row: row, Path: template.URL("/outcome?" + p.query(row.Centre.ID).Encode())} //nolint:gosec // encoded values
		if row.Estimated {
			line.Percent, line.Range = percent(r.Lang, row.Share), between(r.Lang, row.Low, row.High)
		}
		p.Lines = append(p.Lines, line)
	}
	set := law.Standard.Latest()
	for _, k := range p.Skills {
		skill, _ := law.Find(set.Skills, k.Skill)
		tool, _ := law.Find(set.Tools, k.Tool)
		line := skillLine{Skill: k, Name: skill.In(string(r.Lang)), Word: tool.In(string(r.Lang)), Href: p.behind(r, "skill_held_12", k.Skill+":"+k.Tool)}
		if k.Estimated {
			line.Percent, line.Range = percent(r.Lang, k.Share), between(r.Lang, k.Low, k.High)
		}
		p.Taught = append(p.Taught, line)
	}
	p.Exits = p.behind(r, "followed", "")
	p.Rose = p.tell(r, "lowest_rose", riseWays, p.Rise)
	p.Moved = p.tell(r, "decile_up", decileWays, p.Decile)
}

func (p *outcomePage) tell(r *web.Request, indicator string, ways []way, of map[string]int64) (out []told) {
	for _, w := range ways {
		out = append(out, told{r.Say(string(w.name)), of[w.key], p.behind(r, indicator, w.key)})
	}
	return out
}

func (p *outcomePage) query(at id.ID) url.Values {
	q := url.Values{"from": {string(p.From)}, "to": {string(p.To)}}
	if at != 0 {
		q.Set("centre", at.String())
	}
	return q
}

// behind is the list of everybody whom a number counts; "" for who may not open it.
func (p *outcomePage) behind(r *web.Request, key, dim string) template.URL {
	if !r.By.May(who.SeeRecords) {
		return ""
	}
	q := p.query(p.Centre)
	if dim != "" {
		q.Set("dim", dim)
		q.Set("part", "denominator")
	}
	return template.URL("/indicators/" + key + "/records?" + q.Encode()) //nolint:gosec // encoded values
}
