package planning_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"tuntas/office/planning"
)

// gainOf is what a set closes and costs, counted plainly.
func gainOf(t planning.Task, in []bool) (gain, cost int64) {
	closed := map[int]bool{}
	for i, o := range t.Options {
		if !in[i] {
			continue
		}
		cost += o.Cost
		for _, g := range o.Closes {
			if !closed[g] {
				closed[g] = true
				gain += t.Weights[g]
			}
		}
	}
	return gain, cost
}

// best tries every set.
func best(t planning.Task) (gain int64, possible bool) {
	in := make([]bool, len(t.Options))
	for set := range 1 << len(t.Options) {
		fits := true
		for i, o := range t.Options {
			in[i] = set>>i&1 == 1
			fits = fits && !(o.Lock > 0 && !in[i]) && !(o.Lock < 0 && in[i])
		}
		if g, cost := gainOf(t, in); fits && cost <= t.Ceiling {
			possible = true
			gain = max(gain, g)
		}
	}
	return gain, possible
}

func taskOf(dice *rand.Rand, options, gaps, closes int) planning.Task {
	t := planning.Task{Weights: make([]int64, gaps)}
	for g := range t.Weights {
		t.Weights[g] = dice.Int64N(5000)
	}
	total := int64(0)
	for range options {
		o := planning.Option{Cost: dice.Int64N(40) * 5_000_000}
		for range 1 + dice.IntN(closes) {
			if g := dice.IntN(gaps); !slices.Contains(o.Closes, g) {
				o.Closes = append(o.Closes, g)
			}
		}
		switch dice.IntN(12) {
		case 0:
			o.Lock = 1
		case 1:
			o.Lock = -1
		}
		total += o.Cost
		t.Options = append(t.Options, o)
	}
	t.Ceiling = dice.Int64N(total + 1)
	return t
}

// Against every set of small tasks: the choice is the best, says so, respects what is locked, and never costs more than the
// ceiling.
func TestProperty_choose(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(52, 16))
	for n := range 600 {
		task := taskOf(dice, 1+dice.IntN(11), 1+dice.IntN(9), 4)
		want, possible := best(task)
		c, ok := planning.Choose(t.Context(), task, 0)
		if ok != possible {
			t.Fatalf("%d: possible %v, said %v: %+v", n, possible, ok, task)
		}
		if !ok {
			continue
		}
		gain, cost := gainOf(task, c.In)
		if c.Gain != want || gain != want || !c.Proven() || c.Most != want || cost != c.Cost || cost > task.Ceiling {
			t.Fatalf("%d: %d of at most %d for %d, counted %d for %d; the best is %d: %+v", n, c.Gain, c.Most, c.Cost, gain, cost, want, task)
		}
		for i, o := range task.Options {
			if o.Lock > 0 && !c.In[i] || o.Lock < 0 && c.In[i] {
				t.Fatalf("%d: a lock was not respected: %+v", n, task)
			}
		}
	}
}

// A search that ends early still holds: its set fits, and its bound is above what is reached and below the sum of all.
func TestChoose_limit(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(4, 11))
	for n := range 20 {
		task := taskOf(dice, 14, 12, 4)
		full, ok := planning.Choose(t.Context(), task, 0)
		if !ok {
			continue
		}
		early, _ := planning.Choose(t.Context(), task, 1)
		if gain, cost := gainOf(task, early.In); gain != early.Gain || cost > task.Ceiling || early.Gain > full.Gain || early.Most < full.Gain {
			t.Errorf("%d: %d of at most %d, in full %d", n, early.Gain, early.Most, full.Gain)
		}
	}
}

// As large as the office needs it: 200 actions that overlap in the gaps they close. The set is proven, or the distance to
// what no set can pass is small.
func TestChoose_large(t *testing.T) {
	t.Parallel()
	for _, seed := range []uint64{1, 2, 3} {
		dice := rand.New(rand.NewPCG(seed, 200))
		task := taskOf(dice, 200, 300, 8)
		for i := range task.Options {
			task.Options[i].Lock = 0
			task.Options[i].Cost += 1_000_000
		}
		task.Ceiling = 4_000_000_000
		c, ok := planning.Choose(t.Context(), task, 4000)
		gain, cost := gainOf(task, c.In)
		if !ok || gain != c.Gain || cost > task.Ceiling || c.Gain*100 < c.Most*98 {
			t.Errorf("%d: %d of at most %d for %d", seed, c.Gain, c.Most, cost)
		}
		t.Logf("seed %d: %d of at most %d (%.2f%%), %d sets", seed, c.Gain, c.Most, 100*float64(c.Gain)/float64(c.Most), c.Took)
	}
}

func BenchmarkChoose(b *testing.B) {
	dice := rand.New(rand.NewPCG(7, 200))
	task := taskOf(dice, 200, 300, 8)
	for i := range task.Options {
		task.Options[i].Lock = 0
		task.Options[i].Cost += 1_000_000
	}
	task.Ceiling = 4_000_000_000
	for b.Loop() {
		ctx, done := context.WithTimeout(b.Context(), 1500*time.Millisecond)
		c, _ := planning.Choose(ctx, task, 0)
		done()
		b.ReportMetric(100*float64(c.Gain)/float64(max(c.Most, 1)), "%ofbound")
		b.ReportMetric(float64(c.Took), "sets")
	}
}
