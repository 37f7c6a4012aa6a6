package casework_test

import (
	"errors"
	"strings"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/office/casework"
	"tuntas/try/clause"
)

// Clauses P16-7.1 and P16-7.2: the seven stages in the order of the law, from the report to intervention.
func TestStages_inOrder(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-7.1", "P16-7.2", "P15-1.7")
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.admitted()
		must(t, o.enter(o.ratna, c, casework.Assessing, today.Add(-8)))
		o.assess(c)
		must(t, o.enter(o.ratna, c, casework.Planning, today.Add(-4)))
		o.plan(c)
		if got := missing(o.enter(o.ratna, c, casework.Intervention, today)); got != "stage-gate decision-missing stay-missing" {
			t.Fatalf("missing %s", got)
		}
		o.bed(c)
		_, err := o.cases.Decide(o.ctx, o.joko, c.ID, 0, casework.Decision{Number: "460/17/2026", On: today.Add(-2)})
		must(t, err)
		must(t, o.enter(o.ratna, c, casework.Intervention, today))
		f, err := o.cases.Look(o.ctx, o.ratna, c.ID)
		must(t, err)
		var trail []string
		for _, e := range f.Stages {
			trail = append(trail, e.Stage+" "+string(e.LeftOn))
		}
		if got := strings.Join(trail, ", "); got != "approach 2026-11-16, assessment 2026-11-20, planning 2026-11-24, intervention " {
			t.Error(got)
		}
		if f.DueOn != today.Add(180) || f.Stage != casework.Intervention {
			t.Errorf("%s is due on %s", f.Stage, f.DueOn)
		}
	})
}

// Clause P16-7.1: from the first stage every jump is refused; each answer names what is missing.
func TestStages_forbiddenJumps(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-7.1")
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.opened()
		jumps := map[string]string{
			casework.Approach:        "stage-gate stage-order criterion-nobody-cares criterion-social-worker consent-missing",
			casework.Assessing:       "stage-gate criterion-nobody-cares criterion-social-worker consent-missing",
			casework.Planning:        "stage-gate stage-order criterion-nobody-cares criterion-social-worker consent-missing",
			casework.Intervention:    "stage-gate stage-order criterion-nobody-cares criterion-social-worker consent-missing",
			casework.Resocialisation: "stage-gate stage-order criterion-nobody-cares criterion-social-worker consent-missing",
			casework.Aftercare:       "stage-gate stage-order criterion-nobody-cares criterion-social-worker consent-missing",
			casework.Terminated:      "stage-gate use-termination",
			casework.Closed:          "stage-gate use-closure",
		}
		for stage, want := range jumps {
			if got := missing(o.enter(o.ratna, c, stage, today)); got != want {
				t.Errorf("%s: %s, want %s", stage, got, want)
			}
			_, err := o.cases.EnterStage(o.ctx, o.joko, c.ID, 0, casework.Move{Stage: stage, On: today, Waiver: &casework.Waiver{Reason: "uji"}})
			if stage != casework.Assessing && err == nil {
				t.Errorf("%s was entered out of order by a waiver", stage)
			}
			if stage == casework.Assessing {
				c = o.opened() // the waiver let the next stage in; go on with a fresh case
			}
		}
	})
}

func TestStages_waiver(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.opened()
		m := casework.Move{Stage: casework.Assessing, On: today, Waiver: &casework.Waiver{Reason: "Bahaya di tempat lama"}}
		if _, err := o.cases.EnterStage(o.ctx, o.ratna, c.ID, 0, m); !errors.Is(err, fail.Denied) {
			t.Fatalf("a social worker waived: %v", err)
		}
		_, err := o.cases.EnterStage(o.ctx, o.joko, c.ID, 0, m)
		must(t, err)
		f, err := o.cases.Look(o.ctx, o.ratna, c.ID)
		must(t, err)
		last := f.Stages[len(f.Stages)-1]
		if last.Waiver != "Bahaya di tempat lama" || last.By != "Joko" || len(last.Waived) != 3 {
			t.Errorf("the waiver on record is %+v", last)
		}
	})
}

func TestStages_days(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.admitted()
		for _, day := range []string{"2026-11-25", "2026-11-13"} {
			var invalid *fail.Invalid
			if err := o.enter(o.ratna, c, casework.Assessing, clock.Day(day)); !errors.As(err, &invalid) {
				t.Errorf("%s: %v", day, err)
			}
		}
	})
}

// A stranger finds nothing, an old version is refused, and the same opening twice is one case.
func TestCase_doors(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.admitted()
		if err := o.enter(o.sari, c, casework.Assessing, today); !errors.Is(err, fail.NotFound) {
			t.Errorf("the worker of another centre: %v", err)
		}
		if _, err := o.cases.EnterStage(o.ctx, o.ratna, c.ID, 99, casework.Move{Stage: casework.Assessing, On: today}); !errors.Is(err, fail.Stale) {
			t.Errorf("an old version: %v", err)
		}
		again := casework.Opening{ID: c.ID, Person: c.Person, Centre: c.Centre, Kind: c.Kind, OpenedOn: c.OpenedOn}
		same, err := o.cases.Open(o.ctx, o.ratna, again)
		if err != nil || same.ID != c.ID {
			t.Errorf("the same opening again: %v", err)
		}
		var clash *fail.Collision
		again.OpenedOn = today
		if _, err = o.cases.Open(o.ctx, o.ratna, again); !errors.As(err, &clash) || clash.Name != "id-used" {
			t.Errorf("the id with other content: %v", err)
		}
		again.ID = 0
		if _, err = o.cases.Open(o.ctx, o.ratna, again); !errors.As(err, &clash) || clash.Name != "case-open" {
			t.Errorf("a second running case: %v", err)
		}
		again.Kind = "gelandangan"
		if _, err = o.cases.Open(o.ctx, o.ratna, again); missing(err) != "kind-not-served" {
			t.Errorf("a kind that the centre does not serve: %v", err)
		}
		f, err := o.cases.Look(o.ctx, o.ratna, c.ID)
		must(t, err)
		lines, _, err := o.cases.List(o.ctx, o.ratna, casework.Filter{Stage: casework.Approach, Worker: "me", Q: f.Who.Called})
		if err != nil || len(lines) != 1 || lines[0].ID != c.ID {
			t.Errorf("the list has %d lines, %v", len(lines), err)
		}
		if lines, _, _ = o.cases.List(o.ctx, o.sari, casework.Filter{}); len(lines) != 0 {
			t.Error("the list shows a case of another centre")
		}
	})
}
