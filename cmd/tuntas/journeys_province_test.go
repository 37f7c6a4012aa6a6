package main

import (
	"strings"

	"tuntas/house/text"
	"tuntas/try/browser"
)

// The instructor records a training for somebody who wants to learn a trade.
func trains(w *atWork) {
	const goals, unserved, basics = "Tujuan keterampilan dan kerja", "Belum ada layanan tercatat %d hari", "gepeng-f"
	name := w.somebody(goals, "Bekerja dengan keterampilan sendiri")
	w.served(goals, "Catat layanan", name, basics)
	w.press("Ringkasan")
	w.See("Bimbingan keterampilan dasar")
	w.looks("case")
	w.goesHome()
	was, title := w.number(unserved, 7), w.t0(unserved, 7)
	w.served(title, "Catat", w.somebody(title, ""), basics)
	w.goesHome()
	w.fewer(was, unserved, 7)
}

// The head of the province asks who is behind a figure; what is withheld is said.
func asksWhoIsBehind(w *atWork) {
	const word = "belum terjangkau setelah 12 bulan"
	value := w.cell("Angka pokok", word)
	w.card("Angka pokok").Press(value)
	w.see("Siapa di balik angka %d?", w.whole(value))
	w.looks("records")
	listed, first := w.rows()
	if listed < 50 { // all on one page
		w.see("%d tidak ditampilkan: di luar hak Anda atau akses terbatas", w.whole(value)-listed)
	}
	w.Press(first)
	w.See(first)
	w.looks("case-read")
}

// The head of the section sees at which centre decisions wait, and for whom, and leaves them to the head of the centre.
func seesWhatWaits(w *atWork) {
	const card = "Menunggu keputusan Kepala UPT"
	at := w.somebody(w.t0(card), "")
	n := 0
	for n < 50 && !w.card(card).Shows(at+" "+w.t0("%d keputusan menunggu", n)) {
		n++
	}
	w.card(card).Press(at)
	w.looks("cases")
	listed, first := w.rows()
	if listed != n && !w.Shows(w.t0("%d kasus tidak ditampilkan: akses terbatas.", n-listed)) {
		w.t.Errorf("%s: the home says %d, the list %d", at, n, listed)
	}
	w.Press(first)
	w.See(first)
	w.NotSee(w.t0("Sahkan rencana"))
	w.looks("case-waiting")
}

// The head of the division opens the centre that needs attention, its late cases, and one of them.
func followsTheLate(w *atWork) {
	const card = "UPT yang perlu perhatian"
	at := w.somebody(card, "kasus terlambat")
	w.card(card).Press("Buka UPT : " + at)
	w.See(at)
	w.looks("centre")
	w.press("Kasus yang terlambat")
	w.looks("cases-late")
	_, first := w.rows()
	w.Press(first)
	w.See(first)
	w.see("Langkah berikutnya")
	w.looks("case-late")
}

// The auditor judges an emergency opening, and reads who saw the data of the person.
func judges(w *atWork) {
	const card = "Akses darurat menunggu telaah"
	was := w.number(card)
	by := w.somebody(card, "membuka berkas")
	w.card(card).Press("Telaah : " + by)
	w.choose("Penilaian Anda", "Wajar")
	w.press("Simpan penilaian")
	w.see("menilai wajar")
	w.looks("review")
	w.press("Buka berkas")
	w.press("Siapa melihat data ini?")
	w.See(by + " membuka dalam keadaan darurat")
	w.looks("person-ledger")
	w.press("Beranda")
	w.fewer(was, card)
	w.see("Tidak ada akses darurat yang menunggu telaah.")
}

// The speaker of the office checks what the public reads.
func readsThePublicPage(w *atWork) {
	value := w.cell("Angka yang dibaca publik", "orang tinggal di panti")
	w.card("Angka yang dibaca publik").Press(value)
	if w.Path() != "/data/penghuni-menurut-panti" {
		w.t.Errorf("at %s", w.Path())
	}
	w.See(value)
	w.looks("public")
}

// The administrator makes an account; its holder signs in by the code; they are signed out everywhere and come back
// by a new code.
func managesAccounts(w *atWork) {
	w.press("Pengguna")
	w.looks("users")
	w.press("Buat akun")
	w.choose("Sapaan", "Bu")
	w.fill("Nama lengkap", "Wiwik Handayani")
	w.fill("Nama masuk", "wiwik")
	w.choose("Peran", "Pengasuh")
	w.Check("PSTW Jember (contoh)")
	w.looks("user-new")
	w.press("Buat akun")
	w.see("Akun %s dibuat", "wiwik")
	w.looks("code")

	wiwik := w.shift.arrives(w.t, workday{login: "wiwik", width: 360, lang: text.ID})
	wiwik.takesCode(w.code(), "padi-pertama-2026")
	wiwik.card("Belum ada layanan tercatat hari ini").See("Catat")
	wiwik.looks("home")

	w.press("Buka akun")
	w.see("Perangkat yang masuk")
	w.looks("user")
	w.press("Keluarkan semua")
	w.NotSee(w.t0("Keluarkan semua"))
	wiwik.press("Beranda")
	wiwik.see("Masuk untuk petugas")
	w.press("Buat kode sekali pakai")
	w.see("Kode untuk %s", "wiwik")
	wiwik.takesCode(w.code(), "padi-kedua-2026")
	wiwik.see("Tempat tidur")
}

// code is the code that is shown once.
func (w *atWork) code() string {
	w.t.Helper()
	return strings.TrimSpace(browser.Eval[string](w.Browser, `document.querySelector('main .box .num').textContent`))
}

// takesCode opens an account by its code.
func (w *atWork) takesCode(code, password string) {
	w.t.Helper()
	w.press("Punya kode sekali pakai dari administrator?")
	w.fill("Nama masuk", w.login)
	w.fill("Kode", code)
	w.fill("Kata sandi baru", password)
	w.looks("use-code")
	w.press("Simpan kata sandi")
	w.see("Kata sandi tersimpan. Masuklah dengannya.")
	w.fill("Nama masuk", w.login)
	w.fill("Kata sandi", password)
	w.press("Masuk")
}

// cell is the figure of a card that stands with these words.
func (w *atWork) cell(card, words string) string {
	w.t.Helper()
	for _, pair := range browser.Eval[[][2]string](w.Browser, `[...document.querySelectorAll('.cells > div')].map(d => [d.querySelector('dt').textContent.trim(), d.querySelector('dd').textContent.trim()])`) {
		if strings.HasPrefix(pair[0], w.t0(words)) && w.card(card).Shows(pair[1]) {
			return pair[1]
		}
	}
	w.t.Fatalf("no figure of %s stands with %s: %s", card, words, w.Text())
	return "gepeng-f"
}
