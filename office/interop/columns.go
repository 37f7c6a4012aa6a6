package interop

import (
	"strings"

	"tuntas/house/fail"
)

// The columns of a register, as they are named in doubts and rejects.
const (
	ColName    = "name"
	ColAlias   = "alias"
	ColSex     = "sex"
	ColBirth   = "birth"
	ColNIK     = "nik"
	ColVillage = "village"
	ColRegion  = "region"
	ColKind    = "kind"
	ColCentre  = "centre"
	ColEntered = "entered_on"
	ColNote    = "note"

	colNumber = "number" // the office's own counting: not kept
	colOurs   = "ours"   // what WriteRejects added to an earlier file
)

// columns are those that are read, in the order in which their faults are told.
var columns = []string{ColName, ColAlias, ColSex, ColBirth, ColNIK, ColVillage, ColRegion, ColKind, ColCentre, ColEntered, ColNote}

// dictionary tells which column a heading means: the heading folded, to the column.
type dictionary map[string]string

// dictionaryOf reads the ways in which columns are called, in both languages, with a bar between.
func dictionaryOf(called map[string]string) dictionary {
	m := dictionary{}
	for _, names := range []map[string]string{called, {
		colNumber: "no|nomor|no urut|number|nr",
		colOurs:   "baris|kolom|alasan|line|column|reason",
	}} {
		for column, all := range names {
			for name := range strings.SplitSeq(all, "|") {
				m[name] = column
			}
		}
	}
	return m
}

// headings are those of a register.
var headings = dictionaryOf(map[string]string{
	ColName:    "nama lengkap|nama|nama pm|nama penerima manfaat|nama klien|name|full name",
	ColAlias:   "alias|nama alias|nama panggilan|panggilan|called name|nickname",
	ColSex:     "l p|lp|jenis kelamin|jk|kelamin|sex|gender|m f",
	ColBirth:   "tgl lahir umur|tanggal lahir umur|tgl lahir|tanggal lahir|lahir|umur|usia|date of birth|date of birth age|birth date|birth date age|birth|dob|age|born",
	ColNIK:     "nik|no nik|nomor nik|no ktp|nomor induk kependudukan|national id|national id number|id number",
	ColVillage: "alamat desa|alamat|desa|desa kelurahan|kelurahan|address|village|address village",
	ColRegion:  "kab kota asal|kab kota|kabupaten kota|kabupaten kota asal|kabupaten|asal|asal daerah|kota asal|district|home district|home region|region|regency city|regency",
	ColKind:    "jenis ppks|ppks|jenis pmks|pmks|jenis|kategori|ppks type|ppks kind|type of ppks|kind|type|category",
	ColCentre:  "upt|nama upt|panti|nama panti|balai|unit|centre|center|institution|facility",
	ColEntered: "tgl masuk|tanggal masuk|masuk|tgl masuk panti|tanggal masuk panti|tanggal diterima|date of entry|entry date|admission date|admitted on|entered on|date entered|admitted",
	ColNote:    "keterangan|ket|catatan|note|notes|remarks|remark",
})

// layout tells which cell of a record holds which column.
type layout struct {
	header []string       // as typed, without our own columns of an earlier round
	keep   []int          // the cells that header stands for
	width  int            // of the line of headings
	at     map[string]int // column to its place in header
	words  dictionary
}

const headRows = 15 // among which the line of headings is looked for, since lists carry a title above them

// layoutOf looks for the line of headings, which knows more than so many of the words.
func layoutOf(lines []line, words dictionary, best int) (l layout, first int, err error) {
	for i := range lines[:min(len(lines), headRows)] {
		try := layoutFrom(lines[i].cells, words)
		if len(try.at) > best {
			best, l, first = len(try.at), try, i+1
		}
	}
	if first == 0 {
		return l, 0, fail.Bad("file", "no-header", "Baris judul kolom tidak ditemukan. Baris pertama harus memuat nama kolom, misalnya Nama, UPT, Jenis PPKS, Tgl Masuk.")
	}
	return l, first, nil
}

func layoutFrom(cells []string, words dictionary) layout {
	l := layout{at: map[string]int{}, width: len(cells), words: words}
	for i, cell := range cells {
		column := words[fold(cell)]
		if column == colOurs {
			continue
		}
		if _, twice := l.at[column]; column != "" && column != colNumber && !twice {
			l.at[column] = len(l.header)
		}
		l.header, l.keep = append(l.header, clean(cell)), append(l.keep, i)
	}
	return l
}

// need says which columns a register cannot do without. A list of one UPT alone may leave that column out.
func (l layout) need(centres int) error {
	var missing fail.Fields
	for _, c := range []struct{ column, heading string }{
		{ColName, "Nama Lengkap"}, {ColKind, "Jenis PPKS"}, {ColCentre, "UPT"}, {ColEntered, "Tgl Masuk"},
	} {
		if _, ok := l.at[c.column]; !ok && (c.column != ColCentre || centres != 1) {
			missing.Add("file", "column-missing", "Kolom %s tidak ada di berkas ini.", c.heading)
		}
	}
	return missing.Err()
}

// has says which columns a list cannot do without.
func (l layout) has(needs []string, centres int) error {
	var missing fail.Fields
	for _, column := range needs {
		if _, ok := l.at[column]; !ok && (column != ColCentre || centres != 1) {
			missing.Add("file", "column-missing", "Kolom %s tidak ada di berkas ini.", column)
		}
	}
	return missing.Err()
}

// ignored lists the headings that nobody reads, so that the preview can say so.
func (l layout) ignored() []string {
	var out []string
	used := map[int]bool{}
	for _, at := range l.at {
		used[at] = true
	}
	for i, h := range l.header {
		if !used[i] && h != "" && l.words[fold(h)] != colNumber {
			out = append(out, h)
		}
	}
	return out
}

// row lays the cells of a record under the headings. What stands beyond the last heading comes back apart.
func (l layout) row(cells []string) (under []string, beyond string) {
	under = make([]string, len(l.header))
	for i, at := range l.keep {
		if at < len(cells) {
			under[i] = cells[at]
		}
	}
	var rest []string
	for _, cell := range cells[min(len(cells), l.width):] {
		if cell = strings.TrimSpace(cell); cell != "" {
			rest = append(rest, cell)
		}
	}
	return under, strings.Join(rest, "; ")
}
