package planning

import (
	"embed"
	"slices"
	"strconv"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

const oneButton = "one button"

// Routes are the addresses of this desk.
func (d *Desk) Routes() []web.Route {
	return []web.Route{
		web.GET("/action-plans", d.getPlans).Says("plans", "Plans under a ceiling, the newest first").Query(web.Part{}).Lists(PlanBody{}),
		web.POST("/action-plans", d.postPlan).Drafts("Rencana baru|draf", who.DecideNeed).Says("plans", "Make a plan: the set of actions that closes the most weighted gap under a ceiling").Takes(NewPlan{}).Gives(PlanBody{}),
		web.GET("/action-plans/{actionplan}", d.getPlan).Says("plans", "One plan").Gives(PlanBody{}),
		web.GET("/action-plans/{actionplan}/choices", d.getChoices).API().Says("plans", "What a plan could choose, the chosen first").Lists(ChoiceBody{}),
		web.POST("/action-plans/{actionplan}/work", d.postWork).NoDrafts(oneButton).Says("plans", "Choose anew, with another ceiling or lock").Takes(Rework{}).Gives(PlanBody{}),
		web.POST("/action-plans/{actionplan}/adoption", d.postAdopt).Says("plans", "Fix a plan: it changes no more").Takes(struct{}{}).Gives(PlanBody{}),
		web.GET("/centres/{centre}/gains", d.getGains).Says("plans", "What changed at an institution from one assessment to the next, and because of what").Lists(GainBody{}),
	}
}

// plansPage lists plans, with the form for one more.
type plansPage struct {
	All     []Plan
	Next    string
	Years   []page.Option
	Year    string
	Centres []page.Option
}

func (d *Desk) plansPage(r *web.Request) (p plansPage, err error) {
	if p.All, p.Next, err = web.PartOf(r, 50, func(part web.Part) ([]Plan, error) {
		return d.Plans(r.Context(), r.By, part.After, part.Limit)
	}, func(p Plan) id.ID { return p.ID }); err != nil || !r.By.May(who.DecideNeed) {
		return p, err
	}
	this := r.Today().Time().Year()
	for y := this; y <= this+5; y++ {
		p.Years = append(p.Years, page.Years(y)...)
	}
	p.Year = strconv.Itoa(this + 1)
	served, err := d.standards.Served(r.Context(), r.By)
	for _, c := range served {
		p.Centres = append(p.Centres, page.Option{Value: c.ID.String(), Name: c.Name})
	}
	return p, err
}

func (d *Desk) getPlans(r *web.Request) (web.Answer, error) {
	p, err := d.plansPage(r)
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(p.All, planBody), p.Next)
	}
	return r.Page("planning/plans.html", p)
}

func planPath(p Plan) string { return "/action-plans/" + p.ID.String() }

func (d *Desk) postPlan(r *web.Request) (web.Answer, error) {
	p, err := web.Do(r, func(in NewPlan) (Plan, error) { return d.Make(r.Context(), r.By, in) })
	if err != nil {
		return r.Again("planning/plans.html", func() (any, error) { return d.plansPage(r) }, err)
	}
	r.Flash("Rencana dihitung.")
	return r.Done(planPath(p), planPath(p), planBody(p))
}

// planPage is a plan with what it chose and what it left out.
type planPage struct {
	Plan
	In, Out []Line
}

func (d *Desk) planPage(r *web.Request) (p planPage, err error) {
	one, all, err := d.Look(r.Context(), r.By, r.ID("actionplan"))
	if err != nil {
		return p, err
	}
	cut := slices.IndexFunc(all, func(l Line) bool { return !l.Chosen })
	if cut < 0 {
		cut = len(all)
	}
	return planPage{Plan: one, In: all[:cut], Out: all[cut:]}, nil
}

func (d *Desk) getPlan(r *web.Request) (web.Answer, error) {
	return r.Show("planning/plan.html", func() (any, error) { return d.planPage(r) }, func() (any, error) {
		p, _, err := d.Look(r.Context(), r.By, r.ID("actionplan"))
		return planBody(p), err
	})
}

func (d *Desk) getChoices(r *web.Request) (web.Answer, error) {
	_, all, err := d.Look(r.Context(), r.By, r.ID("actionplan"))
	if err != nil {
		return nil, err
	}
	return r.Whole(web.Bodies(all, choiceBody))
}

func (d *Desk) postWork(r *web.Request) (web.Answer, error) {
	p, err := web.Do(r, func(in Rework) (Plan, error) {
		return d.Work(r.Context(), r.By, r.ID("actionplan"), r.IfMatch(), in)
	})
	return d.planDone(r, p, "Rencana dihitung lagi.", err)
}

func (d *Desk) postAdopt(r *web.Request) (web.Answer, error) {
	p, err := web.Do(r, func(struct{}) (Plan, error) { return d.Adopt(r.Context(), r.By, r.ID("actionplan"), r.IfMatch()) })
	return d.planDone(r, p, "Rencana ditetapkan.", err)
}

func (d *Desk) planDone(r *web.Request, p Plan, said string, err error) (web.Answer, error) {
	if err != nil {
		return r.Again("planning/plan.html", func() (any, error) { return d.planPage(r) }, err)
	}
	r.Flash(said)
	return r.Done(planPath(p), planPath(p), planBody(p))
}

func (d *Desk) getGains(r *web.Request) (web.Answer, error) {
	g, err := d.Gains(r.Context(), r.By, r.ID("centre"))
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.Whole(web.Bodies(slices.Concat(g.Better, g.Worse, g.Other), gainBody))
	}
	return r.Page("planning/gains.html", g)
}
