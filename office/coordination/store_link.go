package coordination

import (
	"errors"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const linkColumns = `k.id, k.agency_id, k.made_at, k.made_by, k.expires_at, k.replaced_at, k.revoked_at, k.used_at from agency_links k `

var (
	linkOfHash   = store.System(`select ` + linkColumns + `where k.hash = ?`)                                   // index: agency_links_hash
	lastLink     = store.System(`select ` + linkColumns + `where k.agency_id = ? order by k.id desc limit 1`)   // index: agency_links_agency
	madeLinks    = store.System(`select count(*) from agency_links k where k.agency_id = ? and k.made_at >= ?`) // index: agency_links_agency
	newLink      = store.System(`insert into agency_links (id, agency_id, hash, made_at, made_by, expires_at, replaced_at, revoked_at, used_at) values (?, ?, ?, ?, ?, ?, 0, 0, 0)`)
	replacedLink = store.System(`update agency_links set replaced_at = ? where agency_id = ? and replaced_at = 0 and revoked_at = 0`)
	revokedLink  = store.System(`update agency_links set revoked_at = ? where agency_id = ? and revoked_at = 0`)
	usedLink     = store.System(`update agency_links set used_at = ? where id = ?`)

	newCode   = store.System(`insert into agency_codes (id, link_id, agency_id, hash, at, expires_at, tries, used_at) values (?, ?, ?, ?, ?, ?, 0, 0)`)
	codeCount = store.System(`select count(*) from agency_codes k where k.agency_id = ? and k.at >= ?`)                  // index: agency_codes_agency
	codeTries = store.System(`select coalesce(sum(k.tries), 0) from agency_codes k where k.agency_id = ? and k.at >= ?`) // index: agency_codes_agency
	// index: agency_codes_link; the newest alone counts
	triedCode = store.System(`update agency_codes set tries = tries + 1 where id = (select max(k.id) from agency_codes k where k.link_id = ?)
		and tries < ? and used_at = 0 and expires_at > ? returning hash`)
	spentCode = store.System(`update agency_codes set used_at = ? where link_id = ? and hash = ? and used_at = 0`)

	newDevice  = store.System(`insert into agency_devices (id, link_id, hash, at, expires_at) values (?, ?, ?, ?, ?)`)
	deviceOf   = store.System(`select count(*) from agency_devices v where v.hash = ? and v.link_id = ? and v.expires_at > ?`) // index: agency_devices_hash
	endDevices = store.System(`delete from agency_devices where link_id in (select k.id from agency_links k where k.agency_id = ?)`)

	newMail   = store.System(`insert into mails (id, at, recipient, subject, body, sent_at) values (?, ?, ?, ?, ?, 0)`)
	sentMail  = store.System(`update mails set sent_at = ? where id = ?`)
	mailsLast = store.System(`select m.id, m.at, m.recipient, m.subject, m.body, m.sent_at from mails m order by m.id desc limit 30`) // index: the key
)

func scanLink(r store.Row) (l Link, err error) {
	var made, expires, replaced, revoked, used int64
	err = r.Scan(&l.ID, &l.Agency, &made, &l.MadeBy, &expires, &replaced, &revoked, &used)
	l.MadeAt, l.ExpiresAt, l.ReplacedAt, l.RevokedAt, l.LastUsed = moment(made), moment(expires), moment(replaced), moment(revoked), moment(used)
	return l, err
}

func linkByHash(tx *store.Tx, hash string) (Link, error) {
	return store.One(tx, linkOfHash, scanLink, hash)
}

func newestLink(tx *store.Tx, agency id.ID) (Link, error) {
	return store.One(tx, lastLink, scanLink, agency)
}

func linksSince(tx *store.Tx, agency id.ID, since time.Time) (int64, error) {
	return store.One(tx, madeLinks, store.Int, agency, since.UnixMilli())
}

func insertLink(tx *store.Tx, l Link, hash string) error {
	_, err := store.Exec(tx, newLink, l.ID, l.Agency, hash, l.MadeAt.UnixMilli(), l.MadeBy, l.ExpiresAt.UnixMilli())
	return err
}

func replaceLinks(tx *store.Tx, agency id.ID) error {
	_, err := store.Exec(tx, replacedLink, tx.Now().UnixMilli(), agency)
	return err
}

func revokeLinks(tx *store.Tx, agency id.ID) error {
	if _, err := store.Exec(tx, revokedLink, tx.Now().UnixMilli(), agency); err != nil {
		return err
	}
	_, err := store.Exec(tx, endDevices, agency)
	return err
}

func linkUsed(tx *store.Tx, link id.ID) error {
	_, err := store.Exec(tx, usedLink, tx.Now().UnixMilli(), link)
	return err
}

func insertCode(tx *store.Tx, l Link, hash string, at, until time.Time) error {
	_, err := store.Exec(tx, newCode, id.New(), l.ID, l.Agency, hash, at.UnixMilli(), until.UnixMilli())
	return err
}

func codesSince(tx *store.Tx, agency id.ID, since time.Time) (int64, error) {
	return store.One(tx, codeCount, store.Int, agency, since.UnixMilli())
}

func triesSince(tx *store.Tx, agency id.ID, since time.Time) (int64, error) {
	return store.One(tx, codeTries, store.Int, agency, since.UnixMilli())
}

// countTry counts a try of the newest code and gives its hash; "" when it is dead or there is none.
func countTry(tx *store.Tx, link id.ID, now time.Time) (string, error) {
	hash, err := store.One(tx, triedCode, store.Text, link, triesOfCode, now.UnixMilli())
	if errors.Is(err, fail.NotFound) {
		return "", nil
	}
	return hash, err
}

func spendCode(tx *store.Tx, link id.ID, hash string) (int64, error) {
	return store.Exec(tx, spentCode, tx.Now().UnixMilli(), link, hash)
}

func insertDevice(tx *store.Tx, link id.ID, hash string, until time.Time) error {
	_, err := store.Exec(tx, newDevice, id.New(), link, hash, tx.Now().UnixMilli(), until.UnixMilli())
	return err
}

func deviceKnown(tx *store.Tx, link id.ID, hash string) (bool, error) {
	n, err := store.One(tx, deviceOf, store.Int, hash, link, tx.Latest().UnixMilli())
	return n > 0, err
}

func insertMail(tx *store.Tx, l letter, kept string) error {
	_, err := store.Exec(tx, newMail, l.ID, tx.Now().UnixMilli(), l.To, l.Subject, kept)
	return err
}

func mailSent(tx *store.Tx, m id.ID) error {
	_, err := store.Exec(tx, sentMail, tx.Now().UnixMilli(), m)
	return err
}

func lastMails(tx *store.Tx) ([]Mail, error) {
	return store.Each(tx, mailsLast, func(r store.Row) (m Mail, err error) {
		var at, sent int64
		err = r.Scan(&m.ID, &at, &m.To, &m.Subject, &m.Body, &sent)
		m.At, m.SentAt = moment(at), moment(sent)
		return m, err
	})
}
