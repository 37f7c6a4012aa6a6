package casework

import (
	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
)

var (
	// index: cases_due (centre_id, due_on, worker_id, stage), cases_waiting, contacts_open (centre_id, state, due_on), staff (centre_id, id)
	loadByStage = store.SQL(`select coalesce(c.worker_id, 0), c.stage, count(*), sum(case when c.due_on < ? then 1 else 0 end)
		from cases c where c.centre_id = ? and c.stage <> 'closed' and {see c} group by c.worker_id, c.stage`)
	waitingByWorker = store.SQL(`select coalesce(c.worker_id, 0), count(*) from cases c
		where c.waiting in ('waiver', 'plan', 'decision') and c.waiting <> '' and c.centre_id = ? and {see c} group by c.worker_id`)
	visitsByWorker = store.SQL(`select coalesce(c.worker_id, 0), count(*) from contacts k join cases c on c.id = k.case_id
		where k.centre_id = ? and k.state = 'open' and k.due_on <= ? and c.stage <> 'closed' and {see k} and {see c} group by c.worker_id`)
	workersThere = store.SQL(`select w.user_id, w.name, w.kind from staff w where w.centre_id = ? and w.user_id is not null and {see w} order by w.name, w.id`)

	// index: contacts_soon (due_on, id, centre_id)
	visitsByCentre = store.SQL(`select k.centre_id, count(*) from contacts k join cases c on c.id = k.case_id
		where k.state = 'open' and k.due_on <= ? and c.stage <> 'closed' and {see k} and {see c} group by k.centre_id`)
)

type stageLoad struct {
	worker  id.ID
	stage   string
	n, late int64
}

func scanStageLoad(r store.Row) (s stageLoad, err error) {
	err = r.Scan(&s.worker, &s.stage, &s.n, &s.late)
	return s, err
}

type summed struct {
	of id.ID // a worker or a centre
	n  int64
}

func scanSummed(r store.Row) (s summed, err error) {
	err = r.Scan(&s.of, &s.n)
	return s, err
}

type colleague struct {
	user       id.ID
	name, kind string
}

func scanColleague(r store.Row) (c colleague, err error) {
	err = r.Scan(&c.user, &c.name, &c.kind)
	return c, err
}

// WorkerNames are those of the staff of a centre who work with the program, by their user.
func WorkerNames(tx *store.Tx, at id.ID) (map[id.ID]string, error) {
	staff, err := store.Each(tx, workersThere, scanColleague, at)
	names := map[id.ID]string{}
	for _, c := range staff {
		names[c.user] = c.name
	}
	return names, err
}

// loadsOf gives the load of everybody who carries cases at a centre, of each social worker there who carries none, and of
// nobody when cases lie with nobody.
func loadsOf(tx *store.Tx, at id.ID, today clock.Day) ([]Load, error) {
	staff, err := store.Each(tx, workersThere, scanColleague, at)
	if err != nil {
		return nil, err
	}
	loads, order := map[id.ID]*Load{}, []id.ID{}
	of := func(worker id.ID) *Load {
		if loads[worker] == nil {
			loads[worker] = &Load{Worker: worker, Centre: at, Stages: map[string]int64{}}
			order = append(order, worker)
		}
		return loads[worker]
	}
	names := map[id.ID]string{}
	for _, c := range staff {
		names[c.user] = c.name
		if c.kind == "pekerja_sosial" {
			of(c.user)
		}
	}
	stages, err := store.Each(tx, loadByStage, scanStageLoad, today, at)
	for _, s := range stages {
		l := of(s.worker)
		l.Stages[s.stage] += s.n
		l.Cases, l.Late = l.Cases+s.n, l.Late+s.late
	}
	if err != nil {
		return nil, err
	}
	waiting, err := store.Each(tx, waitingByWorker, scanSummed, at)
	for _, s := range waiting {
		of(s.of).Waiting += s.n
	}
	if err != nil {
		return nil, err
	}
	visits, err := store.Each(tx, visitsByWorker, scanSummed, at, today.Add(soonDays))
	for _, s := range visits {
		of(s.of).Visit += s.n
	}
	all := make([]Load, len(order))
	for i, worker := range order {
		all[i] = *loads[worker]
		all[i].Name = names[worker]
	}
	return all, err
}

// centreLoads fills the loads of centres.
func centreLoads(tx *store.Tx, at map[id.ID]*Load, today clock.Day) error {
	all, err := pressing(tx)
	if err != nil {
		return err
	}
	for centre, p := range all {
		if l := at[centre]; l != nil {
			l.Stages, l.Cases, l.Late, l.Waiting = p.Stages, p.Open, p.Late, p.Waiting
		}
	}
	visits, err := store.Each(tx, visitsByCentre, scanSummed, today.Add(soonDays))
	for _, s := range visits {
		if l := at[s.of]; l != nil {
			l.Visit = s.n
		}
	}
	return err
}

// index: cases_open_centre, stays_person
var waitingForBed = store.SQL(`select count(*) from cases c where c.centre_id = ? and c.stage in ('approach', 'assessment', 'planning') and c.stage <> 'closed'
	and c.setting = 'inside' and c.decision_on is not null and {see c}
	and not exists (select 1 from stays y where y.person_id = c.person_id and y.to_on is null and {see y})`)

// WaitingForBed counts those whom a centre has received by decision and who have no bed yet.
func WaitingForBed(tx *store.Tx, at id.ID) (int64, error) {
	return store.One(tx, waitingForBed, store.Int, at)
}
