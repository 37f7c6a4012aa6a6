package main

import (
	"strings"

	"tuntas/law"
)

// The social worker goes to see somebody whose visit is due.
func visitsSomebody(w *atWork) {
	const card = "Kunjungan minggu ini"
	due := w.number(card)
	name := w.somebody(card, "Bimbingan lanjut")
	w.card(card).Press(name)
	w.choose("Bertemu orangnya?", "Bertemu")
	w.Choose("Tingkat kemandirian", "4")
	w.Choose("Pekerjaan", "Kerja serabutan")
	w.fill("Catatan", "Sehat, membantu di warung tetangga.")
	w.looks("visit")
	w.press("Catat kunjungan")
	w.See(name)
	w.see("Kunjungan tercatat.")
	w.looks("visits")
	w.goesHome()
	w.fewer(due, card)
}

// The head of administration completes a missing NIK and prepares the letter that the head signs.
func keepsThePapers(w *atWork) {
	const card, papers = "Belum punya NIK", "Surat dan berkas menunggu"
	without := w.number(card)
	name := w.somebody(w.t0(card), "")
	w.card(card).Press(w.t0("Lengkapi") + " : " + name)
	w.fill("NIK", "3509 1247 0148 0007")
	w.looks("person-edit")
	w.press("Simpan data diri")
	w.See("3509 1247 0148 0007")
	w.looks("person")
	w.goesHome()
	w.fewer(without, card)

	name = w.somebody(w.t0(papers), w.t0("Siapkan surat"))
	w.card(papers).Press(w.t0("Siapkan surat") + " : " + name)
	w.looks("letters-of-case")
	w.press("Buat keputusan penerimaan")
	w.looks("letter-new")
	w.press("Simpan dan lihat pratinjau")
	w.see("Menunggu tanda tangan")
	w.See(name)
	w.looks("letter-draft")
	w.goesHome()
	w.card(papers).See(w.t0("%d surat", 2))
}

// The head approves a plan and signs the letter that waits longest.
func decides(w *atWork) {
	const card, letters = "Butuh keputusan", "Surat menunggu tanda tangan"
	waiting, unsigned := w.number(card), w.number(letters)
	name := w.somebody(card, "Rencana menunggu pengesahan")
	w.card(card).Press("Putuskan : " + name)
	w.looks("plans")
	w.press("Periksa dan putuskan")
	w.looks("plan")
	w.press("Sahkan rencana")
	w.see("Berlaku")
	w.goesHome()
	w.fewer(waiting, card)

	of := w.somebody(letters, "Surat rencana intervensi")
	w.card(letters).Press("Periksa : " + of)
	w.looks("letter-draft-head")
	w.press("Terbitkan surat")
	w.see("Berlaku")
	w.looks("letter")
	w.goesHome()
	w.fewer(unsigned, letters)

	worker := w.finds("ratna")
	worker.card("Perubahan pada kasus saya").See(name)
	worker.card("Perubahan pada kasus saya").See("Joko Santoso: Rencana v1 disahkan Kepala UPT.")
	clerk := w.finds("tutik")
	clerk.press("Surat|daftar")
	if _, first := clerk.rows(); !strings.Contains(first, "CONTOH/") && !clerk.Shows("Surat rencana intervensi · "+of) {
		w.t.Errorf("the register does not show the letter of %s: %s", of, clerk.Text())
	}
}

// The carer records what a resident got today.
func caresForSomebody(w *atWork) {
	const card = "Belum ada layanan tercatat hari ini"
	unserved := w.number(card)
	name := w.somebody(w.t0(card), "")
	w.served(w.t0(card), "Catat", name, "lansia-a")
	w.goesHome()
	w.fewer(unserved, card)
	w.card(card).NotSee(name)
}

// The nurse records a service for a goal of health; who had none for a week has one.
func servesAGoal(w *atWork) {
	const card = "Belum ada layanan tercatat %d hari"
	unserved := w.number(card, 7)
	name := w.somebody("Tujuan kesehatan", "")
	w.served("Tujuan kesehatan", "Catat layanan", name, "lansia-j")
	w.goesHome()
	w.fewer(unserved, card, 7)
}

// served records a service for somebody from the line of a card.
func (w *atWork) served(card, action, name, key string) {
	w.t.Helper()
	of, _ := law.ItemOf(key)
	item := of.In(string(w.lang))
	w.In(card).Press(w.t0(action) + " : " + name)
	w.Choose(w.t0("Butir kebutuhan dasar"), item)
	w.fill("Catatan", "Hari kerja yang biasa (uji).")
	w.press("Catat layanan")
	w.card("Sudah diberikan").See("Hari kerja yang biasa (uji).")
	w.card("Sudah diberikan").See(item)
	w.looks("services")
}
