package performance

import (
	"testing"

	"tuntas/law"
	"tuntas/office/casework"
)

// The first known stands against the last; who is known once, or never, stays in the number of people alone.
func TestPoverty(t *testing.T) {
	t.Parallel()
	p := Poverty{Poor: 4}
	bands := []law.Named{{Key: "none"}, {Key: "low"}, {Key: "high"}}
	twice := func(first, last string) casework.Moved { return casework.Moved{First: first, Last: last, Twice: true} }
	for _, s := range []casework.Livelihood{
		{Decile: twice("2", "5"), Income: twice("none", "high"), Work: twice("none", "casual")},
		{Decile: twice("4", "4"), Income: twice("high", "low"), Work: twice("casual", "employed")},
		{Decile: twice("10", "9"), Work: twice("employed", "none")},
		{Decile: casework.Moved{First: "3", Last: "3"}},
		{},
	} {
		p.add(s, bands)
	}
	if p.All != 5 || p.Known != 3 || p.Rose != 1 || p.Fell != 1 || p.WerePoor != 2 || p.LeftPoor != 1 {
		t.Errorf("%+v", p)
	}
	if p.Decile[1][4] != 1 || p.Decile[3][3] != 1 || p.Decile[9][8] != 1 {
		t.Errorf("the matrix: %v", p.Decile)
	}
	if p.Income != (Gain{2, 1, 0, 1}) || p.Work != (Gain{3, 1, 1, 1}) {
		t.Errorf("income %+v, work %+v", p.Income, p.Work)
	}
}
