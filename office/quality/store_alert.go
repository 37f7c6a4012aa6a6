package quality

import (
	"cmp"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
)

const (
	ruleColumns = `select r.id, r.version, r.indicator, r.place, r.centre_id, r.condition, r.value, r.against, r.owner_role, r.owner_id, r.days, r.severity, r.state, r.note,
		r.made_on, coalesce(r.user_id, 0), r.user_name from alert_rules r `
	taskColumns = `select k.id, k.version, k.rule_id, k.rule_version, k.indicator, k.centre_id, k.condition, k.value, k.threshold, k.numerator, k.denominator, k.from_on, k.to_on,
		k.severity, k.owner_role, k.owner_id, k.opened_on, k.due_on, k.state, k.back_on, k.escalated_on, k.closed_on from alert_tasks k `
	mine = `(k.owner_id = ? and k.owner_id <> 0 or k.owner_role = ? and (k.centre_id = 0 or cast(? as bigint) = 0 or k.centre_id = ?))`
)

var (
	ruleOne     = store.SQL(ruleColumns + `where r.id = ?`)
	rulesAfter  = store.SQL(ruleColumns + `where r.id < ? order by r.id desc limit ?`)
	rulesActive = store.SQL(ruleColumns + `where r.state = 'active' order by r.id limit 500`) // some dozens
	newRule     = store.SQL(`insert into alert_rules (id, version, indicator, place, centre_id, condition, value, against, owner_role, owner_id, days, severity, state, note, made_on, user_id, user_name)
		values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	setRule = store.SQL(`update alert_rules set version = version + 1, indicator = ?, place = ?, centre_id = ?, condition = ?, value = ?, against = ?, owner_role = ?, owner_id = ?,
		days = ?, severity = ?, state = ?, note = ? where id = ? and version = ?`)

	taskOne = store.SQL(taskColumns + `where k.id = ?`)
	// index: alert_tasks_open; as many as rules have places
	tasksOpen = store.SQL(taskColumns + `where k.open_key is not null and k.id < ? {parts} order by k.id desc limit ?`)
	tasksDone = store.SQL(taskColumns + `where k.open_key is null and k.id < ? order by k.id desc limit ?`)
	ofMine    = store.NewPart(`and ` + mine)
	isLate    = store.NewPart(`and k.due_on < ?`)
	taskSums  = store.SQL(`select count(*), coalesce(sum(case when k.due_on < ? then 1 else 0 end), 0), coalesce(sum(case when ` + mine + ` then 1 else 0 end), 0)
		from alert_tasks k where k.open_key is not null`)
	// index: alert_tasks_rule; of rules that are on, the last task of each place
	tasksLast = store.SQL(taskColumns + `where k.id in (select max(n.id) from alert_tasks n join alert_rules r on r.id = n.rule_id where r.state = 'active' group by n.rule_id, n.centre_id)
		order by k.id limit 20000`)
	tasksLate = store.SQL(taskColumns + `where k.open_key is not null and k.due_on < ? and k.escalated_on is null order by k.id limit 500`)
	newTask   = store.SQL(`insert into alert_tasks (id, version, open_key, rule_id, rule_version, indicator, centre_id, condition, value, threshold, numerator, denominator, from_on, to_on, severity,
		owner_role, owner_id, opened_on, due_on, state, back_on, escalated_on, closed_on) values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, null, null)
		on conflict (open_key) do nothing`)
	setTask    = store.SQL(`update alert_tasks set version = version + 1, state = ?, open_key = ?, closed_on = ? where id = ? and version = ?`)
	turnedTask = store.SQL(`update alert_tasks set version = version + 1, back_on = ? where id = ? and version = ?`)
	lateTask   = store.SQL(`update alert_tasks set version = version + 1, escalated_on = ? where id = ? and escalated_on is null and open_key is not null`)

	newStep   = store.SQL(`insert into alert_steps (id, task_id, kind, note, on_day, user_name) values (?, ?, ?, ?, ?, ?)`)
	stepsTask = store.SQL(`select s.kind, s.note, s.on_day, s.user_name from alert_steps s where s.task_id = ? order by s.id desc limit 200`) // index: alert_steps_task
)

func scanRule(row store.Row) (r Rule, err error) {
	err = row.Scan(&r.ID, &r.Version, &r.Indicator, &r.Place, &r.Centre, &r.Condition, &r.Value, &r.Against, &r.Role, &r.Owner, &r.Days, &r.Severity, &r.State, &r.Note,
		&r.MadeOn, &r.User, &r.By)
	return r, err
}

func ruleByID(tx *store.Tx, rule id.ID) (Rule, error) { return store.One(tx, ruleOne, scanRule, rule) }

func rulesNewest(tx *store.Tx, before id.ID, limit int64) ([]Rule, error) {
	return store.Each(tx, rulesAfter, scanRule, cmp.Or(before, id.Last), limit)
}

func activeRules(tx *store.Tx) ([]Rule, error) { return store.Each(tx, rulesActive, scanRule) }

func insertRule(tx *store.Tx, r Rule) error {
	_, err := store.Exec(tx, newRule, r.ID, r.Indicator, r.Place, int64(r.Centre), r.Condition, r.Value, r.Against, r.Role, int64(r.Owner), r.Days, r.Severity, r.State, r.Note, r.MadeOn, r.User, r.By)
	return err
}

func keepRule(tx *store.Tx, r *Rule) error {
	return store.Change(tx, &r.Version, setRule, r.Indicator, r.Place, int64(r.Centre), r.Condition, r.Value, r.Against, r.Role, int64(r.Owner), r.Days, r.Severity, r.State, r.Note, r.ID, r.Version)
}

func scanTask(row store.Row) (t Task, err error) {
	var den *int64
	err = row.Scan(&t.ID, &t.Version, &t.Rule, &t.RuleVersion, &t.Indicator, &t.Centre, &t.Condition, &t.Value, &t.Threshold, &t.Figure.Numerator, &den, &t.From, &t.To,
		&t.Severity, &t.Role, &t.Owner, &t.OpenedOn, &t.DueOn, &t.State, &t.BackOn, &t.EscalatedOn, &t.ClosedOn)
	if den != nil {
		t.Figure.Denominator, t.Figure.Over = *den, true
	}
	return t, err
}

func taskByID(tx *store.Tx, task id.ID) (Task, error) { return store.One(tx, taskOne, scanTask, task) }

// ofAsker are the arguments by which the asker's own tasks are found.
func ofAsker(tx *store.Tx) []any {
	by := tx.By()
	at := by.Whole().Only()
	return []any{int64(by.User), by.Role, int64(at), int64(at)}
}

func tasksOf(tx *store.Tx, f Filter, before id.ID, limit int64) ([]Task, error) {
	before = cmp.Or(before, id.Last)
	if f.Show == "ended" {
		return store.Each(tx, tasksDone, scanTask, before, limit)
	}
	q := tasksOpen.With(f.Show == "mine", ofMine, ofAsker(tx)...).With(f.Show == "late", isLate, tx.Today())
	return store.Each(tx, q, scanTask, before, limit)
}

func countTasks(tx *store.Tx) (Counts, error) {
	return store.One(tx, taskSums, func(r store.Row) (c Counts, err error) {
		err = r.Scan(&c.Open, &c.Late, &c.Mine)
		return c, err
	}, append([]any{tx.Today()}, ofAsker(tx)...)...)
}

// lastTasks gives the last task of each place of each rule that is on.
func lastTasks(tx *store.Tx) (map[string]Task, error) {
	all := map[string]Task{}
	return all, store.Stream(tx, tasksLast, scanTask, func(t Task) error {
		all[openKey(t.Rule, t.Centre)] = t
		return nil
	})
}

func lateTasks(tx *store.Tx, today clock.Day) ([]Task, error) {
	return store.Each(tx, tasksLate, scanTask, today)
}

// insertTask makes a task; false where the rule has an open one at this place already.
func insertTask(tx *store.Tx, t Task) (bool, error) {
	var den *int64
	if t.Figure.Over {
		den = &t.Figure.Denominator
	}
	n, err := store.Exec(tx, newTask, t.ID, openKey(t.Rule, t.Centre), t.Rule, t.RuleVersion, t.Indicator, int64(t.Centre), t.Condition, t.Value, t.Threshold, t.Figure.Numerator, den,
		t.From, t.To, t.Severity, t.Role, int64(t.Owner), t.OpenedOn, t.DueOn, t.State)
	return n == 1, err
}

func keepTask(tx *store.Tx, t *Task) error {
	var key *string
	if t.Open() {
		k := openKey(t.Rule, t.Centre)
		key = &k
	}
	return store.Change(tx, &t.Version, setTask, t.State, key, t.ClosedOn, t.ID, t.Version)
}

func turnTask(tx *store.Tx, t Task, back clock.Day) (bool, error) {
	n, err := store.Exec(tx, turnedTask, back, t.ID, t.Version)
	return n == 1, err
}

func escalateTask(tx *store.Tx, task id.ID) (bool, error) {
	n, err := store.Exec(tx, lateTask, tx.Today(), task)
	return n == 1, err
}

func insertStep(tx *store.Tx, task id.ID, kind, note string) error {
	_, err := store.Exec(tx, newStep, id.New(), task, kind, note, tx.Today(), tx.By().Name)
	return err
}

func stepsOf(tx *store.Tx, task id.ID) ([]Step, error) {
	return store.Each(tx, stepsTask, func(r store.Row) (s Step, err error) {
		err = r.Scan(&s.Kind, &s.Note, &s.On, &s.By)
		return s, err
	}, task)
}
