package casework_test

import (
	"errors"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/office/casework"
	"tuntas/office/person"
	"tuntas/try/clause"
)

func (o *office) criterion(c casework.Case, code string) casework.Criterion {
	o.t.Helper()
	f, err := o.cases.Look(o.ctx, o.ratna, c.ID)
	must(o.t, err)
	for _, k := range f.Criteria {
		if k.Code == code {
			return k
		}
	}
	o.t.Fatalf("no criterion %s", code)
	return casework.Criterion{}
}

// Clause P16-1a: a child is under 18, the elderly are 60 and above; exactly 18 warns and never blocks; an
// estimate that straddles the limit is for people to judge.
func TestCriteria_age(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-1a")
	eachEngine(t, func(t *testing.T, o *office) {
		born := func(d string) person.Birth { return person.Birth{Date: d, Precision: "day"} }
		for _, try := range []struct {
			name, kind, code string
			birth            person.Birth
			result           string
			computed, warns  bool
		}{
			{"59", "lansia_telantar", "age-elderly", born("1966-11-25"), casework.Unmet, true, false},
			{"60", "lansia_telantar", "age-elderly", born("1966-11-14"), casework.Met, true, false},
			{"about 57 to 62", "lansia_telantar", "age-elderly", person.Birth{Precision: "estimated", From: 1964, To: 1969}, casework.Unknown, false, false},
			{"not known", "lansia_telantar", "age-elderly", person.Birth{}, casework.Unknown, false, false},
			{"17", "anak_telantar", "age-child", born("2008-11-25"), casework.Met, true, false},
			{"exactly 18", "anak_telantar", "age-child", born("2008-11-10"), casework.Met, true, true},
			{"19", "anak_telantar", "age-child", born("2007-01-01"), casework.Unmet, true, false},
		} {
			c, err := o.cases.Open(o.ctx, o.ratna, casework.Opening{Person: o.person(o.ratna, "Orang "+try.name, try.birth), Centre: o.a,
				Kind: try.kind, OpenedOn: today.Add(-10)})
			must(t, err)
			k := o.criterion(c, try.code)
			if k.Result != try.result || k.Computed != try.computed || (k.Warning.Text != "") != try.warns {
				t.Errorf("%s: %s, computed %v, warning %q", try.name, k.Result, k.Computed, k.Warning.Text)
			}
		}
	})
}

// Clause P16-18.3: referred to the panti when after seven days outside there is no reunification.
func TestCriteria_sevenDays(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-18.3")
	eachEngine(t, func(t *testing.T, o *office) {
		for days, want := range map[int]string{0: casework.Unmet, 6: casework.Unmet, 7: casework.Met, 30: casework.Met} {
			c, err := o.cases.Open(o.ctx, o.ratna, casework.Opening{Person: o.person(o.ratna, "Mbah", seventies), Centre: o.a,
				Kind: "lansia_telantar", OpenedOn: today, OutsideSince: today.Add(-days)})
			must(t, err)
			if k := o.criterion(c, "seven-days"); k.Result != want || !k.Computed {
				t.Errorf("%d days: %s", days, k.Result)
			}
		}
	})
}

// Clauses P16-9.2 and P16-10: outside the panti the criteria of the panti do not apply, those of Pasal 10 and
// 11 do; clause P16-20: inside those of the panti do,
// and a waiver stays on record with reason and name.
func TestCriteria_waiver(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-9.2", "P16-10", "P16-18.9", "P16-20")
	eachEngine(t, func(t *testing.T, o *office) {
		outside := o.opened()
		place := casework.Outside
		_, err := o.cases.Change(o.ctx, o.ratna, outside.ID, 0, casework.Change{Setting: &place})
		must(t, err)
		o.consent(outside)
		if got := missing(o.enter(o.ratna, outside, casework.Assessing, today)); got != "stage-gate criterion-outside-needs-unmet criterion-outside-somebody-cares" {
			t.Errorf("clause P16-10: missing %s", got)
		}
		_, err = o.cases.CheckCriteria(o.ctx, o.ratna, outside.ID, 0, casework.Answers{Answers: []casework.Answer{
			{Code: "outside-needs-unmet", Result: "met", Evidence: "Kunjungan rumah"}, {Code: "outside-somebody-cares", Result: "met", Evidence: "Dirawat tetangga"}}})
		must(t, err)
		must(t, o.enter(o.ratna, outside, casework.Assessing, today))

		c := o.opened()
		ask := casework.WaiverRequest{Code: "nobody-cares", Reason: "Rentan kekerasan"}
		f, err := o.cases.AskWaiver(o.ctx, o.ratna, c.ID, 0, ask)
		must(t, err)
		if f.Waiting != casework.WaitsWaiver {
			t.Errorf("waits for %q", f.Waiting)
		}
		yes := true
		grant := casework.WaiverDecision{Code: "nobody-cares", Granted: &yes, Reason: "Disetujui, ada laporan warga"}
		if _, err = o.cases.DecideWaiver(o.ctx, o.ratna, c.ID, 0, grant); !errors.Is(err, fail.Denied) {
			t.Errorf("a social worker granted a waiver: %v", err)
		}
		f, err = o.cases.DecideWaiver(o.ctx, o.joko, c.ID, 0, grant)
		must(t, err)
		k := o.criterion(c, "nobody-cares")
		if k.Waiver != grant.Reason || k.WaivedBy != "Joko" || k.WaivedOn != today || f.Waiting != "" || k.Asked != ask.Reason {
			t.Errorf("on record: %+v, waiting %q", k, f.Waiting)
		}
		if _, err = o.cases.AskWaiver(o.ctx, o.ratna, c.ID, 0, casework.WaiverRequest{Code: "social-worker", Reason: "x"}); missing(err) != "not-waivable" {
			t.Errorf("clause P16-18.9 was waived: %v", err)
		}
		if _, err = o.cases.AskWaiver(o.ctx, o.ratna, c.ID, 0, casework.WaiverRequest{Code: "age-elderly", Reason: "x"}); missing(err) != "criterion-met" {
			t.Errorf("a waiver of what is met: %v", err)
		}
	})
}

func TestCriteria_answers(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.opened()
		for name, a := range map[string]casework.Answer{
			"another group's":   {Code: "no-dwelling", Result: "met", Evidence: "x"},
			"computed":          {Code: "age-elderly", Result: "unmet"},
			"met, no evidence":  {Code: "nobody-cares", Result: "met"},
			"not there at all":  {Code: "no-such", Result: "met"},
			"the seven days":    {Code: "seven-days", Result: "unmet"},
			"the group, denied": {Code: "group-served", Result: "unmet"},
		} {
			var invalid *fail.Invalid
			if _, err := o.cases.CheckCriteria(o.ctx, o.ratna, c.ID, 0, casework.Answers{Answers: []casework.Answer{a}}); !errors.As(err, &invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// Bed first, papers after: an emergency places at once, and the decision is due within the days set.
func TestAdmission_emergency(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.opened()
		_, free, err := o.cases.FreeBeds(o.ctx, o.ratna, c.ID)
		must(t, err)
		stay := casework.NewStay{Bed: free[0].ID, From: today, State: "open"}
		if _, err := o.cases.House(o.ctx, o.ratna, c.ID, stay); missing(err) != "admission-gate criterion-nobody-cares criterion-social-worker consent-missing" {
			t.Fatalf("a stay without admission: %v", err)
		}
		f, err := o.cases.AdmitUrgently(o.ctx, o.ratna, c.ID, 0, casework.Urgency{Reason: "Dipukuli malam ini"})
		must(t, err)
		if f.Waiting != casework.WaitsDecision || f.DueOn != c.OpenedOn.Add(3) {
			t.Errorf("waits for %q, due %s", f.Waiting, f.DueOn)
		}
		_, err = o.cases.House(o.ctx, o.ratna, c.ID, stay)
		must(t, err)
	})
}

func TestDecision(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P15-1.7")
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.opened()
		letter := casework.Decision{Number: "460/9", On: today}
		if _, err := o.cases.Decide(o.ctx, o.ratna, c.ID, 0, letter); !errors.Is(err, fail.Denied) {
			t.Errorf("a social worker decided: %v", err)
		}
		if _, err := o.cases.Decide(o.ctx, o.joko, c.ID, 0, letter); missing(err) != "stage-gate criterion-nobody-cares criterion-social-worker" {
			t.Errorf("a decision before the criteria: %v", err)
		}
		c = o.admitted()
		for _, day := range []clock.Day{today.Add(1), c.OpenedOn.Add(-1)} {
			var invalid *fail.Invalid
			if _, err := o.cases.Decide(o.ctx, o.joko, c.ID, 0, casework.Decision{Number: "460/9", On: day}); !errors.As(err, &invalid) {
				t.Errorf("a letter of %s: %v", day, err)
			}
		}
		f, err := o.cases.Decide(o.ctx, o.joko, c.ID, 0, letter)
		if err != nil || f.DecisionNo != "460/9" {
			t.Errorf("%+v %v", f.Case, err)
		}
	})
}
