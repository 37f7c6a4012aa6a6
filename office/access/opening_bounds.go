package access

import (
	"context"
	"strconv"

	"tuntas/house/fail"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

// Emergency is how the office bounds emergency access.
type Emergency struct {
	Hours  int64 `json:"hours" required:"true" minimum:"1" maximum:"24"`
	PerDay int64 `json:"per_day" required:"true" minimum:"1" maximum:"20"`
}

const (
	hoursKey  = "emergency-hours"
	perDayKey = "emergency-per-day"
)

var bindEmergency = store.NewSystemAct("emergency.rules", who.ManageUsers)

// Emergency tells how emergency access is bounded: two hours and three files a day where nothing was set.
func (d *Desk) Emergency(ctx context.Context) (e Emergency, err error) {
	e = Emergency{Hours: 2, PerDay: 3}
	err = d.store.Read(ctx, who.House("access"), keeping, func(tx *store.Tx) error {
		for key, into := range map[string]*int64{hoursKey: &e.Hours, perDayKey: &e.PerDay} {
			v, err := centre.Setting(tx, key)
			if err != nil {
				return err
			}
			if n, err := strconv.ParseInt(v, 10, 64); err == nil && n > 0 {
				*into = n
			}
		}
		return nil
	})
	return e, err
}

// BindEmergency sets it.
func (d *Desk) BindEmergency(ctx context.Context, by who.Asker, e Emergency) error {
	return d.store.Write(ctx, by, bindEmergency, func(tx *store.Tx) error {
		for key, n := range map[string]int64{hoursKey: e.Hours, perDayKey: e.PerDay} {
			if err := centre.Set(tx, key, strconv.FormatInt(n, 10)); err != nil {
				return err
			}
		}
		tx.Record(store.Entry{Kind: "setting", ID: by.User, What: e, Say: fail.Say("Akses darurat dibatasi %d jam dan %d berkas sehari.", e.Hours, e.PerDay)})
		return nil
	})
}
