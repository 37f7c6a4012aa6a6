package forms_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"tuntas/law"
	"tuntas/office/forms"
)

func instrument(t testing.TB, key string) law.Instrument {
	t.Helper()
	i, ok := law.InstrumentOf(key, "")
	if !ok {
		t.Fatalf("no instrument %s", key)
	}
	return i
}

func number(n int64) *int64 { return &n }

// GDS-15 (Stanford, as quoted by the CamCOPS documentation): Yes scores on ten items, No on 1, 5, 7, 11, 13.
var scoresOnNo = map[string]bool{"q1": true, "q5": true, "q7": true, "q11": true, "q13": true}

// gds answers so that exactly the first n questions score.
func gds(n int) map[string]any {
	a := map[string]any{}
	for k := 1; k <= 15; k++ {
		key := fmt.Sprintf("q%d", k)
		a[key] = map[bool]string{true: "yes", false: "no"}[(k <= n) != scoresOnNo[key]]
	}
	return a
}

// Cut-offs of GDS-15: 0-4 normal, 5-8 mild, 9-11 moderate, 12-15 severe.
func TestScore_gds15(t *testing.T) {
	t.Parallel()
	i := instrument(t, "gds15")
	for n, band := range map[int]string{0: "normal", 4: "normal", 5: "mild", 8: "mild", 9: "moderate", 11: "moderate", 12: "severe", 15: "severe"} {
		r := forms.Score(i, gds(n), nil)
		if r.Score == nil || *r.Score != int64(n) || r.Band != band {
			t.Errorf("%d items: %v %s, want %s", n, r.Score, r.Band, band)
		}
	}
	for key, want := range map[string]int64{"q1": 1, "q2": 0, "q13": 1, "q15": 0} { // each turned to No from a person without signs
		a := gds(0)
		a[key] = "no"
		if r := forms.Score(i, a, nil); *r.Score != want {
			t.Errorf("%s no: %d, want %d", key, *r.Score, want)
		}
	}
	a := gds(9)
	delete(a, "q7")
	if r := forms.Score(i, a, nil); r.Score != nil || r.Band != "" {
		t.Errorf("a form with a gap has the score %d", *r.Score)
	}
}

// Published cut-offs: Barthel 0-100 in five bands; Mini-Cog below 3 positive; SRQ-20 from 6 (Riskesdas 2013).
// Where no cut-off was read in a source, none is given.
func TestScore_bands(t *testing.T) {
	t.Parallel()
	for _, try := range []struct {
		key   string
		score int64
		band  string
	}{
		{"barthel", 0, "total"}, {"barthel", 20, "total"}, {"barthel", 25, "severe"}, {"barthel", 60, "severe"}, {"barthel", 65, "moderate"},
		{"barthel", 90, "moderate"}, {"barthel", 95, "slight"}, {"barthel", 100, "independent"},
		{"minicog", 2, "positive"}, {"minicog", 3, "negative"}, {"minicog", 5, "negative"},
		{"srq20", 5, "normal"}, {"srq20", 6, "positive"}, {"srq20", 20, "positive"},
		{"katz", 6, ""}, {"lawton", 0, ""}, {"whodas12", 50, ""}, {"sdq", 17, ""}, {"audit", 8, ""}, {"dast10", 3, ""},
	} {
		i := instrument(t, try.key)
		r := forms.Score(i, nil, number(try.score))
		if r.Score == nil || *r.Score != try.score || r.Band != try.band {
			t.Errorf("%s %d: %s, want %s", try.key, try.score, r.Band, try.band)
		}
		if (forms.BandName(i, r.Band, "en") == "") != (try.band == "") {
			t.Errorf("%s %d: band %q has no name", try.key, try.score, r.Band)
		}
	}
	if r := forms.Score(instrument(t, "barthel"), nil, nil); r.Score != nil {
		t.Error("a score came from nowhere")
	}
}

func levels(level string) map[string]any {
	a := map[string]any{}
	for _, k := range []string{"food", "housing", "health", "identity", "family", "community", "conduct", "skill", "income", "work", "adl"} {
		a[k] = level
	}
	return a
}

// There is no total of levels, and "not applicable" is no level 1.
func TestScore_levels(t *testing.T) {
	t.Parallel()
	i := instrument(t, "independence")
	a := levels("4")
	a["family"], a["income"] = "1", "na"
	r := forms.Score(i, a, nil)
	if r.Score != nil || r.Band != "" || len(r.Levels) != 11 {
		t.Errorf("%+v", r)
	}
	if *r.Levels["family"] != 1 || *r.Levels["food"] != 4 || r.Levels["income"] != nil {
		t.Errorf("family %d, food %d, income %v", *r.Levels["family"], *r.Levels["food"], r.Levels["income"])
	}
}

func TestGaps(t *testing.T) {
	t.Parallel()
	a := levels("3")
	delete(a, "conduct")
	delete(a, "adl")
	gaps := forms.Gaps(instrument(t, "independence"), a, nil)
	if len(gaps) != 2 || gaps[0].Key != "conduct" || gaps[0].Section.Key != "peranan_sosial" || gaps[1].Key != "adl" {
		t.Errorf("%+v", gaps)
	}
	if gaps := forms.Gaps(instrument(t, "minicog"), nil, nil); len(gaps) != 1 || gaps[0].Key != "score" {
		t.Errorf("%+v", gaps)
	}
	if gaps := forms.Gaps(instrument(t, "minicog"), nil, number(0)); len(gaps) != 0 {
		t.Errorf("a score of 0 counts as none: %+v", gaps)
	}
}

// Whatever is answered, the score is the number of keyed answers, within 0 and 15, and has a band.
func TestScore_gdsBounds(t *testing.T) {
	t.Parallel()
	i := instrument(t, "gds15")
	rapid.Check(t, func(t *rapid.T) {
		a, want := map[string]any{}, int64(0)
		for _, q := range i.Questions() {
			yes := rapid.Bool().Draw(t, q.Key)
			a[q.Key] = yes
			if yes != scoresOnNo[q.Key] {
				want++
			}
		}
		clean, wrong := forms.Validate(i, a, nil)
		r := forms.Score(i, clean, nil)
		if len(wrong) > 0 || *r.Score != want || r.Band == "" {
			t.Fatalf("%v: %v, want %d", wrong, r, want)
		}
	})
}

// A score is taken exactly when it lies in the range of its instrument and on its steps.
func TestValidate_scoreBounds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var restricted []law.Instrument
		for _, i := range law.Instruments() {
			if i.ScoreOnly {
				restricted = append(restricted, i)
			}
		}
		i := rapid.SampledFrom(restricted).Draw(t, "instrument")
		n := rapid.Int64Range(-200, 300).Draw(t, "score")
		_, wrong := forms.Validate(i, nil, &n)
		good := n >= int64(i.ScoreFrom) && n <= int64(i.ScoreTo) && (i.Step == 0 || n%int64(i.Step) == 0)
		if good != (len(wrong) == 0) {
			t.Fatalf("%s %d: %v", i.Key, n, wrong)
		}
	})
}
