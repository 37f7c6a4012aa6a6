package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// serve is the way of every request: who asks, what came, was it done before, the handler, the answer.
func (s *Server) serve(route Route, api bool) http.HandlerFunc {
	pattern := route.Method + " " + route.Path
	if api {
		pattern = route.Method + " /api/v1" + route.Path
	}
	return func(w http.ResponseWriter, hr *http.Request) {
		*pattern_(hr) = pattern
		r := &Request{server: s, route: route, http: hr, w: w, api: api, Lang: langOf(hr)}
		answer, err := s.answer(r)
		if err == nil {
			err = answer.send(r)
		}
		if err != nil {
			s.refuseFor(r, err)
		}
	}
}

func (s *Server) answer(r *Request) (Answer, error) {
	if err := s.who(r); err != nil {
		return nil, err
	}
	if err := r.take(); err != nil {
		return nil, err
	}
	if r.By.User == 0 && !r.route.Public {
		return s.signInFirst(r)
	}
	if r.api && (r.http.Method == http.MethodPatch || r.http.Method == http.MethodDelete || r.http.Method == http.MethodPut) &&
		r.http.Header.Get("If-Match") == "" {
		return nil, errNoMatch
	}
	if err := r.key(); err != nil {
		return nil, err
	}
	if r.By.Key != "" {
		done, err := s.o.Store.Replay(r.Context(), r.By.User, r.By.Key, r.By.Print)
		if err != nil {
			return nil, err
		}
		if done != nil {
			return replayed{done}, nil
		}
	}
	answer, err := r.route.Handle(r)
	var twice *store.Replayed
	if errors.As(err, &twice) { // two of the same at once: the other one was first
		return replayed{twice}, nil
	}
	return answer, err
}

// who finds the asker: a bearer token at the API, the session at the page.
func (s *Server) who(r *Request) error {
	r.By = who.Public()
	if r.api {
		r.By.Via = "api"
		head := r.http.Header.Get("Authorization")
		token, ok := strings.CutPrefix(head, "Bearer ")
		if head == "" && r.route.Public {
			return nil
		}
		if !ok {
			return errNoToken
		}
		by, err := s.o.Auth.Token(r.Context(), strings.TrimSpace(token))
		if errors.Is(err, fail.NotFound) {
			return errNoToken
		}
		by.Via = "api"
		r.By = by
		return err
	}
	if r.http.URL.Query().Has("lang") {
		r.SetLang(string(langText(r.Param("lang"))))
		r.Lang = langText(r.Param("lang"))
	}
	user, ok := id.Parse(s.sessions.GetString(r.Context(), "user"))
	if !ok {
		return nil
	}
	by, look, err := s.o.Auth.Session(r.Context(), user)
	if errors.Is(err, fail.NotFound) { // the account was closed
		return s.sessions.Destroy(r.Context())
	}
	if err != nil {
		return err
	}
	by.Via = "page"
	r.By, r.look = by, look
	if _, err := r.http.Cookie("lang"); err != nil && !r.http.URL.Query().Has("lang") {
		r.Lang = langText(look.Lang)
	}
	return nil
}

const keptForm = 256 << 10

// signInFirst sends a visitor to the sign-in page. A form that was sent after the session ended is kept,
// and comes back whole after sign-in.
func (s *Server) signInFirst(r *Request) (Answer, error) {
	if r.api {
		return nil, errNoToken
	}
	next := r.http.URL.RequestURI()
	if r.http.Method == http.MethodPost {
		next = r.http.URL.Path
		if from, err := url.Parse(r.http.Referer()); err == nil && from.Path != "" {
			next = from.RequestURI()
		}
		body := r.form.Encode()
		if len(body) <= keptForm && r.form != nil {
			key := id.New().String()
			s.sessions.Put(r.Context(), "form:"+key, body)
			u, _ := url.Parse(next)
			if u == nil {
				u = &url.URL{Path: "/today"}
			}
			q := u.Query()
			q.Set("kept", key)
			u.RawQuery = q.Encode()
			next = u.RequestURI()
		}
	}
	return redirect{"/sign-in?next=" + url.QueryEscape(next)}, nil
}

// typed gives what was typed: in this form, or in the one kept through a sign-in.
func (r *Request) typed() url.Values {
	if key := r.Param("kept"); key != "" && r.form == nil {
		kept, _ := url.ParseQuery(r.server.sessions.PopString(r.Context(), "form:"+key))
		return kept
	}
	return r.form
}

// replayed answers a request that was carried out before under the same key.
type replayed struct{ *store.Replayed }

func (a replayed) send(r *Request) error {
	if a.Status == 0 { // the program stopped between the commit and the answer
		a.Location = "/" + a.Kind + "s/" + a.ID.String()
		if r.api {
			a.Location = "/api/v1" + a.Location
			a.Body = r.server.inside(r, a.Location)
		}
		a.Status = http.StatusCreated
	}
	if !r.api {
		return redirect{a.Location}.send(r)
	}
	r.w.Header().Set("Location", a.Location)
	r.w.Header().Set("Content-Type", "application/json")
	r.w.Header().Set("Idempotent-Replayed", "true")
	r.w.WriteHeader(a.Status)
	_, err := r.w.Write([]byte(a.Body))
	return err
}

// inside asks the API for one resource on behalf of the same caller.
func (s *Server) inside(r *Request, path string) string {
	hr, err := http.NewRequestWithContext(r.Context(), http.MethodGet, path, nil)
	if err != nil {
		return "{}"
	}
	hr.Header.Set("Authorization", r.http.Header.Get("Authorization"))
	rec := &recorder{head: http.Header{}}
	s.handler.ServeHTTP(rec, hr)
	if rec.status != 0 && rec.status != http.StatusOK {
		return "{}"
	}
	return rec.body.String()
}

type recorder struct {
	head   http.Header
	body   bytes.Buffer
	status int
}

func (c *recorder) Header() http.Header         { return c.head }
func (c *recorder) Write(b []byte) (int, error) { return c.body.Write(b) }
func (c *recorder) WriteHeader(status int)      { c.status = status }

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

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}
