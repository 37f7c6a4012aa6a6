package casework_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/casework"
)

func discussed() casework.NewConference {
	return casework.NewConference{On: today.Add(-1), Place: "Ruang rapat", Question: "Apakah bisa pulang?", Decision: "Dua kunjungan dulu.",
		People:    []casework.NewParticipant{{Name: "Suwarno", Role: "Keponakan"}, {Name: "Kepala desa", Role: "Perangkat desa"}},
		Followups: []casework.NewFollowup{{Text: "Kunjungi rumah", Owner: "Ratna", DueOn: today.Add(7)}, {Text: "Surat ke desa", Owner: "Joko", DueOn: today.Add(3)}}}
}

func TestConference(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.opened()
		in := discussed()
		in.ID, in.People[0] = id.New(), casework.NewParticipant{User: o.ratna.User, Role: "Pekerja sosial"}
		for range 2 { // sent twice is the same
			k, err := o.cases.Confer(o.ctx, o.ratna, c.ID, in)
			must(t, err)
			if k.ID != in.ID || len(k.People) != 2 || k.People[0].Name != "Ratna" || k.People[0].User != o.ratna.User || len(k.Followups) != 2 || k.Open() != 2 {
				t.Fatalf("recorded: %+v", k)
			}
		}
		in.Decision = "Lain"
		if _, err := o.cases.Confer(o.ctx, o.ratna, c.ID, in); err == nil || !strings.Contains(err.Error(), "id-used") {
			t.Errorf("another conference under the same id: %v", err)
		}
		k, _, err := o.cases.Conference(o.ctx, o.wulan, in.ID)
		must(t, err)
		done := casework.Done{On: today}
		for _, bad := range []struct {
			by      who.Asker
			version int64
			in      casework.Done
			want    string
		}{{o.sari, 0, done, "not found"}, {o.wulan, 0, done, "denied"}, {o.ratna, 9, done, "stale"}, {o.ratna, 0, casework.Done{On: today.Add(1)}, "on: "},
			{o.ratna, 0, casework.Done{On: today.Add(-2)}, "on: "}} {
			if _, err := o.cases.FollowupDone(o.ctx, bad.by, k.Followups[1].ID, bad.version, bad.in); err == nil || !strings.Contains(err.Error(), bad.want) {
				t.Errorf("%s: %v", bad.by.Login, err)
			}
		}
		k, err = o.cases.FollowupDone(o.ctx, o.ratna, k.Followups[1].ID, k.Version, done)
		must(t, err)
		if k.Open() != 1 || k.Followups[1].DoneOn != today || k.Followups[1].DoneBy != "Ratna" || k.Version != 2 {
			t.Errorf("done: %+v", k)
		}
		if _, err := o.cases.FollowupDone(o.ctx, o.ratna, k.Followups[1].ID, 0, done); missing(err) != "followup-done" {
			t.Errorf("done twice: %v", err)
		}
		f, h, _, err := o.cases.WithHistory(o.ctx, o.ratna, c.ID, false)
		must(t, err)
		if told := h.Of("conference"); len(told) != 1 || told[0].On != in.On || told[0].Path != k.Path() || f.Papers.Conferences != 1 {
			t.Errorf("the history: %+v", told)
		}
		if _, _, err := o.cases.Conference(o.ctx, o.sari, k.ID); !errors.Is(err, fail.NotFound) {
			t.Errorf("a stranger reads it: %v", err)
		}
	})
}

func TestConference_rules(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.opened()
		for name, bad := range map[string]struct {
			change func(*casework.NewConference)
			want   string
		}{
			"one participant": {func(n *casework.NewConference) { n.People = n.People[:1] }, "participants: "},
			"no name":         {func(n *casework.NewConference) { n.People[1].Name = "" }, "participants.1.name: "},
			"no role":         {func(n *casework.NewConference) { n.People[0].Role = "" }, "participants.0.role: "},
			"a stranger":      {func(n *casework.NewConference) { n.People[0].User = o.sari.User }, "participants.0.user_id: "},
			"twice": {func(n *casework.NewConference) {
				n.People[0].User, n.People[1].User = o.ratna.User, o.ratna.User
			}, "participants.1.user_id: "},
			"due before": {func(n *casework.NewConference) { n.Followups[1].DueOn = today.Add(-2) }, "followups.1.due_on: "},
			"tomorrow":   {func(n *casework.NewConference) { n.On = today.Add(1) }, "on: "},
			"too early":  {func(n *casework.NewConference) { n.On = today.Add(-11) }, "on: "},
		} {
			in := discussed()
			bad.change(&in)
			if _, err := o.cases.Confer(o.ctx, o.ratna, c.ID, in); err == nil || !strings.Contains(err.Error(), bad.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := o.cases.Confer(o.ctx, o.sari, c.ID, discussed()); !errors.Is(err, fail.NotFound) {
			t.Errorf("a stranger: %v", err)
		}
		if _, err := o.cases.Confer(o.ctx, o.wulan, c.ID, discussed()); !errors.Is(err, fail.Denied) {
			t.Errorf("the province: %v", err)
		}
	})
}

// The form: rows left empty do not count, and what is wrong stands beside its row.
func TestConference_pages(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		d := o.doors()
		c := o.opened()
		at := c.Path() + "/conferences"
		d.see("ratna", at, "belum pernah dibahas bersama", "Petugas 5", ">Ratna<")
		fields := url.Values{"on": {"kemarin"}, "place": {"Balai desa"}, "question": {"Pulang?"}, "decision": {"Bulan depan"},
			"participants.1.user_id": {o.ratna.User.String()}, "participants.1.role": {"Peksos"}, "participants.4.name": {"Suwarno"},
			"followups.2.text": {"Kunjungan"}, "followups.2.owner": {"Ratna"}, "followups.2.due_on": {"1 des 2026"}}
		w := d.form("ratna", at, fields)
		if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "#f-participants-1-role") || !strings.Contains(w.Body.String(), `value="Suwarno"`) {
			t.Errorf("a role is missing: %d %s", w.Code, w.Body)
		}
		fields.Set("participants.4.role", "Keponakan")
		page := d.post("ratna", at, fields)
		d.see("wulan", page, "Bulan depan", "Balai desa", "Suwarno", "Keponakan", "Kunjungan", "Jatuh tempo 7 hari lagi")
		d.see("ratna", at, "1 tindak lanjut terbuka")
		k, _, _, err := o.cases.Conferences(o.ctx, o.ratna, c.ID, 0, 5)
		must(t, err)
		done := "/followups/" + k[0].Followups[0].ID.String() + "/done"
		if w := d.form("ratna", done, url.Values{"on": {"besok"}}); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "belum terjadi") {
			t.Errorf("done tomorrow: %d", w.Code)
		}
		d.post("ratna", done, url.Values{"on": {"hari ini"}})
		d.see("ratna", page, "Selesai 24 Nov 2026, Ratna")
	})
}

// A conference that was written down in error is struck, once, by whoever wrote it, the worker of the case or the head:
// it stays with its reason, and what was to follow waits for nobody.
func TestConference_struck(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.opened() // carried by Ratna
		k, err := o.cases.Confer(o.ctx, o.ratna, c.ID, discussed())
		must(t, err)
		other, err := o.cases.Confer(o.ctx, o.ratna, c.ID, discussed())
		must(t, err)
		nurse := o.post("perawat", "nurse", o.a, "", "")
		why := casework.Strike{Reason: "Tertulis pada kasus yang keliru"}
		for _, bad := range []struct {
			by      who.Asker
			of      id.ID
			version int64
			want    string
		}{{o.sari, k.ID, 0, "not found"}, {o.wulan, k.ID, 0, "denied"}, {nurse, k.ID, 0, "denied"}, {o.tuti, k.ID, 0, "denied"}, {o.ratna, k.ID, 7, "stale"}, {o.ratna, c.ID, 0, "not found"}} {
			if _, err := o.cases.StrikeConference(o.ctx, bad.by, bad.of, bad.version, why); err == nil || !strings.Contains(err.Error(), bad.want) {
				t.Errorf("%s: %v", bad.by.Login, err)
			}
		}
		struck, err := o.cases.StrikeConference(o.ctx, o.ratna, k.ID, k.Version, why)
		must(t, err)
		if struck.StruckOn != today || struck.StruckBy != "Ratna" || struck.StruckWhy != why.Reason || struck.Version != 2 || struck.Decision != k.Decision || struck.Open() != 0 {
			t.Errorf("struck: %+v", struck)
		}
		kept, f, err := o.cases.Conference(o.ctx, o.wulan, k.ID)
		must(t, err)
		if kept.StruckWhy != why.Reason || len(kept.Followups) != 2 || kept.Followups[0].DoneOn != "" || f.ID != c.ID {
			t.Errorf("kept: %+v", kept)
		}
		if _, err := o.cases.StrikeConference(o.ctx, o.joko, k.ID, 0, why); missing(err) != "conference-struck" {
			t.Errorf("struck twice: %v", err)
		}
		if _, err := o.cases.FollowupDone(o.ctx, o.ratna, k.Followups[0].ID, 0, casework.Done{On: today}); missing(err) != "conference-struck" {
			t.Errorf("a follow-up of a struck conference is done: %v", err)
		}
		if struck, err = o.cases.StrikeConference(o.ctx, o.joko, other.ID, 0, why); err != nil || struck.StruckBy != "Joko" {
			t.Errorf("the head strikes: %+v %v", struck, err)
		}
		f, h, trail, err := o.cases.WithHistory(o.ctx, o.ratna, c.ID, true)
		must(t, err)
		if f.Papers.Conferences != 0 || len(h) != 0 || trail[0].Say.Text != "Pembahasan kasus dicoret." || strings.Contains(trail[0].Say.String(), why.Reason) {
			t.Errorf("counted %d, on record %+v", f.Papers.Conferences, trail[0])
		}
		if _, h, _, err = o.cases.WithHistory(o.ctx, o.ratna, c.ID, false); err != nil || len(h.Of("conference")) != 0 {
			t.Errorf("the history tells of a struck conference: %v %v", h.Of("conference"), err)
		}
	})
}

// The page: what is struck stands struck through, with its reason; who may not strike sees no form.
func TestConference_strikePages(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		d := o.doors()
		c := o.opened()
		k, err := o.cases.Confer(o.ctx, o.ratna, c.ID, discussed())
		must(t, err)
		at := k.Path() + "/strike"
		d.see("ratna", k.Path(), "Coret pembahasan ini", at, "Nyatakan selesai")
		if page := d.get("wulan", k.Path()); strings.Contains(page, "Coret pembahasan") {
			t.Error("the province may strike")
		}
		if w := d.form("ratna", at, url.Values{"reason": {""}}); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "Tulis alasan mencoretnya.") || !strings.Contains(w.Body.String(), `class="noprint" open`) {
			t.Errorf("no reason: %d %s", w.Code, w.Body)
		}
		for range 2 { // the same form sent again is the same deed
			w := d.form("ratna", at, url.Values{"reason": {"Kasus keliru"}, "_key": {"coret-1"}})
			if w.Code != http.StatusSeeOther || w.Header().Get("Location") != k.Path() {
				t.Fatalf("struck: %d %s", w.Code, w.Body)
			}
		}
		page := d.get("ratna", k.Path())
		for _, want := range []string{"Dicoret 24 Nov 2026 oleh Ratna", "Kasus keliru", "<s>Dua kunjungan dulu.</s>", "<s>Kunjungi rumah</s>", "Tidak berlaku lagi"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page lacks %s", want)
			}
		}
		for _, not := range []string{"Nyatakan selesai", "Coret pembahasan ini", "Jatuh tempo"} {
			if strings.Contains(page, not) {
				t.Errorf("the page still has %s", not)
			}
		}
		list := d.get("ratna", c.Path()+"/conferences")
		if !strings.Contains(list, "Dicoret 24 Nov 2026 oleh Ratna: Kasus keliru") || strings.Contains(list, "tindak lanjut terbuka") {
			t.Errorf("the list: %s", list)
		}
		if w := d.form("ratna", at, url.Values{"reason": {"Lagi"}}); w.Code != http.StatusConflict && w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Pembahasan ini sudah dicoret.") {
			t.Errorf("struck twice: %d", w.Code)
		}
		if body := d.get("wulan", "/api/v1"+k.Path()); !strings.Contains(body, `"struck_on":"2026-11-24","struck_by":"Ratna","struck_why":"Kasus keliru"`) {
			t.Errorf("the API: %s", body)
		}
	})
}
