package web

import (
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"tuntas/house/page"
	"tuntas/house/who"
)

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
	mux.HandleFunc("GET /api/openapi.json", func(w http.ResponseWriter, r *http.Request) {
		doc, err := s.openapi()
		if err != nil {
			s.refuse(w, r, true, fmt.Errorf("describe the API: %w", err))
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(doc)
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
	if host, _, err := net.SplitHostPort(r.RemoteAddr); err == nil && direct(r) {
		if ip := net.ParseIP(host); ip != nil && ip.IsLoopback() {
			return true
		}
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return false
	}
	by, err := s.o.Auth.Token(r.Context(), strings.TrimSpace(token))
	return err == nil && by.May(who.SeeSystem)
}
