package interop

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"tuntas/house/text"
)

// RejectFile writes the rows that came back under the office's own headings, with the line, the column and the
// reason behind them: the file can be corrected and read in again. Cells that a spreadsheet would run are made plain.
type RejectFile struct {
	out  *csv.Writer
	lang text.Lang
}

// NewRejectFile begins with the headings.
func NewRejectFile(w io.Writer, lang text.Lang, header []string, sep rune) (*RejectFile, error) {
	if _, err := io.WriteString(w, "\ufeff"); err != nil { // without it spreadsheets guess the letters
		return nil, err
	}
	f := &RejectFile{out: csv.NewWriter(w), lang: lang}
	f.out.UseCRLF = true
	if sep != 0 {
		f.out.Comma = sep
	}
	return f, f.out.Write(append(append([]string{}, header...), text.T(lang, "Baris"), text.T(lang, "Kolom"), text.T(lang, "Alasan")))
}

// Add writes one row. heading tells what the office calls a column.
func (f *RejectFile) Add(r Reject, heading func(column string) string) error {
	cells := make([]string, 0, len(r.Raw)+3)
	for _, cell := range r.Raw {
		cells = append(cells, Plain(cell))
	}
	columns, reasons := r.Told(f.lang, heading)
	return f.out.Write(append(cells, strconv.Itoa(r.Line), Plain(columns), Plain(reasons)))
}

// Close writes what is left.
func (f *RejectFile) Close() error {
	f.out.Flush()
	return f.out.Error()
}

// WriteRejects writes the rows of a sheet that came back.
func WriteRejects(w io.Writer, lang text.Lang, s Sheet) error {
	f, err := NewRejectFile(w, lang, s.Header, s.Sep)
	if err != nil {
		return err
	}
	for _, r := range s.Rejects {
		if err := f.Add(r, s.Heading); err != nil {
			return err
		}
	}
	return f.Close()
}

// Told gives the columns and the reasons of a reject in words.
func (r Reject) Told(lang text.Lang, heading func(column string) string) (columns, reasons string) {
	var heads, says []string
	for _, p := range append([]Problem{r.Problem}, r.More...) {
		if h := heading(p.Column); h != "" {
			heads = append(heads, h)
		}
		says = append(says, text.Say(lang, p.Reason))
	}
	return strings.Join(heads, ", "), strings.Join(says, " ")
}

// Plain keeps a spreadsheet from running a cell: one that begins with = + - @ is led by an apostrophe.
func Plain(cell string) string {
	if t := strings.TrimLeft(cell, " \t\r\n"); t != "" && strings.IndexByte("=+-@", t[0]) >= 0 {
		return "'" + t
	}
	return cell
}
