package monitoring

import (
	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
)

func (d *Desk) routesClosing() []web.Route {
	return []web.Route{
		web.GET("/closings", d.getClosings).Says("figures", "Which institution closed which month").Lists(ClosingBody{}),
		web.POST("/centres/{centre}/closings", d.postClosing).NoDrafts("one button").Says("figures", "Close a month of an institution with what its figures say").Takes(NewClosing{}).Gives(ClosingBody{}),
		web.GET("/centres/{centre}/reports/{month}", d.getReport).Says("figures", "The monthly report of an institution: the balance by sex, age and home, services, staff").Gives(ReportBody{}),
		web.GET("/centres/{centre}/closings/{month}", d.getClosing).Says("figures", "A closed month: every figure as reported and as it reads now").Gives(RevisionsBody{}),
	}
}

// ClosingBody is a closed month in the API.
type ClosingBody struct {
	ID       id.ID     `json:"id"`
	Centre   id.ID     `json:"centre_id"`
	Month    string    `json:"month"`
	ClosedOn clock.Day `json:"closed_on"`
	By       string    `json:"by"`
}

func closingBody(c Closed) ClosingBody { return ClosingBody{c.ID, c.Centre, c.Month, c.On, c.By} }

// RevisionsBody is a closed month with its figures.
type RevisionsBody struct {
	ClosingBody
	Figures []RevisionBody `json:"figures"`
}

// RevisionBody is a figure as reported and as it reads now.
type RevisionBody struct {
	Indicator string   `json:"indicator"`
	Reported  TwoSides `json:"reported"`
	Now       TwoSides `json:"now"`
	Revised   bool     `json:"revised"`
	Rule      string   `json:"rule_version"`
}

// TwoSides are numerator and denominator; null where there is none.
type TwoSides struct {
	Numerator   int64  `json:"numerator"`
	Denominator *int64 `json:"denominator"`
}

func twoSides(v Value) TwoSides {
	t := TwoSides{Numerator: v.Numerator}
	if v.Over {
		t.Denominator = &v.Denominator
	}
	return t
}

type closingsPage struct {
	Closings
	Heads []string
	Rows  []closingRow
	May   bool
	Late  int // months that are over and not closed
	Next  string
}

type closingRow struct {
	ID    id.ID
	Name  string
	Cells []closingCell
	Next  string // the oldest month that the asker may close now
	Says  string
}

type closingCell struct {
	Month string
	On    string // "" is not closed
}

// monthsBack is how many months the list of closings shows.
const monthsBack = 6

func (d *Desk) closingsPage(r *web.Request) (p closingsPage, err error) {
	if p.Closings, err = d.Closings(r.Context(), r.By, monthsBack); err != nil {
		return p, err
	}
	p.May = r.By.May(who.CloseMonth)
	for _, m := range p.Months {
		p.Heads = append(p.Heads, text.MonthName(r.Lang, m))
	}
	for _, c := range p.Centres {
		row := closingRow{ID: c.ID, Name: c.Name}
		for _, m := range p.Months {
			cell := closingCell{Month: m}
			if held, ok := p.Held[c.ID][m]; ok {
				cell.On = text.DayShort(r.Lang, held.On)
			} else {
				row.Next, row.Says = m, text.MonthName(r.Lang, m)
				p.Late++
			}
			row.Cells = append(row.Cells, cell)
		}
		p.Rows = append(p.Rows, row)
	}
	return p, nil
}

func (d *Desk) getClosings(r *web.Request) (web.Answer, error) {
	if !r.API() {
		return r.Page("monitoring/closings.html", func() (any, error) { return d.closingsPage(r) })
	}
	c, err := d.Closings(r.Context(), r.By, courseMonths)
	if err != nil {
		return nil, err
	}
	bodies := []ClosingBody{}
	for _, e := range c.Centres {
		for _, m := range c.Months {
			if held, ok := c.Held[e.ID][m]; ok {
				bodies = append(bodies, closingBody(held))
			}
		}
	}
	return r.Whole(bodies)
}

func (d *Desk) postClosing(r *web.Request) (web.Answer, error) {
	c, err := web.Do(r, func(in NewClosing) (Closed, error) { return d.CloseMonth(r.Context(), r.By, r.ID("centre"), in) })
	if err != nil {
		return r.Again("monitoring/closings.html", func() (any, error) { return d.closingsPage(r) }, err)
	}
	r.Flash("Bulan %s ditutup.", text.MonthName(r.Lang, c.Month))
	path := "/centres/" + c.Centre.String() + "/closings/" + c.Month
	return r.Done(path, path, closingBody(c))
}

// revisionsPage is a closed month.
type revisionsPage struct {
	Closed
	Name, MonthName string
	Lines           []revisionLine
	Revised         int
	Query           string
}

// Title names the month and the place.
func (p revisionsPage) Title() string { return p.MonthName + ", " + p.Name }

type revisionLine struct {
	Key, Name, Then, OfThen, Now, OfNow string
	Changed                             page.Chip
	Revised                             bool
}

func (d *Desk) getClosing(r *web.Request) (web.Answer, error) {
	month := r.Word("month")
	s, ok := monthSpan(month)
	if !ok {
		return nil, fail.NotFound
	}
	c, name, all, err := d.Revisions(r.Context(), r.By, r.ID("centre"), month)
	if err != nil {
		return nil, err
	}
	if r.API() {
		body := RevisionsBody{ClosingBody: closingBody(c)}
		for _, v := range all {
			body.Figures = append(body.Figures, RevisionBody{v.Key, twoSides(v.Then()), twoSides(v.Now), v.Changed(), v.Reported.Rule})
		}
		return r.JSON(body)
	}
	s.Centre = c.Centre
	p := revisionsPage{Closed: c, Name: name, MonthName: text.MonthName(r.Lang, month), Query: string(query(s))}
	for _, v := range all {
		l := revisionLine{Key: v.Key, Name: v.In(string(r.Lang)), Then: v.Say(r.Lang, v.Then()), OfThen: v.Of(r.Lang, v.Then()), Now: v.Say(r.Lang, v.Now), OfNow: v.Of(r.Lang, v.Now), Revised: v.Changed()}
		if l.Revised {
			p.Revised++
			l.Changed = v.Change(r.Lang, v.Now, v.Then())
		}
		p.Lines = append(p.Lines, l)
	}
	return r.Page("monitoring/closing.html", p)
}
