package comments

import (
	"context"
	"slices"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/gate"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/participation"
	"tuntas/office/person"
	"tuntas/office/publication"
)

// Desk is the desk of comments.
type Desk struct {
	store   *store.Store
	gate    gate.Gate
	news    *publication.Desk
	reports *participation.Desk
	persons *person.Desk
}

// New opens the desk.
func New(s *store.Store, news *publication.Desk, reports *participation.Desk, persons *person.Desk) *Desk {
	return &Desk{s, gate.New(s, "comment"), news, reports, persons}
}

// The states of a comment.
const (
	Held      = "held"
	Shown     = "shown"
	Refused   = "refused"
	Complaint = "complaint" // it goes on as a report, and is not shown
	Erased    = "erased"    // by who wrote it: nothing of it is left
)

var stateWords = map[string]text.Word{Held: "Menunggu diperiksa|komentar", Shown: "Tayang|komentar", Refused: "Ditolak|komentar", Complaint: "Menjadi pengaduan", Erased: "Dihapus penulisnya"}

// What can be done with a comment.
const (
	show     = "show"
	refuse   = "refuse"
	complain = "complain"
	undo     = "undo"
	reply    = "reply"
	erase    = "erase"
)

// moves say from where each deed leads whereto. What is not here cannot happen: a complaint is a report already, and what
// was erased is gone.
var moves = map[string]struct {
	from []string
	to   string // "" stays
}{
	show:     {[]string{Held, Refused}, Shown},
	refuse:   {[]string{Held, Shown}, Refused},
	complain: {[]string{Held, Shown, Refused}, Complaint},
	undo:     {[]string{Shown, Refused}, Held},
	reply:    {[]string{Shown}, ""},
	erase:    {[]string{Held, Shown, Refused, Complaint}, Erased},
}

// The lanes of the moderator, what can hurt somebody first. What may tell of abuse lies with the province alone, wherever its
// article belongs: nobody of an institution reads it.
const (
	Alarm    = "alarm"
	Personal = "personal"
	Harsh    = "harsh"
	Linked   = "link"
	Plain    = "plain"
)

// Lanes are the lanes in their order.
var Lanes = []string{Alarm, Personal, Harsh, Linked, Plain}

var laneWords = map[string]text.Word{Alarm: "Dugaan kekerasan", Personal: "Data pribadi", Harsh: "Kata kasar", Linked: "Bertautan", Plain: "Biasa|komentar"}

// Reasons of a refusal, in their order. The last asks for words.
var Reasons = []string{"personal", "harsh", "advert", "off", "other"}

var reasonWords = map[string]text.Word{"personal": "Memuat data pribadi", "harsh": "Kasar atau menyerang orang", "advert": "Promosi atau tautan tak dikenal",
	"off": "Tidak tentang artikel ini", "other": "Alasan lain"}

// Comment is one comment.
type Comment struct {
	ID         id.ID
	Version    int64
	Article    id.ID
	Centre     id.ID
	Title      string // of its article
	Slug       string
	State      string
	Lane       string
	Name       string
	Body       string
	Text       string // as everybody reads it
	Names      []string
	Reason     string
	Note       string
	Answer     string
	AnswerBy   string
	AnsweredAt time.Time // zero: no answer
	ReceivedAt time.Time
	DecidedAt  time.Time
	DecidedBy  string
	Report     id.ID
	same       string
	network    string
}

// Path is its page for staff.
func (c Comment) Path() string { return "/comments/" + c.ID.String() }

// Parts is the comment in pieces, those that need a look marked.
func (c Comment) Parts() []Piece { return pieces(c.Body, c.Names) }

// DueOn is until when somebody should have read it: the first working day after it came.
func (c Comment) DueOn() clock.Day {
	return law.AddWorkingDays(clock.DayOf(c.ReceivedAt), promisedDays)
}

// May tells whether a deed is possible now.
func (c Comment) May(deed string) bool { return slices.Contains(moves[deed].from, c.State) }

const (
	promisedDays = 1                   // working days until a comment is read: what the page says
	networkLives = 30 * 24 * time.Hour // how long the hash of an address is kept
	refusedLives = 30 * 24 * time.Hour // how long the words of what was refused are kept
	anHour       = 6                   // comments that one address may send within an hour
	alike        = 3                   // times that the same words are taken within an hour, wherever they come from
)

func (c *Comment) move(deed string) error {
	if !c.May(deed) {
		return fail.Broken("comment-step", "Komentar ini berstatus %s; langkah ini tidak mungkin lagi.", stateWords[c.State])
	}
	if to := moves[deed].to; to != "" {
		c.State = to
	}
	return nil
}

func (c Comment) entry(say string, what any) store.Entry {
	return store.Entry{Kind: "comment", ID: c.ID, Centre: c.Centre, Say: fail.Say(say, c.Title), What: what}
}

// Under gives what readers wrote below an article, for the article's page.
func (d *Desk) Under(ctx context.Context, article, before id.ID) (talk publication.Talk, err error) {
	err = d.store.Read(ctx, who.Public(), readComments, func(tx *store.Tx) error {
		talk.All, err = shownUnder(tx, article, before)
		if err != nil {
			return err
		}
		if len(talk.All) > publication.RemarksPerPage {
			talk.All = talk.All[:publication.RemarksPerPage]
			talk.Next = talk.All[len(talk.All)-1].ID
		}
		talk.Count, err = store.One(tx, countShown, store.Int, article)
		return err
	})
	return talk, err
}
