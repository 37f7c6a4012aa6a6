package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tuntas/house/store"
	"tuntas/house/who"
)

// typing is what the script of a page sends.
type typing struct {
	form, page, key, base string
	seen                  int64
	fields                map[string][]string
	was                   map[string]string
}

func (t typing) values() url.Values {
	v := url.Values{"form": {t.form}, "page": {t.page}, "key": {t.key}, "base": {t.base}, "seen": {fmt.Sprint(t.seen)}}
	n := 0
	for name, values := range t.fields {
		at := fmt.Sprintf("fields.%d.", n)
		v.Set(at+"name", name)
		v[at+"values"] = values
		if w, ok := t.was[name]; ok {
			v.Set(at+"was", w)
		}
		n++
	}
	return v
}

// types sends one field as the script does; it gives the status and what the page is told.
func (o *testOffice) types(cookie string, t typing) (status int, told map[string]string) {
	o.t.Helper()
	w := o.quickPage(cookie, "POST", "/drafts", t.values().Encode())
	_ = json.Unmarshal(w.Body.Bytes(), &told)
	return w.Code, told
}

// drafted leaves a draft of one field and gives its id.
func (o *testOffice) drafted(login, form, field, value string) string {
	o.t.Helper()
	if got, _ := o.types(o.signIn(login), typing{form: form, fields: map[string][]string{field: {value}}}); got != http.StatusOK {
		o.t.Fatalf("a draft of %s: %d", form, got)
	}
	return o.want(200, login, "GET", "/drafts", nil).items()[0]["id"].(string)
}

// html reads a page.
func (o *testOffice) html(cookie, path string) string {
	o.t.Helper()
	w := o.quickPage(cookie, "GET", path, "")
	if w.Code != http.StatusOK {
		o.t.Fatalf("GET %s: %d", path, w.Code)
	}
	return w.Body.String()
}

var seenMark = regexp.MustCompile(`data-draft="([^"]*)" data-seen="(\d+)"`)

// seenOn tells how far a page has seen the draft of a form.
func seenOn(t *testing.T, html, form string) (seen int64) {
	t.Helper()
	for _, m := range seenMark.FindAllStringSubmatch(html, -1) {
		if m[1] == form {
			_, _ = fmt.Sscan(m[2], &seen)
			return seen
		}
	}
	t.Fatalf("the page has no form %s", form)
	return 0
}

func shows(t *testing.T, html, what string, want bool) {
	t.Helper()
	if strings.Contains(html, what) != want {
		at := strings.Index(html, `id="main"`)
		t.Errorf("%q on the page: %v, want %v\n%.1500s", what, !want, want, html[max(0, at):])
	}
}

// What is typed is there when the form is opened again, also for a colleague: a draft belongs to the case. It is
// text on the page whatever it holds, and gone when the form was taken.
func TestDrafts_belongToTheCase(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		_, c := o.old("ratna", "Mbah Karto")
		form := "/cases/" + c + "/conferences"
		ratna, lina, joko := o.signIn("ratna"), o.signIn("lina"), o.signIn("joko")
		shows(t, o.html(ratna, form), "Draf Anda", false)
		bad := `</textarea><script>alert(1)</script>"'`
		got, told := o.types(ratna, typing{form: form, page: form, fields: map[string][]string{"question": {bad}, "place": {"Balai desa"}, "participants.3.name": {"Pak Lurah"}}})
		if got != 200 || !strings.HasPrefix(told["said"], "Tersimpan sebagai draf 10.00") {
			t.Fatalf("%d %v", got, told)
		}
		html := o.html(ratna, form)
		shows(t, html, "Draf Anda, baru saja: 3 isian.", true)
		shows(t, html, "<script>alert", false)
		shows(t, html, "&lt;/textarea&gt;&lt;script&gt;alert(1)", true)
		shows(t, html, `value="Balai desa"`, true)
		shows(t, html, `value="Pak Lurah"`, true)
		o.clock.ms.Add(time.Minute.Milliseconds())
		html = o.html(lina, form)
		shows(t, html, "Draf Ratna, 1 menit lalu: 3 isian.", true)
		shows(t, html, "Ratna sedang menulis di sini (1 menit lalu).", true)
		shows(t, html, `value="Balai desa"`, true)
		shows(t, o.html(joko, form), "Balai desa", false) // the head has no such form
		seen := seenOn(t, html, form)
		ok := url.Values{"_draft": {form}, "_seen": {fmt.Sprint(seen)}, "on": {"3 Maret 2025"}, "place": {"Balai desa"}, "question": {"Pulang?"}, "decision": {"Ya"},
			"participants.0.name": {"a"}, "participants.0.role": {"b"}, "participants.1.name": {"c"}, "participants.1.role": {"d"}}
		if got := o.page(lina, "POST", form, ok.Encode()); got != http.StatusSeeOther {
			t.Fatalf("the form: %d", got)
		}
		shows(t, o.html(ratna, form), `id="draft-`, false)
		if left := o.want(200, "ratna", "GET", "/drafts", nil).items(); len(left) != 0 {
			t.Errorf("the draft outlived its form: %v", left)
		}
	})
}

// Two people in one field: each answer is kept, both are shown with who and when, and one is chosen. What the page
// had shown gives way; what it had not stays.
func TestDrafts_twoWriters(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		_, c := o.old("ratna", "Mbah Karto")
		form := "/cases/" + c + "/conferences"
		ratna, lina := o.signIn("ratna"), o.signIn("lina")
		type fields = map[string][]string
		o.types(ratna, typing{form: form, fields: fields{"place": {"Balai desa"}}})
		first := seenOn(t, o.html(lina, form), form)
		_, told := o.types(lina, typing{form: form, seen: first, fields: fields{"place": {"Rumah Pak RT"}}}) // seen, and changed
		if strings.Contains(told["notes"], "muat ulang") || strings.Contains(o.html(ratna, form), "Balai desa") {
			t.Errorf("what she saw and changed stands beside: %v", told)
		}
		_, told = o.types(ratna, typing{form: form, fields: fields{"place": {"Kantor UPT"}}}) // from her old page
		if !strings.Contains(told["notes"], "Lina juga mengisi isian ini") {
			t.Errorf("%v", told)
		}
		html := o.html(ratna, form)
		for _, want := range []string{"Tempat: pilih salah satu", "Rumah Pak RT<small>Lina, 3 Mar 2025", "Kantor UPT<small>Ratna, 3 Mar 2025", `value="Kantor UPT"`} {
			shows(t, html, want, true)
		}
		by, err := o.Access.As(context.Background(), "lina")
		must(t, err)
		draft := o.want(200, "ratna", "GET", "/drafts", nil).items()[0]["id"].(string)
		pick := url.Values{"next": {form}, "seen": {fmt.Sprint(seenOn(t, html, form))}, "picks.0.name": {"place"}, "picks.0.by": {by.User.String()}}
		if got := o.page(ratna, "POST", "/drafts/"+draft+"/choice", pick.Encode()); got != http.StatusSeeOther {
			t.Fatalf("the choice: %d", got)
		}
		html = o.html(ratna, form)
		shows(t, html, "pilih salah satu", false)
		shows(t, html, `value="Rumah Pak RT"`, true)
		// What a colleague types after the page was opened is not thrown away with the form.
		o.types(lina, typing{form: form, seen: first, fields: fields{"decision": {"Menunggu keponakan"}}})
		ok := url.Values{"_draft": {form}, "_seen": {fmt.Sprint(seenOn(t, html, form))}, "on": {"3 Maret 2025"}, "place": {"x"}, "question": {"Pulang?"}, "decision": {"Ya"},
			"participants.0.name": {"a"}, "participants.0.role": {"b"}, "participants.1.name": {"c"}, "participants.1.role": {"d"}}
		if got := o.page(ratna, "POST", form, ok.Encode()); got != http.StatusSeeOther {
			t.Fatalf("the form: %d", got)
		}
		shows(t, o.html(lina, form), "Menunggu keponakan", true)
		shows(t, o.html(lina, form), "Rumah Pak RT", false)
	})
}

// Who takes a draft over goes on with it: what the other still types stands beside, and they are told.
func TestDrafts_takeOverAndDiscard(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		_, c := o.old("ratna", "Mbah Karto")
		form := "/cases/" + c + "/conferences"
		ratna, lina, yati := o.signIn("ratna"), o.signIn("lina"), o.signIn("yati")
		type fields = map[string][]string
		o.types(ratna, typing{form: form, fields: fields{"place": {"Balai desa"}}})
		draft := "/drafts/" + o.want(200, "ratna", "GET", "/drafts", nil).items()[0]["id"].(string)
		next := url.Values{"next": {form}}.Encode()
		if got := o.page(yati, "POST", draft+"/takeover", next); got != http.StatusForbidden { // a carer holds no conferences
			t.Errorf("a carer takes over: %d", got)
		}
		if got := o.page(lina, "POST", draft+"/takeover", next); got != http.StatusSeeOther {
			t.Fatalf("take over: %d", got)
		}
		_, told := o.types(ratna, typing{form: form, seen: 99, fields: fields{"place": {"Kantor"}}})
		if !strings.Contains(told["notes"], "Lina mengambil alih draf ini") {
			t.Errorf("%v", told)
		}
		shows(t, o.html(lina, form), `value="Balai desa"`, true)
		shows(t, o.html(lina, form), "Tempat: pilih salah satu", true)
		if got := o.page(lina, "POST", draft+"/discard", next); got != http.StatusSeeOther {
			t.Fatalf("discard: %d", got)
		}
		shows(t, o.html(ratna, form), "Balai desa", false)
		shows(t, o.html(ratna, "/drafts"), "Kembalikan draf", true)
		if got := o.page(ratna, "POST", draft+"/restore", next); got != http.StatusSeeOther {
			t.Fatalf("restore: %d", got)
		}
		shows(t, o.html(ratna, form), `value="Kantor"`, true)
		for _, act := range []string{"draft.save", "draft.take-over", "draft.discard", "draft.restore"} {
			if n := o.recorded(act); n != 1 {
				t.Errorf("%s is %d times on record", act, n)
			}
		}
		if _, wrong, err := o.Store.VerifyChain(context.Background()); err != nil || len(wrong) > 0 {
			t.Errorf("the record: %v %v", wrong, err)
		}
		o.clock.ms.Add((31 * 24 * time.Hour).Milliseconds())
		must(t, o.Drafts.Clear(context.Background()))
		if left := o.want(200, "ratna", "GET", "/drafts", nil).items(); len(left) != 0 {
			t.Errorf("an old draft stays: %v", left)
		}
		must(t, o.Drafts.Clear(context.Background()))
	})
}

// The record changed since the draft began: the field shows what is on record now beside what was typed.
func TestDrafts_recordChanged(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		person, _ := o.old("ratna", "Mbah Karto")
		form, edit := "/persons/"+person+"/edit", "/persons/"+person+"/edit"
		ratna := o.signIn("ratna")
		o.types(ratna, typing{form: form, page: edit, base: "1", fields: map[string][]string{"found_place": {"Pasar Tanjung"}, "sex": {"male"}},
			was: map[string]string{"found_place": "Pasar Ajung", "sex": "female"}})
		shows(t, o.html(ratna, edit), "Catatan ini diubah", false)
		p := o.want(200, "lina", "GET", "/persons/"+person, nil)
		o.want(200, "lina", "PATCH", "/persons/"+person, m{"found_place": "Terminal Arjasa"}, "If-Match", p.head.Get("ETag"))
		html := o.html(ratna, edit)
		shows(t, html, "Catatan ini diubah setelah draf dimulai.", true)
		shows(t, html, "Terminal Arjasa<small>yang tercatat sekarang", true)
		shows(t, html, "perempuan<small>yang tercatat sekarang", false) // that did not change
		draft := o.want(200, "ratna", "GET", "/drafts", nil).items()[0]["id"].(string)
		pick := url.Values{"next": {edit}, "base": {"2"}, "seen": {"9"}, "picks.0.name": {"found_place"}, "picks.0.by": {"record"}}
		if got := o.page(ratna, "POST", "/drafts/"+draft+"/choice", pick.Encode()); got != http.StatusSeeOther {
			t.Fatalf("%d", got)
		}
		html = o.html(ratna, edit)
		shows(t, html, `value="Terminal Arjasa"`, true)
		shows(t, html, "Catatan ini diubah", false)
		shows(t, html, "Draf Anda, baru saja: 1 isian.", true)
	})
}

// A draft of a note is for its writer, the worker of the case and the head of the centre; a form that is about no case
// is its writer's alone; a restricted person's draft is there for nobody who may not see the person.
func TestDrafts_whoSeesThem(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		person, c := o.old("ratna", "Mbah Karto")
		notes := "/cases/" + c + "/notes"
		ratna, lina, yati, joko := o.signIn("ratna"), o.signIn("lina"), o.signIn("yati"), o.signIn("joko")
		type fields = map[string][]string
		o.types(yati, typing{form: notes, page: notes, fields: fields{"text": {"Menangis di malam hari"}}})
		shows(t, o.html(yati, notes), "Menangis di malam hari", true)
		shows(t, o.html(lina, notes), "Menangis", false)
		shows(t, o.html(ratna, notes), "Menangis", true) // she carries the case
		_, told := o.types(lina, typing{form: notes, page: notes, fields: fields{"text": {"Tenang"}}})
		if told["notes"] != "" {
			t.Errorf("she learns of the other: %v", told)
		}
		shows(t, o.html(lina, notes), "Tenang", true)
		shows(t, o.html(yati, notes), "Tenang", false)
		if found := o.want(200, "yati", "GET", "/drafts?limit=5", nil).items(); len(found) != 1 || found[0]["name"] != "Catatan perkembangan" {
			t.Errorf("her own list: %v", found)
		}
		shows(t, o.html(ratna, notes), "pilih salah satu", true)

		o.types(ratna, typing{form: "/persons", page: "/persons/new", fields: fields{"names.0.text": {"Dewi Rahayu"}}})
		shows(t, o.html(ratna, "/persons/new"), "Dewi Rahayu", true)
		for name, cookie := range map[string]string{"lina": lina, "joko": joko} {
			if strings.Contains(o.html(cookie, "/persons/new"), "Dewi Rahayu") {
				t.Errorf("%s sees a private draft", name)
			}
		}
		own := o.want(200, "ratna", "GET", "/drafts", nil).items()
		at := slices.IndexFunc(own, func(d map[string]any) bool { return d["name"] == "Orang baru" })
		if at < 0 {
			t.Fatalf("%v", own)
		}
		if got := o.page(joko, "POST", "/drafts/"+own[at]["id"].(string)+"/discard", "next=/"); got != http.StatusNotFound {
			t.Errorf("another discards a private draft: %d", got)
		}

		p := o.want(200, "joko", "GET", "/persons/"+person, nil)
		o.want(200, "joko", "PATCH", "/persons/"+person, m{"restricted": true}, "If-Match", p.head.Get("ETag"))
		if got, _ := o.types(lina, typing{form: notes, fields: fields{"text": {"x"}}}); got != http.StatusNotFound {
			t.Errorf("a draft on a restricted person: %d", got)
		}
		for _, d := range o.want(200, "lina", "GET", "/drafts", nil).items() {
			if d["case_id"] != nil {
				t.Errorf("the list shows %v", d)
			}
		}
	})
}

// What somebody does with a hushed draft touches their own words alone: they cannot take over, choose, send or discard
// what they do not see.
func TestDrafts_hushed(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		_, c := o.old("ratna", "Mbah Karto")
		notes := "/cases/" + c + "/notes"
		yati, lina, ratna := o.signIn("yati"), o.signIn("lina"), o.signIn("ratna")
		type fields = map[string][]string
		o.types(yati, typing{form: notes, page: notes, fields: fields{"text": {"Menangis di malam hari"}, "kind": {"daily"}}})
		o.types(lina, typing{form: notes, page: notes, fields: fields{"text": {"Tenang"}}})
		seen := seenOn(t, o.html(lina, notes), notes)
		o.types(lina, typing{form: notes, page: notes, seen: seen, fields: fields{"text": {"Tenang sekali"}}})
		shows(t, o.html(yati, notes), "Menangis di malam hari", true)

		draft := "/drafts/" + o.want(200, "lina", "GET", "/drafts", nil).items()[0]["id"].(string)
		by, err := o.Access.As(context.Background(), "yati")
		must(t, err)
		next := url.Values{"next": {notes}}
		if got := o.page(lina, "POST", draft+"/takeover", next.Encode()); got != http.StatusNotFound {
			t.Errorf("she takes over what she does not see: %d", got)
		}
		pick := url.Values{"next": {notes}, "seen": {"99"}, "picks.0.name": {"text"}, "picks.0.by": {by.User.String()}}
		o.page(lina, "POST", draft+"/choice", pick.Encode())
		shows(t, o.html(lina, notes), "Menangis", false)
		pick.Set("picks.0.by", "record")
		o.page(lina, "POST", draft+"/choice", pick.Encode())
		shows(t, o.html(yati, notes), "Menangis di malam hari", true)
		shows(t, o.html(lina, notes), "Tenang sekali", false)

		o.types(lina, typing{form: notes, page: notes, fields: fields{"text": {"Makan sedikit"}}})
		if got := o.page(lina, "POST", draft+"/discard", next.Encode()); got != http.StatusSeeOther {
			t.Errorf("she discards her own: %d", got)
		}
		shows(t, o.html(lina, notes), "Makan sedikit", false)
		shows(t, o.html(yati, notes), "Menangis di malam hari", true)

		o.types(lina, typing{form: notes, page: notes, fields: fields{"text": {"Menelepon anaknya"}}})
		send := url.Values{"_draft": {notes}, "_seen": {"99"}, "kind": {"phone"}, "on": {"3 Maret 2025"}, "text": {"Menelepon anaknya"}}
		if got := o.page(lina, "POST", notes, send.Encode()); got != http.StatusSeeOther {
			t.Fatalf("the note: %d", got)
		}
		shows(t, o.html(yati, notes), "Menangis di malam hari", true)
		if left := o.want(200, "lina", "GET", "/drafts", nil).items(); len(left) != 0 {
			t.Errorf("what is left is not hers: %v", left)
		}
		shows(t, o.html(ratna, notes), "Menangis di malam hari", true) // the worker of the case
	})
}

// A colleague who reads a draft is in the ledger of the person; whoever reads their own words is not, for that.
func TestDrafts_areInTheLedger(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		_, c := o.old("ratna", "Mbah Karto")
		form := "/cases/" + c + "/conferences"
		ratna, lina := o.signIn("ratna"), o.signIn("lina")
		o.types(ratna, typing{form: form, page: form, fields: map[string][]string{"place": {"Balai desa"}}})
		o.html(ratna, form)
		if n := o.disclosed("draft.look"); n != 0 {
			t.Errorf("reading one's own draft is %d times in the ledger", n)
		}
		o.html(lina, form)
		if n := o.disclosed("draft.look"); n != 1 {
			t.Errorf("reading a colleague's draft is %d times in the ledger", n)
		}
	})
}

func (o *testOffice) disclosed(act string) (n int64) {
	o.t.Helper()
	must(o.t, o.Store.FlushLedger(context.Background()))
	must(o.t, o.Store.Read(context.Background(), who.House("test"), lookActs, func(tx *store.Tx) (err error) {
		n, err = store.One(tx, countViews, store.Int, act)
		return err
	}))
	return n
}

// recorded counts the entries of an act.
func (o *testOffice) recorded(act string) (n int64) {
	o.t.Helper()
	must(o.t, o.Store.Read(context.Background(), who.House("test"), lookActs, func(tx *store.Tx) (err error) {
		n, err = store.One(tx, countActs, store.Int, act)
		return err
	}))
	return n
}
