package page

import (
	"bytes"
	"html"
	"slices"
	"strings"
)

// markup reads the forms of a page that our own templates drew: html/template has escaped every value and dropped
// every comment, and there is no inline script. What it does not understand it leaves as it is.

// attr is one attribute of a tag; val is the text it stands for.
type attr struct{ name, val string }

// tag is one tag of a page, from at to end.
type tag struct {
	at, end int
	name    string
	close   bool
	attrs   []attr
}

func (t *tag) get(name string) string {
	for _, a := range t.attrs {
		if a.name == name {
			return a.val
		}
	}
	return ""
}

func (t *tag) has(name string) bool {
	return slices.ContainsFunc(t.attrs, func(a attr) bool { return a.name == name })
}

// with gives the tag anew, an attribute set, or taken away when keep is false.
func (t *tag) with(name, val string, keep bool) {
	t.attrs = slices.DeleteFunc(t.attrs, func(a attr) bool { return a.name == name })
	if keep {
		t.attrs = append(t.attrs, attr{name, val})
	}
}

func (t *tag) String() string {
	var b strings.Builder
	b.WriteString("<" + t.name)
	for _, a := range t.attrs {
		b.WriteString(" " + a.name + `="` + html.EscapeString(a.val) + `"`)
	}
	b.WriteString(">")
	return b.String()
}

const space = " \t\r\n\f"

// nextTag finds the next tag at or after from.
func nextTag(page []byte, from int) (tag, bool) {
	for {
		n := bytes.IndexByte(page[from:], '<')
		if n < 0 || from+n+1 >= len(page) {
			return tag{}, false
		}
		from += n
		t := tag{at: from}
		i := from + 1
		if page[i] == '/' {
			t.close = true
			i++
		}
		start := i
		for i < len(page) && (page[i] >= 'a' && page[i] <= 'z' || i > start && page[i] >= '0' && page[i] <= '9') {
			i++
		}
		t.name = string(page[start:i])
		if t.name != "" && t.read(page, i) {
			return t, true
		}
		from++
	}
}

// read reads the attributes up to the end of the tag.
func (t *tag) read(page []byte, i int) bool {
	for i < len(page) {
		for i < len(page) && strings.IndexByte(space+"/", page[i]) >= 0 {
			i++
		}
		if i >= len(page) {
			return false
		}
		if page[i] == '>' {
			t.end = i + 1
			return true
		}
		start := i
		for i < len(page) && strings.IndexByte(space+"=>", page[i]) < 0 {
			i++
		}
		a := attr{name: string(page[start:i])}
		if i < len(page) && page[i] == '=' {
			var ok bool
			if a.val, i, ok = attrValue(page, i+1); !ok {
				return false
			}
		}
		if a.name == "" {
			return false
		}
		t.attrs = append(t.attrs, a)
	}
	return false
}

func attrValue(page []byte, i int) (string, int, bool) {
	if i >= len(page) {
		return "", i, false
	}
	if q := page[i]; q == '"' || q == '\'' {
		n := bytes.IndexByte(page[i+1:], q)
		if n < 0 {
			return "", i, false
		}
		return html.UnescapeString(string(page[i+1 : i+1+n])), i + n + 2, true
	}
	start := i
	for i < len(page) && strings.IndexByte(space+">", page[i]) < 0 {
		i++
	}
	return html.UnescapeString(string(page[start:i])), i, true
}
