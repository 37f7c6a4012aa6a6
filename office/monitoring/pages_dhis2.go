package monitoring

import (
	"encoding/json"

	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
)

func (d *Desk) routesDHIS2() []web.Route {
	return []web.Route{
		web.GET("/dhis2", d.getNames).Says("figures", "What figures and institutions are called in a DHIS2 that takes our figures").Lists(NameBody{}),
		web.POST("/dhis2", d.postName).Drafts("Padanan DHIS2|draf", who.KeepFigures).Says("figures", "Say what a figure or an institution is called in DHIS2; an empty name takes it away").Takes(NewName{}).Gives(NameBody{}),
		web.GET("/dhis2/values", d.getValues).Says("figures", "The figures of a period as a data value set of DHIS2").Query(AskPeriod{}).Gives(ValueSet{}),
	}
}

// AskPeriod is a month or a year.
type AskPeriod struct {
	Period string `query:"period" maxLength:"7"`
}

// NameBody is a name in the API.
type NameBody struct {
	Kind   string `json:"kind"`
	Key    string `json:"ours"`
	Theirs string `json:"theirs"`
	Combo  string `json:"combo"`
}

// ValueSet is what DHIS2 takes at its address dataValueSets.
type ValueSet struct {
	DataValues []DataValue `json:"dataValues"`
}

type namesPage struct {
	Named   []TheirName
	Figures []page.Option
	Centres []page.Option
	Months  []page.Option
	Sent    string // the form that was sent: figure or centre
}

func (d *Desk) namesPage(r *web.Request) (p namesPage, err error) {
	names, all, centres, err := d.Names(r.Context(), r.By)
	p.Named = names
	for _, i := range all {
		for _, side := range sidesSent {
			if side != "denominator" || i.Denominator != "" {
				p.Figures = append(p.Figures, page.Option{Value: i.Key + "/" + side, Name: r.Say("%s, %s", i.In(string(r.Lang)), text.T(r.Lang, string(sideWords[side])))})
			}
		}
	}
	for _, c := range centres {
		p.Centres = append(p.Centres, page.Option{Value: c.Code, Name: c.Name})
	}
	p.Months = monthChoices(r)
	p.Sent = r.Form().Get("kind")
	return p, err
}

var sideWords = map[string]text.Word{"numerator": "pembilang", "denominator": "penyebut", "value": "nilai"}

// monthChoices are the twelve months that are over, the newest first.
func monthChoices(r *web.Request) (all []page.Option) {
	for _, m := range monthsBefore(r.Today(), courseMonths) {
		all = append(all, page.Option{Value: m, Name: text.MonthName(r.Lang, m)})
	}
	return all
}

func (d *Desk) getNames(r *web.Request) (web.Answer, error) {
	if !r.API() {
		return r.Page("monitoring/dhis2.html", func() (any, error) { return d.namesPage(r) })
	}
	names, _, _, err := d.Names(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	return r.Whole(web.Bodies(names, nameBody))
}

func nameBody(n TheirName) NameBody { return NameBody{n.Kind, n.Ours, n.Theirs, n.Combo} }

func (d *Desk) postName(r *web.Request) (web.Answer, error) {
	n, err := web.Do(r, func(in NewName) (TheirName, error) { return d.SetName(r.Context(), r.By, in) })
	if err != nil {
		return r.Again("monitoring/dhis2.html", func() (any, error) { return d.namesPage(r) }, err)
	}
	r.Flash("Padanan tersimpan.")
	return r.Done("/dhis2", "/dhis2", nameBody(n))
}

func (d *Desk) getValues(r *web.Request) (web.Answer, error) {
	var a AskPeriod
	if err := r.Filter(&a); err != nil {
		return nil, err
	}
	if a.Period == "" {
		a.Period = monthsBefore(r.Today(), 1)[0]
	}
	all, err := d.DataValues(r.Context(), r.By, a.Period)
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.JSON(ValueSet{all})
	}
	body, err := json.MarshalIndent(ValueSet{all}, "", " ")
	if err != nil {
		return nil, err
	}
	return r.File("dataValueSets-"+a.Period+".json", "application/json", body)
}
