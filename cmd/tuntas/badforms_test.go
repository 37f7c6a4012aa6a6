package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"tuntas/house/web"
	"tuntas/office/casework"
	"tuntas/office/person"
)

// formsAlone are the forms that have no address at the API, with what they send.
var formsAlone = map[string]any{
	"POST /persons/{person}/edit":                           person.Entry{},
	"POST /cases/{case}/assessments/{assessment}/answers":   casework.AssessmentChange{},
	"POST /cases/{case}/plans/{plan}/draft":                 casework.NewPlan{},
	"POST /contacts/{contact}":                              casework.Visit{},
	"POST /cases/{case}/assessments/{assessment}/signature": struct{}{},
	"POST /cases/{case}/plans/{plan}/submission":            struct{}{},
	"POST /cases/{case}/plans/{plan}/approval":              struct{}{},
	"POST /look": struct {
		Lang string `json:"lang"`
		Next string `json:"next"`
	}{},
	"POST /import": struct{}{},
	"POST /sp4n":   struct{}{},

	"POST /survey-rounds/{surveyround}/import": struct{}{},
	"POST /import/rejects":                     struct{}{},
	"POST /persons/hints":                      person.Entry{},
}

// typable are the faults that people make, and those that a page must not carry into itself.
var typable = []string{"missing", "HTML and SQL", "control characters", "too long", "blank", "number banyak", "number 1e300", "day " + nasty, "day kemarin lusa", "id " + nasty,
	"another centre's", "object", "negative"}

// inputOf is what a form sends; every form must have one, so that a new form is tested when it is added.
func inputOf(t *testing.T, route web.Route) reflect.Type {
	t.Helper()
	in := route.In
	if in == nil {
		in = formsAlone[route.Method+" "+route.Path]
	}
	if in == nil {
		t.Errorf("%s %s names no input: add Takes to the route", route.Method, route.Path)
		return reflect.TypeFor[struct{}]()
	}
	return reflect.TypeOf(in)
}

// formOf writes an input as a form sends it: dotted names.
func formOf(body any, prefix string, into url.Values) url.Values {
	switch v := body.(type) {
	case m:
		for name, e := range v {
			formOf(e, join(prefix, name), into)
		}
	case []any:
		for i, e := range v {
			formOf(e, join(prefix, fmt.Sprint(i)), into)
		}
	case json.RawMessage:
		into.Set(prefix, string(v))
	case nil:
	default:
		into.Set(prefix, fmt.Sprint(v))
	}
	return into
}

func join(prefix, name string) string {
	if prefix == "" {
		return name
	}
	return prefix + "." + name
}

// quickPage sends a form without a network.
func (o *testOffice) quickPage(cookie, method, path, form string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(o.t.Context(), method, path, strings.NewReader(form))
	r.Header.Set("Cookie", cookie)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	return w
}

// Every field of every form is spoiled in every way: never 500, a whole page comes back, and what was typed is
// text on it, never part of the page.
func TestBadInput_forms(t *testing.T) {
	t.Parallel()
	o := newTestOffice(t, "sqlite:"+filepath.Join(t.TempDir(), "t.db"))
	ids, foreign := shaken(t, o)
	cookies := map[string]string{"ratna": o.signIn("ratna"), "joko": o.signIn("joko"), "bima": o.signIn("bima"), "wulan": o.signIn("wulan")}
	asked := 0
	for _, route := range o.Routes() {
		if route.APIOnly || route.Method != http.MethodPost || strings.HasPrefix(route.Path, "/sign-") {
			continue
		}
		in := inputOf(t, route)
		good, path, cookie := sampleOf(in, ids), fill(route, ids), cookies[allowed(route)]
		try := func(what string, form url.Values) {
			asked++
			w := o.quickPage(cookie, route.Method, path, form.Encode())
			page := w.Body.String()
			switch {
			case w.Code >= 500:
				t.Errorf("%s %s: %s: %d", route.Method, route.Path, what, w.Code)
			case w.Code != http.StatusSeeOther && !strings.HasSuffix(strings.TrimSpace(page), "</html>"):
				t.Errorf("%s %s: %s: %d and no whole page: %.200s", route.Method, route.Path, what, w.Code, page)
			case strings.Contains(page, "<script>alert"), strings.Contains(page, `%00"x`):
				t.Errorf("%s %s: %s: what was typed is part of the page", route.Method, route.Path, what)
			case w.Code == http.StatusBadRequest && route.Path != "/import" && !strings.Contains(page, `class="errors`) && !strings.Contains(page, `role="alert"`):
				t.Errorf("%s %s: %s: refused without a word", route.Method, route.Path, what)
			}
		}
		for _, f := range fieldsOf(in, "") {
			for _, bad := range faultsOf(f, foreign) {
				if !slices.Contains(typable, bad.name) {
					continue // the API has it too, and drawing a page takes its time
				}
				try(f.path+" "+bad.name, formOf(spoiled(good, f.path, bad.value), "", url.Values{}))
			}
			strange := formOf(good, "", url.Values{})
			strange.Set(f.path+nasty, nasty)
			try("a strange name", strange)
		}
		try("nothing", url.Values{})
		try("a bad version", url.Values{"_version": {"x"}, "_key": {nasty}, "_case": {nasty}, "_section": {nasty}, "_next": {nasty}, "_do": {nasty}})
	}
	if t.Logf("%d forms", asked); asked < 500 {
		t.Errorf("only %d forms", asked)
	}
	o.stillSound(t)
}

// Every filter of every list and figure, at both doors.
func TestBadInput_filters(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		ids, foreign := shaken(t, o)
		cookies := map[string]string{"ratna": o.signIn("ratna"), "joko": o.signIn("joko"), "bima": o.signIn("bima"), "wulan": o.signIn("wulan")}
		for _, route := range o.Routes() {
			if route.Method != http.MethodGet {
				continue
			}
			path := fill(route, ids)
			if !route.PageOnly {
				if r := o.quick("ratna", "GET", path+"?sise=1", nil); r.status != 400 || !r.names("sise") {
					t.Errorf("GET %s?sise=1: %d %s", path, r.status, r.raw)
				}
			}
			var in reflect.Type
			switch {
			case route.Params != nil:
				in = reflect.TypeOf(route.Params)
			case route.List:
				in = reflect.TypeFor[web.Cut]()
			default:
				continue
			}
			for _, f := range fieldsOf(in, "") {
				for _, bad := range o.worth(faultsOf(f, foreign)) {
					query := formOf(m{f.path: bad.value}, "", url.Values{}).Encode()
					if r := o.quick("ratna", "GET", path+"?"+query, nil); r.status >= 500 || r.status == 400 && !r.names(f.path) && bad.name != "control characters" && bad.name != "object" && bad.name != "list of lists" {
						t.Errorf("GET %s?%s: %d %s", path, query, r.status, r.raw)
					}
					if !route.APIOnly {
						if w := o.quickPage(cookies[allowed(route)], "GET", path+"?"+query, ""); w.Code >= 500 || strings.Contains(w.Body.String(), "<script>alert") {
							t.Errorf("page %s?%s: %d", path, query, w.Code)
						}
					}
				}
			}
		}
	})
}

// Two days that belong together come in their order, or the field is named.
func TestBadInput_dates(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		ids, _ := shaken(t, o)
		base := "/cases/" + ids["case"]
		for _, c := range []struct {
			method, path, field string
			body                m
		}{
			{"POST", "/persons/" + ids["person"] + "/consents", "expires_on", m{"purpose": "service", "given_on": "2025-03-02", "given_by": "self", "form": "written", "expires_on": "2025-03-01"}},
			{"POST", "/persons/" + ids["person"] + "/consents", "given_on", m{"purpose": "service", "given_on": "2025-03-04", "given_by": "self", "form": "written"}},
			{"POST", "/persons", "birth.from", m{"names": []m{{"text": "a"}}, "birth": m{"precision": "estimated", "from": 1950, "to": 1940}}},
			{"POST", "/persons", "birth.date", m{"names": []m{{"text": "a"}}, "birth": m{"precision": "day", "date": "2026-01-01"}}},
			{"POST", "/persons", "birth.date", m{"names": []m{{"text": "a"}}, "birth": m{"precision": "day", "date": "1948"}}},
			{"POST", "/persons", "birth.date", m{"names": []m{{"text": "a"}}, "birth": m{"precision": "month", "date": "1948-03-01"}}},
			{"POST", "/persons", "birth.date", m{"names": []m{{"text": "a"}}, "birth": m{"precision": "year", "date": "1948-03"}}},
			{"POST", "/persons", "birth.date", m{"names": []m{{"text": "a"}}, "birth": m{"precision": "month", "date": "1948-13"}}},
			{"POST", "/persons", "deceased_on", m{"names": []m{{"text": "a"}}, "deceased_on": "2025-03-04"}},
			{"POST", "/persons", "deceased_on", m{"names": []m{{"text": "a"}}, "birth": m{"precision": "day", "date": "1948-03-01"}, "deceased_on": "1940-03-04"}},
			{"POST", "/cases", "outside_since", m{"person_id": ids["person"], "centre_id": ids["centre"], "ppks_type": "lansia_telantar", "opened_on": "2025-03-01", "outside_since": "2025-03-02"}},
			{"POST", "/cases", "opened_on", m{"person_id": ids["person"], "centre_id": ids["centre"], "ppks_type": "lansia_telantar", "opened_on": "2025-03-04"}},
			{"POST", base + "/services", "on", m{"item": "lansia-a", "on": "2025-02-01"}},
			{"POST", base + "/services", "on", m{"item": "lansia-a", "on": "2025-03-04"}},
			{"POST", base + "/stays", "to", m{"bed_id": ids["bed"], "from": "2025-03-10", "to": "2025-03-10"}},
			{"POST", base + "/stays", "from", m{"bed_id": ids["bed"], "from": "2025-02-01"}},
			{"PATCH", "/stays/" + ids["stay"], "to", m{"to": "2025-02-01"}},
			{"POST", base + "/assessments", "assessed_on", m{"instrument": "katz", "occasion": "review", "assessed_on": "2025-02-01"}},
			{"POST", base + "/plans", "goals.0.services.0.to", m{"goals": []m{{"text": "a", "services": []m{{"text": "b", "from": "2025-03-03", "to": "2025-03-02"}}}}}},
			{"POST", base + "/plans/" + ids["plan"] + "/agreement", "agreed_on", m{"agreed_by": "Mbah", "agreed_on": "2025-02-01"}},
			{"POST", base + "/termination", "on", m{"on": "2025-02-01", "reason": "own_wish", "destination": "own_home", "outcome": "unchanged"}},
			{"POST", base + "/household", "household_size", m{"on": "2025-03-02", "household_size": 0}},
			{"POST", base + "/household", "household_size", m{"on": "2025-03-02", "household_size": 31}},
			{"POST", base + "/household", "household_income", m{"on": "2025-03-02", "household_income": -1}},
			{"POST", base + "/household", "aid", m{"on": "2025-03-02", "aid": []string{"emas"}}},
			{"POST", base + "/household", "aid", m{"on": "2025-03-02", "aid": []string{"none", "pkh"}}},
			{"POST", base + "/household", "dtsen_decile", m{"on": "2025-03-02", "dtsen_decile": 11}},
			{"POST", base + "/household", "dtsen_on", m{"on": "2025-03-02", "dtsen_decile": 2, "dtsen_on": "2025-03-04"}},
			{"POST", base + "/household", "on", m{"on": "2025-03-04"}},
			{"PATCH", "/contacts/" + ids["contact"], "household_size", m{"on": "2025-03-03", "reached": true, "independence": 3, "household_size": 0}},
			{"PATCH", "/contacts/" + ids["contact"], "dtsen_on", m{"on": "2025-03-03", "reached": true, "independence": 3, "dtsen_decile": 2, "dtsen_on": "2025-03-04"}},
			{"PATCH", "/contacts/" + ids["contact"], "on", m{"on": "2025-02-01", "reached": true, "independence": 3}},
			{"PATCH", "/contacts/" + ids["contact"], "due_on", m{"due_on": "2025-02-01"}},
			{"POST", base + "/decision", "on", m{"number": "1", "on": "2025-03-04"}},
		} {
			login := "ratna"
			if strings.HasSuffix(c.path, "/decision") {
				login = "joko"
			}
			b, _ := json.Marshal(c.body)
			r := o.quick(login, c.method, c.path, b, "If-Match", "*")
			if r.status != 400 || !r.names(c.field) {
				t.Errorf("%s %s %s: %d %s", c.method, c.path, b, r.status, r.raw)
			}
		}
		r := o.quick("wulan", "GET", "/indicators/occupancy?from=2025-03-02&to=2025-03-01", nil)
		if r.status != 400 || !r.names("from") {
			t.Errorf("the span of a figure: %s", r.raw)
		}
	})
}

// A stale version is refused everywhere, and the same key with another body too.
func TestBadInput_versionsAndKeys(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		ids, _ := shaken(t, o)
		routes := o.Routes()
		// What is changed comes first: a new plan takes the place of the one that is patched.
		slices.SortStableFunc(routes, func(a, b web.Route) int {
			return cmp.Compare(len(b.Method), len(a.Method)) // DELETE, PATCH, POST
		})
		for _, route := range routes {
			if route.PageOnly || route.Method == http.MethodGet {
				continue
			}
			path, login := fill(route, ids), allowed(route)
			body := []byte("{}")
			if route.In != nil {
				body, _ = json.Marshal(sampleOf(reflect.TypeOf(route.In), ids))
			}
			if route.Method != http.MethodPost {
				if r := o.quick(login, route.Method, path, body); r.status != 428 {
					t.Errorf("%s %s without If-Match: %d %s", route.Method, route.Path, r.status, r.raw)
				}
				for _, tag := range []string{`"v999"`, nasty, `"v-1"`} {
					if r := o.quick(login, route.Method, path, body, "If-Match", tag); r.status != 412 && r.status != 400 {
						t.Errorf("%s %s of %s: %d %s", route.Method, route.Path, tag, r.status, r.raw)
					}
				}
				continue
			}
			first := o.quick(login, "POST", path, body, "Idempotency-Key", route.Path)
			again := o.quick(login, "POST", path, body, "Idempotency-Key", route.Path)
			if first.status >= 500 || again.status != first.status || first.status == 201 && (again.raw != first.raw || again.head.Get("Location") != first.head.Get("Location")) {
				t.Errorf("POST %s twice: %d %s, then %d %s", route.Path, first.status, first.raw, again.status, again.raw)
			}
			if first.status == 201 && route.Path != "/alerts/check" { // which the house writes, as often as it is asked
				if other := o.quick(login, "POST", path, []byte(`{"x":1}`), "Idempotency-Key", route.Path); other.status != 409 {
					t.Errorf("POST %s with a used key: %d %s", route.Path, other.status, other.raw)
				}
			}
		}
	})
}
