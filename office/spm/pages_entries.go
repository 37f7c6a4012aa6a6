package spm

import (
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
)

// districtsPage is what was collected, district by district.
type districtsPage struct {
	choices
	All      []District
	Sum      int64
	Came     int // districts that were collected
	Outside  Outside
	Province bool
}

func (d *Desk) getDistricts(r *web.Request) (web.Answer, error) {
	var a DistrictAsk
	if err := r.Filter(&a); err != nil {
		return nil, err
	}
	y, err := a.year(r.Today())
	if err != nil {
		return nil, err
	}
	if a.Group == "" {
		a.Group = "lansia_telantar"
	}
	all, err := d.Districts(r.Context(), r.By, y, a.Group)
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.Cut(web.Bodies(all, districtBody), a.Cut)
	}
	p := districtsPage{All: all, Province: r.By.May(who.KeepSPM) && r.By.Scope.All}
	if p.choices, err = choicesOf(r, y, a.Group, 0, nil); err != nil {
		return nil, err
	}
	t := Table{}
	t.collected(figures{districts: collectedOnly(all)}, a.Group)
	p.Sum, p.Came, p.Outside = t.Y, t.Districts, t.Outside
	return r.Page("spm/districts.html", p)
}

func collectedOnly(all []District) (some []District) {
	for _, one := range all {
		if one.Version > 0 {
			some = append(some, one)
		}
	}
	return some
}

// districtPage is the form of one district.
type districtPage struct {
	District
	Group law.Named
}

// YearText is the year as it is written.
func (p districtPage) YearText() string { return p.Year.Text() }

// Path is the address of what was collected in the district.
func (p District) Path() string {
	return pathOf("spm", "districts", p.Year.Text(), p.Group, p.Region.Code)
}

func (d *Desk) district(r *web.Request) (one District, err error) {
	y, err := yearOf(r.Word("year"), r.Today())
	if err != nil {
		return one, err
	}
	return d.District(r.Context(), r.By, y, r.Word("group"), r.Word("region"))
}

func (d *Desk) districtPage(r *web.Request) (any, error) {
	one, err := d.district(r)
	if err != nil {
		return nil, err
	}
	g, err := groupOf(one.Group, one.Year.rules(r.Today()))
	return districtPage{one, g}, err
}

func (d *Desk) getDistrict(r *web.Request) (web.Answer, error) {
	return r.Show("spm/district.html", func() (any, error) { return d.districtPage(r) }, func() (any, error) {
		one, err := d.district(r)
		return districtBody(one), err
	})
}

func (d *Desk) postDistrict(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in SetDistrict) (District, error) {
		y, err := yearOf(r.Word("year"), r.Today())
		if err != nil {
			return District{}, err
		}
		return d.Collect(r.Context(), r.By, y, r.Word("group"), r.Word("region"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("spm/district.html", func() (any, error) { return d.districtPage(r) }, err)
	}
	r.Flash("Data %s tersimpan.", one.Region.Name)
	return r.Done("/spm/districts?year="+one.Year.Text()+"&group="+one.Group, one.Path(), districtBody(one))
}

// suppliesPage is what is there at a centre.
type suppliesPage struct {
	Of       centre.Centre
	Year     Year
	Years    []page.Option
	Groups   []supplyGroup
	Writable bool
}

// YearText is the year as it is written.
func (p suppliesPage) YearText() string { return p.Year.Text() }

// supplyGroup is the items of one group.
type supplyGroup struct {
	Group law.Named
	All   []Supply
}

func (d *Desk) getSupplies(r *web.Request) (web.Answer, error) {
	var a SupplyAsk
	if err := r.Filter(&a); err != nil {
		return nil, err
	}
	y, err := a.year(r.Today())
	if err != nil {
		return nil, err
	}
	all, c, err := d.Supplies(r.Context(), r.By, r.ID("centre"), y)
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.Cut(web.Bodies(all, supplyBody), a.Cut)
	}
	p := suppliesPage{Of: c, Year: y, Writable: r.By.May(who.KeepSPM)}
	options, err := choicesOf(r, y, "lansia_telantar", 0, nil)
	if err != nil {
		return nil, err
	}
	p.Years = options.Years
	for _, s := range all {
		if n := len(p.Groups); n == 0 || p.Groups[n-1].Group.Key != s.Group {
			g, _ := groupOf(s.Group, y.rules(r.Today()))
			p.Groups = append(p.Groups, supplyGroup{Group: g})
		}
		g := &p.Groups[len(p.Groups)-1]
		g.All = append(g.All, s)
	}
	return r.Page("spm/supplies.html", p)
}

// supplyPage is the form of one item.
type supplyPage struct {
	Supply
	Of centre.Centre
}

// YearText is the year as it is written.
func (p supplyPage) YearText() string { return p.Year.Text() }

// Path is the address of what is there.
func (s Supply) Path() string {
	return pathOf("centres", s.Centre.String(), "spm-supplies", s.Year.Text(), s.Item)
}

func (d *Desk) supply(r *web.Request) (p supplyPage, err error) {
	y, err := yearOf(r.Word("year"), r.Today())
	if err != nil {
		return p, err
	}
	p.Supply, p.Of, err = d.Supply(r.Context(), r.By, r.ID("centre"), y, r.Word("basicitem"))
	return p, err
}

func (d *Desk) getSupply(r *web.Request) (web.Answer, error) {
	return r.Show("spm/supply.html", func() (any, error) { return d.supply(r) }, func() (any, error) {
		p, err := d.supply(r)
		return supplyBody(p.Supply), err
	})
}

func (d *Desk) postSupply(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in SetSupply) (Supply, error) {
		y, err := yearOf(r.Word("year"), r.Today())
		if err != nil {
			return Supply{}, err
		}
		return d.Stock(r.Context(), r.By, r.ID("centre"), y, r.Word("basicitem"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("spm/supply.html", func() (any, error) { return d.supply(r) }, err)
	}
	r.Flash("Persediaan %s tersimpan.", one.Name(string(r.Lang)))
	return r.Done("/centres/"+one.Centre.String()+"/spm-supplies?year="+one.Year.Text(), one.Path(), supplyBody(one))
}

// yearPage is the form of the year of a group.
type yearPage struct {
	Entry
	Group  law.Named
	States []page.Option
}

// YearText is the year as it is written.
func (p yearPage) YearText() string { return p.Year.Text() }

func (d *Desk) entry(r *web.Request) (e Entry, err error) {
	y, err := yearOf(r.Word("year"), r.Today())
	if err != nil {
		return e, err
	}
	return d.Entry(r.Context(), r.By, y, r.Word("group"))
}

func (d *Desk) yearPage(r *web.Request) (any, error) {
	e, err := d.entry(r)
	if err != nil {
		return nil, err
	}
	g, err := groupOf(e.Group, e.Year.rules(r.Today()))
	return yearPage{e, g, page.WordOptions(r.Lang, doneWords, "open", "running", "done")}, err
}

func (d *Desk) getYear(r *web.Request) (web.Answer, error) {
	return r.Show("spm/year.html", func() (any, error) { return d.yearPage(r) }, func() (any, error) {
		e, err := d.entry(r)
		return yearBody(e), err
	})
}

func (d *Desk) postYear(r *web.Request) (web.Answer, error) {
	e, err := web.Do(r, func(in SetYear) (Entry, error) {
		y, err := yearOf(r.Word("year"), r.Today())
		if err != nil {
			return Entry{}, err
		}
		return d.KeepYear(r.Context(), r.By, y, r.Word("group"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("spm/year.html", func() (any, error) { return d.yearPage(r) }, err)
	}
	r.Flash("Tersimpan.")
	return r.Done("/spm?year="+e.Year.Text()+"&group="+e.Group, pathOf("spm", "years", e.Year.Text(), e.Group), yearBody(e))
}
