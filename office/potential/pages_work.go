package potential

import (
	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
)

func (d *Desk) routesWork() []web.Route {
	const group = "potentials"
	return []web.Route{
		web.GET("/resident-works", d.getWorks).Says(group, "What residents can do or make, offered with consent, the newest first").Query(web.Part{}).Lists(WorkBody{}),
		web.GET("/persons/{person}/works/new", d.getNewWork).Page(),
		web.POST("/persons/{person}/works", d.postWork).Drafts("Karya|draf", who.WritePotential).Says(group, "Offer what a resident can do or makes, without the name, on a consent to just this").Takes(NewWork{}).Gives(WorkBody{}),
		web.GET("/resident-works/{residentwork}", d.getWork).Says(group, "One of them").Gives(WorkBody{}),
		web.POST("/resident-works/{residentwork}/ending", d.postWorkEnding).NoDrafts("one sentence").Says(group, "Take it down").Takes(Closing{}).Gives(WorkBody{}),
	}
}

func (d *Desk) getWorks(r *web.Request) (web.Answer, error) {
	all, next, err := web.PartOf(r, 50, func(part web.Part) ([]Work, error) {
		return d.Works(r.Context(), r.By, part.After, part.Limit)
	}, func(w Work) id.ID { return w.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, workBody), next)
	}
	return r.Page("potential/works.html", map[string]any{"All": all, "Next": next})
}

type workForm struct {
	Offering
	Kinds    []page.Option
	Consents []page.Option
}

func (d *Desk) workForm(r *web.Request) func() (any, error) {
	return func() (any, error) {
		o, err := d.Offering(r.Context(), r.By, r.ID("person"))
		f := workForm{Offering: o, Kinds: page.WordOptions(r.Lang, workWords, "skill", "product")}
		for _, c := range o.Consents {
			name := r.Say("diberikan %s", c.GivenOn)
			if c.ExpiresOn != "" {
				name = r.Say("diberikan %s, berlaku sampai %s", c.GivenOn, c.ExpiresOn)
			}
			f.Consents = append(f.Consents, page.Option{Value: c.ID.String(), Name: name})
		}
		return f, err
	}
}

func (d *Desk) getNewWork(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.WritePotential) {
		return nil, fail.Denied
	}
	return r.Page("potential/work_new.html", d.workForm(r))
}

func (d *Desk) postWork(r *web.Request) (web.Answer, error) {
	w, err := web.Do(r, func(in NewWork) (Work, error) { return d.ShowWork(r.Context(), r.By, r.ID("person"), 0, in) })
	if err != nil {
		return r.Again("potential/work_new.html", d.workForm(r), err)
	}
	r.Flash("Ditawarkan di /bantu/karya, tanpa nama.")
	return r.Done("/resident-works/"+w.ID.String(), "/resident-works/"+w.ID.String(), workBody(w))
}

func (d *Desk) workPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		w, err := d.Work(r.Context(), r.By, r.ID("residentwork"))
		return map[string]any{"W": w, "May": r.By.May(who.WritePotential)}, err
	}
}

func (d *Desk) getWork(r *web.Request) (web.Answer, error) {
	return r.Show("potential/work.html", d.workPage(r), func() (any, error) {
		w, err := d.Work(r.Context(), r.By, r.ID("residentwork"))
		return workBody(w), err
	})
}

func (d *Desk) postWorkEnding(r *web.Request) (web.Answer, error) {
	w, err := web.Do(r, func(in Closing) (Work, error) {
		return d.EndWork(r.Context(), r.By, r.ID("residentwork"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("potential/work.html", d.workPage(r), err)
	}
	r.Flash("Sudah diturunkan dari situs.")
	return r.Done("/resident-works/"+w.ID.String(), "/resident-works/"+w.ID.String(), workBody(w))
}

// Chip says whether everybody sees it on a day, and if not, why.
func (w Work) Chip(lang string, today clock.Day) page.Chip {
	l := text.Lang(lang)
	switch {
	case w.State == Ended:
		return page.Chip{Kind: "none", Word: text.T(l, "Diturunkan")}
	case w.Withdrawn:
		return page.Chip{Kind: "bad", Word: text.T(l, "Persetujuan ditarik")}
	case w.ConsentEnd != "" && w.ConsentEnd < today:
		return page.Chip{Kind: "bad", Word: text.T(l, "Persetujuan berakhir")}
	case w.Until < today:
		return page.Chip{Kind: "warn", Word: text.T(l, "Lewat masa")}
	}
	return page.Chip{Kind: "ok", Word: text.T(l, "Tampil di situs")}
}
