package coordination

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
)

var (
	answerReferral   = store.NewSystemAct("referral.answer", who.SendReferral)
	informReferral   = store.NewSystemAct("referral.inform", who.SendReferral)
	rerouteReferral  = store.NewAct("referral.reroute", who.SendReferral)
	withdrawReferral = store.NewAct("referral.withdraw", who.SendReferral)
)

// Reply is what a receiver answers.
type Reply struct {
	Answer string `json:"answer" required:"true" enum:"accept,ask,refuse" ask:"Pilih jawaban."`
	Reason string `json:"reason,omitempty" enum:"full,not_for,no_budget,no_staff,outside_area,papers,other"`
	Note   string `json:"note,omitempty" maxLength:"500"`
}

// Beginning says that the service began, and what shows it.
type Beginning struct {
	On    clock.Day `json:"on" required:"true" ask:"Tulis tanggal mulai."`
	Proof string    `json:"proof,omitempty" maxLength:"300"`
}

// Outcome is how the service ended.
type Outcome struct {
	On     clock.Day `json:"on" required:"true" ask:"Tulis tanggal selesai."`
	Result string    `json:"result" required:"true" enum:"met,partly,not_met,left" ask:"Pilih hasilnya."`
	Note   string    `json:"note,omitempty" maxLength:"500"`
}

// Information answers a question of the receiver.
type Information struct {
	Note string `json:"note" required:"true" maxLength:"1000" ask:"Tulis keterangannya."`
}

// Withdrawal takes a referral back.
type Withdrawal struct {
	Reason string `json:"reason" required:"true" maxLength:"500" ask:"Tulis alasannya."`
}

// Rerouting sends the same need somewhere else.
type Rerouting struct {
	Service id.ID `json:"service_id" required:"true" ask:"Pilih ke mana."`
}

// mayReply holds that a question has words and a refusal a reason.
func mayReply(in Reply) error {
	switch {
	case in.Answer == doAsk && in.Note == "":
		return fail.Bad("note", "required", "Tulis keterangan apa yang dibutuhkan.")
	case in.Answer == doRefuse && in.Reason == "":
		return fail.Bad("reason", "required", "Pilih alasannya.")
	case in.Answer == doRefuse && in.Reason == "other" && in.Note == "":
		return fail.Bad("note", "required", "Tulis alasannya.")
	}
	return nil
}

// mayDate holds that a day of the receiver lies between the sending and today.
func mayDate(r Referral, on, today clock.Day) error {
	switch {
	case on > today:
		return fail.Bad("on", "future", "Tanggal %s belum terjadi.", on)
	case on < r.SentOn || r.StartedOn != "" && on < r.StartedOn:
		return fail.Bad("on", "order", "Tanggal %s lebih awal daripada langkah sebelumnya.", on)
	}
	return nil
}

// replied writes an answer, whoever brought it: the agency by its link, the receiving centre, or the sender who heard it
// on the telephone. A refusal is evidence of a need that nobody met.
func replied(tx *store.Tx, r *Referral, in Reply) error {
	if err := mayReply(in); err != nil {
		return err
	}
	if moves[in.Answer].to == r.State && r.Note == in.Note { // pressed twice
		return errSame
	}
	if err := mayDo(*r, in.Answer); err != nil {
		return err
	}
	first := r.AnsweredAt.IsZero()
	r.State, r.Note = moves[in.Answer].to, in.Note
	if in.Answer != doAsk && first {
		r.AnsweredAt = tx.Now()
		if err := countAnswer(tx, r.Agency, int64(tx.Now().Sub(r.SentAt).Hours()), in.Answer); err != nil {
			return err
		}
	}
	say := fail.Say("Rujukan diterima oleh %s.", r.AgencyName)
	switch in.Answer {
	case doAsk:
		say = fail.Say("%s meminta keterangan tentang rujukan.", r.AgencyName)
	case doRefuse:
		r.Reason = in.Reason
		say = fail.Say("Rujukan ditolak oleh %s.", r.AgencyName)
		if err := unmetBy(tx, *r, "refused", in.Reason); err != nil {
			return err
		}
	}
	if err := keepReferral(tx, r); err != nil {
		return err
	}
	return stepped(tx, *r, say, in.Note)
}

func began(tx *store.Tx, r *Referral, in Beginning) error {
	if r.State == Started && r.StartedOn == in.On {
		return errSame
	}
	if err := mayDo(*r, doStart); err != nil {
		return err
	}
	if err := mayDate(*r, in.On, tx.Today()); err != nil {
		return err
	}
	r.State, r.StartedOn, r.StartedProof = Started, in.On, in.Proof
	if err := keepReferral(tx, r); err != nil {
		return err
	}
	return stepped(tx, *r, fail.Say("%s mulai melayani.", r.AgencyName), in.Proof)
}

func ended(tx *store.Tx, r *Referral, in Outcome) error {
	if r.State == Finished && r.FinishedOn == in.On && r.Result == in.Result {
		return errSame
	}
	if err := mayDo(*r, doFinish); err != nil {
		return err
	}
	if err := mayDate(*r, in.On, tx.Today()); err != nil {
		return err
	}
	r.State, r.FinishedOn, r.Result, r.Note = Finished, in.On, in.Result, in.Note
	if r.StartedOn == "" {
		r.StartedOn = in.On
	}
	if err := keepReferral(tx, r); err != nil {
		return err
	}
	return stepped(tx, *r, fail.Say("Rujukan ke %s selesai.", r.AgencyName), in.Note)
}

// mayAnswer holds who brings an answer: between centres the head of that which receives; of an agency without an
// account a sender who heard it.
func mayAnswer(r Referral, by who.Asker) error {
	if r.ToCentre != 0 && !(by.Scope.Has(r.ToCentre) && by.May(who.ApproveCase)) {
		return fail.Denied
	}
	return nil
}

// theirs is the way of every deed of a receiver who has an account, or that is told for one who has none.
func (d *Desk) theirs(ctx context.Context, by who.Asker, referral id.ID, version int64, do func(*store.Tx, *Referral) error) (r Referral, err error) {
	err = d.store.Write(ctx, by, answerReferral, func(tx *store.Tx) error {
		if r, err = referralByID(tx, referral); err != nil {
			return err
		}
		if err := mayAnswer(r, by); err != nil {
			return err
		}
		if version != 0 && r.Version != version {
			return fail.Stale
		}
		return do(tx, &r)
	})
	return r, notSame(err)
}

// Answer records an answer.
func (d *Desk) Answer(ctx context.Context, by who.Asker, referral id.ID, version int64, in Reply) (Referral, error) {
	return d.theirs(ctx, by, referral, version, func(tx *store.Tx, r *Referral) error { return replied(tx, r, in) })
}

// Begin records that the service began.
func (d *Desk) Begin(ctx context.Context, by who.Asker, referral id.ID, version int64, in Beginning) (Referral, error) {
	return d.theirs(ctx, by, referral, version, func(tx *store.Tx, r *Referral) error { return began(tx, r, in) })
}

// Finish records the result.
func (d *Desk) Finish(ctx context.Context, by who.Asker, referral id.ID, version int64, in Outcome) (Referral, error) {
	return d.theirs(ctx, by, referral, version, func(tx *store.Tx, r *Referral) error { return ended(tx, r, in) })
}

// mine reads a referral for a deed of its sender.
func mine(tx *store.Tx, referral id.ID, version int64, deed string) (Referral, error) {
	r, err := takeReferral(tx, referral, version, deed)
	if err == nil && !tx.By().Scope.Has(r.Centre) {
		return r, fail.Denied
	}
	return r, err
}

// Inform answers a question; the receiver's clock runs anew when its day is over.
func (d *Desk) Inform(ctx context.Context, by who.Asker, referral id.ID, version int64, in Information) (r Referral, err error) {
	err = d.store.Write(ctx, by, informReferral, func(tx *store.Tx) error {
		if r, err = mine(tx, referral, version, doInform); err != nil {
			return err
		}
		today := tx.Today()
		r.State, r.Note, r.DueOn = Sent, in.Note, max(r.DueOn, law.AddWorkingDays(today, law.Referral.On(today).AnswerDays))
		if err := keepReferral(tx, &r); err != nil {
			return err
		}
		a, err := agencyByID(tx, r.Agency)
		if err != nil {
			return err
		}
		if err := d.tellAgency(tx, a, r); err != nil {
			return err
		}
		return stepped(tx, r, fail.Say("Keterangan dikirim ke %s.", r.AgencyName), in.Note)
	})
	return r, err
}

// Withdraw takes a referral back; the receiver sees it no longer.
func (d *Desk) Withdraw(ctx context.Context, by who.Asker, referral id.ID, version int64, in Withdrawal) (r Referral, err error) {
	err = d.store.Write(ctx, by, withdrawReferral, func(tx *store.Tx) error {
		if r, err = mine(tx, referral, version, doWithdraw); err != nil {
			return err
		}
		r.State, r.Note = Withdrawn, in.Reason
		if err := keepReferral(tx, &r); err != nil {
			return err
		}
		return stepped(tx, r, fail.Say("Rujukan ke %s ditarik.", r.AgencyName), in.Reason)
	})
	return r, err
}

// Reroute ends a referral and prepares the same need for another service; what is shared is looked at anew.
func (d *Desk) Reroute(ctx context.Context, by who.Asker, referral id.ID, version int64, in Rerouting) (next Referral, err error) {
	err = d.store.Write(ctx, by, rerouteReferral, func(tx *store.Tx) error {
		r, err := mine(tx, referral, version, doReroute)
		if err != nil {
			return err
		}
		r.State = Rerouted
		if err := keepReferral(tx, &r); err != nil {
			return err
		}
		if err := stepped(tx, r, fail.Say("Rujukan ke %s dialihkan.", r.AgencyName), ""); err != nil {
			return err
		}
		f, err := factsOf(tx, r.Case, in.Service)
		if err != nil {
			return err
		}
		if next, err = prepared(tx, f, NewReferral{Service: in.Service, Need: r.Need, Extras: r.Extras, Basis: r.Basis, BasisNote: r.BasisNote}); err != nil {
			return err
		}
		next.Former = r.ID
		return keepFormer(tx, next)
	})
	return next, err
}
