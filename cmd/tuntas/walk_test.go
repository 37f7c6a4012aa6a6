package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"tuntas/house/text"
	"tuntas/law"
	"tuntas/try/browser"
	"tuntas/try/clause"
)

// walk is one old lady without NIK, carried from the report to tuntas by hand in a browser.
type walk struct {
	*browser.Browser
	o     *testOffice
	lang  text.Lang
	shots string
	path  string // of the case
}

// A person on a phone and a person at a desk, in Indonesian, and once in English: the same way, the same
// end, with every page on it checked for accessibility.
func TestJourney_inBrowser(t *testing.T) {
	clause.Test(t, "P16-7.1", "P16-7.2", "P16-7.g", "P16-18.9", "NIK-1", "U27-22")
	t.Parallel()
	for _, c := range []struct {
		name, engine string
		width        int
		lang         text.Lang
	}{{"phone", "sqlite", 360, text.ID}, {"desk", "postgres", 1280, text.ID}, {"english", "sqlite", 1280, text.EN}} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			address := "sqlite:" + filepath.Join(t.TempDir(), "t.db")
			if c.engine == "postgres" {
				address = officeOnPostgres(t)
			}
			o := newTestOffice(t, address)
			w := &walk{browser.New(t, o.url, c.width), o, c.lang, c.name, ""}
			w.Open("/?lang=" + string(c.lang))
			w.report()
			w.admitted()
			w.assessed()
			w.planned()
			w.served()
			w.home()
			w.followed()
			o.figuresAgree(t)
		})
	}
}

// t is a sentence in the language of the walk.
func (w *walk) t(sentence string, args ...any) string { return text.T(w.lang, sentence, args...) }

func (w *walk) fill(label, value string)      { w.Fill(w.t(label), value) }
func (w *walk) choose(label, option string)   { w.Choose(w.t(label), w.t(option)) }
func (w *walk) press(words string, a ...any)  { w.Press(w.t(words, a...)) }
func (w *walk) see(sentence string, a ...any) { w.See(w.t(sentence, a...)) }

func (w *walk) named(list []law.Named, key string) string {
	n, _ := law.Find(list, key)
	return n.In(string(w.lang))
}

// as signs in as somebody on a day; whoever was signed in before is not any more.
func (w *walk) as(login, day, path string) {
	w.o.clock.to(clockDay(day))
	w.Open("/sign-in")
	w.fill("Nama masuk", login)
	w.fill("Kata sandi", testPassword)
	w.press("Masuk")
	w.Open(path)
}

// checked looks at the page as it stands.
func (w *walk) checked(name string) {
	w.Axe()
	w.FitsWidth()
	w.Screenshot("walk-" + w.shots + "-" + name)
}

func (w *walk) report() {
	w.as("ratna", "2025-03-03", "/persons?q=Mbah+Sarti")
	w.press("Daftarkan orang baru")
	w.press("Daftarkan") // nothing but the name that was searched for
	w.see("%s didaftarkan.", "Mbah Sarti")
	w.press("Ubah")
	w.choose("Jenis kelamin", "Perempuan")
	w.fill("dari", "1945")
	w.fill("sampai", "1950")
	w.Choose(w.t("Kabupaten/kota asal"), "Kabupaten Jember")
	w.fill("Tempat ditemukan", "Pasar Ajung")
	w.press("Simpan data diri")
	w.checked("person")
	w.press("Buka kasus")
	kind, _ := law.KindOf("lansia_telantar")
	w.Choose(w.t("Jenis PPKS"), kind.In(string(w.lang)))
	w.fill("Tanggal mulai", "1 3 2025")
	w.fill("Sudah dilayani di luar panti sejak", "20/2/2025")
	w.fill("Siapa yang melapor atau merujuk?", "Laporan warga di pasar")
	w.checked("open")
	w.press("Buka kasus")
	w.see("Kasus dibuka. Berikutnya: periksa syarat penerimaan.")
	w.path, _, _ = strings.Cut(w.Path(), "/criteria")
	w.Open(w.path)
	w.see("Langkah berikutnya: %s", stageNamed(w.lang, "assessment"))
	w.checked("case")
}

func stageNamed(lang text.Lang, key string) string {
	for _, s := range law.Stages.Latest() {
		if s.Key == key {
			return s.In(string(lang))
		}
	}
	return key
}

func (w *walk) admitted() {
	w.Open(w.path + "/criteria")
	for _, c := range law.CriteriaFor(law.Criteria.Latest(), "lansia_telantar", "inside") {
		if c.Fact != "" {
			continue
		}
		name := c.In(string(w.lang))
		w.Choose(w.t("Hasil untuk %s", name), w.t("Terpenuhi"))
		w.Fill(w.t("Bukti")+" "+name, "Kunjungan 2 Maret (uji)")
	}
	w.press("Simpan syarat")
	w.checked("criteria")
	w.press("Catat persetujuan")
	w.choose("Siapa yang menyetujui?", "Orangnya sendiri")
	w.choose("Bentuk", "Terekam")
	w.press("Catat persetujuan")
	w.Open(w.path + "/stays/new")
	w.Choose(w.t("Tempat tidur kosong"), "Melati · Melati 1 · M-01")
	w.press("Tempatkan")
	w.Open(w.path)
	w.press("Mulai %s", stageNamed(w.lang, "assessment"))
	w.see("Langkah berikutnya: %s", stageNamed(w.lang, "planning"))
}

// assessed fills the assessment section by section as the renderer lays it out, and signs; then the matrix.
func (w *walk) assessed() {
	form, _ := law.InstrumentOf("biopsychosocial", "")
	w.begin(form, "Saat masuk")
	for _, s := range form.Sections {
		for _, q := range s.Questions {
			w.answer(q)
		}
		if s.Key == form.Sections[len(form.Sections)-1].Key {
			w.press("Simpan, lalu periksa")
		} else {
			w.press("Simpan, lalu lanjut")
		}
	}
	w.checked("assessment")
	w.press("Tandatangani asesmen")
	w.measured("Saat masuk", "2")
	w.Open(w.path)
	w.press("Mulai %s", stageNamed(w.lang, "planning"))
}

func (w *walk) begin(form law.Instrument, occasion string) {
	w.Open(w.path + "/assessments")
	w.Choose(w.t("Instrumen"), form.In(string(w.lang)))
	w.choose("Kapan?", occasion)
	w.press("Mulai mengisi")
}

func (w *walk) answer(q law.Question) {
	label := law.Named{Name: q.Label, NameEn: q.LabelEn}.In(string(w.lang))
	switch {
	case q.Type == "needs":
		w.fill(fmt.Sprintf(w.t("Kebutuhan %d"), 1), "Belum punya dokumen (uji)")
	case len(q.Options) > 0:
		w.Choose(label, q.Options[0].In(string(w.lang)))
	case q.Type == "yesno":
		w.Choose(label, w.t("Tidak"))
	case q.Required:
		w.Fill(label, "Catatan uji.")
	}
}

// measured answers every domain of the matrix with one level and signs.
func (w *walk) measured(occasion, level string) {
	form, _ := law.InstrumentOf("independence", "")
	w.begin(form, occasion)
	for i, s := range form.Sections {
		for _, q := range s.Questions {
			for _, o := range q.Options {
				if o.Key == level {
					w.Choose(law.Named{Name: q.Label, NameEn: q.LabelEn}.In(string(w.lang)), o.In(string(w.lang)))
				}
			}
		}
		if i == len(form.Sections)-1 {
			w.press("Simpan, lalu periksa")
		} else {
			w.press("Simpan, lalu lanjut")
		}
	}
	w.press("Tandatangani asesmen")
}

func (w *walk) planned() {
	w.Open(w.path + "/plans")
	w.press("Susun rencana")
	w.fill("Tujuan|rencana", "Memiliki NIK dan kartu keluarga")
	w.fill("Apa yang dilakukan", "Perekaman di Dukcapil")
	w.fill("Biaya (Rp)", "250.000")
	w.fill("Rencana disetujui oleh", "Mbah Sarti")
	w.checked("plan")
	w.press("Ajukan ke Kepala UPT")
	w.see("Menunggu Kepala UPT")
	plan := w.Path()
	w.as("joko", "2025-03-04", "/today")
	w.see("Rencana menunggu pengesahan")
	w.checked("head")
	w.Open(plan)
	w.press("Sahkan rencana")
	w.see("Berlaku")
	w.Open(w.path + "/criteria")
	w.fill("Nomor surat", "188/12/2025")
	w.press("Simpan keputusan")
	w.as("ratna", "2025-03-05", w.path)
	w.press("Mulai %s", stageNamed(w.lang, "intervention"))
}

func (w *walk) served() {
	w.as("ratna", "2025-05-05", w.path+"/services")
	item, _ := law.ItemOf("lansia-i")
	w.Choose(w.t("Butir kebutuhan dasar"), item.In(string(w.lang)))
	w.fill("Tanggal", "2 mei 2025")
	w.press("Catat layanan")
	w.checked("services")
	w.measured("Peninjauan ulang", "3")
	w.Open(w.path)
	w.press("Mulai %s", stageNamed(w.lang, "resocialisation"))
}

func (w *walk) home() {
	w.Open(w.path + "/resocialisation")
	for _, n := range law.Standard.Latest().Checklist {
		w.Choose(n.In(string(w.lang)), w.t("Selesai"))
	}
	w.Choose("Memiliki NIK dan kartu keluarga", w.t("Tercapai"))
	w.press("Simpan daftar")
	w.measured("Saat terminasi", "4")
	w.as("ratna", "2025-06-02", w.path+"/termination")
	std := law.Standard.Latest()
	w.Choose(w.t("Alasan"), w.named(std.ExitReasons, "reunified"))
	w.Choose(w.t("Tujuan"), w.named(std.Destinations, "family"))
	w.Choose(w.t("Hasil"), w.named(std.Outcomes, "independent"))
	w.fill("Diterima oleh", "Keponakan (uji)")
	w.checked("termination")
	w.press("Akhiri layanan dan jadwalkan")
	w.Open(w.path)
	w.press("Mulai %s", stageNamed(w.lang, "aftercare"))
}

func (w *walk) followed() {
	for i, day := range []string{"2025-07-03", "2025-09-03", "2025-12-03", "2026-06-03"} {
		w.as("ratna", day, w.path+"/contacts")
		w.press("Kunjungan %d bulan", []int{1, 3, 6, 12}[i])
		w.choose("Bertemu orangnya?", "Bertemu")
		w.Choose(w.t("Tingkat kemandirian"), "4")
		w.Choose(w.t("Pekerjaan"), w.named(law.Standard.Latest().Works, "casual"))
		if i == 0 {
			w.checked("visit")
		}
		w.press("Catat kunjungan")
	}
	w.Open(w.path)
	w.press("Tutup sebagai tuntas")
	w.choose("Hasil akhir", "Tuntas: mandiri")
	w.press("Tutup kasus")
	w.Open(w.path)
	w.see("Kasus tuntas.")
	w.checked("settled")
}
