package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"tuntas/house/text"
)

// progress tells on standard error how far long work is: how many, how many a second, how long yet. Nothing
// in the first two seconds, nothing when nobody watches a terminal.
type progress struct {
	out   io.Writer // nil: quiet
	what  string
	began time.Time
	wrote bool
}

const patience = 2 * time.Second

func (f flags) progress(what string) *progress {
	p := &progress{what: what, began: time.Now()}
	if info, err := os.Stderr.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 && !*f.quiet {
		p.out = os.Stderr
	}
	return p
}

// at says that so much is done, of so much.
func (p *progress) at(done, total int64) {
	spent := time.Since(p.began)
	if p.out == nil || spent < patience || done == 0 {
		return
	}
	p.wrote = true
	lang, rate := langOfCommand(), float64(done)/spent.Seconds()
	left := time.Duration(float64(total-done) / rate * float64(time.Second)).Round(time.Second)
	form := "\r\x1b[K%s %s / %s, %s per detik, sisa %s"
	if english() {
		form = "\r\x1b[K%s %s / %s, %s a second, %s left"
	}
	_, _ = fmt.Fprintf(p.out, form, p.what, text.Number(lang, done), text.Number(lang, total), text.Number(lang, int64(rate)), left)
}

// end clears the line.
func (p *progress) end() {
	if p.wrote {
		_, _ = fmt.Fprint(p.out, "\r\x1b[K")
	}
}
