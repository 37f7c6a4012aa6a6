package interop

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"tuntas/house/text"
)

// WriteRejects writes the rows that came back under the office's own headings, with the line, the column and the
// reason behind them: the file can be corrected and read in again. Cells that a spreadsheet would run are made plain.
func WriteRejects(w io.Writer, lang text.Lang, s Sheet) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil { // without it spreadsheets guess the letters
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if s.Sep != 0 {
		out.Comma = s.Sep
	}
	head := append(append([]string{}, s.Header...), text.T(lang, "Baris"), text.T(lang, "Kolom"), text.T(lang, "Alasan"))
	if err := out.Write(head); err != nil {
		return err
	}
	for _, r := range s.Rejects {
		cells := make([]string, 0, len(head))
		for _, cell := range r.Raw {
			cells = append(cells, Plain(cell))
		}
		columns, reasons := s.told(lang, r)
		if err := out.Write(append(cells, strconv.Itoa(r.Line), Plain(columns), Plain(reasons))); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// told gives the columns and the reasons of a reject in words.
func (s Sheet) told(lang text.Lang, r Reject) (columns, reasons string) {
	var heads, says []string
	for _, p := range append([]Problem{r.Problem}, r.More...) {
		if h := s.Heading(p.Column); h != "" {
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
