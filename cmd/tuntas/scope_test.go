package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/access"
)

// door is a signed-in browser.
type door struct {
	o       *testOffice
	session *http.Cookie
}

func (o *testOffice) browse(login string) door {
	o.t.Helper()
	form := url.Values{"login": {login}, "password": {testPassword}}.Encode()
	d := door{o: o}
	w := d.send(http.MethodPost, "/sign-in", form)
	for _, c := range w.Result().Cookies() {
		if c.Name == "tuntas" {
			d.session = c
		}
	}
	if d.session == nil {
		o.t.Fatalf("%s was not let in: %d", login, w.Code)
	}
	return d
}

func (d door) send(method, path, form string) *httptest.ResponseRecorder {
	d.o.t.Helper()
	r := httptest.NewRequestWithContext(d.o.t.Context(), method, path, strings.NewReader(form))
	if form != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if d.session != nil {
		r.AddCookie(d.session)
	}
	w := httptest.NewRecorder()
	d.o.handler.ServeHTTP(w, r)
	return w
}

// Who sees several centres narrows every page to one of them, sees so at the head of the page, and comes back; nobody gets
// to see a centre that is not theirs, and who has one has nothing to choose.
func TestScope_narrowed(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		o.old("ratna", "Mbah Karto")
		darmo := o.want(201, "sari", "POST", "/persons", m{"names": []m{{"text": "Mbah Darmo"}}})
		o.want(201, "sari", "POST", "/cases", m{"person_id": darmo.text("id"), "centre_id": o.centres["rsbn-malang"].String(), "ppks_type": "disabilitas", "opened_on": "2025-03-01"})
		jember, malang := o.centres["pstw-jember"], o.centres["rsbn-malang"]
		ctx := context.Background()
		_, err := o.Access.AddUserWith(ctx, who.House("test"), access.NewUser{Login: "dua", Name: "Dua", Role: "head_centre", Centres: []id.ID{jember, o.centres["pstw-blitar"]}}, testPassword)
		must(t, err)

		wulan := o.browse("wulan")
		sees := func(d door, path string, karto, darmo bool) {
			t.Helper()
			body := d.send(http.MethodGet, path, "").Body.String()
			if strings.Contains(body, "Mbah Karto") != karto || strings.Contains(body, "Mbah Darmo") != darmo {
				t.Errorf("%s: Karto %v, Darmo %v", path, strings.Contains(body, "Mbah Karto"), strings.Contains(body, "Mbah Darmo"))
			}
		}
		narrow := func(d door, at id.ID) int {
			t.Helper()
			form := url.Values{"next": {"/cases"}}
			if at != 0 {
				form.Set("centre", at.String())
			}
			return d.send(http.MethodPost, "/scope", form.Encode()).Code
		}
		sees(wulan, "/cases", true, true)
		if got := narrow(wulan, malang); got != http.StatusSeeOther {
			t.Fatalf("narrowed: %d", got)
		}
		for _, path := range []string{"/cases", "/persons", "/indicators/opened/records"} {
			sees(wulan, path, false, true)
		}
		if body := wulan.send(http.MethodGet, "/balance", "").Body.String(); !strings.Contains(body, "Hanya RSBN Malang") {
			t.Error("the page does not say that it is narrowed")
		}
		for _, path := range []string{"/today", "/province", "/deadlines", "/workload", "/map", "/attention", "/scope"} {
			if got := wulan.send(http.MethodGet, path, "").Code; got != http.StatusOK {
				t.Errorf("narrowed, %s: %d", path, got)
			}
		}
		if got := narrow(wulan, 0); got != http.StatusSeeOther {
			t.Fatalf("back: %d", got)
		}
		sees(wulan, "/cases", true, true)

		if got := narrow(wulan, id.New()); got != http.StatusBadRequest {
			t.Errorf("a centre that is not there: %d", got)
		}
		ratna := o.browse("ratna")
		if got := narrow(ratna, malang); got != http.StatusNotFound {
			t.Errorf("a worker of one centre: %d", got)
		}
		if got := ratna.send(http.MethodGet, "/scope", "").Code; got != http.StatusNotFound {
			t.Errorf("the choice of who has none: %d", got)
		}
		dua := o.browse("dua")
		if got := narrow(dua, malang); got != http.StatusBadRequest {
			t.Errorf("the centre of a stranger: %d", got)
		}
		sees(dua, "/cases", true, false)
		if got := narrow(dua, jember); got != http.StatusSeeOther {
			t.Errorf("one of two: %d", got)
		}
		sees(dua, "/cases", true, false)
	})
}

// What others did on a worker's case stands on the home and on its page, the worker's own deeds do not; a colleague who does
// not carry the case is told nothing.
func TestChanges_ofMyCases(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		_, c := o.old("ratna", "Mbah Karto")
		o.want(201, "ratna", "POST", "/cases/"+c+"/notes", m{"kind": "phone", "on": "2025-03-02", "text": "Menelepon keponakan"})
		ratna := o.browse("ratna")
		if body := ratna.send(http.MethodGet, "/changes", "").Body.String(); !strings.Contains(body, "Tidak ada perubahan oleh orang lain.") {
			t.Error("own deeds are told as those of others")
		}
		o.want(201, "lina", "POST", "/cases/"+c+"/notes", m{"kind": "phone", "on": "2025-03-02", "text": "Keponakan datang"})
		body := ratna.send(http.MethodGet, "/changes", "").Body.String()
		if !strings.Contains(body, "Lina Marlina") || !strings.Contains(body, "1 perubahan oleh orang lain") || strings.Contains(body, "Keponakan datang") {
			t.Error("what a colleague did is not told, or tells what the note says")
		}
		if body := ratna.send(http.MethodGet, "/today", "").Body.String(); !strings.Contains(body, "Lina Marlina") {
			t.Error("the home does not tell it")
		}
		if body := o.browse("lina").send(http.MethodGet, "/changes", "").Body.String(); strings.Contains(body, "Mbah Karto") {
			t.Error("a colleague is told of a case that is not hers")
		}
		if got := o.browse("wulan").send(http.MethodGet, "/changes", "").Code; got != http.StatusForbidden {
			t.Errorf("who carries no cases: %d", got)
		}
	})
}
