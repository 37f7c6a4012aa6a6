package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"

	"tuntas/house/clock"
	"tuntas/house/page"
	"tuntas/house/store"
	"tuntas/house/who"
)

// Handler answers a request at either door.
type Handler func(r *Request) (Answer, error)

// Route is one line of a desk's list: a method, a path, and how it is spoken about.
type Route struct {
	Method, Path string
	Handle       Handler

	PageOnly, APIOnly bool
	Public            bool // no sign-in needed
	Opens             bool // a file of one person, which an opening in an emergency shows
	In, Params, Out   any  // input, query and answer, for the description
	List              bool
	Summary, Group    string
	Most              int64    // bytes of a body
	File              string   // the field of the form that carries a file
	Kinds             []string // of the file that is the answer
	tries             *allowance
	standard          *Standard // whose door it is at, when at none of the house's own

	Draft       string      // what a draft of its form is called, "" when it keeps none
	Undrafted   string      // why it keeps none
	DraftRights []who.Right // one of them is needed to write in it
	DraftHush   who.Right   // who else reads a draft, when not everybody who may write in it
	Remember    bool        // a visitor without a session may be answered from the memory of a second
	Beside      bool        // asked by the script of a page: no sign-in page is shown to it
}

// GET, POST, PATCH, PUT and DELETE declare routes.
func GET(path string, h Handler) Route  { return Route{Method: "GET", Path: path, Handle: h} }
func POST(path string, h Handler) Route { return Route{Method: "POST", Path: path, Handle: h} }
func PATCH(path string, h Handler) Route {
	return Route{Method: "PATCH", Path: path, Handle: h, APIOnly: true}
}
func PUT(path string, h Handler) Route {
	return Route{Method: "PUT", Path: path, Handle: h, APIOnly: true}
}
func DELETE(path string, h Handler) Route {
	return Route{Method: "DELETE", Path: path, Handle: h, APIOnly: true}
}

// Page serves the route as a page only.
func (r Route) Page() Route { r.PageOnly = true; return r }

// API serves the route under /api/v1 only.
func (r Route) API() Route { r.APIOnly = true; return r }

// Open serves the route to visitors who have not signed in.
func (r Route) Open() Route { r.Public = true; return r }

// Remembered lets visitors without a session be answered from a memory of one second: see memory.go. Only for pages that
// are the same for all of them and hold no form.
func (r Route) Remembered() Route { r.Remember = r.Method == http.MethodGet; return r }

// Openable says that the route reads one person's file and nothing beside it, so that a file opened in an emergency is
// read by it. Only a GET can be so.
func (r Route) Openable() Route { r.Opens = r.Method == http.MethodGet; return r }

// Takes names the input, Query the filters and Gives the answer, for the description.
func (r Route) Takes(v any) Route { r.In = v; return r }

// Query names the filters.
func (r Route) Query(v any) Route { r.Params = v; return r }

// Gives names the answer.
func (r Route) Gives(v any) Route { r.Out = v; return r }

// Lists names the answer's items.
func (r Route) Lists(v any) Route { r.Out, r.List = v, true; return r }

// Says describes the route in one sentence.
func (r Route) Says(group, summary string) Route { r.Group, r.Summary = group, summary; return r }

// Rarely lets each address ask only so often within a window; then 429. For what anybody may try without an account.
// Routes with the same tries are counted together: they are one question.
func (r Route) Rarely(t *Tries) Route { r.tries = t.allowance; return r }

// Limit lets a body be longer than the usual 1 MiB.
func (r Route) Limit(bytes int64) Route { r.Most = bytes; return r }

// Carries names the field of a multipart form that holds a file, at both doors.
func (r Route) Carries(field string) Route { r.File = field; return r }

// GivesFile names the types of the file that is the answer.
func (r Route) GivesFile(kinds ...string) Route { r.Kinds = kinds; return r }

// ByScript serves the script of a page: who has signed out is told so, and nothing is kept for afterwards.
func (r Route) ByScript() Route { r.PageOnly, r.Beside = true, true; return r }

// Look is what a signed-in user chose, and how many notices wait to be read.
type Look struct {
	Lang, Theme string
	Notices     int64
}

// Options are what the server needs.
type Options struct {
	Store   *store.Store
	Pages   *page.Set
	Routes  []Route
	Auth    Authenticator
	Keep    scs.Store // where sessions lie
	Drafts  Drafts    // nil keeps none
	Nav     func(ctx context.Context, by who.Asker, path string) []page.NavItem
	Unit    func(by who.Asker) string
	Menu    func(path string) []page.NavItem       // of the public pages
	Contact func(ctx context.Context) page.Contact // how the office is reached
	Clock   clock.Clock
	Log     *slog.Logger
	Demo    bool
	Version string
}

// Server answers HTTP.
type Server struct {
	o          Options
	sessions   *scs.SessionManager
	handler    http.Handler
	pages, api *http.ServeMux
	metrics    *metrics
	keeping    *allowance             // of forms kept for visitors
	memory     *memory                // of public pages, for a second
	openapi    func() ([]byte, error) // made when somebody first asks for it
	routes     []Route
	reads      map[string]Route // what a GET at either door really answers, by pattern
}

// New builds the server from all routes.
func New(o Options) (*Server, error) {
	if o.Clock == nil {
		o.Clock = clock.Wall
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{o: o, metrics: newMetrics(), sessions: newSessions(o.Keep), keeping: newAllowance(20, time.Hour), memory: newMemory(),
		pages: http.NewServeMux(), api: http.NewServeMux(), reads: map[string]Route{}}
	s.routes = append(slices.Clone(o.Routes), s.own()...)
	for _, r := range s.routes {
		r = r.drafted()
		if !r.APIOnly {
			s.pages.HandleFunc(r.Method+" "+exact(r.Path), s.remembered(r, s.serve(r, false)))
			s.reads[r.Method+" "+exact(r.Path)] = r
		}
		if !r.PageOnly {
			s.api.HandleFunc(r.Method+" /api/v1"+r.Path, s.serve(r, true))
			s.reads[r.Method+" /api/v1"+r.Path] = r
		}
	}
	s.catchAll(s.pages, false)
	s.catchAll(s.api, true)
	s.openapi = sync.OnceValues(func() ([]byte, error) { return Describe(s.routes, o.Version) })
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.refuse(w, r, false, errForeign) }))
	mux := http.NewServeMux()
	mux.Handle("/api/v1/", s.api)
	mux.Handle("/", cross.Handler(s.pages))
	s.doors(mux)
	s.plain(mux)
	s.handler = s.outer(mux)
	return s, nil
}

// exact makes "/" match itself alone.
func exact(path string) string {
	if path == "/" {
		return "/{$}"
	}
	return path
}

// catchAll answers paths that no route has, and methods that a path does not take.
func (s *Server) catchAll(mux *http.ServeMux, api bool) {
	allowed := map[string][]string{}
	named := map[string]string{} // two desks may call the same parameter differently
	for _, r := range s.routes {
		if (api && !r.PageOnly) || (!api && !r.APIOnly) {
			shape := pathParam.ReplaceAllString(r.Path, "{}")
			if named[shape] == "" {
				named[shape] = r.Path
			}
			allowed[named[shape]] = append(allowed[named[shape]], r.Method)
		}
	}
	prefix := ""
	if api {
		prefix = "/api/v1"
	}
	for path, methods := range allowed {
		s.otherMethods(mux, prefix+exact(path), methods, api)
	}
	mux.HandleFunc(prefix+"/", func(w http.ResponseWriter, r *http.Request) { s.refuse(w, r, api, errNoPath) })
}

var usualMethods = []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions}

// otherMethods refuses the usual methods that a path does not take. One by one, because a pattern without a
// method would clash with the more general paths of other methods.
func (s *Server) otherMethods(mux *http.ServeMux, path string, taken []string, api bool) {
	if slices.Contains(taken, http.MethodGet) {
		taken = append(taken, http.MethodHead)
	}
	slices.Sort(taken)
	list := strings.Join(taken, ", ")
	for _, method := range usualMethods {
		if slices.Contains(taken, method) {
			continue
		}
		mux.HandleFunc(method+" "+path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Allow", list)
			s.refuse(w, r, api, errMethod)
		})
	}
}

// read finds the route that answers a GET at this path of a door.
func (s *Server) read(mux *http.ServeMux, at string) (Route, bool) {
	_, pattern := mux.Handler(&http.Request{Method: http.MethodGet, URL: &url.URL{Path: at}})
	route, ok := s.reads[pattern]
	return route, ok && route.Method == http.MethodGet
}

// Routes lists every route, for the stranger test and the description.
func (s *Server) Routes() []Route { return s.routes }

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }
