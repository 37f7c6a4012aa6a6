package residence

import (
	"context"
	"fmt"

	"tuntas/house/store"
	"tuntas/house/who"
)

// Overlaps names stays that share a bed or a person at one time: none, because the database refuses them.
func (d *Desk) Overlaps(ctx context.Context) (wrong []string, err error) {
	err = d.store.Read(ctx, who.House("verify"), look, func(tx *store.Tx) error {
		wrong, err = named(tx, overlapping, "stay %s overlaps another, of the same bed or the same person")
		return err
	})
	return wrong, err
}

// Broken names the stays that break an invariant of this desk.
func (d *Desk) Broken(ctx context.Context) (wrong []string, err error) {
	if wrong, err = d.Overlaps(ctx); err != nil {
		return nil, err
	}
	err = d.store.Read(ctx, who.House("verify"), look, func(tx *store.Tx) error {
		for _, c := range []struct {
			st   *store.Stmt
			says string
		}{
			{staysElsewhere, "stay %s is counted at another centre than its bed"},
			{staysUnended, "stay %s is ended without a day"},
			{staysOfNobody, "stay %s is of a person who is not recorded"},
		} {
			more, err := named(tx, c.st, c.says)
			if err != nil {
				return err
			}
			wrong = append(wrong, more...)
		}
		return nil
	})
	return wrong, err
}

func named(tx *store.Tx, st *store.Stmt, says string) (wrong []string, err error) {
	all, err := store.Each(tx, st, store.IDs)
	for _, i := range all {
		wrong = append(wrong, fmt.Sprintf(says, i))
	}
	return wrong, err
}
