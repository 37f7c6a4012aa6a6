package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/text"
)

// parseJSON gives the tree of a body: maps, slices, strings, numbers, booleans, nil. A key that stands
// twice is refused, because one of the two would be lost.
func parseJSON(body []byte) (any, error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return map[string]any{}, nil
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	v, err := jsonValue(d, 0)
	if err == nil {
		if _, extra := d.Token(); !errors.Is(extra, io.EOF) {
			err = errors.New("more than one value")
		}
	}
	if err != nil || !utf8.Valid(body) {
		return nil, fail.Bad("", "json", "Isi bukan JSON yang benar.")
	}
	return v, nil
}

func jsonValue(d *json.Decoder, depth int) (any, error) {
	t, err := d.Token()
	if err != nil || depth > 32 {
		return nil, errors.Join(err, errDepth(depth))
	}
	switch t {
	case json.Delim('{'):
		m := map[string]any{}
		for d.More() {
			k, err := d.Token()
			if err != nil {
				return nil, err
			}
			name := k.(string)
			if _, twice := m[name]; twice {
				return nil, fmt.Errorf("%s stands twice", name)
			}
			if m[name], err = jsonValue(d, depth+1); err != nil {
				return nil, err
			}
		}
		_, err = d.Token()
		return m, err
	case json.Delim('['):
		list := []any{}
		for d.More() {
			v, err := jsonValue(d, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err = d.Token()
		return list, err
	}
	return t, nil
}

func errDepth(depth int) error {
	if depth > 32 {
		return errors.New("nested too deep")
	}
	return nil
}

// formTree makes the same tree of form fields: "goals.0.text" is the text of the first goal. Fields that
// begin with _ are the form's own.
func formTree(form url.Values) map[string]any {
	root := map[string]any{}
	keys := make([]string, 0, len(form))
	for k := range form {
		if !strings.HasPrefix(k, "_") {
			keys = append(keys, k)
		}
	}
	sort.Strings(keys)
	for _, k := range keys {
		v := form.Get(k)
		path := strings.Split(k, ".")
		if v == "" || len(path) > 6 {
			continue
		}
		at := root
		for _, step := range path[:len(path)-1] {
			next, ok := at[step].(map[string]any)
			if !ok {
				next = map[string]any{}
				at[step] = next
			}
			at = next
		}
		at[path[len(path)-1]] = v
	}
	return root
}

// decoder fills structs from a tree and collects all that is wrong.
type decoder struct {
	form  bool
	today clock.Day
	wrong fail.Fields
}

func decode(tree, into any, today clock.Day, form bool) error {
	d := &decoder{form: form, today: today}
	d.value(tree, reflect.ValueOf(into).Elem(), "", "")
	return d.wrong.Err()
}

func (d *decoder) bad(path, code, sentence string, args ...any) {
	d.wrong.Add(path, code, sentence, args...)
}

var (
	dayType = reflect.TypeFor[clock.Day]()
	idType  = reflect.TypeFor[id.ID]()
)

func (d *decoder) value(tree any, v reflect.Value, path string, tag reflect.StructTag) {
	if v.Kind() == reflect.Pointer {
		if tree == nil {
			v.SetZero()
			return
		}
		p := reflect.New(v.Type().Elem())
		d.value(tree, p.Elem(), path, tag)
		v.Set(p)
		return
	}
	if tree == nil {
		v.SetZero()
		return
	}
	switch {
	case v.Type() == dayType:
		d.day(tree, v, path)
		return
	case v.Type() == idType:
		s, _ := tree.(string)
		i, ok := id.Parse(s)
		if !ok && s != "" || s == "" && tree != "" {
			d.bad(path, "id", "Isian ini bukan pengenal yang benar.")
			return
		}
		v.SetInt(int64(i))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.object(tree, v, path)
	case reflect.Slice:
		d.list(tree, v, path)
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
	names := make([]string, 0, len(m))
	for k := range m {
		if !known[k] {
			names = append(names, k)
		}
	}
	sort.Strings(names)
	for _, k := range names {
		d.bad(join(path, k), "unknown", "Isian %s tidak dikenal.", k)
	}
}

func (d *decoder) fields(m map[string]any, v reflect.Value, path string, known map[string]bool) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Anonymous {
			d.fields(m, v.Field(i), path, known)
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" {
			name = f.Tag.Get("query")
		}
		if name == "" || name == "-" {
			continue
		}
		known[name] = true
		at := join(path, name)
		tree, given := m[name]
		before := len(d.wrong)
		if given {
			d.value(tree, v.Field(i), at, f.Tag)
		}
		if f.Tag.Get("required") == "true" && len(d.wrong) == before && v.Field(i).IsZero() {
			say := f.Tag.Get("ask")
			if say == "" {
				say = "Isian ini perlu diisi."
			}
			d.bad(at, "required", say)
		}
	}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func (d *decoder) list(tree any, v reflect.Value, path string) {
	list, ok := tree.([]any)
	if m, isMap := tree.(map[string]any); isMap && d.form {
		list, ok = numbered(m), true
	}
	if !ok {
		d.bad(path, "type", "Isian ini harus berupa daftar.")
		return
	}
	if len(list) > 500 {
		d.bad(path, "too-many", "Paling banyak 500 baris.")
		return
	}
	out := reflect.MakeSlice(v.Type(), len(list), len(list))
	for i, t := range list {
		d.value(t, out.Index(i), join(path, strconv.Itoa(i)), "")
	}
	v.Set(out)
}

// numbered gives the lines of a form's list in the order of their numbers.
func numbered(m map[string]any) []any {
	var keys []int
	for k := range m {
		if n, err := strconv.Atoi(k); err == nil {
			keys = append(keys, n)
		}
	}
	sort.Ints(keys)
	out := make([]any, len(keys))
	for i, n := range keys {
		out[i] = m[strconv.Itoa(n)]
	}
	return out
}

// open keeps a part of the tree as it is: answers to a questionnaire, which forms check themselves.
func (d *decoder) open(tree any, v reflect.Value, path string) {
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

func (d *decoder) text(tree any, v reflect.Value, path string, tag reflect.StructTag) {
	s, ok := tree.(string)
	if !ok {
		d.bad(path, "type", "Isian ini harus berupa teks.")
		return
	}
	s = strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
	if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
		d.bad(path, "characters", "Isian ini berisi huruf yang tidak terbaca.")
		return
	}
	most := 500
	if n, err := strconv.Atoi(tag.Get("maxLength")); err == nil {
		most = n
	}
	if utf8.RuneCountInString(s) > most {
		d.bad(path, "too-long", "Paling panjang %d huruf.", most)
		return
	}
	if enum := tag.Get("enum"); enum != "" && s != "" && !contains(enum, s) {
		d.bad(path, "choice", "Pilih salah satu dari daftar.")
		return
	}
	v.SetString(s)
}

func contains(enum, s string) bool {
	for e := range strings.SplitSeq(enum, ",") {
		if e == s {
			return true
		}
	}
	return false
}

func (d *decoder) boolean(tree any, v reflect.Value, path string) {
	switch t := tree.(type) {
	case bool:
		v.SetBool(t)
		return
	case string:
		if d.form && (t == "true" || t == "false" || t == "on") {
			v.SetBool(t != "false")
			return
		}
	}
	d.bad(path, "type", "Isian ini harus ya atau tidak.")
}

func (d *decoder) number(tree any, v reflect.Value, path string, tag reflect.StructTag) {
	var f float64
	var err error
	switch t := tree.(type) {
	case json.Number:
		f, err = strconv.ParseFloat(string(t), 64)
	case string:
		if err = errors.New("text"); d.form {
			f, err = text.ParseNumber(t)
		}
	default:
		err = errors.New("no number")
	}
	if err != nil || v.Kind() != reflect.Float64 && f != float64(int64(f)) || f > 1e15 || f < -1e15 {
		d.bad(path, "number", "Tulis sebuah angka.")
		return
	}
	if low, err := strconv.ParseFloat(tag.Get("minimum"), 64); err == nil && f < low {
		d.bad(path, "too-small", "Paling kecil %s.", tag.Get("minimum"))
		return
	}
	if high, err := strconv.ParseFloat(tag.Get("maximum"), 64); err == nil && f > high {
		d.bad(path, "too-large", "Paling besar %s.", tag.Get("maximum"))
		return
	}
	if v.Kind() == reflect.Float64 {
		v.SetFloat(f)
	} else {
		v.SetInt(int64(f))
	}
}

func (d *decoder) day(tree any, v reflect.Value, path string) {
	s, ok := tree.(string)
	if !ok {
		d.bad(path, "type", "Tulis tanggal, misalnya 4 November 2020.")
		return
	}
	day, err := clock.ParseDay(s)
	if err != nil && d.form {
		day, err = text.ParseDay(s, d.today)
	}
	var why text.DayError
	switch {
	case s == "":
		return
	case errors.As(err, &why) && why.Code == "impossible":
		d.bad(path, "impossible-date", "Tanggal %s tidak ada. Periksa hari dan bulannya.", clip(s))
	case err != nil:
		d.bad(path, "date", "Tanggal %s tidak terbaca. Tulis misalnya 4 November 2020.", clip(s))
	default:
		v.SetString(string(day))
	}
}

func clip(s string) string {
	if len(s) > 40 {
		return strings.ToValidUTF8(s[:40], "") + "…"
	}
	return s
}
