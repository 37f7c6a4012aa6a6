package interop

import (
	"strconv"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/casework"
)

var serviceColumns = []column{
	{"id", "id|id layanan|kode layanan|service id|kode", 60},
	{"case_id", calledCase, 60},
	{"person_id", calledPerson, 60},
	{ColNIK, calledNIK, 60},
	{ColCentre, calledCentre, 200},
	{"item", "item|butir|butir layanan|jenis layanan|layanan|service", 200},
	{"atensi", "atensi|komponen atensi", 80},
	{"on", "on|tanggal|tgl|tanggal layanan|tgl layanan|date", 60},
	{"quantity", "quantity|jumlah|banyaknya", 40},
	{"unit", "unit|satuan", 40},
	{ColNote, "note|catatan|keterangan|ket|notes", 1000},
	{"by", "by|oleh|petugas|given by", 120},
}

// serviceRow is a service of a list.
type serviceRow struct {
	of    belongs
	given casework.Given
	by    string
	keyed bool
	nth   int // rows of one content are as many services
}

func readService(r *record, o Options) taker {
	row := &serviceRow{of: r.belongs(o), by: r.cell("by"), keyed: r.cell("id") != ""}
	row.given = casework.Given{ID: refer("services", o.Source, r.cell("id")), Item: r.cell("item"), Atensi: r.choice("atensi", atensiWords),
		On: r.day("on", true), Quantity: r.number("quantity"), Unit: r.cell("unit"), Note: r.long(ColNote)}
	if row.given.Item == "" {
		r.fault("item", "required", fail.Say("Butir layanan kosong."))
	}
	return row
}

func (row *serviceRow) same(_ *record, seen map[string]int) {
	if row.keyed {
		return
	}
	key := digest(row.of.caseID.String(), row.of.person.String(), row.of.nik, fold(row.given.Item), string(row.given.On),
		quantityText(row.given.Quantity), fold(row.given.Unit), fold(row.given.Note))
	seen[key]++
	row.nth = seen[key]
}

func (row *serviceRow) take(t *taking) (subject store.Entry, fresh bool, err error) {
	g := row.given
	caseID, err := t.caseOf(row.of, g.On)
	if err != nil {
		return subject, false, err
	}
	f, err := t.cases.File(caseID)
	if err != nil {
		return subject, false, err
	}
	if row.of.person != 0 && row.of.person != f.Person {
		return subject, false, fail.Bad("person_id", "other", "Kasus ini milik orang lain.")
	}
	if !row.keyed {
		g.ID = id.Stable(g.On.Time(), "service", caseID.String(), fold(g.Item), string(g.On), quantityText(g.Quantity), fold(g.Unit), fold(g.Note), strconv.Itoa(row.nth))
	}
	fresh, err = t.cases.Service(caseID, g, row.by)
	return store.Entry{Kind: "service", ID: g.ID, Person: f.Person, Case: f.ID, Centre: f.Centre}, fresh, err
}
