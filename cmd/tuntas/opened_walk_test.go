package main

import (
	"testing"
	"time"

	"tuntas/try/browser"
)

// A file is opened in an emergency by hand: the social worker of another centre finds out that it is there, opens it with
// the reason, and reads the person and the case; the head of the centre is told on the home, asks, is answered, and judges;
// when its time is over, the file is closed again.
func TestWalk_emergency(t *testing.T) {
	t.Parallel()
	o := newTestOffice(t, "sqlite:"+t.TempDir()+"/t.db")
	made := o.want(201, "ratna", "POST", "/persons", m{"names": []m{{"text": "Mbah Sumarni"}}, "birth": m{"date": "1948", "precision": "year"},
		"identifiers": []m{{"kind": "nik", "value": "3509011203480001", "certainty": "claimed"}}})
	file := "/persons/" + made.text("id")
	work := "/cases/" + o.want(201, "ratna", "POST", "/cases", m{"person_id": made.text("id"), "centre_id": o.centres["pstw-jember"].String(), "ppks_type": "lansia_telantar",
		"opened_on": "2025-03-01"}).text("id")
	other := "/persons/" + o.want(201, "ratna", "POST", "/persons", m{"names": []m{{"text": "Mbah Karto"}}}).text("id")

	sari := browser.New(t, o.url, 360)
	walkIn(sari, "sari")
	closed := func(when string, paths ...string) {
		t.Helper()
		for _, path := range paths {
			if sari.Open(path); sari.Status() != 404 {
				t.Errorf("%s: %s gives %d", when, path, sari.Status())
			}
		}
	}
	closed("before", file, work, other)
	sari.Open("/persons?q=Sumarni")
	sari.Press("Buka berkasnya dalam keadaan darurat")
	sari.Fill("NIK", "3509 0112 0348 0001")
	sari.Press("Periksa dulu apakah ada berkasnya")
	sari.See("Ada satu berkas yang cocok")
	sari.Press("Buka berkas selama 2 jam")
	sari.See("Pilih keadaan daruratnya.")
	sari.AxeBoth()
	sari.Choose("Keadaan daruratnya", "Keadaan darurat kesehatan")
	sari.Fill("Apa yang terjadi?", "Pingsan di terminal, alerginya tidak diketahui.")
	sari.Press("Buka berkas selama 2 jam")
	if sari.Path() != file {
		t.Errorf("after opening at %s", sari.Path())
	}
	sari.See("Mbah Sumarni")
	sari.See("Akses darurat, hanya membaca")
	sari.NotSee("Buka kasus")
	sari.AxeBoth()
	sari.FitsWidth()
	sari.Open(work)
	sari.See("Mbah Sumarni")
	sari.See("Akses darurat, hanya membaca")
	sari.NotSee("Ubah")
	sari.AxeBoth()
	sari.FitsWidth()
	closed("while it is open", other, file+"/edit", work+"/stays/new")

	joko := browser.New(t, o.url, 1280)
	walkIn(joko, "joko")
	joko.See("Akses darurat menunggu telaah")
	joko.See("mulai dari Sari Wulandari")
	joko.Press("Pemberitahuan")
	joko.Press("Berkas seseorang dibuka dalam keadaan darurat")
	joko.See("membuka data diri")
	joko.Choose("Penilaian Anda", "Perlu ditanya")
	joko.Fill("Catatan", "Apakah puskesmas sudah dihubungi?")
	joko.Press("Simpan penilaian")
	joko.See("Penilaian tercatat")

	sari.Open("/today")
	sari.Press("Pemberitahuan")
	sari.Press("Ada pertanyaan tentang akses darurat Anda")
	sari.Fill("Jawaban Anda", "Sudah, puskesmas meminta daftar obatnya.")
	sari.Press("Kirim jawaban")
	sari.See("Jawaban terkirim")
	joko.Open("/emergency-reviews")
	joko.Press("Sari Wulandari membuka berkas Mbah Sumarni")
	joko.Choose("Penilaian Anda", "Wajar")
	joko.Press("Simpan penilaian")
	joko.See("menilai wajar")
	joko.NotSee("Simpan penilaian")
	joko.Open("/today")
	joko.NotSee("Akses darurat menunggu telaah")
	joko.Open("/ledger?channel=emergency")
	joko.See("darurat")
	joko.Open(file + "/ledger")
	joko.Print()
	joko.See("Keadaan darurat kesehatan: Pingsan di terminal")
	joko.NotSee("Pilih rentang")

	o.clock.ms.Add((2 * time.Hour).Milliseconds())
	closed("when its time was over", file, work, other)
	sari.Open("/emergency-access")
	sari.See("Wajar")
	sari.NotSee("terbuka sampai")
	sari.Press("Keadaan darurat kesehatan")
	sari.See("berakhir")
}

func walkIn(b *browser.Browser, login string) {
	b.Open("/sign-in")
	b.Fill("Nama masuk", login)
	b.Fill("Kata sandi", testPassword)
	b.Press("Masuk")
}
