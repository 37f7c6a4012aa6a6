package publication

import (
	"cmp"
	"strings"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const (
	articleColumns = `a.id, a.version, a.centre_id, coalesce(e.name, ''), a.slug, a.state, a.revision, a.title, a.lead, a.body, a.topic, coalesce(a.related_id, 0), a.names_person,
		a.shows_person, coalesce(a.author_id, 0), a.author_name, a.made_at, a.changed_at, a.shown_at, a.first_at, a.ends_at, a.reason, a.corrected_at, coalesce(a.image_id, 0),
		a.image_alt, a.image_caption from articles a left join centre_list e on e.id = a.centre_id`
	subjectColumns = `s.id, s.version, s.article_id, s.centre_id, s.called, coalesce(s.person_id, 0), coalesce(s.consent_id, 0), s.given_by, s.relation, s.evidence, s.given_on,
		s.until_on, s.channels, s.photo, coalesce(s.withdrawn_at, 0), s.withdrawn_by, s.user_name, e.ended_on from article_subjects s left join consent_ends e on e.id = s.consent_id`
)

var (
	articleOne  = store.SQL(`select ` + articleColumns + ` where a.id = ? and {see a}`)
	articleList = store.SQL(`select ` + articleColumns + ` where a.id < ? and {see a} {parts} order by a.id desc limit ?`) // index: articles_centre, articles_desk
	inState     = store.NewPart(`and a.state || '' = ?`)
	// index: articles_desk
	waitingArticles = store.SQL(`select count(*) from articles a where a.state || '' = 'review' and {see a}`)
	newArticle      = store.SQL(`insert into articles (id, version, slug, state, revision, title, lead, body, topic, related_id, names_person, shows_person, author_id, author_name, made_at,
		changed_at, shown_at, first_at, ends_at, reason, corrected_at, image_id, image_alt, image_caption, centre_id)
		select ?, 1, ?, 'draft', 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 9223372036854775807, '', 0, null, '', '', r.id from newsrooms r where r.id = ? and {see r}`)
	changedArticle = store.SQL(`update articles set slug = ?, state = ?, revision = ?, title = ?, lead = ?, body = ?, topic = ?, related_id = ?, names_person = ?, shows_person = ?,
		changed_at = ?, shown_at = ?, first_at = ?, ends_at = ?, reason = ?, corrected_at = ?, image_id = ?, image_alt = ?, image_caption = ?, version = version + 1
		where id = ? and version = ? and {see articles}`)

	newRevision = store.SQL(`insert into article_revisions (id, n, title, lead, body, topic, note, at, user_id, user_name, article_id, centre_id)
		select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, a.id, a.centre_id from articles a where a.id = ? and {see a}`)
	// index: the unique key; the last hundred
	revisionList = store.SQL(`select r.n, r.title, r.lead, r.body, r.topic, r.note, r.at, r.user_name from article_revisions r where r.article_id = ? and {see r} order by r.n desc limit 100`)
	writersOf    = store.SQL(`select distinct r.user_id from article_revisions r where r.article_id = ? and r.user_id is not null and {see r}`)
	newStep      = store.SQL(`insert into article_steps (id, step, note, answers, at, user_id, user_name, article_id, centre_id)
		select ?, ?, ?, ?, ?, ?, ?, a.id, a.centre_id from articles a where a.id = ? and {see a}`)
	stepList = store.SQL(`select t.step, t.note, t.answers, t.at, t.user_name from article_steps t where t.article_id = ? and {see t} order by t.id desc limit 100`) // index: article_steps_article

	subjectOne  = store.SQL(`select ` + subjectColumns + ` where s.id = ? and {see s}`)
	subjectList = store.SQL(`select ` + subjectColumns + ` where s.article_id = ? and {see s} order by s.id limit 50`) // index: article_subjects_article
	newSubject  = store.SQL(`insert into article_subjects (id, version, called, person_id, consent_id, given_by, relation, evidence, given_on, until_on, channels, photo, code_hash,
		withdrawn_by, user_name, article_id, centre_id) select ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, a.id, a.centre_id from articles a where a.id = ? and {see a}`)
	removeSubject    = store.SQL(`delete from article_subjects where id = ? and {see article_subjects}`)
	withdrawnSubject = store.SQL(`update article_subjects set withdrawn_at = ?, withdrawn_by = ?, version = version + 1 where id = ? and withdrawn_at is null and {see article_subjects}`)
	// index: the unique code_hash
	subjectByCode = store.SQL(`select s.id, s.article_id, s.centre_id, coalesce(s.person_id, 0), coalesce(a.author_id, 0), a.title
		from article_subjects s join articles a on a.id = s.article_id where s.code_hash = ? and s.withdrawn_at is null and {see s} and {see a}`)
	withdrawnByCode = store.SQL(`update article_subjects set withdrawn_at = ?, withdrawn_by = 'kode', version = version + 1 where id = ? and withdrawn_at is null and {see article_subjects}`)

	newImage = store.SQL(`insert into article_images (id, image_id, width, wide, high, bytes, article_id, centre_id)
		select ?, ?, ?, ?, ?, ?, a.id, a.centre_id from articles a where a.id = ? and {see a}`)
	dropImages = store.SQL(`delete from article_images where article_id = ? and {see article_images}`)
	// index: article_images_article
	imageSizes = store.SQL(`select i.image_id, i.width, i.wide, i.high from article_images i where i.article_id = ? and i.image_id = ? and {see i} order by i.width`)
	imageOne   = store.SQL(`select i.bytes from article_images i where i.article_id = ? and i.image_id = ? and i.width = 640 and {see i}`)

	newWord = store.SQL(`insert into article_words (id, word, article_id, centre_id) select ?, ?, a.id, a.centre_id from articles a where a.id = ? and {see a}`)
	// The end of what nobody took down.
	// index: articles_ends
	overTime = store.SQL(`select ` + articleColumns + ` where a.state = 'published' and a.ends_at <= ? and {see a} order by a.id limit 200`)
	// index: article_subjects_until; each reason for which a consent does not stand any more
	overConsent = store.SQL(`select distinct s.article_id from article_subjects s join articles a on a.id = s.article_id left join consent_ends e on e.id = s.consent_id
		where a.state = 'published' and (s.until_on < ? or s.withdrawn_at is not null or e.ended_on is not null) and {see a} and {see s} limit 200`)

	dropWords = store.SQL(`delete from article_words where article_id = ? and {see article_words}`)
)

func scanArticle(r store.Row) (a Article, err error) {
	var made, changed int64
	err = r.Scan(&a.ID, &a.Version, &a.Centre, &a.At, &a.Slug, &a.State, &a.Revision, &a.Title, &a.Lead, &a.Body, &a.Topic, &a.Related, &a.Names, &a.Shows, &a.Author, &a.Writer,
		&made, &changed, &a.ShownAt, &a.FirstAt, &a.EndsAt, &a.Reason, &a.Corrected, &a.Image, &a.Alt, &a.Caption)
	a.MadeAt, a.ChangedAt = time.UnixMilli(made), time.UnixMilli(changed)
	return a, err
}

func articleByID(tx *store.Tx, article id.ID) (Article, error) {
	return store.One(tx, articleOne, scanArticle, article)
}

// Of gives the article of a row that another desk keeps, as far as the asker sees it.
func (d *Desk) Of(tx *store.Tx, article id.ID) (Article, error) { return articleByID(tx, article) }

func articlesOf(tx *store.Tx, state State, before id.ID, limit int64) ([]Article, error) {
	return store.Each(tx, articleList.With(state != "", inState, string(state)), scanArticle, cmp.Or(before, id.ID(Forever)), limit)
}

func insertArticle(tx *store.Tx, a Article) error {
	n, err := store.Exec(tx, newArticle, a.ID, a.Slug, a.Title, a.Lead, a.Body, a.Topic, a.Related, a.Names, a.Shows, a.Author, a.Writer, a.MadeAt.UnixMilli(),
		a.ChangedAt.UnixMilli(), int64(a.Centre)) // an id of 0 would be no value at all
	if err == nil && n == 0 {
		return fail.NotFound
	}
	return err
}

func keepArticle(tx *store.Tx, a *Article) error {
	return store.Change(tx, &a.Version, changedArticle, a.Slug, string(a.State), a.Revision, a.Title, a.Lead, a.Body, a.Topic, a.Related, a.Names, a.Shows, a.ChangedAt.UnixMilli(),
		a.ShownAt, a.FirstAt, a.EndsAt, a.Reason, a.Corrected, a.Image, a.Alt, a.Caption, a.ID, a.Version)
}

// Revision is an article as it once was.
type Revision struct {
	N int64
	Text
	Note, By string
	At       time.Time
}

func keepRevision(tx *store.Tx, a Article, note string) error {
	by := tx.By()
	_, err := store.Exec(tx, newRevision, id.New(), a.Revision, a.Title, a.Lead, a.Body, a.Topic, note, tx.Now().UnixMilli(), by.User, by.Name, a.ID)
	return err
}

func revisionsOf(tx *store.Tx, article id.ID) ([]Revision, error) {
	return store.Each(tx, revisionList, func(r store.Row) (v Revision, err error) {
		var at int64
		err = r.Scan(&v.N, &v.Title, &v.Lead, &v.Body, &v.Topic, &v.Note, &at, &v.By)
		v.At = time.UnixMilli(at)
		return v, err
	}, article)
}

func keepStep(tx *store.Tx, a Article, step, note, answers string) error {
	by := tx.By()
	_, err := store.Exec(tx, newStep, id.New(), step, note, answers, tx.Now().UnixMilli(), by.User, by.Name, a.ID)
	return err
}

func stepsOf(tx *store.Tx, article id.ID) ([]Step, error) {
	return store.Each(tx, stepList, func(r store.Row) (s Step, err error) {
		var at int64
		err = r.Scan(&s.Step, &s.Note, &s.Answers, &at, &s.By)
		s.At = time.UnixMilli(at)
		return s, err
	}, article)
}

func scanSubject(r store.Row) (s Subject, err error) {
	var channels string
	err = r.Scan(&s.ID, &s.Version, &s.Article, &s.Centre, &s.Called, &s.Person, &s.Consent, &s.GivenBy, &s.Relation, &s.Evidence, &s.GivenOn, &s.Until, &channels, &s.Photo,
		&s.WithdrawnAt, &s.WithdrawnBy, &s.By, &s.EndedThere)
	s.Channels = strings.Fields(channels)
	return s, err
}

func subjectByID(tx *store.Tx, subject id.ID) (Subject, error) {
	return store.One(tx, subjectOne, scanSubject, subject)
}

func subjectsOf(tx *store.Tx, article id.ID) ([]Subject, error) {
	return store.Each(tx, subjectList, scanSubject, article)
}

func insertSubject(tx *store.Tx, s Subject, hash string) error {
	_, err := store.Exec(tx, newSubject, s.ID, s.Called, s.Person, s.Consent, s.GivenBy, s.Relation, s.Evidence, s.GivenOn, s.Until, strings.Join(s.Channels, " "),
		s.Photo, hash, s.By, s.Article)
	return err
}

func scanCoded(r store.Row) (c coded, err error) {
	err = r.Scan(&c.ID, &c.Article, &c.Centre, &c.Person, &c.Author, &c.Title)
	return c, err
}

func sizesOf(tx *store.Tx, article, picture id.ID) ([]Size, error) {
	if picture == 0 {
		return nil, nil
	}
	return store.Each(tx, imageSizes, func(r store.Row) (s Size, err error) {
		err = r.Scan(&s.Image, &s.Width, &s.Wide, &s.High)
		return s, err
	}, article, picture)
}

func scanBytes(r store.Row) (b []byte, err error) {
	err = r.Scan(&b)
	return b, err
}

// keepWords lays down by which words an article is found.
func keepWords(tx *store.Tx, a Article) error {
	if _, err := store.Exec(tx, dropWords, a.ID); err != nil {
		return err
	}
	for _, w := range Words(a.Title, a.Lead, a.Body) {
		if _, err := store.Exec(tx, newWord, id.New(), w, a.ID); err != nil {
			return err
		}
	}
	return nil
}
