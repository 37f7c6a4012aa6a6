package performance

import (
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/monitoring"
)

func (d *Desk) routesAgreement() []web.Route {
	return []web.Route{
		web.GET("/performance-agreements", d.getAgreements).Says("performance", "Performance agreements, the newest first").Query(Listing{}).Lists(AgreementBody{}),
		web.GET("/performance-agreements/new", d.getNewAgreement).Page().Query(Ask{}),
		web.POST("/performance-agreements", d.postAgreement).Drafts("Perjanjian kinerja|draf", who.KeepFigures, who.CloseMonth).Says("performance", "Begin the performance agreement of a year").Takes(NewAgreement{}).Gives(AgreementBody{}),
		web.GET("/performance-agreements/{agreement}", d.getAgreement).Says("performance", "One agreement: what was signed, and how it stands now").Gives(AgreementBody{}),
		web.POST("/performance-agreements/{agreement}/signature", d.postSignature).NoDrafts("one button").Says("performance", "Sign an agreement: the first signature freezes it, the second ends it").Takes(struct{}{}).Gives(AgreementBody{}),
		web.POST("/performance-agreements/{agreement}/return", d.postReturn).NoDrafts("one line").Says("performance", "Give an offered agreement back to the institution").Takes(SetReturn{}).Gives(AgreementBody{}),
	}
}

// Listing chooses agreements: those of one institution, or of all.
type Listing struct {
	web.Part
	Centre id.ID `query:"centre"`
}

type agreementsPage struct {
	All    []Agreement
	Next   string
	Centre id.ID
	At     id.ID // where the asker may begin one; 0: for the office
	May    bool
}

func (d *Desk) getAgreements(r *web.Request) (web.Answer, error) {
	var l Listing
	if err := r.Filter(&l); err != nil {
		return nil, err
	}
	all, next, err := web.PageOf(l.Part, 50, func(p web.Part) ([]Agreement, error) {
		return d.Agreements(r.Context(), r.By, l.Centre, p.After, p.Limit)
	}, func(a Agreement) id.ID { return a.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, agreementBody), next)
	}
	p := agreementsPage{All: all, Next: next, Centre: l.Centre, At: l.Centre}
	if p.At == 0 {
		p.At = r.By.Scope.Only()
	}
	p.May = mayWrite(r.By, p.At)
	return r.Page("performance/agreements.html", p)
}

type newAgreementPage struct {
	Centre id.ID
	At     string
	Years  []page.Option
	Year   string
	First  string
	Second string
}

func (d *Desk) newAgreementPage(r *web.Request, a Ask) func() (any, error) {
	return func() (any, error) {
		this := r.Today().Time().Year()
		p := newAgreementPage{Centre: a.Centre, Years: page.Years(this, this+1, this-1), Year: yearWord(a.Year), First: r.Say("Kepala Dinas"), Second: r.Say("Gubernur Jawa Timur")}
		if a.Centre == 0 {
			return p, nil
		}
		c, err := d.Place(r.Context(), r.By, a.Centre)
		p.At, p.First, p.Second = c.Name, r.Say("Kepala UPT"), r.Say("Kepala Dinas")
		return p, err
	}
}

func (d *Desk) getNewAgreement(r *web.Request) (web.Answer, error) {
	a, err := asked(r)
	if err != nil {
		return nil, err
	}
	if !mayWrite(r.By, a.Centre) {
		return nil, fail.Denied
	}
	return r.Page("performance/agreement_new.html", d.newAgreementPage(r, a))
}

func (d *Desk) postAgreement(r *web.Request) (web.Answer, error) {
	a := Ask{Year: int64(r.Today().Time().Year())}
	one, err := web.Do(r, func(in NewAgreement) (Agreement, error) {
		a = Ask{in.Year, in.Centre}
		return d.Begin(r.Context(), r.By, in)
	})
	if err != nil {
		return r.Again("performance/agreement_new.html", d.newAgreementPage(r, a), err)
	}
	r.Flash("Rancangan perjanjian kinerja dibuat.")
	return r.Done(one.Path(), one.Path(), agreementBody(one))
}

// pactLine is a line of an agreement in words.
type pactLine struct {
	Line
	Target, Budget  string
	Actual, Percent string
	Changed         string // the target of today, where it is another one
	Chip            page.Chip
	Href            string
	First           bool // of those under the same target
}

type pactPage struct {
	Pact
	Lines         []pactLine
	Unit          string
	Year          string
	Sum           string
	Signs, Gives  bool
	First         bool // the first signature is asked for
	Intact        bool
	NotYet        int
	Assumed, Rule string
}

func (d *Desk) pactPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		p, err := d.Pact(r.Context(), r.By, r.ID("agreement"))
		if err != nil {
			return nil, err
		}
		return layPact(r, p), nil
	}
}

func layPact(r *web.Request, p Pact) pactPage {
	v := pactPage{Pact: p, Unit: p.At, Year: yearWord(p.Agreement.Year), Intact: p.Whole(), NotYet: p.Missing(), Rule: p.Rules}
	if p.State == Draft {
		v.Rule = p.Now.Rule
	}
	under, sum := "", int64(0)
	for _, l := range p.Lines {
		one := layLine(r, l, p.Now)
		one.First = l.Under != under
		under = l.Under
		if l.Budget != nil {
			sum += *l.Budget
		}
		v.Lines = append(v.Lines, one)
	}
	if sum > 0 {
		v.Sum = text.Money(r.Lang, sum)
	}
	if r.By.May(who.SignAgreement) {
		v.First = p.State == Draft
		v.Signs = maySign(r.By, p, 0) == nil
		v.Gives = p.State == Offered && r.By.Whole().All
	}
	return v
}

func layLine(r *web.Request, l PactLine, now Cascade) pactLine {
	i := monitoring.Indicator{Indicator: law.Indicator{Unit: l.Unit}}
	one := pactLine{Line: l.Line, Target: "–", Budget: "–", Actual: "–", Percent: "–"}
	if l.Value != nil {
		one.Target = i.Number(r.Lang, float64(*l.Value)/1000)
	}
	if l.Budget != nil {
		one.Budget = text.Money(r.Lang, *l.Budget)
	}
	if l.Now == nil {
		return one
	}
	one.Href = "/performance/" + l.Now.ID.String() + "?year=" + yearWord(now.Year)
	if now.Span.Centre != 0 {
		one.Href += "&centre=" + now.Span.Centre.String()
	}
	one.Actual = l.Now.Figure.Say(r.Lang, l.Now.Value)
	if v, ok := l.Now.Value.In(l.Now.Figure); ok && l.Value != nil {
		if p, ok := now.Rules().Achieve(l.Now.Figure.Direction, v, float64(*l.Value)/1000); ok {
			one.Percent = percent(r.Lang, p)
		}
	}
	if l.Now.Aim != nil && (l.Value == nil || l.Now.Aim.Thousandths != *l.Value) {
		one.Changed = i.Number(r.Lang, l.Now.Aim.Value())
	}
	one.Chip = courseChip(r.Lang, l.Now.Course)
	return one
}

func (d *Desk) getAgreement(r *web.Request) (web.Answer, error) {
	return r.Show("performance/agreement.html", d.pactPage(r), func() (any, error) {
		p, err := d.Pact(r.Context(), r.By, r.ID("agreement"))
		return pactBody(p), err
	})
}

func (d *Desk) moved(r *web.Request, a Agreement, said string, err error) (web.Answer, error) {
	if err != nil {
		return r.Again("performance/agreement.html", d.pactPage(r), err)
	}
	r.Flash(said)
	return r.Done(a.Path(), a.Path(), agreementBody(a))
}

func (d *Desk) postSignature(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(struct{}) (Agreement, error) { return d.Sign(r.Context(), r.By, r.ID("agreement"), r.IfMatch()) })
	return d.moved(r, a, "Perjanjian kinerja ditandatangani.", err)
}

func (d *Desk) postReturn(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in SetReturn) (Agreement, error) {
		return d.Return(r.Context(), r.By, r.ID("agreement"), r.IfMatch(), in)
	})
	return d.moved(r, a, "Perjanjian kinerja dikembalikan.", err)
}

// AgreementSheet is an agreement as the rows of a workbook.
func (d *Desk) AgreementSheet(r *web.Request) (name string, head []string, rows [][]any, err error) {
	p, err := d.Pact(r.Context(), r.By, r.ID("agreement"))
	if err != nil {
		return "", nil, nil, err
	}
	head = []string{r.Say("No."), r.Say("Sasaran strategis"), r.Say("Indikator"), r.Say("Satuan"), r.Say("Target"), r.Say("Anggaran (Rp)"), r.Say("Realisasi"), r.Say("Capaian (%)"), r.Say("Aturan")}
	for _, l := range p.Lines {
		row := []any{float64(l.Position), l.Under, l.In(string(r.Lang)), monitoring.UnitWord(r.Lang, l.Unit), nil, nil, nil, nil, layPact(r, p).Rule}
		if l.Value != nil {
			row[4] = float64(*l.Value) / 1000
		}
		if l.Budget != nil {
			row[5] = float64(*l.Budget)
		}
		if l.Now != nil {
			if v, ok := l.Now.Value.In(l.Now.Figure); ok {
				row[6] = v
				if l.Value != nil {
					if a, ok := p.Now.Rules().Achieve(l.Now.Figure.Direction, v, float64(*l.Value)/1000); ok {
						row[7] = a
					}
				}
			}
		}
		rows = append(rows, row)
	}
	return "perjanjian-kinerja-" + yearWord(p.Agreement.Year) + ".xlsx", head, rows, nil
}
