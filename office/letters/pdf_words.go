package letters

import (
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/boombuler/barcode/qr"
	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"

	"tuntas/house/clock"
)

var (
	regularFont = liberationsansregular.TTF
	boldFont    = liberationsansbold.TTF
)

func dayOf(t time.Time) clock.Day { return clock.DayOf(t) }

// letterForm is the font as it is asked which letters it has.
var letterForm = sync.OnceValue(func() *sfnt.Font {
	f, err := sfnt.Parse(regularFont)
	if err != nil {
		panic(err) // it is compiled in
	}
	return f
})

// fontAsk guards the buffer of the question.
var fontAsk struct {
	sync.Mutex
	buffer sfnt.Buffer
	has    map[rune]bool
}

func hasLetter(r rune) bool {
	if r < 0x7f {
		return r >= ' '
	}
	if r > 0xffff { // the file format of the font counts no further
		return false
	}
	fontAsk.Lock()
	defer fontAsk.Unlock()
	if known, ok := fontAsk.has[r]; ok {
		return known
	}
	if fontAsk.has == nil {
		fontAsk.has = map[rune]bool{}
	}
	i, err := letterForm().GlyphIndex(&fontAsk.buffer, r)
	fontAsk.has[r] = err == nil && i != 0
	return fontAsk.has[r]
}

// unprinted stands for a letter that the font does not have: better seen to be missing than left out.
const unprinted = '□'

// printable gives a text as the font can print it: a letter it lacks loses its marks, and is shown as a box when that
// does not help. Invisible signs are left out.
func printable(s string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(s) {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r == '\u00a0':
			b.WriteByte(' ')
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
		case hasLetter(r):
			b.WriteRune(r)
		default:
			b.WriteString(plainer(r))
		}
	}
	return b.String()
}

func plainer(r rune) string {
	var b strings.Builder
	for _, part := range norm.NFKD.String(string(r)) {
		if !unicode.Is(unicode.Mn, part) && hasLetter(part) {
			b.WriteRune(part)
		}
	}
	if b.Len() == 0 && !unicode.Is(unicode.Mn, r) {
		return string(unprinted)
	}
	return b.String()
}

// wrap breaks a text into lines of a width in the font that is set; a word that is too long is broken too. There is
// always one line.
func (s *sheets) wrap(words string, width float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(printable(words)) {
		next := word
		if line != "" {
			next = line + " " + word
		}
		if s.GetStringWidth(next) <= width {
			line = next
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for line = word; s.GetStringWidth(line) > width; {
			n := s.fitting(line, width)
			lines, line = append(lines, line[:n]), line[n:]
		}
	}
	return append(lines, line)
}

// fitting is how many bytes of a word fit, at least one letter.
func (s *sheets) fitting(word string, width float64) int {
	last := 0
	for i := range word {
		if i > 0 && s.GetStringWidth(word[:i]) > width {
			return or(last, i)
		}
		last = i
	}
	return or(last, len(word))
}

// matrixOf draws an address as a QR code: rows of squares, true is black.
func matrixOf(address string) ([][]bool, error) {
	code, err := qr.Encode(address, qr.M, qr.Auto)
	if err != nil {
		return nil, err
	}
	size := code.Bounds().Dx()
	m := make([][]bool, size)
	for y := range m {
		m[y] = make([]bool, size)
		for x := range m[y] {
			r, _, _, _ := code.At(x, y).RGBA()
			m[y][x] = r == 0
		}
	}
	return m, nil
}
