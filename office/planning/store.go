package planning

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/needs"
)

const planColumns = `q.id, q.version, q.name, q.centre_id, q.year, q.ceiling, q.state, q.gain, q.most, q.cost, q.worked_at, q.adopted_on, q.user_name`

var (
	planOne     = store.SQL(`select ` + planColumns + ` from action_plans q where q.id = ?`)
	plansAll    = store.SQL(`select ` + planColumns + ` from action_plans q where q.id < ? order by q.id desc limit ?`)                     // index: the primary key
	plansInside = store.SQL(`select ` + planColumns + ` from action_plans q where q.centre_id = ? and q.id < ? order by q.id desc limit ?`) // index: action_plans (centre_id, id)
	newPlan     = store.SQL(`insert into action_plans (id, version, name, centre_id, year, ceiling, state, gain, most, cost, worked_at, adopted_on, user_id, user_name)
		values (?, 1, ?, ?, ?, ?, 'draft', 0, 0, 0, 0, null, ?, ?)`)
	setPlan = store.SQL(`update action_plans set ceiling = ?, state = ?, gain = ?, most = ?, cost = ?, worked_at = ?, adopted_on = ?, version = version + 1 where id = ? and version = ?`)

	dropChoices = store.SQL(`delete from action_choices where plan_id = ?`)
	dropLines   = store.SQL(`delete from action_plan_lines where plan_id = ? and {see action_plan_lines}`)
	newChoice   = store.SQL(`insert into action_choices (plan_id, action_id, centre_id, lock, chosen, cost, gain) values (?, ?, ?, ?, ?, ?, ?)`)
	newLines    = store.SQL(`insert into action_plan_lines (id, plan_id, action_id, need_id, centre_id, criterion, kind, name, unit, quantity, unit_price, cost, fund, fund_note, year, priority, state)
		select ?, ?, n.action_id, n.id, n.centre_id, n.criterion, n.kind, n.name, n.unit, n.quantity, n.unit_price, n.cost, n.fund, n.fund_note, n.year, n.priority, n.state
		from institution_needs n where n.id = ? and {see n}`)
	needsPaid = store.SQL(`select n.id from institution_needs n where n.action_id = ? and n.year = ? and n.live and {see n} order by n.id`) // index: institution_needs (action_id, id)

	choicesOf = store.SQL(`select h.action_id, a.title, coalesce(g.name, o.name, ''), a.owner_name, h.centre_id, coalesce(e.name, ''), h.lock, h.chosen, h.cost, h.gain
		from action_choices h join actions a on a.id = h.action_id left join centre_list e on e.id = a.centre_id left join agencies g on g.id = a.agency_id
		left join centre_list o on o.id = a.owner_centre where h.plan_id = ? order by h.chosen desc, h.gain desc, h.action_id limit 400`)  // index: action_choices (plan_id, action_id)
	lockedOf  = store.SQL(`select h.action_id, h.lock from action_choices h where h.plan_id = ? and h.lock <> ''`)
	paidLines = store.SQL(`select l.need_id, l.action_id, l.centre_id, l.criterion, l.kind, l.name, l.unit, l.quantity, l.unit_price, l.cost, l.fund, l.fund_note, l.year, l.priority, l.state
		from action_plan_lines l where l.plan_id = ? and {see l} order by l.centre_id, l.id limit 20000`)  // index: action_plan_lines (plan_id, centre_id, id)
)

func scanPlan(r store.Row) (p Plan, err error) {
	var at int64
	err = r.Scan(&p.ID, &p.Version, &p.Name, &p.Centre, &p.Year, &p.Ceiling, &p.State, &p.Gain, &p.Most, &p.Cost, &at, &p.AdoptedOn, &p.By)
	p.WorkedAt = time.UnixMilli(at)
	return p, err
}

func planByID(tx *store.Tx, plan id.ID) (Plan, error) { return store.One(tx, planOne, scanPlan, plan) }

// plansBefore lists all plans for who sees the province, else those of the asker's one institution.
func plansBefore(tx *store.Tx, scope who.Scope, before id.ID, limit int64) ([]Plan, error) {
	before = cmp.Or(before, id.Last)
	if scope.All {
		return store.Each(tx, plansAll, scanPlan, before, limit)
	}
	return store.Each(tx, plansInside, scanPlan, int64(scope.Only()), before, limit)
}

func insertPlan(tx *store.Tx, p Plan) error {
	_, err := store.Exec(tx, newPlan, p.ID, p.Name, p.Centre, p.Year, p.Ceiling, tx.By().User, p.By)
	return err
}

func keepPlan(tx *store.Tx, p *Plan) error {
	return store.Change(tx, &p.Version, setPlan, p.Ceiling, p.State, p.Gain, p.Most, p.Cost, p.WorkedAt.UnixMilli(), p.AdoptedOn, p.ID, p.Version)
}

func clearChoice(tx *store.Tx, plan id.ID) error {
	if _, err := store.Exec(tx, dropChoices, plan); err != nil {
		return err
	}
	_, err := store.Exec(tx, dropLines, plan)
	return err
}

// insertChoice keeps what became of an action in a plan, and of a chosen one the needs that are paid.
func insertChoice(tx *store.Tx, p Plan, l Line) error {
	if _, err := store.Exec(tx, newChoice, p.ID, l.ID, l.Centre, l.Lock, l.Chosen, l.Cost, l.Gain); err != nil || !l.Chosen {
		return err
	}
	paid, err := store.Each(tx, needsPaid, store.IDs, l.ID, p.Year)
	for _, n := range paid {
		if _, err := store.Exec(tx, newLines, id.New(), p.ID, n); err != nil {
			return err
		}
	}
	return err
}

func locksOf(tx *store.Tx, plan id.ID) (map[id.ID]string, error) {
	all := map[id.ID]string{}
	return all, store.Stream(tx, lockedOf, func(r store.Row) (l Line, err error) {
		err = r.Scan(&l.ID, &l.Lock)
		return l, err
	}, func(l Line) error {
		all[l.ID] = l.Lock
		return nil
	}, plan)
}

func linesOf(tx *store.Tx, plan id.ID) ([]Line, error) {
	return store.Each(tx, choicesOf, func(r store.Row) (l Line, err error) {
		var org, person string
		err = r.Scan(&l.ID, &l.Title, &org, &person, &l.Centre, &l.CentreName, &l.Lock, &l.Chosen, &l.Cost, &l.Gain)
		if l.Owner = person; org != "" {
			l.Owner = org + ", " + person
		}
		return l, err
	}, plan)
}

func paidBy(tx *store.Tx, plan id.ID) ([]needs.Need, error) {
	return store.Each(tx, paidLines, func(r store.Row) (n needs.Need, err error) {
		err = r.Scan(&n.ID, &n.Action, &n.Centre, &n.Criterion, &n.Kind, &n.Name, &n.Unit, &n.Quantity, &n.UnitPrice, &n.Cost, &n.Fund, &n.FundNote, &n.Year, &n.Priority, &n.State)
		return n, err
	}, plan)
}

func sortedKeys(set map[int]bool) []int { return slices.Sorted(maps.Keys(set)) }
