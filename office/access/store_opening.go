package access

import (
	"time"

	"tuntas/house/store"
)

// Without the names of who opened, which the asker is.
const openingFrom = `select o.id, o.version, o.user_id, '', '', '', '', o.person_id, o.kind, o.reason, o.opened_at, o.until_at,
		coalesce(o.ended_at, 0), o.state from openings o where `

var (
	holdUser      = store.System(`update users set version = version where id = ?`)
	triesSince    = store.System(`select count(*) from opening_tries t where t.user_id = ? and t.at >= ?`) // index: opening_tries (user_id, at)
	noteTry       = store.System(`insert into opening_tries (user_id, at) values (?, ?)`)
	dropTries     = store.System(`delete from opening_tries where at < ?`)
	insertOpening = store.System(`insert into openings (id, version, user_id, person_id, found_by, kind, reason, opened_at, until_at, state)
		values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?)`)
	openingsSince   = store.System(`select count(*) from openings o where o.user_id = ? and o.opened_at >= ?`)                          // index: openings (user_id, until_at)
	openingsNow     = store.System(openingFrom + `o.user_id = ? and o.until_at > ? and o.ended_at is null order by o.id desc limit 20`) // index: openings (user_id, until_at)
	openingsRunning = store.System(openingFrom + `o.until_at > ? and o.ended_at is null order by o.until_at`)                           // index: openings_running
	openingsOf      = store.System(openingFrom + `o.user_id = ? order by o.until_at desc limit 50`)                                     // index: openings (user_id, until_at)
	openingOwn      = store.System(openingFrom + `o.id = ? and o.user_id = ?`)
	endOpening      = store.System(`update openings set ended_at = ?, version = version + 1 where id = ? and ended_at is null`)
	moveOpening     = store.System(`update openings set state = ?, judged_at = ?, version = version + 1 where id = ? and version = ?`)

	insertStep = store.System(`insert into opening_steps (id, opening_id, at, user_id, step, note) values (?, ?, ?, ?, ?, ?)`)
	stepsOf    = store.System(`select s.at, s.user_id, coalesce(u.address, ''), coalesce(u.name, ''), s.step, s.note from opening_steps s
		left join users u on u.id = s.user_id where s.opening_id = ? order by s.id limit 100`)  // index: opening_steps (opening_id, id)

	auditors = store.System(`select u.id from users u where u.role = 'auditor' and u.active order by u.id limit 50`)
	headsOf  = store.System(`select u.id from users u join user_centres c on c.user_id = u.id where c.centre_id = ? and u.active
		and (u.role = 'head_centre' or exists (select 1 from user_covers v where v.user_id = u.id and v.role = 'head_centre'
			and v.from_on <= ? and v.until_on >= ? and v.ended_at is null and v.centre_id = ?)) order by u.id limit 20`)

	insertNotice = store.System(`insert into notices (id, user_id, at, kind, subject_id, say, path, once) values (?, ?, ?, ?, ?, ?, ?, ?)
		on conflict do nothing`)
	noticesOf = store.System(`select n.id, n.at, n.kind, n.subject_id, n.say, n.path, n.seen_at is null from notices n
		where n.user_id = ? and n.id < ? order by n.id desc limit ?`)  // index: notices (user_id, id)
	noticeOne   = store.System(`select n.id, n.at, n.kind, n.subject_id, n.say, n.path, n.seen_at is null from notices n where n.id = ? and n.user_id = ?`)
	readNotice  = store.System(`update notices set seen_at = ? where id = ? and user_id = ? and seen_at is null`)
	readNotices = store.System(`update notices set seen_at = ? where user_id = ? and seen_at is null`) // index: notices_unseen

	holders   = store.System(`select u.id from users u where u.role = ? and u.active order by u.id limit 200`)
	holdersAt = store.System(`select u.id from users u join user_centres c on c.user_id = u.id where c.centre_id = ? and u.active
		and (u.role = ? or exists (select 1 from user_covers v where v.user_id = u.id and v.role = ?
			and v.from_on <= ? and v.until_on >= ? and v.ended_at is null and v.centre_id = ?)) order by u.id limit 200`)
)

// ScanOpening reads the columns of opening_list in its order.
func ScanOpening(r store.Row) (Opening, error) { return scanOpening(r) }

func scanOpening(r store.Row) (o Opening, err error) {
	var at, until, ended int64
	err = r.Scan(&o.ID, &o.Version, &o.User, &o.Login, &o.Address, &o.Name, &o.Role, &o.Person, &o.Kind, &o.Reason, &at, &until, &ended, &o.State)
	o.At, o.Until, o.Ended = time.UnixMilli(at), time.UnixMilli(until), moment(ended)
	return o, err
}

func scanStep(r store.Row) (s Step, err error) {
	var at int64
	err = r.Scan(&at, &s.User, &s.Address, &s.Name, &s.Step, &s.Note)
	s.At = time.UnixMilli(at)
	return s, err
}

func scanNotice(r store.Row) (n Notice, err error) {
	var at int64
	var said string
	if err = r.Scan(&n.ID, &at, &n.Kind, &n.Subject, &said, &n.To, &n.New); err != nil {
		return n, err
	}
	n.At = time.UnixMilli(at)
	if said != "" {
		n.Say, err = store.Said(said)
	}
	return n, err
}
