package access

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
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
	Say     fail.Saying // "": the kind says it
	To      string      // where to go, where the kind does not say it
	New     bool
}

// tell leaves a notice with a user, in the same transaction.
func tell(tx *store.Tx, user id.ID, kind string, subject id.ID) error {
	_, err := store.Exec(tx, insertNotice, id.New(), user, tx.Latest().UnixMilli(), kind, subject, "", "", "")
	return err
}

// Tell leaves a notice with a user that says in a sentence what happened, and where; once is a key under which it is told
// once only. It tells whether it was new. For the desk of notices: others leave them by store.Notice.
func Tell(tx *store.Tx, user id.ID, kind string, say fail.Saying, path, once string) (bool, error) {
	said, err := json.Marshal(say)
	if err != nil {
		return false, fmt.Errorf("the sentence of a notice: %w", err)
	}
	n, err := store.Exec(tx, insertNotice, id.New(), user, tx.Latest().UnixMilli(), kind, int64(0), string(said), path, once)
	return n == 1, err
}

// Says is the notice in words; Path is where what it tells of is seen.
func (n Notice) Says() fail.Saying {
	if n.Say.Text != "" {
		return n.Say
	}
	return fail.Say(n.ofOpening())
}

func (n Notice) ofOpening() string {
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
	if n.To != "" {
		return n.To
	}
	if n.Kind == noticeOpened || n.Kind == noticeAnswered {
		return "/emergency-reviews/" + n.Subject.String()
	}
	return "/emergency-access/" + n.Subject.String()
}

// Notices gives the asker's notices before one of them (0: the newest), the newest first.
func (d *Desk) Notices(ctx context.Context, by who.Asker, before id.ID, limit int64) (all []Notice, err error) {
	last := int64(before)
	if last == 0 {
		last = math.MaxInt64
	}
	err = d.store.Read(ctx, by, seeOwn, func(tx *store.Tx) error {
		all, err = store.Each(tx, noticesOf, scanNotice, by.User, last, limit)
		return err
	})
	return all, err
}

// Notice gives one notice of the asker's; with that it is read.
func (d *Desk) Notice(ctx context.Context, by who.Asker, notice id.ID) (n Notice, err error) {
	err = d.store.Read(ctx, by, seeOwn, func(tx *store.Tx) error {
		n, err = store.One(tx, noticeOne, scanNotice, notice, by.User)
		return err
	})
	if err != nil || !n.New {
		return n, err
	}
	return n, d.store.Keep(ctx, func(tx *store.Tx) error {
		_, err := store.Exec(tx, readNotice, tx.Now().UnixMilli(), notice, by.User)
		return err
	})
}

var readAll = store.NewSystemAct("notice.read", who.SignedIn)

// ReadAll marks all notices of the asker as read, and tells how many were not.
func (d *Desk) ReadAll(ctx context.Context, by who.Asker) (n int64, err error) {
	err = d.store.Write(ctx, by, readAll, func(tx *store.Tx) error {
		n, err = store.Exec(tx, readNotices, tx.Now().UnixMilli(), by.User)
		tx.Record(store.Entry{Kind: "notice", ID: by.User, Say: fail.Say("Semua pemberitahuan ditandai dibaca.")})
		return err
	})
	return n, err
}

// Holders gives the active users who hold a role at an institution, or of the province when there is none: at most two
// hundred. Who covers for the head of an institution is one.
func Holders(tx *store.Tx, role string, centre id.ID) ([]id.ID, error) {
	if centre == 0 {
		return store.Each(tx, holders, store.IDs, role)
	}
	today := tx.Today()
	return store.Each(tx, holdersAt, store.IDs, centre, role, role, today, today, centre)
}

// AskerOf makes the Asker of an active user, for what is read in the user's name: the own calendar.
func (d *Desk) AskerOf(ctx context.Context, user id.ID) (who.Asker, error) {
	a, _, err := d.find(ctx, userByID, user)
	return a, err
}
