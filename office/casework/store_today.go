package casework

import "tuntas/house/store"

// A card's number is counted over narrow rows and its first lines are read by themselves: the wide rows of all the
// rest would have to be made only to be counted. The number is of cases, whoever they are about.
const (
	cardLines = `select ` + caseColumns + `, p.called, p.sex, p.birth_date, p.birth_precision, coalesce(p.birth_from, 0),
	coalesce(p.birth_to, 0), e.name, '' from cases c join persons p on p.id = c.person_id join centre_list e on e.id = c.centre_id `
	cardCount = `select count(*) from cases c `

	lateOfMine     = `where c.worker_id = ? and c.stage <> 'closed' and c.due_on < ? and {see c} `
	readyOfMine    = `where c.worker_id = ? and c.stage <> 'closed' and c.missing = 0 and {see c} `
	waitingOfMine  = `where c.worker_id = ? and c.stage <> 'closed' and c.waiting = 'returned' and c.waiting <> '' and {see c} `
	lateThere      = `where c.stage <> 'closed' and c.due_on < ? and {see c} `
	readyThere     = `where c.stage <> 'closed' and c.missing = 0 and {see c} `
	waitingThere   = `where c.stage <> 'closed' and c.waiting in ('waiver', 'plan', 'decision') and c.waiting <> '' and {see c} `
	soonest        = `and {see p} order by c.due_on, c.id limit 5`
	longestWaiting = `and {see p} order by c.changed_at, c.id limit 5`
)

var (
	// index: cases (worker_id, due_on), (worker_id, changed_at)
	myCards = cards{mine: true,
		late:     card{store.SQL(cardCount + lateOfMine), store.SQL(cardLines + lateOfMine + soonest)},
		ready:    card{store.SQL(cardCount + readyOfMine), store.SQL(cardLines + readyOfMine + longestWaiting)},
		waiting:  card{store.SQL(cardCount + waitingOfMine), store.SQL(cardLines + waitingOfMine + longestWaiting)},
		perStage: store.SQL(`select c.stage, count(*) from cases c where c.worker_id = ? and c.stage <> 'closed' and {see c} group by c.stage`),
		visits:   store.SQL(`select count(*) from cases c join contacts k on k.case_id = c.id where c.worker_id = ? and c.stage <> 'closed' and k.state = 'open' and k.due_on <= ? and {see c} and {see k}`),
	}
	// index: cases (centre_id, due_on), (centre_id, changed_at), (waiting, centre_id), (centre_id, stage, id)
	centreCards = cards{
		late:     card{store.SQL(cardCount + lateThere), store.SQL(cardLines + lateThere + soonest)},
		ready:    card{store.SQL(cardCount + readyThere), store.SQL(cardLines + readyThere + longestWaiting)},
		waiting:  card{store.SQL(cardCount + waitingThere), store.SQL(cardLines + waitingThere + longestWaiting)},
		perStage: store.SQL(`select c.stage, count(*) from cases c where c.stage <> 'closed' and {see c} group by c.stage`),
		visits:   store.SQL(`select count(*) from contacts k where k.state = 'open' and k.due_on <= ? and {see k}`),
	}
	loadPerMate = store.SQL(`select c.worker_id, max(w.name), count(*), sum(case when c.due_on < ? then 1 else 0 end)
		from cases c join staff w on w.user_id = c.worker_id where c.stage <> 'closed' and {see c} and {see w}
		group by c.worker_id order by 4 desc, 2 limit 12`)
)
