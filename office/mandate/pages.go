package mandate

import (
	"embed"
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

// Routes are the desk's addresses.
func (d *Desk) Routes() []web.Route {
	return append(append(d.routesFacility(), d.routesAccreditation()...),
		web.GET("/centres/{centre}/mandate", d.getMandate).Says("centres", "What a centre was founded for, what it does and shall do, and what has drifted").Gives(MandateBody{}),
		web.GET("/centres/{centre}/mandate/edit", d.getEdit).Page(),
		web.POST("/centres/{centre}/mandate", d.postMandate).Drafts("Mandat UPT|draf", who.ManageCentre).Says("centres", "Write down the mandate of a centre").Takes(SetMandate{}).Gives(MandateBody{}),
		web.POST("/centres/{centre}/functions", d.postFunction).Drafts("Fungsi UPT|draf", who.ManageCentre).Says("centres", "Write down a function of a centre").Takes(NewFunction{}).Gives(FunctionBody{}),
		web.GET("/functions/{function}", d.getFunction).Says("centres", "One function of a centre").Gives(FunctionBody{}),
		web.POST("/functions/{function}", d.postFunctionChange).Drafts("Perubahan fungsi UPT|draf", who.ManageCentre).Says("centres", "Change a function of a centre").Takes(NewFunction{}).Gives(FunctionBody{}),
		web.GET("/centres/{centre}/history", d.getHistory).Says("centres", "What happened to a centre, the newest first").Query(web.Part{}).Lists(EventBody{}),
		web.POST("/centres/{centre}/history", d.postEvent).Drafts("Riwayat UPT|draf", who.ManageCentre).Says("centres", "Write down what happened to a centre").Takes(NewEvent{}).Gives(EventBody{}),
		web.POST("/centre-events/{event}/strike", d.postStrike).Drafts("Pencoretan riwayat UPT", who.ManageCentre).Says("centres", "Strike a moment of the history").Takes(Strike{}).Gives(EventBody{}),
	)
}

var (
	_ = page.Lookup("eventkind", func(l text.Lang, key string) string { return text.T(l, string(eventWords[key])) })
	_ = page.Lookup("facilitykind", func(l text.Lang, key string) string { return text.T(l, string(kindWords[key])) })
	_ = page.Lookup("conditionword", func(l text.Lang, key string) string { return text.T(l, string(conditionWords[key])) })
	_ = page.Lookup("workkind", func(l text.Lang, key string) string { return text.T(l, string(workWords[key])) })
)

// mandatePage is a mandate beside what is so today.
type mandatePage struct {
	Mandate
	Now    Now
	Drifts []Drift
	Kinds  []count // residents by kind, most first
	Homes  []count // and by home district
	Mine   bool
	Grades []page.Option // of an accreditation

	accredited bool
}

// Accredited tells whether an accreditation holds today.
func (p mandatePage) Accredited() bool { return p.accredited }

// count is how many residents are of a kind, or from a district.
type count struct {
	Name string
	N    int64
}

func (d *Desk) mandatePage(r *web.Request) (p mandatePage, err error) {
	if p.Mandate, p.Now, err = d.Of(r.Context(), r.By, r.ID("centre")); err != nil {
		return p, err
	}
	p.Drifts, p.Grades = Drifts(p.Mandate, p.Now), gradeOptions(r)
	_, p.accredited = Accredited(p.Accreditations, r.Today())
	p.Kinds = ranked(p.Now.ByKind, func(key string) string { return kindWord(key).In(string(r.Lang)) })
	p.Homes = ranked(p.Now.ByRegion, func(key string) string {
		if region, known := law.RegionOf(key); known {
			return region.Name
		}
		if key == law.RegionOutside {
			return r.Say("luar Jawa Timur")
		}
		return r.Say("belum tercatat")
	})
	return p, nil
}

func ranked(counts map[string]int64, name func(string) string) (all []count) {
	for _, k := range sorted(counts) {
		if counts[k] > 0 {
			all = append(all, count{name(k), counts[k]})
		}
	}
	slices.SortStableFunc(all, func(a, b count) int { return int(b.N - a.N) })
	return all
}

func (d *Desk) getMandate(r *web.Request) (web.Answer, error) {
	p, err := d.mandatePage(r)
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.JSON(mandateBody(r.Lang, p.Mandate, p.Now))
	}
	return r.Page("mandate/mandate.html", p)
}

// editPage is the form of a mandate.
type editPage struct {
	Mandate
	KindsThen, KindsWanted, RegionsThen, RegionsWanted []page.Tick
}

func (d *Desk) editPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		m, _, err := d.Of(r.Context(), r.By, r.ID("centre"))
		var kinds, regions []page.Option
		for _, k := range law.Kinds.Latest() {
			kinds = append(kinds, page.Option{Value: k.Key, Name: k.In(string(r.Lang))})
		}
		for _, g := range law.Regions.Latest() {
			regions = append(regions, page.Option{Value: g.Code, Name: g.Name})
		}
		return editPage{m, r.Ticks("kinds_then", kinds, m.Then.Kinds...), r.Ticks("kinds_wanted", kinds, m.Wanted.Kinds...),
			r.Ticks("regions_then", regions, m.Then.Regions...), r.Ticks("regions_wanted", regions, m.Wanted.Regions...)}, err
	}
}

func (d *Desk) getEdit(r *web.Request) (web.Answer, error) {
	return r.Page("mandate/edit.html", d.editPage(r))
}

func (d *Desk) postMandate(r *web.Request) (web.Answer, error) {
	m, err := web.Do(r, func(in SetMandate) (Mandate, error) { return d.Set(r.Context(), r.By, r.ID("centre"), r.IfMatch(), in) })
	if err != nil {
		return r.Again("mandate/edit.html", d.editPage(r), err)
	}
	r.Flash("Mandat UPT tersimpan.")
	path := mandatePath(m.Centre.ID)
	return r.Done(path, path, mandateBody(r.Lang, m, Now{}))
}

func mandatePath(at id.ID) string { return "/centres/" + at.String() + "/mandate" }

func (d *Desk) postFunction(r *web.Request) (web.Answer, error) {
	f, err := web.Do(r, func(in NewFunction) (Function, error) { return d.AddFunction(r.Context(), r.By, r.ID("centre"), in) })
	if err != nil {
		return r.Again("mandate/mandate.html", func() (any, error) { return d.mandatePage(r) }, err)
	}
	r.Flash("Fungsi tercatat.")
	return r.Done(mandatePath(f.Centre), "/functions/"+f.ID.String(), functionBody(f))
}

func (d *Desk) functionPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		f, err := d.LookFunction(r.Context(), r.By, r.ID("function"))
		return f, err
	}
}

func (d *Desk) getFunction(r *web.Request) (web.Answer, error) {
	return r.Show("mandate/function.html", d.functionPage(r), func() (any, error) {
		f, err := d.LookFunction(r.Context(), r.By, r.ID("function"))
		return functionBody(f), err
	})
}

func (d *Desk) postFunctionChange(r *web.Request) (web.Answer, error) {
	f, err := web.Do(r, func(in NewFunction) (Function, error) {
		return d.ChangeFunction(r.Context(), r.By, r.ID("function"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("mandate/function.html", d.functionPage(r), err)
	}
	r.Flash("Fungsi tersimpan.")
	return r.Done(mandatePath(f.Centre), "/functions/"+f.ID.String(), functionBody(f))
}

// historyPage is what happened to a centre, and the form for more.
type historyPage struct {
	Centre id.ID
	Name   string
	Events []Event
	Next   string
	Kinds  []page.Option
}

func historyOf(r *web.Request, c centre.Centre, all []Event, next string) historyPage {
	return historyPage{c.ID, c.Name, all, next, page.WordOptions(r.Lang, eventWords, "founded", "decision", "function", "place", "merged", "head", "other")}
}

func (d *Desk) getHistory(r *web.Request) (web.Answer, error) {
	var at centre.Centre
	all, next, err := web.PartOf(r, 50, func(p web.Part) (all []Event, err error) {
		all, at, err = d.Events(r.Context(), r.By, r.ID("centre"), p.After, p.Limit)
		return all, err
	}, func(e Event) id.ID { return e.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, eventBody), next)
	}
	return r.Page("mandate/history.html", historyOf(r, at, all, next))
}

func (d *Desk) historyAgain(r *web.Request, at id.ID) func() (any, error) {
	return func() (any, error) {
		all, c, err := d.Events(r.Context(), r.By, at, 0, 50)
		return historyOf(r, c, all, ""), err
	}
}

func (d *Desk) postEvent(r *web.Request) (web.Answer, error) {
	e, err := web.Do(r, func(in NewEvent) (Event, error) { return d.AddEvent(r.Context(), r.By, r.ID("centre"), in) })
	if err != nil {
		return r.Again("mandate/history.html", d.historyAgain(r, r.ID("centre")), err)
	}
	r.Flash("Riwayat tersimpan.")
	path := "/centres/" + e.Centre.String() + "/history"
	return r.Done(path, path, eventBody(e))
}

func (d *Desk) postStrike(r *web.Request) (web.Answer, error) {
	e, err := web.Do(r, func(in Strike) (Event, error) {
		return d.StrikeEvent(r.Context(), r.By, r.ID("event"), r.IfMatch(), in)
	})
	if err != nil {
		return nil, err
	}
	r.Flash("Catatan riwayat dicoret.")
	path := "/centres/" + e.Centre.String() + "/history"
	return r.Done(path, path, eventBody(e))
}
