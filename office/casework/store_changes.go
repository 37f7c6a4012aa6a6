package casework

import (
	"fmt"
	"math"
	"time"

	"tuntas/house/id"
	"tuntas/house/store"
)

// The ids of the record are ordered by time, so that a case's newest lines are one range of its index.
const newsOfMine = ` from cases c join case_events v on v.case_id = c.id join persons p on p.id = c.person_id
	where c.worker_id = ? and c.stage <> 'closed' and v.id > ? and v.actor <> ? and {see c} and {see v} and {see p} `

var (
	// index: cases_mine (worker_id, due_on, stage, centre_id), audit_case (case_id, id)
	newsCount = store.SQL(`select count(*)` + newsOfMine)
	newsLines = store.SQL(`select v.id, v.at, c.id, c.person_id, p.called, v.actor_name, v.act, v.note` + newsOfMine + `and v.id < ? order by v.id desc limit ?`)
)

func scanNews(r store.Row) (n News, err error) {
	var at int64
	var note string
	if err = r.Scan(&n.ID, &at, &n.Case, &n.Person, &n.Called, &n.By, &n.Act, &note); err != nil {
		return n, err
	}
	n.At = time.UnixMilli(at)
	if n.Say, err = store.Said(note); err != nil {
		return n, fmt.Errorf("read the sentence of a change: %w", err)
	}
	return n, nil
}

func changesOf(tx *store.Tx, since time.Time, before id.ID, limit int64) (n int64, lines []News, err error) {
	from := id.At(since, 0)
	if before == 0 {
		before = math.MaxInt64
	}
	me := tx.By().User
	if n, err = store.One(tx, newsCount, store.Int, me, int64(from), me); err != nil {
		return 0, nil, err
	}
	lines, err = store.Each(tx, newsLines, scanNews, me, int64(from), me, int64(before), limit)
	return n, lines, err
}
