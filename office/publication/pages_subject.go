package publication

import (
	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/person"
)

// subjectQuery looks for a person of the registry, or has chosen one.
type subjectQuery struct {
	Q      string `query:"q" maxLength:"80"`
	Person id.ID  `query:"person"`
}

type subjectPage struct {
	Article
	Query    subjectQuery
	Search   bool // the asker may look people up
	Hits     []person.Hit
	Chosen   person.Person
	Consents []page.Option
	Channels []page.Tick
	Givers   []page.Option
	YesNo    []page.Option
	Until    clock.Day
}

var yesNoWords = map[string]text.Word{"yes": "Ya", "no": "Tidak"}

func (d *Desk) subjectPage(r *web.Request, q subjectQuery) func() (any, error) {
	return func() (any, error) {
		s, err := d.Look(r.Context(), r.By, r.ID("article"))
		if err != nil {
			return nil, err
		}
		p := subjectPage{Article: s.Article, Query: q, Search: r.By.May(who.SeePerson), Givers: page.WordOptions(r.Lang, giverWords, "self", "parent", "guardian"),
			YesNo: page.WordOptions(r.Lang, yesNoWords, "yes", "no"), Until: s.Today.AddMonths(12)}
		p.Channels = r.Ticks("channels", page.WordOptions(r.Lang, channelWords, Channels...), "site")
		if p.Search && q.Q != "" {
			if p.Hits, _, err = d.persons.Search(r.Context(), r.By, person.Query{Q: q.Q, Limit: 8}); err != nil {
				return nil, err
			}
		}
		if p.Search && q.Person != 0 {
			var all []person.Consent
			if p.Chosen, all, err = d.persons.ConsentsOf(r.Context(), r.By, q.Person); err != nil {
				return nil, err
			}
			for _, c := range all {
				if c.Purpose == Purpose && c.Holds(s.Today) {
					p.Consents = append(p.Consents, page.Option{Value: c.ID.String(), Name: text.T(r.Lang, "Diberikan %s", text.Day(r.Lang, c.GivenOn)), Hint: text.T(r.Lang, string(giverWords[c.GivenBy]))})
				}
			}
		}
		return p, nil
	}
}

func (d *Desk) getNewSubject(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.WriteNews) {
		return nil, fail.Denied
	}
	var q subjectQuery
	if err := r.Filter(&q); err != nil {
		return nil, err
	}
	return r.Page("publication/subject_new.html", d.subjectPage(r, q))
}

func (d *Desk) postSubject(r *web.Request) (web.Answer, error) {
	code := ""
	s, err := web.Do(r, func(in NewSubject) (s Subject, err error) {
		s, code, err = d.AddSubject(r.Context(), r.By, r.ID("article"), in)
		return s, err
	})
	if err != nil {
		var q subjectQuery
		if typed := r.Form(); typed != nil {
			q.Person, _ = id.Parse(typed.Get("person_id"))
		}
		return r.Again("publication/subject_new.html", d.subjectPage(r, q), err)
	}
	r.Flash("Orang ini tercatat. Berikan kode penarikan ini kepadanya, karena hanya ditampilkan sekali: %s. Ia dapat menarik persetujuan kapan saja di /persetujuan.", code)
	b := subjectBody(s)
	b.Code = code
	at := "/news/" + s.Article.String()
	return r.Done(at, at, b)
}

// subjectArticle is the page of the article in which a person stands.
func (d *Desk) subjectArticle(r *web.Request) func() (any, error) {
	return func() (any, error) {
		s, err := d.SubjectOf(r.Context(), r.By, r.ID("newssubject"))
		if err != nil {
			return nil, err
		}
		return d.articleSheet(r, s.Article, s.ID.String())
	}
}

func (d *Desk) postRemoval(r *web.Request) (web.Answer, error) {
	s, err := web.Do(r, func(struct{}) (Subject, error) { return d.RemoveSubject(r.Context(), r.By, r.ID("newssubject")) })
	if err != nil {
		return r.Again("publication/article.html", d.subjectArticle(r), err)
	}
	r.Flash("Orang ini dihapus dari artikel.")
	at := "/news/" + s.Article.String()
	return r.Done(at, at, subjectBody(s))
}

func (d *Desk) postSubjectEnd(r *web.Request) (web.Answer, error) {
	s, err := web.Do(r, func(in Reason) (Subject, error) { return d.WithdrawSubject(r.Context(), r.By, r.ID("newssubject"), in) })
	if err != nil {
		return r.Again("publication/article.html", d.subjectArticle(r), err)
	}
	r.Flash("Persetujuan ditarik. Artikelnya tidak tayang lagi.")
	at := "/news/" + s.Article.String()
	return r.Done(at, at, subjectBody(s))
}

func (d *Desk) contactPage(r *web.Request) func() (any, error) {
	return func() (any, error) { return d.Contact(r.Context()), nil }
}

func (d *Desk) getContact(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.PublishNews) {
		return nil, fail.Denied
	}
	return r.Page("publication/contact.html", d.contactPage(r))
}

func (d *Desk) postContact(r *web.Request) (web.Answer, error) {
	in, err := web.Do(r, func(in NewContact) (NewContact, error) { return in, d.SetContact(r.Context(), r.By, in) })
	if err != nil {
		return r.Again("publication/contact.html", d.contactPage(r), err)
	}
	r.Flash("Telepon dan jam layanan disimpan.")
	return r.Done("/news", "/news", in)
}
