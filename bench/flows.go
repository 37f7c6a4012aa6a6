package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"tuntas/house/clock"
	"tuntas/law"
	"tuntas/office/access"
)

// flow is one thing that people do.
type flow struct {
	name   string
	role   string
	weight int // how often, among twenty users at work
	path   func(*user) string
	body   func(*user) any // nil: a page is read
}

func plain(path string) func(*user) string { return func(*user) string { return path } }

func pick[T any](u *user, all []T) T { return all[u.r.IntN(len(all))] }

// flows are what is measured. Names and spellings are those of the generated persons.
func flows() []flow {
	const worker, head, province = "social_worker", "head_centre", "head_division"
	caseOf := func(u *user) string { return "/cases/" + pick(u, append(slices.Clone(u.running), u.visited...)).ID }
	return append([]flow{
		{"today, social worker", worker, 8, plain("/today"), nil},
		{"today, head of centre", head, 6, plain("/today"), nil},
		{"case", worker, 14, caseOf, nil},
		{"person", worker, 8, func(u *user) string { return "/persons/" + pick(u, u.persons) }, nil},
		{"cases, newest", worker, 4, plain("/cases"), nil},
		{"cases, by stage", worker, 4, plain("/cases?stage=intervention"), nil},
		{"cases, late", worker, 4, plain("/cases?late=true"), nil},
		{"cases, waiting for a decision", head, 4, plain("/cases?waiting=plan"), nil},
		{"cases, by name", worker, 4, func(u *user) string { return "/cases?q=" + pick(u, words) }, nil},
		{"cases, by kind, province", province, 2, plain("/cases?ppks_type=gelandangan"), nil},
		{"cases, late, province", province, 2, plain("/cases?late=true"), nil},
		{"persons, newest", worker, 2, plain("/persons"), nil},
		{"persons, by name", worker, 8, func(u *user) string { return "/persons?q=" + pick(u, words) }, nil},
		{"persons, by name, province", province, 2, func(u *user) string { return "/persons?q=" + pick(u, words) }, nil},
		{"aftercare", worker, 4, plain("/aftercare"), nil},
		{"beds", head, 2, func(u *user) string { return "/centres/" + u.centre.ID.String() + "/beds" }, nil},
		{"province", province, 3, plain("/province"), nil},
		{"all figures", province, 2, plain("/indicators"), nil},
		{"a figure, province", province, 2, plain("/indicators/still_independent_12"), nil},
		{"a figure, one institution", head, 2, func(u *user) string { return "/indicators/still_independent_12?centre=" + u.centre.ID.String() }, nil},
		{"a figure alone, province", province, 1, plain("/api/v1/indicators/still_independent_12"), nil},
		{"a figure alone, one institution", head, 1, func(u *user) string { return "/api/v1/indicators/still_independent_12?centre=" + u.centre.ID.String() }, nil},
		{"a figure by home district", province, 1, plain("/indicators/reach_rate"), nil},
		{"outcome", province, 1, plain("/outcome"), nil},
		{"SPM of a year", province, 1, plain("/spm"), nil},
		{"map of home districts", province, 1, plain("/map"), nil},
		{"institutions against figures", province, 1, plain("/grid"), nil},
		{"charts", province, 1, plain("/charts"), nil},
		{"small charts of a figure", province, 1, plain("/indicators/occupancy/centres"), nil},
		{"performance", province, 1, plain("/performance"), nil},
		{"gains of households", province, 1, plain("/performance/poverty"), nil},
		{"data quality", province, 1, plain("/quality"), nil},
		{"data quality, one rule", province, 1, plain("/quality/service-missing"), nil},
		{"data quality, late contacts", province, 1, plain("/quality/aftercare-late"), nil},
		{"alerts", province, 1, plain("/alerts"), nil},
		{"records behind a figure", province, 1, plain("/indicators/occupancy/records"), nil},
		{"records behind a figure, one institution", head, 1, func(u *user) string { return "/indicators/occupancy/records?centre=" + u.centre.ID.String() }, nil},
		{"records behind a figure of years ago", province, 1, plain("/indicators/occupancy/records?to=2020-06-30"), nil},
		{"records behind a figure of a year", province, 1, plain("/indicators/exits/records?from=2020-01-01&to=2020-12-31"), nil},
		{"write: a service", worker, 10, func(u *user) string { return "/api/v1/cases/" + u.chosen(u.running).ID + "/services" }, service},
		{"write: a person", worker, 3, plain("/api/v1/persons"), newPerson},
		{"write: a contact", worker, 3, func(u *user) string { return "/api/v1/cases/" + u.chosen(u.visited).ID + "/contacts" }, contact},
	}, homes()...)
}

// revitalising are the pages of standards, needs, actions, plans and referrals, by who works with them.
func revitalising() []flow {
	const head, province = "head_centre", "head_division"
	own := func(rest string) func(*user) string {
		return func(u *user) string { return "/centres/" + u.centre.ID.String() + rest }
	}
	return []flow{
		{"map of answers, 30 × 400", province, 1, plain("/needs/map"), nil},
		{"needs by priority", province, 1, plain("/needs"), nil},
		{"needs, one kind", province, 1, plain("/needs?kind=technology"), nil},
		{"needs, budgeted of a year", province, 1, plain("/needs?state=budgeted&year=2027"), nil},
		{"needs on the map of districts", province, 1, plain("/needs/districts"), nil},
		{"needs that are alike", province, 1, plain("/needs/alike"), nil},
		{"needs of an institution", head, 1, own("/needs"), nil},
		{"gains of an institution", head, 1, own("/gains"), nil},
		{"self-assessments of an institution", head, 1, own("/self-assessments"), nil},
		{"campaigns", province, 1, plain("/campaigns"), nil},
		{"actions", province, 1, plain("/actions"), nil},
		{"actions of an institution", head, 1, own("/actions"), nil},
		{"referrals, province", province, 1, plain("/referrals"), nil},
		{"referrals of an institution", head, 1, plain("/referrals"), nil},
		{"referrals, late", province, 1, plain("/referrals?late=true"), nil},
		{"agencies", province, 1, plain("/agencies"), nil},
		{"plans", province, 1, plain("/action-plans"), nil},
		{"meetings", province, 1, plain("/meetings"), nil},
		{"meeting that is called", province, 1, plain(lastMeeting()), nil},
		{"scores of meetings", province, 1, plain("/meetings/scoreboard"), nil},
		{"write: a plan among 200 actions", province, 1, plain("/api/v1/action-plans"), func(*user) any {
			return map[string]any{"name": "Beban", "year": time.Now().Year() + 1, "ceiling": 4_000_000_000}
		}},
	}
}

// home tells whether a flow opens the home of a role.
func (f flow) home() bool { return strings.HasPrefix(f.name, "today") }

// homes are those of the roles that open nothing else here.
func homes() []flow {
	var all []flow
	for _, r := range access.Roles {
		if r.Key != "social_worker" && r.Key != "head_centre" {
			all = append(all, flow{name: "today, " + r.Key, role: r.Key, weight: 3, path: plain("/today")})
		}
	}
	return all
}

var words = []string{"sumarni", "Soekarni", "siti+rahayu", "wagimn", "joko", "Kasiyem", "Bambang+Widodo", "zubaedah"}

// chosen gives one case after the other, so that path and body speak of the same.
func (u *user) chosen(all []record) record { return all[u.n%len(all)] }

func today() clock.Day { return clock.DayOf(time.Now()) }

func service(u *user) any {
	c := u.chosen(u.running)
	kind, _ := law.KindOf(c.Kind)
	items := law.ItemsFor(law.Items.On(clock.Day(c.OpenedOn)), kind.ItemsGroup, c.Setting)
	return map[string]any{"item": pick(u, items).Key, "on": today(), "quantity": 1, "unit": "kali"}
}

func newPerson(u *user) any {
	return map[string]any{"names": []map[string]string{{"text": fmt.Sprintf("Sumarni Rahayu %d", u.r.IntN(1000)), "kind": "legal"}}, "sex": "female",
		"birth": map[string]string{"date": fmt.Sprint(1940 + u.r.IntN(40)), "precision": "year"}, "home_region": "35.07"}
}

func contact(*user) any {
	return map[string]any{"on": today(), "reached": true, "method": "visit", "independence": 4, "work": "casual"}
}

// do carries a flow out once and tells how long it took and how large the answer was.
func (f flow) do(ctx context.Context, u *user) (time.Duration, int, error) {
	u.n++
	method, kind, body := "GET", "", ""
	path := f.path(u)
	if f.body != nil {
		b, err := json.Marshal(f.body(u))
		if err != nil {
			return 0, 0, err
		}
		method, kind, body = "POST", "application/json", string(b)
	}
	began := time.Now()
	status, answer, err := u.send(ctx, method, path, kind, body)
	took := time.Since(began)
	if err == nil && status != 200 && status != 201 {
		err = fmt.Errorf("%s %s as %s: %d %.300s", method, path, u.login, status, answer)
	}
	return took, len(answer), err
}
