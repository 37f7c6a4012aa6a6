package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
)

// Answer is what a handler gives back; web sends it in the manner of the door.
type Answer interface{ send(r *Request) error }

// Versioned bodies carry their ETag.
type Versioned interface{ RecordVersion() int64 }

// start sends the head of the answer, after everything that could still fail.
func (r *Request) start(status int) error {
	if err := r.keepSession(); err != nil {
		return err
	}
	r.w.Header().Set("Content-Language", string(r.Lang))
	r.begun = true
	r.w.WriteHeader(status)
	return nil
}

// Show answers a read: a page with its data, or the body as JSON. data and body may be functions that
// are called only at their own door.
func (r *Request) Show(name string, data, body any) (Answer, error) {
	if r.api {
		v, err := called(body)
		return jsonBody{http.StatusOK, "", v}, err
	}
	d, err := called(data)
	return pageBody{name: name, data: d, status: http.StatusOK}, err
}

// Page answers with a page alone.
func (r *Request) Page(name string, data any) (Answer, error) { return r.Show(name, data, nil) }

// List answers the API with one page of a list; next is the cursor, "" at the end.
func (r *Request) List(items any, next string) (Answer, error) {
	if v := reflect.ValueOf(items); v.Kind() == reflect.Slice && v.IsNil() {
		items = []any{}
	}
	body := map[string]any{"items": items, "next": nil}
	if next != "" {
		body["next"] = next
	}
	return jsonBody{http.StatusOK, "", body}, nil
}

// Whole answers the API with one page of a list that is short enough to be read at once: ?limit= and
// ?after= work on it as on every list.
func (r *Request) Whole(items any) (Answer, error) {
	var q Cut
	if err := r.Filter(&q); err != nil {
		return nil, err
	}
	return r.Cut(items, q)
}

// Cut does the same where the query was read already, because it asks for more than a page.
func (r *Request) Cut(items any, q Cut) (Answer, error) {
	all := reflect.ValueOf(items)
	from := 0
	if q.After != "" {
		for from < all.Len() && cursorOf(all.Index(from)) != q.After {
			from++
		}
		if from++; from > all.Len() {
			return nil, fail.WrongCursor
		}
	}
	to := min(all.Len(), from+q.limit())
	next := ""
	if to < all.Len() {
		next = cursorOf(all.Index(to - 1))
	}
	return r.List(all.Slice(from, to).Interface(), next)
}

// Cut chooses one page of a list.
type Cut struct {
	Limit int64  `query:"limit" minimum:"1" maximum:"500"`
	After string `query:"after" maxLength:"200"`
}

const usualPage = 50

func (c Cut) limit() int {
	if c.Limit == 0 {
		return usualPage
	}
	return int(c.Limit)
}

// cursorOf names an item of a list by what it is known by: its id, else its key.
func cursorOf(item reflect.Value) string {
	for _, name := range []string{"ID", "Key", "Code"} {
		if f := item.FieldByName(name); f.IsValid() {
			return fmt.Sprint(f.Interface())
		}
	}
	panic("a list of " + item.Type().String() + ", which has no id to go on from") // found by the first test of the list
}

// JSON answers the API with a body.
func (r *Request) JSON(body any) (Answer, error) { return jsonBody{http.StatusOK, "", body}, nil }

// Done answers a deed that made something: 303 to the page, or 201 with the body. path is without /api/v1.
func (r *Request) Done(pagePath, apiPath string, body any) (Answer, error) {
	if r.api {
		return jsonBody{http.StatusCreated, "/api/v1" + apiPath, body}, nil
	}
	return redirect{pagePath}, nil
}

// Changed answers a deed that changed something: 303, or 200 with the body.
func (r *Request) Changed(pagePath string, body any) (Answer, error) {
	if r.api {
		return jsonBody{http.StatusOK, "", body}, nil
	}
	return redirect{pagePath}, nil
}

// Gone answers a deed that removed something.
func (r *Request) Gone(pagePath string) (Answer, error) {
	if r.api {
		return empty{}, nil
	}
	return redirect{pagePath}, nil
}

// Go sends a page elsewhere.
func (r *Request) Go(path string) (Answer, error) { return redirect{path}, nil }

// Again shows the form again with the reason, everything typed still there; at the API the reason alone.
func (r *Request) Again(name string, data any, err error) (Answer, error) {
	if r.api || err == nil {
		return nil, err
	}
	status := describe(err, r.Lang).Status
	if !formAgain(status) {
		return nil, err
	}
	d, failed := called(data)
	if failed != nil {
		return nil, errors.Join(err, failed)
	}
	return pageBody{name: name, data: d, status: status, why: err}, nil
}

// File answers with a file to save.
func (r *Request) File(name, kind string, body []byte) (Answer, error) {
	return file{name, kind, body}, nil
}

// Absent answers with a page under a status that is no success, such as 410 for what was here and is not.
func (r *Request) Absent(status int, name string, data any) (Answer, error) {
	return pageBody{name: name, data: data, status: status}, nil
}

// Plain answers everybody with bytes of a kind, such as a feed or a picture: may caches keep them, and for how long, says
// keep, a value of Cache-Control.
func (r *Request) Plain(kind, keep string, body []byte) (Answer, error) {
	return plain{kind, keep, body}, nil
}

// bytesTag names bytes, for who asks whether they are still the same.
func bytesTag(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + hex.EncodeToString(sum[:8]) + `"`
}

type plain struct {
	kind, keep string
	body       []byte
}

func (a plain) send(r *Request) error {
	h := r.w.Header()
	tag := bytesTag(a.body)
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", a.keep)
	h.Set("ETag", tag)
	if noneMatch(r, tag) {
		return r.start(http.StatusNotModified)
	}
	h.Set("Content-Length", strconv.Itoa(len(a.body)))
	if err := r.start(http.StatusOK); err != nil {
		return err
	}
	_, _ = r.w.Write(a.body)
	return nil
}

func called(v any) (any, error) {
	if f, ok := v.(func() (any, error)); ok {
		return f()
	}
	return v, nil
}

type jsonBody struct {
	status   int
	location string
	body     any
}

func (a jsonBody) send(r *Request) error {
	b, err := encode(a.body)
	if err != nil {
		return fmt.Errorf("encode the answer: %w", err)
	}
	h := r.w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	if v, ok := a.body.(Versioned); ok {
		tag := tag(v)
		h.Set("ETag", tag)
		if read := r.http.Method == http.MethodGet || r.http.Method == http.MethodHead; read && noneMatch(r, tag) {
			return r.start(http.StatusNotModified)
		}
	}
	if a.location != "" {
		h.Set("Location", a.location)
	}
	r.keep(a.status, a.location, string(b))
	if err := r.start(a.status); err != nil {
		return err
	}
	_, _ = r.w.Write(b)
	return nil
}

func tag(v Versioned) string { return fmt.Sprintf(`"v%d"`, v.RecordVersion()) }

// noneMatch tells whether the caller holds this very version already.
func noneMatch(r *Request, tag string) bool {
	for held := range strings.SplitSeq(r.http.Header.Get("If-None-Match"), ",") {
		held = strings.TrimPrefix(strings.TrimSpace(held), "W/")
		if held == tag || held == "*" {
			return true
		}
	}
	return false
}

type redirect struct{ path string }

func (a redirect) send(r *Request) error {
	to := a.path
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n") { // only to ourselves
		to = "/"
	}
	if r.http.Method == http.MethodPost {
		r.keep(http.StatusSeeOther, to, "")
	}
	r.w.Header().Set("Location", to)
	r.w.Header().Set("Cache-Control", "no-store")
	return r.start(http.StatusSeeOther)
}

type empty struct{}

func (empty) send(r *Request) error {
	r.keep(http.StatusNoContent, "", "")
	return r.start(http.StatusNoContent)
}

type file struct {
	name, kind string
	body       []byte
}

func (a file) send(r *Request) error {
	h := r.w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox") // whatever it holds, it runs nothing here
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": a.name}))
	if err := r.start(http.StatusOK); err != nil {
		return err
	}
	_, _ = r.w.Write(a.body)
	return nil
}

type pageBody struct {
	name   string
	data   any
	status int
	why    error
}

func (a pageBody) send(r *Request) error {
	v := r.view()
	v.D = a.data
	if a.why != nil {
		p := describe(a.why, r.Lang)
		r.server.heads(r, &p, a.why)
		explain(v, p)
	}
	drawn, err := r.server.draw(a.name, v)
	if err != nil {
		return err
	}
	if drawn, err = r.withDrafts(&a, v, drawn); err != nil {
		return err
	}
	h := r.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "private, no-cache")
	h.Add("Vary", "Cookie")
	if r.By.User != 0 || r.hushed {
		h.Set("Cache-Control", "no-store")
	}
	if r.hushed {
		h.Set("Referrer-Policy", "no-referrer")
	}
	if err := r.start(a.status); err != nil {
		return err
	}
	_, _ = r.w.Write(drawn)
	return nil
}

func (s *Server) draw(name string, v *page.View) ([]byte, error) {
	var b bytes.Buffer
	err := s.o.Pages.Render(&b, name, v)
	return b.Bytes(), err
}

// view is what a page gets besides its data.
func (r *Request) view() *page.View {
	v := &page.View{Lang: r.Lang, By: r.By, Path: r.http.URL.Path, Query: r.http.URL.RawQuery, Demo: r.server.o.Demo, Theme: r.look.Theme, Notices: r.look.Notices, Site: r.Site(),
		Typed: r.typed(), Key: id.New().String(), Now: r.server.o.Clock.Now()}
	by := r.By
	if by.Emergency() { // the way to all other pages is still one's own
		by = r.own
	}
	if r.server.o.Menu != nil {
		v.Menu = r.server.o.Menu(v.Path)
	}
	if r.server.o.Contact != nil {
		v.Contact = r.server.o.Contact(r.Context())
	}
	if by.User != 0 {
		if r.server.o.Nav != nil {
			v.Nav = r.server.o.Nav(r.Context(), by, v.Path)
		}
		if r.server.o.Unit != nil {
			v.Unit = r.server.o.Unit(by)
		}
	}
	if r.session {
		v.Flash = r.server.sessions.PopString(r.Context(), "flash")
		if v.Flash == "" && r.kept && len(v.Typed) > 0 {
			v.Flash = r.Say("Isian Anda masih ada. Periksa, lalu kirim lagi.")
		}
	}
	return v
}
