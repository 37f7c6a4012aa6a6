package coordination

import (
	"context"
	"errors"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/upload"
	"tuntas/house/who"
	"tuntas/office/casework"
)

var (
	// What an agency sees by its link leaves the house: the ledger has it before the answer.
	lookInbox   = store.NewDisclosure("inbox.look", who.Anyone, store.ByLink)
	answerInbox = store.NewSystemAct("inbox.answer", who.Anyone)
	knowDevice  = store.NewSystemAct("inbox.device", who.Anyone)
)

// ErrNewDevice says that this device has given no code yet, or long ago.
var ErrNewDevice = errors.New("a new device: a code is needed")

// Known finds the agency of a link that works and a device that gave its code; ErrNewDevice, and a rule link-over.
func (d *Desk) Known(ctx context.Context, secret, device string) (o Door, err error) {
	err = d.store.Read(ctx, who.Public(), knowDevice, func(tx *store.Tx) error {
		if o, err = doorOf(tx, secret); err != nil {
			return err
		}
		if o.State != LinkWorks {
			return errLinkOver
		}
		ok, err := deviceKnown(tx, o.Link.ID, hashOf(device))
		if err == nil && !ok {
			return ErrNewDevice
		}
		return err
	})
	return o, err
}

// Inbox gives the open referrals of the agency of a link, and no others, and how much else it owes.
func (d *Desk) Inbox(ctx context.Context, secret, device string) (o Door, all []Referral, owed int64, err error) {
	if o, err = d.Known(ctx, secret, device); err != nil {
		return o, nil, 0, err
	}
	err = d.store.Read(ctx, Outside(o.Agency), lookInbox, func(tx *store.Tx) error {
		all, err = store.Each(tx, referralsOfAgency, scanReferral, o.Agency.ID)
		for _, r := range all {
			tx.Saw(r.Person)
		}
		if err == nil && d.Owed != nil {
			owed, err = d.Owed(tx, o.Agency.ID)
		}
		return err
	})
	return o, all, owed, err
}

// InboxOne gives one referral of the agency of a link.
func (d *Desk) InboxOne(ctx context.Context, secret, device string, referral id.ID) (o Door, r Referral, err error) {
	if o, err = d.Known(ctx, secret, device); err != nil {
		return o, r, err
	}
	err = d.store.Read(ctx, Outside(o.Agency), lookInbox, func(tx *store.Tx) error {
		r, err = store.One(tx, referralOfAgency, scanReferral, referral, o.Agency.ID)
		tx.Saw(r.Person)
		return err
	})
	return o, r, err
}

// byLink is the way of every deed of an agency by its link.
func (d *Desk) byLink(ctx context.Context, secret, device string, referral id.ID, do func(*store.Tx, *Referral) error) (r Referral, err error) {
	o, err := d.Known(ctx, secret, device)
	if err != nil {
		return r, err
	}
	err = d.store.Write(ctx, Outside(o.Agency), answerInbox, func(tx *store.Tx) error {
		if r, err = store.One(tx, referralOfAgency, scanReferral, referral, o.Agency.ID); err != nil {
			return err
		}
		return do(tx, &r)
	})
	return r, notSame(err)
}

// AnswerByLink is an answer of an agency.
func (d *Desk) AnswerByLink(ctx context.Context, secret, device string, referral id.ID, in Reply) (Referral, error) {
	return d.byLink(ctx, secret, device, referral, func(tx *store.Tx, r *Referral) error { return replied(tx, r, in) })
}

// BeginByLink says that the service began.
func (d *Desk) BeginByLink(ctx context.Context, secret, device string, referral id.ID, in Beginning) (Referral, error) {
	return d.byLink(ctx, secret, device, referral, func(tx *store.Tx, r *Referral) error { return began(tx, r, in) })
}

// FinishByLink says how it ended, with a file when there is one: it is checked as every attachment and lies in the case.
func (d *Desk) FinishByLink(ctx context.Context, secret, device string, referral id.ID, in Outcome, file *upload.File) (Referral, error) {
	var body []byte
	if file != nil {
		if _, _, err := d.InboxOne(ctx, secret, device, referral); err != nil { // before anybody looks into the file
			return Referral{}, err
		}
		var err error
		if body, err = upload.Cleaned(ctx, *file); err != nil {
			return Referral{}, err
		}
	}
	return d.byLink(ctx, secret, device, referral, func(tx *store.Tx, r *Referral) error {
		if file != nil && r.May(doFinish) {
			a, err := casework.Receive(tx, r.Case, text.T(text.ID, "Hasil rujukan dari %s", r.AgencyName), *file, body)
			if err != nil {
				return err
			}
			r.Attachment = a.ID
		}
		return ended(tx, r, in)
	})
}

// receive notes that the referrals which wait were opened.
func receive(tx *store.Tx, agency id.ID) error {
	all, err := store.Each(tx, newlySent, scanReferral, agency)
	if err != nil {
		return err
	}
	for _, r := range all {
		r.State = Received
		if err := keepReferral(tx, &r); err != nil {
			return err
		}
		if err := stepped(tx, r, fail.Say("Rujukan dibuka oleh %s.", r.AgencyName), ""); err != nil {
			return err
		}
	}
	return nil
}
