package web

import (
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// allowance lets each address do something only so often within a window.
type allowance struct {
	most   int
	window time.Duration

	mu   sync.Mutex
	from time.Time
	used map[string]int
}

// More addresses than this in one window are no office; they are refused rather than remembered.
const mostAddresses = 10_000

func newAllowance(most int, window time.Duration) *allowance {
	return &allowance{most: most, window: window}
}

func (a *allowance) take(address string, now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.used == nil || now.Sub(a.from) > a.window {
		a.from, a.used = now, map[string]int{}
	}
	if a.used[address] >= a.most || len(a.used) >= mostAddresses {
		return false
	}
	a.used[address]++
	return true
}

// Place is the address the request came from. A proxy on this machine is believed about whom it serves;
// nobody else is, since anybody can write the header.
func (r *Request) Place() string {
	host, _, err := net.SplitHostPort(r.http.RemoteAddr)
	if err != nil {
		host = r.http.RemoteAddr
	}
	forwarded := r.http.Header.Values("X-Forwarded-For")
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() || len(forwarded) == 0 {
		return host
	}
	last := forwarded[len(forwarded)-1]
	if ip := net.ParseIP(strings.TrimSpace(last[strings.LastIndexByte(last, ',')+1:])); ip != nil {
		return ip.String()
	}
	return host
}

// encrypted tells whether the browser's side of the connection is, so that cookies stay on such.
func (r *Request) encrypted() bool {
	return r.http.TLS != nil || strings.EqualFold(r.http.Header.Get("X-Forwarded-Proto"), "https")
}

// direct tells whether nobody stands between the caller and us.
func direct(r *http.Request) bool {
	for _, h := range []string{"X-Forwarded-For", "X-Real-Ip", "Forwarded", "Via"} {
		if r.Header.Get(h) != "" {
			return false
		}
	}
	return true
}
