package interop

import (
	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/casework"
	"tuntas/office/residence"
)

var stayColumns = []column{
	{"id", "id|id tinggal|kode tinggal|stay id|kode", 60},
	{"case_id", calledCase, 60},
	{"person_id", calledPerson, 60},
	{ColNIK, calledNIK, 60},
	{ColCentre, calledCentre, 200},
	{"ward", "ward|wisma|bangsal", 80},
	{"room", "room|kamar|ruang", 80},
	{"bed", "bed|tempat tidur|nomor tempat tidur|no tempat tidur|ranjang", 40},
	{"bed_id", "bed id|id tempat tidur", 60},
	{"from", "from|mulai|sejak|tanggal masuk|tgl masuk|dari", 60},
	{"to", "to|sampai|tanggal keluar|tgl keluar|hingga", 60},
	{"state", "state|status|keadaan", 40},
	{"held_until", "held until|dipesan sampai", 60},
	{"arrived", "arrived|baru masuk", 20},
	{"departed", "departed|keluar upt", 20},
}

var stateWords = wordsOf(map[string]string{residence.Open: "menempati|masih tinggal|aktif", residence.Ended: "selesai|keluar|sudah keluar",
	residence.Reserved: "dipesan", residence.Cancelled: "batal|dibatalkan"})

// belongs is how a row names its case: itself, or its person, centre and a day.
type belongs struct {
	caseID, person, centre id.ID
	nik                    string
}

func (r *record) belongs(o Options) belongs {
	b := belongs{caseID: refer("cases", o.Source, r.cell("case_id")), person: refer("persons", o.Source, r.cell("person_id")), nik: digits(r.cell(ColNIK))}
	if r.cell(ColCentre) != "" || r.lists.only != nil {
		b.centre = r.centre().ID
	}
	if b.caseID == 0 && b.person == 0 && b.nik == "" {
		r.fault("case_id", "required", fail.Say("Tulis pengenal kasusnya, atau pengenal atau NIK orangnya."))
	}
	return b
}

// caseOf finds the case that a row means.
func (t *taking) caseOf(b belongs, on clock.Day) (id.ID, error) {
	if b.caseID != 0 {
		return b.caseID, nil
	}
	person, err := t.person(b.person, b.nik)
	if err != nil {
		return 0, err
	}
	return casework.At(t.tx, person, b.centre, on)
}

// stayRow is a stay of a list.
type stayRow struct {
	of    belongs
	stay  residence.Taken
	bed   residence.Named
	keyed bool
}

func readStay(r *record, o Options) taker {
	row := &stayRow{of: r.belongs(o), keyed: r.cell("id") != ""}
	row.bed = residence.Named{Bed: refer("beds", o.Source, r.cell("bed_id")), Ward: r.cell("ward"), Room: r.cell("room"), Label: r.cell("bed")}
	s := &row.stay
	s.ID, s.From, s.To = refer("stays", o.Source, r.cell("id")), r.day("from", true), r.day("to", false)
	s.HeldUntil, s.State = r.day("held_until", false), r.choice("state", stateWords)
	if s.State == "" {
		s.State = residence.Open
		if s.To != "" && s.To <= r.today {
			s.State = residence.Ended
		}
	}
	if s.State != residence.Reserved {
		s.HeldUntil = ""
	}
	// A list that says nothing of it tells of arrivals and departures; a change of bed is neither.
	s.Arrived, s.Departed = r.cell("arrived") == "" || r.yes("arrived"), r.cell("departed") == "" || r.yes("departed")
	return row
}

func (row *stayRow) same(*record, map[string]int) {}

func (row *stayRow) take(t *taking) (subject store.Entry, fresh bool, err error) {
	s := row.stay
	caseID, err := t.caseOf(row.of, s.From)
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
		s.ID = id.Stable(s.From.Time(), "stay", caseID.String(), string(s.From))
	}
	for _, old := range f.Stays { // before a bed is sought: a row that was taken in needs none
		if old.ID == s.ID && old.From == s.From {
			return subject, false, nil
		}
	}
	row.bed.Centre = f.Centre
	if s.Bed, err = t.bed(row.bed, s.From); err != nil {
		return subject, false, err
	}
	fresh, err = t.cases.Stay(caseID, s)
	return store.Entry{Kind: "stay", ID: s.ID, Person: f.Person, Case: f.ID, Centre: f.Centre}, fresh, err
}

// bed finds the bed of a row; a free one when none is named. A bed that a list of ours describes whole is set
// up again; one that is only misspelt is handed back.
func (t *taking) bed(n residence.Named, from clock.Day) (id.ID, error) {
	if n.Bed == 0 && n.Label == "" {
		t.doubt(Doubt{"bed", "", "chosen", fail.Say("Tempat tidur tidak disebut. Dipilihkan yang kosong.")})
		return residence.FreeBed(t.tx, n.Centre, from)
	}
	if n.Bed != 0 {
		if here, err := residence.BedHere(t.tx, n.Bed, n.Centre); err != nil || here {
			return n.Bed, err
		}
	}
	bed, err := t.beds.named(t.tx, n)
	if err != nil || bed != 0 {
		return bed, err
	}
	if n.Bed == 0 || n.Ward == "" || n.Room == "" || n.Label == "" {
		return 0, fail.Bad("bed", "unknown", "Tempat tidur %s tidak ada di UPT ini.", n.Label)
	}
	if bed, err = residence.Rebuild(t.tx, n); err == nil {
		t.beds.means[bed] = bed
		t.beds.add(n)
	}
	return bed, err
}

// bedBook holds the beds of the centres of a list by their labels, read once for all rows: a list of many
// thousand stays would else look through all beds for each. Two beds of another province are never one of ours,
// even if they bear the same label.
type bedBook struct {
	byLabel map[id.ID]map[string][]residence.Named // centre, label
	means   map[id.ID]id.ID                        // what a bed of the list is here
	taken   map[id.ID]bool                         // which of ours a bed of the list is already
}

func newBedBook() *bedBook {
	return &bedBook{map[id.ID]map[string][]residence.Named{}, map[id.ID]id.ID{}, map[id.ID]bool{}}
}

func (b *bedBook) add(n residence.Named) {
	label := fold(n.Label)
	b.byLabel[n.Centre][label] = append(b.byLabel[n.Centre][label], n)
	b.taken[n.Bed] = b.taken[n.Bed] || b.means[n.Bed] != 0
}

// named finds the one bed that a row means; 0 when there is none.
func (b *bedBook) named(tx *store.Tx, n residence.Named) (id.ID, error) {
	found, err := b.called(tx, n)
	switch {
	case err != nil || len(found) == 0:
		return 0, err
	case n.Bed == 0 && len(found) > 1:
		return 0, fail.Bad("bed", "ambiguous", "Ada beberapa tempat tidur bernama %s. Tulis juga kamar dan wismanya.", n.Label)
	case n.Bed == 0:
		return found[0], nil
	}
	for _, bed := range found {
		if b.means[n.Bed] == bed {
			return bed, nil
		}
	}
	for _, bed := range found {
		if !b.taken[bed] {
			b.means[n.Bed], b.taken[bed] = bed, true
			return bed, nil
		}
	}
	return 0, nil
}

// called gives the beds of a centre that bear a label, in a room and ward where those are named.
func (b *bedBook) called(tx *store.Tx, n residence.Named) (found []id.ID, err error) {
	if b.byLabel[n.Centre] == nil {
		all, err := residence.BedsNamed(tx, n.Centre)
		if err != nil {
			return nil, err
		}
		b.byLabel[n.Centre] = map[string][]residence.Named{}
		for _, bed := range all {
			b.add(bed)
		}
	}
	for _, bed := range b.byLabel[n.Centre][fold(n.Label)] {
		if n.Room != "" && fold(bed.Room) != fold(n.Room) || n.Ward != "" && fold(bed.Ward) != fold(n.Ward) {
			continue
		}
		here, err := residence.BedHere(tx, bed.Bed, n.Centre)
		if err != nil {
			return nil, err
		}
		if here { // else it was set up for a row that did not stay
			found = append(found, bed.Bed)
		}
	}
	return found, nil
}
