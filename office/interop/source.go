package interop

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"tuntas/house/fail"
)

const (
	longestLine = 1 << 20 // letters of one line of a file
	tallestCell = 400     // lines of one cell: a story has paragraphs
)

// source reads the records of a list one after the other, whatever its size.
type source struct {
	layout layout
	sep    rune
	next   func() (line, error) // io.EOF after the last
}

// openSource finds out how a list is written and where its headings are. columns are those that a list of
// JSON lines may have, in their order.
func openSource(r io.Reader, words dictionary, columns []string) (*source, error) {
	b := bufio.NewReaderSize(r, 64<<10)
	if mark, _ := b.Peek(2); bytes.Equal(mark, []byte{0xFF, 0xFE}) || bytes.Equal(mark, []byte{0xFE, 0xFF}) {
		b = bufio.NewReaderSize(transform.NewReader(b, unicode.BOMOverride(unicode.UTF8.NewDecoder())), 64<<10)
	}
	l := newLines(b)
	head := l.ahead(headRows)
	if l.err != nil {
		return nil, l.err
	}
	if strings.TrimSpace(strings.Join(head, "")) == "" {
		return nil, fail.Bad("file", "empty", "Berkas ini kosong.")
	}
	if strings.HasPrefix(strings.TrimSpace(strings.Join(head, "")), "{") {
		return jsonSource(l, words, columns), nil
	}
	return tableSource(l, words)
}

func tableSource(l *lines, words dictionary) (*source, error) {
	head := l.ahead(headRows)
	s := &source{sep: separator(strings.Join(head, "\n"), words)}
	var records []line
	for i, raw := range head {
		cells, _ := quoted([]string{raw}, s.sep)
		records = append(records, line{no: i + 1, cells: cells})
	}
	var first int
	var err error
	if s.layout, first, err = layoutOf(records, words, 0); err != nil {
		return nil, err
	}
	l.drop(first)
	s.next = func() (line, error) { return l.record(s.sep) }
	return s, nil
}

// jsonSource reads one object a line; its names are headings like others.
func jsonSource(l *lines, words dictionary, columns []string) *source {
	s := &source{sep: ',', layout: layoutFrom(columns, words)}
	s.next = func() (line, error) {
		for {
			raw := l.ahead(1)
			if len(raw) == 0 {
				return line{}, l.end()
			}
			no := l.no + 1
			l.drop(1)
			if strings.TrimSpace(raw[0]) == "" {
				continue
			}
			return line{no: no, cells: objectCells(raw[0], s.layout)}, nil
		}
	}
	return s
}

// objectCells lays one object of plain values under the columns; nil for anything else.
func objectCells(raw string, l layout) []string {
	d := json.NewDecoder(strings.NewReader(raw))
	d.UseNumber()
	var object map[string]any
	if err := d.Decode(&object); err != nil {
		return nil
	}
	cells := make([]string, len(l.header))
	for name, value := range object {
		at, known := l.at[l.words[fold(name)]]
		switch v := value.(type) {
		case nil:
		case string, json.Number, bool:
			if known {
				cells[at] = fmt.Sprint(v)
			}
		default:
			return nil
		}
	}
	return cells
}

// lines gives the lines of a text with a look ahead, for cells that run over several.
type lines struct {
	scan *bufio.Scanner
	held []string
	no   int // of the line before held
	err  error
}

func newLines(r io.Reader) *lines {
	l := &lines{scan: bufio.NewScanner(r)}
	l.scan.Buffer(make([]byte, 64<<10), longestLine)
	l.scan.Split(anyLineEnd)
	return l
}

// anyLineEnd ends a line at \n, \r\n or \r.
func anyLineEnd(data []byte, atEnd bool) (int, []byte, error) {
	i := bytes.IndexAny(data, "\r\n")
	switch {
	case i < 0 && atEnd && len(data) > 0:
		return len(data), data, nil
	case i < 0:
		return 0, nil, nil
	case data[i] == '\n':
		return i + 1, data[:i], nil
	case i+1 < len(data) && data[i+1] == '\n':
		return i + 2, data[:i], nil
	case i+1 == len(data) && !atEnd: // its \n may still come
		return 0, nil, nil
	}
	return i + 1, data[:i], nil
}

// ahead gives up to n lines that were not dropped yet.
func (l *lines) ahead(n int) []string {
	for len(l.held) < n && l.scan.Scan() {
		s := l.scan.Text()
		if l.no == 0 && len(l.held) == 0 {
			s = strings.TrimPrefix(s, "\ufeff")
		}
		if !utf8.ValidString(s) {
			s = decode([]byte(s))
		}
		l.held = append(l.held, s)
	}
	if err := l.scan.Err(); errors.Is(err, bufio.ErrTooLong) {
		l.err = fail.Bad("file", "line-too-long", "Baris %d terlalu panjang. Periksa apakah berkas ini CSV.", l.no+len(l.held)+1)
	} else if err != nil {
		l.err = fmt.Errorf("read the file: %w", err)
	}
	return l.held[:min(n, len(l.held))]
}

func (l *lines) drop(n int) {
	l.held = l.held[min(n, len(l.held)):]
	l.no += n
}

func (l *lines) end() error {
	if l.err != nil {
		return l.err
	}
	return io.EOF
}

// record gives the next record that is not empty. A quote that is never closed spoils its own line and no other.
func (l *lines) record(sep rune) (line, error) {
	for {
		raw := l.ahead(1)
		if len(raw) == 0 {
			return line{}, l.end()
		}
		r, used := line{no: l.no + 1}, 1
		if strings.Contains(raw[0], `"`) {
			r.cells, used = quoted(l.ahead(tallestCell), sep)
		} else {
			r.cells = strings.Split(raw[0], string(sep))
		}
		l.drop(used)
		if strings.TrimSpace(strings.Join(r.cells, "")) != "" {
			return r, nil
		}
	}
}
