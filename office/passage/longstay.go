package passage

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
)

var (
	reviewStay = store.NewAct("longstay.review", who.WorkCase)
	lookStay   = store.NewAct("longstay.look", who.SeeCase)
)

// What a review decides.
const (
	Begin    = "begin"    // the plan is for a long stay
	Continue = "continue" // as it is
	Change   = "change"   // goes on, with a changed plan
	EndStay  = "end"      // no long stay any more: resocialisation begins
)

// Review is one look at a long stay: for the elderly the panti may be for life (the handbook, 7.3), so that reviews
// stand where others have an end.
type Review struct {
	ID       id.ID
	On       clock.Day
	Decision string
	Note     string
	NextOn   clock.Day
	By       string
}

// NewReview begins a long stay, or records a review of it.
type NewReview struct {
	On       clock.Day `json:"on" required:"true" ask:"Tulis tanggal peninjauan."`
	Decision string    `json:"decision" required:"true" enum:"begin,continue,change,end" ask:"Pilih keputusan."`
	Note     string    `json:"note" required:"true" maxLength:"2000" ask:"Tulis alasannya."`
	NextOn   clock.Day `json:"next_on,omitempty"` // none: after the interval that is set
}

// mayReview holds what a review needs: a case of the intervention with an approved plan, a long stay that began or did
// not, and a next day that comes after it but within two intervals.
func mayReview(f casework.File, in NewReview, today clock.Day) error {
	var wrong fail.Fields
	dayBetween(&wrong, "on", in.On, f.StageSince, today)
	if in.NextOn != "" && in.NextOn <= in.On {
		wrong.Add("next_on", "order", "Peninjauan berikutnya %s harus setelah %s.", in.NextOn, in.On)
	} else if last := in.On.AddMonths(2 * law.Standard.On(in.On).ReviewMonths); in.NextOn > last {
		wrong.Add("next_on", "too-late", "Peninjauan berikutnya paling lambat %s.", last)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	switch {
	case f.Stage != casework.Intervention || f.Plan == nil:
		return fail.Broken("no-plan", "Tinggal jangka panjang ditetapkan pada tahap intervensi, dengan rencana yang sudah disahkan.")
	case in.Decision == Begin && f.ReviewOn != "":
		return fail.Broken("long-stay-runs", "Tinggal jangka panjang sudah ditetapkan.")
	case in.Decision != Begin && f.ReviewOn == "":
		return fail.Broken("no-long-stay", "Tinggal jangka panjang belum ditetapkan.")
	}
	return nil
}

// nextReview is when the stay is looked at again; nothing when it ends.
func nextReview(in NewReview) clock.Day {
	switch {
	case in.Decision == EndStay:
		return ""
	case in.NextOn != "":
		return in.NextOn
	}
	return in.On.AddMonths(law.Standard.On(in.On).ReviewMonths)
}

// Review records a review, and moves the deadline of the case to the next.
func (d *Desk) Review(ctx context.Context, by who.Asker, caseID id.ID, version int64, in NewReview) (v Review, f casework.File, err error) {
	err = d.store.Write(ctx, by, reviewStay, func(tx *store.Tx) error {
		if f, err = casework.Take(tx, caseID, version); err != nil {
			return err
		}
		if err := mayReview(f, in, tx.Today()); err != nil {
			return err
		}
		v = Review{ID: id.New(), On: in.On, Decision: in.Decision, Note: in.Note, NextOn: nextReview(in), By: by.Name}
		if err := insertReview(tx, f.Case, v); err != nil {
			return err
		}
		tx.Record(entry("review", v.ID, f.Case, reviewSays[in.Decision], in))
		if err := casework.ReviewBy(tx, caseID, v.NextOn); err != nil {
			return err
		}
		f, err = casework.FileOf(tx, caseID)
		return err
	})
	return v, f, err
}

var reviewSays = map[string]fail.Saying{
	Begin:    fail.Say("Tinggal jangka panjang ditetapkan."),
	Continue: fail.Say("Tinggal jangka panjang ditinjau: diteruskan."),
	Change:   fail.Say("Tinggal jangka panjang ditinjau: diteruskan dengan rencana yang diubah."),
	EndStay:  fail.Say("Tinggal jangka panjang ditinjau: diakhiri."),
}

// Reviews gives the reviews of a case, the latest first.
func (d *Desk) Reviews(ctx context.Context, by who.Asker, caseID id.ID) (all []Review, f casework.File, err error) {
	err = d.store.Read(ctx, by, lookStay, func(tx *store.Tx) error {
		if f, err = casework.FileOf(tx, caseID); err != nil {
			return err
		}
		tx.Saw(f.Person)
		all, err = reviewsOf(tx, caseID)
		return err
	})
	return all, f, err
}
