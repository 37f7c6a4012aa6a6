package casework

import (
	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
)

func (d *Desk) routesReturning() []web.Route {
	return []web.Route{
		web.GET("/cases/{case}/former", d.getFormer).Openable().Says("cases", "Earlier cases of the person, with the plan and levels a new one may begin with").Lists(FormerBody{}),
		web.POST("/cases/{case}/former", d.postFormer).Drafts("Sasaran dari rencana lama|draf", who.WorkCase).Says("plans", "Bring goals of an earlier plan into the plan that is written").Takes(Bringing{}).Gives(PlanBody{}),
	}
}

var (
	_ = page.Lookup("exitname", func(l text.Lang, key string) string { return named(law.Standard.Latest().ExitReasons, l, key) })
	_ = page.Lookup("leveldomain", func(l text.Lang, key string) string {
		form, _ := law.InstrumentOf(Independence, "")
		for _, s := range form.Sections {
			for _, q := range s.Questions {
				if q.Key == key {
					return text.T(l, q.Label+official)
				}
			}
		}
		return key
	})
)

// FormerBody is an earlier episode in the API.
type FormerBody struct {
	ID      id.ID             `json:"id" required:"true"` // of the case
	Centre  string            `json:"centre"`
	Kind    string            `json:"ppks_type"`
	From    clock.Day         `json:"from"`
	Until   clock.Day         `json:"until"`
	Reason  string            `json:"reason"`
	Outcome string            `json:"outcome"`
	Levels  map[string]*int64 `json:"levels"`
	Goals   []FormerGoal      `json:"goals"`
}

// FormerGoal is a goal of an earlier plan in the API.
type FormerGoal struct {
	ID     id.ID  `json:"id" required:"true"`
	Domain string `json:"domain"`
	Text   string `json:"text"`
	State  string `json:"state"`
}

func formerBody(f Former) FormerBody {
	b := FormerBody{ID: f.Case, Centre: f.CentreName, Kind: f.Kind, From: f.From, Until: f.Until, Reason: f.Reason, Outcome: f.Outcome, Levels: map[string]*int64{}, Goals: []FormerGoal{}}
	for _, l := range f.Levels {
		b.Levels[l.Domain] = l.Level
	}
	for _, g := range f.Goals {
		b.Goals = append(b.Goals, FormerGoal{g.ID, g.Domain, g.Text, g.State})
	}
	return b
}

func (d *Desk) formerPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		all, f, err := d.FormerOf(r.Context(), r.By, r.ID("case"))
		return map[string]any{"File": f, "Former": all, "May": mayBring(f) == nil}, err
	}
}

func (d *Desk) getFormer(r *web.Request) (web.Answer, error) {
	if !r.API() {
		return r.Page("casework/former.html", d.formerPage(r))
	}
	all, _, err := d.FormerOf(r.Context(), r.By, r.ID("case"))
	if err != nil {
		return nil, err
	}
	return r.Whole(web.Bodies(all, formerBody))
}

func (d *Desk) postFormer(r *web.Request) (web.Answer, error) {
	p, err := web.Do(r, func(in Bringing) (Plan, error) { return d.Bring(r.Context(), r.By, r.ID("case"), in) })
	if err != nil {
		return r.Again("casework/former.html", d.formerPage(r), err)
	}
	r.Flash("Tujuan dibawa ke rencana v%d.", p.Number)
	path := "/cases/" + p.Case.String() + "/plans"
	return r.Done(path, path+"/"+p.ID.String(), planBody(p, true))
}
