package actions

import (
	"context"
	"errors"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/standards"
)

// Filter narrows the list of actions. Live ones come by their date, those that are over the latest first.
type Filter struct {
	Show        string `query:"show" enum:"live,running,overdue,postponed,escalated,done,in_time,late,stopped,all"`
	Centre      id.ID  `query:"centre_id"`
	Agency      id.ID  `query:"agency_id"`
	OwnerCentre id.ID  `query:"owner_centre_id"`
	Decided     bool   `query:"decided"` // by a meeting
	Mine        bool   `query:"mine"`
	Limit       int64  `query:"limit" minimum:"1" maximum:"500"`
	After       id.ID  `query:"after"`
}

// Counts are how many actions a list holds by its parts.
type Counts struct{ Live, Overdue, Postponed int64 }

// List gives one page of actions.
func (d *Desk) List(ctx context.Context, by who.Asker, f Filter) (all []Action, n Counts, err error) {
	err = d.store.Read(ctx, by, lookAction, func(tx *store.Tx) error {
		if all, err = list(tx, f); err != nil {
			return err
		}
		n, err = countsOf(tx, f)
		return err
	})
	return all, n, err
}

func list(tx *store.Tx, f Filter) ([]Action, error) {
	var after Action
	if f.After != 0 {
		var err error
		if after, err = ByID(tx, f.After); errors.Is(err, fail.NotFound) {
			return nil, fail.WrongCursor
		} else if err != nil {
			return nil, err
		}
	}
	return pageOf(tx, f, after)
}

// Live gives live actions of an institution, by date; 0 is all. At most limit.
func Live(tx *store.Tx, centre id.ID, limit int64) ([]Action, error) {
	return pageOf(tx, Filter{Show: "live", Centre: centre, Limit: limit}, Action{})
}

// Overdue gives live actions past their date, the oldest date first.
func Overdue(tx *store.Tx, limit int64) ([]Action, error) {
	return pageOf(tx, Filter{Show: "overdue", Limit: limit}, Action{})
}

// PostponedTwice gives live actions that were put off twice or more.
func PostponedTwice(tx *store.Tx, limit int64) ([]Action, error) {
	return pageOf(tx, Filter{Show: "postponed", Limit: limit}, Action{})
}

// Stalled gives live actions that began and had no step since a moment, by date.
func Stalled(tx *store.Tx, days int, limit int64) ([]Action, error) {
	return stalledSince(tx, tx.Today().Add(-days), limit)
}

// LiveDecided gives live actions that meetings decided, by date: what a next meeting takes up again.
func LiveDecided(tx *store.Tx, limit int64) ([]Action, error) {
	return pageOf(tx, Filter{Show: "live", Decided: true, Limit: limit}, Action{})
}

// OwedBy counts the live actions of an agency: coordination asks before it takes one out of use.
func OwedBy(tx *store.Tx, agency id.ID) (int64, error) { return owed(tx, agency) }

// Due is a stretch of the decided actions past their date, with how many there are.
func (d *Desk) Due(ctx context.Context, by who.Asker, s store.Stretch) (n int64, all []Action, err error) {
	err = d.store.Read(ctx, by, lookAction, func(tx *store.Tx) error {
		n, all, err = dueDecided(tx, s)
		return err
	})
	return n, all, err
}

// Standing is how the decisions of meetings stand.
type Standing struct{ Done, Running, Late int64 }

// Standing counts the decisions of meetings by how they stand: done, running, past their date.
func (d *Desk) Standing(ctx context.Context, by who.Asker) (s Standing, err error) {
	err = d.store.Read(ctx, by, lookAction, func(tx *store.Tx) error {
		s, err = StandingIn(tx)
		return err
	})
	return s, err
}

// Choices are what a new action can be given to and for.
type Choices struct {
	Centres  []centre.Centre
	Agencies []Named
	Gaps     []standards.Gap
}

// Named is something with a name.
type Named struct {
	ID   id.ID
	Name string
}

// Choices gives who can do an action, and the gaps of an institution; 0 is none.
func (d *Desk) Choices(ctx context.Context, by who.Asker, at id.ID) (c Choices, err error) {
	err = d.store.Read(ctx, by, lookAction, func(tx *store.Tx) error {
		c, err = d.ChoicesIn(tx, at)
		return err
	})
	return c, err
}

// ChoicesIn is Choices as a part of another read.
func (d *Desk) ChoicesIn(tx *store.Tx, at id.ID) (c Choices, err error) {
	if c.Centres, err = centre.All(tx); err != nil {
		return c, err
	}
	if c.Agencies, err = agenciesInUse(tx); err != nil {
		return c, err
	}
	if at != 0 && (tx.By().Whole().All || tx.By().Scope.Has(at)) {
		c.Gaps, err = d.standards.Gaps(tx, at)
	}
	return c, err
}

// Own gives an institution of the asker; fail.NotFound for another.
func (d *Desk) Own(ctx context.Context, by who.Asker, at id.ID) (c centre.Centre, err error) {
	err = d.store.Read(ctx, by, lookAction, func(tx *store.Tx) error {
		c, err = centre.Own(tx, at)
		return err
	})
	return c, err
}
