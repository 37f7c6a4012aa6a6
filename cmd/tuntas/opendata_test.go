package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/opendata"
)

var testCount = store.NewAct("test.open-figures", who.SeeFigures)

// releases counts some residents and releases them.
func (o *testOffice) releases() {
	o.t.Helper()
	wulan, err := o.Access.As(o.t.Context(), "wulan")
	must(o.t, err)
	must(o.t, o.Store.Write(o.t.Context(), wulan, testCount, func(tx *store.Tx) error {
		tx.Record(store.Entry{Kind: "test"})
		for _, at := range []string{"pstw-jember", "rsbn-malang"} {
			for _, sex := range []string{"female", "male"} {
				tx.Count("stay", o.centres[at], tx.Today(), sex, 31)
				tx.Count("stay.age", o.centres[at], tx.Today(), "70-", 31)
				tx.Count("stay.region", o.centres[at], tx.Today(), "35.09", 31)
			}
		}
		return nil
	}))
	_, err = o.Open.Publish(o.t.Context(), wulan, opendata.Releasing{Family: "penghuni"})
	must(o.t, err)
}

// visitor asks as somebody without an account.
func (o *testOffice) visitor(method, path string, form url.Values, cookies ...*http.Cookie) *httptest.ResponseRecorder {
	o.t.Helper()
	r := httptest.NewRequestWithContext(o.t.Context(), method, path, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	return w
}

// Everybody reads the last release, as a page, as files, as DCAT and in the manner of CKAN; what is not there is refused in
// the shape of each door.
func TestOpenFigures(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		o.releases()
		for _, one := range []struct {
			path   string
			status int
			kind   string
			has    string
		}{
			{"/data", 200, "text/html", "Penghuni menurut panti dan jenis kelamin"},
			{"/data/penghuni-menurut-umur", 200, "text/html", "124"},
			{"/data/masuk-per-bulan", 200, "text/html", "Belum ada rilis."},
			{"/data/penghuni-menurut-umur.csv", 200, "text/csv", "70-,"},
			{"/data/penghuni-menurut-umur.json", 200, "application/json", `"licence"`},
			{"/data/penghuni-menurut-panti.csv?kolom=female", 200, "text/csv", "female"},
			{"/data/penghuni-menurut-panti.csv?kolom=zzz", 400, "application/problem+json", `"kolom"`},
			{"/data/penghuni-menurut-panti.csv?warna=merah", 400, "application/problem+json", `"warna"`},
			{"/data/penghuni-menurut-panti?kolom=zzz", 400, "text/html", ""},
			{"/data/penghuni-menurut-panti.xml", 404, "text/html", ""},
			{"/data/zzz", 404, "text/html", ""},
			{"/data/zzz.csv", 404, "application/problem+json", `"status":404`},
			{"/api/v1/data", 200, "application/json", "penghuni-menurut-umur"},
			{"/api/v1/data/penghuni-menurut-umur", 200, "application/json", `"figures_on"`},
			{"/api/v1/data/zzz", 404, "application/problem+json", ""},
			{"/api/3/action/package_list", 200, "application/json", `"success":true`},
			{"/api/3/action/package_show?id=zzz", 404, "application/json", `"success":false`},
			{"/api/3/action/package_show?id=masuk-per-bulan", 404, "application/json", "Not Found Error"},
			{"/api/3/action/package_show", 400, "application/json", "Validation Error"},
			{"/api/3/action/organization_list", 200, "application/json", `"result":["`},
			{"/api/3/action/zzz", 404, "application/json", `"success":false`},
			{"/open-figures", 303, "", ""},
		} {
			w := o.visitor("GET", one.path, nil)
			if w.Code != one.status || !strings.HasPrefix(w.Header().Get("Content-Type"), one.kind) || !strings.Contains(w.Body.String(), one.has) {
				t.Errorf("%s: %d %s %.300s", one.path, w.Code, w.Header().Get("Content-Type"), w.Body)
			}
		}
		for path, mapped := range map[string]bool{"/data/penghuni-menurut-asal": true, "/data/penghuni-menurut-asal?baris=35.09": false} {
			if body := o.visitor("GET", path, nil).Body.String(); strings.Contains(body, `<svg class="map" viewBox`) != mapped || !strings.Contains(body, "124") {
				t.Errorf("%s shows a map: %t", path, !mapped)
			}
		}
		tag := o.visitor("GET", "/data/penghuni-menurut-umur.csv", nil).Header().Get("ETag")
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/data/penghuni-menurut-umur.csv", nil)
		r.Header.Set("If-None-Match", tag)
		w := httptest.NewRecorder()
		o.handler.ServeHTTP(w, r)
		if tag == "" || w.Code != http.StatusNotModified {
			t.Errorf("the same again: %q %d", tag, w.Code)
		}
		catalogue(t, o)
	})
}

// catalogue looks whether the DCAT catalogue says what DCAT asks for, and whether its files are there.
func catalogue(t *testing.T, o *testOffice) {
	t.Helper()
	var c m
	must(t, json.Unmarshal(o.visitor("GET", "/catalog.jsonld", nil).Body.Bytes(), &c))
	if c["@type"] != "dcat:Catalog" || c["dct:title"] == nil || c["dct:description"] == nil || c["dct:publisher"] == nil || c["@context"].(m)["dcat"] != "http://www.w3.org/ns/dcat#" {
		t.Errorf("the catalogue: %v", c)
	}
	sets := c["dcat:dataset"].([]any)
	if len(sets) != 4 {
		t.Errorf("%d datasets are released", len(sets))
	}
	for _, s := range sets {
		s := s.(m)
		for _, need := range []string{"dct:title", "dct:description", "dct:publisher", "dct:license", "dct:issued", "dct:identifier", "dcat:distribution", "dcat:landingPage"} {
			if s[need] == nil {
				t.Errorf("%v has no %s", s["@id"], need)
			}
		}
		for _, f := range s["dcat:distribution"].([]any) {
			at := f.(m)["dcat:downloadURL"].(m)["@id"].(string)
			u, err := url.Parse(at)
			must(t, err)
			if w := o.visitor("GET", u.Path, nil); w.Code != 200 || f.(m)["dct:license"] == nil {
				t.Errorf("%s: %d", at, w.Code)
			}
		}
	}
	var show struct {
		Success bool
		Result  opendata.CKANPackage
	}
	must(t, json.Unmarshal(o.visitor("GET", "/api/3/action/package_show?id=penghuni-menurut-umur", nil).Body.Bytes(), &show))
	if !show.Success || show.Result.Name != "penghuni-menurut-umur" || len(show.Result.Resources) != 2 || show.Result.Organization.Name == "" || show.Result.LicenseID == "" {
		t.Errorf("package_show: %+v", show)
	}
}
