// Package jobs runs what nobody waits for: the outbox, and a timetable of jobs of which one instance
// among several does each.
package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"tuntas/house/id"
	"tuntas/house/store"
)

// Job is one line of the timetable.
type Job struct {
	Name  string
	Every time.Duration
	Do    func(context.Context) error
}

// Runner delivers the outbox and keeps the timetable.
type Runner struct {
	store  *store.Store
	log    *slog.Logger
	topics map[string]func(context.Context, store.Message) error
	jobs   []Job
	holder string
}

// New makes a runner. Folding the figures is always on the timetable.
func New(s *store.Store, log *slog.Logger, topics map[string]func(context.Context, store.Message) error, jobs ...Job) *Runner {
	fold := Job{Name: "fold", Every: time.Second, Do: s.Fold}
	return &Runner{s, log, topics, append([]Job{fold}, jobs...), id.New().String()}
}

// Run works until the context ends, and returns when the last job has stopped.
func (r *Runner) Run(ctx context.Context) {
	var all sync.WaitGroup
	for _, j := range r.jobs {
		all.Go(func() { r.keep(ctx, j) })
	}
	all.Go(func() { r.outbox(ctx) })
	all.Wait()
}

func (r *Runner) keep(ctx context.Context, j Job) {
	tick := time.NewTicker(j.Every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		mine, err := r.store.Lease(ctx, j.Name, r.holder, 3*j.Every+5*time.Second)
		if err == nil && mine {
			err = j.Do(ctx)
		}
		if err != nil && ctx.Err() == nil {
			r.log.Warn("job failed", "job", j.Name, "error", err)
		}
	}
}

func (r *Runner) outbox(ctx context.Context) {
	tick := time.NewTicker(5 * time.Second)
	defer tick.Stop()
	for {
		if err := r.Deliver(ctx); err != nil && ctx.Err() == nil {
			r.log.Warn("outbox failed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-r.store.Nudge():
		case <-tick.C:
		}
	}
}

// Deliver hands every message that is due to the function of its topic.
func (r *Runner) Deliver(ctx context.Context) error {
	for {
		messages, err := r.store.Claim(ctx)
		if err != nil || len(messages) == 0 {
			return err
		}
		for _, m := range messages {
			if err := r.deliver(ctx, m); err != nil {
				return err
			}
		}
	}
}

func (r *Runner) deliver(ctx context.Context, m store.Message) error {
	do, known := r.topics[m.Topic]
	if !known {
		return r.store.Failed(ctx, m, fmt.Errorf("nobody listens to %s", m.Topic))
	}
	if err := do(ctx, m); err != nil {
		r.log.Warn("message failed", "topic", m.Topic, "tries", m.Tries, "error", err)
		return r.store.Failed(ctx, m, err)
	}
	return r.store.Delivered(ctx, m)
}
