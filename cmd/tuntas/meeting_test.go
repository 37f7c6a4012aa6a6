package main

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"tuntas/house/text"
	"tuntas/try/browser"
)

var actionLink = regexp.MustCompile(`(/inbox/[0-9a-f]{40}/actions/[0-9A-Z]{13})`)

// A meeting from its call to its frozen minutes, in the browser: the agency reports by its link that it is done, and the
// next meeting knows.
func TestJourney_meeting(t *testing.T) {
	t.Parallel()
	o, site := demoOn(t, "sqlite")
	newest := func(words *regexp.Regexp) string {
		all, err := o.Partners.Mails(t.Context())
		must(t, err)
		for _, m := range all {
			if hit := words.FindStringSubmatch(m.Body); hit != nil {
				return hit[len(hit)-1]
			}
		}
		t.Fatalf("no e-mail holds %s", words)
		return ""
	}
	today := text.Day(text.ID, o.Store.Today())
	call := func(b *browser.Browser, name string) {
		b.Press("Rakor")
		b.Press("Undang rakor")
		b.Fill("Nama rapat", name)
		b.Fill("Hari", today)
		b.Fill("Tempat", "Aula")
		b.Fill("Dipimpin oleh", "Kepala Dinas")
		b.Check("Dinas Kesehatan (contoh)")
		b.Press("Simpan dan kirim undangan")
		b.See("Rakor tersimpan dan undangan dikirim.")
	}
	b := browser.New(t, site, 1280)
	signInAs(b, "wulan")
	call(b, "Rakor mata")
	if ics := newest(regexp.MustCompile(`(?s)(BEGIN:VCALENDAR.*END:VCALENDAR)`)); !strings.Contains(ics, "METHOD:REQUEST") || !strings.Contains(ics, "SUMMARY:Rakor mata") {
		t.Errorf("the invitation: %s", ics)
	}
	b.Fill("Pokok bahasan lain", "Kacamata bagi lansia")
	b.Press("Tambahkan")
	b.Screenshot("journey-meeting-agenda")
	path := b.Path()
	b.Press(numbered(b.Text(), "Kacamata bagi lansia"))
	b.In("Notulen").Fill("Apa yang dibahas?", "Disepakati 40 kacamata.")
	b.In("Notulen").Press("Simpan notulen")
	b.See("Notulen tersimpan.")
	b.In("Putuskan").Fill("Apa yang diputuskan?", "Bagikan 40 kacamata")
	b.In("Putuskan").Fill("Paling lambat selesai", "31 Desember 2099")
	b.In("Putuskan").Fill("Bagaimana terlihat bahwa ini selesai?", "40 kacamata diterima")
	b.In("Putuskan").Press("Simpan keputusan")
	b.See("Pilih lembaga yang mengerjakan.") // a decision without an owner is refused at the field
	b.AxeBoth()
	b.Screenshot("journey-meeting-refused")
	b.In("Putuskan").Choose("Lembaga yang mengerjakan", "Dinas Kesehatan (contoh)")
	b.In("Putuskan").Fill("Satu orang yang bertanggung jawab", "Bu Indah")
	b.In("Putuskan").Press("Simpan keputusan")
	b.See("Keputusan tersimpan sebagai tindak lanjut.")
	b.AxeBoth()
	b.FitsWidth()

	phone := browser.New(t, site, 360)
	phone.Open(newest(actionLink))
	phone.Press("Kirim kode")
	phone.Fill("Kode enam angka", newest(inboxCode))
	phone.Press("Buka kotak masuk")
	phone.See("Bagikan 40 kacamata")
	phone.AxeBoth()
	phone.FitsWidth()
	phone.Screenshot("journey-agency-action")
	phone.Press("Sudah selesai")
	phone.Fill("Hasilnya", "40 kacamata sudah diterima")
	phone.Press("Kirim hasil")
	phone.See("Hasil terkirim. Terima kasih.")
	phone.Press("Semua tindak lanjut")
	phone.AxeBoth()
	phone.FitsWidth()
	phone.Screenshot("journey-agency-list")

	b.Open(path)
	b.Check("Dinas Kesehatan (contoh)")
	b.Press("Simpan daftar hadir")
	b.See("Daftar hadir tersimpan.")
	b.Press("Notulen")
	b.Press("Sahkan notulen")
	b.See("Notulen disahkan dan tidak berubah lagi.")
	b.See("SHA-256")
	b.See("Diputuskan: Bagikan 40 kacamata.")
	b.Print()
	b.Screenshot("journey-meeting-print")
	b.Light()
	b.Open(path)
	b.NotSee("Tambahkan")

	before := strings.Count(b.Text(), "Bagikan 40 kacamata")
	call(b, "Rakor berikutnya")
	if before == 0 || b.Shows("Bagikan 40 kacamata") {
		t.Error("what is done stands on the next agenda")
	}
	b.See("Perbaiki rumah sepuluh orang yang pulang") // what runs late stands there by itself
	b.See("Keputusan rapat lalu")
	b.In("Keputusan rapat lalu").See("10") // one more is done
}

// numbered finds the words of a link with its number in a list.
func numbered(page, title string) string {
	return regexp.MustCompile(`\d+\. ` + regexp.QuoteMeta(title)).FindString(page)
}

// Robots at the actions of an agency: what looks changes nothing, and without a code nothing is shown or done.
func TestInbox_actions(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		agency := o.want(201, "wulan", "POST", "/agencies", m{"kind": "opd", "name": "Dinas Kesehatan", "email": "rujukan@dinkes.example"}).text("id")
		action := o.want(201, "wulan", "POST", "/actions", m{"title": "Bagikan kacamata", "owner": "agency:" + agency, "owner_name": "Bu Indah", "due_on": string(o.Store.Today().Add(30)), "measure": "Diterima"}).text("id")
		link := o.mailed(inboxLink)
		at := link + "/actions/" + action
		state := func() string { return o.want(200, "wulan", "GET", "/actions/"+action, nil).text("state") }
		for i, method := range []string{"GET", "HEAD", "GET", "OPTIONS", "PUT", "DELETE"} {
			for _, path := range []string{link + "/actions", at, at + "/reports", at + "/result", at + "/postponement"} {
				if w := o.robot(fmt.Sprintf("10.4.0.%d", i+1), "", method, path, nil); w.Code >= 500 || strings.Contains(w.Body.String(), "kacamata") {
					t.Errorf("%s %s: %d, and what it is", method, path, w.Code)
				}
			}
		}
		form := url.Values{"note": {"x"}, "on": {string(o.Store.Today())}, "result": {"x"}, "due_on": {"2099-01-01"}, "reason": {"x"}}
		for _, deed := range []string{"reports", "result", "postponement"} {
			if w := o.robot("10.4.1.1", "", "POST", at+"/"+deed, form); w.Code == http.StatusSeeOther || state() != "planned" {
				t.Errorf("%s without a code: %d, %s", deed, w.Code, state())
			}
		}
		cookie := o.opened("10.4.2.1", link)
		for _, method := range []string{"GET", "HEAD"} {
			if w := o.robot("10.4.2.1", cookie, method, at, nil); w.Code != 200 || state() != "planned" {
				t.Errorf("%s with the code: %d, %s", method, w.Code, state())
			}
		}
		w := o.robot("10.4.2.1", cookie, "POST", at+"/reports", url.Values{"note": {"Dipesan"}})
		if w.Code != http.StatusSeeOther || state() != "running" {
			t.Errorf("a report: %d, %s", w.Code, state())
		}
		w = o.robot("10.4.2.1", cookie, "POST", at+"/result", url.Values{"on": {"kemarin lusa"}})
		if w.Code != http.StatusBadRequest || state() != "running" || !strings.Contains(w.Body.String(), `role="alert"`) {
			t.Errorf("a spoiled result: %d, %s", w.Code, state())
		}
		if w = o.robot("10.4.2.1", cookie, "POST", at+"/result", url.Values{"on": {string(o.Store.Today())}, "result": {"Selesai"}}); w.Code != http.StatusSeeOther || state() != "done" {
			t.Errorf("the result: %d, %s", w.Code, state())
		}
		gone := o.api("wulan", "POST", "/agencies/"+agency+"/retirement", m{"reason": "bubar"})
		if gone.status != 201 {
			t.Errorf("an agency that owes nothing stays: %d %s", gone.status, gone.raw)
		}
	})
}
