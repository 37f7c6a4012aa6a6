package casework

import (
	"fmt"
	"strings"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/text"
)

func TestCompareAnswers(t *testing.T) {
	t.Parallel()
	level := func(answers map[string]any) Assessment { return Assessment{Instrument: Independence, Answers: answers} }
	for name, c := range map[string]struct {
		before, now map[string]any
		changed     string
	}{
		"nothing":     {map[string]any{"food": "2"}, map[string]any{"food": "2"}, ""},
		"a level":     {map[string]any{"food": "2", "adl": "3"}, map[string]any{"food": "4", "adl": "3"}, "Bergantung sebagian besar > Hampir mandiri"},
		"new":         {nil, map[string]any{"food": "5"}, " > Mandiri"},
		"gone":        {map[string]any{"food": "5"}, nil, "Mandiri > "},
		"not for him": {map[string]any{"work": "1"}, map[string]any{"work": "na"}, "Bergantung penuh > Tidak berlaku"},
	} {
		changed, same := compareAnswers(level(c.before), level(c.now), text.ID)
		var got []string
		for _, a := range changed {
			got = append(got, a.Old+" > "+a.New)
		}
		if strings.Join(got, ", ") != c.changed || len(changed)+len(same) != 11 {
			t.Errorf("%s: %q, %d the same", name, got, len(same))
		}
	}
	bio := func(answers map[string]any) Assessment {
		return Assessment{Instrument: Biopsychosocial, Answers: answers}
	}
	changed, _ := compareAnswers(bio(map[string]any{"bio_condition": "Lemah", "needs": []any{map[string]any{"domain": "basic", "text": "Makan"}}}),
		bio(map[string]any{"bio_condition": "Kuat", "needs": []any{map[string]any{"domain": "basic", "text": "Makan"}, map[string]any{"domain": "identity", "text": "NIK"}}}), text.ID)
	if len(changed) != 2 || changed[0].Old != "Lemah" || changed[0].New != "Kuat" || changed[1].Old != "Makan" || changed[1].New != "Makan; NIK" {
		t.Errorf("words and needs: %+v", changed)
	}
}

// Only what was signed before counts, never what came later.
func TestEarlier(t *testing.T) {
	t.Parallel()
	one := func(n int64, instrument string, assessed, signed clock.Day) Assessment {
		return Assessment{ID: id.ID(n), Instrument: instrument, AssessedOn: assessed, SignedOn: signed}
	}
	f := File{Assessments: []Assessment{one(5, Independence, "2026-05-01", "2026-05-01"), one(4, Independence, "2026-04-01", ""), one(3, Biopsychosocial, "2026-03-01", "2026-03-01"),
		one(2, Independence, "2026-02-01", "2026-02-02"), one(1, Independence, "2026-01-01", "2026-01-02")}}
	for of, want := range map[int]id.ID{5: 2, 4: 2, 3: 0, 2: 1, 1: 0} {
		got := f.earlier(f.Assessments[5-of])
		if (got == nil) != (want == 0) || got != nil && got.ID != want {
			t.Errorf("before %d: %v", of, got)
		}
	}
}

func TestComparePlans(t *testing.T) {
	t.Parallel()
	level := func(n int64) *int64 { return &n }
	goal := func(need int64, text string, level *int64, due clock.Day, costs ...int64) Goal {
		g := Goal{Need: id.ID(need), Domain: "basic", Text: text, TargetLevel: level, DueOn: due}
		for _, c := range costs {
			g.Services = append(g.Services, PlanService{Cost: c})
		}
		return g
	}
	food := goal(1, "Makan", level(3), "2026-06-01", 100, 50)
	for name, c := range map[string]struct {
		old, now []Goal
		want     string
	}{
		"the same":                {[]Goal{food}, []Goal{food}, "+0 -0 ~0 =1, 0"},
		"added":                   {[]Goal{food}, []Goal{food, goal(2, "NIK", nil, "2026-07-01", 20)}, "+1 -0 ~0 =1, 20"},
		"ended":                   {[]Goal{food, goal(2, "NIK", nil, "2026-07-01", 20)}, []Goal{food}, "+0 -1 ~0 =1, -20"},
		"another level":           {[]Goal{food}, []Goal{goal(1, "Makan", level(4), "2026-06-01", 150)}, "+0 -0 ~1 =0, 0 level"},
		"a level at last":         {[]Goal{goal(0, "Makan", nil, "2026-06-01")}, []Goal{goal(0, "Makan", level(4), "2026-06-01")}, "+0 -0 ~1 =0, 0 level"},
		"moved and dearer":        {[]Goal{food}, []Goal{goal(1, "Makan", level(3), "2026-09-01", 400)}, "+0 -0 ~1 =0, 250 due cost"},
		"worded anew":             {[]Goal{food}, []Goal{goal(1, "Makan tiga kali", level(3), "2026-06-01", 150)}, "+0 -0 ~1 =0, 0 text"},
		"without a need":          {[]Goal{goal(0, "A", nil, "2026-06-01")}, []Goal{goal(0, "B", nil, "2026-06-01")}, "+1 -1 ~0 =0, 0"},
		"two of one need, turned": {[]Goal{goal(1, "A", nil, "2026-06-01"), goal(1, "B", nil, "2026-06-01")}, []Goal{goal(1, "B", nil, "2026-06-01"), goal(1, "A", nil, "2026-06-01")}, "+0 -0 ~0 =2, 0"},
		"from nothing":            {nil, []Goal{food}, "+1 -0 ~0 =0, 150"},
	} {
		p := comparePlans(Plan{Goals: c.old}, Plan{Goals: c.now})
		got := fmt.Sprintf("+%d -%d ~%d =%d, %d", len(p.Added), len(p.Ended), len(p.Changed), p.Same, p.More())
		for _, g := range p.Changed {
			for _, what := range []struct {
				name string
				is   bool
			}{{"text", g.Text()}, {"level", g.Level()}, {"due", g.Due()}, {"cost", g.Cost()}} {
				if what.is {
					got += " " + what.name
				}
			}
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
