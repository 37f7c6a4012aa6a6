package mandate

import (
	"tuntas/house/id"
	"tuntas/house/store"
)

const accreditationColumns = `a.id, a.version, a.centre_id, a.body, a.grade, a.certificate_no, a.decided_on, a.valid_until, a.ends_on, a.withdrawn_on,
	a.withdrawn_why, a.user_name`

var (
	accreditedFacts = store.Facts(`select a.id as id, a.centre_id as centre_id, a.decided_on as from_on, a.ends_on as to_on, a.grade as dim,
		0 as person_id, 0 as case_id, false as restricted, e.name as called
		from accreditations a join centres e on e.id = a.centre_id where e.client_service and {see a} and {see e}`)

	// index: accreditations (centre_id, decided_on, id)
	accreditationsAt = store.SQL(`select ` + accreditationColumns + ` from accreditations a where a.centre_id = ? and {see a}
		order by a.decided_on desc, a.id desc limit 60`)
	accreditationOne = store.SQL(`select ` + accreditationColumns + ` from accreditations a where a.id = ? and {see a}`)
	newAccreditation = store.SQL(`insert into accreditations (id, version, body, grade, certificate_no, decided_on, valid_until, ends_on, withdrawn_why,
			user_name, centre_id)
		select ?, 1, ?, ?, ?, ?, ?, ?, '', ?, e.id from centres e where e.id = ? and {see e}`)
	setAccreditation = store.SQL(`update accreditations set body = ?, grade = ?, certificate_no = ?, decided_on = ?, valid_until = ?, ends_on = ?,
			withdrawn_on = ?, withdrawn_why = ?, version = version + 1 where id = ? and version = ? and {see accreditations}`)
)

func scanAccreditation(r store.Row) (a Accreditation, err error) {
	err = r.Scan(&a.ID, &a.Version, &a.Centre, &a.Body, &a.Grade, &a.CertificateNo, &a.DecidedOn, &a.ValidUntil, &a.EndsOn, &a.WithdrawnOn,
		&a.WithdrawnWhy, &a.By)
	return a, err
}

// accreditationsOf gives the accreditations of a centre, the newest first. An institution gets one every few years.
func accreditationsOf(tx *store.Tx, at id.ID) ([]Accreditation, error) {
	return store.Each(tx, accreditationsAt, scanAccreditation, at)
}

func accreditationByID(tx *store.Tx, one id.ID) (Accreditation, error) {
	return store.One(tx, accreditationOne, scanAccreditation, one)
}

func insertAccreditation(tx *store.Tx, a Accreditation) error {
	return entered(store.Exec(tx, newAccreditation, a.ID, a.Body, a.Grade, a.CertificateNo, a.DecidedOn, a.ValidUntil, a.EndsOn, a.By, a.Centre))
}

func keepAccreditation(tx *store.Tx, a *Accreditation) error {
	return store.Change(tx, &a.Version, setAccreditation, a.Body, a.Grade, a.CertificateNo, a.DecidedOn, a.ValidUntil, a.EndsOn, a.WithdrawnOn,
		a.WithdrawnWhy, a.ID, a.Version)
}
