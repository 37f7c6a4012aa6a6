package passage

import (
	"context"
	"errors"
	"slices"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/centre"
)

var (
	proposeTransfer  = store.NewAct("transfer.propose", who.ApproveCase)
	acceptTransfer   = store.NewAct("transfer.accept", who.ApproveCase)
	refuseTransfer   = store.NewAct("transfer.refuse", who.ApproveCase)
	withdrawTransfer = store.NewAct("transfer.withdraw", who.ApproveCase)
	lookTransfer     = store.NewAct("transfer.look", who.SeeCase)
)

// The states of a transfer.
const (
	Proposed  = "proposed"
	Accepted  = "accepted"
	Refused   = "refused"
	Withdrawn = "withdrawn"
)

// Transfer is the way of one case, or of the cases of a family, to another centre: one head proposes, the other accepts.
// Until both have signed nothing moves.
type Transfer struct {
	ID                 id.ID
	Version            int64
	Case               id.ID // of whom it is about first: the head of a family
	From, To           id.ID
	FromName, ToName   string
	Person             id.ID
	State              string
	Reason             string
	WantedOn           clock.Day
	Along              string // what goes with the person
	ProposedOn         clock.Day
	ProposedBy         id.ID
	Proposer, Decider  string
	DecidedOn          clock.Day
	Why                string // it was refused or withdrawn
	Members            []Member
	Sending, Receiving bool // whether the asker stands on that side
}

// Path is the page of the transfer.
func (t Transfer) Path() string { return "/transfers/" + t.ID.String() }

// Called names whom it is about.
func (t Transfer) Called() string {
	var all []string
	for _, m := range t.Members {
		all = append(all, m.Called)
	}
	return strings.Join(all, ", ")
}

// Member is one person of a transfer with what the other centre must know to decide: no papers, no diagnosis.
type Member struct {
	Case, Person     id.ID
	Called, Sex, Age string
	Kind, Stage      string
	Next             id.ID // the case at the new centre, once accepted
}

// Proposal proposes a transfer.
type Proposal struct {
	To       id.ID     `json:"to_centre_id" required:"true" ask:"Pilih UPT tujuan."`
	Reason   string    `json:"reason" required:"true" maxLength:"2000" ask:"Tulis alasan pemindahan."`
	WantedOn clock.Day `json:"wanted_on" required:"true" ask:"Tulis kapan sebaiknya pindah."`
	Along    string    `json:"along" required:"true" maxLength:"2000" ask:"Tulis apa yang ikut: dokumen, obat, barang."`
	Family   bool      `json:"family,omitempty"` // all of the family who are in care
}

// mayPropose holds what a transfer needs: a case in care inside the panti, and another centre that serves the person.
func mayPropose(f casework.File, to centre.Centre, in Proposal, today clock.Day) error {
	var wrong fail.Fields
	kind, _ := law.KindOf(f.Kind)
	switch {
	case to.ID == f.Centre:
		wrong.Add("to_centre_id", "same", "Orang ini sudah di UPT ini. Pilih UPT lain.")
	case !to.Serves(f.Kind):
		wrong.Add("to_centre_id", "kind-not-served", "%s tidak melayani %s. Pilih UPT lain.", to.Name, kind.Name)
	}
	if in.WantedOn < today {
		wrong.Add("wanted_on", "past", "Tanggal %s sudah lewat.", in.WantedOn)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if !f.InCare() {
		return fail.Broken("not-in-care", "Layanan panti kasus ini sudah diakhiri.")
	}
	if f.Setting != casework.Inside {
		return fail.Broken("outside-case", "Kasus ini dilayani di luar panti (Pasal 9 ayat (2)). Ubah dahulu tempat layanannya.")
	}
	return nil
}

// Propose signs a transfer for the centre that lets the person go.
func (d *Desk) Propose(ctx context.Context, by who.Asker, caseID id.ID, version int64, in Proposal) (t Transfer, err error) {
	if err := byPeople(by); err != nil {
		return t, err
	}
	err = d.store.Write(ctx, by, proposeTransfer, func(tx *store.Tx) error {
		f, err := casework.Take(tx, caseID, version)
		if err != nil {
			return err
		}
		to, err := centre.ByID(tx, in.To)
		if errors.Is(err, fail.NotFound) {
			return fail.Bad("to_centre_id", "unknown", "UPT ini tidak ada.")
		}
		if err != nil {
			return err
		}
		members, err := membersOf(tx, f, in.Family)
		if err != nil {
			return err
		}
		t = Transfer{ID: id.New(), Version: 1, Case: f.ID, From: f.Centre, To: to.ID, FromName: f.CentreName, ToName: to.Name, Person: f.Person, State: Proposed,
			Reason: in.Reason, WantedOn: in.WantedOn, Along: in.Along, ProposedOn: tx.Today(), ProposedBy: by.User, Proposer: by.Name, Sending: true, Receiving: by.Scope.Has(to.ID)}
		if err := insertTransfer(tx, t); err != nil {
			return err
		}
		for _, m := range members {
			if err := mayPropose(m, to, in, tx.Today()); err != nil {
				if m.ID == f.ID {
					return err
				}
				return blockedBy(m.Who.Called, err)
			}
			one := Member{Case: m.ID, Person: m.Person, Called: m.Who.Called, Sex: m.Who.Sex, Age: m.Who.Birth.AgeText(tx.Today()), Kind: m.Kind, Stage: m.Stage}
			if err := insertMember(tx, t, one); err != nil {
				return err
			}
			t.Members = append(t.Members, one)
			tx.Record(entry("transfer", t.ID, m.Case, fail.Say("Pemindahan ke %s diusulkan.", to.Name), in))
		}
		return nil
	})
	return t, err
}

// membersOf gives who goes along: the person alone, or all of the family who are in care, each case locked. Who is
// proposed elsewhere already holds it up.
func membersOf(tx *store.Tx, f casework.File, family bool) ([]casework.File, error) {
	group := []casework.Line{{Case: f.Case, Called: f.Who.Called}}
	if family {
		all, err := casework.Group(tx, f.Case)
		if err != nil {
			return nil, err
		}
		if group, err = chosen(all, nil); err != nil {
			return nil, err
		}
	}
	var files []casework.File
	for _, l := range group {
		open, err := store.One(tx, proposedOf, store.Int, l.ID)
		if err != nil {
			return nil, err
		}
		if open > 0 {
			return nil, fail.Clash("transfer-open", "Pemindahan %s sudah diusulkan dan belum dijawab.", l.Called)
		}
		m := f
		if l.ID != f.ID {
			if m, err = casework.Take(tx, l.ID, 0); err != nil {
				return nil, err
			}
		}
		files = append(files, m)
	}
	return files, nil
}

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
// centres, because the other head gave his signature for it (docs/decisions/016).
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

// Transfer gives one transfer, to either side.
func (d *Desk) Transfer(ctx context.Context, by who.Asker, transfer id.ID) (t Transfer, err error) {
	err = d.store.Read(ctx, by, lookTransfer, func(tx *store.Tx) error {
		t, err = transferByID(tx, transfer)
		for _, m := range t.Members {
			tx.Saw(m.Person)
		}
		return err
	})
	t.Sending, t.Receiving = by.Scope.Has(t.From), by.Scope.Has(t.To)
	return t, err
}

// Transfers gives the transfers from and to the asker's centres, the newest first.
func (d *Desk) Transfers(ctx context.Context, by who.Asker, before id.ID, limit int64) (all []Transfer, err error) {
	err = d.store.Read(ctx, by, lookTransfer, func(tx *store.Tx) error {
		all, err = transferList(tx, before, limit)
		for _, t := range all {
			tx.Saw(t.Person)
		}
		return err
	})
	return all, err
}

// TransferOf gives the case with its last transfer, and the centres that could receive: those that serve its kind.
func (d *Desk) TransferOf(ctx context.Context, by who.Asker, caseID id.ID) (f casework.File, last *Transfer, to []centre.Centre, err error) {
	err = d.store.Read(ctx, by, lookTransfer, func(tx *store.Tx) error {
		if f, err = casework.FileOf(tx, caseID); err != nil {
			return err
		}
		tx.Saw(f.Person)
		moves, err := transfersOf(tx, caseID)
		if err != nil {
			return err
		}
		if last = nil; len(moves) > 0 {
			last = &moves[0]
		}
		to, err = centre.All(tx)
		to = slices.DeleteFunc(to, func(c centre.Centre) bool { return c.ID == f.Centre || !c.Serves(f.Kind) })
		return err
	})
	return f, last, to, err
}
