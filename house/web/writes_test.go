package web_test

import (
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"tuntas/house/id"
	"tuntas/house/web"
)

var lookEN = web.Look{Lang: "en"}

// made makes a note and gives its id.
func (h *hall) made(title string) string {
	h.t.Helper()
	w := status(h.t, h.api("POST", "/notes", `{"title":"`+title+`"}`), 201)
	var n note
	must(h.t, json.Unmarshal(w.Body.Bytes(), &n))
	return n.ID.String()
}

// from asks as somebody at another address.
func (h *hall) from(address, method, path string, head ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(h.t.Context(), method, path, nil)
	r.RemoteAddr = address
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	w := httptest.NewRecorder()
	h.server.ServeHTTP(w, r)
	return w
}

func (h *hall) placeOf(address, forwarded string) string {
	var head []string
	if forwarded != "" {
		head = []string{"X-Forwarded-For", forwarded}
	}
	w := h.from(address, "GET", "/place", head...)
	_, after, _ := strings.Cut(w.Body.String(), `<p class="out">`)
	place, _, _ := strings.Cut(after, "</p>")
	return place
}

// The same key and content: the same answer, once carried out; other content is a clash.
func TestIdempotency(t *testing.T) {
	t.Parallel()
	h := open(t)
	const body = `{"title":"satu","count":2}`
	first := status(t, h.api("POST", "/notes", body, "Idempotency-Key", "k1"), 201)
	for _, same := range []string{body, ` { "count" : 2, "title":"satu" } `} {
		again := status(t, h.api("POST", "/notes", same, "Idempotency-Key", "k1"), 201)
		if again.Body.String() != first.Body.String() || again.Header().Get("Location") != first.Header().Get("Location") || again.Header().Get("Idempotent-Replayed") != "true" {
			t.Errorf("%s %v, first %s", again.Body, again.Header(), first.Body)
		}
	}
	for _, other := range []string{`{"title":"dua","count":2}`, `{"title":"satu"}`, `{"title":"satu","count":2,"x":1}`} {
		if w := status(t, h.api("POST", "/notes", other, "Idempotency-Key", "k1"), 409); !holds(w, "/problems/key-reused") {
			t.Errorf("%s", w.Body)
		}
	}
	var n note
	must(t, json.Unmarshal(first.Body.Bytes(), &n))
	if w := h.api("POST", "/notes/"+n.ID.String()+"/signature", body, "Idempotency-Key", "k1"); w.Code != 409 {
		t.Errorf("the same key at another address: %d", w.Code)
	}
	if len(h.all()) != 1 {
		t.Errorf("%d notes", len(h.all()))
	}
	w := h.send("POST", "/api/v1/notes", body, "Authorization", "Bearer watcher", "Content-Type", "application/json", "Idempotency-Key", "k1")
	if status(t, w, 201); w.Header().Get("Idempotent-Replayed") != "" || len(h.all()) != 2 {
		t.Error("another user's key is another key")
	}
	for _, key := range []string{strings.Repeat("k", 201), "a\tb", "kunci é"} {
		if w := status(t, h.api("POST", "/notes", body, "Idempotency-Key", key), 400); !holds(w, `"field":"Idempotency-Key"`) {
			t.Errorf("%q: %s", key, w.Body)
		}
	}
	// A refusal is no answer that is kept: the same key may be used when the fault is mended.
	status(t, h.api("POST", "/notes", `{"title":""}`, "Idempotency-Key", "k2"), 400)
	status(t, h.api("POST", "/notes", `{"title":"tiga"}`, "Idempotency-Key", "k2"), 201)
}

// Many of the same at once: one is carried out, all get its answer.
func TestIdempotency_atOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	var all sync.WaitGroup
	answers := make([]*httptest.ResponseRecorder, 8)
	for i := range answers {
		all.Go(func() { answers[i] = h.api("POST", "/notes", `{"title":"satu"}`, "Idempotency-Key", "k1") })
	}
	all.Wait()
	places := map[string]int{}
	for _, w := range answers {
		if w.Code != 201 {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		places[w.Header().Get("Location")]++
	}
	if len(places) != 1 {
		t.Errorf("%v", places)
	}
}

// The program stops between the commit and the answer: the retry gets the record.
func TestIdempotency_answerLost(t *testing.T) {
	t.Parallel()
	h := open(t)
	lost := func(send func()) (made id.ID) {
		h.lose = func(i id.ID) { made = i; panic("the machine stopped") }
		send()
		h.lose = nil
		return made
	}
	made := lost(func() { h.api("POST", "/notes", `{"title":"satu"}`, "Idempotency-Key", "k1") })
	w := status(t, h.api("POST", "/notes", `{"title":"satu"}`, "Idempotency-Key", "k1"), 201)
	var n note
	must(t, json.Unmarshal(w.Body.Bytes(), &n))
	if n.ID != made || n.Title != "satu" || w.Header().Get("Location") != "/api/v1/notes/"+made.String() || len(h.all()) != 1 {
		t.Errorf("%s %v", w.Body, w.Header())
	}
	sign := "/notes/" + made.String() + "/signature"
	lost(func() { h.api("POST", sign, ``, "Idempotency-Key", "k2") })
	if w := status(t, h.api("POST", sign, ``, "Idempotency-Key", "k2"), 201); !holds(w, `"version":2`) {
		t.Errorf("what was signed: %s", w.Body)
	}
	b := h.browser().signedIn()
	lost(func() { b.post("/notes", "title=dua&_key=k3") })
	if w := status(t, b.post("/notes", "title=dua&_key=k3"), 303); !strings.HasPrefix(w.Header().Get("Location"), "/notes/") || len(h.all()) != 2 {
		t.Errorf("page: %v, %d notes", w.Header(), len(h.all()))
	}
}

// A form that is sent twice, by a double click, is one deed.
func TestIdempotency_forms(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser().signedIn()
	first := status(t, b.post("/notes", "title=satu&_key=k1"), 303)
	second := status(t, b.post("/notes", "_key=k1&title=satu"), 303)
	if first.Header().Get("Location") != second.Header().Get("Location") || len(h.all()) != 1 {
		t.Errorf("%v %v", first.Header(), second.Header())
	}
	if w := status(t, b.post("/notes", "_key=k1&title=dua"), 409); !holds(w, "</html>") {
		t.Errorf("%s", w.Body)
	}
}

func TestVersions(t *testing.T) {
	t.Parallel()
	h := open(t)
	made := status(t, h.api("POST", "/notes", `{"title":"satu","count":4}`), 201)
	at := strings.TrimPrefix(made.Header().Get("Location"), "/api/v1")
	if made.Header().Get("ETag") != `"v1"` || at == "" {
		t.Fatalf("%v", made.Header())
	}
	get := status(t, h.api("GET", at, ""), 200)
	if get.Header().Get("ETag") != `"v1"` {
		t.Error(get.Header())
	}
	for tag, want := range map[string]int{`"v1"`: 304, `W/"v1"`: 304, `"v9", "v1"`: 304, `*`: 304, `"v2"`: 200, `v1`: 200} {
		w := status(t, h.api("GET", at, "", "If-None-Match", tag), want)
		if want == 304 && w.Body.Len() > 0 {
			t.Errorf("%s: a body", tag)
		}
	}
	if w := status(t, h.api("PATCH", at, `{"title":"dua"}`), 428); !holds(w, "/problems/if-match") {
		t.Errorf("%s", w.Body)
	}
	status(t, h.api("DELETE", at, ""), 428)
	for _, tag := range []string{`"v2"`, `"v0"`, `"x"`, `""`, `"v-1"`, `"v99999999999999999999"`} {
		if w := status(t, h.api("PATCH", at, `{"title":"dua"}`, "If-Match", tag), 412); !holds(w, "/problems/stale") {
			t.Errorf("%s", w.Body)
		}
	}
	changed := status(t, h.api("PATCH", at, `{"title":"dua"}`, "If-Match", `"v1"`), 200)
	if changed.Header().Get("ETag") != `"v2"` || !holds(changed, `"count":4`) {
		t.Errorf("%v %s", changed.Header(), changed.Body)
	}
	status(t, h.api("PATCH", at, `{"title":"tiga"}`, "If-Match", `"v1"`), 412)
	status(t, h.api("PATCH", at, `{"title":"tiga"}`, "If-Match", `W/"v2"`), 200)
	w := h.send("PATCH", "/api/v1"+at, `{"count":null}`, "Authorization", "Bearer writer", "Content-Type", "application/merge-patch+json", "If-Match", `"v3"`)
	if status(t, w, 200); !holds(w, `"count":0`) || !holds(w, `"tiga"`) {
		t.Errorf("%s", w.Body)
	}
	status(t, h.api("PATCH", at, `{"title":"empat"}`, "If-Match", "*"), 200)
	status(t, h.api("DELETE", at, "", "If-Match", `"v4"`), 412)
	status(t, h.api("DELETE", at, "", "If-Match", `"v5"`), 204)
	status(t, h.api("GET", at, ""), 404)
}

func TestLimits(t *testing.T) {
	t.Parallel()
	h := open(t)
	big := `{"title":"` + strings.Repeat("x", 1<<20) + `"}`
	if w := status(t, h.api("POST", "/notes", big), 413); !holds(w, "/problems/too-large") {
		t.Errorf("%s", w.Body)
	}
	b := h.browser().signedIn()
	if w := status(t, b.post("/notes", "title="+strings.Repeat("x", 1<<20)), 413); !holds(w, "</html>") {
		t.Error("no page")
	}
	for kind, want := range map[string]int{"": 415, "text/plain": 415, "application/xml": 415, "application/x-www-form-urlencoded": 415, "application/json; charset=utf-8": 201,
		"APPLICATION/JSON": 201, "text/csv": 415, "application/merge-patch+json": 415} {
		w := h.send("POST", "/api/v1/notes", `{"title":"satu"}`, "Authorization", "Bearer writer", "Content-Type", kind)
		if w.Code != want {
			t.Errorf("%q: %d, want %d: %s", kind, w.Code, want, w.Body)
		}
	}
	status(t, b.do("POST", "/notes", "{}", "Content-Type", "application/json"), 415)
	for kind, want := range map[string]int{"text/csv": 201, "application/octet-stream": 201, "text/plain": 415} {
		w := h.send("POST", "/api/v1/files", "a;b", "Authorization", "Bearer writer", "Content-Type", kind)
		if w.Code != want {
			t.Errorf("file as %q: %d", kind, w.Code)
		}
	}
	status(t, h.send("POST", "/api/v1/files", strings.Repeat("x", 1001), "Authorization", "Bearer writer", "Content-Type", "text/csv"), 413)
	status(t, b.do("POST", "/files", strings.Repeat("x", 100), "Content-Type", "multipart/form-data"), 400)
	status(t, b.do("POST", "/files", strings.Repeat("x", 100), "Content-Type", "multipart/form-data; boundary=b"), 400)
	status(t, b.post("/files", "file=x"), 400)
	var body strings.Builder
	m := multipart.NewWriter(&body)
	part, err := m.CreateFormFile("file", "a.csv")
	must(t, err)
	_, _ = part.Write([]byte("a;b"))
	must(t, m.Close())
	status(t, b.do("POST", "/files", body.String(), "Content-Type", m.FormDataContentType()), 303)
	status(t, b.post("/notes", "title=%zz"), 400)
	status(t, b.post("/notes", "title=%ff"), 400)
}

func TestForeignForms(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser().signedIn()
	for _, head := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"}} {
		if w := status(t, b.post("/notes", "title=satu", head...), 403); !holds(w, "</html>") {
			t.Errorf("%v: %s", head, w.Body)
		}
	}
	if len(h.all()) != 0 {
		t.Error("a form from elsewhere was carried out")
	}
	status(t, b.post("/notes", "title=satu", "Sec-Fetch-Site", "same-origin"), 303)
	status(t, b.post("/notes", "title=satu", "Origin", "http://example.com"), 303) // the host of these tests
	status(t, b.get("/notes", "Sec-Fetch-Site", "cross-site"), 200)
	status(t, h.api("POST", "/notes", `{"title":"satu"}`, "Origin", "https://other.example"), 201) // a token comes from no cookie
}

func TestSessions(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser()
	if w := status(t, b.get("/today"), 303); w.Header().Get("Location") != "/sign-in?next=%2Ftoday" || b.jar["tuntas"] != "" {
		t.Errorf("%v %v", w.Header(), b.jar)
	}
	w := b.post("/sign-in", "login=ratna", "X-Forwarded-Proto", "https")
	cookie := w.Result().Cookies()[0]
	if !cookie.HttpOnly || !cookie.Secure || cookie.SameSite == 0 || cookie.Value == "" {
		t.Errorf("%+v", cookie)
	}
	if w := status(t, b.get("/today"), 200); len(w.Result().Cookies()) > 0 {
		t.Error("a page that is only read sets a cookie")
	}
	before := b.jar["tuntas"]
	b.signedIn()
	if b.jar["tuntas"] == before {
		t.Error("the token of a session stays the same through a sign-in")
	}
	for range 3 { // used every three hours it lives
		h.clock.forward(3 * time.Hour)
		status(t, b.get("/today"), 200)
	}
	h.clock.forward(4*time.Hour + time.Minute)
	status(t, b.get("/today"), 303)
	b.signedIn()
	h.gone[writer] = true
	status(t, b.get("/today"), 303)
	delete(h.gone, writer)
	status(t, b.get("/today"), 303) // and it does not come back
	b.signedIn()
	stolen := b.jar["tuntas"]
	status(t, b.post("/sign-out", ""), 303)
	b.jar["tuntas"] = stolen
	status(t, b.get("/today"), 303)
	b.jar["tuntas"] = strings.Repeat("x", 5000)
	status(t, b.get("/today"), 303)
}

// A form that is sent after the session ended is kept, and comes back whole after sign-in.
func TestSessions_formComesBack(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser().signedIn()
	h.clock.forward(5 * time.Hour)
	w := status(t, b.post("/notes", "title=Mbah+Karto+%26+%3Cb%3E&count=3&password=rahasia&list.0.text=a&list.1.text=b"), 303)
	to := w.Header().Get("Location")
	if !strings.HasPrefix(to, "/sign-in?next=%2Fnotes%3Fkept%3D") {
		t.Fatalf("%s", to)
	}
	back := "/notes?" + strings.TrimPrefix(strings.NewReplacer("%3D", "=", "%3F", "?", "%2F", "/").Replace(to), "/sign-in?next=/notes?")
	if w := b.get(back); w.Code != 303 { // not signed in: nothing is shown
		t.Errorf("%d", w.Code)
	}
	stranger := h.browser().signedIn()
	if w := stranger.get(back); holds(w, "Mbah Karto") {
		t.Error("another browser sees the form")
	}
	b.signedIn()
	w = status(t, b.get(back), 200)
	for name, v := range map[string]string{"title": "Mbah Karto &amp; &lt;b&gt;", "count": "3", "list.0.text": "a", "list.1.text": "b"} {
		if !holds(w, fmt.Sprintf(`<i data-name="%s">%s</i>`, name, v)) {
			t.Errorf("%s did not come back: %s", name, w.Body)
		}
	}
	if holds(w, "rahasia") || !holds(w, "Isian Anda masih ada") {
		t.Errorf("%s", w.Body)
	}
	h.clock.forward(31 * time.Minute)
	if w := b.get(back); holds(w, "Mbah Karto") {
		t.Error("a form is kept for ever")
	}
}

// One address cannot fill the database with forms, and a huge one is not kept.
func TestSessions_keptFormsAreFew(t *testing.T) {
	t.Parallel()
	h := open(t)
	kept := 0
	for range 30 {
		if w := h.browser().post("/notes", "title=satu"); strings.Contains(w.Header().Get("Location"), "kept") {
			kept++
		}
	}
	if kept != 20 {
		t.Errorf("%d forms of one address are kept", kept)
	}
	h.clock.forward(2 * time.Hour)
	if w := h.browser().post("/notes", "title="+strings.Repeat("x", 300<<10)); strings.Contains(w.Header().Get("Location"), "kept") {
		t.Error("a huge form is kept")
	}
	if w := h.browser().post("/notes", "password=rahasia"); strings.Contains(w.Header().Get("Location"), "kept") {
		t.Error("a form of nothing but a password is kept")
	}
}

// A form that is refused is shown again, everything typed still there.
func TestForms_again(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser().signedIn()
	w := status(t, b.post("/notes", "title="+strings.Repeat("x", 41)+"&count=7&nama=%3Cscript%3E"), 400)
	for _, text := range []string{strings.Repeat("x", 41), `<i data-name="count">7</i>`, "Paling panjang 40 huruf.", "&lt;script&gt;", "lagi"} {
		if !holds(w, text) {
			t.Errorf("the form lacks %q: %s", text, w.Body)
		}
	}
	if holds(w, "<script>\n") || holds(w, `"nama"><script>`) {
		t.Error("not escaped")
	}
	if w := b.post("/notes", "title=a%07b%00c"); w.Code != 303 {
		t.Errorf("invisible characters of pasted text: %d", w.Code)
	}
	if all := h.all(); len(all) != 1 || all[0].Title != "abc" {
		t.Errorf("%+v", all)
	}
	if w := b.get("/today"); !holds(w, "abc didaftarkan.") {
		t.Errorf("no word about it on the next page: %s", w.Body)
	}
	if w := b.get("/today"); holds(w, "abc didaftarkan.") {
		t.Error("the word about it stays")
	}
}
