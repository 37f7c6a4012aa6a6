package casework

import (
	"net/url"
	"slices"
	"strconv"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/residence"
)

func (d *Desk) routesLater() []web.Route {
	return []web.Route{
		web.GET("/cases/{case}/services", d.getServices).Openable().Says("services", "Services given").Query(web.Part{}).Lists(ServiceBody{}),
		web.POST("/cases/{case}/services", d.postService).Drafts("Layanan|draf", who.GiveService).Says("services", "Record a service").Takes(Given{}).Gives(ServiceBody{}),
		web.GET("/services/{service}", d.getService).Openable().API().Says("services", "One service").Gives(ServiceBody{}),
		web.DELETE("/services/{service}", d.deleteService).Says("services", "Withdraw a service recorded by mistake"),
		web.GET("/cases/{case}/stays", d.getStays).Openable().API().Says("stays", "Stays of a case").Lists(residence.Body{}),
		web.POST("/cases/{case}/stays", d.postStay).Drafts("Penempatan", who.PlaceStay).Says("stays", "Reserve a bed, or begin the stay").Takes(NewStay{}).Gives(residence.Body{}),
		web.GET("/cases/{case}/stays/new", d.getNewStay).Page(),
		web.GET("/cases/{case}/resocialisation", d.getResocialisation).Openable().Page(),
		web.POST("/cases/{case}/resocialisation", d.postResocialisation).Drafts("Resosialisasi|draf", who.WorkCase).Says("cases", "Answer the resocialisation list and end goals").Takes(Resocialising{}).Gives(Body{}),
		web.GET("/cases/{case}/termination", d.getTermination).Openable().Says("cases", "How the stay in care ended").Gives(EndingBody{}),
		web.POST("/cases/{case}/termination", d.postTermination).Drafts("Terminasi|draf", who.WorkCase, who.WaiveRule).Says("cases", "End the stay in care").Takes(Ending{}).Gives(EndingBody{}),
		web.GET("/cases/{case}/contacts", d.getContacts).Openable().Says("aftercare", "Contacts of aftercare").Lists(ContactBody{}),
		web.POST("/cases/{case}/contacts", d.postContact).Says("aftercare", "Record a contact, planned or extra").Takes(Visit{}).Gives(ContactBody{}).NoDrafts("no page has this form"),
		web.GET("/contacts/{contact}", d.getContact).Openable().Says("aftercare", "One contact").Gives(ContactBody{}),
		web.PATCH("/contacts/{contact}", d.patchContact).Says("aftercare", "Record a contact or move its due day").Takes(Visit{}).Gives(ContactBody{}),
		web.POST("/contacts/{contact}", d.postVisit).Page().Takes(Visit{}).Drafts("Kunjungan bimbingan lanjut", who.WorkCase),
		web.GET("/aftercare", d.getAftercare).Page(),
		web.GET("/cases/{case}/closure", d.getClosure).Page(),
		web.POST("/cases/{case}/closure", d.postClosure).Drafts("Penutupan kasus", who.WorkCase, who.WaiveRule).Says("cases", "End the whole case").Takes(Closing{}).Gives(Body{}),
		web.GET("/cases/{case}/independence", d.getIndependence).Openable().Page(),
	}
}

// Options makes the choices of a list in the request's language.
func Options(r *web.Request, list []law.Named) []page.Option {
	out := make([]page.Option, len(list))
	for i, n := range list {
		out[i] = page.Option{Value: n.Key, Name: n.In(string(r.Lang))}
	}
	return out
}

func (d *Desk) getService(r *web.Request) (web.Answer, error) {
	s, err := d.Service(r.Context(), r.By, r.ID("service"))
	if err != nil {
		return nil, err
	}
	return r.JSON(serviceBody(s))
}

func (d *Desk) getServices(r *web.Request) (web.Answer, error) {
	var f File
	all, next, err := web.PartOf(r, 50, func(p web.Part) (all []Service, err error) {
		all, f, err = d.Services(r.Context(), r.By, r.ID("case"), p.After, p.Limit)
		return all, err
	}, func(v Service) id.ID { return v.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, serviceBody), next)
	}
	return r.Page("casework/services.html", servicePage(r, f, all, next))
}

func servicePage(r *web.Request, f File, all []Service, next string) map[string]any {
	var items []page.Option
	for _, i := range f.Offered() {
		name := i.In(string(r.Lang))
		if i.Advanced {
			name = r.Say("Lanjut: %s", name)
		}
		items = append(items, page.Option{Value: i.Key, Name: name})
	}
	return map[string]any{"File": f, "Services": all, "Next": next, "Items": items, "Atensi": Options(r, law.Atensi.Latest()), "Today": r.Today()}
}

func (d *Desk) postService(r *web.Request) (web.Answer, error) {
	s, err := web.Do(r, func(g Given) (Service, error) { return d.Give(r.Context(), r.By, r.ID("case"), g) })
	path := "/cases/" + r.ID("case").String() + "/services"
	if err != nil {
		return r.Again("casework/services.html", func() (any, error) {
			all, f, failed := d.Services(r.Context(), r.By, r.ID("case"), 0, 20)
			return servicePage(r, f, all, ""), failed
		}, err)
	}
	r.Flash("Layanan tercatat.")
	b := serviceBody(s)
	if s.Warning.Text != "" {
		b.Warning = r.Say(s.Warning.Text, s.Warning.Args...)
	}
	return r.Done(path, "/services/"+s.ID.String(), b)
}

func (d *Desk) deleteService(r *web.Request) (web.Answer, error) {
	c, err := d.Withdraw(r.Context(), r.By, r.ID("service"), r.IfMatch())
	if err != nil {
		return nil, err
	}
	return r.Gone("/cases/" + c.String() + "/services")
}

func (d *Desk) getStays(r *web.Request) (web.Answer, error) {
	f, err := d.Look(r.Context(), r.By, r.ID("case"))
	if err != nil {
		return nil, err
	}
	bodies := []residence.Body{}
	for _, s := range f.Stays {
		bodies = append(bodies, residence.BodyOf(s))
	}
	return r.Whole(bodies)
}

func (d *Desk) getNewStay(r *web.Request) (web.Answer, error) {
	return r.Page("casework/stay.html", func() (any, error) { return d.stayPage(r) })
}

func (d *Desk) stayPage(r *web.Request) (any, error) {
	f, beds, err := d.FreeBeds(r.Context(), r.By, r.ID("case"))
	var free []page.Option
	for _, b := range beds {
		free = append(free, page.Option{Value: b.ID.String(), Name: b.Ward + " · " + b.Room + " · " + b.Label})
	}
	return map[string]any{"File": f, "Beds": free, "Today": r.Today()}, err
}

func (d *Desk) postStay(r *web.Request) (web.Answer, error) {
	s, err := web.Do(r, func(in NewStay) (residence.Stay, error) { return d.House(r.Context(), r.By, r.ID("case"), in) })
	if err != nil {
		return r.Again("casework/stay.html", func() (any, error) { return d.stayPage(r) }, err)
	}
	r.Flash("Tempat tidur %s tercatat.", s.BedLabel)
	return r.Done("/cases/"+s.Case.String(), "/stays/"+s.ID.String(), residence.BodyOf(s))
}

// Resocialising is what the page of the fifth stage sends.
type Resocialising struct {
	Checks []Check   `json:"checks,omitempty"`
	Goals  []GoalEnd `json:"goals,omitempty"`
}

func (d *Desk) resocialisationPage(r *web.Request) (any, error) {
	f, err := d.Look(r.Context(), r.By, r.ID("case"))
	return map[string]any{"File": f, "Names": law.Standard.On(r.Today()).Checklist,
		"States": []page.Option{{Value: "done", Name: r.Say("Selesai")}, {Value: "not_needed", Name: r.Say("Tidak diperlukan")}, {Value: "open", Name: r.Say("Belum")}},
		"Ends":   []page.Option{{Value: "done", Name: r.Say("Tercapai")}, {Value: "continued", Name: r.Say("Lanjut di rumah")}, {Value: "cancelled", Name: r.Say("Batal")}}}, err
}

func (d *Desk) getResocialisation(r *web.Request) (web.Answer, error) {
	return r.Page("casework/resocialisation.html", func() (any, error) { return d.resocialisationPage(r) })
}

func (d *Desk) postResocialisation(r *web.Request) (web.Answer, error) {
	f, err := web.Do(r, func(in Resocialising) (File, error) { return d.Resocialise(r.Context(), r.By, r.ID("case"), in) })
	if err != nil {
		return r.Again("casework/resocialisation.html", func() (any, error) { return d.resocialisationPage(r) }, err)
	}
	r.Flash("Daftar tersimpan.")
	return r.Done(f.Path(), f.Path(), BodyOf(f.Case))
}

func (d *Desk) endingPage(r *web.Request) (any, error) {
	f, group, err := d.withFamily(r.Context(), r.By, r.ID("case"))
	lists := law.Standard.On(r.Today())
	lists.ExitReasons = slices.DeleteFunc(slices.Clone(lists.ExitReasons), func(n law.Named) bool { return n.Key == Transferred })
	var visits []clock.Day
	for _, m := range lists.AftercareMonths {
		visits = append(visits, r.Today().AddMonths(m))
	}
	return map[string]any{"File": f, "Step": NextStep(f), "Reasons": Options(r, lists.ExitReasons), "Destinations": Options(r, lists.Destinations),
		"Outcomes": Options(r, lists.Outcomes), "Skills": Options(r, lists.Skills), "Tools": Options(r, lists.Tools), "Visits": visits, "Today": r.Today(), "Family": len(group) > 1}, err
}

func (d *Desk) getTermination(r *web.Request) (web.Answer, error) {
	return r.Show("casework/termination.html", func() (any, error) { return d.endingPage(r) }, func() (any, error) {
		f, err := d.Look(r.Context(), r.By, r.ID("case"))
		if err == nil && f.Ended == nil {
			err = fail.NotFound
		}
		if err != nil {
			return nil, err
		}
		return EndingBody{f.ID, f.Version, *f.Ended}, nil
	})
}

func (d *Desk) postTermination(r *web.Request) (web.Answer, error) {
	f, err := web.Do(r, func(e Ending) (File, error) { return d.Terminate(r.Context(), r.By, r.ID("case"), r.IfMatch(), e) })
	if err != nil {
		return r.Again("casework/termination.html", func() (any, error) { return d.endingPage(r) }, err)
	}
	r.Flash("Layanan panti selesai. Kunjungan bimbingan lanjut dijadwalkan.")
	return r.Done(f.Path(), f.Path()+"/termination", EndingBody{f.ID, f.Version, *f.Ended})
}

func (d *Desk) getContacts(r *web.Request) (web.Answer, error) {
	f, err := d.Look(r.Context(), r.By, r.ID("case"))
	if err != nil {
		return nil, err
	}
	if r.API() {
		bodies := []ContactBody{}
		for _, c := range f.Contacts {
			bodies = append(bodies, contactBody(c))
		}
		return r.Whole(bodies)
	}
	return r.Page("casework/contacts.html", map[string]any{"File": f, "Today": r.Today()})
}

func (d *Desk) postContact(r *web.Request) (web.Answer, error) {
	var v Visit
	if err := r.Read(&v); err != nil {
		return nil, err
	}
	c, err := d.Visit(r.Context(), r.By, r.ID("case"), 0, 0, v)
	if err != nil {
		return nil, err
	}
	path := "/contacts/" + c.ID.String()
	return r.Done("/cases/"+c.Case.String()+"/contacts", path, contactBody(c))
}

func (d *Desk) visitPage(r *web.Request) (any, error) {
	c, f, err := d.Contact(r.Context(), r.By, r.ID("contact"))
	lists := law.Standard.On(r.Today())
	var levels []page.Option
	if form, ok := law.InstrumentOf(Independence, ""); ok {
		for _, o := range form.Sections[0].Questions[0].Options[:5] {
			levels = append(levels, page.Option{Value: o.Key, Name: o.Key + " " + o.In(string(r.Lang))})
		}
	}
	ask := askHousehold(r, c.Household)
	if last, on, ok := f.Last(c); ok {
		ask.Last, ask.LastOn = last.In(string(r.Lang)), on
	}
	return map[string]any{"Contact": c, "File": f, "Ask": ask, "Today": r.Today(), "Levels": levels, "Methods": Options(r, lists.Methods), "Works": Options(r, lists.Works),
		"Incomes": Options(r, lists.IncomeBands), "YesNo": []page.Option{{Value: "true", Name: r.Say("Bertemu")}, {Value: "false", Name: r.Say("Tidak bertemu")}}}, err
}

func (d *Desk) getContact(r *web.Request) (web.Answer, error) {
	return r.Show("casework/visit.html", func() (any, error) { return d.visitPage(r) }, func() (any, error) {
		c, _, err := d.Contact(r.Context(), r.By, r.ID("contact"))
		return contactBody(c), err
	})
}

func (d *Desk) patchContact(r *web.Request) (web.Answer, error) {
	c, err := d.visited(r)
	if err != nil {
		return nil, err
	}
	return r.Changed("/cases/"+c.Case.String(), contactBody(c))
}

func (d *Desk) postVisit(r *web.Request) (web.Answer, error) {
	c, err := d.visited(r)
	if err != nil {
		return r.Again("casework/visit.html", func() (any, error) { return d.visitPage(r) }, err)
	}
	r.Flash("Kunjungan tercatat.")
	return r.Go("/cases/" + c.Case.String())
}

func (d *Desk) visited(r *web.Request) (Contact, error) {
	var v Visit
	if err := r.Read(&v); err != nil {
		return Contact{}, err
	}
	c, _, err := d.Contact(r.Context(), r.By, r.ID("contact"))
	if err != nil {
		return c, err
	}
	return d.Visit(r.Context(), r.By, c.Case, c.ID, r.IfMatch(), v)
}

func (d *Desk) getAftercare(r *web.Request) (web.Answer, error) {
	var f DueFilter
	if err := r.Filter(&f); err != nil {
		return nil, err
	}
	p, err := d.Due(r.Context(), r.By, f)
	if err != nil {
		return nil, err
	}
	next := ""
	if p.More {
		last := p.Lines[len(p.Lines)-1]
		q := url.Values{"from": {string(last.DueOn)}, "after": {last.ID.String()}}
		for key, v := range map[string]string{"whose": f.Whose, "worker": f.Worker, "centre_id": f.Centre.String(), "days": strconv.FormatInt(f.Days, 10)} {
			if v != "" && v != "0" {
				q.Set(key, v)
			}
		}
		next = "/aftercare?" + q.Encode()
	}
	days := f.Days
	if days == 0 {
		days = 30
	}
	return r.Page("casework/aftercare.html", map[string]any{"Lines": p.Lines, "Whose": f.Whose, "Today": r.Today(), "Days": days, "Next": next, "Withheld": p.Withheld,
		"Narrow": f.Worker != "" || f.Centre != 0 || f.Days != 0})
}

func (d *Desk) closurePage(r *web.Request) (any, error) {
	f, err := d.Look(r.Context(), r.By, r.ID("case"))
	results := []page.Option{{Value: "settled", Name: r.Say("Tuntas: mandiri")}, {Value: "lost", Name: r.Say("Tidak lagi terjangkau")},
		{Value: "deceased", Name: r.Say("Meninggal dunia")}, {Value: "transferred", Name: r.Say("Dipindahkan")}, {Value: "returned", Name: r.Say("Kembali ke layanan")}}
	return map[string]any{"File": f, "Step": NextStep(f), "Results": results, "Today": r.Today()}, err
}

func (d *Desk) getClosure(r *web.Request) (web.Answer, error) {
	return r.Page("casework/closure.html", func() (any, error) { return d.closurePage(r) })
}

func (d *Desk) postClosure(r *web.Request) (web.Answer, error) {
	f, err := web.Do(r, func(c Closing) (File, error) { return d.Close(r.Context(), r.By, r.ID("case"), r.IfMatch(), c) })
	if err != nil {
		return r.Again("casework/closure.html", func() (any, error) { return d.closurePage(r) }, err)
	}
	r.Flash("Kasus ditutup.")
	return r.Done(f.Path(), f.Path(), BodyOf(f.Case))
}

func (d *Desk) getIndependence(r *web.Request) (web.Answer, error) {
	f, err := d.Look(r.Context(), r.By, r.ID("case"))
	if err != nil {
		return nil, err
	}
	return r.Page("casework/independence.html", map[string]any{"File": f, "Domains": f.Domains(r.Lang), "Words": changeWords(f, r.Lang)})
}

// changeWords says in words what changed since admission.
func changeWords(f File, lang text.Lang) []string {
	var out []string
	for _, s := range f.ChangeSays(lang) {
		out = append(out, text.Say(lang, s))
	}
	return out
}
