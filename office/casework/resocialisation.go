package casework

import (
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
)

var resocialise = store.NewAct("case.resocialise", who.WorkCase)

// Check is one line of the resocialisation list (Pasal 7 ayat (1) huruf e; the lines are our design).
type Check struct {
	Code  string    `json:"code" required:"true" maxLength:"40"`
	State string    `json:"state" required:"true" enum:"open,done,not_needed"`
	Note  string    `json:"note,omitempty" maxLength:"500"`
	On    clock.Day `json:"on,omitempty"`
	By    string    `json:"by,omitempty"`
}

// Checklist lays the answers beside the list of the day.
func (f File) Checklist() []Check {
	var out []Check
	for _, n := range law.Standard.On(f.Today).Checklist {
		c := Check{Code: n.Key, State: "open"}
		if i := slices.IndexFunc(f.Checks, func(have Check) bool { return have.Code == n.Key }); i >= 0 {
			c = f.Checks[i]
		}
		out = append(out, c)
	}
	return out
}

// checkAll keeps answers of the resocialisation list.
func checkAll(tx *store.Tx, f File, checks []Check) error {
	if f.Stage != Intervention && f.Stage != Resocialisation {
		return fail.Broken("not-resocialising", "Daftar ini diisi pada tahap intervensi dan resosialisasi.")
	}
	list := law.Standard.On(tx.Today()).Checklist
	for _, c := range checks {
		if !law.Has(list, c.Code) {
			return fail.Bad("checks", "unknown", "Butir %s tidak ada dalam daftar.", c.Code)
		}
		if err := putCheck(tx, f.Case, c); err != nil {
			return err
		}
	}
	tx.Record(entryOf(f.Case, fail.Say("Daftar resosialisasi diisi."), checks))
	return nil
}

// GoalEnd says how a goal ended: done, continued at home, or cancelled.
type GoalEnd struct {
	Goal  id.ID  `json:"goal_id" required:"true"`
	State string `json:"state,omitempty" enum:"done,continued,cancelled"`
	Why   string `json:"why,omitempty" maxLength:"500"`
}

// OpenGoals are the goals of the approved plan that have not ended.
func (f File) OpenGoals() []Goal {
	if f.Plan == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(f.Plan.Goals), func(g Goal) bool { return g.State != "open" })
}

// endAll ends goals of the approved plan.
func endAll(tx *store.Tx, f File, ends []GoalEnd) error {
	for _, e := range ends {
		n, err := store.Exec(tx, endGoal, e.State, tx.Today(), e.Why, e.Goal, f.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			return fail.Bad("goals", "unknown", "Tujuan ini tidak terbuka pada kasus ini.")
		}
	}
	tx.Record(entryOf(f.Case, fail.Say("%d tujuan dinyatakan selesai, lanjut, atau batal.", len(ends)), ends))
	return nil
}

// Resocialise keeps the answers of the list and the ends of goals in one deed: all of it, or nothing.
func (d *Desk) Resocialise(ctx context.Context, by who.Asker, caseID id.ID, in Resocialising) (f File, err error) {
	ends := slices.DeleteFunc(slices.Clone(in.Goals), func(g GoalEnd) bool { return g.State == "" })
	if len(ends) == 0 && len(in.Checks) == 0 {
		return d.Look(ctx, by, caseID)
	}
	err = d.store.Write(ctx, by, resocialise, func(tx *store.Tx) error {
		if f, err = take(tx, caseID, 0); err != nil {
			return err
		}
		if len(ends) > 0 {
			if err := endAll(tx, f, ends); err != nil {
				return err
			}
		}
		if len(in.Checks) > 0 {
			if err := checkAll(tx, f, in.Checks); err != nil {
				return err
			}
		}
		f, err = refresh(tx, caseID)
		return err
	})
	return f, err
}

// beforeTermination is the gate of the sixth stage: every line of the list answered, every goal ended, and
// independence measured for the way home.
func beforeTermination(f File) []Condition {
	open := 0
	for _, c := range f.Checklist() {
		if c.State == "open" {
			open++
		}
	}
	list := Condition{Code: "checklist-open", Say: fail.Say("%d butir daftar resosialisasi belum dijawab.", open), Article: "Pasal 7 ayat (1) huruf e", Part: "resocialisation"}
	if open == 0 {
		list.Done, list.Say = true, fail.Say("Daftar resosialisasi lengkap.")
	}
	goals := Condition{Code: "goals-open", Say: fail.Say("%d tujuan belum dinyatakan selesai, lanjut di rumah, atau batal.", len(f.OpenGoals())), Part: "resocialisation"}
	if len(f.OpenGoals()) == 0 {
		goals.Done, goals.Say = true, fail.Say("Semua tujuan sudah dinyatakan.")
	}
	exit := Condition{Code: "exit-measure-missing", Say: fail.Say("Kemandirian saat pulang belum diukur dan ditandatangani."), Part: "independence"}
	if a := f.Signed(Independence, AtTermination); a != nil {
		exit.Done, exit.Say = true, fail.Say("Kemandirian saat pulang diukur %s.", a.AssessedOn)
	}
	return []Condition{list, goals, exit}
}
