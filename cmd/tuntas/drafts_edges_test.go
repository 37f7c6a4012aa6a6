package main

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/access"
)

// A field that the page hides from somebody tells them nothing through a draft.
func TestDrafts_hiddenFields(t *testing.T) {
	t.Parallel()
	o := newTestOffice(t, "sqlite:"+t.TempDir()+"/t.db")
	person, _ := o.old("ratna", "Mbah Karto")
	form := "/persons/" + person + "/edit"
	ratna, joko := o.signIn("ratna"), o.signIn("joko")
	if got, _ := o.types(joko, typing{form: form, page: form, fields: map[string][]string{"found_place": {"Pasar Tanjung"}, "note": {"untuk kepala"}}}); got != 200 {
		t.Fatalf("%d", got)
	}
	html := o.html(ratna, form)
	shows(t, html, "Pasar Tanjung", true)
	shows(t, html, "untuk kepala", false) // the form has no such field
	shows(t, html, "1 isian", true)
	shows(t, o.html(joko, form), "untuk kepala", true) // their own words are given back
}

// What is no field, no form, a secret, too long or no text is refused, and nothing of it is kept.
func TestDrafts_badInput(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		_, c := o.old("ratna", "Mbah Karto")
		notes := "/cases/" + c + "/notes"
		ratna, bima := o.signIn("ratna"), o.signIn("bima")
		type fields = map[string][]string
		many := fields{}
		for i := range 51 {
			many[fmt.Sprintf("participants.%d.name", i)] = []string{"x"}
		}
		for name, c := range map[string]struct {
			cookie string
			t      typing
			want   int
		}{
			"an unknown field":     {ratna, typing{form: notes, fields: fields{"nik": {"1"}}}, 400},
			"a field of the form":  {ratna, typing{form: notes, fields: fields{"_version": {"1"}}}, 400},
			"the id":               {ratna, typing{form: notes, fields: fields{"text.0": {"1"}}}, 400},
			"too long":             {ratna, typing{form: notes, fields: fields{"text": {strings.Repeat("x", 20001)}}}, 400},
			"no text":              {ratna, typing{form: notes, fields: fields{"text": {"\xff"}}}, 400},
			"many at once":         {ratna, typing{form: "/cases/" + c + "/conferences", fields: many}, 400},
			"no field":             {ratna, typing{form: notes}, 400},
			"a form that has none": {ratna, typing{form: "/profile/password", fields: fields{"new_password": {"rahasia"}}}, 404},
			"no form":              {ratna, typing{form: "/nowhere", fields: fields{"text": {"x"}}}, 404},
			"another site":         {ratna, typing{form: "//evil.example/cases", fields: fields{"text": {"x"}}}, 404},
			"no address":           {ratna, typing{form: "javascript:alert(1)", fields: fields{"text": {"x"}}}, 404},
			"no case":              {ratna, typing{form: "/cases/0123456789ABC/notes", fields: fields{"text": {"x"}}}, 404},
			"without the right":    {ratna, typing{form: "/users", fields: fields{"name": {"x"}}}, 403},
			"of no casework":       {bima, typing{form: notes, fields: fields{"text": {"x"}}}, 403},
			"signed out":           {"", typing{form: notes, fields: fields{"text": {"x"}}}, 401},
		} {
			if got, _ := o.types(c.cookie, c.t); got != c.want {
				t.Errorf("%s: %d, want %d", name, got, c.want)
			}
		}
		if w := o.quickPage(ratna, "POST", "/drafts", "fields=x&form="+url.QueryEscape(notes)); w.Code != 400 {
			t.Errorf("no list: %d", w.Code)
		}
		for _, login := range []string{"ratna", "bima"} {
			if left := o.want(200, login, "GET", "/drafts", nil).items(); len(left) != 0 {
				t.Errorf("%s: kept: %v", login, left)
			}
		}
		long := fields{"text": {strings.Repeat("y", 19000)}}
		for i := range 20 { // a draft has an end
			long[fmt.Sprintf("participants.%d.name", i)] = []string{strings.Repeat("x", 19000)}
		}
		delete(long, "text")
		full, _ := o.types(ratna, typing{form: "/cases/" + c + "/conferences", fields: long})
		if full != http.StatusUnprocessableEntity {
			t.Errorf("a draft without end: %d", full)
		}
		// What a script still sends after its form was taken begins no new draft.
		send := url.Values{"_key": {"kunci-1"}, "_draft": {notes}, "_seen": {"0"}, "kind": {"phone"}, "on": {"3 Maret 2025"}, "text": {"Menelepon"}}
		if got := o.page(ratna, "POST", notes, send.Encode()); got != http.StatusSeeOther {
			t.Fatalf("the note: %d", got)
		}
		if got, told := o.types(ratna, typing{form: notes, key: "kunci-1", fields: fields{"text": {"Menelepon"}}}); got != 200 || told["said"] != "" {
			t.Errorf("after the form: %d %v", got, told)
		}
		shows(t, o.html(ratna, notes), "Draf Anda", false)
	})
}

// A duty cover ended while the form was open, or the right is gone: what was written comes back with the reason.
func TestDrafts_coverEnded(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		_, c := o.old("ratna", "Mbah Karto")
		form := "/cases/" + c + "/conferences"
		ctx, by := context.Background(), who.House("test")
		yati, err := o.Access.ByLogin(ctx, by, "yati")
		must(t, err)
		must(t, o.Access.AddCover(ctx, by, yati.ID, access.NewCover{Role: "social_worker", From: o.Store.Today(), Until: o.Store.Today(), Reason: "uji"}))
		cookie := o.signIn("yati")
		if got, _ := o.types(cookie, typing{form: form, fields: map[string][]string{"place": {"Balai desa"}}}); got != 200 {
			t.Fatalf("under the cover: %d", got)
		}
		o.clock.ms.Add((2 * time.Hour).Milliseconds())
		day := o.Store.Today()
		for o.Store.Today() == day {
			o.clock.ms.Add(time.Hour.Milliseconds())
		}
		o.clock.ms.Add(-(time.Hour * 2).Milliseconds()) // back inside the session, then past midnight
		cookie = o.signIn("yati")
		o.clock.ms.Add((3 * time.Hour).Milliseconds())
		if got, _ := o.types(cookie, typing{form: form, fields: map[string][]string{"place": {"x"}}}); got != http.StatusForbidden {
			t.Errorf("a draft after the cover: %d", got)
		}
		w := o.quickPage(cookie, "POST", form, url.Values{"on": {"3 Maret 2025"}, "question": {"Boleh pulang <b>kapan</b>?"}, "decision": {""}}.Encode())
		if w.Code != http.StatusForbidden {
			t.Errorf("the form: %d", w.Code)
		}
		shows(t, w.Body.String(), "Boleh pulang &lt;b&gt;kapan&lt;/b&gt;?", true)
		shows(t, w.Body.String(), "tugas pengganti berakhir", true)
		shows(t, o.html(o.signIn("ratna"), form), "Balai desa", true) // the draft stays with the case
	})
}

// A form that was sent after sign-out comes back whole, with boxes, hand-written fields and added rows.
func TestDrafts_comeBackAfterSignIn(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		_, c := o.old("ratna", "Mbah Karto")
		form := "/cases/" + c + "/conferences"
		cookie := o.signIn("ratna")
		sent := url.Values{"_draft": {form}, "_seen": {"0"}, "on": {"1 Maret 2025"}, "place": {"Balai"}, "question": {"Pulang?\nKapan?"}, "participants.7.name": {"Pak RT"}}
		o.clock.ms.Add((5 * time.Hour).Milliseconds())
		w := o.quickPage(cookie, "POST", form, sent.Encode())
		to, err := url.Parse(w.Header().Get("Location"))
		must(t, err)
		back := to.Query().Get("next")
		if w.Code != http.StatusSeeOther || !strings.Contains(back, "kept=") {
			t.Fatalf("%d %s", w.Code, back)
		}
		kept := w.Result().Cookies()
		in := cookie
		for _, k := range kept {
			in = k.Name + "=" + k.Value
		}
		w = o.quickPage(in, "POST", "/sign-in", url.Values{"login": {"ratna"}, "password": {testPassword}, "next": {back}}.Encode())
		for _, k := range w.Result().Cookies() {
			in = k.Name + "=" + k.Value
		}
		html := o.html(in, back)
		for _, want := range []string{"1 Maret 2025", `value="Balai"`, "Pulang?\nKapan?", "Pak RT", "Isian Anda masih ada"} {
			shows(t, html, want, true)
		}
	})
}

// A page that asks something back has not taken the form, and the draft stays; one that shows the result has.
func TestDrafts_askedBack(t *testing.T) {
	t.Parallel()
	o := newTestOffice(t, "sqlite:"+t.TempDir()+"/t.db")
	o.old("ratna", "Mbah Karto")
	ratna, bima := o.signIn("ratna"), o.signIn("bima")
	o.types(ratna, typing{form: "/persons", page: "/persons/new", fields: map[string][]string{"names.0.text": {"Mbah Karto"}}})
	same := url.Values{"_draft": {"/persons"}, "_seen": {"1"}, "names.0.text": {"Mbah Karto"}}
	if w := o.quickPage(ratna, "POST", "/persons", same.Encode()); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "data-draft") {
		t.Fatalf("%d", w.Code)
	}
	shows(t, o.html(ratna, "/persons/new"), "Draf Anda", true)
	o.types(bima, typing{form: "/users", page: "/users/new", fields: map[string][]string{"name": {"Rini"}}})
	account := url.Values{"_draft": {"/users"}, "_seen": {"0"}, "login": {"rini"}, "name": {"Rini"}, "role": {"carer"}, "centre": {o.centres["pstw-jember"].String()}}
	if w := o.quickPage(bima, "POST", "/users", account.Encode()); w.Code != http.StatusOK {
		t.Fatalf("%d", w.Code)
	}
	shows(t, o.html(bima, "/users/new"), "Draf Anda", false)
}

// Rows that the form does not draw by itself come back with what was typed in them, and with what they carry hidden.
func TestDrafts_addedRows(t *testing.T) {
	t.Parallel()
	o := newTestOffice(t, "sqlite:"+t.TempDir()+"/t.db")
	_, plan := o.withPlan()
	ratna := o.signIn("ratna")
	needs := strings.Count(o.html(ratna, plan), ".need_id")
	o.types(ratna, typing{form: plan + "/draft", page: plan, fields: map[string][]string{"goals.6.text": {"Punya tabungan"}, "goals.0.services.1.text": {"Antar ke kantor"}}})
	html := o.html(ratna, plan)
	shows(t, html, `value="Punya tabungan"`, true)
	shows(t, html, `value="Antar ke kantor"`, true)
	shows(t, html, "Formulir ini tidak lagi punya tempat", false)
	if n := strings.Count(html, ".need_id"); needs == 0 || n != needs {
		t.Errorf("%d needs before, %d after", needs, n)
	}
}

// The stranger test of drafts: no form that keeps drafts keeps one for somebody of another centre, and nobody who
// lacks the right writes in one; and whoever lacks it is refused by the form itself too.
func TestDrafts_stranger(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		ids := o.records()
		cookies, rights := map[string]string{}, map[string]who.Asker{}
		for _, login := range []string{"sari", "yati", "joko", "bima", "wulan"} {
			by, err := o.Access.As(context.Background(), login)
			must(t, err)
			cookies[login], rights[login] = o.signIn(login), by
		}
		forms := 0
		for _, route := range o.Routes() {
			if route.Draft == "" {
				continue
			}
			forms++
			path := inBraces.ReplaceAllStringFunc(route.Path, func(p string) string { return ids[strings.Trim(p, "{}")] })
			body, _ := bodyFor(route, ids).(m)
			values := formOf(body, "", url.Values{})
			field := ""
			for name := range values {
				field = cmp.Or(field, name)
			}
			if route.In == nil || field == "" || reflect.TypeOf(route.In).NumField() == 0 {
				t.Errorf("%s keeps drafts of no field", route.Path)
				continue
			}
			for login, by := range rights {
				may := slices.ContainsFunc(route.DraftRights, by.May)
				foreign := login == "sari" && strings.Contains(route.Path, "{") && !strings.HasPrefix(route.Path, "/potential") // the register is of all who keep it
				got, _ := o.types(cookies[login], typing{form: path, fields: map[string][]string{field: {"x"}}})
				switch {
				case foreign && got != 404 && got != 403, !may && got != 403, may && !foreign && got == 403:
					t.Errorf("a draft of %s for %s: %d", route.Path, login, got)
				}
				if sent := o.page(cookies[login], "POST", path, values.Encode()); !may && sent != 403 && sent != 404 {
					t.Errorf("%s has no right to a draft of %s, and the form itself answers %d", login, route.Path, sent)
				}
			}
		}
		if forms < 25 {
			t.Errorf("only %d forms keep drafts", forms)
		}
	})
}

// Every form in which somebody can write something keeps drafts, or its route says why not.
func TestDrafts_everyForm(t *testing.T) {
	t.Parallel()
	o := newTestOffice(t, "sqlite:"+t.TempDir()+"/t.db")
	for _, route := range o.Routes() {
		if route.APIOnly || route.Public || route.Method != http.MethodPost || route.Draft != "" || route.Undrafted != "" {
			continue
		}
		if in := inputOf(t, route); in.Kind() == reflect.Struct && in.NumField() > 0 {
			t.Errorf("%s keeps no drafts: add Drafts to the route, or NoDrafts and the reason", route.Path)
		}
	}
}

var (
	countActs  = store.System(`select count(*) from audit a where a.act = ?`)
	countViews = store.System(`select count(*) from disclosures where act = ?`)
	lookActs   = store.NewSystemAct("test.record", who.Anyone)
)

// disclosed counts the lines of the ledger by an act.
