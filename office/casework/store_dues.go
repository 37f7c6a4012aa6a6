package casework

import (
	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
)

// Due is a day by which a case of somebody waits for something: a visit, a review, the deadline of its stage.
type Due struct {
	ID    id.ID // of what waits: a contact, or the case itself
	Case  id.ID
	Kind  string // visit, review, stage
	Stage string
	On    clock.Day
}

// mostDues is how many a calendar shows of each kind: the next ones.
const mostDues = 300

var (
	// index: cases_mine (worker_id, stage, due_on, centre_id), contacts_case
	visitsDue = store.SQL(`select k.id, c.id, c.stage, k.due_on from cases c join contacts k on k.case_id = c.id
		where c.worker_id = ? and c.stage <> 'closed' and k.state = 'open' and {see c} and {see k} order by k.due_on, k.id limit ?`)
	reviewsDue = store.SQL(`select c.id, c.id, c.stage, c.review_on from cases c
		where c.worker_id = ? and c.stage <> 'closed' and c.review_on is not null and {see c} order by c.review_on, c.id limit ?`)
	stagesDue = store.SQL(`select c.id, c.id, c.stage, c.due_on from cases c
		where c.worker_id = ? and c.stage <> 'closed' and c.due_on is not null and {see c} order by c.due_on, c.id limit ?`)
)

// DuesOf gives the days of a worker's open cases, the next of each kind first. No name stands in them.
func DuesOf(tx *store.Tx, worker id.ID) (all []Due, err error) {
	for _, one := range []struct {
		kind string
		of   *store.Stmt
	}{{"visit", visitsDue}, {"review", reviewsDue}, {"stage", stagesDue}} {
		some, err := store.Each(tx, one.of, func(r store.Row) (Due, error) {
			d := Due{Kind: one.kind}
			return d, r.Scan(&d.ID, &d.Case, &d.Stage, &d.On)
		}, worker, mostDues)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}
