package casework

import (
	"context"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

var lookChanges = store.NewAct("case.changes", who.WorkCase)

// News is one thing that somebody else did on a case of mine.
type News struct {
	ID      id.ID
	At      time.Time
	Case    id.ID
	Person  id.ID
	Called  string
	By, Act string
	Say     fail.Saying
}

// mostNews is how many lines a page of changes shows.
const mostNews = 50

// longestAway is how far back changes are told to who has not been here for long.
const longestAway = 14 * 24 * time.Hour

// newsSince is the moment after which changes are new; zero is longestAway ago.
func newsSince(last, now time.Time) time.Time {
	if far := now.Add(-longestAway); last.Before(far) {
		return far
	}
	return last
}

// Changes tells what others did on the asker's open cases since a moment, the newest first: how many, and one page.
// What the program itself did is left out.
func (d *Desk) Changes(ctx context.Context, by who.Asker, last time.Time, after id.ID, limit int64) (n int64, lines []News, since time.Time, err error) {
	err = d.store.Read(ctx, by, lookChanges, func(tx *store.Tx) error {
		since = newsSince(last, tx.Now())
		if n, lines, err = changesOf(tx, since, after, limit); err != nil {
			return err
		}
		for _, l := range lines {
			tx.Saw(l.Person)
		}
		return nil
	})
	return n, lines, since, err
}
