package letters

import (
	"cmp"
	"strings"
	"sync"
	"time"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"github.com/boombuler/barcode/qr"
	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"

	"tuntas/house/clock"
)

// faces are the two fonts of a letter, as they go into its file.
type faces struct{ regular, bold []byte }

// usualMost is the last letter of the Latin alphabets of Europe, with which nearly every letter is written; usualSigns
// are the signs beyond it that letters use themselves.
const (
	usualMost  = '\u024f'
	usualSigns = "–—‘’“”•…−□"
)

// usualFaces hold the usual letters alone. Each file of a letter reads its fonts anew, which takes a multiple of the time
// with all the 2,600 signs; the small ones are cut when the first letter is printed, and kept (100 kB).
var usualFaces = sync.OnceValue(func() faces {
	var letters strings.Builder
	for r := ' '; r <= usualMost; r++ {
		if hasLetter(r) {
			letters.WriteRune(r)
		}
	}
	letters.WriteString(usualSigns)
	return faces{fpdf.UTF8CutFont(liberationsansregular.TTF, letters.String()), fpdf.UTF8CutFont(liberationsansbold.TTF, letters.String())}
})

// facesFor gives the fonts that a letter needs: the small ones, or whole ones for names in other letters.
func facesFor(l Letter, p Printing) faces {
	for _, words := range []string{l.Body.kept(), l.Number, p.By, p.Site} {
		for _, r := range words {
			if r > usualMost && !strings.ContainsRune(usualSigns, r) {
				return faces{liberationsansregular.TTF, liberationsansbold.TTF}
			}
		}
	}
	return usualFaces()
}

func dayOf(t time.Time) clock.Day { return clock.DayOf(t) }

// letterForm is the font as it is asked which letters it has.
var letterForm = sync.OnceValue(func() *sfnt.Font {
	f, err := sfnt.Parse(liberationsansregular.TTF)
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
			return cmp.Or(last, i)
		}
		last = i
	}
	return cmp.Or(last, len(word))
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
