package competence

import (
	"context"

	"tuntas/house/store"
	"tuntas/house/who"
)

var lookBroken = store.NewAct("training.verify", who.SeeSystem)

// Broken names what breaks an invariant of this desk: who verifies sees all participants.
func (d *Desk) Broken(ctx context.Context) (wrong []string, err error) {
	err = d.store.Read(ctx, who.House("verify"), lookBroken, func(tx *store.Tx) error {
		wrong, err = store.Faults(tx, []store.Fault{
			{Found: placesMiscounted, Says: "training %s counts other places or waiting participants than it has"},
			{Found: passedUncertified, Says: "participant %s passed a training that gives a certificate, and has none"},
		})
		return err
	})
	return wrong, err
}
