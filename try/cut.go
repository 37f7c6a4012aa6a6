package try

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
)

// Line is a TCP line to a server that the test can cut and mend: the network between us and the database.
type Line struct {
	listener net.Listener
	target   string

	mu   sync.Mutex
	cut  bool
	open map[net.Conn]bool
}

// NewLine lays a line to the server of a PostgreSQL address and gives that address through the line.
func NewLine(t testing.TB, address string) (*Line, string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	l := &Line{target: u.Host, open: map[net.Conn]bool{}}
	if l.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	go l.accept()
	t.Cleanup(func() {
		_ = l.listener.Close()
		l.Cut()
	})
	u.Host = l.listener.Addr().String()
	return l, u.String()
}

func (l *Line) accept() {
	for {
		near, err := l.listener.Accept()
		if err != nil {
			return
		}
		go l.join(near)
	}
}

func (l *Line) join(near net.Conn) {
	far, err := net.Dial("tcp", l.target)
	if err != nil || !l.holds(near, far) {
		_ = near.Close()
		if far != nil {
			_ = far.Close()
		}
		return
	}
	var both sync.WaitGroup
	for _, way := range [][2]net.Conn{{near, far}, {far, near}} {
		both.Go(func() {
			_, _ = io.Copy(way[0], way[1])
			_ = way[0].Close()
		})
	}
	both.Wait()
	l.mu.Lock()
	delete(l.open, near)
	delete(l.open, far)
	l.mu.Unlock()
}

func (l *Line) holds(conns ...net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cut {
		return false
	}
	for _, c := range conns {
		l.open[c] = true
	}
	return true
}

// Cut breaks every connection and lets no new one through.
func (l *Line) Cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = true
	for c := range l.open {
		_ = c.Close()
	}
}

// Mend lets connections through again.
func (l *Line) Mend() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = false
}
