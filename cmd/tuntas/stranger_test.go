package main

import (
	"context"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/web"
)

func clockDay(s string) clock.Day { return clock.Day(s) }

var inBraces = regexp.MustCompile(`\{([a-z]+)\}`)

// The stranger test, made from the route list: for every route with an id, at both doors, the social worker
// of another centre gets 404 as if the record were not there. A new route is covered when it is added.
func TestStranger(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		ids := o.records()
		ids["need"], ids["goal"], ids["bed"] = id.New().String(), id.New().String(), id.New().String()
		sari := o.signIn("sari")
		for _, route := range o.Routes() {
			params := inBraces.FindAllStringSubmatch(route.Path, -1)
			if len(params) == 0 || params[0][1] == "key" || params[0][1] == "name" || params[0][1] == "code" || params[0][1] == "slug" || params[0][1] == "newsimage" || params[0][1] == "centrephoto" || params[0][1] == "dataset" || params[0][1] == "openfamily" || params[0][1] == "campaign" || strings.HasPrefix(route.Path, "/hsds") || strings.HasPrefix(route.Path, "/potential") || (route.Path == "/trainings/{training}" || route.Path == "/centres/{centre}/closings/{month}") && route.Method == "GET" || (route.Path == "/centres/{centre}" || strings.HasPrefix(route.Path, "/agenc") || forAll(route.Path)) && route.Method == "GET" {
				continue // by decision: the register of potentials is kept by all who work with it, what agencies agreed on is for all staff, trainings are the same for all, what a month reported is numbers and the open directory is open, indicators are no records, the list of centres is public, the directory of agencies is for all staff, campaigns are the same for all and show one's own institutions, and who holds the code of a letter may ask
			}
			path := inBraces.ReplaceAllStringFunc(route.Path, func(p string) string { return ids[strings.Trim(p, "{}")] })
			if strings.Contains(path, "//") {
				t.Errorf("no record to try %s %s with", route.Method, route.Path)
				continue
			}
			if !route.PageOnly {
				got := o.api("sari", route.Method, path, bodyFor(route, ids), "If-Match", `"v1"`).status
				if got != http.StatusNotFound && !(got == http.StatusForbidden && notHers(route.Path)) {
					t.Errorf("API: %s %s gives the stranger %d", route.Method, path, got)
				}
			}
			if !route.APIOnly {
				form := ""
				if body, ok := bodyFor(route, ids).(m); ok {
					form = formOf(body, "", url.Values{}).Encode()
				}
				if got := o.page(sari, route.Method, path, form); got != http.StatusNotFound && !(got == http.StatusForbidden && notHers(route.Path)) {
					t.Errorf("page: %s %s gives the stranger %d", route.Method, path, got)
				}
			}
		}
	})
}

// forAll tells of what agencies agree on, of the numbers of districts, and of the cascade of performance: they are read by all staff, by decision.
func forAll(path string) bool {
	return strings.HasPrefix(path, "/meeting") || strings.HasPrefix(path, "/actions") || strings.HasPrefix(path, "/spm/") || strings.HasPrefix(path, "/performance") || strings.HasPrefix(path, "/alerts/") || strings.HasPrefix(path, "/quality/")
}

// notHers tells of routes that the role of a social worker never opens, whoever owns the record.
func notHers(path string) bool {
	for _, start := range []string{"/comments", "/users", "/agenc", "/centre-events", "/accreditations", "/centres/{centre}/accreditations", "/facilities", "/functions", "/centres/{centre}/mandate", "/centres/{centre}/functions", "/centres/{centre}/profile", "/centres/{centre}/photo", "/centres/{centre}/facilities", "/centres/{centre}/history", "/centre-problems", "/needs/{instneed}", "/purchases", "/action-plans", "/centres/{centre}/problems", "/actions", "/meeting", "/trainings", "/training-participants", "/centres/{centre}/competence", "/centres/{centre}/participants", "/spm", "/centres/{centre}/spm-supplies", "/centres/{centre}/survey-rounds", "/survey-", "/performance", "/alert", "/news"} {
		if strings.HasPrefix(path, start) {
			return true
		}
	}
	for _, end := range []string{"/approval", "/return", "/waivers", "/decision", "/centres/{centre}", "/beds", "/emergency", "/staff", "/certificate", "/ledger",
		"/transfer", "/acceptance", "/refusal", "/withdrawal", "/issue", "/annulment", "/letter-settings", "/emergency-reviews/{opening}",
		"/criteria/{criterion}", "/verdict", "/copy", "/submission", "/withdrawal", "/return", "/verification", "/evidence", "/removal", "/closings"} {
		if strings.HasSuffix(path, end) {
			return true
		}
	}
	return false
}

// bodyFor is an input with every field filled: what is wrong with it must not be told to a stranger first.
func bodyFor(route web.Route, ids map[string]string) any {
	switch {
	case route.Method == http.MethodGet, route.Method == http.MethodDelete:
		return nil
	case route.In == nil:
		return m{}
	}
	body := sampleOf(reflect.TypeOf(route.In), ids)
	delete(body, "waiver") // that asks for another right
	return body
}

func (o *testOffice) signIn(login string) string {
	o.t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, o.url+"/sign-in", strings.NewReader("login="+login+"&password="+testPassword))
	must(o.t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := client.Do(r)
	must(o.t, err)
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusSeeOther {
		o.t.Fatalf("sign in as %s: %d", login, res.StatusCode)
	}
	var all []string
	for _, c := range res.Cookies() {
		all = append(all, c.Name+"="+c.Value)
	}
	return strings.Join(all, "; ")
}

func (o *testOffice) page(cookie, method, path, form string) int {
	o.t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := http.NewRequestWithContext(context.Background(), method, o.url+path, strings.NewReader(form))
	must(o.t, err)
	r.Header.Set("Cookie", cookie)
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := client.Do(r)
	must(o.t, err)
	defer func() { _ = res.Body.Close() }()
	return res.StatusCode
}

// A restricted person is not there for a colleague who does not carry the case, and shows in no list; the
// figure still counts everybody.
func TestRestricted_isWithheld(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		person, c := o.old("ratna", "Dewi Rahasia")
		o.admit(person, c)
		p := o.want(200, "joko", "GET", "/persons/"+person, nil)
		o.want(200, "joko", "PATCH", "/persons/"+person, m{"restricted": true}, "If-Match", p.head.Get("ETag"))
		o.want(200, "ratna", "GET", "/cases/"+c, nil) // she carries the case
		o.want(404, "lina", "GET", "/persons/"+person, nil)
		o.want(404, "lina", "GET", "/cases/"+c, nil)
		o.want(404, "wulan", "GET", "/cases/"+c, nil)
		if found := o.want(200, "lina", "GET", "/persons?q=dewi", nil).items(); len(found) > 0 {
			t.Errorf("a search shows %v", found)
		}
		records := o.want(200, "joko", "GET", "/indicators/occupancy/records", nil)
		if len(records.items()) != 0 || records.body["withheld"].(float64) != 1 {
			t.Errorf("behind the figure: %s", records.raw)
		}
		other := o.want(201, "lina", "POST", "/persons", m{"names": []m{{"text": "Dewi Rahasia"}}})
		if hints, _ := other.body["possible_duplicates"].([]any); len(hints) > 0 {
			t.Errorf("a restricted person gives a hint: %v", hints)
		}
		_ = id.ID(0)
	})
}
