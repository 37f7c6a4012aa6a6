package main

import (
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// visited is an answer to a visitor without an account.
type visited struct {
	status int
	head   http.Header
	body   string
}

func (o *testOffice) visit(path string, head ...string) visited {
	o.t.Helper()
	req := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(head); i += 2 {
		req.Header.Set(head[i], head[i+1])
	}
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, req)
	return visited{w.Code, w.Header(), w.Body.String()}
}

// published writes an article at the institution and has it approved and published by the province.
func (o *testOffice) published(article m) (id, address string) {
	o.t.Helper()
	a := o.want(201, "joko", "POST", "/news", article)
	id = a.text("id")
	if article["names_person"] == true {
		o.want(201, "joko", "POST", "/news/"+id+"/subjects", m{"called": "Mbah Uji", "child": "no", "given_by": "self", "evidence": "Map uji", "given_on": string(o.Store.Today()),
			"until": string(o.Store.Today().Add(90)), "channels": []string{"site"}})
	}
	o.want(201, "joko", "POST", "/news/"+id+"/submission", m{})
	o.want(201, "wulan", "POST", "/news/"+id+"/approval", m{"person": true, "consent": true, "dignity": true, "data": true})
	o.want(201, "wulan", "POST", "/news/"+id+"/publication", m{})
	return id, a.text("address")
}

// What is typed never becomes part of a page, the feed, the sitemap or what machines read; the feed and the sitemap have
// what their readers need.
func TestNews_hostile(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		evil := `"><script>alert(1)</script>]]></title>&amp;' --><b>`
		_, at := o.published(m{"title": evil, "lead": evil, "body": evil + "\n\n[a](javascript:alert(1))", "topic": "event"})
		for _, path := range []string{at, "/berita", "/", "/cari?q=script", "/cari?q=" + "%3Cscript%3Ealert(1)%3C/script%3E"} {
			v := o.visit(path)
			if v.status != 200 || strings.Contains(v.body, "<script>alert") || strings.Contains(v.body, "javascript:alert") {
				t.Errorf("%s: %d %s", path, v.status, v.body)
			}
		}
		page := o.visit(at).body
		_, data, _ := strings.Cut(page, `<script type="application/ld+json">`)
		data, _, _ = strings.Cut(data, "</script>")
		var ld m
		if err := json.Unmarshal([]byte(data), &ld); err != nil || ld["@type"] != "NewsArticle" || ld["headline"] != evil || ld["datePublished"] == nil || strings.ContainsAny(data, "<>") {
			t.Errorf("JSON-LD: %v %s", err, data)
		}
		var feed struct {
			Version string `xml:"version,attr"`
			Channel struct {
				Title, Description string
				Link               []struct {
					Href string `xml:"href,attr"`
					Rel  string `xml:"rel,attr"`
					Text string `xml:",chardata"`
				} `xml:"link"`
				Item []struct {
					Title   string `xml:"title"`
					Link    string `xml:"link"`
					GUID    string `xml:"guid"`
					PubDate string `xml:"pubDate"`
				} `xml:"item"`
			} `xml:"channel"`
		}
		v := o.visit("/berita/rss.xml")
		must(t, xml.Unmarshal([]byte(v.body), &feed))
		i := feed.Channel.Item
		if feed.Version != "2.0" || len(i) != 1 || i[0].Title != evil || i[0].Link != "http://example.com"+at || i[0].GUID != i[0].Link || len(feed.Channel.Link) != 2 || v.head.Get("Content-Type") != "application/rss+xml; charset=utf-8" {
			t.Errorf("feed: %+v", feed)
		}
		if _, err := time.Parse(time.RFC1123Z, i[0].PubDate); err != nil {
			t.Error(err)
		}
		var sitemap struct {
			XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
			URL     []struct {
				Loc     string `xml:"loc"`
				Lastmod string `xml:"lastmod"`
			} `xml:"url"`
		}
		must(t, xml.Unmarshal([]byte(o.visit("/sitemap.xml").body), &sitemap))
		if last := sitemap.URL[len(sitemap.URL)-1]; last.Loc != "http://example.com"+at || last.Lastmod == "" {
			t.Errorf("sitemap: %+v", sitemap.URL)
		}
		if robots := o.visit("/robots.txt").body; !strings.Contains(robots, "Sitemap: http://example.com/sitemap.xml") {
			t.Error(robots)
		}
	})
}

// A visitor who has read an article asks again after its consent was withdrawn, while others keep reading it: nobody sees it
// any more than a second later, its image and feed are gone, and its address says so.
func TestNews_withdrawnWhileRead(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		id, at := o.published(m{"title": "Kisah Mbah Uji", "lead": "Ia menganyam.", "body": "Isi.", "topic": "story", "names_person": true})
		if v := o.visit(at); v.status != 200 || v.head.Get("Cache-Control") != "public, no-cache" {
			t.Fatalf("%d %v", v.status, v.head)
		}
		person := o.want(200, "joko", "GET", "/news/"+id, nil).body["subjects"].([]any)[0].(m)["id"].(string)
		stop, done := make(chan bool), make(chan bool)
		go func() {
			defer close(done)
			for {
				select {
				case <-stop:
					return
				default:
					o.visit(at)
				}
			}
		}()
		o.want(201, "joko", "POST", "/news-subjects/"+person+"/withdrawal", m{"reason": "diminta"})
		start := time.Now()
		for o.visit(at).status != http.StatusGone {
			if time.Since(start) > 10*time.Second {
				t.Fatal("still there after ten seconds")
			}
		}
		t.Logf("gone after %v", time.Since(start).Round(time.Millisecond))
		close(stop)
		<-done
		if v := o.visit("/berita/rss.xml?x"); strings.Contains(v.body, "Mbah Uji") {
			t.Error("still in the feed")
		}
	})
}

// The memory of a second gives nobody what is another's: neither a session's page, nor another language or host, nor a cookie.
func TestNews_memory(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		_, at := o.published(m{"title": "Kebun panti panen", "lead": "Dapur memasak sayur sendiri.", "body": "Isi.", "topic": "event"})
		first := o.visit(at)
		if again := o.visit(at, "If-None-Match", first.head.Get("ETag")); again.status != 304 || again.body != "" {
			t.Errorf("asked again: %d", again.status)
		}
		z := o.visit(at, "Accept-Encoding", "gzip")
		r, err := gzip.NewReader(strings.NewReader(z.body))
		must(t, err)
		plain, err := io.ReadAll(r)
		must(t, err)
		if string(plain) != first.body || z.head.Get("ETag") == first.head.Get("ETag") || len(z.body) > 14<<10 {
			t.Errorf("squeezed: %d bytes, %s", len(z.body), z.head.Get("ETag"))
		}
		if v := o.visit(at, "Cookie", "lang=en"); !strings.Contains(v.body, `<html lang="en"`) {
			t.Error("another language was answered in Indonesian")
		}
		if v := o.visit(at + "?lang=en"); v.head.Get("Set-Cookie") == "" {
			t.Error("a chosen language is not kept")
		}
		if v := o.visit(at); v.head.Get("Set-Cookie") != "" || !strings.Contains(v.body, `<html lang="id"`) {
			t.Error("somebody else's language")
		}
		joko := o.signIn("joko")
		_ = o.page(joko, "GET", at, "")
		if v := o.visit(at); strings.Contains(v.body, `href="/today"`) {
			t.Error("a visitor sees a session's page")
		}
	})
}

// BenchmarkNews compares an article with a file of the same bytes served by net/http.
func BenchmarkNews(b *testing.B) {
	o := newTestOffice(b, "sqlite:"+filepath.Join(b.TempDir(), "bench.db"))
	_, at := o.published(m{"title": "Kebun panti panen", "lead": "Dapur memasak sayur sendiri.", "body": strings.Repeat("Isi artikel. ", 200), "topic": "event"})
	page := o.visit(at)
	dir := b.TempDir()
	must(b, os.WriteFile(filepath.Join(dir, "page.html"), []byte(page.body), 0o600))
	for name, h := range map[string]struct {
		handler http.Handler
		path    string
	}{"article": {o.handler, at}, "file": {http.FileServer(http.Dir(dir)), "/page.html"}} {
		b.Run(name, func(b *testing.B) { manyVisits(b, h.handler, h.path) })
	}
}
