package coordination

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/law"
)

var escalateReferral = store.NewSystemAct("referral.escalate", who.SendReferral)

// stepsDue gives how many steps of escalation are due on a day: 1 the receiver is reminded, 2 the head of the centre is
// to call, 3 the office. Working days are counted; the steps are configuration.
func stepsDue(due, today clock.Day) (n int64) {
	for _, days := range law.Referral.On(today).ReminderIn {
		if law.AddWorkingDays(due, days) <= today {
			n++
		}
	}
	return n
}

// stepWords tell what each step is.
var stepWords = []text.Word{"", "Penerima diingatkan", "Naik ke Kepala UPT", "Naik ke Dinas Sosial"}

// Escalation says how far an unanswered referral has come; "" for not at all.
func (r Referral) Escalation() text.Word {
	if !r.Waits() {
		return ""
	}
	return stepWords[min(r.Steps, int64(len(stepWords)-1))]
}

// Escalate takes every overdue referral one step further when its day has come: a step in the history, a letter to the
// receiver, and the mark by which heads find it.
func (d *Desk) Escalate(ctx context.Context) error {
	by := who.House("referrals")
	var due []Referral
	err := d.store.Read(ctx, by, lookReferral, func(tx *store.Tx) (err error) {
		due, err = store.Each(tx, overdue, scanReferral, tx.Today(), len(law.Referral.On(tx.Today()).ReminderIn))
		return err
	})
	for _, r := range due {
		if err == nil {
			err = d.escalate(ctx, by, r)
		}
	}
	return err
}

func (d *Desk) escalate(ctx context.Context, by who.Asker, r Referral) error {
	n := stepsDue(r.DueOn, d.store.Today())
	if n <= r.Steps || r.State == Asked { // who waits for our own answer is not reminded
		return nil
	}
	err := d.store.Write(ctx, by, escalateReferral, func(tx *store.Tx) error {
		now, err := referralByID(tx, r.ID)
		if err != nil {
			return err
		}
		if !now.Waits() || now.Steps >= n {
			return errSame
		}
		now.Steps = n
		if err := keepReferral(tx, &now); err != nil {
			return err
		}
		a, err := agencyByID(tx, now.Agency)
		if err != nil {
			return err
		}
		if err := d.tellAgency(tx, a, now); err != nil {
			return err
		}
		say := fail.Say("Rujukan ke %s belum dijawab: %s.", now.AgencyName, stepWords[n])
		return stepped(tx, now, say, text.Say(text.ID, fail.Say(string(stepWords[n]))))
	})
	return notSame(err)
}
