package mandate

import (
	"context"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

var lookOpen = store.NewAct("facility.see-public", who.Anyone)

// Thing is a facility in working order, as everybody may know it.
type Thing struct {
	Kind, Name string
	Quantity   int64
}

// Shown is what an institution shows of what it has.
type Shown struct {
	Things   []Thing // in good order, by kind
	Repaired int64   // repairs that are on record
	Now      Accreditation
	Holds    bool // Now holds today
}

// Shown gives what everybody may know: what is in good order, how much was mended, and the accreditation that holds.
func (d *Desk) Shown(ctx context.Context, at id.ID) (s Shown, err error) {
	err = d.store.Read(ctx, who.Visitor(at), lookOpen, func(tx *store.Tx) error {
		things, err := store.Each(tx, facilitiesShown, func(r store.Row) (t Thing, err error) {
			err = r.Scan(&t.Kind, &t.Name, &t.Quantity)
			return t, err
		}, at, at)
		if err != nil {
			return err
		}
		for _, t := range things {
			if t.Kind == "" {
				s.Repaired = t.Quantity
			} else {
				s.Things = append(s.Things, t)
			}
		}
		all, err := accreditationsOf(tx, at)
		s.Now, s.Holds = Accredited(all, tx.Today())
		return err
	})
	return s, err
}
