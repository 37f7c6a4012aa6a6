package quality

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/text"
	"tuntas/house/who"
)

// Warning is an open task in words, for a home.
type Warning struct {
	Task
	Name, Place, Value, Limit string
}

// Warnings are the newest open tasks, and how many there are.
func (d *Desk) Warnings(ctx context.Context, by who.Asker, l text.Lang, today clock.Day, most int64) (n Counts, all []Warning, err error) {
	tasks, n, c, err := d.Tasks(ctx, by, Filter{Show: "open"}, 0, most)
	for _, t := range tasks {
		line := lineOf(l, t, c, today)
		all = append(all, Warning{t, line.Name, line.Place, line.Value, line.Limit})
	}
	return n, all, err
}
