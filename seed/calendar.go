package seed

import (
	"sync/atomic"
	"time"

	"tuntas/house/clock"
)

// Calendar is a clock that can be held at a moment of the past, so that a story is told on the days on
// which it happened. At rest it is the machine's clock.
type Calendar struct{ held atomic.Int64 }

// Now is the moment held, or the present.
func (c *Calendar) Now() time.Time {
	if ms := c.held.Load(); ms != 0 {
		return time.UnixMilli(ms)
	}
	return clock.Wall.Now()
}

// hold stops the calendar at a time of a day.
func (c *Calendar) hold(on clock.Day, minutes int) {
	at := on.Time().Add(8*time.Hour + time.Duration(minutes)*time.Minute)
	c.held.Store(min(at.UnixMilli(), clock.Wall.Now().UnixMilli())) // a story that is told before eight has not seen the future
}

// Release lets the present back in.
func (c *Calendar) Release() { c.held.Store(0) }

// pass lets some time go by while the calendar is held.
func (c *Calendar) pass(d time.Duration) { c.held.Add(d.Milliseconds()) }

// day is the day at which the calendar is held.
func (c *Calendar) day() clock.Day { return clock.DayOf(c.Now()) }
