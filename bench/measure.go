package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"sync"
	"text/tabwriter"
	"time"

	"tuntas/office/access"
)

// flowResult is how long a flow took.
type flowResult struct {
	Name             string
	N                int
	P50, P95, Target time.Duration
	Bytes            int
}

// What a page and a write may take, alone and among others.
const (
	pageAlone = 20 * time.Millisecond
	pageMany  = 100 * time.Millisecond
	homeMany  = 60 * time.Millisecond
	write     = 50 * time.Millisecond
)

func resultOf(f flow, times []time.Duration, bytes int, page time.Duration) flowResult {
	slices.Sort(times)
	r := flowResult{Name: f.name, N: len(times), P50: quantile(times, 0.5), P95: quantile(times, 0.95), Bytes: bytes, Target: page}
	if f.body != nil {
		r.Target = write
	} else if page == pageMany && f.home() {
		r.Target = homeMany
	}
	return r
}

func quantile(sorted []time.Duration, q float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}

// wanted are the flows to measure.
func (s settings) wanted() ([]flow, error) {
	only, err := regexp.Compile(s.only)
	if err != nil {
		return nil, err
	}
	all := flows()
	if s.revitalise {
		all = append(all, revitalising()...)
	}
	return slices.DeleteFunc(all, func(f flow) bool { return !only.MatchString(f.name) }), nil
}

// alone measures each flow that is wanted with one request after the other.
func (t *team) alone(ctx context.Context, s settings) ([]flowResult, error) {
	wanted, err := s.wanted()
	if err != nil {
		return nil, err
	}
	var all []flowResult
	for _, f := range wanted {
		users := t.of(f.role)
		var times []time.Duration
		bytes := 0
		for i := range s.alone + 10 {
			took, size, err := f.do(ctx, users[i%len(users)])
			if err != nil {
				return nil, err
			}
			if i >= 10 { // the first warm the caches
				times, bytes = append(times, took), max(bytes, size)
			}
		}
		all = append(all, resultOf(f, times, bytes, pageAlone))
	}
	return all, nil
}

// together lets the users work side by side, each with a second of thought after each answer: first those of the
// centres and one of the province at all they do, then users of every role who open their homes.
func (t *team) together(ctx context.Context, s settings) ([]flowResult, error) {
	all, err := s.wanted()
	if err != nil {
		return nil, err
	}
	doing, err := sideBySide(ctx, all, t.crew(s.users), s.length)
	if err != nil {
		return nil, err
	}
	athome := slices.DeleteFunc(slices.Clone(all), func(f flow) bool { return !f.home() })
	opening, err := sideBySide(ctx, athome, t.everyRole(s.users), s.length)
	var out []flowResult
	for _, f := range all {
		w := doing
		if f.home() {
			w = opening
		}
		out = append(out, resultOf(f, w.times[f.name], w.bytes[f.name], pageMany))
	}
	return out, err
}

// crew are social workers and heads of all centres, and one who sees the province.
func (t *team) crew(users int) (all []*user) {
	staff := append(t.of("social_worker"), t.of("head_centre")...)
	for n := range users - 1 {
		all = append(all, staff[n*len(staff)/users])
	}
	return append(all, t.of("head_division")[0])
}

// everyRole are users of all roles in turn.
func (t *team) everyRole(users int) (all []*user) {
	for n := range users {
		u := *pick(t.users[0], t.of(access.Roles[n%len(access.Roles)].Key)) // two may sit at one account
		u.r = rand.New(rand.NewPCG(uint64(n), 2))
		all = append(all, &u)
	}
	return all
}

// worked is what users met, by flow.
type worked struct {
	times map[string][]time.Duration
	bytes map[string]int
}

// p95 is that of all pages (or all writes) together.
func (w worked) p95(all []flow, writes bool) time.Duration {
	var times []time.Duration
	for _, f := range all {
		if (f.body != nil) == writes {
			times = append(times, w.times[f.name]...)
		}
	}
	slices.Sort(times)
	return quantile(times, 0.95)
}

// sideBySide lets each of the users do the flows of its role, again and again.
func sideBySide(ctx context.Context, all []flow, crew []*user, length time.Duration) (worked, error) {
	hours, end := context.WithTimeout(ctx, length)
	defer end()
	return workUntil(ctx, hours, all, crew)
}

// workUntil lets the users work until the hours are over; what was begun is finished.
func workUntil(ctx, hours context.Context, all []flow, crew []*user) (worked, error) {
	crew = slices.DeleteFunc(slices.Clone(crew), func(u *user) bool {
		return !slices.ContainsFunc(all, func(f flow) bool { return f.role == u.role })
	})
	var mu sync.Mutex
	w := worked{map[string][]time.Duration{}, map[string]int{}}
	var broken error
	var working sync.WaitGroup
	for n, u := range crew {
		working.Go(func() {
			time.Sleep(time.Duration(n) * time.Second / time.Duration(len(crew)))
			for hours.Err() == nil {
				f := choose(all, u)
				took, size, err := f.do(ctx, u)
				mu.Lock()
				w.times[f.name], w.bytes[f.name] = append(w.times[f.name], took), max(w.bytes[f.name], size)
				if err != nil {
					broken = err
				}
				mu.Unlock()
				time.Sleep(time.Second)
			}
		})
	}
	working.Wait()
	return w, broken
}

// choose takes one of the flows of a user's role, by weight.
func choose(all []flow, u *user) flow {
	sum := 0
	for _, f := range all {
		if f.role == u.role {
			sum += f.weight
		}
	}
	roll := u.r.IntN(sum)
	for _, f := range all {
		if f.role != u.role {
			continue
		}
		if roll -= f.weight; roll < 0 {
			return f
		}
	}
	return all[0]
}

// ratio is how much longer the same list takes for the worker of one centre than for who sees all.
type ratio struct {
	Path     string
	One, All time.Duration // p50
}

func (t *team) ratios(ctx context.Context, n int) ([]ratio, error) {
	var all []ratio
	one, province := t.of("social_worker")[0], t.of("head_division")[0]
	for _, path := range []string{"/api/v1/cases", "/api/v1/cases?stage=intervention", "/api/v1/cases?late=true", "/api/v1/cases?open=true",
		"/api/v1/cases?q=sumarni", "/api/v1/persons", "/api/v1/persons?q=sumarni"} {
		f := flow{path: plain(path)}
		var times [2][]time.Duration
		for i := range n + 10 {
			for k, u := range []*user{one, province} {
				took, _, err := f.do(ctx, u)
				if err != nil {
					return nil, err
				}
				if i >= 10 {
					times[k] = append(times[k], took)
				}
			}
		}
		slices.Sort(times[0])
		slices.Sort(times[1])
		all = append(all, ratio{path, quantile(times[0], 0.5), quantile(times[1], 0.5)})
	}
	return all, nil
}

func (r engineResults) print() {
	fmt.Printf("\n%s: made in %s, start %s (target 0.5 s), memory idle %.0f MB (target 80), after work %.0f MB\n", r.Engine,
		r.Made.Round(time.Second), r.Start.Round(time.Millisecond), float64(r.Idle)/1e6, float64(r.After)/1e6)
	w := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(w, "\tKB\talone p50\tp95\ttarget\t\tmany p50\tp95\ttarget\tn\t\t")
	for i, a := range r.Alone {
		var m flowResult // with -only there are none
		if i < len(r.Many) {
			m = r.Many[i]
		}
		_, _ = fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%d\t%s\t\n", a.Name, a.Bytes/1024, ms(a.P50), ms(a.P95), ms(a.Target), over(a), ms(m.P50), ms(m.P95), ms(m.Target), m.N, over(m))
	}
	_ = w.Flush()
	_, _ = fmt.Fprintln(w, "one centre against all, p50\tone\tall\tratio (target 1.2)\t\t")
	for _, q := range r.Ratios {
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%.2f\t\t\n", q.Path, ms(q.One), ms(q.All), float64(q.One)/float64(max(1, q.All)))
	}
	_ = w.Flush()
	if r.Keeping != nil {
		r.Keeping.print()
	}
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f", float64(d.Microseconds())/1000) }

func over(r flowResult) string {
	if r.P95 > r.Target {
		return "over"
	}
	return ""
}
