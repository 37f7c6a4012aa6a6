package main

import (
	"database/sql"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tuntas/house/id"
)

// anon sends forms from an address, with the cookies that it was given.
type anon struct {
	o       *testOffice
	from    string
	cookies map[string]string
}

func (a *anon) send(method, path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(a.o.t.Context(), method, path, strings.NewReader(form.Encode()))
	r.RemoteAddr = a.from + ":40000"
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for name, value := range a.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	a.o.handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		a.cookies[c.Name] = c.Value
	}
	return w
}

var stampOn = regexp.MustCompile(`name="stamp" value="([^"]+)"`)

// comment sends a comment as a person does: the form of the article, the look at it, the button.
func (a *anon) comment(address, name, body string) *httptest.ResponseRecorder {
	a.o.t.Helper()
	form := url.Values{"name": {name}, "body": {body}}
	w := a.send("POST", address+"/komentar", form)
	found := stampOn.FindStringSubmatch(w.Body.String())
	if found == nil {
		a.o.t.Fatalf("no check page: %d %.300s", w.Code, w.Body)
	}
	a.o.clock.ms.Add(5000)
	form.Set("stamp", found[1])
	return a.send("POST", address+"/komentar", form)
}

// A reader comments without an account and scripts, keeps the code, is shown, copies and erases it. What was typed is text
// wherever it stands.
func TestComments_way(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		const evil = `"><script>alert(1)</script><img src=x onerror=alert(2)>`
		_, at := o.published(m{"title": "Panen", "lead": "Kangkung.", "body": "Isi.", "topic": "event"})
		a := &anon{o, "198.51.100.20", map[string]string{}}
		if w := a.comment(at, evil, evil+" NIK 3509000000000001"); w.Code != 303 || w.Header().Get("Location") != "/komentar/terkirim" {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		receipt := a.send("GET", "/komentar/terkirim", nil)
		code := regexp.MustCompile(`class="code">([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})<`).FindStringSubmatch(receipt.Body.String())
		if code == nil || receipt.Header().Get("Cache-Control") != "no-store" {
			t.Fatalf("no code on %s", receipt.Body)
		}
		if body := o.visit(at).body; strings.Contains(body, "3509000000000001") {
			t.Error("shown before anybody has read it")
		}
		held := o.want(200, "joko", "GET", "/comments?lane=personal", nil).items()
		if len(held) != 1 {
			t.Fatalf("%v", held)
		}
		comment := "/comments/" + held[0]["id"].(string)
		joko := o.signIn("joko")
		for _, path := range []string{"/comments", comment} {
			if body := o.body(joko, "GET", path, ""); strings.Contains(body, "<script>alert") || strings.Contains(body, "<img src=x") {
				t.Error("markup on", path)
			}
		}
		if body := o.body(joko, "GET", comment, ""); !strings.Contains(body, `<mark class="mk-nik"`) {
			t.Error("the number is not marked")
		}
		o.want(201, "joko", "POST", comment+"/showing", m{"text": evil, "answer": evil})
		body := o.visit(at + "?komentar=" + id.Last.String()).body
		if !strings.Contains(body, "&lt;script&gt;alert(1)") || strings.Contains(body, "<script>alert") || strings.Contains(body, "<img src=x") {
			t.Error("the article shows", body)
		}
		own := url.Values{"kode": {code[1]}}
		if w := a.send("POST", "/komentar/salinan", own); w.Code != 200 || !strings.Contains(w.Header().Get("Content-Disposition"), "komentar.json") || !strings.Contains(w.Body.String(), "3509000000000001") {
			t.Errorf("copy: %d %v", w.Code, w.Header())
		}
		if w := a.send("POST", "/komentar/hapus", own); w.Code != 303 {
			t.Errorf("erase: %d", w.Code)
		}
		if w := a.send("POST", "/komentar", own); w.Code == 200 || strings.Contains(w.Body.String(), "alert(1)") {
			t.Errorf("after it was erased: %d", w.Code)
		}
		if body := o.visit(at + "?komentar=" + (id.Last - 1).String()).body; strings.Contains(body, "alert(1)") {
			t.Error("still shown")
		}
		o.want(201, "joko", "POST", "/news/"+o.want(200, "joko", "GET", "/news", nil).items()[0]["id"].(string)+"/withdrawal", m{"reason": "uji"})
		if w := a.send("POST", at+"/komentar", url.Values{"name": {"A"}, "body": {"B"}}); w.Code != 410 {
			t.Errorf("under an article that is gone: %d", w.Code)
		}
	})
}

// Robots post thousands of comments while people write some: each of the people is taken, nothing of the robots is, and the
// table of tries holds a few rows for each address and no more.
func TestComments_flood(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "t.db")
	o := newTestOffice(t, "sqlite:"+file)
	_, at := o.published(m{"title": "Panen", "lead": "Kangkung.", "body": "Isi.", "topic": "event"})
	robots := []func(a *anon, n int){
		func(a *anon, n int) { a.send("POST", at+"/komentar", url.Values{"name": {"R"}, "body": {"beli"}}) },
		func(a *anon, n int) {
			a.send("POST", at+"/komentar", url.Values{"name": {"R"}, "body": {"beli"}, "stamp": {"x.y.z"}})
		},
		func(a *anon, n int) {
			a.send("POST", at+"/komentar", url.Values{"name": {"R"}, "body": {fmt.Sprint("beli ", n)}, "website": {"http://beli"}})
		},
	}
	people := 20
	for n := range 2000 {
		robots[n%len(robots)](&anon{o, fmt.Sprintf("203.0.113.%d", n%50), map[string]string{}}, n)
		if n%(2000/people) == 0 {
			a := &anon{o, fmt.Sprintf("198.51.100.%d", n/(2000/people)), map[string]string{}}
			if w := a.comment(at, "Warga", fmt.Sprintf("Komentar warga nomor %d.", n)); w.Code != 303 {
				t.Errorf("a person was refused: %d", w.Code)
			}
		}
	}
	stubborn := &anon{o, "203.0.113.200", map[string]string{}} // does all that a person does, a hundred times
	for n := range 100 {
		stubborn.comment(at, "R", fmt.Sprintf("beli nomor %d", n))
	}
	if got := o.want(200, "joko", "GET", "/comments?limit=200", nil).items(); len(got) < people || len(got) > people+12 { // an hour may end in between
		t.Errorf("%d comments, of %d people and one stubborn robot", len(got), people)
	}
	var rows int
	beside, err := sql.Open("sqlite", file)
	must(t, err)
	defer beside.Close()
	must(t, beside.QueryRow(`select count(*) from report_tries`).Scan(&rows))
	if rows > 4*people+300 {
		t.Errorf("%d rows of tries", rows)
	}
}
