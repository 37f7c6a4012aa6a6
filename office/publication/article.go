package publication

import (
	"context"
	"sync/atomic"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/person"
)

// Desk is the desk of the news.
type Desk struct {
	store   *store.Store
	persons *person.Desk
	centres *centre.Desk
	contact atomic.Pointer[page.Contact]
	// Below gives what readers wrote below an article, the newest first and before one of them; nil where nobody writes.
	Below func(ctx context.Context, article, before id.ID) (Talk, error)

	Elsewhere func(ctx context.Context) ([]string, error) // addresses of other desks for the map of the site; nil for none
}

// New opens the desk.
func New(s *store.Store, persons *person.Desk, centres *centre.Desk) *Desk {
	return &Desk{store: s, persons: persons, centres: centres}
}

var (
	look         = store.NewAct("news.look", who.WriteNews)
	writeArticle = store.NewAct("news.write", who.WriteNews)
)

// State is where an article stands.
type State string

// The states of an article. A published one whose time has not come is scheduled, one whose time is over is expired.
const (
	Draft     State = "draft"
	Review    State = "review"
	Approved  State = "approved"
	Published State = "published"
	Withdrawn State = "withdrawn"
	Expired   State = "expired"
)

var stateWords = map[State]text.Word{Draft: "Draf", Review: "Menunggu telaah", Approved: "Disetujui|artikel", Published: "Tayang",
	Withdrawn: "Ditarik|artikel", Expired: "Masa tayang habis"}

// Topics are those under which articles stand, in their order.
var Topics = []string{"announcement", "service", "training", "story", "partnership", "event"}

var topicWords = map[string]text.Word{"announcement": "Pengumuman", "service": "Layanan|topik", "training": "Pelatihan kerja", "story": "Kisah",
	"partnership": "Kerja sama", "event": "Kegiatan"}

// Forever is the end of an article without end.
const Forever int64 = 1<<63 - 1

// Article is one piece of news.
type Article struct {
	ID       id.ID
	Version  int64
	Centre   id.ID // whose it is; 0: the province's
	At       string
	Slug     string
	State    State
	Revision int64
	Text
	Author    id.ID
	Writer    string
	MadeAt    time.Time
	ChangedAt time.Time
	ShownAt   int64 // milliseconds; 0: not decided
	FirstAt   int64 // when it was shown first; 0: never
	EndsAt    int64
	Reason    string
	Corrected int64
	Image     id.ID
	Alt       string
	Caption   string
}

// Text is what an author writes.
type Text struct {
	Title   string `json:"title" required:"true" maxLength:"140" ask:"Tulis judulnya."`
	Lead    string `json:"lead" required:"true" maxLength:"300" ask:"Tulis satu atau dua kalimat pembuka."`
	Body    string `json:"body" required:"true" maxLength:"20000" ask:"Tulis isinya."`
	Topic   string `json:"topic" required:"true" enum:"announcement,service,training,story,partnership,event" ask:"Pilih topiknya."`
	Related id.ID  `json:"related_centre_id,omitempty"`
	Names   bool   `json:"names_person,omitempty"`
	Shows   bool   `json:"shows_person,omitempty"`
}

// OfPerson tells whether somebody stands in it, by name or in the picture.
func (t Text) OfPerson() bool { return t.Names || t.Shows }

// Path is the article's page for those who work on it.
func (a Article) Path() string { return "/news/" + a.ID.String() }

// Public is its address for everybody.
func (a Article) Public() string { return "/berita/" + a.Slug }

// StateOn is the state as it is at a moment: scheduled and expired come by themselves.
func (a Article) StateOn(now time.Time) State {
	switch {
	case a.State == Published && a.ShownAt > now.UnixMilli():
		return "scheduled"
	case a.State == Published && a.EndsAt <= now.UnixMilli():
		return Expired
	}
	return a.State
}

// Shown is the moment from which it is shown.
func (a Article) Shown() time.Time { return time.UnixMilli(a.ShownAt) }

// Ends is the moment until which it is shown; zero when it has no end.
func (a Article) Ends() time.Time {
	if a.EndsAt == Forever {
		return time.Time{}
	}
	return time.UnixMilli(a.EndsAt)
}

func (a Article) entry(say string, what any) store.Entry {
	return store.Entry{Kind: "article", ID: a.ID, Centre: a.Centre, Say: fail.Say(say, a.Title), What: what}
}

// NewArticle is an article as it is begun; Centre 0 is the province, which only its own people write for.
type NewArticle struct {
	Centre id.ID `json:"centre_id,omitempty"`
	Text
}

// mayRelate holds that the institution is one there is.
func mayRelate(tx *store.Tx, t Text) error {
	if t.Related == 0 {
		return nil
	}
	if _, err := centre.ByID(tx, t.Related); err != nil {
		return fail.Bad("related_centre_id", "choice", "Pilih UPT dari daftar.")
	}
	return nil
}

const mostNames = 20

// Write begins an article: a draft. Two articles of one title get two addresses.
func (d *Desk) Write(ctx context.Context, by who.Asker, in NewArticle) (a Article, err error) {
	if in.Centre == 0 {
		in.Centre = by.Scope.Only()
	}
	for n := range mostNames {
		err = d.store.Write(ctx, by, writeArticle, func(tx *store.Tx) error {
			if err := mayRelate(tx, in.Text); err != nil {
				return err
			}
			if in.Related == 0 {
				in.Related = in.Centre
			}
			a = Article{ID: id.New(), Version: 1, Centre: in.Centre, Slug: SlugOf(in.Title, n), State: Draft, Revision: 1, Text: in.Text, Author: by.User, Writer: by.Name,
				MadeAt: tx.Now(), ChangedAt: tx.Now(), EndsAt: Forever}
			tx.Record(a.entry("Artikel ditulis: %s", in))
			if err := insertArticle(tx, a); err != nil {
				return err
			}
			return keepRevision(tx, a, "")
		})
		if !store.Duplicate(err) {
			return a, err
		}
	}
	return a, err
}

// mayEdit holds who writes on at an article and when: not once it is out, for then it is corrected.
func mayEdit(a Article) error {
	if a.State == Published {
		return fail.Broken("article-out", "Artikel ini sudah disetujui tayang. Tarik dulu, atau tulis ralat.")
	}
	return nil
}

// Edit writes a new revision; whatever was decided about the one before is decided anew.
func (d *Desk) Edit(ctx context.Context, by who.Asker, article id.ID, version int64, in Text) (a Article, err error) {
	for n := range mostNames {
		err = d.store.Write(ctx, by, writeArticle, func(tx *store.Tx) error {
			if a, err = articleByID(tx, article); err != nil {
				return err
			}
			if version > 0 && version != a.Version {
				return fail.Stale
			}
			if err := mayEdit(a); err != nil {
				return err
			}
			if err := mayRelate(tx, in); err != nil {
				return err
			}
			if a.FirstAt == 0 && SlugOf(in.Title, 0) != SlugOf(a.Title, 0) { // an address that was out stays
				a.Slug = SlugOf(in.Title, n)
			}
			a.Text, a.State, a.ChangedAt = in, Draft, tx.Now()
			a.Revision++
			tx.Record(a.entry("Artikel diubah: %s", in))
			if err := keepRevision(tx, a, ""); err != nil {
				return err
			}
			return keepArticle(tx, &a)
		})
		if !store.Duplicate(err) {
			return a, err
		}
	}
	return a, err
}

// Sheet is an article with all that belongs to it.
type Sheet struct {
	Article
	Subjects  []Subject
	Revisions []Revision
	Steps     []Step
	Today     clock.Day
	Now       time.Time
	Pictured  []Size
}

// Look gives an article of the asker's scope.
func (d *Desk) Look(ctx context.Context, by who.Asker, article id.ID) (s Sheet, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		s = Sheet{Today: tx.Today(), Now: tx.Now()}
		if s.Article, err = articleByID(tx, article); err != nil {
			return err
		}
		if s.Subjects, err = subjectsOf(tx, article); err != nil {
			return err
		}
		if s.Revisions, err = revisionsOf(tx, article); err != nil {
			return err
		}
		if s.Steps, err = stepsOf(tx, article); err != nil {
			return err
		}
		s.Pictured, err = sizesOf(tx, article, s.Image)
		return err
	})
	return s, err
}

// Articles lists those of the asker's scope in a state, the newest first; "" is every state.
func (d *Desk) Articles(ctx context.Context, by who.Asker, state State, before id.ID, limit int64) (all []Article, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		all, err = articlesOf(tx, state, before, limit)
		return err
	})
	return all, err
}

// Waiting gives the newest articles of the asker's scope that wait for review, and how many there are.
func (d *Desk) Waiting(ctx context.Context, by who.Asker, limit int64) (all []Article, n int64, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if all, err = articlesOf(tx, Review, 0, limit); err != nil {
			return err
		}
		n, err = store.One(tx, waitingArticles, store.Int)
		return err
	})
	return all, n, err
}
