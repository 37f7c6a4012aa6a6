package page

import (
	"fmt"
	"strconv"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/text"
)

// Field is one question of a form: its label, what was typed or is known, and what is wrong with it.
type Field struct {
	Name, Label, Hint string // Label and Hint are Indonesian sentences
	Value             string
	Error             string
	Optional, Inline  bool
	Options           []Option
	Width, Max        int
	Auto, Mode        string
	Today             clock.Day
	within            string // the form that it stands in, where a page asks for the same name in several
	known             string
}

// Option is one answer to choose; Name is shown as it is.
type Option struct{ Value, Name, Hint string }

// Years are answers that are years, written without the point of thousands.
func Years(years ...int) (all []Option) {
	for _, y := range years {
		all = append(all, Option{Value: strconv.Itoa(y), Name: strconv.Itoa(y)})
	}
	return all
}

// WordOptions are answers that are the desk's own words, in the order of their keys.
func WordOptions(l text.Lang, words map[string]text.Word, keys ...string) (all []Option) {
	for _, k := range keys {
		all = append(all, Option{Value: k, Name: text.T(l, string(words[k]))})
	}
	return all
}

// Tick is one box of a list of boxes; Name is shown as it is.
type Tick struct {
	Value, Name string
	On          bool
}

// ID is the element's id.
func (f *Field) ID() string { return "f-" + f.within + strings.ReplaceAll(f.Name, ".", "-") }

// as says in which of several forms of a page a field stands. Only in the form that was sent does it keep what was typed
// and what is wrong with it; in the others it shows what is known, under an id of its own.
func as(form, sent string, f *Field) *Field {
	if form != sent {
		f.within, f.Value, f.Error = form+"-", f.known, ""
	}
	return f
}

// About names the elements that describe the field.
func (f *Field) About() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.ID()+"-hint")
	}
	if f.Error != "" {
		ids = append(ids, f.ID()+"-err")
	}
	return strings.Join(ids, " ")
}

// Size is the width in characters, or none.
func (f *Field) Size() string {
	if f.Width == 0 {
		return ""
	}
	return fmt.Sprintf("max-width:%dch", f.Width+4)
}

// Few tells whether the options fit as buttons.
func (f *Field) Few() bool { return len(f.Options) <= 7 }

// Yesterday is the day before today.
func (f *Field) Yesterday() clock.Day { return f.Today.Add(-1) }

// field makes a field of a view: what was typed wins over what is known.
func field(v *View, name, label string, value any) *Field {
	f := &Field{Name: name, Label: label, Value: shown(v.Lang, value), Today: v.Today(), Max: 500}
	f.known = f.Value
	if typed, ok := v.Typed[name]; ok && len(typed) > 0 {
		f.Value = typed[0]
	}
	for _, e := range v.Errors {
		if e.Name == name {
			f.Error = e.Message
		}
	}
	return f
}

func shown(lang text.Lang, value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case clock.Day:
		if v == "" {
			return ""
		}
		return text.Day(lang, v)
	case bool:
		if v {
			return "true"
		}
		return ""
	case *int64:
		if v == nil {
			return ""
		}
		return fmt.Sprint(*v)
	case int64:
		if v == 0 {
			return ""
		}
	case int:
		if v == 0 {
			return ""
		}
	}
	return fmt.Sprint(value)
}

// Gate is one line of what a step needs: what, whether it is there, and where to put it right.
type Gate struct {
	Done                     bool
	Text, Note, Href, Action string // already translated
}
