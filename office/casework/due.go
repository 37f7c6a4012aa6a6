package casework

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// DueLine is one contact in the list of those that are due.
type DueLine struct {
	Contact
	Called string
	Region string
}

// DueFilter chooses the contacts that are due; the address of the page holds all of it.
type DueFilter struct {
	Whose  string    `query:"whose" enum:"mine,all"`
	Worker string    `query:"worker" maxLength:"13"` // an id, or "none"
	Centre id.ID     `query:"centre_id"`
	Days   int64     `query:"days" minimum:"0" maximum:"400"` // due within so many days; 0 is thirty
	From   clock.Day `query:"from"`                           // of the next page: the day and the id of the last line
	After  id.ID     `query:"after"`
}

// DuePage is one page of the contacts that are due.
type DuePage struct {
	Lines    []DueLine
	More     bool
	Withheld int64 // contacts of restricted persons, which the number behind the page counts
}

const duePerPage = 100

// Due lists open contacts of the asker's centres, the most overdue first.
func (d *Desk) Due(ctx context.Context, by who.Asker, f DueFilter) (p DuePage, err error) {
	err = d.store.Read(ctx, by, lookContacts, func(tx *store.Tx) error {
		if f.Days == 0 {
			f.Days = 30
		}
		if p.Lines, err = dueContacts(tx, f, duePerPage+1); err != nil {
			return err
		}
		if p.More = len(p.Lines) > duePerPage; p.More {
			p.Lines = p.Lines[:duePerPage]
		}
		for _, l := range p.Lines {
			tx.Saw(l.Person)
		}
		if f.Whose == "mine" {
			return nil
		}
		p.Withheld, err = withheldContacts(tx, f)
		return err
	})
	return p, err
}
