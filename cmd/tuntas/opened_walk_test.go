package main

import (
	"testing"

	"tuntas/try/browser"
)

// A file is opened in an emergency by hand: the stranger finds out that it is there, opens it and reads it, the head of
// the centre is told on the next page, asks, is answered, and judges.
func TestWalk_emergency(t *testing.T) {
	t.Parallel()
	o := newTestOffice(t, "sqlite:"+t.TempDir()+"/t.db")
	made := o.want(201, "ratna", "POST", "/persons", m{"names": []m{{"text": "Mbah Sumarni"}}, "birth": m{"date": "1948", "precision": "year"},
		"identifiers": []m{{"kind": "nik", "value": "3509011203480001", "certainty": "claimed"}}})
	file := "/persons/" + made.text("id")

	sari := browser.New(t, o.url, 360)
	walkIn(sari, "sari")
	sari.Open(file)
	if sari.Status() != 404 {
		t.Errorf("before: %d", sari.Status())
	}
	sari.Open("/persons?q=Sumarni")
	sari.Press("Buka berkasnya dalam keadaan darurat")
	sari.Fill("NIK (opsional)", "3509 0112 0348 0001")
	sari.Press("Periksa dulu apakah ada berkasnya")
	sari.See("Ada satu berkas yang cocok")
	sari.Press("Buka berkas selama 2 jam")
	sari.See("Pilih keadaan daruratnya.")
	sari.AxeBoth()
	sari.Check("Keadaan darurat kesehatan")
	sari.Fill("Apa yang terjadi?", "Pingsan di terminal, alerginya tidak diketahui.")
	sari.Press("Buka berkas selama 2 jam")
	if sari.Path() != file {
		t.Errorf("after opening at %s", sari.Path())
	}
	sari.See("Mbah Sumarni")
	sari.See("Akses darurat, hanya membaca")
	sari.NotSee("Buka kasus")

	joko := browser.New(t, o.url, 1280)
	walkIn(joko, "joko")
	joko.See("Akses darurat menunggu telaah")
	joko.See("mulai dari Sari Wulandari")
	joko.Press("Pemberitahuan")
	joko.Press("Berkas seseorang dibuka dalam keadaan darurat")
	joko.See("membuka data diri")
	joko.Check("Perlu ditanya")
	joko.Fill("Catatan", "Apakah puskesmas sudah dihubungi?")
	joko.Press("Simpan penilaian")
	joko.See("Penilaian tercatat")

	sari.Open("/today")
	sari.Press("Pemberitahuan")
	sari.Press("Ada pertanyaan tentang akses darurat Anda")
	sari.Fill("Jawaban Anda", "Sudah, puskesmas meminta daftar obatnya.")
	sari.Press("Kirim jawaban")
	sari.See("Jawaban terkirim")
	sari.Press("Akhiri akses darurat")
	sari.See("Berkasnya tertutup lagi")
	sari.Open(file)
	if sari.Status() != 404 {
		t.Errorf("when it was ended: %d", sari.Status())
	}

	joko.Open("/emergency-reviews")
	joko.Press("Sari Wulandari membuka berkas Mbah Sumarni")
	joko.Check("Wajar")
	joko.Press("Simpan penilaian")
	joko.See("menilai wajar")
	joko.Open("/ledger?channel=emergency")
	joko.See("darurat")
	joko.Open(file + "/ledger")
	joko.Print()
	joko.See("Keadaan darurat kesehatan: Pingsan di terminal")
	joko.NotSee("Pilih rentang")
}

func walkIn(b *browser.Browser, login string) {
	b.Open("/sign-in")
	b.Fill("Nama masuk", login)
	b.Fill("Kata sandi", testPassword)
	b.Press("Masuk")
}
