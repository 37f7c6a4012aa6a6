package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/access"
	"tuntas/office/audit"
)

// opensWith gives the stranger a file of a person of Jember, by the NIK that the person has.
func (o *testOffice) opensWith(login, nik string) access.Opening {
	o.t.Helper()
	by, err := o.Access.As(context.Background(), login)
	must(o.t, err)
	made, yours, err := o.Access.Open(context.Background(), by, access.NewOpening{NIK: nik, Kind: "health", Reason: "Pingsan di terminal, alerginya tidak diketahui."})
	must(o.t, err)
	if yours {
		o.t.Fatalf("%s sees this person anyway", login)
	}
	return made
}

// asks tries a route as somebody at its doors, and gives the answers.
func (o *testOffice) asks(login, cookie string, path, method string, body any, isPage, isAPI bool) []int {
	var got []int
	if isAPI {
		got = append(got, o.api(login, method, path, body, "If-Match", `"v1"`).status)
	}
	if isPage {
		form := ""
		if b, ok := body.(m); ok {
			form = formOf(b, "", url.Values{}).Encode()
		}
		got = append(got, o.page(cookie, method, path, form))
	}
	return got
}

// The stranger test once more, under an opening in an emergency: who has one reads the one person's file at both doors,
// and nothing of anybody else, and changes nothing; when it is over, nothing at all.
func TestStranger_opened(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		ids, others := o.records(), o.records()
		for _, set := range []map[string]string{ids, others} {
			set["need"], set["goal"], set["bed"] = id.New().String(), id.New().String(), id.New().String()
			set["opening"] = id.New().String() // of somebody else: tried in TestStranger
		}
		p := o.want(200, "joko", "GET", "/persons/"+ids["person"], nil)
		o.want(200, "joko", "PATCH", "/persons/"+ids["person"], m{"identifiers": []m{{"kind": "nik", "value": "3509011203480001", "certainty": "claimed"}}}, "If-Match", p.head.Get("ETag"))
		sari := o.signIn("sari")
		o.opensWith("sari", "3509011203480001")
		// the leave and the transfer are of somebody else at the same centre; nobody died
		absent := map[string]bool{"/leaves/{leave}": true, "/transfers/{transfer}": true, "/cases/{case}/transfer": true, "/cases/{case}/death": true}
		hidden := map[int]bool{http.StatusNotFound: true, http.StatusForbidden: true}
		tried, read := 0, 0
		walk := func(when string, set map[string]string, mine bool) {
			for _, route := range o.Routes() {
				params := inBraces.FindAllStringSubmatch(route.Path, -1)
				if len(params) == 0 || route.Public || strings.HasPrefix(route.Path, "/potential") || params[0][1] == "key" || params[0][1] == "name" || params[0][1] == "campaign" || params[0][1] == "openfamily" || route.Path == "/trainings/{training}" || (route.Path == "/centres/{centre}" || strings.HasPrefix(route.Path, "/agenc") || forAll(route.Path)) && route.Method == "GET" {
					continue
				}
				path := inBraces.ReplaceAllStringFunc(route.Path, func(p string) string { return set[strings.Trim(p, "{}")] })
				for _, got := range o.asks("sari", sari, path, route.Method, bodyFor(route, set), !route.APIOnly, !route.PageOnly) {
					tried++
					switch {
					case mine && route.Opens && absent[route.Path]:
						if got == http.StatusOK && strings.HasSuffix(route.Path, "}") {
							t.Errorf("%s: %s %s shows another person", when, route.Method, path)
						}
					case mine && route.Opens:
						read++
						if got != http.StatusOK {
							t.Errorf("%s: %s %s gives %d", when, route.Method, path, got)
						}
					case got == http.StatusForbidden && !notHers(route.Path), !hidden[got]:
						t.Errorf("%s: %s %s gives %d", when, route.Method, path, got)
					}
				}
			}
		}
		walk("the opened person", ids, true)
		walk("another person", others, false)
		if tried < 150 || read < 30 {
			t.Errorf("%d answers, %d of them of the file: the routes are not tried", tried, read)
		}
		o.clock.ms.Add((2 * time.Hour).Milliseconds())
		walk("when it is over", ids, false)
		o.opensWith("sari", "3509011203480001")
		must(t, o.Access.Stop(context.Background(), who.House("test"), "sari"))
		if got := o.page(sari, "GET", "/persons/"+ids["person"], ""); got != http.StatusSeeOther {
			t.Errorf("a closed account with an opening: %d", got)
		}
	})
}

// Who is on leave, or about to move, shows so to whoever opened the file: the leave and the transfer are read, the family
// beside it is not.
func TestStranger_openedOnTheWay(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		ids := map[string]string{"centre": o.centres["pstw-jember"].String()}
		o.ways(ids)
		leave := o.want(200, "ratna", "GET", "/leaves/"+ids["leave"], nil)
		c := o.want(200, "ratna", "GET", "/cases/"+leave.text("case_id"), nil)
		p := o.want(200, "joko", "GET", "/persons/"+c.text("person_id"), nil)
		o.want(200, "joko", "PATCH", "/persons/"+p.text("id"), m{"identifiers": []m{{"kind": "nik", "value": "3509011203480002", "certainty": "claimed"}}}, "If-Match", p.head.Get("ETag"))
		sari, base := o.signIn("sari"), "/cases/"+c.text("id")
		paths := []string{base, base + "/leaves", "/leaves/" + ids["leave"], base + "/transfer", "/transfers/" + ids["transfer"], base + "/reviews"}
		for _, path := range paths {
			o.want(404, "sari", "GET", path, nil)
		}
		o.opensWith("sari", "3509011203480002")
		for _, path := range paths {
			o.want(200, "sari", "GET", path, nil)
			if got := o.page(sari, "GET", path, ""); got != 200 && !strings.HasPrefix(path, "/leaves/") {
				t.Errorf("the page %s gives %d", path, got)
			}
		}
		for _, closed := range []string{base + "/family", base + "/letters", base + "/letters/plan"} {
			if o.api("sari", "GET", closed, nil).status != 404 || o.page(sari, "GET", closed, "") != 404 {
				t.Errorf("%s is open", closed)
			}
		}
		o.want(404, "sari", "POST", "/leaves/"+ids["leave"]+"/cancellation", m{"reason": "uji"})
		if all := o.want(200, "sari", "GET", "/transfers", nil).items(); len(all) != 0 {
			t.Errorf("the list of transfers shows %v", all)
		}
	})
}

// An opening adds no line to a list: neither a search, nor the cases, nor a figure and the records behind it, nor the home,
// nor what is exported shows the person to who holds it, at either door.
func TestStranger_openedInNoList(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		person, c := o.old("ratna", "Mbah Sumarni Ningsih")
		p := o.want(200, "joko", "GET", "/persons/"+person, nil)
		o.want(200, "joko", "PATCH", "/persons/"+person, m{"identifiers": []m{{"kind": "nik", "value": "3509011203480009", "certainty": "claimed"}}}, "If-Match", p.head.Get("ETag"))
		_, err := o.Access.AddUserWith(context.Background(), who.House("test"), access.NewUser{Login: "tutik", Name: "Tutik", Role: "head_administration", Centres: []id.ID{o.centres["rsbn-malang"]}}, testPassword)
		must(t, err)
		o.tokens["tutik"], err = o.Access.CreateToken(context.Background(), who.House("test"), "tutik", "uji", time.Hour)
		must(t, err)
		cookie := o.signIn("tutik")
		apis := []string{"/persons", "/persons?q=sumarni", "/persons?q=3509011203480009", "/cases", "/cases?person_id=" + person, "/indicators/occupancy", "/indicators/occupancy/records", "/transfers"}
		pages := []string{"/today", "/search?q=sumarni", "/persons?q=sumarni", "/cases", "/aftercare", "/passage"}
		lists := func() map[string]string {
			all := map[string]string{}
			for _, path := range apis {
				all["api "+path] = o.want(200, "tutik", "GET", path, nil).raw
			}
			for _, path := range pages {
				all[path] = strings.Join(namesIn(o.body(cookie, "GET", path, ""), "Sumarni Ningsih", person, c), " ")
			}
			for _, kind := range []string{"persons", "cases", "stays", "services"} {
				all["export "+kind] = o.body(cookie, "POST", "/export", url.Values{"kind": {kind}, "form": {"csv"}, "purpose": {"uji"}}.Encode())
			}
			return all
		}
		before := lists()
		if !strings.Contains(before["export persons"], ",") {
			t.Fatalf("the export is no list: %s", before["export persons"])
		}
		o.opensWith("tutik", "3509011203480009")
		o.want(200, "tutik", "GET", "/persons/"+person, nil)
		o.want(200, "tutik", "GET", "/cases/"+c, nil)
		for path, got := range lists() {
			if got != before[path] {
				t.Errorf("%s shows %s, before %s", path, got, before[path])
			}
		}
	})
}

// namesIn gives those of the words that a body holds.
func namesIn(body string, words ...string) (found []string) {
	for _, w := range words {
		if strings.Contains(body, w) {
			found = append(found, w)
		}
	}
	return found
}

// body asks a page and gives what came.
func (o *testOffice) body(cookie, method, path, form string) string {
	o.t.Helper()
	r := httptest.NewRequest(method, o.url+path, strings.NewReader(form))
	r.Header.Set("Cookie", cookie)
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		o.t.Errorf("%s %s gives %d", method, path, w.Code)
	}
	return w.Body.String()
}

// The ledger tells by which way data were seen: on the screen, on paper, as a list, as an attachment, by a program, and in
// an emergency, whichever way that went.
func TestLedger_channels(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		ids := o.records()
		p := o.want(200, "joko", "GET", "/persons/"+ids["person"], nil)
		o.want(200, "joko", "PATCH", "/persons/"+ids["person"], m{"identifiers": []m{{"kind": "nik", "value": "3509011203480001", "certainty": "claimed"}}}, "If-Match", p.head.Get("ETag"))
		joko, sari := o.signIn("joko"), o.signIn("sari")
		o.body(joko, "GET", "/persons/"+ids["person"], "")
		o.body(joko, "GET", "/persons/"+ids["person"]+"/ledger", "")
		o.body(joko, "GET", "/attachments/"+ids["attachment"], "")
		o.body(joko, "POST", "/export", url.Values{"kind": {"persons"}, "form": {"csv"}, "purpose": {"laporan"}}.Encode())
		o.opensWith("sari", "3509011203480001")
		o.body(sari, "GET", "/attachments/"+ids["attachment"], "")
		must(t, o.Store.FlushLedger(context.Background()))
		wulan, err := o.Access.As(context.Background(), "wulan")
		must(t, err)
		person, _ := id.Parse(ids["person"])
		for via, want := range map[string]string{"page": "person.look", "api": "person.look", "print": "ledger.extract", "file": "attachment.open", "export": "person.export", "emergency": "attachment.open"} {
			_, lines, _, err := o.Audit.Ledger(context.Background(), wulan, audit.View{Person: person, Via: via})
			must(t, err)
			if !slices.ContainsFunc(lines, func(l audit.Disclosure) bool { return l.Act == want && l.Via == via }) {
				t.Errorf("%s is not in the ledger as %s: %+v", want, via, lines)
			}
		}
	})
}

// The administrator tries out every role: each home is drawn, over an empty office.
func TestRoles_triedOut(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		_, c := o.old("ratna", "Mbah Sumarni Ningsih")
		bima := o.signIn("bima")
		for _, role := range access.Roles {
			if found := namesIn(o.body(bima, "GET", "/roles/"+role.Key, ""), "Sumarni", c); len(found) > 0 {
				t.Errorf("%s shows %v", role.Key, found)
			}
		}
	})
}
