package actions

import (
	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
)

var (
	// index: actions_due, actions_centre
	liveBefore = store.SQL(`select ` + actionColumns + `where a.live = true and a.start_on <= ? {parts} order by a.due_on, a.id limit ?`)
	forCentre  = store.NewPart(`and a.centre_id = ?`)
	// index: action_gaps (action_id, ...); those of live actions
	gapsOfLive = store.SQL(`select k.action_id, k.centre_id, k.criterion from action_gaps k join actions a on a.id = k.action_id where a.live = true and a.start_on <= ? order by k.action_id, k.id limit 20000`)
)

// Closes is a gap that a live action closes.
type Closes struct {
	Action, Centre id.ID
	Criterion      string
}

// Candidates lists live actions that begin by a day, of an institution or of all, with the gaps that such actions close: what
// a plan chooses among.
func Candidates(tx *store.Tx, by clock.Day, at id.ID, limit int64) ([]Action, []Closes, error) {
	all, err := store.Each(tx, liveBefore.With(at != 0, forCentre, at), scanAction, by, limit)
	if err != nil {
		return nil, nil, err
	}
	gaps, err := store.Each(tx, gapsOfLive, func(r store.Row) (c Closes, err error) {
		err = r.Scan(&c.Action, &c.Centre, &c.Criterion)
		return c, err
	}, by)
	return all, gaps, err
}

// index: action_gaps_centre
var doneFor = store.SQL(`select k.criterion, a.id, a.title, a.owner_name, a.result from action_gaps k join actions a on a.id = k.action_id
	where k.centre_id = ? and a.state = 'done' and a.done_on >= ? and a.done_on <= ? order by a.done_on, a.id limit 1000`)

// DoneFor is an action that was done for a gap of an institution.
type DoneFor struct {
	Criterion            string
	ID                   id.ID
	Title, Owner, Result string
}

// DoneAt lists the actions for gaps of an institution that were done between two days, both inclusive.
func DoneAt(tx *store.Tx, at id.ID, from, to clock.Day) ([]DoneFor, error) {
	return store.Each(tx, doneFor, func(r store.Row) (d DoneFor, err error) {
		err = r.Scan(&d.Criterion, &d.ID, &d.Title, &d.Owner, &d.Result)
		return d, err
	}, at, from, to)
}
