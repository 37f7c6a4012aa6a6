package performance

import (
	"cmp"
	"embed"
	"html/template"
	"math"
	"slices"

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

var (
	_ = page.Lookup("nodekind", func(l text.Lang, key string) string { return text.T(l, string(kindWords[key])) })
	_ = page.Lookup("nodelevel", func(l text.Lang, key string) string { return text.T(l, string(levelWords[key])) })
	_ = page.Lookup("downway", func(l text.Lang, key string) string { return text.T(l, string(downWords[key])) })
)

// Routes are the desk's addresses.
func (d *Desk) Routes() []web.Route {
	return slices.Concat(d.routesTree(), d.routesAgreement(), []web.Route{
		web.GET("/performance", d.getCascade).Says("performance", "The cascade of performance of a year, from the poverty of the province down to the indicators of the institutions").Query(Ask{}).Gives(CascadeBody{}),
		web.GET("/performance/poverty", d.getPoverty).Says("performance", "DTSEN decile, income and work of those who left in a year, first known against last").Query(Ask{}).Gives(PovertyBody{}),
		web.GET("/performance/{perfnode}", d.getNode).Says("performance", "One node: what each institution adds to it, its years, and the actions that should move it").Query(Ask{}).Gives(NodeBody{}),
		web.GET("/performance/{perfnode}/analysis", d.getAnalysis).Page().Query(Ask{}),
		web.POST("/performance/{perfnode}/analysis", d.postAnalysis).Drafts("Analisis kinerja|draf", who.KeepFigures, who.CloseMonth).Says("performance", "Write why a target was reached or not, for the LKjIP").Takes(SetAnalysis{}).Gives(AnalysisBody{}),
		web.POST("/performance/{perfnode}/steps", d.postSteps).NoDrafts("three numbers").Says("performance", "Say what an indicator should be at the end of each quarter").Takes(NewSteps{}).Gives(StepsBody{}),
		web.GET("/performance-report", d.getReport).Says("performance", "The table of the LKjIP of a year, of the office or of an institution").Query(Ask{}).Gives(ReportBody{}),
	})
}

// Ask chooses a year and an institution; none of them: this year, the whole office.
type Ask struct {
	Year   int64 `query:"year" minimum:"2000" maximum:"2999"`
	Centre id.ID `query:"centre"`
}

// asked reads the query; a page narrowed to one institution stays there.
func asked(r *web.Request) (a Ask, err error) {
	if err := r.Filter(&a); err != nil {
		return a, err
	}
	a.Year = cmp.Or(a.Year, int64(r.Today().Time().Year()))
	if r.By.Wide != nil {
		a.Centre = cmp.Or(a.Centre, r.By.Scope.Only())
	}
	return a, nil
}

// query is what links to other pages of the desk carry.
func (a Ask) query() template.URL {
	q := "year=" + yearWord(a.Year)
	if a.Centre != 0 {
		q += "&centre=" + a.Centre.String()
	}
	return template.URL(q) //nolint:gosec // a number and an id
}

// chooser is the form that chooses year and institution.
type chooser struct {
	Ask
	Path    string
	Years   []page.Option
	Options []page.Option
	Query   template.URL
	Year    string
}

func (c Cascade) chooser(r *web.Request, a Ask, path string) chooser {
	this := r.Today().Time().Year()
	ch := chooser{Ask: a, Path: path, Query: a.query(), Year: yearWord(a.Year), Options: centre.Options(c.Centres)}
	years := []int{this, this - 1, this - 2, this - 3}
	if !slices.Contains(years, int(a.Year)) {
		years = append(years, int(a.Year))
	}
	ch.Years = page.Years(years...)
	return ch
}

// Chosen gives the form itself, where it is a part of a page.
func (c chooser) Chosen() chooser { return c }

// told is a sentence with where it leads.
type told struct {
	Say  string
	Href template.URL
	Do   string
}

// branchView is a branch in words.
type branchView struct {
	*Branch
	Name, Percent, Weight, Known string
	Actual, Of, Target, Due      string
	Chip                         page.Chip
	Href, Figure                 template.URL
	Key                          string // of the figure
	Children                     []branchView
}

func percent(l text.Lang, p float64) string { return text.Decimal(l, p, 1) + "%" }

// quantity writes a number with as few decimals as it needs, two at most.
func quantity(l text.Lang, v float64) string {
	for places := range 2 {
		shift := math.Pow10(places)
		if math.Abs(math.Round(v*shift)/shift-v) < 0.005 {
			return text.Decimal(l, v, places)
		}
	}
	return text.Decimal(l, v, 2)
}

var whyWords = map[string]text.Word{noTarget: "belum ada target", noValue: "belum ada nilai", noFigure: "indikator tidak dihitung lagi"}

func (c Cascade) view(r *web.Request, b *Branch, a Ask) branchView {
	l := r.Lang
	v := branchView{Branch: b, Name: b.In(string(l)), Weight: quantity(l, b.WeightValue()) + "%", Href: template.URL("/performance/"+b.ID.String()+"?") + a.query()} //nolint:gosec // an id
	v.Percent, v.Known, v.Chip = c.said(l, b)
	for _, one := range b.Children {
		v.Children = append(v.Children, c.view(r, one, a))
	}
	if b.Kind != Indicator || b.Why == noFigure {
		return v
	}
	v.Key, v.Actual, v.Of = b.Figure.Key, b.Figure.Say(l, b.Value), b.Figure.Of(l, b.Value)
	v.Figure = template.URL("/indicators/" + b.Figure.Key + "?" + c.spanQuery()) //nolint:gosec // a key, two days and an id
	if b.Aim != nil {
		v.Target = b.Figure.Number(l, b.Aim.Value())
	}
	if b.Expected != nil && c.Running {
		v.Due = b.Figure.Number(l, *b.Expected)
	}
	return v
}

func (c Cascade) spanQuery() string {
	q := "from=" + string(c.Span.From) + "&to=" + string(c.Span.To)
	if c.Span.Centre != 0 {
		q += "&centre=" + c.Span.Centre.String()
	}
	return q
}

// said is the achievement of a branch in words.
func (c Cascade) said(l text.Lang, b *Branch) (reached, known string, chip page.Chip) {
	if b.Known == 0 {
		word := "tidak dapat dihitung"
		if b.Why != "" {
			word = string(whyWords[b.Why])
		}
		return "–", "", page.Chip{Kind: "none", Word: text.T(l, word)}
	}
	reached = percent(l, b.Percent)
	if b.Known < 0.9999 {
		known = text.T(l, "dihitung dari %s bobot", quantity(l, 100*b.Known)+"%")
	}
	if b.Kind == Indicator {
		return reached, known, courseChip(l, b.Course)
	}
	m := law.Performance.On(c.Span.To).MarkOf(b.Percent)
	return reached, known, page.Chip{Kind: m.State, Word: m.In(string(l))}
}

func courseChip(l text.Lang, course string) page.Chip {
	switch course {
	case OnCourse:
		return page.Chip{Kind: "ok", Word: text.T(l, "di jalurnya")}
	case Behind:
		return page.Chip{Kind: "warn", Word: text.T(l, "di belakang jalurnya")}
	case Done:
		return page.Chip{Kind: "ok", Word: text.T(l, "target tercapai")}
	case Missed:
		return page.Chip{Kind: "bad", Word: text.T(l, "target belum tercapai")}
	}
	return page.Chip{}
}

// sentences say how far the year is, what pulls it down, and which institutions carry most.
func (c Cascade) sentences(r *web.Request, a Ask) (all []told) {
	l := r.Lang
	at := r.Say("Seluruh provinsi")
	if c.There.ID != 0 {
		at = c.There.Name
	}
	if c.Known == 0 {
		all = append(all, told{Say: r.Say("%s: capaian tahun %s belum dapat dihitung, karena target atau nilainya belum ada.", at, yearWord(c.Year))})
	} else {
		all = append(all, told{Say: r.Say("%s: capaian tahun %s %s, dihitung dari %s bobot.", at, yearWord(c.Year), percent(l, c.Percent), quantity(l, 100*c.Known)+"%")})
	}
	n := c.Counts()
	if c.Running {
		all = append(all, told{Say: r.Say("Dari %d indikator, %d di jalurnya, %d di belakang jalurnya, dan %d belum dapat dihitung.", n.All, n.Good, n.Behind, n.Unknown)})
	} else {
		all = append(all, told{Say: r.Say("Dari %d indikator, %d mencapai target, %d tidak, dan %d tidak dapat dihitung.", n.All, n.Good, n.Behind, n.Unknown)})
	}
	if b, points := c.Drag(); b != nil {
		all = append(all, told{r.Say("Yang paling menarik turun: %s, capaian %s. Kekurangannya mengurangi capaian keseluruhan %s poin.", b.In(string(l)), percent(l, b.Percent), text.Decimal(l, points, 1)),
			c.view(r, b, a).Href, r.Say("Lihat sebabnya")})
	}
	if c.Span.Centre != 0 {
		return all
	}
	if best, worst, ok := c.Levers(); ok {
		say := r.Say("Yang paling mengangkat: %s, menambah %s poin pada capaian keseluruhan.", best.Centre.Name, text.Decimal(l, best.Points, 1))
		all = append(all, told{say, "/performance?" + Ask{c.Year, best.Centre.ID}.query(), r.Say("Lihat UPT ini")}) //nolint:gosec // a number and an id
		if worst.Points < 0 {
			say = r.Say("Yang paling mengurangi: %s, mengambil %s poin.", worst.Centre.Name, text.Decimal(l, -worst.Points, 1))
			all = append(all, told{say, "/performance?" + Ask{c.Year, worst.Centre.ID}.query(), r.Say("Lihat UPT ini")}) //nolint:gosec // a number and an id
		}
	}
	return all
}

// cascadePage is the tree of a year.
type cascadePage struct {
	Cascade
	chooser
	Says     []told
	Branches []branchView
	Keeps    bool
}

func (d *Desk) getCascade(r *web.Request) (web.Answer, error) {
	a, err := asked(r)
	if err != nil {
		return nil, err
	}
	c, err := d.Look(r.Context(), r.By, a.Year, a.Centre)
	if err != nil {
		return nil, err
	}
	return r.Show("performance/cascade.html", func() (any, error) {
		p := cascadePage{Cascade: c, chooser: c.chooser(r, a, "/performance"), Keeps: r.By.May(who.KeepFigures)}
		if c.Tree.ID != 0 {
			p.Says = c.sentences(r, a)
		}
		for _, root := range c.Roots {
			p.Branches = append(p.Branches, c.view(r, root, a))
		}
		return p, nil
	}, cascadeBody(r.Lang, c))
}
