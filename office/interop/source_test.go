package interop

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"

	"tuntas/house/fail"
)

func records(t testing.TB, file string) (s *source, all []line) {
	t.Helper()
	k := listKinds["persons"]
	s, err := openSource(strings.NewReader(file), k.words, k.keys())
	if err != nil {
		t.Fatal(err)
	}
	for {
		l, err := s.next()
		if errors.Is(err, io.EOF) {
			return s, all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
}

// TestSource_dresses: one list in every dress in which offices send it.
func TestSource_dresses(t *testing.T) {
	t.Parallel()
	const list = "Nama;UPT;Ket\nSiti;PSTW Jember;\"dua\nbaris; satu sel\"\n\n\"Karto\"\"s\";RSBN;x\n"
	want := []line{{2, []string{"Siti", "PSTW Jember", "dua\nbaris; satu sel"}}, {5, []string{`Karto"s`, "RSBN", "x"}}}
	wide := func(little bool) string {
		var b strings.Builder
		for _, u := range utf16.Encode([]rune("\ufeff" + list)) {
			if little {
				b.WriteString(string([]byte{byte(u), byte(u >> 8)}))
			} else {
				b.WriteString(string([]byte{byte(u >> 8), byte(u)}))
			}
		}
		return b.String()
	}
	for name, file := range map[string]string{
		"plain": list, "byte-order mark": "\ufeff" + list, "carriage returns": strings.ReplaceAll(list, "\n", "\r\n"),
		"no last line end": strings.TrimSuffix(list, "\n"), "UTF-16, little": wide(true), "UTF-16, big": wide(false),
	} {
		if _, got := records(t, file); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if s, got := records(t, "Daftar klien 2026,,\nname,centre,note\nSiti,PSTW Jember,\"a, b\"\n"); s.sep != ',' || !reflect.DeepEqual(got, []line{{3, []string{"Siti", "PSTW Jember", "a, b"}}}) {
		t.Errorf("a title above, commas: %+v", got)
	}
	if _, got := records(t, "nama,upt\nJos\xe9,x\n"); got[0].cells[0] != "José" {
		t.Errorf("an older spreadsheet: %+v", got)
	}
	if _, got := records(t, "nama,upt\n\"Siti,x\nKarto,y\n"); len(got) != 2 || got[1].cells[0] != "Karto" {
		t.Errorf("a quote that is never closed: %+v", got)
	}
}

func TestSource_objects(t *testing.T) {
	t.Parallel()
	s, got := records(t, `{"name":"Siti","birth_from":1948,"restricted":true,"note":null,"strange":"x"}`+"\n\n"+`{"name":["a"]}`+"\nnonsense\n")
	if len(got) != 3 || got[1].cells != nil || got[2].cells != nil || got[2].no != 4 {
		t.Fatalf("%+v", got)
	}
	for column, want := range map[string]string{ColName: "Siti", "birth_from": "1948", "restricted": "true", ColNote: ""} {
		if cell := got[0].cells[s.layout.at[column]]; cell != want {
			t.Errorf("%s is %q, want %q", column, cell, want)
		}
	}
}

func TestSource_refusals(t *testing.T) {
	t.Parallel()
	for file, code := range map[string]string{"": "empty", " \n\n": "empty", "a,b\nc,d\n": "no-header", "name," + strings.Repeat("x", longestLine+1): "line-too-long"} {
		_, err := openSource(strings.NewReader(file), listKinds["persons"].words, nil)
		var wrong *fail.Invalid
		if !errors.As(err, &wrong) || wrong.Fields[0].Code != code {
			t.Errorf("%.20q: %v, want %s", file, err, code)
		}
	}
}

// TestSource_streams: a long list is never held whole.
func TestSource_streams(t *testing.T) {
	t.Parallel()
	const rows = 200_000
	k := listKinds["services"]
	s, err := openSource(io.MultiReader(strings.NewReader("case_id,item,on\n"), &repeated{row: "C-1,lansia-i,2025-04-01\n", left: rows}), k.words, k.keys())
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for {
		if _, err := s.next(); err != nil {
			break
		}
		n++
	}
	if n != rows {
		t.Errorf("%d rows, want %d", n, rows)
	}
}

// repeated reads as one row many times.
type repeated struct {
	row  string
	left int
	rest string
}

func (r *repeated) Read(into []byte) (int, error) {
	if r.rest == "" {
		if r.left == 0 {
			return 0, io.EOF
		}
		r.left--
		r.rest = r.row
	}
	n := copy(into, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// TestKinds: each column has one meaning in its list, and an export writes as many cells as there are columns.
func TestKinds(t *testing.T) {
	t.Parallel()
	for name, k := range listKinds {
		called := map[string]string{}
		for _, c := range k.columns {
			for heading := range strings.SplitSeq(c.called, "|") {
				if heading != fold(heading) {
					t.Errorf("%s: the heading %q is not folded", name, heading)
				}
				if before, twice := called[heading]; twice && before != c.key {
					t.Errorf("%s: the heading %q means %s and %s", name, heading, before, c.key)
				}
				called[heading] = c.key
			}
		}
		for column := range k.fields {
			if k.columnOf(column) == "" {
				t.Errorf("%s: %s stands in no column", name, column)
			}
		}
	}
}
