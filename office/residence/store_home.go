package residence

import "tuntas/house/store"

const (
	moveFrom = ` from stays s join persons p on p.id = s.person_id join beds b on b.id = s.bed_id join rooms r on r.id = b.room_id
		join wards w on w.id = r.ward_id join cases c on c.id = s.case_id where `
	moveSee   = ` and {see s} and {see p} and {see b} and {see r} and {see w} and {see c} `
	countFrom = `select count(*) from stays s where `
	came      = `s.state <> 'cancelled' and s.state <> 'reserved' and s.arrived and s.from_on >= ? and s.from_on <= ?`
	left      = `s.departed and s.left_on >= ? and s.left_on <= ?`
	held      = `s.state = 'reserved'`
)

// card is the number of a card and its first lines.
type card struct{ count, first *store.Stmt }

var (
	// index: stays (centre_id, from_on), (centre_id, left_on), (centre_id, held_until)
	cameCard = card{store.SQL(countFrom + came + ` and {see s}`),
		store.SQL(`select s.person_id, s.case_id, p.called, w.name, b.label, s.from_on, c.decision_no` + moveFrom + came + moveSee + `order by s.from_on desc, s.id desc limit ? offset ?`)}
	leftCard = card{store.SQL(countFrom + left + ` and {see s}`),
		store.SQL(`select s.person_id, s.case_id, p.called, w.name, b.label, s.left_on, c.decision_no` + moveFrom + left + moveSee + `order by s.left_on desc, s.id desc limit ? offset ?`)}
	heldCard = card{store.SQL(countFrom + held + ` and {see s}`),
		store.SQL(`select s.person_id, s.case_id, p.called, w.name, b.label, s.held_until, c.decision_no` + moveFrom + held + moveSee + `order by s.held_until, s.id limit ? offset ?`)}

	// index: beds (centre_id, id), stays_until
	wardsToday = store.SQL(`select w.name, count(*), sum(case when s.state in ('open', 'ended') then 1 else 0 end),
			sum(case when s.state = 'reserved' then 1 else 0 end), sum(case when s.id is null and not b.broken then 1 else 0 end)
		from beds b join rooms r on r.id = b.room_id join wards w on w.id = r.ward_id
		left join stays s on s.bed_id = b.id and s.state <> 'cancelled' and s.from_on || '' <= ? and coalesce(s.to_on, '9999-12-31') > ? and {see s}
		where {see b} and {see r} and {see w} group by w.id, w.name order by w.id`)
)

func scanPassage(r store.Row) (m Passage, err error) {
	var number string
	err = r.Scan(&m.Person, &m.Case, &m.Called, &m.Ward, &m.Bed, &m.On, &number)
	m.Numbered = number != ""
	return m, err
}

func scanWard(r store.Row) (w Ward, err error) {
	err = r.Scan(&w.Name, &w.Beds, &w.Taken, &w.Held, &w.Free)
	return w, err
}
