package publication

import (
	"cmp"
	"context"
	"slices"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

var readNews = store.NewAct("news.read", who.Anyone)

// News is an article as everybody reads it.
type News struct {
	ID        id.ID
	Slug      string
	Title     string
	Lead      string
	Body      string
	Topic     string
	Centre    id.ID
	At        string // the institution whose it is; "" is the province
	Related   id.ID
	RelatedAt string
	Writer    string
	ShownAt   int64
	ChangedAt int64
	Corrected int64
	Image     id.ID
	Alt       string
	Caption   string
	OfPerson  bool
}

// Shown is the moment of its publication.
func (n News) Shown() time.Time { return time.UnixMilli(n.ShownAt) }

// Path is its address.
func (n News) Path() string { return "/berita/" + n.Slug }

// Note is a correction as everybody reads it.
type Note struct {
	Text string
	At   time.Time
}

// Choice narrows the list of news.
type Choice struct {
	Topic  string
	Centre id.ID // the institution it is about
	Before int64 // published before this moment and article: the cursor
	Last   id.ID
	Limit  int64
}

// Newest lists what is out, the newest first.
func (d *Desk) Newest(ctx context.Context, c Choice) (all []News, err error) {
	err = d.store.Read(ctx, who.Public(), readNews, func(tx *store.Tx) error {
		all, err = newsOf(tx, c)
		return err
	})
	return all, err
}

// Remark is a comment of a reader as everybody reads it.
type Remark struct {
	ID         id.ID
	Name, Text string
	At         time.Time
	Edited     bool // by the office, before it was shown
	Answer     string
	AnswerBy   string
	AnsweredAt time.Time
}

// Talk is what readers wrote below an article, the newest first.
type Talk struct {
	All   []Remark
	Count int64 // counted to MostCounted and no further
	Next  id.ID // the last one of the page, where more follow
}

const (
	RemarksPerPage = 20   // remarks that a page of an article shows
	MostCounted    = 1000 // remarks are not counted beyond
)

// Story is an article with what stands around it.
type Story struct {
	News
	Notes []Note
	Sizes []Size
	More  []News
}

// Gone says that an article was here and is not any more.
var Gone = fail.Broken("article-gone", "Artikel ini tidak ditampilkan lagi.")

// Read gives an article by its address, if it is out at this moment and everybody in it still consents. What was out once
// and is not now is Gone.
func (d *Desk) Read(ctx context.Context, slug string) (s Story, err error) {
	err = d.store.Read(ctx, who.Public(), readNews, func(tx *store.Tx) error {
		s = Story{}
		if s.News, err = newsBySlug(tx, slug); err != nil {
			return err
		}
		if s.Notes, err = notesOf(tx, s.ID); err != nil {
			return err
		}
		if s.Image != 0 {
			if s.Sizes, err = publicSizes(tx, s.Image); err != nil {
				return err
			}
		}
		s.More, err = newsOf(tx, Choice{Topic: s.Topic, Limit: 4})
		s.More = slices.DeleteFunc(s.More, func(n News) bool { return n.ID == s.ID })
		s.More = s.More[:min(3, len(s.More))]
		return err
	})
	return s, err
}

// Out gives an article by its address alone, if it is out at this moment, as Read does.
func (d *Desk) Out(ctx context.Context, slug string) (n News, err error) {
	err = d.store.Read(ctx, who.Public(), readNews, func(tx *store.Tx) error {
		n, err = newsBySlug(tx, slug)
		return err
	})
	return n, err
}

// Picture gives one size of an image while its article is out, and whether the article is about a person.
func (d *Desk) Picture(ctx context.Context, picture id.ID, width int64) (body []byte, ofPerson bool, err error) {
	err = d.store.Read(ctx, who.Public(), readNews, func(tx *store.Tx) error {
		body, ofPerson, err = publicPicture(tx, picture, width)
		return err
	})
	return body, ofPerson, err
}

const (
	mostAsked  = 4   // words of a search
	mostBegun  = 6   // words that the last one may begin
	mostPerAsk = 400 // articles of one word that are looked at, the newest
	mostFound  = 20
)

// Find gives the newest articles in which every word occurs, the last one as the beginning of a word: it may not be typed to
// its end yet.
func (d *Desk) Find(ctx context.Context, q string) (all []News, err error) {
	words := Words(q)
	words = words[:min(mostAsked, len(words))]
	if len(words) == 0 {
		return nil, nil
	}
	err = d.store.Read(ctx, who.Public(), readNews, func(tx *store.Tx) error {
		both, err := begun(tx, words[len(words)-1])
		if err != nil {
			return err
		}
		for _, w := range words[:len(words)-1] {
			found, err := newsWith(tx, w)
			if err != nil {
				return err
			}
			both = slices.DeleteFunc(both, func(a id.ID) bool { return !slices.Contains(found, a) })
		}
		all, err = newsOfIDs(tx, both[:min(mostFound, len(both))])
		return err
	})
	return all, err
}

// begun gives the articles with a word that begins so, the newest first.
func begun(tx *store.Tx, word string) (all []id.ID, err error) {
	words, err := wordsFrom(tx, word)
	for _, w := range words {
		if err != nil {
			break
		}
		var found []id.ID
		found, err = newsWith(tx, w)
		all = append(all, found...)
	}
	slices.SortFunc(all, func(a, b id.ID) int { return cmp.Compare(b, a) })
	return slices.Compact(all), err
}

// Entry is one address of the sitemap.
type Entry struct {
	Slug string
	At   int64
}

// mostInMap is how many articles the sitemap names, the newest; a sitemap holds 50,000 at most.
const mostInMap = 5000

// Map lists the addresses of what is out.
func (d *Desk) Map(ctx context.Context) (all []Entry, err error) {
	err = d.store.Read(ctx, who.Public(), readNews, func(tx *store.Tx) error {
		all, err = addresses(tx)
		return err
	})
	return all, err
}
