package coordination

import (
	"context"
	"errors"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/store"
	"tuntas/house/who"
)

// How a referral stands in the figures, on the day on which it was sent.
const (
	notYet = "pending"
	inTime = "in_time"
	late   = "late"
	void   = "void" // taken back or sent elsewhere before it came to that
)

// reckoning is how a referral was answered and how it ended. Whoever answers after the agreed day is late, also when more
// information was asked for in between; a day that was moved with the information counts as the agreed one.
type reckoning struct{ answered, ended string }

// reckoned is how the referral stands now; nil before it was sent.
func (r Referral) reckoned() *reckoning {
	if r.SentOn == "" {
		return nil
	}
	now := reckoning{notYet, notYet}
	gone := r.State == Withdrawn || r.State == Rerouted
	switch {
	case !r.AnsweredAt.IsZero() && clock.DayOf(r.AnsweredAt) > r.DueOn:
		now.answered = late
	case !r.AnsweredAt.IsZero():
		now.answered = inTime
	case gone:
		now.answered = void
	}
	switch {
	case r.State == Finished:
		now.ended = r.Result
	case r.State == Refused:
		now.ended = Refused
	case gone:
		now.ended = void
	}
	return &now
}

func (r Referral) count(tx *store.Tx, as reckoning, n int64) {
	tx.CountOf(r.Person, "referral.answer", r.Centre, r.SentOn, as.answered, n)
	tx.CountOf(r.Person, "referral.result", r.Centre, r.SentOn, as.ended, n)
}

// recount moves the figures to how the referral stands now, and gives what the row keeps of it.
func (r *Referral) recount(tx *store.Tx) (answered, ended any) {
	now := r.reckoned()
	if now == nil {
		return nil, nil
	}
	if r.was != nil {
		r.count(tx, *r.was, -1)
	}
	r.count(tx, *now, 1)
	r.was = now
	return now.answered, now.ended
}

// Measures are the figures of this desk: how referrals were answered and how they ended, by the day of sending.
var Measures = store.Measures([]store.Measure{
	{Key: "referral.answer", Kind: store.FlowKind, About: "persons", Facts: answerFacts},
	{Key: "referral.result", Kind: store.FlowKind, About: "persons", Facts: resultFacts},
})

var countOld = store.NewAct("referral.count", who.SendReferral)

var errNothing = errors.New("nothing to count")

// batchCounted referrals of before the figures are counted in one step.
const batchCounted = 200

// CountOld counts the referrals that were sent before there were figures of them: a job that finds nothing to do once it
// has been through all.
func (d *Desk) CountOld(ctx context.Context) error {
	for {
		err := d.store.Write(ctx, who.House("coordination"), countOld, func(tx *store.Tx) error {
			all, err := store.Each(tx, uncounted, scanReferral, batchCounted)
			if err != nil {
				return err
			}
			if len(all) == 0 {
				return errNothing
			}
			for i := range all {
				answered, ended := all[i].recount(tx)
				if _, err := store.Exec(tx, setReckoning, answered, ended, all[i].ID); err != nil {
					return err
				}
			}
			tx.Record(store.Entry{Kind: "referral", Say: fail.Say("%d rujukan dihitung untuk angka jawaban dan hasil.", len(all))})
			return nil
		})
		if errors.Is(err, errNothing) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
