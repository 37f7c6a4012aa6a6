package web

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
)

// manner is how values come: typed in a form as people write, as plain text in a query, or in JSON.
type manner int

const (
	inJSON manner = iota
	inQuery
	typedByPeople
)

const (
	mostWrong = 100 // more says no more
	mostLines = 500
	usualText = 500
	openText  = 4000 // of one text in a part that is kept as it came
)

// decoder fills structs from a tree and collects all that is wrong.
type decoder struct {
	manner manner
	today  clock.Day
	wrong  fail.Fields
}

// decode fills the struct that into points to. Tags: json or query names a field; required, ask (the
// sentence when it is missing), minLength, maxLength, enum, pattern, minimum and maximum check it.
func decode(tree, into any, m manner, today clock.Day) error {
	d := &decoder{manner: m, today: today}
	d.object(tree, reflect.ValueOf(into).Elem(), "")
	return d.wrong.Err()
}

func (d *decoder) bad(path, code, sentence string, args ...any) {
	if len(d.wrong) < mostWrong {
		d.wrong.Add(path, code, sentence, args...)
	}
}

var (
	dayType  = reflect.TypeFor[clock.Day]()
	idType   = reflect.TypeFor[id.ID]()
	timeType = reflect.TypeFor[time.Time]()
)

func (d *decoder) value(tree any, v reflect.Value, path string, tag reflect.StructTag) {
	if tree == nil {
		v.SetZero()
		return
	}
	if d.manner == inQuery && tree == "" { // a filter that was left empty
		return
	}
	if values, ok := tree.(several); ok && v.Kind() != reflect.Slice && v.Kind() != reflect.Interface {
		if d.manner == inQuery {
			d.bad(path, "twice", "Isian ini ditulis dua kali.")
			return
		}
		tree = values[0]
	}
	switch v.Type() {
	case dayType:
		d.day(tree, v, path)
		return
	case idType:
		d.id(tree, v, path)
		return
	case timeType:
		d.moment(tree, v, path)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if s, ok := tree.(string); ok && strings.TrimSpace(s) == "" && tag.Get("enum") != "" {
			return // a choice that was left blank changes nothing
		}
		p := reflect.New(v.Type().Elem())
		if !v.IsNil() { // a merge patch changes what is there
			p.Elem().Set(v.Elem())
		}
		d.value(tree, p.Elem(), path, tag)
		v.Set(p)
	case reflect.Struct:
		d.object(tree, v, path)
	case reflect.Slice:
		d.list(tree, v, path, tag)
	case reflect.Map, reflect.Interface:
		d.open(tree, v, path)
	case reflect.String:
		d.text(tree, v, path, tag)
	case reflect.Bool:
		d.boolean(tree, v, path)
	case reflect.Int, reflect.Int64, reflect.Float64:
		d.number(tree, v, path, tag)
	default:
		d.bad(path, "type", "Isian ini tidak dikenal.")
	}
}

func (d *decoder) object(tree any, v reflect.Value, path string) {
	m, ok := tree.(map[string]any)
	if !ok {
		d.bad(path, "type", "Isian ini harus berupa kumpulan isian bernama.")
		return
	}
	known := map[string]bool{}
	d.fields(m, v, path, known)
	var strange []string
	for k := range m {
		if !known[k] {
			strange = append(strange, clip(k))
		}
	}
	slices.Sort(strange)
	for _, k := range strange {
		d.bad(join(path, k), "unknown", "Isian %s tidak dikenal.", k)
	}
}

func (d *decoder) fields(m map[string]any, v reflect.Value, path string, known map[string]bool) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Anonymous && f.Type.Kind() == reflect.Struct {
			d.fields(m, v.Field(i), path, known)
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" {
			name = f.Tag.Get("query")
		}
		if name == "" || name == "-" || !f.IsExported() {
			continue
		}
		known[name] = true
		before := len(d.wrong)
		tree, given := m[name]
		if given {
			d.value(tree, v.Field(i), join(path, name), f.Tag)
		}
		if f.Tag.Get("required") == "true" && len(d.wrong) == before && lacks(v.Field(i), tree) {
			say := f.Tag.Get("ask")
			if say == "" {
				say = "Isian ini perlu diisi."
			}
			d.bad(join(path, name), "required", say)
		}
	}
}

// lacks tells whether a needed field is missing. A given 0 or false is an answer.
func lacks(v reflect.Value, tree any) bool {
	switch v.Kind() {
	case reflect.Bool, reflect.Int, reflect.Float64:
		return v.IsZero() && tree == nil
	case reflect.Int64:
		return v.IsZero() && (tree == nil || v.Type() == idType)
	case reflect.Slice:
		return v.Len() == 0
	}
	return v.IsZero()
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// line is one entry of a list under the number it was sent with, so that an error finds its row.
type line struct {
	name string
	tree any
}

func (d *decoder) list(tree any, v reflect.Value, path string, tag reflect.StructTag) {
	lines, ok := d.lines(tree, path)
	if !ok {
		d.bad(path, "type", "Isian ini harus berupa daftar.")
		return
	}
	if len(lines) > mostLines {
		d.bad(path, "too-many", "Paling banyak 500 baris.")
		return
	}
	out := reflect.MakeSlice(v.Type(), len(lines), len(lines))
	for i, l := range lines {
		if at := join(path, l.name); l.tree == nil {
			d.bad(at, "required", "Isian ini perlu diisi.")
		} else {
			d.value(l.tree, out.Index(i), at, tag)
		}
	}
	v.Set(out)
}

func (d *decoder) lines(tree any, path string) (out []line, ok bool) {
	switch t := tree.(type) {
	case []any:
		for i, e := range t {
			out = append(out, line{strconv.Itoa(i), e})
		}
		return out, true
	case several:
		for i, e := range t {
			out = append(out, line{strconv.Itoa(i), e})
		}
		return out, d.manner != inJSON
	case string:
		return []line{{"0", t}}, d.manner != inJSON
	case map[string]any:
		for k := range t {
			if _, err := strconv.ParseUint(k, 10, 31); err != nil && d.manner == typedByPeople {
				d.bad(join(path, clip(k)), "unknown", "Isian %s tidak dikenal.", clip(k))
			}
		}
		return numbered(t), d.manner == typedByPeople
	}
	return nil, false
}

// open keeps a part of the tree as it is: answers to a questionnaire, which forms check themselves.
func (d *decoder) open(tree any, v reflect.Value, path string) {
	before := len(d.wrong)
	tree = d.plain(tree, path)
	if len(d.wrong) > before {
		return
	}
	if v.Kind() == reflect.Interface {
		v.Set(reflect.ValueOf(tree))
		return
	}
	m, ok := tree.(map[string]any)
	if !ok || v.Type().Elem().Kind() != reflect.Interface {
		d.bad(path, "type", "Isian ini harus berupa kumpulan isian bernama.")
		return
	}
	v.Set(reflect.ValueOf(m))
}

// plain checks that an open part holds text that can be kept.
func (d *decoder) plain(tree any, path string) any {
	switch t := tree.(type) {
	case string:
		d.readable(t, path, openText)
	case several:
		return d.plain(t[0], path)
	case []any:
		for i, e := range t {
			t[i] = d.plain(e, join(path, strconv.Itoa(i)))
		}
	case map[string]any:
		for k, e := range t {
			if !isText(k) || len(k) > 200 {
				d.bad(path, "characters", "Isian ini berisi huruf yang tidak terbaca.")
				continue
			}
			t[k] = d.plain(e, join(path, k))
		}
	}
	return tree
}
