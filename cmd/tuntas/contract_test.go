package main

import (
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tuntas/house/id"
)

// creation is a record that a client makes, and a body that is another one.
type creation struct {
	path        string
	body, other m
}

func creations(ids map[string]string, person string) []creation {
	base := "/cases/" + ids["case"]
	return []creation{
		{"/persons", m{"names": []m{{"text": "Mbah Kedua"}}, "sex": "male"}, m{"names": []m{{"text": "Orang Lain"}}}},
		{"/cases", m{"person_id": person, "centre_id": ids["centre"], "ppks_type": "lansia_telantar", "opened_on": "2025-03-01"},
			m{"person_id": person, "centre_id": ids["centre"], "ppks_type": "lansia_telantar", "opened_on": "2025-03-02"}},
		{"/persons/" + ids["person"] + "/consents", m{"purpose": "service", "given_on": "2025-03-01", "given_by": "self", "form": "written"},
			m{"purpose": "service", "given_on": "2025-03-02", "given_by": "self", "form": "written"}},
		{base + "/services", m{"item": "lansia-a", "on": "2025-03-02", "note": "satu"}, m{"item": "lansia-a", "on": "2025-03-02", "note": "dua"}},
		{base + "/assessments", m{"instrument": "independence", "occasion": "review"}, m{"instrument": "independence", "occasion": "admission"}},
		{base + "/plans", m{"goals": []m{{"text": "Makan"}}}, m{"goals": []m{{"text": "Minum"}}}},
		{base + "/stays", m{"bed_id": ids["bed"], "from": "2026-03-03"}, m{"bed_id": ids["bed"], "from": "2026-04-03"}},
	}
}

func with(body m, key string, v any) m {
	out := m{key: v}
	for k, x := range body {
		out[k] = x
	}
	return out
}

// What is made has its address, its version and its id; the same id sent twice is the same record, with other
// content a clash, and the id of somebody else's record too.
func TestContract_records(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		ids, foreign := shaken(t, o)
		person := o.want(201, "ratna", "POST", "/persons", m{"names": []m{{"text": "Mbah Pertama"}}}).text("id")
		for _, stay := range o.want(200, "ratna", "GET", "/cases/"+ids["case"]+"/stays", nil).items() {
			o.want(200, "ratna", "PATCH", "/stays/"+stay["id"].(string), m{"to": "2025-03-03"}, "If-Match", "*")
		}
		for _, c := range creations(ids, person) {
			own := id.New().String()
			first := o.want(201, "ratna", "POST", c.path, with(c.body, "id", own))
			if first.text("id") != own || !strings.HasPrefix(first.head.Get("Location"), "/api/v1/") || !strings.HasSuffix(first.head.Get("Location"), own) || first.head.Get("ETag") == "" {
				t.Errorf("%s: %v %s", c.path, first.head, first.raw)
			}
			at := strings.TrimPrefix(first.head.Get("Location"), "/api/v1")
			read := o.want(200, "ratna", "GET", at, nil)
			delete(first.body, "possible_duplicates")
			if !reflect.DeepEqual(read.body, first.body) || read.head.Get("ETag") != first.head.Get("ETag") {
				t.Errorf("%s: made %s %s, read %s %s", c.path, first.head.Get("ETag"), first.raw, read.head.Get("ETag"), read.raw)
			}
			o.want(304, "ratna", "GET", at, nil, "If-None-Match", read.head.Get("ETag"))
			again := o.want(201, "ratna", "POST", c.path, with(c.body, "id", own))
			if again.text("id") != own || again.head.Get("ETag") != first.head.Get("ETag") {
				t.Errorf("%s twice: %s", c.path, again.raw)
			}
			o.want(409, "ratna", "POST", c.path, with(c.other, "id", own))
			if c.path == "/cases" { // one running case at a centre
				o.want(404, "sari", "GET", at, nil)
				continue
			}
			if made := o.want(201, "ratna", "POST", c.path, movedOn(c.body)).text("id"); len(made) != 13 || made == own {
				t.Errorf("%s without an id: %q", c.path, made)
			}
			o.want(404, "sari", "GET", at, nil)
		}
		o.want(409, "ratna", "POST", "/persons", m{"id": foreign["person"], "names": []m{{"text": "Sumiati"}}})
		o.want(409, "ratna", "POST", "/cases", m{"id": foreign["case"], "person_id": person, "centre_id": ids["centre"], "ppks_type": "lansia_telantar", "opened_on": "2025-03-01"})
		o.want(400, "ratna", "PATCH", "/persons/"+person, m{"id": foreign["person"]}, "If-Match", "*")
		o.stillSound(t)
	})
}

// movedOn is the same record on a later day where two on one day would clash.
func movedOn(body m) m {
	if body["bed_id"] != nil {
		return with(m{"bed_id": body["bed_id"]}, "from", "2026-06-03")
	}
	return body
}

var (
	anID      = regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{13}$`)
	aMoment   = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`)
	idFields  = []string{"id", "person_id", "case_id", "centre_id", "bed_id", "worker_id", "assessor_id", "goal_id", "need_id", "assessment_id"}
	timeNames = []string{"as_of", "at"}
)

// shapes checks ids and moments anywhere in an answer.
func shapes(t *testing.T, at string, v any) {
	t.Helper()
	switch v := v.(type) {
	case m:
		for name, x := range v {
			s, isText := x.(string)
			if isText && slices.Contains(idFields, name) && !anID.MatchString(s) {
				t.Errorf("%s: %s is %q", at, name, s)
			}
			if isText && slices.Contains(timeNames, name) && !aMoment.MatchString(s) {
				t.Errorf("%s: %s is %q", at, name, s)
			}
			if name != "names" { // of indicators: by language
				shapes(t, at, x)
			}
		}
	case []any:
		for _, x := range v {
			shapes(t, at, x)
		}
	}
}

// Every list goes on where it ended, loses nothing and shows nothing twice; ids and moments have their form.
// mayLack tells whether a path ends in what not every case has.
func mayLack(path string, ends ...string) bool {
	return slices.Contains(ends, path[strings.LastIndex(path, "/")+1:])
}

func TestContract_lists(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		ids, _ := shaken(t, o)
		o.want(200, "ratna", "PATCH", "/persons/"+ids["person"], m{"note": "a", "village": "b"}, "If-Match", "*")
		for _, route := range o.Routes() {
			if route.Method != http.MethodGet || route.PageOnly {
				continue
			}
			path := fill(route, ids)
			reader := "ratna"
			if strings.HasPrefix(path, "/news") || strings.HasPrefix(path, "/comments") { // drafts are read by those who write
				reader = "joko"
			}
			if strings.HasPrefix(path, "/open-figures") { // prepared by those who release
				reader = "wulan"
			}
			whole := o.quick(reader, "GET", path, nil)
			if whole.status != 200 && !(whole.status == 404 && (mayLack(path, "termination", "transfer", "death") || strings.HasPrefix(path, "/performance-trees/"))) { // a draft is hidden from her
				t.Errorf("%s: %d %s", path, whole.status, whole.raw)
			}
			if !strings.HasPrefix(path, "/hsds") { // identifiers there are those of HSDS: UUIDs
				shapes(t, path, whole.body)
			}
			if !route.List {
				continue
			}
			all := o.quick(reader, "GET", path+"?limit=500", nil).items()
			var found []any
			after := ""
			for {
				page := o.quick(reader, "GET", path+"?limit=2&after="+after, nil)
				if page.status != 200 || len(page.items()) > 2 {
					t.Fatalf("%s after %q: %d %s", path, after, page.status, page.raw)
				}
				for _, i := range page.items() {
					found = append(found, i)
				}
				if after, _ = page.body["next"].(string); after == "" {
					break
				}
			}
			if len(found) != len(all) || len(all) == 0 && !mayLack(path, "contacts", "former", "leaves", "reviews", "certificates", "choices", "gains", "scoreboard", "open-figures") {
				t.Errorf("%s: %d at once, %d by pages", path, len(all), len(found))
				continue
			}
			for i := range all {
				if !reflect.DeepEqual(any(all[i]), found[i]) {
					t.Errorf("%s: entry %d differs", path, i)
				}
			}
		}
	})
}

// A birth is kept as exactly as it is known.
func TestContract_birth(t *testing.T) {
	t.Parallel()
	o := newTestOffice(t, "sqlite:"+t.TempDir()+"/t.db")
	for _, c := range []struct{ in, want m }{
		{m{"date": "1948-03-14", "precision": "day"}, m{"date": "1948-03-14", "precision": "day"}},
		{m{"date": "1948-03", "precision": "month"}, m{"date": "1948-03", "precision": "month"}},
		{m{"date": "1948", "precision": "year"}, m{"date": "1948", "precision": "year"}},
		{m{"date": "1948"}, m{"date": "1948", "precision": "year"}},
		{m{"precision": "estimated", "from": 1945, "to": 1950}, m{"from": 1945.0, "to": 1950.0, "precision": "estimated"}},
		{m{"precision": "unknown"}, m{"precision": "unknown"}},
		{m{}, m{"precision": "unknown"}},
	} {
		p := o.want(201, "ratna", "POST", "/persons", m{"names": []m{{"text": "Karto"}}, "birth": c.in})
		if !reflect.DeepEqual(p.body["birth"], any(c.want)) {
			t.Errorf("%v is kept as %v", c.in, p.body["birth"])
		}
	}
	p := o.want(201, "ratna", "POST", "/persons", m{"names": []m{{"text": "Karto"}}, "birth": m{"date": "1948", "precision": "year"},
		"identifiers": []m{{"kind": "nik", "value": "3509011403480001"}, {"kind": "bpjs", "value": "0001234567890", "certainty": "verified"}}})
	if len(p.body["identifiers"].([]any)) != 2 {
		t.Errorf("%s", p.raw)
	}
	changed := o.want(200, "ratna", "PATCH", "/persons/"+p.text("id"), m{"birth": m{"date": "1948-03-14"}}, "If-Match", p.head.Get("ETag"))
	if !reflect.DeepEqual(changed.body["birth"], any(m{"date": "1948-03-14", "precision": "day"})) {
		t.Errorf("a more exact date: %v", changed.body["birth"])
	}
}

// Likely duplicates come back and never refuse; what was written is found at once, also by a colleague.
func TestContract_duplicatesAndPresence(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		body := m{"names": []m{{"text": "Soekarni binti Karto"}}, "sex": "female", "birth": m{"date": "1948", "precision": "year"}, "home_region": "35.09"}
		first := o.want(201, "ratna", "POST", "/persons", body)
		second := o.want(201, "lina", "POST", "/persons", with(body, "names", []m{{"text": "Sukarni binti Karto"}}))
		hints, _ := second.body["possible_duplicates"].([]any)
		if len(hints) != 1 || hints[0].(m)["id"] != first.body["id"] || len(hints[0].(m)["why"].([]any)) == 0 {
			t.Errorf("%s", second.raw)
		}
		for _, login := range []string{"ratna", "lina", "joko", "wulan"} {
			if found := o.want(200, login, "GET", "/persons?q=sukarni", nil).items(); len(found) != 2 {
				t.Errorf("%s finds %d", login, len(found))
			}
		}
		if found := o.want(200, "sari", "GET", "/persons?q=sukarni", nil).items(); len(found) != 0 {
			t.Errorf("a stranger finds %v", found)
		}
		o.want(403, "bima", "GET", "/persons", nil) // the administrator does not read casework
	})
}

// For both sides of every figure: items over all pages + withheld = the figure.
func TestContract_figures(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		shaken(t, o)
		for _, i := range o.want(200, "wulan", "GET", "/indicators", nil).items() {
			for _, login := range []string{"wulan", "ratna"} {
				o.bothSides(t, login, i["key"].(string))
			}
		}
	})
}

func (o *testOffice) bothSides(t *testing.T, login, key string) {
	t.Helper()
	v := o.want(200, login, "GET", "/indicators/"+key+"?from=2025-01-01&to=2026-12-31", nil)
	if at, err := time.Parse(time.RFC3339, v.text("as_of")); err != nil || at.IsZero() {
		t.Errorf("%s: as_of %q", key, v.text("as_of"))
	}
	for _, field := range []string{"value", "numerator", "denominator", "record_count", "rule_version"} {
		if _, ok := v.body[field]; !ok {
			t.Errorf("%s lacks %s: %s", key, field, v.raw)
		}
	}
	for _, part := range []string{"numerator", "denominator"} {
		path := "/indicators/" + key + "/records?from=2025-01-01&to=2026-12-31&limit=2&part=" + part
		if v.body[part] == nil {
			o.want(400, login, "GET", path, nil)
			continue
		}
		listed, after := 0.0, ""
		for {
			page := o.want(200, login, "GET", path+"&after="+after, nil)
			listed += float64(len(page.items()))
			if after, _ = page.body["next"].(string); after == "" {
				listed += page.body["withheld"].(float64)
				break
			}
		}
		if listed != v.body[part].(float64) {
			t.Errorf("%s as %s: the %s is %v, the list behind it %v", key, login, part, v.body[part], listed)
		}
	}
}
