package monitoring

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/centre"
)

func (d *Desk) routesIndicator() []web.Route {
	return []web.Route{
		web.GET("/indicators", d.getIndicators).Says("figures", "All indicators").Query(AskAll{}).Lists(Described{}),
		web.GET("/indicators/new", d.getNewOwn).Page(),
		web.POST("/indicators", d.postOwn).Drafts("Indikator baru|draf", who.KeepFigures).Says("figures", "Define a figure of the office's own, as a draft").Takes(NewOwn{}).Gives(Body{}),
		web.GET("/indicators/{key}", d.getIndicator).Says("figures", "One figure").Query(Ask{}).Gives(Body{}),
		web.POST("/indicators/{key}/rules", d.postRule).Drafts("Rumus indikator|draf", who.KeepFigures).Says("figures", "Reckon a figure of the office's own anew from a day on").Takes(NewRule{}).Gives(Body{}),
		web.POST("/indicators/{key}/state", d.postFigureMove).NoDrafts("one button").Says("figures", "Let a draft count, or retire a figure").Takes(FigureMove{}).Gives(Body{}),
		web.POST("/indicators/{key}/targets", d.postTarget).Drafts("Target indikator|draf", who.KeepFigures).Says("figures", "Set what a figure shall be in a year").Takes(NewTarget{}).Gives(TargetBody{}),
		web.GET("/indicators/{key}/records", d.getRecords).Says("figures", "The records behind a figure").Query(AskRecords{}).Gives(RecordsBody{}),
	}
}

// TargetBody is a target in the API.
type TargetBody struct {
	Version   int64     `json:"version"`
	Indicator string    `json:"indicator"`
	Centre    *id.ID    `json:"centre_id"`
	Year      int64     `json:"year"`
	Value     float64   `json:"value"`
	Note      string    `json:"note"`
	SetOn     clock.Day `json:"set_on"`
	By        string    `json:"by"`
}

func targetBody(t Target) TargetBody {
	return TargetBody{t.Version, t.Indicator, t.Centre.Known(), t.Year, t.Value(), t.Note, t.SetOn, t.By}
}

// summaryPage is the list of all figures.
type summaryPage struct {
	Summary
	Lines   []summedLine
	Options []page.Option
	Query   template.URL
	Rules   clock.Day
	Keeps   bool
}

// figureLine is a figure in words: what it is, of what, what it shall be, and how it moved.
type figureLine struct {
	Value, Of, Target      string
	Change, Against, Means page.Chip
}

func (i Indicator) line(l text.Lang, now, before Value, t *Target) figureLine {
	f := figureLine{Value: i.Say(l, now), Of: i.Of(l, now), Change: i.Change(l, now, before), Against: i.Against(l, now, t), Means: i.Means(l, now)}
	if t != nil {
		f.Target = i.number(l, t.Value())
	}
	return f
}

type summedLine struct {
	Key, Name string
	figureLine
}

// AskAll is the span for which all figures are asked; the API gives them in parts.
type AskAll struct {
	Ask
	web.Cut
}

func (d *Desk) getIndicators(r *web.Request) (web.Answer, error) {
	var a AskAll
	if err := r.Filter(&a); err != nil {
		return nil, err
	}
	s, err := d.spanOf(r, a.Ask)
	if err != nil {
		return nil, err
	}
	if r.API() {
		all, err := d.Every(r.Context(), r.By, s.To)
		if err != nil {
			return nil, err
		}
		bodies := []Described{}
		for _, i := range all {
			bodies = append(bodies, describe(r, i, s.To))
		}
		return r.Cut(bodies, a.Cut)
	}
	m, err := d.Summary(r.Context(), r.By, s)
	if err != nil {
		return nil, err
	}
	p := summaryPage{Summary: m, Options: centre.Options(m.Centres), Query: query(s), Rules: RulesOf(s.To), Keeps: r.By.May(who.KeepFigures)}
	for _, one := range m.All {
		p.Lines = append(p.Lines, summedLine{one.Key, one.In(string(r.Lang)), one.line(r.Lang, one.Value, one.Before, one.Target)})
	}
	return r.Page("monitoring/indicators.html", p)
}

// ask reads what a page of figures is asked for.
func (d *Desk) ask(r *web.Request) (a Ask, s Span, err error) {
	if err = r.Filter(&a); err == nil {
		s, err = d.spanOf(r, a)
	}
	return a, s, err
}

// spanOf is the span a page is asked for, within the one centre to which the asker narrowed the pages.
func (d *Desk) spanOf(r *web.Request, a Ask) (Span, error) {
	s, err := a.span(r.Today())
	if s.Centre == 0 {
		s.Centre = narrowed(r.By)
	}
	return s, err
}

func query(s Span) template.URL { return template.URL(s.query()) } //nolint:gosec // two checked days and an id

// boardPage is one figure as it is watched.
type boardPage struct {
	Board
	Now, OfNow, Was, Aim     string
	Changed, Against, Means  page.Chip
	Lines                    []boardLine
	Groups                   []groupLine
	Course                   template.HTML
	Months                   []monthLine
	Options, Years           []page.Option
	Query, Lists             template.URL
	Ways                     []page.Option
	By                       string
	Rules                    string
	Names                    map[id.ID]string
	Listed, ListedDen, Keeps bool
	ReportedAs               string
	Revised                  bool
	Says                     string // what the institutions come to, in a sentence; "" where nothing is to be said
	Aims                     []targetLine
	Year                     string
	Move                     string
}

type boardLine struct {
	ID   id.ID
	Name string
	figureLine
	Few bool
}

type groupLine struct {
	Name string
	N    int64
	Dim  string
}

type monthLine struct{ Name, Value, Of string }

type targetLine struct {
	Target
	Place, Says string
}

func (d *Desk) getIndicator(r *web.Request) (web.Answer, error) {
	a, s, err := d.ask(r)
	if err != nil {
		return nil, err
	}
	if r.API() {
		return d.figureBody(r, a, s)
	}
	return r.Page("monitoring/indicator.html", func() (any, error) { return d.boardPage(r, a.By, s) })
}

func (d *Desk) boardPage(r *web.Request, by string, s Span) (p boardPage, err error) {
	b, err := d.Board(r.Context(), r.By, r.Word("key"), by, s)
	if err != nil {
		return p, err
	}
	l := r.Lang
	p = boardPage{Board: b, Now: b.Say(l, b.Value), OfNow: b.Of(l, b.Value), Was: b.Say(l, b.Before), Changed: b.Change(l, b.Value, b.Before), Against: b.Against(l, b.Value, b.Target),
		Means: b.Means(l, b.Value), Options: centre.Options(b.Centres), Query: query(s), Lists: query(s), By: by, Rules: b.version(s.To), Keeps: r.By.May(who.KeepFigures)}
	if b.Target != nil {
		p.Aim = b.number(l, b.Target.Value())
	}
	if by != "" && by != b.Indicator.By {
		p.Lists += template.URL("&by=" + by) //nolint:gosec // one of the figure's own ways
	}
	p.sides(d)
	p.set(r)
	p.Says = p.says(r)
	p.course(r)
	for _, f := range b.Indicator.Ways() {
		p.Ways = append(p.Ways, page.Option{Value: f, Name: text.T(l, string(wayWords[f]))})
	}
	if len(b.Reported) > 0 {
		then := b.Then()
		p.ReportedAs = b.Say(l, then)
		p.Revised = then.Numerator != b.Value.Numerator || then.Over && then.Denominator != b.Value.Denominator
	}
	p.keeping(r)
	return p, nil
}

func (p *boardPage) sides(d *Desk) {
	num, den, err := d.sides(p.Indicator)
	p.Listed = err == nil && num.Listed()
	p.ListedDen = den != nil && den.Listed()
}

// set writes the lines of institutions and groups.
func (p *boardPage) set(r *web.Request) {
	i, l := p.Indicator, r.Lang
	p.Names = map[id.ID]string{}
	for _, c := range p.Centres {
		p.Names[c.ID] = c.Name
	}
	for _, one := range p.Board.Lines {
		p.Lines = append(p.Lines, boardLine{one.Centre.ID, one.Centre.Name, i.line(l, one.Value, one.Before, one.Target), one.Few()})
	}
	for dim, n := range p.Value.Groups {
		if n != 0 && (!idWays[i.By] || p.Called != nil) {
			p.Groups = append(p.Groups, groupLine{p.called(l, dim), n, dimOut(i.By, dim)})
		}
	}
	slices.SortFunc(p.Groups, func(x, y groupLine) int { return cmp.Or(cmp.Compare(y.N, x.N), cmp.Compare(x.Name, y.Name)) })
}

// says counts the institutions that are in a bad state, or short of the province's target; those that rest on too few are
// not counted.
func (p *boardPage) says(r *web.Request) string {
	i, bad, short, word := p.Indicator, 0, 0, ""
	for _, l := range p.Board.Lines {
		v, ok := l.Value.In(i)
		if !ok || l.Few() {
			continue
		}
		if m, ok := i.MarkOf(v); ok && m.State == "bad" {
			bad, word = bad+1, m.In(string(r.Lang))
		}
		if p.Target != nil && i.Better(v-p.Target.Value()) < 0 {
			short++
		}
	}
	switch n := len(p.Board.Lines); {
	case bad > 0:
		return r.Say("%d dari %d UPT %s.", bad, n, word)
	case short > 0 && n > 0:
		return r.Say("%d dari %d UPT belum mencapai target provinsi.", short, n)
	}
	return ""
}

// called names a value of the dimension: a record of the institution by its own name.
func (p *boardPage) called(l text.Lang, dim string) string {
	if n, err := strconv.ParseInt(dim, 10, 64); err == nil && p.Called[id.ID(n)] != "" {
		return p.Called[id.ID(n)]
	}
	return dimName(l, dim)
}

// course draws the months, and writes the same numbers beside.
func (p *boardPage) course(r *web.Request) {
	i, l := p.Indicator, r.Lang
	var points []page.LinePoint
	for _, m := range p.Series {
		v, ok := m.In(i)
		name := text.MonthName(l, m.Month)
		points = append(points, page.LinePoint{Name: text.MonthShort(l, m.Month), Value: v, Known: ok})
		p.Months = append(p.Months, monthLine{name, i.Say(l, m.Value), i.Of(l, m.Value)})
	}
	var target *float64
	if p.Board.Target != nil && p.Board.Target.Value() > 0 && p.Board.Value.Over {
		v := p.Board.Target.Value()
		target = &v
	}
	p.Course = page.Line(l, r.Say("%s, %d bulan terakhir", i.In(string(l)), len(points)), points, target)
}

// keeping is what whoever keeps figures sees besides.
func (p *boardPage) keeping(r *web.Request) {
	this := r.Today().Time().Year()
	p.Years, p.Year = page.Years(this, this+1, this+2, this+3, this+4, this-1, this-2), yearWord(int64(this))
	for _, t := range p.Targets {
		place := r.Say("Seluruh provinsi")
		if t.Centre != 0 {
			place = p.Names[t.Centre]
		}
		p.Aims = append(p.Aims, targetLine{t, place, p.number(r.Lang, t.Value())})
	}
	if p.Own != nil && p.Keeps {
		p.Move = Live
		if p.Own.State == Live {
			p.Move = Retired
		}
	}
}

// wayWords name what the values of a dimension are.
var wayWords = map[string]text.Word{bySex: "Jenis kelamin", byAge: "Kelompok umur", byRegion: "Daerah asal", "stage": "Tahap", "ppks_type": "Jenis PPKS", "reason": "Alasan", "state": "Keadaan", "result": "Hasil", "kind": "Jenis petugas", "worker": "Petugas", "ward": "Wisma", "skill": "Keterampilan", "grade": "Jenjang akreditasi",
	"promise": "Janji|rincian"}

func (d *Desk) figureBody(r *web.Request, a Ask, s Span) (web.Answer, error) {
	i, v, err := d.figure(r, a.By, s)
	if err != nil {
		return nil, err
	}
	b := Body{Described: describe(r, i, s.To), Numerator: v.Numerator, RecordCount: v.Numerator, AsOf: d.store.Now().In(clock.WIB).Format("2006-01-02T15:04:05Z07:00"), From: s.From, To: s.To}
	if v.Over {
		b.Denominator = &v.Denominator
	}
	if value, ok := v.In(i); ok {
		b.Value = &value
	}
	if a.By != "" {
		b.Groups = map[string]int64{}
		for dim, n := range v.Groups {
			b.Groups[dimOut(i.By, dim)] += n
		}
	}
	if i.Key == Reach {
		for _, region := range v.Without() {
			b.Without = append(b.Without, RegionBody{region.Code, region.Name})
		}
	}
	return r.JSON(b)
}

func (d *Desk) figure(r *web.Request, by string, s Span) (i Indicator, v Value, err error) {
	if i, err = d.Named(r.Context(), r.By, r.Word("key"), s.To); err != nil {
		return i, v, err
	}
	var ok bool
	if i, ok = i.Split(by); !ok {
		return i, v, noSplit(i)
	}
	v, err = d.Figure(r.Context(), r.By, i, s)
	return i, v, err
}

func describe(r *web.Request, i Indicator, on clock.Day) Described {
	return Described{Key: i.Key, Name: i.In(string(r.Lang)), Names: Names{i.Name, i.NameEn}, Unit: i.Unit, About: i.About, By: i.By, Direction: i.Direction, Formulas: Formulas{i.Numerator, i.Denominator},
		Source: i.SourceIn(string(r.Lang)), Owner: i.OwnerIn(string(r.Lang)), Legal: i.Legal, State: i.State, RuleVersion: i.version(on)}
}
