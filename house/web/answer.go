package web

import (
	"bytes"
	"fmt"
	"net/http"
	"reflect"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
)

// Answer is what a handler gives back; web sends it in the manner of the door.
type Answer interface{ send(r *Request) error }

// Versioned bodies carry their ETag.
type Versioned interface{ RecordVersion() int64 }

func langText(s string) text.Lang { return text.LangOf(s) }

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
	status := statusOf(err)
	if status != 400 && status != 409 && status != 412 && status != 422 && status != 429 {
		return nil, err
	}
	d, failed := called(data)
	if failed != nil {
		return nil, failed
	}
	return pageBody{name: name, data: d, status: status, why: err}, nil
}

// File answers with a file to save.
func (r *Request) File(name, kind string, body []byte) (Answer, error) {
	return file{name, kind, body}, nil
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
		tag := fmt.Sprintf(`"v%d"`, v.RecordVersion())
		h.Set("ETag", tag)
		if r.http.Method == http.MethodGet && r.http.Header.Get("If-None-Match") == tag {
			r.w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	if a.location != "" {
		h.Set("Location", a.location)
	}
	r.keep(a.status, a.location, string(b))
	r.w.WriteHeader(a.status)
	_, _ = r.w.Write(b)
	return nil
}

type redirect struct{ path string }

func (a redirect) send(r *Request) error {
	if r.http.Method == http.MethodPost {
		r.keep(http.StatusSeeOther, a.path, "")
	}
	http.Redirect(r.w, r.http, a.path, http.StatusSeeOther)
	return nil
}

type empty struct{}

func (empty) send(r *Request) error {
	r.keep(http.StatusNoContent, "", "")
	r.w.WriteHeader(http.StatusNoContent)
	return nil
}

type file struct {
	name, kind string
	body       []byte
}

func (a file) send(r *Request) error {
	r.w.Header().Set("Content-Type", a.kind)
	r.w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", a.name))
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
		explain(r, v, a.why)
	}
	var b bytes.Buffer
	if err := r.server.o.Pages.Render(&b, a.name, v); err != nil {
		return err
	}
	h := r.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	if r.By.User != 0 {
		h.Set("Cache-Control", "no-store")
	}
	r.w.WriteHeader(a.status)
	_, _ = r.w.Write(b.Bytes())
	return nil
}

// view is what a page gets besides its data.
func (r *Request) view() *page.View {
	v := &page.View{Lang: r.Lang, By: r.By, Path: r.http.URL.Path, Query: r.http.URL.RawQuery, Demo: r.server.o.Demo, Theme: r.look.Theme,
		Typed: r.typed(), Key: id.New().String(), Now: r.server.o.Clock.Now()}
	if r.By.User != 0 {
		if r.server.o.Nav != nil {
			v.Nav = r.server.o.Nav(r.By, v.Path)
		}
		if r.server.o.Unit != nil {
			v.Unit = r.server.o.Unit(r.By)
		}
	}
	if !r.api {
		v.Flash = r.server.sessions.PopString(r.Context(), "flash")
	}
	return v
}
