package passage

import (
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/casework"
)

type card struct{ count, first, all *store.Stmt }

const (
	inCare = `c.stage in ('approach', 'assessment', 'planning', 'intervention', 'resocialisation')`

	leaveDue = `select 'leave' as kind, l.case_id as id, l.person_id as person_id, p.called as called,
			case when l.state = 'planned' then l.from_on else l.due_on end as on_day
		from leaves l join cases c on c.id = l.case_id join persons p on p.id = l.person_id
		where ` + inCare + ` and {see l} and {see c} and {see p} `
	leaveNow  = `and case when l.state = 'planned' then l.from_on when l.state = 'away' then l.due_on else '9999-12-31' end <= ? and l.state in ('planned', 'away') `
	reviewDue = ` union all select 'review', c.id, c.person_id, p.called, c.review_on from cases c join persons p on p.id = c.person_id
		where c.stage = 'intervention' and c.review_on is not null and {see c} and {see p} `
	reviewSoon = `and c.review_on <= ? `
	deathDue   = ` union all select 'death', d.case_id, d.person_id, p.called, d.on_day from deaths d join cases c on c.id = d.case_id join persons p on p.id = d.person_id
		where d.remains > 0 and {see d} and {see c} and {see p} `
	// those proposed to a centre: the sender's side is told by the case's page
	transferDue = ` union all select 'transfer', t.id, t.person_id, m.called, t.wanted_on from transfers t
		join transfer_members m on m.transfer_id = t.id and m.case_id = t.case_id join centres e on e.id = t.to_centre
		where t.state = 'proposed' and {see t} and {see m} and {see e} `
	ofWorker = `and c.worker_id = ? `
	away     = `where l.state = 'away' and ` + inCare + ` and {see l} and {see c}`

	dueAll     = leaveDue + leaveNow + reviewDue + reviewSoon + deathDue + transferDue
	dueOfOne   = leaveDue + ofWorker + leaveNow + reviewDue + ofWorker + reviewSoon + deathDue + ofWorker
	firstOfAll = ` order by 5, 2 limit 6`
	allOfThem  = ` order by 5, 2 limit 200`
)

var (
	// index: leaves_due, cases_review, deaths_centre, transfers_waiting
	dueThere  = card{store.SQL(`select count(*) from (` + dueAll + `) q`), store.SQL(dueAll + firstOfAll), store.SQL(dueAll + allOfThem)}
	dueOfMine = card{store.SQL(`select count(*) from (` + dueOfOne + `) q`), store.SQL(dueOfOne + firstOfAll), store.SQL(dueOfOne + allOfThem)}
	// index: leaves_due
	awayCount = store.SQL(`select count(*) from leaves l join cases c on c.id = l.case_id ` + away)
	awayAll   = store.SQL(`select 'leave', l.case_id, l.person_id, p.called, l.due_on from leaves l join cases c on c.id = l.case_id join persons p on p.id = l.person_id
		` + away + ` and {see p} order by l.due_on, l.id limit 200`)
)

func scanWork(r store.Row) (w Work, err error) {
	err = r.Scan(&w.Kind, &w.ID, &w.Person, &w.Called, &w.On)
	return w, err
}

const leaveColumns = `l.id, l.version, l.case_id, l.person_id, l.state, l.from_on, l.due_on, l.with_name, l.relation, l.contact, l.agreed_by, l.bed,
	l.left_on, l.back_on, l.result, l.note, l.planned_on, l.cancelled_on, l.user_name`

var (
	leavesOfCase = store.SQL(`select ` + leaveColumns + ` from leaves l where l.case_id = ? and {see l} order by l.id desc limit ?`) // index: leaves (case_id, id)
	leaveOne     = store.SQL(`select ` + leaveColumns + ` from leaves l join persons p on p.id = l.person_id where l.id = ? and {see l} and {see p}`)
	newLeave     = store.SQL(`insert into leaves (id, version, state, from_on, due_on, with_name, relation, contact, agreed_by, bed, left_on, back_on, result, note,
			planned_on, user_id, user_name, case_id, centre_id, person_id)
		select ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, null, null, '', '', ?, ?, ?, c.id, c.centre_id, c.person_id from cases c where c.id = ? and {see c}`)
	changeLeave = store.SQL(`update leaves set version = version + 1, state = ?, left_on = ?, back_on = ?, result = ?, note = ?, cancelled_on = ?
		where id = ? and version = ? and {see leaves}`)
	callsOfCase = store.SQL(`select k.leave_id, k.id, k.on_day, k.method, k.note, k.user_name from leave_contacts k where k.case_id = ? and {see k}
		order by k.on_day desc, k.id desc limit 200`)  // index: leave_contacts (case_id, id)
	newCall = store.SQL(`insert into leave_contacts (id, on_day, method, note, user_id, user_name, leave_id, case_id, centre_id, person_id)
		select ?, ?, ?, ?, ?, ?, l.id, l.case_id, l.centre_id, l.person_id from leaves l where l.id = ? and {see l}`)

	reviewsOfCase = store.SQL(`select v.id, v.on_day, v.decision, v.note, v.next_on, v.user_name from reviews v where v.case_id = ? and {see v}
		order by v.id desc limit 60`)  // index: reviews (case_id, id)
	newReview = store.SQL(`insert into reviews (id, on_day, decision, note, next_on, user_id, user_name, case_id, centre_id, person_id)
		select ?, ?, ?, ?, ?, ?, ?, c.id, c.centre_id, c.person_id from cases c where c.id = ? and {see c}`)
)

func scanLeave(r store.Row) (l Leave, err error) {
	err = r.Scan(&l.ID, &l.Version, &l.Case, &l.Person, &l.State, &l.From, &l.Due, &l.With, &l.Relation, &l.Contact, &l.AgreedBy, &l.Bed,
		&l.LeftOn, &l.BackOn, &l.Result, &l.Note, &l.PlannedOn, &l.CancelledOn, &l.By)
	return l, err
}

func leavesOf(tx *store.Tx, caseID id.ID, limit int64) ([]Leave, error) {
	return store.Each(tx, leavesOfCase, scanLeave, caseID, limit)
}

func leaveByID(tx *store.Tx, leave id.ID) (Leave, error) {
	return store.One(tx, leaveOne, scanLeave, leave)
}

func insertLeave(tx *store.Tx, l Leave) error {
	_, err := store.Exec(tx, newLeave, l.ID, l.State, l.From, l.Due, l.With, l.Relation, l.Contact, l.AgreedBy, l.Bed, l.PlannedOn, tx.By().User, l.By, l.Case)
	return twoLeaves(err)
}

func keepLeave(tx *store.Tx, l *Leave) error {
	return store.Change(tx, &l.Version, changeLeave, l.State, l.LeftOn, l.BackOn, l.Result, l.Note, l.CancelledOn, l.ID, l.Version)
}

// loadCalls lays what was heard beside the leaves of a case.
func loadCalls(tx *store.Tx, caseID id.ID, all []Leave) error {
	if len(all) == 0 {
		return nil
	}
	return store.Stream(tx, callsOfCase, func(r store.Row) (c struct {
		leave id.ID
		LeaveCall
	}, err error) {
		err = r.Scan(&c.leave, &c.ID, &c.On, &c.Method, &c.Note, &c.By)
		return c, err
	}, func(c struct {
		leave id.ID
		LeaveCall
	}) error {
		for i := range all {
			if all[i].ID == c.leave {
				all[i].Calls = append(all[i].Calls, c.LeaveCall)
			}
		}
		return nil
	}, caseID)
}

func insertCall(tx *store.Tx, l Leave, in NewCall) error {
	_, err := store.Exec(tx, newCall, id.New(), in.On, in.Method, in.Note, tx.By().User, tx.By().Name, l.ID)
	return err
}

func reviewsOf(tx *store.Tx, caseID id.ID) ([]Review, error) {
	return store.Each(tx, reviewsOfCase, func(r store.Row) (v Review, err error) {
		err = r.Scan(&v.ID, &v.On, &v.Decision, &v.Note, &v.NextOn, &v.By)
		return v, err
	}, caseID)
}

func insertReview(tx *store.Tx, c casework.Case, v Review) error {
	_, err := store.Exec(tx, newReview, v.ID, v.On, v.Decision, v.Note, v.NextOn, tx.By().User, v.By, c.ID)
	return err
}
