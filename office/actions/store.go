package actions

import (
	"time"

	"tuntas/house/id"
	"tuntas/house/store"
)

const actionColumns = `a.id, a.version, a.centre_id, coalesce(e.name, ''), a.title, a.detail, a.agency_id, a.owner_centre, coalesce(g.name, o.name, ''), a.owner_name, a.owner_user,
	a.start_on, a.due_on, a.measure, a.indicator, a.state, a.live, a.result, a.done_on, a.postponed, a.decided, a.former_id, a.made_on, a.user_id, a.user_name,
	(select count(*) from action_steps s where s.action_id = a.id and s.kind = 'escalated'),
	coalesce((select max(s.at) from action_steps s where s.action_id = a.id), 0)
	from actions a left join centre_list e on e.id = a.centre_id left join agencies g on g.id = a.agency_id left join centre_list o on o.id = a.owner_centre `

var (
	actionOne = store.SQL(`select ` + actionColumns + `where a.id = ?`)
	actionsBy = store.SQL(`select ` + actionColumns + `where a.former_id = ? order by a.id limit 5`)                                // index: actions_former
	ofItem    = store.SQL(`select ` + actionColumns + `where a.decided = ? order by a.id limit 50`)                                 // index: actions_decided
	ofItems   = store.SQL(`select ` + actionColumns + `where a.decided >= ? and a.decided <= ? order by a.decided, a.id limit 500`) // index: actions_decided
	newAction = store.SQL(`insert into actions (id, version, centre_id, title, detail, agency_id, owner_centre, owner_name, owner_user, start_on, due_on, measure, indicator, state, live,
			result, done_on, postponed, decided, former_id, made_on, user_id, user_name)
		values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', null, 0, ?, ?, ?, ?, ?)`)
	changedAction = store.SQL(`update actions set version = version + 1, due_on = ?, state = ?, live = ?, result = ?, done_on = ?, postponed = ? where id = ? and version = ?`)

	gapsOfAction = store.SQL(`select k.id, k.centre_id, coalesce(e.name, ''), k.standard_key, k.criterion from action_gaps k left join centre_list e on e.id = k.centre_id
		where k.action_id = ? order by k.centre_id, k.criterion limit 500`)  // index: action_gaps (action_id, centre_id, criterion)
	newGap = store.SQL(`insert into action_gaps (id, action_id, centre_id, standard_key, criterion) values (?, ?, ?, ?, ?) on conflict (action_id, centre_id, criterion) do nothing`)
	// index: action_gaps_centre; those of live actions
	closingAt = store.SQL(`select k.criterion, count(*) from action_gaps k join actions a on a.id = k.action_id where k.centre_id = ? and a.live = true group by k.criterion order by k.criterion limit 500`)

	stepsOfAction = store.SQL(`select s.id, s.kind, s.due_on, s.done_on, s.note, s.via, s.at, s.user_name from action_steps s where s.action_id = ? order by s.id limit 500`) // index: action_steps_action
	newStep       = store.SQL(`insert into action_steps (id, action_id, centre_id, kind, due_on, done_on, note, via, at, user_name) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	reachedStep   = store.SQL(`update action_steps set done_on = ? where id = ? and action_id = ? and kind = 'milestone' and done_on is null`)

	filesOfAction = store.SQL(`select v.id, v.action_id, v.title, v.label, v.type, v.size, v.sha256, v.added_on, v.user_name from action_files v where v.action_id = ? order by v.id limit 100`) // index: action_files_action
	fileCount     = store.SQL(`select count(*) from action_files v where v.action_id = ?`)                                                                                                       // index: action_files_action
	fileOne       = store.SQL(`select v.id, v.action_id, v.title, v.label, v.type, v.size, v.sha256, v.added_on, v.user_name, v.bytes from action_files v where v.id = ?`)
	newFile       = store.SQL(`insert into action_files (id, action_id, centre_id, step_id, title, label, type, size, sha256, bytes, added_on, user_name) values (?, ?, ?, null, ?, ?, ?, ?, ?, ?, ?, ?)`)

	agenciesNamed = store.SQL(`select g.id, g.name from agencies g where g.retired_on is null and g.centre_id is null order by g.name limit 500`) // index: agencies_name
)

func scanAction(r store.Row) (a Action, err error) {
	var at int64
	err = r.Scan(&a.ID, &a.Version, &a.Centre, &a.CentreName, &a.Title, &a.Detail, &a.Agency, &a.OwnerCentre, &a.OwnerOrg, &a.OwnerName, &a.OwnerUser,
		&a.StartOn, &a.DueOn, &a.Measure, &a.Indicator, &a.State, &a.Live, &a.Result, &a.DoneOn, &a.Postponed, &a.Decided, &a.Former, &a.MadeOn, &a.User, &a.By,
		&a.Escalated, &at)
	if at != 0 {
		a.LastAt = time.UnixMilli(at)
	}
	return a, err
}

// ByID gives an action; fail.NotFound when there is none.
func ByID(tx *store.Tx, action id.ID) (Action, error) {
	return store.One(tx, actionOne, scanAction, action)
}

// OfDecision gives the actions that an item of a meeting decided, with those that replaced them.
func OfDecision(tx *store.Tx, item id.ID) ([]Action, error) {
	return store.Each(tx, ofItem, scanAction, item)
}

// DecidedBetween gives the actions decided by items of an age: those of one meeting, and whose ids lie between them.
func DecidedBetween(tx *store.Tx, first, last id.ID) ([]Action, error) {
	return store.Each(tx, ofItems, scanAction, first, last)
}

func replacing(tx *store.Tx, former id.ID) ([]Action, error) {
	return store.Each(tx, actionsBy, scanAction, former)
}

func insertAction(tx *store.Tx, a Action) error {
	_, err := store.Exec(tx, newAction, a.ID, a.Centre, a.Title, a.Detail, a.Agency, a.OwnerCentre, a.OwnerName, a.OwnerUser, a.StartOn, a.DueOn, a.Measure, a.Indicator, a.State, a.Live,
		a.Decided, a.Former, a.MadeOn, a.User, a.By)
	return err
}

func keepAction(tx *store.Tx, a *Action) error {
	return store.Change(tx, &a.Version, changedAction, a.DueOn, a.State, a.Live, a.Result, a.DoneOn, a.Postponed, a.ID, a.Version)
}

func scanGap(r store.Row) (g Gap, err error) {
	err = r.Scan(&g.ID, &g.Centre, &g.CentreName, &g.Standard, &g.Criterion)
	return g, err
}

func gapsOf(tx *store.Tx, action id.ID) ([]Gap, error) {
	return store.Each(tx, gapsOfAction, scanGap, action)
}

func insertGap(tx *store.Tx, action id.ID, g Gap) error {
	_, err := store.Exec(tx, newGap, id.New(), action, g.Centre, g.Standard, g.Criterion)
	return err
}

// Closing counts the live actions that close each gap of an institution, by criterion: for those who plan its needs.
func Closing(tx *store.Tx, centre id.ID) (map[string]int64, error) {
	n := map[string]int64{}
	_, err := store.Each(tx, closingAt, func(r store.Row) (key string, err error) {
		var many int64
		err = r.Scan(&key, &many)
		n[key] = many
		return key, err
	}, centre)
	return n, err
}

func scanStep(r store.Row) (s Step, err error) {
	var at int64
	err = r.Scan(&s.ID, &s.Kind, &s.DueOn, &s.DoneOn, &s.Note, &s.Via, &at, &s.By)
	s.At = time.UnixMilli(at)
	return s, err
}

func stepsOf(tx *store.Tx, action id.ID) ([]Step, error) {
	return store.Each(tx, stepsOfAction, scanStep, action)
}

func insertStep(tx *store.Tx, a Action, s Step) error {
	_, err := store.Exec(tx, newStep, s.ID, a.ID, a.Centre, s.Kind, s.DueOn, s.DoneOn, s.Note, s.Via, tx.Now().UnixMilli(), tx.By().Name)
	return err
}

func reachStep(tx *store.Tx, action, step id.ID) (int64, error) {
	return store.Exec(tx, reachedStep, tx.Today(), step, action)
}

// copyOpen gives a new action the gaps and the open milestones of the one that it replaces.
func copyOpen(tx *store.Tx, from id.ID, to Action) error {
	gaps, err := gapsOf(tx, from)
	if err != nil {
		return err
	}
	for _, g := range gaps {
		if err := insertGap(tx, to.ID, g); err != nil {
			return err
		}
	}
	steps, err := stepsOf(tx, from)
	if err != nil {
		return err
	}
	for _, s := range steps {
		if s.Kind != stepMilestone || s.DoneOn != "" {
			continue
		}
		s.ID = id.New()
		if err := insertStep(tx, to, s); err != nil {
			return err
		}
	}
	return nil
}

func fileInto(f *File, r store.Row, more ...any) error {
	return r.Scan(append([]any{&f.ID, &f.Action, &f.Title, &f.Label, &f.Type, &f.Size, &f.SHA256, &f.AddedOn, &f.By}, more...)...)
}

func filesOf(tx *store.Tx, action id.ID) ([]File, error) {
	return store.Each(tx, filesOfAction, func(r store.Row) (f File, err error) { return f, fileInto(&f, r) }, action)
}

func fileByID(tx *store.Tx, file id.ID) (f File, body []byte, err error) {
	f, err = store.One(tx, fileOne, func(r store.Row) (f File, err error) { return f, fileInto(&f, r, &body) }, file)
	return f, body, err
}

func countFiles(tx *store.Tx, action id.ID) (int64, error) {
	return store.One(tx, fileCount, store.Int, action)
}

func insertFile(tx *store.Tx, a Action, f File, body []byte) error {
	_, err := store.Exec(tx, newFile, f.ID, a.ID, a.Centre, f.Title, f.Label, f.Type, f.Size, f.SHA256, body, f.AddedOn, f.By)
	return err
}

func agenciesInUse(tx *store.Tx) ([]Named, error) {
	return store.Each(tx, agenciesNamed, func(r store.Row) (n Named, err error) {
		err = r.Scan(&n.ID, &n.Name)
		return n, err
	})
}
