package publication

import (
	"context"

	"tuntas/house/fail"
	"tuntas/house/page"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

var (
	readContact = store.NewAct("contact.read", who.Anyone)
	setContact  = store.NewAct("contact.set", who.PublishNews)
)

// The settings of the office that every public page shows.
const (
	settingPhone = "public.phone"
	settingHours = "public.hours"
)

// Contact is how the office is reached; nothing is shown of what is not set. It is read once and kept: what this program
// sets it knows.
func (d *Desk) Contact(ctx context.Context) page.Contact {
	if c := d.contact.Load(); c != nil {
		return *c
	}
	var c page.Contact
	err := d.store.Read(ctx, who.Public(), readContact, func(tx *store.Tx) (err error) {
		if c.Phone, err = centre.Setting(tx, settingPhone); err != nil {
			return err
		}
		c.Hours, err = centre.Setting(tx, settingHours)
		return err
	})
	if err == nil {
		d.contact.Store(&c)
	}
	return c
}

// NewContact is how the office wants to be reached.
type NewContact struct {
	Phone string `json:"phone,omitempty" maxLength:"40"`
	Hours string `json:"hours,omitempty" maxLength:"80"`
}

// SetContact sets the telephone and the hours of the public pages.
func (d *Desk) SetContact(ctx context.Context, by who.Asker, in NewContact) error {
	err := d.store.Write(ctx, by, setContact, func(tx *store.Tx) error {
		if err := centre.Set(tx, settingPhone, in.Phone); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "setting", Say: fail.Say("Telepon dan jam layanan diubah."), What: in})
		return centre.Set(tx, settingHours, in.Hours)
	})
	if err == nil {
		d.contact.Store(&page.Contact{Phone: in.Phone, Hours: in.Hours})
	}
	return err
}
