package standards

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/upload"
	"tuntas/house/who"
	"tuntas/law"
)

// Desk is the desk of standards.
type Desk struct {
	store *store.Store
	read  sync.Map // id of a standard to kept: what was read of its file

	results sync.Map // resultKey to Result: what everybody may know of a verified assessment
}

// kept is a file that was read, under the sum of its bytes.
type kept struct {
	sha      string
	standard Standard
}

// New opens the desk.
func New(s *store.Store) *Desk { return &Desk{store: s} }

var (
	lookStandards = store.NewAct("standard.look", who.SeeCentre)
	enterStandard = store.NewAct("standard.enter", who.ManageStandards)
)

// Held is a version of a standard in the list: one that came with the program, or one of the office.
type Held struct {
	ID        id.ID // 0: it came with the program, and no campaign has used it
	Key       string
	Edition   string
	Name      string
	NameEn    string
	ValidFrom clock.Day
	ValidTo   clock.Day
	Source    string
	Status    string
	Criteria  int64
	Used      bool
	Shipped   bool
	AddedOn   clock.Day
	By        string
	sha       string
}

// In gives the name in a language.
func (h Held) In(lang string) string { return inLang(lang, h.Name, h.NameEn) }

// Valid tells whether the version holds on a day.
func (h Held) Valid(on clock.Day) bool {
	return h.ValidFrom <= on && (h.ValidTo == "" || h.ValidTo >= on)
}

// Choice names the version in a form: snrs/2019.
func (h Held) Choice() string { return h.Key + "/" + h.Edition }

// shipped are the standards that come with the program. A file with a fault stops it: it must not ask by half a standard.
var shipped = sync.OnceValue(func() map[string]shippedFile {
	all := map[string]shippedFile{}
	for _, f := range law.Standards() {
		s, faults := Parse(f.Body)
		if err := faults.Err(); err != nil {
			panic(fmt.Sprintf("law/standards/%s/%s.json: %v", f.Key, f.Version, err))
		}
		all[f.Key+"/"+f.Version] = shippedFile{s, f.Body}
	}
	return all
})

// CriterionOf finds a criterion by its key in the standards that come with the program, for those who keep only keys.
func CriterionOf(standard, criterion string) (Criterion, bool) {
	for _, f := range shipped() {
		if f.standard.Key != standard {
			continue
		}
		for _, c := range f.standard.Criteria() {
			if c.Key == criterion {
				return c, true
			}
		}
	}
	return Criterion{}, false
}

type shippedFile struct {
	standard Standard
	body     []byte
}

func heldOf(s Standard, body []byte) Held {
	return Held{Key: s.Key, Edition: s.Edition, Name: s.Name, NameEn: s.NameEn, ValidFrom: s.ValidFrom, ValidTo: s.ValidTo, Source: s.Source, Status: s.Status,
		Criteria: int64(len(s.Criteria())), sha: upload.Sum(body)}
}

// library gives all versions: those of the office, and those of the program that are not among them.
func library(tx *store.Tx) ([]Held, error) {
	all, err := standardsHeld(tx)
	if err != nil {
		return nil, err
	}
	for i, h := range all {
		_, all[i].Shipped = shipped()[h.Choice()]
	}
	for choice, f := range shipped() {
		if !slices.ContainsFunc(all, func(h Held) bool { return h.Choice() == choice }) {
			h := heldOf(f.standard, f.body)
			h.Shipped = true
			all = append(all, h)
		}
	}
	slices.SortFunc(all, func(a, b Held) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(b.ValidFrom, a.ValidFrom), cmp.Compare(b.Edition, a.Edition))
	})
	return all, nil
}

// Library lists all versions of all standards, by key, the newest first.
func (d *Desk) Library(ctx context.Context, by who.Asker) (all []Held, err error) {
	err = d.store.Read(ctx, by, lookStandards, func(tx *store.Tx) error {
		all, err = library(tx)
		return err
	})
	return all, err
}

// Standard gives one version with its text.
func (d *Desk) Standard(ctx context.Context, by who.Asker, key, edition string) (s Standard, h Held, body []byte, err error) {
	err = d.store.Read(ctx, by, lookStandards, func(tx *store.Tx) error {
		s, h, body, err = d.versionOf(tx, key, edition)
		return err
	})
	return s, h, body, err
}

// versionOf finds a version: what a campaign uses stands before what came with the program.
func (d *Desk) versionOf(tx *store.Tx, key, edition string) (Standard, Held, []byte, error) {
	f, ships := shipped()[key+"/"+edition]
	held, text, err := standardByName(tx, key, edition)
	if err == nil {
		held.Shipped = ships
		s, faults := Parse([]byte(text))
		return s, held, []byte(text), faults.Err()
	}
	if !errors.Is(err, fail.NotFound) || !ships {
		return Standard{}, Held{}, nil, err
	}
	held = heldOf(f.standard, f.body)
	held.Shipped = true
	return f.standard, held, f.body, nil
}

// standardOf gives a standard that a campaign uses. Its text is read from the database once, and then kept.
func (d *Desk) standardOf(tx *store.Tx, standard id.ID) (Standard, error) {
	known := kept{}
	if v, ok := d.read.Load(standard); ok {
		known = v.(kept)
	}
	sha, body, err := standardText(tx, standard, known.sha)
	if err != nil || sha == known.sha {
		return known.standard, err
	}
	s, faults := Parse([]byte(body))
	if err := faults.Err(); err != nil {
		return s, fmt.Errorf("standard %s: %w", standard, err)
	}
	d.read.Store(standard, kept{sha, s})
	return s, nil
}

// mayEnter holds that a version which a campaign uses stays as it is, and that those of the program are not replaced.
func mayEnter(s Standard, old Held, known bool) error {
	if _, ships := shipped()[s.Key+"/"+s.Edition]; ships {
		return fail.Clash("standard-shipped", "Versi %s dari %s adalah bawaan. Beri berkas Anda version lain.", s.Edition, s.Key)
	}
	if known && old.Used {
		return fail.Clash("standard-used", "Versi %s dari %s sudah dipakai sebuah putaran penilaian dan tidak bisa diganti. Beri berkas Anda version lain.", s.Edition, s.Key)
	}
	return nil
}

// Enter brings in a file of the office. Nothing is kept unless it is sound; the faults are told in err.
func (d *Desk) Enter(ctx context.Context, by who.Asker, body []byte) (h Held, err error) {
	if err := d.store.Read(ctx, by, enterStandard, func(*store.Tx) error { return nil }); err != nil { // who may not, learns nothing of a file
		return h, err
	}
	s, faults := Parse(body)
	if err := faults.Err(); err != nil {
		return h, err
	}
	h = heldOf(s, body)
	err = d.store.Write(ctx, by, enterStandard, func(tx *store.Tx) error {
		old, _, err := standardByName(tx, s.Key, s.Edition)
		known := err == nil
		if err != nil && !errors.Is(err, fail.NotFound) {
			return err
		}
		if err := mayEnter(s, old, known); err != nil {
			return err
		}
		h.ID, h.AddedOn, h.By = old.ID, tx.Today(), by.Name
		if known {
			n, err := replaceStandard(tx, h, body)
			if err == nil && n == 0 { // a campaign was opened with it in between
				err = mayEnter(s, Held{Used: true}, true)
			}
			if err != nil {
				return err
			}
		} else {
			h.ID = id.New()
			if err := insertStandard(tx, h, body, false); err != nil {
				return err
			}
		}
		tx.Record(store.Entry{Kind: "standard", ID: h.ID, Say: fail.Say("Standar %s versi %s dimasukkan.", s.Key, s.Edition),
			What: map[string]any{"key": s.Key, "version": s.Edition, "sha256": h.sha, "criteria": h.Criteria}})
		return nil
	})
	return h, err
}

// fixed makes a version the one that campaigns use, as it is now; it never changes again.
func (d *Desk) fixed(tx *store.Tx, key, edition string) (Held, Standard, error) {
	s, h, body, err := d.versionOf(tx, key, edition)
	if err != nil {
		return h, s, err
	}
	if h.ID == 0 {
		h.ID, h.AddedOn = id.New(), tx.Today()
		return h, s, insertStandard(tx, h, body, true)
	}
	return h, s, useStandard(tx, h.ID)
}

// NameOf gives the name of a criterion of a version that comes with the program; its key where there is none.
func NameOf(lang, choice, key string) string {
	if i := slices.IndexFunc(shipped()[choice].standard.Nodes, func(n Node) bool { return n.Key == key }); i >= 0 {
		n := shipped()[choice].standard.Nodes[i]
		return inLang(lang, n.Name, n.NameEn)
	}
	return key
}
