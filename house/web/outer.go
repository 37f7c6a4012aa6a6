package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"time"

	"embed"

	"github.com/klauspost/compress/gzhttp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"tuntas/house/fail"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/who"
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

type patternKey struct{}

func pattern_(r *http.Request) *string { //nolint:revive // a slot that the outer handler reads
	if p, ok := r.Context().Value(patternKey{}).(*string); ok {
		return p
	}
	return new(string)
}

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

const (
	requestTime = 30 * time.Second
	policy      = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

// outer is what every request passes: headers, time, compression, the log and the figures.
func (s *Server) outer(next http.Handler) http.Handler {
	squeezed := gzhttp.GzipHandler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		ctx, cancel := context.WithTimeout(r.Context(), requestTime)
		defer cancel()
		pattern := ""
		r = r.WithContext(context.WithValue(ctx, patternKey{}, &pattern))
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		sw := &statusWriter{ResponseWriter: w}
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler { //nolint:errorlint // a value, as net/http documents it
					panic(p)
				}
				s.o.Log.Error("panic", "route", pattern, "what", fmt.Sprint(p))
				if sw.status == 0 {
					s.refuse(sw, r, strings.HasPrefix(r.URL.Path, "/api/"), fmt.Errorf("panic: %v", p))
				}
			}
			took := time.Since(start)
			s.metrics.requests.WithLabelValues(pattern, fmt.Sprint(sw.status)).Observe(took.Seconds())
			if pattern != "" {
				s.o.Log.Info("request", "route", pattern, "status", sw.status, "ms", took.Milliseconds())
			}
		}()
		squeezed.ServeHTTP(sw, r)
	})
}

// plain serves what is neither page nor API: assets, health, figures.
func (s *Server) plain(mux *http.ServeMux) {
	for url, a := range page.Assets() {
		mux.HandleFunc("GET "+url, func(w http.ResponseWriter, r *http.Request) {
			h := w.Header()
			h.Set("Content-Type", a.ContentType)
			h.Set("Cache-Control", "public, max-age=31536000, immutable")
			body := a.Body
			if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") && len(a.Gzip) < len(a.Body) {
				h.Set("Content-Encoding", "gzip")
				body = a.Gzip
			}
			_, _ = w.Write(body)
		})
	}
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, page.Asset("favicon.svg"), http.StatusMovedPermanently)
	})
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := s.o.Store.Ready(r.Context()); err != nil {
			w.Header().Set("Retry-After", "5")
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ready\n"))
	})
	mux.HandleFunc("GET /api/openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(s.openapi)
	})
	figures := promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{})
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		if !s.mayMeasure(r) {
			http.Error(w, "forbidden", http.StatusForbidden)
			return
		}
		figures.ServeHTTP(w, r)
	})
}

// mayMeasure lets the machine itself, and tokens that may see the system, read the figures.
func (s *Server) mayMeasure(r *http.Request) bool {
	if host, _, err := net.SplitHostPort(r.RemoteAddr); err == nil && r.Header.Get("X-Forwarded-For") == "" {
		if ip := net.ParseIP(host); ip != nil && ip.IsLoopback() {
			return true
		}
	}
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return false
	}
	by, err := s.o.Auth.Token(r.Context(), token)
	return err == nil && by.May(who.SeeSystem)
}

// own are the pages of this room.
func (s *Server) own() []Route {
	return []Route{
		GET("/problems/{name}", func(r *Request) (Answer, error) {
			return r.Page("web/about-problem.html", r.Word("name"))
		}).Page().Open(),
		GET("/api", func(r *Request) (Answer, error) {
			var doc struct {
				Paths map[string]map[string]struct {
					Summary string   `json:"summary"`
					Tags    []string `json:"tags"`
				} `json:"paths"`
			}
			if err := json.Unmarshal(s.openapi, &doc); err != nil {
				return nil, errors.Join(err, fail.Busy)
			}
			return r.Page("web/api.html", doc)
		}).Page().Open(),
	}
}
