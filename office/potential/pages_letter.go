package potential

import (
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
)

func (d *Desk) routesLetter() []web.Route {
	const group = "potentials"
	at := "/help-letters/{helpletter}"
	return []web.Route{
		web.GET("/help-letters", d.getLetters).Says(group, "What people without an account offer: those that wait, the oldest first; decided ones, the newest first").Query(LetterListing{}).Lists(LetterBody{}),
		web.GET(at, d.getLetter).Says(group, "One letter").Gives(LetterBody{}),
		web.POST(at+"/acceptance", d.postAcceptance).Drafts("Pemeriksaan tawaran|draf", who.WritePotential).Says(group, "Make a letter a potential with an offer").Takes(Verified{}).Gives(LetterBody{}),
		web.POST(at+"/refusal", d.postRefusal).NoDrafts("one sentence").Says(group, "Send a letter away; name and contact are erased after some days").Takes(Closing{}).Gives(LetterBody{}),
	}
}

// LetterListing chooses letters.
type LetterListing struct {
	web.Part
	Show string `query:"show" enum:"waiting,past"`
}

type lettersPage struct {
	All     []Letter
	Waiting int64
	Next    string
	F       LetterListing
}

func (d *Desk) getLetters(r *web.Request) (web.Answer, error) {
	var l LetterListing
	if err := r.Filter(&l); err != nil {
		return nil, err
	}
	p := lettersPage{F: l}
	var err error
	p.All, p.Next, err = web.PageOf(l.Part, 50, func(part web.Part) (all []Letter, err error) {
		all, p.Waiting, err = d.Letters(r.Context(), r.By, l.Show, part.After, part.Limit)
		return all, err
	}, func(one Letter) id.ID { return one.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(p.All, letterBody), p.Next)
	}
	return r.Page("potential/letters.html", p)
}

type letterPage struct {
	Letter
	Sources, Reaches []page.Option
}

func (d *Desk) letterPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		l, err := d.Letter(r.Context(), r.By, r.ID("helpletter"))
		return letterPage{l, sourceOptions(r), page.WordOptions(r.Lang, reachWords, ReachDistrict, ReachNear, ReachProvince)}, err
	}
}

func (d *Desk) getLetter(r *web.Request) (web.Answer, error) {
	return r.Show("potential/letter.html", d.letterPage(r), func() (any, error) {
		l, err := d.Letter(r.Context(), r.By, r.ID("helpletter"))
		return letterBody(l), err
	})
}

func (d *Desk) postAcceptance(r *web.Request) (web.Answer, error) {
	l, err := web.Do(r, func(in Verified) (Letter, error) {
		return d.Accept(r.Context(), r.By, r.ID("helpletter"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("potential/letter.html", d.letterPage(r), err)
	}
	r.Flash("Tawaran diterima dan masuk daftar potensi.")
	return r.Done(Offer{ID: l.Offer}.Path(), l.Path(), letterBody(l))
}

func (d *Desk) postRefusal(r *web.Request) (web.Answer, error) {
	l, err := web.Do(r, func(in Closing) (Letter, error) {
		return d.Decline(r.Context(), r.By, r.ID("helpletter"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("potential/letter.html", d.letterPage(r), err)
	}
	r.Flash("Tawaran tidak dilanjutkan. Nama dan kontaknya dihapus setelah beberapa hari.")
	return r.Done("/help-letters", l.Path(), letterBody(l))
}
