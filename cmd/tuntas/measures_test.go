package main

import (
	"testing"

	"tuntas/office/monitoring"
)

// Whoever writes a formula reads in words what each measure counts.
func TestMeasures_haveWords(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, m := range Measures() {
		if monitoring.MeasureWord(m.Key) == "" {
			t.Errorf("%s counts something that no word says", m.Key)
		}
		if seen[m.Key] {
			t.Errorf("%s is declared twice", m.Key)
		}
		seen[m.Key] = true
	}
}
