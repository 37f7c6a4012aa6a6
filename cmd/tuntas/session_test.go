package main

import (
	"context"
	"net/http"
	"testing"

	"tuntas/house/who"
)

// A new password ends what was open under the old one, on every browser; the sessions of others live on.
func TestSessions_endWithThePassword(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		first, second, other := o.signIn("ratna"), o.signIn("ratna"), o.signIn("joko")
		for _, cookie := range []string{first, second, other} {
			if got := o.page(cookie, "GET", "/today", ""); got != http.StatusOK {
				t.Fatalf("signed in: %d", got)
			}
		}
		_, err := o.Access.ResetPassword(context.Background(), who.House("test"), "ratna")
		must(t, err)
		for _, cookie := range []string{first, second} {
			if got := o.page(cookie, "GET", "/today", ""); got != http.StatusSeeOther {
				t.Errorf("after the reset: %d", got)
			}
		}
		if got := o.page(other, "GET", "/today", ""); got != http.StatusOK {
			t.Errorf("somebody else: %d", got)
		}
	})
}
