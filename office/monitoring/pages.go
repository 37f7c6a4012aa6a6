package monitoring

import (
	"embed"
	"html/template"
	"slices"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/law"
	"tuntas/office/centre"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

// Routes are the desk's addresses.
func (d *Desk) Routes() []web.Route {
	return slices.Concat(d.routesIndicator(), d.routesClosing(), d.routesDHIS2(), d.routesCharts(), []web.Route{
		web.GET("/province", d.getProvince).Page(),
		web.GET("/balance", d.getBalance).Says("figures", "The balance of a month: opening + in − out = closing").Query(AskBalance{}).Gives(BalanceBody{}),
		web.GET("/deadlines", d.getDeadlines).Says("figures", "Open cases by stage and deadline").Query(AskPlace{}).Gives(DeadlinesBody{}),
		web.GET("/map", d.getMap).Page(),
	})
}

// Ask is the query of a figure.
type Ask struct {
	Centre id.ID     `query:"centre"`
	From   clock.Day `query:"from"`
	To     clock.Day `query:"to"`
	By     string    `query:"by" maxLength:"20"`
}

func (a Ask) span(today clock.Day) (Span, error) {
	s := SpanOf(a.From, a.To, a.Centre, today)
	if s.From > s.To {
		return s, fail.Bad("from", "order", "Masa mulai %s, setelah akhirnya %s.", s.From, s.To)
	}
	return s, nil
}

// AskRecords is the query of the list behind a figure.
type AskRecords struct {
	Ask
	Part  string `query:"part" enum:"numerator,denominator"`
	Dim   string `query:"dim" maxLength:"400"` // one value, or several with commas
	After string `query:"after" maxLength:"40"`
	Limit int64  `query:"limit" minimum:"1" maximum:"500"`
}

// Described is an indicator in the list: what it counts over what, who answers for it, and where it is said.
type Described struct {
	Key         string   `json:"key" required:"true"`
	Name        string   `json:"name"` // in the language of the request
	Names       Names    `json:"names"`
	Unit        string   `json:"unit"`
	About       string   `json:"about"`
	By          string   `json:"by"`
	Direction   string   `json:"direction"`
	Formulas    Formulas `json:"formulas"`
	Source      string   `json:"source"`
	Owner       string   `json:"owner"`
	Legal       string   `json:"legal"`
	State       string   `json:"state,omitempty"` // of the office's own: draft, live or retired
	RuleVersion string   `json:"rule_version"`
}

// Formulas are both sides of a figure; the denominator is empty where there is none.
type Formulas struct {
	Numerator   string `json:"numerator"`
	Denominator string `json:"denominator"`
}

// Names are the name in every language.
type Names struct {
	ID string `json:"id"`
	EN string `json:"en"`
}

// Body is a figure in the API.
type Body struct {
	Described
	Value       *float64         `json:"value"`
	Numerator   int64            `json:"numerator"`
	Denominator *int64           `json:"denominator"`
	RecordCount int64            `json:"record_count"`
	AsOf        string           `json:"as_of"`
	From        clock.Day        `json:"from"`
	To          clock.Day        `json:"to"`
	Groups      map[string]int64 `json:"groups,omitempty"`
	Without     []RegionBody     `json:"regions_without,omitempty"` // of the reach: districts from which nobody is served
}

// RegionBody names a district.
type RegionBody struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// RecordsBody is the list behind a figure.
type RecordsBody struct {
	Items    []RecordBody `json:"items" required:"true"`
	Next     *string      `json:"next"`
	Withheld int64        `json:"withheld"`
}

// RecordBody is one fact behind a figure.
type RecordBody struct {
	ID     id.ID     `json:"id"`
	Person id.ID     `json:"person_id"`
	Case   id.ID     `json:"case_id"`
	Centre id.ID     `json:"centre_id"`
	On     clock.Day `json:"on"`
	Dim    string    `json:"dim"`
}

func (d *Desk) getRecords(r *web.Request) (web.Answer, error) {
	var a AskRecords
	if err := r.Filter(&a); err != nil {
		return nil, err
	}
	s, err := d.spanOf(r, a.Ask)
	if err != nil {
		return nil, err
	}
	i, err := d.Named(r.Context(), r.By, r.Word("key"), s.To)
	if err != nil {
		return nil, err
	}
	var ok bool
	if i, ok = i.Split(a.By); !ok {
		return nil, noSplit(i)
	}
	if a.Limit == 0 {
		a.Limit = 50
	}
	after, err := store.PlaceOf(a.After)
	if err != nil {
		return nil, err
	}
	b, err := d.Records(r.Context(), r.By, i, s, a.Part, dimsIn(i.By, a.Dim), after, int(a.Limit))
	if err != nil {
		return nil, err
	}
	if r.API() {
		body := RecordsBody{Items: []RecordBody{}, Withheld: b.Withheld}
		for _, f := range b.Items {
			body.Items = append(body.Items, RecordBody{f.ID, f.Person, f.Case, f.Centre, f.FromOn, dimOut(i.By, f.Dim)})
		}
		if next := b.Next.Query(); next != "" {
			body.Next = &next
		}
		return r.JSON(body)
	}
	centres, err := d.centres(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	return d.recordsPage(r, i, s, a, b, centres)
}

func noSplit(i Indicator) error {
	return fail.Bad("by", "choice", "Angka ini hanya dirinci menurut %s.", strings.Join(i.Ways(), ", "))
}

func (d *Desk) recordsPage(r *web.Request, i Indicator, s Span, a AskRecords, b Behind, centres []centre.Centre) (web.Answer, error) {
	names := map[id.ID]string{}
	for _, c := range centres {
		names[c.ID] = c.Name
	}
	type line struct {
		Case               id.ID
		On                 clock.Day
		Called, Centre, Is string
	}
	var lines []line
	for _, f := range b.Items {
		is := ""
		if !idWays[i.By] {
			is = dimName(r.Lang, f.Dim)
		}
		lines = append(lines, line{f.Case, f.FromOn, f.Called, names[f.Centre], is})
	}
	return r.Page("monitoring/records.html", map[string]any{"Name": i.In(string(r.Lang)), "Lines": lines, "Figure": b.Figure, "Withheld": b.Withheld,
		"Next": b.Next.Query(), "Key": i.Key, "Ask": a, "Span": s})
}

// DimName gives a value of a dimension its official name, for the figures of another desk.
func DimName(lang text.Lang, dim string) string { return dimName(lang, dim) }

// dimName gives a value of a dimension its official name.
func dimName(lang text.Lang, dim string) string {
	for _, s := range law.Stages.Latest() {
		if s.Key == dim {
			return s.In(string(lang))
		}
	}
	std := law.Standard.Latest()
	for _, list := range [][]law.Named{std.ExitReasons, std.Outcomes} {
		if n, ok := law.Find(list, dim); ok {
			return n.In(string(lang))
		}
	}
	if k, ok := law.KindOf(dim); ok {
		return k.In(string(lang))
	}
	if r, ok := law.RegionOf(dim); ok {
		return r.Name
	}
	for _, g := range law.Ages.Latest() {
		if g.Key == dim {
			return g.In(string(lang))
		}
	}
	if s, ok := outcomeDims[dim]; ok {
		return text.T(lang, string(s))
	}
	if s, ok := skillName(lang, dim); ok {
		return s
	}
	if s, ok := gainName(lang, dim); ok {
		return s
	}
	if s, ok := courseName(lang, dim); ok {
		return s
	}
	if s, ok := plainDims[dim]; ok {
		return text.T(lang, s)
	}
	return dim
}

var plainDims = map[string]string{"pekerja_sosial": "pekerja sosial", "tks": "TKS", "relawan": "relawan sosial", "penyuluh": "penyuluh sosial", "other": "petugas lain",
	"female": "perempuan", "male": "laki-laki", "unknown": "belum diketahui", law.RegionOutside: "luar Jawa Timur", "open": "belum dikunjungi",
	"unreached": "belum terjangkau", "dependent": "belum mandiri", "settled": "tuntas", "lost": "tidak terjangkau", "transferred": "dipindahkan", "returned": "kembali"}

// province is the page at a glance: the figures, drawn.
type province struct {
	Province
	Over                 int
	Stages, Exits, Curve template.HTML
	Points               []page.CurvePoint
	Chips                map[id.ID]page.Chip
	Rules                clock.Day    // since when the rules of the figures are in force
	Days, Query          template.URL // for links to lists: the days, and the days with the centre
}

func (d *Desk) getProvince(r *web.Request) (web.Answer, error) {
	var a Ask
	if err := r.Filter(&a); err != nil {
		return nil, err
	}
	s, err := a.span(r.Today())
	if err != nil {
		return nil, err
	}
	if s.Centre == 0 {
		s.Centre = narrowed(r.By)
	}
	p := province{Rules: RulesOf(s.To), Days: template.URL("from=" + s.From + "&to=" + s.To), Chips: map[id.ID]page.Chip{}} //nolint:gosec // two checked days
	p.Query = p.Days
	if s.Centre != 0 {
		p.Query += template.URL("&centre=" + s.Centre.String()) //nolint:gosec // an id
	}
	if p.Province, err = d.Overview(r.Context(), r.By, s); err != nil {
		return nil, err
	}
	p.draw(r)
	return r.Page("monitoring/province.html", p)
}

func (p *province) draw(r *web.Request) {
	for _, w := range p.Rows {
		percent := text.Decimal(r.Lang, w.PercentOfPlace, 1) + "%"
		chip := page.Chip{Word: percent}
		switch {
		case w.PercentOfPlace > 100:
			chip = page.Chip{Kind: "bad", Word: r.Say("%s lebih %d", percent, w.In-w.Centre.Capacity)}
			p.Over++
		case w.PercentOfPlace >= 97:
			chip = page.Chip{Kind: "warn", Word: r.Say("%s penuh", percent)}
		}
		p.Chips[w.Centre.ID] = chip
	}
	for _, c := range p.Cohorts {
		p.Points = append(p.Points, page.CurvePoint(c))
	}
	var stages, exits []page.Bar
	for _, s := range law.Stages.Latest() {
		stages = append(stages, page.Bar{Name: s.In(string(r.Lang)), N: p.Values["stage_funnel"].Groups[s.Key], Href: "/indicators/stage_funnel/records?dim=" + s.Key + "&" + string(p.Query)})
	}
	for _, e := range law.Standard.Latest().ExitReasons {
		if n := p.Values["exits"].Groups[e.Key]; n > 0 {
			exits = append(exits, page.Bar{Name: e.In(string(r.Lang)), N: n, Href: "/indicators/exits/records?dim=" + e.Key + "&" + string(p.Query)})
		}
	}
	p.Stages, p.Exits, p.Curve = page.Bars(r.Lang, stages), page.Bars(r.Lang, exits), page.Curve(r.Lang, p.Points)
}
