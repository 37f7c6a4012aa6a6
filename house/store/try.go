package store

import (
	"context"
	"errors"
	"fmt"
)

// Try runs fn so that everything it wrote and recorded is undone when it fails, while the rest of the
// transaction stands: for imports, where a bad row must not take the good ones with it.
func (tx *Tx) Try(fn func() error) error {
	if !tx.write {
		return errors.New("a try outside of a write")
	}
	if err := tx.plain("savepoint attempt"); err != nil {
		return err
	}
	entries, tells, saw, deltas := len(tx.entries), len(tx.tells), len(tx.saw), tx.deltas
	tx.deltas = nil
	err := fn()
	if err == nil {
		err = tx.plain("release savepoint attempt")
	} else {
		err = errors.Join(err, tx.plain("rollback to savepoint attempt"), tx.plain("release savepoint attempt"))
	}
	if err != nil {
		tx.entries, tx.tells, tx.saw, tx.deltas = tx.entries[:entries], tx.tells[:tells], tx.saw[:saw], deltas
		return err
	}
	if deltas == nil {
		return nil
	}
	for k, n := range tx.deltas {
		deltas[k] += n
	}
	tx.deltas = deltas
	return nil
}

// byValues lets PostgreSQL plan the statements of do by their values, which it else plans once for all: the same list is best
// found one way for a day and another for ten years.
func (tx *Tx) byValues(do func() error) error {
	if tx.store.engine != postgres {
		return do()
	}
	if err := tx.plain("set local plan_cache_mode = force_custom_plan"); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	return tx.plain("set local plan_cache_mode = force_generic_plan")
}

// plain runs one of the engine's own words, which name no table.
func (tx *Tx) plain(word literal) error {
	if _, err := tx.run.ExecContext(tx.ctx, string(word)); err != nil {
		return fmt.Errorf("%s: %w", word, busy(err))
	}
	return nil
}

type tellKey struct{}

// Telling makes a context in which long work says how far it is: what is done, and of how much (0 when
// nobody knows).
func Telling(ctx context.Context, tell func(done, total int64)) context.Context {
	return context.WithValue(ctx, tellKey{}, tell)
}

// Tell says how far long work is.
func Tell(ctx context.Context, done, total int64) {
	if tell, ok := ctx.Value(tellKey{}).(func(done, total int64)); ok {
		tell(done, total)
	}
}
