package store

import (
	"testing"

	"tuntas/house/clock"
)

// Every day of a range lies in exactly one piece of its cut.
func TestCut(t *testing.T) {
	t.Parallel()
	ends := []clock.Day{"2023-12-31", "2024-01-01", "2024-01-31", "2024-02-01", "2024-02-29", "2024-03-15", "2024-12-31", "2025-01-01", "2025-06-30", "2026-02-10"}
	for i, from := range ends {
		for _, to := range ends[i:] {
			pieces := cut(from, to)
			for day := clock.Day("2023-12-01"); day < "2026-03-01"; day = day.Add(1) {
				in := 0
				for n, length := range []int{4, 7, 7, 10, 10} {
					if b := string(day[:length]); b >= pieces[n].from && b <= pieces[n].to {
						in++
					}
				}
				if want := day >= from && day <= to; want && in != 1 || !want && in != 0 {
					t.Fatalf("%s to %s: %s lies in %d pieces of %v", from, to, day, in, pieces)
				}
			}
		}
	}
}
