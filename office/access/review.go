package access

import (
	"context"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// Step is one step of the review of an opening: a judgement, a question or its answer.
type Step struct {
	At            time.Time
	User          id.ID
	Address, Name string
	Step, Note    string
}

// The notices that tell of an opening.
const (
	noticeOpened   = "opened"
	noticeAsked    = "asked"
	noticeAnswered = "answered"
	noticeJudged   = "judged"
)

// StepsOf gives the steps of a review, the oldest first. The caller has read the opening as its own or by its scope mark.
func StepsOf(tx *store.Tx, opening id.ID) ([]Step, error) {
	return store.Each(tx, stepsOf, scanStep, opening)
}

// step moves the review of an opening on; somebody who was faster wins.
func step(tx *store.Tx, o Opening, to, note string, say fail.Saying) error {
	now := tx.Latest().UnixMilli()
	var judged any
	if to == Fair || to == Violation {
		judged = now
	}
	if n, err := store.Exec(tx, moveOpening, to, judged, o.ID, o.Version); err != nil || n == 0 {
		if err == nil {
			err = fail.Stale
		}
		return err
	}
	if _, err := store.Exec(tx, insertStep, id.New(), o.ID, now, tx.By().User, to, note); err != nil {
		return err
	}
	tx.Record(store.Entry{Kind: "opening", ID: o.ID, Person: o.Person, Say: say, What: map[string]string{"step": to, "note": note}})
	return nil
}

// Judge writes what a reviewer decided about an opening that they may see (office/audit). A violation ends what is
// still open, and who opened is told.
func Judge(tx *store.Tx, o Opening, to, note string, say fail.Saying) error {
	if to == Violation && o.Holds(tx.Latest()) {
		if _, err := store.Exec(tx, endOpening, tx.Latest().UnixMilli(), o.ID); err != nil {
			return err
		}
		o.Version++
	}
	kind := noticeJudged
	if to == Asked {
		kind = noticeAsked
	}
	if err := tell(tx, o.User, kind, o.ID); err != nil {
		return err
	}
	return step(tx, o, to, note, say)
}

// Notice tells a user of something that happened. The bell counts those that were not read.
type Notice struct {
	ID      id.ID
	At      time.Time
	Kind    string
	Subject id.ID
	New     bool
}

// tell leaves a notice with a user, in the same transaction.
func tell(tx *store.Tx, user id.ID, kind string, subject id.ID) error {
	_, err := store.Exec(tx, insertNotice, id.New(), user, tx.Latest().UnixMilli(), kind, subject)
	return err
}

// Says is the notice in words; Path is where what it tells of is seen, Act what is done there.
func (n Notice) Says() string {
	switch n.Kind {
	case noticeOpened:
		return "Berkas seseorang dibuka dalam keadaan darurat. Telaah apakah itu wajar."
	case noticeAsked:
		return "Ada pertanyaan tentang akses darurat Anda."
	case noticeAnswered:
		return "Pertanyaan Anda tentang sebuah akses darurat dijawab."
	}
	return "Akses darurat Anda selesai ditelaah."
}

// Path is where to go.
func (n Notice) Path() string {
	if n.Kind == noticeOpened || n.Kind == noticeAnswered {
		return "/emergency-reviews/" + n.Subject.String()
	}
	return "/emergency-access/" + n.Subject.String()
}

// Notices gives the asker's last fifty notices; with that they are read.
func (d *Desk) Notices(ctx context.Context, by who.Asker) (all []Notice, err error) {
	err = d.store.Read(ctx, by, seeOwn, func(tx *store.Tx) error {
		all, err = store.Each(tx, noticesOf, scanNotice, by.User)
		return err
	})
	if err != nil || len(all) == 0 || !all[0].New { // the newest was read, and so were all before it
		return all, err
	}
	return all, d.store.Keep(ctx, func(tx *store.Tx) error {
		_, err := store.Exec(tx, readNotices, tx.Now().UnixMilli(), by.User, all[0].ID)
		return err
	})
}
