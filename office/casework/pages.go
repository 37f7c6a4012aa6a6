package casework

import (
	"embed"

	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

// Official names for templates and lists: kinds of PPKS, stages, items, domains, sources of funds.
var (
	_ = page.Lookup("kindname", func(l text.Lang, key string) string { k, _ := law.KindOf(key); return k.In(string(l)) })
	_ = page.Lookup("itemname", func(l text.Lang, key string) string { i, _ := law.ItemOf(key); return i.In(string(l)) })
	_ = page.Lookup("stagename", StageName)
	_ = page.Lookup("domainname", func(l text.Lang, key string) string { return named(law.Standard.Latest().NeedDomains, l, key) })
	_ = page.Lookup("fundingname", func(l text.Lang, key string) string { return named(law.Standard.Latest().Fundings, l, key) })
)

// StageName is what the law calls a stage.
func StageName(l text.Lang, key string) string {
	if key == Closed {
		return text.T(l, "Selesai|tahap")
	}
	for _, s := range law.Stages.Latest() {
		if s.Key == key {
			return s.In(string(l))
		}
	}
	return key
}

func named(list []law.Named, l text.Lang, key string) string {
	n, _ := law.Find(list, key)
	return n.In(string(l))
}

// Routes are the desk's addresses.
func (d *Desk) Routes() []web.Route {
	var all []web.Route
	all = append(all, d.routesCase()...)
	all = append(all, d.routesApproach()...)
	all = append(all, d.routesAssessment()...)
	all = append(all, d.routesPlan()...)
	all = append(all, d.routesLater()...)
	all = append(all, d.routesFigures()...)
	all = append(all, d.routesNotes()...)
	all = append(all, d.routesHousehold()...)
	all = append(all, d.routesReturning()...)
	all = append(all, d.routesConferences()...)
	return append(all, d.routesAttachments()...)
}

func (d *Desk) routesCase() []web.Route {
	return []web.Route{
		web.GET("/cases", d.getCases).Says("cases", "Cases, the newest first").Query(Filter{}).Lists(Body{}),
		web.POST("/cases", d.postCase).Drafts("Kasus baru", who.OpenCase).Says("cases", "Open a case").Takes(Opening{}).Gives(Body{}),
		web.GET("/cases/new", d.getNew).Page(),
		web.GET("/cases/{case}", d.getCase).Openable().API().Says("cases", "One case").Gives(Body{}),
		web.PATCH("/cases/{case}", d.patchCase).Says("cases", "Change worker, setting or story").Takes(Change{}).Gives(Body{}),
		web.GET("/cases/{case}/next", d.getNext).Openable().API().Says("cases", "The next stage and what it needs").Gives(NextBody{}),
		web.GET("/cases/{case}/stages", d.getStages).Openable().Says("cases", "History of stages").Lists(StageBody{}),
		web.POST("/cases/{case}/stages", d.postStage).Drafts("Langkah tahap", who.WorkCase, who.WaiveRule).Says("cases", "Enter the next stage").Takes(Move{}).Gives(Body{}),
	}
}

// choices are the entries of a list of the law.
func choices(list []law.Named, l text.Lang) []page.Option {
	var out []page.Option
	for _, n := range list {
		out = append(out, page.Option{Value: n.Key, Name: n.In(string(l)), Hint: n.HintIn(string(l))})
	}
	return out
}

// stageOptions are the stages to choose from.
func stageOptions(l text.Lang) []page.Option {
	var out []page.Option
	for _, s := range Stages {
		out = append(out, page.Option{Value: s, Name: StageName(l, s)})
	}
	return out
}

// kindOptions are kinds of PPKS; only those of a list when it has any.
func kindOptions(l text.Lang, served []string) []page.Option {
	var out []page.Option
	for _, k := range law.Kinds.Latest() {
		if len(served) == 0 || contains(served, k.Key) {
			out = append(out, page.Option{Value: k.Key, Name: k.In(string(l))})
		}
	}
	return out
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// caseView is what every page about one case gets; More is the page's own.
type caseView struct {
	File
	Step Step
	More map[string]any
}

func viewOf(f File, more map[string]any) caseView { return caseView{f, NextStep(f), more} }

// look gives the page data of a case, read anew.
func (d *Desk) look(r *web.Request, more func(File) (map[string]any, error)) func() (any, error) {
	return func() (any, error) {
		f, err := d.Look(r.Context(), r.By, r.ID("case"))
		if err != nil {
			return nil, err
		}
		var extra map[string]any
		if more != nil {
			if extra, err = more(f); err != nil {
				return nil, err
			}
		}
		return viewOf(f, extra), nil
	}
}
