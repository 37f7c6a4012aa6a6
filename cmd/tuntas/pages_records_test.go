package main

import (
	"context"
	"fmt"
	"net/http/httptest"
	"net/url"
	"strconv"
	"testing"
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/who"
)

// sampleIDs finds one record of each kind at Ratna's centre.
func sampleIDs(t *testing.T, o *Office) map[string]string {
	t.Helper()
	at := &testOffice{Office: o, t: t, tokens: map[string]string{}}
	token, err := o.Access.CreateToken(context.Background(), who.House("test"), "demo-api", "pages", time.Hour)
	must(t, err)
	handler, err := o.Server(clock.Wall, nil)
	must(t, err)
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	at.url, at.tokens["api"], at.handler = server.URL, token, handler
	ids := map[string]string{}
	for _, c := range at.want(200, "api", "GET", "/centres?limit=500", nil).items() {
		if c["code"] == "pstw-jember" {
			ids["centre"] = c["id"].(string)
		}
	}
	last := clock.DayOf(clock.Wall.Now()).Month() + "-01"
	ids["month"], ids["month-end"] = clock.Day(last).AddMonths(-2).Month(), string(clock.Day(last).AddMonths(-1).Add(-1))
	for _, stage := range []string{"approach", "assessment", "planning", "intervention", "resocialisation", "aftercare", "closed"} {
		found := at.want(200, "api", "GET", fmt.Sprintf("/cases?centre_id=%s&stage=%s", ids["centre"], stage), nil).items()
		if len(found) == 0 {
			t.Fatalf("the sample has no case in %s at %s", stage, ids["centre"])
		}
		ids[stage] = found[0]["id"].(string)
		ids["person"] = found[0]["person_id"].(string)
	}
	first := func(path string) string { return at.want(200, "api", "GET", path, nil).items()[0]["id"].(string) }
	ids["sheet"] = first("/cases/" + ids["planning"] + "/assessments")
	ids["plan"] = first("/cases/" + ids["intervention"] + "/plans")
	ids["facility"] = first("/centres/" + ids["centre"] + "/facilities")
	ids["accreditation"] = at.want(200, "api", "GET", "/centres/"+ids["centre"]+"/mandate", nil).body["accreditations"].([]any)[0].(m)["id"].(string)
	ids["function"] = at.want(200, "api", "GET", "/centres/"+ids["centre"]+"/mandate", nil).body["functions"].([]any)[0].(m)["id"].(string)
	for _, t := range at.want(200, "api", "GET", "/trainings", nil).items() {
		ids["training-"+t["state"].(string)] = t["id"].(string)
		members, _ := at.want(200, "api", "GET", "/trainings/"+t["id"].(string), nil).body["participants"].([]any)
		for _, p := range members {
			if p := p.(m); p["centre_id"] == ids["centre"] {
				ids["participant"] = p["id"].(string)
			}
		}
	}
	for _, r := range at.want(200, "api", "GET", "/public-reports?show=all&limit=200", nil).items() {
		switch {
		case r["sealed"] == true:
			ids["publicreport-sealed"] = r["id"].(string)
		case r["state"] == "received":
			ids["publicreport-new"] = r["id"].(string)
		case r["state"] == "visited" && r["centre_id"] == ids["centre"]:
			ids["publicreport"] = r["id"].(string)
		}
	}
	for _, state := range []string{"held", "shown", "refused", "complaint"} {
		for _, c := range at.want(200, "api", "GET", "/comments?state="+state, nil).items() {
			ids["comment-"+state+"-"+c["lane"].(string)] = c["id"].(string)
		}
	}
	for _, a := range at.want(200, "api", "GET", "/news", nil).items() {
		if a["centre_id"] == ids["centre"] {
			ids["article-"+a["state"].(string)] = a["id"].(string)
		}
	}
	helpIDs(at, ids)
	for _, r := range at.want(200, "api", "GET", "/satisfaction?centre="+ids["centre"], nil).items() {
		ids["survey-"+r["state"].(string)] = r["id"].(string)
	}
	for _, t := range at.want(200, "api", "GET", "/performance-trees", nil).items() {
		if t["state"] == "draft" {
			ids["perftree-draft"] = t["id"].(string)
			ids["treenode"] = at.want(200, "api", "GET", "/performance-trees/"+ids["perftree-draft"], nil).body["nodes"].([]any)[1].(m)["id"].(string)
			continue
		}
		ids["perftree"] = t["id"].(string)
		for _, n := range at.want(200, "api", "GET", "/performance-trees/"+ids["perftree"], nil).body["nodes"].([]any) {
			switch n := n.(m); {
			case n["indicator"] == "still_independent_12":
				ids["perfnode"] = n["id"].(string)
			case n["kind"] == "target":
				ids["perftarget"] = n["id"].(string)
			}
		}
	}
	for _, a := range at.want(200, "api", "GET", "/performance-agreements", nil).items() {
		if a["centre_id"] != nil {
			ids["agreement-"+a["state"].(string)] = a["id"].(string)
		}
	}
	for _, a := range at.want(200, "api", "GET", "/alerts", nil).items() {
		ids["alert"] = a["id"].(string)
	}
	for _, a := range at.want(200, "api", "GET", "/alerts?show=ended", nil).items() {
		ids["alert-"+a["state"].(string)] = a["id"].(string)
	}
	ids["alertrule"], ids["qualityrule"] = first("/alert-rules"), "stage-late"
	wulan, err := o.Access.As(context.Background(), "wulan")
	must(t, err)
	reports, err := o.Quality.Reports(context.Background(), wulan)
	must(t, err)
	ids["reportorder"], ids["reportcopy"] = reports.Orders[0].ID.String(), reports.Copies[0].ID.String()
	ids["event"] = first("/centres/" + ids["centre"] + "/history")
	if made := at.want(200, "api", "GET", "/action-plans", nil).items(); len(made) > 0 {
		ids["actionplan"] = made[0]["id"].(string)
	}
	ids["instneed"], ids["problem"] = first("/needs?centre_id="+ids["centre"]), first("/centres/"+ids["centre"]+"/problems")
	ids["contact"] = first("/cases/" + ids["aftercare"] + "/contacts")
	ids["lastyear"] = strconv.Itoa(o.Store.Today().Time().Year() - 1)
	user, err := o.Access.ByLogin(context.Background(), who.House("test"), "ratna")
	must(t, err)
	ids["user"] = user.ID.String()
	// The stories have what the planted cases have not: notes, a conference, attachments, a plan that was changed.
	story := func(name string) string {
		for _, p := range at.want(200, "api", "GET", "/persons?limit=100&q="+url.QueryEscape(name), nil).items() {
			if p["names"].([]any)[0].(m)["text"] != name {
				continue
			}
			if all := at.want(200, "api", "GET", "/cases?centre_id="+ids["centre"]+"&person_id="+p["id"].(string), nil).items(); len(all) > 0 {
				return all[0]["id"].(string)
			}
		}
		t.Fatalf("the sample does not tell of %s", name)
		return ""
	}
	ids["told"], ids["planned"] = story("Mbah Sumarni"), story("Darmo Utomo")
	for _, told := range []string{ids["told"], ids["planned"]} {
		for _, l := range at.want(200, "api", "GET", "/cases/"+told+"/letters", nil).items() {
			kind := l["kind"].(string)
			if l["state"] == "annulled" {
				kind = "annulled"
			}
			ids["letter-"+kind], ids["code"] = l["id"].(string), l["verification_code"].(string)
		}
	}
	planned, _ := id.Parse(ids["planned"])
	by, err := o.Access.As(context.Background(), "ratna")
	must(t, err)
	waiting, err := o.Letters.OfCase(context.Background(), by, planned, 0, 1)
	must(t, err)
	ids["draft"] = waiting.Drafts[0].ID.String()
	sari, err := o.Access.As(context.Background(), "sari")
	must(t, err)
	_, own, err := o.Access.Own(context.Background(), sari)
	must(t, err)
	if len(own) != 2 {
		t.Fatalf("the sample tells of %d files opened in an emergency", len(own))
	}
	ids["opening"], ids["opened"] = own[0].ID.String(), own[0].Person.String()
	ids["openedcase"] = first("/cases?person_id=" + ids["opened"])
	for _, r := range at.want(200, "api", "GET", "/referrals?limit=500", nil).items() {
		if r["centre_id"] == ids["centre"] {
			ids["referral-"+r["state"].(string)] = r["id"].(string)
		} else if r["to_centre_id"] == ids["centre"] {
			ids["referral-in"] = r["id"].(string)
		}
		ids["agency"], ids["agencyservice"] = r["agency_id"].(string), r["service_id"].(string)
	}
	ids["conference"], ids["again"] = first("/cases/"+ids["told"]+"/conferences"), first("/cases/"+ids["told"]+"/assessments")
	ids["contact-told"] = first("/cases/" + ids["told"] + "/contacts")
	ids["struck"] = at.want(200, "api", "GET", "/cases/"+ids["told"]+"/conferences", nil).items()[1]["id"].(string)
	ids["leaving"], ids["staying"], ids["died"], ids["returned"], ids["moving"] = story("Karto Wiyono"), story("Painem Sutarjo"), story("Sutinah Mertoyo"), story("Wagiman"), story("Suparmi Joyo")
	for _, one := range at.want(200, "api", "GET", "/transfers", nil).items() {
		if one["state"] == "proposed" && one["to_centre_id"] == ids["centre"] {
			ids["transfer"] = one["id"].(string)
		}
	}
	for _, one := range at.want(200, "api", "GET", "/actions?show=all&limit=500", nil).items() {
		switch {
		case one["must_decide"] == true:
			ids["action-postponed"] = one["id"].(string)
		case one["state"] == "done":
			ids["action-done"] = one["id"].(string)
		case one["meeting_item_id"] == nil && one["centre_id"] == ids["centre"]:
			ids["action-own"] = one["id"].(string)
		}
	}
	for _, one := range at.want(200, "api", "GET", "/meetings", nil).items() {
		if one["state"] == "called" {
			ids["meeting"] = one["id"].(string)
		} else if one["on"] == "2020-11-04" {
			ids["meeting-first"] = one["id"].(string)
		}
	}
	for _, one := range at.want(200, "api", "GET", "/meetings/"+ids["meeting"], nil).body["items"].([]any) {
		if ids["item"] == "" || one.(m)["action_id"] == ids["action-postponed"] {
			ids["item"] = one.(m)["id"].(string)
		}
	}
	sheets := at.want(200, "api", "GET", "/centres/"+ids["centre"]+"/self-assessments", nil).items()
	ids["self"], ids["self-verified"], ids["campaign"] = sheets[0]["id"].(string), sheets[1]["id"].(string), sheets[0]["campaign_id"].(string)
	for _, one := range at.want(200, "api", "GET", "/campaigns/"+ids["campaign"]+"/self-assessments", nil).items() {
		if one["state"] == "submitted" {
			ids["self-submitted"] = one["id"].(string)
		}
	}
	return ids
}
