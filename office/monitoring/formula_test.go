package monitoring

import (
	"errors"
	"strings"
	"testing"

	"tuntas/house/store"
)

var known = map[string]store.Measure{"a": {Key: "a"}, "b": {Key: "b"}, "c.d": {Key: "c.d"}}

// A formula is read as a sum of counts; what is more, or names nothing, is refused in words that say where.
func TestReadSide(t *testing.T) {
	t.Parallel()
	for formula, want := range map[string]Side{
		`jumlah("a")`:                              {Terms: []Term{{Measure: "a", All: 1}}},
		`jumlah("a", "x", "y")`:                    {Terms: []Term{{Measure: "a", Dims: map[string]int64{"x": 1, "y": 1}}}},
		`jumlah("a") - jumlah("a", "x")`:           {Terms: []Term{{Measure: "a", All: 1, Dims: map[string]int64{"x": 0}}}},
		`2 * (jumlah("b") + jumlah("a", "x")) - 3`: {Terms: []Term{{Measure: "a", Dims: map[string]int64{"x": 2}}, {Measure: "b", All: 2}}, Plain: -3},
		`kapasitas() - penduduk() + 2 * hari()`:    {Capacity: 1, Population: -1, Days: 2},
		`-jumlah("c.d")`:                           {Terms: []Term{{Measure: "c.d", All: -1}}},
		`(2 + 3) * jumlah("a") * 2`:                {Terms: []Term{{Measure: "a", All: 10}}},
	} {
		got, err := ReadSide(formula, known)
		if err != nil || !same(got, want) {
			t.Errorf("%s: %+v, %v", formula, got, err)
		}
	}
}

func same(a, b Side) bool {
	if len(a.Terms) != len(b.Terms) || a.Plain != b.Plain || a.Capacity != b.Capacity || a.Days != b.Days || a.Population != b.Population {
		return false
	}
	for i := range a.Terms {
		for _, dim := range []string{"x", "y", "z"} {
			if a.Terms[i].Measure != b.Terms[i].Measure || a.Terms[i].Weight(dim) != b.Terms[i].Weight(dim) {
				return false
			}
		}
	}
	return true
}

func TestReadSide_refuses(t *testing.T) {
	t.Parallel()
	for _, formula := range []string{"", "1 +", `jumlah("nobody")`, `jumlah(a)`, `jumlah()`, `jumlah("a") / jumlah("b")`, `jumlah("a") * jumlah("b")`, `jumlah("a", "x", "x")`, `jumlah("a", "")`,
		`kapasitas("a")`, `kapasitas() * hari()`, `let x = 1; x`, `[1, 2]`, `a.b`, `1 ** 2`, `!true`, `1.5 * jumlah("a")`, `map([1], #)`, `"a"`, `nil`, `x`, `jumlah("a") ? 1 : 2`, `9999999 * jumlah("a")`, `1000000 * 1000000 * jumlah("a")`,
		`count([jumlah("a")])`, `jumlah("a") | jumlah("b")`, strings.Repeat("(", 400), strings.Repeat("1+", 249) + "1", strings.Repeat("-", 300) + "1", strings.Repeat(`jumlah("a")+`, 60) + "1", "jumlah(\"a\"", "\x00", "é"} {
		if s, err := ReadSide(formula, known); err == nil {
			t.Errorf("%q was read: %+v", formula, s)
		} else if says := (Unread{}); !errors.As(err, &says) || says.Say.Text == "" {
			t.Errorf("%q: %v says nothing", formula, err)
		}
	}
}

// Only a sum in which each fact counts once, or not at all, is a list.
func TestListed(t *testing.T) {
	t.Parallel()
	for formula, want := range map[string]bool{`jumlah("a")`: true, `jumlah("a") - jumlah("a", "x")`: true, `jumlah("a") + jumlah("b", "x")`: true, `2 * jumlah("a")`: false, `jumlah("a") + 1`: false,
		`jumlah("a") - jumlah("b")`: false, `kapasitas()`: false, `jumlah("a") + jumlah("a", "x")`: false, `3`: false, `penduduk()`: false, `hari() + jumlah("a")`: false, `jumlah("a") + jumlah("b") - jumlah("b")`: true} {
		s, err := ReadSide(formula, known)
		if err != nil || s.Listed() != want {
			t.Errorf("%s: %t, %v", formula, s.Listed(), err)
		}
	}
}

// Whatever is typed, reading it ends, and gives a sum or a sentence.
func FuzzReadSide(f *testing.F) {
	for _, seed := range []string{`jumlah("a", "x") - 2 * jumlah("b")`, `kapasitas()`, "1 +", "let x = 1; x", "((((1))))", `"`, "#", "a?.b ?? c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, formula string) {
		s, err := ReadSide(formula, known)
		if err == nil && s.Listed() && len(s.Terms) == 0 {
			t.Errorf("%q lists nothing", formula)
		}
		if says := (Unread{}); err != nil && !errors.As(err, &says) {
			t.Errorf("%q: %v", formula, err)
		}
	})
}
