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
