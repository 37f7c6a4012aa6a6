package casework_test

import (
	"errors"
	"testing"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/office/casework"
	"tuntas/try/clause"
)

// Clause P16-1b: an assessment is signed by a Pekerja Sosial with a certificate; clause P16-14: outside the
// panti a TKS may. Gaps hold the signature up; what is signed stands.
func TestAssessment_signature(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-1b", "P16-14")
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.admitted()
		half := casework.NewAssessment{Instrument: "biopsychosocial", Occasion: "admission", Answers: map[string]any{"bio_condition": "Lemah"}}
		a, err := o.cases.Assess(o.ctx, o.ratna, c.ID, half)
		must(t, err)
		want := "assessment-incomplete psycho_condition social_condition family_condition family_care potential needs conclusion"
		if _, err = o.cases.Sign(o.ctx, o.ratna, c.ID, a.ID, 0); missing(err) != want {
			t.Errorf("gaps: %v", err)
		}
		if _, err = o.cases.Answer(o.ctx, o.ratna, c.ID, a.ID, 99, casework.AssessmentChange{}); !errors.Is(err, fail.Stale) {
			t.Errorf("an old version: %v", err)
		}
		a, err = o.cases.Answer(o.ctx, o.ratna, c.ID, a.ID, a.Version, casework.AssessmentChange{Answers: bio.Answers})
		must(t, err)
		if _, err = o.cases.Sign(o.ctx, o.tuti, c.ID, a.ID, 0); missing(err) != "no-certificate" {
			t.Errorf("signed without a certificate: %v", err)
		}
		if _, err = o.cases.Sign(o.ctx, o.helper, c.ID, a.ID, 0); missing(err) != "no-certificate" {
			t.Errorf("a TKS signed inside the panti: %v", err)
		}
		if _, err = o.cases.Sign(o.ctx, o.joko, c.ID, a.ID, 0); !errors.Is(err, fail.Denied) {
			t.Errorf("the head signed: %v", err)
		}
		place := casework.Outside
		_, err = o.cases.Change(o.ctx, o.ratna, c.ID, 0, casework.Change{Setting: &place})
		must(t, err)
		a, err = o.cases.Sign(o.ctx, o.helper, c.ID, a.ID, 0)
		must(t, err)
		if _, err = o.cases.Answer(o.ctx, o.ratna, c.ID, a.ID, 0, casework.AssessmentChange{}); missing(err) != "assessment-signed" {
			t.Errorf("a signed assessment was changed: %v", err)
		}
		f, err := o.cases.Look(o.ctx, o.ratna, c.ID)
		must(t, err)
		if len(f.Needs) != 2 || f.Needs[0].Text != "Makan teratur" || a.SignerName != "Hari" {
			t.Errorf("needs %+v, signed by %s", f.Needs, a.SignerName)
		}
	})
}

func TestAssessment_answers(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.admitted()
		six, seven := int64(6), int64(7)
		for name, in := range map[string]casework.NewAssessment{
			"no such instrument":    {Instrument: "zrm", Occasion: "admission"},
			"no such version":       {Instrument: "gds15", Version: "99", Occasion: "admission"},
			"no such question":      {Instrument: "independence", Occasion: "admission", Answers: map[string]any{"luck": "3"}},
			"no such level":         {Instrument: "independence", Occasion: "admission", Answers: map[string]any{"food": "6"}},
			"items of a restricted": {Instrument: "katz", Occasion: "admission", Answers: map[string]any{"q1": "yes"}},
			"score out of range":    {Instrument: "katz", Occasion: "admission", Score: &seven},
			"score of an open one":  {Instrument: "gds15", Occasion: "admission", Score: &six},
			"before the case":       {Instrument: "katz", Occasion: "admission", Score: &six, AssessedOn: c.OpenedOn.Add(-1)},
			"in the future":         {Instrument: "katz", Occasion: "admission", Score: &six, AssessedOn: today.Add(1)},
		} {
			var invalid *fail.Invalid
			if _, err := o.cases.Assess(o.ctx, o.ratna, c.ID, in); !errors.As(err, &invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		a, err := o.cases.Assess(o.ctx, o.ratna, c.ID, casework.NewAssessment{Instrument: "katz", Occasion: "admission", Score: &six})
		if err != nil || a.Score == nil || *a.Score != 6 {
			t.Fatalf("a score alone: %+v %v", a, err)
		}
		a, err = o.cases.Assess(o.ctx, o.ratna, c.ID, matrix)
		if err != nil || *a.Levels["food"] != 2 || a.Levels["income"] != nil || len(a.Levels) != 11 {
			t.Errorf("levels %v, %v", a.Levels, err)
		}
	})
}

// Clause P16-7.2: no plan is approved before a signed assessment; every need has a goal or a reason; the
// person or guardian agrees; a new version replaces the one in force.
func TestPlan_approval(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-7.2")
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.admitted()
		p, err := o.cases.Draft(o.ctx, o.ratna, c.ID, casework.NewPlan{Goals: []casework.NewGoal{{Text: "Makan tiga kali"}}})
		must(t, err)
		if _, err = o.cases.Approve(o.ctx, o.joko, c.ID, p.ID, 0); missing(err) != "plan-gate assessment-unsigned plan-unagreed" {
			t.Errorf("approved without an assessment: %v", err)
		}
		o.assess(c)
		if _, err = o.cases.Submit(o.ctx, o.ratna, c.ID, p.ID, 0); missing(err) != "plan-gate needs-uncovered" {
			t.Errorf("needs without goals: %v", err)
		}
		f, err := o.cases.Look(o.ctx, o.ratna, c.ID)
		must(t, err)
		covered := casework.NewPlan{Goals: []casework.NewGoal{{Need: f.Needs[0].ID, Text: "Makan tiga kali"}},
			Declined: []casework.Declined{{Need: f.Needs[1].ID, Reason: "Sudah diurus keluarga"}}}
		p, err = o.cases.Rewrite(o.ctx, o.ratna, c.ID, p.ID, p.Version, covered)
		must(t, err)
		f, err = o.submitted(c, p)
		must(t, err)
		if f.Waiting != casework.WaitsPlan {
			t.Errorf("waits for %q", f.Waiting)
		}
		if _, err = o.cases.Rewrite(o.ctx, o.ratna, c.ID, p.ID, 0, covered); missing(err) != "plan-fixed" {
			t.Errorf("a submitted plan was changed: %v", err)
		}
		_, err = o.cases.Return(o.ctx, o.joko, c.ID, p.ID, 0, casework.Return{Reason: "Tambah ukuran"})
		must(t, err)
		_, err = o.submitted(c, p)
		must(t, err)
		if _, err = o.cases.Approve(o.ctx, o.ratna, c.ID, p.ID, 0); !errors.Is(err, fail.Denied) {
			t.Errorf("a social worker approved: %v", err)
		}
		if _, err = o.cases.Approve(o.ctx, o.joko, c.ID, p.ID, 0); missing(err) != "plan-gate plan-unagreed" {
			t.Errorf("approved without agreement: %v", err)
		}
		_, err = o.cases.Agree(o.ctx, o.ratna, c.ID, p.ID, 0, casework.Agreement{By: "Mbah sendiri"})
		must(t, err)
		_, err = o.cases.Approve(o.ctx, o.joko, c.ID, p.ID, 0)
		must(t, err)
		next := o.plan(c)
		f, err = o.cases.Look(o.ctx, o.ratna, c.ID)
		must(t, err)
		if f.Plan == nil || f.Plan.ID != next.ID || f.Draft != nil || len(f.Versions) != 2 || f.Versions[1].State != casework.PlanReplaced {
			t.Errorf("in force %+v, versions %+v", f.Plan, f.Versions)
		}
		old, err := o.cases.PlanOf(o.ctx, o.ratna, f, p.ID)
		if err != nil || len(old.Goals) != 1 || old.Goals[0].Text != "Makan tiga kali" {
			t.Errorf("the replaced version: %+v %v", old, err)
		}
	})
}

func (o *office) submitted(c casework.Case, p casework.Plan) (casework.File, error) {
	if _, err := o.cases.Submit(o.ctx, o.ratna, c.ID, p.ID, 0); err != nil {
		return casework.File{}, err
	}
	return o.cases.Look(o.ctx, o.ratna, c.ID)
}

func TestPlan_badInput(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-49")
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.admitted()
		line := func(s casework.NewService) casework.NewPlan {
			return casework.NewPlan{Goals: []casework.NewGoal{{Text: "x", Services: []casework.NewService{s}}}}
		}
		for name, in := range map[string]casework.NewPlan{
			"a need of another case":  {Goals: []casework.NewGoal{{Text: "x", Need: id.New()}}},
			"declined of another":     {Declined: []casework.Declined{{Need: id.New(), Reason: "x"}}},
			"due before the case":     {Goals: []casework.NewGoal{{Text: "x", DueOn: c.OpenedOn.Add(-1)}}},
			"an item of another list": line(casework.NewService{Item: "anak_pengasuhan"}),
			"no service at all":       line(casework.NewService{Owner: "Ratna"}),
			"no such funds":           line(casework.NewService{Text: "x", Funding: "pinjaman"}),
			"ends before it begins":   line(casework.NewService{Text: "x", From: today, To: today.Add(-1)}),
			"agreed before it was":    {MadeOn: today, AgreedBy: "Mbah", AgreedOn: today.Add(-1)},
		} {
			var invalid *fail.Invalid
			if _, err := o.cases.Draft(o.ctx, o.ratna, c.ID, in); !errors.As(err, &invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
