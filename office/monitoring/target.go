package monitoring

import (
	"context"
	"math"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

var setTarget = store.NewAct("figure.target", who.KeepFigures)

// Target is what a figure shall be at the end of a year, for an institution or (Centre 0) for the province.
type Target struct {
	ID          id.ID
	Version     int64
	Indicator   string
	Centre      id.ID
	Year        int64
	Thousandths int64 // of the figure's unit: 12500 is 12.5 percent
	Note        string
	SetOn       clock.Day
	By          string
}

// Value is the target in the unit of its figure.
func (t Target) Value() float64 { return float64(t.Thousandths) / 1000 }

// NewTarget sets a target, or takes it away where Remove is said.
type NewTarget struct {
	Year   int64    `json:"year" required:"true" minimum:"2000" maximum:"2999" ask:"Tulis tahunnya."`
	Centre id.ID    `json:"centre_id,omitempty"`
	Value  *float64 `json:"value,omitempty" minimum:"0" maximum:"1000000000"`
	Remove bool     `json:"remove,omitempty"`
	Note   string   `json:"note,omitempty" maxLength:"300"`
}

// SetTarget says what a figure shall be in a year. The one before, of the same year and place, is replaced.
func (d *Desk) SetTarget(ctx context.Context, by who.Asker, key string, in NewTarget) (t Target, err error) {
	err = d.store.Write(ctx, by, setTarget, func(tx *store.Tx) error {
		i, _, err := d.named(tx, key, tx.Today())
		if err != nil {
			return err
		}
		if err := mayAim(tx, in, i); err != nil {
			return err
		}
		all, err := store.Each(tx, targetsOf, scanTarget, key)
		if err != nil {
			return err
		}
		t = Target{Indicator: key, Centre: in.Centre, Year: in.Year}
		for _, old := range all {
			if old.Centre == in.Centre && old.Year == in.Year {
				t = old
			}
		}
		if err := t.put(tx, in); err != nil {
			return err
		}
		say := "Target %s tahun %s ditetapkan."
		if in.Remove {
			say = "Target %s tahun %s dihapus."
		}
		tx.Record(store.Entry{Kind: "target", ID: t.ID, Centre: in.Centre, Say: fail.Say(say, i.Name, yearWord(in.Year)), What: in})
		return nil
	})
	return t, err
}

func (t *Target) put(tx *store.Tx, in NewTarget) error {
	if in.Remove {
		if t.ID == 0 {
			return fail.Bad("year", "absent", "Belum ada target untuk tahun itu.")
		}
		return store.Change(tx, &t.Version, dropTarget, t.ID, t.Version)
	}
	t.Thousandths, t.Note, t.SetOn, t.By = int64(math.Round(*in.Value*1000)), in.Note, tx.Today(), tx.By().Name
	if t.ID == 0 {
		t.ID, t.Version = id.New(), 1
		return insertTarget(tx, *t)
	}
	return store.Change(tx, &t.Version, keepTarget, t.Thousandths, t.Note, t.SetOn, t.By, t.ID, t.Version)
}

// mayAim holds that a target says something, of an institution that serves clients, and a share no more than all.
func mayAim(tx *store.Tx, in NewTarget, i Indicator) error {
	var f fail.Fields
	if in.Value == nil && !in.Remove {
		f.Add("value", "required", "Tulis targetnya.")
	}
	if in.Value != nil && i.Unit == "percent" && *in.Value > 100 && i.Direction != "none" {
		f.Add("value", "maximum", "Persentase paling banyak 100.")
	}
	if in.Centre != 0 {
		names, err := centre.Names(tx)
		if err != nil {
			return err
		}
		if names[in.Centre] == "" {
			f.Add("centre_id", "choice", "UPT ini tidak ada.")
		}
	}
	return f.Err()
}

// targetOf picks the target of a year and place; false when none was set.
func targetOf(all []Target, centre id.ID, year int64) (Target, bool) {
	for _, t := range all {
		if t.Centre == centre && t.Year == year {
			return t, true
		}
	}
	return Target{}, false
}
