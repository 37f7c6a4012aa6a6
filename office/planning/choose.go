package planning

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// Option is one action as the choice sees it.
type Option struct {
	Cost   int64 // rupiah
	Closes []int // gaps, by their place in the weights; each once
	Lock   int   // 1: it must be in, -1: it must not
}

// Task is a ceiling in rupiah, the weights of gaps, and options that overlap in the gaps they close. A gap that two chosen
// options close counts once.
type Task struct {
	Ceiling int64
	Weights []int64 // each at least 0
	Options []Option
}

// Choice is a set of options with what it closes. Most is what no set can pass: where it equals Gain, the set is proven to
// be the best.
type Choice struct {
	In   []bool
	Gain int64
	Most int64
	Cost int64
	Took int // sets that were looked into
}

// Proven tells whether no other set closes more.
func (c Choice) Proven() bool { return c.Gain >= c.Most }

// Choose finds the set of options that closes the most weight under the ceiling. It searches by branch and bound; the bound
// is the Lagrangian of "a gap counts only when an option that closes it is in", which leaves a knapsack that is solved with
// fractions. The search ends early with its context, or after so many sets when most is not 0: then the
// best set so far stands with the bound that still holds. False when what is
// locked in costs more than the ceiling.
func Choose(ctx context.Context, t Task, most int) (Choice, bool) {
	s := newSearch(t)
	s.ctx, s.limit = ctx, most
	if s.left < 0 {
		return Choice{}, false
	}
	s.offer(s.greedy())
	s.most = s.root()
	s.offer(s.greedy())
	if s.best.Gain < s.most {
		s.walk(s.free, s.price)
	}
	if !s.ended {
		s.most = s.best.Gain
	}
	s.best.Most, s.best.Took = max(s.most, s.best.Gain), s.sets
	return s.best, true
}

// search is the state of one search. What is decided on the way is in covered, in and left; undone on the way back.
type search struct {
	Task
	ctx     context.Context //nolint:containedctx // of one search, which ends with it
	limit   int             // of sets; 0 is none
	best    Choice
	most    int64 // that no set can pass
	free    []int // options to decide
	in      []bool
	covered []int // how many chosen options close each gap
	gain    int64
	left    int64 // of the ceiling
	price   []float64
	sets    int
	ended   bool
	worth   []float64 // room of relax
	order   []int
	share   []float64
}

func newSearch(t Task) *search {
	s := &search{Task: t, in: make([]bool, len(t.Options)), covered: make([]int, len(t.Weights)), left: t.Ceiling, price: make([]float64, len(t.Weights)),
		worth: make([]float64, len(t.Options)), share: make([]float64, len(t.Options))}
	closers := make([]int, len(t.Weights))
	for i, o := range t.Options {
		switch {
		case o.Lock > 0 || o.Lock == 0 && o.Cost == 0: // what costs nothing never hurts
			s.take(i)
		case o.Lock == 0 && o.Cost <= t.Ceiling:
			s.free = append(s.free, i)
			for _, g := range o.Closes {
				closers[g]++
			}
		}
	}
	s.best = Choice{In: slices.Clone(s.in), Gain: s.gain, Cost: t.Ceiling - s.left}
	for g, w := range t.Weights {
		s.price[g] = float64(w) / float64(max(closers[g], 1))
	}
	return s
}

func (s *search) take(i int) {
	s.in[i] = true
	s.left -= s.Options[i].Cost
	for _, g := range s.Options[i].Closes {
		if s.covered[g]++; s.covered[g] == 1 {
			s.gain += s.Weights[g]
		}
	}
}

func (s *search) drop(i int) {
	s.in[i] = false
	s.left += s.Options[i].Cost
	for _, g := range s.Options[i].Closes {
		if s.covered[g]--; s.covered[g] == 0 {
			s.gain -= s.Weights[g]
		}
	}
}

// offer keeps what is chosen now if it is better than the best so far, or as good and cheaper; then it takes back what undo
// names.
func (s *search) offer(undo []int) {
	cost := s.Ceiling - s.left
	if s.gain > s.best.Gain || s.gain == s.best.Gain && cost < s.best.Cost {
		copy(s.best.In, s.in)
		s.best.Gain, s.best.Cost = s.gain, cost
	}
	for _, i := range slices.Backward(undo) {
		s.drop(i)
	}
}

// adds is what an option would close beyond what is chosen.
func (s *search) adds(i int) (w int64) {
	for _, g := range s.Options[i].Closes {
		if s.covered[g] == 0 {
			w += s.Weights[g]
		}
	}
	return w
}

// greedy fills the ceiling by the most new weight for the money, then looks for one in place of another that gives more. It
// tells what it took.
func (s *search) greedy() (took []int) {
	for {
		best, rate := -1, 0.0
		for _, i := range s.free {
			if s.in[i] || s.Options[i].Cost > s.left {
				continue
			}
			if r := float64(s.adds(i)) / float64(s.Options[i].Cost); r > rate {
				best, rate = i, r
			}
		}
		if best < 0 {
			return s.swap(took)
		}
		s.take(best)
		took = append(took, best)
	}
}

// swap puts one option in place of another as long as that closes more.
func (s *search) swap(took []int) []int {
	for range len(s.free) {
		bestOut, bestIn, best := -1, -1, s.gain
		for k, out := range took {
			s.drop(out)
			for _, i := range s.free {
				if !s.in[i] && s.Options[i].Cost <= s.left && s.gain+s.adds(i) > best {
					bestOut, bestIn, best = k, i, s.gain+s.adds(i)
				}
			}
			s.take(out)
		}
		if bestOut < 0 {
			return took
		}
		s.drop(took[bestOut])
		s.take(bestIn)
		took[bestOut] = bestIn
		for _, i := range s.free { // what now fits as well
			if !s.in[i] && s.Options[i].Cost <= s.left && s.adds(i) > 0 {
				s.take(i)
				took = append(took, i)
			}
		}
	}
	return took
}

// bound is what relax tells of the options that are not decided.
type bound struct {
	most  float64   // that no completion can pass
	price []float64 // of gaps, with which that was seen
	ratio float64   // of worth to cost at which the money ends
	cut   int       // the option of which a part fits; -1
}

// relax gives the bound for one price of each gap. A gap that nothing chosen closes counts what its weight is above its
// price, and each option the prices of the gaps that it closes.
func (s *search) relax(free []int, price []float64) (b bound) {
	total := float64(s.gain)
	for g, w := range s.Weights {
		if s.covered[g] == 0 && float64(w) > price[g] {
			total += float64(w) - price[g]
		}
	}
	s.order = s.order[:0]
	for _, i := range free {
		s.worth[i], s.share[i] = 0, 0
		for _, g := range s.Options[i].Closes {
			if s.covered[g] == 0 {
				s.worth[i] += price[g]
			}
		}
		if s.worth[i] > 0 && s.Options[i].Cost <= s.left {
			s.order = append(s.order, i)
		}
	}
	slices.SortFunc(s.order, func(a, b int) int {
		if c := cmp.Compare(s.worth[b]*float64(s.Options[a].Cost), s.worth[a]*float64(s.Options[b].Cost)); c != 0 {
			return c
		}
		return a - b
	})
	left := s.left
	b.cut = -1
	for _, i := range s.order {
		cost := s.Options[i].Cost
		if cost <= left {
			left -= cost
			total += s.worth[i]
			s.share[i] = 1
			continue
		}
		b.cut, b.ratio = i, s.worth[i]/float64(cost)
		s.share[i] = float64(left) / float64(cost)
		total += s.worth[i] * s.share[i]
		break
	}
	b.most = total
	return b
}

// tighten moves the prices so that the bound falls, for so many steps: a gap whose closers take more than the gap is worth
// gets a lower price, one that counts without a closer a higher one.
func (s *search) tighten(free []int, price []float64, steps int) bound {
	price = slices.Clone(price)
	best := s.relax(free, price)
	best.price = slices.Clone(price)
	slope := make([]float64, len(s.Weights))
	pace := 1.0
	for step, since := 0, 0; step < steps && int64(best.most) > s.best.Gain; step++ {
		square := s.slopes(free, price, slope)
		if square == 0 {
			break
		}
		b := s.down(free, price, slope, pace*(best.most-0.99*float64(s.best.Gain))/square)
		if b.most < best.most-1e-9 {
			best, since = b, 0
			best.price = slices.Clone(price)
		} else if since++; since > 6 {
			pace, since = pace/2, 0
		}
	}
	return best
}

// slopes tells for each gap how the bound changes with its price, by the last look of relax: how much of its closers is in,
// minus one where the gap counts. It gives the square of all.
func (s *search) slopes(free []int, price, slope []float64) (square float64) {
	for g, w := range s.Weights {
		slope[g] = 0
		if s.covered[g] == 0 && float64(w) > price[g] {
			slope[g] = -1
		}
	}
	for _, i := range free {
		for _, g := range s.Options[i].Closes {
			if s.covered[g] == 0 {
				slope[g] += s.share[i]
			}
		}
	}
	for _, v := range slope {
		square += v * v
	}
	return square
}

// down goes one step down the slope and looks from there.
func (s *search) down(free []int, price, slope []float64, step float64) bound {
	for g := range price {
		price[g] = min(max(price[g]-step*slope[g], 0), float64(s.Weights[g]))
	}
	return s.relax(free, price)
}

// root tightens the bound before anything is decided, and keeps its prices.
func (s *search) root() int64 {
	b := s.tighten(s.free, s.price, 400)
	s.price = b.price
	return int64(math.Floor(b.most + 1e-6))
}

// walk decides the free options one by one: first in, then out.
func (s *search) walk(free []int, price []float64) {
	if s.sets++; s.limit > 0 && s.sets > s.limit || s.sets%16 == 0 && s.ctx.Err() != nil {
		s.ended = true
	}
	if s.ended {
		return
	}
	b := s.tighten(free, price, 12)
	if int64(math.Floor(b.most+1e-6)) <= s.best.Gain {
		return
	}
	s.relax(free, b.price)
	free, pick := s.fix(free, b)
	if pick < 0 {
		took := s.greedyOf(free)
		s.offer(took)
		return
	}
	rest := slices.DeleteFunc(slices.Clone(free), func(i int) bool { return i == pick })
	s.take(pick)
	s.offer(nil)
	s.walk(s.fitting(rest), b.price)
	s.drop(pick)
	s.walk(rest, b.price)
}

// fitting leaves out what no longer fits under the ceiling.
func (s *search) fitting(free []int) []int {
	return slices.DeleteFunc(slices.Clone(free), func(i int) bool { return s.Options[i].Cost > s.left })
}

// fix drops options that cannot be in any better set: with them the bound would not pass the best. It picks the one to
// decide next: that of which a part fits, else the one that is worth most.
func (s *search) fix(free []int, b bound) (kept []int, pick int) {
	pick = -1
	for _, i := range free {
		over := b.ratio*float64(s.Options[i].Cost) - s.worth[i] // what the bound loses when it is forced in
		if s.share[i] == 0 && over > 0 && int64(math.Floor(b.most-over+1e-6)) <= s.best.Gain || s.Options[i].Cost > s.left || s.adds(i) == 0 {
			continue
		}
		kept = append(kept, i)
	}
	if b.cut >= 0 && slices.Contains(kept, b.cut) {
		return kept, b.cut
	}
	most := 0.0
	for _, i := range kept {
		if s.worth[i] > most || pick < 0 {
			pick, most = i, s.worth[i]
		}
	}
	return kept, pick
}

// greedyOf takes what fits of a few options.
func (s *search) greedyOf(free []int) (took []int) {
	for _, i := range free {
		if s.Options[i].Cost <= s.left && s.adds(i) > 0 {
			s.take(i)
			took = append(took, i)
		}
	}
	return took
}
