package person

import (
	"context"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

var (
	exportPersons = store.NewDisclosure("person.export", who.Export, store.ByExport)
	lookBroken    = store.NewAct("person.verify", who.SeeSystem)
)

// Exported is a person as she leaves the house, with the codes of the centres at which she is present.
type Exported struct {
	Person
	Centres []string
}

// Export hands on every person that the asker may see, in the order of the ids, from one picture of the
// data. Numbers and village are masked as on every page.
func (d *Desk) Export(ctx context.Context, by who.Asker, each func(Exported) error) error {
	return d.store.Read(ctx, by, exportPersons, func(tx *store.Tx) error {
		for after := id.ID(0); ; {
			page, err := exportPage(tx, after)
			if err != nil || len(page) == 0 {
				return err
			}
			for _, p := range page {
				tx.Saw(p.ID)
				p.Person = masked(p.Person, by)
				if err := each(p); err != nil {
					return err
				}
			}
			after = page[len(page)-1].ID
		}
	})
}

// exportPage reads some persons, and then their names, numbers and centres in one statement each.
func exportPage(tx *store.Tx, after id.ID) ([]Exported, error) {
	persons, err := store.Each(tx, personsAfter, scanPerson, int64(after))
	if err != nil || len(persons) == 0 {
		return nil, err
	}
	page := make([]Exported, len(persons))
	at := map[id.ID]*Exported{}
	for i, p := range persons {
		page[i].Person = p
		at[p.ID] = &page[i]
	}
	first, last := int64(persons[0].ID), int64(persons[len(persons)-1].ID)
	if err := store.Stream(tx, namesBetween, scanNameOf, func(n nameOf) error {
		if p := at[n.person]; p != nil {
			p.Names = append(p.Names, n.Name)
		}
		return nil
	}, first, last); err != nil {
		return nil, err
	}
	if err := store.Stream(tx, claimsBetween, scanClaimOf, func(c claimOf) error {
		if p := at[c.person]; p != nil {
			p.Identifiers = append(p.Identifiers, c.Identifier)
		}
		return nil
	}, first, last); err != nil {
		return nil, err
	}
	return page, store.Stream(tx, centresBetween, scanPresence, func(c presence) error {
		if p := at[c.person]; p != nil {
			p.Centres = append(p.Centres, c.code)
		}
		return nil
	}, first, last)
}

// Broken names what breaks an invariant of this desk.
func (d *Desk) Broken(ctx context.Context) (wrong []string, err error) {
	err = d.store.Read(ctx, who.House("verify"), lookBroken, func(tx *store.Tx) error {
		wrong, err = store.Faults(tx, []store.Fault{
			{Found: personsNameless, Says: "person %s has no name"},
			{Found: personsNowhere, Says: "person %s is present at no centre"},
			{Found: claimsOfNobody, Says: "identifier %s belongs to nobody"},
		})
		return err
	})
	return wrong, err
}

// OfNumber finds the persons who bear a number; two are enough to know that it names nobody.
func OfNumber(tx *store.Tx, kind, value string) ([]id.ID, error) {
	return store.Each(tx, personsOfNumber, store.IDs, kind, value)
}

// SameAs tells whether an entry is the person that was entered under its id before.
func (p Person) SameAs(e Entry) bool {
	return len(e.Names) > 0 && p.Called == e.Names[0].Text && p.Sex == e.Sex && p.Birth == e.Birth && p.HomeRegion == e.HomeRegion
}
