// Package page draws: the layout, the parts that all desks share, forms, charts and the assets. It knows
// no desk and no HTTP. A desk keeps its templates in html/; each defines "title" and "main", may define
// "public" or "bare" (any text) to choose its layout, and gets a *View with its own data in .D.
package page

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"
	"time"

	"tuntas/house/clock"
	"tuntas/house/text"
	"tuntas/house/who"
)

//go:embed parts/*.html
var partFiles embed.FS

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

// View is what every page gets.
type View struct {
	Lang    text.Lang
	By      who.Asker
	Path    string // of this page, without the query
	Query   string // of this page
	Site    string // https://… of this server, without a slash at the end
	Nav     []NavItem
	Menu    []NavItem // of the public pages
	Contact Contact
	Unit    string // the centre or office the asker works for
	Demo    bool
	Theme   string // "", light, dark
	Notices int64  // that wait to be read
	Flash   string // of the status box, already translated
	Errors  []FieldError
	Broken  string   // a rule that refused, already translated
	Lacks   []string // what is missing, already translated
	Typed   map[string][]string
	Key     string // idempotency key of this page's forms
	Now     time.Time
	D       any
}

// NavItem is one entry of the navigation.
type NavItem struct {
	Path, Icon, Name string // Name is an Indonesian sentence
	Current          bool
	N                int64 // how many wait there; 0 shows nothing
}

// Contact is how the office is reached by everybody; what is not set is empty.
type Contact struct{ Phone, Hours string }

// Tel is the telephone as a link dials it.
func (c Contact) Tel() string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, c.Phone)
}

// FieldError is what is wrong with one field, already translated.
type FieldError struct{ Name, Message string }

// Anchor is the id of the field's element.
func (e FieldError) Anchor() string { return "f-" + strings.ReplaceAll(e.Name, ".", "-") }

// Today is the office's day of this page.
func (v *View) Today() clock.Day { return clock.DayOf(v.Now) }

// Can tells whether the asker holds a right.
func (v *View) Can(right string) bool { return v.By.May(who.Right(right)) }

// SignedIn tells whether somebody is signed in.
func (v *View) SignedIn() bool { return v.By.User != 0 }

// Bottom are the four entries of the phone's bar; More the rest.
func (v *View) Bottom() []NavItem { return v.Nav[:min(4, len(v.Nav))] }

// More are the entries behind "Lainnya".
func (v *View) More() []NavItem { return v.Nav[min(4, len(v.Nav)):] }

// Set holds every template, once per language. A template is read when its page is first asked for: a start
// reads none of them, and a page that nobody opens costs no memory.
type Set struct {
	byLang map[text.Lang]map[string]func() (*template.Template, error)
	parts  map[text.Lang]func() (*template.Template, error) // a copy of the parts, to draw one alone
}

// New knows the parts and the templates of each desk: desks maps a desk's name to its files, which lie
// under html/.
func New(desks map[string]fs.FS) (*Set, error) {
	s := &Set{byLang: map[text.Lang]map[string]func() (*template.Template, error){}, parts: map[text.Lang]func() (*template.Template, error){}}
	for _, lang := range []text.Lang{text.ID, text.EN} {
		base := sync.OnceValues(func() (*template.Template, error) {
			return template.New("base").Funcs(funcs(lang)).ParseFS(partFiles, "parts/*.html")
		})
		s.parts[lang] = sync.OnceValues(func() (*template.Template, error) {
			parts, err := base()
			if err != nil {
				return nil, fmt.Errorf("parse the parts: %w", err)
			}
			return parts.Clone()
		})
		s.byLang[lang] = map[string]func() (*template.Template, error){}
		for desk, files := range desks {
			names, err := fs.Glob(files, "html/*.html")
			if err != nil {
				return nil, err
			}
			for _, name := range names {
				if !strings.HasPrefix(path.Base(name), "_") { // shared by the pages of this desk
					s.byLang[lang][desk+"/"+path.Base(name)] = sync.OnceValues(func() (*template.Template, error) { return parse(base, files, name) })
				}
			}
		}
	}
	return s, nil
}

// parse reads one page on top of the parts, with what the pages of its desk share.
func parse(base func() (*template.Template, error), files fs.FS, name string) (*template.Template, error) {
	parts, err := base()
	if err != nil {
		return nil, fmt.Errorf("parse the parts: %w", err)
	}
	t, err := parts.Clone()
	if err != nil {
		return nil, err
	}
	shared, err := fs.Glob(files, "html/_*.html")
	if err != nil {
		return nil, err
	}
	if t, err = t.ParseFS(files, append(shared, name)...); err != nil {
		return nil, fmt.Errorf("parse %s: %w", name, err)
	}
	return t, nil
}

// Check reads every page at once and tells the first that cannot be read.
func (s *Set) Check() error {
	for _, pages := range s.byLang {
		for _, page := range pages {
			if _, err := page(); err != nil {
				return err
			}
		}
	}
	return nil
}

// Render draws a page: "casework/case.html".
func (s *Set) Render(w io.Writer, name string, v *View) error {
	page, ok := s.byLang[v.Lang][name]
	if !ok {
		return fmt.Errorf("no page %s", name)
	}
	t, err := page()
	if err != nil {
		return err
	}
	layout := "layout-staff"
	switch {
	case t.Lookup("bare") != nil:
		layout = "layout-bare"
	case t.Lookup("public") != nil || !v.SignedIn():
		layout = "layout-public"
	}
	if err := t.ExecuteTemplate(w, layout, v); err != nil {
		return fmt.Errorf("draw %s: %w", name, err)
	}
	return nil
}
