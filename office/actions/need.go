package actions

import (
	"context"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/needs"
)

var layNeeds = store.NewAct("action.needs", who.RunAction)

// SetNeeds names the needs that an action brings: all of them; those left out are free again.
type SetNeeds struct {
	Needs []id.ID `json:"needs"`
}

// LayNeeds says which needs of institutions an action brings. What it costs is their sum.
func (d *Desk) LayNeeds(ctx context.Context, by who.Asker, action id.ID, version int64, in SetNeeds) (Action, error) {
	return d.change(ctx, by, layNeeds, action, version, func(tx *store.Tx, a *Action) error {
		if !a.Live {
			return fail.Broken("action-over", "Tindak lanjut ini sudah berakhir.")
		}
		tx.Record(entry(*a, fail.Say("Kebutuhan ditautkan: %s", a.Title), in))
		if err := needs.Assign(tx, a.ID, a.Centre, in.Needs); err != nil {
			return err
		}
		return keepAction(tx, a)
	})
}

// mostNeeds is how many free needs are offered at once, the most urgent first.
const mostNeeds = 60

// Brings gives the needs that an action brings, and those of an institution that it could; 0 is none.
func (d *Desk) Brings(ctx context.Context, by who.Asker, action, at id.ID) (brought, free []needs.Need, err error) {
	err = d.store.Read(ctx, by, lookAction, func(tx *store.Tx) error {
		if brought, err = needs.OfAction(tx, action); err != nil || at == 0 {
			return err
		}
		free, err = needs.Free(tx, at, mostNeeds)
		return err
	})
	return brought, free, err
}
