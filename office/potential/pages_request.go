package potential

import (
	"html/template"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/monitoring"
)

func (d *Desk) routesRequest() []web.Route {
	const group = "potentials"
	at := "/help-requests/{helprequest}"
	return []web.Route{
		web.GET("/help-requests", d.getRequests).Says(group, "What institutions ask the community for, the newest first").Query(RequestListing{}).Lists(RequestBody{}),
		web.GET("/help-requests/new", d.getNewRequest).Page().Query(From{}),
		web.POST("/help-requests", d.postRequest).Drafts("Permintaan bantuan|draf", who.WritePotential).Says(group, "Ask for help, out of a need, a plan, or neither").Takes(NewRequest{}).Gives(RequestBody{}),
		web.GET(at, d.getRequest).Says(group, "One request, with the offers that fit it and why").Gives(RequestBody{}),
		web.GET(at+"/edit", d.getRequestEdit).Page(),
		web.POST(at, d.postRequestEdit).Drafts("Perubahan permintaan bantuan|draf", who.WritePotential).Says(group, "Write a request anew").Takes(NewRequest{}).Gives(RequestBody{}),
		web.POST(at+"/closure", d.postRequestClosure).NoDrafts("one sentence").Says(group, "Close a request; what was promised stays promised").Takes(Closing{}).Gives(RequestBody{}),
		web.POST(at+"/extension", d.postRequestExtension).NoDrafts("one button").Says(group, "Let a request stand longer").Takes(struct{}{}).Gives(RequestBody{}),
		web.POST(at+"/promises", d.postPromise).NoDrafts("two numbers and a name").Says(group, "Promise a part of an offer to a request; never more than there is, nor than is asked for").Takes(NewPromise{}).Gives(PromiseBody{}),
	}
}

// RequestListing chooses requests.
type RequestListing struct {
	web.Part
	Show   string `query:"show" enum:"open,past,all"`
	Kind   string `query:"kind" enum:"skill,place,goods,job,time"`
	Centre id.ID  `query:"centre"`
}

// Rest is the filter but for the tab.
func (l RequestListing) Rest() template.URL {
	at := ""
	if l.Centre != 0 {
		at = l.Centre.String()
	}
	return rest(map[string]string{"kind": l.Kind, "centre": at})
}

type requestsPage struct {
	All     []Request
	N       int64
	Next    string
	F       RequestListing
	Kinds   []page.Option
	Centres []page.Option
	May     bool
}

func (d *Desk) getRequests(r *web.Request) (web.Answer, error) {
	var l RequestListing
	if err := r.Filter(&l); err != nil {
		return nil, err
	}
	p := requestsPage{F: l, May: r.By.May(who.WritePotential)}
	var err error
	p.All, p.Next, err = web.PageOf(l.Part, 50, func(part web.Part) (all []Request, err error) {
		all, p.N, err = d.Requests(r.Context(), r.By, RequestFilter{Show: l.Show, Kind: l.Kind, Centre: l.Centre, After: part.After, Limit: part.Limit})
		return all, err
	}, func(one Request) id.ID { return one.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(p.All, requestBody), p.Next)
	}
	p.Kinds = kindOptions(r)
	if r.By.Scope.Only() == 0 {
		if p.Centres, err = centre.New(d.store).Choices(r.Context(), r.By); err != nil {
			return nil, err
		}
	}
	return r.Page("potential/requests.html", p)
}

type requestForm struct {
	Request
	Kinds, Centres, Goals []page.Option
	Ticks                 []page.Tick
	NeedName              string
	Called                string // whose plan; only for who may see the case
	New                   bool
}

// newRequestPage fills the form from where the request arises: the name, quantity and unit of a need, or the goals of a plan.
func (d *Desk) newRequestPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		var from From
		if r.Form() == nil || len(r.Form()) == 0 {
			if err := r.Filter(&from); err != nil {
				return nil, err
			}
		} else {
			from = From{typedID(r, "need_id"), typedID(r, "case_id"), typedID(r, "goal_id")}
		}
		o, err := d.Origin(r.Context(), r.By, from)
		if err != nil {
			return nil, err
		}
		p := requestForm{New: true, Kinds: kindOptions(r), Ticks: dayTicks(r, ""), NeedName: o.NeedName, Called: o.Called,
			Request: Request{Need: from.Need, Case: from.Case, Goal: from.Goal, Public: from.Case == 0, Centre: o.Centre, Kind: o.Kind, What: o.What, Quantity: o.Quantity, Unit: o.Unit}}
		for _, g := range o.Goals {
			p.Goals = append(p.Goals, page.Option{Value: g.ID.String(), Name: g.Text})
		}
		if p.Centre == 0 {
			p.Centre = r.By.Scope.Only()
		}
		if p.Centre == 0 {
			p.Centres, err = centre.New(d.store).Choices(r.Context(), r.By)
		}
		return p, err
	}
}

func typedID(r *web.Request, name string) id.ID {
	i, _ := id.Parse(r.Form().Get(name))
	return i
}

func (d *Desk) getNewRequest(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.WritePotential) {
		return nil, fail.Denied
	}
	return r.Page("potential/request_form.html", d.newRequestPage(r))
}

func (d *Desk) postRequest(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in NewRequest) (Request, error) { return d.Ask(r.Context(), r.By, in) })
	if err != nil {
		return r.Again("potential/request_form.html", d.newRequestPage(r), err)
	}
	r.Flash("Permintaan dicatat. Inilah tawaran yang cocok.")
	return r.Done(one.Path(), one.Path(), requestBody(one))
}

type requestPage struct {
	RequestSheet
	May    bool
	Map    template.HTML
	Legend []monitoring.Legend
	Sent   string // which of several forms of the page was sent: the offer that it is about
}

// Near are the districts from which help could come, by how much.
func (p requestPage) Near() map[string]int64 {
	n := map[string]int64{}
	for _, f := range p.Fits {
		n[f.Offer.Potential.Region] += f.Enough
	}
	return n
}

func (d *Desk) requestPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		s, err := d.LookRequest(r.Context(), r.By, r.ID("helprequest"))
		if err != nil {
			return nil, err
		}
		p := requestPage{RequestSheet: s, May: r.By.May(who.WritePotential), Sent: r.Form().Get("offer_id")}
		if len(s.Fits) > 0 {
			p.Map, p.Legend = drawn(r.Lang, p.Near(), func(code string) template.URL {
				return template.URL("/potential-offers?kind=" + s.Kind + "&region=" + code) //nolint:gosec // codes of the law
			})
		}
		return p, nil
	}
}

func (d *Desk) getRequest(r *web.Request) (web.Answer, error) {
	return r.Show("potential/request.html", d.requestPage(r), func() (any, error) {
		s, err := d.LookRequest(r.Context(), r.By, r.ID("helprequest"))
		b := requestBody(s.Request)
		if !s.CaseSeen {
			b.Case, b.Goal = nil, nil
		}
		b.Fits, b.Promises = fitBodies(r, s.Fits), web.Bodies(s.Promises, promiseBody)
		return b, err
	})
}

func (d *Desk) requestEditPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		s, err := d.LookRequest(r.Context(), r.By, r.ID("helprequest"))
		return requestForm{Request: s.Request, Kinds: kindOptions(r), Ticks: dayTicks(r, s.Days)}, err
	}
}

func (d *Desk) getRequestEdit(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.WritePotential) {
		return nil, fail.Denied
	}
	return r.Page("potential/request_form.html", d.requestEditPage(r))
}

func (d *Desk) postRequestEdit(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in NewRequest) (Request, error) {
		return d.ChangeRequest(r.Context(), r.By, r.ID("helprequest"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("potential/request_form.html", d.requestEditPage(r), err)
	}
	r.Flash("Permintaan diubah.")
	return r.Done(one.Path(), one.Path(), requestBody(one))
}

func (d *Desk) requestTurned(r *web.Request, one Request, err error, said string) (web.Answer, error) {
	if err != nil {
		return r.Again("potential/request.html", d.requestPage(r), err)
	}
	r.Flash(said)
	return r.Done(one.Path(), one.Path(), requestBody(one))
}

func (d *Desk) postRequestClosure(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in Closing) (Request, error) {
		return d.CloseRequest(r.Context(), r.By, r.ID("helprequest"), r.IfMatch(), in)
	})
	return d.requestTurned(r, one, err, "Permintaan ditutup.")
}

func (d *Desk) postRequestExtension(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(struct{}) (Request, error) {
		return d.ExtendRequest(r.Context(), r.By, r.ID("helprequest"), r.IfMatch())
	})
	return d.requestTurned(r, one, err, "Permintaan diperpanjang.")
}

func (d *Desk) postPromise(r *web.Request) (web.Answer, error) {
	p, err := web.Do(r, func(in NewPromise) (Promise, error) { return d.Promise(r.Context(), r.By, r.ID("helprequest"), in) })
	if err != nil {
		return r.Again("potential/request.html", d.requestPage(r), err)
	}
	r.Flash("Janji dicatat.")
	return r.Done(p.Path(), p.Path(), promiseBody(p))
}
