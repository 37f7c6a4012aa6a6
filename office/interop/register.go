package interop

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strconv"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
)

// Doubt is a value that was kept, or left out, with a question mark. Typed is the cell as the office wrote it.
type Doubt struct {
	Column string
	Typed  string
	Code   string
	Reason fail.Saying
}

// Row is a line of the register that can become a person, a case and a stay.
type Row struct {
	Line         int
	Raw          []string // under Sheet.Header
	Name         string
	NameKind     string // legal, or working when nobody knows the name yet
	Alias        string
	Address      string // form of address: "Mbah"
	Sex          string // female, male, unknown
	Birth        Birth
	NIK          string // as typed; D9, D10: it warns and never blocks
	NIKCertainty string // claimed, doubtful, or "" without NIK
	Village      string
	Region       string // Kemendagri code, or ""
	Kind         string // key of PPKS
	KindTyped    string // "disabilitas netra" says more than the key
	Centre       id.ID
	EnteredOn    clock.Day
	Note         string
	Doubts       []Doubt
	// Fingerprint is the same for the same row each time, in any database: what was taken in once is known again.
	// Near is the same for rows of one name, UPT and day of entry, which are probably one person; "" without a name.
	Fingerprint, Near string
}

// Problem is what keeps a row out.
type Problem struct {
	Column string
	Code   string
	Reason fail.Saying
}

// Reject is a line of the register that is handed back. Problem is the first one, More are the others, so
// that a row is corrected once.
type Reject struct {
	Line int
	Raw  []string
	Problem
	More []Problem
}

// Sheet is a register that was read: len(Rows)+len(Rejects) is the number of its lines.
type Sheet struct {
	Header  []string
	Sep     rune
	Ignored []string // headings that nobody reads
	Rows    []Row
	Rejects []Reject
	at      map[string]int
}

// Heading gives the heading of a column as the office wrote it.
func (s Sheet) Heading(column string) string {
	if i, ok := s.at[column]; ok {
		return s.Header[i]
	}
	return ""
}

// Doubtful counts the rows that are taken in with a question mark.
func (s Sheet) Doubtful() (n int) {
	for _, r := range s.Rows {
		if len(r.Doubts) > 0 {
			n++
		}
	}
	return n
}

const largest = 32 << 20 // bytes of a file: some 200,000 lines

// ReadRegister reads an office's list of persons with their UPT and day of entry. It touches no database: the
// same file gives the same sheet. No row is lost and none is refused for missing papers.
func ReadRegister(r io.Reader, today clock.Day, centres []CentreRef, kinds []Kind, regions []Region) (Sheet, error) {
	if !today.Valid() {
		return Sheet{}, errors.New("a register is read on a day")
	}
	b, err := io.ReadAll(io.LimitReader(r, largest+1))
	if err != nil {
		return Sheet{}, err
	}
	if len(b) > largest {
		return Sheet{}, fail.Bad("file", "too-large", "Berkas lebih besar dari 32 MB. Bagilah menjadi beberapa berkas.")
	}
	s := decode(b)
	sheet := Sheet{Sep: separator(s, headings)}
	lines := splitLines(s, sheet.Sep)
	if len(lines) == 0 {
		return Sheet{}, fail.Bad("file", "empty", "Berkas ini kosong.")
	}
	layout, first, err := layoutOf(lines, headings, 2) // three known words
	if err != nil {
		return Sheet{}, err
	}
	if err := layout.need(len(centres)); err != nil {
		return Sheet{}, err
	}
	sheet.Header, sheet.Ignored, sheet.at = layout.header, layout.ignored(), layout.at
	known := seen{rows: map[string]int{}, near: map[string]int{}, niks: map[string]int{}, nameless: map[string]int{}}
	lists := listsOf(centres, kinds, regions)
	for _, l := range lines[first:] {
		d := draft{layout: layout, lists: lists, today: today}
		d.read(l)
		known.settle(&d)
		if len(d.problems) > 0 {
			sheet.Rejects = append(sheet.Rejects, Reject{Line: l.no, Raw: d.row.Raw, Problem: d.problems[0], More: d.problems[1:]})
			continue
		}
		sheet.Rows = append(sheet.Rows, d.row)
	}
	return sheet, nil
}

// draft is a row while it is read.
type draft struct {
	layout   layout
	lists    lists
	today    clock.Day
	row      Row
	centre   CentreRef
	problems []Problem
}

func (d *draft) cell(column string) string {
	if i, ok := d.layout.at[column]; ok {
		return clean(d.row.Raw[i])
	}
	return ""
}

func (d *draft) doubt(column string, s *saying) {
	if s != nil {
		d.row.Doubts = append(d.row.Doubts, Doubt{column, d.cell(column), s.code, s.say})
	}
}

func (d *draft) fault(column string, s *saying) {
	if s != nil {
		d.problems = append(d.problems, Problem{column, s.code, s.say})
	}
}

func (d *draft) read(l line) {
	d.row.Line = l.no
	beyond := d.lay(l.cells)
	d.safe()
	d.name()
	d.who()
	entered, bad := enteredOf(d.cell(ColEntered), d.today)
	d.row.EnteredOn = entered
	birth, doubt, fault := birthOf(d.cell(ColBirth), entered, d.today)
	d.row.Birth = birth
	d.doubt(ColBirth, doubt)
	d.fault(ColBirth, fault)
	d.place()
	d.fault(ColEntered, bad)
	d.row.Note = d.cell(ColNote)
	if beyond != "" {
		d.fault(ColNote, &saying{"cells", fail.Say("Baris ini berisi lebih banyak sel daripada judul kolom. Periksa tanda pemisah.")})
	}
}

// lay puts the cells under their headings. A note with a separator of its own runs over the last heading; it is
// put together again. Any other surplus comes back.
func (d *draft) lay(cells []string) (beyond string) {
	d.row.Raw, beyond = d.layout.row(cells)
	if beyond == "" {
		return ""
	}
	last := len(d.row.Raw) - 1
	d.row.Raw[last] += "; " + beyond
	if at, ok := d.layout.at[ColNote]; ok && at == last {
		return ""
	}
	return beyond
}

// longest are the letters that a cell may hold; a village grows when its abbreviation is written out.
var longest = map[string]int{ColName: 120, ColAlias: 120, ColSex: 40, ColBirth: 60, ColNIK: 60, ColVillage: 110, ColRegion: 110,
	ColKind: 110, ColCentre: 200, ColEntered: 60, ColNote: 2000}

// safe refuses cells that a spreadsheet would run, and those beyond any reason.
func (d *draft) safe() {
	for _, column := range columns {
		i, ok := d.layout.at[column]
		if !ok {
			continue
		}
		most := longest[column]
		if tooLong(d.row.Raw[i], most) {
			d.fault(column, &saying{"too-long", fail.Say("Isi sel lebih dari %d huruf.", most)})
		}
		if s := d.cell(column); strings.HasPrefix(s, "=") {
			d.fault(column, &saying{"formula", fail.Say("Sel ini berisi rumus, bukan isian.")})
		}
	}
}

// name takes in who nobody can name yet, when the office says so: D9, a missing name never blocks help.
func (d *draft) name() {
	typed := d.cell(ColName)
	n := nameOf(typed)
	if alias := d.cell(ColAlias); n.alias == "" && !blank(alias) {
		n.alias = soften(alias)
	}
	if n.name == "" || blank(typed) || nameless[fold(typed)] {
		if n.alias != "" { // the name by which everybody calls her is a name
			d.row.Name, d.row.NameKind = n.alias, "working"
		} else if nameless[fold(typed)] || namelessNote.MatchString(d.cell(ColNote)) {
			d.row.Name, d.row.NameKind = "Tanpa Nama", "working"
		} else {
			d.fault(ColName, &saying{"required", fail.Say("Nama kosong. Tulis nama panggilan, atau tulis di Keterangan bahwa nama belum diketahui.")})
			return
		}
		d.doubt(ColName, &saying{"nameless", fail.Say("Nama belum diketahui. Didaftarkan dengan nama sementara.")})
		return
	}
	if strings.ContainsAny(typed[:1], "+-@") || letters(n.name) == 0 {
		d.fault(ColName, &saying{"unreadable", fail.Say("Nama tidak terbaca sebagai nama.")})
	}
	d.row.Name, d.row.NameKind, d.row.Alias, d.row.Address = n.name, "legal", n.alias, n.address
}

func (d *draft) who() {
	sex, known := sexOf(d.cell(ColSex))
	d.row.Sex = sex
	if !known {
		d.doubt(ColSex, &saying{"unknown", fail.Say("Jenis kelamin tidak terbaca. Dicatat belum diketahui.")})
	}
	if nik := d.cell(ColNIK); !blank(nik) {
		d.row.NIK, d.row.NIKCertainty = nik, "claimed"
		if figures := digits(nik); len(figures) != 16 || letters(nik) > 0 {
			d.row.NIKCertainty = "doubtful"
			d.doubt(ColNIK, &saying{"length", fail.Say("NIK berisi %d angka, seharusnya 16. Disimpan sebagaimana tertulis.", len(figures))})
		}
	}
	d.row.Village = villageOf(d.cell(ColVillage))
}

func (d *draft) place() {
	region, doubt := d.lists.region(d.cell(ColRegion))
	d.row.Region = region
	d.doubt(ColRegion, doubt)
	kind, doubt, fault := d.lists.kind(d.cell(ColKind))
	d.row.Kind, d.row.KindTyped = kind, d.cell(ColKind)
	d.doubt(ColKind, doubt)
	d.fault(ColKind, fault)
	d.centre, fault = d.lists.centre(d.cell(ColCentre))
	d.row.Centre = d.centre.ID
	d.fault(ColCentre, fault)
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// seen remembers the lines before, by what makes them one person.
type seen struct{ rows, near, niks, nameless map[string]int }

// settle marks the row so that it is known again, and compares it with the lines before.
func (k seen) settle(d *draft) {
	if len(d.problems) > 0 {
		return
	}
	r := &d.row
	name := strings.TrimSpace(fold(r.Name))
	parts := []string{name, r.Birth.Date, r.Birth.Precision, strconv.FormatInt(r.Birth.From, 10), strconv.FormatInt(r.Birth.To, 10), digits(r.NIK),
		fold(bareVillage(r.Village)), fold(d.cell(ColRegion)), d.centre.Code, string(r.EnteredOn)}
	if r.Name == "Tanpa Nama" { // two women found on one day are two, also on paper
		base := strings.Join(parts, "\x1f")
		k.nameless[base]++
		parts = append(parts, strconv.Itoa(k.nameless[base]))
	} else {
		r.Near = digest(name, d.centre.Code, string(r.EnteredOn))
	}
	r.Fingerprint = digest(parts...)
	if line, twice := k.rows[r.Fingerprint]; twice {
		d.fault(ColName, &saying{"duplicate", fail.Say("Sama dengan baris %s.", strconv.Itoa(line))})
		return
	}
	if line, near := k.near[r.Near]; near && r.Near != "" {
		d.doubt(ColName, &saying{"possible-duplicate", fail.Say("Mungkin orang yang sama dengan baris %s.", strconv.Itoa(line))})
	}
	if nik := digits(r.NIK); nik != "" {
		if line, twice := k.niks[nik]; twice {
			r.NIKCertainty = "doubtful"
			d.doubt(ColNIK, &saying{"shared", fail.Say("NIK ini juga ada di baris %s.", strconv.Itoa(line))})
		}
		k.niks[nik] = r.Line
	}
	k.rows[r.Fingerprint], k.near[r.Near] = r.Line, r.Line
}

// bareVillage leaves out "Desa" and "Dusun", which one clerk writes and the next does not.
func bareVillage(s string) string {
	for _, v := range villageForms {
		if rest, ok := strings.CutPrefix(s, v.full); ok {
			return rest
		}
	}
	return s
}

func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x1f")))
	return hex.EncodeToString(sum[:16])
}
