package participation

import (
	"context"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

var lookShown = store.NewAct("report.see-public", who.Anyone)

// LeastShown is with how many answered reports their count is shown to everybody.
const LeastShown = 10

// Answered counts the reports handed to an institution that had their first answer, and those of them that had it in time.
// Both are zero below LeastShown. Nothing of a sealed report is counted.
func (d *Desk) Answered(ctx context.Context, at id.ID) (all, inTime int64, err error) {
	err = d.store.Read(ctx, who.Visitor(at), lookShown, func(tx *store.Tx) error {
		n, err := store.One(tx, answeredAt, func(r store.Row) (n [2]int64, err error) {
			err = r.Scan(&n[0], &n[1])
			return n, err
		}, at)
		if n[0] >= LeastShown {
			all, inTime = n[0], n[1]
		}
		return err
	})
	return all, inTime, err
}
