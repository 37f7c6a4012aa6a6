package needs

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/law"
	"tuntas/office/monitoring"
	"tuntas/office/standards"
)

func (d *Desk) routesMap() []web.Route {
	return []web.Route{
		web.GET("/needs/map", d.getHeat).Page().Query(HeatAsk{}),
		web.GET("/needs/districts", d.getDistricts).Page().Query(YearAsk{}),
	}
}

// HeatAsk chooses a map.
type HeatAsk struct {
	web.Part
	Campaign id.ID `query:"campaign"`
}

// heatRow is one criterion with a cell for each institution.
type heatRow struct {
	Name    string
	Chapter string // named where a chapter begins
	Cells   template.HTML
}

type heatPage struct {
	Heat
	Rows   []heatRow
	Rounds []page.Option
	Next   string
	Gaps   int
	Bare   int
}

func (d *Desk) getHeat(r *web.Request) (web.Answer, error) {
	var a HeatAsk
	if err := r.Filter(&a); err != nil {
		return nil, err
	}
	var p heatPage
	var rounds []standards.Campaign
	stands, next, err := web.PageOf(a.Part, 50, func(part web.Part) (all []standards.Stand, err error) {
		p.Heat, rounds, err = d.Heat(r.Context(), r.By, a.Campaign, part.After, part.Limit)
		return p.Stands, err
	}, func(s standards.Stand) id.ID { return s.Self.ID })
	if err != nil {
		return nil, err
	}
	p.Stands, p.Next = stands, next
	p.Gaps, p.Bare = p.Heat.Bare()
	for _, c := range rounds {
		p.Rounds = append(p.Rounds, page.Option{Value: c.ID.String(), Name: c.Name})
	}
	last := ""
	for _, c := range p.Standard.Criteria() {
		row := heatRow{Name: c.In(string(r.Lang)), Cells: p.row(r.Lang, c)}
		if c.Chapter != last {
			row.Chapter, last = p.Standard.Node(c.Chapter).In(string(r.Lang)), c.Chapter
		}
		p.Rows = append(p.Rows, row)
	}
	return r.Page("needs/map.html", p)
}

// row writes the cells of a criterion by hand: there are thousands of them, and nothing in them was typed by anybody. A
// number is how many live needs stand against the gap; "!" is a gap against which none does.
func (h Heat) row(lang text.Lang, c standards.Criterion) template.HTML {
	var b strings.Builder
	gap := text.T(lang, "tanpa kebutuhan")
	for _, s := range h.Stands {
		v := s.Values[c.Key].Says()
		n := h.Cells[s.Self.Centre][c.Key].N
		if !s.Asked(c) {
			v, n = standards.NotApplicable, 0
		}
		switch {
		case n > 0:
			fmt.Fprintf(&b, `<td class="h-%s"><a href="/centres/%s/needs">%d</a></td>`, v, s.Self.Centre, n)
		case v == standards.No || v == standards.Partly:
			fmt.Fprintf(&b, `<td class="h-%s">!<span class="vh"> %s</span></td>`, v, gap)
		default:
			fmt.Fprintf(&b, `<td class="h-%s">%s</td>`, v, standards.Mark(lang, v))
		}
	}
	return template.HTML(b.String()) //nolint:gosec // only our own marks, ids and numbers
}

type districtsPage struct {
	Map    template.HTML
	Legend []monitoring.Legend
	Bars   template.HTML
	N      int64
	Cost   int64
	Year   string
	Years  []page.Option
	Kinds  []kindLine
}

// getDistricts lays the live needs on the map: each district shows how many stand with the institutions that lie in it.
func (d *Desk) getDistricts(r *web.Request) (web.Answer, error) {
	var a YearAsk
	if err := r.Filter(&a); err != nil {
		return nil, err
	}
	sums, centres, err := d.Sums(r.Context(), r.By, 0)
	if err != nil {
		return nil, err
	}
	region := map[id.ID]string{}
	for _, c := range centres {
		region[c.ID] = c.Region
	}
	p := districtsPage{}
	if a.Year != 0 {
		p.Year = strconv.FormatInt(a.Year, 10)
	}
	at, costs, years, kinds := map[string]int64{}, map[string]int64{}, map[int]bool{}, map[string]*kindLine{}
	for _, s := range sums {
		years[int(s.Year)] = true
		if s.State == Delivered || s.State == Refused || a.Year != 0 && s.Year != a.Year {
			continue
		}
		at[region[s.Centre]] += s.N
		costs[region[s.Centre]] += s.Cost
		if kinds[s.Kind] == nil {
			kinds[s.Kind] = &kindLine{Kind: s.Kind}
		}
		kinds[s.Kind].N += s.N
		kinds[s.Kind].Cost += s.Cost
		p.N, p.Cost = p.N+s.N, p.Cost+s.Cost
	}
	p.Years = yearsOf(years)
	for _, k := range Kinds {
		if kinds[k] != nil {
			p.Kinds = append(p.Kinds, *kinds[k])
		}
	}
	var areas []monitoring.Area
	for _, one := range law.Regions.Latest() {
		areas = append(areas, monitoring.Area{Code: one.Code, Name: one.Name, N: at[one.Code]})
	}
	p.Map, p.Legend = monitoring.Draw(r.Lang, areas)
	p.Bars = costBars(r, areas, costs)
	return r.Page("needs/districts.html", p)
}

// costBars lists the districts by what their institutions need, the dearest first.
func costBars(r *web.Request, areas []monitoring.Area, costs map[string]int64) template.HTML {
	areas = slices.DeleteFunc(slices.Clone(areas), func(a monitoring.Area) bool { return a.N == 0 })
	slices.SortStableFunc(areas, func(x, y monitoring.Area) int { return cmp.Compare(costs[y.Code], costs[x.Code]) })
	var bars []page.Bar
	for _, a := range areas {
		bars = append(bars, page.Bar{Name: r.Say("%s: %d kebutuhan, %s", a.Name, a.N, text.Money(r.Lang, costs[a.Code])), N: a.N})
	}
	return page.Bars(r.Lang, bars)
}
