package needs

import (
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const problemColumns = `p.id, p.version, p.centre_id, p.source, p.source_ref, p.standard_key, p.criterion, p.title, p.detail, p.impact, p.risk, p.people, p.state,
	p.found_on, p.closed_on, p.closed_why, p.user_name,
	(select count(*) from institution_needs n where n.problem_id = p.id and {see n}),
	(select count(*) from institution_needs n where n.problem_id = p.id and n.live and {see n}),
	(select coalesce(sum(n.cost), 0) from institution_needs n where n.problem_id = p.id and n.state <> 'refused' and {see n})`

var (
	// index: problems (centre_id, state, id); institution_needs (problem_id, id)
	problemsAt = store.SQL(`select ` + problemColumns + ` from problems p where p.centre_id = ? and p.state = ? and p.id > ? and {see p} order by p.id limit ?`)
	problemOne = store.SQL(`select ` + problemColumns + ` from problems p where p.id = ? and {see p}`)
	refsOpen   = store.SQL(`select p.source, p.source_ref, p.criterion from problems p where p.centre_id = ? and p.state = 'open' and {see p}`)
	newProblem = store.SQL(`insert into problems (id, version, source, source_ref, standard_key, criterion, title, detail, impact, risk, people, state, found_on, closed_why,
			user_id, user_name, centre_id)
		select ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, '', ?, ?, e.id from centres e where e.id = ? and {see e}`)
	setProblem = store.SQL(`update problems set state = ?, closed_on = ?, closed_why = ?, version = version + 1 where id = ? and version = ? and {see problems}`)
)

func scanProblem(r store.Row) (p Problem, err error) {
	err = r.Scan(&p.ID, &p.Version, &p.Centre, &p.Source, &p.Ref, &p.Standard, &p.Criterion, &p.Title, &p.Detail, &p.Impact, &p.Risk, &p.People, &p.State,
		&p.FoundOn, &p.ClosedOn, &p.ClosedWhy, &p.By, &p.Needs, &p.Live, &p.Cost)
	return p, err
}

func problemByID(tx *store.Tx, problem id.ID) (Problem, error) {
	return store.One(tx, problemOne, scanProblem, problem)
}

func problemsOf(tx *store.Tx, at id.ID, state string, after id.ID, limit int64) ([]Problem, error) {
	return store.Each(tx, problemsAt, scanProblem, at, state, int64(after), limit)
}

// openRefs gives what already stands as an open problem: a source with its reference, and each criterion.
func openRefs(tx *store.Tx, at id.ID) (map[string]bool, error) {
	all := map[string]bool{}
	return all, store.Stream(tx, refsOpen, func(r store.Row) (ref [3]string, err error) {
		err = r.Scan(&ref[0], &ref[1], &ref[2])
		return ref, err
	}, func(ref [3]string) error {
		if ref[1] != "" {
			all[ref[0]+"\n"+ref[1]] = true
		}
		if ref[2] != "" {
			all[ref[2]] = true
		}
		return nil
	}, at)
}

func insertProblem(tx *store.Tx, p Problem) error {
	return entered(store.Exec(tx, newProblem, p.ID, p.Source, p.Ref, p.Standard, p.Criterion, p.Title, p.Detail, p.Impact, p.Risk, p.People, p.FoundOn,
		tx.By().User, p.By, p.Centre))
}

func keepProblem(tx *store.Tx, p *Problem) error {
	return store.Change(tx, &p.Version, setProblem, p.State, p.ClosedOn, p.ClosedWhy, p.ID, p.Version)
}

// entered tells fail.Stale where nothing was entered: what it hangs on was read under the asker's scope before.
func entered(n int64, err error) error {
	if err == nil && n == 0 {
		return fail.Stale
	}
	return err
}
