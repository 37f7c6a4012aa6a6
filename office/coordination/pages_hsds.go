package coordination

import (
	"time"

	"tuntas/house/web"
)

// routesHSDS are the open directory after HSDS 3.0: the same at both doors, without an account.
func (d *Desk) routesHSDS() []web.Route {
	tries := web.NewTries(1200, time.Minute) // enough for who copies it whole, page by page
	open := func(path, says string, h web.Handler) web.Route {
		return web.GET(path, h).Open().Rarely(tries).Says("open directory (HSDS 3.0)", says)
	}
	return []web.Route{
		open("/hsds", "Which standard this is", d.getOpenRoot).Gives(OpenRoot{}),
		open("/hsds/services", "Services that are offered, page by page", d.getOpenServices).Query(OpenQuery{}).Gives(OpenPage[OpenService]{}),
		open("/hsds/services/{hsdsservice}", "One service, fully nested", d.getOpenService).Gives(OpenService{}),
		open("/hsds/organizations", "Organizations, page by page; full_service nests what they offer", d.getOpenAgencies).Query(OpenAgencyQuery{}).Gives(OpenPage[OpenOrganization]{}),
		open("/hsds/organizations/{hsdsorganization}", "One organization with what it offers, fully nested", d.getOpenAgency).Query(OpenAgencyOne{}).Gives(OpenOrganization{}),
		open("/hsds/service_at_locations", "Services at their locations, page by page", d.getOpenPlaces).Query(OpenQuery{}).Gives(OpenPage[OpenPlace]{}),
		open("/hsds/service_at_locations/{hsdsplace}", "One service at its location, fully nested", d.getOpenPlace).Gives(OpenPlace{}),
	}
}

// OpenAgencyOne says whether the services of an organization are wanted.
type OpenAgencyOne struct {
	FullService string `query:"full_service" enum:"true,false"`
}

func (d *Desk) getOpenRoot(r *web.Request) (web.Answer, error) {
	return r.JSON(OpenRoot{"3.0", "https://docs.openreferral.org/en/latest/", r.Site() + "/api/openapi.json",
		r.Say("Direktori layanan sosial Jawa Timur menurut Human Services Data Specification 3.0, hanya untuk dibaca.")})
}

// listed reads the query, asks, and answers with a page.
func listed[Q, B any](r *web.Request, ask func(Q) (OpenPage[B], error)) (web.Answer, error) {
	var q Q
	if err := r.Filter(&q); err != nil {
		return nil, err
	}
	p, err := ask(q)
	if err != nil {
		return nil, err
	}
	return r.JSON(p)
}

func given[B any](r *web.Request, b B, err error) (web.Answer, error) {
	if err != nil {
		return nil, err
	}
	return r.JSON(b)
}

func (d *Desk) getOpenServices(r *web.Request) (web.Answer, error) {
	return listed(r, func(q OpenQuery) (OpenPage[OpenService], error) { return d.OpenServices(r.Context(), r.By, q) })
}

func (d *Desk) getOpenPlaces(r *web.Request) (web.Answer, error) {
	return listed(r, func(q OpenQuery) (OpenPage[OpenPlace], error) { return d.OpenPlaces(r.Context(), r.By, q) })
}

func (d *Desk) getOpenAgencies(r *web.Request) (web.Answer, error) {
	return listed(r, func(q OpenAgencyQuery) (OpenPage[OpenOrganization], error) {
		return d.OpenAgencies(r.Context(), r.By, q)
	})
}

func (d *Desk) getOpenService(r *web.Request) (web.Answer, error) {
	b, err := d.OpenServiceOf(r.Context(), r.By, r.Word("hsdsservice"))
	return given(r, b, err)
}

func (d *Desk) getOpenPlace(r *web.Request) (web.Answer, error) {
	b, err := d.OpenPlaceOf(r.Context(), r.By, r.Word("hsdsplace"))
	return given(r, b, err)
}

func (d *Desk) getOpenAgency(r *web.Request) (web.Answer, error) {
	var q OpenAgencyOne
	if err := r.Filter(&q); err != nil {
		return nil, err
	}
	b, err := d.OpenAgencyOf(r.Context(), r.By, r.Word("hsdsorganization"), q.FullService != "false")
	return given(r, b, err)
}
