package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"tuntas/house/text"
	"tuntas/office/audit"
	"tuntas/try/browser"
)

// Robots and other people at the links of agencies: what looks changes nothing, what guesses gets nowhere, and who got
// the link of somebody else gets no further than its door.

var (
	inboxLink = regexp.MustCompile(`/inbox/[0-9a-f]{40}`)
	inboxCode = regexp.MustCompile(`Kode Anda: ([0-9]{6})`)
)

// mailed gives what the newest e-mails hold.
func (o *testOffice) mailed(words *regexp.Regexp) string {
	o.t.Helper()
	all, err := o.Partners.Mails(context.Background())
	must(o.t, err)
	for _, m := range all {
		if hit := words.FindStringSubmatch(m.Body); hit != nil {
			return hit[len(hit)-1]
		}
	}
	o.t.Fatalf("no e-mail holds %s", words)
	return ""
}

// robot asks from an address of its own, with the cookie that it holds.
func (o *testOffice) robot(from, cookie, method, path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(o.t.Context(), method, path, strings.NewReader(form.Encode()))
	r.RemoteAddr = from + ":4711"
	if cookie != "" {
		r.Header.Set("Cookie", cookie)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	return w
}

// opened enters the inbox as the official does, and gives the cookie of that device.
func (o *testOffice) opened(from, link string) string {
	o.t.Helper()
	if w := o.robot(from, "", "POST", link+"/code", nil); w.Code != 200 {
		o.t.Fatalf("ask for a code: %d", w.Code)
	}
	w := o.robot(from, "", "POST", link+"/opening", url.Values{"code": {o.mailed(inboxCode)}})
	if w.Code != http.StatusSeeOther || len(w.Result().Cookies()) == 0 {
		o.t.Fatalf("open with the code: %d", w.Code)
	}
	c := w.Result().Cookies()[0]
	return c.Name + "=" + c.Value
}

func referred(t *testing.T, o *testOffice) (link, referral, of string) {
	t.Helper()
	person, c := o.old("ratna", "Mbah Tukinem")
	o.admit(person, c)
	o.stage(c, "assessment")
	o.sign(c, "biopsychosocial", "admission", complete("biopsychosocial"))
	ids := map[string]string{}
	o.refers(c, ids)
	return o.mailed(inboxLink), ids["referral"], ids["agency"]
}

func TestInbox_robots(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		link, referral, _ := referred(t, o)
		state := func() string { return o.want(200, "ratna", "GET", "/referrals/"+referral, nil).text("state") }

		// Scanners of mail open every link, some with HEAD, some from many places: nothing changes and nothing is burnt.
		for i, method := range []string{"GET", "HEAD", "GET", "GET", "HEAD", "OPTIONS", "PUT", "DELETE"} {
			for _, path := range []string{link, link + "/referrals/" + referral, link + "/code", link + "/opening", link + "/referrals/" + referral + "/answer"} {
				w := o.robot(fmt.Sprintf("10.1.0.%d", i+1), "", method, path, nil)
				if w.Code >= 500 || strings.Contains(w.Body.String(), "Tukinem") {
					t.Errorf("%s %s: %d, and whose it is", method, path, w.Code)
				}
			}
		}
		if got := state(); got != "sent" {
			t.Errorf("after the robots it is %s", got)
		}
		mails, err := o.Partners.Mails(context.Background())
		if err != nil || len(mails) != 1 {
			t.Errorf("the robots had %d letters sent, %v", len(mails)-1, err)
		}

		// Without a code no deed of the agency works, whatever the form says.
		for _, deed := range []string{"answer", "beginning", "result"} {
			w := o.robot("10.2.0.1", "", "POST", link+"/referrals/"+referral+"/"+deed, url.Values{"answer": {"accept"}, "on": {"2025-03-03"}, "result": {"met"}})
			if w.Code == http.StatusSeeOther || state() != "sent" {
				t.Errorf("%s without a code: %d, %s", deed, w.Code, state())
			}
		}

		// The official opens it on one device; the one to whom the link was forwarded needs a code of the registered address.
		cookie := o.opened("10.3.0.1", link)
		if state() != "received" {
			t.Errorf("after the code it is %s", state())
		}
		if w := o.robot("10.3.0.1", cookie, "GET", link+"/referrals/"+referral, nil); !strings.Contains(w.Body.String(), "Tukinem") {
			t.Errorf("the official sees %d %.200s", w.Code, w.Body)
		}
		if w := o.robot("10.3.0.2", "", "GET", link+"/referrals/"+referral, nil); strings.Contains(w.Body.String(), "Tukinem") || w.Code != 200 {
			t.Errorf("a forwarded link shows whose it is: %d", w.Code)
		}
		code := o.mailed(inboxCode)
		if w := o.robot("10.3.0.2", "", "POST", link+"/opening", url.Values{"code": {code}}); w.Code != 400 {
			t.Errorf("a code twice: %d", w.Code)
		}

		// A page of another site cannot answer for the official.
		r := httptest.NewRequestWithContext(t.Context(), "POST", link+"/referrals/"+referral+"/answer", strings.NewReader("answer=accept"))
		r.Header.Set("Cookie", cookie)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", "https://elsewhere.example")
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		w := httptest.NewRecorder()
		if o.handler.ServeHTTP(w, r); w.Code != http.StatusForbidden || state() != "received" {
			t.Errorf("from elsewhere: %d, %s", w.Code, state())
		}

		// What was seen by the link stands in the ledger, with its way.
		must(t, o.Store.FlushLedger(t.Context()))
		joko, err := o.Access.As(t.Context(), "joko")
		must(t, err)
		if _, seen, _, err := o.Audit.Ledger(t.Context(), joko, audit.View{Via: "link"}); err != nil || len(seen) != 1 || seen[0].Channel() != "tautan lembaga" {
			t.Errorf("the ledger has of the link: %+v, %v", seen, err)
		}
	})
}

// Ten thousand guesses: at a link nobody learns which exist, at a code the agency's door shuts, from one place or from
// many; and every wrong one gets the same answer.
func TestInbox_guesses(t *testing.T) {
	t.Parallel()
	o := newTestOffice(t, "sqlite:"+filepath.Join(t.TempDir(), "t.db"))
	link, referral, _ := referred(t, o)
	slow := 0
	for i := range 10_000 {
		switch w := o.robot("10.9.9.9", "", "GET", fmt.Sprintf("/inbox/%040x", i), nil); w.Code {
		case http.StatusTooManyRequests:
			slow++
		case http.StatusNotFound:
		default:
			t.Fatalf("guess %d: %d", i, w.Code)
		}
	}
	if slow < 9_500 {
		t.Errorf("only %d guesses of a link were slowed down", slow)
	}
	o.robot("10.8.0.1", "", "POST", link+"/code", nil)
	right := o.mailed(inboxCode)
	answers := map[string]int{}
	shut, wrong := 0, 0
	for i := range 2_000 { // each from a place of its own
		code := fmt.Sprintf("%06d", i)
		if code == right {
			continue
		}
		w := o.robot(fmt.Sprintf("10.%d.%d.7", 20+i/250, i%250), "", "POST", link+"/opening", url.Values{"code": {code}})
		switch w.Code {
		case http.StatusTooManyRequests:
			shut++
		case http.StatusBadRequest:
			wrong++
			said := w.Body.String()
			answers[said[strings.Index(said, "<main"):strings.Index(said, "</main>")]]++
		default:
			t.Fatalf("guess %s: %d", code, w.Code)
		}
		if i%50 == 0 && wrong < 20 {
			o.robot(fmt.Sprintf("10.60.%d.1", i/50), "", "POST", link+"/code", nil) // they ask for new codes too
		}
	}
	if wrong+shut < 1_999 || len(answers) > 1 && !sameButTyped(answers) {
		t.Errorf("%d wrong, %d shut, %d different answers", wrong, shut, len(answers))
	}
	if got := o.want(200, "ratna", "GET", "/referrals/"+referral, nil).text("state"); got != "sent" {
		t.Errorf("after the guesses it is %s", got)
	}
	if w := o.robot("10.99.0.1", "", "POST", link+"/opening", url.Values{"code": {right}}); w.Code == http.StatusSeeOther {
		t.Error("the right code still worked after all those guesses")
	}
	for i := range 10 { // letters cannot be poured over the agency
		o.robot(fmt.Sprintf("10.70.%d.1", i), "", "POST", link+"/code", nil)
	}
	if mails, _ := o.Partners.Mails(context.Background()); len(mails) > 5 {
		t.Errorf("%d letters were sent", len(mails))
	}
}

// sameButTyped tells whether answers differ in nothing but the code that was typed.
func sameButTyped(answers map[string]int) bool {
	typed := regexp.MustCompile(`value="[0-9]{6}"|[0-9A-HJKMNP-TV-Z]{13}`)
	same := map[string]bool{}
	for a := range answers {
		same[typed.ReplaceAllString(a, "")] = true
	}
	return len(same) == 1
}

// A link that ran out says so and lets a new one be sent to the registered address; one that was revoked lets nothing in,
// nor does any device that used it.
func TestInbox_ends(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		link, referral, agency := referred(t, o)
		cookie := o.opened("10.1.1.1", link)
		o.want(201, "wulan", "POST", "/agencies/"+agency+"/link", m{})
		fresh := o.mailed(inboxLink)
		if fresh == link {
			t.Fatal("the link was not renewed")
		}
		if w := o.robot("10.1.1.1", cookie, "GET", link, nil); !strings.Contains(w.Body.String(), "Tukinem") {
			t.Errorf("within the days of grace: %d", w.Code)
		}
		o.clock.ms.Add((8 * 24 * time.Hour).Milliseconds())
		w := o.robot("10.1.1.1", cookie, "GET", link, nil)
		if body := w.Body.String(); strings.Contains(body, "Tukinem") || !strings.Contains(body, "Minta tautan baru") || !strings.Contains(body, "Tautan terakhir dipakai pada 3 Mar") {
			t.Errorf("a link that ran out: %d %.1500s", w.Code, body)
		}
		if w := o.robot("10.1.1.1", cookie, "POST", link+"/code", nil); w.Code == 200 && strings.Contains(w.Body.String(), "Kode enam angka") {
			t.Error("a code for a link that ran out")
		}
		if w := o.robot("10.1.1.1", cookie, "POST", link+"/renewal", nil); w.Code != http.StatusSeeOther {
			t.Errorf("ask for a new one: %d", w.Code)
		}
		newest := o.mailed(inboxLink)
		if newest == fresh {
			t.Error("no new link was sent")
		}
		cookie = o.opened("10.1.1.2", newest)
		o.want(201, "wulan", "POST", "/agencies/"+agency+"/link/revocation", m{})
		for _, at := range []string{newest, fresh, link, newest + "/referrals/" + referral} {
			w := o.robot("10.1.1.2", cookie, "GET", at, nil)
			if body := w.Body.String(); strings.Contains(body, "Tukinem") || !strings.Contains(body, "Tautan ini dicabut") {
				t.Errorf("after the revocation %s: %d", at, w.Code)
			}
			if w := o.robot("10.1.1.2", cookie, "POST", at+"/renewal", nil); w.Code == http.StatusSeeOther {
				t.Error("a revoked link sent a new one")
			}
		}
	})
}

// One agency's device opens no referral of another, though the id is known.
func TestInbox_onlyOnes(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		link, referral, _ := referred(t, o)
		person, c := o.old("ratna", "Mbah Lain")
		o.admit(person, c)
		o.stage(c, "assessment")
		o.sign(c, "biopsychosocial", "admission", complete("biopsychosocial"))
		ids := map[string]string{}
		o.refers(c, ids) // to another agency
		other := o.mailed(inboxLink)
		cookie := o.opened("10.1.1.1", other)
		for _, at := range []string{other + "/referrals/" + referral, link, link + "/referrals/" + referral} {
			if w := o.robot("10.1.1.1", cookie, "GET", at, nil); strings.Contains(w.Body.String(), "Tukinem") {
				t.Errorf("GET %s: %d shows another agency's", at, w.Code)
			}
			w := o.robot("10.1.1.1", cookie, "POST", at+"/answer", url.Values{"answer": {"accept"}})
			if w.Code == http.StatusSeeOther {
				t.Errorf("POST %s: %d", at, w.Code)
			}
		}
		if got := o.want(200, "ratna", "GET", "/referrals/"+referral, nil).text("state"); got != "sent" {
			t.Errorf("the other's referral is %s", got)
		}
		o.want(201, "ratna", "POST", "/referrals/"+ids["referral"]+"/withdrawal", m{"reason": "uji"})
		if w := o.robot("10.1.1.1", cookie, "GET", other+"/referrals/"+ids["referral"], nil); w.Code != http.StatusNotFound {
			t.Errorf("a withdrawn referral: %d", w.Code)
		}
	})
}

// T6: "Refer Pak Darmo to the manpower agency for training in air conditioning; accept it as the agency's official."
func TestTask_refer(t *testing.T) {
	t.Parallel()
	o, site := demoOn(t, "sqlite")
	ids := sampleIDs(t, o)
	for _, width := range []int{1280, 360} {
		b := browser.New(t, site, width)
		signInAs(b, "ratna")
		b.Open("/cases/" + ids["planned"])
		before := b.Effort()
		b.Press("Buat rujukan")
		b.Fill("Yang dibutuhkan, dengan kata-kata sendiri", "pelatihan AC")
		b.Choose("Jenis layanan", "Pelatihan dan kerja")
		b.Press("Cari tempat")
		b.Screenshot(fmt.Sprintf("task-refer-where-%d", width))
		service := "Pelatihan memperbaiki AC"
		if width == 360 { // the first one is still open
			service = "Pelatihan las"
		}
		b.Press("Pilih Dinas Tenaga Kerja dan Transmigrasi (contoh), " + service)
		b.AxeBoth()
		b.FitsWidth()
		b.Screenshot(fmt.Sprintf("task-refer-data-%d", width))
		b.Press("Lihat yang akan dikirim")
		b.Screenshot(fmt.Sprintf("task-refer-preview-%d", width))
		b.Press("Kirim rujukan")
		b.See("Rujukan terkirim ke Dinas Tenaga Kerja dan Transmigrasi (contoh).")
		b.Screenshot(fmt.Sprintf("task-refer-sent-%d", width))
		now := b.Effort()
		if taps, keys := now.Taps-before.Taps, now.Keys-before.Keys; taps > 12 || keys > 60 {
			t.Errorf("the sender at %d px: %d taps and %d keys; the target is 12 and 60", width, taps, keys)
		}
		officialAccepts(t, o, site, width)
	}
}

func officialAccepts(t *testing.T, o *Office, site string, width int) {
	t.Helper()
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
	b := browser.New(t, site, 360)
	b.Open(newest(regexp.MustCompile(`(/inbox/[0-9a-f]{40}/referrals/[0-9A-Z]{13})`)))
	b.AxeBoth()
	before := b.Effort()
	b.Press("Kirim kode")
	b.AxeBoth()
	b.Screenshot(fmt.Sprintf("task-inbox-code-%d", width))
	b.Fill("Kode enam angka", newest(inboxCode))
	b.Press("Buka kotak masuk")
	b.AxeBoth()
	b.FitsWidth()
	b.Screenshot(fmt.Sprintf("task-inbox-one-%d", width))
	b.See("Darmo Utomo")
	b.Press("Terima")
	b.See("Jawaban terkirim. Terima kasih.")
	now := b.Effort()
	if taps, keys := now.Taps-before.Taps, now.Keys-before.Keys; taps > 4 || keys > 6 {
		t.Errorf("the receiver: %d taps and %d keys; the target is 4 and 6", taps, keys)
	}
	b.Press(text.T(text.ID, "Semua rujukan"))
	b.AxeBoth()
	b.Screenshot(fmt.Sprintf("task-inbox-list-%d", width))
}
