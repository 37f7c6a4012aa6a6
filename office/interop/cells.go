package interop

import (
	"encoding/binary"
	"encoding/csv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// line is one record of a file: the number of its first line as a spreadsheet or an editor shows it.
type line struct {
	no    int
	cells []string // nil when it cannot be read at all
}

// decode gives the text of a file: UTF-8 with or without byte-order mark, the UTF-16 of "Unicode text",
// and what older spreadsheets write, where ± is one byte.
func decode(b []byte) string {
	if len(b) >= 2 && (b[0] == 0xFF && b[1] == 0xFE || b[0] == 0xFE && b[1] == 0xFF) {
		var order binary.ByteOrder = binary.LittleEndian
		if b[0] == 0xFE {
			order = binary.BigEndian
		}
		units := make([]uint16, 0, len(b)/2)
		for i := 2; i+1 < len(b); i += 2 {
			units = append(units, order.Uint16(b[i:]))
		}
		return string(utf16.Decode(units))
	}
	s := strings.TrimPrefix(string(b), "\ufeff")
	if utf8.ValidString(s) {
		return s
	}
	runes := make([]rune, 0, len(s))
	for i := range len(s) {
		runes = append(runes, rune(s[i]))
	}
	return string(runes)
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// splitLines cuts a text into records, without the empty ones. A quote that is never closed spoils its own
// line and no other: nothing of a register may vanish into a cell.
func splitLines(s string, sep rune) []line {
	const tallest = 20 // lines of one cell
	raw := strings.Split(lineEnds.Replace(s), "\n")
	var all []line
	for i := 0; i < len(raw); i++ {
		l, used := line{no: i + 1}, 1
		switch {
		case !strings.Contains(raw[i], `"`):
			l.cells = strings.Split(raw[i], string(sep))
		default:
			l.cells, used = quoted(raw[i:min(len(raw), i+tallest)], sep)
		}
		i += used - 1
		if strings.Join(l.cells, "") != "" && strings.TrimSpace(strings.Join(l.cells, "")) != "" {
			all = append(all, l)
		}
	}
	return all
}

// quoted reads one record that has quotes and tells how many lines it took.
func quoted(raw []string, sep rune) ([]string, int) {
	quotes := 0
	for n := 1; n <= len(raw); n++ {
		if quotes += strings.Count(raw[n-1], `"`); quotes%2 != 0 {
			continue
		}
		r := csv.NewReader(strings.NewReader(strings.Join(raw[:n], "\n")))
		r.Comma = sep
		if cells, err := r.Read(); err == nil {
			return cells, n
		}
		break
	}
	return strings.Split(raw[0], string(sep)), 1 // the quotes are letters like others
}

// separator finds which of the usual separators makes headings of the first lines: a note may hold many others.
func separator(s string, words dictionary) rune {
	head := s
	if i := nthIndex(s, '\n', headRows); i > 0 {
		head = s[:i]
	}
	best, most := ';', 0
	for _, sep := range []rune{';', ',', '\t'} {
		for _, l := range strings.Split(lineEnds.Replace(head), "\n") {
			if n := len(layoutFrom(strings.Split(l, string(sep)), words).at); n > most {
				best, most = sep, n
			}
		}
	}
	return best
}

func nthIndex(s string, b byte, n int) int {
	for i := range len(s) {
		if s[i] == b {
			if n--; n == 0 {
				return i
			}
		}
	}
	return -1
}

// clean makes a cell fit to keep: single spaces, no control letters, none of those that turn the
// direction of writing, and without the apostrophe that spreadsheets set before what is not a number.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E,
			r >= 0x2066 && r <= 0x2069, r == 0xFEFF, r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > 1 && s[0] == '\'' && (strings.IndexByte("=+-@", s[1]) >= 0 || s[1] >= '0' && s[1] <= '9') {
		s = s[1:]
	}
	return s
}

// fold leaves small letters and digits with single spaces: what headings, names of UPT and kinds are compared by.
func fold(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

var blanks = set("tidak ada", "tidak tahu", "tidak diketahui", "tdk diketahui", "belum diketahui", "belum ada", "nihil",
	"n a", "unknown", "none", "not known")

// blank tells whether a cell says nothing, in one of the ways in which offices write that.
func blank(s string) bool { f := fold(s); return f == "" || blanks[f] }

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
