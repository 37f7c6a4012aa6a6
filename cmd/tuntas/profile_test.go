package main

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/store"
	"tuntas/house/upload"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/participation"
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

// A page of an institution costs at most twelve statements, the first view after a start included, which reckons the verified
// results; the sample has one that has everything.
func TestInstitution_statements(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o, _ := demoOn(t, engine)
			handler, err := o.Server(clock.Wall, nil)
			must(t, err)
			all, err := o.Centres.List(t.Context(), who.Public())
			must(t, err)
			running := false // where nothing else lacks, no survey runs; it is read with the one that is shown
			missing, parts := []string{"everything"}, []string{"panti/foto/", "Akreditasi</dt><dd><b>", "Penilaian standar: ", "perbaikan fasilitas tercatat", "masalah panti diselesaikan",
				"kebutuhan panti dipenuhi", "(IKM)</dt><dd><b>", "Fasilitas yang baik"}
			for _, c := range all {
				if !c.ClientService {
					continue
				}
				var first, later *int
				for n, count := range []**int{&first, &later} {
					ctx, counted := store.Counting(t.Context())
					w := httptest.NewRecorder()
					handler.ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodGet, "/panti/"+c.Code+"?n="+strconv.Itoa(n), nil))
					if *count = counted; w.Code != 200 || *counted > 12 {
						t.Errorf("%s, view %d: %d, %d statements", c.Code, n+1, w.Code, *counted)
					}
					lacks := slices.DeleteFunc(slices.Clone(parts), func(part string) bool { return strings.Contains(w.Body.String(), part) })
					running = running || strings.Contains(w.Body.String(), "/pendapat/")
					if len(lacks) < len(missing) || len(missing) > 0 && missing[0] == "everything" {
						missing = lacks
					}
				}
				t.Log(c.Code, *first, *later)
			}
			if len(missing) > 0 || !running {
				t.Errorf("the richest page lacks %q; a survey runs somewhere: %v", missing, running)
			}
		})
	}
}

// The photo of an institution may be kept for ever; it is gone when its head removes it, and nobody else may.
func TestInstitution_photo(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		at, code := o.ownCentre()
		joko, err := o.Access.As(t.Context(), "joko")
		must(t, err)
		var drawn bytes.Buffer
		must(t, png.Encode(&drawn, image.NewGray(image.Rect(0, 0, 800, 450))))
		_, p, err := o.Centres.AddPhoto(t.Context(), joko, joko.Scope.Only(), centre.NewPhoto{Alt: `"><b>Gerbang`, NoPerson: true}, upload.File{Name: "a.png", Is: "image/png", Body: drawn.Bytes()})
		must(t, err)
		path := "/panti/foto/" + p.Photo.ID.String() + "/640"
		if v := o.visit("/panti/" + code); !strings.Contains(v.body, `src="`+path+`"`) || strings.Contains(v.body, "<b>Gerbang") {
			t.Error("the profile does not show the photo as it should")
		}
		w := httptest.NewRecorder()
		o.handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		if w.Code != 200 || w.Header().Get("Content-Type") != "image/jpeg" || w.Header().Get("Cache-Control") != "public, max-age=31536000, immutable" || len(w.Result().Cookies()) > 0 {
			t.Errorf("%d %v", w.Code, w.Header())
		}
		for _, wrong := range []string{"/panti/foto/" + p.Photo.ID.String() + "/641", "/panti/foto/x/640", "/panti/foto/" + p.Photo.ID.String() + "/x"} {
			if v := o.visit(wrong); v.status != 404 {
				t.Errorf("%s: %d", wrong, v.status)
			}
		}
		o.want(403, "ratna", "POST", "/centres/"+at+"/photo/removal", m{})
		o.want(404, "joko", "POST", "/centres/"+o.centres["rsbn-malang"].String()+"/photo/removal", m{})
		o.want(201, "joko", "POST", "/centres/"+at+"/photo/removal", m{})
		if v := o.visit(path + "?x"); v.status != 404 {
			t.Errorf("removed, and still there: %d", v.status)
		}
	})
}

// Who comes from a profile finds its kabupaten or kota chosen on the third page; an unknown one is left out.
func TestInstitution_help(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		_, code := o.ownCentre()
		if v := o.visit("/panti/" + code); !strings.Contains(v.body, `href="/lapor?wilayah=35.`) {
			t.Error("the profile does not say where it is")
		}
		for sent, want := range map[string]string{"35.09": "35.09", "99.99": "", "": "", `35.09"><script>`: ""} {
			v := o.visit("/lapor?wilayah=" + url.QueryEscape(sent))
			if got := strings.Contains(v.body, `name="wilayah" value="`+want+`"`); v.status != 200 || got != (want != "") || strings.Contains(v.body, "<script>\"") {
				t.Errorf("%q: %d", sent, v.status)
			}
			stamp, err := o.Reports.Stamp(t.Context())
			must(t, err)
			o.clock.ms.Add(10_000)
			secret, err := o.Reports.Begin(t.Context(), "198.51.100.9", participation.Beginning{Danger: "no", Region: sent, Stamp: stamp})
			must(t, err)
			f, err := o.Reports.DraftOf(t.Context(), secret)
			must(t, err)
			if f.Likely != want || f.Where.Region != "" || f.Next() != "apa" {
				t.Errorf("%q: %+v", sent, f)
			}
		}
	})
}
