package web

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tuntas/house/fail"
)

// several are the values of a name that a form or a query holds more than once.
type several []string

const (
	deepest     = 32 // of nested JSON
	deepestForm = 6  // of a dotted name
)

// parseJSON gives the tree of a body: maps, slices, strings, numbers, booleans, nil. A key that stands
// twice is refused, because one of the two would be lost.
func parseJSON(body []byte) (any, error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return map[string]any{}, nil
	}
	var v any
	err := errors.New("not JSON")
	if utf8.Valid(body) && json.Valid(body) {
		d := json.NewDecoder(bytes.NewReader(body))
		d.UseNumber()
		v, err = jsonValue(d, 0)
	}
	if err != nil {
		return nil, fail.Bad("", "json", "Isi bukan JSON yang benar.")
	}
	return v, nil
}

func jsonValue(d *json.Decoder, depth int) (any, error) {
	if depth > deepest {
		return nil, errors.New("nested too deep")
	}
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch t {
	case json.Delim('{'):
		return jsonObject(d, depth)
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

func jsonObject(d *json.Decoder, depth int) (any, error) {
	m := map[string]any{}
	for d.More() {
		k, err := d.Token()
		if err != nil {
			return nil, err
		}
		name, _ := k.(string)
		if _, twice := m[name]; twice {
			return nil, fmt.Errorf("%s stands twice", clip(name))
		}
		if m[name], err = jsonValue(d, depth+1); err != nil {
			return nil, err
		}
	}
	_, err := d.Token()
	return m, err
}

// formTree makes the same tree of form fields: "goals.0.text" is the text of the first goal. Fields that
// begin with _ are the form's own, and empty ones were not answered.
func formTree(form url.Values) map[string]any {
	root := map[string]any{}
	keys := make([]string, 0, len(form))
	for k := range form {
		if !strings.HasPrefix(k, "_") {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	for _, k := range keys {
		v := given(form[k])
		if v == nil {
			continue
		}
		path := strings.Split(k, ".")
		if len(path) > deepestForm {
			path = []string{k} // no field has such a name: it will be refused
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

// queryTree is the tree of an API query: names have no parts.
func queryTree(query url.Values) map[string]any {
	root := map[string]any{}
	for k, values := range query {
		if v := given(values); v != nil {
			root[k] = v
		} else if _, known := root[k]; !known {
			root[k] = ""
		}
	}
	return root
}

// given is what was answered: one text, several, or nothing.
func given(values []string) any {
	values = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
	switch len(values) {
	case 0:
		return nil
	case 1:
		return values[0]
	}
	return several(values)
}

// numbered gives the lines of a form's list in the order of their numbers.
func numbered(m map[string]any) []line {
	type row struct {
		n int
		line
	}
	var rows []row
	for k, v := range m {
		if n, err := strconv.ParseUint(k, 10, 31); err == nil {
			rows = append(rows, row{int(n), line{k, v}})
		}
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Or(a.n-b.n, strings.Compare(a.name, b.name)) })
	out := make([]line, len(rows))
	for i, r := range rows {
		out[i] = r.line
	}
	return out
}
