package letters

import (
	"context"

	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

// Centres are the institutions in the asker's reach, to choose from.
func (d *Desk) Centres(ctx context.Context, by who.Asker) (all []centre.Centre, err error) {
	err = d.store.Read(ctx, by, listLetters, func(tx *store.Tx) error {
		every, err := centre.All(tx)
		for _, c := range every {
			if by.Scope.Has(c.ID) && c.ClientService {
				all = append(all, c)
			}
		}
		return err
	})
	return all, err
}
