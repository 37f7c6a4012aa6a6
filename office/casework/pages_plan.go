package casework

import (
	"fmt"
	"maps"
	"net/url"
	"strconv"
	"strings"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
)

func (d *Desk) routesPlan() []web.Route {
	return []web.Route{
		web.GET("/cases/{case}/plans", d.getPlans).Openable().Says("plans", "Versions of the plan, the newest first").Lists(PlanBody{}),
		web.POST("/cases/{case}/plans", d.postPlan).Says("plans", "Begin a version of the plan").Takes(NewPlan{}).Gives(PlanBody{}).NoDrafts("a button alone"),
		web.GET("/cases/{case}/plans/{plan}", d.getPlan).Openable().Says("plans", "One version of the plan").Gives(PlanBody{}),
		web.PATCH("/cases/{case}/plans/{plan}", d.patchPlan).Says("plans", "Write a draft anew").Takes(NewPlan{}).Gives(PlanBody{}),
		web.POST("/cases/{case}/plans/{plan}/draft", d.postDraft).Page().Takes(NewPlan{}).Drafts("Rencana intervensi", who.WorkCase),
		web.POST("/cases/{case}/plans/{plan}/agreement", d.postAgreement).Drafts("Persetujuan rencana", who.WorkCase).Says("plans", "The person or guardian agrees").Takes(Agreement{}).Gives(PlanBody{}),
		web.POST("/cases/{case}/plans/{plan}/submission", d.postSubmission).Says("plans", "Put the plan before the head").Gives(PlanBody{}),
		web.POST("/cases/{case}/plans/{plan}/approval", d.postApproval).Says("plans", "Approve the plan").Gives(PlanBody{}),
		web.POST("/cases/{case}/plans/{plan}/return", d.postReturn).Drafts("Pengembalian rencana", who.ApproveCase).Says("plans", "Give the plan back").Takes(Return{}).Gives(PlanBody{}),
	}
}

// PlanPath is the page of a version.
func (p Plan) Path() string { return "/cases/" + p.Case.String() + "/plans/" + p.ID.String() }

func (d *Desk) getPlans(r *web.Request) (web.Answer, error) {
	f, err := d.Look(r.Context(), r.By, r.ID("case"))
	if err != nil {
		return nil, err
	}
	if r.API() {
		bodies := []PlanBody{}
		for _, p := range f.Versions {
			if full := f.plan(p.ID); full != nil {
				p = *full
			}
			bodies = append(bodies, planBody(p, false))
		}
		return r.Whole(bodies)
	}
	return r.Page("casework/plans.html", d.plansPage(r, f))
}

// plansPage is the list of versions, with what the newest of them changes.
func (d *Desk) plansPage(r *web.Request, f File) func() (any, error) {
	return func() (any, error) {
		change, err := d.PlanChanged(r.Context(), r.By, f)
		return viewOf(f, map[string]any{"Change": change}), err
	}
}

func (d *Desk) postPlan(r *web.Request) (web.Answer, error) {
	var in NewPlan
	err := r.Read(&in)
	var p Plan
	if err == nil {
		if !r.API() && len(in.Goals) == 0 {
			err = d.prefill(r, &in)
		}
	}
	if err == nil {
		p, err = d.Draft(r.Context(), r.By, r.ID("case"), in)
	}
	if err != nil {
		return r.Again("casework/plans.html", d.look(r, func(f File) (map[string]any, error) {
			change, err := d.PlanChanged(r.Context(), r.By, f)
			return map[string]any{"Change": change}, err
		}), err)
	}
	return r.Done(p.Path(), p.Path(), planBody(p, false))
}

// prefill begins a version with the goals of the running plan.
func (d *Desk) prefill(r *web.Request, in *NewPlan) error {
	f, err := d.Look(r.Context(), r.By, r.ID("case"))
	if err != nil || f.Plan == nil {
		return err
	}
	for _, g := range f.Plan.Goals {
		n := NewGoal{Need: g.Need, Domain: g.Domain, Text: g.Text, Measure: g.Measure, TargetLevel: g.TargetLevel, DueOn: g.DueOn}
		for _, s := range g.Services {
			n.Services = append(n.Services, NewService{s.Item, s.Text, s.Owner, s.From, s.To, s.Cost, s.Funding})
		}
		in.Goals = append(in.Goals, n)
	}
	return nil
}

// planPage is one version with what it is written from.
type planPage struct {
	Plan      Plan
	Rows      []planRow // of the form: a row for each goal and each need without one
	Edit      bool
	Domains   []page.Option
	Items     []page.Option
	Fundings  []page.Option
	Levels    []page.Option
	Needs     []page.Option
	Uncovered int
	Sums      []planSum
}

// planRow is a goal in the form; Need is what it answers to.
type planRow struct {
	Goal
	Asked    *Need
	Lines    []PlanService
	Declined string
	At       int
}

type planSum struct {
	Name string
	Sum  int64
}

// rows lays out the form: the needs come first, each with its goal or an empty line; then further goals;
// then as many empty rows and lines as were asked for.
func rows(f File, p Plan, extra int, moreLines int) []planRow {
	var out []planRow
	used := map[int]bool{}
	add := func(row planRow) {
		row.At = len(out)
		row.Lines = row.Services
		if len(row.Lines) == 0 || row.At == moreLines {
			row.Lines = append(row.Lines, PlanService{})
		}
		out = append(out, row)
	}
	for i, n := range f.Needs {
		found := false
		for j, g := range p.Goals {
			if g.Need == n.ID {
				used[j], found = true, true
				add(planRow{Goal: g, Asked: &f.Needs[i], Declined: n.Declined})
			}
		}
		if !found {
			add(planRow{Goal: Goal{Need: n.ID, Domain: n.Domain, Services: itemLine(n)}, Asked: &f.Needs[i], Declined: n.Declined})
		}
	}
	for j, g := range p.Goals {
		if !used[j] {
			add(planRow{Goal: g})
		}
	}
	for range extra {
		add(planRow{})
	}
	return out
}

// typedRows lays out the form as it was typed.
func typedRows(f File, form url.Values) []planRow {
	var out []planRow
	for g := range mostGoals {
		at := fmt.Sprintf("goals.%d.", g)
		if !form.Has(at + "text") {
			continue
		}
		need, _ := id.Parse(form.Get(at + "need_id"))
		row := planRow{At: g, Goal: Goal{Need: need, Domain: form.Get(at + "domain"), Text: form.Get(at + "text")}}
		for i := range f.Needs {
			if f.Needs[i].ID == need && need != 0 {
				row.Asked = &f.Needs[i]
			}
		}
		for s := range mostLines {
			if line := fmt.Sprintf("%sservices.%d.", at, s); form.Has(line + "text") {
				row.Lines = append(row.Lines, PlanService{Item: form.Get(line + "item"), Funding: form.Get(line + "funding")})
			}
		}
		out = append(out, row)
	}
	return out
}

// What a form of a plan can hold.
const (
	mostGoals = 60
	mostLines = 30
)

func itemLine(n Need) []PlanService {
	if n.Item == "" {
		return nil
	}
	return []PlanService{{Item: n.Item}}
}

func (d *Desk) planView(r *web.Request) func() (any, error) {
	return d.look(r, func(f File) (map[string]any, error) {
		p, err := d.PlanOf(r.Context(), r.By, f, r.ID("plan"))
		if err != nil {
			return nil, err
		}
		lists := law.Standard.On(f.OpenedOn)
		v := planPage{Plan: p, Edit: p.Draftable() && r.By.May("case.work") && f.Open(), Domains: choices(lists.NeedDomains, r.Lang),
			Fundings: choices(lists.Fundings, r.Lang), Uncovered: uncovered(f, &p)}
		extra, _ := strconv.Atoi(r.Param("rows"))
		lines, err := strconv.Atoi(r.Param("line"))
		if err != nil {
			lines = -1
		}
		if len(f.Needs) == 0 && len(p.Goals) == 0 {
			extra = max(extra, 1)
		}
		v.Rows = rows(f, p, min(extra, 20), lines)
		if r.Form().Has("goals.0.text") { // sent and refused: the rows as they were typed
			v.Rows = typedRows(f, r.Form())
		}
		for _, i := range f.Items() {
			v.Items = append(v.Items, page.Option{Value: i.Key, Name: i.In(string(r.Lang))})
		}
		for n := 1; n <= 5; n++ {
			v.Levels = append(v.Levels, page.Option{Value: strconv.Itoa(n), Name: strconv.Itoa(n)})
		}
		for _, fund := range lists.Fundings {
			if sum := p.CostBy(fund.Key); sum > 0 {
				v.Sums = append(v.Sums, planSum{fund.In(string(r.Lang)), sum})
			}
		}
		if sum := p.CostBy(""); sum > 0 {
			v.Sums = append(v.Sums, planSum{r.Say("Sumber belum disebut"), sum})
		}
		return map[string]any{"P": v}, nil
	})
}

func (d *Desk) getPlan(r *web.Request) (web.Answer, error) {
	return r.Show("casework/plan.html", d.planView(r), func() (any, error) {
		f, err := d.Look(r.Context(), r.By, r.ID("case"))
		if err != nil {
			return nil, err
		}
		p, err := d.PlanOf(r.Context(), r.By, f, r.ID("plan"))
		return planBody(p, false), err
	})
}

func (d *Desk) patchPlan(r *web.Request) (web.Answer, error) {
	var in NewPlan
	if err := r.Read(&in); err != nil {
		return nil, err
	}
	p, err := d.Rewrite(r.Context(), r.By, r.ID("case"), r.ID("plan"), r.IfMatch(), in)
	if err != nil {
		return nil, err
	}
	return r.Changed(p.Path(), planBody(p, false))
}

// postDraft keeps the form of a plan. Its buttons say what then: stay, another goal, another service,
// or put it before the head.
func (d *Desk) postDraft(r *web.Request) (web.Answer, error) {
	do := r.Form().Get("_do")
	typed := maps.Clone(r.Form())
	dropEmpty(r.Form())
	var in NewPlan
	err := r.Read(&in)
	var p Plan
	write := d.Rewrite
	if do == "submit" {
		write = d.RewriteAndSubmit
	}
	if err == nil {
		p, err = write(r.Context(), r.By, r.ID("case"), r.ID("plan"), r.IfMatch(), in)
	}
	if err != nil {
		maps.Copy(r.Form(), typed)
		return r.Again("casework/plan.html", d.planView(r), err)
	}
	switch {
	case do == "submit":
		r.Flash("Rencana diajukan ke Kepala UPT.")
	case do == "goal":
		return r.Go(p.Path() + "?rows=1#goals")
	case strings.HasPrefix(do, "line-"):
		return r.Go(p.Path() + "?line=" + url.QueryEscape(strings.TrimPrefix(do, "line-")) + "#goals")
	default:
		r.Flash("Draf rencana tersimpan.")
	}
	return r.Go(p.Path())
}

// dropEmpty takes rows out of the form in which nobody wrote anything: a need without a goal yet, an empty
// line of a service.
func dropEmpty(form url.Values) {
	for g := range mostGoals {
		goal := fmt.Sprintf("goals.%d.", g)
		if !form.Has(goal + "text") {
			continue
		}
		wrote := form.Get(goal+"text") != "" || form.Get(goal+"measure") != ""
		for s := range mostLines {
			line := fmt.Sprintf("%sservices.%d.", goal, s)
			if form.Get(line+"text") == "" && form.Get(line+"owner") == "" && form.Get(line+"cost") == "" &&
				(form.Get(line+"item") == "" || !wrote) {
				dropPrefix(form, line)
			} else {
				wrote = true
			}
		}
		if !wrote {
			dropPrefix(form, goal)
		}
	}
}

func dropPrefix(form url.Values, prefix string) {
	for k := range form {
		if strings.HasPrefix(k, prefix) {
			delete(form, k)
		}
	}
}

// onPlan runs a deed on one version and answers at both doors.
func (d *Desk) onPlan(r *web.Request, in any, flash string, deed func() (Plan, error)) (web.Answer, error) {
	var err error
	if in != nil {
		err = r.Read(in)
	}
	var p Plan
	if err == nil {
		p, err = deed()
	}
	if err != nil {
		return r.Again("casework/plan.html", d.planView(r), err)
	}
	r.Flash("%s", flash)
	return r.Done(p.Path(), p.Path(), planBody(p, false))
}

func (d *Desk) postAgreement(r *web.Request) (web.Answer, error) {
	var in Agreement
	return d.onPlan(r, &in, r.Say("Persetujuan atas rencana tercatat."), func() (Plan, error) {
		return d.Agree(r.Context(), r.By, r.ID("case"), r.ID("plan"), r.IfMatch(), in)
	})
}

func (d *Desk) postSubmission(r *web.Request) (web.Answer, error) {
	return d.onPlan(r, nil, r.Say("Rencana diajukan ke Kepala UPT."), func() (Plan, error) {
		return d.Submit(r.Context(), r.By, r.ID("case"), r.ID("plan"), r.IfMatch())
	})
}

func (d *Desk) postApproval(r *web.Request) (web.Answer, error) {
	return d.onPlan(r, nil, r.Say("Rencana disahkan."), func() (Plan, error) {
		return d.Approve(r.Context(), r.By, r.ID("case"), r.ID("plan"), r.IfMatch())
	})
}

func (d *Desk) postReturn(r *web.Request) (web.Answer, error) {
	var in Return
	return d.onPlan(r, &in, r.Say("Rencana dikembalikan."), func() (Plan, error) {
		return d.Return(r.Context(), r.By, r.ID("case"), r.ID("plan"), r.IfMatch(), in)
	})
}
