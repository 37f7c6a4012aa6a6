package web

import (
	"context"
	"embed"
	"io/fs"
	"net/http"
	"strconv"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"tuntas/house/id"
	"tuntas/house/text"
)

//go:embed html
var htmlFiles embed.FS

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

// Pages are this room's own pages: problems and the description of the API.
var Pages fs.FS = htmlFiles

type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
}

func newMetrics() *metrics {
	m := &metrics{registry: prometheus.NewRegistry(), requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "tuntas_request_seconds", Help: "Requests by route and status.", Buckets: []float64{.005, .01, .02, .05, .1, .3, 1, 5},
	}, []string{"route", "status"})}
	m.registry.MustRegister(m.requests, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// note is what the log and the figures learn of a request.
type note struct {
	pattern string
	user    id.ID
}

type noteKey struct{}

// noteOf gives the note of a request; one nobody reads when it has none.
func noteOf(r *http.Request) *note {
	if n, ok := r.Context().Value(noteKey{}).(*note); ok {
		return n
	}
	return &note{}
}

// statusWriter remembers the status that was sent.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

const (
	requestTime = 30 * time.Second
	uploadTime  = 4 * time.Minute // ten megabytes over 400 kbit/s
	// Widths of fields and charts stand in style attributes; there is no style element and no inline script.
	policy = "default-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; object-src 'none'; " +
		"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

// outer is what every request passes: headers, time, compression, the log and the figures.
func (s *Server) outer(next http.Handler) http.Handler {
	squeezed := gzhttp.GzipHandler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		ctx, cancel := context.WithTimeout(r.Context(), requestTime)
		defer cancel()
		n := &note{}
		r = r.WithContext(context.WithValue(ctx, noteKey{}, n))
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		sw := &statusWriter{ResponseWriter: w}
		defer func() { s.noted(n, sw.status, time.Since(start)) }()
		squeezed.ServeHTTP(sw, r)
	})
}

// noted leaves a line in the log, without query strings: names of people stand in them.
func (s *Server) noted(n *note, status int, took time.Duration) {
	if n.pattern == "" {
		return
	}
	s.metrics.requests.WithLabelValues(n.pattern, strconv.Itoa(status)).Observe(took.Seconds())
	s.o.Log.Info("request", "route", n.pattern, "status", status, "ms", took.Milliseconds(), "user", n.user.String())
}

// own are the pages of this room.
func (s *Server) own() []Route {
	return []Route{
		GET("/problems/{name}", s.getProblem).Page().Open(),
		GET("/api", s.getDescription).Page().Open(),
	}
}

// getProblem explains the name of a refusal to people who write programs.
func (s *Server) getProblem(r *Request) (Answer, error) {
	return r.Page("web/about-problem.html", r.Word("name"))
}

// apiGroup is a group of addresses on the page for people who write programs.
type apiGroup struct {
	Name  string
	Lines []Route
}

// getDescription is the page for people who write programs.
func (s *Server) getDescription(r *Request) (Answer, error) {
	var groups []apiGroup
	for _, name := range append(groupsOf(s.routes), groupsOfStandards(s.routes)...) {
		g := apiGroup{Name: name}
		for _, route := range s.routes {
			if route.Group == name && (!route.PageOnly || route.standard != nil) {
				route.Path = route.Called()
				g.Lines = append(g.Lines, route)
			}
		}
		groups = append(groups, g)
	}
	return r.Page("web/api.html", groups)
}
