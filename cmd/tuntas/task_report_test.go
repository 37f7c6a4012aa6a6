package main

import (
	"path/filepath"
	"strings"
	"testing"

	"tuntas/house/text"
	"tuntas/try/browser"
)

// T7: "From a phone: report a neglected old man in a market, then find out what became of it." On slow 3G, with scripts and without.
func TestTask_report(t *testing.T) {
	t.Parallel()
	for _, scripts := range []bool{true, false} {
		o := newTestOffice(t, "sqlite:"+filepath.Join(t.TempDir(), "t.db"))
		b := browser.New(t, o.url, 360)
		b.Slow()
		if !scripts {
			b.NoScript()
		}
		w := &walk{b, o, text.ID, "task", ""}
		w.Open("/")
		w.press("Laporkan sekarang")
		before := w.Effort() // the task begins with the question of danger
		o.clock.ms.Add(6000) // somebody reads the first question
		w.Screenshot("report-1-danger")
		w.choose("Pilih keadaannya", "Tidak, tetapi perlu bantuan")
		w.press("Lanjut")
		w.choose("Jenis laporan", "Orang telantar atau perlu pertolongan")
		w.fill("Ceritakan apa yang Anda lihat", "Kakek sendirian, sakit, tidur di emperan")
		w.Screenshot("report-2-what")
		w.press("Lanjut")
		w.Choose("Kabupaten atau kota", "Kabupaten Jember")
		w.fill("Tempatnya", "Pasar Tanjung, pintu timur")
		w.Screenshot("report-3-where")
		w.press("Lanjut")
		w.choose("Terakhir terlihat", "Hari ini")
		w.Screenshot("report-4-when")
		w.press("Lanjut")
		w.Screenshot("report-5-contact")
		w.press("Lanjut")
		w.see("Periksa, lalu kirim")
		w.Screenshot("report-6-check")
		w.press("Kirim laporan")
		w.see("Laporan Anda sudah kami terima")
		w.Screenshot("report-7-receipt")
		w.press("Lacak laporan ini")
		w.see("Laporan Anda menunggu diperiksa")
		w.Screenshot("report-8-track")
		now := w.Effort()
		taps, keys := now.Taps-before.Taps, now.Keys-before.Keys
		if t.Logf("scripts %v: %d taps and %d keys", scripts, taps, keys); taps > 14 || keys > 140 {
			t.Errorf("scripts %v: %d taps and %d keys; the target is 14 and 140", scripts, taps, keys)
		}
		w.fill("Tambah keterangan", "<script>alert(1)</script>")
		w.press("Kirim keterangan")
		w.see("Keterangan Anda terkirim.")
		w.See("<script>alert(1)</script>")
		if body := o.want(200, "wulan", "GET", "/public-reports", nil).raw; !strings.Contains(body, "Pasar Tanjung") {
			t.Errorf("the report is not in the queue: %s", body)
		}
	}
}

// When the largest thing of each public page is painted on a phone with slow 3G, at the first visit and with nothing kept.
func BenchmarkSlow3G(b *testing.B) {
	o := newTestOffice(b, "sqlite:"+filepath.Join(b.TempDir(), "bench.db"))
	_, news := o.published(m{"title": "Kebun panti mulai panen", "lead": "Dapur memasak sayur sendiri.", "body": strings.Repeat("Penghuni merawat dua belas bedeng. ", 40), "topic": "event"})
	_, code := o.ownCentre()
	for _, path := range []string{"/", news, "/panti", "/panti/" + code, "/data", "/bantu", "/lapor", "/lacak", "/pendapat/" + code} {
		b.Run(strings.ReplaceAll(path[1:], "/", "_"), func(b *testing.B) {
			total := 0.0
			for range b.N {
				w := browser.New(b, o.url, 360)
				w.Slow()
				w.Open(path)
				total += w.Painted()
			}
			b.ReportMetric(total/float64(b.N), "ms-LCP/op")
		})
	}
}
