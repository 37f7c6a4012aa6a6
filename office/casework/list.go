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
	Worker  string `query:"worker" maxLength:"13"` // an id, or "me"
	Stage   string `query:"stage" enum:"approach,assessment,planning,intervention,resocialisation,termination,aftercare,closed"`
	Kind    string `query:"ppks_type" maxLength:"60"`
	Waiting string `query:"waiting" enum:"waiver,plan,decision"`
	Late    bool   `query:"late"`
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

// worker is the user a filter names; 0 when it names nobody.
func (f Filter) worker(by who.Asker) (id.ID, error) {
	switch f.Worker {
	case "":
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
