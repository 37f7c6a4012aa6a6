package interop

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/text"
)

// column is one column of a list: its key, as in the API, the ways in which it is called, folded, and how
// many letters a cell may hold.
type column struct {
	key, called string
	most        int
}

// record is a row of a list while it is read. It touches no database.
type record struct {
	line     int
	raw      []string // under the headings
	layout   layout
	lists    lists
	today    clock.Day
	problems []Problem
	doubts   []Doubt
}

// lay puts the cells under their headings and refuses what no cell may hold.
func (r *record) lay(cells []string, columns []column) {
	if cells == nil {
		r.raw = make([]string, len(r.layout.header))
		r.fault("", "unreadable", fail.Say("Baris ini tidak terbaca."))
		return
	}
	var beyond string
	if r.raw, beyond = r.layout.row(cells); beyond != "" {
		r.fault("", "cells", fail.Say("Baris ini berisi lebih banyak sel daripada judul kolom. Periksa tanda pemisah."))
	}
	for _, c := range columns {
		i, ok := r.layout.at[c.key]
		switch {
		case !ok:
		case tooLong(r.raw[i], c.most):
			r.fault(c.key, "too-long", fail.Say("Isi sel lebih dari %d huruf.", c.most))
		case strings.HasPrefix(strings.TrimSpace(r.raw[i]), "="): // ours are led by an apostrophe
			r.fault(c.key, "formula", fail.Say("Sel ini berisi rumus, bukan isian."))
		}
	}
}

func (r *record) fault(column, code string, say fail.Saying) {
	r.problems = append(r.problems, Problem{column, code, say})
}

func (r *record) doubt(column, code string, say fail.Saying) {
	r.doubts = append(r.doubts, Doubt{column, r.cell(column), code, say})
}

// told adds what a reader of one cell found.
func (r *record) told(column string, doubt, fault *saying) {
	if doubt != nil {
		r.doubt(column, doubt.code, doubt.say)
	}
	if fault != nil {
		r.fault(column, fault.code, fault.say)
	}
}

// cell gives a cell fit to keep; "" for one that says nothing, in any of the ways in which offices write that.
func (r *record) cell(column string) string {
	i, ok := r.layout.at[column]
	if !ok {
		return ""
	}
	if s := clean(r.raw[i]); !blank(s) {
		return s
	}
	return ""
}

// long gives a cell with its paragraphs.
func (r *record) long(column string) string {
	i, ok := r.layout.at[column]
	if !ok || r.cell(column) == "" {
		return ""
	}
	lines := strings.Split(lineEnds.Replace(r.raw[i]), "\n")
	for n := range lines {
		lines[n] = clean(lines[n])
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// several gives the parts of a cell that holds more than one value.
func (r *record) several(column string) []string {
	var out []string
	for part := range strings.SplitSeq(r.cell(column), ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// day reads a day; a required one that is not there is a fault.
func (r *record) day(column string, required bool) clock.Day {
	s := plain(r.cell(column))
	if s == "" {
		if required {
			r.fault(column, "required", fail.Say("Tanggal kosong."))
		}
		return ""
	}
	d, bad := readDay(s, r.today)
	r.told(column, nil, bad)
	return d
}

// readDay reads a day with its year, whether it has come or not.
func readDay(s string, today clock.Day) (clock.Day, *saying) {
	if hasYear(s) {
		d, err := text.ParseDay(s, today)
		if err == nil && known(d.Time().Year()) {
			return d, nil
		}
		var e text.DayError
		if errors.As(err, &e) && e.Code == "impossible" {
			return "", &saying{"impossible", fail.Say("Tanggal %s tidak ada di kalender.", s)}
		}
	}
	return "", &saying{"unreadable", fail.Say("Tanggal %s tidak terbaca. Tulis tanggal, bulan, dan tahun.", s)}
}

func (r *record) number(column string) float64 {
	s := r.cell(column)
	if s == "" {
		return 0
	}
	n, err := text.ParseNumber(s)
	if err != nil || n < 0 || n > 1_000_000 || math.IsNaN(n) {
		r.fault(column, "number", fail.Say("Angka %s tidak terbaca.", s))
		return 0
	}
	return n
}

func (r *record) yes(column string) bool {
	switch s := fold(r.cell(column)); s {
	case "", "tidak", "tdk", "no", "false", "0", "t", "n":
		return false
	case "ya", "yes", "true", "1", "y":
		return true
	default:
		r.fault(column, "choice", fail.Say("Tulis ya atau tidak, bukan %s.", s))
		return false
	}
}

// choice reads one word of a list, by its key or by one of its names, folded.
func (r *record) choice(column string, words map[string]string) string {
	i, ok := r.layout.at[column]
	if !ok {
		return ""
	}
	s := clean(r.raw[i])
	key, ok := words[fold(s)]
	if !ok && !blank(s) { // "none" is a blank, unless it is one of the choices
		r.fault(column, "choice", fail.Say("%s tidak ada dalam daftar pilihan.", s))
	}
	return key
}

// centre reads the UPT, among those of the asker.
func (r *record) centre() CentreRef {
	c, fault := r.lists.centre(r.cell(ColCentre))
	r.told(ColCentre, nil, fault)
	return c
}

// wordsOf makes the list of a choice: key to its other names, with a bar between.
func wordsOf(names map[string]string) map[string]string {
	m := map[string]string{}
	for key, called := range names {
		m[fold(key)] = key
		for name := range strings.SplitSeq(called, "|") {
			if f := fold(name); f != "" {
				m[f] = key
			}
		}
	}
	return m
}

// refer gives the id that a cell means: one of ours, or the one that stands for a key of the file's own.
func refer(kind, source, cell string) id.ID {
	if cell == "" {
		return 0
	}
	if i, ok := id.Parse(cell); ok && strings.ToUpper(cell) == i.String() {
		return i
	}
	return id.Named("list", source, kind, fold(cell))
}

func quantityText(q float64) string { return fmt.Sprintf("%g", q) }
