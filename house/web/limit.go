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

// Tries count how often each address tried.
type Tries struct{ *allowance }

// NewTries lets each address try so often within a window.
func NewTries(most int, window time.Duration) *Tries { return &Tries{newAllowance(most, window)} }

// tooMany says that an address tried too often: 429.
type tooMany struct{ until time.Time }

func (t tooMany) Error() string      { return "too many tries" }
func (t tooMany) RetryAt() time.Time { return t.until }

// tried counts one try of a route that may be asked only so often.
func (r *Request) tried() error {
	now := r.server.o.Clock.Now()
	if a := r.route.tries; a != nil && !a.take(r.Place(), now) {
		return tooMany{now.Add(a.window)}
	}
	return nil
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
