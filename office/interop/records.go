package interop

import (
	"bytes"
	"encoding/csv"
	"strings"
	"unicode/utf8"

	"tuntas/house/fail"
)

// Record is one line of a table that somebody sent, by the names of its columns.
type Record struct {
	Line  int
	cells map[string]string
}

// Cell gives a cell without the sign that keeps formulas away in files of ours; "" where there is none.
func (r Record) Cell(name string) string { return r.cells[name] }

// Records reads a table: CSV with commas, semicolons or tabs, or the first sheet of a workbook. Names of columns are read
// in small letters, with _ for a space; empty lines are left out. Errors at "file": characters, empty, columns, too-many.
func Records(file []byte, most int, needs ...string) (all []Record, err error) {
	in, err := AsText(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	if _, err := text.ReadFrom(in); err != nil {
		return nil, err
	}
	plain := strings.TrimPrefix(text.String(), "\ufeff")
	if !utf8.ValidString(plain) || strings.ContainsRune(plain, 0) {
		return nil, fail.Bad("file", "characters", "Berkas ini tidak terbaca. Simpan sebagai CSV UTF-8.")
	}
	head, _, _ := strings.Cut(plain, "\n")
	r := csv.NewReader(strings.NewReader(plain))
	r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = -1, true, true
	for _, sep := range ";\t" {
		if strings.Count(head, string(sep)) > strings.Count(head, ",") {
			r.Comma = sep
		}
	}
	names, err := r.Read()
	if err != nil {
		return nil, fail.Bad("file", "empty", "Berkas ini kosong.")
	}
	have := map[string]bool{}
	for i, n := range names {
		names[i] = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(n)), " ", "_")
		have[names[i]] = true
	}
	for _, n := range needs {
		if !have[n] {
			return nil, fail.Bad("file", "columns", "Berkas ini perlu kolom %s.", strings.Join(needs, ", "))
		}
	}
	for {
		cells, err := r.Read()
		if err != nil { // the end; with lazy quotes nothing else is wrong
			return all, nil //nolint:nilerr // io.EOF
		}
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		if len(all) == most {
			return nil, fail.Bad("file", "too-many", "Paling banyak %d baris. Bagi berkasnya.", most)
		}
		one := Record{cells: map[string]string{}}
		one.Line, _ = r.FieldPos(0)
		for i, c := range cells {
			if i < len(names) {
				one.cells[names[i]] = strings.TrimPrefix(strings.TrimSpace(c), "'")
			}
		}
		all = append(all, one)
	}
}
