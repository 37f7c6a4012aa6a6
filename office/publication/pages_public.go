package publication

import (
	"errors"
	"html/template"
	"net/url"
	"strconv"
	"strings"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/centre"
)

// codes lets an address try only so many codes: 60 bits are not guessed, but nobody needs to try.
var codes = web.NewTries(10, time.Hour)

func (d *Desk) publicRoutes() []web.Route {
	return []web.Route{
		web.GET("/berita", d.getNews).Open().Remembered().Says("news", "Published articles, the newest first").Query(newsQuery{}).Lists(NewsBody{}),
		web.GET("/berita/{slug}", d.getStory).Page().Open().Remembered().Query(storyQuery{}),
		web.GET("/berita/gambar/{newsimage}/{width}", d.getPicture).Page().Open(),
		web.GET("/berita/rss.xml", d.getFeed).Page().Open().Remembered(),
		web.GET("/sitemap.xml", d.getSitemap).Page().Open().Remembered(),
		web.GET("/robots.txt", d.getRobots).Page().Open().Remembered(),
		web.GET("/cari", d.getFound).Page().Open().Remembered().Query(findQuery{}),
		web.GET("/persetujuan", d.getByCode).Page().Open(),
		web.POST("/persetujuan", d.postByCode).Page().Open().Rarely(codes).Takes(ByCode{}).NoDrafts("a code"),
		web.GET("/tentang", d.still("about")).Page().Open().Remembered(),
		web.GET("/privasi", d.still("privacy")).Page().Open().Remembered(),
		web.GET("/aksesibilitas", d.still("accessibility")).Page().Open().Remembered(),
	}
}

// still is a page that asks nothing.
func (d *Desk) still(name string) web.Handler {
	return func(r *web.Request) (web.Answer, error) { return r.Page("publication/"+name+".html", nil) }
}

// newsQuery chooses published articles.
type newsQuery struct {
	web.Cut
	Topic  string `query:"topic" enum:"announcement,service,training,story,partnership,event"`
	Centre id.ID  `query:"centre"`
}

const newsPerPage = 12

type newsPage struct {
	All    []News
	Next   string
	Topic  string
	Topics []string
	Centre centre.Centre
	Query  template.URL
	Data   any
}

// cursor is where a page of news ends: moment and id.
func cursor(n News) string { return id.Mark{At: n.ShownAt, ID: n.ID}.String() }

func (q newsQuery) choice() (c Choice, err error) {
	c = Choice{Topic: q.Topic, Centre: q.Centre, Limit: q.Limit}
	if c.Limit == 0 {
		c.Limit = newsPerPage
	}
	c.Limit++
	if q.After == "" {
		return c, nil
	}
	last, ok := id.ParseMark(q.After)
	if !ok || last.At == 0 { // 0 is no moment, and would be the first page
		return c, fail.WrongCursor
	}
	c.Before, c.Last = last.At, last.ID
	return c, nil
}

func (d *Desk) getNews(r *web.Request) (web.Answer, error) {
	var q newsQuery
	if err := r.Filter(&q); err != nil {
		return nil, err
	}
	c, err := q.choice()
	if err != nil {
		return nil, err
	}
	p := newsPage{Topic: q.Topic, Topics: Topics}
	if p.All, err = d.Newest(r.Context(), c); err != nil {
		return nil, err
	}
	if int64(len(p.All)) == c.Limit {
		p.All = p.All[:c.Limit-1]
		p.Next = cursor(p.All[len(p.All)-1])
	}
	if r.API() {
		return r.List(web.Bodies(p.All, newsBody), p.Next)
	}
	if q.Centre != 0 {
		if p.Centre, err = d.centres.Look(r.Context(), who.Public(), q.Centre); err != nil {
			return nil, err
		}
	}
	if p.Next != "" {
		v := url.Values{"after": {p.Next}}
		if q.Topic != "" {
			v.Set("topic", q.Topic)
		}
		if q.Centre != 0 {
			v.Set("centre", q.Centre.String())
		}
		p.Query = template.URL("?" + v.Encode()) //nolint:gosec // encoded
	}
	p.Data = organisation(r.Site(), d.Contact(r.Context()))
	return r.Page("publication/public_list.html", p)
}

type storyPage struct {
	Story
	HTML template.HTML
	Data any
	Img  *picture
	Talk Talk
	Open bool // readers may write
}

// storyQuery turns the pages of remarks.
type storyQuery struct {
	Before id.ID `query:"komentar"`
}

// picture is the image of an article as a page shows it.
type picture struct {
	ID         id.ID
	Wide, High int64
	Set        template.Srcset
}

func pictureOf(s Story) *picture {
	var p *picture
	var set []string
	for _, z := range s.Sizes {
		if z.Width == 640 {
			p = &picture{ID: z.Image, Wide: z.Wide, High: z.High}
		}
		if z.Width <= 640 { // a phone never loads the largest, however fine its screen is
			set = append(set, "/berita/gambar/"+z.Image.String()+"/"+strconv.FormatInt(z.Width, 10)+" "+strconv.FormatInt(z.Wide, 10)+"w")
		}
	}
	if p != nil {
		p.Set = template.Srcset(strings.Join(set, ", ")) //nolint:gosec // numbers alone
	}
	return p
}

func (d *Desk) getStory(r *web.Request) (web.Answer, error) {
	var q storyQuery
	if err := r.Filter(&q); err != nil {
		return nil, err
	}
	s, err := d.Read(r.Context(), r.Word("slug"))
	if errors.Is(err, Gone) {
		return r.Absent(410, "publication/public_gone.html", nil)
	}
	if err != nil {
		return nil, err
	}
	p := storyPage{Story: s, HTML: HTML(s.Body), Data: article(r.Site(), s), Img: pictureOf(s), Open: d.Below != nil}
	if p.Open {
		if p.Talk, err = d.Below(r.Context(), s.ID, q.Before); err != nil {
			return nil, err
		}
	}
	return r.Page("publication/public_article.html", p)
}

// getPicture gives one size of an image. One that shows nobody may be kept for ever, its address being its content's; one
// that shows a person is asked for each time, so that a withdrawn consent is obeyed in every browser.
func (d *Desk) getPicture(r *web.Request) (web.Answer, error) {
	width, _ := strconv.ParseInt(r.Word("width"), 10, 64)
	body, ofPerson, err := d.Picture(r.Context(), r.ID("newsimage"), width)
	if err != nil {
		return nil, err
	}
	keep := "public, max-age=31536000, immutable"
	if ofPerson {
		keep = "public, no-cache"
	}
	return r.Plain("image/jpeg", keep, body)
}

type findQuery struct {
	Q string `query:"q" maxLength:"80"`
}

type foundPage struct {
	Q       string
	News    []News
	Centres []centre.Centre
}

func (d *Desk) getFound(r *web.Request) (web.Answer, error) {
	var in findQuery
	if err := r.Filter(&in); err != nil {
		return nil, err
	}
	p := foundPage{Q: strings.TrimSpace(in.Q)}
	if p.Q == "" {
		return r.Page("publication/public_search.html", p)
	}
	var err error
	if p.News, err = d.Find(r.Context(), p.Q); err != nil {
		return nil, err
	}
	all, err := d.centres.List(r.Context(), who.Public())
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		if len(p.Centres) < 8 && answers(c.Name+" "+c.Place, p.Q) {
			p.Centres = append(p.Centres, c)
		}
	}
	return r.Page("publication/public_search.html", p)
}

// answers tells whether each word asked for begins a word of a text.
func answers(in, q string) bool {
	asked := Words(q)
	have := Words(in)
	for _, a := range asked {
		found := false
		for _, w := range have {
			found = found || strings.HasPrefix(w, a)
		}
		if !found {
			return false
		}
	}
	return len(asked) > 0
}

type byCodePage struct{ Done bool }

func (d *Desk) getByCode(r *web.Request) (web.Answer, error) {
	return r.Page("publication/public_consent.html", byCodePage{r.Param("selesai") == "1"})
}

func (d *Desk) postByCode(r *web.Request) (web.Answer, error) {
	_, err := web.Do(r, func(in ByCode) (struct{}, error) { return struct{}{}, d.WithdrawByCode(r.Context(), in) })
	if err != nil {
		return r.Again("publication/public_consent.html", byCodePage{}, err)
	}
	return r.Go("/persetujuan?selesai=1")
}

// organisation says to machines who publishes (schema.org).
func organisation(site string, c page.Contact) any {
	o := map[string]any{"@context": "https://schema.org", "@type": "GovernmentOrganization", "name": publisher, "url": site + "/"}
	if c.Phone != "" {
		o["telephone"] = c.Phone
	}
	return o
}

const publisher = "Dinas Sosial Provinsi Jawa Timur"

// article says to machines what a page is (schema.org).
func article(site string, s Story) any {
	o := map[string]any{"@context": "https://schema.org", "@type": "NewsArticle", "headline": s.Title, "description": s.Lead, "inLanguage": "id",
		"datePublished": s.Shown().In(clock.WIB).Format(time.RFC3339), "dateModified": time.UnixMilli(max(s.ChangedAt, s.ShownAt)).In(clock.WIB).Format(time.RFC3339),
		"mainEntityOfPage": site + s.Path(), "publisher": map[string]any{"@type": "GovernmentOrganization", "name": publisher, "url": site + "/"},
		"author": map[string]any{"@type": "GovernmentOrganization", "name": publisher}}
	if s.Image != 0 {
		o["image"] = []string{site + "/berita/gambar/" + s.Image.String() + "/1280"}
	}
	return o
}
