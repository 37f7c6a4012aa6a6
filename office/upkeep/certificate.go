package upkeep

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// Certificate is where the chains of the record of deeds end at a moment. Printed and kept outside of the house, it
// proves later that nothing before that moment was rewritten.
type Certificate struct {
	Made    time.Time
	Version string
	Heads   []store.Head
}

// Certify makes the certificate of now.
func (d *Desk) Certify(ctx context.Context, by who.Asker) (Certificate, error) {
	heads, err := d.store.Heads(ctx, by)
	return Certificate{d.store.Now(), d.version, heads}, err
}

const certificateTitle = "Tuntas: sertifikat jejak perbuatan / certificate of the record of deeds"

// body is the certificate without the line that seals it.
func (c Certificate) body() string {
	var b strings.Builder
	fmt.Fprintln(&b, certificateTitle)
	fmt.Fprintln(&b, "dibuat", c.Made.UTC().Format(time.RFC3339))
	fmt.Fprintln(&b, "versi", c.Version)
	for _, h := range c.Heads {
		chain := "0"
		if h.Chain != 0 {
			chain = h.Chain.String()
		}
		fmt.Fprintln(&b, "rantai", chain, h.Entries, h.Hash)
	}
	return b.String()
}

// String is the certificate as it is printed and kept; its last line seals the others against slips of the pen.
func (c Certificate) String() string {
	body := c.body()
	sum := sha256.Sum256([]byte(body))
	return body + "segel " + hex.EncodeToString(sum[:]) + "\n"
}

var errNoCertificate = errors.New("bukan sertifikat yang utuh / not a whole certificate")

// ParseCertificate reads what String wrote. Errors: not a certificate, or not a whole one.
func ParseCertificate(r io.Reader) (c Certificate, err error) {
	lines, n := bufio.NewScanner(io.LimitReader(r, 1<<20)), 0
	seal := ""
	for lines.Scan() {
		n++
		line := strings.TrimSpace(lines.Text())
		words := strings.Fields(line)
		switch {
		case n == 1:
			if line != certificateTitle {
				return c, errNoCertificate
			}
		case len(words) == 2 && words[0] == "dibuat":
			if c.Made, err = time.Parse(time.RFC3339, words[1]); err != nil {
				return c, errNoCertificate
			}
		case len(words) == 2 && words[0] == "versi":
			c.Version = words[1]
		case len(words) == 4 && words[0] == "rantai":
			h, err := headOf(words)
			if err != nil {
				return c, err
			}
			c.Heads = append(c.Heads, h)
		case len(words) == 2 && words[0] == "segel":
			seal = words[1]
		case line != "":
			return c, errNoCertificate
		}
	}
	sum := sha256.Sum256([]byte(c.body()))
	if lines.Err() != nil || seal != hex.EncodeToString(sum[:]) {
		return c, errNoCertificate
	}
	return c, nil
}

func headOf(words []string) (h store.Head, err error) {
	chain, known := id.Parse(words[1])
	if !known && words[1] != "0" {
		return h, errNoCertificate
	}
	if words[1] == "0" {
		chain = 0
	}
	n, err := strconv.ParseInt(words[2], 10, 64)
	if err != nil {
		return h, errNoCertificate
	}
	return store.Head{Chain: chain, Entries: n, Hash: words[3]}, nil
}
