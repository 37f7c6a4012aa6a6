package publication

import (
	"bytes"
	"encoding/xml"
	"time"

	"tuntas/house/clock"
	"tuntas/house/web"
)

// rss is a feed of RSS 2.0.
type rss struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	Atom    string   `xml:"xmlns:atom,attr"`
	Channel channel  `xml:"channel"`
}

type channel struct {
	Title       string   `xml:"title"`
	Link        string   `xml:"link"`
	Description string   `xml:"description"`
	Language    string   `xml:"language"`
	Built       string   `xml:"lastBuildDate,omitempty"`
	Self        atomLink `xml:"atom:link"`
	Items       []item   `xml:"item"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
}

type item struct {
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	GUID        guid   `xml:"guid"`
	Date        string `xml:"pubDate"`
	Category    string `xml:"category"`
	Description string `xml:"description"`
}

type guid struct {
	Permalink string `xml:"isPermaLink,attr"`
	Value     string `xml:",chardata"`
}

// rssDate writes a moment as RSS asks for it.
func rssDate(ms int64) string { return time.UnixMilli(ms).In(clock.WIB).Format(time.RFC1123Z) }

func written(v any) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	e := xml.NewEncoder(&b)
	e.Indent("", " ")
	err := e.Encode(v)
	b.WriteByte('\n')
	return b.Bytes(), err
}

func (d *Desk) getFeed(r *web.Request) (web.Answer, error) {
	all, err := d.Newest(r.Context(), Choice{Limit: 20})
	if err != nil {
		return nil, err
	}
	site := r.Site()
	c := channel{Title: r.Say("Berita Dinas Sosial Provinsi Jawa Timur"), Link: site + "/berita", Description: r.Say("Kabar dari dinas dan pantinya."), Language: "id",
		Self: atomLink{site + "/berita/rss.xml", "self", "application/rss+xml"}}
	for _, n := range all {
		if c.Built == "" {
			c.Built = rssDate(n.ShownAt)
		}
		at := site + n.Path()
		c.Items = append(c.Items, item{n.Title, at, guid{"true", at}, rssDate(n.ShownAt), r.Say(string(topicWords[n.Topic])), n.Lead})
	}
	body, err := written(rss{Version: "2.0", Atom: "http://www.w3.org/2005/Atom", Channel: c})
	if err != nil {
		return nil, err
	}
	return r.Plain("application/rss+xml; charset=utf-8", "public, no-cache", body)
}

type urlset struct {
	XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []mapURL `xml:"url"`
}

type mapURL struct {
	Loc string `xml:"loc"`
	Mod string `xml:"lastmod,omitempty"`
}

func (d *Desk) getSitemap(r *web.Request) (web.Answer, error) {
	all, err := d.Map(r.Context())
	if err != nil {
		return nil, err
	}
	var s urlset
	for _, path := range []string{"/", "/berita", "/data", "/tentang", "/privasi", "/aksesibilitas"} {
		s.URLs = append(s.URLs, mapURL{Loc: r.Site() + path})
	}
	if d.Elsewhere != nil {
		more, err := d.Elsewhere(r.Context())
		if err != nil {
			return nil, err
		}
		for _, path := range more {
			s.URLs = append(s.URLs, mapURL{Loc: r.Site() + path})
		}
	}
	for _, e := range all {
		s.URLs = append(s.URLs, mapURL{r.Site() + "/berita/" + e.Slug, time.UnixMilli(e.At).In(clock.WIB).Format(time.RFC3339)})
	}
	body, err := written(s)
	if err != nil {
		return nil, err
	}
	return r.Plain("application/xml; charset=utf-8", "public, no-cache", body)
}

func (d *Desk) getRobots(r *web.Request) (web.Answer, error) {
	return r.Plain("text/plain; charset=utf-8", "public, no-cache", []byte("User-agent: *\nDisallow: /cari\nDisallow: /persetujuan\nDisallow: /sign-in\n\nSitemap: "+r.Site()+"/sitemap.xml\n"))
}
