package casework_test

import (
	"strings"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/casework"
	"tuntas/office/person"
	"tuntas/try/clause"
)

var fill = store.NewAct("test.fill", who.Import)

// life is a case that stands in intervention since a month.
func (o *office) life(name string) casework.Life {
	pid := o.person(o.ratna, name, seventies)
	c := casework.Case{ID: id.New(), Person: pid, Centre: o.a, Kind: "lansia_telantar", Setting: casework.Inside, Level: "basic",
		Stage: casework.Intervention, StageSince: today.Add(-30), OpenedOn: today.Add(-60), DecisionNo: "460/1", DecisionOn: today.Add(-50),
		Worker: o.ratna.User}
	days := []clock.Day{today.Add(-60), today.Add(-55), today.Add(-45), today.Add(-30), ""}
	var history []casework.Entry
	for i, stage := range casework.Stages[:4] {
		history = append(history, casework.Entry{Stage: stage, On: days[i], LeftOn: days[i+1], By: "Ratna"})
	}
	return casework.Life{File: casework.File{Case: c, Who: person.Person{ID: pid, Birth: seventies}, Stages: history,
		Criteria: []casework.Criterion{}, Assessments: []casework.Assessment{{ID: id.New(), Instrument: casework.Biopsychosocial,
			InstrumentVersion: "1", Occasion: casework.AtAdmission, AssessedOn: today.Add(-54), SignedOn: today.Add(-50), SignerName: "Ratna"}},
		Plan: &casework.Plan{ID: id.New(), Number: 1, State: casework.PlanApproved, MadeOn: today.Add(-44), ApprovedOn: today.Add(-40),
			Goals: []casework.Goal{{ID: id.New(), Domain: "basic", Text: "Makan teratur", DueOn: today.Add(60), State: "open"}}}},
		Services: []casework.Service{{Item: "lansia_permakanan", On: today.Add(-20), Quantity: 3, Unit: "porsi", By: "Ratna"}}}
}

// Lives loaded in bulk read like single ones, and their figures equal a recount.
func TestEnterMany(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		lives := []casework.Life{o.life("Mbah Satu"), o.life("Mbah Dua")}
		must(t, o.store.Write(o.ctx, o.house, fill, func(tx *store.Tx) error { return casework.EnterMany(tx, lives) }))
		f, err := o.cases.Look(o.ctx, o.ratna, lives[0].ID)
		must(t, err)
		if f.Stage != casework.Intervention || len(f.Stages) != 4 || f.Plan == nil || len(f.Plan.Goals) != 1 || f.DueOn != today.Add(150) {
			t.Errorf("%+v", f.Case)
		}
		if f.Missing == 0 || int(f.Missing) != len(casework.NextStep(f).Open()) {
			t.Errorf("missing %d, the page says %d", f.Missing, len(casework.NextStep(f).Open()))
		}
		drifts, err := o.store.Recount(o.ctx, casework.Measures, false)
		if err != nil || len(drifts) > 0 {
			t.Errorf("%v %v", drifts, err)
		}
	})
}

// Clauses P16-7.1 and P16-7.2 hold in bulk too.
func TestEnterMany_refuses(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-7.1", "P16-7.2")
	eachEngine(t, func(t *testing.T, o *office) {
		skips, early, backwards := o.life("Mbah Satu"), o.life("Mbah Dua"), o.life("Mbah Tiga")
		skips.Stages = append(skips.Stages[:1], skips.Stages[2:]...)
		early.Plan.ApprovedOn = today.Add(-51)
		backwards.Stages[2].On = today.Add(-70)
		for want, l := range map[string]casework.Life{"order of Pasal 7": skips, "Pasal 7 ayat (2)": early, "before 2026": backwards} {
			err := o.store.Write(o.ctx, o.house, fill, func(tx *store.Tx) error { return casework.EnterMany(tx, []casework.Life{l}) })
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v", want, err)
			}
		}
	})
}
