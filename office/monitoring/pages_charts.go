package monitoring

import (
	"html/template"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/law"
	"tuntas/office/centre"
)

func (d *Desk) routesCharts() []web.Route {
	return []web.Route{
		web.GET("/charts", d.getCharts).Page(),
		web.GET("/charts/{chart}", d.getPicture).Page(),
		web.GET("/indicators/{key}/chart", d.getCoursePicture).Page(),
		web.GET("/indicators/{key}/centres", d.getCourses).Page(),
		web.GET("/grid", d.getGrid).Page(),
	}
}

// picture gives a chart as a file that can be put into a report: what it shows stands above, where it comes from below.
func picture(r *web.Request, name, title, place string, s Span, chart template.HTML) (web.Answer, error) {
	note := place + ", " + text.Day(r.Lang, s.From) + " – " + text.Day(r.Lang, s.To) + ". " + r.Say("Sumber: Tuntas, data per %s; aturan sejak %s.", r.Today(), RulesOf(s.To))
	return r.File(name+"-"+string(s.To)+".svg", page.PictureType, page.Picture(title, note, chart))
}

// placeName is the institution that is asked for, or the whole province.
func placeName(r *web.Request, s Span, all []centre.Centre) string {
	for _, c := range all {
		if c.ID == s.Centre {
			return c.Name
		}
	}
	return r.Say("Seluruh provinsi")
}

type chartsPage struct {
	Charts
	Place          string
	Options        []page.Option
	Query          template.URL
	Rules          clock.Day
	Funnel, Leaves template.HTML
	Steps          []stepLine
	Reasons        []string
	Months         []exitLine
	Says           []string
}

type stepLine struct {
	Name, Share string
	N           int64
	Path        string
}

type exitLine struct {
	Name  string
	Cells []exitCell
	Sum   int64
}

type exitCell struct {
	N    int64
	Path string
}

func (d *Desk) getCharts(r *web.Request) (web.Answer, error) {
	p, err := d.chartsPage(r)
	if err != nil {
		return nil, err
	}
	return r.Page("monitoring/charts.html", p)
}

func (d *Desk) getPicture(r *web.Request) (web.Answer, error) {
	p, err := d.chartsPage(r)
	if err != nil {
		return nil, err
	}
	switch r.Word("chart") {
	case "reached":
		return picture(r, "tahap", r.Say("Sejauh mana kasus yang dibuka berjalan"), p.Place, p.Span, p.Funnel)
	case "exits":
		return picture(r, "selesai", r.Say("Selesai dari panti per bulan menurut alasan"), p.Place, Span{firstMonth(p.Span, courseMonths), p.Span.To, p.Span.Centre}, p.Leaves)
	}
	return nil, fail.NotFound
}

func (d *Desk) chartsPage(r *web.Request) (p chartsPage, err error) {
	_, s, err := d.ask(r)
	if err != nil {
		return p, err
	}
	c, err := d.Charts(r.Context(), r.By, s, page.MostSeries)
	if err != nil {
		return p, err
	}
	p = chartsPage{Charts: c, Place: placeName(r, s, c.Centres), Options: centre.Options(c.Centres), Query: query(s), Rules: RulesOf(s.To)}
	p.funnel(r)
	p.exits(r)
	return p, nil
}

// funnel draws how far the cases came, writes it beside, and says where most are lost.
func (p *chartsPage) funnel(r *web.Request) {
	var steps []page.Step
	for _, one := range p.Reached {
		name := one.Stage.In(string(r.Lang))
		steps = append(steps, page.Step{Name: name, N: one.N})
		p.Steps = append(p.Steps, stepLine{name, text.Percent(r.Lang, one.N, p.Reached[0].N), one.N, string(recordsURL("stages_reached", "", one.Stage.Key, p.Span))})
	}
	p.Funnel = page.Funnel(r.Lang, r.Say("Sejauh mana kasus yang dibuka berjalan"), steps)
	most, at := int64(0), 0
	for n := 1; n < len(steps); n++ {
		if lost := steps[n-1].N - steps[n].N; lost > most {
			most, at = lost, n
		}
	}
	if most > 0 {
		p.Says = append(p.Says, r.Say("Dari %d kasus yang dibuka, %d sudah mencapai bimbingan lanjut.", steps[0].N, steps[len(steps)-1].N),
			r.Say("Paling banyak belum melangkah dari %s ke %s: %d kasus.", text.Within(steps[at-1].Name), text.Within(steps[at].Name), most))
	}
}

// exits draws who left by month and reason, and writes it beside.
func (p *chartsPage) exits(r *web.Request) {
	l := r.Lang
	for _, key := range p.Charts.Reasons {
		name := r.Say("alasan lain")
		if e, ok := law.Find(law.Standard.On(p.Span.To).ExitReasons, key); ok {
			name = e.In(string(l))
		}
		p.Reasons = append(p.Reasons, name)
	}
	var columns []page.Column
	for _, m := range p.Exits {
		line := exitLine{Name: text.MonthName(l, m.Month)}
		for n, v := range m.N {
			path := ""
			if key := p.Charts.Reasons[n]; key != OtherReasons {
				path = string(recordsURL("exits", "", key, m.Span))
			}
			line.Cells = append(line.Cells, exitCell{v, path})
			line.Sum += v
		}
		p.Months = append(p.Months, line)
		columns = append(columns, page.Column{Name: text.MonthShort(l, m.Month), Parts: m.N})
	}
	p.Leaves = page.Stacked(l, "exits", r.Say("Selesai dari panti per bulan menurut alasan"), p.Reasons, columns)
}

func (d *Desk) getCoursePicture(r *web.Request) (web.Answer, error) {
	_, s, err := d.ask(r)
	if err != nil {
		return nil, err
	}
	p, err := d.boardPage(r, "", s)
	if err != nil {
		return nil, err
	}
	return picture(r, p.Key, p.In(string(r.Lang)), placeName(r, s, p.Centres), Span{firstMonth(s, courseMonths), s.To, s.Centre}, p.Course)
}

type coursesPage struct {
	Courses
	Name  string
	Query template.URL
	Aim   string
	Items []courseItem
}

type courseItem struct {
	ID, Name, Value, Of string
	Chart               template.HTML
	Few                 bool
}

func (d *Desk) getCourses(r *web.Request) (web.Answer, error) {
	_, s, err := d.ask(r)
	if err != nil {
		return nil, err
	}
	s.Centre = 0
	c, err := d.Courses(r.Context(), r.By, r.Word("key"), s)
	if err != nil {
		return nil, err
	}
	l := r.Lang
	p := coursesPage{Courses: c, Name: c.In(string(l)), Query: query(s)}
	var target *float64
	if c.Target != nil {
		v := c.Target.Value()
		target, p.Aim = &v, c.number(l, v)
	}
	points := map[string][]page.LinePoint{}
	var all [][]page.LinePoint
	for _, line := range c.Lines {
		var one []page.LinePoint
		for _, m := range c.Course[line.Centre.ID] {
			v, ok := m.In(c.Indicator)
			one = append(one, page.LinePoint{Value: v, Known: ok})
		}
		points[line.Centre.ID.String()] = one
		all = append(all, one)
	}
	most := page.MostOf(target, all...)
	for _, line := range c.Lines {
		item := courseItem{ID: line.Centre.ID.String(), Name: line.Centre.Name, Value: c.Say(l, line.Value), Of: c.Of(l, line.Value), Few: line.Few()}
		item.Chart = page.Small(l, r.Say("%s, %s, %d bulan terakhir", p.Name, item.Name, courseMonths), points[item.ID], target, most)
		p.Items = append(p.Items, item)
	}
	return r.Page("monitoring/courses.html", p)
}
