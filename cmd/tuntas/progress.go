package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"tuntas/house/store"
	"tuntas/house/text"
)

// progress tells on standard error how far long work is: nothing in the first two seconds, nothing when
// nobody watches a terminal.
type progress struct {
	out         io.Writer // nil: quiet
	what        string
	now         func() time.Time
	began, told time.Time
	mu          sync.Mutex
	wrote       bool
}

const (
	patience = 2 * time.Second
	between  = 500 * time.Millisecond
)

func (f flags) progress(what string) *progress {
	p := &progress{what: what, now: time.Now, began: time.Now()}
	if info, err := os.Stderr.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 && !*f.quiet {
		p.out = os.Stderr
	}
	return p
}

// watching makes a context whose work is told, and what ends the telling.
func (f flags) watching(ctx context.Context, what string) (context.Context, func()) {
	p := f.progress(what)
	return store.Telling(ctx, p.at), p.end
}

// at says that so much is done, of so much (0: nobody knows).
func (p *progress) at(done, total int64) {
	if p.out == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	spent := now.Sub(p.began)
	if spent < patience || now.Sub(p.told) < between {
		return
	}
	p.told, p.wrote = now, true
	_, _ = fmt.Fprintf(p.out, "\r\x1b[K%s", p.line(done, total, spent))
}

func (p *progress) line(done, total int64, spent time.Duration) string {
	lang := langOfCommand()
	rate := float64(done) / spent.Seconds()
	line := p.what + " " + text.Number(lang, done)
	if total > 0 {
		line += " / " + text.Number(lang, total)
	}
	line += fmt.Sprintf(say(", %s per detik", ", %s a second"), text.Number(lang, int64(rate)))
	if total > done && rate > 0 {
		left := time.Duration(float64(total-done) / rate * float64(time.Second)).Round(time.Second)
		line += fmt.Sprintf(say(", sisa %s", ", %s left"), left)
	}
	return line
}

// end clears the line.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.wrote {
		_, _ = fmt.Fprint(p.out, "\r\x1b[K")
	}
}

// growth tells how a file grows until it is stopped: for work that cannot tell by itself.
func (p *progress) growth(file string, total int64) (stop func()) {
	done, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		tick := time.NewTicker(between)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				if info, err := os.Stat(file); err == nil {
					p.at(info.Size(), total)
				}
			}
		}
	}()
	return func() { close(done); <-gone; p.end() }
}
