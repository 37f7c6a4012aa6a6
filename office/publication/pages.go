package publication

import (
	"cmp"
	"context"
	"embed"
	"slices"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/upload"
	"tuntas/house/web"
	"tuntas/house/who"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

var stepLabels = map[string]text.Word{Submit: "Diajukan", SendBack: "Dikembalikan", Approve: "Disetujui|artikel", Publish: "Ditayangkan", Withdraw: "Ditarik|artikel",
	Correct: "Diralat", Expire: "Masa tayang habis"}

var (
	_ = page.Lookup("newstopic", func(l text.Lang, key string) string { return text.T(l, string(topicWords[key])) })
	_ = page.Lookup("newsstep", func(l text.Lang, key string) string { return text.T(l, string(stepLabels[key])) })
	_ = page.Lookup("newschannel", func(l text.Lang, key string) string { return text.T(l, string(channelWords[key])) })
	_ = page.Lookup("newsgiver", func(l text.Lang, key string) string { return text.T(l, string(giverWords[key])) })
)

// Routes are the desk's addresses.
func (d *Desk) Routes() []web.Route {
	return slices.Concat(d.publicRoutes(), []web.Route{
		web.GET("/news", d.getQueue).Says("news", "Articles of the asker's scope, the newest first").Query(Listing{}).Lists(ArticleBody{}),
		web.GET("/news/new", d.getNew).Page(),
		web.POST("/news", d.postNew).Drafts("Artikel|draf", who.WriteNews).Says("news", "Begin an article: a draft, of an institution or of the province").Takes(NewArticle{}).Gives(ArticleBody{}),
		web.GET("/news/{article}", d.getArticle).Says("news", "One article with the people in it, its revisions and its steps").Gives(SheetBody{}),
		web.GET("/news/{article}/preview", d.getPreview).Page(),
		web.GET("/news/{article}/edit", d.getEdit).Page(),
		web.POST("/news/{article}/edit", d.postEdit).Drafts("Ubah artikel|draf", who.WriteNews).Says("news", "Write a new revision; whatever was decided is decided anew").Takes(Text{}).Gives(ArticleBody{}),
		web.POST("/news/{article}/submission", d.step1(d.Submit, "Artikel diajukan untuk ditelaah.")).NoDrafts("one button").Says("news", "Hand an article to the editors").Takes(struct{}{}).Gives(ArticleBody{}),
		web.GET("/news/{article}/review", d.getReview).Page(),
		web.POST("/news/{article}/approval", d.postApproval).NoDrafts("four ticks").Says("news", "Approve an article; nobody approves what they wrote").Takes(Verdict{}).Gives(ArticleBody{}),
		web.POST("/news/{article}/return", d.postReturn).NoDrafts("one sentence").Says("news", "Send an article back with a reason").Takes(Reason{}).Gives(ArticleBody{}),
		web.POST("/news/{article}/publication", d.postPublication).NoDrafts("two days and an hour").Says("news", "Publish an approved article, now or later").Takes(Plan{}).Gives(ArticleBody{}),
		web.POST("/news/{article}/withdrawal", d.postWithdrawal).NoDrafts("one sentence").Says("news", "Take an article off the site at once").Takes(Reason{}).Gives(ArticleBody{}),
		web.GET("/news/{article}/correction", d.getCorrection).Page(),
		web.POST("/news/{article}/correction", d.postCorrection).Drafts("Ralat|draf", who.PublishNews).Says("news", "Correct an article that is out; the note is read by everybody").Takes(Correction{}).Gives(ArticleBody{}),
		web.POST("/news/{article}/image", d.postImage).NoDrafts("a file").Limit(upload.Most+(1<<20)).Carries("file").Says("news", "Put an image into an article; it is drawn anew in three sizes").Takes(NewImage{}).Gives(ArticleBody{}),
		web.GET("/news/{article}/image", d.getImage).Page(),
		web.GET("/news/{article}/subjects/new", d.getNewSubject).Page().Query(subjectQuery{}),
		web.POST("/news/{article}/subjects", d.postSubject).NoDrafts("names of people are not kept before they are sent").Says("news", "Write down who stands in an article and on whose consent; the code to withdraw is given once").Takes(NewSubject{}).Gives(SubjectBody{}),
		web.POST("/news-subjects/{newssubject}/removal", d.postRemoval).NoDrafts("one button").Says("news", "Take a person off the list of an article that is not out").Takes(struct{}{}).Gives(SubjectBody{}),
		web.POST("/news-subjects/{newssubject}/withdrawal", d.postSubjectEnd).NoDrafts("one sentence").Says("news", "Withdraw a consent; the article is off the site with the same commit").Takes(Reason{}).Gives(SubjectBody{}),
		web.GET("/news-contact", d.getContact).Page(),
		web.POST("/news-contact", d.postContact).NoDrafts("two short lines").Says("news", "Set the telephone and the hours that public pages show").Takes(NewContact{}).Gives(NewContact{}),
	})
}

// Listing chooses articles: those of one state, or all.
type Listing struct {
	web.Part
	State string `query:"state" enum:"draft,review,approved,published,withdrawn,expired"`
}

type queuePage struct {
	All  []Article
	Next string
	Tabs []queueTab
	Now  time.Time
}

type queueTab struct {
	Path    string
	Name    text.Word
	Current bool
}

func queueTabs(state string) (all []queueTab) {
	for _, s := range []State{"", Review, Draft, Approved, Published, Withdrawn, Expired} {
		t := queueTab{"/news?state=" + string(s), stateWords[s], string(s) == state}
		if s == "" {
			t.Path, t.Name = "/news", "Semua|artikel"
		}
		all = append(all, t)
	}
	return all
}

func (d *Desk) getQueue(r *web.Request) (web.Answer, error) {
	var l Listing
	if err := r.Filter(&l); err != nil {
		return nil, err
	}
	all, next, err := web.PageOf(l.Part, 50, func(p web.Part) ([]Article, error) {
		return d.Articles(r.Context(), r.By, State(l.State), p.After, p.Limit)
	},
		func(a Article) id.ID { return a.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, articleBody), next)
	}
	return r.Page("publication/queue.html", queuePage{all, next, queueTabs(l.State), r.Now()})
}

// Chip is the state of an article as a page shows it.
func (a Article) Chip(lang string, now time.Time) page.Chip {
	l := text.Lang(lang)
	switch s := a.StateOn(now); s {
	case "scheduled":
		return page.Chip{Kind: "info", Word: text.T(l, "Terjadwal %s", text.Moment(l, a.Shown()))}
	case Published:
		return page.Chip{Kind: "ok", Word: text.T(l, string(stateWords[s]))}
	case Review:
		return page.Chip{Kind: "warn", Word: text.T(l, string(stateWords[s]))}
	case Approved:
		return page.Chip{Kind: "info", Word: text.T(l, string(stateWords[s]))}
	case Withdrawn:
		return page.Chip{Kind: "bad", Word: text.T(l, string(stateWords[s]))}
	default:
		return page.Chip{Kind: "none", Word: text.T(l, string(stateWords[s]))}
	}
}

type newPage struct {
	Text
	Version         int64
	ID              id.ID
	Topics, Centres []page.Option
	Own             bool // the asker writes for one institution alone
}

// choices are the topics and the institutions to choose from; the province is the empty one.
func (d *Desk) choices(r *web.Request) (topics, centres []page.Option, err error) {
	all, err := d.centres.List(r.Context(), r.By)
	for _, c := range all {
		centres = append(centres, page.Option{Value: c.ID.String(), Name: c.Name})
	}
	return page.WordOptions(r.Lang, topicWords, Topics...), centres, err
}

func (d *Desk) newPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		topics, centres, err := d.choices(r)
		return newPage{Topics: topics, Centres: centres, Own: !r.By.Scope.All}, err
	}
}

func (d *Desk) getNew(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.WriteNews) {
		return nil, fail.Denied
	}
	return r.Page("publication/new.html", d.newPage(r))
}

func (d *Desk) postNew(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in NewArticle) (Article, error) { return d.Write(r.Context(), r.By, in) })
	if err != nil {
		return r.Again("publication/new.html", d.newPage(r), err)
	}
	r.Flash("Draf artikel disimpan.")
	return r.Done(a.Path(), a.Path(), articleBody(a))
}

type articlePage struct {
	Sheet
	May      bool // the asker is an editor
	Mine     bool // and wrote at it: somebody else approves
	HTML     any
	Related  string
	Editable bool
	Sent     string // which of its forms came back: that of the article, or the one of a person
}

func (d *Desk) articlePage(r *web.Request) func() (any, error) {
	return func() (any, error) { return d.articleSheet(r, r.ID("article"), "article") }
}

func (d *Desk) articleSheet(r *web.Request, article id.ID, sent string) (any, error) {
	s, err := d.Look(r.Context(), r.By, article)
	if err != nil {
		return nil, err
	}
	p := articlePage{Sheet: s, May: r.By.May(who.PublishNews), Mine: s.Author == r.By.User, HTML: HTML(s.Body), Editable: s.State != Published, Sent: sent}
	if s.Article.Related != 0 {
		p.Related = d.centres.NameOf(s.Article.Related)
	}
	return p, nil
}

func (d *Desk) getArticle(r *web.Request) (web.Answer, error) {
	return r.Show("publication/article.html", d.articlePage(r), func() (any, error) {
		s, err := d.Look(r.Context(), r.By, r.ID("article"))
		return sheetBody(s), err
	})
}

func (d *Desk) getPreview(r *web.Request) (web.Answer, error) {
	return r.Page("publication/preview.html", d.articlePage(r))
}

func (d *Desk) editPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		s, err := d.Look(r.Context(), r.By, r.ID("article"))
		if err != nil {
			return nil, err
		}
		topics, centres, err := d.choices(r)
		return newPage{Text: s.Text, Version: s.Version, ID: s.ID, Topics: topics, Centres: centres}, err
	}
}

func (d *Desk) getEdit(r *web.Request) (web.Answer, error) {
	return r.Page("publication/edit.html", d.editPage(r))
}

func (d *Desk) postEdit(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in Text) (Article, error) {
		return d.Edit(r.Context(), r.By, r.ID("article"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("publication/edit.html", d.editPage(r), err)
	}
	r.Flash("Perubahan disimpan sebagai revisi %d.", a.Revision)
	return r.Done(a.Path(), a.Path(), articleBody(a))
}

// after sends who took a step back to the article.
func (d *Desk) after(r *web.Request, again string, a Article, err error, says string) (web.Answer, error) {
	if err != nil {
		return r.Again(cmp.Or(again, "publication/article.html"), d.articlePage(r), err)
	}
	r.Flash(says)
	return r.Done(a.Path(), a.Path(), articleBody(a))
}

// step1 is a step that needs nothing but the article.
func (d *Desk) step1(verb func(c context.Context, by who.Asker, article id.ID, version int64) (Article, error), says string) web.Handler {
	return func(r *web.Request) (web.Answer, error) {
		a, err := web.Do(r, func(struct{}) (Article, error) { return verb(r.Context(), r.By, r.ID("article"), r.IfMatch()) })
		return d.after(r, "", a, err, says)
	}
}

func (d *Desk) getReview(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.PublishNews) {
		return nil, fail.Denied
	}
	return r.Page("publication/review.html", d.articlePage(r))
}

func (d *Desk) postApproval(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in Verdict) (Article, error) {
		return d.Approve(r.Context(), r.By, r.ID("article"), r.IfMatch(), in)
	})
	return d.after(r, "publication/review.html", a, err, "Artikel disetujui. Pilih kapan ditayangkan.")
}

func (d *Desk) postReturn(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in Reason) (Article, error) { return d.Return(r.Context(), r.By, r.ID("article"), r.IfMatch(), in) })
	return d.after(r, "publication/review.html", a, err, "Artikel dikembalikan kepada penulis.")
}

func (d *Desk) postPublication(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in Plan) (Article, error) { return d.Publish(r.Context(), r.By, r.ID("article"), r.IfMatch(), in) })
	return d.after(r, "", a, err, "Artikel disetujui tayang.")
}

func (d *Desk) postWithdrawal(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in Reason) (Article, error) {
		return d.Withdraw(r.Context(), r.By, r.ID("article"), r.IfMatch(), in)
	})
	return d.after(r, "", a, err, "Artikel tidak tayang lagi.")
}

func (d *Desk) getCorrection(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.PublishNews) {
		return nil, fail.Denied
	}
	return r.Page("publication/correction.html", d.articlePage(r))
}

func (d *Desk) postCorrection(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in Correction) (Article, error) {
		return d.Correct(r.Context(), r.By, r.ID("article"), r.IfMatch(), in)
	})
	return d.after(r, "publication/correction.html", a, err, "Ralat tayang bersama tanggalnya.")
}

func (d *Desk) postImage(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in NewImage) (Article, error) {
		sent, err := r.Sent("file")
		if err != nil {
			return Article{}, err
		}
		return d.AddImage(r.Context(), r.By, r.ID("article"), in, upload.File(sent))
	})
	return d.after(r, "", a, err, "Foto disimpan dalam tiga ukuran, tanpa data lokasi.")
}

func (d *Desk) getImage(r *web.Request) (web.Answer, error) {
	body, err := d.ImageFor(r.Context(), r.By, r.ID("article"))
	if err != nil {
		return nil, err
	}
	return r.Plain("image/jpeg", "private, no-cache", body)
}
