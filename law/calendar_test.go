package law_test

import (
	"testing"

	"tuntas/house/clock"
	"tuntas/law"
)

// Working days skip weekends and the holidays of the configuration (assumed: law/calendar).
func TestAddWorkingDays(t *testing.T) {
	t.Parallel()
	for _, try := range []struct {
		from clock.Day
		n    int
		want clock.Day
	}{
		{"2026-11-24", 0, "2026-11-24"}, // a Tuesday
		{"2026-11-24", 3, "2026-11-27"},
		{"2026-11-27", 1, "2026-11-30"}, // over a weekend
		{"2026-11-28", 0, "2026-11-30"}, // a Saturday
		{"2026-12-24", 1, "2026-12-28"}, // Christmas is a Friday
		{"2026-12-31", 1, "2027-01-04"}, // New Year is a Friday
		{"2026-11-24", 10, "2026-12-08"},
	} {
		if got := law.AddWorkingDays(try.from, try.n); got != try.want {
			t.Errorf("%d after %s: %s, want %s", try.n, try.from, got, try.want)
		}
	}
}
