package casework

import (
	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/residence"
)

// What the desk of passage above does with cases, each inside its own transaction: a family moves together, a case
// passes to another centre, a life ends.

// Transferred is the reason and the result of a case that passed on to another centre: no return, and no end for the
// person.
const Transferred = "transferred"

// HeadID is the case of the head of the family to which a case belongs: itself, for nobody's.
func (c Case) HeadID() id.ID {
	if c.Family != 0 {
		return c.Family
	}
	return c.ID
}

// Group gives the cases of the family of a case, the head's first; alone where there is no family.
func Group(tx *store.Tx, of Case) ([]Line, error) { return familyLines(tx, of.HeadID()) }

// GroupSize counts the cases of the family of a case: one where there is no family.
func GroupSize(tx *store.Tx, of Case) (int64, error) { return familySize(tx, of.HeadID()) }

// Take locks a case for a write of a desk above and reads its file. version 0 asks for none.
func Take(tx *store.Tx, caseID id.ID, version int64) (File, error) { return take(tx, caseID, version) }

// Refresh brings what lists show of a case up to date.
func Refresh(tx *store.Tx, caseID id.ID) (File, error) { return refresh(tx, caseID) }

// EndIn ends the stay in care of a case that was taken.
func EndIn(tx *store.Tx, f File, e Ending) (File, error) {
	waived, err := mayTerminate(f, e, tx.Today())
	if err != nil {
		return f, err
	}
	return end(tx, f, e, waived)
}

// HouseIn places the person of a case that was taken.
func HouseIn(tx *store.Tx, f File, in NewStay) (residence.Stay, error) {
	if !f.InCare() {
		return residence.Stay{}, fail.Broken("not-in-care", "Layanan panti kasus ini sudah diakhiri.")
	}
	if in.From < f.OpenedOn {
		return residence.Stay{}, fail.Bad("from", "order", "Tanggal %s lebih awal dari %s. Periksa salah satunya.", in.From, f.OpenedOn)
	}
	s, err := place(tx, f, in)
	if err == nil {
		_, err = refresh(tx, f.ID)
	}
	return s, err
}

// Passing is how a case passes on to another centre.
type Passing struct {
	To       id.ID // the centre
	ToName   string
	FromName string
	On       clock.Day
	Bed      id.ID
	Worker   id.ID // who carries it there; 0: not yet decided
	Reason   string
	Family   id.ID // the new case of the head of the family
	Guardian string
}

// mayPass holds what a case needs to pass on: it is in care inside the panti, and its day comes after the stay began.
func mayPass(f File, on, today clock.Day) error {
	if !f.InCare() {
		return fail.Broken("not-in-care", "Layanan panti kasus ini sudah diakhiri.")
	}
	if f.Setting != Inside {
		return fail.Broken("outside-case", "Kasus ini dilayani di luar panti (Pasal 9 ayat (2)). Ubah dahulu tempat layanannya.")
	}
	if err := dayInOrder("on", on, f.StageSince, today); err != nil {
		return err
	}
	for _, s := range f.Stays {
		if s.State == residence.Open && on <= s.From {
			return fail.Bad("on", "order", "Tanggal pindah %s harus setelah tanggal masuk %s.", on, s.From)
		}
	}
	return nil
}

// PassOn passes a case on: the old one ends as moved and closes, with no visit of aftercare to be made, and a new one
// opens at the other centre on the same day with the answers to the criteria and a bed. A transfer is no return and
// ends nothing for the person: D14 of the handbook asks for one person with several episodes. The new case begins
// with its own assessment (Pasal 7 ayat (2)).
func PassOn(tx *store.Tx, f File, p Passing) (next Case, err error) {
	if err := mayPass(f, p.On, tx.Today()); err != nil {
		return next, err
	}
	if err := passedAway(tx, f, p); err != nil {
		return next, err
	}
	in := Opening{Person: f.Person, Centre: p.To, Kind: f.Kind, OpenedOn: p.On, Setting: Inside, Level: f.Level, Worker: p.Worker, Source: p.FromName, Story: p.Reason,
		Family: p.Family, former: f.ID, formerUntil: p.On}
	if next, err = begin(tx, in, ""); err != nil {
		return next, err
	}
	for _, c := range f.Criteria {
		a := Answer{Code: c.Code, Result: Met, Evidence: p.FromName}
		if !c.Lifted() {
			a.Result = c.Result
		}
		if err := keepAnswer(tx, next.ID, a); err != nil {
			return next, err
		}
	}
	if f.Before != nil { // what the household had stays known
		if err := keepHousehold(tx, next.ID, *f.Before); err != nil {
			return next, err
		}
	}
	if next, err = enterStage(tx, next, Assessing, p.On, p.FromName, "", nil); err != nil {
		return next, err
	}
	if _, err = residence.Place(tx, residence.Placement{Bed: p.Bed, Person: f.Person, Case: next.ID, Centre: p.To, From: p.On, State: residence.Open}); err != nil {
		return next, err
	}
	tx.Record(entryOf(next, fail.Say("Diterima dari %s.", p.FromName), p))
	_, err = refresh(tx, next.ID)
	return next, err
}

// passedAway ends and closes the case at the centre that the person leaves.
func passedAway(tx *store.Tx, f File, p Passing) error {
	if err := residence.EndOfCase(tx, f.ID, p.On); err != nil {
		return err
	}
	c, err := enterStage(tx, f.Case, Terminated, p.On, p.Reason, "", nil)
	if err != nil {
		return err
	}
	e := Ending{On: p.On, Reason: Transferred, Destination: "other_centre", Outcome: "not_assessed", HandedTo: p.ToName, Note: p.Reason, Guardian: p.Guardian}
	if err := insertEnding(tx, c, e); err != nil {
		return err
	}
	tx.CountOf(c.Person, "case.terminated", c.Centre, e.On, e.Reason, 1)
	tx.CountOf(c.Person, "case.outcome", c.Centre, e.On, e.Outcome, 1)
	if c, err = enterStage(tx, c, Closed, p.On, p.Reason, "", nil); err != nil {
		return err
	}
	if _, err := store.Exec(tx, closeCase, p.On, Transferred, f.ID); err != nil {
		return err
	}
	tx.CountOf(f.Person, "case.closed", f.Centre, p.On, Transferred, 1)
	tx.CountOf(f.Person, "case.region", f.Centre, p.On, f.Region, -1)
	tx.CountOf(f.Person, "case.worker", f.Centre, p.On, f.carrier(), -1)
	tx.Record(entryOf(c, fail.Say("Kasus pindah ke %s.", p.ToName), p))
	_, err = refresh(tx, f.ID)
	return err
}

// ReviewBy sets the day of the next review of a case that stays long; nothing ends the long stay.
func ReviewBy(tx *store.Tx, caseID id.ID, on clock.Day) error {
	if _, err := store.Exec(tx, setReview, on, caseID); err != nil {
		return err
	}
	_, err := refresh(tx, caseID)
	return err
}

// adult is the age from which somebody is no child (Permensos 16/2019 Pasal 1: a child is under 18).
const adult = 18

// Child tells whether somebody is surely a child on a day.
func (l Line) Child(on clock.Day) bool {
	_, to, known := l.Birth.Age(on)
	return known && to < adult
}

// LeftAlone gives the children of a family who stay in care when some of it leave, and no grown-up of it stays.
func LeftAlone(group []Line, leaving []id.ID, on clock.Day) (children []Line) {
	for _, l := range group {
		gone := !l.InCare()
		for _, id := range leaving {
			gone = gone || l.ID == id
		}
		switch {
		case gone:
		case !l.Child(on):
			return nil
		default:
			children = append(children, l)
		}
	}
	return children
}

// mayLeaveChildren holds that no child of a family stays behind without somebody who answers for it (Permensos
// 16/2019 Pasal 1, 21: the family is one case; that the name is written down is our design).
func mayLeaveChildren(group []Line, leaving []id.ID, on clock.Day, guardian string) error {
	if children := LeftAlone(group, leaving, on); len(children) > 0 && guardian == "" {
		return fail.Bad("guardian", "required", "%s tinggal tanpa orang dewasa keluarganya. Tulis siapa walinya.", children[0].Called)
	}
	return nil
}

// KeepChildren asks for a guardian where the family of a case leaves children behind.
func KeepChildren(tx *store.Tx, c Case, leaving []id.ID, on clock.Day, guardian string) error {
	group, err := Group(tx, c)
	if err != nil || len(group) < 2 {
		return err
	}
	return mayLeaveChildren(group, leaving, on, guardian)
}

// ResidentsByKind counts who lives at a centre by kind of PPKS.
func ResidentsByKind(tx *store.Tx, centre id.ID) (map[string]int64, error) {
	out := map[string]int64{}
	return out, store.Stream(tx, residentsByKind, func(r store.Row) (k struct {
		key string
		n   int64
	}, err error) {
		err = r.Scan(&k.key, &k.n)
		return k, err
	}, func(k struct {
		key string
		n   int64
	}) error {
		out[k.key] = k.n
		return nil
	}, centre)
}
