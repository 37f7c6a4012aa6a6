package main

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"tuntas/house/who"
	"tuntas/office/participation"
)

// open311 asks the door of GeoReport; body is a form, or JSON when it begins with a brace.
func (o *testOffice) open311(method, path, body string, head ...string) reply {
	r := httptest.NewRequest(method, "/open311/v2/"+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if strings.HasPrefix(body, "{") {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	return reply{status: w.Code, head: w.Header(), raw: w.Body.String()}
}

// listed reads an answer of GeoReport, JSON or XML, as one list of flat records.
func listed(t *testing.T, r reply) (all []map[string]string) {
	t.Helper()
	if strings.HasPrefix(r.head.Get("Content-Type"), "application/json") {
		var raw []map[string]any
		must(t, json.Unmarshal([]byte(r.raw), &raw))
		for _, one := range raw {
			flat := map[string]string{}
			for k, v := range one {
				if v != nil {
					flat[k] = fmt.Sprint(v)
				}
			}
			all = append(all, flat)
		}
		return all
	}
	if !strings.HasPrefix(r.raw, `<?xml version="1.0" encoding="UTF-8"?>`) || !strings.HasPrefix(r.head.Get("Content-Type"), "text/xml") {
		t.Fatalf("no XML: %s %s", r.head.Get("Content-Type"), r.raw)
	}
	var root struct {
		Records []struct {
			Fields []struct {
				XMLName xml.Name
				Text    string `xml:",chardata"`
			} `xml:",any"`
		} `xml:",any"`
	}
	must(t, xml.Unmarshal([]byte(r.raw), &root))
	for _, one := range root.Records {
		flat := map[string]string{}
		for _, f := range one.Fields {
			flat[f.XMLName.Local] = f.Text
		}
		all = append(all, flat)
	}
	return all
}

func filing(key, service string, more ...string) string {
	v := url.Values{"api_key": {key}, "service_code": {service}, "description": {"Atap kamar mandi bocor (contoh)."}, "address_string": {"Asrama barat"}, "attribute[region]": {"35.09"}}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v.Encode()
}

// Other programs send and read reports in the manner of GeoReport, in JSON and in XML; what is about somebody is never shown.
func TestOpen311(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		key := o.tokens["joko"]
		sent := map[string]string{}
		for _, service := range []string{"facility", "person", "abuse", "service", "other"} {
			r := o.open311("POST", "requests.json", filing(key, service, "first_name", "Bu Rahma", "phone", "0812 0000 0000", "lat", "-8.17", "long", "113.7"))
			if r.status != http.StatusCreated {
				t.Fatalf("%s is sent: %d %s", service, r.status, r.raw)
			}
			sent[service] = listed(t, r)[0]["service_request_id"]
			again := o.open311("POST", "requests.json", filing(key, service, "first_name", "Bu Rahma", "phone", "0812 0000 0000", "lat", "-8.17", "long", "113.7"))
			if again.raw != r.raw {
				t.Errorf("a retry is a second report, or another answer: %s %s", r.raw, again.raw)
			}
		}
		all, _, err := o.Reports.Reports(t.Context(), who.House("test"), participation.Filter{Limit: 50})
		must(t, err)
		if len(all) != 5 {
			t.Errorf("%d reports of five that were each sent twice", len(all))
		}
		other := o.open311("POST", "requests.xml", `{"api_key": "`+key+`", "service_code": "other", "description": "Lampu jalan mati", "lat": -8.1, "long": 113.70001, "attribute": {"region": "35.09", "danger": "no"}}`)
		if other.status != http.StatusCreated || listed(t, other)[0]["service_request_id"] == "" {
			t.Errorf("JSON in, XML out: %d %s", other.status, other.raw)
		}
		for _, form := range []string{".json", ".xml"} {
			kinds := map[string]string{}
			for _, s := range listed(t, o.open311("GET", "services"+form, "")) {
				kinds[s["service_code"]] = s["type"]
			}
			if fmt.Sprint(kinds) != "map[abuse:blackbox facility:realtime other:blackbox person:blackbox question:blackbox service:blackbox]" {
				t.Errorf("services%s: %v", form, kinds)
			}
			o.openReads(t, form, sent)
		}
		facility := all[len(all)-1]
		for _, r := range all {
			if r.Category == "facility" {
				facility = r
			}
		}
		if facility.Source != "open311" || facility.Contact != participation.Confidential || facility.ContactName != "Bu Rahma" {
			t.Errorf("as staff see it: %+v", facility)
		}
		wulan, err := o.Access.Token(t.Context(), o.tokens["wulan"])
		must(t, err)
		_, err = o.Reports.Verify(t.Context(), wulan, facility.ID, 0, participation.Verdict{Verdict: "real"})
		must(t, err)
		one := listed(t, o.open311("GET", "requests/"+sent["facility"]+".xml", ""))[0]
		if one["description"] != "Atap kamar mandi bocor (contoh)." || one["lat"] != "-8.17" || one["address"] != "Asrama barat" || strings.Contains(fmt.Sprint(one), "Rahma") {
			t.Errorf("after a verdict: %v", one)
		}
		_, err = o.Reports.Sort(t.Context(), wulan, facility.ID, 0, participation.Sorting{Category: "abuse"})
		must(t, err)
		if r := o.open311("GET", "requests/"+sent["facility"]+".json", ""); r.status != http.StatusNotFound {
			t.Errorf("sealed, and still read: %s", r.raw)
		}
	})
}

// openReads holds what everybody may read: nothing that staff have not verified, and of what is about somebody not even that
// it is there.
func (o *testOffice) openReads(t *testing.T, form string, sent map[string]string) {
	t.Helper()
	unknown := o.open311("GET", "requests/JTM-000-000"+form, "")
	if e := listed(t, unknown); unknown.status != http.StatusNotFound || len(e) != 1 || e[0]["code"] != "404" || e[0]["description"] == "" {
		t.Errorf("unknown%s: %d %s", form, unknown.status, unknown.raw)
	}
	for service, number := range sent {
		one := o.open311("GET", "requests/"+number+form, "")
		if service != "facility" {
			if one.status != http.StatusNotFound || one.raw != unknown.raw {
				t.Errorf("%s%s is told from an unknown number: %d %s", service, form, one.status, one.raw)
			}
		}
		for _, q := range []string{"?service_request_id=" + number, "?service_code=" + service, "?status=open&page_size=200", "", "?start_date=2025-01-01T00:00:00Z&end_date=2025-12-31T00:00:00Z"} {
			r := o.open311("GET", "requests"+form+q, "")
			if r.status != http.StatusOK {
				t.Fatalf("requests%s%s: %d %s", form, q, r.status, r.raw)
			}
			for _, one := range listed(t, r) {
				if one["service_request_id"] != sent["facility"] || one["description"] != "" || one["address"] != "" || one["lat"] != "" {
					t.Errorf("requests%s%s: %v", form, q, one)
				}
			}
			if strings.Contains(r.raw, "Rahma") || strings.Contains(r.raw, "0812") {
				t.Errorf("a contact is listed: %s", r.raw)
			}
		}
	}
	if n := len(listed(t, o.open311("GET", "requests"+form+"?service_code=facility,other&status=open,closed", ""))); n != 1 {
		t.Errorf("%d listed by two services", n)
	}
	for _, q := range []string{"?status=closed", "?page=2", "?end_date=2025-01-01T00:00:00Z", "?service_code=%25"} {
		if n := len(listed(t, o.open311("GET", "requests"+form+q, ""))); n != 0 {
			t.Errorf("%d listed by %s", n, q)
		}
	}
	if d := o.open311("GET", "services/person"+form, ""); d.status != http.StatusOK || !strings.Contains(d.raw, "35.09") {
		t.Errorf("definition: %d %s", d.status, d.raw)
	}
	if d := o.open311("GET", "discovery"+form, ""); d.status != http.StatusOK || !strings.Contains(d.raw, "/open311/v2") {
		t.Errorf("discovery: %d %s", d.status, d.raw)
	}
}

// What is wrong is refused in the shape of GeoReport, whatever it is.
func TestOpen311_refused(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		key := o.tokens["joko"]
		const evil = `"><script>alert(1)</script>]]>&amp;`
		for _, x := range []struct {
			name, method, path, body string
			status                   int
		}{
			{"no key", "POST", "requests", filing("", "facility"), 403},
			{"a wrong key", "POST", "requests", filing("nothing", "facility"), 403},
			{"one who handles no reports", "POST", "requests", filing(o.tokens["yati"], "facility"), 403},
			{"a key before what is wrong", "POST", "requests", "service_code=x&strange=1", 403},
			{"an unknown service", "POST", "requests", filing(key, "potholes"), 400},
			{"no description", "POST", "requests", filing(key, "facility", "description", ""), 400},
			{"no district", "POST", "requests", filing(key, "facility", "attribute[region]", ""), 400},
			{"a strange district", "POST", "requests", filing(key, "facility", "attribute[region]", "99.9"), 400},
			{"a strange field", "POST", "requests", filing(key, "facility", "sealed", "true"), 400},
			{"no place on earth", "POST", "requests", filing(key, "facility", "lat", evil, "long", "1"), 400},
			{"half a place", "POST", "requests", filing(key, "facility", "lat", "1"), 400},
			{"lat a list", "POST", "requests", `{"api_key": "` + key + `", "service_code": "other", "description": "a", "lat": [1], "long": {"a": 1}, "attribute": {"region": "35.09"}}`, 400},
			{"no JSON", "POST", "requests", `{"api_key":`, 403},
			{"too long", "POST", "requests", filing(key, "facility", "description", strings.Repeat("a", 3000)), 400},
			{"much too long", "POST", "requests", filing(key, "facility", "description", strings.Repeat("a", 2<<20)), 413},
			{"an unknown code", "GET", "services/potholes", "", 404},
			{"mark-up as a code", "GET", "services/" + url.PathEscape(evil), "", 404},
			{"mark-up as a number", "GET", "requests/" + url.PathEscape(evil), "", 404},
			{"no such address", "GET", "tokens", "", 404},
			{"an unknown filter", "GET", "requests?sealed=true", "", 400},
			{"a strange state", "GET", "requests?status=" + url.QueryEscape(evil), "", 400},
			{"a strange day", "GET", "requests?start_date=" + url.QueryEscape("' or 1=1"), "", 400},
			{"many numbers", "GET", "requests?service_request_id=" + strings.Repeat("a,", 60), "", 400},
			{"too large a page", "GET", "requests?page_size=100000", "", 400},
			{"another method", "DELETE", "requests", "", 405},
		} {
			for _, accept := range []string{"application/json", "text/xml"} {
				r := o.open311(x.method, x.path, x.body, "Accept", accept)
				e := listed(t, r)
				if r.status != x.status || len(e) == 0 || e[0]["code"] != fmt.Sprint(x.status) || e[0]["description"] == "" || !strings.HasPrefix(r.head.Get("Content-Type"), accept) {
					t.Errorf("%s as %s: %d %s", x.name, accept, r.status, r.raw)
				}
				if strings.Contains(r.raw, "<script") {
					t.Errorf("%s: mark-up came back: %s", x.name, r.raw)
				}
			}
		}
		if _, n, err := o.Reports.Reports(t.Context(), who.House("test"), participation.Filter{Limit: 5}); err != nil || n.Live != 0 {
			t.Errorf("a refused report was kept: %+v %v", n, err)
		}
		if _, _, page := o.asked("/api"); !strings.Contains(page, "/open311/v2/requests") {
			t.Error("the page about the API does not name the door")
		}
	})
}
