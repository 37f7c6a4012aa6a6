package main

import (
	"path/filepath"
	"testing"

	"tuntas/house/text"
	"tuntas/try/browser"
)

// T3: "Which institution is over its capacity, and why?" From the home of the head of division to the reasons: at most three
// taps, no key. The small centre of the tests is full with one person too many.
func TestTask_full(t *testing.T) {
	t.Parallel()
	for _, width := range []int{360, 1280} {
		o := newTestOffice(t, "sqlite:"+filepath.Join(t.TempDir(), "t.db"))
		o.overfull()
		w := &walk{browser.New(t, o.url, width), o, text.ID, "task", ""}
		w.as("wulan", "2025-03-03", "/today")
		before := w.Effort()
		w.See("terisi ")
		w.press("Buka UPT")
		w.see("Mengapa belum pulang?")
		w.See("Keluarga ditemui dan disiapkan")
		w.Screenshot("task-full")
		now := w.Effort()
		taps, keys := now.Taps-before.Taps, now.Keys-before.Keys
		if t.Logf("at %d px: %d taps and %d keys", width, taps, keys); taps > 3 || keys > 0 {
			t.Errorf("at %d px: %d taps and %d keys; the target is 3 and 0", width, taps, keys)
		}
	}
}

// overfull leaves one place at PSTW Jember, and two who live there: one who came now and one who gets ready to go.
func (o *testOffice) overfull() {
	o.t.Helper()
	first, waiting := o.old("ratna", "Mbah Sesak")
	o.admit(first, waiting)
	person, c := o.old("ratna", "Mbah Siap")
	o.admit(person, c)
	o.stage(c, "assessment")
	o.sign(c, "biopsychosocial", "admission", complete("biopsychosocial"))
	o.sign(c, "independence", "admission", levelsAt("2"))
	o.stage(c, "planning")
	o.planned(c)
	o.stage(c, "intervention")
	o.want(201, "ratna", "POST", "/cases/"+c+"/services", m{"item": "lansia-i", "on": string(o.Store.Today()), "quantity": 1, "unit": "berkas"})
	o.sign(c, "independence", "review", levelsAt("3"))
	o.stage(c, "resocialisation")
	at := "/centres/" + o.centres["pstw-jember"].String()
	was := o.want(200, "bima", "GET", at, nil)
	o.want(200, "bima", "PATCH", at, m{"capacity": 1}, "If-Match", was.head.Get("ETag"))
}
