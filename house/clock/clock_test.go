package clock

import (
	"testing"
	"time"
)

func TestDay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name      string
		got, want any
	}{
		{"end of January plus a month", Day("2027-01-31").AddMonths(1), Day("2027-02-28")},
		{"leap day plus a year", Day("2024-02-29").AddMonths(12), Day("2025-02-28")},
		{"months across a year", Day("2026-11-15").AddMonths(3), Day("2027-02-15")},
		{"not known stays so", Day("").Add(3), Day("")},
		{"days between", Day("2026-03-01").Sub("2026-02-27"), 2},
		{"evening in London is the next day here", DayOf(time.Date(2026, 1, 1, 18, 0, 0, 0, time.UTC)), Day("2026-01-02")},
		{"31 February is no day", Day("1948-02-31").Valid(), false},
		{"a day before the birthday", Day("1946-11-25").YearsOn("2026-11-24"), 79},
		{"on the birthday", Day("1946-11-24").YearsOn("2026-11-24"), 80},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, c.got, c.want)
		}
	}
}
