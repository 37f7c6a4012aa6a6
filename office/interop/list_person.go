package interop

import (
	"strings"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/person"
)

var personColumns = []column{
	{"id", "id|id orang|kode|kode klien|id klien|nomor klien|person id|client id", 60},
	{ColName, "name|nama|nama lengkap|nama klien|nama penerima manfaat|full name|called", 120},
	{"name_kind", "name kind|jenis nama|kind of name", 20},
	{ColAlias, "alias|nama alias|nama panggilan|panggilan|nickname|aliases", 400},
	{"legal_name", "legal name|nama ktp|nama resmi", 400},
	{"working_name", "working name|nama sementara", 400},
	{ColSex, "sex|jenis kelamin|jk|l p|lp|kelamin|gender", 40},
	{ColBirth, "birth|tanggal lahir|tgl lahir|lahir|tgl lahir umur|tanggal lahir umur|umur|usia|birth date|date of birth|dob|age", 60},
	{"birth_precision", "birth precision|presisi lahir|ketelitian lahir", 20},
	{"birth_from", "birth from|lahir dari|tahun lahir dari", 10},
	{"birth_to", "birth to|lahir sampai|tahun lahir sampai", 10},
	{ColNIK, "nik|no nik|nomor nik|no ktp|nomor induk kependudukan|national id", 400},
	{"nik_certainty", "nik certainty|kepastian nik", 200},
	{"kk", "kk|no kk|nomor kk|nomor kartu keluarga|family card", 400},
	{"kk_certainty", "kk certainty|kepastian kk", 200},
	{"bpjs", "bpjs|no bpjs|nomor bpjs", 400},
	{"bpjs_certainty", "bpjs certainty|kepastian bpjs", 200},
	{"dtsen", "dtsen|id dtsen|no dtsen", 400},
	{"dtsen_certainty", "dtsen certainty|kepastian dtsen", 200},
	{"other_number", "other number|nomor lain", 400},
	{"other_number_certainty", "other number certainty|kepastian nomor lain", 200},
	{"home_region", "home region|kab kota asal|kab kota|kabupaten kota|kabupaten|asal|daerah asal|home district|regency", 110},
	{ColVillage, "village|desa|desa kelurahan|kelurahan|alamat desa|alamat|address", 110},
	{"found_place", "found place|tempat ditemukan|ditemukan di", 200},
	{"found_on", "found on|tanggal ditemukan|tgl ditemukan", 60},
	{"restricted", "restricted|terbatas|dilindungi|rahasia", 20},
	{"deceased_on", "deceased on|tanggal meninggal|tgl meninggal|meninggal", 60},
	{ColCentre, "centre|upt|nama upt|panti|center|institution", 400},
	{ColNote, "note|keterangan|ket|catatan|notes|remarks", 2000},
}

// numbers are the kinds of identifiers and the columns in which they stand.
var numbers = []struct{ column, kind string }{{ColNIK, "nik"}, {"kk", "kk"}, {"bpjs", "bpjs"}, {"dtsen", "dtsen"}, {"other_number", "other"}}

var (
	nameKinds  = wordsOf(map[string]string{"legal": "resmi|ktp", "working": "sementara", "alias": "panggilan"})
	precisions = wordsOf(map[string]string{"day": "hari|tanggal", "month": "bulan", "year": "tahun", "estimated": "perkiraan", "unknown": "tidak diketahui"})
	certainty  = wordsOf(map[string]string{"verified": "terverifikasi|sah", "claimed": "menurut pengakuan|pengakuan", "doubtful": "diragukan|ragu"})
)

// personRow is a person of a list.
type personRow struct {
	entry   person.Entry
	centres []id.ID // where she is present
	print   string  // what is the same for the same row each time
	keyed   bool    // the row has an id or a key of its own
}

func readPerson(r *record, o Options) taker {
	row := &personRow{keyed: r.cell("id") != ""}
	e := &row.entry
	e.ID = refer("persons", o.Source, r.cell("id"))
	r.names(e)
	sex, known := sexOf(r.cell(ColSex))
	if e.Sex = sex; !known {
		r.doubt(ColSex, "unknown", fail.Say("Jenis kelamin tidak terbaca. Dicatat belum diketahui."))
	}
	e.Birth = r.birth()
	r.claims(e)
	region, doubt := r.lists.region(r.cell("home_region"))
	e.HomeRegion = region
	r.told("home_region", doubt, nil)
	e.Village = villageOf(r.cell(ColVillage))
	e.FoundPlace, e.FoundOn = r.cell("found_place"), r.day("found_on", false)
	e.Restricted, e.DeceasedOn = r.yes("restricted"), r.day("deceased_on", false)
	e.Note = r.long(ColNote)
	row.presence(r)
	for _, d := range r.doubts { // kept as typed, where everybody who opens the person reads it
		e.Note = strings.TrimSpace(e.Note + "\n" + d.Column + ": " + d.Typed)
	}
	e.Note = clip(e.Note, 2000)
	row.print = digest("persons", o.Source, e.ID.String(), fold(e.Names[0].Text), e.Birth.Text(), digits(r.cell(ColNIK)), fold(bareVillage(e.Village)), e.HomeRegion, r.lists.codeOf(e.Centre))
	return row
}

func (r *record) names(e *person.Entry) {
	typed := r.cell(ColName)
	n := nameOf(typed)
	kind := r.choice("name_kind", nameKinds)
	if kind != "" { // a list that knows kinds knows how a name is written
		n = naming{name: typed}
	} else {
		kind = "legal"
	}
	if n.name == "" || nameless[fold(typed)] {
		n.name, kind = "Tanpa Nama", "working"
		if r.cell("id") == "" && !nameless[fold(typed)] && !namelessNote.MatchString(r.cell(ColNote)) && r.cell(ColAlias) == "" {
			r.fault(ColName, "required", fail.Say("Nama kosong. Tulis nama panggilan, atau tulis di Keterangan bahwa nama belum diketahui."))
		} else {
			r.doubt(ColName, "nameless", fail.Say("Nama belum diketahui. Didaftarkan dengan nama sementara."))
		}
	} else if letters(n.name) == 0 {
		r.fault(ColName, "unreadable", fail.Say("Nama tidak terbaca sebagai nama."))
	}
	e.Names = []person.Name{{Kind: kind, Text: n.name}}
	if n.alias != "" {
		e.Names = append(e.Names, person.Name{Kind: "alias", Text: n.alias})
	}
	for _, more := range []struct{ column, kind string }{{ColAlias, "alias"}, {"legal_name", "legal"}, {"working_name", "working"}} {
		for _, name := range r.several(more.column) {
			e.Names = append(e.Names, person.Name{Kind: more.kind, Text: name})
		}
	}
}

// birth reads what a register writes, or the parts that an export of ours has.
func (r *record) birth() person.Birth {
	b := person.Birth{Precision: r.choice("birth_precision", precisions)}
	from, to := r.number("birth_from"), r.number("birth_to")
	if b.Precision != "" || from > 0 || to > 0 {
		b.Date, b.From, b.To = r.cell(ColBirth), int64(from), int64(to)
		if b.Precision == "estimated" || strings.HasPrefix(b.Date, "±") {
			b.Date = ""
		}
		return b
	}
	read, doubt, fault := birthOf(r.cell(ColBirth), "", r.today)
	r.told(ColBirth, doubt, fault)
	return person.Birth(read)
}

func (r *record) claims(e *person.Entry) {
	for _, n := range numbers {
		sure := r.several(n.column + "_certainty")
		for i, value := range r.several(n.column) {
			c := person.Identifier{Kind: n.kind, Value: clip(value, 60), Certainty: "claimed", Source: "daftar"}
			if i < len(sure) {
				c.Certainty = certainty[fold(sure[i])]
			}
			if c.Certainty == "" {
				c.Certainty = "doubtful"
			}
			if figures := digits(value); n.kind == "nik" && (len(figures) != 16 || letters(value) > 0) {
				c.Certainty = "doubtful"
				r.doubt(ColNIK, "length", fail.Say("NIK berisi %d angka, seharusnya 16. Disimpan sebagaimana tertulis.", len(figures)))
			}
			e.Identifiers = append(e.Identifiers, c)
		}
	}
}

// presence reads the centres; the first is the one that enters the person.
func (row *personRow) presence(r *record) {
	for _, name := range r.several(ColCentre) {
		c, fault := r.lists.centre(name)
		r.told(ColCentre, nil, fault)
		row.centres = append(row.centres, c.ID)
	}
	if len(row.centres) == 0 {
		row.centres = []id.ID{r.centre().ID}
	}
	row.entry.Centre = row.centres[0]
}

// same tells rows of one content apart: two people without a name are two, anything else is one row twice.
func (row *personRow) same(r *record, seen map[string]int) {
	if row.keyed {
		return
	}
	seen[row.print]++
	switch n := seen[row.print]; {
	case n == 1:
	case row.entry.Names[0].Text == "Tanpa Nama":
		row.print = digest(row.print, strings.Repeat("+", n))
	default:
		r.fault(ColName, "duplicate", fail.Say("Baris yang sama sudah ada di berkas ini."))
	}
}

func (row *personRow) take(t *taking) (subject store.Entry, fresh bool, err error) {
	known, err := person.Imported(t.tx, row.print)
	if err != nil || known {
		return subject, false, err
	}
	e, err := person.Ready(row.entry, t.tx.Today())
	if err != nil {
		return subject, false, err
	}
	if e.Restricted && !t.tx.By().May(who.SeeRestricted) {
		return subject, false, fail.Bad("restricted", "denied", "Anda tidak berhak menandai orang sebagai terbatas.")
	}
	if e.ID == 0 {
		e.ID = id.New()
	} else if fresh, err := t.newPerson(e); err != nil || !fresh {
		return subject, false, err
	}
	p, err := person.Enter(t.tx, e)
	if store.Duplicate(err) { // somebody whom the asker does not see
		err = fail.Clash("id-used", "Pengenal ini sudah dipakai untuk catatan lain.")
	}
	if err != nil {
		return subject, false, err
	}
	if err := t.mark(p.ID, row.print); err != nil {
		return subject, false, err
	}
	for _, c := range row.centres[1:] {
		if err := person.JoinCentre(t.tx, p, c, t.tx.Today()); err != nil {
			return subject, false, err
		}
	}
	return store.Entry{Kind: "person", ID: p.ID, Person: p.ID, Centre: e.Centre}, true, nil
}
