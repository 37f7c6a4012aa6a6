package performance

import (
	"context"
	"fmt"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/upload"
	"tuntas/house/who"
	"tuntas/office/centre"
)

var (
	makeAll  = store.NewAct("agreement.draft", who.KeepFigures)
	makeHere = store.NewAct("agreement.begin", who.CloseMonth)
	signIt   = store.NewAct("agreement.sign", who.SignAgreement)
	returnIt = store.NewAct("agreement.return", who.SignAgreement)
)

// The states of an agreement: a draft follows the tree; what was offered by the first signature is frozen; the second signature
// ends it.
const (
	Offered = "offered"
	Signed  = "signed"
)

// Agreement is a performance agreement of a year: of an institution with the office, or (Centre 0) of the office.
type Agreement struct {
	ID                     id.ID
	Version                int64
	Centre                 id.ID
	At                     string // "": the office
	Year, Edition          int64
	State                  string
	FirstName, FirstPost   string
	SecondName, SecondPost string
	Note                   string
	Tree                   id.ID
	Rules                  string
	SHA256                 string
	OfferedOn, SignedOn    clock.Day
	OfferedBy, SignedBy    string
	MadeOn                 clock.Day
	By                     string
}

// Path is the page of the agreement.
func (a Agreement) Path() string { return "/performance-agreements/" + a.ID.String() }

// Earlier is how many editions were before.
func (a Agreement) Earlier() int64 { return a.Edition - 1 }

// Line is an indicator of an agreement as it was signed.
type Line struct {
	Position  int64
	Origin    id.ID
	Under     string
	Indicator string
	Name      string
	NameEn    string
	Unit      string
	Value     *int64 // thousandths
	Budget    *int64 // rupiah
}

// In gives the name in a language.
func (l Line) In(lang string) string {
	if lang == string(text.EN) {
		return l.NameEn
	}
	return l.Name
}

// Pact is an agreement with its lines, and how they stand now.
type Pact struct {
	Agreement
	Lines []PactLine
	Now   Cascade
}

// PactLine is a line with the indicator as it stands today; Now is nil where the tree has it no more.
type PactLine struct {
	Line
	Now *Branch
}

// NewAgreement begins an agreement of a year.
type NewAgreement struct {
	Year       int64  `json:"year" required:"true" minimum:"2000" maximum:"2999" ask:"Tulis tahunnya."`
	Centre     id.ID  `json:"centre_id,omitempty"` // none: the office
	FirstName  string `json:"first_name" required:"true" maxLength:"120" ask:"Tulis nama pihak pertama."`
	FirstPost  string `json:"first_post" required:"true" maxLength:"120" ask:"Tulis jabatan pihak pertama."`
	SecondName string `json:"second_name" required:"true" maxLength:"120" ask:"Tulis nama pihak kedua."`
	SecondPost string `json:"second_post" required:"true" maxLength:"120" ask:"Tulis jabatan pihak kedua."`
	Note       string `json:"note,omitempty" maxLength:"500"`
}

func (a Agreement) entry(say string, what any) store.Entry {
	at := a.At
	if at == "" {
		at = office
	}
	return store.Entry{Kind: "agreement", ID: a.ID, Centre: a.Centre, Say: fail.Say(say, at, yearWord(a.Year)), What: what}
}

const office = "Dinas Sosial Provinsi Jawa Timur"

// Place gives an institution of the asker's own, for which an agreement may be begun.
func (d *Desk) Place(ctx context.Context, by who.Asker, at id.ID) (c centre.Centre, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		c, err = centre.Own(tx, at)
		return err
	})
	return c, err
}

// Begin drafts an agreement; the one before it of the same year must be signed, and stays.
func (d *Desk) Begin(ctx context.Context, by who.Asker, in NewAgreement) (a Agreement, err error) {
	act := makeAll
	if in.Centre != 0 && !by.May(who.KeepFigures) {
		act = makeHere
	}
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		a = Agreement{ID: id.New(), Version: 1, Centre: in.Centre, Year: in.Year, Edition: 1, State: Draft, FirstName: in.FirstName, FirstPost: in.FirstPost, SecondName: in.SecondName,
			SecondPost: in.SecondPost, Note: in.Note, MadeOn: tx.Today(), By: by.Name}
		if in.Centre != 0 {
			there, err := centre.Own(tx, in.Centre)
			if err != nil {
				return err
			}
			a.At = there.Name
		}
		old, err := agreementsFor(tx, in.Year, in.Centre)
		if err != nil {
			return err
		}
		for _, o := range old {
			if o.State != Signed {
				return fail.Clash("agreement-open", "Masih ada perjanjian tahun itu yang belum ditandatangani.")
			}
			a.Edition = max(a.Edition, o.Edition+1)
		}
		t, err := treeOn(tx, yearEnd(in.Year, tx.Today()))
		if err != nil {
			return fail.Bad("year", "absent", "Belum ada pohon kinerja yang berlaku pada tahun itu.")
		}
		a.Tree = t.ID
		tx.Record(a.entry("Perjanjian kinerja %s tahun %s dirancang.", in))
		return insertAgreement(tx, a)
	})
	return a, err
}

// yearEnd is the last day of a year; of one that has not begun, its tree is that of today.
func yearEnd(year int64, today clock.Day) clock.Day {
	return min(clock.Day(yearWord(year)+"-12-31"), max(today, clock.Day(yearWord(year)+"-01-01")))
}

// Agreements lists agreements, the newest first; of one institution, or of all (0).
func (d *Desk) Agreements(ctx context.Context, by who.Asker, at, before id.ID, limit int64) (all []Agreement, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		all, err = agreementsOf(tx, at, before, limit)
		return err
	})
	return all, err
}

// Pact gives an agreement: what was signed, and how it stands now.
func (d *Desk) Pact(ctx context.Context, by who.Asker, agreement id.ID) (p Pact, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		p, err = d.pact(tx, agreement)
		return err
	})
	return p, err
}

func (d *Desk) pact(tx *store.Tx, agreement id.ID) (p Pact, err error) {
	if p.Agreement, err = agreementByID(tx, agreement); err != nil {
		return p, err
	}
	if p.Now, err = d.cascade(tx, p.Year, p.Centre); err != nil {
		return p, err
	}
	var lines []Line
	if p.State == Draft {
		budgets, err := analysesIn(tx, p.Year, p.Centre)
		if err != nil {
			return p, err
		}
		lines = p.Now.lines(p.Centre != 0, budgets)
	} else if lines, err = linesOf(tx, agreement); err != nil {
		return p, err
	}
	for _, l := range lines {
		one := PactLine{Line: l}
		for _, b := range p.Now.Leaves() {
			if b.Origin == l.Origin {
				one.Now = b
			}
		}
		p.Lines = append(p.Lines, one)
	}
	return p, nil
}

// lines are the indicators that an agreement would hold now: those that institutions carry, or those of the office.
func (c Cascade) lines(ofInstitution bool, budgets map[id.ID]Analysis) (all []Line) {
	var seek func(b, under *Branch)
	seek = func(b, under *Branch) {
		if b.Kind == Target {
			under = b
		}
		if b.Kind == Indicator && (b.Level == ofCentre) == ofInstitution && b.Why != noFigure {
			l := Line{Position: int64(len(all) + 1), Origin: b.Origin, Under: under.Name, Indicator: b.Node.Indicator, Name: b.Name, NameEn: b.NameEn, Unit: b.Figure.Unit}
			if b.Aim != nil {
				l.Value = &b.Aim.Thousandths
			}
			if a, ok := budgets[b.Origin]; ok {
				l.Budget = a.Budget
			}
			all = append(all, l)
		}
		for _, one := range b.Children {
			seek(one, under)
		}
	}
	for _, r := range c.Roots {
		seek(r, r)
	}
	return all
}

// Missing is how many lines have no target yet.
func (p Pact) Missing() (n int) {
	for _, l := range p.Lines {
		if l.Value == nil {
			n++
		}
	}
	return n
}

// Sign signs an agreement: the head of the institution first, then the head of the office; that of the office the head of the
// office alone, whose second party signs on paper. What is signed first is frozen with its SHA-256.
func (d *Desk) Sign(ctx context.Context, by who.Asker, agreement id.ID, version int64) (a Agreement, err error) {
	err = d.store.Write(ctx, by, signIt, func(tx *store.Tx) error {
		p, err := d.pact(tx, agreement)
		if err != nil {
			return err
		}
		a = p.Agreement
		if err := maySign(tx.By(), p, version); err != nil {
			return err
		}
		if a.State == Draft {
			a.State, a.OfferedOn, a.OfferedBy, a.Tree = Offered, tx.Today(), by.Name, p.Now.ID
			a.Rules = p.Now.Rule
			for _, l := range p.Lines {
				if err := insertLine(tx, a.ID, l.Line); err != nil {
					return err
				}
			}
			a.SHA256 = upload.Sum([]byte(p.Text()))
			tx.Record(a.entry("Perjanjian kinerja %s tahun %s ditandatangani pihak pertama.", map[string]any{"sha256": a.SHA256}))
		} else {
			tx.Record(a.entry("Perjanjian kinerja %s tahun %s ditandatangani pihak kedua.", map[string]any{"sha256": a.SHA256}))
			a.State = Signed
		}
		if a.Centre == 0 || a.State == Signed {
			a.State, a.SignedOn, a.SignedBy = Signed, tx.Today(), by.Name
		}
		return keepAgreement(tx, &a)
	})
	return a, err
}

// maySign holds who signs when: each the own part, and nobody what is empty.
func maySign(by who.Asker, p Pact, version int64) error {
	whole := by.Whole().All
	switch {
	case version > 0 && version != p.Version:
		return fail.Stale
	case p.State == Signed:
		return fail.Broken("agreement-signed", "Perjanjian ini sudah ditandatangani %s.", p.SignedOn)
	case p.Centre != 0 && !whole && !by.Scope.Has(p.Centre):
		return fail.NotFound
	case p.Centre == 0 && !whole:
		return fail.Denied
	case p.Centre != 0 && p.State == Draft && whole && !by.System:
		return fail.Broken("agreement-first", "Kepala UPT menandatangani lebih dulu.")
	case p.Centre != 0 && p.State == Offered && !whole:
		return fail.Broken("agreement-second", "Sekarang giliran Kepala Dinas menandatangani.")
	case p.State == Draft && len(p.Lines) == 0:
		return fail.Broken("agreement-empty", "Tidak ada indikator untuk perjanjian ini. Periksa pohon kinerja.")
	case p.State == Draft && p.Missing() > 0:
		return fail.Broken("agreement-targets", "%d indikator belum punya target. Tetapkan dulu targetnya.", p.Missing())
	}
	return nil
}

// SetReturn says why an agreement goes back.
type SetReturn struct {
	Reason string `json:"reason" required:"true" maxLength:"500" ask:"Tulis alasannya."`
}

// Return gives an offered agreement back: it is a draft again and follows the tree.
func (d *Desk) Return(ctx context.Context, by who.Asker, agreement id.ID, version int64, in SetReturn) (a Agreement, err error) {
	err = d.store.Write(ctx, by, returnIt, func(tx *store.Tx) error {
		if a, err = agreementByID(tx, agreement); err != nil {
			return err
		}
		switch {
		case version > 0 && version != a.Version:
			return fail.Stale
		case !by.Whole().All:
			return fail.Denied
		case a.State != Offered:
			return fail.Broken("agreement-not-offered", "Hanya perjanjian yang menunggu pihak kedua dapat dikembalikan.")
		}
		tx.Record(a.entry("Perjanjian kinerja %s tahun %s dikembalikan.", in))
		a.State, a.OfferedOn, a.OfferedBy, a.SHA256, a.Rules = Draft, "", "", "", ""
		a.Note = strings.TrimSpace(a.Note + "\n" + in.Reason)
		if r := []rune(a.Note); len(r) > 500 {
			a.Note = string(r[len(r)-500:])
		}
		if err := dropLines(tx, a.ID); err != nil {
			return err
		}
		return keepAgreement(tx, &a)
	})
	return a, err
}

// Text writes down what is signed: the sum of it is kept with the signature.
func (p Pact) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Perjanjian kinerja %d %s %s\n%s, %s\n%s, %s\n", p.Year, p.Centre, p.At, p.FirstName, p.FirstPost, p.SecondName, p.SecondPost)
	for _, l := range p.Lines {
		fmt.Fprintf(&b, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", l.Position, l.Under, l.Indicator, l.Name, l.Unit, given(l.Value), given(l.Budget))
	}
	return b.String()
}

// Whole tells whether what stands there is what was signed.
func (p Pact) Whole() bool { return p.State == Draft || upload.Sum([]byte(p.Text())) == p.SHA256 }

func given(n *int64) string {
	if n == nil {
		return ""
	}
	return fmt.Sprint(*n)
}
