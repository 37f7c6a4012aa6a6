package interop

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/centre"
	"tuntas/office/person"
	"tuntas/office/residence"
)

// Desk is the desk of exchange.
type Desk struct{ store *store.Store }

// New opens the desk.
func New(s *store.Store) *Desk { return &Desk{s} }

var (
	previewRegister = store.NewAct("register.preview", who.Import)
	importRegister  = store.NewAct("register.import", who.Import)
)

// Outcome is what an import did, or would do.
type Outcome struct {
	Sheet   Sheet
	New     []Row
	Known   int // taken in before
	Written bool
}

// Register reads an office's register and takes the good rows in as persons, cases and stays; the bad ones
// come back with their reasons. Rows that were taken in before are known again. dry writes nothing.
func (d *Desk) Register(ctx context.Context, by who.Asker, file []byte, dry bool) (out Outcome, err error) {
	work := func(tx *store.Tx) error {
		if out.Sheet, err = d.read(tx, file); err != nil {
			return err
		}
		if out.New, out.Known, err = unknown(tx, out.Sheet.Rows); err != nil {
			return err
		}
		if dry {
			return nil
		}
		for _, row := range out.New {
			if err := takeIn(tx, row); err != nil {
				return err
			}
		}
		out.Written = true
		tx.Record(store.Entry{Kind: "import", Say: fail.Say("Daftar diimpor: %d baris baru, %d sudah ada, %d ditolak.", len(out.New), out.Known, len(out.Sheet.Rejects))})
		return nil
	}
	if dry {
		err = d.store.Read(ctx, by, previewRegister, work)
	} else {
		err = d.store.Write(ctx, by, importRegister, work)
	}
	return out, err
}

// read reads the file against the centres of the asker: a row of another centre is handed back.
func (d *Desk) read(tx *store.Tx, file []byte) (Sheet, error) {
	all, err := centre.All(tx)
	if err != nil {
		return Sheet{}, err
	}
	var centres []CentreRef
	for _, c := range all {
		if c.ClientService && (tx.By().System || tx.By().Scope.Has(c.ID)) {
			abbr, _, _ := strings.Cut(c.Name, " "+c.Place)
			centres = append(centres, CentreRef{ID: c.ID, Code: c.Code, Abbr: abbr, Name: strings.TrimSuffix(c.Name, " (contoh)"), Place: c.Place})
		}
	}
	var kinds []Kind
	for _, k := range law.Kinds.Latest() {
		kinds = append(kinds, Kind{k.Key, k.Name})
	}
	var regions []Region
	for _, r := range law.Regions.Latest() {
		regions = append(regions, Region{r.Code, r.Name, r.Type})
	}
	return ReadRegister(bytes.NewReader(file), tx.Today(), centres, kinds, regions)
}

func unknown(tx *store.Tx, rows []Row) (fresh []Row, known int, err error) {
	for _, row := range rows {
		was, err := person.Imported(tx, row.Fingerprint)
		if err != nil {
			return nil, 0, err
		}
		if was {
			known++
			continue
		}
		fresh = append(fresh, row)
	}
	return fresh, known, nil
}

// takeIn makes a person, a case and a stay of one row, by the desks' own deeds.
func takeIn(tx *store.Tx, row Row) error {
	p, err := person.Ready(entryOf(row), tx.Today())
	if err != nil {
		return err
	}
	who, err := person.Enter(tx, p)
	if err != nil {
		return err
	}
	if err := person.MarkImported(tx, who.ID, row.Fingerprint); err != nil {
		return err
	}
	c, err := casework.Open(tx, casework.Opening{Person: who.ID, Centre: row.Centre, Kind: row.Kind, OpenedOn: row.EnteredOn, Source: clip(row.Note, 200)})
	var rule *fail.Rule
	if errors.As(err, &rule) {
		return fail.Bad("file", rule.Name, "Baris %d: %s", row.Line, rule.Say.String())
	}
	if err != nil {
		return err
	}
	bed, err := residence.FreeBed(tx, row.Centre, row.EnteredOn)
	if err != nil {
		return err
	}
	_, err = residence.Place(tx, residence.Placement{Bed: bed, Person: who.ID, Case: c.ID, From: row.EnteredOn, State: residence.Open})
	return err
}

func clip(s string, n int) string {
	r := []rune(s)
	return string(r[:min(len(r), n)])
}

func entryOf(row Row) person.Entry {
	e := person.Entry{ID: id.New(), Centre: row.Centre, Names: []person.Name{{Kind: row.NameKind, Text: row.Name}}, Sex: row.Sex, Birth: person.Birth(row.Birth),
		HomeRegion: row.Region, Village: row.Village, Note: row.Note}
	if row.Alias != "" {
		e.Names = append(e.Names, person.Name{Kind: "alias", Text: row.Alias})
	}
	if row.NIK != "" {
		e.Identifiers = []person.Identifier{{Kind: "nik", Value: row.NIK, Certainty: row.NIKCertainty, Source: "daftar UPT"}}
	}
	for _, d := range row.Doubts {
		e.Note = strings.TrimSpace(e.Note + "\n" + d.Column + ": " + d.Typed)
	}
	e.Note = clip(e.Note, 2000)
	return e
}
