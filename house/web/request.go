package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/text"
	"tuntas/house/who"
)

// Authenticator makes the Asker of a session or a token (office/access).
type Authenticator interface {
	Session(ctx context.Context, user id.ID) (who.Asker, Look, error)
	Token(ctx context.Context, token string) (who.Asker, error)
}

// Request is one request at either door.
type Request struct {
	By   who.Asker
	Lang text.Lang

	server *Server
	route  Route
	http   *http.Request
	w      http.ResponseWriter
	look   Look
	api    bool
	body   []byte
	form   url.Values
}

// Context is the request's context.
func (r *Request) Context() context.Context { return r.http.Context() }

// API tells whether the request came by /api/v1.
func (r *Request) API() bool { return r.api }

// Today is the office's day.
func (r *Request) Today() clock.Day { return clock.DayOf(r.server.o.Clock.Now()) }

// ID reads an id of the path; a malformed one is 0, which nothing has.
func (r *Request) ID(name string) id.ID {
	i, _ := id.Parse(r.http.PathValue(name))
	return i
}

// Word reads a word of the path.
func (r *Request) Word(name string) string { return r.http.PathValue(name) }

// Param reads one value of the query, for pages.
func (r *Request) Param(name string) string { return r.http.URL.Query().Get(name) }

// Form gives the typed values of a form.
func (r *Request) Form() url.Values { return r.form }

// Place is the address the request came from.
func (r *Request) Place() string {
	host := r.http.RemoteAddr
	if i := strings.LastIndexByte(host, ':'); i > 0 {
		host = host[:i]
	}
	return host
}

// IfMatch gives the version the caller believes in; 0 when none was given.
func (r *Request) IfMatch() int64 {
	tag := strings.Trim(strings.TrimPrefix(r.http.Header.Get("If-Match"), "W/"), `"`)
	if tag == "" && !r.api {
		tag = "v" + r.form.Get("_version")
	}
	n, err := strconv.ParseInt(strings.TrimPrefix(tag, "v"), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// Read decodes the body, form or JSON, into the same struct, and reports every wrong field at once.
func (r *Request) Read(into any) error {
	if r.api {
		tree, err := parseJSON(r.body)
		if err != nil {
			return err
		}
		return decode(tree, into, r.Today(), false)
	}
	return decode(formTree(r.form), into, r.Today(), true)
}

// Filter decodes the query; a filter that is not known is refused.
func (r *Request) Filter(into any) error {
	q := r.http.URL.Query()
	q.Del("lang")
	return decode(formTree(q), into, r.Today(), true)
}

// Upload gives the bytes of an uploaded file, or of the body itself.
func (r *Request) Upload(field string) (name string, body []byte, err error) {
	if r.api {
		return "", r.body, nil
	}
	f, head, err := r.http.FormFile(field)
	if err != nil {
		return "", nil, fail.Bad(field, "required", "Pilih sebuah berkas.")
	}
	defer func() { _ = f.Close() }()
	body, err = io.ReadAll(f)
	return head.Filename, body, err
}

var (
	errTooLarge = errors.New("too large")
	errType     = errors.New("wrong type")
	errMethod   = errors.New("method not allowed")
	errNoPath   = errors.New("no such path")
	errNoToken  = errors.New("no token")
	errNoMatch  = errors.New("if-match missing")
)

const usualBody = 1 << 20

// take reads the body and what it says about itself, before any handler sees it.
func (r *Request) take() error {
	if r.http.Method == http.MethodGet || r.http.Method == http.MethodHead || r.http.Method == http.MethodDelete {
		return nil
	}
	most := r.route.Most
	if most == 0 {
		most = usualBody
	}
	r.http.Body = http.MaxBytesReader(r.w, r.http.Body, most)
	kind, _, _ := mime.ParseMediaType(r.http.Header.Get("Content-Type"))
	if !r.api {
		return r.takeForm(kind, most)
	}
	var err error
	if r.body, err = io.ReadAll(r.http.Body); err != nil {
		return tooLarge(err)
	}
	isJSON := kind == "application/json" || r.http.Method == http.MethodPatch && kind == "application/merge-patch+json"
	isFile := r.route.Most > 0 && (kind == "text/csv" || kind == "application/octet-stream")
	if len(r.body) > 0 && !isJSON && !isFile {
		return errType
	}
	return nil
}

func (r *Request) takeForm(kind string, most int64) error {
	switch kind {
	case "application/x-www-form-urlencoded", "":
		if err := r.http.ParseForm(); err != nil {
			return tooLarge(err)
		}
	case "multipart/form-data":
		if err := r.http.ParseMultipartForm(most); err != nil {
			return tooLarge(err)
		}
	default:
		return errType
	}
	r.form = r.http.PostForm
	return nil
}

func tooLarge(err error) error {
	var limit *http.MaxBytesError
	if errors.As(err, &limit) {
		return errTooLarge
	}
	return fail.Bad("", "unreadable", "Isian tidak terbaca. Muat ulang halaman, lalu kirim lagi.")
}

// key takes the idempotency key of a POST and the fingerprint of what it carries.
func (r *Request) key() error {
	if r.http.Method != http.MethodPost || r.By.User == 0 {
		return nil
	}
	h := sha256.New()
	_, _ = h.Write([]byte(r.http.Method + " " + r.http.URL.Path + "\n"))
	if r.api {
		r.By.Key = r.http.Header.Get("Idempotency-Key")
		_, _ = h.Write(r.body)
	} else {
		r.By.Key = r.form.Get("_key")
		copied := url.Values{}
		for k, v := range r.form {
			if k != "_key" {
				copied[k] = v
			}
		}
		_, _ = h.Write([]byte(copied.Encode()))
	}
	if len(r.By.Key) > 200 {
		return fail.Bad("Idempotency-Key", "too-long", "Kunci paling panjang 200 huruf.")
	}
	r.By.Print = hex.EncodeToString(h.Sum(nil))
	return nil
}

// SignIn makes this browser's session one of a user, under a new token.
func (r *Request) SignIn(user id.ID) error {
	if err := r.server.sessions.RenewToken(r.Context()); err != nil {
		return err
	}
	r.server.sessions.Put(r.Context(), "user", user.String())
	return nil
}

// SignOut ends the session.
func (r *Request) SignOut() error { return r.server.sessions.Destroy(r.Context()) }

// SetLang keeps a visitor's language.
func (r *Request) SetLang(lang string) {
	http.SetCookie(r.w, &http.Cookie{Name: "lang", Value: lang, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// Say gives a sentence in the request's language.
func (r *Request) Say(sentence string, args ...any) string { return text.T(r.Lang, sentence, args...) }

// Flash shows a sentence in the status box of the next page.
func (r *Request) Flash(sentence string, args ...any) {
	if !r.api {
		r.server.sessions.Put(r.Context(), "flash", r.Say(sentence, args...))
	}
}
