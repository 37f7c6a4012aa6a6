package casework

import (
	"context"
	"errors"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/person"
)

// Head is the case of the head of a family, which answers the criteria of Pasal 21 for spouse and children:
// they are one family case, with a file for each person.
type Head struct {
	Case
	Called   string
	Criteria []Criterion
}

const homeless = "gelandangan_pengemis"

// mayJoinFamily holds Pasal 21: a family of gelandangan or pengemis, at one centre, under one head.
func mayJoinFamily(tx *store.Tx, in Opening) error {
	if in.Family == 0 {
		return nil
	}
	head, err := ByID(tx, in.Family)
	if errors.Is(err, fail.NotFound) || err == nil && head.Centre != in.Centre {
		return fail.Bad("family_of", "unknown", "Kasus kepala keluarga ini tidak ada di UPT Anda.")
	}
	if err != nil {
		return err
	}
	his, _ := law.KindOf(head.Kind)
	hers, _ := law.KindOf(in.Kind)
	if his.Group != homeless || hers.Group != homeless || head.Family != 0 || head.Person == in.Person {
		return fail.Bad("family_of", "family", "Kasus keluarga berlaku bagi istri atau suami dan anak dari kepala keluarga gelandangan atau pengemis (Pasal 21).")
	}
	return nil
}

func (f *File) loadHead(tx *store.Tx) error {
	if f.Family == 0 {
		return nil
	}
	head, err := store.One(tx, caseByID, scanFile, f.Family)
	if errors.Is(err, fail.NotFound) { // the head is restricted: the criteria are asked of this case alone
		return nil
	}
	if err != nil {
		return err
	}
	head.Today = f.Today
	if head.Who, err = person.ByID(tx, head.Person); err != nil {
		return err
	}
	answers, err := answersOf(tx, head.ID)
	f.Head = &Head{head.Case, head.Who.Called, judge(head, answers)}
	return err
}

// ofFamily tells whether the head of the family answers a criterion: those of Pasal 21.
func (c Criterion) ofFamily() bool { return c.Article == "Pasal 21" }

// followHead takes the answer of the head of the family: met or waived there is met here.
func (c *Criterion) followHead(h Head) {
	for _, his := range h.Criteria {
		if his.Code != c.Code {
			continue
		}
		result := his.Result
		if his.Lifted() {
			result = Met
		}
		c.settle(result, fail.Say("Menurut kasus kepala keluarga, %s", h.Called))
	}
}

// regionOf is the home district under which a case is counted.
func regionOf(p person.Person) string {
	return law.HomeOf(p.HomeRegion)
}

// countRegion counts who is reached, by home district (Pasal 3 huruf f): from the opening until the closure.
func countRegion(tx *store.Tx, c Case, n int64) {
	tx.CountOf(c.Person, "case.region", c.Centre, c.OpenedOn, c.Region, n)
	if c.ClosedOn != "" {
		tx.CountOf(c.Person, "case.region", c.Centre, c.ClosedOn, c.Region, -n)
	}
}

var (
	follow     = store.NewAct("case.follow", who.WorkCase)
	errNothing = errors.New("nothing to count anew")
)

// FollowPerson counts the cases of a person anew under the home district that is now on record.
func (d *Desk) FollowPerson(ctx context.Context, subject id.ID) error {
	err := d.store.Write(ctx, who.House("casework"), follow, func(tx *store.Tx) error {
		moved := 0
		all, err := store.Each(tx, regionsOfPerson, scanHome, subject)
		for _, h := range all {
			came, err := followNik(tx, h)
			if err != nil {
				return err
			}
			if came {
				moved++
			}
			now := regionOf(person.Person{HomeRegion: h.home})
			if h.Region == now {
				continue
			}
			moved++
			countRegion(tx, h.Case, -1)
			h.Region = now
			countRegion(tx, h.Case, 1)
			if _, err := store.Exec(tx, setRegion, now, h.ID); err != nil {
				return err
			}
			tx.Record(entryOf(h.Case, fail.Say("Angka menurut daerah asal disesuaikan."), nil))
		}
		if err == nil && moved == 0 {
			return errNothing
		}
		return err
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// homed is a case with the home district that is now on record.
type homed struct {
	Case
	home string
	nik  clock.Day // since when the registry has one; "" without one
}

func scanHome(r store.Row) (h homed, err error) {
	h.Case, err = scanCase(r, &h.home, &h.nik)
	return h, err
}

// withFamily reads the file of a case with the cases of its family.
func (d *Desk) withFamily(ctx context.Context, by who.Asker, caseID id.ID) (f File, group []Line, err error) {
	err = d.store.Read(ctx, by, lookCase, func(tx *store.Tx) error {
		if f, err = FileOf(tx, caseID); err != nil {
			return err
		}
		group, err = Group(tx, f.Case)
		for _, l := range group {
			tx.Saw(l.Person)
		}
		return err
	})
	return f, group, err
}
