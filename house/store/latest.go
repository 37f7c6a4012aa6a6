package store

import (
	"context"
	"time"

	"tuntas/house/who"
)

// A machine's clock is set back now and then: by hand, after a wrong zone, when a machine wakes. What has ended by then -
// a session, a code, a cover, an opening - must not begin to hold again. Latest is the latest moment that was seen,
// so it stands still until the clock has caught up. A clock that goes back by more than a working day was wrong
// before: then what it shows now is believed, or nobody could work until it catches up. What must not be open a second
// time even then asks Falls.
const furthestBack = 8 * time.Hour

// Latest is the latest moment that this store has seen: what ends, ends by it.
func (s *Store) Latest() time.Time { return s.latestOf(s.clock.Now()) }

func (s *Store) latestOf(now time.Time) time.Time {
	for {
		seen := s.seen.Load()
		at := now.UnixMilli()
		if seen > at && seen-at <= furthestBack.Milliseconds() {
			return time.UnixMilli(seen)
		}
		if seen == at {
			return now
		}
		if s.seen.CompareAndSwap(seen, at) {
			if seen > at {
				s.falls.Add(1)
			}
			return now
		}
	}
}

// Falls tells how often, since the program started, the clock went back so far that it was believed.
func (s *Store) Falls() int64 {
	s.Latest()
	return s.falls.Load()
}

var (
	lastEntry  = house(`select a.at from audit a order by a.id desc limit 1`) // index: the key
	keptMoment = house(`select l.until from leases l where l.name = 'latest-moment'`)
	keepMoment = house(`insert into leases (name, holder, until) values ('latest-moment', '', ?)
		on conflict (name) do update set until = excluded.until`)
	lastView = house(`select v.at from disclosures v order by v.at desc limit 1`) // index: disclosures (at, id)
)

// KeepLatest writes the latest moment down, so that a program that is started anew knows it too.
func (s *Store) KeepLatest(ctx context.Context) error {
	return s.internal(ctx, func(tx *Tx) error {
		_, err := Exec(tx, keepMoment, tx.Latest().UnixMilli())
		return err
	})
}

// remember takes up where the program stopped: it may be started anew because its clock was set back. An empty
// database remembers nothing.
func (s *Store) remember() {
	_ = s.Read(context.Background(), who.House("house"), replay, func(tx *Tx) error {
		for _, last := range []*Stmt{keptMoment, lastEntry, lastView} {
			found, err := Each(tx, last, Int)
			if err != nil {
				return err
			}
			for _, at := range found {
				s.seen.Store(max(s.seen.Load(), at))
			}
		}
		return nil
	})
}
