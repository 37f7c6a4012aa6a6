package casework

import "tuntas/house/store"

const cardColumns = `select ` + caseColumns + `, p.called, p.sex, p.birth_date, p.birth_precision, coalesce(p.birth_from, 0),
	coalesce(p.birth_to, 0), e.name, '', count(*) over () from cases c join persons p on p.id = c.person_id join centre_list e on e.id = c.centre_id `

var (
	// index: cases (worker_id, stage, due_on)
	myCards = cards{mine: true,
		late:     store.SQL(cardColumns + `where c.worker_id = ? and c.stage <> 'closed' and c.due_on < ? and {see c} and {see p} order by c.due_on, c.id limit 5`),
		ready:    store.SQL(cardColumns + `where c.worker_id = ? and c.stage <> 'closed' and c.missing = 0 and {see c} and {see p} order by c.changed_at, c.id limit 5`),
		waiting:  store.SQL(cardColumns + `where c.worker_id = ? and c.stage <> 'closed' and c.waiting = 'returned' and {see c} and {see p} order by c.changed_at, c.id limit 5`),
		perStage: store.SQL(`select c.stage, count(*) from cases c where c.worker_id = ? and c.stage <> 'closed' and {see c} group by c.stage`),
	}
	// index: cases (centre_id, waiting, changed_at), (centre_id, due_on), (centre_id, stage, id)
	centreCards = cards{
		late:     store.SQL(cardColumns + `where c.stage <> 'closed' and c.due_on < ? and {see c} and {see p} order by c.due_on, c.id limit 5`),
		ready:    store.SQL(cardColumns + `where c.stage <> 'closed' and c.missing = 0 and {see c} and {see p} order by c.changed_at, c.id limit 5`),
		waiting:  store.SQL(cardColumns + `where c.stage <> 'closed' and c.waiting in ('waiver', 'plan', 'decision') and c.waiting <> '' and {see c} and {see p} order by c.changed_at, c.id limit 5`),
		perStage: store.SQL(`select c.stage, count(*) from cases c where c.stage <> 'closed' and {see c} group by c.stage`),
	}
	loadPerMate = store.SQL(`select c.worker_id, max(w.name), count(*), sum(case when c.due_on < ? then 1 else 0 end)
		from cases c join staff w on w.user_id = c.worker_id where c.stage <> 'closed' and {see c} and {see w}
		group by c.worker_id order by 4 desc, 2 limit 12`)
)

func scanCounted(r store.Row, n *int64) (l Line, err error) {
	l.Case, err = scanCase(r, &l.Called, &l.Sex, &l.Birth.Date, &l.Birth.Precision, &l.Birth.From, &l.Birth.To, &l.CentreName, &l.WorkerName, n)
	return l, err
}
