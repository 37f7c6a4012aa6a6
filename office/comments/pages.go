package comments

import (
	"embed"
	"slices"
	"time"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/participation"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

var (
	_ = page.Lookup("commentlane", func(l text.Lang, key string) string { return text.T(l, string(laneWords[key])) })
	_ = page.Lookup("lanekind", func(_ text.Lang, key string) string {
		if key == Alarm {
			return "bad"
		}
		return "warn"
	})
	_ = page.Lookup("commentstate", func(l text.Lang, key string) string { return text.T(l, string(stateWords[key])) })
	_ = page.Lookup("commentreason", func(l text.Lang, key string) string { return text.T(l, string(reasonWords[key])) })
	_ = page.Lookup("commentpiece", func(l text.Lang, key string) string { return text.T(l, string(pieceWords[key])) })
)

// Routes are the desk's addresses.
func (d *Desk) Routes() []web.Route {
	return slices.Concat(d.publicRoutes(), []web.Route{
		web.GET("/comments", d.getQueue).Says("comments", "Comments under the articles of the asker's reach: those that wait, the oldest first, or those of another state").Query(Listing{}).Lists(CommentBody{}),
		web.GET("/comments/{comment}", d.getComment).Says("comments", "One comment with what stands beside it").Query(lastQuery{}).Gives(SheetBody{}),
		web.POST("/comments/{comment}/showing", d.postShowing).NoDrafts("one look").Says("comments", "Show a comment, as it was sent or with words taken out, with an answer or without").Takes(Showing{}).Gives(CommentBody{}),
		web.POST("/comments/{comment}/refusal", d.postRefusal).NoDrafts("a choice").Says("comments", "Refuse a comment, or take one down").Takes(Refusal{}).Gives(CommentBody{}),
		web.POST("/comments/{comment}/answer", d.postAnswer).Drafts("Jawaban komentar|draf", who.Moderate).Says("comments", "Answer a comment that is shown").Takes(Answer{}).Gives(CommentBody{}),
		web.POST("/comments/{comment}/complaint", d.postComplaint).NoDrafts("a choice").Says("comments", "Make a comment a report of the public").Takes(Grievance{}).Gives(CommentBody{}),
		web.POST("/comments/{comment}/undoing", d.postUndo).NoDrafts("one button").Says("comments", "Lay a decided comment back to those that wait").Takes(struct{}{}).Gives(CommentBody{}),
	})
}

// Listing chooses comments.
type Listing struct {
	web.Part
	State string `query:"state" enum:"held,shown,refused,complaint,erased"`
	Lane  string `query:"lane" enum:"alarm,personal,harsh,link,plain"`
}

// lastQuery carries the comment that was decided just before, so that it can be undone.
type lastQuery struct {
	Last id.ID `query:"last"`
}

type tab struct {
	Path, Name string
	N          int64
	Counted    bool
	Current    bool
}

type queuePage struct {
	All  []Comment
	Next string
	Tabs []tab
	W    Waiting
	L    Listing
	// In words: how long the middle one waits, and the oldest.
	Median, Oldest string
}

func (d *Desk) tabs(r *web.Request, l Listing, w Waiting) []tab {
	held := l.State == "" || l.State == Held
	all := []tab{{"/comments", r.Say("Semua|komentar"), w.Count, true, held && l.Lane == ""}}
	for _, lane := range Lanes {
		all = append(all, tab{"/comments?lane=" + lane, text.T(r.Lang, string(laneWords[lane])), w.ByLane[lane], true, held && l.Lane == lane})
	}
	for _, s := range []string{Shown, Refused, Complaint} {
		all = append(all, tab{Path: "/comments?state=" + s, Name: text.T(r.Lang, string(stateWords[s])), Current: l.State == s})
	}
	return all
}

func (d *Desk) getQueue(r *web.Request) (web.Answer, error) {
	var l Listing
	if err := r.Filter(&l); err != nil {
		return nil, err
	}
	var w Waiting
	all, next, err := web.PageOf(l.Part, 50, func(p web.Part) ([]Comment, error) {
		all, waits, err := d.Comments(r.Context(), r.By, Filter{l.State, l.Lane, p.After, p.Limit})
		w = waits
		return all, err
	}, func(c Comment) id.ID { return c.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, commentBody), next)
	}
	return r.Page("comments/queue.html", queuePage{All: all, Next: next, Tabs: d.tabs(r, l, w), W: w, L: l, Median: waited(r, w.Median), Oldest: waited(r, w.Oldest)})
}

// waited is a stretch of time in words: minutes, hours, or days where it is two or more.
func waited(r *web.Request, d time.Duration) string {
	switch {
	case d < time.Hour:
		return r.Say("%d menit", int(d.Minutes()))
	case d < 48*time.Hour:
		return r.Say("%d jam", int(d.Hours()))
	}
	return r.Say("%d hari", int(d.Hours()/24))
}

// Chip is the state of a comment as a page shows it.
func (c Comment) Chip(lang string) page.Chip {
	kinds := map[string]string{Held: "warn", Shown: "ok", Refused: "bad", Complaint: "info", Erased: "none"}
	return page.Chip{Kind: kinds[c.State], Word: text.T(text.Lang(lang), string(stateWords[c.State]))}
}

type commentPage struct {
	Sheet
	Reasons, Categories []page.Option
	Last                *Comment // decided just before
	Kinds               []string
	Likely              string // the kind of complaint that it would be
}

func (d *Desk) commentPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		s, err := d.Look(r.Context(), r.By, r.ID("comment"))
		if err != nil {
			return nil, err
		}
		p := commentPage{Sheet: s, Reasons: page.WordOptions(r.Lang, reasonWords, Reasons...), Kinds: kindsOf(s.Parts()), Likely: "service", Categories: participation.CategoryOptions(r)}
		if s.Lane == Alarm {
			p.Likely = "abuse"
		}
		var q lastQuery
		if r.Filter(&q) == nil && q.Last != 0 && q.Last != s.ID {
			if last, err := d.One(r.Context(), r.By, q.Last); err == nil && last.May(undo) {
				p.Last = &last
			}
		}
		return p, nil
	}
}

func (d *Desk) getComment(r *web.Request) (web.Answer, error) {
	if err := r.Filter(&lastQuery{}); err != nil {
		return nil, err
	}
	return r.Show("comments/comment.html", d.commentPage(r), func() (any, error) {
		s, err := d.Look(r.Context(), r.By, r.ID("comment"))
		return sheetBody(s), err
	})
}

// onward sends the moderator to the next comment that waits, with the way back to the one that was decided.
func (d *Desk) onward(r *web.Request, c Comment, err error, says string) (web.Answer, error) {
	if err != nil {
		return r.Again("comments/comment.html", d.commentPage(r), err)
	}
	r.Flash(says)
	to := c.Path()
	if !r.API() {
		next, err := d.After(r.Context(), r.By, c.ID)
		switch {
		case err == nil && next != 0:
			to = "/comments/" + next.String() + "?last=" + c.ID.String()
		case err != nil: // a sealed complaint is out of the asker's sight now
			to = "/comments"
		}
	}
	return r.Done(to, c.Path(), commentBody(c))
}

func (d *Desk) postShowing(r *web.Request) (web.Answer, error) {
	c, err := web.Do(r, func(in Showing) (Comment, error) { return d.Show(r.Context(), r.By, r.ID("comment"), r.IfMatch(), in) })
	return d.onward(r, c, err, "Komentar ditayangkan.")
}

func (d *Desk) postRefusal(r *web.Request) (web.Answer, error) {
	c, err := web.Do(r, func(in Refusal) (Comment, error) {
		return d.Refuse(r.Context(), r.By, r.ID("comment"), r.IfMatch(), in)
	})
	return d.onward(r, c, err, "Komentar ditolak.")
}

func (d *Desk) postComplaint(r *web.Request) (web.Answer, error) {
	c, err := web.Do(r, func(in Grievance) (Comment, error) {
		return d.Complain(r.Context(), r.By, r.ID("comment"), r.IfMatch(), in)
	})
	return d.onward(r, c, err, "Komentar dijadikan pengaduan.")
}

func (d *Desk) postAnswer(r *web.Request) (web.Answer, error) {
	c, err := web.Do(r, func(in Answer) (Comment, error) { return d.Reply(r.Context(), r.By, r.ID("comment"), r.IfMatch(), in) })
	if err != nil {
		return r.Again("comments/comment.html", d.commentPage(r), err)
	}
	r.Flash("Jawaban tayang di bawah komentar.")
	return r.Done(c.Path(), c.Path(), commentBody(c))
}

func (d *Desk) postUndo(r *web.Request) (web.Answer, error) {
	c, err := web.Do(r, func(struct{}) (Comment, error) { return d.Undo(r.Context(), r.By, r.ID("comment"), r.IfMatch()) })
	if err != nil {
		return r.Again("comments/comment.html", d.commentPage(r), err)
	}
	r.Flash("Keputusan dibatalkan; komentar menunggu lagi.")
	return r.Done(c.Path(), c.Path(), commentBody(c))
}

// CommentBody is a comment in the API for staff. Moments are UTC.
type CommentBody struct {
	ID         id.ID      `json:"id" required:"true"`
	Version    int64      `json:"version"`
	Article    id.ID      `json:"article_id"`
	State      string     `json:"state" enum:"held,shown,refused,complaint,erased"`
	Lane       string     `json:"lane" enum:"alarm,personal,harsh,link,plain"`
	Name       string     `json:"name"`
	Body       string     `json:"body"`
	Text       string     `json:"shown_text"`
	Answer     string     `json:"answer"`
	Reason     string     `json:"reason"`
	Note       string     `json:"note"`
	ReceivedAt time.Time  `json:"received_at"`
	DecidedAt  *time.Time `json:"decided_at"`
	Report     *id.ID     `json:"report_id"`
}

// RecordVersion is the ETag.
func (b CommentBody) RecordVersion() int64 { return b.Version }

func commentBody(c Comment) CommentBody {
	b := CommentBody{ID: c.ID, Version: c.Version, Article: c.Article, State: c.State, Lane: c.Lane, Name: c.Name, Body: c.Body, Text: c.Text, Answer: c.Answer, Reason: c.Reason,
		Note: c.Note, ReceivedAt: c.ReceivedAt.UTC()}
	if !c.DecidedAt.IsZero() {
		at := c.DecidedAt.UTC()
		b.DecidedAt = &at
	}
	if c.Report != 0 {
		b.Report = &c.Report
	}
	return b
}

// SheetBody is a comment with what a moderator weighs beside it.
type SheetBody struct {
	CommentBody
	Found   []string `json:"found" enum:"nik,phone,mail,name,harsh,link,alarm"`
	Same    []id.ID  `json:"same_words"`
	Network int64    `json:"same_network"`
	Refused int64    `json:"same_network_refused"`
	Next    *id.ID   `json:"next"`
}

func sheetBody(s Sheet) SheetBody {
	b := SheetBody{CommentBody: commentBody(s.Comment), Found: append([]string{}, kindsOf(s.Parts())...), Same: []id.ID{}, Network: s.Network, Refused: s.Refused}
	for _, c := range s.Same {
		b.Same = append(b.Same, c.ID)
	}
	if s.Next != 0 {
		b.Next = &s.Next
	}
	return b
}
