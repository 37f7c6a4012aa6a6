package casework

import (
	"cmp"
	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const noteColumns = `n.id, n.version, n.case_id, n.kind, n.on_day, n.text, n.confidential, n.user_id, n.user_name, n.struck_on, n.struck_why`

var (
	notesOfCase = store.SQL(`select ` + noteColumns + ` from case_notes n
		where n.case_id = ? and n.id < ? and {see n} order by n.id desc limit ?`)  // index: case_notes (case_id, id)
	noteOne = store.SQL(`select ` + noteColumns + ` from case_notes n join persons p on p.id = n.person_id where n.id = ? and {see n} and {see p}`)
	newNote = store.SQL(`insert into case_notes (id, version, kind, on_day, text, confidential, user_id, user_name, struck_on, struck_why,
			case_id, centre_id, person_id)
		select ?, 1, ?, ?, ?, ?, ?, ?, null, '', c.id, c.centre_id, c.person_id from cases c where c.id = ? and {see c}`)
	struckNote = store.SQL(`update case_notes set version = version + 1, struck_on = ?, struck_why = ?
		where id = ? and version = ? and {see case_notes}`)

	// What the three papers of a case add to its history, in one statement: never what a note says.
	papersOfCase = store.SQL(`select 'note' as what, n.id as id, n.on_day as on_day, n.kind as kind, n.confidential as hidden, n.user_id as user_id, n.user_name as name
		from case_notes n where n.case_id = ? and n.struck_on is null and {see n}
		union all select 'conference', g.id, g.on_day, '', false, g.user_id, g.user_name from conferences g
		where g.case_id = ? and g.struck_on is null and {see g}
		union all select 'attachment', a.id, a.added_on, a.kind, false, a.user_id, a.user_name
		from attachments a where a.case_id = ? and a.struck_on is null and {see a}
		order by 3 desc, 2 desc limit 60`)
	countPapers = store.SQL(`select 'note', count(*) from case_notes n where n.case_id = ? and n.struck_on is null and {see n}
		union all select 'conference', count(*) from conferences g where g.case_id = ? and g.struck_on is null and {see g}
		union all select 'attachment', count(*) from attachments a where a.case_id = ? and a.struck_on is null and {see a}`)
)

func scanNote(r store.Row) (n Note, err error) {
	err = r.Scan(&n.ID, &n.Version, &n.Case, &n.Kind, &n.On, &n.Text, &n.Confidential, &n.Writer, &n.By, &n.StruckOn, &n.StruckWhy)
	return n, err
}

func noteByID(tx *store.Tx, note id.ID) (Note, error) { return store.One(tx, noteOne, scanNote, note) }

func notesOf(tx *store.Tx, caseID, before id.ID, limit int64) ([]Note, error) {
	return store.Each(tx, notesOfCase, scanNote, caseID, cmp.Or(before, id.Last), limit)
}

// paper is a note, a conference or an attachment as the history tells of it.
type paper struct {
	what   string
	id     id.ID
	on     clock.Day
	kind   string
	hidden bool
	writer id.ID
	by     string
}

func papersOf(tx *store.Tx, caseID id.ID) ([]paper, error) {
	return store.Each(tx, papersOfCase, func(r store.Row) (p paper, err error) {
		err = r.Scan(&p.what, &p.id, &p.on, &p.kind, &p.hidden, &p.writer, &p.by)
		return p, err
	}, caseID, caseID, caseID)
}

// papersCounted counts what lies behind the links of the case's page.
func papersCounted(tx *store.Tx, caseID id.ID) (Papers, error) {
	var all Papers
	_, err := store.Each(tx, countPapers, func(r store.Row) (what string, err error) {
		var n int64
		err = r.Scan(&what, &n)
		switch what {
		case "note":
			all.Notes = n
		case "conference":
			all.Conferences = n
		default:
			all.Attachments = n
		}
		return what, err
	}, caseID, caseID, caseID)
	return all, err
}

func insertNote(tx *store.Tx, n Note) error {
	if _, err := store.Exec(tx, newNote, n.ID, n.Kind, n.On, n.Text, n.Confidential, tx.By().User, n.By, n.Case); err != nil {
		return err
	}
	return followQuiet(tx, n.Case)
}

func keepStruckNote(tx *store.Tx, n *Note) error {
	rows, err := store.Exec(tx, struckNote, n.StruckOn, n.StruckWhy, n.ID, n.Version)
	if err == nil && rows == 0 {
		return fail.Stale
	}
	n.Version++
	if err != nil {
		return err
	}
	return followQuiet(tx, n.Case)
}
