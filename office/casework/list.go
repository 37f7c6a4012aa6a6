package casework

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/person"
)

var listCases = store.NewAct("case.list", who.SeeCase)

// Filter chooses cases for a list; the address of the page holds all of it.
type Filter struct {
	Person  id.ID  `query:"person_id"`
	Centre  id.ID  `query:"centre_id"`
	Worker  string `query:"worker" maxLength:"13"` // an id, "me", or "none"
	Stage   string `query:"stage" enum:"approach,assessment,planning,intervention,resocialisation,termination,aftercare,closed"`
	Kind    string `query:"ppks_type" maxLength:"60"`
	Waiting string `query:"waiting" enum:"any,waiver,plan,decision,returned"` // any: whatever the head decides
	Late    bool   `query:"late"`
	Due     string `query:"due" enum:"late,week,later,none"` // of open cases: overdue, within seven days, later, without a day
	Ready   bool   `query:"ready"`                           // nothing is missing for the next stage
	Open    *bool  `query:"open"`
	Q       string `query:"q" maxLength:"80"`
	After   id.ID  `query:"after"`
	Limit   int64  `query:"limit" minimum:"1" maximum:"500"`
}

// Line is a case in a list, with who it is about.
type Line struct {
	Case
	Called     string
	Sex        string
	Birth      person.Birth
	CentreName string
	WorkerName string
}

// Late tells whether the stage should have been done before a day.
func (l Line) Late(today clock.Day) bool { return l.DueOn != "" && l.DueOn < today }

// nobody is the filter for cases that no one carries.
const nobody = "none"

// soonDays is how far "within the week" looks.
const soonDays = 7

// figure tells whether the list stands behind a number that counts everybody: then it says whom it withholds.
func (f Filter) figure(by who.Asker) bool {
	asked := f.Late || f.Due != "" || f.Ready || f.Waiting != "" || f.Stage != "" || f.Open != nil || f.Worker != ""
	return asked && f.Q == "" && f.Person == 0 && f.Worker != "me" && !by.May(who.SeeRestricted)
}

// worker is the user a filter names; 0 when it names nobody.
func (f Filter) worker(by who.Asker) (id.ID, error) {
	switch f.Worker {
	case "", nobody:
		return 0, nil
	case "me":
		return by.User, nil
	}
	w, ok := id.Parse(f.Worker)
	if !ok {
		return 0, fail.Bad("worker", "id", "Isian ini bukan pengenal yang benar.")
	}
	return w, nil
}

// Withheld tells how many cases of a filter the list does not show, because access to the person is restricted: for a
// list behind a number that counts everybody. 0 for who sees all, and for a search by name or person, which must not
// give away that somebody is there.
func (d *Desk) Withheld(ctx context.Context, by who.Asker, f Filter) (n int64, err error) {
	if !f.figure(by) {
		return 0, nil
	}
	err = d.store.Read(ctx, by, listCases, func(tx *store.Tx) error {
		n, err = withheldFrom(tx, f)
		return err
	})
	return n, err
}

// List gives one page of cases, the newest first, and the cursor of the next.
func (d *Desk) List(ctx context.Context, by who.Asker, f Filter) (lines []Line, next id.ID, err error) {
	if f.Limit == 0 {
		f.Limit = 50
	}
	err = d.store.Read(ctx, by, listCases, func(tx *store.Tx) error {
		if lines, err = listOf(tx, f, f.Limit+1); err != nil {
			return err
		}
		for _, l := range lines {
			tx.Saw(l.Person)
		}
		return nil
	})
	if int64(len(lines)) > f.Limit {
		lines = lines[:f.Limit]
		next = lines[len(lines)-1].ID
	}
	return lines, next, err
}
