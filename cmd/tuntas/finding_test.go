package main

import (
	"path/filepath"
	"testing"

	"tuntas/house/text"
	"tuntas/office/standards"
	"tuntas/try/browser"
	"tuntas/try/clause"
)

// From a finding of 2020 to its re-assessment, with two people: the head of the institution and the head of the division.
// The finding becomes a problem, a need with its price, an action, a plan under a ceiling and a delivery; the next
// assessment says what became better, because of what, and what a point cost (Permensos 16/2019 Pasal 52).
func TestWalk_finding(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-52")
	for _, width := range []int{360, 1280} {
		o := newTestOfficeOn(t, "sqlite:"+filepath.Join(t.TempDir(), "t.db"), "2020-12-01")
		w := &finding{walk: &walk{browser.New(t, o.url, width), o, text.ID, "finding", ""}, centre: o.centres["pstw-jember"].String()}
		c, ok := standards.CriterionOf("snrs", "place-access")
		if !ok {
			t.Fatal("no such criterion")
		}
		w.criterion = c.In("id")
		w.assess("2020", m{"from": "2019-12-01", "to": "2020-11-30", "due_on": "2021-01-15"}, "no")
		w.found()
		w.decided()
		w.received()
		o.clock.to("2025-11-01")
		w.assess("2025", m{"from": "2024-11-01", "to": "2025-10-31", "due_on": "2025-12-15"}, "yes")
		w.better()
	}
}

// finding is the walk with what it goes through.
type finding struct {
	*walk
	centre, criterion, need, action string
}

// assess opens a campaign; the head answers one criterion and hands it in.
func (w *finding) assess(name string, campaign m, value string) {
	o := w.o
	campaign["name"], campaign["standard"], campaign["centres"] = name, "snrs/2019", []string{w.centre}
	o.want(201, "wulan", "POST", "/campaigns", campaign)
	self := o.want(200, "joko", "GET", "/centres/"+w.centre+"/self-assessments", nil).items()[0]["id"].(string)
	o.want(201, "joko", "POST", "/self-assessments/"+self+"/criteria/place-access", m{"value": value, "source": "observation"})
	o.want(201, "joko", "POST", "/self-assessments/"+self+"/submission", m{})
}

// found: what the assessment shows becomes a problem and a need; an action is to bring it.
func (w *finding) found() {
	w.as("joko", "2021-02-15", "/centres/"+w.centre)
	w.press("Masalah dan kebutuhan")
	w.See(w.criterion)
	w.checked("shown")
	w.Press(w.t("Catat") + " " + w.criterion)
	w.checked("problem")
	w.press("Catat masalah")
	w.see("Masalah tercatat. Tulis apa yang dibutuhkan untuk mengatasinya.")
	w.fill("Yang dibutuhkan", "Jalan landai")
	w.Choose(w.t("Jenis kebutuhan"), w.t("Sarana dan prasarana"))
	w.fill("Jumlah", "4")
	w.fill("Satuan", "titik")
	w.fill("Harga satuan (Rp)", "7.500.000")
	w.press("Usulkan kebutuhan")
	w.See("Rp30.000.000")
	w.checked("need")
	w.need = w.o.want(200, "joko", "GET", "/needs?centre_id="+w.centre, nil).items()[0]["id"].(string)
	w.action = w.o.want(201, "joko", "POST", "/actions", m{"title": "Bangun jalan landai", "owner": "centre:" + w.centre, "owner_name": "Kasubag TU", "due_on": "2022-06-30",
		"measure": "Empat titik selesai", "centre_id": w.centre, "gaps": []string{"snrs/place-access"}}).text("id")
	w.Open("/actions/" + w.action)
	w.press("Ubah kebutuhan yang dipenuhi")
	w.Check("Jalan landai, Rp30.000.000")
	w.press("Tautkan kebutuhan")
	w.see("Kebutuhan ditautkan.")
	w.checked("action")
}

// decided: the province reviews and approves the need, makes a plan under a ceiling, adopts it, and gives the money.
func (w *finding) decided() {
	w.as("wulan", "2021-03-01", "/needs")
	w.Press("Jalan landai")
	w.press("Tandai sudah ditelaah")
	w.press("Setujui kebutuhan")
	w.checked("approved")
	w.Open("/action-plans")
	w.fill("Nama rencana", "Tahap pertama")
	w.fill("Pagu (Rp)", "50.000.000")
	w.press("Pilihkan tindak lanjut")
	w.see("Terbukti terbaik: tidak ada pilihan lain yang menutup lebih banyak.")
	w.See("Rp30.000.000")
	w.checked("plan")
	w.press("Tetapkan rencana")
	w.see("Rencana ditetapkan.")
	w.Open("/needs/" + w.need)
	w.choose("Sumber dana", "APBD provinsi")
	w.press("Catat anggarannya")
	w.checked("budgeted")
}

// received: the institution orders and receives, the action ends with its result, the problem is closed.
func (w *finding) received() {
	w.as("joko", "2022-05-20", "/needs/"+w.need)
	w.press("Catat pesanan")
	w.press("Catat sudah diterima")
	w.see("Terpenuhi")
	w.o.want(201, "joko", "POST", "/actions/"+w.action+"/start", m{})
	w.o.want(201, "joko", "POST", "/actions/"+w.action+"/result", m{"on": "2022-05-20", "result": "Empat titik selesai"})
	w.Open("/centres/" + w.centre + "/needs")
	w.Press(w.criterion)
	w.press("Tutup masalah")
	w.choose("Bagaimana berakhir", "Selesai|masalah")
	w.fill("Alasan", "Empat titik dapat dilalui kursi roda")
	w.press("Tutup dengan alasan ini")
	w.see("Masalah ditutup.")
}

// better: the new assessment shows what changed, because of what, and at what price.
func (w *finding) better() {
	w.as("joko", "2025-11-02", "/centres/"+w.centre)
	w.press("Yang membaik, dan biayanya")
	w.See(w.criterion)
	w.See("Jalan landai")
	w.See("Bangun jalan landai")
	w.See("Rp30.000.000")
	w.see("%s dibanding %s.", "2025", "2020")
	w.checked("better")
}
