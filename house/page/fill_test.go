package page

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

const formPage = `<p>a &lt; b</p><form method="get" action="/search"><input name="q"></form>
<details class="pop"><summary>Lain</summary><form method="post" action="/cases/1/notes" class="stack"><input type="hidden" name="_key" value="k"><input type="hidden" name="_version" value="3"><input type="hidden" name="stage" value="b">
<label for="f-on">Tanggal <span class="muted">(opsional)</span></label><input type="text" id="f-on" name="on" value="1 &amp; 2">
<fieldset><legend>Jenis <b>catatan</b></legend><label><input type="radio" name="kind" value="a" checked><span>Satu<small>kecil</small></span></label><label><input type="radio" name="kind" value="b"><span>Dua</span></label></fieldset>
<input type="checkbox" name="who" value="x" checked><input type="checkbox" name="who" value="y"><input type="password" name="password"><input type="file" name="file">
<label for="f-text">Isi</label><textarea id="f-text" name="text" rows="2">lama</textarea>
<select name="domain"><option value="">Pilih</option><option value="h" selected>Kesehatan</option><option value="f">Keluarga</option></select>
<button name="_do" value="save">Simpan</button></form></details><form method="post"><input name="list"><input name="list"></form>`

func onlyForms(t *testing.T, text string) []Form {
	t.Helper()
	all := Forms([]byte(text), "/own")
	if len(all) != 2 {
		t.Fatalf("%d forms", len(all))
	}
	return all
}

// A form is read as a browser reads it.
func TestForms(t *testing.T) {
	t.Parallel()
	all := onlyForms(t, formPage)
	f := all[0]
	if f.Key() != "/cases/1/notes?stage=b" || f.Version() != "3" || !f.Asks() || all[1].Key() != "/own" {
		t.Errorf("%q %q %q", f.Key(), f.Version(), all[1].Key())
	}
	got := f.Values()
	for name, want := range map[string]string{"on": "1 & 2", "kind": "a", "who": "x", "text": "lama", "domain": "h", "stage": "b"} {
		if got.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, got.Get(name), want)
		}
	}
	if got.Has("password") || got.Has("file") {
		t.Error("a secret or a file is read")
	}
	for name, want := range map[string]string{"on": "Tanggal", "kind": "Jenis catatan", "text": "Isi", "password": ""} {
		if l := f.label(name); l != want {
			t.Errorf("%s is called %q, want %q", name, l, want)
		}
	}
	if s := f.said("kind", []string{"a"}) + "," + f.said("domain", []string{"f"}); s != "Satu,Keluarga" {
		t.Errorf("said as %s", s)
	}
}

// What is put into a form is there when it is read again, whatever it holds, and the rest of the page stays.
func TestFill(t *testing.T) {
	t.Parallel()
	nasty := "</textarea>\"'<script>alert(1)</script>&lt;\n baris"
	put := map[string][]string{"on": {nasty}, "kind": {"b"}, "who": {"x", "y"}, "text": {"\n" + nasty}, "domain": {"f"}, "password": {"p"}, "stage": {"z"}, "list": {"1", "2"}}
	all := onlyForms(t, formPage)
	out := string(Fill([]byte(formPage), all, []Filling{{Values: put, Marks: []string{"data-draft", "k\""}, Inside: "<i></i>", Before: "<b></b>"}, {Values: put}}))
	again := onlyForms(t, out)
	got := again[0].Values()
	for _, name := range []string{"on", "kind", "who", "text", "domain"} {
		if !slices.Equal(got[name], put[name]) {
			t.Errorf("%s came back as %q", name, got[name])
		}
	}
	if got.Get("stage") != "b" || strings.Contains(out, `value="p"`) || strings.Contains(out, "<script>") {
		t.Errorf("%s", out)
	}
	if !slices.Equal(again[1].Values()["list"], []string{"1", "2"}) {
		t.Errorf("several of one name: %v", again[1].Values())
	}
	for _, want := range []string{`<details class="pop" open>`, `<b></b><form method="post" action="/cases/1/notes" class="stack" data-draft="k&#34;"><i></i>`, "a &lt; b"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %s in %s", want, out)
		}
	}
	if lost := all[0].Lost(map[string][]string{"on": {"x"}, "rows.9.text": {"y"}, "domain": {"gone"}, "who": {}}); !slices.Equal(lost, []string{"domain", "rows.9.text"}) {
		t.Errorf("without a place: %v", lost)
	}
}

// Whatever stands on a page, reading it does not fail, filling nothing changes nothing, and what is filled comes back.
func FuzzFill(f *testing.F) {
	f.Add(formPage, "on", "x")
	f.Add(`<form method="post"><textarea name="a"></form>`, "a", "<")
	f.Add(`<form method="post"><input name=a value='1'><select name="b">`, "a", "\"")
	f.Fuzz(func(t *testing.T, text, name, value string) {
		all := Forms([]byte(text), "/own")
		if out := Fill([]byte(text), all, make([]Filling, len(all))); string(out) != text {
			t.Errorf("nothing was filled, and the page changed: %q", out)
		}
		for i := range all {
			with := make([]Filling, len(all))
			with[i].Values = map[string][]string{name: {value}}
			before := all[i].Values()
			out := Forms(Fill([]byte(text), all, with), "/own")
			if len(out) != len(all) {
				t.Fatalf("filling made %d forms of %d", len(out), len(all))
			}
			after := out[i].Values()
			delete(before, name)
			delete(after, name)
			if !maps.EqualFunc(before, after, slices.Equal[[]string]) {
				t.Errorf("filling %q changed the rest: %v, %v", name, before, after)
			}
		}
	})
}
