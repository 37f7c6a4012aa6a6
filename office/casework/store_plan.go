package casework

import (
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

var (
	plansOfCase = store.SQL(`select l.id, l.version, l.case_id, l.number, l.state, l.made_on, l.maker_name, l.agreed_by, l.agreed_on,
			l.submitted_on, l.approved_on, l.approver_name, l.returned_why
		from plans l where l.case_id = ? and {see l} order by l.number desc limit 100`)  // index: plans (case_id, number)
	goalsOfCase = store.SQL(`select g.id, g.plan_id, g.need_id, g.domain, g.text, g.measure, g.target_level, g.due_on, g.state, g.ended_on,
			g.ended_why
		from goals g join plans l on l.id = g.plan_id
		where g.case_id = ? and l.state <> 'replaced' and {see g} and {see l} order by g.id`)  // index: goals (case_id, id)
	servicesOfPlans = store.SQL(`select v.id, v.goal_id, v.item, v.text, v.owner, v.from_on, v.to_on, v.cost, v.funding
		from plans l join plan_services v on v.plan_id = l.id
		where l.case_id = ? and l.state <> 'replaced' and {see v} and {see l} order by v.plan_id, v.id`)  // index: plans (case_id, number), plan_services (plan_id, id)
	goalsOfPlan = store.SQL(`select g.id, g.plan_id, g.need_id, g.domain, g.text, g.measure, g.target_level, g.due_on, g.state, g.ended_on,
			g.ended_why
		from goals g where g.plan_id = ? and {see g} order by g.id`)
	servicesOfPlan = store.SQL(`select v.id, v.goal_id, v.item, v.text, v.owner, v.from_on, v.to_on, v.cost, v.funding
		from plan_services v where v.plan_id = ? and {see v} order by v.id`)

	newPlan = store.SQL(`insert into plans (id, version, case_id, centre_id, number, state, made_on, made_by, maker_name, agreed_by,
			agreed_on, submitted_on, approved_on, approved_by, approver_name, returned_why)
		select ?, 1, c.id, c.centre_id, ?, ?, ?, ?, ?, ?, ?, null, null, null, '', '' from cases c where c.id = ? and {see c}`)
	changePlan = store.SQL(`update plans set version = version + 1, state = ?, agreed_by = ?, agreed_on = ?, submitted_on = ?,
		approved_on = ?, approved_by = ?, approver_name = ?, returned_why = ? where id = ? and version = ? and {see plans}`)
	endPlan = store.SQL(`update plans set version = version + 1, state = 'replaced' where id = ? and version = ? and {see plans}`)
	newGoal = store.SQL(`insert into goals (id, plan_id, case_id, centre_id, need_id, domain, text, measure, target_level, due_on, state,
			ended_on, ended_why)
		select ?, l.id, l.case_id, l.centre_id, ?, ?, ?, ?, ?, ?, ?, null, '' from plans l where l.id = ? and {see l}`)
	newPlanService = store.SQL(`insert into plan_services (id, goal_id, plan_id, case_id, centre_id, item, text, owner, from_on, to_on, cost,
			funding)
		select ?, g.id, g.plan_id, g.case_id, g.centre_id, ?, ?, ?, ?, ?, ?, ? from goals g where g.id = ? and {see g}`)
	dropPlanServices = store.SQL(`delete from plan_services where plan_id = ? and {see plan_services}`)
	dropPlanGoals    = store.SQL(`delete from goals where plan_id = ? and {see goals}`)
)

func scanPlan(r store.Row) (p Plan, err error) {
	err = r.Scan(&p.ID, &p.Version, &p.Case, &p.Number, &p.State, &p.MadeOn, &p.Maker, &p.AgreedBy, &p.AgreedOn, &p.SubmittedOn,
		&p.ApprovedOn, &p.Approver, &p.ReturnedWhy)
	return p, err
}

func scanGoal(r store.Row) (g Goal, err error) {
	err = r.Scan(&g.ID, &g.Plan, &g.Need, &g.Domain, &g.Text, &g.Measure, &g.TargetLevel, &g.DueOn, &g.State, &g.EndedOn, &g.EndedWhy)
	return g, err
}

func scanPlanService(r store.Row) (s PlanService, err error) {
	err = r.Scan(&s.ID, &s.Goal, &s.Item, &s.Text, &s.Owner, &s.From, &s.To, &s.Cost, &s.Funding)
	return s, err
}

// loadPlans reads the approved plan and the one that is being written, with goals and services.
func (f *File) loadPlans(tx *store.Tx) error {
	plans, err := store.Each(tx, plansOfCase, scanPlan, f.ID)
	if err != nil || len(plans) == 0 {
		return err
	}
	goals, err := store.Each(tx, goalsOfCase, scanGoal, f.ID)
	if err != nil {
		return err
	}
	services, err := store.Each(tx, servicesOfPlans, scanPlanService, f.ID)
	if err != nil {
		return err
	}
	for i := range plans {
		p := &plans[i]
		f.Versions = append(f.Versions, *p)
		p.fill(goals, services)
		switch {
		case p.State == PlanApproved:
			f.Plan = p
		case p.State != PlanReplaced && f.Draft == nil:
			f.Draft = p
		}
	}
	return nil
}

func (p *Plan) fill(goals []Goal, services []PlanService) {
	for _, g := range goals {
		if g.Plan != p.ID {
			continue
		}
		for _, s := range services {
			if s.Goal == g.ID {
				g.Services = append(g.Services, s)
			}
		}
		p.Goals = append(p.Goals, g)
	}
}

// planByID reads any version of a case's plan, replaced ones too.
func planByID(tx *store.Tx, f File, want id.ID) (Plan, error) {
	if p := f.plan(want); p != nil {
		return *p, nil
	}
	for _, p := range f.Versions {
		if p.ID != want {
			continue
		}
		goals, err := store.Each(tx, goalsOfPlan, scanGoal, p.ID)
		if err != nil {
			return p, err
		}
		services, err := store.Each(tx, servicesOfPlan, scanPlanService, p.ID)
		p.fill(goals, services)
		return p, err
	}
	return Plan{}, fail.NotFound
}

func insertPlan(tx *store.Tx, p Plan) error {
	_, err := store.Exec(tx, newPlan, p.ID, p.Number, p.State, p.MadeOn, tx.By().User, p.Maker, p.AgreedBy, p.AgreedOn, p.Case)
	if store.Duplicate(err) {
		return fail.Clash("id-used", "Pengenal ini sudah dipakai untuk isian lain.")
	}
	return err
}

func keepPlan(tx *store.Tx, p *Plan) error {
	var approver id.ID
	if p.State == PlanApproved {
		approver = tx.By().User
	}
	n, err := store.Exec(tx, changePlan, p.State, p.AgreedBy, p.AgreedOn, p.SubmittedOn, p.ApprovedOn, approver, p.Approver,
		p.ReturnedWhy, p.ID, p.Version)
	if err == nil && n == 0 {
		return fail.Stale
	}
	p.Version++
	return err
}

func replacePlan(tx *store.Tx, p *Plan) error {
	n, err := store.Exec(tx, endPlan, p.ID, p.Version)
	if err == nil && n == 0 {
		return fail.Stale
	}
	return err
}

func keepGoals(tx *store.Tx, p Plan) error {
	for _, g := range p.Goals {
		if _, err := store.Exec(tx, newGoal, g.ID, g.Need, g.Domain, g.Text, g.Measure, g.TargetLevel, g.DueOn, g.State, p.ID); err != nil {
			return err
		}
		for _, s := range g.Services {
			if _, err := store.Exec(tx, newPlanService, s.ID, s.Item, s.Text, s.Owner, s.From, s.To, s.Cost, s.Funding, g.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

func dropGoals(tx *store.Tx, p Plan) error {
	if _, err := store.Exec(tx, dropPlanServices, p.ID); err != nil {
		return err
	}
	_, err := store.Exec(tx, dropPlanGoals, p.ID)
	return err
}
