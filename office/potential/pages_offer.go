package potential

import (
	"html/template"
	"net/url"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
)

func (d *Desk) routesOffer() []web.Route {
	const group = "potentials"
	at := "/potential-offers/{potoffer}"
	return []web.Route{
		web.GET("/potential-offers", d.getOffers).Says(group, "What potentials offer, the newest first").Query(OfferListing{}).Lists(OfferBody{}),
		web.GET("/potentials/{potential}/offers/new", d.getNewOffer).Page(),
		web.POST("/potentials/{potential}/offers", d.postOffer).Drafts("Tawaran|draf", who.WritePotential).Says(group, "Write down what a potential offers").Takes(NewOffer{}).Gives(OfferBody{}),
		web.GET(at, d.getOffer).Says(group, "One offer, with the requests that it fits").Gives(OfferBody{}),
		web.GET(at+"/edit", d.getOfferEdit).Page(),
		web.POST(at, d.postOfferEdit).Drafts("Perubahan tawaran|draf", who.WritePotential).Says(group, "Write an offer anew; its quantity never falls below what is promised").Takes(NewOffer{}).Gives(OfferBody{}),
		web.POST(at+"/closure", d.postOfferClosure).NoDrafts("one button").Says(group, "Close an offer; what was promised stays promised").Takes(struct{}{}).Gives(OfferBody{}),
		web.POST(at+"/extension", d.postOfferExtension).NoDrafts("one button").Says(group, "Let an offer stand longer").Takes(struct{}{}).Gives(OfferBody{}),
	}
}

// OfferListing chooses offers.
type OfferListing struct {
	web.Part
	Show   string `query:"show" enum:"open,past,all"`
	Kind   string `query:"kind" enum:"skill,place,goods,job,time"`
	Region string `query:"region" maxLength:"5"`
}

// Rest is the filter but for the tab.
func (l OfferListing) Rest() template.URL {
	return rest(map[string]string{"kind": l.Kind, "region": l.Region})
}

func rest(values map[string]string) template.URL {
	v := url.Values{}
	for k, s := range values {
		if s != "" {
			v.Set(k, s)
		}
	}
	if len(v) == 0 {
		return ""
	}
	return template.URL("&" + v.Encode()) //nolint:gosec // encoded
}

type offersPage struct {
	All     []Offer
	N       int64
	Next    string
	F       OfferListing
	Kinds   []page.Option
	Regions []page.Option
}

func kindOptions(r *web.Request) []page.Option { return page.WordOptions(r.Lang, kindWords, Kinds...) }

func (d *Desk) getOffers(r *web.Request) (web.Answer, error) {
	var l OfferListing
	if err := r.Filter(&l); err != nil {
		return nil, err
	}
	p := offersPage{F: l}
	var err error
	p.All, p.Next, err = web.PageOf(l.Part, 50, func(part web.Part) (all []Offer, err error) {
		all, p.N, err = d.Offers(r.Context(), r.By, OfferFilter{Show: l.Show, Kind: l.Kind, Region: l.Region, After: part.After, Limit: part.Limit})
		return all, err
	}, func(o Offer) id.ID { return o.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(p.All, offerBody), p.Next)
	}
	p.Kinds, p.Regions = kindOptions(r), regionOptions()
	return r.Page("potential/offers.html", p)
}

// offerFields is the form of an offer.
type offerFields struct {
	Offer
	Kinds, Reaches []page.Option
	Ticks          []page.Tick
	New            bool
}

func offerForm(r *web.Request, o Offer) offerFields {
	return offerFields{Offer: o, Kinds: kindOptions(r), Reaches: page.WordOptions(r.Lang, reachWords, ReachDistrict, ReachNear, ReachProvince, ReachChosen),
		Ticks: r.Ticks("places", regionOptions(), o.Places...)}
}

func (d *Desk) newOfferPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		s, err := d.Look(r.Context(), r.By, r.ID("potential"))
		f := offerForm(r, Offer{Potential: s.Potential, Reach: ReachDistrict, From: r.Today()})
		f.New = true
		return f, err
	}
}

func (d *Desk) getNewOffer(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.WritePotential) {
		return nil, fail.Denied
	}
	return r.Page("potential/offer_form.html", d.newOfferPage(r))
}

func (d *Desk) postOffer(r *web.Request) (web.Answer, error) {
	o, err := web.Do(r, func(in NewOffer) (Offer, error) { return d.Offer(r.Context(), r.By, r.ID("potential"), in) })
	if err != nil {
		return r.Again("potential/offer_form.html", d.newOfferPage(r), err)
	}
	r.Flash("Tawaran dicatat.")
	return r.Done(o.Path(), o.Path(), offerBody(o))
}

type offerPage struct {
	OfferSheet
	May bool
}

func (d *Desk) offerPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		s, err := d.LookOffer(r.Context(), r.By, r.ID("potoffer"))
		return offerPage{s, r.By.May(who.WritePotential)}, err
	}
}

func (d *Desk) getOffer(r *web.Request) (web.Answer, error) {
	return r.Show("potential/offer.html", d.offerPage(r), func() (any, error) {
		s, err := d.LookOffer(r.Context(), r.By, r.ID("potoffer"))
		b := offerBody(s.Offer)
		b.Places, b.Fits = s.Places, fitBodies(r, s.Fits)
		return b, err
	})
}

func (d *Desk) offerEditPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		s, err := d.LookOffer(r.Context(), r.By, r.ID("potoffer"))
		return offerForm(r, s.Offer), err
	}
}

func (d *Desk) getOfferEdit(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.WritePotential) {
		return nil, fail.Denied
	}
	return r.Page("potential/offer_form.html", d.offerEditPage(r))
}

func (d *Desk) postOfferEdit(r *web.Request) (web.Answer, error) {
	o, err := web.Do(r, func(in NewOffer) (Offer, error) {
		return d.ChangeOffer(r.Context(), r.By, r.ID("potoffer"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("potential/offer_form.html", d.offerEditPage(r), err)
	}
	r.Flash("Tawaran diubah.")
	return r.Done(o.Path(), o.Path(), offerBody(o))
}

func (d *Desk) offerTurned(r *web.Request, o Offer, err error, said string) (web.Answer, error) {
	if err != nil {
		return r.Again("potential/offer.html", d.offerPage(r), err)
	}
	r.Flash(said)
	return r.Done(o.Path(), o.Path(), offerBody(o))
}

func (d *Desk) postOfferClosure(r *web.Request) (web.Answer, error) {
	o, err := web.Do(r, func(struct{}) (Offer, error) { return d.CloseOffer(r.Context(), r.By, r.ID("potoffer"), r.IfMatch()) })
	return d.offerTurned(r, o, err, "Tawaran ditutup.")
}

func (d *Desk) postOfferExtension(r *web.Request) (web.Answer, error) {
	o, err := web.Do(r, func(struct{}) (Offer, error) { return d.ExtendOffer(r.Context(), r.By, r.ID("potoffer"), r.IfMatch()) })
	return d.offerTurned(r, o, err, "Tawaran diperpanjang.")
}
