package main

import (
	"cmp"
	"slices"
)

// helpVisits are the pages of potentials; those who may only read them see no forms.
func helpVisits(login string, ids map[string]string) (all []visit) {
	sees := map[string]bool{"wulan": true, "joko": true, "ratna": true}
	if !sees[login] {
		return nil
	}
	for name, path := range map[string]string{"potentials": "/potentials", "potential": "/potentials/" + ids["potential"], "potential-edit": "/potentials/" + ids["potential"] + "/edit", "potential-new": "/potentials/new",
		"offers-help": "/potential-offers", "offer-help": "/potential-offers/" + ids["potoffer"], "offer-help-edit": "/potential-offers/" + ids["potoffer"] + "/edit",
		"offer-help-new": "/potentials/" + ids["potential"] + "/offers/new", "help-requests": "/help-requests", "help-request": "/help-requests/" + ids["helprequest"],
		"help-request-edit": "/help-requests/" + ids["helprequest"] + "/edit", "help-request-new": "/help-requests/new", "help-promises": "/help-promises", "help-promise": "/help-promises/" + ids["helppromise"],
		"help-promise-late": "/help-promises/" + ids["helppromise-late"], "help-letters": "/help-letters", "help-letter": "/help-letters/" + ids["helpletter"], "works": "/resident-works", "work": "/resident-works/" + ids["residentwork"], "work-new": "/persons/" + ids["residentwork-person"] + "/works/new",
		"work-new-none": "/persons/" + ids["person"] + "/works/new"} {
		all = append(all, visit{name, path, staffBudget})
	}
	slices.SortFunc(all, func(a, b visit) int { return cmp.Compare(a.name, b.name) }) // every second is opened: the same each time
	return all
}

// helpIDs finds a potential with an offer, a request with promises and offers that fit, and promises in two states.
func helpIDs(at *testOffice, ids map[string]string) {
	for _, r := range at.want(200, "api", "GET", "/help-requests?limit=200", nil).items() {
		if r["centre_id"] == ids["centre"] && r["what"] == "Kursi roda" {
			ids["helprequest"] = r["id"].(string)
		}
	}
	for _, r := range at.want(200, "api", "GET", "/potential-offers?limit=200", nil).items() {
		if r["what"] == "Pelatih menjahit" {
			ids["potoffer"], ids["potential"] = r["id"].(string), r["potential_id"].(string)
		}
	}
	for _, r := range at.want(200, "api", "GET", "/help-promises?show=all&limit=200", nil).items() {
		switch {
		case r["centre_id"] == ids["centre"] && r["state"] == "used":
			ids["helppromise"] = r["id"].(string)
		case r["centre_id"] == ids["centre"] && r["state"] == "promised" && r["what"] == "Selimut tebal":
			ids["helppromise-late"] = r["id"].(string)
		}
	}
	for _, r := range at.want(200, "api", "GET", "/resident-works", nil).items() {
		if of, ok := r["person_id"].(string); ok && r["centre_id"] == ids["centre"] && r["state"] == "shown" && r["kind"] == "product" {
			ids["residentwork"], ids["residentwork-person"] = r["id"].(string), of
		}
	}
	for _, r := range at.want(200, "api", "GET", "/help-letters", nil).items() {
		if r["centre_id"] == ids["centre"] {
			ids["helpletter"] = r["id"].(string)
		}
	}
}
