package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"tuntas/house/fail"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
)

// serve is the way of every request: who asks, what came, was it done before, the handler, the answer.
func (s *Server) serve(route Route, api bool) http.HandlerFunc {
	pattern := route.Method + " " + route.Path
	if api {
		pattern = route.Method + " " + route.Called()
	}
	return func(w http.ResponseWriter, hr *http.Request) {
		note := noteOf(hr)
		note.pattern = pattern
		r := &Request{server: s, route: route, http: hr, w: w, api: api, Lang: langOf(hr, api)}
		defer func() {
			if p := recover(); p != nil {
				s.panicked(r, note, p)
			}
			if r.end != nil {
				r.end()
			}
		}()
		answer, err := s.answer(r)
		note.user = r.By.User
		if err == nil {
			err = answer.send(r)
		}
		if err != nil {
			s.refuseFor(r, err)
		}
	}
}

// panicked answers with a problem, if the handler had not begun to answer, and leaves the trace in the log.
func (s *Server) panicked(r *Request, note *note, p any) {
	if p == http.ErrAbortHandler { //nolint:errorlint // a value, as net/http documents it
		panic(p)
	}
	s.o.Log.Error("panic", "route", note.pattern, "what", fmt.Sprint(p), "trace", string(debug.Stack()))
	if !r.begun {
		s.refuseFor(r, fmt.Errorf("panic: %v", p))
	}
}

func (s *Server) answer(r *Request) (Answer, error) {
	if err := readable(r.http); err != nil {
		return nil, err
	}
	if err := r.tried(); err != nil {
		return nil, err
	}
	if err := s.who(r); err != nil {
		return nil, err
	}
	if r.route.File != "" && r.By.User != 0 {
		r.patient()
	}
	if err := r.take(); err != nil {
		return nil, err
	}
	if r.By.User == 0 && !r.route.Public {
		return s.signInFirst(r)
	}
	if r.api && r.http.Header.Get("If-Match") == "" && needsVersion(r.http.Method) {
		return nil, errNoMatch
	}
	if r.api && r.http.Method == http.MethodGet && r.route.Params == nil && !r.route.List && r.route.standard == nil {
		if err := r.Filter(&struct{}{}); err != nil {
			return nil, err
		}
	}
	if err := r.key(); err != nil {
		return nil, err
	}
	if r.By.Key != "" {
		if done, err := s.o.Store.Replay(r.Context(), r.By.User, r.By.Key, r.By.Print); err != nil {
			return nil, err
		} else if done != nil {
			s.accepted(r)
			return replayed{done}, nil //nolint:nilerr // done is an answer that happens to be an error type
		}
	}
	if !r.api && r.form == nil {
		r.form = r.typed()
		r.kept = r.form != nil
	}
	answer, err := r.route.Handle(r)
	if r.route.Opens && errors.Is(err, fail.NotFound) && r.By.User != 0 {
		answer, err = s.opened(r, err)
	}
	var twice *store.Replayed
	if errors.As(err, &twice) { // two of the same at once: the other one was first
		return replayed{twice}, nil
	}
	if r.unwelcome(answer, err) {
		return nil, fail.Denied
	}
	if err == nil && takenForm(answer) {
		s.accepted(r)
	}
	if err == nil && answer == nil {
		err = errors.New("a handler gave no answer")
	}
	return answer, err
}

// opened asks once more for what the asker may not see, under each file that is open to them in an emergency: every
// other asker pays one look for it, and only where there is nothing to see. Under an opening the desks see one person.
func (s *Server) opened(r *Request, notFound error) (Answer, error) {
	all, err := s.o.Auth.Opened(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	r.own = r.By
	for _, o := range all {
		r.By = r.own.Under(o)
		answer, err := r.route.Handle(r)
		if !errors.Is(err, fail.NotFound) && !errors.Is(err, fail.Denied) {
			return answer, err
		}
	}
	r.By, r.own = r.own, who.Asker{}
	return nil, notFound
}

// patient gives a file the minutes that it takes over a weak signal; only to those who have signed in, so that nobody
// else can hold a connection for so long.
func (r *Request) patient() {
	until := time.Now().Add(uploadTime)
	c := http.NewResponseController(r.w)
	_ = c.SetReadDeadline(until) // where the connection has no deadlines the usual time holds
	_ = c.SetWriteDeadline(until.Add(requestTime))
	ctx, end := context.WithTimeout(context.WithoutCancel(r.Context()), uploadTime+requestTime)
	r.http, r.end = r.http.WithContext(ctx), end
}

func needsVersion(method string) bool {
	return method == http.MethodPatch || method == http.MethodPut || method == http.MethodDelete
}

// who finds the asker: a bearer token at the API, the session at the page.
func (s *Server) who(r *Request) error {
	r.By = who.Public()
	if r.route.standard != nil { // its handlers ask for a key where one is needed
		return nil
	}
	if r.api {
		return s.bearer(r)
	}
	if r.http.URL.Query().Has("lang") {
		r.Lang = text.LangOf(r.Param("lang"))
		r.SetLang(string(r.Lang))
	}
	return s.fromSession(r)
}

func (s *Server) bearer(r *Request) error {
	r.By.Via = "api"
	head := r.http.Header.Get("Authorization")
	if head == "" && r.route.Public {
		return nil
	}
	scheme, token, _ := strings.Cut(head, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return errNoToken
	}
	by, err := s.o.Auth.Token(r.Context(), strings.TrimSpace(token))
	if errors.Is(err, fail.NotFound) {
		return errNoToken
	}
	if err != nil {
		return err
	}
	by.Via = "api"
	r.By = by
	return nil
}

// langOf is the language of an answer: at the API what the caller accepts, at a page what was chosen.
func langOf(r *http.Request, api bool) text.Lang {
	if api {
		return accepted(r.Header.Get("Accept-Language"))
	}
	if c, err := r.Cookie("lang"); err == nil {
		return text.LangOf(c.Value)
	}
	return text.ID
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}
