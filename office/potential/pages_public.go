package potential

import (
	"errors"
	"html/template"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
)

func (d *Desk) routesPublic() []web.Route {
	return []web.Route{
		web.GET("/bantu", d.getHelp).Open().Remembered().Says("potentials", "What institutions ask everybody for, the most pressing first; nothing of any person").Query(HelpQuery{}).Lists(OpenBody{}),
		web.GET("/bantu/karya", d.getCrafts).Open().Remembered().Says("potentials", "What residents can do or make, without who they are").Query(CraftQuery{}).Lists(CraftBody{}),
		web.GET("/bantu/tawaran", d.getGive).Page().Open().Query(giveQuery{}),
		web.POST("/bantu/tawaran", d.postGive).Page().Open().Takes(Giving{}),
		web.GET("/bantu/terkirim", d.getGiven).Page().Open(),
	}
}

// HelpQuery chooses what may be helped with.
type HelpQuery struct {
	web.Part
	Kind   string `query:"kind" enum:"skill,place,goods,job,time"`
	Region string `query:"region" maxLength:"5"`
	Centre id.ID  `query:"centre"`
}

// Rest is the filter, behind the cursor.
func (q HelpQuery) Rest() template.URL {
	at := ""
	if q.Centre != 0 {
		at = q.Centre.String()
	}
	return rest(map[string]string{"kind": q.Kind, "region": q.Region, "centre": at})
}

type helpPage struct {
	All     []OpenRequest
	Next    string
	F       HelpQuery
	Kinds   []page.Option
	Regions []page.Option
	Centre  string
}

func (d *Desk) getHelp(r *web.Request) (web.Answer, error) {
	var q HelpQuery
	if err := r.Filter(&q); err != nil {
		return nil, err
	}
	p := helpPage{F: q}
	var err error
	p.All, p.Next, err = web.PageOf(q.Part, 20, func(part web.Part) ([]OpenRequest, error) {
		return d.Opened(r.Context(), OpenFilter{Centre: q.Centre, Kind: q.Kind, Region: q.Region, After: part.After, Limit: part.Limit})
	}, func(o OpenRequest) id.ID { return o.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(p.All, openBody), p.Next)
	}
	if q.Centre != 0 {
		c, err := centre.New(d.store).Look(r.Context(), who.Public(), q.Centre)
		if err != nil {
			return nil, err
		}
		p.Centre = c.Name
	}
	p.Kinds, p.Regions = kindOptions(r), regionOptions()
	return r.Page("potential/public_help.html", p)
}

// CraftQuery chooses what residents offer.
type CraftQuery struct {
	web.Part
	Kind string `query:"kind" enum:"skill,product"`
}

type craftPage struct {
	All  []PublicWork
	Next string
	F    CraftQuery
}

func (d *Desk) getCrafts(r *web.Request) (web.Answer, error) {
	var q CraftQuery
	if err := r.Filter(&q); err != nil {
		return nil, err
	}
	p := craftPage{F: q}
	var err error
	p.All, p.Next, err = web.PageOf(q.Part, 24, func(part web.Part) ([]PublicWork, error) {
		return d.PublicWorks(r.Context(), q.Kind, part.After, part.Limit)
	}, func(w PublicWork) id.ID { return w.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(p.All, craftBody), p.Next)
	}
	return r.Page("potential/public_works.html", p)
}

type giveQuery struct {
	Request id.ID `query:"permintaan"`
}

type givePage struct {
	Stamp   string
	For     OpenRequest // what they want to help with; none is an offer to all
	Gone    bool        // it was met meanwhile
	Kinds   []page.Option
	Regions []page.Option
}

func (d *Desk) givePage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		p := givePage{Kinds: kindOptions(r), Regions: regionOptions()}
		var q giveQuery
		if len(r.Form()) > 0 {
			q.Request = typedID(r, "permintaan")
		} else if err := r.Filter(&q); err != nil {
			return nil, err
		}
		var err error
		if q.Request != 0 {
			p.For, err = d.OneOpen(r.Context(), q.Request)
			if p.Gone = errors.Is(err, fail.NotFound); p.Gone {
				err = nil
			}
		}
		if err == nil {
			p.Stamp, err = d.gate.Again(r.Context(), r.Form().Get("stamp"))
		}
		return p, err
	}
}

func (d *Desk) getGive(r *web.Request) (web.Answer, error) {
	r.Hush()
	p, err := d.givePage(r)()
	if err != nil {
		return nil, err
	}
	return r.Page("potential/public_give.html", p)
}

func (d *Desk) postGive(r *web.Request) (web.Answer, error) {
	r.Hush()
	_, err := web.Do(r, func(in Giving) (bool, error) { return true, d.Give(r.Context(), r.Place(), in) })
	if err != nil {
		return r.Again("potential/public_give.html", d.givePage(r), err)
	}
	return r.Go("/bantu/terkirim")
}

func (d *Desk) getGiven(r *web.Request) (web.Answer, error) {
	return r.Page("potential/public_given.html", map[string]any{"Days": law.Potentials.On(r.Today()).ForgetDays})
}
