package store

import (
	"context"
	"fmt"
	"time"

	"tuntas/house/who"
)

// Health is how the house itself is, for those who look after it. It names no person in need.
type Health struct {
	Engine          string
	Schema, Latest  int64
	Bytes           int64     // of the database
	Waiting, Failed int64     // messages of the outbox; failed were tried before and will be tried again
	Oldest          time.Time // since when the oldest message waits
	Unfolded        int64     // movements of figures that are not in the tallies yet
	Entries, Chains int64     // of the audit trail
	Jobs            []Lease
}

// Lease is a job of the timetable, and until when an instance has taken it.
type Lease struct {
	Name  string
	Until time.Time
}

// Refusal is a deed for which somebody lacked the right.
type Refusal struct {
	At        time.Time
	Name, Act string
}

// Looks is how often persons were looked at by one way: page, api, print, export.
type Looks struct {
	Via string
	N   int64 // disclosures
}

var (
	seeHealth  = NewSystemAct("system.health", who.SeeSystem)
	seeRefused = NewSystemAct("trail.refused", who.SeeTrail)
	seeLooks   = NewSystemAct("trail.looks", who.SeeTrail)

	outboxState  = house(`select count(*), coalesce(sum(case when o.tries > 0 then 1 else 0 end), 0), coalesce(min(o.at), 0) from outbox o`)
	deltasState  = house(`select count(*) from deltas`)
	chainsState  = house(`select coalesce(sum(h.seq), 0), count(*) from audit_heads h`)
	leasesState  = house(`select l.name, l.until from leases l where l.name <> 'latest-moment' order by l.name`)
	refusedSince = house(`select count(*) from refusals f where f.at > ?`)
	refusedLast  = house(`select f.at, f.actor_name, f.act from refusals f where f.at > ? order by f.at desc, f.id desc limit ? offset ?`)
	looksSince   = house(`select d.via, count(*) from disclosures d where d.at > ? group by d.via order by d.via`)
)

// HealthNow tells how the house is.
func (s *Store) HealthNow(ctx context.Context, by who.Asker) (h Health, err error) {
	h.Engine = s.Engine()
	if h.Schema, h.Latest, err = s.versions(ctx); err != nil {
		return h, err
	}
	size := "select page_count * page_size from pragma_page_count(), pragma_page_size()"
	if s.engine == postgres {
		size = "select pg_database_size(current_database())"
	}
	if err := s.readers.QueryRowContext(ctx, size).Scan(&h.Bytes); err != nil {
		return h, fmt.Errorf("ask for the size: %w", busy(err))
	}
	err = s.Read(ctx, by, seeHealth, func(tx *Tx) error {
		var ms int64
		for st, into := range map[*Stmt][]any{outboxState: {&h.Waiting, &h.Failed, &ms}, deltasState: {&h.Unfolded}, chainsState: {&h.Entries, &h.Chains}} {
			if _, err := One(tx, st, func(r Row) (struct{}, error) { return struct{}{}, r.Scan(into...) }); err != nil {
				return err
			}
		}
		if h.Waiting > 0 {
			h.Oldest = time.UnixMilli(ms)
		}
		h.Jobs, err = Each(tx, leasesState, func(r Row) (l Lease, err error) {
			var until int64
			err = r.Scan(&l.Name, &until)
			l.Until = time.UnixMilli(until)
			return l, err
		})
		return err
	})
	return h, err
}

// RefusedOf tells how often somebody was refused in the last days, and a stretch of them, the last first.
func (s *Store) RefusedOf(ctx context.Context, by who.Asker, days int, part Stretch) (n int64, last []Refusal, err error) {
	err = s.Read(ctx, by, seeRefused, func(tx *Tx) error {
		n, last, err = CountedPart(tx, refusedSince, refusedLast, func(r Row) (f Refusal, err error) {
			var ms int64
			err = r.Scan(&ms, &f.Name, &f.Act)
			f.At = time.UnixMilli(ms)
			return f, err
		}, part, daysBack(tx, days))
		return err
	})
	return n, last, err
}

// LooksOf tells by which ways persons were looked at in the last days.
func (s *Store) LooksOf(ctx context.Context, by who.Asker, days int) (all []Looks, err error) {
	err = s.Read(ctx, by, seeLooks, func(tx *Tx) error {
		all, err = Each(tx, looksSince, func(r Row) (l Looks, err error) {
			err = r.Scan(&l.Via, &l.N)
			return l, err
		}, daysBack(tx, days))
		return err
	})
	return all, err
}

// daysBack is the moment at which the first of the last days began, today included, in milliseconds.
func daysBack(tx *Tx, days int) int64 { return tx.Today().Add(1 - days).Time().UnixMilli() }
