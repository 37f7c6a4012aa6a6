package coordination

import (
	"embed"
	"time"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var english []byte

var _ = text.Load(english)

const (
	choiceAlone = "a choice alone"
	byAgency    = "an agency has no account to keep a draft under"
)

// Routes are the desk's addresses.
func (d *Desk) Routes() []web.Route {
	all := []web.Route{
		web.GET("/agencies", d.getAgencies).Says("agencies", "The directory of agencies, with the median time of their answers").Query(Directory{}).Lists(AgencyBody{}),
		web.GET("/agencies/new", d.getNewAgency).Page(),
		web.POST("/agencies", d.postAgency).Drafts("Lembaga baru", who.ManageAgency).Says("agencies", "Add an agency").Takes(NewAgency{}).Gives(AgencyBody{}),
		web.GET("/agencies/{agency}", d.getAgency).Says("agencies", "One agency").Gives(AgencyBody{}),
		web.PATCH("/agencies/{agency}", d.patchAgency).Says("agencies", "Change an agency").Takes(NewAgency{}).Gives(AgencyBody{}),
		web.POST("/agencies/{agency}/details", d.postAgencyDetails).Drafts("Data lembaga", who.ManageAgency).Page().Takes(NewAgency{}),
		web.POST("/agencies/{agency}/retirement", d.postAgencyRetirement).Drafts("Lembaga tidak dipakai lagi|draf", who.ManageAgency).Says("agencies", "Take an agency out of use; one that owes open referrals stays").Takes(Retirement{}).Gives(AgencyBody{}),
		web.POST("/agencies/{agency}/link", d.postLink).Says("agencies", "Send the agency a new link to its inbox").Takes(struct{}{}).Gives(AgencyBody{}),
		web.POST("/agencies/{agency}/link/revocation", d.postLinkRevocation).Says("agencies", "Revoke every link of an agency").Takes(struct{}{}).Gives(AgencyBody{}),
		web.GET("/agencies/{agency}/services", d.getServices).API().Says("agencies", "What an agency offers").Lists(AgencyServiceBody{}),
		web.POST("/agencies/{agency}/services", d.postService).Drafts("Layanan lembaga", who.ManageAgency).Says("agencies", "Add a service").Takes(NewAgencyService{}).Gives(AgencyServiceBody{}),
		web.GET("/agency-services/{agencyservice}", d.getService).Says("agencies", "One service").Gives(AgencyServiceBody{}),
		web.POST("/agency-services/{agencyservice}", d.postServiceDetails).Drafts("Layanan lembaga", who.ManageAgency).Says("agencies", "Write a service anew").Takes(NewAgencyService{}).Gives(AgencyServiceBody{}),
		web.POST("/agency-services/{agencyservice}/assurance", d.postAssurance).Drafts("Pemastian layanan", who.ManageAgency).Says("agencies", "Say that a service is still as written, and how much is free").Takes(Assurance{}).Gives(AgencyServiceBody{}),
		web.POST("/agency-services/{agencyservice}/retirement", d.postServiceRetirement).Says("agencies", "Take a service out of use").Takes(struct{}{}).Gives(AgencyServiceBody{}),
	}
	return append(append(all, d.routesReferrals()...), d.routesInbox()...)
}

var (
	_ = page.Lookup("referralstate", func(l text.Lang, key string) string { return text.T(l, string(stateWords[key])) })
	_ = page.Lookup("referralcolour", func(_ text.Lang, key string) string { return stateKinds[key] })
	_ = page.Lookup("referralicon", func(_ text.Lang, key string) string { return page.Chip{Kind: stateKinds[key]}.Icon() })
	_ = page.Lookup("escalation", func(l text.Lang, key string) string { return text.T(l, key) })
	_ = page.Lookup("agencykind", lawName(func(r law.ReferralRules) []law.Named { return r.AgencyKinds }))
	_ = page.Lookup("needname", lawName(categories))
	_ = page.Lookup("sharedname", lawName(fieldNames))
	_ = page.Lookup("basisname", lawName(func(r law.ReferralRules) []law.Named { return r.Bases }))
	_ = page.Lookup("refusalname", lawName(func(r law.ReferralRules) []law.Named { return r.Refusals }))
	_ = page.Lookup("resultname", lawName(func(r law.ReferralRules) []law.Named { return r.Results }))
)

func lawName(of func(law.ReferralRules) []law.Named) func(text.Lang, string) string {
	return func(l text.Lang, key string) string {
		n, _ := law.Find(of(law.Referral.Latest()), key)
		return n.In(string(l))
	}
}

// CategoryWord is the name of a kind of service.
func CategoryWord(key string) law.Named {
	n, _ := law.Find(categories(law.Referral.Latest()), key)
	return n
}

func categories(r law.ReferralRules) (all []law.Named) {
	for _, c := range r.Categories {
		all = append(all, c.Named)
	}
	return all
}

func fieldNames(r law.ReferralRules) (all []law.Named) {
	for _, f := range r.Fields {
		all = append(all, f.Named)
	}
	return all
}

func regionOptions(chosen []string) []page.Option {
	var all []page.Option
	for _, r := range law.Regions.Latest() {
		all = append(all, page.Option{Value: r.Code, Name: r.Name})
	}
	return all
}

// directoryPage is the list of agencies.
type directoryPage struct {
	Agencies []Agency
	Pace     map[id.ID]Pace
	Next     string
	Kind     string
	Kinds    []page.Option
}

func (d *Desk) getAgencies(r *web.Request) (web.Answer, error) {
	var f Directory
	if err := r.Filter(&f); err != nil {
		return nil, err
	}
	if f.Limit == 0 {
		f.Limit = 50
	}
	shown := f.Limit
	f.Limit++
	all, pace, err := d.Agencies(r.Context(), r.By, f)
	if err != nil {
		return nil, err
	}
	next := ""
	if int64(len(all)) > shown {
		all = all[:shown]
		next = all[shown-1].ID.String()
	}
	if r.API() {
		return r.List(web.Bodies(all, func(a Agency) AgencyBody { return agencyBody(a, pace[a.ID]) }), next)
	}
	return r.Page("coordination/agencies.html", directoryPage{all, pace, next, f.Kind, casework.Options(r, law.Referral.On(r.Today()).AgencyKinds)})
}

func (d *Desk) agencyForm(r *web.Request, a Agency) map[string]any {
	return map[string]any{"A": a, "Kinds": casework.Options(r, law.Referral.On(r.Today()).AgencyKinds), "Regions": regionOptions(a.Districts), "Chosen": chosenOf(a.Districts)}
}

func chosenOf(keys []string) map[string]bool {
	m := map[string]bool{}
	for _, k := range keys {
		m[k] = true
	}
	return m
}

func (d *Desk) getNewAgency(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.ManageAgency) {
		return r.Go("/agencies")
	}
	return r.Page("coordination/new-agency.html", d.agencyForm(r, Agency{}))
}

func (d *Desk) postAgency(r *web.Request) (web.Answer, error) {
	var in NewAgency
	err := r.Read(&in)
	var a Agency
	if err == nil {
		a, err = d.AddAgency(r.Context(), r.By, in)
	}
	if err != nil {
		return r.Again("coordination/new-agency.html", d.agencyForm(r, Agency{Districts: in.Districts}), err)
	}
	r.Flash("Lembaga tersimpan. Tambahkan layanannya.")
	return r.Done(a.Path(), a.Path(), agencyBody(a, Pace{}))
}

// agencyPage is one agency with everything about it.
func (d *Desk) agencyPage(r *web.Request, agency id.ID) func() (any, error) {
	return func() (any, error) {
		a, services, pace, err := d.Agency(r.Context(), r.By, agency)
		if err != nil {
			return nil, err
		}
		p := d.agencyForm(r, a)
		p["Services"], p["Pace"], p["Categories"], p["PPKS"] = services, pace, casework.Options(r, categories(law.Referral.On(r.Today()))), kindOptions(r)
		if r.By.May(who.ManageAgency) {
			l, err := d.LinkOf(r.Context(), r.By, agency)
			if err != nil {
				return nil, err
			}
			p["Link"], p["LinkState"] = l, l.State(r.Latest())
		}
		return p, nil
	}
}

func kindOptions(r *web.Request) (all []page.Option) {
	for _, k := range law.Kinds.Latest() {
		all = append(all, page.Option{Value: k.Key, Name: k.In(string(r.Lang))})
	}
	return all
}

func (d *Desk) getAgency(r *web.Request) (web.Answer, error) {
	return r.Show("coordination/agency.html", d.agencyPage(r, r.ID("agency")), func() (any, error) {
		a, _, pace, err := d.Agency(r.Context(), r.By, r.ID("agency"))
		return agencyBody(a, pace), err
	})
}

func (d *Desk) agencyDone(r *web.Request, a Agency, err error, said string) (web.Answer, error) {
	if err != nil {
		return r.Again("coordination/agency.html", d.agencyPage(r, r.ID("agency")), err)
	}
	r.Flash(said)
	return r.Done(a.Path(), a.Path(), agencyBody(a, Pace{}))
}

func (d *Desk) postAgencyDetails(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in NewAgency) (Agency, error) {
		return d.ChangeAgency(r.Context(), r.By, r.ID("agency"), r.IfMatch(), in)
	})
	return d.agencyDone(r, a, err, "Data lembaga tersimpan.")
}

func (d *Desk) patchAgency(r *web.Request) (web.Answer, error) {
	a, _, _, err := d.Agency(r.Context(), r.By, r.ID("agency"))
	if err != nil {
		return nil, err
	}
	in := NewAgency{Kind: a.Kind, Name: a.Name, Email: a.Email, Phone: a.Phone, Contact: a.Contact, Centre: a.Centre, Districts: a.Districts, Note: a.Note}
	if err := r.Read(&in); err != nil {
		return nil, err
	}
	if a, err = d.ChangeAgency(r.Context(), r.By, a.ID, r.IfMatch(), in); err != nil {
		return nil, err
	}
	return r.JSON(agencyBody(a, Pace{}))
}

func (d *Desk) postAgencyRetirement(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in Retirement) (Agency, error) {
		return d.RetireAgency(r.Context(), r.By, r.ID("agency"), r.IfMatch(), in)
	})
	return d.agencyDone(r, a, err, "Lembaga tidak dipakai lagi.")
}

func (d *Desk) postLink(r *web.Request) (web.Answer, error) {
	err := d.RenewLink(r.Context(), r.By, r.ID("agency"), r.Site())
	return d.linkDone(r, err, "Tautan baru dikirim ke alamat surel terdaftar.")
}

func (d *Desk) postLinkRevocation(r *web.Request) (web.Answer, error) {
	return d.linkDone(r, d.RevokeLink(r.Context(), r.By, r.ID("agency")), "Semua tautan lembaga ini dicabut.")
}

func (d *Desk) linkDone(r *web.Request, err error, said string) (web.Answer, error) {
	var a Agency
	if err == nil {
		a, _, _, err = d.Agency(r.Context(), r.By, r.ID("agency"))
	}
	return d.agencyDone(r, a, err, said)
}

func (d *Desk) getServices(r *web.Request) (web.Answer, error) {
	_, all, _, err := d.Agency(r.Context(), r.By, r.ID("agency"))
	if err != nil {
		return nil, err
	}
	return r.Whole(web.Bodies(all, serviceBody))
}

func (d *Desk) postService(r *web.Request) (web.Answer, error) {
	s, err := web.Do(r, func(in NewAgencyService) (Service, error) { return d.AddService(r.Context(), r.By, r.ID("agency"), in) })
	if err != nil {
		return r.Again("coordination/agency.html", d.agencyPage(r, r.ID("agency")), err)
	}
	r.Flash("Layanan tersimpan.")
	return r.Done("/agencies/"+s.Agency.String(), "/agency-services/"+s.ID.String(), serviceBody(s))
}

func (d *Desk) servicePage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		s, err := d.Service(r.Context(), r.By, r.ID("agencyservice"))
		if err != nil {
			return nil, err
		}
		return map[string]any{"S": s, "Categories": casework.Options(r, categories(law.Referral.On(r.Today()))), "PPKS": kindOptions(r), "Regions": regionOptions(s.Districts),
			"Chosen": chosenOf(s.Districts), "ForKinds": chosenOf(s.Kinds), "Assured": s.Assured(r.Today())}, nil
	}
}

func (d *Desk) getService(r *web.Request) (web.Answer, error) {
	return r.Show("coordination/service.html", d.servicePage(r), func() (any, error) {
		s, err := d.Service(r.Context(), r.By, r.ID("agencyservice"))
		return serviceBody(s), err
	})
}

func (d *Desk) serviceDone(r *web.Request, s Service, err error, said string) (web.Answer, error) {
	if err != nil {
		return r.Again("coordination/service.html", d.servicePage(r), err)
	}
	r.Flash(said)
	return r.Done("/agencies/"+s.Agency.String(), "/agency-services/"+s.ID.String(), serviceBody(s))
}

func (d *Desk) postServiceDetails(r *web.Request) (web.Answer, error) {
	s, err := web.Do(r, func(in NewAgencyService) (Service, error) {
		return d.ChangeService(r.Context(), r.By, r.ID("agencyservice"), r.IfMatch(), in)
	})
	return d.serviceDone(r, s, err, "Layanan tersimpan.")
}

func (d *Desk) postAssurance(r *web.Request) (web.Answer, error) {
	s, err := web.Do(r, func(in Assurance) (Service, error) {
		return d.AssureService(r.Context(), r.By, r.ID("agencyservice"), r.IfMatch(), in)
	})
	return d.serviceDone(r, s, err, "Layanan dipastikan.")
}

func (d *Desk) postServiceRetirement(r *web.Request) (web.Answer, error) {
	s, err := d.RetireService(r.Context(), r.By, r.ID("agencyservice"), r.IfMatch())
	return d.serviceDone(r, s, err, "Layanan tidak dipakai lagi.")
}

// soon is the window in which anybody without an account may try a link or a code.
const soon = 15 * time.Minute
