package actions

import (
	"embed"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
	"tuntas/office/monitoring"
	"tuntas/office/standards"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

const (
	choiceAlone = "a choice alone"
	withFile    = MostBytes + 64<<10
)

// Routes are the desk's addresses.
func (d *Desk) Routes() []web.Route {
	all := []web.Route{
		web.GET("/actions", d.getActions).Says("actions", "Agreed actions: live ones by date, those that are over the latest first").Query(Filter{}).Lists(ActionBody{}),
		web.GET("/actions/new", d.getNew).Page().Query(Asked{}),
		web.POST("/actions", d.postAction).Drafts("Tindak lanjut baru", who.RunAction).Says("actions", "Write an action down: what, one organisation and one person, until when, and how one sees the end").Takes(NewAction{}).Gives(ActionBody{}),
		web.GET("/centres/{centre}/actions", d.getOfCentre).Page().Query(Asked{}),
		web.GET("/centres/{centre}/actions", d.listOfCentre).API().Says("actions", "Live actions that serve an institution").Query(web.Part{}).Lists(ActionBody{}),
		web.GET("/actions/{action}", d.getAction).Says("actions", "One action with its steps, gaps and files").Gives(WholeBody{}),
		web.POST("/actions/{action}/start", d.postStart).Says("actions", "Work on it began").Takes(struct{}{}).Gives(ActionBody{}),
		web.POST("/actions/{action}/reports", d.postReport).Drafts("Kemajuan tindak lanjut", who.RunAction).Says("actions", "Report how far it is").Takes(Report{}).Gives(ActionBody{}),
		web.POST("/actions/{action}/postponement", d.postPostponement).Drafts("Penundaan tindak lanjut", who.RunAction).Says("actions", "Move its date, with the reason; after two times it is stopped, handed on or taken up instead").Takes(Postponement{}).Gives(ActionBody{}),
		web.POST("/actions/{action}/escalation", d.postEscalation).Drafts("Kenaikan tindak lanjut", who.RunAction).Says("actions", "Take an action that was put off twice to the head of the office").Takes(Why{}).Gives(ActionBody{}),
		web.POST("/actions/{action}/result", d.postResult).Drafts("Hasil tindak lanjut", who.RunAction).Says("actions", "It is done: the result, with a file when there is one").Takes(Completion{}).Carries("file").Limit(withFile).Gives(ActionBody{}),
		web.POST("/actions/{action}/stop", d.postStop).Drafts("Penghentian tindak lanjut", who.RunAction).Says("actions", "Stop it, with the reason").Takes(Why{}).Gives(ActionBody{}),
		web.POST("/actions/{action}/reassignment", d.postReassignment).Drafts("Penyerahan tindak lanjut", who.RunAction).Says("actions", "Hand it to another owner: a new action stands for it").Takes(Reassignment{}).Gives(ActionBody{}),
		web.POST("/actions/{action}/milestones", d.postMilestone).Drafts("Tonggak tindak lanjut", who.RunAction).Says("actions", "Plan a step on the way").Takes(NewMilestone{}).Gives(ActionBody{}),
		web.POST("/actions/{action}/milestones/{milestone}/completion", d.postReached).Says("actions", "A step on the way is done").Takes(struct{}{}).Gives(ActionBody{}),
		web.POST("/actions/{action}/gaps", d.postGaps).NoDrafts(choiceAlone).Says("actions", "Lay gaps of an institution to it").Takes(NewGaps{}).Gives(ActionBody{}),
		web.POST("/actions/{action}/needs", d.postNeeds).NoDrafts(choiceAlone).Says("actions", "Name the needs of institutions that it brings: what it costs is their sum").Takes(SetNeeds{}).Gives(ActionBody{}),
		web.POST("/actions/{action}/files", d.postFile).Drafts("Berkas tindak lanjut", who.RunAction).Says("actions", "Lay a photo (JPEG, PNG) or a PDF to it").Takes(NewFile{}).Carries("file").Limit(withFile).Gives(FileBody{}),
		web.GET("/action-files/{actionfile}", d.getFile).Page(),
		web.GET("/action-files/{actionfile}/content", d.getFile).API().Says("actions", "A file of an action").GivesFile("image/jpeg", "image/png", "application/pdf"),
	}
	return append(all, d.routesInbox()...)
}

var (
	_ = page.Lookup("actionstate", func(l text.Lang, key string) string { return text.T(l, string(stateWords[key])) })
	_ = page.Lookup("actioncolour", func(_ text.Lang, key string) string { return stateKinds[key] })
	_ = page.Lookup("actionicon", func(_ text.Lang, key string) string { return page.Chip{Kind: stateKinds[key]}.Icon() })
	_ = page.Lookup("stepword", func(l text.Lang, key string) string { return text.T(l, string(stepWords[key])) })
	_ = page.Lookup("figurename", func(l text.Lang, key string) string { i, _ := monitoring.Find(key); return i.In(string(l)) })
)

// CriterionName says what a criterion asks, or its key where the text is not at hand.
func (g Gap) CriterionName(lang string) string {
	if c, ok := standards.CriterionOf(g.Standard, g.Criterion); ok {
		return c.In(lang)
	}
	return g.Criterion
}

// OwnerOptions are those who can do an action, as forms name them.
func OwnerOptions(l text.Lang, c Choices) []page.Option {
	all := []page.Option{{Value: ownerOffice, Name: text.T(l, "Dinas Sosial sendiri")}}
	for _, g := range c.Agencies {
		all = append(all, page.Option{Value: ownerAgency + g.ID.String(), Name: g.Name})
	}
	for _, e := range c.Centres {
		all = append(all, page.Option{Value: ownerCentre + e.ID.String(), Name: e.Name})
	}
	return all
}

// IndicatorOptions are the figures that an action can move.
func IndicatorOptions(l text.Lang) (all []page.Option) {
	for _, i := range law.Indicators.Latest() {
		all = append(all, page.Option{Value: i.Key, Name: i.In(string(l))})
	}
	return all
}

// listPage is the list of actions.
type listPage struct {
	All     []Action
	Counts  Counts
	Next    string
	Filter  Filter
	Agency  string // whose list it is
	Centre  string
	Owners  []Named
	Centres []page.Option
	Rest    string // the filters beside show, for the links
	Write   bool
}

func (d *Desk) list(r *web.Request, f Filter) (all []Action, n Counts, next string, err error) {
	if f.Limit == 0 {
		f.Limit = 50
	}
	shown := f.Limit
	f.Limit++
	if all, n, err = d.List(r.Context(), r.By, f); err == nil && int64(len(all)) > shown {
		all = all[:shown]
		next = all[shown-1].ID.String()
	}
	return all, n, next, err
}

func (d *Desk) getActions(r *web.Request) (web.Answer, error) {
	var f Filter
	if err := r.Filter(&f); err != nil {
		return nil, err
	}
	all, n, next, err := d.list(r, f)
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, BodyOf), next)
	}
	c, err := d.Choices(r.Context(), r.By, 0)
	if err != nil {
		return nil, err
	}
	p := listPage{All: all, Counts: n, Next: next, Filter: f, Owners: c.Agencies, Centres: centre.Options(c.Centres), Write: r.By.May(who.RunAction)}
	for _, g := range c.Agencies {
		if g.ID == f.Agency {
			p.Agency = g.Name
		}
	}
	for _, e := range c.Centres {
		if e.ID == f.Centre || e.ID == f.OwnerCentre {
			p.Centre = e.Name
		}
	}
	p.Rest = f.rest()
	return r.Page("actions/actions.html", p)
}

// rest are the filters of an address beside what is shown.
func (f Filter) rest() string {
	s := ""
	for _, one := range []struct {
		name string
		of   id.ID
	}{{"centre_id", f.Centre}, {"agency_id", f.Agency}, {"owner_centre_id", f.OwnerCentre}} {
		if one.of != 0 {
			s += "&" + one.name + "=" + one.of.String()
		}
	}
	if f.Decided {
		s += "&decided=true"
	}
	if f.Mine {
		s += "&mine=true"
	}
	return s
}

// Asked is what a new action begins with.
type Asked struct {
	Centre    id.ID  `query:"centre_id"`
	Criterion string `query:"criterion" maxLength:"80"`
	Indicator string `query:"indicator" maxLength:"60"`
	After     id.ID  `query:"after"`
}

// newPage is the form of a new action.
type newPage struct {
	Owners, Indicators, Centres []page.Option
	Gaps                        []page.Tick
	At                          centre.Centre // which institution it is for; zero: the province
	Owner                       string
	Sent                        string
	Indicator                   string // that it shall move
}

func (d *Desk) newPage(r *web.Request, at id.ID, criterion string) (p newPage, err error) {
	if at == 0 {
		at = r.By.Scope.Only()
	}
	c, err := d.Choices(r.Context(), r.By, at)
	if err != nil {
		return p, err
	}
	p = newPage{Owners: OwnerOptions(r.Lang, c), Indicators: IndicatorOptions(r.Lang), Centres: centre.Options(c.Centres)}
	for _, e := range c.Centres {
		if e.ID == at {
			p.At, p.Owner = e, ownerCentre+e.ID.String()
		}
	}
	var options []page.Option
	chosen := ""
	for _, g := range c.Gaps {
		key := g.Standard + "/" + g.Criterion.Key
		options = append(options, page.Option{Value: key, Name: g.Criterion.In(string(r.Lang))})
		if g.Criterion.Key == criterion {
			chosen = key
		}
	}
	p.Gaps = r.Ticks("gaps", options, chosen)
	return p, nil
}

func (d *Desk) getNew(r *web.Request) (web.Answer, error) {
	var in Asked
	if err := r.Filter(&in); err != nil {
		return nil, err
	}
	if !r.By.May(who.RunAction) {
		return r.Go("/actions")
	}
	p, err := d.newPage(r, in.Centre, in.Criterion)
	if err != nil {
		return nil, err
	}
	p.Indicator = in.Indicator
	return r.Page("actions/new.html", p)
}

func (d *Desk) postAction(r *web.Request) (web.Answer, error) {
	var in NewAction
	err := r.Read(&in)
	var a Action
	if err == nil {
		in.Site = r.Site()
		a, err = d.Add(r.Context(), r.By, in)
	}
	if err != nil {
		return r.Again("actions/new.html", func() (any, error) { return d.newPage(r, in.Centre, "") }, err)
	}
	r.Flash("Tindak lanjut tersimpan.")
	return r.Done(a.Path(), a.Path(), BodyOf(a))
}

// centrePage is what is agreed for one institution, with the form of a new action.
type centrePage struct {
	newPage
	All       []Action
	Next      string
	Criterion string
}

func (d *Desk) getOfCentre(r *web.Request) (web.Answer, error) {
	var in Asked
	if err := r.Filter(&in); err != nil {
		return nil, err
	}
	at, err := d.Own(r.Context(), r.By, r.ID("centre"))
	if err != nil {
		return nil, err
	}
	p := centrePage{Criterion: in.Criterion}
	if p.All, _, p.Next, err = d.list(r, Filter{Centre: at.ID, After: in.After}); err != nil {
		return nil, err
	}
	if p.newPage, err = d.newPage(r, at.ID, in.Criterion); err != nil {
		return nil, err
	}
	p.At = at
	return r.Page("actions/centre.html", p)
}

func (d *Desk) listOfCentre(r *web.Request) (web.Answer, error) {
	at, err := d.Own(r.Context(), r.By, r.ID("centre"))
	if err != nil {
		return nil, err
	}
	all, next, err := web.PartOf(r, 50, func(p web.Part) ([]Action, error) {
		all, _, err := d.List(r.Context(), r.By, Filter{Centre: at.ID, After: p.After, Limit: p.Limit})
		return all, err
	}, func(a Action) id.ID { return a.ID })
	if err != nil {
		return nil, err
	}
	return r.List(web.Bodies(all, BodyOf), next)
}
