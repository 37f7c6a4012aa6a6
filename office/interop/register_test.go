package interop

import (
	"bytes"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/text"
	"tuntas/law"
)

const today = clock.Day("2026-11-24")

func theLists() (centres []CentreRef, kinds []Kind, regions []Region) {
	for i, c := range law.Centres.Latest() {
		centres = append(centres, CentreRef{ID: id.ID(i + 1), Code: c.Key, Abbr: c.Abbr, Name: "UPT " + c.Abbr + " " + c.Place + " (contoh)", Place: c.Place})
	}
	for _, k := range law.Kinds.Latest() {
		kinds = append(kinds, Kind{k.Key, k.Name})
	}
	for _, r := range law.Regions.Latest() {
		regions = append(regions, Region{r.Code, r.Name, r.Type})
	}
	return
}

func read(t testing.TB, file string) Sheet {
	t.Helper()
	centres, kinds, regions := theLists()
	s, err := ReadRegister(strings.NewReader(file), today, centres, kinds, regions)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func example(t testing.TB) Sheet {
	t.Helper()
	b, err := os.ReadFile("../../seed/register_example.csv")
	if err != nil {
		t.Fatal(err)
	}
	return read(t, string(b))
}

const head = "Nama;L/P;Tgl Lahir / Umur;NIK;Alamat (Desa);Kab/Kota Asal;Jenis PPKS;UPT;Tgl Masuk;Keterangan\n"

// one reads a single line under the usual headings.
func one(t testing.TB, line string) Sheet {
	t.Helper()
	s := read(t, head+line+"\n")
	if len(s.Rows)+len(s.Rejects) != 1 {
		t.Fatalf("%q gave %d rows and %d rejects", line, len(s.Rows), len(s.Rejects))
	}
	return s
}

func TestReadRegister_example(t *testing.T) {
	t.Parallel()
	s := example(t)
	if len(s.Rows) != 208 || s.Doubtful() != 3 || len(s.Rejects) != 6 {
		t.Errorf("%d rows of which %d doubtful, %d rejects; want 208, 3, 6", len(s.Rows), s.Doubtful(), len(s.Rejects))
	}
	doubts := map[int]string{}
	for _, r := range s.Rows {
		for _, d := range r.Doubts {
			doubts[r.Line] += d.Column + " " + d.Code + " " + d.Typed + "; "
		}
	}
	if want := (map[int]string{207: "name nameless ; ", 208: "sex unknown X; birth impossible 31/02/1948; ", 209: "nik length 357801046202; "}); !reflect.DeepEqual(doubts, want) {
		t.Errorf("doubts %v, want %v", doubts, want)
	}
	got := map[int]string{}
	for _, r := range s.Rejects {
		got[r.Line] = r.Column + " " + r.Code
		for _, p := range r.More {
			got[r.Line] += ", " + p.Column + " " + p.Code
		}
	}
	want := map[int]string{210: "centre unknown", 211: "birth future", 212: "entered_on impossible", 213: "name formula",
		214: "kind unknown, entered_on required", 215: "name duplicate"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("rejects %v, want %v", got, want)
	}
}

func TestReadRegister_values(t *testing.T) {
	t.Parallel()
	rows := map[int]Row{}
	for _, r := range example(t).Rows {
		rows[r.Line] = r
	}
	for _, c := range []struct {
		line      int
		got, want any
	}{
		{6, rows[6].Name, "Kasiyem"},
		{6, rows[6].Birth, Birth{Precision: "estimated", From: 2008, To: 2012}}, // ± 16 th on 19 August 2026
		{8, [3]string{rows[8].Name, rows[8].Address, rows[8].Sex}, [3]string{"Juminten", "Mbah", "male"}},
		{9, rows[9].Birth, Birth{Date: "1963", Precision: "year"}},
		{9, rows[9].Kind, "lansia_telantar"},
		{14, [2]string{rows[14].Kind, rows[14].KindTyped}, [2]string{"disabilitas", "disabilitas netra"}},
		{14, rows[14].Region, "35.14"}, // Kab Pasuruan
		{8, rows[8].Region, "35.73"},   // Kota Malang
		{2, rows[2].Region, "35.02"},   // Ponorogo alone
		{18, rows[18].Birth, Birth{Date: "1989-10-07", Precision: "day"}},
		{25, [2]string{rows[25].Name, rows[25].Alias}, [2]string{"Dewi Lestari", "Mak Nah"}},
		{46, [2]string{rows[46].Name, rows[46].Alias}, [2]string{"Kasiyem", "Mak Nah"}},
		{41, rows[41].Name, "Partini binti Karto"},
		{69, [2]string{rows[69].Name, rows[69].Address}, [2]string{"Kasan", "Mbah"}},
		{11, rows[11].Note, "akte dalam proses; KTP hilang"},
		{2, [3]string{rows[2].Village, rows[2].NIK, rows[2].Birth.Precision}, [3]string{"Desa Wonosari", "", "unknown"}},
		{2, rows[2].EnteredOn, clock.Day("2026-02-23")},
		{207, [3]string{rows[207].Name, rows[207].NameKind, rows[207].Birth.Date}, [3]string{"Tanpa Nama", "working", "1950"}},
		{208, rows[208].Birth, Birth{Date: "1948", Precision: "year"}},
		{209, [2]string{rows[209].NIK, rows[209].NIKCertainty}, [2]string{"357801046202", "doubtful"}},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("line %d: got %v, want %v", c.line, c.got, c.want)
		}
	}
	centres, _, _ := theLists()
	for _, line := range []int{8, 19} { // one and two spaces
		if c := centres[rows[line].Centre-1]; c.Code != "pstw-magetan" {
			t.Errorf("line %d is at %s", line, c.Code)
		}
	}
}

func TestReadRegister_again(t *testing.T) {
	t.Parallel()
	a, b := example(t), example(t)
	prints := map[string]bool{}
	for i := range a.Rows {
		if a.Rows[i].Fingerprint != b.Rows[i].Fingerprint {
			t.Errorf("line %d has two fingerprints", a.Rows[i].Line)
		}
		if prints[a.Rows[i].Fingerprint] {
			t.Errorf("line %d shares its fingerprint", a.Rows[i].Line)
		}
		prints[a.Rows[i].Fingerprint] = true
	}
}

// The same register in another dress gives the same rows.
func TestReadRegister_dresses(t *testing.T) {
	t.Parallel()
	line := "Sumarni;P;1950;;Wonosari;Jember;Lanjut usia telantar;PSTW Magetan;01/02/2025;± rapi\n"
	want := read(t, head+line).Rows[0]
	utf16 := []byte{0xFF, 0xFE}
	for _, r := range head + line {
		utf16 = append(utf16, byte(r), 0)
	}
	for name, file := range map[string]string{
		"byte-order mark": "\ufeff" + head + line,
		"commas":          strings.ReplaceAll(head+line, ";", ","),
		"tabs":            strings.ReplaceAll(head+line, ";", "\t"),
		"Windows":         strings.ReplaceAll(strings.ReplaceAll(head+line, "±", "\xb1"), "\n", "\r\n"),
		"UTF-16":          string(utf16),
		"old Mac":         strings.ReplaceAll(head+line, "\n", "\r"),
		"many commas":     head + line + strings.Repeat("x;P;;;;;;;;,,,,,,,,,,,,,,,,,,,,,,,\n", 5),
		"title above":     "REGISTER PENERIMA MANFAAT 2025;;;;;;;;;\n;;;;\n" + head + line,
		"English":         "Date of entry;Centre;Type of PPKS;Full name;Sex;Date of birth / age;Remarks;Village;District;Extra\n2025-02-01;UPT PSTW Magetan;lansia terlantar;SUMARNI;female;1950;± rapi;Ds. Wonosari;Jember;x\n",
	} {
		s := read(t, file)
		if len(s.Rows) != 1 {
			t.Errorf("%s: %d rows, rejects %v", name, len(s.Rows), s.Rejects)
			continue
		}
		if got := s.Rows[0]; got.Fingerprint != want.Fingerprint || got.Note != want.Note || got.Sex != "female" {
			t.Errorf("%s: %+v", name, got)
		}
		if name == "English" && !reflect.DeepEqual(s.Ignored, []string{"Extra"}) {
			t.Errorf("ignored %v", s.Ignored)
		}
	}
}

func TestReadRegister_refusals(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		";P;;;;;Gelandangan;RSBK Pasuruan;01/02/2025;":                          "name required",
		"12345;P;;;;;Gelandangan;RSBK Pasuruan;01/02/2025;":                     "name unreadable",
		"@SUM(A1);P;;;;;Gelandangan;RSBK Pasuruan;01/02/2025;":                  "name unreadable",
		"Yati;P;;;=1+1;;Gelandangan;RSBK Pasuruan;01/02/2025;":                  "village formula",
		"Yati;P;;;;;Gelandangan;;01/02/2025;":                                   "centre required",
		"Yati;P;;;;;Gelandangan;PSTW;01/02/2025;":                               "centre ambiguous",
		"Yati;P;;;;;;RSBK Pasuruan;01/02/2025;":                                 "kind required",
		"Yati;P;;;;;Gelandangan;RSBK Pasuruan;kemarin;":                         "entered_on unreadable",
		"Yati;P;;;;;Gelandangan;RSBK Pasuruan;4 nov;":                           "entered_on unreadable",
		"Yati;P;;;;;Gelandangan;RSBK Pasuruan;25/11/2026;":                      "entered_on future",
		"Yati;P;2 Februari 2025;;;;Gelandangan;RSBK Pasuruan;01/02/2025;":       "birth order",
		"Yati;P;2026;;;;Gelandangan;RSBK Pasuruan;01/02/2025;":                  "birth order",
		"Yati;P;2027;;;;Gelandangan;RSBK Pasuruan;01/02/2025;":                  "birth future",
		strings.Repeat("y", 121) + ";P;;;;;Pengemis;RSBK Pasuruan;1/2/25;":      "name too-long",
		"Yati;P;;;;;Gelandangan;RSBK Pasuruan;01/02/2025":                       "", // the last cell may be missing
		"Yati;;;;;;Gelandangan;RSBK Pasuruan;01/02/2025;":                       "", // as may all papers
		"Yati;P;;;;;Gelandangan;RSBK Pasuruan;2025-02-01 00:00:00;":             "",
		"Yati;P;;;;;gepeng;rsbk-pasuruan;Sabtu, 1 Februari 2025;":               "",
		"Yati;P;;;;;Gelandangan;RSBK Pasuruan;01/02/2025;satu;dua":              "", // a note with a separator
		"Tanpa nama;P;;;;;Gelandangan;RSBK Pasuruan;01/02/2025;":                "",
		"Mrs X;P;;;;;Gelandangan;RSBK Pasuruan;01/02/2025;":                     "",
		"-;P;;;;;Gelandangan;RSBK Pasuruan;01/02/2025;namanya belum jelas":      "",
		"\"Yati \"\"Yat\"\"\";P;;;;;Pengemis;RSBK Pasuruan;01/02/2025;":         "",
		"\"Yati;P;;;;;Pengemis;RSBK Pasuruan;01/02/2025;tanda kutip lupa":       "",
		"Yati \x00\u202e;P;;;;;Pengemis;RSBK Pasuruan;01/02/2025;huruf kendali": "",
	} {
		s, got := one(t, line), ""
		if len(s.Rejects) == 1 {
			got = s.Rejects[0].Column + " " + s.Rejects[0].Code
		}
		if got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

// Two women without a name, found on one day, are two; and are known again as the same two.
func TestReadRegister_namelessTwice(t *testing.T) {
	t.Parallel()
	line := ";P;± 60 th;;;Jember;Lanjut usia telantar;PSTW Magetan;01/02/2025;nama belum diketahui\n"
	a, b := read(t, head+line+line), read(t, head+line+line)
	if len(a.Rows) != 2 || a.Rows[0].Fingerprint == a.Rows[1].Fingerprint {
		t.Fatalf("%d rows: %+v", len(a.Rows), a.Rows)
	}
	if a.Rows[1].Fingerprint != b.Rows[1].Fingerprint || a.Rows[0].Near != "" {
		t.Error("the second nameless woman is not known again, or is taken for a double")
	}
}

func TestReadRegister_doubles(t *testing.T) {
	t.Parallel()
	s := read(t, head+
		"Yati;P;1990;3578014501600002;Tegalrejo;Tuban;Gelandangan;RSBK Pasuruan;01/02/2025;\n"+
		"YATI;P;1990;3578014501600002;Ds. Tegalrejo;Tuban;Gelandangan;RSBK  Pasuruan;1-2-2025;lain\n"+
		"Yati;P;1991;;Tegalrejo;Tuban;Gelandangan;RSBK Pasuruan;01/02/2025;\n"+
		"Darmo;L;1970;3578014501600002;Tegalrejo;Tuban;Gelandangan;RSBK Pasuruan;01/02/2025;\n")
	if len(s.Rejects) != 1 || s.Rejects[0].Line != 3 || s.Rejects[0].Reason.String() != "Sama dengan baris 2." {
		t.Errorf("rejects %+v", s.Rejects)
	}
	if len(s.Rows) != 3 || s.Rows[1].Doubts[0].Code != "possible-duplicate" || s.Rows[2].Doubts[0].Code != "shared" {
		t.Errorf("rows %+v", s.Rows)
	}
}

func TestReadRegister_file(t *testing.T) {
	t.Parallel()
	centres, kinds, regions := theLists()
	for file, code := range map[string]string{
		"":                                 "empty",
		"\ufeff\n;;;\n":                    "empty",
		"a;b;c\n1;2;3\n":                   "no-header",
		"Nama;L/P;Jenis PPKS;Tgl Masuk\n":  "column-missing",
		"Nama;UPT;Tgl Masuk;Keterangan\nx": "column-missing",
	} {
		_, err := ReadRegister(strings.NewReader(file), today, centres, kinds, regions)
		var bad *fail.Invalid
		if !errors.As(err, &bad) || bad.Fields[0].Code != code {
			t.Errorf("%q: %v, want %s", file, err, code)
		}
	}
	// a UPT that keeps its own list need not name itself in each row
	s, err := ReadRegister(strings.NewReader("Nama,Jenis PPKS,Tgl Masuk\nYati,Pengemis,1/2/2025\n"), today, centres[:1], kinds, regions)
	if err != nil || len(s.Rows) != 1 || s.Rows[0].Centre != centres[0].ID {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestWriteRejects(t *testing.T) {
	t.Parallel()
	s := example(t)
	var out bytes.Buffer
	if err := WriteRejects(&out, text.ID, s); err != nil {
		t.Fatal(err)
	}
	file := out.String()
	for _, want := range []string{
		"Keterangan;Baris;Kolom;Alasan\r\n",
		"UPT tidak dikenal;210;UPT;UPT PSTW Madiun Lama tidak dikenal. Periksa daftar UPT.\r\n",
		`212;"'=HYPERLINK(""x"")";L;`,
		"214;Jenis PPKS, Tgl Masuk;Jenis PPKS Jenis lain tidak dikenal. Pakai salah satu dari 26 jenis dalam Permensos 8/2012. Tanggal masuk kosong.\r\n",
	} {
		if !strings.Contains(file, want) {
			t.Errorf("%q is missing in\n%s", want, file)
		}
	}
	again := read(t, file)
	if len(again.Rejects) != 5 || len(again.Rows) != 1 { // the double stands alone now
		t.Errorf("read again: %d rejects, %d rows", len(again.Rejects), len(again.Rows))
	}
	if !reflect.DeepEqual(again.Header, s.Header) {
		t.Errorf("headings %v", again.Header)
	}
	fixed := strings.NewReplacer("PSTW Madiun Lama", "PSTW Magetan", "10-13-2025", "13-10-2025", "12/08/2031", "12/08/1931").Replace(file)
	if s := read(t, fixed); len(s.Rows) != 4 {
		t.Errorf("corrected: %d rows, rejects %+v", len(s.Rows), s.Rejects)
	}
	out.Reset()
	if err := WriteRejects(&out, text.EN, s); err != nil || !strings.Contains(out.String(), "The same as line 18.") {
		t.Errorf("English: %v\n%s", err, out.String())
	}
}
