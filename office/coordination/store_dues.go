package coordination

import (
	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
)

// Unanswered is a referral that its receiver has not answered.
type Unanswered struct {
	ID     id.ID
	Centre id.ID // that sent it
	Case   id.ID
	Worker id.ID // of the case; 0 for nobody
	Agency string
	DueOn  clock.Day
}

const unansweredColumns = `select r.id, r.centre_id, r.case_id, coalesce(c.worker_id, 0), a.name, r.due_on
	from referrals r join agencies a on a.id = r.agency_id join cases c on c.id = r.case_id `

var (
	// index: referrals_due; those that wait for our own answer owe nothing
	lateFirst = store.SQL(unansweredColumns + `where r.due_on < ? and r.state in ('sent', 'received') and {see r} and {see c} order by r.due_on, r.id limit ?`)
	lateNext  = store.SQL(unansweredColumns + `where r.due_on < ? and (r.due_on > ? or r.due_on = ? and r.id > ?) and r.state in ('sent', 'received') and {see r} and {see c}
		order by r.due_on, r.id limit ?`)
	// index: cases_mine, referrals_case
	dueOfWorker = store.SQL(unansweredColumns + `where c.worker_id = ? and c.stage <> 'closed' and r.state in ('sent', 'received', 'needs_information') and {see r} and {see c}
		order by r.due_on, r.id limit 300`)
)

func scanUnanswered(r store.Row) (u Unanswered, err error) {
	err = r.Scan(&u.ID, &u.Centre, &u.Case, &u.Worker, &u.Agency, &u.DueOn)
	return u, err
}

// LateAfter gives overdue referrals behind one of them (the zero one: the first), the longest overdue first.
func LateAfter(tx *store.Tx, last Unanswered, limit int64) ([]Unanswered, error) {
	if last.ID == 0 {
		return store.Each(tx, lateFirst, scanUnanswered, tx.Today(), limit)
	}
	return store.Each(tx, lateNext, scanUnanswered, tx.Today(), last.DueOn, last.DueOn, last.ID, limit)
}

// DuesOf gives the referrals of a worker's cases that wait for an answer.
func DuesOf(tx *store.Tx, worker id.ID) ([]Unanswered, error) {
	return store.Each(tx, dueOfWorker, scanUnanswered, worker)
}
