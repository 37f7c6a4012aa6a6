package casework

import (
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// samePlan tells a repeated plan from an id that was used for something else.
func samePlan(p Plan, in NewPlan) bool {
	return p.AgreedBy == in.AgreedBy && slices.EqualFunc(p.Goals, in.Goals, func(g Goal, n NewGoal) bool { return g.Text == n.Text })
}

// Agreement is the word of the person or the guardian about the plan.
type Agreement struct {
	By string    `json:"agreed_by" required:"true" maxLength:"120" ask:"Tulis siapa yang menyetujui: PM atau wali."`
	On clock.Day `json:"agreed_on"`
}

// agree keeps who agreed to a plan, not before it was made.
func agree(p *Plan, by string, on, today clock.Day) error {
	if by == "" {
		return nil
	}
	if on == "" {
		on = today
	}
	if err := dayInOrder("agreed_on", on, p.MadeOn, today); err != nil {
		return err
	}
	p.AgreedBy, p.AgreedOn = by, on
	return nil
}

// Agree records that the person or guardian agreed to the plan.
func (d *Desk) Agree(ctx context.Context, by who.Asker, caseID, plan id.ID, version int64, in Agreement) (Plan, error) {
	return d.plan(ctx, by, agreePlan, caseID, plan, version, func(tx *store.Tx, f File, p *Plan) error {
		if err := agree(p, in.By, in.On, tx.Today()); err != nil {
			return err
		}
		return d.turned(tx, f, p, fail.Say("Rencana v%d disetujui %s.", p.Number, p.AgreedBy))
	})
}

// turned keeps a plan's new state with its sentence.
func (d *Desk) turned(tx *store.Tx, f File, p *Plan, say fail.Saying) error {
	if err := keepPlan(tx, p); err != nil {
		return err
	}
	tx.Record(planEntry(f.Case, *p, say))
	_, err := refresh(tx, f.ID)
	return err
}

// planGate is what a plan needs before the head of the centre sees it, and again before it is approved:
// an assessment signed before (Pasal 7 ayat (2)), a goal or a reason for each need, and goals at all.
func planGate(f File, p Plan, agreed bool) error {
	var g fail.Gate
	g.Need(f.assessed(Biopsychosocial) != nil, "assessment-unsigned", "Asesmen belum ditandatangani pekerja sosial.")
	g.Need(len(p.Goals) > 0, "goals-missing", "Rencana belum punya tujuan.")
	n := uncovered(f, &p)
	g.Need(n == 0, "needs-uncovered", "%d kebutuhan belum punya tujuan: pilih tujuan atau beri alasan.", n)
	g.Need(!agreed || p.AgreedBy != "", "plan-unagreed", "Persetujuan PM atau wali atas rencana belum dicatat.")
	if len(g.Missing()) == 0 {
		return nil
	}
	return &fail.Rule{Name: "plan-gate", Say: fail.Say("Rencana belum dapat diajukan atau disahkan."), Missing: g.Missing()}
}

// Submit puts a plan before the head of the centre.
func (d *Desk) Submit(ctx context.Context, by who.Asker, caseID, plan id.ID, version int64) (Plan, error) {
	return d.plan(ctx, by, submitPlan, caseID, plan, version, d.submit)
}

// RewriteAndSubmit writes a plan anew and puts it before the head, or does neither.
func (d *Desk) RewriteAndSubmit(ctx context.Context, by who.Asker, caseID, plan id.ID, version int64, in NewPlan) (Plan, error) {
	return d.plan(ctx, by, submitPlan, caseID, plan, version, func(tx *store.Tx, f File, p *Plan) error {
		if err := d.rewrite(tx, f, p, in); err != nil {
			return err
		}
		f, err := FileOf(tx, caseID)
		if err != nil {
			return err
		}
		*p = *f.plan(plan)
		return d.submit(tx, f, p)
	})
}

func (d *Desk) submit(tx *store.Tx, f File, p *Plan) error {
	if !p.Draftable() {
		return fail.Broken("plan-fixed", "Rencana v%d sudah diajukan atau disahkan. Buat versi baru.", p.Number)
	}
	if err := planGate(f, *p, false); err != nil {
		return err
	}
	p.State, p.SubmittedOn, p.ReturnedWhy = PlanSubmitted, tx.Today(), ""
	return d.turned(tx, f, p, fail.Say("Rencana v%d diajukan ke Kepala UPT.", p.Number))
}

// Approve makes a plan the current one; it replaces the version before.
func (d *Desk) Approve(ctx context.Context, by who.Asker, caseID, plan id.ID, version int64) (Plan, error) {
	if err := byPeople(by); err != nil {
		return Plan{}, err
	}
	return d.plan(ctx, by, approvePlan, caseID, plan, version, func(tx *store.Tx, f File, p *Plan) error {
		if p.State == PlanApproved {
			return fail.Broken("plan-fixed", "Rencana v%d sudah diajukan atau disahkan. Buat versi baru.", p.Number)
		}
		if err := planGate(f, *p, true); err != nil {
			return err
		}
		if p.State != PlanSubmitted {
			return fail.Broken("plan-unsubmitted", "Rencana v%d belum diajukan.", p.Number)
		}
		if f.Plan != nil {
			if err := replacePlan(tx, f.Plan); err != nil {
				return err
			}
		}
		p.State, p.ApprovedOn, p.Approver = PlanApproved, tx.Today(), by.Name
		return d.turned(tx, f, p, fail.Say("Rencana v%d disahkan Kepala UPT.", p.Number))
	})
}

// Return is why a plan goes back.
type Return struct {
	Reason string `json:"reason" required:"true" maxLength:"500" ask:"Tulis apa yang perlu diperbaiki."`
}

// Return gives a plan back to its maker.
func (d *Desk) Return(ctx context.Context, by who.Asker, caseID, plan id.ID, version int64, in Return) (Plan, error) {
	return d.plan(ctx, by, returnPlan, caseID, plan, version, func(tx *store.Tx, f File, p *Plan) error {
		if p.State != PlanSubmitted {
			return fail.Broken("plan-unsubmitted", "Rencana v%d belum diajukan.", p.Number)
		}
		p.State, p.ReturnedWhy = PlanReturned, in.Reason
		return d.turned(tx, f, p, fail.Say("Rencana v%d dikembalikan: %s", p.Number, in.Reason))
	})
}
