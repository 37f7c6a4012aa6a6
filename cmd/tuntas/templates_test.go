package main

import "testing"

// Templates are read when their page is first asked for; this reads them all, so that none is found broken by a user.
func TestPageSet_readsEveryTemplate(t *testing.T) {
	t.Parallel()
	pages, err := PageSet()
	must(t, err)
	must(t, pages.Check())
}
