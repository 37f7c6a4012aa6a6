package audit

import (
	"net/url"

	"tuntas/house/clock"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
)

// Routes are the pages of the ledger and of the review of emergency access.
func (d *Desk) Routes() []web.Route {
	return []web.Route{
		web.GET("/ledger", d.getLedger).Page().Query(View{}),
		web.GET("/persons/{person}/ledger", d.getExtract).Page().Query(extractQuery{}),
		web.GET("/emergency-reviews", d.getQueue).Page().Query(Queue{}),
		web.GET("/emergency-reviews/{opening}", d.getReview).Page(),
		web.POST("/emergency-reviews/{opening}", d.postReview).Page().Takes(Verdict{}).NoDrafts("what is said about an opening stands in the record alone"),
	}
}

// extractQuery is what can be chosen in the extract for a person.
type extractQuery struct {
	From  clock.Day `query:"from"`
	To    clock.Day `query:"to"`
	After string    `query:"after" maxLength:"40"`
}

type ledgerView struct {
	View     View
	Lines    []Disclosure
	Next     string
	Called   string // of an extract
	Channels []page.Option
}

// address is a view in the address of a page; change names what differs.
func address(v View, change url.Values) string {
	q := url.Values{}
	for name, value := range map[string]string{"user": v.User, "channel": v.Via, "purpose": v.Purpose, "from": string(v.From), "to": string(v.To)} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if v.Person != 0 {
		q.Set("person", v.Person.String())
	}
	for name, value := range change {
		q[name] = value
		if len(value) == 0 {
			q.Del(name)
		}
	}
	return "?" + q.Encode()
}

// Of narrows the ledger to a person, or to who saw.
func (v ledgerView) Of(name, value string) string { return address(v.View, url.Values{name: {value}}) }

// Without takes a choice away.
func (v ledgerView) Without(name string) string { return address(v.View, url.Values{name: nil}) }

func (d *Desk) getLedger(r *web.Request) (web.Answer, error) {
	var q View
	if err := r.Filter(&q); err != nil {
		return nil, err
	}
	q, lines, next, err := d.Ledger(r.Context(), r.By, q)
	if err != nil {
		return nil, err
	}
	v := ledgerView{View: q, Lines: lines}
	for _, c := range channels {
		v.Channels = append(v.Channels, page.Option{Value: c.via, Name: text.T(r.Lang, c.name)})
	}
	if next != "" {
		v.Next = v.Of("after", next)
	}
	return r.Page("audit/ledger.html", v)
}

func (d *Desk) getExtract(r *web.Request) (web.Answer, error) {
	var q extractQuery
	if err := r.Filter(&q); err != nil {
		return nil, err
	}
	v, called, lines, next, err := d.Extract(r.Context(), r.By, View{Person: r.ID("person"), From: q.From, To: q.To, After: q.After})
	if err != nil {
		return nil, err
	}
	view := ledgerView{View: v, Lines: lines, Called: called}
	if next != "" {
		view.Next = address(View{From: v.From, To: v.To}, url.Values{"after": {next}})
	}
	return r.Page("audit/extract.html", view)
}
