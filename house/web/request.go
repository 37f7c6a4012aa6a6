package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/who"
)

// Authenticator makes the Asker of a session or a token (office/access).
type Authenticator interface {
	Session(ctx context.Context, user id.ID) (who.Asker, Look, error)
	Token(ctx context.Context, token string) (who.Asker, error)
	Opened(ctx context.Context, by who.Asker) ([]who.Opening, error) // the files open to them in an emergency, now
}

// Request is one request at either door.
type Request struct {
	By   who.Asker
	Lang text.Lang

	own who.Asker // who asks, while By is what an opening lets them see

	server *Server
	route  Route
	http   *http.Request
	w      http.ResponseWriter
	look   Look
	api    bool
	body   []byte
	form   url.Values

	end     context.CancelFunc // of the time that a file was given
	session bool               // loaded, and not yet kept
	begun   bool               // the head of the answer is out
	hushed  bool               // the address or the page holds a secret
	kept    bool               // the form is one that was kept through a sign-in
}

// Context is the request's context.
func (r *Request) Context() context.Context { return r.http.Context() }

// Together lets all that fn reads share one picture of the data (store.Together): for pages that ask several desks.
func (r *Request) Together(fn func() error) error {
	whole := r.http
	defer func() { r.http = whole }()
	return r.server.o.Store.Together(whole.Context(), func(ctx context.Context) error {
		r.http = whole.WithContext(ctx)
		return fn()
	})
}

// API tells whether the request came by /api/v1.
func (r *Request) API() bool { return r.api }

// Hush says that the address or the page holds a secret: no cache keeps it, and no link carries it on.
func (r *Request) Hush() { r.hushed = true }

// Today is the office's day.
func (r *Request) Today() clock.Day { return clock.DayOf(r.server.o.Clock.Now()) }

// Site is the address of the server as this caller reaches it: https://…, without a slash at the end.
func (r *Request) Site() string {
	if r.encrypted() {
		return "https://" + r.http.Host
	}
	return "http://" + r.http.Host
}

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

// IfMatch gives the version the caller believes in; 0 when none was given, or any will do (*). What is no
// version of ours is -1, which no record has: stale, never "do not look".
func (r *Request) IfMatch() int64 {
	if !r.api {
		return version(r.form.Get("_version"))
	}
	tag := strings.TrimSpace(r.http.Header.Get("If-Match"))
	if tag == "" || tag == "*" {
		return 0
	}
	n := version(strings.TrimPrefix(strings.Trim(strings.TrimPrefix(tag, "W/"), `"`), "v"))
	if n == 0 {
		return -1
	}
	return n
}

func version(s string) int64 {
	if s == "" {
		return 0
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// Read decodes the body, form or JSON, into the same struct, and reports every wrong field at once. Over a
// struct that is filled already only the given fields change, and null clears: a merge patch (RFC 7396).
func (r *Request) Read(into any) error {
	if !r.api {
		return decode(formTree(r.form), into, typedByPeople, r.Today())
	}
	if r.route.standard != nil && r.form != nil {
		return decode(named(r.form), into, typedByPeople, r.Today())
	}
	if r.http.MultipartForm != nil { // a file, and what is said about it
		return decode(queryTree(r.form), into, inQuery, r.Today())
	}
	tree, err := parseJSON(r.body)
	if err != nil {
		return err
	}
	return decode(tree, into, inJSON, r.Today())
}

// Filter decodes the query; a filter that is not known is refused.
func (r *Request) Filter(into any) error {
	q := r.http.URL.Query()
	q.Del("lang")
	if r.api {
		return decode(queryTree(q), into, inQuery, r.Today())
	}
	q.Del("kept")
	return decode(formTree(q), into, typedByPeople, r.Today())
}

// Upload gives the bytes of an uploaded file, or of the body itself.
func (r *Request) Upload(field string) (name string, body []byte, err error) {
	if r.api {
		return "", r.body, nil
	}
	s, err := r.Sent(field)
	if err == nil && s.Body == nil {
		err = fail.Bad(field, "required", "Pilih sebuah berkas.")
	}
	return s.Name, s.Body, err
}

// Sent is a file as it was uploaded: what it is called, what it says it is, what its first bytes say it is, and
// all of them.
type Sent struct {
	Name, Says, Is string
	Body           []byte
}

// Sent gives the uploaded file of a form; none when nothing was chosen. The body of the request is limited before
// it is read, so a file is never larger here than its route allows.
func (r *Request) Sent(field string) (s Sent, err error) {
	if r.http.MultipartForm == nil || len(r.http.MultipartForm.File[field]) == 0 {
		return s, nil
	}
	head := r.http.MultipartForm.File[field][0]
	f, err := head.Open()
	if err != nil {
		return s, err
	}
	defer func() { _ = f.Close() }()
	if s.Body, err = io.ReadAll(f); err != nil {
		return s, err
	}
	s.Name = head.Filename
	s.Says, _, _ = mime.ParseMediaType(head.Header.Get("Content-Type"))
	s.Is, _, _ = mime.ParseMediaType(http.DetectContentType(s.Body))
	return s, nil
}

// SentFile is Sent for a file of at most so many bytes that need not come: nil when nothing was chosen.
func (r *Request) SentFile(field string, most int64) (*Sent, error) {
	s, err := r.Sent(field)
	switch {
	case err != nil:
		return nil, err
	case int64(len(s.Body)) > most:
		return nil, TooLarge(most)
	case s.Body == nil:
		return nil, nil //nolint:nilnil // no file was chosen, and that is well
	}
	return &s, nil
}

// TooLarge refuses what is longer than so many bytes: 413, and says the limit.
func TooLarge(most int64) error { return &oversize{most} }

type oversize struct{ most int64 }

func (e *oversize) Error() string        { return fmt.Sprintf("larger than %d bytes", e.most) }
func (e *oversize) Is(target error) bool { return target == errTooLarge }

var (
	errTooLarge = errors.New("too large")
	errType     = errors.New("wrong type")
	errMethod   = errors.New("method not allowed")
	errNoPath   = errors.New("no such path")
	errNoToken  = errors.New("no token")
	errNoMatch  = errors.New("if-match missing")
	errForeign  = errors.New("from another site")
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
	if !r.api || r.route.standard != nil && kind != "application/json" {
		return r.takeForm(kind, most)
	}
	if kind == "multipart/form-data" && r.route.File != "" {
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
	return clean(r.form)
}

// clean drops the invisible control characters that come with text pasted from elsewhere; a database would
// choke on some of them. What is no text at all is refused.
func clean(form url.Values) error {
	for name, values := range form {
		if !isText(name) {
			return fail.Bad("", "characters", "Isian ini berisi huruf yang tidak terbaca.")
		}
		for i, v := range values {
			if !utf8.ValidString(v) {
				return fail.Bad(name, "characters", "Isian ini berisi huruf yang tidak terbaca.")
			}
			values[i] = strings.Map(func(c rune) rune {
				if unicode.IsControl(c) && c != '\n' && c != '\r' && c != '\t' {
					return -1
				}
				return c
			}, v)
		}
	}
	return nil
}

// isText tells whether s is text of one line.
func isText(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

// readable refuses addresses that hold no text, before they reach a query.
func readable(r *http.Request) error {
	if !isText(r.URL.Path) {
		return errNoPath
	}
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return fail.Bad("", "query", "Alamat ini tidak terbaca.")
	}
	for name, values := range q {
		if !isText(name) {
			return fail.Bad("", "query", "Alamat ini tidak terbaca.")
		}
		for _, v := range values {
			if !isText(v) {
				return fail.Bad(clip(name), "characters", "Isian ini berisi huruf yang tidak terbaca.")
			}
		}
	}
	return nil
}

// accepted is the language that the header asks for most.
func accepted(header string) text.Lang {
	best, weight := text.ID, 0.0
	for part := range strings.SplitSeq(header, ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		name, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(name)), "-")
		if name != string(text.ID) && name != string(text.EN) {
			continue
		}
		w := 1.0
		if v, ok := strings.CutPrefix(strings.TrimSpace(q), "q="); ok {
			if f, err := strconv.ParseFloat(v, 64); err == nil {
				w = f
			}
		}
		if w > weight {
			best, weight = text.Lang(name), w
		}
	}
	return best
}

func tooLarge(err error) error {
	var limit *http.MaxBytesError
	if errors.As(err, &limit) {
		return TooLarge(limit.Limit)
	}
	return fail.Bad("", "unreadable", "Isian tidak terbaca. Muat ulang halaman, lalu kirim lagi.")
}

// Say gives a sentence in the request's language.
func (r *Request) Say(sentence string, args ...any) string { return text.T(r.Lang, sentence, args...) }

// Ticks are boxes for options: those that were ticked on a form which comes back, else those that are kept.
func (r *Request) Ticks(name string, options []page.Option, kept ...string) (all []page.Tick) {
	if typed, ok := r.form[name]; ok {
		kept = typed
	}
	for _, o := range options {
		all = append(all, page.Tick{Value: o.Value, Name: o.Name, On: slices.Contains(kept, o.Value)})
	}
	return all
}

// Do reads what was sent and hands it to a verb; what cannot be read never reaches it.
func Do[In, Out any](r *Request, verb func(In) (Out, error)) (out Out, err error) {
	var in In
	if err := r.Read(&in); err != nil {
		return out, err
	}
	return verb(in)
}
