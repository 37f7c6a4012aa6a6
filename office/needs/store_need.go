package needs

import (
	"cmp"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
)

const needColumns = `n.id, n.version, n.centre_id, n.problem_id, n.standard_key, n.criterion, n.kind, n.name, n.unit, n.quantity, n.unit_price, n.cost, n.impact, n.risk,
	n.people, n.mandated, n.priority, n.fund, n.fund_note, n.year, n.state, n.facility_id, n.purchase_id, n.action_id, n.note, n.proposed_on, n.moved_on, n.delivered_on,
	n.user_name`

var (
	ofKind = store.NewPart(`and n.kind = ?`)
	ofYear = store.NewPart(`and n.year = ?`)
	ofFund = store.NewPart(`and n.fund = ?`)
	inside = store.NewPart(`and n.centre_id = ?`)
	behind = store.NewPart(`and n.priority <= ? and (n.priority < ? or n.id > ?)`)

	// index: institution_needs_centre, _state, _kind, _all: each carries the order
	needsLive     = store.SQL(`select ` + needColumns + ` from institution_needs n where n.live = true and {see n} {parts} order by n.priority desc, n.id limit ?`)
	needsInState  = store.SQL(`select ` + needColumns + ` from institution_needs n where n.state = ? and {see n} {parts} order by n.priority desc, n.id limit ?`)
	needOne       = store.SQL(`select ` + needColumns + ` from institution_needs n where n.id = ? and {see n}`)
	needsUnder    = store.SQL(`select ` + needColumns + ` from institution_needs n where n.problem_id = ? and {see n} order by n.id limit 200`)  // index: (problem_id, id)
	needsInAction = store.SQL(`select ` + needColumns + ` from institution_needs n where n.action_id = ? and {see n} order by n.id limit 500`)   // index: (action_id, id)
	needsBought   = store.SQL(`select ` + needColumns + ` from institution_needs n where n.purchase_id = ? and {see n} order by n.id limit 500`) // index: (purchase_id, id)
	needsToJoin   = store.SQL(`select ` + needColumns + ` from institution_needs n where n.year = ? and n.item = ? and n.live and n.purchase_id is null and n.state in ('proposed', 'reviewed', 'approved', 'budgeted') and {see n} order by n.centre_id, n.id limit 500`)
	needsUndone   = store.SQL(`select ` + needColumns + ` from institution_needs n where n.centre_id = ? and n.live and n.action_id is null and {see n} order by n.priority desc, n.id limit ?`) // index: institution_needs_centre

	newNeed = store.SQL(`insert into institution_needs (id, version, problem_id, standard_key, criterion, kind, name, item, unit, quantity, unit_price, cost, impact, risk, people,
			mandated, priority, fund, fund_note, year, state, live, facility_id, note, proposed_on, moved_on, user_id, user_name, centre_id)
		select ?, 1, p.id, p.standard_key, p.criterion, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, p.centre_id from problems p where p.id = ? and {see p}`)
	setNeed = store.SQL(`update institution_needs set kind = ?, name = ?, item = ?, unit = ?, quantity = ?, unit_price = ?, cost = ?, mandated = ?, priority = ?, fund = ?,
			fund_note = ?, year = ?, state = ?, live = ?, purchase_id = ?, action_id = ?, note = ?, moved_on = ?, delivered_on = ?, version = version + 1
		where id = ? and version = ? and {see institution_needs}`)

	stepsThere = store.SQL(`select v.id, v.at, v.state, v.note, v.user_name from need_events v where v.need_id = ? and {see v} order by v.id desc limit 100`) // index: need_events (need_id, id)
	newStep    = store.SQL(`insert into need_events (id, at, state, note, user_name, need_id, centre_id)
		select ?, ?, ?, ?, ?, n.id, n.centre_id from institution_needs n where n.id = ? and {see n}`)
)

func scanNeed(r store.Row) (n Need, err error) {
	err = r.Scan(&n.ID, &n.Version, &n.Centre, &n.Problem, &n.Standard, &n.Criterion, &n.Kind, &n.Name, &n.Unit, &n.Quantity, &n.UnitPrice, &n.Cost, &n.Impact, &n.Risk,
		&n.People, &n.Mandated, &n.Priority, &n.Fund, &n.FundNote, &n.Year, &n.State, &n.Facility, &n.Purchase, &n.Action, &n.Note, &n.ProposedOn, &n.MovedOn,
		&n.DeliveredOn, &n.By)
	return n, err
}

func needByID(tx *store.Tx, need id.ID) (Need, error) { return store.One(tx, needOne, scanNeed, need) }

func needsOfProblem(tx *store.Tx, problem id.ID) ([]Need, error) {
	return store.Each(tx, needsUnder, scanNeed, problem)
}

func needsBy(tx *store.Tx, f Filter, from int64, after id.ID, limit int64) ([]Need, error) {
	var q *store.Query
	var args []any
	if f.State == "" {
		q = needsLive.With(f.Centre != 0, inside, f.Centre)
	} else {
		q, args = needsInState.With(f.Centre != 0, inside, f.Centre), []any{f.State}
	}
	q = q.With(f.Kind != "", ofKind, f.Kind).With(f.Year != 0, ofYear, f.Year).With(f.Fund != "", ofFund, f.Fund).
		With(from != allPriorities, behind, from, from, int64(after))
	return store.Each(tx, q, scanNeed, append(args, limit)...)
}

func insertNeed(tx *store.Tx, n Need) error {
	if err := entered(store.Exec(tx, newNeed, n.ID, n.Kind, n.Name, n.Item(), n.Unit, n.Quantity, n.UnitPrice, n.Cost, n.Impact, n.Risk, n.People, n.Mandated, n.Priority,
		n.Fund, n.FundNote, n.Year, n.State, n.Live(), n.Facility, n.Note, n.ProposedOn, n.MovedOn, tx.By().User, n.By, n.Problem)); err != nil {
		return err
	}
	return insertStep(tx, n, "")
}

func keepNeed(tx *store.Tx, n *Need) error {
	return store.Change(tx, &n.Version, setNeed, n.Kind, n.Name, n.Item(), n.Unit, n.Quantity, n.UnitPrice, n.Cost, n.Mandated, n.Priority, n.Fund, n.FundNote, n.Year,
		n.State, n.Live(), n.Purchase, n.Action, n.Note, n.MovedOn, n.DeliveredOn, n.ID, n.Version)
}

func stepsOf(tx *store.Tx, need id.ID) ([]Step, error) {
	return store.Each(tx, stepsThere, func(r store.Row) (s Step, err error) {
		err = r.Scan(&s.ID, &s.At, &s.State, &s.Note, &s.By)
		return s, err
	}, need)
}

func insertStep(tx *store.Tx, n Need, note string) error {
	_, err := store.Exec(tx, newStep, id.New(), tx.Now().UnixMilli(), n.State, note, cmp.Or(tx.By().Name, n.By), n.ID)
	return err
}

// allPriorities is above each priority: a list from its beginning.
const allPriorities = 101

// index: institution_needs_year, a range of one year
var broughtThere = store.SQL(`select n.action_id, n.centre_id, n.criterion, n.cost from institution_needs n where n.year = ? and n.live and n.action_id is not null and {see n} {parts}
	order by n.action_id, n.id`)

func broughtIn(tx *store.Tx, year int64, at id.ID) ([]Brought, error) {
	return store.Each(tx, broughtThere.With(at != 0, inside, at), func(r store.Row) (b Brought, err error) {
		err = r.Scan(&b.Action, &b.Centre, &b.Criterion, &b.Cost)
		return b, err
	}, year)
}

// index: institution_needs_criterion, one institution
var deliveredThere = store.SQL(`select ` + needColumns + ` from institution_needs n where n.centre_id = ? and n.criterion <> '' and n.state = 'delivered' and n.delivered_on >= ?
	and n.delivered_on <= ? and {see n} order by n.id limit 2000`)

func deliveredAt(tx *store.Tx, at id.ID, from, to clock.Day) ([]Need, error) {
	return store.Each(tx, deliveredThere, scanNeed, at, from, to)
}

var (
	// index: need_sums (centre_id, ...): a few thousand rows; institution_needs_state carries the order
	proposedCount = store.SQL(`select coalesce(sum(s.n), 0) from need_sums s where s.state = 'proposed' and {see s}`)
	proposedPart  = store.SQL(`select ` + needColumns + `, e.name from institution_needs n join centre_list e on e.id = n.centre_id where n.state = 'proposed' and {see n}
		order by n.priority desc, n.id limit ? offset ?`)
)

// Wish is a need with the name of its institution.
type Wish struct {
	Need
	At string
}

func scanWish(r store.Row) (w Wish, err error) {
	w.Need, err = scanNeed(tailed{r, &w.At})
	return w, err
}

func proposed(tx *store.Tx, part store.Stretch) (int64, []Wish, error) {
	return store.CountedPart(tx, proposedCount, proposedPart, scanWish, part)
}

// index: institution_needs_action
var costBrought = store.SQL(`select n.action_id, sum(n.cost) from institution_needs n where n.action_id in (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) and n.state <> 'refused' and {see n} group by n.action_id`)

// CostsOf adds up, in rupiah, what at most ten actions bring, as far as the asker sees the needs.
func CostsOf(tx *store.Tx, actions []id.ID) (map[id.ID]int64, error) {
	out := map[id.ID]int64{}
	if len(actions) == 0 {
		return out, nil
	}
	args := make([]any, 10)
	for n := range args {
		args[n] = int64(actions[min(n, len(actions)-1)])
	}
	return out, store.Stream(tx, costBrought, func(r store.Row) (c struct {
		action id.ID
		cost   int64
	}, err error) {
		err = r.Scan(&c.action, &c.cost)
		return c, err
	}, func(c struct {
		action id.ID
		cost   int64
	}) error {
		out[c.action] = c.cost
		return nil
	}, args...)
}
