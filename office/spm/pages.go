package spm

import (
	"embed"
	"io/fs"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
)

//go:embed html/*
var htmlFiles embed.FS

// Pages are the templates of this desk.
var Pages fs.FS = htmlFiles

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

var (
	_ = page.Lookup("spmstep", func(l text.Lang, key string) string { return text.T(l, string(stepWords[key])) })
	_ = page.Lookup("spmdone", func(l text.Lang, key string) string { return text.T(l, string(doneWords[key])) })
	_ = page.Lookup("spmreceiver", func(l text.Lang, key string) string { return text.T(l, string(receiverWords[key])) })
	_ = page.Lookup("spmreport", func(l text.Lang, key string) string { return text.T(l, string(reportWords[key])) })
)

// Routes are the addresses of this desk.
func (d *Desk) Routes() []web.Route {
	return append(d.routesReport(),
		web.GET("/spm", d.getTable).Says("spm", "The SPM of a group in a year: needed, available, short and served by item, X over Y, and the same by centre").Query(Ask{}).Gives(TableBody{}),
		web.GET("/spm/people", d.getPeople).Says("spm", "The people behind a number of the SPM: items over all pages + withheld = the figure").Query(PeopleAsk{}).Gives(PeopleBody{}),
		web.GET("/spm/attachment", d.getAttachment).Page().Query(YearAsk{}),
		web.GET("/spm/districts", d.getDistricts).Says("spm", "Who needs rehabilitation in a panti, by district, as collected; and what the districts report of their own part").Query(DistrictAsk{}).Lists(DistrictBody{}),
		web.GET("/spm/districts/{year}/{group}/{region}", d.getDistrict).Says("spm", "What was collected in one district").Gives(DistrictBody{}),
		web.POST("/spm/districts/{year}/{group}/{region}", d.postDistrict).Drafts("Data SPM kabupaten/kota|draf", who.KeepSPM).Says("spm", "Write down what was collected in a district, or correct it").Takes(SetDistrict{}).Gives(DistrictBody{}),
		web.GET("/centres/{centre}/spm-supplies", d.getSupplies).Says("spm", "For how many persons each item is there at a centre").Query(SupplyAsk{}).Lists(SupplyBody{}),
		web.GET("/centres/{centre}/spm-supplies/{year}/{basicitem}", d.getSupply).Says("spm", "What is there of one item").Gives(SupplyBody{}),
		web.POST("/centres/{centre}/spm-supplies/{year}/{basicitem}", d.postSupply).Drafts("Persediaan SPM|draf", who.KeepSPM).Says("spm", "Write down what is there of an item, or correct it").Takes(SetSupply{}).Gives(SupplyBody{}),
		web.GET("/spm/years/{year}/{group}", d.getYear).Says("spm", "The four steps of a group in a year, its result, obstacles and budget").Gives(YearBody{}),
		web.POST("/spm/years/{year}/{group}", d.postYear).Drafts("Langkah SPM|draf", who.KeepSPM).Says("spm", "Write down the four steps, result, obstacles and budget").Takes(SetYear{}).Gives(YearBody{}),
	)
}

// YearAsk chooses a year; none is this year.
type YearAsk struct {
	Year int64 `query:"year" minimum:"2019" maximum:"2999"`
}

// Ask chooses a table.
type Ask struct {
	YearAsk
	Group  string `query:"group" enum:"disabilitas_telantar,anak_telantar,lansia_telantar,gelandangan_pengemis"`
	Centre id.ID  `query:"centre"`
}

// PeopleAsk chooses the people behind a number.
type PeopleAsk struct {
	Ask
	What  string `query:"what" enum:"needed,served,met,inside,waiting"`
	Item  string `query:"item" maxLength:"40"`
	After string `query:"after" maxLength:"40"`
	Limit int64  `query:"limit" minimum:"1" maximum:"500"`
}

// DistrictAsk chooses the districts of a group in a year.
type DistrictAsk struct {
	web.Cut
	YearAsk
	Group string `query:"group" enum:"disabilitas_telantar,anak_telantar,lansia_telantar,gelandangan_pengemis"`
}

// SupplyAsk chooses the year of what is there.
type SupplyAsk struct {
	web.Cut
	YearAsk
}

func (a YearAsk) year(today clock.Day) (Year, error) {
	y, err := mayYear(a.Year, today)
	if err != nil {
		return 0, fail.Bad("year", "choice", "Pilih tahun antara %d dan tahun depan.", since)
	}
	return y, nil
}

// read reads what a page asks for; who works at one centre sees that one first.
func (a *Ask) read(r *web.Request, all any) (y Year, err error) {
	if err := r.Filter(all); err != nil {
		return 0, err
	}
	if a.Group == "" {
		a.Group = "lansia_telantar"
	}
	if a.Centre == 0 && !r.API() && r.Param("centre") == "" {
		a.Centre = r.By.Scope.Only()
	}
	return a.year(r.Today())
}

// choices are the years and groups of a page.
type choices struct {
	Year   Year
	Years  []page.Option
	Group  law.Named
	Groups []law.Named
	Centre id.ID
	Units  []page.Option
	Unit   string // the centre that is shown
}

// YearText is the year as it is written.
func (c choices) YearText() string { return c.Year.Text() }

func choicesOf(r *web.Request, y Year, group string, at id.ID, centres []centre.Centre) (c choices, err error) {
	rules := y.rules(r.Today())
	c = choices{Year: y, Groups: rules.Groups, Centre: at}
	if c.Group, err = groupOf(group, rules); err != nil {
		return c, err
	}
	for one := r.Today().Time().Year() + 1; one >= max(since, r.Today().Time().Year()-6); one-- {
		c.Years = append(c.Years, page.Years(one)...)
	}
	for _, one := range centres {
		if !one.ClientService {
			continue
		}
		c.Units = append(c.Units, page.Option{Value: one.ID.String(), Name: one.Name})
		if one.ID == at {
			c.Unit = one.Name
		}
	}
	if at != 0 && c.Unit == "" {
		return c, fail.NotFound
	}
	return c, nil
}

// tablePage is the table of a group.
type tablePage struct {
	Table
	choices
	Needed, Served int64 // needs of all groups
	Mine           id.ID // the centre whose supplies the asker may write; 0: none, or any
	Keep           bool  // may write for the whole province
}

func (d *Desk) getTable(r *web.Request) (web.Answer, error) {
	var a Ask
	y, err := a.read(r, &a)
	if err != nil {
		return nil, err
	}
	centres, err := d.centres(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	p := tablePage{Keep: r.By.May(who.KeepSPM) && r.By.Scope.All}
	if p.choices, err = choicesOf(r, y, a.Group, a.Centre, centres); err != nil {
		return nil, err
	}
	all, err := d.All(r.Context(), r.By, y, a.Centre, "")
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		if t.Group.Key == a.Group {
			p.Table = t
		}
		for _, row := range t.Rows {
			p.Needed, p.Served = p.Needed+row.Needed, p.Served+row.Served
		}
	}
	if r.By.May(who.KeepSPM) && (p.Keep || r.By.Scope.Has(a.Centre)) {
		p.Mine = a.Centre
	}
	return r.Show("spm/table.html", p, func() (any, error) { return tableBody(p.Table), nil })
}

// YearText is the year as it is written.
func (p tablePage) YearText() string { return p.Table.Year.Text() }

// Version names the rules behind the figures.
func (p tablePage) Version() string { return Version(p.To) }

// personLine is one of the people behind a number.
type personLine struct {
	Case         id.ID
	Called, Unit string
	On           clock.Day
}

// peoplePage is the list behind a number.
type peoplePage struct {
	Ask      PeopleAsk
	YearText string
	Says     fail.Saying
	Group    law.Named
	Item     string
	Lines    []personLine
	Figure   int64
	Withheld int64
	Next     string
}

func (d *Desk) getPeople(r *web.Request) (web.Answer, error) {
	var a PeopleAsk
	y, err := a.read(r, &a)
	if err != nil {
		return nil, err
	}
	if a.What == "" {
		a.What = "inside"
	}
	if a.Limit == 0 {
		a.Limit = 50
	}
	after, err := store.PlaceOf(a.After)
	if err != nil {
		return nil, err
	}
	p, err := d.People(r.Context(), r.By, Asked{y, a.Group, a.What, a.Item, a.Centre, after, int(a.Limit)})
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.JSON(peopleBody(p))
	}
	centres, err := d.centres(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	names := map[id.ID]string{}
	for _, c := range centres {
		names[c.ID] = c.Name
	}
	group, _ := groupOf(a.Group, y.rules(r.Today()))
	view := peoplePage{Ask: a, YearText: y.Text(), Says: whatSays[a.What], Group: group, Figure: p.Figure, Withheld: p.Withheld, Next: p.Next.Query()}
	if item, known := law.ItemOf(a.Item); known {
		view.Item = item.In(string(r.Lang))
	}
	for _, one := range p.Items {
		view.Lines = append(view.Lines, personLine{one.Case, one.Called, names[one.Centre], one.FromOn})
	}
	return r.Page("spm/people.html", view)
}

// attachmentPage is the attachment of the LPPD, fit for printing.
type attachmentPage struct {
	Year    Year
	Years   []page.Option
	Tables  []Table
	Version string
}

// YearText is the year as it is written.
func (p attachmentPage) YearText() string { return p.Year.Text() }

func (d *Desk) getAttachment(r *web.Request) (web.Answer, error) {
	y, all, err := d.Attached(r)
	if err != nil {
		return nil, err
	}
	c, err := choicesOf(r, y, all[0].Group.Key, 0, nil)
	if err != nil {
		return nil, err
	}
	return r.Page("spm/attachment.html", attachmentPage{y, c.Years, all, Version(all[0].To)})
}

// Attached gives the tables of the year that a request asks for, for whoever writes the workbook (PP 2/2018 Pasal 17).
func (d *Desk) Attached(r *web.Request) (y Year, all []Table, err error) {
	var a YearAsk
	if err := r.Filter(&a); err != nil {
		return 0, nil, err
	}
	if y, err = a.year(r.Today()); err != nil {
		return 0, nil, err
	}
	all, err = d.All(r.Context(), r.By, y, 0, "")
	return y, all, err
}

// pathOf joins parts of an address.
func pathOf(parts ...string) (path string) {
	for _, p := range parts {
		path += "/" + p
	}
	return path
}
