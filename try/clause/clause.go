// Package clause ties tests to the clauses of the regulations that they prove, listed in law/clauses.csv.
package clause

import (
	"slices"
	"testing"

	"tuntas/law"
)

// Test says which clauses the calling test proves: clause.Test(t, "P16-7.1", "P16-7.2"). The ids are
// written as constants, because docs/clauses.md is made by reading the tests. An id that the list does
// not know fails the test.
func Test(t testing.TB, ids ...string) {
	t.Helper()
	if len(ids) == 0 {
		t.Error("name at least one clause")
	}
	known, err := law.Clauses()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		if !slices.ContainsFunc(known, func(c law.Clause) bool { return c.ID == id }) {
			t.Errorf("law/clauses.csv knows no clause %q", id)
		}
	}
}
