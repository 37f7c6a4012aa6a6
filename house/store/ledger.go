package store

import (
	"context"
	"slices"
	"sync"
	"time"

	"tuntas/house/id"
)

// view is one disclosure: who saw the data of which persons, by which deed and way.
type view struct {
	at       int64
	user     id.ID
	userName string
	act      string
	via      string
	purpose  string
	opening  id.ID // by which it was seen; 0 for none
	persons  []id.ID
}

// viaEmergency says more than the door, and more than how data left: the file was open in an emergency.
const viaEmergency = "emergency"

// Saw notes that this read shows data of these persons. Ordinary views stand in the ledger within a
// second; those of an act made with NewDisclosure before the answer leaves. 0 is nobody: what is about no person.
func (tx *Tx) Saw(persons ...id.ID) {
	for _, p := range persons {
		if p != 0 {
			tx.saw = append(tx.saw, p)
		}
	}
}

// Leaves notes that what this disclosure reads leaves the house on paper: it stands in the ledger even when it shows
// nobody, as a balance of figures does.
func (tx *Tx) Leaves() { tx.leaves = true }

func disclosed(tx *Tx) view {
	slices.Sort(tx.saw)
	via := tx.by.Via
	switch {
	case tx.by.Emergency():
		via = viaEmergency
	case tx.act.leaves != "":
		via = string(tx.act.leaves)
	}
	return view{at: tx.now.UnixMilli(), user: tx.by.User, userName: tx.by.Name, act: tx.act.Name, via: via,
		purpose: tx.by.Purpose, opening: tx.by.Opened.ID, persons: slices.Compact(tx.saw)}
}

// ledger gathers views and writes them in batches, so that reading stays fast.
type ledger struct {
	store   *Store
	flushes sync.Mutex // one at a time: who asks for a flush finds everything written
	mu      sync.Mutex
	pending []view
	wake    chan struct{}
	done    chan struct{}
	gone    chan struct{}
	once    sync.Once
}

const ledgerEvery = 500 * time.Millisecond

func startLedger(s *Store) *ledger {
	l := &ledger{store: s, wake: make(chan struct{}, 1), done: make(chan struct{}), gone: make(chan struct{})}
	go l.loop()
	return l
}

func (l *ledger) loop() {
	defer close(l.gone)
	tick := time.NewTicker(ledgerEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-l.wake:
		case <-l.done:
			_ = l.flush(context.Background())
			return
		}
		_ = l.flush(context.Background()) // what could not be written stays pending and is tried again
	}
}

func (l *ledger) add(v view) {
	l.mu.Lock()
	l.pending = append(l.pending, v)
	full := len(l.pending) >= 256
	l.mu.Unlock()
	if full {
		select {
		case l.wake <- struct{}{}:
		default:
		}
	}
}

func (l *ledger) flush(ctx context.Context) error {
	l.flushes.Lock()
	defer l.flushes.Unlock()
	l.mu.Lock()
	views := l.pending
	l.pending = nil
	l.mu.Unlock()
	if len(views) == 0 {
		return nil
	}
	err := l.store.internal(ctx, func(tx *Tx) error { return tx.writeViews(views...) })
	if err != nil {
		l.mu.Lock()
		l.pending = append(views, l.pending...)
		l.mu.Unlock()
	}
	return err
}

func (l *ledger) writeNow(ctx context.Context, v view) error {
	return l.store.internal(ctx, func(tx *Tx) error { return tx.writeViews(v) })
}

func (l *ledger) close() {
	l.once.Do(func() { close(l.done) })
	<-l.gone
}

// FlushLedger writes the views that still wait.
func (s *Store) FlushLedger(ctx context.Context) error { return s.ledger.flush(ctx) }

var (
	writeView = house(`insert into disclosures (id, at, user_id, user_name, act, via, purpose, n, opening_id)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	writeViewed = house(`insert into disclosure_persons (person_id, disclosure_id) values (?, ?)`)
)

// atOnce is from how many persons on they are loaded as one, and no longer one by one: a page of a list shows fifty.
const atOnce = 10

// writeViews writes views, and all whom they showed together.
func (tx *Tx) writeViews(views ...view) error {
	var shown [][]any
	for _, v := range views {
		i := id.New()
		if _, err := Exec(tx, writeView, i, v.at, v.user, v.userName, v.act, v.via, v.purpose, len(v.persons), v.opening); err != nil {
			return err
		}
		for _, p := range v.persons {
			shown = append(shown, []any{p, i})
		}
	}
	if len(shown) >= atOnce && tx.conn != nil {
		return tx.bulk("disclosure_persons", []string{"person_id", "disclosure_id"}, shown)
	}
	for _, row := range shown {
		if _, err := Exec(tx, writeViewed, row...); err != nil {
			return err
		}
	}
	return nil
}
