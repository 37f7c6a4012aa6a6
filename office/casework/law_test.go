package casework_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/person"
	"tuntas/try/clause"
	"tuntas/try/province"
)

// opening is a case of an elderly woman, opened ten days ago.
func opening(p *province.Province, of id.ID) casework.Opening {
	return casework.Opening{Person: of, Centre: p.A, Kind: "lansia_telantar", OpenedOn: today.Add(-10), OutsideSince: today.Add(-30)}
}

func begin(p *province.Province, in casework.Opening) casework.Case {
	p.T.Helper()
	if in.Person == 0 {
		in.Person = p.Enter("ratna", province.Called("Orang "+id.New().String(), seventies)).ID
	}
	c, err := p.Cases.Open(p.Ctx, p.As("ratna"), in)
	province.Must(p.T, err)
	return c
}

func file(p *province.Province, c casework.Case) casework.File {
	p.T.Helper()
	f, err := p.Cases.Look(p.Ctx, p.As("ratna"), c.ID)
	province.Must(p.T, err)
	return f
}

// hurry takes a case through stages by waivers of the head, for tests of what comes later.
func hurry(p *province.Province, c casework.Case, to string) {
	p.T.Helper()
	for _, stage := range casework.Stages[1 : slices.Index(casework.Stages, to)+1] {
		_, err := p.Cases.EnterStage(p.Ctx, p.As("joko"), c.ID, 0, casework.Move{Stage: stage, On: today, Waiver: &casework.Waiver{Reason: "uji"}})
		province.Must(p.T, err)
	}
}

func live(p *province.Province, c casework.Case, from clock.Day) {
	p.T.Helper()
	_, free, err := p.Cases.FreeBeds(p.Ctx, p.As("ratna"), c.ID)
	province.Must(p.T, err)
	_, err = p.Cases.House(p.Ctx, p.As("ratna"), c.ID, casework.NewStay{Bed: free[0].ID, From: from, State: "open"})
	province.Must(p.T, err)
}

func sign(p *province.Province, login string, c casework.Case, in casework.NewAssessment) {
	p.T.Helper()
	a, err := p.Cases.Assess(p.Ctx, p.As(login), c.ID, in)
	province.Must(p.T, err)
	_, err = p.Cases.Sign(p.Ctx, p.As(login), c.ID, a.ID, 0)
	province.Must(p.T, err)
}

// Clauses P16-8 and P16-9.4: every case has a level, basic unless said; the setting decides who is
// responsible, and the advanced level is the centre's.
func TestDuty(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-8", "P16-9.4")
	province.Each(t, func(t *testing.T, p *province.Province) {
		c := begin(p, opening(p, 0))
		for _, try := range []struct{ level, setting, want string }{
			{"", "", "gubernur"}, {casework.Basic, casework.Outside, "bupati_walikota"}, {casework.Basic, casework.Inside, "gubernur"},
			{casework.Advanced, casework.Inside, "pusat"},
		} {
			if try.level != "" {
				_, err := p.Cases.Change(p.Ctx, p.As("ratna"), c.ID, 0, casework.Change{Level: &try.level, Setting: &try.setting})
				province.Must(t, err)
			}
			f := file(p, c)
			if f.Level == "" || f.Setting == "" || f.Duty().Key != try.want || casework.BodyOf(f.Case).Responsible != try.want {
				t.Errorf("%s %s: %s, want %s", f.Level, f.Setting, f.Duty().Key, try.want)
			}
		}
	})
}

// Clause P16-13: food outside the panti runs for seven days; from the eighth on a warning says so, and nobody
// is refused.
func TestFood_sevenDays(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-13")
	province.Each(t, func(t *testing.T, p *province.Province) {
		in := opening(p, 0)
		in.Setting = casework.Outside
		c := begin(p, in)
		if file(p, c).FoodClock() != nil {
			t.Error("a clock before any food")
		}
		for day, warns := range []bool{7: true, 8: true} {
			s, err := p.Cases.Give(p.Ctx, p.As("ratna"), c.ID, casework.Given{Item: "luar-17-1-a", On: c.OpenedOn.Add(day)})
			province.Must(t, err)
			f := file(p, c)
			if f.FoodClock().Day != day+1 || f.FoodClock().Over() != warns || (s.Warning.Text != "") != warns {
				t.Errorf("day %d: %+v, warning %q", day+1, f.FoodClock(), s.Warning.Text)
			}
		}
		if k := file(p, c).FoodClock(); k.Since != c.OpenedOn || k.Day != 9 || k.Item.Days != 7 {
			t.Errorf("%+v", k)
		}
		inside := begin(p, opening(p, 0))
		_, err := p.Cases.Give(p.Ctx, p.As("ratna"), inside.ID, casework.Given{Item: "lansia-a", On: today})
		if err != nil || file(p, inside).FoodClock() != nil {
			t.Errorf("a clock inside the panti: %v", err)
		}
	})
}

// Clauses P16-18.9 and P16-7.2: what a TKS assessed outside does not carry a case inside the panti.
func TestAssessment_helperInside(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-18.9", "P16-7.2")
	province.Each(t, func(t *testing.T, p *province.Province) {
		in := opening(p, 0)
		in.Setting = casework.Outside
		c := begin(p, in)
		sign(p, "hari", c, bio)
		sign(p, "hari", c, matrix)
		hurry(p, c, casework.Assessing)
		if got := codesOf(casework.NextStep(file(p, c)).Open()); got != "" {
			t.Errorf("outside, still missing %s", got)
		}
		inside := casework.Inside
		_, err := p.Cases.Change(p.Ctx, p.As("ratna"), c.ID, 0, casework.Change{Setting: &inside})
		province.Must(t, err)
		f := file(p, c)
		if got := codesOf(casework.NextStep(f).Open()); got != "assessment-unsigned independence-missing" {
			t.Errorf("inside, missing %q", got)
		}
		i := slices.IndexFunc(f.Criteria, func(k casework.Criterion) bool { return k.Code == "social-worker" })
		if f.Criteria[i].Result == casework.Met {
			t.Error("the assessment of a TKS met the criterion of Pasal 18 ayat (9)")
		}
		sign(p, "ratna", c, bio)
		sign(p, "ratna", c, matrix)
		if f = file(p, c); f.Criteria[i].Result != casework.Met || len(casework.NextStep(f).Open()) != 0 {
			t.Errorf("after a Pekerja Sosial signed: %+v", casework.NextStep(f).Open())
		}
	})
}

func codesOf(conditions []casework.Condition) string {
	var all []string
	for _, c := range conditions {
		all = append(all, c.Code)
	}
	return strings.Join(all, " ")
}

// Clauses P16-2225, P16-22 to P16-25 and P15-1.4: the list of the group alone; an item is needed when an
// assessment says so and given when somebody gave it, never by default; each record carries day, quantity,
// giver and note, and may carry one of the seven components.
func TestItems_byNeed(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-2225", "P15-1.4")
	province.Each(t, func(t *testing.T, p *province.Province) {
		for kind, count := range map[string]int{"lansia_telantar": 13, "anak_telantar": 12, "disabilitas": 11, "gelandangan": 9} {
			in := opening(p, 0)
			in.Kind = kind
			lines := file(p, begin(p, in)).ItemLines()
			if len(lines) != count || slices.ContainsFunc(lines, func(l casework.ItemLine) bool { return l.Needed || l.Given > 0 }) {
				t.Errorf("%s: %d items, or one given by default", kind, len(lines))
			}
		}
		c := begin(p, opening(p, 0))
		need := bio
		need.Answers = map[string]any{}
		for k, v := range bio.Answers {
			need.Answers[k] = v
		}
		need.Answers["needs"] = []any{map[string]any{"domain": "identity", "text": "Belum punya NIK", "item": "lansia-i"}}
		sign(p, "ratna", c, need)
		s, err := p.Cases.Give(p.Ctx, p.As("ratna"), c.ID, casework.Given{Item: "lansia-a", On: today, Quantity: 3, Unit: "porsi",
			Note: "Tanda terima 12", Atensi: "kebutuhan_hidup_layak"})
		province.Must(t, err)
		for _, l := range file(p, c).ItemLines() {
			if l.Needed != (l.Item.Key == "lansia-i") || (l.Given == 1 && l.Last == today) != (l.Item.Key == "lansia-a") {
				t.Errorf("%+v", l)
			}
		}
		all, _, err := p.Cases.Services(p.Ctx, p.As("ratna"), c.ID, 0, 10)
		if err != nil || len(all) != 1 || all[0].Note != "Tanda terima 12" || all[0].By != "Ratna" || all[0].Atensi != "kebutuhan_hidup_layak" {
			t.Errorf("on record: %+v %v", all, err)
		}
		for want, g := range map[string]casework.Given{
			"item group":    {Item: "anak-a", On: today},
			"atensi choice": {Item: "lansia-a", On: today, Atensi: "lain"},
			"on future":     {Item: "lansia-a", On: today.Add(1)},
			"on order":      {Item: "lansia-a", On: c.OpenedOn.Add(-1)},
		} {
			var wrong *fail.Invalid
			if _, err := p.Cases.Give(p.Ctx, p.As("ratna"), c.ID, g); !errors.As(err, &wrong) || wrong.Fields[0].Name+" "+wrong.Fields[0].Code != want {
				t.Errorf("%s: %v", want, err)
			}
		}
		_, err = p.Cases.Withdraw(p.Ctx, p.As("ratna"), s.ID, s.Version)
		province.Must(t, err)
		if lines := file(p, c).ItemLines(); lines[0].Given != 0 {
			t.Error("a record taken back still counts")
		}
	})
}

// Clause P16-26: services of the advanced level are marked, and neither offered nor taken on a basic case.
func TestAdvanced(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-26")
	if len(law.Advanced.On(today)) != 13 {
		t.Fatalf("%d services of Pasal 26", len(law.Advanced.On(today)))
	}
	province.Each(t, func(t *testing.T, p *province.Province) {
		c := begin(p, opening(p, 0))
		g := casework.Given{Item: "lanjut-26-2-c", On: today}
		plan := casework.NewPlan{Goals: []casework.NewGoal{{Text: "x", Services: []casework.NewService{{Item: g.Item}}}}}
		marked := func() (n int) {
			for _, i := range file(p, c).Offered() {
				if i.Advanced {
					n++
				}
			}
			return n
		}
		var wrong *fail.Invalid
		if _, err := p.Cases.Give(p.Ctx, p.As("ratna"), c.ID, g); !errors.As(err, &wrong) || wrong.Fields[0].Code != "advanced" || marked() != 0 {
			t.Errorf("on a basic case: %v, %d offered", err, marked())
		}
		if _, err := p.Cases.Draft(p.Ctx, p.As("ratna"), c.ID, plan); !errors.As(err, &wrong) {
			t.Errorf("planned on a basic case: %v", err)
		}
		advanced := casework.Advanced
		_, err := p.Cases.Change(p.Ctx, p.As("ratna"), c.ID, 0, casework.Change{Level: &advanced})
		province.Must(t, err)
		if _, err := p.Cases.Give(p.Ctx, p.As("ratna"), c.ID, g); err != nil || marked() != 13 {
			t.Errorf("on an advanced case: %v, %d marked", err, marked())
		}
		for _, i := range file(p, c).ItemLines() {
			if i.Item.Advanced {
				t.Errorf("%s stands among the basic needs", i.Item.Key)
			}
		}
	})
}

// Clause P16-35: no maximum stay is enforced on a provincial panti. After years nothing is missing because
// of them, services are given and the bed may be changed.
func TestStay_noMaximum(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-35")
	province.Each(t, func(t *testing.T, p *province.Province) {
		years, days := begin(p, casework.Opening{Centre: p.A, Kind: "lansia_telantar", OpenedOn: "2021-01-04", OutsideSince: "2020-12-01"}), begin(p, opening(p, 0))
		for _, c := range []casework.Case{years, days} {
			_, err := p.Cases.AdmitUrgently(p.Ctx, p.As("ratna"), c.ID, 0, casework.Urgency{Reason: "uji"})
			province.Must(t, err)
			live(p, c, c.OpenedOn)
			hurry(p, c, casework.Intervention)
			_, err = p.Cases.Give(p.Ctx, p.As("ratna"), c.ID, casework.Given{Item: "lansia-a", On: today})
			province.Must(t, err)
		}
		if old, new := codesOf(casework.NextStep(file(p, years)).Open()), codesOf(casework.NextStep(file(p, days)).Open()); old != new {
			t.Errorf("after five years %q is missing, after ten days %q", old, new)
		}
		stay := file(p, years).Stays[0]
		_, err := p.Cases.Change(p.Ctx, p.As("ratna"), years.ID, 0, casework.Change{})
		province.Must(t, err)
		if !file(p, years).Housed() || stay.To != "" {
			t.Errorf("the stay: %+v", stay)
		}
	})
}

// Clause U27-auto: admission, stages, termination and closure are decided by people: a program is refused,
// and nothing follows by itself when all criteria are met.
func TestDecisions_byPeople(t *testing.T) {
	t.Parallel()
	clause.Test(t, "U27-auto")
	province.Each(t, func(t *testing.T, p *province.Province) {
		c := begin(p, opening(p, 0))
		_, err := p.Cases.CheckCriteria(p.Ctx, p.As("ratna"), c.ID, 0, casework.Answers{Answers: []casework.Answer{
			{Code: "nobody-cares", Result: "met", Evidence: "Kunjungan"}, {Code: "social-worker", Result: "met", Evidence: "Laporan"}}})
		province.Must(t, err)
		_, err = p.Persons.GiveConsent(p.Ctx, p.As("ratna"), c.Person, person.Consent{Purpose: "service", GivenOn: today, GivenBy: "self", Form: "written"})
		province.Must(t, err)
		f := file(p, c)
		if len(casework.NextStep(f).Open()) != 0 || f.Stage != casework.Approach || f.DecisionNo != "" {
			t.Errorf("with all criteria met: %s, decision %q", f.Stage, f.DecisionNo)
		}
		yes := true
		for name, deed := range map[string]func() error{
			"stage": func() error {
				_, err := p.Cases.EnterStage(p.Ctx, p.House, c.ID, 0, casework.Move{Stage: casework.Assessing, On: today})
				return err
			},
			"decision": func() error {
				_, err := p.Cases.Decide(p.Ctx, p.House, c.ID, 0, casework.Decision{Number: "1", On: today})
				return err
			},
			"waiver": func() error {
				_, err := p.Cases.DecideWaiver(p.Ctx, p.House, c.ID, 0, casework.WaiverDecision{Code: "seven-days", Granted: &yes, Reason: "x"})
				return err
			},
			"plan": func() error { _, err := p.Cases.Approve(p.Ctx, p.House, c.ID, id.New(), 0); return err },
			"termination": func() error {
				_, err := p.Cases.Terminate(p.Ctx, p.House, c.ID, 0, casework.Ending{On: today})
				return err
			},
			"closure": func() error {
				_, err := p.Cases.Close(p.Ctx, p.House, c.ID, 0, casework.Closing{On: today, Result: "lost"})
				return err
			},
		} {
			if err := deed(); !errors.Is(err, fail.Denied) {
				t.Errorf("%s by a program: %v", name, err)
			}
		}
	})
}
