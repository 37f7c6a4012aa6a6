package store

import (
	"context"
	"database/sql"
	"fmt"

	"tuntas/house/fail"
	"tuntas/house/who"
)

// Read runs fn on one consistent picture of the data. Without the act's right it answers fail.Denied
// and keeps the refusal.
func (s *Store) Read(ctx context.Context, by who.Asker, act Act, fn func(*Tx) error) error {
	if err := s.allowed(ctx, by, act); err != nil {
		return err
	}
	t, end, err := s.picture(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", act.Name, err)
	}
	defer end()
	tx := &Tx{ctx: ctx, store: s, by: by, act: act, run: t, now: s.clock.Now()}
	if by.Emergency() {
		return s.readOpened(tx, fn)
	}
	if err := fn(tx); err != nil {
		return fmt.Errorf("%s: %w", act.Name, err)
	}
	if len(tx.saw) == 0 && !tx.leaves || by.System && act.leaves == "" { // what leaves the house is kept, whoever sent it
		return nil
	}
	view := disclosed(tx)
	if act.leaves != "" {
		return s.ledger.writeNow(ctx, view)
	}
	s.ledger.add(view)
	return nil
}

// pictureKey is under which a context carries the picture of the data that all its reads share.
type pictureKey struct{}

// Together lets all reads under the context that fn gets share one picture of the data, whoever asks: a page of several cards
// then shows one moment, and begins once. Nothing that is written meanwhile is seen in it, so fn only reads.
func (s *Store) Together(ctx context.Context, fn func(context.Context) error) error {
	t, end, err := s.picture(ctx)
	if err != nil {
		return err
	}
	defer end()
	return fn(context.WithValue(ctx, pictureKey{}, t))
}

// picture gives what reads: the picture that the context carries, or one of its own, which end gives back.
func (s *Store) picture(ctx context.Context) (t *sql.Tx, end func(), err error) {
	if t, ok := ctx.Value(pictureKey{}).(*sql.Tx); ok {
		return t, func() {}, nil
	}
	o := &sql.TxOptions{ReadOnly: true}
	if s.engine == postgres {
		o.Isolation = sql.LevelRepeatableRead
	}
	if t, err = s.readers.BeginTx(ctx, o); err != nil {
		return nil, nil, busy(err)
	}
	return t, func() { _ = t.Rollback() }, nil
}

// readOpened is a read by an opening: it ends with its time, whoever still holds the asker, and whatever is read of the
// person stands in the ledger before the answer, even where the desk does not say that it showed anything.
func (s *Store) readOpened(tx *Tx, fn func(*Tx) error) error {
	if !s.Latest().Before(tx.by.Opened.Until) {
		return fmt.Errorf("%s: the opening is over: %w", tx.act.Name, fail.NotFound)
	}
	if err := fn(tx); err != nil {
		return fmt.Errorf("%s: %w", tx.act.Name, err)
	}
	tx.Saw(tx.by.Opened.Person)
	return s.ledger.writeNow(tx.ctx, disclosed(tx))
}

func (s *Store) allowed(ctx context.Context, by who.Asker, act Act) error {
	if act.Name == "" {
		return fmt.Errorf("a deed without an act")
	}
	if by.May(act.Right) || act.Right == who.Anyone {
		return nil
	}
	s.refuse(ctx, by, act)
	return fmt.Errorf("%s: %w", act.Name, fail.Denied)
}
