package performance

import (
	"slices"
	"strings"
	"testing"

	"tuntas/house/clock"
	"tuntas/law"
	"tuntas/office/monitoring"
)

// The first known stands against the last; who is known once, or never, stays in the number of people alone.
func TestPoverty(t *testing.T) {
	t.Parallel()
	p := Poverty{Poor: 4}
	bands := []law.Named{{Key: "none"}, {Key: "low"}, {Key: "high"}}
	for measure, all := range map[string]map[string]int64{
		"gain.decile": {"2>5": 1, "4>4": 2, "10>9": 1, "3": 1, "unknown": 3},
		"gain.income": {"none>high": 1, "high>low": 1, "low": 4, "unknown": 2},
		"gain.work":   {"none>casual": 1, "casual>employed": 1, "employed>none": 1},
		"gain.head":   {"rose": 4, "same": 2, "fell": 1, "once": 3, "unknown": 5},
		"gain.aid":    {"aided>unaided": 3, "aided>aided": 2, "unaided>aided": 1, "unaided>unaided": 4, "aided": 6, "unaided": 7, "unknown": 8},
	} {
		for gain, n := range all {
			p.add(measure, gain, n, bands)
		}
	}
	if p.All != 8 || p.Known != 4 || p.Rose != 1 || p.Fell != 1 || p.WerePoor != 3 || p.LeftPoor != 1 {
		t.Errorf("%+v", p)
	}
	if p.Decile[1][4] != 1 || p.Decile[3][3] != 2 || p.Decile[9][8] != 1 {
		t.Errorf("the matrix: %v", p.Decile)
	}
	if p.Head != (Gain{7, 4, 2, 1}) || p.Aid != (AidMove{Known: 10, Kept: 2, Ended: 3, Began: 1, Never: 4}) {
		t.Errorf("income per head %+v, aid %+v", p.Head, p.Aid)
	}
	if p.Income != (Gain{2, 1, 0, 1}) || p.Work != (Gain{3, 1, 1, 1}) {
		t.Errorf("income %+v, work %+v", p.Income, p.Work)
	}
}

// The figures behind the page are of the same values as its numbers: whoever changes the deciles of the poor or the list of
// works changes them too.
func TestPoverty_figures(t *testing.T) {
	t.Parallel()
	rules, day := law.Performance.Latest(), clock.Day("2026-01-01")
	for key, dims := range map[string]string{"left_poor": leftPoor(rules.PoorDecile), "work_began": worksMoved(day)[0], "band_rose": bandsMoved(day)[0]} {
		var side string
		for _, i := range monitoring.Shipped(day) {
			if i.Key == key {
				side = i.Numerator
			}
		}
		_, named, _ := strings.Cut(side, ", ")
		got := strings.Split(strings.NewReplacer(`"`, "", ")", "", " ", "").Replace(named), ",")
		want := strings.Split(dims, ",")
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s counts %v, the page %v", key, got, want)
		}
	}
}
