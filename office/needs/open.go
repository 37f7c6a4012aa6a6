package needs

import (
	"context"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

var lookOpen = store.NewAct("problem.see-public", who.Anyone)

// Solved counts the problems of an institution that were solved; everybody may know how many, and not which.
func (d *Desk) Solved(ctx context.Context, at id.ID) (n int64, err error) {
	err = d.store.Read(ctx, who.Visitor(at), lookOpen, func(tx *store.Tx) error {
		n, err = store.One(tx, solvedAt, store.Int, at)
		return err
	})
	return n, err
}
