package audit

import (
	"time"

	"tuntas/house/store"
)

var (
	openingsBefore = store.SQL(`select o.id, o.version, o.user_id, o.login, o.address, o.name, o.role, o.person_id, o.kind, o.reason,
		o.opened_at, o.until_at, coalesce(o.ended_at, 0), o.state from opening_list o where o.id < ? and {see o} {parts} order by o.id desc limit 51`)  // index: the key
	areWaiting    = store.NewPart(`and o.state in ('waiting', 'answered')`)
	areAsked      = store.NewPart(`and o.state = 'asked'`)
	areJudged     = store.NewPart(`and o.state in ('fair', 'violation')`)
	openingsOfOne = store.SQL(`select o.id, o.version, o.user_id, o.login, o.address, o.name, o.role, o.person_id, o.kind, o.reason,
		o.opened_at, o.until_at, coalesce(o.ended_at, 0), o.state from opening_list o where o.person_id = ? and {see o} order by o.id desc limit 20`)  // index: openings (person_id, id)
	openingByID = store.SQL(`select o.id, o.version, o.user_id, o.login, o.address, o.name, o.role, o.person_id, o.kind, o.reason,
		o.opened_at, o.until_at, coalesce(o.ended_at, 0), o.state from opening_list o where o.id = ? and {see o}`)
	openingsWaiting = store.SQL(`select count(*) from opening_list o where o.state in ('waiting', 'answered') and {see o}`) // index: openings (state, id)
	openingsOldest  = store.SQL(`select o.id, o.version, o.user_id, o.login, o.address, o.name, o.role, o.person_id, o.kind, o.reason,
		o.opened_at, o.until_at, coalesce(o.ended_at, 0), o.state from opening_list o where o.state in ('waiting', 'answered') and {see o}
		order by o.id limit 5`)  // index: openings (state, id)
	viewsOf = store.SQL(`select v.at, v.act from opening_views v where v.opening_id = ? and {see v} order by v.at, v.id limit 200`) // index: disclosures (opening_id, at, id)
)

func scanSeen(r store.Row) (s Seen, err error) {
	var at int64
	err = r.Scan(&at, &s.Act)
	s.At = time.UnixMilli(at)
	return s, err
}
