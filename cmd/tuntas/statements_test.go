package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/seed"
)

// statements is what each page costs, however large the province is: the session and its user, then the
// page's own. A page that needs more asks once for each line, and grows with the office.
var statements = []struct {
	login, path string
	n           int
}{
	{"ratna", "/today", 19},
	{"joko", "/today", 26},
	{"tutik", "/today", 18},
	{"yati", "/today", 12},
	{"nurul", "/today", 12},
	{"hadi", "/today", 17},
	{"wulan", "/today", 31},
	{"kadis", "/today", 30},
	{"awas", "/today", 14},
	{"humas", "/today", 22},
	{"bima", "/today", 12},
	{"ratna", "/search?q=sumarni", 9},
	{"bima", "/system", 8},
	{"tutik", "/balance", 10},
	{"tutik", "/balance?by=age", 14},
	{"tutik", "/balance?by=home_region", 14},
	{"wulan", "/outcome", 14},
	{"joko", "/outcome", 16},
	{"wulan", "/deadlines", 8},
	{"joko", "/deadlines", 10},
	{"joko", "/workload", 10},
	{"wulan", "/workload", 10},
	{"wulan", "/map", 5},
	{"wulan", "/map?of=residents", 5},
	{"wulan", "/attention", 12},
	{"wulan", "/scope", 4},
	{"ratna", "/changes", 6},
	{"ratna", "/cases/{intervention}", 31},
	{"joko", "/cases/{intervention}", 33},
	{"ratna", "/cases/{intervention}/notes", 23},
	{"ratna", "/cases/{intervention}/household", 22},
	{"ratna", "/cases/{intervention}/conferences", 24},
	{"ratna", "/cases/{intervention}/attachments", 23},
	{"ratna", "/persons/{person}", 9},
	{"ratna", "/cases", 5},
	{"ratna", "/cases?late=true&stage=intervention", 6},
	{"ratna", "/cases?q=sumarni", 7},
	{"ratna", "/persons", 5},
	{"ratna", "/persons?q=sumarni", 7},
	{"ratna", "/aftercare", 6},
	{"wulan", "/province", 10},
	{"wulan", "/indicators", 21},
	{"joko", "/indicators", 21},
	{"wulan", "/indicators?centre={centre}", 21},
	{"wulan", "/indicators/occupancy", 10},
	{"wulan", "/indicators/occupancy/centres", 10},
	{"wulan", "/grid", 9},
	{"joko", "/charts", 8},
	{"wulan", "/indicators/occupancy?centre={centre}&by=age", 10},
	{"wulan", "/indicators/still_independent_12", 9},
	{"wulan", "/indicators/home_again?from={month}-01&to={month-end}", 13},
	{"wulan", "/indicators/new", 3},
	{"wulan", "/meetings/topic?indicator=occupancy", 9},
	{"joko", "/closings", 7},
	{"wulan", "/dhis2", 8},
	{"joko", "/centres/{centre}/closings/{month}", 15},
	{"joko", "/centres/{centre}/beds", 6},
	{"joko", "/centres/{centre}/mandate", 13},
	{"joko", "/centres/{centre}/mandate/edit", 13},
	{"joko", "/centres/{centre}/history", 8},
	{"joko", "/centres/{centre}/facilities", 10},
	{"joko", "/facilities/{facility}", 9},
	{"joko", "/centres/{centre}/needs", 29},
	{"joko", "/centre-problems/{problem}", 9},
	{"joko", "/needs/{instneed}", 9},
	{"wulan", "/needs", 6},
	{"wulan", "/needs?kind=facility&state=budgeted", 6},
	{"wulan", "/needs/map", 10},
	{"wulan", "/needs/districts", 5},
	{"wulan", "/needs/alike", 4},
	{"wulan", "/action-plans", 6},
	{"wulan", "/spm", 17},
	{"wulan", "/spm/people?what=met", 7},
	{"wulan", "/spm/people?what=needed&item=lansia-a", 11},
	{"wulan", "/indicators/occupancy/records", 8},
	{"wulan", "/indicators/exits/records", 7},
	{"wulan", "/spm/attachment", 15},
	{"wulan", "/spm/districts", 3},
	{"wulan", "/spm/districts/{lastyear}/lansia_telantar/35.09", 4},
	{"joko", "/centres/{centre}/spm-supplies", 7},
	{"wulan", "/spm/reports", 3},
	{"wulan", "/spm/reports/{lastyear}", 18},
	{"wulan", "/action-plans/{actionplan}", 4},
	{"joko", "/centres/{centre}/gains", 24},
	{"wulan", "/competence", 7},
	{"wulan", "/competence/certificates", 3},
	{"joko", "/centres/{centre}/competence", 13},
	{"joko", "/trainings", 5},
	{"wulan", "/trainings/{training-closed}", 6},
	{"joko", "/training-participants/{participant}", 9},
	{"joko", "/centres/{centre}/reports/{month}", 34},
	{"wulan", "/performance", 16},
	{"joko", "/performance?centre={centre}", 19},
	{"wulan", "/performance/{perfnode}", 25},
	{"wulan", "/performance-report?year={lastyear}", 18},
	{"wulan", "/performance/poverty", 5},
	{"wulan", "/performance-trees/{perftree}", 4},
	{"joko", "/performance-agreements/{agreement-signed}", 21},
	{"wulan", "/performance-agreements", 3},
	{"wulan", "/quality", 18},
	{"joko", "/quality/service-missing", 10},
	{"wulan", "/quality/outlier", 12},
	{"wulan", "/alerts", 8},
	{"joko", "/alerts/{alert}", 14},
	{"wulan", "/alert-rules", 7},
	{"wulan", "/alert-rules/{alertrule}", 8},
	{"wulan", "/reports/scheduled", 9},
	{"wulan", "/report-copies/{reportcopy}", 3},
	{"wulan", "/open-figures", 5},
	{"wulan", "/open-figures/penghuni", 10},
	{"wulan", "/data", 3},
	{"wulan", "/data/penghuni-menurut-panti", 4},
	{"wulan", "/public-reports", 5},
	{"joko", "/public-reports/{publicreport}", 12},
	{"wulan", "/comments", 6},
	{"wulan", "/comments/{comment-held-plain}", 8},
	{"wulan", "/potentials", 5},
	{"ratna", "/potentials/{potential}", 7},
	{"ratna", "/potential-offers", 6},
	{"ratna", "/potential-offers/{potoffer}", 8},
	{"ratna", "/help-requests", 6},
	{"ratna", "/help-requests/{helprequest}", 7},
	{"ratna", "/help-promises", 6},
	{"ratna", "/help-promises/{helppromise}", 10},
	{"joko", "/help-letters", 6},
	{"ratna", "/resident-works", 5},
	{"wulan", "/satisfaction", 4},
	{"joko", "/survey-rounds/{survey-closed}", 7},
	{"joko", "/survey-rounds/{survey-open}/answers", 7},
	{"joko", "/notices", 5},
	{"joko", "/notices/settings", 5},
	{"wulan", "/notices/ladder", 4},
	{"joko", "/ledger", 7},
	{"ratna", "/cases/{leaving}/leaves", 24},
	{"ratna", "/cases/{staying}/reviews", 23},
	{"ratna", "/cases/{died}/death", 24},
	{"ratna", "/cases/{returned}/former", 25},
	{"ratna", "/cases/{intervention}/family", 24},
	{"joko", "/cases/{moving}/transfer", 26},
	{"joko", "/transfers", 5},
	{"joko", "/passage", 7},
	{"tutik", "/today/without-nik", 5},
	{"nurul", "/today/unserved-week", 5},
	{"joko", "/passage?show=away", 6},
	{"joko", "/transfers/{transfer}", 8},
	{"ratna", "/cases/new?person={person}", 14},
	{"ratna", "/cases/{told}/letters", 23},
	{"joko", "/letters", 6},
	{"joko", "/letters/{letter-referral}", 11},
	{"joko", "/letter-drafts", 5},
	{"joko", "/letter-drafts/{draft}", 26},
	{"wulan", "/ledger?person={person}", 4},
	{"joko", "/persons/{person}/ledger", 9},
	{"ratna", "/profile", 12},
	{"bima", "/users", 8},
	{"bima", "/users/{user}", 11},
	{"joko", "/emergency-reviews", 6},
	{"wulan", "/emergency-reviews?state=judged", 4},
	{"joko", "/emergency-reviews/{opening}", 8},
	{"sari", "/emergency-access", 9},
	{"sari", "/persons/{opened}", 15},
	{"wulan", "/agencies", 4},
	{"wulan", "/agencies/{agency}", 7},
	{"wulan", "/hsds/services", 4},
	{"wulan", "/hsds/organizations?full_service=true", 5},
	{"ratna", "/referrals", 5},
	{"ratna", "/referrals/{referral-finished}", 6},
	{"ratna", "/cases/{planned}/referrals", 22},
	{"ratna", "/cases/{planned}/referrals/new?category=training&need=AC", 25},
	{"wulan", "/actions", 7},
	{"wulan", "/actions?show=overdue&decided=true", 7},
	{"wulan", "/actions?show=done", 7},
	{"wulan", "/actions/{action-postponed}", 11},
	{"wulan", "/actions/new", 6},
	{"joko", "/centres/{centre}/actions", 20},
	{"wulan", "/meetings", 4},
	{"wulan", "/meetings/new", 6},
	{"wulan", "/meetings/{meeting}", 12},
	{"ratna", "/meetings/{meeting-first}", 10},
	{"ratna", "/meetings/{meeting-first}/minutes", 10},
	{"wulan", "/meeting-items/{item}", 10},
	{"wulan", "/meetings/scoreboard", 3},
	{"wulan", "/meetings/unmet", 3},
	{"wulan", "/today/agreed", 4},
	{"wulan", "/standards", 3},
	{"wulan", "/standards/snrs/2019", 3},
	{"wulan", "/campaigns", 7},
	{"wulan", "/campaigns/{campaign}", 8},
	{"wulan", "/campaigns/{campaign}/map", 8},
	{"joko", "/centres/{centre}/self-assessments", 8},
	{"joko", "/self-assessments/{self}", 15},
	{"joko", "/self-assessments/{self}/chapters/stages", 15},
	{"joko", "/self-assessments/{self}/criteria/stage-plan", 16},
	{"joko", "/self-assessments/{self}/comparison", 15},
	{"joko", "/self-assessments/{self}/facts/plans-approved", 13},
}

func TestStatements(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o, _ := demoOn(t, engine)
			handler, err := o.Server(clock.Wall, nil)
			must(t, err)
			ids := sampleIDs(t, o)
			cookies := map[string]*http.Cookie{}
			for _, s := range statements {
				if cookies[s.login] == nil {
					cookies[s.login] = sessionOf(t, handler, s.login)
				}
			}
			check := func(size string) {
				for _, s := range statements {
					if n := countPage(t, handler, cookies[s.login], fillPath(s.path, ids)); n != s.n {
						t.Errorf("%s, %s as %s: %d statements, want %d", size, s.path, s.login, n, s.n)
					}
				}
			}
			check("the sample")
			load := seed.Load{Persons: 2400, Events: 4800, Seed: 5}
			must(t, seed.Generate(o.Store, load, func(act store.Act, fn func(*store.Tx) error) error {
				return o.Store.Write(context.Background(), who.House("test"), act, fn)
			}))
			check("more than twice the persons")
		})
	}
}

func fillPath(path string, ids map[string]string) string {
	for name, id := range ids {
		path = strings.ReplaceAll(path, "{"+name+"}", id)
	}
	return path
}

// countPage reads a page, which must be there, and counts the statements.
func countPage(t *testing.T, handler http.Handler, session *http.Cookie, path string) int {
	t.Helper()
	ctx, n := store.Counting(t.Context())
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil)
	r.AddCookie(session)
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d", path, w.Code)
	}
	return *n
}

func sessionOf(t *testing.T, handler http.Handler, login string) *http.Cookie {
	t.Helper()
	form := url.Values{"login": {login}, "password": {demoPassword}}.Encode()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/sign-in", strings.NewReader(form))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if c.Name == "tuntas" {
			return c
		}
	}
	t.Fatalf("%s was not let in: %d", login, w.Code)
	return nil
}
