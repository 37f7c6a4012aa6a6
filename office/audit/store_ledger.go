package audit

import (
	"time"

	"tuntas/house/store"
)

var (
	ledgerBefore = store.SQL(`select l.id, l.at, l.login, l.address, l.user_name, l.act, l.via, l.purpose, l.n,
		coalesce((select p.person_id from ledger_persons p where p.disclosure_id = l.id and {see p} order by p.person_id limit 1), 0)
		from ledger l where l.at >= ? and l.at <= ? and (l.at < ? or l.id < ?) and {see l} {parts} order by l.at desc, l.id desc limit ?`)  // index: disclosures (at, id)
	ledgerOfPerson = store.SQL(`select l.id, l.at, l.login, l.address, l.user_name, l.act, l.via, l.purpose, l.n, p.person_id
		from ledger_persons p join ledger l on l.id = p.disclosure_id
		where p.person_id = ? and l.at >= ? and l.at <= ? and (l.at < ? or l.id < ?) and {see p} and {see l} {parts}
		order by l.at + 0 desc, l.id desc limit ?`)  // index: the key (person_id, disclosure_id); + 0 keeps PostgreSQL from walking all moments
	ledgerEdge = store.System(`select l.at from ledger_moments l where l.at >= ? and l.at <= ? and (l.at < ? or l.id < ?) {parts}
		order by l.at desc, l.id desc limit 1 offset ?`)
	byUser    = store.NewPart(`and l.user_id = ?`)
	byVia     = store.NewPart(`and l.via = ?`)
	byPurpose = store.NewPart(`and lower(l.purpose) like ?`)
)

func scanDisclosure(r store.Row) (d Disclosure, err error) {
	var at int64
	err = r.Scan(&d.ID, &at, &d.Login, &d.Address, &d.Name, &d.Act, &d.Via, &d.Purpose, &d.N, &d.Person)
	d.At = time.UnixMilli(at)
	return d, err
}
