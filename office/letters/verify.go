package letters

import (
	"cmp"
	"context"
	"errors"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/store"
	"tuntas/house/who"
)

var verify = store.NewSystemAct("letter.verify", who.Anyone)

// Known is all that anybody learns who holds a letter and asks whether it is one.
type Known struct {
	Number string
	On     clock.Day
	State  string
	Office string
}

// Verify finds a letter by its code. What is no code of ours is asked for in the same way, so that it takes as long.
func (d *Desk) Verify(ctx context.Context, by who.Asker, typed string) (k Known, found bool, err error) {
	code := cmp.Or(plainCode(typed), "none")
	err = d.store.Read(ctx, by, verify, func(tx *store.Tx) error {
		k, err = store.One(tx, registered, scanKnown, code)
		return err
	})
	if errors.Is(err, fail.NotFound) {
		return Known{}, false, nil
	}
	return k, err == nil, err
}
