package seed

import (
	"context"
	"fmt"

	"tuntas/house/clock"
	"tuntas/house/who"
	"tuntas/office/notice"
)

// Inform gives some users of the sample an invented address for the digest, tells whoever is due by the ladder and of
// certificates that end, and writes the digests of the last working day.
func Inform(ctx context.Context, d *notice.Desk, c *Calendar, readers []who.Asker, today clock.Day) error {
	defer c.Release()
	for _, by := range readers {
		in := notice.NewSettings{Email: by.Login + "@dinsos.example", Digest: notice.Daily}
		if _, err := d.Set(ctx, by, "http://127.0.0.1:8080", 0, in); err != nil {
			return fmt.Errorf("settings of %s: %w", by.Login, err)
		}
	}
	if err := d.Climb(ctx); err != nil {
		return fmt.Errorf("tell of what is late: %w", err)
	}
	for back := range 5 { // the sample may be made on a Sunday
		if notice.MayLeave(notice.Daily, today.Add(-back)) {
			c.hold(today.Add(-back), 0)
			return d.Digest(ctx)
		}
	}
	return nil
}
