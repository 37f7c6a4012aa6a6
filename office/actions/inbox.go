package actions

import (
	"context"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/upload"
	"tuntas/house/who"
	"tuntas/office/coordination"
)

// An agency without an account sees its live actions by the link of its inbox, and reports there. Each view leaves the
// house: the ledger has it before the answer.
var (
	lookInbox   = store.NewDisclosure("action-inbox.look", who.Anyone, store.ByLink)
	answerInbox = store.NewSystemAct("action-inbox.answer", who.Anyone)
)

// Inbox gives the live actions of the agency of a link, and no others.
func (d *Desk) Inbox(ctx context.Context, secret, device string) (o coordination.Door, all []Action, err error) {
	if o, err = d.partners.Known(ctx, secret, device); err != nil {
		return o, nil, err
	}
	err = d.store.Read(ctx, coordination.Outside(o.Agency), lookInbox, func(tx *store.Tx) error {
		tx.Leaves()
		all, err = pageOf(tx, Filter{Show: "live", Agency: o.Agency.ID, Limit: 100}, Action{})
		return err
	})
	return o, all, err
}

// InboxOne gives one action of the agency of a link, also one that is over.
func (d *Desk) InboxOne(ctx context.Context, secret, device string, action id.ID) (o coordination.Door, w Whole, err error) {
	if o, err = d.partners.Known(ctx, secret, device); err != nil {
		return o, w, err
	}
	err = d.store.Read(ctx, coordination.Outside(o.Agency), lookInbox, func(tx *store.Tx) error {
		tx.Leaves()
		if _, err := ofAgency(tx, action, o.Agency.ID); err != nil {
			return err
		}
		w, err = whole(tx, action)
		return err
	})
	return o, w, err
}

func ofAgency(tx *store.Tx, action, agency id.ID) (Action, error) {
	a, err := ByID(tx, action)
	if err == nil && a.Agency != agency {
		err = fail.NotFound
	}
	return a, err
}

// byLink is the way of every deed of an agency by its link.
func (d *Desk) byLink(ctx context.Context, secret, device string, action id.ID, do func(*store.Tx, *Action) error) (a Action, err error) {
	o, err := d.partners.Known(ctx, secret, device)
	if err != nil {
		return a, err
	}
	err = d.store.Write(ctx, coordination.Outside(o.Agency), answerInbox, func(tx *store.Tx) error {
		if a, err = ofAgency(tx, action, o.Agency.ID); err != nil {
			return err
		}
		return do(tx, &a)
	})
	return a, err
}

// ReportByLink is a report of an agency.
func (d *Desk) ReportByLink(ctx context.Context, secret, device string, action id.ID, in Report) (Action, error) {
	return d.byLink(ctx, secret, device, action, func(tx *store.Tx, a *Action) error { return reported(tx, a, in) })
}

// FinishByLink says how it ended, with a file when there is one.
func (d *Desk) FinishByLink(ctx context.Context, secret, device string, action id.ID, in Completion, file *upload.File) (a Action, err error) {
	var body []byte
	if file != nil {
		if _, _, err := d.InboxOne(ctx, secret, device, action); err != nil { // before anybody looks into the file
			return a, err
		}
		if body, err = upload.Cleaned(ctx, *file); err != nil {
			return a, err
		}
	}
	return d.byLink(ctx, secret, device, action, func(tx *store.Tx, a *Action) error { return finished(tx, a, in, file, body) })
}

// AskByLink asks for a later date. Nothing is put off by it: the office answers on the page of the action.
func (d *Desk) AskByLink(ctx context.Context, secret, device string, action id.ID, in Postponement) (Action, error) {
	return d.byLink(ctx, secret, device, action, func(tx *store.Tx, a *Action) error {
		if !a.May(doPostpone) {
			return errOver
		}
		if err := mayDate(*a, in, tx.Today()); err != nil {
			return err
		}
		return stepped(tx, a, Step{Kind: stepAsked, DueOn: in.DueOn, Note: in.Reason}, fail.Say("Penundaan diminta: %s", a.Title), in)
	})
}
