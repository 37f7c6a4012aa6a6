package page

import (
	"encoding/json"
	"fmt"
	"html/template"
	"strings"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/text"
)

// names are lookups of official names that the program gives at start: "regionname", "kindname" and so on.
var names = map[string]func(lang text.Lang, key string) string{}

// Lookup adds a template function that turns a key into its official name. Call it before New.
func Lookup(name string, find func(lang text.Lang, key string) string) bool {
	names[name] = find
	return true
}

// funcs are the functions of templates, bound to a language.
func funcs(lang text.Lang) template.FuncMap {
	all := plainFuncs(lang)
	for name, find := range names {
		all[name] = func(key string) string { return find(lang, key) }
	}
	return all
}

func plainFuncs(lang text.Lang) template.FuncMap {
	return template.FuncMap{
		"lang":    func() string { return string(lang) },
		"t":       func(s string, args ...any) string { return text.T(lang, s, args...) },
		"say":     func(s fail.Saying) string { return text.Say(lang, s) },
		"day":     func(d clock.Day) string { return text.Day(lang, d) },
		"short":   func(d clock.Day) string { return text.DayShort(lang, d) },
		"long":    func(d clock.Day) string { return text.DayLong(lang, d) },
		"rel":     func(d, today clock.Day) string { return text.Relative(lang, d, today) },
		"days":    func(a, b clock.Day) int { return a.Sub(b) },
		"at":      func(t time.Time) string { return text.Moment(lang, t) },
		"clock":   func(t time.Time) string { return text.Time(lang, t) },
		"dayof":   clock.DayOf,
		"decimal": func(v float64, places int) string { return text.Decimal(lang, v, places) },
		"month":   func(m string) string { return text.MonthName(lang, m) },
		"num":     func(n any) string { return text.Number(lang, whole(n)) },
		"qty":     func(f float64) string { return text.Quantity(lang, f) },
		"pct":     func(a, b any) string { return text.Percent(lang, whole(a), whole(b)) },
		"money":   func(n int64) string { return text.Money(lang, n) },
		"icon": func(name string) template.HTML {
			return template.HTML(`<svg class="i" aria-hidden="true"><use href="` + spriteURL + `#` + template.HTMLEscapeString(name) + `"/></svg>`)
		},
		"asset":    Asset,
		"chip":     func(kind, sentence string, args ...any) Chip { return Chip{kind, text.T(lang, sentence, args...)} },
		"due":      func(d, today clock.Day) *Chip { return Due(lang, d, today) },
		"list":     func(v ...any) []any { return v },
		"dict":     dict,
		"field":    field,
		"hint":     func(s string, f *Field) *Field { f.Hint = s; return f },
		"optional": func(f *Field) *Field { f.Optional = true; return f },
		"kop":      func(unit string) Kop { return Kop{Unit: unit} },
		"options":  func(o []Option, f *Field) *Field { f.Options = o; return f },
		"width":    func(n int, f *Field) *Field { f.Width = n; return f },
		"auto":     func(s string, f *Field) *Field { f.Auto = s; return f },
		"mode":     func(s string, f *Field) *Field { f.Mode = s; return f },
		"as":       as,
		"inline":   func(f *Field) *Field { f.Inline = true; return f },
		"maxlen":   func(n int, f *Field) *Field { f.Max = n; return f },
		"rel7":     func(reached int, half bool, small bool) Rail { return NewRail(lang, reached, half, small) },
		"steps":    func(p []Point, label string) template.HTML { return Steps(lang, p, label) },
		"levels":   levels,
		"seq":      seq,
		"json":     func(v any) string { b, _ := json.Marshal(v); return string(b) },
		"join":     strings.Join,
		"sexes": func() []Option {
			return []Option{{Value: "female", Name: upperFirst(text.T(lang, "perempuan"))}, {Value: "male", Name: upperFirst(text.T(lang, "laki-laki"))},
				{Value: "unknown", Name: text.T(lang, "Belum diketahui")}}
		},
		"add": func(a, b int) int { return a + b },
	}
}

// Kop is the head of an official page on paper: whose it is.
type Kop struct{ Unit string }

// Chip is a state: icon, word and colour.
type Chip struct{ Kind, Word string }

// Icon is the icon of the chip's kind.
func (c Chip) Icon() string {
	return map[string]string{"ok": "circle-check", "warn": "clock-exclamation", "bad": "alert-octagon", "info": "info-circle",
		"none": "circle-dashed", "lock": "lock"}[c.Kind]
}

// Due says how late a day is; nothing when it is more than two weeks off.
func Due(lang text.Lang, d, today clock.Day) *Chip {
	if d == "" {
		return nil
	}
	switch n := d.Sub(today); {
	case n < 0:
		return &Chip{"bad", text.T(lang, "Terlambat %d hari", -n)}
	case n == 0:
		return &Chip{"warn", text.T(lang, "Jatuh tempo hari ini")}
	case n <= 14:
		return &Chip{"warn", text.T(lang, "Jatuh tempo %d hari lagi", n)}
	}
	return nil
}

func whole(n any) int64 {
	switch n := n.(type) {
	case int:
		return int64(n)
	case int64:
		return n
	case *int64:
		if n != nil {
			return *n
		}
	}
	return 0
}

func dict(kv ...any) (map[string]any, error) {
	m := map[string]any{}
	for i := 0; i+1 < len(kv); i += 2 {
		k, ok := kv[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: %v is no name", kv[i])
		}
		m[k] = kv[i+1]
	}
	return m, nil
}

func seq(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
