package interop

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"tuntas/house/clock"
)

// FuzzSource: whatever is sent, no record is lost without a word, and reading ends.
func FuzzSource(f *testing.F) {
	for _, seed := range []string{"name,centre\nSiti,x\n", "Nama;UPT\n\"a\nb\";c\n", "\ufeffname\n'=1+1\n", "{\"name\":\"Siti\"}\n{", "name\r\nSiti\rKarto\n",
		"\xff\xfen\x00a\x00m\x00e\x00\n\x00", "name,name,no\n,,\n", "name\n\"\n\"\"\n", "judul\n\nname,centre,\n1,2,3,4,5\n"} {
		f.Add([]byte(seed))
	}
	k := listKinds["persons"]
	f.Fuzz(func(t *testing.T, file []byte) {
		s, err := openSource(bytes.NewReader(file), k.words, k.keys())
		if err != nil {
			return
		}
		before := 0
		for n := 0; n <= len(file); n++ {
			l, err := s.next()
			if err != nil {
				if !errors.Is(err, io.EOF) && len(file) < longestLine {
					t.Fatal(err)
				}
				return
			}
			if l.no <= before {
				t.Fatalf("line %d after line %d", l.no, before)
			}
			before = l.no
			for _, cell := range l.cells {
				if !utf8.ValidString(cell) {
					t.Fatalf("line %d holds what is no text: %q", l.no, cell)
				}
			}
		}
		t.Fatal("more records than letters")
	})
}

// FuzzRow: a row of any kind is read or refused with a reason, and never both lost and silent.
func FuzzRow(f *testing.F) {
	for _, seed := range []string{"a,Siti,x", ",\"Tanpa Nama\",", "K-1,Siti (alias Mak Nah),± 1948", "0CNVNW7ZA2VR7,x,2025-02-30", "=1,+2,@x", ";,;,;"} {
		f.Add(seed, uint8(0))
		f.Add(seed, uint8(3))
	}
	centres, kinds, regions := theLists()
	lists := listsOf(centres, kinds, regions)
	f.Fuzz(func(t *testing.T, row string, which uint8) {
		k := listKinds[Kinds[1+int(which)%4]]
		cells, _ := quoted([]string{row}, ',')
		layout := layoutFrom(k.keys(), k.words)
		r := &record{line: 2, layout: layout, lists: lists, today: today}
		r.lay(cells, k.columns)
		if len(r.problems) == 0 {
			if taken := k.read(r, Options{}); taken == nil {
				t.Fatal("a row came to nothing")
			} else if len(r.problems) == 0 {
				taken.same(r, map[string]int{})
			}
		}
		for _, p := range r.problems {
			if p.Code == "" || p.Reason.Text == "" {
				t.Fatalf("a refusal without a reason: %+v", p)
			}
		}
	})
}

// FuzzBirthOf: a birth is read, doubted or refused; what is read can be kept.
func FuzzBirthOf(f *testing.F) {
	for _, seed := range []string{"1948", "± 1948", "umur 68", "68 th", "12/03/1990", "31-02-1948", "Maret 1948", "1940-1945", "14 bulan", "Senin, 1-2-34", "9999-99-99", "0"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		b, doubt, fault := birthOf(typed, "2026-05-05", today)
		switch b.Precision {
		case "day":
			if !clock.Day(b.Date).Valid() {
				t.Fatalf("%q became the day %q", typed, b.Date)
			}
		case "month", "year":
			if want := map[string]int{"month": 7, "year": 4}[b.Precision]; len(b.Date) != want {
				t.Fatalf("%q became the %s %q", typed, b.Precision, b.Date)
			}
		case "estimated":
			if b.From > b.To || b.From < earliest {
				t.Fatalf("%q became %d to %d", typed, b.From, b.To)
			}
		case "unknown":
			if !blank(plain(typed)) && doubt == nil && fault == nil {
				t.Fatalf("%q was dropped without a word", typed)
			}
		default:
			t.Fatalf("%q has the precision %q", typed, b.Precision)
		}
	})
}

// FuzzReadDay: a day of a list is a day of the calendar or a fault.
func FuzzReadDay(f *testing.F) {
	for _, seed := range []string{"2025-04-01", "1 April 2025", "01/04/25", "31/02/2025", "kemarin", "4 nov", "2025-4-1", "١٢/٣/٢٠٢٠"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		if d, fault := readDay(plain(typed), today); (d == "") == (fault == nil) || d != "" && !d.Valid() {
			t.Fatalf("%q became %q, %v", typed, d, fault)
		}
	})
}

// FuzzPlain: a cell that leaves the house runs in no spreadsheet, and comes back as it was.
func FuzzPlain(f *testing.F) {
	for _, seed := range []string{"=1+1", " =x", "-5", "+62 812", "@a", "'=x", "Siti", "\t=1", "a\n=b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		if !utf8.ValidString(cell) || strings.ContainsRune(cell, '\r') {
			return
		}
		guarded := Plain(cell)
		if s := strings.TrimLeft(guarded, " \t\n"); s != "" && strings.ContainsRune("=+-@", rune(s[0])) {
			t.Fatalf("%q leaves as %q", cell, guarded)
		}
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		if err := w.Write([]string{guarded, "x"}); err != nil {
			t.Fatal(err)
		}
		w.Flush()
		if strings.Count(cell, "\n") >= tallestCell || strings.HasPrefix(cell, "'") {
			return
		}
		l, err := newLines(strings.NewReader(b.String())).record(',')
		if err != nil || clean(l.cells[0]) != clean(cell) {
			t.Fatalf("%q came back as %q: %v", cell, l.cells, err)
		}
	})
}

// FuzzQuantity: a quantity is a number in reach, or a fault.
func FuzzQuantity(f *testing.F) {
	for _, seed := range []string{"2,5", "1.000", "1e9", "-1", "NaN", "banyak", "Inf"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		r := &record{raw: []string{typed}, layout: layout{at: map[string]int{"quantity": 0}}}
		if n := r.number("quantity"); n < 0 || n > 1_000_000 || n != n {
			t.Fatalf("%q became %v", typed, n)
		}
	})
}
