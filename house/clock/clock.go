// Package clock is the office's time: moments, and days as people write them, in Waktu Indonesia Barat.
package clock

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// WIB is the office's zone (Asia/Jakarta); it has had no summer time since 1964.
var WIB = time.FixedZone("WIB", 7*60*60)

// Clock tells the time. Tests and the demo give one of their own.
type Clock interface{ Now() time.Time }

type wall struct{}

func (wall) Now() time.Time { return time.Now() }

// Wall is the machine's own clock.
var Wall Clock = wall{}

type fixed time.Time

func (f fixed) Now() time.Time { return time.Time(f) }

// At is a clock that stands still.
func At(t time.Time) Clock { return fixed(t) }

// Day is a calendar day as ISO text, "2020-11-04"; "" means not known. Days compare as text.
type Day string

const layout = "2006-01-02"

// DayOf gives the office's day of a moment.
func DayOf(t time.Time) Day { return Day(t.In(WIB).Format(layout)) }

// ParseDay reads ISO text and nothing else; people's ways of writing a day are read by house/text.
func ParseDay(s string) (Day, error) {
	if !Day(s).Valid() {
		return "", fmt.Errorf("not a day: %q", s)
	}
	return Day(s), nil
}

// Valid tells whether the text is a real day between the years 1800 and 2999.
func (d Day) Valid() bool {
	if len(d) != len(layout) {
		return false
	}
	t, err := time.Parse(layout, string(d))
	return err == nil && t.Year() >= 1800 && t.Year() < 3000
}

// Time gives the first moment of the day in the office's zone; the zero time when not known.
func (d Day) Time() time.Time {
	t, err := time.ParseInLocation(layout, string(d), WIB)
	if err != nil {
		return time.Time{}
	}
	return t
}

// Add gives the day so many days later.
func (d Day) Add(days int) Day { return d.shift(0, days) }

// AddMonths gives the same day so many months later, or the last of that month: 31 January + 1 = 28 February.
func (d Day) AddMonths(months int) Day { return d.shift(months, 0) }

func (d Day) shift(months, days int) Day {
	t := d.Time()
	if t.IsZero() {
		return d
	}
	if months != 0 {
		first := time.Date(t.Year(), t.Month()+time.Month(months), 1, 0, 0, 0, 0, WIB)
		last := first.AddDate(0, 1, -1).Day()
		t = first.AddDate(0, 0, min(t.Day(), last)-1)
	}
	return Day(t.AddDate(0, 0, days).Format(layout))
}

// Sub gives the days from o to d; 0 when either is not known.
func (d Day) Sub(o Day) int {
	a, b := d.Time(), o.Time()
	if a.IsZero() || b.IsZero() {
		return 0
	}
	return int(a.Sub(b).Hours() / 24)
}

// Known gives the day, or nil for one that is not known: null in the API.
func (d Day) Known() *Day {
	if d == "" {
		return nil
	}
	return &d
}

// IsZero tells whether the day is not known.
func (d Day) IsZero() bool { return d == "" }

// Month gives "2020-11".
func (d Day) Month() string {
	if len(d) < 7 {
		return ""
	}
	return string(d[:7])
}

// YearsOn gives the full years from a birthday to a day; -1 when either is not known.
func (d Day) YearsOn(on Day) int {
	a, b := d.Time(), on.Time()
	if a.IsZero() || b.IsZero() {
		return -1
	}
	years := b.Year() - a.Year()
	if b.Month() < a.Month() || b.Month() == a.Month() && b.Day() < a.Day() {
		years--
	}
	return years
}

// Scan reads ISO text; NULL is not known.
func (d *Day) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*d = ""
	case string:
		*d = Day(v)
	case []byte:
		*d = Day(v)
	default:
		return fmt.Errorf("a day is text, not %T", v)
	}
	return nil
}

// Value stores ISO text; not known is NULL.
func (d Day) Value() (driver.Value, error) {
	if d == "" {
		return nil, nil
	}
	return string(d), nil
}
