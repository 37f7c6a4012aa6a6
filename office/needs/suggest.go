package needs

import (
	"slices"
	"strconv"

	"tuntas/house/fail"
	"tuntas/house/store"
	"tuntas/office/casework"
	"tuntas/office/centre"
	"tuntas/office/coordination"
	"tuntas/office/mandate"
	"tuntas/office/standards"
)

// Suggestion is a problem that what is on record shows, and that nobody has written down yet.
type Suggestion struct {
	Source    string
	Ref       string
	Standard  string
	Criterion string
	Say       fail.Saying
	Impact    int64
	Risk      int64
	People    int64 // affected; 0 is not known
	Path      string
	gap       *standards.Gap // where it comes from an assessment
}

// Title is the suggestion in a language; the words of a criterion are in its standard.
func (s Suggestion) Title(lang string, say func(fail.Saying) string) string {
	if s.gap != nil {
		return s.gap.Criterion.In(lang)
	}
	return say(s.Say)
}

// unmetDays is how far back what could not be met is counted. The office's choice.
const unmetDays = 365

// suggested lists what is on record and not yet an open problem, gravest source first.
func suggested(tx *store.Tx, c centre.Centre, sheet standards.Sheet) ([]Suggestion, error) {
	taken, err := openRefs(tx, c.ID)
	if err != nil {
		return nil, err
	}
	all := fromGaps(sheet)
	for _, of := range []func(*store.Tx, centre.Centre) ([]Suggestion, error){fromDrifts, fromFacilities, fromUnmet, fromWaiting} {
		some, err := of(tx, c)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return slices.DeleteFunc(all, func(s Suggestion) bool { return taken[s.Source+"\n"+s.Ref] || s.Criterion != "" && taken[s.Criterion] }), nil
}

// fromGaps: a finding leads to a need and to a cost (Pasal 52).
func fromGaps(sheet standards.Sheet) (all []Suggestion) {
	for _, g := range sheet.Gaps() {
		s := Suggestion{Source: "assessment", Ref: g.Self.String() + ":" + g.Criterion.Key, Standard: g.Standard, Criterion: g.Criterion.Key, Impact: 2, Risk: 2,
			Path: "/self-assessments/" + g.Self.String() + "/criteria/" + g.Criterion.Key, gap: &g}
		if g.Value == standards.No {
			s.Impact, s.Risk = 3, 3
		}
		if g.Criterion.Imperative {
			s.Impact = 4
		}
		all = append(all, s)
	}
	return all
}

func fromDrifts(tx *store.Tx, c centre.Centre) (all []Suggestion, err error) {
	drifts, err := mandate.DriftsAt(tx, c.ID)
	for _, g := range drifts {
		if g.Grim {
			all = append(all, Suggestion{Source: "mandate", Ref: g.Say.Text, Say: g.Say, Impact: 4, Risk: 3, Path: g.Path})
		}
	}
	return all, err
}

func fromFacilities(tx *store.Tx, c centre.Centre) (all []Suggestion, err error) {
	worn, err := mandate.Worn(tx, c.ID, 20)
	for _, f := range worn {
		s := Suggestion{Source: "facility", Ref: f.ID.String(), Say: fail.Say("%s rusak berat.", f.Name), Impact: 3, Risk: 4, Path: "/facilities/" + f.ID.String()}
		if f.Beds > 0 {
			s.Say, s.People = fail.Say("%s rusak berat; %d tempat tidur tidak dapat dipakai.", f.Name, f.Beds), f.Beds
		}
		all = append(all, s)
	}
	return all, err
}

// fromUnmet: each "nothing fits", "full" and "refused" of a referral is evidence (Pasal 46 huruf i).
func fromUnmet(tx *store.Tx, c centre.Centre) (all []Suggestion, err error) {
	unmet, err := coordination.UnmetByKind(tx, c.ID, tx.Today().Add(-unmetDays), tx.Today())
	for _, u := range unmet {
		all = append(all, Suggestion{Source: "referral", Ref: u.Category, Impact: 3, Risk: 2, People: u.N, Path: "/centres/" + c.ID.String() + "/needs#unmet",
			Say: fail.Say("%s tidak dapat dirujuk %d kali dalam setahun terakhir.", coordination.CategoryWord(u.Category), u.N)})
	}
	return all, err
}

// fromWaiting: who was received and waits outside for a bed, while there is none.
func fromWaiting(tx *store.Tx, c centre.Centre) ([]Suggestion, error) {
	n, err := casework.WaitingForBed(tx, c.ID)
	if err != nil || n == 0 {
		return nil, err
	}
	return []Suggestion{{Source: "waiting", Ref: strconv.Itoa(tx.Today().Time().Year()), Impact: 3, Risk: 3, People: n,
		Say: fail.Say("%d orang menunggu tempat di panti.", n), Path: "/cases?open=true&stage=approach&centre_id=" + c.ID.String()}}, nil
}
