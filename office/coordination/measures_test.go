package coordination_test

import (
	"maps"
	"testing"

	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/coordination"
	"tuntas/try/province"
)

var (
	readFigures = store.NewAct("test.figures", who.SeeFigures)
	forget      = store.NewAct("test.forget", who.SendReferral)
	uncount     = store.SQL(`update referrals set answered = null, ended = null where {see referrals}`)
)

func (o *office) stands(measure string, want map[string]int64) {
	o.T.Helper()
	got := map[string]int64{}
	province.Must(o.T, o.Store.Read(o.Ctx, o.House, readFigures, func(tx *store.Tx) error {
		figures, err := store.Flow(tx, measure, "", "", 0)
		for _, f := range figures {
			got[f.Dim] += f.N
		}
		return err
	}))
	maps.DeleteFunc(got, func(_ string, n int64) bool { return n == 0 })
	if !maps.Equal(got, want) {
		o.T.Errorf("%s: %v, want %v", measure, got, want)
	}
}

func (o *office) agree(repair bool) {
	o.T.Helper()
	drifts, err := o.Store.Recount(o.Ctx, coordination.Measures, repair)
	province.Must(o.T, err)
	for _, d := range drifts {
		if !repair {
			o.T.Errorf("a figure drifted: %s", d)
		}
	}
}

// A referral stands in the figures from the day it was sent: awaited, answered in time or late, and how it ended; what was
// taken back before an answer is void. Referrals of before the figures are counted once.
func TestMeasures(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		o := open(t, p)
		r := o.sent(o.c, o.service.ID)
		slow, gone := o.sent(o.ready("Karto"), o.service.ID), o.sent(o.ready("Sumi"), o.service.ID)
		o.stands("referral.answer", map[string]int64{"pending": 3})
		_, err := o.desk.Answer(p.Ctx, p.As("ratna"), r.ID, 0, coordination.Reply{Answer: "accept"})
		province.Must(t, err)
		_, err = o.desk.Finish(p.Ctx, p.As("ratna"), r.ID, 0, coordination.Outcome{On: today, Result: "partly"})
		province.Must(t, err)
		_, err = o.desk.Withdraw(p.Ctx, p.As("ratna"), gone.ID, 0, coordination.Withdrawal{Reason: "sudah selesai"})
		province.Must(t, err)
		p.Clock.To(slow.DueOn.Add(1))
		_, err = o.desk.Answer(p.Ctx, p.As("ratna"), slow.ID, 0, coordination.Reply{Answer: "refuse", Reason: "full"})
		province.Must(t, err)
		answered, ended := map[string]int64{"in_time": 1, "late": 1, "void": 1}, map[string]int64{"partly": 1, "refused": 1, "void": 1}
		o.stands("referral.answer", answered)
		o.stands("referral.result", ended)
		o.agree(false)

		province.Must(t, p.Store.Write(p.Ctx, p.House, forget, func(tx *store.Tx) error {
			tx.Record(store.Entry{Kind: "test"})
			_, err := store.Exec(tx, uncount)
			return err
		}))
		o.agree(true)
		o.stands("referral.answer", map[string]int64{})
		for range 2 {
			province.Must(t, o.desk.CountOld(p.Ctx))
			o.stands("referral.answer", answered)
			o.stands("referral.result", ended)
		}
		o.agree(false)
	})
}
