package upload

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"errors"
	"io"
	"regexp"

	"tuntas/house/fail"
)

var (
	pdfStream = regexp.MustCompile(`>>\s*stream[\r\n]*`)
	pdfEscape = regexp.MustCompile(`#[0-9A-Fa-f]{2}`)
	// What a PDF can do, by the names in it: run programs, carry other files, start something on opening it elsewhere.
	pdfDeeds     = regexp.MustCompile(`/(JavaScript|EmbeddedFiles?|Launch|RichMedia)\b`)
	pdfShortDeed = regexp.MustCompile(`/JS[\s(<\[/]`) // only beside the streams: in the bytes of a picture it comes up by chance
	pdfLocked    = regexp.MustCompile(`/Encrypt\b`)
	pdfPacked    = regexp.MustCompile(`/ObjStm\b`)
	pdfParms     = regexp.MustCompile(`/(DecodeParms|DP)\b`)
	pdfFilter    = regexp.MustCompile(`/Filter\s*(\[\s*/FlateDecode\s*\]|/FlateDecode\b)`)
)

// mostUnpacked is how much the packed objects of one PDF may hold together.
const mostUnpacked = 64 << 20

// mayKeepPDF refuses a PDF that is locked, that runs something, or that carries other files. Its bytes stay as they
// are: taking the author out of a PDF by hand would only look as if it were done.
func mayKeepPDF(b []byte) error {
	if !bytes.HasPrefix(b, []byte("%PDF-")) || !bytes.Contains(b[max(0, len(b)-2048):], []byte("%%EOF")) {
		return fail.Bad("file", "unreadable", "PDF ini tidak utuh. Buat ulang, lalu kirim lagi.")
	}
	plain, packed, ok := pdfParts(b)
	if !ok {
		return fail.Bad("file", "unreadable", "PDF ini tidak dapat diperiksa. Cetak ulang sebagai PDF, lalu kirim lagi.")
	}
	all := unescaped(b)
	switch {
	case pdfLocked.Match(all):
		return fail.Bad("file", "locked", "PDF ini dikunci. Kirim yang tanpa kata sandi.")
	case pdfDeeds.Match(all), pdfDeeds.Match(packed), pdfShortDeed.Match(plain), pdfShortDeed.Match(packed):
		return fail.Bad("file", "active", "PDF ini berisi program atau berkas lain di dalamnya. Cetak ulang sebagai PDF, lalu kirim lagi.")
	}
	return nil
}

// unescaped writes names out: /J#61vaScript is /JavaScript.
func unescaped(b []byte) []byte {
	return pdfEscape.ReplaceAllFunc(b, func(e []byte) []byte {
		c, err := hex.DecodeString(string(e[1:]))
		if err != nil {
			return e
		}
		return c
	})
}

// pdfParts gives what stands beside the streams, and what the streams of packed objects hold; not ok when they cannot
// be unpacked, for then nobody knows what is in them.
func pdfParts(b []byte) (plain, packed []byte, ok bool) {
	unpacked := 0
	for {
		found := pdfStream.FindIndex(b)
		if found == nil {
			plain = unescaped(append(plain, b...))
			return plain, unescaped(packed), len(pdfPacked.FindAll(plain, -1)) == unpacked
		}
		plain = append(append(plain, b[:found[0]]...), ' ')
		head := unescaped(b[:found[0]]) // all since the last stream: what a string in it says must not hide the rest
		b = b[found[1]:]
		body := b
		if end := bytes.Index(b, []byte("endstream")); end >= 0 {
			body, b = b[:end], b[end:]
		} else {
			b = nil
		}
		if !pdfPacked.Match(head) {
			continue
		}
		if !pdfFilter.Match(head) || pdfParms.Match(head) {
			return nil, nil, false
		}
		more, err := unpack(body, mostUnpacked-len(packed))
		if err != nil {
			return nil, nil, false
		}
		unpacked++
		packed = append(append(packed, more...), ' ')
	}
}

var errTooMuch = errors.New("more than is looked at")

func unpack(b []byte, most int) ([]byte, error) {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	more, err := io.ReadAll(io.LimitReader(z, int64(most)+1))
	if len(more) > most {
		return nil, errTooMuch
	}
	return more, err
}
