package casework_test

import (
	"maps"
	"strings"
	"testing"

	"tuntas/office/casework"
)

// A second measurement says what changed since the first one, before it is signed and after; the first one is
// compared with nothing, and never with what came later.
func TestChanged_assessment(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		d := o.doors()
		c := o.admitted()
		must(t, o.enter(o.ratna, c, casework.Assessing, today))
		o.assess(c)
		again := matrix
		again.Occasion, again.Answers = casework.AtReview, maps.Clone(matrix.Answers)
		again.Answers["food"] = "4"
		a, err := o.cases.Assess(o.ctx, o.ratna, c.ID, again)
		must(t, err)
		for range 2 {
			d.see("ratna", a.Path()+"?section=check", "Yang berubah sejak 24 Nov 2026", "Bergantung sebagian besar</span> → <b>Hampir mandiri", "10 jawaban tetap")
			if a.SignedOn == "" {
				a, err = o.cases.Sign(o.ctx, o.ratna, c.ID, a.ID, 0)
				must(t, err)
			}
		}
		f, err := o.cases.Look(o.ctx, o.ratna, c.ID)
		must(t, err)
		for _, old := range f.Assessments {
			if page := d.get("ratna", old.Path()); old.ID != a.ID && strings.Contains(page, "Yang berubah") {
				t.Errorf("the first %s is compared with something", old.Instrument)
			}
		}
	})
}

func TestChanged_plan(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		d := o.doors()
		c := o.admitted()
		must(t, o.enter(o.ratna, c, casework.Assessing, today))
		o.assess(c)
		must(t, o.enter(o.ratna, c, casework.Planning, today))
		first := o.plan(c)
		if page := d.get("ratna", c.Path()+"/plans"); strings.Contains(page, "Yang berubah") {
			t.Error("the first version is compared with something")
		}
		in := casework.NewPlan{AgreedBy: "Mbah sendiri", Goals: []casework.NewGoal{
			{Need: first.Goals[0].Need, Domain: first.Goals[0].Domain, Text: first.Goals[0].Text, DueOn: first.Goals[0].DueOn.Add(10),
				Services: []casework.NewService{{Text: "Pendampingan", Cost: 400_000, Funding: "apbd"}}},
			{Domain: "skill", Text: "Menganyam lagi", DueOn: today.Add(90)}}}
		p, err := o.cases.Draft(o.ctx, o.ratna, c.ID, in)
		must(t, err)
		for range 2 { // while it is written, and when it runs
			d.see("ratna", c.Path()+"/plans", "Yang berubah dari v1 ke v2", "Rp500.000 → <b>Rp400.000", "turun Rp100.000", "Menganyam lagi", "Ditambah", "Diakhiri", first.Goals[1].Text, "Rp250.000 → <b>Rp400.000")
			if p.State != casework.PlanDraft {
				break
			}
			in.Declined = []casework.Declined{{Need: first.Goals[1].Need, Reason: "Sudah ada"}}
			p, err = o.cases.RewriteAndSubmit(o.ctx, o.ratna, c.ID, p.ID, 0, in)
			must(t, err)
			p, err = o.cases.Approve(o.ctx, o.joko, c.ID, p.ID, 0)
			must(t, err)
		}
	})
}
