package page

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"tuntas/house/id"
	"tuntas/house/text"
)

// Draft is what was typed in a form and not sent, as a page gets it.
type Draft struct {
	ID     id.ID
	Seen   int64  // how far the page has seen it
	Base   string // the version of the record on which it was begun; "" for none
	By     string // who wrote last
	Mine   bool   // that was the reader
	At     time.Time
	Busy   []Writing // others who wrote a few minutes ago
	Fields []DraftField
}

// Within leaves out what others typed in fields that the form does not draw for the reader: the desk hides a field from
// whoever may not know it, and a draft tells them no more. What the reader typed stays.
func (d Draft) Within(f *Form, reader id.ID) Draft {
	var left []DraftField
	for _, field := range d.Fields {
		if !f.draws(field.Name) {
			field.Values = slices.DeleteFunc(slices.Clone(field.Values), func(v DraftValue) bool { return v.User != reader })
		}
		if len(field.Values) > 0 {
			left = append(left, field)
		}
	}
	d.Fields = left
	return d
}

// Writing is somebody who writes in the same form.
type Writing struct {
	By string
	At time.Time
}

// DraftField is one field of a draft: what the record said when it was begun, and what was typed; more than one value
// when two people wrote without having seen each other's. The first is what the form shows.
type DraftField struct {
	Name   string
	Base   []string
	Values []DraftValue
}

// DraftValue is what one person typed in one field.
type DraftValue struct {
	User  id.ID
	By    string
	At    time.Time
	Value []string
}

// draftBox is what the page says above a form that has a draft.
type draftBox struct {
	Draft
	Lang    text.Lang
	Next    string // the page itself
	Now     time.Time
	First   string // the first field of the form
	Begun   string // how long ago it was
	Busy    []busyLine
	Stale   bool
	Version string // of the record as it is now
	Clashes []clash
	Lost    []lost
}

type busyLine struct{ By, Ago string }

// clash is a field with several answers.
type clash struct {
	Name, Label string
	Values      []clashValue
}

type clashValue struct{ By, Say, Note string }

type lost struct{ Label, Say string }

// Record stands for what the record says, among the writers of a clash.
const Record = "record"

// Fresh is how long after the last line somebody counts as writing.
const Fresh = 5 * time.Minute

// Draw fills a form with its draft and says above it whose it is. typed are values that were kept otherwise, and win.
func (s *Set) Draw(v *View, f *Form, d Draft, typed map[string][]string) (Filling, error) {
	values := map[string][]string{}
	for _, field := range d.Fields {
		values[field.Name] = field.Values[0].Value
	}
	box := draftBox{Draft: d, Lang: v.Lang, Next: v.Path, Now: v.Now, First: f.first(), Begun: ago(v.Lang, v.Now.Sub(d.At)), Version: f.Version()}
	if v.Query != "" {
		box.Next += "?" + v.Query
	}
	for _, b := range d.Busy {
		box.Busy = append(box.Busy, busyLine{b.By, ago(v.Lang, v.Now.Sub(b.At))})
	}
	box.clashes(v, f)
	for _, name := range f.Lost(values) {
		label := f.label(name)
		if label == "" {
			label = text.T(v.Lang, "Isian lain")
		}
		box.Lost = append(box.Lost, lost{label, strings.Join(values[name], ", ")})
	}
	for name, v := range typed {
		values[name] = v
	}
	parts, err := s.parts[v.Lang]()
	if err != nil {
		return Filling{}, err
	}
	var b strings.Builder
	if err := parts.ExecuteTemplate(&b, "draftbox", box); err != nil {
		return Filling{}, err
	}
	return Filling{Values: values, Before: b.String()}, nil
}

// clashes finds the fields with several answers: of two writers, or of a writer and a record that changed meanwhile.
func (box *draftBox) clashes(v *View, f *Form) {
	now := f.Values()
	for _, field := range box.Fields {
		c := clash{Name: field.Name, Label: f.label(field.Name)}
		if c.Label == "" {
			c.Label = text.T(v.Lang, "Isian lain")
		}
		for _, val := range field.Values {
			c.Values = append(c.Values, clashValue{val.User.String(), f.shown(v, field.Name, val.Value), val.By + ", " + text.Moment(v.Lang, val.At)})
		}
		changed := box.Base != "" && box.Version != "" && box.Base != box.Version && !sameText(now[field.Name], field.Base) &&
			!sameText(now[field.Name], field.Values[0].Value)
		if changed {
			box.Stale = true
			c.Values = append(c.Values, clashValue{Record, f.shown(v, field.Name, now[field.Name]), text.T(v.Lang, "yang tercatat sekarang")})
		}
		if len(c.Values) > 1 {
			box.Clashes = append(box.Clashes, c)
		}
	}
}

func (f *Form) shown(v *View, name string, values []string) string {
	if s := f.said(name, values); s != "" {
		return s
	}
	return text.T(v.Lang, "(kosong)")
}

// sameText compares values as people do: spaces at the ends and the ends of lines do not count.
func sameText(a, b []string) bool {
	plain := func(v []string) string {
		return strings.TrimSpace(strings.ReplaceAll(strings.Join(slices.DeleteFunc(slices.Clone(v), func(s string) bool { return s == "" }), "\x00"), "\r\n", "\n"))
	}
	return plain(a) == plain(b)
}

// ago says how long something is past.
func ago(lang text.Lang, d time.Duration) string {
	switch {
	case d < time.Minute:
		return text.T(lang, "baru saja")
	case d < time.Hour:
		return text.T(lang, "%d menit lalu", int(d.Minutes()))
	case d < 24*time.Hour:
		return text.T(lang, "%d jam lalu", int(d.Hours()))
	}
	return text.T(lang, "%d hari lalu", int(d.Hours()/24))
}

// Mark makes a form one whose fields are saved as they are left.
func Mark(key string, seen int64, version string) Filling {
	n := strconv.FormatInt(seen, 10)
	hidden := func(name, val string) string {
		t := tag{name: "input", attrs: []attr{{"type", "hidden"}, {"name", name}, {"value", val}}}
		return t.String()
	}
	return Filling{Marks: []string{"data-draft", key, "data-seen", n, "data-version", version},
		Inside: hidden("_draft", key) + hidden("_seen", n), After: `<p class="draftline sm muted" hidden></p>`}
}
