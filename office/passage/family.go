package passage

import (
	"context"
	"errors"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/casework"
	"tuntas/office/residence"
)

var (
	admitFamily = store.NewAct("family.admit", who.PlaceStay)
	endFamily   = store.NewAct("family.end", who.WorkCase)
	lookFamily  = store.NewAct("family.look", who.SeeCase)
	lookBeds    = store.NewAct("family.beds", who.SeeBeds)
)

// FamilyMember places one member of a family.
type FamilyMember struct {
	Case id.ID `json:"case_id" required:"true"`
	Bed  id.ID `json:"bed_id" required:"true" ask:"Pilih tempat tidur."`
}

// FamilyAdmission places the members of a family on one day: all of them, or nobody.
type FamilyAdmission struct {
	On      clock.Day      `json:"on" required:"true" ask:"Tulis tanggal masuk."`
	Members []FamilyMember `json:"members" required:"true"`
}

// FamilyEnding ends the stay in care of the members of a family on one day: all of them, or nobody.
type FamilyEnding struct {
	On          clock.Day `json:"on" required:"true" ask:"Tulis tanggal keluar."`
	Reason      string    `json:"reason" required:"true" maxLength:"40" ask:"Pilih alasan keluar."`
	Destination string    `json:"destination" required:"true" maxLength:"40" ask:"Pilih tujuan."`
	Outcome     string    `json:"outcome" required:"true" maxLength:"40" ask:"Pilih hasil."`
	HandedTo    string    `json:"handed_to,omitempty" maxLength:"120"`
	Note        string    `json:"note,omitempty" maxLength:"2000"`
	Guardian    string    `json:"guardian,omitempty" maxLength:"120"`
	Members     []id.ID   `json:"members,omitempty"` // none: all who are in care
}

// ownForms are the reasons of an end that are recorded elsewhere, for each person.
var ownForms = []string{"deceased", casework.Transferred}

// sayingOf is what a refusal says in words; nothing for those that have none of their own.
func sayingOf(err error) fail.Saying {
	var rule *fail.Rule
	var clash *fail.Collision
	var wrong *fail.Invalid
	switch {
	case errors.As(err, &rule):
		return rule.Say
	case errors.As(err, &clash):
		return clash.Say
	case errors.As(err, &wrong) && len(wrong.Fields) > 0:
		return wrong.Fields[0].Say
	}
	return fail.Saying{}
}

func missingOf(err error) []fail.Missing {
	if rule := (*fail.Rule)(nil); errors.As(err, &rule) {
		return rule.Missing
	}
	return nil
}

// mayAdmitFamily holds that each place is for another member, and each member of the family of the case.
func mayAdmitFamily(group []casework.Line, in FamilyAdmission) error {
	if len(in.Members) == 0 {
		return fail.Bad("members", "required", "Pilih tempat tidur untuk sedikitnya satu anggota.")
	}
	var beds, cases []id.ID
	for _, m := range in.Members {
		switch {
		case !slices.Contains(idsOf(group), m.Case):
			return fail.Bad("members", "unknown", "Orang ini bukan anggota keluarga yang sedang dilayani.")
		case slices.Contains(beds, m.Bed):
			return fail.Bad("members", "twice", "Satu tempat tidur dipilih untuk dua orang.")
		case slices.Contains(cases, m.Case):
			return fail.Bad("members", "twice", "Satu orang diberi dua tempat tidur.")
		}
		beds, cases = append(beds, m.Bed), append(cases, m.Case)
	}
	return nil
}

// AdmitFamily places the named members of the family of a case: each has an own case and an own bed (Pasal 21).
func (d *Desk) AdmitFamily(ctx context.Context, by who.Asker, caseID id.ID, in FamilyAdmission) (head id.ID, err error) {
	err = d.store.Write(ctx, by, admitFamily, func(tx *store.Tx) error {
		c, err := casework.ByID(tx, caseID)
		if err != nil {
			return err
		}
		group, err := casework.Group(tx, c)
		if err != nil {
			return err
		}
		if err := mayAdmitFamily(group, in); err != nil {
			return err
		}
		for _, m := range in.Members {
			f, err := casework.Take(tx, m.Case, 0)
			if err != nil {
				return err
			}
			if _, err := casework.HouseIn(tx, f, casework.NewStay{Bed: m.Bed, From: in.On, State: residence.Open}); err != nil {
				return blockedBy(f.Who.Called, err)
			}
		}
		head = c.HeadID()
		tx.Record(entry("case", head, c, fail.Say("%d anggota keluarga ditempatkan bersama.", len(in.Members)), in))
		return nil
	})
	return head, err
}

// EndFamily ends the stay in care of the members of a family together.
func (d *Desk) EndFamily(ctx context.Context, by who.Asker, caseID id.ID, in FamilyEnding) (head id.ID, err error) {
	if err := byPeople(by); err != nil {
		return 0, err
	}
	err = d.store.Write(ctx, by, endFamily, func(tx *store.Tx) error {
		c, err := casework.ByID(tx, caseID)
		if err != nil {
			return err
		}
		group, err := casework.Group(tx, c)
		if err != nil {
			return err
		}
		if slices.Contains(ownForms, in.Reason) {
			return fail.Bad("reason", "choice", "Pilih salah satu dari daftar.")
		}
		leaving, err := chosen(group, in.Members)
		if err != nil {
			return err
		}
		if len(leaving) == 0 {
			return fail.Broken("not-in-care", "Layanan panti kasus ini sudah diakhiri.")
		}
		if err := casework.KeepChildren(tx, c, idsOf(leaving), in.On, in.Guardian); err != nil {
			return err
		}
		e := casework.Ending{On: in.On, Reason: in.Reason, Destination: in.Destination, Outcome: in.Outcome, HandedTo: in.HandedTo, Note: in.Note, Guardian: in.Guardian}
		for _, l := range leaving {
			f, err := casework.Take(tx, l.ID, 0)
			if err != nil {
				return err
			}
			if err := endLeave(tx, f.Case, Stayed, in.On); err != nil {
				return err
			}
			if _, err := casework.EndIn(tx, f, e); err != nil {
				return blockedBy(l.Called, err)
			}
		}
		head = c.HeadID()
		tx.Record(entry("case", head, c, fail.Say("Layanan panti %d anggota keluarga diakhiri bersama.", len(leaving)), in))
		return nil
	})
	return head, err
}

// FreeBeds gives the beds of a centre of the asker's that are free today.
func (d *Desk) FreeBeds(ctx context.Context, by who.Asker, centre id.ID) (free []residence.Bed, err error) {
	err = d.store.Read(ctx, by, lookBeds, func(tx *store.Tx) error {
		all, err := residence.BedsOf(tx, centre, tx.Today())
		free = slices.DeleteFunc(all, func(b residence.Bed) bool { return b.State() != "free" })
		return err
	})
	return free, err
}

// Family reads a case with the cases of its family, the head's first.
func (d *Desk) Family(ctx context.Context, by who.Asker, caseID id.ID) (f casework.File, group []casework.Line, err error) {
	err = d.store.Read(ctx, by, lookFamily, func(tx *store.Tx) error {
		if f, err = casework.FileOf(tx, caseID); err != nil {
			return err
		}
		group, err = casework.Group(tx, f.Case)
		for _, l := range group {
			tx.Saw(l.Person)
		}
		return err
	})
	return f, group, err
}
