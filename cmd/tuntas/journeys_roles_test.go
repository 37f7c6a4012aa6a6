package main

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"

	"tuntas/house/text"
	"tuntas/try/browser"
)

// shift is one day of the sample province, on which every role does the piece of work that its day is about.
type shift struct {
	url    string
	looked sync.Map // the pages whose accessibility was checked
}

// atWork is somebody of a role in a browser: from the home on, by the words on the screen alone.
type atWork struct {
	*walk
	t     *testing.T
	shift *shift
	login string
}

// workday is who works, how, and what they do.
type workday struct {
	login string
	width int
	lang  text.Lang
	does  func(w *atWork)
}

// Those who work at one centre come after each other: each finds what the one before did. The others work meanwhile.
// Odd roles hold a phone, even ones sit at a desk; half of them read English.
var (
	atCentre = []workday{
		{"ratna", 360, text.ID, visitsSomebody}, {"tutik", 360, text.EN, keepsThePapers}, {"joko", 1280, text.ID, decides},
		{"yati", 1280, text.EN, caresForSomebody}, {"nurul", 360, text.ID, servesAGoal},
	}
	elsewhere = []workday{
		{"hadi", 1280, text.ID, trains}, {"kadis", 360, text.EN, asksWhoIsBehind}, {"wulan", 1280, text.ID, followsTheLate}, {"seksi", 360, text.EN, seesWhatWaits},
		{"awas", 1280, text.ID, judges}, {"humas", 360, text.EN, readsThePublicPage}, {"bima", 1280, text.EN, managesAccounts},
	}
)

// The twelve roles, each in a day's work in the browser: it begins on the home, and the home shows what came of it.
func TestRoles_work(t *testing.T) {
	t.Parallel()
	_, url := demoOn(t, "sqlite")
	s := &shift{url: url}
	t.Run("centre", func(t *testing.T) {
		t.Parallel()
		for _, d := range atCentre {
			t.Run(d.login, func(t *testing.T) { d.does(s.begins(t, d)) })
		}
	})
	for _, d := range elsewhere {
		t.Run(d.login, func(t *testing.T) {
			t.Parallel()
			d.does(s.begins(t, d))
		})
	}
}

// begins signs somebody in, who then sees the home.
func (s *shift) begins(t *testing.T, d workday) *atWork {
	t.Helper()
	w := s.arrives(t, d)
	w.fill("Nama masuk", d.login)
	w.fill("Kata sandi", demoPassword)
	w.press("Masuk")
	w.looks("home")
	return w
}

// arrives opens a window at the page where one signs in.
func (s *shift) arrives(t *testing.T, d workday) *atWork {
	t.Helper()
	b := browser.New(t, s.url, d.width)
	b.Open("/sign-in?lang=" + string(d.lang))
	return &atWork{walk: &walk{Browser: b, lang: d.lang}, t: t, shift: s, login: d.login}
}

// finds is the look of a colleague at the own home.
func (w *atWork) finds(login string) *atWork {
	w.t.Helper()
	return w.shift.begins(w.t, workday{login: login, width: 1280, lang: text.ID})
}

// looks checks the page as it stands: its width always, its accessibility once for each kind of page; that of the homes
// is TestHomes' matter.
func (w *atWork) looks(kind string) {
	w.t.Helper()
	w.FitsWidth()
	if _, done := w.shift.looked.LoadOrStore(kind, true); !done && kind != "home" {
		w.Axe()
	}
	w.Screenshot(fmt.Sprintf("%s-%s", w.login, kind))
}

func (w *atWork) goesHome() { w.t.Helper(); w.press("Beranda") }

// card is the part of the home with this heading.
func (w *atWork) card(heading string, args ...any) *browser.Browser {
	return w.In(w.t0(heading, args...))
}

// t0 is a sentence in the language of the reader.
func (w *atWork) t0(sentence string, args ...any) string { return w.walk.t(sentence, args...) }

// number is what a card of the home says beside its heading.
func (w *atWork) number(heading string, args ...any) int {
	w.t.Helper()
	heading = w.t0(heading, args...)
	for _, h := range browser.Eval[[]string](w.Browser, `[...document.querySelectorAll('section.card h2')].map(h => h.textContent.replace(/\s+/g, ' ').trim())`) {
		if rest, ok := strings.CutPrefix(h, heading+" "); ok {
			return w.whole(rest)
		}
	}
	w.t.Fatalf("no card with a number is headed %s: %s", heading, w.Text())
	return 0
}

func (w *atWork) whole(s string) int {
	w.t.Helper()
	n, err := strconv.Atoi(strings.NewReplacer(".", "", ",", "").Replace(strings.TrimSpace(s)))
	if err != nil {
		w.t.Fatalf("%q is no number", s)
	}
	return n
}

// fewer fails unless the number of a card is so much smaller than it was.
func (w *atWork) fewer(was int, heading string, args ...any) {
	w.t.Helper()
	if now := w.number(heading, args...); now != was-1 {
		w.t.Errorf("%s: %s said %d, and now %d", w.login, heading, was, now)
	}
}

// somebody is the first name on a card whose line tells something; namesakes are passed over.
func (w *atWork) somebody(heading, telling string) string {
	w.t.Helper()
	names := browser.Eval[[]string](w.Browser, fmt.Sprintf(`(() => {
		const tidy = s => s.replace(/\s+/g, ' ').trim();
		const card = [...document.querySelectorAll('section.card')].find(c => tidy(c.querySelector('h2').textContent).startsWith(%q));
		const lines = card ? [...card.querySelectorAll('li')].filter(l => l.querySelector('.name')) : [];
		const names = lines.map(l => tidy(l.querySelector('.name').textContent));
		return names.filter((n, i) => tidy(lines[i].textContent).includes(%q) && names.filter(m => m.startsWith(n)).length === 1);
	})()`, heading, telling))
	if len(names) == 0 {
		w.t.Fatalf("nobody stands on %s with %q: %s", heading, telling, w.Text())
	}
	return names[0]
}

// rows is how many lines the list of the page has, and the first name on it.
func (w *atWork) rows() (n int, first string) {
	w.t.Helper()
	names := browser.Eval[[]string](w.Browser, `[...document.querySelectorAll('main .rows.flat > li')].map(l => l.querySelector('a')?.textContent.trim() || '')`)
	if len(names) == 0 {
		w.t.Fatalf("the list at %s is empty", w.Path())
	}
	return len(names), names[0]
}
