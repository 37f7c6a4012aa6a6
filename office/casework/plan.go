package casework

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
)

var (
	writePlan   = store.NewAct("plan.write", who.WorkCase)
	submitPlan  = store.NewAct("plan.submit", who.WorkCase)
	agreePlan   = store.NewAct("plan.agree", who.WorkCase)
	approvePlan = store.NewAct("plan.approve", who.ApproveCase)
	returnPlan  = store.NewAct("plan.return", who.ApproveCase)
)

// The states of a plan. One approved plan is current; the next version replaces it when approved.
const (
	PlanDraft     = "draft"
	PlanSubmitted = "submitted"
	PlanReturned  = "returned"
	PlanApproved  = "approved"
	PlanReplaced  = "replaced"
)

// Plan is one version of the intervention plan.
type Plan struct {
	ID          id.ID
	Version     int64
	Case        id.ID
	Number      int64
	State       string
	MadeOn      clock.Day
	Maker       string
	AgreedBy    string
	AgreedOn    clock.Day
	SubmittedOn clock.Day
	ApprovedOn  clock.Day
	Approver    string
	ReturnedWhy string
	Goals       []Goal
}

// Goal is what is to be reached, with the services that lead there.
type Goal struct {
	ID          id.ID
	Plan        id.ID
	Need        id.ID
	Domain      string
	Text        string
	Measure     string
	TargetLevel *int64
	DueOn       clock.Day
	State       string // open, done, continued, cancelled
	EndedOn     clock.Day
	EndedWhy    string
	Services    []PlanService
}

// PlanService is one planned service: what, who, when, and what it costs from which source (Pasal 49).
type PlanService struct {
	ID      id.ID
	Goal    id.ID
	Item    string
	Text    string
	Owner   string
	From    clock.Day
	To      clock.Day
	Cost    int64
	Funding string
}

// Draftable tells whether the plan may still be written.
func (p Plan) Draftable() bool { return p.State == PlanDraft || p.State == PlanReturned }

// Cost is the sum of the planned services.
func (p Plan) Cost() (sum int64) {
	for _, g := range p.Goals {
		for _, s := range g.Services {
			sum += s.Cost
		}
	}
	return sum
}

// CostBy is the sum for one source of funds.
func (p Plan) CostBy(funding string) (sum int64) {
	for _, g := range p.Goals {
		for _, s := range g.Services {
			if s.Funding == funding {
				sum += s.Cost
			}
		}
	}
	return sum
}

// uncovered counts the needs that have neither a goal in the plan nor a reason why not.
func uncovered(f File, p *Plan) int {
	n := 0
	for _, need := range f.Needs {
		has := p != nil && slices.ContainsFunc(p.Goals, func(g Goal) bool { return g.Need == need.ID })
		if !has && need.Declined == "" {
			n++
		}
	}
	return n
}

// Uncovered is the number of needs without a goal or a reason, in the plan that is being written or runs.
func (f File) Uncovered() int { return uncovered(f, f.working()) }

// working is the plan that is being written; the approved one when none is.
func (f File) working() *Plan {
	if f.Draft != nil {
		return f.Draft
	}
	return f.Plan
}

// beforeIntervention is the gate of the fourth stage: a plan approved after the signed assessment (Pasal 7
// ayat (2)) and agreed with the person or guardian, the decision letter, and inside the panti a place.
func beforeIntervention(f File) []Condition {
	approved := Condition{Code: "plan-unapproved", Article: "Pasal 7 ayat (1) huruf c", Part: "plan",
		Say: fail.Say("Rencana belum disahkan Kepala UPT.")}
	agreed := Condition{Code: "plan-unagreed", Article: "UU 27/2022 Pasal 22", Part: "plan",
		Say: fail.Say("Persetujuan PM atau wali atas rencana belum dicatat.")}
	if f.Plan != nil {
		approved.Done, approved.Say = true, fail.Say("Rencana v%d disahkan %s.", f.Plan.Number, f.Plan.ApprovedOn)
	}
	if p := f.working(); p != nil && p.AgreedBy != "" {
		agreed.Done, agreed.Say = true, fail.Say("Rencana disetujui %s, %s.", p.AgreedBy, p.AgreedOn)
	}
	letter := Condition{Done: f.DecisionNo != "", Code: "decision-missing", Article: "Permensos 15/2025 Pasal 1 angka 7", Part: "decision",
		Say: fail.Say("Nomor dan tanggal surat keputusan belum dicatat.")}
	if letter.Done {
		letter.Say = fail.Say("Keputusan penerimaan %s, %s.", f.DecisionNo, f.DecisionOn)
	}
	all := []Condition{approved, agreed, letter}
	if n := f.Uncovered(); n > 0 && f.Plan == nil {
		all = append([]Condition{{Code: "needs-uncovered", Part: "plan", Say: fail.Say("%d kebutuhan tanpa tujuan dan tanpa alasan.", n)}}, all...)
	}
	if f.Setting == Inside {
		stay := Condition{Done: f.Housed(), Code: "stay-missing", Article: "Pasal 9 ayat (3)", Part: "stays",
			Say: fail.Say("Belum menempati tempat tidur.")}
		if stay.Done {
			stay.Say = fail.Say("Sudah menempati tempat tidur.")
		}
		all = append(all, stay)
	}
	return all
}

// NewPlan is a version of the plan as it is written.
type NewPlan struct {
	ID       id.ID      `json:"id"`
	MadeOn   clock.Day  `json:"made_on"`
	AgreedBy string     `json:"agreed_by" maxLength:"120"`
	AgreedOn clock.Day  `json:"agreed_on"`
	Goals    []NewGoal  `json:"goals"`
	Declined []Declined `json:"declined"`
}

// NewGoal is a goal as it is written.
type NewGoal struct {
	Need        id.ID        `json:"need_id"`
	Domain      string       `json:"domain" maxLength:"40"`
	Text        string       `json:"text" required:"true" maxLength:"300" ask:"Tulis tujuannya."`
	Measure     string       `json:"measure" maxLength:"300"`
	TargetLevel *int64       `json:"target_level" minimum:"1" maximum:"5"`
	DueOn       clock.Day    `json:"due_on"`
	Services    []NewService `json:"services"`
}

// NewService is a planned service as it is written.
type NewService struct {
	Item    string    `json:"item" maxLength:"60"`
	Text    string    `json:"text" maxLength:"300"`
	Owner   string    `json:"owner" maxLength:"120"`
	From    clock.Day `json:"from"`
	To      clock.Day `json:"to"`
	Cost    int64     `json:"cost" minimum:"0" maximum:"100000000000"`
	Funding string    `json:"funding" maxLength:"40"`
}

// Declined says why a need gets no goal.
type Declined struct {
	Need   id.ID  `json:"need_id" required:"true"`
	Reason string `json:"reason" maxLength:"300"`
}

// mayPlan checks what a plan says against the case and the lists of the law.
func mayPlan(f File, in NewPlan) error {
	var wrong fail.Fields
	lists := law.Standard.On(f.OpenedOn)
	for i, g := range in.Goals {
		at := fmt.Sprintf("goals.%d.", i)
		if g.Need != 0 && !slices.ContainsFunc(f.Needs, func(n Need) bool { return n.ID == g.Need }) {
			wrong.Add(at+"need_id", "unknown", "Kebutuhan ini tidak ada pada kasus ini.")
		}
		if g.DueOn != "" && g.DueOn < f.OpenedOn {
			wrong.Add(at+"due_on", "order", "Tanggal %s lebih awal dari %s. Periksa salah satunya.", g.DueOn, f.OpenedOn)
		}
		for j, s := range g.Services {
			f.checkService(&wrong, fmt.Sprintf("%sservices.%d.", at, j), s, lists)
		}
	}
	for i, d := range in.Declined {
		if !slices.ContainsFunc(f.Needs, func(n Need) bool { return n.ID == d.Need }) {
			wrong.Add(fmt.Sprintf("declined.%d.need_id", i), "unknown", "Kebutuhan ini tidak ada pada kasus ini.")
		}
	}
	return wrong.Err()
}

func (f File) checkService(wrong *fail.Fields, at string, s NewService, lists law.Defaults) {
	if s.Text == "" && s.Item == "" {
		wrong.Add(at+"text", "required", "Tulis layanannya.")
	}
	if s.Item != "" && !f.serves(s.Item) {
		wrong.Add(at+"item", "unknown", "Layanan ini bukan bagian dari daftar kebutuhan dasar kelompok ini.")
	}
	if s.Funding != "" && !law.Has(lists.Fundings, s.Funding) {
		wrong.Add(at+"funding", "choice", "Sumber dana ini tidak dikenal.")
	}
	if s.From != "" && s.To != "" && s.To < s.From {
		wrong.Add(at+"to", "order", "Tanggal %s lebih awal dari %s. Periksa salah satunya.", s.To, s.From)
	}
}

// Items are the items of basic needs that hold for the case: by group and setting (Pasal 14, 17, 22-25).
func (f File) Items() []law.Item {
	return law.ItemsFor(law.Items.On(f.OpenedOn), f.Group(), f.Setting)
}

func (f File) serves(item string) bool {
	return slices.ContainsFunc(f.Offered(), func(i law.Item) bool { return i.Key == item })
}

// goalsOf makes goals of what was written, each under a new id.
func goalsOf(in NewPlan, plan id.ID, lists law.Defaults, today clock.Day) []Goal {
	var all []Goal
	for _, n := range in.Goals {
		g := Goal{ID: id.New(), Plan: plan, Need: n.Need, Domain: n.Domain, Text: n.Text, Measure: n.Measure, TargetLevel: n.TargetLevel,
			DueOn: n.DueOn, State: "open"}
		if g.Domain == "" {
			g.Domain = lists.NeedDomains[0].Key
		}
		if g.DueOn == "" { // half a year is what an intervention usually takes
			g.DueOn = today.AddMonths(6)
		}
		for _, s := range n.Services {
			g.Services = append(g.Services, PlanService{ID: id.New(), Goal: g.ID, Item: s.Item, Text: s.Text, Owner: s.Owner, From: s.From,
				To: s.To, Cost: s.Cost, Funding: s.Funding})
		}
		all = append(all, g)
	}
	return all
}

// Draft begins a new version of the plan. A version that was being written is replaced by it.
func (d *Desk) Draft(ctx context.Context, by who.Asker, caseID id.ID, in NewPlan) (p Plan, err error) {
	err = d.store.Write(ctx, by, writePlan, func(tx *store.Tx) error {
		f, err := takeOpen(tx, caseID, 0)
		if err != nil {
			return err
		}
		if old := f.plan(in.ID); in.ID != 0 && old != nil {
			if p = *old; !samePlan(p, in) {
				return fail.Clash("id-used", "Pengenal ini sudah dipakai untuk isian lain.")
			}
			return errSame
		}
		if err = mayPlan(f, in); err != nil {
			return err
		}
		p = Plan{ID: in.ID, Version: 1, Case: caseID, Number: f.lastNumber() + 1, State: PlanDraft, MadeOn: in.MadeOn, Maker: by.Name}
		if p.ID == 0 {
			p.ID = id.New()
		}
		if p.MadeOn == "" {
			p.MadeOn = tx.Today()
		}
		if err = agree(&p, in.AgreedBy, in.AgreedOn, tx.Today()); err != nil {
			return err
		}
		if f.Draft != nil {
			if err = replacePlan(tx, f.Draft); err != nil {
				return err
			}
		}
		if err = insertPlan(tx, p); err != nil {
			return err
		}
		return d.written(tx, f, &p, in, fail.Say("Rencana v%d mulai disusun.", p.Number))
	})
	if errors.Is(err, errSame) {
		err = nil
	}
	return p, err
}

// written keeps the goals of a plan and what goes with them.
func (d *Desk) written(tx *store.Tx, f File, p *Plan, in NewPlan, say fail.Saying) error {
	p.Goals = goalsOf(in, p.ID, law.Standard.On(f.OpenedOn), tx.Today())
	if err := keepGoals(tx, *p); err != nil {
		return err
	}
	for _, n := range in.Declined {
		if err := keepDeclined(tx, f.ID, n.Need, n.Reason); err != nil {
			return err
		}
	}
	tx.Record(planEntry(f.Case, *p, say))
	_, err := refresh(tx, f.ID)
	return err
}

func planEntry(c Case, p Plan, say fail.Saying) store.Entry {
	return store.Entry{Kind: "plan", ID: p.ID, Person: c.Person, Case: c.ID, Centre: c.Centre, Say: say, What: planBody(p, false)}
}

func (f File) plan(want id.ID) *Plan {
	for _, p := range []*Plan{f.Draft, f.Plan} {
		if p != nil && p.ID == want {
			return p
		}
	}
	return nil
}

func (f File) lastNumber() (n int64) {
	for _, p := range f.Versions {
		n = max(n, p.Number)
	}
	return n
}

// Rewrite changes a plan that is being written: its goals as a whole.
func (d *Desk) Rewrite(ctx context.Context, by who.Asker, caseID, want id.ID, version int64, in NewPlan) (p Plan, err error) {
	return d.plan(ctx, by, writePlan, caseID, want, version, func(tx *store.Tx, f File, p *Plan) error { return d.rewrite(tx, f, p, in) })
}

func (d *Desk) rewrite(tx *store.Tx, f File, p *Plan, in NewPlan) error {
	if !p.Draftable() {
		return fail.Broken("plan-fixed", "Rencana v%d sudah diajukan atau disahkan. Buat versi baru.", p.Number)
	}
	if err := mayPlan(f, in); err != nil {
		return err
	}
	if in.AgreedBy != "" {
		if err := agree(p, in.AgreedBy, in.AgreedOn, tx.Today()); err != nil {
			return err
		}
	}
	if err := keepPlan(tx, p); err != nil {
		return err
	}
	if err := dropGoals(tx, *p); err != nil {
		return err
	}
	return d.written(tx, f, p, in, fail.Say("Rencana v%d diubah.", p.Number))
}

// plan runs a deed on one version of the plan.
func (d *Desk) plan(ctx context.Context, by who.Asker, act store.Act, caseID, want id.ID, version int64,
	deed func(*store.Tx, File, *Plan) error) (p Plan, err error) {
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		f, err := takeOpen(tx, caseID, 0)
		if err != nil {
			return err
		}
		found := f.plan(want)
		if found == nil {
			return fail.NotFound
		}
		if p = *found; version != 0 && p.Version != version {
			return fail.Stale
		}
		return deed(tx, f, &p)
	})
	return p, err
}

// PlanOf reads any version of a case's plan, replaced ones too.
func (d *Desk) PlanOf(ctx context.Context, by who.Asker, f File, want id.ID) (p Plan, err error) {
	err = d.store.Read(ctx, by, lookCase, func(tx *store.Tx) error {
		p, err = planByID(tx, f, want)
		return err
	})
	return p, err
}
