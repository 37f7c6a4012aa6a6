package standards

import (
	"html/template"
	"strings"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
)

func (d *Desk) routesCampaigns() []web.Route {
	return []web.Route{
		web.GET("/campaigns", d.getCampaigns).Says("standards", "Campaigns of self-assessment, the newest first").Query(web.Part{}).Lists(CampaignBody{}),
		web.POST("/campaigns", d.postCampaign).Drafts("Putaran penilaian baru", who.ManageStandards).Says("standards", "Open a campaign").Takes(NewCampaign{}).Gives(CampaignBody{}),
		web.GET("/campaigns/{campaign}", d.getCampaign).Page().Query(web.Part{}),
		web.GET("/campaigns/{campaign}", d.getOneCampaign).API().Says("standards", "One campaign").Gives(CampaignBody{}),
		web.GET("/campaigns/{campaign}/self-assessments", d.getSelves).API().Says("standards", "How far each institution is").Query(web.Part{}).Lists(StandBody{}),
		web.GET("/campaigns/{campaign}/map", d.getMap).Page().Query(web.Part{}),
		web.POST("/campaigns/{campaign}/closure", d.postClosure).Says("standards", "Close a campaign; nothing in it changes any more").Takes(struct{}{}).Gives(CampaignBody{}),
	}
}

func (d *Desk) getCampaigns(r *web.Request) (web.Answer, error) {
	all, next, err := web.PartOf(r, 50, func(p web.Part) ([]Campaign, error) {
		return d.Campaigns(r.Context(), r.By, p.After, p.Limit)
	}, func(c Campaign) id.ID { return c.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, campaignBody), next)
	}
	p, err := d.campaignsPage(r, all, next)
	if err != nil {
		return nil, err
	}
	return r.Page("standards/campaigns.html", p)
}

func (d *Desk) campaignsPage(r *web.Request, all []Campaign, next string) (map[string]any, error) {
	p := map[string]any{"All": all, "Next": next}
	if !r.By.May(who.ManageStandards) {
		return p, nil
	}
	held, err := d.Library(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	var choices []page.Option
	for _, h := range held {
		if h.Valid(r.Today()) {
			choices = append(choices, page.Option{Value: h.Choice(), Name: h.In(string(r.Lang)) + ", " + h.Edition})
		}
	}
	p["Standards"] = choices
	p["Centres"], err = d.Served(r.Context(), r.By)
	return p, err
}

func (d *Desk) postCampaign(r *web.Request) (web.Answer, error) {
	c, err := web.Do(r, func(in NewCampaign) (Campaign, error) { return d.OpenCampaign(r.Context(), r.By, in) })
	if err != nil {
		return r.Again("standards/campaigns.html", func() (any, error) {
			all, failed := d.Campaigns(r.Context(), r.By, 0, 20)
			if failed != nil {
				return nil, failed
			}
			return d.campaignsPage(r, all, "")
		}, err)
	}
	r.Flash("Putaran penilaian dibuka. UPT dapat mulai mengisi.")
	path := "/campaigns/" + c.ID.String()
	return r.Done(path, path, campaignBody(c))
}

type overviewPage struct {
	Overview
	Next string
}

// Counts tells how many institutions are in a state.
func (p overviewPage) Counts(state string) (n int) {
	for _, s := range p.Stands {
		if s.State == state {
			n++
		}
	}
	return n
}

func (d *Desk) overview(r *web.Request) (o Overview, next string, err error) {
	o.Stands, next, err = web.PartOf(r, 50, func(p web.Part) ([]Stand, error) {
		o, err = d.Overview(r.Context(), r.By, r.ID("campaign"), p.After, p.Limit)
		return o.Stands, err
	}, func(s Stand) id.ID { return s.Self.ID })
	return o, next, err
}

func (d *Desk) getCampaign(r *web.Request) (web.Answer, error) {
	o, next, err := d.overview(r)
	if err != nil {
		return nil, err
	}
	return r.Page("standards/campaign.html", overviewPage{o, next})
}

func (d *Desk) getOneCampaign(r *web.Request) (web.Answer, error) {
	c, err := d.Campaign(r.Context(), r.By, r.ID("campaign"))
	if err != nil {
		return nil, err
	}
	return r.JSON(campaignBody(c))
}

func (d *Desk) getSelves(r *web.Request) (web.Answer, error) {
	o, next, err := d.overview(r)
	if err != nil {
		return nil, err
	}
	return r.List(web.Bodies(o.Stands, func(s Stand) StandBody { return standBody(s, o.Standard) }), next)
}

// heatRow is one criterion with a cell for each institution.
type heatRow struct {
	Criterion Criterion
	Chapter   string // named where a chapter begins
	Cells     template.HTML
}

type heatPage struct {
	overviewPage
	Rows []heatRow
}

// heatMarks are the letters and classes of answers: the letter says it without colour.
var heatMarks = map[string]text.Word{Yes: "Y|ya", Partly: "S|sebagian", No: "T|tidak", NotApplicable: "–", "": "·"}

// Mark is the letter of an answer.
func Mark(lang text.Lang, value string) string { return text.T(lang, string(heatMarks[value])) }

// Asked tells whether the institution was asked about a criterion: whether it holds for whom it serves.
func (s Stand) Asked(c Criterion) bool { return c.Serves(s.kinds) }

// cells writes the cells of a row by hand: there are thousands of them, and nothing in them was typed by anybody.
func cells(lang text.Lang, c Criterion, stands []Stand) template.HTML {
	var b strings.Builder
	marks := map[string]string{}
	for v, w := range heatMarks {
		marks[v] = text.T(lang, string(w))
	}
	for _, s := range stands {
		v := s.Values[c.Key].Says()
		if !c.Serves(s.kinds) { // nobody was asked
			v = NotApplicable
		}
		b.WriteString(`<td class="h-`)
		b.WriteString(v)
		b.WriteString(`">`)
		b.WriteString(marks[v])
		if v == No && c.Imperative {
			b.WriteString("!")
		}
		b.WriteString("</td>")
	}
	return template.HTML(b.String()) //nolint:gosec // only our own marks
}

func (d *Desk) getMap(r *web.Request) (web.Answer, error) {
	o, next, err := d.overview(r)
	if err != nil {
		return nil, err
	}
	p := heatPage{overviewPage: overviewPage{o, next}}
	last := ""
	for _, c := range o.Standard.Criteria() {
		row := heatRow{Criterion: c, Cells: cells(r.Lang, c, o.Stands)}
		if c.Chapter != last {
			row.Chapter, last = o.Standard.Node(c.Chapter).In(string(r.Lang)), c.Chapter
		}
		p.Rows = append(p.Rows, row)
	}
	return r.Page("standards/map.html", p)
}

func (d *Desk) postClosure(r *web.Request) (web.Answer, error) {
	err := r.Read(&struct{}{})
	var c Campaign
	if err == nil {
		c, err = d.CloseCampaign(r.Context(), r.By, r.ID("campaign"), r.IfMatch())
	}
	if err != nil {
		return r.Again("standards/campaign.html", func() (any, error) {
			o, failed := d.Overview(r.Context(), r.By, r.ID("campaign"), 0, 50)
			return overviewPage{o, ""}, failed
		}, err)
	}
	r.Flash("Putaran penilaian ditutup.")
	path := "/campaigns/" + c.ID.String()
	return r.Done(path, path, campaignBody(c))
}
