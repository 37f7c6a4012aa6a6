package interop

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tuntas/house/fail"
)

// A workbook as offices keep it: an empty sheet first, days in two formats, a NIK typed as a number, a cell of two
// lines, an empty row in between.
func TestAsText_workbook(t *testing.T) {
	t.Parallel()
	book := excelize.NewFile()
	_, err := book.NewSheet("Data")
	must(t, err)
	slashes := "dd/mm/yyyy"
	day, err := book.NewStyle(&excelize.Style{NumFmt: 14})
	must(t, err)
	slashed, err := book.NewStyle(&excelize.Style{CustomNumFmt: &slashes})
	must(t, err)
	on := time.Date(1951, 7, 3, 0, 0, 0, 0, time.UTC)
	for cell, value := range map[string]any{"A1": "Nama", "B1": "Lahir", "C1": "Masuk", "D1": "NIK", "E1": "Catatan",
		"A2": "Mbah, Sumarni", "B2": on, "C2": on.AddDate(70, 0, 0), "D2": 350912170858001, "E2": "satu\ndua", "A4": "=1+1"} {
		must(t, book.SetCellValue("Data", cell, value))
	}
	must(t, book.SetCellStyle("Data", "B2", "B2", day))
	must(t, book.SetCellStyle("Data", "C2", "C2", slashed))
	var file bytes.Buffer
	_, err = book.WriteTo(&file)
	must(t, err)
	text, err := AsText(&file)
	must(t, err)
	got, err := io.ReadAll(text)
	must(t, err)
	want := "Nama,Lahir,Masuk,NIK,Catatan\n\"Mbah, Sumarni\",1951-07-03,03/07/2021,350912170858001,satu dua\n\n=1+1\n"
	if string(got) != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// What only looks like a workbook is refused in words, and so is one that unfolds without end.
func TestAsText_bad(t *testing.T) {
	t.Parallel()
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	w, err := z.Create("xl/worksheets/sheet1.xml")
	must(t, err)
	zeros := make([]byte, 1<<20)
	for range largestUnzipped>>20 + 1 {
		_, err = w.Write(zeros)
		must(t, err)
	}
	must(t, z.Close())
	for name, file := range map[string]string{"broken": "PK\x03\x04" + strings.Repeat("x", 300), "cut": bomb.String()[:200], "bomb": bomb.String()} {
		var wrong *fail.Invalid
		if _, err := AsText(strings.NewReader(file)); !errors.As(err, &wrong) || wrong.Fields[0].Code != "not-a-workbook" {
			t.Errorf("%s: %v", name, err)
		}
	}
	plain, err := AsText(strings.NewReader("Nama;Lahir\n"))
	must(t, err)
	if got, _ := io.ReadAll(plain); string(got) != "Nama;Lahir\n" {
		t.Errorf("a text became %q", got)
	}
}

// No workbook leaves with more rows than a spreadsheet opens gladly, and no text in it is a formula.
func TestSheet(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	s, err := newSheet(&out, []string{"name", "quantity"})
	must(t, err)
	must(t, s.add([]any{"=cmd()", 2.5}))
	must(t, s.close())
	book, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	must(t, err)
	if f, _ := book.GetCellFormula("Sheet1", "A2"); f != "" {
		t.Errorf("a formula: %s", f)
	}
	if v, _ := book.GetCellValue("Sheet1", "A2"); v != "=cmd()" {
		t.Errorf("the text became %q", v)
	}
	s, err = newSheet(&out, []string{"n"})
	must(t, err)
	s.n = MostRowsOfXLSX + 1
	var many *fail.Invalid
	if err := s.add([]any{"x"}); !errors.As(err, &many) || many.Fields[0].Code != "too-many" {
		t.Errorf("one row too many: %v", err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
