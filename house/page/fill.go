package page

import (
	"bytes"
	"html"
	"slices"
	"strings"
)

// Filling is what goes into a form of a page.
type Filling struct {
	Values map[string][]string // replace what the form says of these fields
	Marks  []string            // pairs of attributes for the form itself
	Inside string              // markup behind its opening tag
	Before string              // markup before it
	After  string              // markup at its end
}

// edit replaces a span of the page.
type edit struct {
	at, end int
	text    string
}

// Fill puts what was typed, and what is to be said about it, into the forms of a page. Files, passwords and what the
// form carries hidden stay as they are.
func Fill(page []byte, forms []Form, with []Filling) []byte {
	var all []edit
	opened := map[int]bool{}
	for i := range forms {
		f, w := &forms[i], with[i]
		if len(w.Marks) > 0 || w.Inside != "" || w.Before != "" {
			open := f.open
			open.attrs = slices.Clone(open.attrs)
			for n := 0; n+1 < len(w.Marks); n += 2 {
				open.with(w.Marks[n], w.Marks[n+1], true)
			}
			all = append(all, edit{f.open.at, f.open.end, w.Before + open.String() + w.Inside})
		}
		if w.After != "" && f.end > 0 {
			all = append(all, edit{f.end, f.end, w.After})
		}
		if len(w.Values) > 0 {
			all = append(all, f.fill(w.Values)...)
		}
		if w.Before != "" { // what is said about a form must not lie in a closed part
			for _, d := range f.details {
				if !d.has("open") && !opened[d.at] {
					opened[d.at] = true
					all = append(all, edit{d.end - 1, d.end - 1, " open"})
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b edit) int { return a.at - b.at })
	var out bytes.Buffer
	last := 0
	for _, e := range all {
		if e.at < last { // two edits of one place: the first holds
			continue
		}
		out.Write(page[last:e.at])
		out.WriteString(e.text)
		last = e.end
	}
	out.Write(page[last:])
	return out.Bytes()
}

// fill gives the edits that put values into the controls of their names.
func (f *Form) fill(values map[string][]string) (all []edit) {
	used := map[string]int{}
	for i := range f.controls {
		c := &f.controls[i]
		v, ok := values[c.name]
		if !ok || c.kind == "hidden" {
			continue
		}
		t := c.tag
		t.attrs = slices.Clone(t.attrs)
		switch c.kind {
		case "check", "radio":
			own, _ := c.value()
			t.with("checked", "", slices.Contains(v, own))
			all = append(all, edit{t.at, t.end, t.String()})
		case "select":
			all = append(all, c.choose(v)...)
		default:
			text := ""
			if n := used[c.name]; n < len(v) {
				text = v[n]
			}
			used[c.name]++
			if c.kind == "area" {
				all = append(all, edit{c.from, c.to, "\n" + html.EscapeString(text)})
			} else {
				t.with("value", text, true)
				all = append(all, edit{t.at, t.end, t.String()})
			}
		}
	}
	return all
}

func (c *control) choose(values []string) (all []edit) {
	want := ""
	if len(values) > 0 {
		want = values[0]
	}
	for _, o := range c.options {
		t := o.tag
		t.attrs = slices.Clone(t.attrs)
		t.with("selected", "", o.val == want)
		all = append(all, edit{t.at, t.end, t.String()})
	}
	return all
}

// Lost are the fields of a filling for which the form has no place: rows that it does not draw yet, or a choice that
// is no longer offered.
func (f *Form) Lost(values map[string][]string) (names []string) {
	for name, v := range values {
		if strings.Join(v, "") != "" && !f.holds(name, v) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// draws tells whether the form shows a field of this name.
func (f *Form) draws(name string) bool {
	return slices.ContainsFunc(f.controls, func(c control) bool { return c.name == name && c.kind != "hidden" })
}

func (f *Form) holds(name string, values []string) bool {
	for _, v := range values {
		found := false
		for _, c := range f.controls {
			if c.name != name || c.kind == "hidden" {
				continue
			}
			own, _ := c.value()
			found = found || c.kind == "text" || c.kind == "area" || v == "" || (c.kind == "check" || c.kind == "radio") && own == v ||
				slices.ContainsFunc(c.options, func(o option) bool { return o.val == v })
		}
		if !found {
			return false
		}
	}
	return true
}
