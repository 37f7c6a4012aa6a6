package id

import (
	"testing"

	"pgregory.net/rapid"
)

func TestPlain(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{" 7k4-9qx ": "7K49QX", "o0-il": "0011", "AB–CD": "ABCD", "": ""} {
		if got := Plain(typed); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

// Whatever the bytes: a letter for each, and a code that is read as it was written.
func TestProperty_letters(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOf(rapid.Byte()).Draw(t, "b")
		if s := Letters(b); len(s) != len(b) || Plain(s) != s {
			t.Fatalf("%v: %q", b, s)
		}
	})
}
