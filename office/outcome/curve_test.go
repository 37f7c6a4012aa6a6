package outcome

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"tuntas/house/store"
	"tuntas/office/casework"
)

// The remission times of 21 patients under 6-MP (Freireich and others, Blood 21, 1963), the example of the textbooks:
// Kleinbaum and Klein, Survival Analysis, chapter 2, has the curve and its standard errors; the intervals are those of
// SAS and R on the scale of log(−log).
func TestKaplanMeier_textbook(t *testing.T) {
	t.Parallel()
	all := make([]Count, 36)
	for m := range all {
		all[m].Month = m
	}
	for _, m := range []int{6, 6, 6, 7, 10, 13, 16, 22, 23} {
		all[m].Fallen++
	}
	for _, m := range []int{6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35} {
		all[m].Censored++
	}
	steps := KaplanMeier(all)
	for _, want := range []struct {
		month            int
		risk             int64
		share, low, high float64
	}{
		{6, 21, 0.8571, 0.6197, 0.9516}, {7, 17, 0.8067, 0.5631, 0.9228}, {10, 15, 0.7529, 0.5032, 0.8894}, {13, 12, 0.6902, 0.4316, 0.8491},
		{16, 11, 0.6275, 0.3675, 0.8049}, {22, 7, 0.5378, 0.2678, 0.7468}, {23, 6, 0.4482, 0.1881, 0.6801},
	} {
		got := steps[want.month]
		if got.AtRisk != want.risk || off(got.Share, want.share) || off(got.Low, want.low) || off(got.High, want.high) || !got.Sure {
			t.Errorf("month %d: %+v, want %+v", want.month, got, want)
		}
	}
	if first := steps[5]; first.Share != 1 || first.Sure {
		t.Errorf("nobody had fallen, and yet %+v", first)
	}
}

func off(got, want float64) bool { return math.Abs(got-want) > 0.00006 }

// Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
func TestWilson_textbook(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		k, n      int64
		low, high float64
	}{{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}, {29, 29, 0.8830, 1}, {0, 0, 0, 1}} {
		low, high := Wilson(c.k, c.n)
		if off(low, c.low) || off(high, c.high) {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", c.k, c.n, low, high, c.low, c.high)
		}
	}
}

// When everybody falls there is nothing left and no interval; when nobody is there the curve says nothing.
func TestKaplanMeier_ends(t *testing.T) {
	t.Parallel()
	gone := KaplanMeier([]Count{{0, 0, 0}, {1, 2, 0}, {2, 3, 0}})
	if last := gone[2]; last.Share != 0 || last.Sure || last.AtRisk != 3 || math.IsNaN(last.Low) {
		t.Errorf("%+v", last)
	}
	if empty := KaplanMeier(counts(nil)); len(empty) != casework.LongestCourse+1 || empty[12].Share != 1 || empty[12].AtRisk != 0 {
		t.Errorf("%+v", empty[12])
	}
}

// Whatever the counts: the curve never rises, stays between 0 and 1 and inside its interval.
func TestProperty_curve(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var all []Count
		for m := range rapid.IntRange(1, 25).Draw(t, "months") {
			all = append(all, Count{m, rapid.Int64Range(0, 4).Draw(t, "fallen"), rapid.Int64Range(0, 9).Draw(t, "censored")})
		}
		before := 1.0
		for _, s := range KaplanMeier(all) {
			if s.Share > before || s.Share < 0 || s.Low > s.Share || s.High < s.Share || s.Low < 0 || s.High > 1 || math.IsNaN(s.Low+s.High) {
				t.Fatalf("%+v after %v", s, before)
			}
			before = s.Share
		}
	})
}

// A value of the measure is read as it was written, and nothing else is.
func TestReadCourse(t *testing.T) {
	t.Parallel()
	for m := range casework.LongestCourse + 1 {
		for _, state := range []string{casework.Held, casework.Fallen} {
			if month, fallen, ok := readCourse(casework.CourseOf(m, state)); month != m || fallen != (state == casework.Fallen) || !ok {
				t.Errorf("%d %s: %d %v %v", m, state, month, fallen, ok)
			}
		}
	}
	for _, wrong := range []string{"", "12", "x:held", "-1:held", "25:held", "03:gone", ":"} {
		if _, _, ok := readCourse(wrong); ok {
			t.Errorf("%q was read", wrong)
		}
	}
	if n := KaplanMeier(counts([]store.Figure{{Dim: "nonsense", N: 3}}))[0].AtRisk; n != 0 {
		t.Errorf("%d people of a value that nobody knows", n)
	}
}
