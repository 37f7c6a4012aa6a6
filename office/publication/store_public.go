package publication

import (
	"cmp"
	"errors"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

// live is the only place that says what is out at a moment; the views say whose consent stands.
const (
	live        = ` n.shown_at <= ? and n.ends_at > ? and n.consent_until >= ? `
	newsColumns = `n.id, n.slug, n.title, n.lead, n.body, n.topic, n.centre_id, coalesce(e.name, ''), coalesce(n.related_id, 0), coalesce(o.name, ''), n.author_name, n.shown_at,
		n.changed_at, n.corrected_at, coalesce(n.image_id, 0), n.image_alt, n.image_caption, n.of_person`
	named = ` left join centre_list e on e.id = n.centre_id left join centre_list o on o.id = n.related_id `
)

var (
	// index: articles_shown, articles_shown_topic, articles_shown_related
	newsList  = store.SQL(`select ` + newsColumns + ` from news_list n` + named + `where` + live + `{parts} order by n.shown_at desc, n.id desc limit ?`)
	ofTopic   = store.NewPart(`and n.topic = ?`)
	ofHouse   = store.NewPart(`and n.related_id = ?`)
	before    = store.NewPart(`and (n.shown_at < ? or n.id < ?)`) // where live ends at the same moment: so the index says where the page begins
	newsOne   = store.SQL(`select ` + newsColumns + ` from news_list n` + named + `where n.slug = ? and` + live)
	newsGone  = store.SQL(`select g.first_at from news_gone g where g.slug = ?`)
	noteList  = store.SQL(`select n.note, n.at from news_notes n where n.id = ? and` + live + `order by n.n desc limit 20`)
	sizeList  = store.SQL(`select n.picture_id, n.width, n.wide, n.high from news_images n where n.picture_id = ? and` + live + `order by n.width`)
	sizeOne   = store.SQL(`select n.bytes, n.of_person from news_images n where n.picture_id = ? and n.width = ? and` + live)
	newsByIDs = store.SQL(`select ` + newsColumns + ` from news_list n` + named + `where n.id in (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) and` + live + `order by n.id desc`)
	// index: article_words (word, article_id)
	newsByWord = store.SQL(`select n.article_id from news_words n where n.word = ? and` + live + `order by n.article_id desc limit ?`)
	wordAfter  = store.SQL(`select n.word from news_words n where n.word > ? and n.word < ? and` + live + `order by n.word limit 1`)
	newsMap    = store.SQL(`select n.slug, n.changed_at, n.shown_at from news_list n where` + live + `order by n.shown_at desc limit ?`)
)

// moment gives the arguments of live.
func moment(tx *store.Tx) []any {
	now := tx.Now().UnixMilli()
	return []any{now, now, tx.Today()}
}

func args(before []any, more ...any) []any { return append(append([]any{}, before...), more...) }

func scanNews(r store.Row) (n News, err error) {
	err = r.Scan(&n.ID, &n.Slug, &n.Title, &n.Lead, &n.Body, &n.Topic, &n.Centre, &n.At, &n.Related, &n.RelatedAt, &n.Writer, &n.ShownAt, &n.ChangedAt, &n.Corrected, &n.Image,
		&n.Alt, &n.Caption, &n.OfPerson)
	return n, err
}

func newsOf(tx *store.Tx, c Choice) ([]News, error) {
	q := newsList.With(c.Topic != "", ofTopic, c.Topic).With(c.Centre != 0, ofHouse, c.Centre).With(c.Before != 0, before, c.Before, c.Last)
	m := moment(tx)
	if c.Before != 0 {
		m[0] = min(c.Before, tx.Now().UnixMilli())
	}
	return store.Each(tx, q, scanNews, args(m, cmp.Or(c.Limit, 20))...)
}

func newsBySlug(tx *store.Tx, slug string) (News, error) {
	n, err := store.One(tx, newsOne, scanNews, append([]any{slug}, moment(tx)...)...)
	if !errors.Is(err, fail.NotFound) {
		return n, err
	}
	once, failed := store.Each(tx, newsGone, store.Int, slug)
	if failed == nil && len(once) == 1 && once[0] <= tx.Now().UnixMilli() {
		return n, Gone
	}
	return n, errors.Join(err, failed)
}

func notesOf(tx *store.Tx, article id.ID) ([]Note, error) {
	return store.Each(tx, noteList, func(r store.Row) (n Note, err error) {
		var at int64
		err = r.Scan(&n.Text, &at)
		n.At = time.UnixMilli(at)
		return n, err
	}, append([]any{article}, moment(tx)...)...)
}

func publicSizes(tx *store.Tx, picture id.ID) ([]Size, error) {
	return store.Each(tx, sizeList, func(r store.Row) (s Size, err error) {
		err = r.Scan(&s.Image, &s.Width, &s.Wide, &s.High)
		return s, err
	}, append([]any{picture}, moment(tx)...)...)
}

func publicPicture(tx *store.Tx, picture id.ID, width int64) (body []byte, ofPerson bool, err error) {
	_, err = store.One(tx, sizeOne, func(r store.Row) (b bool, err error) {
		return true, r.Scan(&body, &ofPerson)
	}, append([]any{picture, width}, moment(tx)...)...)
	return body, ofPerson, err
}

// after is the first text behind all that begin with a word; words hold a to z and 0 to 9 alone.
func after(word string) string { return word + "{" }

// newsWith gives the newest articles in which a word stands.
func newsWith(tx *store.Tx, word string) ([]id.ID, error) {
	return store.Each(tx, newsByWord, store.IDs, args(append([]any{word}, moment(tx)...), mostPerAsk)...)
}

// wordsFrom gives the first words of the news that begin with one, itself among them: one step down the index for each.
func wordsFrom(tx *store.Tx, word string) (all []string, err error) {
	last := word[:len(word)-1] + string(word[len(word)-1]-1) + "{" // before the word itself, behind all that come before it
	for len(all) < mostBegun {
		found, err := store.Each(tx, wordAfter, store.Text, append([]any{last, after(word)}, moment(tx)...)...)
		if err != nil || len(found) == 0 {
			return all, err
		}
		all, last = append(all, found[0]), found[0]
	}
	return all, nil
}

func newsOfIDs(tx *store.Tx, ids []id.ID) ([]News, error) {
	slots := make([]any, 0, mostFound+2)
	for i := range mostFound {
		if i < len(ids) {
			slots = append(slots, ids[i])
		} else {
			slots = append(slots, 0)
		}
	}
	return store.Each(tx, newsByIDs, scanNews, append(slots, moment(tx)...)...)
}

func addresses(tx *store.Tx) ([]Entry, error) {
	return store.Each(tx, newsMap, func(r store.Row) (e Entry, err error) {
		var shown int64
		err = r.Scan(&e.Slug, &e.At, &shown)
		e.At = max(e.At, shown)
		return e, err
	}, args(moment(tx), mostInMap)...)
}
