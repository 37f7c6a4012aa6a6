package opendata

import (
	"strings"
	"testing"

	"tuntas/house/text"
	"tuntas/office/interop"
)

// A name that begins like a formula is no formula in a file.
func TestCSV_formula(t *testing.T) {
	t.Parallel()
	n := int64(12)
	of, _ := DatasetOf("penghuni-menurut-panti")
	s := Sheet{Open: Open{Dataset: of, Release: &Release{AsOf: "2025-03-03"}}, Table: Table{Rows: []Head{{"a", `=HYPERLINK("http://x","y")`}, {"b", "+1"}, {"c", "-2"}, {"d", "@sum"}}, Cols: []Head{{Key: "female"}},
		Cells: [][]Number{{{N: &n}}, {{}}, {{Was: &n, WasOn: "2025-01-01"}}, {{N: &n}}}}}
	body, err := interop.Table(interop.CSV, csvNames, csvRows(text.ID, s))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(body)) {
		for _, cell := range strings.Split(line, ",") {
			if cell = strings.TrimLeft(cell, `"`); cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
				t.Errorf("a formula: %s", line)
			}
		}
	}
	if !strings.Contains(string(body), "ditutup,12,2025-01-01") {
		t.Errorf("the last that was shown: %s", body)
	}
}

// At most twenty tables of at most two dimensions, each with all that is said of it, in families that are known.
func TestDatasets(t *testing.T) {
	t.Parallel()
	if len(Datasets) > 20 {
		t.Errorf("%d tables", len(Datasets))
	}
	for _, s := range Datasets {
		if s.Key == "" || s.Name == "" || s.Says == "" || s.Formula == "" || s.Source == "" || s.Of == "" || s.Rows == "" || familyNames[s.Family] == "" || rowWords[s.Rows] == "" || len(s.Keyword) == 0 || s.Cols == "" && s.Word == "" {
			t.Errorf("%s lacks something", s.Key)
		}
		for _, w := range []string{s.Name, s.Says, s.Formula, s.Source} {
			if text.T(text.EN, w) == w {
				t.Errorf("no English for %q", w)
			}
		}
	}
}
