package web

import (
	"errors"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/text"
	"tuntas/house/who"
)

const (
	sessionCookie = "tuntas"
	sessionIdle   = 4 * time.Hour
	// A session's last use is noted only so often: a page that is read writes nothing.
	sessionNote   = 10 * time.Minute
	keptForm      = 256 << 10
	keptFor       = 30 * time.Minute
	sessionSeen   = "seen"
	longestDevice = 200
)

func newSessions(keep scs.Store) *scs.SessionManager {
	m := scs.New()
	m.Lifetime = 12 * time.Hour
	if keep != nil {
		m.Store = keep
	}
	return m
}

// openSession loads what the cookie stands for. A visitor without one gets none until there is something
// to keep.
func (r *Request) openSession() error {
	token := ""
	if c, err := r.http.Cookie(sessionCookie); err == nil {
		token = c.Value
	}
	ctx, err := r.server.sessions.Load(r.Context(), token)
	if err != nil {
		return err
	}
	r.http = r.http.WithContext(ctx)
	r.session = true
	return nil
}

// keepSession writes a changed session and its cookie. It comes before the head of the answer, so that a
// failure can still be said.
func (r *Request) keepSession() error {
	if !r.session {
		return nil
	}
	r.session = false
	cookie := http.Cookie{Name: sessionCookie, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.encrypted(), MaxAge: -1}
	switch r.server.sessions.Status(r.Context()) {
	case scs.Modified:
		token, until, err := r.server.sessions.Commit(r.Context())
		if err != nil {
			return err
		}
		cookie.Value, cookie.MaxAge = token, int(time.Until(until).Seconds())+1
	case scs.Destroyed:
	default:
		return nil
	}
	http.SetCookie(r.w, &cookie)
	return nil
}

// fromSession finds the user of the browser's session.
func (s *Server) fromSession(r *Request) error {
	if err := r.openSession(); err != nil {
		return err
	}
	user, ok := id.Parse(s.sessions.GetString(r.Context(), who.SessionUser))
	if !ok || user == 0 {
		return nil
	}
	now := s.latest()
	seen := now.Sub(time.Unix(s.sessions.GetInt64(r.Context(), sessionSeen), 0))
	if seen > sessionIdle {
		s.sessions.Remove(r.Context(), who.SessionUser)
		return nil
	}
	if seen > sessionNote {
		s.sessions.Put(r.Context(), sessionSeen, now.Unix())
	}
	by, look, err := s.o.Auth.Session(r.Context(), user)
	if errors.Is(err, fail.NotFound) { // the account was closed
		return s.sessions.Destroy(r.Context())
	}
	if err != nil {
		return err
	}
	by.Via = "page"
	if at, ok := id.Parse(r.Held(who.SessionPlace)); ok {
		by = by.Narrow(at)
	}
	r.By, r.look = by, look
	if _, err := r.http.Cookie("lang"); err != nil && !r.http.URL.Query().Has("lang") {
		r.Lang = text.LangOf(look.Lang)
	}
	return nil
}

// SignIn makes this browser's session one of a user, under a new token.
func (r *Request) SignIn(user id.ID) error {
	if err := r.server.sessions.RenewToken(r.Context()); err != nil {
		return err
	}
	r.server.sessions.Put(r.Context(), who.SessionUser, user.String())
	r.server.sessions.Put(r.Context(), sessionSeen, r.server.latest().Unix())
	device := r.http.UserAgent()
	device = strings.ToValidUTF8(strings.ReplaceAll(device[:min(len(device), longestDevice)], "\x00", ""), "")
	r.server.sessions.Put(r.Context(), who.SessionDevice, device)
	return nil
}

// Session is the key of this browser's session, of which the desk of access keeps the hash; "" before anything is kept.
func (r *Request) Session() string { return r.server.sessions.Token(r.Context()) }

// Hold keeps a short text in this browser's session, and Held gives it back; an empty one is forgotten.
func (r *Request) Hold(name, value string) {
	if value == "" {
		r.server.sessions.Remove(r.Context(), "held."+name)
		return
	}
	r.server.sessions.Put(r.Context(), "held."+name, value)
}

// Held gives what Hold kept; "" for nothing.
func (r *Request) Held(name string) string {
	return r.server.sessions.GetString(r.Context(), "held."+name)
}

// latest is the moment by which what ends has ended: a clock that was set back makes nothing hold again.
func (s *Server) latest() time.Time {
	if s.o.Store == nil {
		return s.o.Clock.Now()
	}
	return s.o.Store.Latest()
}

// Latest is the moment of this request by which what ends has ended.
func (r *Request) Latest() time.Time { return r.server.latest() }

// Now is the moment of this request.
func (r *Request) Now() time.Time { return r.server.o.Clock.Now() }

// SignOut ends the session.
func (r *Request) SignOut() error {
	r.By = who.Public()
	return r.server.sessions.Destroy(r.Context())
}

// SetLang keeps a visitor's language.
func (r *Request) SetLang(lang string) {
	http.SetCookie(r.w, &http.Cookie{Name: "lang", Value: string(text.LangOf(lang)), Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true,
		SameSite: http.SameSiteLaxMode, Secure: r.encrypted()})
}

// Flash shows a sentence in the status box of the next page.
func (r *Request) Flash(sentence string, args ...any) {
	if !r.api {
		r.server.sessions.Put(r.Context(), "flash", r.Say(sentence, args...))
	}
}

// signInFirst sends a visitor to the sign-in page. A form that was sent after the session ended is kept,
// and comes back whole after sign-in.
func (s *Server) signInFirst(r *Request) (Answer, error) {
	if r.api || r.route.Beside {
		return nil, errNoToken
	}
	next := r.http.URL
	if r.http.Method == http.MethodPost {
		next = s.formOf(r)
		if key := s.keepForm(r); key != "" {
			q := next.Query()
			q.Set("kept", key)
			next.RawQuery = q.Encode()
		}
	}
	return redirect{"/sign-in?next=" + url.QueryEscape(next.RequestURI())}, nil
}

// formOf is the page on which a sent form stands: the one it came from, else the nearest page above the
// address it was sent to.
func (s *Server) formOf(r *Request) *url.URL {
	if from, err := url.Parse(r.http.Referer()); err == nil && from.Host == r.http.Host && s.isPage(from.Path) {
		return &url.URL{Path: from.Path, RawQuery: from.RawQuery}
	}
	return &url.URL{Path: s.above(r.http.URL.Path)}
}

// above is the nearest page above an address.
func (s *Server) above(address string) string {
	for at := path.Clean("/" + address); at != "/"; at = path.Dir(at) {
		if s.isPage(at) {
			return at
		}
	}
	return "/today"
}

// isPage tells whether a page answers at this path.
func (s *Server) isPage(at string) bool {
	_, ok := s.read(s.pages, at)
	return ok
}

// keepForm keeps what was typed in the visitor's session, the last form only, and gives the key to it.
// Passwords are never kept, and one address cannot fill the database with forms.
func (s *Server) keepForm(r *Request) string {
	typed := url.Values{}
	for name, v := range r.form {
		if !strings.Contains(name, "password") {
			typed[name] = v
		}
	}
	body := typed.Encode()
	if len(typed) == 0 || len(body) > keptForm || !s.keeping.take(r.Place(), s.o.Clock.Now()) {
		return ""
	}
	key := id.New().String()
	s.sessions.Put(r.Context(), "form.key", key)
	s.sessions.Put(r.Context(), "form.body", body)
	s.sessions.Put(r.Context(), "form.at", s.o.Clock.Now().Unix())
	return key
}

// typed gives what was typed: in this form, or in the one kept through a sign-in.
func (r *Request) typed() url.Values {
	key := r.Param("kept")
	if r.form != nil || key == "" || !r.session || r.By.User == 0 {
		return r.form
	}
	m := r.server.sessions
	at := time.Unix(m.GetInt64(r.Context(), "form.at"), 0)
	if m.GetString(r.Context(), "form.key") != key || r.server.o.Clock.Now().Sub(at) > keptFor {
		return nil
	}
	kept, err := url.ParseQuery(m.GetString(r.Context(), "form.body"))
	if err != nil {
		return nil
	}
	return kept
}
