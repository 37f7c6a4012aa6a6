package standards

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func drawn(t *rapid.T) []Criterion {
	n := rapid.IntRange(1, 30).Draw(t, "criteria")
	all := make([]Criterion, n)
	for i := range all {
		all[i] = Criterion{Node: Node{Key: fmt.Sprint("c", i), Imperative: rapid.Bool().Draw(t, "imperative")}, Share: float64(rapid.IntRange(1, 9).Draw(t, "share"))}
	}
	return all
}

// A score lies between 0 and 100; what is not assessed or does not apply changes nothing of it; "no" lowers it.
func TestScore_property(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		criteria := drawn(t)
		values := map[string]string{}
		for _, c := range criteria {
			if v := rapid.SampledFrom([]string{"", Yes, Partly, No, NotApplicable}).Draw(t, c.Key); v != "" {
				values[c.Key] = v
			}
		}
		s := ScoreOf(criteria, values)
		if s.Percent() < 0 || s.Percent() > 100 || s.Assessed != len(values) || (s.Progress() == 100) != (len(values) == len(criteria)) {
			t.Fatalf("%+v of %v", s, values)
		}
		more := append([]Criterion{{Node: Node{Key: "new"}, Share: 7}}, criteria...)
		if empty := ScoreOf(more, values); math.Abs(empty.Percent()-s.Percent()) > 1e-9 || len(empty.Fails) != len(s.Fails) {
			t.Fatalf("a criterion that nobody assessed turns %v into %v", s, empty)
		}
		values["new"] = NotApplicable
		if na := ScoreOf(more, values); math.Abs(na.Percent()-s.Percent()) > 1e-9 {
			t.Fatalf("a criterion that does not apply turns %v into %v", s, na)
		}
		values["new"] = No
		if no := ScoreOf(more, values); s.Sum > 0 && no.Percent() >= s.Percent() {
			t.Fatalf("a no does not lower %v: %v", s, no)
		}
	})
}

// A copy of the last period with nothing changed is 0 % of an assessment, and no score.
func TestCopied_property(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		criteria := drawn(t)
		before := map[string]Answer{}
		for _, c := range criteria {
			if v := rapid.SampledFrom([]string{"", Yes, Partly, No, NotApplicable}).Draw(t, c.Key); v != "" {
				before[c.Key] = Answer{Criterion: c.Key, Value: v, Confirmed: rapid.Bool().Draw(t, "confirmed")}
			}
		}
		now := map[string]Answer{}
		for _, w := range copied(before, nil, criteria) {
			now[w.Criterion] = w
		}
		if s := ownScore(criteria, now); s.Assessed != 0 || s.Progress() != 0 || s.Known() || len(s.Fails) > 0 {
			t.Fatalf("a mere copy counts: %+v", s)
		}
		if again := copied(before, now, criteria); len(again) != 0 {
			t.Fatalf("copied twice: %v", again)
		}
	})
}

func TestSuggests(t *testing.T) {
	t.Parallel()
	plans, _ := FactOf("plans-approved")
	room, _ := FactOf("capacity")
	for _, c := range []struct {
		f    Fact
		n    Count
		want string
	}{{plans, Count{0, 0}, ""}, {plans, Count{0, 5}, No}, {plans, Count{4, 5}, Partly}, {plans, Count{5, 5}, Yes},
		{room, Count{5, 0}, ""}, {room, Count{0, 5}, Yes}, {room, Count{5, 5}, Yes}, {room, Count{6, 5}, No}} {
		if got := c.f.Suggests(c.n); got != c.want {
			t.Errorf("%s, %+v suggests %q, want %q", c.f.Key, c.n, got, c.want)
		}
	}
}
