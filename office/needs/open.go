package needs

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

var lookOpen = store.NewAct("problem.see-public", who.Anyone)

// Delivery is how many needs were delivered for one criterion of a standard, "" for none of them, and from when to when.
type Delivery struct {
	Criterion   string
	N           int64
	First, Last clock.Day
}

// Done is what an institution has behind it: problems that were solved, and needs that were delivered.
type Done struct {
	Solved     int64
	Deliveries []Delivery
}

// Delivered counts the needs that were delivered.
func (s Done) Delivered() (n int64) {
	for _, one := range s.Deliveries {
		n += one.N
	}
	return n
}

// Shown gives what everybody may know of the problems and needs of an institution: how many it has behind it, and not which.
func (d *Desk) Shown(ctx context.Context, at id.ID) (s Done, err error) {
	err = d.store.Read(ctx, who.Visitor(at), lookOpen, func(tx *store.Tx) error {
		return store.Stream(tx, doneAt, func(r store.Row) (one Delivery, err error) {
			var what string
			if err = r.Scan(&what, &one.Criterion, &one.N, &one.First, &one.Last); err == nil && what == "solved" {
				s.Solved, one = one.N, Delivery{}
			}
			return one, err
		}, func(one Delivery) error {
			if one.N > 0 {
				s.Deliveries = append(s.Deliveries, one)
			}
			return nil
		}, at, at)
	})
	return s, err
}
