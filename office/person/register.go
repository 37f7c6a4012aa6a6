package person

import (
	"context"
	"fmt"
	"strings"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

var (
	look     = store.NewAct("person.look", who.SeePerson)
	change   = store.NewAct("person.change", who.ChangePerson)
	follow   = store.NewAct("person.follow", who.ChangePerson)
	restrict = who.SeeRestricted
)

// Register enters a new person at a centre, with hints of likely same persons, which never refuse. The
// same id sent twice with the same content is the same record.
func (d *Desk) Register(ctx context.Context, by who.Asker, e Entry) (p Person, hints []Hint, err error) {
	if e, err = mayEnter(e, d.store.Today()); err != nil {
		return p, nil, err
	}
	if e.Centre == 0 && len(by.Scope.Centres) == 1 {
		e.Centre = by.Scope.Centres[0]
	}
	if e.Centre == 0 {
		return p, nil, fail.Bad("centre_id", "required", "Pilih UPT tempat orang ini dicatat.")
	}
	if e.Restricted && !by.May(restrict) {
		return p, nil, fail.Denied
	}
	given := e.ID
	if e.ID == 0 {
		e.ID = id.New()
	}
	err = d.store.Write(ctx, by, enter, func(tx *store.Tx) (err error) {
		p, err = Enter(tx, e)
		return err
	})
	if given != 0 && store.Duplicate(err) {
		return d.again(ctx, by, e)
	}
	if err != nil {
		return p, nil, err
	}
	hints, err = d.Hints(ctx, by, e)
	return p, hints, err
}

// Enter enters a checked person inside a transaction.
func Enter(tx *store.Tx, e Entry) (Person, error) {
	p, err := insert(tx, e, e.Centre)
	if err != nil {
		return p, err
	}
	tx.Record(store.Entry{Kind: "person", ID: p.ID, Person: p.ID, Centre: e.Centre, Say: fail.Say("%s didaftarkan.", p.Called), What: e})
	return p, nil
}

// Ready checks an entry without writing it: for imports.
func Ready(e Entry, today clock.Day) (Entry, error) { return mayEnter(e, today) }

// again answers a client that sends the same record a second time.
func (d *Desk) again(ctx context.Context, by who.Asker, e Entry) (Person, []Hint, error) {
	p, err := d.Look(ctx, by, e.ID)
	if err != nil || p.Called != e.Names[0].Text || p.Sex != e.Sex || p.Birth != e.Birth || p.HomeRegion != e.HomeRegion {
		return p, nil, fail.Clash("id-used", "Pengenal ini sudah dipakai untuk catatan lain.")
	}
	return p, nil, nil
}

// Look opens a person's data; the ledger keeps who looked.
func (d *Desk) Look(ctx context.Context, by who.Asker, person id.ID) (p Person, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if p, err = ByID(tx, person); err != nil {
			return err
		}
		tx.Saw(p.ID)
		p = masked(p, by)
		return nil
	})
	return p, err
}

// Change puts an entry in the place of what was known; every field that changed is kept with its old
// value. Numbers stay when the entry carries none and the asker cannot see them.
func (d *Desk) Change(ctx context.Context, by who.Asker, person id.ID, version int64, e Entry) (p Person, err error) {
	if e, err = mayEnter(e, d.store.Today()); err != nil {
		return p, err
	}
	err = d.store.Write(ctx, by, change, func(tx *store.Tx) error {
		old, err := ByID(tx, person)
		if err != nil {
			return err
		}
		if old.Version != version {
			return fail.Stale
		}
		if e.Restricted != old.Restricted && !by.May(restrict) {
			return fail.Denied
		}
		if !by.May(who.SeeIdentity) {
			e.Identifiers, e.Village = old.Identifiers, old.Village
		}
		p, err = replace(tx, old, e)
		return err
	})
	return p, err
}

func replace(tx *store.Tx, old Person, e Entry) (Person, error) {
	p := Person{ID: old.ID, Version: old.Version + 1, Called: e.Names[0].Text, Sex: e.Sex, Birth: e.Birth, HomeRegion: e.HomeRegion,
		Village: e.Village, FoundPlace: e.FoundPlace, FoundOn: e.FoundOn, Restricted: e.Restricted, DeceasedOn: e.DeceasedOn, Note: e.Note,
		Names: e.Names, Identifiers: e.Identifiers}
	diffs := differ(old, p)
	for _, c := range diffs {
		if _, err := store.Exec(tx, insertChange, id.New(), tx.Now().UnixMilli(), tx.By().User, tx.By().Name, c.Field, c.Old, c.New, p.ID); err != nil {
			return p, err
		}
	}
	n, err := store.Exec(tx, changePerson, p.Called, p.Sex, p.Birth.Date, p.Birth.Precision, orNull(p.Birth.From), orNull(p.Birth.To),
		p.HomeRegion, p.Village, p.FoundPlace, p.FoundOn, p.Restricted, p.DeceasedOn, p.Note, p.ID, old.Version)
	if err != nil {
		return p, err
	}
	if n == 0 {
		return p, fail.Stale
	}
	if p.Restricted != old.Restricted {
		tx.Restricted(p.ID, p.Restricted)
	}
	if err := replaceLists(tx, old, p); err != nil {
		return p, err
	}
	tx.Record(store.Entry{Kind: "person", ID: p.ID, Person: p.ID, Say: fail.Say("Data diri diubah, %d isian.", len(diffs)), What: diffs})
	c := Changed{p.ID, nameText(old) != nameText(p), old.Sex != p.Sex, old.HomeRegion != p.HomeRegion, old.Birth != p.Birth, claimText(old) != claimText(p)}
	if c != (Changed{Person: p.ID}) {
		tx.Tell(TopicChanged, c)
	}
	return p, nil
}

// TopicChanged is the outbox topic of a changed person: desks that count by sex, age or district, and the
// search of centres that the asker could not see, follow after the commit.
const TopicChanged = "person.changed"

// Changed is the message of TopicChanged.
type Changed struct {
	Person                    id.ID
	Names, Sex, Region, Birth bool
	Claims                    bool // NIK and other numbers
}

// Follow makes a renamed person findable at every centre, those of others too.
func (d *Desk) Follow(ctx context.Context, c Changed) error {
	if !c.Names {
		return nil
	}
	return d.store.Write(ctx, who.House("person"), follow, func(tx *store.Tx) error {
		p, err := ByID(tx, c.Person)
		if err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "person", ID: p.ID, Person: p.ID, Say: fail.Say("Nama baru dapat dicari di semua UPT.")})
		return repost(tx, p)
	})
}

func replaceLists(tx *store.Tx, old, p Person) error {
	if nameText(old) != nameText(p) {
		if _, err := store.Exec(tx, dropNames, tx.Now().UnixMilli(), p.ID); err != nil {
			return err
		}
		if err := insertNames(tx, p); err != nil {
			return err
		}
		if err := repost(tx, p); err != nil {
			return err
		}
	}
	if claimText(old) == claimText(p) {
		return nil
	}
	if _, err := store.Exec(tx, dropClaims, tx.Now().UnixMilli(), p.ID); err != nil {
		return err
	}
	for i, c := range p.Identifiers {
		p.Identifiers[i].ID = id.New()
		if _, err := store.Exec(tx, insertClaim, p.Identifiers[i].ID, c.Kind, c.Value, c.Certainty, c.Source, tx.Today(), p.ID); err != nil {
			return err
		}
	}
	return nil
}

// FieldChange is one field that was changed.
type FieldChange struct {
	ID    id.ID     `json:"id"`
	At    time.Time `json:"at"`
	User  string    `json:"by"`
	Field string    `json:"field"`
	Old   string    `json:"old"`
	New   string    `json:"new"`
}

func differ(a, b Person) []FieldChange {
	var out []FieldChange
	for _, f := range []struct{ name, old, now string }{
		{"names", nameText(a), nameText(b)}, {"sex", a.Sex, b.Sex}, {"birth", a.Birth.Text(), b.Birth.Text()},
		{"home_region", a.HomeRegion, b.HomeRegion}, {"village", a.Village, b.Village}, {"found_place", a.FoundPlace, b.FoundPlace},
		{"found_on", string(a.FoundOn), string(b.FoundOn)}, {"restricted", fmt.Sprint(a.Restricted), fmt.Sprint(b.Restricted)},
		{"deceased_on", string(a.DeceasedOn), string(b.DeceasedOn)}, {"note", a.Note, b.Note}, {"identifiers", claimText(a), claimText(b)},
	} {
		if f.old != f.now {
			out = append(out, FieldChange{Field: f.name, Old: f.old, New: f.now})
		}
	}
	return out
}

func nameText(p Person) string {
	var all []string
	for _, n := range p.Names {
		all = append(all, n.Text+" ("+n.Kind+")")
	}
	return strings.Join(all, "; ")
}

func claimText(p Person) string {
	s := ""
	for _, c := range p.Identifiers {
		s += c.Kind + " " + c.Value + " (" + c.Certainty + "); "
	}
	return s
}

// Changes lists what was changed, newest first.
func (d *Desk) Changes(ctx context.Context, by who.Asker, person id.ID) (all []FieldChange, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if _, err := store.One(tx, briefByID, scanBrief, person); err != nil {
			return err
		}
		tx.Saw(person)
		all, err = store.Each(tx, changesOf, func(r store.Row) (c FieldChange, err error) {
			var ms int64
			err = r.Scan(&c.ID, &ms, &c.User, &c.Field, &c.Old, &c.New)
			c.At = time.UnixMilli(ms).In(clock.WIB)
			return maskedChange(c, by), err
		}, person)
		return err
	})
	return all, err
}

// MarkDeceased notes a death inside a transaction.
func MarkDeceased(tx *store.Tx, person id.ID, on clock.Day) error {
	old, err := ByID(tx, person)
	if err != nil || old.DeceasedOn != "" {
		return err
	}
	_, err = replace(tx, old, Entry{ID: old.ID, Names: old.Names, Sex: old.Sex, Birth: old.Birth, Identifiers: old.Identifiers, HomeRegion: old.HomeRegion,
		Village: old.Village, FoundPlace: old.FoundPlace, FoundOn: old.FoundOn, Restricted: old.Restricted, DeceasedOn: on, Note: old.Note})
	return err
}
