package actions

import (
	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

// Move is what a meeting does with an action that it takes up again.
type Move struct {
	Deed   string    `json:"deed" required:"true" enum:"postpone,escalate,reassign,stop" ask:"Pilih apa yang diputuskan."`
	DueOn  clock.Day `json:"due_on,omitempty"` // of a postponement and of a new owner; after it went up, the one more date
	Reason string    `json:"reason" required:"true" maxLength:"500" ask:"Tulis alasannya."`
	Owner  string    `json:"owner,omitempty" maxLength:"40"`       // of a new owner: office, centre:ID or agency:ID
	Name   string    `json:"owner_name,omitempty" maxLength:"160"` // and the person

	Site string `json:"-"`
}

// Apply moves an action as a part of another deed: the rules are those of its own page, the third postponement too. What
// gets a new owner gives the new action.
func (d *Desk) Apply(tx *store.Tx, action id.ID, m Move) (a Action, err error) {
	if a, err = ByID(tx, action); err != nil {
		return a, err
	}
	if err := mayWork(tx.By(), a); err != nil {
		return a, err
	}
	if m.DueOn == "" && (m.Deed == doPostpone || m.Deed == doReassign) {
		return a, fail.Bad("due_on", "required", "Tulis batas waktu yang baru.")
	}
	why, date := Why{m.Reason}, Postponement{m.DueOn, m.Reason}
	switch m.Deed {
	case doPostpone:
		err = postponed(tx, &a, date)
	case doEscalate:
		if err = escalated(tx, &a, why); err == nil && m.DueOn != "" {
			err = postponed(tx, &a, date)
		}
	case doStop:
		err = stopped(tx, &a, why)
	default:
		a, err = d.reassigned(tx, &a, Reassignment{Owner: Owner{Owner: m.Owner, OwnerName: m.Name}, DueOn: m.DueOn, Reason: m.Reason, Site: m.Site})
	}
	return a, err
}
