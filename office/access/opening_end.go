package access

import (
	"context"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

var (
	endFile   = store.NewSystemAct("emergency.end", who.SignedIn)
	clockFell = store.NewSystemAct("emergency.settle", who.Anyone)
)

// End closes a file before its time.
func (d *Desk) End(ctx context.Context, by who.Asker, opening id.ID) error {
	return d.store.Write(ctx, by, endFile, func(tx *store.Tx) error {
		o, err := ownOpening(tx, opening)
		if err != nil {
			return err
		}
		if !o.Holds(tx.Latest()) {
			return fail.Broken("emergency-over", "Akses darurat ini sudah berakhir.")
		}
		if _, err := store.Exec(tx, endOpening, tx.Latest().UnixMilli(), opening); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "opening", ID: o.ID, Person: o.Person, Say: fail.Say("Akses darurat diakhiri sebelum waktunya.")})
		return nil
	})
}

// settle closes what is open when the clock of the server went back by more than a working day: its end can no longer be
// told, and what had ended must not be open a second time. Whoever still needs a file opens it anew.
func (d *Desk) settle(ctx context.Context) error {
	falls := d.store.Falls()
	if falls == d.falls.Load() {
		return nil
	}
	running := func(tx *store.Tx) ([]Opening, error) {
		return store.Each(tx, openingsRunning, scanOpening, tx.Latest().UnixMilli())
	}
	var open []Opening
	err := d.store.Read(ctx, who.House("access"), keeping, func(tx *store.Tx) (err error) {
		open, err = running(tx)
		return err
	})
	if err == nil && len(open) > 0 {
		err = d.store.Write(ctx, who.House("access"), clockFell, func(tx *store.Tx) error {
			if open, err = running(tx); err != nil {
				return err
			}
			for _, o := range open {
				if _, err := store.Exec(tx, endOpening, tx.Latest().UnixMilli(), o.ID); err != nil {
					return err
				}
				tx.Record(store.Entry{Kind: "opening", ID: o.ID, Person: o.Person, Say: fail.Say("Akses darurat diakhiri karena jam server mundur.")})
			}
			return nil
		})
	}
	if err == nil {
		d.falls.Store(falls)
	}
	return err
}
