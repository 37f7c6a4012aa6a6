package web_test

import (
	"bytes"
	"context"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/store"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/access"
	"tuntas/schema"
)

// The users of these tests: one who writes notes, one who may look at the system.
const (
	writer  id.ID = 1001
	watcher id.ID = 1002
)

// hall is a server with one desk of notes, kept in memory and recorded in a real store.
type hall struct {
	opened  []who.Opening
	t       *testing.T
	server  *web.Server
	store   *store.Store
	clock   *wound
	mu      sync.Mutex
	notes   map[id.ID]note
	holdup  func()             // called inside every write
	lose    func(id.ID)        // called after a write, before the answer
	problem func(string) error // what /fail/{how} fails with
	gone    map[id.ID]bool     // closed accounts
	looks   map[id.ID]web.Look // what users chose
}

// wound is a clock that the test winds.
type wound struct{ ms atomic.Int64 }

func (c *wound) Now() time.Time          { return time.UnixMilli(c.ms.Load()) }
func (c *wound) forward(d time.Duration) { c.ms.Add(d.Milliseconds()) }

// note is the record of these tests.
type note struct {
	ID      id.ID  `json:"id"`
	Version int64  `json:"version"`
	Title   string `json:"title"`
	Count   int64  `json:"count"`
}

func (n note) RecordVersion() int64 { return n.Version }

type newNote struct {
	Title    string `json:"title" required:"true" maxLength:"40" ask:"Tulis nama panggilan."`
	Count    int64  `json:"count" minimum:"0"`
	Password string `json:"password,omitempty"`
}

type noteFilter struct {
	Title string `query:"title" maxLength:"40"`
	After string `query:"after"`
	Limit int64  `query:"limit" minimum:"1" maximum:"500"`
}

var (
	writeNote = store.NewAct("test.note", who.SignedIn)
	templates = fstest.MapFS{
		"html/note.html": {Data: []byte(`{{define "title"}}Catatan{{end}}{{define "main"}}<p class="out">{{.D}}</p>` +
			`<form method="post">{{range $k, $v := .Typed}}{{range $v}}<i data-name="{{$k}}">{{.}}</i>{{end}}{{end}}</form>{{end}}`)},
		"html/broken.html": {Data: []byte(`{{define "title"}}x{{end}}{{define "main"}}{{.D.Nothing.Here}}{{end}}`)},
	}
)

func open(t *testing.T) *hall {
	t.Helper()
	c := &wound{}
	c.ms.Store(time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC).UnixMilli())
	s, err := store.Open("sqlite:"+filepath.Join(t.TempDir(), "t.db"), store.Options{Scope: access.Scope, Schema: schema.Files, Clock: c, Unsafe: true})
	must(t, err)
	t.Cleanup(func() { _ = s.Close() })
	_, err = s.Migrate(t.Context())
	must(t, err)
	pages, err := page.New(map[string]fs.FS{"web": web.Pages, "test": templates})
	must(t, err)
	h := &hall{t: t, store: s, clock: c, notes: map[id.ID]note{}, gone: map[id.ID]bool{}, looks: map[id.ID]web.Look{}}
	h.server, err = web.New(web.Options{Store: s, Pages: pages, Routes: h.routes(), Auth: h, Clock: c})
	must(t, err)
	return h
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (h *hall) asker(user id.ID) who.Asker {
	by := who.Asker{User: user, Name: "Ratna", Login: "ratna", Rights: map[who.Right]bool{who.SignedIn: true, who.Anyone: true}, Scope: who.Scope{All: true}}
	by.Rights[who.SeeSystem] = user == watcher
	return by
}

func (h *hall) Session(_ context.Context, user id.ID) (who.Asker, web.Look, error) {
	if h.gone[user] {
		return who.Asker{}, web.Look{}, fail.NotFound
	}
	return h.asker(user), h.looks[user], nil
}

func (h *hall) Opened(context.Context, who.Asker) ([]who.Opening, error) { return h.opened, nil }

func (h *hall) Token(_ context.Context, token string) (who.Asker, error) {
	switch token {
	case "writer":
		return h.asker(writer), nil
	case "watcher":
		return h.asker(watcher), nil
	case "busy":
		return who.Asker{}, fail.Busy
	}
	return who.Asker{}, fail.NotFound
}

func (h *hall) routes() []web.Route {
	return []web.Route{
		web.GET("/notes", h.getNotes).Query(noteFilter{}).Lists(note{}).Says("notes", "Notes"),
		web.POST("/notes", h.postNote).Takes(newNote{}).Gives(note{}),
		web.GET("/notes/all", h.getAll).API().Lists(note{}),
		web.GET("/notes/{note}", h.getNote).Gives(note{}),
		web.PATCH("/notes/{note}", h.patchNote).Takes(newNote{}).Gives(note{}),
		web.DELETE("/notes/{note}", h.deleteNote),
		web.POST("/notes/{note}/signature", h.postSignature).Gives(note{}),
		web.POST("/files", h.postFile).Limit(1000),
		web.GET("/fail/{how}", h.getFail),
		web.POST("/fail/{how}", h.getFail),
		web.GET("/go", func(r *web.Request) (web.Answer, error) { return r.Go(r.Param("to")) }).Page().Open(),
		web.GET("/long", func(r *web.Request) (web.Answer, error) {
			return r.Page("test/note.html", strings.Repeat("panjang ", 2000))
		}).Page().Open(),
		web.GET("/place", func(r *web.Request) (web.Answer, error) { return r.Page("test/note.html", r.Place()) }).Page().Open(),
		web.GET("/today", func(r *web.Request) (web.Answer, error) { return r.Page("test/note.html", "hari ini "+r.By.Name) }).Page(),
		web.GET("/open", func(r *web.Request) (web.Answer, error) { return r.JSON(map[string]string{"for": r.By.Name}) }).API().Open(),
		web.POST("/sign-in", h.postSignIn).Page().Open(),
		web.POST("/sign-out", h.postSignOut).Page().Open(),
	}
}

func (h *hall) write(r *web.Request, change func() (note, error)) (n note, err error) {
	err = h.store.Write(r.Context(), r.By, writeNote, func(tx *store.Tx) error {
		if h.holdup != nil {
			h.holdup()
		}
		if n, err = change(); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "note", ID: n.ID, Say: fail.Say("Catatan."), What: n})
		return nil
	})
	if err != nil {
		return n, err
	}
	h.mu.Lock()
	h.notes[n.ID] = n
	h.mu.Unlock()
	if h.lose != nil {
		h.lose(n.ID)
	}
	return n, nil
}

func (h *hall) find(r *web.Request) (note, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	n, ok := h.notes[r.ID("note")]
	if !ok {
		return n, fail.NotFound
	}
	return n, nil
}

func (h *hall) all() []note {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := []note{}
	for _, n := range h.notes {
		all = append(all, n)
	}
	return all
}

func (h *hall) getNotes(r *web.Request) (web.Answer, error) {
	var f noteFilter
	if err := r.Filter(&f); err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(h.all(), "")
	}
	return r.Page("test/note.html", len(h.all()))
}

func (h *hall) getAll(r *web.Request) (web.Answer, error) {
	all := []note{}
	for n := range 120 {
		all = append(all, note{ID: id.ID(n + 1)})
	}
	return r.Whole(all)
}

func (h *hall) postNote(r *web.Request) (web.Answer, error) {
	var in newNote
	err := r.Read(&in)
	var n note
	if err == nil {
		n, err = h.write(r, func() (note, error) { return note{id.New(), 1, in.Title, in.Count}, nil })
	}
	if err != nil {
		return r.Again("test/note.html", "lagi", err)
	}
	r.Flash("%s didaftarkan.", n.Title)
	return r.Done("/notes/"+n.ID.String(), "/notes/"+n.ID.String(), n)
}

func (h *hall) getNote(r *web.Request) (web.Answer, error) {
	n, err := h.find(r)
	if err != nil {
		return nil, err
	}
	return r.Show("test/note.html", n.Title, n)
}

func (h *hall) patchNote(r *web.Request) (web.Answer, error) {
	n, err := h.find(r)
	if err != nil {
		return nil, err
	}
	in := newNote{Title: n.Title, Count: n.Count}
	if err := r.Read(&in); err != nil {
		return nil, err
	}
	if v := r.IfMatch(); v != 0 && v != n.Version {
		return nil, fail.Stale
	}
	n, err = h.write(r, func() (note, error) { return note{n.ID, n.Version + 1, in.Title, in.Count}, nil })
	if err != nil {
		return nil, err
	}
	return r.Changed("/notes", n)
}

func (h *hall) deleteNote(r *web.Request) (web.Answer, error) {
	n, err := h.find(r)
	if err != nil {
		return nil, err
	}
	if r.IfMatch() != n.Version {
		return nil, fail.Stale
	}
	h.mu.Lock()
	delete(h.notes, n.ID)
	h.mu.Unlock()
	return r.Gone("/notes")
}

func (h *hall) postSignature(r *web.Request) (web.Answer, error) {
	n, err := h.find(r)
	if err != nil {
		return nil, err
	}
	if n, err = h.write(r, func() (note, error) { n.Version++; return n, nil }); err != nil {
		return nil, err
	}
	return r.Done("/notes", "/notes/"+n.ID.String(), n)
}

func (h *hall) postFile(r *web.Request) (web.Answer, error) {
	_, body, err := r.Upload("file")
	if err != nil {
		return nil, err
	}
	return r.Done("/notes", "/notes", map[string]int{"bytes": len(body)})
}

func (h *hall) getFail(r *web.Request) (web.Answer, error) {
	switch r.Word("how") {
	case "panic":
		panic("deliberate")
	case "nothing":
		return nil, nil
	case "template":
		return r.Page("test/broken.html", "no struct")
	}
	return r.Again("test/note.html", "lagi", h.problem(r.Word("how")))
}

func (h *hall) postSignIn(r *web.Request) (web.Answer, error) {
	if err := r.SignIn(writer); err != nil {
		return nil, err
	}
	return r.Go("/today")
}

func (h *hall) postSignOut(r *web.Request) (web.Answer, error) {
	if err := r.SignOut(); err != nil {
		return nil, err
	}
	return r.Go("/")
}

// send asks the server as a caller from this machine; head holds pairs.
func (h *hall) send(method, path, body string, head ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(context.Background(), method, path, strings.NewReader(body))
	r.RemoteAddr = "127.0.0.1:4000"
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Add(head[i], head[i+1])
	}
	w := httptest.NewRecorder()
	h.server.ServeHTTP(w, r)
	return w
}

// api asks the API as the writer.
func (h *hall) api(method, path, body string, head ...string) *httptest.ResponseRecorder {
	head = append(head, "Authorization", "Bearer writer")
	if body != "" {
		head = append(head, "Content-Type", "application/json")
	}
	return h.send(method, "/api/v1"+path, body, head...)
}

// browser keeps cookies.
type browser struct {
	h   *hall
	jar map[string]string
}

func (h *hall) browser() *browser { return &browser{h, map[string]string{}} }

func (b *browser) signedIn() *browser {
	b.post("/sign-in", "login=ratna&password=rahasia")
	return b
}

func (b *browser) do(method, path, body string, head ...string) *httptest.ResponseRecorder {
	for name, v := range b.jar {
		head = append(head, "Cookie", name+"="+v)
	}
	w := b.h.send(method, path, body, head...)
	for _, c := range w.Result().Cookies() {
		if c.MaxAge < 0 {
			delete(b.jar, c.Name)
		} else {
			b.jar[c.Name] = c.Value
		}
	}
	return w
}

func (b *browser) get(path string, head ...string) *httptest.ResponseRecorder {
	return b.do(http.MethodGet, path, "", head...)
}

func (b *browser) post(path, form string, head ...string) *httptest.ResponseRecorder {
	return b.do(http.MethodPost, path, form, append(head, "Content-Type", "application/x-www-form-urlencoded")...)
}

// status insists on a status.
func status(t *testing.T, w *httptest.ResponseRecorder, want int) *httptest.ResponseRecorder {
	t.Helper()
	if w.Code != want {
		t.Fatalf("%d, want %d: %.400s", w.Code, want, w.Body)
	}
	return w
}

func holds(w *httptest.ResponseRecorder, text string) bool {
	return bytes.Contains(w.Body.Bytes(), []byte(text))
}
