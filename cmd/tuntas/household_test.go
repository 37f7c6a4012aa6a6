package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// What a household had before is written by who works the case, on the page and through the API, and shows in one line on
// the case; what is wrong is said at its field, and what was typed stays.
func TestHousehold(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		_, c := o.old("ratna", "Mbah Rumah")
		at := "/cases/" + c + "/household"
		empty := o.want(200, "ratna", "GET", at, nil)
		if empty.body["on"] != nil || empty.body["household_size"] != nil || empty.head.Get("ETag") == "" {
			t.Errorf("nothing recorded: %s", empty.raw)
		}
		told := m{"on": "2025-03-02", "household_size": 4, "household_income": 1_200_000, "aid": []string{"pkh"}, "dtsen_decile": 2, "dtsen_on": "2025-03-01", "dtsen_source": "Cek Bansos"}
		done := o.want(201, "ratna", "POST", at, told, "If-Match", empty.head.Get("ETag"))
		if done.body["income_per_head"] != 300_000.0 || done.text("by") != "Ratna Astuti" {
			t.Errorf("recorded: %s", done.raw)
		}
		o.want(412, "ratna", "POST", at, told, "If-Match", empty.head.Get("ETag"))
		o.want(404, "sari", "POST", at, told)
		o.want(403, "bima", "POST", at, told)
		o.want(403, "wulan", "POST", at, told)

		ratna := o.signIn("ratna")
		if page := o.html(ratna, "/cases/"+c); !strings.Contains(page, "4 orang, Rp1.200.000 per bulan (Rp300.000 per orang), PKH, desil 2 menurut Cek Bansos pada 1 Mar 2025") {
			t.Error("the case does not say the household")
		}
		w := o.quickPage(ratna, "POST", at, url.Values{"on": {"2 Maret 2025"}, "household_size": {"0"}, "household_income": {"750.000"}, "aid": {"kip", "none"}, "dtsen_source": {`"><b>desa`}}.Encode())
		for _, part := range []string{`value="750.000"`, `value="kip" checked`, `value="none" checked`, `value="0"`, `id="f-household_size-err"`, `&#34;&gt;&lt;b&gt;desa`} {
			if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), part) {
				t.Errorf("%d, the form lacks %s", w.Code, part)
			}
		}
		if got := o.page(ratna, "POST", at, url.Values{"on": {"2 Maret 2025"}, "household_size": {"5"}, "household_income": {"1.500.000"}, "aid": {"none"}}.Encode()); got != http.StatusSeeOther {
			t.Errorf("corrected: %d", got)
		}
		if now := o.want(200, "lina", "GET", at, nil); now.body["household_size"] != 5.0 || now.body["dtsen_decile"] != nil || now.body["aid"].([]any)[0] != "none" {
			t.Errorf("after the correction: %s", now.raw)
		}
		if got, _ := o.types(ratna, typing{form: at, page: at, fields: map[string][]string{"household_size": {"6"}}}); got != http.StatusOK {
			t.Errorf("a draft: %d", got)
		}
		shows(t, o.html(ratna, at), `value="6"`, true)

		o.want(201, "ratna", "POST", "/cases/"+c+"/termination", m{"on": "2025-03-03", "reason": "own_wish", "destination": "own_home", "outcome": "unchanged"})
		o.want(422, "ratna", "POST", at, told)
		visit := o.want(201, "ratna", "POST", "/cases/"+c+"/contacts", m{"on": "2025-03-03", "reached": true, "independence": 4, "household_size": 3, "household_income": 1_500_000, "aid": []string{"kis", "bpnt"}})
		if list, _ := visit.body["aid"].([]any); len(list) != 2 || list[0] != "bpnt" || visit.body["household_income"] != 1_500_000.0 {
			t.Errorf("a visit: %s", visit.raw)
		}
		if page := o.html(ratna, "/contacts/"+visit.text("id")); !strings.Contains(page, "Terakhir diketahui 2 Mar 2025: 5 orang, Rp1.500.000 per bulan (Rp300.000 per orang), tidak menerima bantuan.") {
			t.Error("the form of a visit does not say what was known")
		}
		if page := o.html(ratna, "/cases/"+c); !strings.Contains(page, "3 orang, Rp1.500.000 per bulan (Rp500.000 per orang), BPNT atau sembako, KIS") {
			t.Error("the case does not say the household now")
		}
		o.figuresAgree(t)
	})
}
