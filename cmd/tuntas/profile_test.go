package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tuntas/house/store"
)

// ownCentre is the institution of joko, and the word of its address.
func (o *testOffice) ownCentre() (at, code string) {
	o.t.Helper()
	joko, err := o.Access.As(context.Background(), "joko")
	must(o.t, err)
	at = joko.Scope.Only().String()
	return at, o.want(200, "joko", "GET", "/centres/"+at, nil).text("code")
}

// What an institution writes of itself never becomes part of the page; what is exact stays away; a thousand visitors cost
// ten statements.
func TestInstitution(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		at, code := o.ownCentre()
		evil := `"><script>alert(1)</script></title>&amp;' --><b>`
		o.want(201, "joko", "POST", "/centres/"+at+"/profile", m{"about": evil, "address": evil, "visiting": evil, "route": evil, "cost": evil, "phone": "0331 555-100"})
		for _, path := range []string{"/panti", "/panti/" + code, "/cari?q=" + url.QueryEscape(code), "/pendapat/" + code} {
			if v := o.visit(path); v.status != 200 || strings.Contains(v.body, "<script>alert") {
				t.Errorf("%s: %d %s", path, v.status, v.body)
			}
		}
		v := o.visit("/panti/" + code)
		_, data, _ := strings.Cut(v.body, `<script type="application/ld+json">`)
		data, _, _ = strings.Cut(data, "</script>")
		var ld m
		if err := json.Unmarshal([]byte(data), &ld); err != nil || ld["@type"] != "GovernmentOffice" || ld["description"] != evil || strings.ContainsAny(data, "<>") {
			t.Errorf("JSON-LD: %v %s", err, data)
		}
		if !strings.Contains(v.body, `href="tel:0331555100"`) {
			t.Error("no number to call")
		}
		if v := o.visit("/panti/no-such"); v.status != 404 {
			t.Errorf("an institution that is not there: %d", v.status)
		}
		if v := o.visit("/panti?wilayah=99.99"); v.status != 200 || strings.Contains(v.body, `<ul class="pantis">`) {
			t.Errorf("a district without any: %d", v.status)
		}
		if v := o.visit("/sitemap.xml?x"); !strings.Contains(v.body, "/panti/"+code+"</loc>") {
			t.Error("the map of the site lacks the institution")
		}
		o.want(400, "joko", "POST", "/centres/"+at+"/profile", m{"phone": "javascript:alert(1)"})
		o.want(403, "ratna", "POST", "/centres/"+at+"/profile", m{"about": "x"})
		ctx, n := store.Counting(t.Context())
		w := httptest.NewRecorder()
		o.handler.ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodGet, "/panti/"+code+"?n=1", nil))
		if w.Code != 200 || *n > 13 { // the last of them: the open requests for help
			t.Errorf("%d: %d statements", w.Code, *n)
		}
	})
}

// A survey that nobody opened is told as such, and a press on its form changes nothing.
func TestPulse_door(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		_, code := o.ownCentre()
		body := strings.NewReader("u1=4&stamp=x")
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/pendapat/"+code, body)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		o.handler.ServeHTTP(w, r)
		if w.Code >= 500 || w.Code < 400 {
			t.Errorf("a form of nothing: %d", w.Code)
		}
		if v := o.visit("/pendapat/no-such"); v.status != 404 {
			t.Errorf("%d", v.status)
		}
	})
}

// BenchmarkInstitution compares a profile with a file of the same bytes served by net/http.
func BenchmarkInstitution(b *testing.B) {
	o := newTestOffice(b, "sqlite:"+filepath.Join(b.TempDir(), "bench.db"))
	_, code := o.ownCentre()
	at := "/panti/" + code
	dir := b.TempDir()
	must(b, os.WriteFile(filepath.Join(dir, "page.html"), []byte(o.visit(at).body), 0o600))
	for name, h := range map[string]struct {
		handler http.Handler
		path    string
	}{"profile": {o.handler, at}, "file": {http.FileServer(http.Dir(dir)), "/page.html"}} {
		b.Run(name, func(b *testing.B) { manyVisits(b, h.handler, h.path) })
	}
}

// manyVisits reads a page again and again, by several visitors at once.
func manyVisits(b *testing.B, h http.Handler, path string) {
	s := httptest.NewServer(h)
	defer s.Close()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			res, err := http.Get(s.URL + path) //nolint:noctx // a benchmark
			if err != nil || res.StatusCode != 200 {
				b.Error(err)
				return
			}
			_, _ = io.Copy(io.Discard, res.Body)
			_ = res.Body.Close()
		}
	})
}
