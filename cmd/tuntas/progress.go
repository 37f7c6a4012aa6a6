package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"tuntas/house/text"
)

// progress tells on standard error how far a long work is: how many, how many a second, how long yet. It is
// silent for the first two seconds, when nobody watches, and when it was asked to be.
type progress struct {
	out   io.Writer // nil: silent
	began time.Time
	said  bool
}

const patience = 2 * time.Second

func newProgress(quiet bool) *progress {
	p := &progress{began: time.Now()}
	if at, err := os.Stderr.Stat(); err == nil && at.Mode()&os.ModeCharDevice != 0 && !quiet {
		p.out = os.Stderr
	}
	return p
}

// at tells that so many of all are done.
func (p *progress) at(done, of int) {
	passed := time.Since(p.began)
	if p.out == nil || passed < patience || done == 0 {
		return
	}
	p.said = true
	rate := float64(done) / passed.Seconds()
	left := time.Duration(float64(of-done) / rate * float64(time.Second)).Round(time.Second)
	lang := langOfCommand()
	number := func(n int) string { return text.Number(lang, int64(n)) }
	form := "\r%s dari %s, %s/detik, sisa %s\x1b[K"
	if english() {
		form = "\r%s of %s, %s/s, %s left\x1b[K"
	}
	_, _ = fmt.Fprintf(p.out, form, number(done), number(of), number(int(rate)), left)
}

// end leaves the line.
func (p *progress) end() {
	if p.said {
		_, _ = fmt.Fprintln(p.out)
	}
}
