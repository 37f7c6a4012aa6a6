package letters

import (
	"cmp"
	"context"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/casework"
	"tuntas/office/person"
)

var (
	listLetters = store.NewAct("letter.list", who.SeeCase)
	lookLetter  = store.NewAct("letter.look", who.SeeCase)
	printLetter = store.NewDisclosure("letter.print", who.SeeCase, store.ByPrint)
)

// Filter chooses letters of the register.
type Filter struct {
	Centre id.ID  `query:"centre_id"`
	Year   int64  `query:"year" minimum:"2000" maximum:"2200"`
	Kind   string `query:"kind" enum:"admission,assessment,plan,referral,handover,termination,balance"`
	State  string `query:"state" enum:"issued,annulled"`
	After  id.ID  `query:"after"`
	Limit  int64  `query:"limit" minimum:"1" maximum:"500"`
}

// List gives one page of the register, the newest first, and the cursor of the next.
func (d *Desk) List(ctx context.Context, by who.Asker, f Filter) (all []Letter, next id.ID, err error) {
	f.Limit = cmp.Or(f.Limit, 50)
	err = d.store.Read(ctx, by, listLetters, func(tx *store.Tx) error {
		all, err = listed(tx, f, f.Limit+1)
		sawLetters(tx, all)
		return err
	})
	if int64(len(all)) > f.Limit {
		all = all[:f.Limit]
		next = all[len(all)-1].ID
	}
	return all, next, err
}

func sawLetters(tx *store.Tx, all []Letter) {
	for _, l := range all {
		tx.Saw(l.Person)
	}
}

// Drafts lists what waits for a signature, the newest first.
func (d *Desk) Drafts(ctx context.Context, by who.Asker, before id.ID, limit int64) (all []Draft, err error) {
	err = d.store.Read(ctx, by, listLetters, func(tx *store.Tx) error {
		all, err = store.Each(tx, draftsOpen, scanDraft, cmp.Or(before, id.Last), limit)
		sawDrafts(tx, all)
		return err
	})
	return all, err
}

// Waiting tells how much waits for a signature, and the first of it: who has waited longest comes first.
func (d *Desk) Waiting(ctx context.Context, by who.Asker, limit int64) (n int64, first []Draft, err error) {
	err = d.store.Read(ctx, by, listLetters, func(tx *store.Tx) error {
		if n, err = store.One(tx, draftsWaiting, store.Int); err != nil || n == 0 || limit == 0 {
			return err
		}
		first, err = store.Each(tx, draftsOldest, scanDraft, limit)
		sawDrafts(tx, first)
		return err
	})
	return n, first, err
}

func sawDrafts(tx *store.Tx, all []Draft) {
	for _, g := range all {
		tx.Saw(g.Person)
	}
}

// OfCase is what a case has of letters.
type OfCase struct {
	File    casework.File
	Letters []Letter
	Drafts  []Draft
}

// OfCase lists the letters of a case, the newest first, with the drafts that wait.
func (d *Desk) OfCase(ctx context.Context, by who.Asker, caseID, before id.ID, limit int64) (o OfCase, err error) {
	err = d.store.Read(ctx, by, listLetters, func(tx *store.Tx) error {
		if o.File, err = casework.FileOf(tx, caseID); err != nil {
			return err
		}
		tx.Saw(o.File.Person)
		if o.Letters, err = lettersOf(tx, caseID, before, limit); err != nil {
			return err
		}
		o.Drafts, err = store.Each(tx, draftsOfCase, scanDraft, caseID)
		return err
	})
	return o, err
}

// Recent gives the newest letters of a case, for its page.
func (d *Desk) Recent(ctx context.Context, by who.Asker, caseID id.ID, limit int64) (all []Letter, err error) {
	err = d.store.Read(ctx, by, listLetters, func(tx *store.Tx) error {
		all, err = lettersOf(tx, caseID, 0, limit)
		sawLetters(tx, all)
		return err
	})
	return all, err
}

// Moments tells of letters for the history of their case: that they were issued under their number, and annulled. What
// a letter says is not told.
func Moments(all []Letter) (out []casework.Moment) {
	for _, l := range all {
		if l.State == Annulled {
			out = append(out, casework.Moment{On: l.AnnulledOn, Kind: "paper", By: l.AnnulledBy, Path: l.Path(), Say: fail.Say("Surat nomor %s dibatalkan.", l.Number)})
		}
		out = append(out, casework.Moment{On: l.On, Kind: "paper", By: l.IssuedBy, Path: l.Path(), Say: fail.Say("Surat nomor %s diterbitkan.", l.Number)})
	}
	return out
}

// Letter gives what is known about a letter, without what it says.
func (d *Desk) Letter(ctx context.Context, by who.Asker, letter id.ID) (l Letter, err error) {
	err = d.store.Read(ctx, by, lookLetter, func(tx *store.Tx) error {
		l, err = letterByID(tx, letter)
		sawLetters(tx, []Letter{l})
		return err
	})
	l.Body = Body{}
	return l, err
}

// Print is a letter with what it says, as this reader sees it. Who printed it, and when, stands in the ledger before
// the first byte leaves, also for a letter about nobody.
func (d *Desk) Print(ctx context.Context, by who.Asker, letter id.ID, how string) (l Letter, o Office, err error) {
	by.Purpose = how
	err = d.store.Read(ctx, by, printLetter, func(tx *store.Tx) error {
		if l, err = letterByID(tx, letter); err != nil {
			return err
		}
		if o, err = officeOf(tx, l.Centre); err != nil {
			return err
		}
		sawLetters(tx, []Letter{l})
		tx.Leaves()
		return nil
	})
	l.Body = l.Body.shown(by)
	return l, o, err
}

// shown covers numbers of identity for who may not see them (office/person/mask.go).
func (b Body) shown(by who.Asker) Body {
	blocks := make([]Block, len(b.Blocks))
	for i, block := range b.Blocks {
		facts := make([]Fact, len(block.Facts))
		for j, f := range block.Facts {
			if f.Hidden {
				f.Text = person.Spaced(person.Masked(f.Text, by))
			}
			if f.Note != "" {
				f.Text += " (" + f.Note + ")"
			}
			facts[j] = f
		}
		block.Facts = facts
		blocks[i] = block
	}
	b.Blocks = blocks
	return b
}
