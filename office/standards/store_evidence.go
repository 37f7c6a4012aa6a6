package standards

import (
	"slices"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const evidenceColumns = `v.id, v.version, v.self_id, v.criterion, v.title, v.label, v.type, v.size, v.sha256, v.from_on, v.to_on, v.expires_on, v.added_on, v.user_name,
	v.struck_on, v.struck_by, v.struck_why`

var (
	evidenceOfSelf = store.SQL(`select ` + evidenceColumns + ` from standard_evidence v where v.self_id = ? and {see v} order by v.id limit 1000`) // index: standard_evidence (self_id, id); at most mostEvidence
	evidenceOne    = store.SQL(`select ` + evidenceColumns + ` from standard_evidence v where v.id = ? and {see v}`)
	newEvidence    = store.SQL(`insert into standard_evidence (id, version, criterion, title, label, type, size, sha256, from_on, to_on, expires_on, added_on, user_id, user_name,
			struck_on, struck_by, struck_why, self_id, centre_id)
		select ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, '', '', a.id, a.centre_id from self_assessments a where a.id = ? and {see a}`)
	newEvidencePart = store.SQL(`insert into standard_evidence_parts (id, n, bytes, evidence_id, centre_id)
		select ?, ?, ?, v.id, v.centre_id from standard_evidence v where v.id = ? and {see v}`)
	evidenceParts  = store.SQL(`select k.bytes from standard_evidence_parts k where k.evidence_id = ? and {see k} order by k.n`) // index: standard_evidence_parts (evidence_id, n)
	struckEvidence = store.SQL(`update standard_evidence set version = version + 1, struck_on = ?, struck_by = ?, struck_why = ?
		where id = ? and version = ? and {see standard_evidence}`)
	dropEvidenceParts = store.SQL(`delete from standard_evidence_parts where evidence_id = ? and {see standard_evidence_parts}`)
)

// piece is how many bytes one row holds.
const piece = 256 << 10

func scanEvidence(r store.Row) (e Evidence, err error) {
	err = r.Scan(&e.ID, &e.Version, &e.Self, &e.Criterion, &e.Title, &e.Label, &e.Type, &e.Size, &e.SHA256, &e.From, &e.To, &e.ExpiresOn, &e.AddedOn, &e.By,
		&e.StruckOn, &e.StruckBy, &e.StruckWhy)
	return e, err
}

func evidenceByID(tx *store.Tx, evidence id.ID) (Evidence, error) {
	return store.One(tx, evidenceOne, scanEvidence, evidence)
}

func evidenceOf(tx *store.Tx, self id.ID) ([]Evidence, error) {
	return store.Each(tx, evidenceOfSelf, scanEvidence, self)
}

func insertEvidence(tx *store.Tx, e Evidence, body []byte) error {
	if _, err := store.Exec(tx, newEvidence, e.ID, e.Criterion, e.Title, e.Label, e.Type, e.Size, e.SHA256, e.From, e.To, e.ExpiresOn, e.AddedOn, tx.By().User, e.By, e.Self); err != nil {
		return err
	}
	n := 0
	for part := range slices.Chunk(body, piece) {
		if _, err := store.Exec(tx, newEvidencePart, id.New(), n, part, e.ID); err != nil {
			return err
		}
		n++
	}
	return nil
}

func evidenceBytes(tx *store.Tx, e Evidence) ([]byte, error) {
	body := make([]byte, 0, e.Size)
	err := store.Stream(tx, evidenceParts, func(r store.Row) (b []byte, err error) {
		err = r.Scan(&b)
		return b, err
	}, func(b []byte) error {
		body = append(body, b...)
		return nil
	}, e.ID)
	return body, err
}

func dropEvidence(tx *store.Tx, e *Evidence) error {
	n, err := store.Exec(tx, struckEvidence, e.StruckOn, e.StruckBy, e.StruckWhy, e.ID, e.Version)
	if err == nil && n == 0 {
		return fail.Stale
	}
	if err != nil {
		return err
	}
	e.Version++
	_, err = store.Exec(tx, dropEvidenceParts, e.ID)
	return err
}
