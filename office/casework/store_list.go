package casework

import (
	"math"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/person"
)

var (
	// index: the key, and by part: cases (centre_id, stage, id), (worker_id, stage, due_on), (person_id, id)
	caseLines = store.SQL(`select ` + caseColumns + `, p.called, p.sex, p.birth_date, p.birth_precision, coalesce(p.birth_from, 0),
			coalesce(p.birth_to, 0), e.name, coalesce(w.name, '')
		from cases c
		join persons p on p.id = c.person_id
		join centre_list e on e.id = c.centre_id
		left join staff w on w.user_id = c.worker_id and {see w}
		where c.id < ? and {see c} and {see p by c} {parts}
		order by c.id desc limit ?`)
	// by name: three hundred of the newest bearers first, then their cases: who looks for a name that more people
	// bear, adds a word. The sum keeps the planner from going through all cases by key.
	namedLines = store.SQL(`select ` + caseColumns + `, p.called, p.sex, p.birth_date, p.birth_precision, coalesce(p.birth_from, 0),
			coalesce(p.birth_to, 0), e.name, coalesce(w.name, '')
		from cases c
		join persons p on p.id = c.person_id
		join centre_list e on e.id = c.centre_id
		left join staff w on w.user_id = c.worker_id and {see w}
		where c.person_id in (
			select t.person_id from person_token t where t.token_id in (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) and {see t}
			and t.person_id in (select o.person_id from person_token o where o.token_id in (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) and {see o})
			order by t.person_id + 0 desc limit 300)
		and c.id + 0 < ? and {see c} and {see p by c} {parts}
		order by c.id + 0 desc limit ?`)  // index: person_token (the key), person_token (person_id, token_id), cases (person_id, id)
	ofPerson   = store.NewPart(`and c.person_id = ?`)
	ofCentre   = store.NewPart(`and c.centre_id = ?`)
	ofWorker   = store.NewPart(`and c.worker_id = ?`)
	inStage    = store.NewPart(`and c.stage = ?`)
	ofKind     = store.NewPart(`and c.ppks_type = ?`)
	waitingFor = store.NewPart(`and c.waiting = ? and c.waiting <> ''`) // the index holds only those
	waitingAny = store.NewPart(`and c.waiting in ('waiver', 'plan', 'decision') and c.waiting <> ''`)
	ofNobody   = store.NewPart(`and c.worker_id is null`)
	readyNow   = store.NewPart(`and c.missing = 0 and c.stage <> 'closed'`)
	dueWithin  = store.NewPart(`and c.due_on >= ? and c.due_on <= ? and c.stage <> 'closed'`)
	dueAfter   = store.NewPart(`and c.due_on > ? and c.stage <> 'closed'`)
	dueNever   = store.NewPart(`and c.due_on is null and c.stage <> 'closed'`)
	// the restricted alone, who are few: index: persons_restricted, cases (person_id, id)
	restrictedCases = store.SQL(`select count(*) from persons p join cases c on c.person_id = p.id
		where p.restricted and {see c} and {see p by c} {parts}`)
	lateOn    = store.NewPart(`and c.due_on < ? and c.stage <> 'closed'`)
	stillOpen = store.NewPart(`and c.stage <> 'closed'`)
	nowClosed = store.NewPart(`and c.stage = 'closed'`)
)

func scanLine(r store.Row) (l Line, err error) {
	l.Case, err = scanCase(r, &l.Called, &l.Sex, &l.Birth.Date, &l.Birth.Precision, &l.Birth.From, &l.Birth.To, &l.CentreName, &l.WorkerName)
	return l, err
}

func listOf(tx *store.Tx, f Filter, limit int64) ([]Line, error) {
	worker, err := f.worker(tx.By())
	if err != nil {
		return nil, err
	}
	after := f.After
	if after == 0 {
		after = math.MaxInt64
	}
	asked, args := caseLines, []any{after, limit}
	if f.Q != "" {
		bearers, err := person.Bearing(tx, f.Q)
		if err != nil || bearers == nil {
			return nil, err
		}
		asked, args = namedLines, append(bearers, args...)
	}
	return store.Each(tx, f.narrow(tx, asked, worker), scanLine, args...)
}

// narrow adds to a statement over cases c what the filter asks for, but for the name.
func (f Filter) narrow(tx *store.Tx, asked *store.Stmt, worker id.ID) *store.Query {
	today := tx.Today()
	week := today.Add(soonDays)
	return asked.
		With(f.Person != 0, ofPerson, f.Person).
		With(f.Centre != 0, ofCentre, f.Centre).
		With(f.Worker != "" && f.Worker != nobody, ofWorker, worker).
		With(f.Worker == nobody, ofNobody).
		With(f.Stage != "", inStage, f.Stage).
		With(f.Kind != "", ofKind, f.Kind).
		With(f.Waiting != "" && f.Waiting != "any", waitingFor, f.Waiting).
		With(f.Waiting == "any", waitingAny).
		With(f.Late || f.Due == "late", lateOn, today).
		With(f.Due == "week", dueWithin, today, week).
		With(f.Due == "later", dueAfter, week).
		With(f.Due == "none", dueNever).
		With(f.Ready, readyNow).
		With(f.Open != nil && *f.Open, stillOpen).
		With(f.Open != nil && !*f.Open, nowClosed)
}

// withheldFrom counts the cases that a figure counts and the list behind it does not show.
func withheldFrom(tx *store.Tx, f Filter) (int64, error) {
	worker, err := f.worker(tx.By())
	if err != nil {
		return 0, err
	}
	return store.Withheld(tx, f.narrow(tx, restrictedCases, worker))
}

// OfPerson gives the cases of a person, the newest first.
func OfPerson(tx *store.Tx, of id.ID) ([]Line, error) {
	return listOf(tx, Filter{Person: of}, 100)
}
