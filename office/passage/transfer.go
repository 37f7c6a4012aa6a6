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
