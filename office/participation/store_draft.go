package participation

import (
	"encoding/json"
	"time"

	"tuntas/house/store"
)

var (
	newDraft = store.System(`insert into report_drafts (hash, report_id, made_at, sent_at, expires_at, fields, photo, photo_type) values (?, 0, ?, 0, ?, ?, null, '')
		on conflict (hash) do nothing`)
	draftOne    = store.System(`select f.report_id, f.sent_at, f.fields, f.photo_type from report_drafts f where f.hash = ? and f.expires_at > ?`)
	keptDraft   = store.System(`update report_drafts set fields = ? where hash = ? and report_id = 0`)
	keptPhoto   = store.System(`update report_drafts set photo = ?, photo_type = ? where hash = ? and report_id = 0`)
	sentDraft   = store.System(`update report_drafts set report_id = ?, sent_at = ?, fields = ? where hash = ? and report_id = 0`)
	photoOf     = store.System(`select f.photo from report_drafts f where f.hash = ?`)
	dropPhoto   = store.System(`update report_drafts set photo = null where hash = ?`)
	endedDrafts = store.System(`delete from report_drafts where expires_at <= ?`)
)

func scanDraft(row store.Row) (f Draft, err error) {
	var sent int64
	var fields string
	if err = row.Scan(&f.report, &sent, &fields, &f.photoType); err != nil {
		return f, err
	}
	f.sentAt, f.HasPhoto = time.UnixMilli(sent), f.photoType != ""
	return f, json.Unmarshal([]byte(fields), &f)
}

// copyPhoto takes the photo from what was typed into the report.
func copyPhoto(tx *store.Tx, r Report, draft string) error {
	body, err := store.One(tx, photoOf, func(row store.Row) (b []byte, err error) {
		err = row.Scan(&b)
		return b, err
	}, draft)
	if err != nil || len(body) == 0 {
		return err
	}
	f, err := store.One(tx, draftOne, scanDraft, draft, 0)
	if err != nil {
		return err
	}
	if err := insertPhoto(tx, r, f.photoType, body); err != nil {
		return err
	}
	_, err = store.Exec(tx, dropPhoto, draft)
	return err
}
