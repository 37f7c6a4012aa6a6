package store

import (
	"testing"

	"tuntas/house/clock"
)

// Every day of a range is counted once by its cut, every other day never, whatever day it is today.
func TestCut(t *testing.T) {
	t.Parallel()
	ends := []clock.Day{firstDay, "2023-12-31", "2024-01-01", "2024-01-31", "2024-02-01", "2024-02-29", "2024-03-15", "2024-12-31", "2025-01-01", "2025-06-30", "2026-02-10", lastDay}
	length := map[string]int{"y": 4, "m": 7, "d": 10}
	for i, from := range ends {
		for _, to := range ends[i:] {
			for _, today := range []clock.Day{"2023-12-31", "2024-03-16", "2025-06-02", "2026-02-10", "2030-01-01"} {
				cuts := cut(from, to, today)
				for day := clock.Day("2023-01-01"); day < "2028-01-01"; day = day.Add(1) {
					counted := 0
					for n, g := range grainOf {
						if b := string(day[:length[g.key]]); b >= cuts[n].from && b <= cuts[n].to {
							counted += int(g.sign)
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

// A stock of today is read from one row, and whatever is known of days to come taken from it.
func TestCut_stockOfToday(t *testing.T) {
	t.Parallel()
	for _, today := range []clock.Day{"2026-01-01", "2026-01-02", "2026-02-10", "2026-11-27", "2026-12-31"} {
		past := map[string]string{"y": string(today[:4]), "m": today.Month(), "d": string(today)}
		for n, p := range cut(firstDay, today, today) {
			ahead := p.from > p.to || p.from > past[grainOf[n].key]
			if ahead == (n == allTime) {
				t.Errorf("%s: piece %d is %v", today, n, p)
			}
		}
	}
}
