package casework

import (
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/law"
	"tuntas/office/residence"
)

// The levels of rehabilitation (Pasal 8): basic restores the social function, advanced develops it.
const (
	Basic    = "basic"
	Advanced = "advanced"
)

// Duty says who is responsible: outside the panti the regent or mayor, inside the governor (Pasal 9 ayat
// (4)-(5)), for the advanced level the central government (Pasal 8, 27).
func (c Case) Duty() law.Duty { return law.DutyOf(law.Duties.On(c.OpenedOn), c.Level, c.Setting) }

// Offered are the services that may be planned and given: the basic needs of the group, and on a case that
// was found to need the advanced level those of Pasal 26, marked as such. They are no basic service of a UPT.
func (f File) Offered() []law.Item {
	if f.Level != Advanced {
		return f.Items()
	}
	return slices.Concat(f.Items(), law.Advanced.On(f.OpenedOn))
}

func levelOf(item string) string {
	if i, _ := law.ItemOf(item); i.Advanced {
		return Advanced
	}
	return Basic
}

// Central is where a termination sends a person to a unit of the central government.
const Central = "central_centre"

// mayReferCentrally holds Pasal 18 ayat (4) and (9): to a central unit only after at least three months in
// the panti, when the advanced level is needed, on an assessment of a Pekerja Sosial. Nobody waives it.
func mayReferCentrally(f File, e Ending) error {
	if e.Destination != Central {
		return nil
	}
	var g fail.Gate
	for _, c := range law.CriteriaFor(law.Criteria.On(e.On), f.Group(), "central") {
		g.Need(f.meetsCentral(c, e), c.Code, "Syarat belum terpenuhi: %s", lawWord(c.Name))
	}
	if len(g.Missing()) == 0 {
		return nil
	}
	return &fail.Rule{Name: "central-referral", Say: fail.Say("Rujukan ke balai pusat belum memenuhi Permensos 16/2019 Pasal 18."), Missing: g.Missing()}
}

// MayReferCentrally holds the same for a referral that goes before the end of the stay.
func MayReferCentrally(f File, on clock.Day) error {
	return mayReferCentrally(f, Ending{On: on, Destination: Central})
}

func (f File) meetsCentral(c law.Criterion, e Ending) bool {
	switch c.Fact {
	case "inside-months":
		return slices.ContainsFunc(f.Stays, func(s residence.Stay) bool { return s.Lived() && s.From.AddMonths(c.Months) <= e.On })
	case "level":
		return f.Level == Advanced
	case "signed":
		a := f.Signed(Biopsychosocial)
		return a != nil && a.CertificateNo != ""
	}
	return false
}
