package casework

import (
	"cmp"
	"slices"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const attachmentColumns = `a.id, a.version, a.case_id, a.kind, a.title, a.label, a.type, a.size, a.sha256, a.added_on, a.user_name, a.struck_on, a.struck_by, a.struck_why`

var (
	attachmentsOfCase = store.SQL(`select ` + attachmentColumns + ` from attachments a
		where a.case_id = ? and a.id < ? and {see a} order by a.id desc limit ?`)  // index: attachments (case_id, id)
	attachmentOne = store.SQL(`select ` + attachmentColumns + ` from attachments a join persons p on p.id = a.person_id where a.id = ? and {see a} and {see p}`)
	newAttachment = store.SQL(`insert into attachments (id, version, kind, title, label, type, size, sha256, added_on, user_id, user_name,
			struck_on, struck_by, struck_why, case_id, centre_id, person_id)
		select ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, '', '', c.id, c.centre_id, c.person_id from cases c where c.id = ? and {see c}`)
	newPiece = store.SQL(`insert into attachment_parts (id, n, bytes, attachment_id, case_id, centre_id, person_id)
		select ?, ?, ?, a.id, a.case_id, a.centre_id, a.person_id from attachments a where a.id = ? and {see a}`)
	piecesOf  = store.SQL(`select k.bytes from attachment_parts k where k.attachment_id = ? and {see k} order by k.n`) // index: attachment_parts (attachment_id, n)
	struckOne = store.SQL(`update attachments set version = version + 1, struck_on = ?, struck_by = ?, struck_why = ?
		where id = ? and version = ? and {see attachments}`)
	dropPieces = store.SQL(`delete from attachment_parts where attachment_id = ? and {see attachment_parts}`)
)

// piece is how many bytes one row holds.
const piece = 256 << 10

func scanAttachment(r store.Row) (a Attachment, err error) {
	err = r.Scan(&a.ID, &a.Version, &a.Case, &a.Kind, &a.Title, &a.Label, &a.Type, &a.Size, &a.SHA256, &a.AddedOn, &a.By, &a.StruckOn, &a.StruckBy, &a.StruckWhy)
	return a, err
}

func attachmentByID(tx *store.Tx, attachment id.ID) (Attachment, error) {
	return store.One(tx, attachmentOne, scanAttachment, attachment)
}

func attachmentsOf(tx *store.Tx, caseID, before id.ID, limit int64) ([]Attachment, error) {
	return store.Each(tx, attachmentsOfCase, scanAttachment, caseID, cmp.Or(before, id.Last), limit)
}

func insertAttachment(tx *store.Tx, a Attachment, body []byte) error {
	if _, err := store.Exec(tx, newAttachment, a.ID, a.Kind, a.Title, a.Label, a.Type, a.Size, a.SHA256, a.AddedOn, tx.By().User, a.By, a.Case); err != nil {
		return err
	}
	n := 0
	for part := range slices.Chunk(body, piece) {
		if _, err := store.Exec(tx, newPiece, id.New(), n, part, a.ID); err != nil {
			return err
		}
		n++
	}
	return nil
}

func bytesOf(tx *store.Tx, a Attachment) ([]byte, error) {
	body := make([]byte, 0, a.Size)
	err := store.Stream(tx, piecesOf, func(r store.Row) (b []byte, err error) {
		err = r.Scan(&b)
		return b, err
	}, func(b []byte) error {
		body = append(body, b...)
		return nil
	}, a.ID)
	return body, err
}

// dropAttachment keeps why an attachment is gone, and drops its bytes.
func dropAttachment(tx *store.Tx, a *Attachment) error {
	n, err := store.Exec(tx, struckOne, a.StruckOn, a.StruckBy, a.StruckWhy, a.ID, a.Version)
	if err == nil && n == 0 {
		return fail.Stale
	}
	if err != nil {
		return err
	}
	a.Version++
	_, err = store.Exec(tx, dropPieces, a.ID)
	return err
}
