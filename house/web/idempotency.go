package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"reflect"
	"slices"
	"strings"
	"time"

	"tuntas/house/fail"
	"tuntas/house/store"
)

// key takes the idempotency key of a POST, and the fingerprint of what it carries.
func (r *Request) key() error {
	if r.http.Method != http.MethodPost || r.By.User == 0 {
		return nil
	}
	key := r.form.Get("_key")
	if r.api {
		key = r.http.Header.Get("Idempotency-Key")
	}
	if key == "" {
		return nil
	}
	if len(key) > 200 || strings.ContainsFunc(key, func(c rune) bool { return c < ' ' || c > '~' }) {
		return fail.Bad("Idempotency-Key", "key", "Kunci paling panjang 200 huruf, tanpa huruf khusus.")
	}
	print, err := r.print()
	r.By.Key, r.By.Print = key, print
	return err
}

// print is the same for the same content: spaces and the order of names do not count.
func (r *Request) print() (string, error) {
	h := sha256.New()
	_, _ = io.WriteString(h, r.http.Method+" "+r.http.URL.Path+"\n")
	if r.api && r.http.MultipartForm == nil {
		body := r.body
		if tree, err := parseJSON(body); err == nil {
			if body, err = json.Marshal(tree); err != nil {
				return "", err
			}
		}
		_, _ = h.Write(body)
		return hex.EncodeToString(h.Sum(nil)), nil
	}
	typed := url.Values{}
	for k, v := range r.form {
		if k != "_key" {
			typed[k] = v
		}
	}
	_, _ = io.WriteString(h, typed.Encode())
	err := hashFiles(h, r.http.MultipartForm)
	return hex.EncodeToString(h.Sum(nil)), err
}

func hashFiles(h io.Writer, form *multipart.Form) error {
	if form == nil {
		return nil
	}
	names := make([]string, 0, len(form.File))
	for name := range form.File {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, head := range form.File[name] {
			f, err := head.Open()
			if err != nil {
				return err
			}
			_, _ = io.WriteString(h, "\n"+name+"\n")
			_, err = io.Copy(h, f)
			_ = f.Close()
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// keep stores the answer under the request's key, for the retry that may come.
func (r *Request) keep(status int, location, body string) {
	if r.By.Key == "" {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), 5*time.Second)
	defer cancel()
	if err := r.server.o.Store.KeepAnswer(ctx, r.By.User, r.By.Key, status, location, body); err != nil {
		r.server.o.Log.Warn("answer not kept", "error", err)
	}
}

// replayed answers a request that was carried out before under the same key.
type replayed struct{ *store.Replayed }

func (a replayed) send(r *Request) error {
	location, status, body := a.Location, a.Status, []byte(a.Body)
	if status == 0 { // the program stopped between the commit and the answer
		location, status = r.server.addressOf(r, a.Kind, a.ID.String()), http.StatusCreated
		switch {
		case r.api && location == "":
			body = []byte("{}\n")
		case r.api:
			body = r.server.inside(r, location)
		case location == "":
			location = r.server.formOf(r).RequestURI()
		}
	}
	if !r.api {
		return redirect{location}.send(r)
	}
	h := r.w.Header()
	h.Set("Idempotent-Replayed", "true")
	h.Set("Cache-Control", "no-store")
	if location != "" {
		h.Set("Location", location)
	}
	if len(body) > 0 {
		h.Set("Content-Type", "application/json")
		if tag := tagOf(r.route.Out, body); tag != "" {
			h.Set("ETag", tag)
		}
	}
	if err := r.start(status); err != nil {
		return err
	}
	_, _ = r.w.Write(body)
	return nil
}

// tagOf reads the ETag of a body that is kept as text; shape is what the route gives.
func tagOf(shape any, body []byte) string {
	if _, ok := shape.(Versioned); !ok {
		return ""
	}
	record := reflect.New(reflect.TypeOf(shape))
	if json.Unmarshal(body, record.Interface()) != nil {
		return ""
	}
	return tag(record.Elem().Interface().(Versioned))
}

// addressOf finds the record of a deed whose answer was lost: at the address of the deed itself, among what
// was sent there, by its kind, or above it, as a signature is answered with what was signed.
func (s *Server) addressOf(r *Request, kind, record string) string {
	at := r.http.URL.Path
	mux, places := s.pages, []string{"/" + kind + "s/" + record}
	if r.api {
		mux, places = s.api, []string{at, at + "/" + record, "/api/v1/" + kind + "s/" + record}
	}
	if path.Base(path.Dir(at)) == record {
		places = append(places, path.Dir(at))
	}
	for _, place := range places {
		if route, ok := s.read(mux, place); ok && !route.List {
			return place
		}
	}
	return ""
}

// inside asks the API for one record on behalf of the same caller.
func (s *Server) inside(r *Request, path string) []byte {
	hr, err := http.NewRequestWithContext(r.Context(), http.MethodGet, path, nil)
	if err != nil {
		return []byte("{}\n")
	}
	hr.Header.Set("Authorization", r.http.Header.Get("Authorization"))
	hr.Header.Set("Accept-Language", string(r.Lang))
	rec := &recorder{head: http.Header{}}
	s.api.ServeHTTP(rec, hr)
	if rec.status != 0 && rec.status != http.StatusOK {
		return []byte("{}\n")
	}
	return rec.body.Bytes()
}

// recorder holds an answer in memory.
type recorder struct {
	head   http.Header
	body   bytes.Buffer
	status int
}

func (c *recorder) Header() http.Header         { return c.head }
func (c *recorder) Write(b []byte) (int, error) { return c.body.Write(b) }
func (c *recorder) WriteHeader(status int)      { c.status = status }
