package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tuntas/house/fail"
	"tuntas/house/jobs"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/try/province"
)

var testTell = store.NewAct("test.tell", who.SeeCentre)

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

type topics = map[string]func(context.Context, store.Message) error

// tell leaves messages in the outbox by one write.
func tell(p *province.Province, n int, end error) error {
	return p.Store.Write(p.Ctx, p.House, testTell, func(tx *store.Tx) error {
		for i := range n {
			tx.Tell("test", i)
		}
		tx.Record(store.Entry{Kind: "test", Say: fail.Say("Uji.")})
		return end
	})
}

// Of two instances one does a job, again and again; when it is gone the other takes over.
func TestRun_onceAmongTwo(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		second := province.Open(t, p.Address)
		done := make(chan int)
		start := func(which int, s *store.Store) (stop func()) {
			ctx, cancel := context.WithCancel(p.Ctx)
			var gone sync.WaitGroup
			r := jobs.New(s, quiet(), nil, jobs.Job{Name: "uji", Every: 2 * time.Millisecond, Do: func(ctx context.Context) error {
				select {
				case done <- which:
				case <-ctx.Done():
				}
				return nil
			}})
			gone.Go(func() { r.Run(ctx) })
			return func() { cancel(); gone.Wait() }
		}
		stops := []func(){start(0, p.Store), start(1, second.Store)}
		first := <-done
		for range 20 {
			if which := <-done; which != first {
				t.Error("two instances did the same job")
			}
		}
		stops[first]()
		p.Clock.Pass(time.Minute) // the lease of the one that is gone runs out
		second.Clock.Pass(time.Minute)
		if which := <-done; which == first {
			t.Error("who was stopped works on")
		}
		stops[1-first]()
	})
}

// A message is delivered after the commit and not before: what was rolled back is never told.
func TestDeliver_afterCommit(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		got := 0
		r := jobs.New(p.Store, quiet(), topics{"test": func(context.Context, store.Message) error { got++; return nil }})
		if err := tell(p, 3, errors.New("changed my mind")); err == nil {
			t.Error("committed in spite of an error")
		}
		province.Must(t, r.Deliver(p.Ctx))
		if got != 0 {
			t.Errorf("%d messages of a write that did not happen", got)
		}
		province.Must(t, tell(p, 45, nil)) // more than one claim takes
		province.Must(t, r.Deliver(p.Ctx))
		province.Must(t, r.Deliver(p.Ctx))
		if n, err := p.Store.Waiting(p.Ctx); got != 45 || n != 0 || err != nil {
			t.Errorf("%d delivered, %d wait, %v", got, n, err)
		}
	})
}

// A message that could not be delivered waits and is tried again, later each time; nobody's message is kept.
func TestDeliver_again(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		tries, heals := 0, 3
		r := jobs.New(p.Store, quiet(), topics{"test": func(_ context.Context, m store.Message) error {
			if tries++; m.Tries != tries || string(m.Body) != "0" {
				t.Errorf("try %d says it is %d, with %s", tries, m.Tries, m.Body)
			}
			if tries < heals {
				return errors.New("not yet")
			}
			return nil
		}})
		province.Must(t, tell(p, 1, nil))
		for want, wait := range []time.Duration{0, 0, 3 * time.Second, 0, 5 * time.Second, time.Hour} {
			p.Clock.Pass(wait)
			province.Must(t, r.Deliver(p.Ctx))
			if expected := []int{1, 1, 2, 2, 3, 3}[want]; tries != expected {
				t.Errorf("after round %d: %d tries, want %d", want+1, tries, expected)
			}
		}
		if n, _ := p.Store.Waiting(p.Ctx); n != 0 {
			t.Errorf("%d wait", n)
		}
		nobody := jobs.New(p.Store, quiet(), nil)
		province.Must(t, tell(p, 1, nil))
		province.Must(t, nobody.Deliver(p.Ctx))
		if n, _ := p.Store.Waiting(p.Ctx); n != 1 {
			t.Errorf("a message without a listener is gone: %d wait", n)
		}
	})
}

// Several instances that deliver at once hand on each message once.
func TestDeliver_manyAtOnce(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		var mu sync.Mutex
		got := map[string]int{}
		var all sync.WaitGroup
		province.Must(t, tell(p, 100, nil))
		for range 4 {
			all.Go(func() {
				r := jobs.New(p.Store, quiet(), topics{"test": func(_ context.Context, m store.Message) error {
					mu.Lock()
					defer mu.Unlock()
					got[string(m.Body)]++
					return nil
				}})
				if err := r.Deliver(p.Ctx); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for body, n := range got {
			if n != 1 {
				t.Errorf("message %s came %d times", body, n)
			}
		}
		if len(got) != 100 {
			t.Errorf("%d of 100 messages", len(got))
		}
	})
}

// A commit wakes the runner: nobody waits for the next round. A failing job is tried again at its next turn.
func TestRun_wakes(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		told, turns := make(chan struct{}), make(chan struct{})
		var n atomic.Int64
		r := jobs.New(p.Store, quiet(), topics{"test": func(context.Context, store.Message) error { close(told); return nil }},
			jobs.Job{Name: "gagal", Every: time.Millisecond, Do: func(context.Context) error {
				if n.Add(1) == 3 {
					close(turns)
				}
				return errors.New("always")
			}})
		ctx, cancel := context.WithCancel(p.Ctx)
		var gone sync.WaitGroup
		gone.Go(func() { r.Run(ctx) })
		province.Must(t, tell(p, 1, nil))
		<-told
		<-turns
		cancel()
		gone.Wait()
	})
}
