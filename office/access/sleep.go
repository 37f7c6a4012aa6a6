package access

import (
	"context"
	"time"

	"tuntas/house/store"
)

const (
	// An account that nobody has used for so long sleeps: whoever left the office without a word leaves no open
	// door. A one-time code wakes it. Tokens have an end of their own and do not sleep.
	asleepAfter = 60 * 24 * time.Hour

	// When an account was last seen is noted only so often: a page that is read writes nothing.
	seenEvery = time.Hour
)

// Seen is when the account was last used; zero for never.
func (u User) Seen() time.Time { return moment(u.seen) }

func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

// Asleep tells whether the account has to be woken by a code. One that was never used counts from its first day.
func (u User) Asleep(now time.Time) bool {
	return u.Active && now.Sub(time.UnixMilli(max(u.seen, u.created))) > asleepAfter
}

// noteSeen keeps when an account was last used. What cannot be written now is written at the next request.
func (d *Desk) noteSeen(ctx context.Context, u User) {
	now := d.store.Now()
	if now.Sub(u.Seen()) < seenEvery {
		return
	}
	_ = d.store.Keep(ctx, func(tx *store.Tx) error {
		_, err := store.Exec(tx, noteSeen, now.UnixMilli(), u.ID, now.Add(-seenEvery).UnixMilli())
		return err
	})
}
