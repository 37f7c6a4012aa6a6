package letters

import (
	"slices"

	"tuntas/house/id"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/casework"
)

func (d *Desk) routesDrafts() []web.Route {
	return []web.Route{
		web.GET("/cases/{case}/letters", d.getOfCase).Says("letters", "Letters of a case, the newest first").Query(web.Part{}).Lists(LetterBody{}),
		web.GET("/cases/{case}/letters/{kind}", d.getNew).Page(),
		web.POST("/cases/{case}/letter-drafts", d.postDraft).Drafts("Surat baru|draf", who.PrepareLetter).Says("letters", "Prepare a letter about a case").Takes(NewDraft{}).Gives(DraftBody{}),
		web.POST("/centres/{centre}/letter-drafts", d.postBalance).Drafts("Surat neraca|draf", who.PrepareLetter).Says("letters", "Prepare the letter of the balance of a month").Takes(NewBalance{}).Gives(DraftBody{}),
		web.GET("/letter-drafts", d.getDrafts).Says("letters", "Drafts that wait for a signature, the newest first").Query(web.Part{}).Lists(DraftBody{}),
		web.GET("/letter-drafts/{draft}", d.getDraft).Says("letters", "A draft, and what it still waits for").Gives(DraftBody{}),
		web.POST("/letter-drafts/{draft}/input", d.postInput).Drafts("Isian surat|draf", who.PrepareLetter).Says("letters", "Write a draft anew").Takes(Rewriting{}).Gives(DraftBody{}),
		web.POST("/letter-drafts/{draft}/issue", d.postIssue).Drafts("Penerbitan surat|draf", who.IssueLetter).Says("letters", "Sign a draft: it becomes a letter with a number").Takes(Signing{}).Gives(LetterBody{}),
		web.POST("/letter-drafts/{draft}/withdrawal", d.postWithdrawal).Says("letters", "Withdraw a draft").Takes(struct{}{}).Gives(DraftBody{}),
	}
}

// offer is one kind of letter on the page of a case: whether it can be written now, and what it waits for if not.
type offer struct {
	Kind  Kind
	Lacks []string
}

// OfferedFor are the kinds that make sense for a case now, for the buttons of its page.
func OfferedFor(f casework.File) (all []Kind) {
	for _, k := range Kinds {
		if k.OfCase() && k.Ready(f) == nil && (k.Key != Admission || f.DecisionNo == "") {
			all = append(all, k)
		}
	}
	return all
}

func (d *Desk) getOfCase(r *web.Request) (web.Answer, error) {
	var all OfCase
	listed, next, err := web.PartOf(r, 50, func(p web.Part) (_ []Letter, err error) {
		all, err = d.OfCase(r.Context(), r.By, r.ID("case"), p.After, p.Limit)
		return all.Letters, err
	}, func(l Letter) id.ID { return l.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(listed, bodyOf), next)
	}
	var offers []offer
	for _, k := range Kinds {
		if k.OfCase() {
			offers = append(offers, offer{k, gapsOf(r.Lang, k.Ready(all.File))})
		}
	}
	return r.Page("letters/case.html", map[string]any{"File": all.File, "Letters": listed, "Drafts": all.Drafts, "Offers": offers, "Next": next})
}

// getDrafts lists what waits for a signature: the rows behind the number of the head's card.
func (d *Desk) getDrafts(r *web.Request) (web.Answer, error) {
	all, next, err := web.PartOf(r, 50, func(p web.Part) ([]Draft, error) {
		return d.Drafts(r.Context(), r.By, p.After, p.Limit)
	}, func(g Draft) id.ID { return g.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, func(g Draft) DraftBody { return draftBody(g, nil) }), next)
	}
	return r.Page("letters/drafts.html", map[string]any{"Drafts": all, "Next": next})
}

// draftForm is the form of a letter, new or written anew.
type draftForm struct {
	Kind   Kind
	File   casework.File
	Draft  *Draft
	Input  Input
	Action string
	Back   string
}

// Asks tells whether the kind asks for a field.
func (f draftForm) Asks(field string) bool { return slices.Contains(f.Kind.Asks, field) }

// Needs tells whether the field must be filled.
func (f draftForm) Needs(field string) bool { return slices.Contains(f.Kind.Needs, field) }

func (d *Desk) getNew(r *web.Request) (web.Answer, error) {
	p, err := d.newForm(r, r.Word("kind"))
	if err != nil {
		return nil, err
	}
	return r.Page("letters/new.html", p)
}

func (d *Desk) newForm(r *web.Request, kind string) (p draftForm, err error) {
	k, f, usual, err := d.Blank(r.Context(), r.By, r.ID("case"), kind)
	if err != nil {
		return p, err
	}
	p = draftForm{Kind: k, File: f, Action: f.Path() + "/letter-drafts", Back: f.Path() + "/letters"}
	for _, point := range usual {
		p.Input.Points += point + "\n"
	}
	return p, nil
}

func (d *Desk) postDraft(r *web.Request) (web.Answer, error) {
	var in NewDraft
	err := r.Read(&in)
	var g Draft
	if err == nil {
		g, err = d.Prepare(r.Context(), r.By, r.ID("case"), in)
	}
	if err != nil {
		return r.Again("letters/new.html", func() (any, error) {
			if _, known := kindOf(in.Kind); !known {
				in.Kind = Referral
			}
			return d.newForm(r, in.Kind)
		}, err)
	}
	r.Flash("Draf surat tersimpan. Periksa pratinjaunya.")
	return r.Done(g.Path(), g.Path(), draftBody(g, nil))
}

func (d *Desk) postBalance(r *web.Request) (web.Answer, error) {
	g, err := web.Do(r, func(in NewBalance) (Draft, error) { return d.PrepareBalance(r.Context(), r.By, r.ID("centre"), in) })
	if err != nil {
		return r.Again("letters/balance.html", func() (any, error) {
			o, failed := d.OfficeOf(r.Context(), r.By, r.ID("centre"))
			return map[string]any{"Office": o}, failed
		}, err)
	}
	r.Flash("Draf surat tersimpan. Periksa pratinjaunya.")
	return r.Done(g.Path(), g.Path(), draftBody(g, nil))
}

// draftPage is a draft as a sheet of paper, with the form of what was typed and the signature.
type draftPage struct {
	Preview
	Sheet  *Sheet
	Lacks  []string
	Form   draftForm
	Signs  bool
	Writes bool
	Book   bool
}

func (d *Desk) draftPage(r *web.Request, draft id.ID) (p draftPage, err error) {
	v, err := d.Preview(r.Context(), r.By, draft)
	if err != nil {
		return p, err
	}
	p = draftPage{Preview: v, Lacks: gapsOf(r.Lang, v.Lacks), Signs: r.By.May(who.IssueLetter), Writes: r.By.May(who.PrepareLetter), Book: v.Office.Numbering == Book,
		Form: draftForm{Kind: v.KindOf(), Draft: &v.Draft, Input: v.Input, Action: v.Path() + "/input"}}
	if v.State == DraftOpen && len(v.Body.Title) > 0 {
		s := sheetOf(Letter{Body: v.Body, On: r.Today()}, Printing{By: r.By.Name, At: r.Now()})
		p.Sheet = &s
	}
	return p, nil
}

func (d *Desk) getDraft(r *web.Request) (web.Answer, error) {
	if r.API() {
		v, err := d.Preview(r.Context(), r.By, r.ID("draft"))
		if err != nil {
			return nil, err
		}
		return r.JSON(draftBody(v.Draft, v.Lacks))
	}
	p, err := d.draftPage(r, r.ID("draft"))
	if err != nil {
		return nil, err
	}
	return r.Page("letters/draft.html", p)
}

// draftAgain shows the draft again with what was typed.
func (d *Desk) draftAgain(r *web.Request, err error) (web.Answer, error) {
	return r.Again("letters/draft.html", func() (any, error) { return d.draftPage(r, r.ID("draft")) }, err)
}

func (d *Desk) postInput(r *web.Request) (web.Answer, error) {
	g, err := web.Do(r, func(in Rewriting) (Draft, error) { return d.Rewrite(r.Context(), r.By, r.ID("draft"), r.IfMatch(), in) })
	if err != nil {
		return d.draftAgain(r, err)
	}
	r.Flash("Isian surat tersimpan.")
	return r.Done(g.Path(), g.Path(), draftBody(g, nil))
}

func (d *Desk) postIssue(r *web.Request) (web.Answer, error) {
	l, err := web.Do(r, func(in Signing) (Letter, error) { return d.Issue(r.Context(), r.By, r.ID("draft"), r.IfMatch(), in) })
	if err != nil {
		return d.draftAgain(r, err)
	}
	r.Flash("Surat terbit dengan nomor %s.", l.Number)
	return r.Done(l.Path(), l.Path(), bodyOf(l))
}

func (d *Desk) postWithdrawal(r *web.Request) (web.Answer, error) {
	g, err := web.Do(r, func(in struct{}) (Draft, error) { return d.Withdraw(r.Context(), r.By, r.ID("draft"), r.IfMatch()) })
	if err != nil {
		return d.draftAgain(r, err)
	}
	r.Flash("Draf surat ditarik.")
	to := "/letters"
	if g.Case != 0 {
		to = "/cases/" + g.Case.String() + "/letters"
	}
	return r.Done(to, g.Path(), draftBody(g, nil))
}
