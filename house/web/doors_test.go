package web_test

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"tuntas/house/fail"
)

type document struct {
	Type     string                                  `json:"type"`
	Title    string                                  `json:"title"`
	Status   int                                     `json:"status"`
	Detail   string                                  `json:"detail"`
	Instance string                                  `json:"instance"`
	Errors   []struct{ Field, Code, Message string } `json:"errors"`
	Missing  []struct{ Code, Message string }        `json:"missing"`
}

// slow is an error that names the moment from which one may try again.
type slow struct{ until time.Time }

func (slow) Error() string        { return "too often" }
func (s slow) RetryAt() time.Time { return s.until }

// Each way of saying no has its status, its document at the API and its page, and what it needs in the head.
func TestProblems(t *testing.T) {
	t.Parallel()
	h := open(t)
	var gate fail.Gate
	gate.Need(false, "plan-unsigned", "Tulis sebuah angka.")
	for how, c := range map[string]struct {
		err    error
		status int
		kind   string
	}{
		"notfound": {fail.NotFound, 404, "not-found"},
		"denied":   {fail.Denied, 403, "denied"},
		"stale":    {fail.Stale, 412, "stale"},
		"busy":     {fail.Busy, 503, "busy"},
		"invalid":  {fail.Bad("name", "required", "Isian ini perlu diisi."), 400, "invalid"},
		"rule":     {fail.Broken("case-closed", "Tulis sebuah angka."), 422, "case-closed"},
		"gate":     {gate.Err(), 422, "stage-gate"},
		"clash":    {fail.Clash("bed-taken", "Tulis sebuah angka."), 409, "bed-taken"},
		"slow":     {slow{h.clock.Now().Add(90 * time.Second)}, 429, "throttled"},
		"late":     {slow{h.clock.Now().Add(-time.Hour)}, 429, "throttled"},
		"failure":  {errors.New("a secret of the database"), 500, "failure"},
		"wrapped":  {fmt.Errorf("reading: %w", fail.NotFound), 404, "not-found"},
	} {
		h.problem = func(string) error { return c.err }
		w := status(t, h.api("GET", "/fail/"+how, ""), c.status)
		var d document
		must(t, json.Unmarshal(w.Body.Bytes(), &d))
		if d.Type != "/problems/"+c.kind || d.Status != c.status || d.Title == "" || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %s", how, w.Body)
		}
		page := status(t, h.browser().signedIn().get("/fail/"+how), c.status)
		if !strings.HasPrefix(page.Header().Get("Content-Type"), "text/html") || strings.Contains(page.Body.String(), "secret") {
			t.Errorf("%s: the page is %s", how, page.Header())
		}
		again := map[int]string{503: "5", 429: "90"}[c.status]
		if how == "late" {
			again = "1"
		}
		if got := w.Header().Get("Retry-After"); got != again || page.Header().Get("Retry-After") != again {
			t.Errorf("%s: Retry-After %q, %q", how, got, page.Header().Get("Retry-After"))
		}
		switch how {
		case "invalid":
			if len(d.Errors) != 1 || d.Errors[0].Field != "name" || d.Errors[0].Code != "required" || d.Errors[0].Message == "" {
				t.Errorf("%s", w.Body)
			}
		case "gate":
			if len(d.Missing) != 1 || d.Missing[0].Code != "plan-unsigned" {
				t.Errorf("%s", w.Body)
			}
		case "failure":
			if strings.Contains(w.Body.String(), "secret") || !strings.Contains(d.Instance, "#") {
				t.Errorf("%s", w.Body)
			}
		}
	}
}

// What goes wrong in the program itself is a number for people, never its text.
func TestProblems_ownFaults(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, how := range []string{"panic", "nothing", "template"} {
		if w := h.browser().signedIn().get("/fail/" + how); w.Code != 500 || holds(w, "deliberate") || holds(w, "no struct") || !holds(w, "</html>") {
			t.Errorf("%s: %d %s", how, w.Code, w.Body)
		}
	}
	for _, how := range []string{"panic", "nothing"} {
		if w := h.api("GET", "/fail/"+how, ""); w.Code != 500 || !holds(w, "/problems/failure") {
			t.Errorf("%s: %d %s", how, w.Code, w.Body)
		}
	}
}

func TestPaths(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser().signedIn()
	for _, path := range []string{"/nowhere", "/notes/", "/api/nowhere", "/notes%00", "/no\xc3tes", "/.git/config", "/../etc/passwd"} {
		if w := b.get(strings.ReplaceAll(path, "\xc3", "%c3")); w.Code != 404 && w.Code != 307 && w.Code != 301 {
			t.Errorf("page %s: %d", path, w.Code)
		}
	}
	for _, path := range []string{"/nowhere", "/", "/notes/0CNVK5SC6NSC4", "/notes/0cnvk5", "/notes/%00", "/notes/0CNVK5SC6NSC4/nothing"} {
		w := status(t, h.api("GET", path, ""), 404)
		if !holds(w, `"/problems/not-found"`) {
			t.Errorf("API %s: %s", path, w.Body)
		}
	}
	status(t, h.send("GET", "/api/v1/nowhere", ""), 401)
	for _, c := range [][3]string{{"PUT", "/notes", "GET, HEAD, POST"}, {"DELETE", "/notes", "GET, HEAD, POST"}, {"POST", "/notes/0CNVK5SC6NSC4", "DELETE, GET, HEAD, PATCH"},
		{"GET", "/notes/0CNVK5SC6NSC4/signature", "POST"}, {"OPTIONS", "/notes", "GET, HEAD, POST"}} {
		w := status(t, h.api(c[0], c[1], "", "If-Match", `"v1"`), 405)
		if got := w.Header().Get("Allow"); got != c[2] {
			t.Errorf("%s %s allows %q, want %q", c[0], c[1], got, c[2])
		}
	}
	if w := status(t, b.do("DELETE", "/notes", ""), 405); w.Header().Get("Allow") != "GET, HEAD, POST" || !holds(w, "</html>") {
		t.Errorf("page: %v", w.Header())
	}
}

func TestHead(t *testing.T) {
	t.Parallel()
	h := open(t)
	w := status(t, h.api("HEAD", "/notes", ""), 200)
	if w.Header().Get("Content-Type") != "application/json" {
		t.Error(w.Header())
	}
	status(t, h.browser().signedIn().do("HEAD", "/today", ""), 200)
	status(t, h.api("HEAD", "/nowhere", ""), 404)
}

func TestTokens(t *testing.T) {
	t.Parallel()
	h := open(t)
	for head, want := range map[string]int{"": 401, "Bearer": 401, "Bearer ": 401, "Bearer wrong": 401, "Basic writer": 401, "bearer writer": 200, "Bearer  writer": 200, "Bearer busy": 503} {
		w := h.send("GET", "/api/v1/notes", "", "Authorization", head)
		if w.Code != want || want == 401 && !strings.HasPrefix(w.Header().Get("WWW-Authenticate"), "Bearer") {
			t.Errorf("%q: %d %v", head, w.Code, w.Header())
		}
	}
	status(t, h.send("GET", "/api/v1/open", ""), 200)
	status(t, h.send("GET", "/api/v1/open", "", "Authorization", "Bearer wrong"), 401)
	b := h.browser().signedIn()
	status(t, b.get("/api/v1/notes"), 401) // a session is no token
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.problem = func(string) error { return fail.NotFound }
	const id, en = "Halaman ini tidak ada.", "This page does not exist."
	for accept, want := range map[string]string{"": id, "en": en, "en-GB,en;q=0.9,id;q=0.5": en, "id,en;q=0.5": id, "fr,en;q=0.2": en, "fr": id, "*": id,
		"en;q=0": id, "en;q=x": en, "EN": en, strings.Repeat("x,", 1000): id} {
		w := h.api("GET", "/fail/x", "", "Accept-Language", accept)
		if !holds(w, want) || w.Header().Get("Content-Language") != map[string]string{id: "id", en: "en"}[want] {
			t.Errorf("%.20q: %s %s", accept, w.Header().Get("Content-Language"), w.Body)
		}
	}
	b := h.browser()
	if w := b.get("/nowhere", "Accept-Language", "en"); !holds(w, id) {
		t.Error("a page is Indonesian until a visitor chooses")
	}
	if w := b.get("/long?lang=en"); !holds(w, `lang="en"`) || b.jar["lang"] != "en" {
		t.Errorf("%v %.200s", b.jar, w.Body)
	}
	if w := b.get("/nowhere"); !holds(w, en) {
		t.Error("the choice is kept in a cookie")
	}
	if w := b.get("/nowhere?lang=xx"); !holds(w, id) {
		t.Error("a language that is none is Indonesian")
	}
	b.jar["lang"] = `"><script>`
	if w := b.get("/long"); holds(w, "<script>\"") || !holds(w, `<html lang="id"`) {
		t.Errorf("%.200s", w.Body)
	}
	c := h.browser().signedIn()
	h.looks[writer] = lookEN
	if w := c.get("/fail/x"); !holds(w, en) {
		t.Error("a signed-in user's choice holds")
	}
	if w := c.get("/fail/x?lang=id"); !holds(w, id) {
		t.Error("the address is stronger than the choice")
	}
}

func TestGzip(t *testing.T) {
	t.Parallel()
	h := open(t)
	w := status(t, h.send("GET", "/long", "", "Accept-Encoding", "gzip"), 200)
	if w.Header().Get("Content-Encoding") != "gzip" || !strings.Contains(strings.Join(w.Header().Values("Vary"), ","), "Accept-Encoding") {
		t.Fatalf("%v", w.Header())
	}
	z, err := gzip.NewReader(w.Body)
	must(t, err)
	b, err := io.ReadAll(z)
	if err != nil || !strings.Contains(string(b), "panjang panjang") {
		t.Errorf("%v %.100s", err, b)
	}
	if plain := h.send("GET", "/long", ""); plain.Header().Get("Content-Encoding") != "" || !holds(plain, "panjang") {
		t.Errorf("%v", plain.Header())
	}
	if w := h.send("GET", "/long", "", "Accept-Encoding", "gzip;q=0"); w.Header().Get("Content-Encoding") != "" {
		t.Errorf("gzip was refused: %v", w.Header())
	}
}

// What stands in the head of every answer.
func TestHeaders(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, path := range []string{"/long", "/nowhere", "/api/v1/open", "/healthz", "/api/openapi.json", "/notes"} {
		w := h.send("GET", path, "")
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if p := w.Header().Get("Content-Security-Policy"); !strings.Contains(p, "default-src 'self'") || strings.Contains(p, "script-src") || !strings.Contains(p, "frame-ancestors 'none'") {
			t.Errorf("%s: %s", path, p)
		}
	}
	if w := h.browser().signedIn().get("/today"); w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("a page of a signed-in user may be kept: %v", w.Header())
	}
	if w := h.api("GET", "/notes", ""); w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("an answer of the API may be kept: %v", w.Header())
	}
}

func TestRedirect_onlyToOurselves(t *testing.T) {
	t.Parallel()
	h := open(t)
	for to, want := range map[string]string{"/notes": "/notes", "/notes?a=b": "/notes?a=b", "": "/", "notes": "/", "//evil.example": "/", "https://evil.example": "/",
		`/\evil.example`: "/", "javascript:alert(1)": "/", "/a%0d%0aSet-Cookie:x": "/a%0d%0aSet-Cookie:x"} {
		w := h.send("GET", "/go?to="+strings.NewReplacer("%", "%25", "?", "%3f", "&", "%26", `\`, "%5c", "/", "%2f", ":", "%3a").Replace(to), "")
		if got := w.Header().Get("Location"); w.Code != 303 || got != want {
			t.Errorf("%q leads to %q (%d), want %q", to, got, w.Code, want)
		}
	}
}

// The address of a visitor is what the connection says; a proxy on this machine is believed.
func TestPlace(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, c := range []struct{ from, forwarded, want string }{
		{"127.0.0.1:4000", "", "127.0.0.1"}, {"127.0.0.1:4000", "203.0.113.7", "203.0.113.7"}, {"127.0.0.1:4000", "10.0.0.1, 203.0.113.7", "203.0.113.7"},
		{"127.0.0.1:4000", "nonsense", "127.0.0.1"}, {"[::1]:4000", "203.0.113.7", "203.0.113.7"}, {"198.51.100.9:4000", "203.0.113.7", "198.51.100.9"},
		{"198.51.100.9:4000", "127.0.0.1", "198.51.100.9"},
	} {
		if got := h.placeOf(c.from, c.forwarded); got != c.want {
			t.Errorf("from %s for %q: %s, want %s", c.from, c.forwarded, got, c.want)
		}
	}
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.api("GET", "/notes", "")
	if w := status(t, h.send("GET", "/metrics", ""), 200); !holds(w, `tuntas_request_seconds_count{route="GET /api/v1/notes",status="200"} 1`) {
		t.Errorf("%s", w.Body)
	}
	for _, c := range []struct {
		from string
		head []string
		want int
	}{
		{"198.51.100.9:4000", nil, 403}, {"198.51.100.9:4000", []string{"Authorization", "Bearer writer"}, 403}, {"198.51.100.9:4000", []string{"Authorization", "Bearer watcher"}, 200},
		{"198.51.100.9:4000", []string{"X-Forwarded-For", "127.0.0.1"}, 403}, {"127.0.0.1:4000", []string{"X-Forwarded-For", "203.0.113.7"}, 403},
		{"127.0.0.1:4000", []string{"Via", "1.1 proxy"}, 403}, {"[::1]:4000", nil, 200},
	} {
		if w := h.from(c.from, "GET", "/metrics", c.head...); w.Code != c.want {
			t.Errorf("%s %v: %d, want %d", c.from, c.head, w.Code, c.want)
		}
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	h := open(t)
	status(t, h.send("GET", "/healthz", ""), 200)
	status(t, h.send("GET", "/readyz", ""), 200)
	must(t, h.store.Close())
	status(t, h.send("GET", "/healthz", ""), 200)
	if w := status(t, h.send("GET", "/readyz", ""), 503); w.Header().Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
}

// Lists go on where they ended, refuse what they do not know, and hold what was asked for.
func TestLists(t *testing.T) {
	t.Parallel()
	h := open(t)
	var seen []string
	after, pages := "", 0
	for {
		w := status(t, h.api("GET", "/notes/all?limit=50&after="+after, ""), 200)
		var list struct {
			Items []struct{ ID string }
			Next  *string
		}
		must(t, json.Unmarshal(w.Body.Bytes(), &list))
		for _, i := range list.Items {
			seen = append(seen, i.ID)
		}
		if pages++; list.Next == nil {
			break
		}
		after = *list.Next
	}
	if slices.Sort(seen); len(slices.Compact(seen)) != 120 || pages != 3 {
		t.Errorf("%d records on %d pages", len(seen), pages)
	}
	for query, field := range map[string]string{"limit=0": "limit", "limit=501": "limit", "limit=x": "limit", "after=x": "after", "sise=1": "sise", "limit=1&limit=2": "limit"} {
		w := status(t, h.api("GET", "/notes/all?"+query, ""), 400)
		if !holds(w, `"field":"`+field+`"`) {
			t.Errorf("%s: %s", query, w.Body)
		}
	}
	n := h.made("satu")
	status(t, h.api("GET", "/notes/"+n+"?sise=1", ""), 400)
	status(t, h.api("GET", "/notes/"+n+"?lang=en", ""), 200)
	status(t, h.api("GET", "/notes?%zz", ""), 400)
	status(t, h.api("GET", "/notes?title=%00", ""), 400)
	status(t, h.api("GET", "/notes?title=%ff", ""), 400)
	if w := status(t, h.browser().signedIn().get("/notes?sise=1"), 400); !holds(w, "</html>") {
		t.Error("no page")
	}
	if w := h.api("GET", "/notes", ""); !holds(w, `"next":null`) {
		t.Errorf("%s", w.Body)
	}
}

func TestAbout(t *testing.T) {
	t.Parallel()
	h := open(t)
	if w := status(t, h.send("GET", "/problems/stage-gate", ""), 200); !holds(w, "stage-gate") {
		t.Error("the name of the problem is not explained")
	}
	if w := h.send("GET", "/problems/%3Cscript%3Ealert(1)%3C%2Fscript%3E", ""); holds(w, "<script>alert") {
		t.Error("the name of a problem is not escaped")
	}
	if w := status(t, h.send("GET", "/api", ""), 200); !holds(w, "/api/v1/notes") {
		t.Error("the description lists no path")
	}
	if w := status(t, h.send("GET", "/api/openapi.json", ""), 200); w.Header().Get("Content-Type") != "application/json" || !json.Valid(w.Body.Bytes()) {
		t.Errorf("%v", w.Header())
	}
	if w := h.send("POST", "/healthz", ""); w.Code != http.StatusNotFound && w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST /healthz: %d", w.Code)
	}
}
