package letters

import (
	"cmp"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const letterColumns = `l.id, l.version, l.centre_id, coalesce(e.name, ''), coalesce(l.person_id, 0), coalesce(p.called, ''), coalesce(l.case_id, 0), l.kind, l.year,
	l.number, l.on_day, l.state, l.code, l.template, l.issued_at, l.user_name, l.annulled_on, l.annulled_by, l.annulled_why`

// A letter about a person is there for those alone to whom the person is.
const letterFrom = ` from letters l join centre_list e on e.id = l.centre_id left join persons p on p.id = l.person_id and {see p}
	where (l.person_id is null or p.id is not null) and {see l} `

var (
	letterOne     = store.SQL(`select ` + letterColumns + `, l.body` + letterFrom + `and l.id = ?`)
	lettersListed = store.SQL(`select ` + letterColumns + `, ''` + letterFrom + `and l.id < ? {parts} order by l.id desc limit ?`)           // index: letters (centre_id, year, id); all centres: the key
	lettersOfCase = store.SQL(`select ` + letterColumns + `, ''` + letterFrom + `and l.case_id = ? and l.id < ? order by l.id desc limit ?`) // index: letters (case_id, id)
	inCentre      = store.NewPart(`and l.centre_id = ?`)
	inYear        = store.NewPart(`and l.year = ?`)
	ofKind        = store.NewPart(`and l.kind = ?`)
	inState       = store.NewPart(`and l.state = ?`)

	insertLetter = store.SQL(`insert into letters (id, version, person_id, case_id, kind, year, number, number_key, on_day, state, code, template, body, live_key,
			issued_at, user_id, user_name, annulled_on, annulled_by, annulled_why, centre_id)
		select ?, 1, ?, ?, ?, ?, ?, ?, ?, 'issued', ?, ?, ?, ?, ?, ?, ?, null, '', '', c.id from centres c where c.id = ? and {see c}`)
	annulLetter = store.SQL(`update letters set version = version + 1, state = 'annulled', live_key = null, annulled_on = ?, annulled_by = ?, annulled_why = ?
		where id = ? and version = ? and state = 'issued' and {see letters}`)

	// The row of the office and the year is held until the letter stands: whoever issues at the same time waits.
	nextNumber = store.SQL(`insert into letter_numbers (centre_id, year, last) select c.id, ?, 1 from centres c where c.id = ? and {see c}
		on conflict (centre_id, year) do update set last = letter_numbers.last + 1`)
	holdNumbers = store.SQL(`insert into letter_numbers (centre_id, year, last) select c.id, ?, 0 from centres c where c.id = ? and {see c}
		on conflict (centre_id, year) do update set last = letter_numbers.last`)
	lastNumber = store.SQL(`select n.last from letter_numbers n where n.centre_id = ? and n.year = ? and {see n}`)

	// Who has a number, and whether the same letter is out already. What it is about is not read.
	holderOfNumber = store.SQL(`select l.id, l.number, l.on_day from letters l where l.centre_id = ? and l.year = ? and l.number_key = ? and {see l}`)
	holderOfKey    = store.SQL(`select l.id, l.number, l.on_day from letters l where l.live_key = ? and {see l}`)

	registered = store.System(`select g.number, g.on_day, g.state, g.office from letter_register g where g.code = ?`)

	officeByCentre = store.SQL(`select o.version, o.numbering, o.format, o.classification, o.office_code, o.address, o.town, o.head_name, o.head_nip, o.site,
		o.paper, o.margin_top, o.margin_right, o.margin_bottom, o.margin_left from letter_offices o where o.centre_id = ? and {see o}`)
	insertOffice = store.SQL(`insert into letter_offices (version, numbering, format, classification, office_code, address, town, head_name, head_nip, site,
			paper, margin_top, margin_right, margin_bottom, margin_left, centre_id)
		select 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, c.id from centres c where c.id = ? and {see c} on conflict (centre_id) do nothing`)
	changeOfficeRow = store.SQL(`update letter_offices set version = version + 1, numbering = ?, format = ?, classification = ?, office_code = ?, address = ?,
			town = ?, head_name = ?, head_nip = ?, site = ?, paper = ?, margin_top = ?, margin_right = ?, margin_bottom = ?, margin_left = ?
		where centre_id = ? and version = ? and {see letter_offices}`)
)

func scanLetter(r store.Row) (l Letter, err error) {
	var at int64
	var body string
	err = r.Scan(&l.ID, &l.Version, &l.Centre, &l.CentreName, &l.Person, &l.Called, &l.Case, &l.Kind, &l.Year, &l.Number, &l.On, &l.State, &l.Code, &l.Template,
		&at, &l.IssuedBy, &l.AnnulledOn, &l.AnnulledBy, &l.AnnulledWhy, &body)
	l.IssuedAt = time.UnixMilli(at)
	if err == nil && body != "" {
		l.Body, err = bodyFrom(body)
	}
	return l, err
}

func letterByID(tx *store.Tx, letter id.ID) (Letter, error) {
	return store.One(tx, letterOne, scanLetter, letter)
}

func listed(tx *store.Tx, f Filter, limit int64) ([]Letter, error) {
	q := lettersListed.With(f.Centre != 0, inCentre, f.Centre).With(f.Year != 0, inYear, f.Year).With(f.Kind != "", ofKind, f.Kind).
		With(f.State != "", inState, f.State)
	return store.Each(tx, q, scanLetter, cmp.Or(f.After, id.Last), limit)
}

func lettersOf(tx *store.Tx, caseID, before id.ID, limit int64) ([]Letter, error) {
	return store.Each(tx, lettersOfCase, scanLetter, caseID, cmp.Or(before, id.Last), limit)
}

func keepLetter(tx *store.Tx, l Letter, live string) error {
	var key any
	if live != "" {
		key = live
	}
	n, err := store.Exec(tx, insertLetter, l.ID, l.Person, l.Case, l.Kind, l.Year, l.Number, keyOf(l.Number), l.On, l.Code, l.Template, l.Body.kept(), key,
		tx.Now().UnixMilli(), tx.By().User, l.IssuedBy, l.Centre)
	if store.Duplicate(err) { // two at once of which the second saw nothing of the first
		return fail.Clash("letter-issued", "Surat ini baru saja diterbitkan. Muat ulang daftar surat.")
	}
	if err == nil && n == 0 {
		return fail.NotFound
	}
	return err
}

func keepAnnulled(tx *store.Tx, l *Letter) error {
	n, err := store.Exec(tx, annulLetter, l.AnnulledOn, l.AnnulledBy, l.AnnulledWhy, l.ID, l.Version)
	if err == nil && n == 0 {
		return fail.Stale
	}
	l.Version++
	return err
}

// takeNumber gives the next running number of an office and a year, or holds the numbers for one that is typed.
func takeNumber(tx *store.Tx, at id.ID, year int64, running bool) (int64, error) {
	q := holdNumbers
	if running {
		q = nextNumber
	}
	if n, err := store.Exec(tx, q, year, at); err != nil || n == 0 {
		return 0, cmp.Or(err, fail.NotFound)
	}
	return store.One(tx, lastNumber, store.Int, at, year)
}

// scanHolder gives number and day of a letter that stands in the way.
func scanHolder(r store.Row) (l Letter, err error) {
	err = r.Scan(&l.ID, &l.Number, &l.On)
	return l, err
}

// holder gives the letter that has a number in an office and year, or none.
func holder(tx *store.Tx, at id.ID, year int64, number string) ([]Letter, error) {
	return store.Each(tx, holderOfNumber, scanHolder, at, year, keyOf(number))
}

func scanKnown(r store.Row) (k Known, err error) {
	err = r.Scan(&k.Number, &k.On, &k.State, &k.Office)
	return k, err
}

func scanOffice(r store.Row) (o Office, err error) {
	p := &o.Paper
	err = r.Scan(&o.Version, &o.Numbering, &o.Format, &o.Classification, &o.Code, &o.Address, &o.Town, &o.HeadName, &o.HeadNIP, &o.Site, &p.Size, &p.Top, &p.Right, &p.Bottom, &p.Left)
	return o, err
}

// keepOffice keeps the settings over the version that was seen; 0 is none yet.
func keepOffice(tx *store.Tx, o Office, seen int64) error {
	p := o.Paper
	args := []any{o.Numbering, o.Format, o.Classification, o.Code, o.Address, o.Town, o.HeadName, o.HeadNIP, o.Site, p.Size, p.Top, p.Right, p.Bottom, p.Left, o.Centre.ID}
	q := insertOffice
	if seen > 0 {
		q, args = changeOfficeRow, append(args, seen)
	}
	n, err := store.Exec(tx, q, args...)
	if err == nil && n == 0 {
		return fail.Stale
	}
	return err
}
