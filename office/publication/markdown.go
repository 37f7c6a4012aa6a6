package publication

import (
	"bytes"
	"html/template"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/text/unicode/norm"
)

// Two walls: raw HTML never passes the first, and whatever comes out of it passes the second by a list of what is allowed.
var (
	markdown  = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough))
	sanitiser = allowed()
)

func allowed() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "strong", "em", "del", "code", "pre", "table", "thead", "tbody", "tr", "th", "td")
	p.AllowAttrs("start").Matching(regexp.MustCompile(`^\d{1,3}$`)).OnElements("ol")
	p.AllowAttrs("href").OnElements("a")
	p.AllowStandardURLs()
	p.RequireNoFollowOnLinks(false) // own pages are followed
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.RequireNoFollowOnFullyQualifiedLinks(true)
	p.RequireNoReferrerOnFullyQualifiedLinks(true)
	return p
}

// heading makes the largest heading of a text the second of its page.
var heading = regexp.MustCompile(`(?m)^#(\s)`)

// HTML is the Markdown of an article, made safe.
func HTML(body string) template.HTML {
	var b bytes.Buffer
	if err := markdown.Convert([]byte(heading.ReplaceAllString(body, "##$1")), &b); err != nil {
		return template.HTML(template.HTMLEscapeString(body)) //nolint:gosec // escaped
	}
	return template.HTML(sanitiser.SanitizeBytes(b.Bytes())) //nolint:gosec // sanitised
}

var between = regexp.MustCompile(`[^a-z0-9]+`)

// plain takes the accents off and makes small letters.
func plain(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Mn, c) {
			return -1
		}
		return c
	}, norm.NFD.String(strings.ToLower(s)))
}

const longestSlug = 70

// SlugOf makes the last part of an address of a title; n above 0 makes another one of the same title.
func SlugOf(title string, n int) string {
	slug := strings.Trim(between.ReplaceAllString(plain(title), "-"), "-")
	if len(slug) > longestSlug {
		slug = slug[:longestSlug]
		if cut := strings.LastIndexByte(slug, '-'); cut > longestSlug/2 {
			slug = slug[:cut]
		}
		slug = strings.Trim(slug, "-")
	}
	if slug == "" || slug == "gambar" {
		slug = "berita"
	}
	if n > 0 {
		slug += "-" + strconv.Itoa(n+1)
	}
	return slug
}

var tags = regexp.MustCompile(`<[^>]*>`)

const (
	mostWords   = 400
	longestWord = 24
)

// Words are those by which a text is found: plain, at least three letters, each once.
func Words(texts ...string) (all []string) {
	seen := map[string]bool{}
	for _, t := range texts {
		for _, w := range between.Split(plain(tags.ReplaceAllString(t, " ")), -1) {
			w = w[:min(len(w), longestWord)]
			if len(w) < 3 || seen[w] || len(all) == mostWords {
				continue
			}
			seen[w] = true
			all = append(all, w)
		}
	}
	return all
}
