package needs

import (
	"maps"
	"slices"
	"strconv"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/centre"
)

func (d *Desk) routesNeed() []web.Route {
	return []web.Route{
		web.GET("/needs", d.getNeeds).Says("needs", "Needs of institutions by priority, the highest first").Query(Ask{}).Lists(NeedBody{}),
		web.POST("/centre-problems/{problem}/needs", d.postNeed).Drafts("Kebutuhan baru|draf", who.ProposeNeed).Says("needs", "Propose a need under a problem").Takes(NewNeed{}).Gives(NeedBody{}),
		web.GET("/needs/{instneed}", d.getNeed).Says("needs", "One need of an institution").Gives(NeedBody{}),
		web.GET("/needs/{instneed}/edit", d.getNeedEdit).Page(),
		web.POST("/needs/{instneed}", d.postNeedChange).Drafts("Perubahan kebutuhan|draf", who.ProposeNeed).Says("needs", "Say anew what is needed, before it is reviewed").Takes(NewNeed{}).Gives(NeedBody{}),
		web.POST("/needs/{instneed}/state", d.postMove).Drafts("Langkah kebutuhan|draf", who.SeeCentre).Says("needs", "Bring a need into another state").Takes(Move{}).Gives(NeedBody{}),
		web.GET("/needs/alike", d.getAlike).Page().Query(YearAsk{}),
		web.POST("/purchases", d.postPurchase).NoDrafts("one button").Says("needs", "Join identical needs of several institutions into one purchase").Takes(NewPurchase{}).Gives(PurchaseBody{}),
		web.GET("/purchases/{purchase}", d.getPurchase).Says("needs", "One purchase for several institutions").Gives(PurchaseBody{}),
		web.POST("/purchases/{purchase}/state", d.postTurn).NoDrafts("one button").Says("needs", "Order a purchase, or undo it").Takes(Turn{}).Gives(PurchaseBody{}),
	}
}

// needForm is what the fields of a need offer.
type needForm struct {
	Kinds []page.Option
	Funds []page.Option
	Years []page.Option
	Year  string
}

func newNeedForm(r *web.Request) needForm {
	f := needForm{Kinds: page.WordOptions(r.Lang, kindWords, Kinds...), Funds: casework.Options(r, law.Standard.On(r.Today()).Fundings)}
	this := r.Today().Time().Year()
	for y := this; y <= this+yearsAhead; y++ {
		f.Years = append(f.Years, page.Years(y)...)
	}
	f.Year = strconv.Itoa(this + 1)
	return f
}

func (d *Desk) postNeed(r *web.Request) (web.Answer, error) {
	n, err := web.Do(r, func(in NewNeed) (Need, error) { return d.Propose(r.Context(), r.By, r.ID("problem"), in) })
	if err != nil {
		return r.Again("needs/problem.html", func() (any, error) { return d.problemPage(r, r.ID("problem")) }, err)
	}
	r.Flash("Kebutuhan %s diusulkan.", n.Name)
	return r.Done("/centre-problems/"+n.Problem.String(), needPath(n), needBody(n))
}

func needPath(n Need) string { return "/needs/" + n.ID.String() }

// needPage is one need with the steps it can take.
type needPage struct {
	Need
	Of      Problem
	Name    string // of the institution
	Form    needForm
	History []Step
	Ways    []wayLine
}

// Title is what is needed: the name of the institution hides the need's own.
func (p needPage) Title() string { return p.Need.Name }

// wayLine is a step that the asker may take: with a reason, money or a day where it asks for one.
type wayLine struct {
	To          string
	Why, Fund   bool
	Day, Danger bool
}

func (d *Desk) needPage(r *web.Request) (p needPage, err error) {
	n, of, c, history, err := d.Need(r.Context(), r.By, r.ID("instneed"))
	if err != nil {
		return p, err
	}
	p = needPage{Need: n, Of: of, Name: c.Name, Form: newNeedForm(r), History: history}
	for _, to := range n.Ways() {
		if MayGo(r.By, n, to) {
			back := to == Refused || to == Proposed && n.State == Reviewed || to == Approved && n.State == Budgeted || to == Budgeted && n.State == Ordered
			p.Ways = append(p.Ways, wayLine{To: to, Why: back, Fund: to == Budgeted && !back, Day: to == Delivered, Danger: to == Refused})
		}
	}
	return p, nil
}

// MayChange tells whether the asker may say anew what is needed.
func (p needPage) MayChange() bool { return p.State == Proposed && p.Purchase == 0 }

func (d *Desk) getNeed(r *web.Request) (web.Answer, error) {
	return r.Show("needs/need.html", func() (any, error) { return d.needPage(r) }, func() (any, error) {
		n, _, _, _, err := d.Need(r.Context(), r.By, r.ID("instneed"))
		return needBody(n), err
	})
}

func (d *Desk) getNeedEdit(r *web.Request) (web.Answer, error) {
	return r.Page("needs/need_edit.html", func() (any, error) { return d.needPage(r) })
}

func (d *Desk) postNeedChange(r *web.Request) (web.Answer, error) {
	n, err := web.Do(r, func(in NewNeed) (Need, error) {
		return d.ChangeNeed(r.Context(), r.By, r.ID("instneed"), r.IfMatch(), in)
	})
	return d.needDone(r, n, "needs/need_edit.html", "Usulan tersimpan.", err)
}

func (d *Desk) postMove(r *web.Request) (web.Answer, error) {
	n, err := web.Do(r, func(in Move) (Need, error) {
		return d.MoveNeed(r.Context(), r.By, r.ID("instneed"), r.IfMatch(), in)
	})
	return d.needDone(r, n, "needs/need.html", "Langkah tercatat.", err)
}

func (d *Desk) needDone(r *web.Request, n Need, from, said string, err error) (web.Answer, error) {
	if err != nil {
		return r.Again(from, func() (any, error) { return d.needPage(r) }, err)
	}
	r.Flash(said)
	return r.Done(needPath(n), needPath(n), needBody(n))
}

// Ask chooses needs.
type Ask struct {
	web.Part
	Centre id.ID  `query:"centre_id"`
	State  string `query:"state" enum:"proposed,reviewed,approved,budgeted,ordered,delivered,refused"`
	Kind   string `query:"kind" enum:"facility,staff,programme,monitoring,publication,technology"`
	Year   int64  `query:"year" minimum:"2000" maximum:"2999"`
	Fund   string `query:"fund"`
}

func (a Ask) filter() Filter { return Filter{a.Centre, a.State, a.Kind, a.Year, a.Fund} }

// has tells whether what is counted in a sum stands in the list.
func (a Ask) has(s Sum) bool {
	live := s.State != Delivered && s.State != Refused
	return (a.Centre == 0 || a.Centre == s.Centre) && (a.Kind == "" || a.Kind == s.Kind) && (a.Year == 0 || a.Year == s.Year) && (a.Fund == "" || a.Fund == s.Fund) &&
		(a.State == s.State || a.State == "" && live)
}

// needsPage is the list by priority with what it adds up to.
type needsPage struct {
	Ask
	All     []Need
	Next    string
	N       int64
	Cost    int64
	Names   map[id.ID]string
	Centres []page.Option
	Kinds   []page.Option
	States  []page.Option
	Years   []page.Option
}

// Query is the filter as it stands in an address, with the page left out.
func (a Ask) Query() string {
	q := "state=" + a.State + "&kind=" + a.Kind + "&fund=" + a.Fund
	if a.Centre != 0 {
		q += "&centre_id=" + a.Centre.String()
	}
	if a.Year != 0 {
		q += "&year=" + strconv.FormatInt(a.Year, 10)
	}
	return q
}

func (d *Desk) getNeeds(r *web.Request) (web.Answer, error) {
	p := needsPage{Names: map[id.ID]string{}}
	if err := r.Filter(&p.Ask); err != nil {
		return nil, err
	}
	var err error
	p.All, p.Next, err = web.PageOf(p.Part, 50, func(part web.Part) ([]Need, error) {
		return d.List(r.Context(), r.By, p.filter(), part.After, part.Limit)
	}, func(n Need) id.ID { return n.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(p.All, needBody), p.Next)
	}
	sums, centres, err := d.Sums(r.Context(), r.By, p.Centre)
	if err != nil {
		return nil, err
	}
	years := map[int]bool{}
	for _, s := range sums {
		if p.has(s) {
			p.N, p.Cost = p.N+s.N, p.Cost+s.Cost
		}
		years[int(s.Year)] = true
	}
	p.lay(r, centres, years)
	return r.Page("needs/needs.html", p)
}

func (p *needsPage) lay(r *web.Request, centres []centre.Centre, years map[int]bool) {
	for _, c := range centres {
		p.Names[c.ID] = c.Name
		if r.By.Scope.Has(c.ID) {
			p.Centres = append(p.Centres, page.Option{Value: c.ID.String(), Name: c.Name})
		}
	}
	p.Kinds, p.States = page.WordOptions(r.Lang, kindWords, Kinds...), page.WordOptions(r.Lang, stateWords, States...)
	p.Years = yearsOf(years)
}

// yearsOf are the budget years of needs, the first first.
func yearsOf(years map[int]bool) []page.Option { return page.Years(slices.Sorted(maps.Keys(years))...) }

// YearAsk chooses a budget year.
type YearAsk struct {
	Year   int64 `query:"year" minimum:"2000" maximum:"2999"`
	Centre id.ID `query:"centre_id"`
}

func (r YearAsk) or(this int) int64 {
	if r.Year != 0 {
		return r.Year
	}
	return int64(this + 1)
}

type alikePage struct {
	Year  int64
	Years []page.Option
	All   []Alike
	Made  []Purchase
}

func (d *Desk) alikePage(r *web.Request, year int64) (p alikePage, err error) {
	p = alikePage{Year: year, Years: newNeedForm(r).Years}
	p.All, p.Made, err = d.Alike(r.Context(), r.By, year)
	return p, err
}

func (d *Desk) getAlike(r *web.Request) (web.Answer, error) {
	var a YearAsk
	if err := r.Filter(&a); err != nil {
		return nil, err
	}
	return r.Page("needs/alike.html", func() (any, error) { return d.alikePage(r, a.or(r.Today().Time().Year())) })
}

func (d *Desk) postPurchase(r *web.Request) (web.Answer, error) {
	var all []Need
	p, err := web.Do(r, func(in NewPurchase) (p Purchase, err error) {
		p, all, err = d.Join(r.Context(), r.By, in)
		return p, err
	})
	if err != nil {
		year, _ := strconv.ParseInt(r.Form().Get("year"), 10, 64)
		return r.Again("needs/alike.html", func() (any, error) { return d.alikePage(r, YearAsk{Year: year}.or(r.Today().Time().Year())) }, err)
	}
	r.Flash("%d kebutuhan digabung dalam satu pengadaan.", len(all))
	path := "/purchases/" + p.ID.String()
	return r.Done(path, path, purchaseBody(p, all))
}

type purchasePage struct {
	Purchase
	All   []Need
	Names map[id.ID]string
}

// Sum is what the needs that the asker sees add up to.
func (p purchasePage) Sum() (cost int64) {
	for _, n := range p.All {
		cost += n.Cost
	}
	return cost
}

// Quantity is how many are bought.
func (p purchasePage) Quantity() (n int64) {
	for _, one := range p.All {
		n += one.Quantity
	}
	return n
}

func (d *Desk) purchasePage(r *web.Request) (p purchasePage, err error) {
	if p.Purchase, p.All, err = d.Purchase(r.Context(), r.By, r.ID("purchase")); err != nil {
		return p, err
	}
	p.Names, err = d.names(r.Context(), r.By)
	return p, err
}

func (d *Desk) getPurchase(r *web.Request) (web.Answer, error) {
	return r.Show("needs/purchase.html", func() (any, error) { return d.purchasePage(r) }, func() (any, error) {
		p, all, err := d.Purchase(r.Context(), r.By, r.ID("purchase"))
		return purchaseBody(p, all), err
	})
}

func (d *Desk) postTurn(r *web.Request) (web.Answer, error) {
	var all []Need
	p, err := web.Do(r, func(in Turn) (p Purchase, err error) {
		p, all, err = d.TurnPurchase(r.Context(), r.By, r.ID("purchase"), r.IfMatch(), in)
		return p, err
	})
	if err != nil {
		return r.Again("needs/purchase.html", func() (any, error) { return d.purchasePage(r) }, err)
	}
	r.Flash("Langkah tercatat.")
	path := "/purchases/" + p.ID.String()
	return r.Done(path, path, purchaseBody(p, all))
}

// Budget gives the needs that a request chooses, for whoever writes the workbook.
func (d *Desk) Budget(r *web.Request) (a Ask, all []BudgetLine, names map[id.ID]string, err error) {
	if err := r.Filter(&a); err != nil {
		return a, nil, nil, err
	}
	all, names, err = d.Lines(r.Context(), r.By, a.filter())
	return a, all, names, err
}

// KindWord is the name of a kind of need.
func KindWord(r *web.Request, kind string) string { return r.Say(string(kindWords[kind])) }

// StateWord is the name of a state.
func StateWord(r *web.Request, state string) string { return r.Say(string(stateWords[state])) }
