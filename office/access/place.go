package access

import (
	"context"

	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

var choosePlace = store.NewAct("place.choose", who.SeeCentre)

// Places are the centres to which an asker may narrow all pages for now: those of the whole scope, never others.
func (d *Desk) Places(ctx context.Context, by who.Asker) (all []centre.Centre, err error) {
	err = d.store.Read(ctx, by, choosePlace, func(tx *store.Tx) error {
		every, err := centre.All(tx)
		all = nil
		for _, c := range every {
			if c.ClientService && by.Whole().Has(c.ID) {
				all = append(all, c)
			}
		}
		return err
	})
	return all, err
}
