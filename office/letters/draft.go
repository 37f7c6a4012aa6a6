package letters

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/casework"
)

var (
	prepare   = store.NewAct("letter.prepare", who.PrepareLetter)
	lookDraft = store.NewAct("letter.look-draft", who.SeeCase)
)

// The states of a draft.
const (
	DraftOpen      = "open"
	DraftIssued    = "issued"
	DraftWithdrawn = "withdrawn"
)

// Draft is a letter that waits for the signature of the head. What it says is written anew each time it is looked at,
// from what is on record; only what its writer typed is its own.
type Draft struct {
	ID         id.ID
	Version    int64
	Centre     id.ID
	CentreName string
	Person     id.ID
	Called     string
	Case       id.ID
	Kind       string
	Month      string
	Input      Input
	State      string
	MadeOn     clock.Day
	Writer     id.ID
	By         string
	Letter     id.ID // that it became
}

// Path is the page of the draft.
func (g Draft) Path() string { return "/letter-drafts/" + g.ID.String() }

// KindOf describes the kind of the draft.
func (g Draft) KindOf() Kind { k, _ := kindOf(g.Kind); return k }

func (g Draft) typed() string {
	b, err := json.Marshal(g.Input)
	if err != nil {
		panic(err) // strings alone
	}
	return string(b)
}

func (g Draft) entry(say fail.Saying) store.Entry {
	return store.Entry{Kind: "letter-draft", ID: g.ID, Person: g.Person, Case: g.Case, Centre: g.Centre, Say: say,
		What: map[string]any{"kind": g.Kind, "state": g.State, "month": g.Month}}
}

// NewDraft is a letter about a case as it is written.
type NewDraft struct {
	ID        id.ID  `json:"id,omitempty"`
	Kind      string `json:"kind" required:"true" enum:"admission,assessment,plan,referral,handover,termination" ask:"Pilih jenis surat."`
	To        string `json:"to,omitempty" maxLength:"200"`
	ToAddress string `json:"to_address,omitempty" maxLength:"300"`
	Reason    string `json:"reason,omitempty" maxLength:"2000"`
	Points    string `json:"points,omitempty" maxLength:"4000"`
	Copies    string `json:"copies,omitempty" maxLength:"1000"`
}

// NewBalance is the letter of the balance of a month.
type NewBalance struct {
	ID     id.ID  `json:"id,omitempty"`
	Month  string `json:"month" required:"true" maxLength:"7" ask:"Pilih bulan."`
	Reason string `json:"reason,omitempty" maxLength:"2000"`
	Copies string `json:"copies,omitempty" maxLength:"1000"`
}

// Rewriting is what is typed of a draft, anew as a whole.
type Rewriting struct {
	To        string `json:"to,omitempty" maxLength:"200"`
	ToAddress string `json:"to_address,omitempty" maxLength:"300"`
	Reason    string `json:"reason,omitempty" maxLength:"2000"`
	Points    string `json:"points,omitempty" maxLength:"4000"`
	Copies    string `json:"copies,omitempty" maxLength:"1000"`
}

// mayBalance holds that a month is over before its balance leaves the office.
func mayBalance(month string, today clock.Day) error {
	first := clock.Day(month + "-01")
	if !first.Valid() {
		return fail.Bad("month", "month", "Tulis bulan sebagai 2026-11, tidak lebih dari bulan ini.")
	}
	if first.AddMonths(1) > today {
		return fail.Broken("month-running", "Bulan ini belum selesai. Surat neraca dibuat setelah akhir bulan.")
	}
	return nil
}

// Prepare writes a draft of a letter about a case.
func (d *Desk) Prepare(ctx context.Context, by who.Asker, caseID id.ID, in NewDraft) (Draft, error) {
	k, _ := kindOf(in.Kind)
	typed := Input{in.To, in.ToAddress, in.Reason, in.Points, in.Copies}
	return d.begin(ctx, by, func(tx *store.Tx) (g Draft, err error) {
		f, err := casework.FileOf(tx, caseID)
		if err != nil {
			return g, err
		}
		if err := k.mayWrite(typed); err != nil {
			return g, err
		}
		if err := k.Ready(f); err != nil {
			return g, err
		}
		tx.Saw(f.Person)
		return Draft{ID: in.ID, Version: 1, Centre: f.Centre, Person: f.Person, Called: f.Who.Called, Case: f.ID, Kind: k.Key, Input: typed}, nil
	})
}

// PrepareBalance writes a draft of the balance of a month.
func (d *Desk) PrepareBalance(ctx context.Context, by who.Asker, at id.ID, in NewBalance) (Draft, error) {
	return d.begin(ctx, by, func(tx *store.Tx) (g Draft, err error) {
		o, err := officeOf(tx, at)
		if err != nil {
			return g, err
		}
		if err := mayBalance(in.Month, tx.Today()); err != nil {
			return g, err
		}
		return Draft{ID: in.ID, Version: 1, Centre: o.Centre.ID, CentreName: o.Centre.Name, Kind: Balance, Month: in.Month, Input: Input{Reason: in.Reason, Copies: in.Copies}}, nil
	})
}

// begin keeps a new draft as its kind fills it in; the same once more gives what was kept.
func (d *Desk) begin(ctx context.Context, by who.Asker, filled func(*store.Tx) (Draft, error)) (g Draft, err error) {
	err = d.store.Write(ctx, by, prepare, func(tx *store.Tx) error {
		if g, err = filled(tx); err != nil {
			return err
		}
		return prepared(tx, &g)
	})
	if errors.Is(err, errSame) {
		err = nil
	}
	return g, err
}

// errSame ends a write that was already done: the same client-made id with the same content.
var errSame = errors.New("the same")

func prepared(tx *store.Tx, g *Draft) error {
	if g.ID == 0 {
		g.ID = id.New()
	} else if old, err := draftByID(tx, g.ID); err == nil {
		if old.Case != g.Case || old.Kind != g.Kind || old.Month != g.Month || old.Input != g.Input {
			return fail.Clash("id-used", "Pengenal ini sudah dipakai untuk isian lain.")
		}
		*g = old
		return errSame
	} else if !errors.Is(err, fail.NotFound) {
		return err
	}
	g.State, g.MadeOn, g.Writer, g.By = DraftOpen, tx.Today(), tx.By().User, tx.By().Name
	if err := keepNewDraft(tx, *g); err != nil {
		return err
	}
	tx.Record(g.entry(fail.Say("Draf surat disiapkan: %s", g.KindOf().Name)))
	return nil
}

// open loads a draft that still waits, in the version that was seen.
func open(tx *store.Tx, draft id.ID, version int64) (Draft, error) {
	g, err := draftByID(tx, draft)
	switch {
	case err != nil:
		return g, err
	case g.State == DraftIssued:
		l, err := letterByID(tx, g.Letter)
		if err != nil {
			return g, err
		}
		return g, fail.Clash("letter-issued", "Surat ini sudah diterbitkan dengan nomor %s, %s.", l.Number, l.On)
	case g.State != DraftOpen:
		return g, fail.Broken("draft-withdrawn", "Draf ini sudah ditarik.")
	case version != 0 && g.Version != version:
		return g, fail.Stale
	}
	return g, nil
}

// Rewrite changes what was typed of a draft.
func (d *Desk) Rewrite(ctx context.Context, by who.Asker, draft id.ID, version int64, in Rewriting) (g Draft, err error) {
	err = d.store.Write(ctx, by, prepare, func(tx *store.Tx) error {
		if g, err = open(tx, draft, version); err != nil {
			return err
		}
		g.Input = Input(in)
		if err := g.KindOf().mayWrite(g.Input); err != nil {
			return err
		}
		if err := keepDraft(tx, &g); err != nil {
			return err
		}
		tx.Record(g.entry(fail.Say("Draf surat diubah: %s", g.KindOf().Name)))
		return nil
	})
	return g, err
}

// Withdraw takes a draft back: it can no longer be issued.
func (d *Desk) Withdraw(ctx context.Context, by who.Asker, draft id.ID, version int64) (g Draft, err error) {
	err = d.store.Write(ctx, by, prepare, func(tx *store.Tx) error {
		if g, err = open(tx, draft, version); err != nil {
			return err
		}
		g.State = DraftWithdrawn
		if err := keepDraft(tx, &g); err != nil {
			return err
		}
		tx.Record(g.entry(fail.Say("Draf surat ditarik: %s", g.KindOf().Name)))
		return nil
	})
	return g, err
}

// Preview is a draft with what its letter would say today, and what it still waits for.
type Preview struct {
	Draft
	Body   Body
	Office Office
	Lacks  error // nil when it may be issued
}

// Preview reads a draft and writes its letter, without a number.
func (d *Desk) Preview(ctx context.Context, by who.Asker, draft id.ID) (p Preview, err error) {
	err = d.store.Read(ctx, by, lookDraft, func(tx *store.Tx) error {
		if p.Draft, err = draftByID(tx, draft); err != nil {
			return err
		}
		tx.Saw(p.Person)
		if p.Office, err = officeOf(tx, p.Centre); err != nil {
			return err
		}
		if p.State != DraftOpen {
			return nil
		}
		s, err := d.sourceOf(tx, p.Draft, p.Office, tx.Today())
		if err != nil {
			return err
		}
		s.Signer = cmp.Or(p.Office.HeadName, "(nama penanda tangan)")
		if by.May(who.IssueLetter) {
			s.Signer = by.Name
		}
		p.Lacks = mayIssue(p.KindOf(), s, tx.Today())
		if p.KindOf().Ready(s.File) == nil {
			p.Body = p.KindOf().compose(s).shown(by)
		}
		return nil
	})
	return p, err
}

// Blank is an empty form of a letter about a case: the kind, the case, and the points that are usual.
func (d *Desk) Blank(ctx context.Context, by who.Asker, caseID id.ID, kind string) (k Kind, f casework.File, usual []string, err error) {
	k, ok := kindOf(kind)
	if !ok || !k.OfCase() {
		return k, f, nil, fail.NotFound
	}
	err = d.store.Read(ctx, by, prepare, func(tx *store.Tx) error {
		if f, err = casework.FileOf(tx, caseID); err != nil {
			return err
		}
		tx.Saw(f.Person)
		if k.points != nil {
			usual = k.points(f)
		}
		return nil
	})
	return k, f, usual, err
}

// sourceOf gathers what a draft's letter is written from.
func (d *Desk) sourceOf(tx *store.Tx, g Draft, o Office, on clock.Day) (s source, err error) {
	s = source{Office: o, Input: g.Input, Month: g.Month, On: on, Now: tx.Now(), Signer: tx.By().Name, Demo: d.demo}
	if g.Case != 0 {
		s.File, err = casework.FileOf(tx, g.Case)
		return s, err
	}
	s.Sum, err = d.figures.MonthIn(tx, o.Centre.ID, clock.Day(g.Month+"-01").AddMonths(1).Add(-1))
	return s, err
}
