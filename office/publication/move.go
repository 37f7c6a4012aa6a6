package publication

import (
	"context"
	"slices"
	"strings"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
)

var (
	submit   = store.NewAct("news.submit", who.WriteNews)
	sendBack = store.NewAct("news.return", who.PublishNews)
	approve  = store.NewAct("news.approve", who.PublishNews)
	publish  = store.NewAct("news.publish", who.PublishNews)
	correct  = store.NewAct("news.correct", who.PublishNews)
	takeDown = store.NewAct("news.withdraw", who.WriteNews) // taking down is open to the author's team too: it never harms
)

// The steps of an article.
const (
	Submit   = "submit"
	SendBack = "return"
	Approve  = "approve"
	Publish  = "publish"
	Withdraw = "withdraw"
	Correct  = "correct"
	Expire   = "expire"
)

// moves say from where each step leads whereto. What is not here cannot happen.
var moves = map[string]struct {
	from []State
	to   State
}{
	Submit:   {[]State{Draft, Withdrawn, Expired}, Review},
	SendBack: {[]State{Review, Approved}, Draft},
	Approve:  {[]State{Review}, Approved},
	Publish:  {[]State{Approved}, Published},
	Withdraw: {[]State{Published}, Withdrawn},
	Correct:  {[]State{Published}, Published},
	Expire:   {[]State{Published}, Expired},
}

var stepWords = map[string]text.Word{Submit: "diajukan untuk ditelaah", SendBack: "dikembalikan kepada penulis", Approve: "disetujui|artikel", Publish: "ditayangkan",
	Withdraw: "ditarik dari situs", Correct: "diralat", Expire: "masa tayangnya habis"}

// mayMove holds the table of moves.
func mayMove(a Article, step string) (State, error) {
	m := moves[step]
	if !slices.Contains(m.from, a.State) {
		return "", fail.Broken("article-step", "Artikel ini berstatus %s; langkah ini belum atau tidak lagi mungkin.", stateWords[a.State])
	}
	return m.to, nil
}

// Step is what was done with an article.
type Step struct {
	Step, Note, By string
	Answers        string
	At             time.Time
}

// Questions are what a reviewer answers before an article may be approved, in their order.
var Questions = []string{"person", "consent", "dignity", "data"}

// Verdict is what a reviewer answers; each question is ticked or the article is sent back.
type Verdict struct {
	Person  bool   `json:"person,omitempty"`
	Consent bool   `json:"consent,omitempty"`
	Dignity bool   `json:"dignity,omitempty"`
	Data    bool   `json:"data,omitempty"`
	Note    string `json:"note,omitempty" maxLength:"500"`
}

func (v Verdict) answered() string {
	var all []string
	for i, yes := range []bool{v.Person, v.Consent, v.Dignity, v.Data} {
		if yes {
			all = append(all, Questions[i])
		}
	}
	return strings.Join(all, " ")
}

// mayApprove holds that somebody else than its writers approves an article, that every question is answered, and that
// everybody who stands in it has consented (UU 27/2022 Pasal 22, 25, 26; SE Mensos 2/2023).
func mayApprove(a Article, writers []id.ID, all []Subject, v Verdict, by who.Asker, today clock.Day) error {
	var g fail.Gate
	g.Need(by.User != a.Author && !slices.Contains(writers, by.User), "own-article", "Penulis tidak menyetujui artikelnya sendiri; orang lain yang menelaahnya.")
	g.Need(v.answered() == strings.Join(Questions, " "), "questions-open", "Jawab keempat pertanyaan telaah, atau kembalikan artikelnya.")
	needConsent(&g, a, all, today)
	return g.Err()
}

// needConsent holds that an article with people in it has a live consent of each.
func needConsent(g *fail.Gate, a Article, all []Subject, today clock.Day) {
	if !a.OfPerson() && len(all) == 0 {
		return
	}
	g.Need(len(all) > 0, "subject-missing", "Artikel ini menyebut atau memperlihatkan orang, tetapi belum tercatat siapa dan persetujuannya.")
	photo := false
	for _, s := range all {
		g.Need(s.Live(today), "consent-over", "Persetujuan %s tidak berlaku lagi.", s.Called)
		g.Need(s.For("site"), "consent-channel", "Persetujuan %s tidak mencakup situs ini.", s.Called)
		photo = photo || s.Photo
	}
	g.Need(!a.Shows || photo, "consent-photo", "Foto memperlihatkan orang, tetapi tidak ada persetujuan yang mencakup foto.")
	g.Need(a.Image == 0 || !a.Shows || a.Alt != "", "alt-missing", "Tulis apa yang terlihat di foto, untuk yang tidak dapat melihatnya.")
}

// moved does what all steps have in common: the move, the line of it, the record.
func moved(tx *store.Tx, a *Article, step, note, answers string) error {
	to, err := mayMove(*a, step)
	if err != nil {
		return err
	}
	a.State = to
	if step == Submit || step == SendBack {
		a.ShownAt, a.EndsAt = 0, Forever
		if a.FirstAt > tx.Now().UnixMilli() {
			a.FirstAt = 0 // it was planned and never seen
		}
	}
	if err := keepArticle(tx, a); err != nil {
		return err
	}
	tx.Record(store.Entry{Kind: "article", ID: a.ID, Centre: a.Centre, Say: fail.Say("Artikel %s: %s", stepWords[step], a.Title),
		What: map[string]string{"step": step, "note": note, "answers": answers}})
	return keepStep(tx, *a, step, note, answers)
}

// step loads an article of the asker's scope, lets the rule look at it, and takes the step.
func (d *Desk) step(ctx context.Context, by who.Asker, act store.Act, article id.ID, version int64, do func(*store.Tx, *Article) error) (a Article, err error) {
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if a, err = articleByID(tx, article); err != nil {
			return err
		}
		if version > 0 && version != a.Version {
			return fail.Stale
		}
		return do(tx, &a)
	})
	return a, err
}

// Submit hands an article to the editors.
func (d *Desk) Submit(ctx context.Context, by who.Asker, article id.ID, version int64) (Article, error) {
	return d.step(ctx, by, submit, article, version, func(tx *store.Tx, a *Article) error {
		if err := moved(tx, a, Submit, "", ""); err != nil {
			return err
		}
		tx.Notify(store.Notice{Role: "communications", Kind: "news", Say: fail.Say("Artikel menunggu telaah: %s", a.Title), Path: a.Path()})
		return nil
	})
}

// Return sends an article back with a reason.
func (d *Desk) Return(ctx context.Context, by who.Asker, article id.ID, version int64, in Reason) (Article, error) {
	return d.step(ctx, by, sendBack, article, version, func(tx *store.Tx, a *Article) error {
		a.Reason = in.Reason
		if err := moved(tx, a, SendBack, in.Reason, ""); err != nil {
			return err
		}
		a.tell(tx, "Artikel dikembalikan: %s")
		return nil
	})
}

// tell says to the author what became of the article.
func (a Article) tell(tx *store.Tx, say string) {
	if a.Author != 0 {
		tx.Notify(store.Notice{To: []id.ID{a.Author}, Kind: "news", Say: fail.Say(say, a.Title), Path: a.Path()})
	}
}

// Reason is why something is done.
type Reason struct {
	Reason string `json:"reason" required:"true" maxLength:"500" ask:"Tulis alasannya."`
}

// Approve says yes to a revision.
func (d *Desk) Approve(ctx context.Context, by who.Asker, article id.ID, version int64, in Verdict) (Article, error) {
	return d.step(ctx, by, approve, article, version, func(tx *store.Tx, a *Article) error {
		if _, err := mayMove(*a, Approve); err != nil {
			return err
		}
		all, err := subjectsOf(tx, a.ID)
		if err != nil {
			return err
		}
		writers, err := store.Each(tx, writersOf, store.IDs, a.ID)
		if err != nil {
			return err
		}
		if err := mayApprove(*a, writers, all, in, by, tx.Today()); err != nil {
			return err
		}
		a.Reason = ""
		if err := moved(tx, a, Approve, in.Note, in.answered()); err != nil {
			return err
		}
		a.tell(tx, "Artikel disetujui: %s")
		return nil
	})
}

// Plan is when an article is shown: from now on, or from a day and an hour, and until when.
type Plan struct {
	On    clock.Day `json:"on,omitempty"`
	Hour  string    `json:"time,omitempty" maxLength:"5"` // 07.30 or 07:30, of the office
	Until clock.Day `json:"until,omitempty"`              // the last day
}

// at reads the moments of a plan.
func (p Plan) at(now time.Time) (from, ends int64, err error) {
	var f fail.Fields
	from, ends = now.UnixMilli(), Forever
	hour, bad := time.Parse("15:04", strings.ReplaceAll(p.Hour, ".", ":"))
	switch today := clock.DayOf(now); {
	case p.Hour != "" && bad != nil:
		f.Add("time", "format", "Tulis jam seperti 07.30.")
	case p.On == "" && p.Hour != "":
		f.Add("on", "required", "Tulis harinya juga.")
	case p.On != "" && p.On < today:
		f.Add("on", "past", "Hari tayang sudah lewat.")
	case p.On != "":
		at := p.On.Time()
		if p.Hour != "" {
			at = at.Add(time.Duration(hour.Hour())*time.Hour + time.Duration(hour.Minute())*time.Minute)
		}
		from = max(from, at.UnixMilli()) // an hour of today that is over is now
	}
	if p.Until != "" {
		if ends = p.Until.Add(1).Time().UnixMilli(); ends <= from {
			f.Add("until", "order", "Hari terakhir sebelum hari tayang.")
		}
	}
	return from, ends, f.Err()
}

// Publish shows an approved article, now or later; the consents are looked at once more.
func (d *Desk) Publish(ctx context.Context, by who.Asker, article id.ID, version int64, in Plan) (Article, error) {
	return d.step(ctx, by, publish, article, version, func(tx *store.Tx, a *Article) error {
		from, ends, err := in.at(tx.Now())
		if err != nil {
			return err
		}
		if _, err := mayMove(*a, Publish); err != nil {
			return err
		}
		all, err := subjectsOf(tx, a.ID)
		if err != nil {
			return err
		}
		var g fail.Gate
		if needConsent(&g, *a, all, tx.Today()); g.Err() != nil {
			return g.Err()
		}
		a.ShownAt, a.EndsAt = from, ends
		if a.FirstAt == 0 {
			a.FirstAt = from
		}
		if err := moved(tx, a, Publish, "", ""); err != nil {
			return err
		}
		a.tell(tx, "Artikel ditayangkan: %s")
		return keepWords(tx, *a)
	})
}

// Withdraw takes an article off the site at once.
func (d *Desk) Withdraw(ctx context.Context, by who.Asker, article id.ID, version int64, in Reason) (Article, error) {
	return d.step(ctx, by, takeDown, article, version, func(tx *store.Tx, a *Article) error {
		a.Reason = in.Reason
		return moved(tx, a, Withdraw, in.Reason, "")
	})
}

// Correction mends an article that is out; what was wrong is said to everybody, with its day.
type Correction struct {
	Title string `json:"title" required:"true" maxLength:"140" ask:"Tulis judulnya."`
	Lead  string `json:"lead" required:"true" maxLength:"300" ask:"Tulis satu atau dua kalimat pembuka."`
	Body  string `json:"body" required:"true" maxLength:"20000" ask:"Tulis isinya."`
	Note  string `json:"note" required:"true" maxLength:"500" ask:"Tulis apa yang dibetulkan; kalimat ini dibaca semua orang."`
}

// Correct writes a corrected revision of an article that is out.
func (d *Desk) Correct(ctx context.Context, by who.Asker, article id.ID, version int64, in Correction) (Article, error) {
	return d.step(ctx, by, correct, article, version, func(tx *store.Tx, a *Article) error {
		a.Title, a.Lead, a.Body, a.Corrected, a.ChangedAt = in.Title, in.Lead, in.Body, tx.Now().UnixMilli(), tx.Now()
		a.Revision++
		if err := moved(tx, a, Correct, in.Note, ""); err != nil {
			return err
		}
		if err := keepRevision(tx, *a, in.Note); err != nil {
			return err
		}
		return keepWords(tx, *a)
	})
}
