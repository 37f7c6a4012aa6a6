package letters_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/office/letters"
	"tuntas/try/province"
)

// Every print leaves a line in the ledger, by page and by file, also of a letter about nobody; who prints sees the NIK as
// everywhere.
func TestPrint_ledger(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		o.open()
		c := o.sumarni("Mbah Cetak")
		l := o.issued(c, letters.Admission)
		g, err := o.desk.PrepareBalance(o.Ctx, o.kas, o.A, letters.NewBalance{Month: "2026-10"})
		must(t, err)
		balance, err := o.desk.Issue(o.Ctx, o.joko, g.ID, 0, letters.Signing{})
		must(t, err)
		if got := o.prints(); len(got) != 0 {
			t.Errorf("before any print: %v", got)
		}
		page := o.signedIn("joko")("GET", l.Path(), nil)
		if body := page.Body.String(); page.Code != 200 || !strings.Contains(body, "3509 1052 0754 0001") || !strings.Contains(body, "RAHASIA – dicetak oleh Joko, 24 November 2026, 12.00 WIB") {
			t.Errorf("%d %s", page.Code, body)
		}
		if w := o.signedIn("joko")("GET", l.Path()+".pdf", nil); w.Code != 200 || !bytes.HasPrefix(w.Body.Bytes(), []byte("%PDF")) ||
			!strings.Contains(w.Header().Get("Content-Disposition"), "surat-1-UJI-A-2026.pdf") {
			t.Errorf("%d %v", w.Code, w.Header())
		}
		if w := o.ask("yati", "GET", "/api/v1"+balance.Path()+"/content", ""); w.Code != 200 || w.Header().Get("Content-Type") != "application/pdf" {
			t.Errorf("%d %v", w.Code, w.Header())
		}
		if w := o.signedIn("yati")("GET", l.Path(), nil); w.Code != 200 || !strings.Contains(w.Body.String(), "3509 •••• •••• 0001") || strings.Contains(w.Body.String(), "1052 0754") {
			t.Errorf("a carer: %d %s", w.Code, w.Body)
		}
		want := []string{"Yati letter.print Halaman cetak surat 1", "Yati letter.print Berkas PDF surat 0", "Joko letter.print Berkas PDF surat 1", "Joko letter.print Halaman cetak surat 1"}
		got := o.prints()
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("the ledger has %q", got)
		}
	})
}

// What is not yours is not there: a letter, its file, its draft, the list of the case, the settings. Who may not sign
// is refused.
func TestLetters_stranger(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		o.open()
		c := o.sumarni("Mbah Asing")
		l, g := o.issued(c, letters.Admission), o.draft(c, letters.Admission)
		for _, path := range []string{l.Path(), l.Path() + "/content", g.Path(), c.Path() + "/letters", "/centres/" + o.A.String() + "/letter-settings"} {
			if w := o.ask("sari", "GET", "/api/v1"+path, ""); w.Code != http.StatusNotFound {
				t.Errorf("sari GET %s: %d", path, w.Code)
			}
		}
		if w := o.ask("sari", "GET", "/api/v1/letters", ""); w.Code != 200 || strings.Contains(w.Body.String(), l.Number) {
			t.Errorf("sari's register: %d %s", w.Code, w.Body)
		}
		for who, codes := range map[string][]int{"sari": {403, 404}, "ratna": {403, 201}, "kas": {403, 201}, "yati": {403, 403}, "bima": {403, 403}} {
			if w := o.ask(who, "POST", "/api/v1"+g.Path()+"/issue", "{}"); w.Code != codes[0] {
				t.Errorf("%s signs: %d %s", who, w.Code, w.Body)
			}
			if w := o.ask(who, "POST", "/api/v1"+c.Path()+"/letter-drafts", `{"kind":"admission"}`); w.Code != codes[1] {
				t.Errorf("%s prepares: %d %s", who, w.Code, w.Body)
			}
			if w := o.ask(who, "POST", "/api/v1"+l.Path()+"/annulment", `{"reason":"x"}`); w.Code != 403 {
				t.Errorf("%s annuls: %d %s", who, w.Code, w.Body)
			}
		}
		if _, err := o.desk.Issue(o.Ctx, o.House, g.ID, 0, letters.Signing{}); refusal(err) != "denied" {
			t.Errorf("a program signs: %s", refusal(err))
		}
	})
}

var keyed = regexp.MustCompile(`value="[0-9A-HJKMNP-TV-Z]{13}"`)

// The public page tells number, day, office and state, and nothing else: two letters of different people and kinds give
// the same page but for these. An unknown code gives the page without them. The tries are counted.
func TestVerify(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		o.open()
		a, b := o.sumarni("Mbah Rahasia"), o.sumarni("Mbah Lain")
		o.assessed(b)
		one, two := o.issued(a, letters.Admission), o.issued(b, letters.Referral)
		show := func(code string, l letters.Letter) string {
			w := o.ask("", "GET", "/verify/"+code, "")
			if w.Code != 200 {
				t.Fatalf("%s: %d", code, w.Code)
			}
			body := strings.NewReplacer(or(l.Number, "no number"), "NUMBER").Replace(keyed.ReplaceAllString(w.Body.String(), ""))
			if l.Number != "" && !strings.Contains(body, "NUMBER tanggal 24 November 2026 diterbitkan oleh UPT Jember (contoh): sah.") {
				t.Errorf("%s", body)
			}
			for _, secret := range []string{"Mbah", "3509", "rujuk", "penerimaan", "Joko", "Ratna", l.ID.String()} {
				if l.Number != "" && strings.Contains(strings.ToLower(body), strings.ToLower(secret)) {
					t.Errorf("the public page says %s", secret)
				}
			}
			return body
		}
		if show(one.Grouped(), one) != show(strings.ToLower(two.Code), two) {
			t.Error("the pages of two letters differ in more than the number")
		}
		_, err := o.desk.Annul(o.Ctx, o.joko, two.ID, 0, letters.Annulment{Reason: "Alasan rahasia"})
		must(t, err)
		if body := o.ask("", "GET", "/verify/"+two.Grouped(), "").Body.String(); !strings.Contains(body, ": dibatalkan.") || strings.Contains(body, "Alasan rahasia") {
			t.Errorf("annulled: %s", body)
		}
		for _, code := range []string{"AAAA-AAAA-AAAA-AAAA", "x", one.Code[:15], "%E2%82%AC", one.ID.String()} {
			if body := show(code, letters.Letter{}); !strings.Contains(body, "Kode ini tidak dikenal.") || strings.Contains(body, one.Number) {
				t.Errorf("%s: %s", code, body)
			}
		}
		if w := o.ask("", "GET", "/verify?code="+url.QueryEscape(one.Grouped()), ""); w.Code != 303 || w.Header().Get("Location") != "/verify/"+one.Grouped() {
			t.Errorf("the form: %d %s", w.Code, w.Header().Get("Location"))
		}
		if w := o.ask("", "GET", "/api/v1/verify/"+one.Code, ""); w.Code != 200 ||
			strings.TrimSpace(w.Body.String()) != `{"known":true,"number":"1/UJI-A/2026","on":"2026-11-24","office":"UPT Jember (contoh)","state":"issued"}` {
			t.Errorf("the API: %d %s", w.Code, w.Body)
		}
		refused := 0
		for range 70 {
			if w := o.ask("", "GET", "/verify/AAAA-AAAA-AAAA-AAAA", ""); w.Code == http.StatusTooManyRequests && w.Header().Get("Retry-After") != "" {
				refused++
			}
		}
		if refused == 0 || refused == 70 {
			t.Errorf("%d of 70 tries were refused", refused)
		}
		o.Clock.Pass(16 * time.Minute)
		show(one.Grouped(), one)
	})
}

// The pages, as people walk them: prepare, look, change, sign, print, annul. What is wrong comes back at its field.
func TestLetters_pages(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		o.open()
		c := o.sumarni("Mbah Jalan")
		o.assessed(c)
		who := map[string]func(method, path string, form url.Values) *httptest.ResponseRecorder{"ratna": o.signedIn("ratna"), "joko": o.signedIn("joko")}
		page := func(login, method, path string, form url.Values, code int, says ...string) (to string) {
			t.Helper()
			w := who[login](method, path, form)
			if w.Code != code {
				t.Fatalf("%s %s: %d, not %d: %s", method, path, w.Code, code, w.Body)
			}
			for _, s := range says {
				if !strings.Contains(w.Body.String(), s) {
					t.Errorf("%s %s: no %q", method, path, s)
				}
			}
			return w.Header().Get("Location")
		}
		page("ratna", "GET", c.Path()+"/letters", nil, 200, "Belum ada surat tentang kasus ini.", "Buat surat rujukan", "Rencana belum disahkan Kepala UPT.")
		page("ratna", "GET", c.Path()+"/letters/admission", nil, 200, "dibicarakan bersama Mbah Jalan.")
		page("ratna", "GET", c.Path()+"/letters/balance", nil, 404)
		page("ratna", "POST", c.Path()+"/letter-drafts", url.Values{"kind": {"referral"}}, 400, "Tulis kepada siapa surat ini.", "Tulis alasan dan layanan yang diminta.")
		page("ratna", "POST", c.Path()+"/letter-drafts", url.Values{"kind": {"plan"}}, 422, "Rencana belum disahkan Kepala UPT.")
		page("ratna", "POST", c.Path()+"/letter-drafts", url.Values{"kind": {"ngawur"}}, 400)
		draft := page("ratna", "POST", c.Path()+"/letter-drafts", url.Values{"kind": {"referral"}, "to": {"RSUD"}, "reason": {"Mata"}}, 303)
		page("ratna", "GET", draft, nil, 200, "diberi saat diterbitkan", "Diterbitkan oleh Kepala UPT setelah diperiksa.", "PRATINJAU")
		page("ratna", "POST", draft+"/input", url.Values{"to": {"RSUD Kedua"}, "reason": {"Mata"}, "_version": {"1"}}, 303)
		page("ratna", "POST", draft+"/input", url.Values{"to": {"RSUD Ketiga"}, "reason": {"Mata"}, "_version": {"1"}}, 412)
		page("joko", "GET", "/letters", nil, 200, "Menunggu tanda tangan", "Mbah Jalan")
		page("joko", "GET", draft, nil, 200, "Terbitkan surat", "RSUD Kedua")
		page("joko", "POST", draft+"/issue", url.Values{"number": {"7"}}, 400, "Nomor surat UPT ini diberi oleh sistem.")
		letter := page("joko", "POST", draft+"/issue", url.Values{"_version": {"2"}}, 303)
		page("joko", "GET", letter, nil, 200, "Surat terbit dengan nomor 1/UJI-A/2026.", "RSUD Kedua", `class="qr"`)
		page("joko", "POST", draft+"/issue", url.Values{}, 409)
		page("joko", "POST", letter+"/annulment", url.Values{}, 400, "Tulis alasan membatalkan surat ini.")
		page("joko", "POST", letter+"/annulment", url.Values{"reason": {"Salah alamat"}}, 303)
		page("joko", "GET", letter, nil, 200, "DIBATALKAN 24 November 2026", "Salah alamat")
		page("joko", "GET", "/letters?state=annulled&year=2026&kind=referral", nil, 200, "1/UJI-A/2026")
		page("joko", "GET", "/letters?state=issued", nil, 200, "Belum ada surat di sini.")
		page("joko", "GET", "/letters?warna=biru", nil, 400)
		again := page("ratna", "POST", c.Path()+"/letter-drafts", url.Values{"kind": {"admission"}}, 303)
		page("ratna", "POST", again+"/withdrawal", url.Values{}, 303)
		page("ratna", "GET", again, nil, 200, "Ditarik")
		page("joko", "POST", again+"/issue", url.Values{}, 422, "Draf ini sudah ditarik.")
		settings := "/centres/" + o.A.String() + "/letter-settings"
		page("joko", "GET", settings, nil, 200, "Contoh nomor: 121/UJI-A/2026")
		for format, says := range map[string]string{"{nomor}/{nomer}": "{nomer} tidak dikenal.", "460/{tahun}": "Tulis {nomor} satu kali", "{nomor": "tidak dikenal."} {
			page("joko", "POST", settings, url.Values{"numbering": {"running"}, "paper": {"A4"}, "format": {format}}, 400, says)
		}
		page("joko", "POST", settings, url.Values{"numbering": {"running"}, "paper": {"A4"}, "site": {"javascript:alert(1)"}}, 400, "Tulis alamat situs lengkap")
		page("joko", "POST", settings, url.Values{"numbering": {"running"}, "paper": {"F4"}, "format": {"460/{nomor}/{bulan}/{tahun}"}, "margin_left": {"25"}}, 303)
		page("joko", "GET", settings, nil, 200, "Contoh nomor: 460/121/XI/2026")
		page("ratna", "POST", settings, url.Values{"numbering": {"running"}, "paper": {"F4"}}, 403)
		page("joko", "POST", "/centres/"+o.A.String()+"/letter-drafts", url.Values{"month": {"2026-11"}}, 422, "Bulan ini belum selesai.")
		page("joko", "POST", "/centres/"+o.A.String()+"/letter-drafts", url.Values{"month": {"Nov"}}, 400, "Tulis bulan sebagai 2026-11")
		balance := page("joko", "POST", "/centres/"+o.A.String()+"/letter-drafts", url.Values{"month": {"2026-09"}}, 303)
		page("joko", "GET", balance, nil, 200, "BULAN SEPTEMBER 2026")
	})
}

// The register has a next page: none twice, none left out.
func TestRegister_paged(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		c := o.sumarni("Mbah Banyak")
		o.assessed(c)
		want := map[id.ID]bool{}
		for range 7 {
			want[o.issued(c, letters.Referral).ID] = true
		}
		var after id.ID
		for pages := 0; ; pages++ {
			all, next, err := o.desk.List(o.Ctx, o.joko, letters.Filter{Year: 2026, Limit: 3, After: after})
			must(t, err)
			for _, l := range all {
				if !want[l.ID] {
					t.Errorf("%s twice", l.Number)
				}
				delete(want, l.ID)
			}
			if after = next; next == 0 {
				if pages != 2 || len(want) != 0 {
					t.Errorf("%d pages, %d left", pages+1, len(want))
				}
				return
			}
		}
	})
}

// A long plan: the file has as many pages as it says, the head of the table on each, and letters of every script.
func TestPDF_long(t *testing.T) {
	t.Parallel()
	l := long(60)
	file, err := letters.PDF(l, printing)
	must(t, err)
	n := sheetsOf(file)
	if !bytes.HasPrefix(file, []byte("%PDF")) || !bytes.Contains(file[len(file)-20:], []byte("%%EOF")) || n < 3 {
		t.Fatalf("%d pages, %d bytes", n, len(file))
	}
	for _, words := range []string{"Nomor 12/UJI/2026", fmt.Sprintf("Halaman 1 dari %d", n), fmt.Sprintf("Halaman %d dari %d", n, n), "Tujuan 60", "Ścisłość Ñandú Đorđe", "7K2M-9QRT-4XWB-1DHC",
		"RAHASIA – dicetak oleh Joko, 24 November 2026, 14.07 WIB", "Lanjutan surat nomor 12/UJI/2026"} {
		if !shown(file, words) {
			t.Errorf("the file does not show %q", words)
		}
	}
	if shown(file, fmt.Sprintf("Halaman %d dari %d", n+1, n)) || shown(file, "Halaman 1 dari 1") {
		t.Error("pages that are not there")
	}
	again, err := letters.PDF(l, printing)
	must(t, err)
	if !bytes.Equal(file, again) {
		t.Error("the same print differs")
	}
	l.Body.Title = []string{"Ringkasan Привет"} // letters beyond the usual ones take the whole fonts
	if file, err = letters.PDF(l, printing); err != nil || !shown(file, "Ringkasan Привет") || sheetsOf(file) != n {
		t.Errorf("other letters: %v, %d pages", err, sheetsOf(file))
	}
	for size := range 60 { // wherever the page happens to end, the signature stands below a part of the letter
		file, err := letters.PDF(long(size), printing)
		must(t, err)
		if !shown(file, "Kepala UPT Uji,", "Tahap 3 dari 7") || !shown(file, fmt.Sprintf("Halaman %d dari %d", sheetsOf(file), sheetsOf(file))) {
			t.Errorf("%d rows", size)
		}
	}
}

// Names that no font has: nothing breaks, and what is missing is seen to be.
func FuzzPDF_names(f *testing.F) {
	for _, s := range []string{"ꦱꦸꦩꦂꦤꦶ", "محمد", "李雷", "👵🏽", "e\u0301", "\u202eevil", strings.Repeat("a", 400), "", "(\\)", "Mbah\x00Sri", "\ufeff", "ﬃ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		l := long(2)
		l.Number, l.Body.Town, l.Body.Signer.Name = name, name, name
		l.Body.Blocks = append(l.Body.Blocks, letters.Block{Kind: "facts", Facts: []letters.Fact{{Name: name, Text: name}}})
		file, err := letters.PDF(l, letters.Printing{By: name, At: printing.At, Site: printing.Site})
		if err != nil || sheetsOf(file) == 0 {
			t.Fatalf("%q: %v", name, err)
		}
	})
}

// long is a letter with a table of so many rows.
func long(rows int) letters.Letter {
	l := letters.Letter{Number: "12/UJI/2026", On: "2026-11-24", State: letters.Issued, Code: "7K2M9QRT4XWB1DHC", IssuedAt: province.Today.Time(), Body: letters.Body{
		Head: []string{"PEMERINTAH PROVINSI JAWA TIMUR", "DINAS SOSIAL", "UPT UJI (CONTOH)"}, Address: "Jalan Contoh 10", Personal: true, Title: []string{"RENCANA INTERVENSI"}, Town: "Jember",
		Signer: letters.Signer{Post: "Kepala UPT Uji", Name: "Joko", NIP: "00000000 000000 0 000"}, AsOf: time.Date(2026, 11, 24, 12, 0, 0, 0, clock.WIB), Demo: true,
		Paper: letters.Paper{Size: "A4", Top: 20, Right: 20, Bottom: 25, Left: 30}, Copies: []string{"Arsip"}}}
	table := letters.Block{Kind: "table", Cols: []letters.Col{{Name: "No.", Share: 10, Right: true}, {Name: "Tujuan", Share: 90}}}
	for n := 1; n <= rows; n++ {
		table.Rows = append(table.Rows, []string{fmt.Sprint(n), fmt.Sprintf("Tujuan %d: %s", n, strings.Repeat("pendampingan dan kunjungan ", n%7))})
	}
	l.Body.Blocks = []letters.Block{{Kind: "facts", Facts: []letters.Fact{{Name: "Nama", Text: "Ścisłość Ñandú Đorđe", Bold: true}}}, {Kind: "text", Text: "Kata."}, table,
		{Kind: "list", Items: []string{"Satu", "Dua"}}, {Kind: "rail", Done: 2, Half: true, Text: "Tahap 3 dari 7"}}
	return l
}

// The time of one file: BenchmarkPDF for one page, and for several.
func BenchmarkPDF(b *testing.B) {
	for _, rows := range []int{5, 60} {
		l := long(rows)
		b.Run(fmt.Sprintf("%d rows", rows), func(b *testing.B) {
			for b.Loop() {
				if _, err := letters.PDF(l, printing); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
