package actions

import (
	"cmp"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
)

// Lists of live actions come by date, those of what is over by date from the latest: both by actions_due, or by
// actions_centre, actions_agency, actions_owner and actions_owner_centre when they are narrowed. All together come by key.
var (
	livePage   = store.SQL(`select ` + actionColumns + `where a.live = true {parts} order by a.due_on, a.id limit ?`)
	closedPage = store.SQL(`select ` + actionColumns + `where a.live = false {parts} order by a.due_on desc, a.id desc limit ?`)
	allPage    = store.SQL(`select ` + actionColumns + `where a.id < ? {parts} order by a.id desc limit ?`)

	afterDue   = store.NewPart(`and (a.due_on > ? or a.due_on = ? and a.id > ?)`)
	beforeDue  = store.NewPart(`and (a.due_on < ? or a.due_on = ? and a.id < ?)`)
	isOverdue  = store.NewPart(`and a.due_on < ?`)
	isRunning  = store.NewPart(`and a.due_on >= ?`)
	isTwice    = store.NewPart(`and a.postponed >= 2`)
	isDone     = store.NewPart(`and a.state = 'done'`)
	isInTime   = store.NewPart(`and a.state = 'done' and a.done_on <= a.due_on`)
	isLate     = store.NewPart(`and a.state = 'done' and a.done_on > a.due_on`)
	isStopped  = store.NewPart(`and a.state in ('stopped', 'replaced')`)
	ofCentre   = store.NewPart(`and a.centre_id = ?`)
	ofTheirs   = store.NewPart(`and a.agency_id = ?`)
	ofOwner    = store.NewPart(`and a.owner_centre = ?`)
	ofUser     = store.NewPart(`and a.owner_user = ?`)
	isDecided  = store.NewPart(`and a.decided is not null`)
	sumsOfLive = store.SQL(`select count(*), coalesce(sum(case when a.due_on < ? then 1 else 0 end), 0), coalesce(sum(case when a.postponed >= 2 then 1 else 0 end), 0)
		from actions a where a.live = true {parts}`)  // index: as the list of live ones

	escalatedPage = store.SQL(`select ` + actionColumns + `where a.live = true and exists (select 1 from action_steps s where s.action_id = a.id and s.kind = 'escalated') {parts}
		order by a.due_on, a.id limit ?`)  // index: actions_due, then action_steps_action
	stalledPage = store.SQL(`select ` + actionColumns + `where a.live = true and a.start_on < ? and not exists (select 1 from action_steps s where s.action_id = a.id and s.at >= ?)
		order by a.due_on, a.id limit ?`)  // index: actions_due, then action_steps_action
	owedCount = store.SQL(`select count(*) from actions a where a.agency_id = ? and a.live = true`) // index: actions_agency

	dueCount = store.SQL(`select count(*) from actions a where a.live = true and a.due_on < ? and a.decided is not null`)                                       // index: actions_due
	duePage  = store.SQL(`select ` + actionColumns + `where a.live = true and a.due_on < ? and a.decided is not null order by a.due_on, a.id limit ? offset ?`) // index: actions_due
	// index: actions_decided: what meetings decided
	standings = store.SQL(`select coalesce(sum(case when a.state = 'done' then 1 else 0 end), 0), coalesce(sum(case when a.live = true and a.due_on >= ? then 1 else 0 end), 0),
		coalesce(sum(case when a.live = true and a.due_on < ? then 1 else 0 end), 0) from actions a where a.decided > 0`)
	// index: actions_decided; the newest five thousand decisions
	decisions = store.SQL(`select a.agency_id, g.name, a.state, a.live, a.due_on, a.done_on, a.made_on, a.postponed from actions a join agencies g on g.id = a.agency_id
		where a.decided > 0 order by a.decided desc limit 5000`)
)

func pageOf(tx *store.Tx, f Filter, after Action) ([]Action, error) {
	today, limit := tx.Today(), cmp.Or(f.Limit, 50)
	stmt, closed := livePage, false
	switch f.Show {
	case "escalated":
		stmt = escalatedPage
	case "done", "in_time", "late", "stopped":
		stmt, closed = closedPage, true
	case "all":
		stmt = allPage
	}
	q := stmt.With(f.Show == "overdue", isOverdue, today).With(f.Show == "running", isRunning, today).With(f.Show == "postponed", isTwice).
		With(f.Show == "done", isDone).With(f.Show == "in_time", isInTime).With(f.Show == "late", isLate).With(f.Show == "stopped", isStopped)
	q = narrow(tx, q, f).With(f.Show != "all" && !closed && after.ID != 0, afterDue, after.DueOn, after.DueOn, after.ID).
		With(closed && after.ID != 0, beforeDue, after.DueOn, after.DueOn, after.ID)
	if f.Show == "all" {
		return store.Each(tx, q, scanAction, cmp.Or(after.ID, id.Last), limit)
	}
	return store.Each(tx, q, scanAction, limit)
}

func narrow(tx *store.Tx, q *store.Query, f Filter) *store.Query {
	return q.With(f.Centre != 0, ofCentre, f.Centre).With(f.Agency != 0, ofTheirs, f.Agency).With(f.OwnerCentre != 0, ofOwner, f.OwnerCentre).
		With(f.Mine, ofUser, int64(tx.By().User)).With(f.Decided, isDecided)
}

func countsOf(tx *store.Tx, f Filter) (Counts, error) {
	return store.One(tx, narrow(tx, sumsOfLive.With(false, isTwice), f), func(r store.Row) (n Counts, err error) {
		err = r.Scan(&n.Live, &n.Overdue, &n.Postponed)
		return n, err
	}, tx.Today())
}

func stalledSince(tx *store.Tx, since clock.Day, limit int64) ([]Action, error) {
	return store.Each(tx, stalledPage, scanAction, since, since.Time().UnixMilli(), limit)
}

func owed(tx *store.Tx, agency id.ID) (int64, error) {
	return store.One(tx, owedCount, store.Int, agency)
}

func dueDecided(tx *store.Tx, s store.Stretch) (int64, []Action, error) {
	return store.CountedPart(tx, dueCount, duePage, scanAction, s, tx.Today())
}

// StandingIn is Standing as a part of another read.
func StandingIn(tx *store.Tx) (Standing, error) {
	return store.One(tx, standings, func(r store.Row) (s Standing, err error) {
		err = r.Scan(&s.Done, &s.Running, &s.Late)
		return s, err
	}, tx.Today(), tx.Today())
}

// Decision is how a decision of a meeting stands that an agency was given.
type Decision struct {
	Agency                id.ID
	AgencyName            string
	State                 string
	Live                  bool
	DueOn, DoneOn, MadeOn clock.Day
	Postponed             int64
}

// Decisions gives the newest decisions of meetings that agencies were given, for their scores: at most five thousand.
func Decisions(tx *store.Tx) ([]Decision, error) {
	return store.Each(tx, decisions, func(r store.Row) (d Decision, err error) {
		err = r.Scan(&d.Agency, &d.AgencyName, &d.State, &d.Live, &d.DueOn, &d.DoneOn, &d.MadeOn, &d.Postponed)
		return d, err
	})
}

// index: actions_owner
var dueOfOwner = store.SQL(`select ` + actionColumns + `where a.owner_user = ? and a.live = true order by a.due_on, a.id limit 200`)

// DuesOf gives the live actions that a user owns, by their date.
func DuesOf(tx *store.Tx, user id.ID) ([]Action, error) {
	return store.Each(tx, dueOfOwner, scanAction, user)
}

// index: actions_indicator
var ofIndicator = store.SQL(`select ` + actionColumns + `where a.indicator = ? order by a.start_on desc, a.id desc limit ?`)

// OfIndicator gives the actions that name a figure which they should move, the latest begun first.
func OfIndicator(tx *store.Tx, indicator string, limit int64) ([]Action, error) {
	return store.Each(tx, ofIndicator, scanAction, indicator, limit)
}
