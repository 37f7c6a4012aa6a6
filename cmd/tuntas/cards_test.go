package main

import (
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tuntas/house/clock"
)

var (
	cardParts  = regexp.MustCompile(`(?s)<section class="card.*?</section>`)
	cardTitle  = regexp.MustCompile(`<h2>([^<]*?)(?: <span>([\d.]+)</span>)?</h2>`)
	cardAll    = regexp.MustCompile(`<a class="touch" href="([^"]+)">`)
	cardCell   = regexp.MustCompile(`<dd><a href="([^"]+)">([^<]*)</a>`)
	cardBar    = regexp.MustCompile(`<b><a href="([^"]+)"[^>]*>(\d+)</a></b>`)
	cardLine   = regexp.MustCompile(`<a class="name" href="(/cases\?[^"]+)">[^<]*</a>[^<]*<p>(\d+) [^<]*</p>`)
	firstDigit = regexp.MustCompile(`\d[\d.]*`)
	heldBack   = regexp.MustCompile(`([\d.]+) (?:kasus |kunjungan |orang )?tidak ditampilkan`)
	listRow    = regexp.MustCompile(`(?s)<ul class="rows[^"]*">(.*?)</ul>`)
	nextPage   = regexp.MustCompile(`<p class="pager"><a class="btn" href="([^"]+)"`)
	withoutAny = regexp.MustCompile(`<h2>([\d.]+) kabupaten/kota tanpa`)
	crowded    = regexp.MustCompile(`([\d.]+) dari [\d.]+ UPT melebihi`)
	wardTaken  = regexp.MustCompile(`<span class="muted">(\d+) dari \d+ terisi</span>`)
)

func wholeOf(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.ReplaceAll(firstDigit.FindString(s), ".", ""))
	if err != nil {
		t.Fatalf("%q is no number", s)
	}
	return n
}

// cards is a reader of homes, signed in.
type cards struct {
	t       *testing.T
	handler http.Handler
	session *http.Cookie
}

func (c cards) get(path string) string {
	c.t.Helper()
	r := httptest.NewRequestWithContext(c.t.Context(), http.MethodGet, path, nil)
	r.AddCookie(c.session)
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		c.t.Fatalf("%s: %d", path, w.Code)
	}
	return w.Body.String()
}

// behind counts what a list shows on all its pages and what it says it withholds.
func (c cards) behind(path string) (n int) {
	c.t.Helper()
	at, _, _ := strings.Cut(path, "?")
	page := c.get(path)
	switch {
	case at == "/map":
		return wholeOf(c.t, withoutAny.FindStringSubmatch(page)[1])
	case at == "/province":
		if m := crowded.FindStringSubmatch(page); m != nil {
			return wholeOf(c.t, m[1])
		}
		return 0
	case strings.HasSuffix(at, "/beds"):
		for _, ward := range wardTaken.FindAllStringSubmatch(page, -1) {
			n += wholeOf(c.t, ward[1])
		}
		return n
	}
	if m := heldBack.FindStringSubmatch(page); m != nil {
		n = wholeOf(c.t, m[1])
	}
	for range 200 {
		if list := listRow.FindStringSubmatch(page); list != nil {
			n += strings.Count(list[1], "<li>")
		}
		next := nextPage.FindStringSubmatch(page)
		if next == nil {
			return n
		}
		path = html.UnescapeString(next[1])
		if strings.HasPrefix(path, "?") {
			path = at + path
		}
		page = c.get(path)
	}
	c.t.Fatalf("%s has no end", path)
	return 0
}

// follow compares every number of a card with the list that it opens.
func (c cards) follow(card string) (followed int) {
	c.t.Helper()
	title := cardTitle.FindStringSubmatch(card)
	check := func(path, number string) {
		c.t.Helper()
		followed++
		path, number = html.UnescapeString(path), html.UnescapeString(number)
		at, _, _ := strings.Cut(path, "?")
		if strings.HasPrefix(at, "/data/") { // both sides of a share stand there, each in its own cell
			number, _, _ = strings.Cut(number, " ")
			at = "/"
		}
		switch at {
		case "/", "/system", "/spm": // the figure stands there as on the card
			if !strings.Contains(c.get(path), number) {
				c.t.Errorf("%s says %s, and %s does not", title[1], number, path)
			}
			return
		case "/ledger": // reading a home is written there too: there is more by now
			if !strings.Contains(c.get(path), `<ul class="rows flat">`) {
				c.t.Errorf("%s says %s, and %s shows nothing", title[1], number, path)
			}
			return
		}
		if n := c.behind(path); n != wholeOf(c.t, number) {
			c.t.Errorf("%s says %s, behind it (%s) are %d", title[1], number, path, n)
		}
	}
	if all := cardAll.FindStringSubmatch(card); all != nil && title[2] != "" {
		check(all[1], title[2])
	} else if title[2] != "" && title[2] != "0" && !strings.HasPrefix(title[1], "Akses darurat") { // who may not judge it sees how much there is
		c.t.Errorf("%s says %s and opens no list", title[1], title[2])
	}
	for _, found := range slices.Concat(cardCell.FindAllStringSubmatch(card, -1), cardBar.FindAllStringSubmatch(card, -1), cardLine.FindAllStringSubmatch(card, -1)) {
		check(found[1], found[2])
	}
	return followed
}

// Every number on the home of every role opens a list with as many: what is shown and what is
// withheld. So does every number in the navigation.
func TestHomes_numbersOpenTheirLists(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o, _ := demoOn(t, engine)
			handler, err := o.Server(clock.Wall, nil)
			must(t, err)
			// while an opening waits, joko's load by stage gives way to it
			for login, least := range map[string]int{"joko": 6, "wulan": 5, "kadis": 6, "ratna": 5, "seksi": 6, "tutik": 9, "yati": 4, "nurul": 4, "hadi": 3, "awas": 2, "humas": 4, "bima": 2} {
				c := cards{t, handler, sessionOf(t, handler, login)}
				home, followed := c.get("/today"), 0
				parts := cardParts.FindAllString(home, -1)
				if len(parts) > 6 {
					t.Errorf("%s has %d cards", login, len(parts))
				}
				for _, card := range parts {
					followed += c.follow(card)
				}
				if followed < least {
					t.Errorf("%s: only %d numbers were followed", login, followed)
				}
				c.navigation(home, login == "joko" || login == "ratna")
				if login == "wulan" || login == "joko" {
					c.poverty()
				}
			}
		})
	}
}

// navigation compares every number in the menu with the list that its entry opens.
func (c cards) navigation(home string, some bool) {
	c.t.Helper()
	_, menu, _ := strings.Cut(home, `<nav class="side"`)
	menu, _, _ = strings.Cut(menu, "</nav>")
	all := navNumber.FindAllStringSubmatch(menu, -1)
	if some && len(all) == 0 {
		c.t.Error("no number in the navigation")
	}
	for _, m := range all {
		if path := html.UnescapeString(m[1]); c.behind(path) != wholeOf(c.t, m[2]) {
			c.t.Errorf("the navigation says %s at %s, the list %d", m[2], path, c.behind(path))
		}
	}
}

var navNumber = regexp.MustCompile(`<a href="([^"]+)"[^>]*><svg[^>]*><use[^>]*/></svg>[^<]*<span class="n">([\d.]+)`)

// poverty compares every number of the page with the list that it opens.
func (c cards) poverty() {
	c.t.Helper()
	all := povertyNumber.FindAllStringSubmatch(c.get("/performance/poverty"), -1)
	if len(all) < 12 {
		c.t.Errorf("only %d numbers of the page on poverty open their people", len(all))
	}
	for _, m := range all {
		if path := html.UnescapeString(m[1]); c.behind(path) != wholeOf(c.t, m[2]) {
			c.t.Errorf("the page on poverty says %s at %s, the list %d", m[2], path, c.behind(path))
		}
	}
}

var povertyNumber = regexp.MustCompile(`<a class="name[^"]*" href="(/indicators/[^"]+)">(?:<b>)?([\d.]+)`)
