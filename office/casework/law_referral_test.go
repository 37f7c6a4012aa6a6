package casework_test

import (
	"errors"
	"slices"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/office/casework"
	"tuntas/office/person"
	"tuntas/try/clause"
	"tuntas/try/province"
)

func ending(reason, destination string) casework.Ending {
	return casework.Ending{On: today, Reason: reason, Destination: destination, Outcome: "improved", HandedTo: "Penerima"}
}

// Clauses P16-18.4 and P16-18.9: to a central unit only after three months in the panti, when the advanced
// level is needed, on the signature of a Pekerja Sosial; no waiver lifts it.
func TestReferral_central(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-18.4", "P16-18.9")
	province.Each(t, func(t *testing.T, p *province.Province) {
		beds := p.Beds(p.A)
		for i, try := range []struct {
			name    string
			since   clock.Day
			lived   bool
			level   string
			signed  bool
			missing string
		}{
			{"nothing", today.AddMonths(-6), false, casework.Basic, false, "central-referral central-months central-advanced referral-assessment"},
			{"a day too early", today.AddMonths(-3).Add(1), true, casework.Advanced, true, "central-referral central-months"},
			{"not advanced", today.AddMonths(-3), true, casework.Basic, true, "central-referral central-advanced"},
			{"not assessed", today.AddMonths(-3), true, casework.Advanced, false, "central-referral referral-assessment"},
			{"all of it", today.AddMonths(-3), true, casework.Advanced, true, ""},
		} {
			c := begin(p, casework.Opening{Centre: p.A, Kind: "lansia_telantar", OpenedOn: try.since, Level: try.level, Emergency: true})
			if try.lived {
				_, err := p.Cases.House(p.Ctx, p.As("ratna"), c.ID, casework.NewStay{Bed: beds[i].ID, From: try.since, State: "open"})
				province.Must(t, err)
			}
			if try.signed {
				sign(p, "ratna", c, bio)
			}
			hurry(p, c, casework.Resocialisation)
			e := ending("referred", casework.Central)
			e.Waiver = &casework.Waiver{Reason: "uji"}
			_, err := p.Cases.Terminate(p.Ctx, p.As("joko"), c.ID, 0, e)
			if got := missing(err); err != nil && got != try.missing || (err == nil) != (try.missing == "") {
				t.Errorf("%s: %s", try.name, got)
			}
		}
	})
}

// Clause P16-18.1: who is reunified goes to a family that is named and receives the person.
func TestReferral_family(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-18.1")
	province.Each(t, func(t *testing.T, p *province.Province) {
		c := begin(p, opening(p, 0))
		hurry(p, c, casework.Resocialisation)
		e := ending("reunified", "family")
		e.HandedTo, e.Waiver = "", &casework.Waiver{Reason: "uji"}
		var wrong *fail.Invalid
		if _, err := p.Cases.Terminate(p.Ctx, p.As("joko"), c.ID, 0, e); !errors.As(err, &wrong) || wrong.Fields[0].Name != "handed_to" {
			t.Errorf("to nobody: %v", err)
		}
		e.HandedTo, e.Relation = "Slamet", "Anak"
		if _, err := p.Cases.Terminate(p.Ctx, p.As("ratna"), c.ID, 0, e); !errors.Is(err, fail.Denied) {
			t.Errorf("a social worker waived: %v", err)
		}
		f, err := p.Cases.Terminate(p.Ctx, p.As("joko"), c.ID, 0, e)
		if err != nil || f.Ended.HandedTo != "Slamet" || f.Ended.Relation != "Anak" || len(f.Contacts) != 4 {
			t.Errorf("%+v %v", f.Ended, err)
		}
	})
}

// Clause P16-7.g: aftercare is a stage. A case is not settled at termination, nor before the last visit met
// a person who stands on her own.
func TestClosure_afterAftercare(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-7.g")
	province.Each(t, func(t *testing.T, p *province.Province) {
		c := begin(p, opening(p, 0))
		hurry(p, c, casework.Resocialisation)
		e := ending("reunified", "family")
		e.Waiver = &casework.Waiver{Reason: "uji"}
		_, err := p.Cases.Terminate(p.Ctx, p.As("joko"), c.ID, 0, e)
		province.Must(t, err)
		settled := func() string {
			_, err := p.Cases.Close(p.Ctx, p.As("ratna"), c.ID, 0, casework.Closing{On: p.Store.Today(), Result: "settled"})
			if err == nil {
				return ""
			}
			return missing(err)
		}
		if got := settled(); got != "stage-gate stage-order" {
			t.Errorf("at termination: %s", got)
		}
		_, err = p.Cases.EnterStage(p.Ctx, p.As("ratna"), c.ID, 0, casework.Move{Stage: casework.Aftercare, On: today})
		province.Must(t, err)
		if got := settled(); got != "stage-gate last-contact-missing not-independent" {
			t.Errorf("before the visits: %s", got)
		}
		yes, three, four := true, int64(3), int64(4)
		p.Clock.To(today.AddMonths(12))
		for level, want := range map[*int64]string{&three: "stage-gate not-independent"} {
			_, err = p.Cases.Visit(p.Ctx, p.As("ratna"), c.ID, 0, 0, casework.Visit{Month: 12, On: p.Store.Today(), Reached: &yes, Independence: level})
			province.Must(t, err)
			if got := settled(); got != want {
				t.Errorf("dependent: %s", got)
			}
		}
		_, err = p.Cases.Visit(p.Ctx, p.As("ratna"), c.ID, 0, 0, casework.Visit{Month: 12, On: p.Store.Today(), Reached: &yes, Independence: &four})
		province.Must(t, err)
		if got := settled(); got != "" {
			t.Errorf("on her own: %s", got)
		}
		p.Agree()
	})
}

// Who dies in aftercare is known as dead, like who dies in care: no later case opens for the person.
func TestClosure_deceased(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		c := begin(p, opening(p, 0))
		hurry(p, c, casework.Resocialisation)
		e := ending("reunified", "family")
		e.Waiver = &casework.Waiver{Reason: "uji"}
		_, err := p.Cases.Terminate(p.Ctx, p.As("joko"), c.ID, 0, e)
		province.Must(t, err)
		_, err = p.Cases.EnterStage(p.Ctx, p.As("ratna"), c.ID, 0, casework.Move{Stage: casework.Aftercare, On: today})
		province.Must(t, err)
		_, err = p.Cases.Close(p.Ctx, p.As("ratna"), c.ID, 0, casework.Closing{On: today, Result: "deceased"})
		province.Must(t, err)
		if f, err := p.Persons.Look(p.Ctx, p.As("ratna"), c.Person); err != nil || f.DeceasedOn != today {
			t.Errorf("deceased on %q, %v", f.DeceasedOn, err)
		}
	})
}

// Clause P16-21: one family case: the head of 19 to 60 without a dwelling answers for spouse and children,
// each with a file of their own.
func TestFamily(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-21")
	province.Each(t, func(t *testing.T, p *province.Province) {
		homeless := func(name, born string, head casework.Case) casework.Case {
			who := p.Enter("ratna", province.Called(name, person.Birth{Date: born, Precision: "day"}))
			in := opening(p, who.ID)
			in.Kind, in.Family = "gelandangan", head.ID
			return begin(p, in)
		}
		result := func(c casework.Case, code string) casework.Criterion {
			f := file(p, c)
			return f.Criteria[slices.IndexFunc(f.Criteria, func(k casework.Criterion) bool { return k.Code == code })]
		}
		for born, want := range map[string]string{"2007-11-25": casework.Unmet, "2007-11-01": casework.Met, "1966-11-01": casework.Met, "1965-11-01": casework.Unmet} {
			if got := result(homeless("Kepala "+born, born, casework.Case{}), "age-head").Result; got != want {
				t.Errorf("a head born %s: %s", born, got)
			}
		}
		head := homeless("Paijan", "1985-01-01", casework.Case{})
		wife, child := homeless("Painem", "1986-01-01", head), homeless("Tole", "2019-01-01", head)
		lone := homeless("Bocah", "2019-01-01", casework.Case{})
		if k := result(lone, "age-head"); k.Result != casework.Unmet {
			t.Errorf("a child alone: %s", k.Result)
		}
		for _, c := range []casework.Case{wife, child} {
			if age, roof := result(c, "age-head"), result(c, "no-dwelling"); age.Result != casework.Met || roof.Result != casework.Unknown || !roof.Computed {
				t.Errorf("before the head answered: %s, %s", age.Result, roof.Result)
			}
		}
		_, err := p.Cases.CheckCriteria(p.Ctx, p.As("ratna"), head.ID, 0, casework.Answers{Answers: []casework.Answer{{Code: "no-dwelling", Result: "met", Evidence: "Kolong jembatan"}}})
		province.Must(t, err)
		for _, c := range []casework.Case{wife, child} {
			if roof := result(c, "no-dwelling"); roof.Result != casework.Met || roof.Finding.Args[0] != "Paijan" {
				t.Errorf("after the head answered: %+v", roof)
			}
		}
		for _, in := range []casework.Opening{
			{Kind: "lansia_telantar", Family: head.ID}, {Kind: "gelandangan", Family: wife.ID}, {Kind: "gelandangan", Family: begin(p, opening(p, 0)).ID},
		} {
			in.Centre, in.OpenedOn = p.A, today
			in.Person = p.Enter("ratna", province.Called("Orang Lain", seventies)).ID
			var wrong *fail.Invalid
			if _, err := p.Cases.Open(p.Ctx, p.As("ratna"), in); !errors.As(err, &wrong) || wrong.Fields[0].Name != "family_of" {
				t.Errorf("%s under %s: %v", in.Kind, in.Family, err)
			}
		}
	})
}

// Clauses U27-22 and U27-26: without consent that holds no assessment begins; a withdrawn one no longer
// holds; and with a disability the gate asks how it was explained, without holding anybody up.
func TestConsent_gate(t *testing.T) {
	t.Parallel()
	clause.Test(t, "U27-22", "U27-26")
	province.Each(t, func(t *testing.T, p *province.Province) {
		in := opening(p, 0)
		in.Kind = "disabilitas"
		c := begin(p, in)
		line := func() casework.Condition {
			all := casework.Conditions(file(p, c))
			return all[len(all)-1]
		}
		give := func(explained string) person.Consent {
			given, err := p.Persons.GiveConsent(p.Ctx, p.As("ratna"), c.Person, person.Consent{Purpose: "service", GivenOn: today, GivenBy: "guardian",
				Relation: "Kakak", Form: "written", Explained: explained})
			province.Must(t, err)
			return given
		}
		if l := line(); l.Done || l.Code != "consent-missing" {
			t.Errorf("without consent: %+v", l)
		}
		first := give("")
		asks := "Persetujuan pelayanan tercatat. Catat juga bagaimana dijelaskan kepada penyandang disabilitas (UU 27/2022 Pasal 26)."
		if l := line(); !l.Done || l.Say.Text != asks {
			t.Errorf("not explained: %+v", l)
		}
		second := give("Bahasa isyarat")
		if l := line(); !l.Done || l.Say.Text != "Persetujuan pelayanan tercatat." {
			t.Errorf("explained: %+v", l)
		}
		for _, k := range []person.Consent{first, second} {
			province.Must(t, p.Persons.WithdrawConsent(p.Ctx, p.As("ratna"), c.Person, k.ID, "Kakak"))
		}
		if l := line(); l.Done {
			t.Errorf("withdrawn: %+v", l)
		}
	})
}
