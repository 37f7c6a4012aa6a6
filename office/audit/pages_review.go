package audit

import (
	"net/url"
	"time"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/office/access"
)

// queuePages is one page of the queue.
type queuePages struct {
	Queue Queue
	All   []Opened
	Next  string
	Now   time.Time
}

func (d *Desk) getQueue(r *web.Request) (web.Answer, error) {
	var q Queue
	if err := r.Filter(&q); err != nil {
		return nil, err
	}
	all, next, err := d.Openings(r.Context(), r.By, q)
	if err != nil {
		return nil, err
	}
	p := queuePages{Queue: q, All: all, Now: r.Latest()}
	if next != 0 {
		p.Next = "?" + url.Values{"state": {q.State}, "after": {next.String()}}.Encode()
	}
	return r.Page("audit/queue.html", p)
}

// reviewPage is one opening before its reviewer.
type reviewPage struct {
	Opening  Opened
	Steps    []access.Step
	Seen     []Seen
	Verdicts []page.Option
	Now      time.Time
}

// May tells whether this reviewer judges it now.
func (p reviewPage) May(by id.ID) bool { return !p.Opening.Judged() && by != p.Opening.User }

func (d *Desk) review(r *web.Request) (any, error) {
	o, steps, seen, err := d.Opening(r.Context(), r.By, r.ID("opening"))
	return reviewPage{o, steps, seen, []page.Option{{Value: "fair", Name: r.Say("Wajar"), Hint: r.Say("Keadaannya memang darurat dan yang dibuka memang perlu.")},
		{Value: "ask", Name: r.Say("Perlu ditanya"), Hint: r.Say("Yang membuka diminta menjelaskan.")},
		{Value: "violation", Name: r.Say("Pelanggaran"), Hint: r.Say("Berkasnya ditutup sekarang bila masih terbuka.")}}, r.Latest()}, err
}

func (d *Desk) getReview(r *web.Request) (web.Answer, error) {
	v, err := d.review(r)
	if err != nil {
		return nil, err
	}
	return r.Page("audit/review.html", v)
}

func (d *Desk) postReview(r *web.Request) (web.Answer, error) {
	var in Verdict
	err := r.Read(&in)
	if err == nil {
		err = d.Review(r.Context(), r.By, r.ID("opening"), r.IfMatch(), in)
	}
	if err != nil {
		return r.Again("audit/review.html", func() (any, error) { return d.review(r) }, err)
	}
	r.Flash("Penilaian tercatat. Yang membuka sudah diberi tahu.")
	return r.Go("/emergency-reviews/" + r.ID("opening").String())
}
