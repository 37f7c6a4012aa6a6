package web

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// memory holds answers of public pages for a second, so that a thousand visitors of one article cost one drawing of it. Only
// visitors without a session are answered from it; an answer that sets a cookie, or is no success, is never kept. A page of
// one host is never given to the visitors of another.
type memory struct {
	mu  sync.Mutex
	all map[memoryKey]*kept
}

type memoryKey struct{ host, path, query, lang string }

type kept struct {
	at     time.Time
	header http.Header
	body   []byte
	zipped []byte
	tag    string
}

const (
	freshFor      = time.Second
	mostKept      = 512
	mostKeptBytes = 256 << 10 // of one page: 128 MiB together at the very worst
	longestQuery  = 200
	publicCaching = "public, no-cache" // asked each time, answered with 304: what was withdrawn is gone at once
)

func newMemory() *memory { return &memory{all: map[memoryKey]*kept{}} }

// get gives what is fresh.
func (m *memory) get(k memoryKey, now time.Time) *kept {
	m.mu.Lock()
	defer m.mu.Unlock()
	if a := m.all[k]; a != nil && now.Sub(a.at) < freshFor && now.Sub(a.at) >= 0 {
		return a
	}
	return nil
}

// put keeps an answer; when there are too many, the old ones go, and where none is old, all.
func (m *memory) put(k memoryKey, a *kept) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.all) >= mostKept {
		for key, old := range m.all {
			if a.at.Sub(old.at) >= freshFor {
				delete(m.all, key)
			}
		}
		if len(m.all) >= mostKept {
			clear(m.all)
		}
	}
	m.all[k] = a
}

// remembered serves a route that may be answered from the memory.
func (s *Server) remembered(route Route, next http.HandlerFunc) http.HandlerFunc {
	if !route.Remember {
		return next
	}
	pattern := route.Method + " " + route.Path
	return func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie(sessionCookie); err == nil || r.URL.Query().Has("lang") || len(r.URL.RawQuery) > longestQuery || r.Method != http.MethodGet {
			next(w, r)
			return
		}
		scheme := "http"
		if (&Request{http: r, server: s}).encrypted() {
			scheme = "https"
		}
		k := memoryKey{scheme + r.Host, r.URL.Path, r.URL.RawQuery, string(langOf(r, false))}
		a := s.memory.get(k, time.Now())
		if a == nil {
			rec := &memo{ResponseWriter: w, head: w.Header().Clone()}
			next(rec, r)
			if a = rec.kept(); a == nil {
				rec.pass(w)
				return
			}
			s.memory.put(k, a)
		} else {
			noteOf(r).pattern = pattern
		}
		a.send(w, r)
	}
}

// memo takes an answer in before it is sent.
type memo struct {
	http.ResponseWriter
	head   http.Header
	status int
	body   bytes.Buffer
}

func (c *memo) Header() http.Header { return c.head }
func (c *memo) WriteHeader(status int) {
	if c.status == 0 {
		c.status = status
	}
}

func (c *memo) Write(b []byte) (int, error) {
	c.WriteHeader(http.StatusOK)
	return c.body.Write(b)
}

// pass sends on what may not be kept.
func (c *memo) pass(w http.ResponseWriter) {
	h := w.Header()
	clear(h)
	for name, values := range c.head {
		h[name] = values
	}
	if c.status != 0 {
		w.WriteHeader(c.status)
	}
	_, _ = w.Write(c.body.Bytes())
}

// kept makes the answer ready for the next visitor; nil for one that is only this visitor's.
func (c *memo) kept() *kept {
	if c.status != http.StatusOK || c.head.Get("Set-Cookie") != "" || c.body.Len() > mostKeptBytes || strings.Contains(c.head.Get("Cache-Control"), "no-store") {
		return nil
	}
	a := &kept{at: time.Now(), header: c.head, body: c.body.Bytes(), tag: bytesTag(c.body.Bytes())}
	var z bytes.Buffer
	zw := gzip.NewWriter(&z)
	_, _ = zw.Write(a.body)
	_ = zw.Close()
	a.zipped = z.Bytes()
	a.header.Del("ETag")
	a.header.Del("Content-Length")
	a.header.Set("Cache-Control", publicCaching)
	a.header.Set("Vary", "Cookie, Accept-Encoding") // the language and the session lie in cookies
	return a
}

// send answers, with 304 to who holds it already. The tag of the squeezed bytes is another: it names these very bytes.
func (a *kept) send(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	for name, values := range a.header {
		h[name] = values
	}
	body, tag := a.body, a.tag
	if zip := strings.Contains(r.Header.Get("Accept-Encoding"), "gzip"); zip {
		body, tag = a.zipped, strings.TrimSuffix(a.tag, `"`)+`-z"`
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("ETag", tag)
	if noneMatch(&Request{http: r}, tag) {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body)
}
