// Package golden compares what the program makes with what was read and kept. bin/golden renews.
package golden

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write golden files anew")

// Same fails when got is not what the file holds; under -update it writes the file instead. The path is
// relative to the package of the test.
func Same(t testing.TB, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; bin/golden writes it", err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("%s is out of date; look at the difference, and when it is meant run bin/golden\n%s", file, difference(want, got))
	}
}

// difference shows the first line that differs.
func difference(want, got []byte) string {
	w, g := bytes.Split(want, []byte("\n")), bytes.Split(got, []byte("\n"))
	for i := range max(len(w), len(g)) {
		if a, b := line(w, i), line(g, i); a != b {
			return fmt.Sprintf("line %d\n  kept: %s\n  now:  %s", i+1, a, b)
		}
	}
	return ""
}

func line(lines [][]byte, i int) string {
	if i >= len(lines) {
		return "(ends)"
	}
	return string(lines[i])
}
