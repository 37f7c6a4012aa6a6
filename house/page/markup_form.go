package page

import (
	"bytes"
	"html"
	"net/url"
	"slices"
	"strings"
)

// control is one thing of a form that takes an answer.
type control struct {
	tag      tag
	kind     string // text, area, select, check, radio, hidden
	name     string
	from, to int // what lies inside a textarea or select
	options  []option
	word     string // what a box or a button is called; what stands in a textarea
	legend   string
}

type option struct {
	tag  tag
	val  string
	word string
}

// Form is one form of a page that sends something.
type Form struct {
	Action   string
	open     tag
	end      int   // where its closing tag begins
	details  []tag // closed parts of the page that it lies in
	controls []control
	labels   map[string]string
}

// Forms gives the forms of a page that are sent with post; own is where a form without an action goes.
func Forms(page []byte, own string) []Form {
	var all []Form
	if !bytes.Contains(page, []byte(`method="post"`)) {
		return nil
	}
	var details []tag
	for at := 0; ; {
		t, ok := nextTag(page, at)
		if !ok {
			return all
		}
		at = t.end
		switch {
		case t.name == "details" && !t.close:
			details = append(details, t)
		case t.name == "details" && len(details) > 0:
			details = details[:len(details)-1]
		case t.name == "form" && !t.close && t.get("method") == "post":
			f := Form{Action: t.get("action"), open: t, details: slices.Clone(details), labels: map[string]string{}}
			if f.Action == "" {
				f.Action = own
			}
			at = f.read(page, t.end)
			all = append(all, f)
		}
	}
}

// read takes the controls of a form; it gives where the form ends.
func (f *Form) read(page []byte, at int) int {
	legend := ""
	for {
		t, ok := nextTag(page, at)
		if !ok {
			return len(page)
		}
		at = t.end
		if t.close {
			if t.name == "form" {
				f.end = t.at
				return at
			}
			continue
		}
		switch t.name {
		case "legend":
			legend = plainWords(page, t.end, "</legend>")
		case "label":
			if id := t.get("for"); id != "" {
				f.labels[id] = plainWords(page, t.end, "</label>")
			}
		case "details":
			f.details = append(f.details, t)
		case "input":
			f.input(page, t, legend)
		case "textarea", "select":
			at = f.wide(page, t, legend)
		}
	}
}

func (f *Form) input(page []byte, t tag, legend string) {
	c := control{tag: t, name: t.get("name"), legend: legend}
	switch kind := t.get("type"); kind {
	case "hidden":
		c.kind = kind
	case "checkbox", "radio":
		c.kind = strings.TrimSuffix(kind, "box")
		c.word = plainWords(page, t.end, "</label>")
	case "", "text", "search", "email", "tel", "number", "date", "url", "datetime-local", "month", "time":
		c.kind = "text"
	}
	if c.kind != "" && c.name != "" {
		f.controls = append(f.controls, c)
	}
}

// wide takes a control that has something inside; it gives where it ends.
func (f *Form) wide(page []byte, t tag, legend string) int {
	stop := []byte("</" + t.name + ">")
	n := bytes.Index(page[t.end:], stop)
	if n < 0 {
		return len(page)
	}
	c := control{tag: t, kind: "area", name: t.get("name"), from: t.end, to: t.end + n, legend: legend}
	if t.name == "select" {
		c.kind = "select"
		for at := c.from; ; {
			o, ok := nextTag(page, at)
			if !ok || o.at >= c.to {
				break
			}
			if at = o.end; o.name == "option" && !o.close {
				word := plainWords(page, o.end, "</option>")
				val := word
				if o.has("value") {
					val = o.get("value")
				}
				c.options = append(c.options, option{o, val, word})
			}
		}
	} else {
		inside := strings.TrimPrefix(string(page[c.from:c.to]), "\n")
		c.word = html.UnescapeString(inside)
	}
	if c.name != "" && !t.has("hidden") {
		f.controls = append(f.controls, c)
	}
	return c.to + len(stop)
}

// plainWords gives the text up to a closing tag, without tags, hints and notes in small print.
func plainWords(page []byte, from int, stop string) string {
	n := bytes.Index(page[from:], []byte(stop))
	if n < 0 {
		return ""
	}
	var b strings.Builder
	small := false
	for at, end := from, from+n; at < end; {
		t, ok := nextTag(page, at)
		if !ok || t.at >= end {
			if !small {
				b.Write(page[at:end])
			}
			break
		}
		if !small {
			b.Write(page[at:t.at])
		}
		if t.name == "small" || t.name == "span" && strings.Contains(t.get("class"), "muted") {
			small = true
		} else if t.close {
			small = false
		}
		at = t.end
	}
	return strings.Join(strings.Fields(html.UnescapeString(b.String())), " ")
}

// apart are the fields of our own that do not tell two forms of one address apart.
var apart = []string{"_key", "_version", "_next", "_case", "_confirmed", "_draft", "_seen"}

// Key names the form among all forms: where it is sent, and what it carries that tells two of them apart, as the
// person of a new case or the section of an assessment.
func (f *Form) Key() string {
	carried := url.Values{}
	for _, c := range f.controls {
		if c.kind == "hidden" && !strings.Contains(c.name, ".") && !slices.Contains(apart, c.name) && c.tag.get("value") != "" {
			carried.Set(c.name, c.tag.get("value"))
		}
	}
	if len(carried) == 0 {
		return f.Action
	}
	return f.Action + "?" + carried.Encode()
}

// Asks tells whether somebody can answer something in the form.
func (f *Form) Asks() bool {
	return slices.ContainsFunc(f.controls, func(c control) bool { return c.kind != "hidden" })
}

// Version is that of the record on which the form was opened; "" when it changes none.
func (f *Form) Version() string {
	for _, c := range f.controls {
		if c.kind == "hidden" && c.name == "_version" {
			return c.tag.get("value")
		}
	}
	return ""
}

// Values are what the form would send as it stands.
func (f *Form) Values() url.Values {
	all := url.Values{}
	for _, c := range f.controls {
		if v, on := c.value(); on {
			all.Add(c.name, v)
		}
	}
	return all
}

func (c *control) value() (v string, on bool) {
	switch c.kind {
	case "check", "radio":
		v = "on"
		if c.tag.has("value") {
			v = c.tag.get("value")
		}
		return v, c.tag.has("checked")
	case "area":
		return c.word, true
	case "select":
		if len(c.options) == 0 {
			return "", false
		}
		chosen := c.options[0].val
		for _, o := range c.options {
			if o.tag.has("selected") {
				chosen = o.val
			}
		}
		return chosen, true
	}
	return c.tag.get("value"), true
}

// label is what a field is called on the page.
func (f *Form) label(name string) string {
	for _, c := range f.controls {
		if c.name != name || c.kind == "hidden" {
			continue
		}
		if l := f.labels[c.tag.get("id")]; l != "" && c.kind != "radio" {
			return l
		}
		if c.legend != "" && c.kind == "radio" {
			return c.legend
		}
	}
	return ""
}

// first is the id of the first field that can be reached.
func (f *Form) first() string {
	for _, c := range f.controls {
		if id := c.tag.get("id"); c.kind != "hidden" && id != "" {
			return id
		}
	}
	return ""
}

// said gives values as the page says them: the word of a choice, not its key.
func (f *Form) said(name string, values []string) string {
	var all []string
	for _, v := range values {
		for _, c := range f.controls {
			if c.name != name {
				continue
			}
			for _, o := range c.options {
				if o.val == v && v != "" {
					v = o.word
				}
			}
			if own, _ := c.value(); (c.kind == "radio" || c.kind == "check") && own == v && c.word != "" {
				v = c.word
			}
		}
		if v != "" {
			all = append(all, v)
		}
	}
	return strings.Join(all, ", ")
}
