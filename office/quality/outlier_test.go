package quality

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"tuntas/law"
)

var rule = law.Quality.Latest().Outlier

func near(got, want float64) bool { return math.Abs(got-want) < 0.0005 }

// Worked by hand: the mean of 1 to 5 and 6 is 3.5, the standard deviation of the sample √3.5; the median 3.5, the median
// of the distances 1.5.
func TestJudge(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		course      []float64
		z, modified float64
		hasZ, hasM  bool
		far, ok     bool
		months      int
	}{
		"usual":                 {[]float64{1, 2, 3, 4, 5, 6, 4}, 0.5 / math.Sqrt(3.5), 0.6745 * 0.5 / 1.5, true, true, false, true, 6},
		"far by both":           {[]float64{1, 2, 3, 4, 5, 6, 20}, 16.5 / math.Sqrt(3.5), 0.6745 * 16.5 / 1.5, true, true, true, true, 6},
		"far downwards":         {[]float64{50, 51, 49, 50, 52, 48, 50, 0}, -50 / math.Sqrt(10.0/6), 0.6745 * -50, true, true, true, true, 7},
		"one strange month":     {[]float64{5, 6, 5, 4, 90, 5, 6, 4, 30}, 0, 0.6745 * 25, true, true, true, true, 8}, // the strange one hides it from z
		"half of them alike":    {[]float64{4, 4, 4, 4, 4, 6, 8, 10}, 0, 6 / (1.253314 * 6 / 7), true, true, true, true, 7},
		"all alike":             {[]float64{4, 4, 4, 4, 4, 4, 9}, 0, 0, false, false, false, false, 6},
		"five months":           {[]float64{1, 2, 3, 4, 5, 90}, 0, 0, false, false, false, false, 5},
		"not there at first":    {[]float64{0, 0, 0, 0, 1, 2, 3, 4, 5, 90}, 0, 0, false, false, false, false, 5},
		"nothing ever":          {[]float64{0, 0, 0, 0, 0, 0, 0, 0, 3}, 0, 0, false, false, false, false, 0},
		"nothing to hold it to": {nil, 0, 0, false, false, false, false, 0},
	} {
		o, ok := judge(c.course, rule)
		if ok != c.ok || o.Far != c.far || o.HasZ != c.hasZ || o.HasModified != c.hasM || o.Months != c.months {
			t.Errorf("%s: %+v %v", name, o, ok)
		}
		if c.z != 0 && !near(o.Z, c.z) || c.modified != 0 && !near(o.Modified, c.modified) {
			t.Errorf("%s: z %v and %v, want %v and %v", name, o.Z, o.Modified, c.z, c.modified)
		}
	}
	if o, _ := judge([]float64{5, 6, 5, 4, 90, 5, 6, 4, 30}, rule); math.Abs(o.Z) > rule.Z {
		t.Errorf("z alone should not have found it: %v", o.Z)
	}
}

// Whatever the course: a value in the middle is never far, more than the two years before count for nothing, and moving
// or stretching the whole course changes no judgement.
func TestProperty_judge(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var course []float64
		for _, n := range rapid.SliceOfN(rapid.IntRange(1, 60), 7, 40).Draw(t, "course") {
			course = append(course, float64(n))
		}
		o, ok := judge(course, rule)
		middle := append(append([]float64(nil), course[:len(course)-1]...), o.Median)
		if m, _ := judge(middle, rule); m.Modified != 0 {
			t.Fatalf("the median is %v off itself", m.Modified)
		}
		long := append([]float64{9999, 1}, course...)
		if len(course) > rule.Months {
			if again, _ := judge(long, rule); again != o {
				t.Fatalf("%+v with older months, %+v without", again, o)
			}
		}
		by := float64(rapid.IntRange(2, 9).Draw(t, "by"))
		stretched := make([]float64, len(course))
		for i, v := range course {
			stretched[i] = v * by
		}
		again, ok2 := judge(stretched, rule)
		if ok2 != ok || again.Months != o.Months || !near(again.Z, o.Z) || !near(again.Modified, o.Modified) {
			t.Fatalf("%+v, stretched %+v", o, again)
		}
	})
}

// A score lies between 0 and 100, is 100 when nothing is wrong, and never rises when more is wrong.
func TestProperty_score(t *testing.T) {
	t.Parallel()
	rules := law.Quality.Latest()
	rapid.Check(t, func(t *rapid.T) {
		l, worse, clean := Line{Cells: map[string]Cell{}}, Line{Cells: map[string]Cell{}}, Line{Cells: map[string]Cell{}}
		for _, r := range rules.Rules {
			c := Cell{rapid.Int64Range(0, 20).Draw(t, "bad"), rapid.Int64Range(0, 20).Draw(t, "checked")}
			l.Cells[r.Key], clean.Cells[r.Key] = c, Cell{0, c.Checked}
			more := c
			if c.Checked > 0 {
				more.Bad += rapid.Int64Range(0, 5).Draw(t, "more")
			}
			worse.Cells[r.Key] = more
		}
		score, ok := l.Score(rules)
		lower, _ := worse.Score(rules)
		if full, some := clean.Score(rules); some && full != 100 {
			t.Fatalf("nothing is wrong, and it says %v", full)
		}
		if ok && (score < 0 || score > 100 || lower > score+1e-9) {
			t.Fatalf("%v, and %v with more wrong", score, lower)
		}
	})
	if _, ok := (Line{}).Score(rules); ok {
		t.Error("a score of nothing")
	}
	half := Line{Cells: map[string]Cell{"balance": {1, 2}, "sex-missing": {0, 5}}} // weights 3 and 1
	if n, _ := half.Score(rules); n != 100*(3*0.5+1)/4 {
		t.Errorf("%v", n)
	}
}

// Every rule has its words, a severity with a weight, and a list or a way of its own.
func TestRules(t *testing.T) {
	t.Parallel()
	rules := law.Quality.Latest()
	own := map[string]bool{balance: true, monthOpen: true, outlier: true}
	for _, r := range rules.Rules {
		_, listed := lists[r.Key]
		if r.Name == "" || r.NameEn == "" || r.Why == "" || r.WhyEn == "" || r.Mend == "" || r.MendEn == "" || rules.Weights[r.Severity] == 0 || listed == own[r.Key] || (r.Bad == "") != (r.Checked == "") {
			t.Errorf("%+v", r)
		}
	}
}

// A report is due at its hour, on its day, after the moment given: whatever the moment.
func TestProperty_next(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		o := Order{Rhythm: rapid.SampledFrom([]string{Weekly, Monthly}).Draw(t, "rhythm"), Day: rapid.Int64Range(1, 7).Draw(t, "day"), Hour: rapid.Int64Range(0, 23).Draw(t, "hour")}
		after := moment(rapid.Int64Range(1_600_000_000, 1_900_000_000).Draw(t, "after"))
		next := o.Next(after)
		day := dayIn(next)
		if !next.After(after) || next.In(wib).Hour() != int(o.Hour) || !o.on(day) {
			t.Fatalf("%+v after %v is due %v", o, after, next)
		}
		for d := dayIn(after); d < day; d = d.Add(1) {
			if at := d.Time().Add(hours(o.Hour)); o.on(d) && at.After(after) {
				t.Fatalf("%+v after %v is due %v, and was due %v", o, after, next, at)
			}
		}
	})
}

func TestCrossed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		condition    string
		n, limit, by float64
		want         bool
	}{
		{above, 100, 100, 100, false}, {above, 100.1, 100, 100, true}, {below, 60, 60, 60, false}, {below, 59.9, 60, 60, true},
		{falls, 90, 95, 5, true}, {falls, 90.1, 95, 5, false}, {falls, 99, 95, 5, false}, {rises, 100, 95, 5, true}, {rises, 99.9, 95, 5, false},
		{above, 100.0004, 100, 100, false}, // within the thousandth that is kept
	} {
		if got := crossed(c.condition, c.n, c.limit, c.by); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}
