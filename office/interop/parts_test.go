package interop

import (
	"bytes"
	"strings"
	"testing"

	"tuntas/house/text"
	"tuntas/law"
)

func TestBirthOf(t *testing.T) {
	t.Parallel()
	day := func(d string) Birth { return Birth{Date: d, Precision: "day"} }
	for typed, want := range map[string]struct {
		birth Birth
		doubt string
	}{
		"":                    {Birth{Precision: "unknown"}, ""},
		"tidak diketahui":     {Birth{Precision: "unknown"}, ""},
		"± 68 th":             {estimate(1955, 1959), ""},
		"+/- 68 tahun":        {estimate(1955, 1959), ""},
		"umur 68":             {estimate(1956, 1957), ""},
		"Usia ± 68 thn.":      {estimate(1955, 1959), ""},
		"60-65 th":            {estimate(1959, 1965), ""},
		"± 60–65 tahun":       {estimate(1958, 1967), ""},
		"8 bulan":             {estimate(2024, 2024), ""},
		"68":                  {estimate(1956, 1957), "bare"},
		"1963":                {Birth{Date: "1963", Precision: "year"}, ""},
		"th 1963":             {Birth{Date: "1963", Precision: "year"}, ""},
		"± 1963":              {estimate(1961, 1965), ""},
		"1963?":               {estimate(1961, 1965), ""},
		"1960-1965":           {estimate(1960, 1965), ""},
		"1963-11":             {Birth{Date: "1963-11", Precision: "month"}, ""},
		"11/1963":             {Birth{Date: "1963-11", Precision: "month"}, ""},
		"Nov 1963":            {Birth{Date: "1963-11", Precision: "month"}, ""},
		"00/11/1963":          {Birth{Date: "1963-11", Precision: "month"}, ""},
		"00-00-1963":          {Birth{Date: "1963", Precision: "year"}, ""},
		"1948-02-28":          {day("1948-02-28"), ""},
		"1948-02-28 00:00:00": {day("1948-02-28"), ""},
		"31/02/1948":          {Birth{Date: "1948", Precision: "year"}, "impossible"},
		"1948-02-31":          {Birth{Date: "1948", Precision: "year"}, "impossible"},
		"19.06.48":            {day("1948-06-19"), ""},
		"03.05.23":            {day("2023-05-03"), "century"},
		"03.05.26":            {day("1926-05-03"), ""}, // entered in 2025
		"5 Mei 1890":          {day("1890-05-05"), "old"},
		"4 nov":               {Birth{Precision: "unknown"}, "unreadable"},
		"kemarin":             {Birth{Precision: "unknown"}, "unreadable"},
		"5 Mei 1820":          {Birth{Precision: "unknown"}, "unreadable"},
		"lupa":                {Birth{Precision: "unknown"}, "unreadable"},
		"31/02/48":            {Birth{Precision: "unknown"}, "unreadable"},
	} {
		b, doubt, fault := birthOf(typed, "2025-07-01", today)
		got := ""
		if doubt != nil {
			got = doubt.code
		}
		if b != want.birth || got != want.doubt || fault != nil {
			t.Errorf("%q: %+v doubt %q fault %v; want %+v doubt %q", typed, b, got, fault, want.birth, want.doubt)
		}
	}
}

func TestNameOf(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]naming{
		"Sumarni":                       {"Sumarni", "", ""},
		"SITI  AMINAH":                  {"Siti Aminah", "", ""},
		"siti aminah":                   {"Siti Aminah", "", ""},
		"PARTINI BINTI KARTO":           {"Partini binti Karto", "", ""},
		"Partini Bin Sastro":            {"Partini bin Sastro", "", ""},
		"MOH. ZAINUL ARIFIN":            {"Moh. Zainul Arifin", "", ""},
		"ABD.GHOFUR":                    {"Abd.Ghofur", "", ""},
		"MA'RUF":                        {"Ma'ruf", "", ""},
		"KASIYEM (ALIAS MAK NAH)":       {"Kasiyem", "Mak Nah", ""},
		"Kasiyem alias Mak Nah":         {"Kasiyem", "Mak Nah", ""},
		"YATI, MBAH":                    {"Yati", "", "Mbah"},
		"Mbah Kasan, Mbah":              {"Kasan", "", "Mbah"},
		"Mbah Kasan bin Sastro":         {"Kasan bin Sastro", "", "Mbah"},
		"Ny. Rukmini":                   {"Rukmini", "", "Ny"},
		"Rukmini, Mbah (alias Mak Nah)": {"Rukmini", "Mak Nah", "Mbah"},
		"Mbah":                          {"Mbah", "", ""},
		"Pakuwati":                      {"Pakuwati", "", ""},
		"Hj. Salsabila":                 {"Hj. Salsabila", "", ""},
	} {
		if got := nameOf(typed); got != want {
			t.Errorf("%q: %+v, want %+v", typed, got, want)
		}
	}
}

func TestLists(t *testing.T) {
	t.Parallel()
	l := listsOf(theLists())
	for typed, want := range map[string]string{"Kab Pasuruan": "35.14", "KAB. KEDIRI": "35.06", "Kota Malang": "35.73", "Ponorogo": "35.02",
		"Surabaya": "35.78", "Batu": "35.79", "kodya Madiun": "35.77", "Jember, Jawa Timur": "35.09", "35.07": "35.07",
		"Malang": "ambiguous", "Kediri": "ambiguous", "Negeri Antah": "unknown", "": "", "-": ""} {
		got, doubt := l.region(typed)
		if doubt != nil {
			got += doubt.code
		}
		if got != want {
			t.Errorf("region %q: %s, want %s", typed, got, want)
		}
	}
	for typed, want := range map[string]string{"lansia terlantar": "lansia_telantar", "LANJUT USIA TELANTAR": "lansia_telantar",
		"Anak Terlantar": "anak_telantar", "disabilitas netra": "disabilitas", "Penyandang Disabilitas Rungu Wicara": "disabilitas",
		"tuna netra": "disabilitas", "ODGJ": "disabilitas", "anak disabilitas": "adk", "gepeng": "gelandangan", "Jenis lain": "unknown",
		"disabilitas": "disabilitas", "korban_napza": "korban_napza", "lansia_telantar": "lansia_telantar"} {
		got, _, fault := l.kind(typed)
		if fault != nil {
			got = fault.code
		}
		if got != want {
			t.Errorf("kind %q: %s, want %s", typed, got, want)
		}
	}
	for word, key := range kindWords {
		if _, ok := law.KindOf(key); !ok {
			t.Errorf("%q means %q, which Permensos 8/2012 does not know", word, key)
		}
		if foldKind(word) != word {
			t.Errorf("%q will never be found: it folds to %q", word, foldKind(word))
		}
	}
	for typed, want := range map[string]string{"PSTW  Magetan": "pstw-magetan", "pstw-magetan": "pstw-magetan", "UPT PSTW MAGETAN": "pstw-magetan",
		"UPT PSTW Magetan (contoh)": "pstw-magetan", "RSBK Pasuruan": "rsbk-pasuruan", "RSBK": "rsbk-pasuruan"} {
		if got, fault := l.centre(typed); fault != nil || got.Code != want {
			t.Errorf("centre %q: %s %v, want %s", typed, got.Code, fault, want)
		}
	}
}

func TestSplitLines(t *testing.T) {
	t.Parallel()
	file := "a;\"b\nc\";d\n\n;;\n\"open;e\nf;g\nh;\"i\";j"
	want := []line{{1, []string{"a", "b\nc", "d"}}, {5, []string{"\"open", "e"}}, {6, []string{"f", "g"}}, {7, []string{"h", "i", "j"}}}
	got := splitLines(file, ';')
	for i := range want {
		if i >= len(got) || got[i].no != want[i].no || strings.Join(got[i].cells, "|") != strings.Join(want[i].cells, "|") {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}

// FuzzReadRegister: whatever an office sends, every line comes back as a row or as a reject, and what comes back can
// be read in again.
func FuzzReadRegister(f *testing.F) {
	f.Add([]byte("Sumarni;X;31/02/1948;;Sukorejo;Magetan;Lanjut usia telantar;PSTW Magetan;01/02/2025;"))
	f.Add([]byte("\"=HYPERLINK(\"\"x\"\")\";L;± 70;12;;Kediri;gepeng;RSBK;10-13-2025;\n;;;;\n'=1;-;+"))
	f.Add([]byte("\"a;\n\"b\";c;\xff\x00;Mbah, alias;\r\rx\t;;;;;;;;;;;;"))
	centres, kinds, regions := theLists()
	f.Fuzz(func(t *testing.T, body []byte) {
		file := append([]byte(head), body...)
		s, err := ReadRegister(bytes.NewReader(file), today, centres, kinds, regions)
		if err != nil {
			return
		}
		if !bytes.ContainsRune(body, '"') {
			lines := 0
			for _, l := range strings.Split(lineEnds.Replace(decode(file)), "\n")[1:] {
				if strings.TrimSpace(strings.ReplaceAll(l, ";", "")) != "" {
					lines++
				}
			}
			if len(s.Rows)+len(s.Rejects) != lines {
				t.Errorf("%d lines, %d rows and %d rejects", lines, len(s.Rows), len(s.Rejects))
			}
		}
		for _, r := range s.Rows {
			if r.Name == "" || r.Kind == "" || r.Centre == 0 || !r.EnteredOn.Valid() || r.EnteredOn > today || r.Fingerprint == "" {
				t.Errorf("an incomplete row: %+v", r)
			}
		}
		var out bytes.Buffer
		if err := WriteRejects(&out, text.ID, s); err != nil {
			t.Fatal(err)
		}
		again, err := ReadRegister(&out, today, centres, kinds, regions)
		if err != nil || len(again.Rows)+len(again.Rejects) != len(s.Rejects) {
			t.Errorf("%d rejects came back as %d and %d, %v", len(s.Rejects), len(again.Rows), len(again.Rejects), err)
		}
	})
}
