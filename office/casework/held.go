package casework

import (
	"context"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
)

var lookHeld = store.NewAct("case.held", who.SeeCase)

// GoingHome is what keeps people of a centre who are getting ready to go home: for each line of the resocialisation list, of
// how many it is not answered yet (Permensos 16/2019 Pasal 7 ayat (1) huruf e).
type GoingHome struct {
	Preparing int64 // cases in resocialisation
	Ready     int64 // of these, where nothing is missing for the end of care
	Lines     []WaitingFor
}

// WaitingFor is one line of the list, with how many wait for it.
type WaitingFor struct {
	Line law.Named
	N    int64
}

// HeldAt tells why people are still at a centre although they could go: two statements along an index.
func (d *Desk) HeldAt(ctx context.Context, by who.Asker, at id.ID) (h GoingHome, err error) {
	err = d.store.Read(ctx, by, lookHeld, func(tx *store.Tx) error {
		h, err = store.One(tx, preparingAt, func(r store.Row) (h GoingHome, err error) {
			err = r.Scan(&h.Preparing, &h.Ready)
			return h, err
		}, at)
		if err != nil || h.Preparing == 0 {
			return err
		}
		answered := map[string]int64{}
		err = store.Stream(tx, answeredAt, func(r store.Row) (c Check, err error) {
			var n int64
			err = r.Scan(&c.Code, &n)
			answered[c.Code] = n
			return c, err
		}, func(Check) error { return nil }, at)
		for _, line := range law.Standard.On(tx.Today()).Checklist {
			if open := h.Preparing - answered[line.Key]; open > 0 {
				h.Lines = append(h.Lines, WaitingFor{line, open})
			}
		}
		return err
	})
	return h, err
}
