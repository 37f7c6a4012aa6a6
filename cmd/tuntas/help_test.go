package main

import (
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var stampField = regexp.MustCompile(`name="stamp" value="([^"]+)"`)

// What the public writes is text wherever it is shown: the form that comes back, the list and the page of staff, the register
// it becomes a part of, and its file, in which nothing is a formula. The public never reads it.
func TestHelp_markup(t *testing.T) {
	t.Parallel()
	o := newTestOffice(t, "sqlite:"+filepath.Join(t.TempDir(), "t.db"))
	ids := o.records()
	const evil = `=cmd"><script>alert(1)</script><img src=x onerror=alert(2)>`
	status, _, body := o.asked("/bantu/tawaran?permintaan=" + ids["helprequest"])
	if status != http.StatusOK || !strings.Contains(body, "Kursi roda") {
		t.Fatalf("the form: %d", status)
	}
	stamp := stampField.FindStringSubmatch(body)[1]
	o.clock.ms.Add(5000)
	form := url.Values{"permintaan": {ids["helprequest"]}, "kind": {"goods"}, "what": {evil}, "quantity": {"2"}, "unit": {evil[:30]}, "region": {"35.09"}, "times": {evil}, "name": {evil}, "stamp": {stamp}}
	clean := func(where, body string) {
		t.Helper()
		if strings.Contains(body, "<script>alert") || strings.Contains(body, "<img src=x") {
			t.Errorf("%s shows mark-up of somebody", where)
		}
	}
	visitor := door{o: o}
	w := visitor.send(http.MethodPost, "/bantu/tawaran", form.Encode())
	clean("the form again", w.Body.String())
	if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "&lt;script&gt;") || !strings.Contains(w.Body.String(), stamp) {
		t.Errorf("without a contact: %d, or what was typed is lost", w.Code)
	}
	form.Set("phone", "0812")
	form.Set("email", "a@b")
	if w = visitor.send(http.MethodPost, "/bantu/tawaran", form.Encode()); w.Code != http.StatusSeeOther {
		t.Fatalf("sent: %d %s", w.Code, w.Body)
	}
	joko := o.browse("joko")
	letters := o.want(200, "joko", "GET", "/help-letters", nil).items()
	letter := letters[len(letters)-1]["id"].(string)
	for _, path := range []string{"/help-letters", "/help-letters/" + letter} {
		body := joko.send(http.MethodGet, path, "").Body.String()
		clean(path, body)
		if !strings.Contains(body, "&lt;script&gt;") {
			t.Errorf("%s lost the text", path)
		}
	}
	offer := o.want(201, "joko", "POST", "/help-letters/"+letter+"/acceptance", m{"psks": "psm", "what": evil, "quantity": 2, "unit": "buah", "reach": "near"}).text("offer_id")
	giver := o.want(200, "joko", "GET", "/potential-offers/"+offer, nil).text("potential_id")
	for _, path := range []string{"/potentials", "/potential-offers", "/potential-offers/" + offer, "/potentials/" + giver, "/help-requests/" + ids["helprequest"]} {
		clean(path, joko.send(http.MethodGet, path, "").Body.String())
	}
	if body := joko.send(http.MethodGet, "/potentials/csv", "").Body.String(); !strings.Contains(body, "'=cmd") || strings.Contains(body, ",=cmd") || strings.Contains(body, "0812") {
		t.Errorf("the file: %s", body)
	}
	for _, path := range []string{"/bantu", "/bantu/karya", "/bantu/tawaran", "/"} {
		if _, _, body := o.asked(path); strings.Contains(body, "alert(1)") || strings.Contains(body, "0812") {
			t.Errorf("%s shows what somebody offered", path)
		}
	}
}

// The public reads requests and works, and of nobody a name: a request of a case is not there, however it is asked for, and
// a work is gone with the next request after its consent was withdrawn.
func TestHelp_public(t *testing.T) {
	t.Parallel()
	o := newTestOffice(t, "sqlite:"+filepath.Join(t.TempDir(), "t.db"))
	ids := o.records()
	secret := o.want(201, "ratna", "POST", "/help-requests", m{"case_id": ids["case"], "kind": "goods", "what": "Sepatu khusus", "quantity": 1, "unit": "pasang", "needed_on": string(o.Store.Today().Add(9))}).text("id")
	if got := o.api("ratna", "POST", "/help-requests", m{"case_id": ids["case"], "kind": "goods", "what": "Sepatu", "quantity": 1, "unit": "pasang", "needed_on": string(o.Store.Today().Add(9)), "public": true}); got.status != 400 {
		t.Errorf("public, of a case: %d", got.status)
	}
	for _, path := range []string{"/bantu", "/bantu?centre=" + ids["centre"], "/bantu/tawaran?permintaan=" + secret, "/api/v1/bantu"} {
		status, _, body := o.asked(path)
		if status != http.StatusOK || strings.Contains(body, "Sepatu") || strings.Contains(body, ids["case"]) {
			t.Errorf("%s: %d, shows a request of a case", path, status)
		}
	}
	if _, _, body := o.asked("/bantu"); !strings.Contains(body, "Kursi roda") {
		t.Error("what is public is not shown")
	}
	_, _, body := o.asked("/bantu/karya")
	if !strings.Contains(body, "Keset perca") || strings.Contains(body, "Karto") || strings.Contains(body, ids["person"]) {
		t.Error("the work is not shown, or with who it is")
	}
	consents := o.want(200, "ratna", "GET", "/persons/"+ids["person"]+"/consents", nil).items()
	for _, c := range consents {
		if c["purpose"] == "work" {
			o.want(201, "ratna", "POST", "/persons/"+ids["person"]+"/consents/"+c["id"].(string)+"/withdrawal", m{"withdrawn_by": "Mbah Karto"})
		}
	}
	if _, _, body := o.asked("/bantu/karya?kind=product"); strings.Contains(body, "Keset perca") {
		t.Error("shown after the consent was withdrawn")
	}
}
