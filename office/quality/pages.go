package quality

import (
	"cmp"
	"embed"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/monitoring"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

// Routes are the desk's addresses.
func (d *Desk) Routes() []web.Route {
	return slices.Concat([]web.Route{
		web.GET("/quality", d.getQuality).Says("quality", "What is not in order in the records of each institution, the worst first").Gives(OverviewBody{}),
		web.GET("/quality/{qualityrule}", d.getRule).Says("quality", "One rule: what it found, and how it is mended").Query(AskRule{}).Gives(RuleBody{}),
	}, d.routesAlerts(), d.routesReports())
}

var severityWords = map[string]text.Word{"high": "Berat|mutu data", "medium": "Sedang|mutu data", "low": "Ringan|mutu data"}

var severityKinds = map[string]string{"high": "bad", "medium": "warn", "low": "info"}

func severity(l text.Lang, key string) page.Chip {
	return page.Chip{Kind: severityKinds[key], Word: text.T(l, string(severityWords[key]))}
}

// score writes a score and what it means: below 75 is bad, below 90 wants looking at. The bounds are ours.
func score(l text.Lang, n float64, ok bool) page.Chip {
	c := page.Chip{Kind: "ok", Word: text.Decimal(l, n, 1)}
	switch {
	case !ok:
		return page.Chip{Kind: "none", Word: "–"}
	case n < 75:
		c.Kind = "bad"
	case n < 90:
		c.Kind = "warn"
	}
	return c
}

type overviewPage struct {
	Overview
	Heads  []headLine
	Rows   []rowLine
	Says   string
	Whole  page.Chip
	Rule   string
	Clean  bool
	Only   bool // the asker has one institution
	Alerts bool
}

type headLine struct {
	Key, Name string
	Severity  page.Chip
	Cell
}

type rowLine struct {
	ID    id.ID
	Name  string
	Score page.Chip
	Bad   int64
	Cells []cellLine
}

type cellLine struct {
	Key string
	Cell
	Known bool // there was something to look at
}

func (d *Desk) getQuality(r *web.Request) (web.Answer, error) {
	o, err := d.Overview(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	return r.Show("quality/overview.html", func() (any, error) { return pageOf(r, o), nil }, overviewBody(r.Lang, o))
}

func pageOf(r *web.Request, o Overview) overviewPage {
	p := overviewPage{Overview: o, Rule: law.Quality.Version(o.On), Only: len(o.Lines) == 1}
	totals := o.Totals()
	for _, rule := range o.Rules.Rules {
		p.Heads = append(p.Heads, headLine{rule.Key, rule.In(string(r.Lang)), severity(r.Lang, rule.Severity), totals[rule.Key]})
	}
	for _, l := range o.Lines {
		n, ok := l.Score(o.Rules)
		row := rowLine{ID: l.Centre.ID, Name: l.Centre.Name, Score: score(r.Lang, n, ok), Bad: l.Bad()}
		for _, rule := range o.Rules.Rules {
			_, known := l.Cells[rule.Key].Good()
			row.Cells = append(row.Cells, cellLine{rule.Key, l.Cells[rule.Key], known})
		}
		p.Rows = append(p.Rows, row)
	}
	n, ok := Line{Cells: totals}.Score(o.Rules)
	p.Whole = score(r.Lang, n, ok)
	p.Says, p.Clean = says(r, o, p.Heads)
	return p
}

// says tells in a sentence who has most to mend, and what.
func says(r *web.Request, o Overview, heads []headLine) (string, bool) {
	worst := slices.SortedStableFunc(slices.Values(heads), func(x, y headLine) int { return cmp.Compare(y.Bad, x.Bad) })
	var things []string
	var total int64
	for _, h := range worst {
		total += h.Bad
		if h.Bad > 0 && len(things) < 2 {
			things = append(things, r.Say("%s (%d)", text.Within(h.Name), h.Bad))
		}
	}
	if total == 0 {
		return r.Say("Semua yang diperiksa beres."), true
	}
	if len(o.Lines) == 1 {
		return r.Say("%d hal perlu dibenahi, terbanyak %s.", total, strings.Join(things, ", ")), false
	}
	most := slices.SortedStableFunc(slices.Values(o.Lines), func(x, y Line) int { return cmp.Compare(y.Bad(), x.Bad()) })
	var names []string
	for _, l := range most[:min(3, len(most))] {
		if l.Bad() > 0 {
			names = append(names, r.Say("%s (%d)", l.Centre.Name, l.Bad()))
		}
	}
	return r.Say("%d hal perlu dibenahi, paling banyak di %s. Terbanyak: %s.", total, strings.Join(names, ", "), strings.Join(things, ", ")), false
}

// AskRule is the query of a rule.
type AskRule struct {
	Centre id.ID  `query:"centre"`
	After  string `query:"after" maxLength:"40"`
	Limit  int64  `query:"limit" minimum:"1" maximum:"500"`
}

type rulePage struct {
	Detail
	Name, WhySays, MendSays string
	Chip                    page.Chip
	Options                 []page.Option
	Places                  []rowLine
	Months                  []monthLine
	Far                     []farLine
	Items                   []itemLine
	Rule                    string
	May                     bool
}

type monthLine struct {
	Finding
	Place, Name string
	Late        string
	Href        template.URL
}

type farLine struct {
	Place, Figure, Value, Mean, Median, Z, Modified string
	Months                                          int
	High                                            bool
	Href                                            template.URL
}

type itemLine struct {
	Called, Place, Says, Href string
	Record
}

func (d *Desk) getRule(r *web.Request) (web.Answer, error) {
	var a AskRule
	if err := r.Filter(&a); err != nil {
		return nil, err
	}
	a.Limit = cmp.Or(a.Limit, 50)
	if a.Centre == 0 {
		a.Centre = r.By.Scope.Only()
	}
	after, err := store.PlaceOf(a.After)
	if err != nil {
		return nil, err
	}
	o, err := d.Detail(r.Context(), r.By, r.Word("qualityrule"), a.Centre, after, int(a.Limit))
	if err != nil {
		return nil, err
	}
	return r.Show("quality/rule.html", func() (any, error) { return d.rulePage(r, o), nil }, ruleBody(r.Lang, o))
}

func (d *Desk) rulePage(r *web.Request, o Detail) rulePage {
	l := string(r.Lang)
	p := rulePage{Detail: o, Name: o.In(l), WhySays: o.WhyIn(l), MendSays: o.MendIn(l), Chip: severity(r.Lang, o.Severity), Rule: law.Quality.Version(o.On), May: r.By.May(who.SeeRecords)}
	lines := slices.SortedStableFunc(slices.Values(o.Lines), func(x, y Line) int { return cmp.Compare(y.Cells[o.Key].Bad, x.Cells[o.Key].Bad) })
	for _, one := range lines {
		p.Options = append(p.Options, page.Option{Value: one.Centre.ID.String(), Name: one.Centre.Name})
		if c := one.Cells[o.Key]; c.Bad > 0 && o.There.ID == 0 {
			p.Places = append(p.Places, rowLine{ID: one.Centre.ID, Name: one.Centre.Name, Cells: []cellLine{{o.Key, c, true}}})
		}
	}
	slices.SortFunc(p.Options, func(x, y page.Option) int { return cmp.Compare(x.Name, y.Name) })
	for _, f := range o.Findings {
		p.finding(r, f)
	}
	for _, one := range o.Records {
		p.Items = append(p.Items, itemLine{one.Called, o.Names[one.Centre], recordSays(r, o, one), recordPath(r, o.Key, one), one})
	}
	return p
}

// finding writes down a month, or a figure of a month.
func (p *rulePage) finding(r *web.Request, f Finding) {
	span, _ := monitoring.MonthSpan(f.Month)
	span.Centre = f.Centre
	if p.Key == outlier {
		name := f.Figure
		if i, ok := monitoring.Find(f.Figure); ok {
			name = i.In(string(r.Lang))
		}
		one := farLine{Place: p.Names[f.Centre], Figure: name + ", " + text.MonthName(r.Lang, f.Month), Value: text.Decimal(r.Lang, f.Value, 0), Mean: text.Decimal(r.Lang, f.Mean, 1),
			Median: text.Decimal(r.Lang, f.Median, 1), Z: "–", Modified: "–", Months: f.Outlier.Months, High: f.Value > f.Median,
			Href: template.URL("/indicators/" + url.PathEscape(f.Figure) + "?" + span.Query())} //nolint:gosec // two days and an id
		if f.HasZ {
			one.Z = text.Decimal(r.Lang, f.Z, 1)
		}
		if f.HasModified {
			one.Modified = text.Decimal(r.Lang, f.Modified, 1)
		}
		p.Far = append(p.Far, one)
		return
	}
	m := monthLine{Finding: f, Place: p.Names[f.Centre], Name: text.MonthName(r.Lang, f.Month), Href: template.URL("/balance?centre=" + f.Centre.String() + "&month=" + f.Month)} //nolint:gosec // an id and a month
	if p.Key == monthOpen {
		m.Late = r.Say("seharusnya paling lambat %s", text.DayShort(r.Lang, closeBy(f.Month, p.Rules.CloseDays)))
	}
	p.Months = append(p.Months, m)
}

// recordSays tells when it should have been in order.
func recordSays(r *web.Request, o Detail, one Record) string {
	day := text.DayShort(r.Lang, one.On)
	switch o.Key {
	case "stage-late", "aftercare-late":
		return r.Say("seharusnya %s", day)
	case "worker-missing":
		return r.Say("tanpa petugas")
	}
	return r.Say("tinggal sejak %s", day)
}

// recordPath is where a record is mended.
func recordPath(r *web.Request, key string, one Record) string {
	switch key {
	case sexMissing, birthMissing, homeMissing:
		if r.By.May(who.ChangePerson) {
			return "/persons/" + one.Person.String() + "/edit"
		}
		return "/persons/" + one.Person.String()
	}
	return "/cases/" + one.Case.String()
}
