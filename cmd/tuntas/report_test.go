package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"tuntas/house/who"
	"tuntas/office/participation"
)

// asked gives what the public page answers to somebody without an account.
func (o *testOffice) asked(path string) (status int, head http.Header, body string) {
	w := door{o: o}.send(http.MethodGet, path, "")
	return w.Code, w.Header(), w.Body.String()
}

// Whoever guesses gets the same bytes for every number and every code, and then a limit; nothing that is shown is kept by
// a cache or carried on by a link.
func TestReport_guessing(t *testing.T) {
	t.Parallel()
	o := newTestOffice(t, "sqlite:"+filepath.Join(t.TempDir(), "t.db"))
	ids := o.records()
	number := ids["reportnumber"]
	status, head, body := o.asked("/lacak?nomor=" + number + "&kode=" + ids["reportcode"])
	if status != http.StatusOK || !strings.Contains(body, number) || head.Get("Cache-Control") != "no-store" || head.Get("Referrer-Policy") != "no-referrer" {
		t.Fatalf("the right code: %d %v", status, head)
	}
	_, _, want := o.asked("/lacak?nomor=" + number)
	limited := false
	for n := range 3000 {
		guess := fmt.Sprintf("/lacak?nomor=JTM-%03d-%03d&kode=%012d", n%1000, n/3, n)
		if n%3 == 0 {
			guess = fmt.Sprintf("/lacak?nomor=%s&kode=%012d", number, n)
		}
		status, _, body := o.asked(guess)
		if status == http.StatusTooManyRequests {
			limited = true
			continue
		}
		if limited || status != http.StatusOK || body != want {
			t.Fatalf("guess %d is answered otherwise: %d, limited %v", n, status, limited)
		}
	}
	if !limited {
		t.Error("three thousand guesses without a limit")
	}
}

// What the public writes is text, on the page of staff as on that of the reporter, in the API and in a notice.
func TestReport_markup(t *testing.T) {
	t.Parallel()
	o := newTestOffice(t, "sqlite:"+filepath.Join(t.TempDir(), "t.db"))
	ids := o.records()
	ctx := context.Background()
	const evil = `"><script>alert(1)</script><img src=x onerror=alert(2)>=cmd|' /C calc'!A0`
	must(t, o.Reports.AddReply(ctx, "198.51.100.9", participation.Reply{Key: participation.Key{Number: ids["reportnumber"], Code: ids["reportcode"]}, Text: evil}, nil))
	stamp, err := o.Reports.Stamp(ctx)
	must(t, err)
	o.clock.ms.Add(5000)
	secret, err := o.Reports.Begin(ctx, "198.51.100.9", participation.Beginning{Danger: "yes", Stamp: stamp})
	must(t, err)
	must(t, o.Reports.AnswerWhat(ctx, secret, participation.What{Category: "other", Description: evil}))
	must(t, o.Reports.AnswerWhere(ctx, secret, participation.Where{Region: "35.09", Place: evil}))
	must(t, o.Reports.AnswerWhen(ctx, secret, participation.When{Seen: "now"}, nil))
	must(t, o.Reports.AnswerContact(ctx, secret, participation.Contact{Contact: "open", Name: evil, Phone: "0"}))
	must(t, o.Reports.Send(ctx, "198.51.100.9", secret))
	c, err := o.Reports.ReceiptOf(ctx, secret)
	must(t, err)
	wulan := o.browse("wulan")
	one := o.want(200, "wulan", "GET", "/public-reports?number="+c.Number, nil).items()[0]["id"].(string)
	for _, path := range []string{"/public-reports", "/public-reports/" + one, "/public-reports/" + ids["publicreport"], "/today"} {
		if body := wulan.send(http.MethodGet, path, "").Body.String(); strings.Contains(body, "<script>alert") || strings.Contains(body, "<img src=x") {
			t.Errorf("%s shows mark-up of a reporter", path)
		}
	}
	if _, _, body := o.asked("/lacak?nomor=" + ids["reportnumber"] + "&kode=" + ids["reportcode"]); strings.Contains(body, "<script>alert") || !strings.Contains(body, "&lt;script&gt;alert") {
		t.Error("the page of the reporter shows mark-up, or lost the text")
	}
}

// Every role of the institution that a report on abuse is about asks by every door, and finds nothing.
func TestReport_sealedDoors(t *testing.T) {
	t.Parallel()
	o := newTestOffice(t, "sqlite:"+filepath.Join(t.TempDir(), "t.db"))
	ids := o.records()
	at := "/public-reports/" + ids["publicreport"]
	o.want(201, "wulan", "POST", at+"/category", m{"category": "abuse"})
	for _, login := range []string{"ratna", "joko", "lina", "yati", "sari"} {
		if got := o.api(login, "GET", at, nil); got.status != 404 && got.status != 403 {
			t.Errorf("%s opens it: %d", login, got.status)
		}
		for _, path := range []string{"/public-reports?show=all", "/public-reports?show=all&number=" + ids["reportnumber"], "/indicators/reports_in_time/records", "/notices"} {
			if got := o.api(login, "GET", path, nil); strings.Contains(got.raw, ids["reportnumber"]) && path != "/notices" {
				t.Errorf("%s reads of it at %s", login, path)
			}
		}
		if got := o.api(login, "GET", "/report-photos/"+ids["reportphoto"], nil); got.status != 404 && got.status != 403 {
			t.Errorf("%s opens its photo: %d", login, got.status)
		}
		if got := o.api(login, "POST", at+"/messages", m{"text": "?"}); got.status != 404 && got.status != 403 {
			t.Errorf("%s writes in it: %d", login, got.status)
		}
	}
	o.want(200, "wulan", "GET", at, nil)
}

// The bridge to SP4N-LAPOR through the door: a file that comes in, what is kept, and the file that goes out, in which nothing
// is a formula. The head of the institution is told of a report that was handed on, and finds it in the list.
func TestReport_bridge(t *testing.T) {
	t.Parallel()
	o := newTestOffice(t, "sqlite:"+filepath.Join(t.TempDir(), "t.db"))
	sent := listed(t, o.open311("POST", "requests.json", filing(o.tokens["wulan"], "facility")))[0]["service_request_id"]
	wulan := o.browse("wulan")
	text := "nomor,nomor_sp4n,status_sp4n\n" + sent + ",8123,=1+1\nJTM-000-000,1,<script>alert(1)</script>\n"
	w := wulan.send("POST", "/sp4n", url.Values{"text": {text}}.Encode())
	if body := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(body, "8123") || !strings.Contains(body, "Nomor laporan ini tidak ada.") || strings.Contains(body, "<script>alert") {
		t.Errorf("preview: %d %s", w.Code, body)
	}
	if body := wulan.send("GET", "/sp4n/reports", "").Body.String(); strings.Contains(body, "8123") {
		t.Error("a preview wrote")
	}
	wulan.send("POST", "/sp4n", url.Values{"text": {text}, "confirmed": {"true"}}.Encode())
	w = wulan.send("GET", "/sp4n/reports", "")
	if body := w.Body.String(); !strings.Contains(body, sent) || !strings.Contains(body, ",8123,'=1+1") {
		t.Errorf("the file: %d %s", w.Code, body)
	}
	if w := o.browse("yati").send("GET", "/sp4n", ""); w.Code != http.StatusForbidden {
		t.Errorf("one who handles no reports: %d", w.Code)
	}
	all, _, err := o.Reports.Reports(t.Context(), who.House("test"), participation.Filter{Number: sent, Limit: 1})
	must(t, err)
	by, err := o.Access.Token(t.Context(), o.tokens["wulan"])
	must(t, err)
	_, err = o.Reports.Verify(t.Context(), by, all[0].ID, 0, participation.Verdict{Verdict: "real"})
	must(t, err)
	_, err = o.Reports.Dispatch(t.Context(), by, all[0].ID, 0, participation.Dispatching{Centre: o.centres["pstw-jember"]})
	must(t, err)
	joko := o.browse("joko")
	if body := joko.send("GET", "/public-reports", "").Body.String(); !strings.Contains(body, sent) {
		t.Error("the head of the institution does not find the report")
	}
	if body := joko.send("GET", "/today", "").Body.String(); !strings.Contains(body, sent) {
		t.Error("the home of the head of the institution does not show the report")
	}
}
