package who_test

import (
	"slices"
	"testing"

	"tuntas/house/id"
	"tuntas/house/who"
)

// Narrowing gives one centre of those that the asker sees, and never another; who sees one has nothing to choose.
func TestNarrow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		scope  who.Scope
		at     id.ID
		want   []id.ID
		narrow bool
	}{
		{"the province", who.Scope{All: true}, 7, []id.ID{7}, true},
		{"two centres", who.Scope{Centres: []id.ID{1, 2}}, 2, []id.ID{2}, true},
		{"a stranger's centre", who.Scope{Centres: []id.ID{1, 2}}, 3, []id.ID{1, 2}, false},
		{"one centre", who.Scope{Centres: []id.ID{1}}, 1, []id.ID{1}, false},
		{"nothing", who.Scope{}, 1, nil, false},
		{"no choice", who.Scope{All: true}, 0, nil, false},
	} {
		a := who.Asker{Scope: c.scope}
		got := a.Narrow(c.at)
		if !slices.Equal(got.Scope.Centres, c.want) || (got.Wide != nil) != c.narrow || got.Several() != a.Several() {
			t.Errorf("%s: %+v", c.name, got)
		}
		if c.narrow && (got.Scope.All || got.Whole().All != c.scope.All) {
			t.Errorf("%s: %+v of %+v", c.name, got.Scope, got.Whole())
		}
	}
}
