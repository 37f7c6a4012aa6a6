package main

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/store"
	"tuntas/house/who"
)

// posted sends a form as a browser does that has no session yet.
func posted(t *testing.T, handler http.Handler, path string, form url.Values) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}

func got(t *testing.T, handler http.Handler, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return w
}

// smallStore is an empty store with its tables.
func smallStore(t *testing.T, db string) *store.Store {
	t.Helper()
	s, err := openStore(db, true, nil)
	must(t, err)
	t.Cleanup(func() { _ = s.Close() })
	_, err = s.Migrate(t.Context())
	must(t, err)
	return s
}

// An empty province is set up in the browser by who started the program, once; a stranger who finds the page lacks
// the code, and may not try for ever.
func TestSetup_page(t *testing.T) {
	t.Parallel()
	eachPlace(t, func(t *testing.T, db string) {
		s := smallStore(t, db)
		o := Wire(s, false)
		code, err := o.offerFirst(t.Context())
		if err != nil || code == "" {
			t.Fatalf("%q %v", code, err)
		}
		handler, err := o.Server(clock.Wall, nil)
		must(t, err)
		if w := got(t, handler, "/"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/setup" {
			t.Errorf("the empty province: %d %v", w.Code, w.Header())
		}
		form := url.Values{"login": {"admin"}, "name": {"Siti"}, "new_password": {"sandi yang panjang"}, "code": {"AAAA-BBBB-CCCC"}}
		for range 3 {
			if w := posted(t, handler, "/setup", form); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), `value="Siti"`) || strings.Contains(w.Body.String(), "sandi yang panjang") {
				t.Fatalf("a wrong code: %d %.300s", w.Code, w.Body)
			}
		}
		form.Set("code", strings.ToLower(strings.ReplaceAll(code, "-", " ")))
		form.Set("new_password", "pendek")
		if w := posted(t, handler, "/setup", form); w.Code != http.StatusBadRequest {
			t.Errorf("a short password: %d", w.Code)
		}
		form.Set("new_password", "sandi yang panjang")
		if w := posted(t, handler, "/setup", form); w.Code != http.StatusSeeOther {
			t.Fatalf("%d %.500s", w.Code, w.Body)
		}
		if w := got(t, handler, "/setup"); w.Code != http.StatusNotFound {
			t.Errorf("once more: %d", w.Code)
		}
		if w := got(t, handler, "/"); w.Code != http.StatusOK {
			t.Errorf("the public page: %d", w.Code)
		}
		if w := posted(t, handler, "/sign-in", url.Values{"login": {"admin"}, "password": {"sandi yang panjang"}}); w.Code != http.StatusSeeOther {
			t.Errorf("the administrator: %d", w.Code)
		}
		if all, err := o.Centres.List(t.Context(), who.House("test")); err != nil || len(all) < 25 {
			t.Errorf("%d centres, %v", len(all), err)
		}
		if code, err := Wire(s, false).offerFirst(t.Context()); err != nil || code != "" {
			t.Errorf("offered again: %q %v", code, err)
		}
	})
}

func TestSetup_locks(t *testing.T) {
	t.Parallel()
	eachPlace(t, func(t *testing.T, db string) {
		o := Wire(smallStore(t, db), false)
		code, err := o.offerFirst(t.Context())
		must(t, err)
		handler, err := o.Server(clock.Wall, nil)
		must(t, err)
		form := url.Values{"login": {"admin"}, "name": {"Siti"}, "new_password": {"sandi yang panjang"}, "code": {"x"}}
		for range 20 {
			posted(t, handler, "/setup", form)
		}
		form.Set("code", code)
		if w := posted(t, handler, "/setup", form); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("the right code after twenty wrong ones: %d", w.Code)
		}
	})
}
