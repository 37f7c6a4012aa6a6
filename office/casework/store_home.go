package casework

import "tuntas/house/store"

const (
	// Of who is in care: few at any time. Goals that stay open after leaving pile up; the + 0 keeps SQLite from going through them.
	goalsDue = ` from cases c join goals o on o.case_id = c.id + 0 join plans l on l.id = o.plan_id join persons p on p.id = c.person_id
		where o.state = 'open' and o.domain in (?, ?, ?) and l.state = 'approved' and c.stage in ('intervention', 'resocialisation', 'termination')
		and {see o} and {see l} and {see c} and {see p by c} `
	// A centre has many more open cases, with all in aftercare, than people in its beds; the + 0 of who reads this keeps SQLite
	// from going through the cases.
	unserved = ` where s.state = 'open' and c.stage <> 'closed' and (c.served_on is null or c.served_on <= ?) and {see c} and {see s} `
	nameless = ` from cases c join persons p on p.id = c.person_id where c.stage in ('approach', 'assessment', 'planning', 'intervention', 'resocialisation')
		and {see c} and {see p by c} and not exists (select 1 from identifiers i where i.person_id = c.person_id and i.kind = 'nik' and i.removed_at is null and {see i}) `
	waived = ` from case_stages g join cases c on c.id = g.case_id join persons p on p.id = g.person_id
		where g.waiver <> '' and g.on_day > ? and {see g} and {see c} and {see p} `
)

var (
	// index: cases (centre_id, stage, id), goals (case_id, id), plans (centre_id, state, id)
	goalsCard = card{store.SQL(`select count(*)` + goalsDue), store.SQL(`select c.id, c.person_id, p.called, o.text, o.due_on` + goalsDue + `order by o.due_on, o.id limit ? offset ?`)}
	// index: stays (centre_id, state, id), cases (the key)
	unservedCard = card{store.SQL(`select count(*) from stays s join cases c on c.id = s.case_id + 0` + unserved), store.SQL(`select c.id, c.person_id, p.called, c.ppks_type, c.served_on
			from stays s join cases c on c.id = s.case_id + 0 join persons p on p.id = c.person_id` + unserved + `and {see p by c}
		order by coalesce(c.served_on, ''), c.id limit ? offset ?`)}
	// index: cases (centre_id, stage, id), identifiers (person_id)
	namelessCard = card{store.SQL(`select count(*)` + nameless), store.SQL(`select c.id, c.person_id, p.called, c.ppks_type, c.opened_on` + nameless + `order by c.opened_on, c.id limit ? offset ?`)}
	// index: case_stages (centre_id, on_day)
	waivedCard = card{store.SQL(`select count(*)` + waived), store.SQL(`select c.id, c.person_id, p.called, g.stage, g.on_day` + waived + `order by g.on_day desc, g.id desc limit ? offset ?`)}

	// index: cases (waiting, centre_id)
	decisionsAt = store.SQL(`select c.centre_id, count(*) from cases c where c.waiting in ('waiver', 'plan', 'decision') and c.waiting <> '' and {see c} group by c.centre_id`)
)

var (
	preparingAt = store.SQL(`select count(*), coalesce(sum(case when c.missing = 0 then 1 else 0 end), 0) from cases c
		where c.centre_id = ? and c.stage = 'resocialisation' and {see c}`)  // index: cases (centre_id, stage, id)
	answeredAt = store.SQL(`select l.code, count(*) from cases c join checklist l on l.case_id = c.id
		where c.centre_id = ? and c.stage = 'resocialisation' and l.state <> 'open' and {see c} and {see l} group by l.code`)
)

var residentsByKind = store.SQL(`select c.ppks_type, count(*) from stays s join cases c on c.id = s.case_id
	where s.centre_id = ? and s.state = 'open' and {see s} and {see c} group by c.ppks_type`) // index: stays (centre_id, state, id)

func scanMatter(r store.Row) (n Matter, err error) {
	err = r.Scan(&n.Case, &n.Person, &n.Called, &n.Text, &n.On)
	return n, err
}
