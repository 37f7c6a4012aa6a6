package participation

import (
	"context"
	"fmt"

	"tuntas/house/fail"
	"tuntas/house/gate"
	"tuntas/house/store"
	"tuntas/house/who"
)

const (
	measureReceived = "report.received"
	measureAnswered = "report.answered"
)

// Measures are the figures of this desk. They are of the office and of no institution: so nothing of a sealed report is
// counted where its institution could see it.
var Measures = store.Measures([]store.Measure{
	{Key: measureReceived, Kind: store.FlowKind, About: "answers", Facts: receivedFacts},
	{Key: measureAnswered, Kind: store.FlowKind, About: "answers", Facts: answeredFacts},
})

var (
	remindReport = store.NewAct("report.remind", who.SeeSystem)
	lookBroken   = store.NewAct("report.verify", who.SeeSystem)
)

// Sweep forgets what was typed and not sent in time, keys of days before yesterday, and counts of hours gone by.
func (d *Desk) Sweep(ctx context.Context) error {
	return d.store.Write(ctx, porch(), typing, func(tx *store.Tx) error {
		if _, err := store.Exec(tx, endedDrafts, tx.Latest().UnixMilli()); err != nil {
			return err
		}
		return gate.Sweep(tx)
	})
}

// Remind tells, once for each promise, that a report is late.
func (d *Desk) Remind(ctx context.Context) error {
	var late []Report
	err := d.store.Read(ctx, who.House("laporan"), remindReport, func(tx *store.Tx) (err error) {
		late, err = unreminded(tx)
		return err
	})
	for _, r := range late {
		if err != nil {
			return err
		}
		err = d.store.Write(ctx, who.House("laporan"), remindReport, func(tx *store.Tx) error {
			n, err := store.Exec(tx, reminded, tx.Today(), r.ID, r.Version)
			if err != nil {
				return err
			}
			tx.Record(r.entry("Laporan %s lewat janji; petugas diingatkan.", nil))
			if n > 0 {
				tell(tx, r, "report-late", fail.Say("Laporan masyarakat %s lewat dari janji %s.", r.Number, r.DueOn), fmt.Sprintf("report-late:%s:%s", r.ID, r.DueOn))
			}
			return nil
		})
	}
	return err
}

// Broken names reports whose row says two things at once.
func (d *Desk) Broken(ctx context.Context) (wrong []string, err error) {
	err = d.store.Read(ctx, who.House("verify"), lookBroken, func(tx *store.Tx) error {
		wrong, err = store.Faults(tx, []store.Fault{
			{Found: liveWrong, Says: "report %s is live and closed at once"},
			{Found: sealedWrong, Says: "report %s is on abuse and lies with an institution"},
			{Found: stepless, Says: "report %s has no first step"},
		})
		return err
	})
	return wrong, err
}
