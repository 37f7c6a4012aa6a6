package person

import (
	"context"
	"errors"
	"slices"
	"strings"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// Exact names one person so exactly that nobody else is meant: by NIK, or by the centre, the whole name and the year
// of birth as they stand in the file (0: not known there).
type Exact struct {
	NIK    string
	Centre id.ID
	Name   string
	Year   int64
}

// Match is the one person that was meant.
type Match struct {
	Person     id.ID
	Centres    []id.ID // where the person is present
	Restricted bool
	Yours      bool // the asker may open the file anyway
}

// mostAlike is how many of the nearest names are looked at.
const mostAlike = 20

var exact = store.NewAct("person.exact", who.Anyone)

// Exactly finds who is meant, in the whole province by NIK, else at the centre; fail.NotFound when nobody is, or more
// than one. A restricted person is found by NIK alone. It shows no data: emergency access asks it (office/access).
func (d *Desk) Exactly(ctx context.Context, by who.Asker, e Exact) (m Match, err error) {
	if e.NIK != "" {
		err = d.store.Read(ctx, who.House("person.exact"), exact, func(tx *store.Tx) error {
			m, err = bearer(tx, e.NIK)
			return err
		})
	} else {
		there := who.Asker{Name: "person.exact", Scope: who.Scope{Centres: []id.ID{e.Centre}}} // without the restricted
		err = d.store.Read(ctx, there, exact, func(tx *store.Tx) error {
			m, err = namesake(tx, e)
			return err
		})
	}
	if err != nil {
		return m, err
	}
	by.Scope, by.Wide = by.Whole(), nil // the pages may be narrowed to one centre for now
	err = d.store.Read(ctx, by, exact, func(tx *store.Tx) error {
		_, err := store.One(tx, briefByID, scanBrief, m.Person)
		m.Yours = err == nil
		if errors.Is(err, fail.NotFound) {
			return nil
		}
		return err
	})
	return m, err
}

func bearer(tx *store.Tx, nik string) (Match, error) {
	found, err := OfNumber(tx, "nik", nik)
	if err != nil {
		return Match{}, err
	}
	if len(found) != 1 {
		return Match{}, fail.NotFound
	}
	return matched(tx, found[0])
}

// namesake finds the one person at the centre whose name is this one and whose year of birth is this one.
func namesake(tx *store.Tx, e Exact) (Match, error) {
	words := tokens(e.Name)
	hits, err := byName(tx, words)
	if err != nil {
		return Match{}, err
	}
	slices.Sort(words)
	var found []id.ID
	for _, h := range hits[:min(len(hits), mostAlike)] {
		if !h.Birth.inYear(int(e.Year)) {
			continue
		}
		p, err := ByID(tx, h.ID)
		if err != nil {
			return Match{}, err
		}
		if slices.ContainsFunc(p.Names, func(n Name) bool { return sameWords(words, n.Text) }) {
			found = append(found, p.ID)
		}
	}
	if len(found) != 1 {
		return Match{}, fail.NotFound
	}
	return matched(tx, found[0])
}

// sameWords tells whether a name has just these words, sorted, in whatever order they stand.
func sameWords(words []string, name string) bool {
	has := tokens(name)
	slices.Sort(has)
	return len(words) > 0 && strings.Join(has, " ") == strings.Join(words, " ")
}

// inYear tells whether the birth was, or may have been, in a year; 0 is a birth of which nothing is known.
func (b Birth) inYear(year int) bool {
	from, to, known := b.Years()
	if year == 0 || !known {
		return year == 0 && !known
	}
	return from <= year && year <= to
}

func matched(tx *store.Tx, who id.ID) (m Match, err error) {
	p, err := store.One(tx, briefByID, scanBrief, who)
	if err != nil {
		return m, err
	}
	m.Person, m.Restricted = p.ID, p.Restricted
	m.Centres, err = store.Each(tx, centresOf, store.IDs, who)
	return m, err
}
