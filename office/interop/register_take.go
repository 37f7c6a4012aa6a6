package interop

import (
	"io"
	"strings"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/casework"
	"tuntas/office/person"
	"tuntas/office/residence"
)

// openRegister reads an office's register, whole, since its rows are compared with each other.
func (b *batch) openRegister(in io.Reader, l listed) error {
	sheet, err := ReadRegister(in, b.desk.store.Today(), l.centres, l.kinds, l.regions)
	if err != nil {
		return err
	}
	b.report.Header, b.report.Ignored, b.report.at = sheet.Header, sheet.Ignored, sheet.at
	rows, rejects := sheet.Rows, sheet.Rejects
	b.next = func() (work, error) { // in the order of the lines
		switch {
		case len(rows) == 0 && len(rejects) == 0:
			return work{}, io.EOF
		case len(rows) == 0 || len(rejects) > 0 && rejects[0].Line < rows[0].Line:
			r := rejects[0]
			rejects = rejects[1:]
			return work{line: r.Line, raw: r.Raw, problems: append([]Problem{r.Problem}, r.More...)}, nil
		}
		row := rows[0]
		rows = rows[1:]
		return work{line: row.Line, raw: row.Raw, row: &registerRow{row}, doubts: row.Doubts}, nil
	}
	return b.rejectsTo(sheet.Sep)
}

// registerRow is a line of a register on its way in.
type registerRow struct{ Row }

func (row *registerRow) same(*record, map[string]int) {} // the register compared its lines already

// take makes a person, a case and a stay of one row, by the desks' own deeds.
func (row *registerRow) take(t *taking) (subject store.Entry, fresh bool, err error) {
	known, err := person.Imported(t.tx, row.Fingerprint)
	if err != nil || known {
		return subject, false, err
	}
	p, err := person.Ready(entryOf(row.Row), t.tx.Today())
	if err != nil {
		return subject, false, err
	}
	who, err := person.Enter(t.tx, p)
	if err != nil {
		return subject, false, err
	}
	if err := t.mark(who.ID, row.Fingerprint); err != nil {
		return subject, false, err
	}
	c, err := casework.Open(t.tx, casework.Opening{Person: who.ID, Centre: row.Centre, Kind: row.Kind, OpenedOn: row.EnteredOn, Source: clip(row.Note, 200)})
	if err != nil {
		return subject, false, err
	}
	bed, err := residence.FreeBed(t.tx, row.Centre, row.EnteredOn)
	if err != nil {
		return subject, false, err
	}
	if _, err = residence.Place(t.tx, residence.Placement{Bed: bed, Person: who.ID, Case: c.ID, From: row.EnteredOn, State: residence.Open}); err != nil {
		return subject, false, err
	}
	err = casework.Lodged(t.tx, c.ID)
	return store.Entry{Kind: "case", ID: c.ID, Person: who.ID, Case: c.ID, Centre: c.Centre}, true, err
}

func clip(s string, n int) string {
	r := []rune(s)
	return string(r[:min(len(r), n)])
}

func entryOf(row Row) person.Entry {
	e := person.Entry{ID: id.New(), Centre: row.Centre, Names: []person.Name{{Kind: row.NameKind, Text: row.Name}}, Sex: row.Sex, Birth: person.Birth(row.Birth),
		HomeRegion: row.Region, Village: row.Village, Note: row.Note}
	if row.Alias != "" {
		e.Names = append(e.Names, person.Name{Kind: "alias", Text: row.Alias})
	}
	if row.NIK != "" {
		e.Identifiers = []person.Identifier{{Kind: "nik", Value: row.NIK, Certainty: row.NIKCertainty, Source: "daftar UPT"}}
	}
	for _, d := range row.Doubts {
		e.Note = strings.TrimSpace(e.Note + "\n" + d.Column + ": " + d.Typed)
	}
	e.Note = clip(e.Note, 2000)
	return e
}
