package casework_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/casework"
)

func (o *office) note(by who.Asker, c casework.Case, text, readers string) casework.Note {
	o.t.Helper()
	n, err := o.cases.WriteNote(o.ctx, by, c.ID, casework.NewNote{Kind: "counselling", On: today.Add(-1), Text: text, Confidentiality: readers})
	must(o.t, err)
	return n
}

// A confidential note is read by its writer, the worker of the case and the head; others see that it is there.
func TestNotes_confidential(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.opened() // carried by Ratna
		nurse := o.post("perawat", "nurse", o.a, "", "")
		carer := o.post("pengasuh", "carer", o.a, "", "")
		o.note(nurse, c, "Bercerita tentang anaknya", casework.ForTeam)
		n := o.note(nurse, c, "Mengaku pernah dipukul", casework.Confidential)
		for _, who := range []struct {
			by    who.Asker
			reads bool
		}{{nurse, true}, {o.ratna, true}, {o.joko, true}, {carer, false}, {o.tuti, false}, {o.wulan, false}} {
			one, err := o.cases.Note(o.ctx, who.by, n.ID)
			must(t, err)
			all, _, err := o.cases.Notes(o.ctx, who.by, c.ID, 0, 50)
			must(t, err)
			if len(all) != 2 || all[0].ID != n.ID || all[1].Withheld || all[1].Text == "" {
				t.Fatalf("%s: %+v", who.by.Login, all)
			}
			for _, got := range []casework.Note{one, all[0]} {
				if got.By != "Perawat" || got.On != today.Add(-1) || got.Withheld == who.reads || (got.Text != "") != who.reads || (got.Kind != "") != who.reads {
					t.Errorf("%s: %+v", who.by.Login, got)
				}
			}
			_, h, _, err := o.cases.WithHistory(o.ctx, who.by, c.ID, false)
			must(t, err)
			told := h.Of("note")
			if hidden := strings.Contains(told[0].Say.String(), "dirahasiakan"); len(told) != 2 || hidden == who.reads {
				t.Errorf("%s: history %v", who.by.Login, told)
			}
		}
		d := o.doors()
		if page := d.get("pengasuh", c.Path()+"/notes"); strings.Contains(page, "dipukul") || !strings.Contains(page, "Dirahasiakan") || !strings.Contains(page, "Bercerita") {
			t.Error("the page of somebody else")
		}
		if body := d.get("pengasuh", "/api/v1"+c.Path()+"/notes"); strings.Contains(body, "dipukul") || !strings.Contains(body, `"withheld":true`) {
			t.Errorf("the API: %s", body)
		}
		d.see("joko", c.Path()+"/notes", "Mengaku pernah dipukul")
		_, _, trail, err := o.cases.WithHistory(o.ctx, o.joko, c.ID, true)
		must(t, err)
		for _, e := range trail {
			if strings.Contains(e.Say.String(), "dipukul") {
				t.Errorf("the record says what a note says: %s", e.Say)
			}
		}
	})
}

// A note is never changed: its writer strikes it, with the reason, once.
func TestNotes_struck(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.opened()
		n := o.note(o.ratna, c, "Salah orang", casework.Confidential)
		why := casework.Strike{Reason: "Catatan untuk orang lain"}
		if _, err := o.cases.StrikeNote(o.ctx, o.joko, n.ID, 0, why); !errors.Is(err, fail.Denied) {
			t.Errorf("the head has not the right: %v", err)
		}
		if _, err := o.cases.StrikeNote(o.ctx, o.tuti, n.ID, 0, why); !errors.Is(err, fail.Denied) {
			t.Errorf("a colleague strikes it: %v", err)
		}
		if _, err := o.cases.StrikeNote(o.ctx, o.sari, n.ID, 0, why); !errors.Is(err, fail.NotFound) {
			t.Errorf("a stranger strikes it: %v", err)
		}
		if _, err := o.cases.StrikeNote(o.ctx, o.ratna, n.ID, 7, why); !errors.Is(err, fail.Stale) {
			t.Errorf("a stale version: %v", err)
		}
		struck, err := o.cases.StrikeNote(o.ctx, o.ratna, n.ID, 1, why)
		must(t, err)
		if struck.StruckOn != today || struck.StruckWhy != why.Reason || struck.Version != 2 || struck.Text != n.Text {
			t.Errorf("struck: %+v", struck)
		}
		if _, err := o.cases.StrikeNote(o.ctx, o.ratna, n.ID, 0, why); missing(err) != "note-struck" {
			t.Errorf("struck twice: %v", err)
		}
		hidden, err := o.cases.Note(o.ctx, o.tuti, n.ID)
		must(t, err)
		if hidden.StruckOn == "" || hidden.StruckWhy != "" {
			t.Errorf("why a confidential note was struck is told: %+v", hidden)
		}
		f, h, _, err := o.cases.WithHistory(o.ctx, o.ratna, c.ID, false)
		must(t, err)
		if f.Papers.Notes != 0 || len(h.Of("note")) != 0 {
			t.Errorf("a struck note is told in the history: %+v", f.Papers)
		}
	})
}

func TestNotes_rules(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.opened()
		for _, bad := range []struct {
			by   who.Asker
			on   clock.Day
			want string
		}{{o.ratna, today.Add(1), "on: Tanggal"}, {o.ratna, today.Add(-11), "on: Tanggal"}, {o.sari, today, "not found"}, {o.wulan, today, "denied"}, {o.joko, today, "denied"}} {
			_, err := o.cases.WriteNote(o.ctx, bad.by, c.ID, casework.NewNote{Kind: "phone", On: bad.on, Text: "x"})
			if err == nil || !strings.Contains(err.Error(), bad.want) {
				t.Errorf("%s on %s: %v", bad.by.Login, bad.on, err)
			}
		}
		in := casework.NewNote{ID: id.New(), Kind: "phone", On: today, Text: "Menelepon keponakan"}
		for range 2 {
			n, err := o.cases.WriteNote(o.ctx, o.ratna, c.ID, in)
			must(t, err)
			if n.ID != in.ID {
				t.Errorf("the id of the client: %s", n.ID)
			}
		}
		in.Text = "Lain"
		if _, err := o.cases.WriteNote(o.ctx, o.ratna, c.ID, in); err == nil || !strings.Contains(err.Error(), "id-used") {
			t.Errorf("another note under the same id: %v", err)
		}
		if all, _, err := o.cases.Notes(o.ctx, o.ratna, c.ID, 0, 50); err != nil || len(all) != 1 {
			t.Errorf("%d notes, %v", len(all), err)
		}
		if _, err := o.cases.Close(o.ctx, o.joko, c.ID, 0, casework.Closing{On: today, Result: "lost", Waiver: &casework.Waiver{Reason: "uji"}}); err == nil {
			if _, err := o.cases.WriteNote(o.ctx, o.ratna, c.ID, casework.NewNote{Kind: "phone", On: today, Text: "x"}); missing(err) != "case-closed" {
				t.Errorf("a note on a closed case: %v", err)
			}
		}
	})
}

// The page of notes: the form on top, the newest first, and older ones behind a link.
func TestNotes_page(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		d := o.doors()
		c := o.opened()
		at := c.Path() + "/notes"
		d.see("ratna", at, "Belum ada catatan perkembangan.", "Simpan catatan")
		w := d.form("ratna", at, url.Values{"kind": {"family"}, "on": {"besok"}, "text": {"Keponakan <b>datang</b>"}})
		if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "belum terjadi") || !strings.Contains(w.Body.String(), "&lt;b&gt;datang") {
			t.Errorf("a note of tomorrow: %d %s", w.Code, w.Body)
		}
		for range 51 {
			d.post("ratna", at, url.Values{"kind": {"family"}, "on": {"kemarin"}, "text": {"Keponakan <b>datang</b>"}, "confidentiality": {"confidential"}})
		}
		page := d.get("ratna", at)
		if n := strings.Count(page, "Keponakan &lt;b&gt;datang"); n != 50 {
			t.Errorf("%d notes on a page", n)
		}
		_, after, _ := strings.Cut(page, `href="?after=`)
		after, _, _ = strings.Cut(after, `"`)
		if n := strings.Count(d.get("ratna", at+"?after="+after), "Keponakan &lt;b&gt;datang"); n != 1 {
			t.Errorf("%d notes on the next page", n)
		}
		d.see("wulan", at, "Dirahasiakan")
		if strings.Contains(d.get("wulan", at), "Simpan catatan") {
			t.Error("who may not write sees a form")
		}
		all, _, err := o.cases.Notes(o.ctx, o.ratna, c.ID, 0, 1)
		must(t, err)
		if w := d.form("ratna", "/notes/"+all[0].ID.String()+"/strike", url.Values{}); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "Tulis alasan mencoretnya.") {
			t.Errorf("no reason: %d", w.Code)
		}
		d.post("ratna", "/notes/"+all[0].ID.String()+"/strike", url.Values{"reason": {"Keliru"}, "_version": {"1"}})
		d.see("ratna", at, "Dicoret 24 Nov 2026", ": Keliru")
	})
}
