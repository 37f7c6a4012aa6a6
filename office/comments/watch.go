package comments

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/store"
	"tuntas/house/who"
)

var (
	sweepComments = store.NewUpkeep("comment.sweep", who.SeeSystem)
	lookLate      = store.NewAct("comment.late", who.SeeSystem)
	tellLate      = store.NewAct("comment.remind", who.SeeSystem)
)

// Sweep forgets what has no use any more: the hash of an address after thirty days, the words of what was refused thirty
// days ago, the keys of months gone by.
func (d *Desk) Sweep(ctx context.Context) error {
	return d.store.Write(ctx, porch(), sweepComments, func(tx *store.Tx) error {
		now := tx.Now()
		if _, err := store.Exec(tx, forgetNetworks, now.Add(-networkLives).UnixMilli()); err != nil {
			return err
		}
		if _, err := store.Exec(tx, forgetRefused, now.Add(-refusedLives).UnixMilli()); err != nil {
			return err
		}
		_, err := store.Exec(tx, oldKeys, string(clock.DayOf(now.Add(-networkLives)))[:7])
		return err
	})
}

// Remind tells the moderators, once a day, that a comment lies longer than was promised.
func (d *Desk) Remind(ctx context.Context) error {
	var oldest []Comment
	err := d.store.Read(ctx, porch(), lookLate, func(tx *store.Tx) (err error) {
		oldest, err = store.Each(tx, queueAll, scanComment, Held, 0, 1)
		return err
	})
	if err != nil || len(oldest) == 0 || oldest[0].DueOn() >= d.store.Today() {
		return err
	}
	return d.store.Write(ctx, porch(), tellLate, func(tx *store.Tx) error {
		tx.Record(oldest[0].entry("Komentar lewat janji; moderator diingatkan: %s", nil))
		tx.Notify(store.Notice{Kind: "comment", Role: "communications", Say: fail.Say("Ada komentar yang menunggu lebih lama dari yang dijanjikan."), Path: "/comments",
			Once: "comments-late/" + string(tx.Today())})
		return nil
	})
}
