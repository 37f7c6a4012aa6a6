package casework

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

var sumServed = store.NewAct("service.count", who.SeeFigures)

// Served counts the services that an institution gave from a day to another, by item: numbers alone, the same for everybody,
// so that restricted persons count. Whoever calls it has made sure that the asker may see the institution's figures.
func (d *Desk) Served(ctx context.Context, at id.ID, from, to clock.Day) (of map[string]int64, err error) {
	type count struct {
		item string
		n    int64
	}
	err = d.store.Read(ctx, who.House("figures"), sumServed, func(tx *store.Tx) error {
		of = map[string]int64{}
		return store.Stream(tx, servedByItem, func(r store.Row) (c count, err error) {
			err = r.Scan(&c.item, &c.n)
			return c, err
		}, func(c count) error {
			of[c.item] = c.n
			return nil
		}, at, from, to)
	})
	return of, err
}
