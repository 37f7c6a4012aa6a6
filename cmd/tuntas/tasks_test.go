package main

import (
	"path/filepath"
	"testing"

	"tuntas/house/text"
	"tuntas/law"
	"tuntas/try/browser"
)

// The tasks that are timed with newcomers, each by its shortest way: what it costs in taps and keys may not grow
// over the target.

// T1: "Take in an old woman without NIK, called Bu Sarti, about 65 to 70, at this centre."
func TestTask_takeIn(t *testing.T) {
	t.Parallel()
	for _, width := range []int{360, 1280} {
		o := newTestOffice(t, "sqlite:"+filepath.Join(t.TempDir(), "t.db"))
		w := &walk{browser.New(t, o.url, width), o, text.ID, "task", ""}
		w.as("ratna", "2025-03-03", "/today")
		before := w.Effort()
		w.press("Penerima Manfaat")
		w.fill("Nama, nama panggilan, atau awal nomor identitas", "Bu Sarti")
		w.press("Cari")
		w.press("Daftarkan orang baru")
		w.choose("Jenis kelamin", "Perempuan")
		w.fill("dari", "1955")
		w.fill("sampai", "1960")
		w.Choose("Kabupaten/kota asal", "Kabupaten Jember")
		w.press("Daftarkan")
		w.press("Buka kasus")
		w.fill("Sudah dilayani di luar panti sejak", "20/2/2025")
		w.press("Buka kasus")
		w.Screenshot("task-criteria")
		for _, c := range law.CriteriaFor(law.Criteria.Latest(), "lansia_telantar", "inside") {
			if c.Fact == "" {
				w.choose("Hasil untuk "+c.Name, "Terpenuhi")
				w.fill("Bukti "+c.Name, "Kunjungan (uji)")
			}
		}
		w.press("Simpan syarat")
		w.Screenshot("task-criteria-met")
		w.press("Pilih tempat tidur")
		w.Screenshot("task-bed")
		w.choose("Tempat tidur kosong", "Melati · Melati 1 · M-01")
		w.press("Tempatkan")
		w.Screenshot("task-placed")
		now := w.Effort()
		if taps, keys := now.Taps-before.Taps, now.Keys-before.Keys; taps > 22 || keys > 90 {
			t.Errorf("at %d px: %d taps and %d keys; the target is 22 and 90", width, taps, keys)
		}
	}
}

// T8: "Make a plan for five needs, with their cost, and hand it in." Each need of the assessment stands in the plan already:
// what is to be done and its price are all that is typed.
func TestTask_plan(t *testing.T) {
	t.Parallel()
	lines := []struct{ domain, need, item, does, cost string }{
		{"identity", "Belum punya NIK", "lansia-i", "Rekam KTP", "50000"},
		{"health", "Gatal", "lansia-j", "Periksa", "200000"},
		{"family", "Keponakan belum ditemukan", "lansia-k", "Telusuri", "350000"},
		{"basic", "Berat badan kurang", "lansia-a", "Menu 2x", "900000"},
		{"skill", "Ingin berkebun", "lansia-g", "Kebun", "150000"},
	}
	for _, width := range []int{360, 1280} {
		o := newTestOffice(t, "sqlite:"+filepath.Join(t.TempDir(), "t.db"))
		person, c := o.old("ratna", "Mbah Sarti")
		o.admit(person, c)
		o.stage(c, "assessment")
		answers := complete("biopsychosocial")
		var asked []m
		for _, l := range lines {
			asked = append(asked, m{"domain": l.domain, "text": l.need, "item": l.item})
		}
		answers["needs"] = asked
		o.sign(c, "biopsychosocial", "admission", answers)
		o.sign(c, "independence", "admission", levelsAt("2"))
		o.stage(c, "planning")
		w := &walk{browser.New(t, o.url, width), o, text.ID, "task", ""}
		w.as("ratna", "2025-03-03", "/cases/"+c+"/plans")
		before := w.Effort()
		w.press("Susun rencana")
		for _, l := range lines {
			row := w.In(l.need)
			row.Fill("Tujuan", l.does)
			row.Fill("Apa yang dilakukan", l.does)
			row.Fill("Biaya (Rp)", l.cost)
		}
		w.fill("Rencana disetujui oleh", "Sarti")
		w.Screenshot("task-plan")
		w.press("Ajukan ke Kepala UPT")
		w.see("Menunggu Kepala UPT")
		w.See("Rp1.650.000")
		w.Screenshot("task-plan-sent")
		now := w.Effort()
		taps, keys := now.Taps-before.Taps, now.Keys-before.Keys
		if t.Logf("at %d px: %d taps and %d keys", width, taps, keys); taps > 38 || keys > 120 {
			t.Errorf("at %d px: %d taps and %d keys; the target is 38 and 120", width, taps, keys)
		}
	}
}
