package interop

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"tuntas/house/fail"
)

// Workbooks: a list arrives as the first sheet of one and is read as text like any other; a list leaves as one sheet.

const (
	// MostRowsOfXLSX is how many records a workbook may have on its way out; a longer list leaves as CSV.
	MostRowsOfXLSX = 100_000

	largestUnzipped = 512 << 20 // a small file may unfold to a very large one
	largestSheet    = 32 << 20  // beyond this a sheet is read from a temporary file
)

// zipMark begins every workbook.
var zipMark = []byte("PK\x03\x04")

// AsText gives a list as text: a workbook's first sheet with rows as CSV, anything else as it is.
func AsText(r io.Reader) (io.Reader, error) {
	b := bufio.NewReader(r)
	if mark, _ := b.Peek(len(zipMark)); !bytes.Equal(mark, zipMark) {
		return b, nil
	}
	return sheetText(b)
}

var errNoBook = fail.Bad("file", "not-a-workbook", "Berkas ini bukan XLSX yang dapat dibaca. Simpan ulang sebagai XLSX atau CSV.")

func sheetText(r io.Reader) (io.Reader, error) {
	book, err := excelize.OpenReader(r, excelize.Options{UnzipSizeLimit: largestUnzipped, UnzipXMLSizeLimit: largestSheet,
		ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd"})
	if err != nil {
		return nil, errNoBook
	}
	defer func() { _ = book.Close() }()
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for _, name := range book.GetSheetList() {
		n, err := copySheet(book, name, w)
		if err != nil {
			return nil, errNoBook
		}
		if n > 0 { // the first that holds anything: a cover or an empty sheet is passed over
			break
		}
	}
	w.Flush()
	return &out, w.Error()
}

// copySheet writes a sheet row by row; an empty row keeps its place, so that lines are counted as the sheet shows them.
func copySheet(book *excelize.File, name string, w *csv.Writer) (n int, err error) {
	shown, err := book.Rows(name)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, shown.Close()) }()
	plain, err := book.Rows(name)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, plain.Close()) }()
	for shown.Next() && plain.Next() {
		cells, err := shown.Columns()
		if err != nil {
			return n, err
		}
		raw, err := plain.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return n, err
		}
		for i := range cells {
			if i < len(raw) {
				cells[i] = wholeNumber(cells[i], raw[i])
			}
			cells[i] = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(cells[i])
		}
		if strings.Join(cells, "") != "" {
			n++
		}
		if len(cells) == 0 {
			cells = []string{""}
		}
		if err := w.Write(cells); err != nil {
			return n, err
		}
	}
	return n, shown.Error()
}

// wholeNumber gives a long number whole that a sheet shows as 3.5E+15: a NIK that was typed as a number.
func wholeNumber(shown, raw string) string {
	if !strings.ContainsAny(shown, "Ee") || !strings.Contains(shown, "+") {
		return shown
	}
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil || f != float64(int64(f)) {
		return shown
	}
	return strconv.FormatInt(int64(f), 10)
}

// sheet writes a list as a workbook of one sheet.
type sheet struct {
	book *excelize.File
	rows *excelize.StreamWriter
	out  io.Writer
	n    int
}

func newSheet(w io.Writer, names []string) (*sheet, error) {
	s := &sheet{book: excelize.NewFile(), out: w}
	bold, err := s.book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, fmt.Errorf("begin the workbook: %w", err)
	}
	if s.rows, err = s.book.NewStreamWriter("Sheet1"); err != nil {
		return nil, fmt.Errorf("begin the workbook: %w", err)
	}
	if err := s.rows.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, fmt.Errorf("begin the workbook: %w", err)
	}
	if err := s.rows.SetColWidth(1, len(names), 18); err != nil {
		return nil, fmt.Errorf("begin the workbook: %w", err)
	}
	head := make([]any, len(names))
	for i, name := range names {
		head[i] = excelize.Cell{StyleID: bold, Value: name}
	}
	return s, s.row(head)
}

// WorkbookType is the media type of a workbook.
const WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// Workbook gives a table of another desk as a workbook of one sheet: the names of its columns, then its rows of texts and
// numbers (float64).
func Workbook(names []string, rows [][]any) ([]byte, error) { return Table(XLSX, names, rows) }

// Table gives a table of another desk in a form of a list, with the names of its columns first where the form has them.
func Table(form string, names []string, rows [][]any) ([]byte, error) {
	var b bytes.Buffer
	out, err := newRows(&b, form, names, func(int64) {})
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if err := out.add(row...); err != nil {
			return nil, err
		}
	}
	err = out.close()
	return b.Bytes(), err
}

// add writes one record. Texts stay texts: a cell that begins with "=" is not a formula.
func (s *sheet) add(values []any) error {
	if s.n > MostRowsOfXLSX {
		return fail.Bad("form", "too-many", "Daftar ini lebih dari %d baris. Pilih CSV.", MostRowsOfXLSX)
	}
	cells := make([]any, len(values))
	for i, v := range values {
		switch v := v.(type) {
		case float64:
			cells[i] = v
		default:
			cells[i] = cellOf(v)
		}
	}
	return s.row(cells)
}

func (s *sheet) row(cells []any) error {
	s.n++
	if err := s.rows.SetRow("A"+strconv.Itoa(s.n), cells); err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	return nil
}

func (s *sheet) close() error {
	if err := s.rows.Flush(); err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	if _, err := s.book.WriteTo(s.out); err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	if err := s.book.Close(); err != nil {
		return fmt.Errorf("close the workbook: %w", err)
	}
	return nil
}
