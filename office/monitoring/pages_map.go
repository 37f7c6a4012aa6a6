package monitoring

import (
	"cmp"
	"html/template"
	"slices"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
)

// AskMap is the query of the map of home districts.
type AskMap struct {
	Centre id.ID  `query:"centre"`
	Of     string `query:"of" enum:"cases,residents"`
}

// mapPage is from where people come: the map, and the list that says the same.
type mapPage struct {
	place
	Of      string
	Ways    []page.Tab
	Map     template.HTML
	Legend  []Legend
	Bars    template.HTML
	Total   int64
	Without []law.Region
}

func (d *Desk) getMap(r *web.Request) (web.Answer, error) {
	var a AskMap
	if err := r.Filter(&a); err != nil {
		return nil, err
	}
	a.Centre = own(r.By, a.Centre)
	if a.Of == "" {
		a.Of = "cases"
	}
	today := Span{r.Today(), r.Today(), a.Centre}
	v, centres, err := d.Homes(r.Context(), r.By, a.Of == "residents", today)
	if err != nil {
		return nil, err
	}
	p := mapPage{Of: a.Of, Total: v.Numerator, Without: v.Without()}
	if p.place, err = placed(a.Centre, centres); err != nil {
		return nil, err
	}
	at := ""
	if p.There.ID != 0 {
		at = "&centre=" + p.There.ID.String()
	}
	p.Ways = []page.Tab{{Path: "/map?of=cases" + at, Name: "Kasus dalam layanan", Current: a.Of == "cases"},
		{Path: "/map?of=residents" + at, Name: "Yang tinggal di panti", Current: a.Of == "residents"}}
	area := func(code string) Area {
		one := Area{Code: code, Name: dimName(r.Lang, code), N: v.Groups[code]}
		switch {
		case !r.By.May(who.SeeRecords):
		case a.Of == "cases":
			one.Href = recordsURL(Reach, "", code, today)
		default:
			one.Href = recordsURL("occupancy", byRegion, code, today)
		}
		return one
	}
	var areas []Area
	for _, region := range law.Regions.Latest() {
		areas = append(areas, area(region.Code))
	}
	p.Map, p.Legend = drawMap(r.Lang, areas), legendOf(r.Lang, areas)
	p.Bars = barsOf(r, areas, []Area{area(law.RegionOutside), area(law.RegionUnknown)})
	return r.Page("monitoring/map.html", p)
}

// barsOf lists the districts somebody comes from, the most first, then those of no district of the province.
func barsOf(r *web.Request, areas, beyond []Area) template.HTML {
	areas = slices.DeleteFunc(slices.Clone(areas), func(a Area) bool { return a.N == 0 })
	slices.SortStableFunc(areas, func(x, y Area) int { return cmp.Compare(y.N, x.N) })
	var bars []page.Bar
	for _, a := range append(areas, beyond...) {
		if a.N > 0 {
			bars = append(bars, page.Bar{Name: a.Name, N: a.N, Href: string(a.Href)})
		}
	}
	return page.Bars(r.Lang, bars)
}
