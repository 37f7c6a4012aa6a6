package comments

import (
	"cmp"
	"context"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/participation"
)

var (
	lookComments = store.NewAct("comment.look", who.Moderate)
	showComment  = store.NewAct("comment.show", who.Moderate)
	refuseIt     = store.NewAct("comment.refuse", who.Moderate)
	undoComment  = store.NewAct("comment.undo", who.Moderate)
	answerIt     = store.NewAct("comment.answer", who.Moderate)
	complainIt   = store.NewAct("comment.complain", who.Anyone) // whoever may moderate was asked before (Complain)
)

// Waiting is what waits at the moderator's desk.
type Waiting struct {
	ByLane map[string]int64
	Count  int64
	Median time.Duration // how long the middle one of them waits
	Oldest time.Duration
}

// Filter chooses comments: those that wait, of one lane or of all, the oldest first; or those of another state, the newest
// first.
type Filter struct {
	State string // "" is held
	Lane  string
	After id.ID
	Limit int64
}

// Comments lists comments under the articles of the asker's reach, with what waits there.
func (d *Desk) Comments(ctx context.Context, by who.Asker, f Filter) (all []Comment, w Waiting, err error) {
	err = d.store.Read(ctx, by, lookComments, func(tx *store.Tx) error {
		if f.State == "" || f.State == Held {
			all, err = store.Each(tx, queueAll.With(f.Lane != "", inLane, f.Lane), scanComment, Held, int64(f.After), f.Limit) // an id of 0 would be no value at all
		} else {
			before := f.After
			if before == 0 {
				before = id.Last
			}
			all, err = store.Each(tx, decided, scanComment, f.State, before, f.Limit)
		}
		if err != nil {
			return err
		}
		w, err = waiting(tx)
		return err
	})
	return all, w, err
}

func waiting(tx *store.Tx) (w Waiting, err error) {
	lanes, err := store.Each(tx, laneCount, scanTally)
	if err != nil {
		return w, err
	}
	w.ByLane = map[string]int64{}
	for _, l := range lanes {
		w.ByLane[l.key] = l.n
		w.Count += l.n
	}
	if w.Count == 0 {
		return w, nil
	}
	if w.Median, err = ageOf(tx, w.Count/2); err != nil {
		return w, err
	}
	w.Oldest, err = ageOf(tx, 0)
	return w, err
}

// ageOf is how long the n-th of those that wait has waited.
func ageOf(tx *store.Tx, n int64) (age time.Duration, err error) {
	at, err := store.Each(tx, heldAt, store.Int, n)
	for _, ms := range at {
		age = tx.Now().Sub(time.UnixMilli(ms))
	}
	return age, err
}

// Sheet is a comment with what a moderator weighs beside it.
type Sheet struct {
	Comment
	Earlier  []Comment // shown under the same article before it
	Same     []Comment // the same words, whoever sent them
	Network  int64     // others from the same network within the month
	Refused  int64     // and how many of those were refused
	Next     id.ID     // the next one that waits; 0: none
	Previous id.ID     // and the one before
}

// Look gives a comment with its context.
func (d *Desk) Look(ctx context.Context, by who.Asker, comment id.ID) (s Sheet, err error) {
	err = d.store.Read(ctx, by, lookComments, func(tx *store.Tx) error {
		s = Sheet{}
		if s.Comment, err = store.One(tx, commentOne, scanComment, comment); err != nil {
			return err
		}
		if s.Earlier, err = store.Each(tx, earlier, scanComment, s.Article, comment); err != nil {
			return err
		}
		if s.Same, err = store.Each(tx, sameWords, scanComment, s.same, comment); err != nil {
			return err
		}
		kinds, err := store.Each(tx, sameNetwork, scanTally, s.network, comment)
		if err != nil {
			return err
		}
		for _, k := range kinds {
			s.Network += k.n
			if k.key == Refused {
				s.Refused += k.n
			}
		}
		s.Next, s.Previous, err = around(tx, comment)
		return err
	})
	return s, err
}

// One gives a comment alone.
func (d *Desk) One(ctx context.Context, by who.Asker, comment id.ID) (c Comment, err error) {
	err = d.store.Read(ctx, by, lookComments, func(tx *store.Tx) error {
		c, err = store.One(tx, commentOne, scanComment, comment)
		return err
	})
	return c, err
}

// After gives the comment that waits next to one; 0: none. Errors: fail.NotFound for one that the asker does not see.
func (d *Desk) After(ctx context.Context, by who.Asker, comment id.ID) (next id.ID, err error) {
	err = d.store.Read(ctx, by, lookComments, func(tx *store.Tx) error {
		if _, err := store.One(tx, commentOne, scanComment, comment); err != nil {
			return err
		}
		next, err = nextTo(tx, comment)
		return err
	})
	return next, err
}

// around gives the neighbours of a comment in the queue.
func around(tx *store.Tx, comment id.ID) (next, previous id.ID, err error) {
	if next, err = nextTo(tx, comment); err != nil {
		return 0, 0, err
	}
	before, err := store.Each(tx, decided, scanComment, Held, comment, 1)
	for _, c := range before {
		previous = c.ID
	}
	return next, previous, err
}

// nextTo is the one that waits behind a comment; after the last comes the first.
func nextTo(tx *store.Tx, comment id.ID) (next id.ID, err error) {
	all, err := store.Each(tx, queueAll, scanComment, Held, comment, 1)
	if err == nil && len(all) == 0 {
		all, err = store.Each(tx, queueAll, scanComment, Held, 0, 1)
	}
	for _, c := range all {
		if c.ID != comment {
			next = c.ID
		}
	}
	return next, err
}

// decide is the way of every deed of a moderator: the comment as they may see it, the deed, who decided.
func (d *Desk) decide(ctx context.Context, by who.Asker, act store.Act, comment id.ID, version int64, deed string, do func(*store.Tx, *Comment) error) (c Comment, err error) {
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if c, err = store.One(tx, commentOne, scanComment, comment); err != nil {
			return err
		}
		if version != 0 && version != c.Version {
			return fail.Stale
		}
		if err := c.move(deed); err != nil {
			return err
		}
		c.DecidedAt, c.DecidedBy = tx.Now(), tx.By().Name
		if err := do(tx, &c); err != nil {
			return err
		}
		return keepComment(tx, &c)
	})
	return c, err
}

// Showing shows a comment to everybody, as it was sent or with words taken out, and answers it where there is an answer.
type Showing struct {
	Text   string `json:"text,omitempty" maxLength:"1000"` // "" shows it as it was sent
	Answer string `json:"answer,omitempty" maxLength:"1000"`
}

// Show shows a comment. Errors: fail.Stale, a rule comment-step.
func (d *Desk) Show(ctx context.Context, by who.Asker, comment id.ID, version int64, in Showing) (Comment, error) {
	return d.decide(ctx, by, showComment, comment, version, show, func(tx *store.Tx, c *Comment) error {
		if c.Body == "" {
			return fail.Broken("comment-empty", "Isi komentar ini sudah dihapus; tidak dapat ditayangkan lagi.")
		}
		c.Text, c.Reason, c.Note = c.Body, "", ""
		if in.Text != "" {
			c.Text = in.Text
		}
		say := "Komentar ditayangkan: %s"
		if c.Text != c.Body {
			say = "Komentar disunting lalu ditayangkan: %s"
		}
		tx.Record(c.entry(say, nil))
		return c.answer(tx, in.Answer)
	})
}

// answer puts the answer of the office below a comment.
func (c *Comment) answer(tx *store.Tx, text string) error {
	if text == "" {
		return nil
	}
	c.Answer, c.AnsweredAt, c.AnswerBy = text, tx.Now(), "Dinas Sosial"
	if c.Centre == 0 {
		return nil
	}
	at, err := centre.ByID(tx, c.Centre)
	c.AnswerBy = at.Name
	return err
}

// Answer is what the office writes below a comment that is shown.
type Answer struct {
	Answer string `json:"answer" required:"true" maxLength:"1000" ask:"Tulis jawabannya."`
}

// Reply answers a comment that is shown, or changes the answer.
func (d *Desk) Reply(ctx context.Context, by who.Asker, comment id.ID, version int64, in Answer) (Comment, error) {
	return d.decide(ctx, by, answerIt, comment, version, reply, func(tx *store.Tx, c *Comment) error {
		tx.Record(c.entry("Komentar dijawab: %s", nil))
		return c.answer(tx, in.Answer)
	})
}

// Refusal is why a comment is not shown; its writer reads it with the code.
type Refusal struct {
	Reason string `json:"reason" required:"true" enum:"personal,harsh,advert,off,other" ask:"Pilih alasannya."`
	Note   string `json:"note,omitempty" maxLength:"300"`
}

// Refuse keeps a comment from being shown, or takes down one that is. Errors: fail.Stale, a rule comment-step.
func (d *Desk) Refuse(ctx context.Context, by who.Asker, comment id.ID, version int64, in Refusal) (Comment, error) {
	if in.Reason == "other" && in.Note == "" {
		return Comment{}, fail.Bad("note", "required", "Tulis alasannya; penulis komentar dapat membacanya.")
	}
	return d.decide(ctx, by, refuseIt, comment, version, refuse, func(tx *store.Tx, c *Comment) error {
		c.Reason, c.Note = in.Reason, in.Note
		tx.Record(c.entry("Komentar ditolak: %s", nil))
		return nil
	})
}

// Undo lays a decided comment back to those that wait.
func (d *Desk) Undo(ctx context.Context, by who.Asker, comment id.ID, version int64) (Comment, error) {
	return d.decide(ctx, by, undoComment, comment, version, undo, func(tx *store.Tx, c *Comment) error {
		if c.Body == "" {
			return fail.Broken("comment-empty", "Isi komentar ini sudah dihapus; tidak dapat ditayangkan lagi.")
		}
		c.Text, c.Reason, c.Note, c.Answer, c.AnswerBy, c.AnsweredAt = c.Body, "", "", "", "", time.Time{}
		tx.Record(c.entry("Keputusan atas komentar dibatalkan: %s", nil))
		return nil
	})
}

// Grievance is what kind of complaint a comment is.
type Grievance struct {
	Category string `json:"category" required:"true" enum:"person,service,abuse,facility,question,other" ask:"Pilih jenis laporan."`
}

// Complain makes a comment a report of the public, which is followed like any other: in the same commit, once. One on abuse
// in an institution is sealed like every report on it. The writer's code opens it at /lacak.
func (d *Desk) Complain(ctx context.Context, by who.Asker, comment id.ID, version int64, in Grievance) (Comment, error) {
	if _, err := d.One(ctx, by, comment); err != nil { // the right, and the reach
		return Comment{}, err
	}
	return d.decide(ctx, participation.OnBehalf(by), complainIt, comment, version, complain, func(tx *store.Tx, c *Comment) error {
		w := participation.Complaint{Category: in.Category, Description: c.Body, Place: "Komentar pada artikel: " + c.Title}
		of, err := d.news.Of(tx, c.Article)
		if err != nil {
			return err
		}
		if w.About = cmp.Or(of.Related, of.Centre); w.About != 0 {
			at, err := centre.ByID(tx, w.About)
			if err != nil {
				return err
			}
			w.Region = at.Region
		}
		report, sealed, err := d.reports.Complain(tx, w)
		if err != nil {
			return err
		}
		c.Report = report
		if sealed { // from now on nobody of an institution sees the comment either
			c.Centre = 0
		}
		tx.Record(c.entry("Komentar dijadikan pengaduan: %s", nil))
		return nil
	})
}
