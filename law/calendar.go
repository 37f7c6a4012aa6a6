package law

import (
	"slices"

	"tuntas/house/clock"
)

// WorkingDays says which days the office of Jawa Timur works: configuration, not law.
type WorkingDays struct {
	Weekend []int       `json:"weekend"` // 0 is Sunday
	Yearly  []string    `json:"yearly"`  // holidays of a fixed date, "08-17"
	Days    []clock.Day `json:"days"`    // holidays whose date moves from year to year
}

// Calendar is the set of working days.
var Calendar = Load[WorkingDays]("calendar")

// Works tells whether a day is a working day.
func (w WorkingDays) Works(d clock.Day) bool {
	return !slices.Contains(w.Weekend, int(d.Time().Weekday())) && !slices.Contains(w.Yearly, string(d)[5:]) && !slices.Contains(w.Days, d)
}

// AddWorkingDays gives the working day so many working days after a day; the next one at least when n is 0 and the
// day itself is free.
func AddWorkingDays(from clock.Day, n int) clock.Day {
	d := from
	for range 5 * 366 { // a calendar without a working day must not hang
		w := Calendar.On(d)
		if w.Works(d) && n <= 0 {
			return d
		}
		d = d.Add(1)
		if Calendar.On(d).Works(d) {
			n--
		}
	}
	return d
}
