package store

import (
	"testing"

	"tuntas/house/clock"
)

// Every day of a range is counted once by its cut, every other day never, whatever day it is today.
func TestCut(t *testing.T) {
	t.Parallel()
	ends := []clock.Day{"2023-12-31", "2024-01-01", "2024-01-31", "2024-02-01", "2024-02-29", "2024-03-15", "2024-12-31", "2025-01-01", "2025-06-30", "2026-02-10"}
	signs := [pieces]int{1, 1, 1, 1, 1, -1, -1}
	for i, from := range ends {
		for _, to := range ends[i:] {
			for _, today := range []clock.Day{"2023-12-31", "2024-03-16", "2025-06-02", "2026-02-10", "2030-01-01"} {
				cuts := cut(from, to, today)
				for day := clock.Day("2023-01-01"); day < "2028-01-01"; day = day.Add(1) {
					counted := 0
					for n, length := range [pieces]int{4, 7, 7, 10, 10, 7, 10} {
						if b := string(day[:length]); b >= cuts[n].from && b <= cuts[n].to {
							counted += signs[n]
						}
					}
					if want := day >= from && day <= to; want && counted != 1 || !want && counted != 0 {
						t.Fatalf("%s to %s, on %s: %s is counted %d times by %v", from, to, today, day, counted, cuts)
					}
				}
			}
		}
	}
}

// A stock of today is read from one row for each year, however far the year is.
func TestCut_stockOfToday(t *testing.T) {
	t.Parallel()
	for _, today := range []clock.Day{"2026-01-01", "2026-01-02", "2026-02-10", "2026-11-27", "2026-12-31"} {
		for n, p := range cut(firstDay, today, today) {
			filled := p.from <= p.to && !(n == lessMonths && p.from > today.Month()) && !(n == lessDays && p.from > string(today))
			if filled != (n == wholeYears) {
				t.Errorf("%s: piece %d is %v", today, n, p)
			}
		}
	}
}
