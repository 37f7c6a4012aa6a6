package main

import (
	"database/sql"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tuntas/try"
)

// What both doors say while the database cannot be reached: in words, with the time to wait, and nothing lost.
func (o *testOffice) saysBusy(t *testing.T, cookie, typed string) {
	t.Helper()
	for _, c := range []struct {
		method, path string
		body         any
	}{{"GET", "/persons", nil}, {"POST", "/persons", m{"names": []m{{"text": typed}}}}, {"GET", "/nowhere", nil}} {
		r := o.want(503, "ratna", c.method, c.path, c.body)
		if r.text("type") != "/problems/busy" || r.head.Get("Retry-After") == "" || r.text("detail") == "" {
			t.Errorf("%s %s: %s", c.method, c.path, r.raw)
		}
	}
	w := o.quickPage(cookie, "POST", "/persons", url.Values{"names.0.text": {typed}, "_key": {"k-" + typed}, "password": {"rahasia"}}.Encode())
	page := w.Body.String()
	if w.Code != 503 || w.Header().Get("Retry-After") == "" || !strings.Contains(page, "Sistem sedang tidak bisa dihubungi.") {
		t.Errorf("the page: %d %v %.300s", w.Code, w.Header(), page)
	}
	for _, field := range []string{`name="names.0.text" value="` + typed + `"`, `name="_key" value="k-` + typed + `"`, `action="/persons"`} {
		if !strings.Contains(page, field) {
			t.Errorf("what was typed is lost: no %s in %.600s", field, page)
		}
	}
	if strings.Contains(page, "rahasia") {
		t.Error("a password stands on the page")
	}
	for _, path := range []string{"/today", "/persons", "/", "/sign-in"} {
		if w := o.quickPage(cookie, "GET", path, ""); w.Code != 503 && w.Code != 200 || !strings.HasSuffix(strings.TrimSpace(w.Body.String()), "</html>") {
			t.Errorf("%s: %d %.200s", path, w.Code, w.Body)
		}
	}
}

// back checks that all works again without anybody's doing.
func (o *testOffice) back(t *testing.T, cookie, typed string) {
	t.Helper()
	o.want(201, "ratna", "POST", "/persons", m{"names": []m{{"text": typed}}})
	form := url.Values{"names.0.text": {typed + " kedua"}, "_key": {"k-" + typed}, "_confirmed": {"true"}}.Encode()
	if w := o.quickPage(cookie, "POST", "/persons", form); w.Code != http.StatusSeeOther {
		t.Errorf("the form once more: %d %.300s", w.Code, w.Body)
	}
	if w := o.quickPage(cookie, "GET", "/today", ""); w.Code != 200 {
		t.Errorf("/today: %d", w.Code)
	}
}

func TestGone_postgres(t *testing.T) {
	t.Parallel()
	line, address := try.NewLine(t, officeOnPostgres(t))
	o := newTestOffice(t, address)
	cookie := o.signIn("ratna")
	for _, typed := range []string{"Sumarni", "Karsinah"} {
		line.Cut()
		o.saysBusy(t, cookie, typed)
		if w := o.quickPage("", "GET", "/readyz", ""); w.Code != 503 {
			t.Errorf("/readyz: %d", w.Code)
		}
		line.Mend()
		o.back(t, cookie, typed)
	}
	o.stillSound(t)
}

// The line breaks in the middle of many writes: each is answered, none is half, and a retry finishes it.
func TestGone_inTheMiddle(t *testing.T) {
	t.Parallel()
	line, address := try.NewLine(t, officeOnPostgres(t))
	o := newTestOffice(t, address)
	const writers = 6
	type sent struct {
		key    string
		status int
	}
	results := make(chan sent)
	for w := range writers {
		go func() {
			for n := range 10 {
				key := string(rune('a'+w)) + string(rune('0'+n))
				r := o.api("ratna", "POST", "/persons", m{"names": []m{{"text": "Orang " + key}}}, "Idempotency-Key", key)
				results <- sent{key, r.status}
			}
		}()
	}
	var failed []string
	done := 0
	for n := range writers * 10 {
		r := <-results
		switch r.status {
		case 201:
			done++
		case 503:
			failed = append(failed, r.key)
		default:
			t.Errorf("%s: %d", r.key, r.status)
		}
		switch n {
		case 12:
			line.Cut()
		case 25:
			line.Mend()
		}
	}
	for _, key := range failed {
		o.want(201, "ratna", "POST", "/persons", m{"names": []m{{"text": "Orang " + key}}}, "Idempotency-Key", key)
	}
	if t.Logf("%d refused, then done", len(failed)); len(failed) == 0 {
		t.Error("the line was not cut in the middle of anything")
	}
	if all := o.want(200, "ratna", "GET", "/persons?limit=500", nil).items(); len(all) != writers*10 {
		t.Errorf("%d persons of %d", len(all), writers*10)
	}
	o.stillSound(t)
}

// Another program holds the file: who writes is told to try again, and who reads goes on.
func TestGone_sqliteLocked(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "t.db")
	o := newTestOffice(t, "sqlite:"+file)
	other, err := sql.Open("sqlite", "file:"+file)
	must(t, err)
	t.Cleanup(func() { _ = other.Close() })
	other.SetMaxOpenConns(1)
	_, err = other.ExecContext(t.Context(), "begin immediate")
	must(t, err)
	began := time.Now()
	r := o.want(503, "ratna", "POST", "/persons", m{"names": []m{{"text": "Sumarni"}}})
	if r.head.Get("Retry-After") == "" || time.Since(began) > 25*time.Second {
		t.Errorf("after %s: %s", time.Since(began), r.raw)
	}
	o.want(200, "ratna", "GET", "/persons", nil)
	_, err = other.ExecContext(t.Context(), "rollback")
	must(t, err)
	o.back(t, o.signIn("ratna"), "Karsinah")
}

// The database is closed under the program.
func TestGone_closed(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		cookie := o.signIn("ratna")
		must(t, o.Store.Close())
		o.saysBusy(t, cookie, "Sumarni")
	})
}
