package passage

import (
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/casework"
)

// Place is the bed of one member at the new centre.
type Place struct {
	Case id.ID `json:"case_id" required:"true"`
	Bed  id.ID `json:"bed_id" required:"true" ask:"Pilih tempat tidur."`
}

// Acceptance signs a transfer for the centre that receives.
type Acceptance struct {
	On       clock.Day `json:"on" required:"true" ask:"Tulis tanggal pindah."`
	Beds     []Place   `json:"beds" required:"true" ask:"Pilih tempat tidur."`
	Guardian string    `json:"guardian,omitempty" maxLength:"120"`
}

// mayDecide tells whose signature a transfer waits for: nobody signs both sides, and what is decided stays so.
func mayDecide(t Transfer, by who.Asker) error {
	switch {
	case t.State != Proposed:
		return decided(t)
	case !by.Scope.Has(t.To) || by.Scope.All && by.Role != "everything":
		return fail.Denied
	case t.ProposedBy == by.User && by.Role != "everything":
		return fail.Broken("both-signatures", "Pemindahan ditandatangani dua orang: yang mengusulkan tidak menerima sendiri.")
	}
	return nil
}

// decided says what became of a transfer that somebody else decided first.
func decided(t Transfer) error {
	switch t.State {
	case Accepted:
		return fail.Clash("transfer-decided", "Pemindahan ini sudah diterima oleh %s.", t.Decider)
	case Refused:
		return fail.Clash("transfer-decided", "Pemindahan ini sudah ditolak oleh %s.", t.Decider)
	}
	return fail.Clash("transfer-decided", "Pemindahan ini sudah ditarik oleh %s.", t.Decider)
}

// mayPlaceAll holds that every member of a transfer gets a bed, each an own one.
func mayPlaceAll(t Transfer, in Acceptance) error {
	var beds []id.ID
	for _, m := range t.Members {
		i := slices.IndexFunc(in.Beds, func(p Place) bool { return p.Case == m.Case })
		switch {
		case i < 0 || in.Beds[i].Bed == 0:
			return fail.Bad("beds", "required", "Pilih tempat tidur untuk %s.", m.Called)
		case slices.Contains(beds, in.Beds[i].Bed):
			return fail.Bad("beds", "twice", "Satu tempat tidur dipilih untuk dua orang.")
		}
		beds = append(beds, in.Beds[i].Bed)
	}
	return nil
}

// jointly is the asker who carries out a transfer that both heads signed: for this one deed the reach is of both
// centres, because the other head gave his signature for it (docs/decisions/015).
func jointly(by who.Asker, t Transfer) who.Asker {
	by.Scope.Centres = append(slices.Clone(by.Scope.Centres), t.From)
	return by
}

// Accept signs for the receiving centre and moves everybody in one transaction: the stay ends there and begins here,
// the case closes there as moved and goes on here. All of the family, or nobody.
func (d *Desk) Accept(ctx context.Context, by who.Asker, transfer id.ID, version int64, in Acceptance) (t Transfer, err error) {
	if err := byPeople(by); err != nil {
		return t, err
	}
	seen, err := d.Transfer(ctx, by, transfer)
	if err != nil {
		return t, err
	}
	if err := mayDecide(seen, by); err != nil && by.May(who.ApproveCase) {
		return t, err
	}
	err = d.store.Write(ctx, jointly(by, seen), acceptTransfer, func(tx *store.Tx) error {
		if t, err = decide(tx, by, transfer, version, Accepted, ""); err != nil {
			return err
		}
		if err := mayPlaceAll(t, in); err != nil {
			return err
		}
		return move(tx, &t, in)
	})
	t.Sending, t.Receiving = by.Scope.Has(t.From), true
	return t, err
}

// decide writes a decision on a transfer that nobody has decided: of two heads at once one wins.
func decide(tx *store.Tx, by who.Asker, transfer id.ID, version int64, state, why string) (t Transfer, err error) {
	if t, err = transferByID(tx, transfer); err != nil {
		return t, err
	}
	if state == Withdrawn {
		if t.State != Proposed {
			return t, decided(t)
		}
		if !by.Scope.Has(t.From) || by.Scope.All && by.Role != "everything" {
			return t, fail.Denied
		}
	} else if err := mayDecide(t, by); err != nil {
		return t, err
	}
	if version != 0 && t.Version != version {
		return t, fail.Stale
	}
	n, err := store.Exec(tx, decideTransfer, state, tx.Today(), by.User, by.Name, why, transfer)
	if err != nil {
		return t, err
	}
	if n == 0 { // between the look and the signature somebody was quicker
		if t, err = transferByID(tx, transfer); err == nil {
			err = decided(t)
		}
		return t, err
	}
	t.State, t.DecidedOn, t.Decider, t.Why = state, tx.Today(), by.Name, why
	t.Version++
	return t, nil
}

// move moves the members of an accepted transfer.
func move(tx *store.Tx, t *Transfer, in Acceptance) error {
	first, err := casework.ByID(tx, t.Case)
	if err != nil {
		return err
	}
	var leaving []id.ID
	for _, m := range t.Members {
		leaving = append(leaving, m.Case)
	}
	if err := casework.KeepChildren(tx, first, leaving, in.On, in.Guardian); err != nil {
		return err
	}
	head := id.ID(0) // of the family there; the first of its members who moves
	for i, m := range t.Members {
		f, err := casework.Take(tx, m.Case, 0)
		if err != nil {
			return err
		}
		if err := endLeave(tx, f.Case, Back, in.On); err != nil {
			return err
		}
		bed := in.Beds[slices.IndexFunc(in.Beds, func(p Place) bool { return p.Case == m.Case })].Bed
		next, err := casework.PassOn(tx, f, casework.Passing{To: t.To, ToName: t.ToName, FromName: t.FromName, On: in.On, Bed: bed, Reason: t.Reason, Family: head, Guardian: in.Guardian})
		if err != nil {
			if len(t.Members) > 1 {
				return blockedBy(m.Called, err)
			}
			return err
		}
		if head == 0 && len(t.Members) > 1 {
			head = next.ID
		}
		t.Members[i].Next = next.ID
		if _, err := store.Exec(tx, memberMoved, next.ID, t.ID, m.Case); err != nil {
			return err
		}
		tx.Saw(f.Person)
		tx.Record(entry("transfer", t.ID, next, fail.Say("Pemindahan dari %s diterima.", t.FromName), in))
		tx.Record(entry("transfer", t.ID, f.Case, fail.Say("Pemindahan ke %s diterima.", t.ToName), nil))
	}
	return nil
}

// Refuse says no for the receiving centre, with the reason. Nothing moves.
func (d *Desk) Refuse(ctx context.Context, by who.Asker, transfer id.ID, version int64, in Cancelling) (Transfer, error) {
	return d.undo(ctx, by, refuseTransfer, transfer, version, Refused, in.Reason)
}

// Withdraw takes a proposal back for the centre that made it.
func (d *Desk) Withdraw(ctx context.Context, by who.Asker, transfer id.ID, version int64, in Cancelling) (Transfer, error) {
	return d.undo(ctx, by, withdrawTransfer, transfer, version, Withdrawn, in.Reason)
}

func (d *Desk) undo(ctx context.Context, by who.Asker, act store.Act, transfer id.ID, version int64, state, why string) (t Transfer, err error) {
	if err := byPeople(by); err != nil {
		return t, err
	}
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if t, err = decide(tx, by, transfer, version, state, why); err != nil {
			return err
		}
		say := fail.Say("Pemindahan ke %s ditolak.", t.ToName)
		if state == Withdrawn {
			say = fail.Say("Usulan pemindahan ke %s ditarik.", t.ToName)
		}
		for _, m := range t.Members {
			tx.Record(store.Entry{Kind: "transfer", ID: t.ID, Person: m.Person, Case: m.Case, Centre: t.From, Say: say, What: map[string]any{"why": why}})
		}
		return nil
	})
	t.Sending, t.Receiving = by.Scope.Has(t.From), by.Scope.Has(t.To)
	return t, err
}
