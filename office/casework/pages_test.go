package casework_test

import (
	"context"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"tuntas/house/clock"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/law"
	"tuntas/office/access"
	"tuntas/office/casework"
)

// regionname and checkname are given by the program at start.
var (
	_ = page.Lookup("regionname", func(_ text.Lang, key string) string { r, _ := law.RegionOf(key); return r.Name })
	_ = page.Lookup("checkname", func(_ text.Lang, key string) string { return key })
)

// door is the desk behind its two doors.
type door struct {
	*office
	server *web.Server
	cookie map[string]string
	token  map[string]string
}

func (o *office) doors() *door {
	o.t.Helper()
	pages, err := page.New(map[string]fs.FS{"casework": casework.Pages, "web": web.Pages, "access": access.Pages})
	must(o.t, err)
	noon := time.Date(2026, 11, 24, 12, 0, 0, 0, clock.WIB)
	s, err := web.New(web.Options{Store: o.store, Pages: pages, Routes: append(o.cases.Routes(), o.access.Routes()...),
		Auth: access.Door{Desk: o.access}, Keep: o.access.Keep(), Clock: clock.At(noon), Demo: true})
	must(o.t, err)
	return &door{o, s, map[string]string{}, map[string]string{}}
}

func (d *door) send(method, path, login, kind, body string) *httptest.ResponseRecorder {
	d.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body)).WithContext(context.Background())
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if strings.HasPrefix(path, "/api/") {
		if d.token[login] == "" {
			token, err := d.access.CreateToken(d.ctx, d.house, login, "uji", time.Hour*24*3650)
			must(d.t, err)
			d.token[login] = token
		}
		r.Header.Set("Authorization", "Bearer "+d.token[login])
		if method == http.MethodPatch {
			r.Header.Set("If-Match", `"v0"`)
		}
	} else if login != "" {
		if d.cookie[login] == "" {
			in := d.send("POST", "/sign-in", "", "application/x-www-form-urlencoded", "login="+login+"&password=sandi-contoh-1")
			if in.Code != http.StatusSeeOther {
				d.t.Fatalf("sign in %s: %d %s", login, in.Code, in.Body)
			}
			d.cookie[login] = in.Result().Cookies()[0].String()
		}
		r.Header.Set("Cookie", d.cookie[login])
	}
	w := httptest.NewRecorder()
	d.server.ServeHTTP(w, r)
	return w
}

func (d *door) get(login, path string) string {
	d.t.Helper()
	w := d.send("GET", path, login, "", "")
	if w.Code != http.StatusOK {
		d.t.Fatalf("GET %s as %s: %d %s", path, login, w.Code, w.Body)
	}
	return w.Body.String()
}

func (d *door) form(login, path string, fields url.Values) *httptest.ResponseRecorder {
	d.t.Helper()
	return d.send("POST", path, login, "application/x-www-form-urlencoded", fields.Encode())
}

// One old woman, by pages alone, from the open case to the running intervention.
func TestPages_toIntervention(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		d := o.doors()
		mbah := o.person(o.ratna, "Mbah Sarti", seventies)
		d.get("ratna", "/cases/new?person="+mbah.String())
		w := d.form("ratna", "/cases", url.Values{"person_id": {mbah.String()}, "centre_id": {o.a.String()}, "ppks_type": {"lansia_telantar"},
			"opened_on": {"14 November 2026"}, "outside_since": {"1 nov 2026"}, "setting": {"inside"}})
		path := strings.TrimSuffix(w.Header().Get("Location"), "/criteria")
		if w.Code != http.StatusSeeOther || path == "" {
			t.Fatalf("open: %d %s", w.Code, w.Body)
		}
		lines, _, err := o.cases.List(o.ctx, o.ratna, casework.Filter{})
		must(t, err)
		c := lines[0].Case
		o.consent(c)
		d.see("ratna", path+"/criteria", "Apakah Mbah Sarti dapat diterima", "23 hari, sejak 1 Nov 2026", "Belum memenuhi 2 dari 5 syarat")
		d.post("ratna", path+"/criteria", url.Values{"criteria.3.code": {"nobody-cares"}, "criteria.3.result": {"met"}, "criteria.3.evidence": {"Kunjungan"},
			"criteria.4.code": {"social-worker"}, "criteria.4.result": {"met"}, "criteria.4.evidence": {"Laporan"}})
		d.see("ratna", path+"/criteria", "Semua syarat terpenuhi", "Mulai asesmen")
		d.post("ratna", path+"/stages", url.Values{"stage": {"assessment"}, "on": {"15 nov 2026"}})
		d.see("ratna", path+"/assessments", "Belum ada asesmen.")
		d.fill("ratna", path, bio)
		d.fill("ratna", path, matrix)
		d.see("ratna", path+"/assessments", "Ditandatangani 24 Nov 2026")
		d.post("ratna", path+"/stages", url.Values{"stage": {"planning"}, "on": {"hari ini"}})
		plan := d.post("ratna", path+"/plans", url.Values{})
		d.see("ratna", plan, "Makan teratur", "2 kebutuhan belum punya tujuan")
		d.post("ratna", plan+"/draft", url.Values{"_do": {"line-0"}, "goals.0.text": {"Makan tiga kali"}, "goals.0.need_id": {d.need(c, 0)},
			"goals.0.services.0.text": {"Dapur"}, "goals.0.services.0.cost": {"1.250.000"}, "goals.0.services.0.funding": {"apbd"},
			"goals.1.text": {""}, "goals.1.services.0.text": {""}, "declined.1.need_id": {d.need(c, 1)}, "declined.1.reason": {"Sudah diurus keluarga"}})
		d.see("ratna", plan, "Makan tiga kali", "Rp1.250.000")
		d.post("ratna", plan+"/agreement", url.Values{"agreed_by": {"Mbah sendiri"}})
		d.post("ratna", plan+"/submission", url.Values{})
		d.see("joko", plan, "Sahkan rencana", "Keputusan Kepala UPT")
		d.post("joko", plan+"/approval", url.Values{})
		d.see("ratna", path+"/plans", "Berlaku")
		d.post("joko", path+"/decision", url.Values{"number": {"460/1"}, "on": {"20 nov 2026"}})
		o.bed(c)
		d.see("ratna", path+"/stages", "Mulai tahap Intervensi")
		d.post("ratna", path+"/stages", url.Values{"stage": {"intervention"}, "on": {"hari ini"}})
		d.see("ratna", "/cases?stage=intervention&worker=me", "Mbah Sarti", "Intervensi")
		d.see("ratna", "/cases?lang=en&late=true", "Nothing matches 1 filter", "Clear the filters")
	})
}

func (d *door) see(login, path string, words ...string) {
	d.t.Helper()
	body := d.get(login, path)
	for _, w := range words {
		if !strings.Contains(body, w) {
			d.t.Errorf("%s does not say %q", path, w)
		}
	}
}

// post sends a form that must be taken, and gives the page it leads to.
func (d *door) post(login, path string, fields url.Values) string {
	d.t.Helper()
	w := d.form(login, path, fields)
	if w.Code != http.StatusSeeOther {
		d.t.Fatalf("POST %s as %s: %d %s", path, login, w.Code, w.Body)
	}
	return w.Header().Get("Location")
}

// fill writes an assessment section by section and signs it.
func (d *door) fill(login, path string, in casework.NewAssessment) {
	d.t.Helper()
	at := d.post(login, path+"/assessments", url.Values{"instrument": {in.Instrument}, "occasion": {in.Occasion}, "assessed_on": {"hari ini"}})
	fields := url.Values{"_next": {"check"}}
	for k, v := range in.Answers {
		if s, ok := v.(string); ok {
			fields.Set("answers."+k, s)
		}
	}
	if in.Instrument == "biopsychosocial" {
		d.see(login, at, "Biologis", "Simpan, lalu lanjut")
		if w := d.form(login, at+"/signature", url.Values{}); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Asesmen belum lengkap") {
			d.t.Errorf("a signature with gaps: %d", w.Code)
		}
		fields.Set("answers.needs.0.text", "Makan teratur")
		fields.Set("answers.needs.0.domain", "basic")
		fields.Set("answers.needs.1.text", "NIK")
		fields.Set("answers.needs.1.domain", "identity")
		d.see(login, at+"?section=needs", "Kebutuhan 1", "Kebutuhan dasar")
	}
	check := d.post(login, at+"/answers", fields)
	d.see(login, check, "Periksa, lalu tandatangani", "Tandatangani asesmen")
	d.post(login, at+"/signature", url.Values{})
	d.see(login, at, "Ditandatangani 24 Nov 2026 oleh Ratna")
}

func (d *door) need(c casework.Case, n int) string {
	d.t.Helper()
	f, err := d.cases.Look(d.ctx, d.ratna, c.ID)
	must(d.t, err)
	return f.Needs[n].ID.String()
}
