package quality

import (
	"time"

	"tuntas/house/clock"
)

var wib = clock.WIB

func moment(seconds int64) time.Time { return time.Unix(seconds, 0) }

func dayIn(t time.Time) clock.Day { return clock.DayOf(t) }

func hours(n int64) time.Duration { return time.Duration(n) * time.Hour }
