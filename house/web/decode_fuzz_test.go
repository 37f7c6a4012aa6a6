package web

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"tuntas/house/fail"
)

func FuzzDecode(f *testing.F) {
	for _, s := range []string{`{"name":"Budi","list":[{"text":"a","size":3}],"open":{"a":[1,"b"]}}`, `{"one":{"text":null},"day":"2026-11-24"}`, `[[[]]]`, `{"a":1,"a":2}`,
		`{"name":"\ud800","count":1e309}`, "\x00", `{"at":"2026-11-24T10:00:00+07:00","ref":"0CNVK5SC6NSC4"}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var into everything
		tree, err := parseJSON(body)
		if err == nil {
			err = decode(tree, &into, inJSON, someDay)
		}
		var invalid *fail.Invalid
		if err != nil && !errors.As(err, &invalid) {
			t.Fatalf("%v", err)
		}
		if err == nil {
			sane(t, into)
		}
	})
}

func FuzzForm(f *testing.F) {
	for _, s := range []string{"name=Budi&list.0.text=a", "list.9999999999999.text=a", "a.b.c.d.e.f=1", "name=%00", "day=4+nov&count=1.234,5", "..=1", "list.=x&list..text=y",
		"open.a.0=1&open.a=2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		form, err := url.ParseQuery(query)
		if err != nil || clean(form) != nil {
			return
		}
		for _, m := range []manner{typedByPeople, inQuery} {
			var into everything
			tree := formTree(form)
			if m == inQuery {
				tree = queryTree(form)
			}
			err := decode(tree, &into, m, someDay)
			var invalid *fail.Invalid
			if err != nil && !errors.As(err, &invalid) {
				t.Fatalf("%v", err)
			}
			if err == nil {
				sane(t, into)
			}
		}
	})
}

// sane checks what an accepted input promises to the desks.
func sane(t *testing.T, e everything) {
	t.Helper()
	if e.Name == "" || len([]rune(e.Name)) > 5 || strings.ContainsRune(e.Name, 0) {
		t.Fatalf("name %q", e.Name)
	}
	if e.Day != "" && !e.Day.Valid() {
		t.Fatalf("day %q", e.Day)
	}
	if e.Choice != "" && e.Choice != "red" && e.Choice != "green" || e.Count < 0 || e.Count > 100 {
		t.Fatalf("%+v", e)
	}
	for _, l := range e.List {
		if l.Text == "" {
			t.Fatalf("%+v", e.List)
		}
	}
}
