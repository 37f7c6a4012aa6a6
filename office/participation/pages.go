package participation

import (
	"net/url"
	"slices"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/centre"
	"tuntas/office/coordination"
)

// Routes are the desk's addresses: those of the public, and those of staff.
func (d *Desk) Routes() []web.Route {
	const group = "public reports"
	at := "/public-reports/{publicreport}"
	return slices.Concat(d.routesPublic(), d.routesTrack(), d.routesOpen311(), d.routesSP4N(), []web.Route{
		web.GET("/public-reports", d.getReports).Says(group, "Reports of the public that the asker may see: those that wait, the oldest first; closed ones, the newest first").Query(Listing{}).Lists(ReportBody{}),
		web.GET(at, d.getReport).Says(group, "One report with what happened to it").Gives(ReportBody{}),
		web.POST(at+"/verdict", d.postVerdict).Drafts("Pemeriksaan laporan|draf", who.HandleReport).Says(group, "Say whether a report is real, false, known already or not our field").Takes(Verdict{}).Gives(ReportBody{}),
		web.POST(at+"/dispatch", d.postDispatch).Drafts("Penerusan laporan|draf", who.HandleReport).Says(group, "Hand a report to an institution or to an agency").Takes(Dispatching{}).Gives(ReportBody{}),
		web.POST(at+"/visit", d.postVisit).Drafts("Kunjungan laporan|draf", who.HandleReport).Says(group, "Write a visit down").Takes(Visit{}).Gives(ReportBody{}),
		web.POST(at+"/result", d.postResult).Drafts("Hasil laporan|draf", who.HandleReport).Says(group, "Close a report with its result").Takes(Result{}).Gives(ReportBody{}),
		web.POST(at+"/messages", d.postMessage).Drafts("Pesan kepada pelapor|draf", who.HandleReport).Says(group, "Write to the reporter, or a note that staff alone read").Takes(Message{}).Gives(ReportBody{}),
		web.POST(at+"/merger", d.postMerger).NoDrafts("one number").Says(group, "Join a report to another of the same").Takes(Joining{}).Gives(ReportBody{}),
		web.POST(at+"/reference", d.postReference).NoDrafts("one number").Says(group, "Keep the number of SP4N-LAPOR").Takes(Reference{}).Gives(ReportBody{}),
		web.POST(at+"/category", d.postCategory).NoDrafts("one choice").Says(group, "Put a report into another category; abuse seals it").Takes(Sorting{}).Gives(ReportBody{}),
		web.POST(at+"/case", d.postCase).NoDrafts("some choices").Says(group, "Begin a case from a report").Takes(NewCase{}).Gives(ReportBody{}),
		web.GET("/report-photos/{reportphoto}", d.getPhoto).Says(group, "A photo of a report").GivesFile("image/jpeg", "image/png"),
	})
}

// Listing chooses reports.
type Listing struct {
	web.Part
	Show     string `query:"show" enum:"live,late,closed,all"`
	Category string `query:"category" enum:"person,service,abuse,facility,question,other"`
	Region   string `query:"region" maxLength:"5"`
	Number   string `query:"number" maxLength:"20"`
}

func (l Listing) filter() Filter {
	f := Filter{Show: l.Show, Category: l.Category, Region: l.Region, Number: l.Number}
	if l.Number != "" {
		if f.Number = plainNumber(l.Number); f.Number == "" {
			f.Number = l.Number
		}
	}
	return f
}

type reportsPage struct {
	All        []Report
	Next       string
	F          Listing
	N          Counts
	Rest       string // the other filters, for links
	Categories []page.Option
	Regions    []page.Option
}

// Filters counts what narrows the list beside its tab.
func (p reportsPage) Filters() (n int) {
	for _, s := range []string{p.F.Category, p.F.Region, p.F.Number} {
		if s != "" {
			n++
		}
	}
	return n
}

func (d *Desk) getReports(r *web.Request) (web.Answer, error) {
	var l Listing
	if err := r.Filter(&l); err != nil {
		return nil, err
	}
	p := reportsPage{F: l}
	var err error
	p.All, p.Next, err = web.PageOf(l.Part, 50, func(part web.Part) (all []Report, err error) {
		f := l.filter()
		f.After, f.Limit = part.After, part.Limit
		all, p.N, err = d.Reports(r.Context(), r.By, f)
		return all, err
	}, func(one Report) id.ID { return one.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(p.All, bodyOf), p.Next)
	}
	rest := url.Values{}
	for k, v := range map[string]string{"category": l.Category, "region": l.Region} {
		if v != "" {
			rest.Set(k, v)
		}
	}
	if len(rest) > 0 {
		p.Rest = "&" + rest.Encode()
	}
	p.Categories, p.Regions = CategoryOptions(r), regionOptions()
	return r.Page("participation/reports.html", p)
}

// CategoryOptions are the kinds of reports to choose from, as they are today.
func CategoryOptions(r *web.Request) (all []page.Option) {
	for _, c := range law.Reports.On(r.Today()).Categories {
		all = append(all, page.Option{Value: c.Key, Name: c.In(string(r.Lang)), Hint: c.HintIn(string(r.Lang))})
	}
	return all
}

func regionOptions() (all []page.Option) {
	for _, g := range law.Regions.Latest() {
		all = append(all, page.Option{Value: g.Code, Name: g.Name})
	}
	return all
}

type reportPage struct {
	Sheet
	May, Sees          bool // the asker handles reports; sees sealed ones
	MayCase            bool
	Verdicts, Outcomes []page.Option
	Centres, Agencies  []page.Option
	Kinds, Categories  []page.Option
	Line               []Promise
	Province           bool
}

func (d *Desk) reportPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		s, err := d.Look(r.Context(), r.By, r.ID("publicreport"))
		if err != nil {
			return nil, err
		}
		p := reportPage{Sheet: s, May: r.By.May(who.HandleReport), Sees: r.By.May(who.SeeSealed), Province: r.By.Whole().All, Line: promises(s.Report, s.Steps), Categories: CategoryOptions(r)}
		p.MayCase = p.May && r.By.May(who.OpenCase) && s.Case == 0 && s.Live() && s.State != Received
		if !p.May {
			return p, nil
		}
		p.Verdicts = page.WordOptions(r.Lang, verdictWords, "real", "false", "known", "outside")
		p.Outcomes = append(casework.Options(r, law.Reports.On(r.Today()).Outcomes), page.Option{Value: OutcomePassed, Name: outcomeName(r.Lang, OutcomePassed)})
		if p.Province && !s.Sealed && s.May(doDispatch) || p.MayCase {
			if p.Centres, err = centre.New(d.store).Choices(r.Context(), r.By); err != nil {
				return nil, err
			}
		}
		if s.May(doDispatch) {
			if p.Agencies, err = d.agencies(r); err != nil {
				return nil, err
			}
		}
		for _, k := range law.Kinds.Latest() {
			p.Kinds = append(p.Kinds, page.Option{Value: k.Key, Name: k.In(string(r.Lang))})
		}
		return p, nil
	}
}

func (d *Desk) agencies(r *web.Request) (all []page.Option, err error) {
	list, _, err := coordination.New(d.store, false).Agencies(r.Context(), r.By, coordination.Directory{Limit: 200})
	for _, a := range list {
		if a.RetiredOn == "" && a.Centre == 0 {
			all = append(all, page.Option{Value: a.ID.String(), Name: a.Name})
		}
	}
	return all, err
}

func (d *Desk) getReport(r *web.Request) (web.Answer, error) {
	return r.Show("participation/report.html", d.reportPage(r), func() (any, error) {
		s, err := d.Look(r.Context(), r.By, r.ID("publicreport"))
		return sheetBody(s), err
	})
}

// done answers a deed. Where it took the report out of the asker's sight, the list is what is left.
func (d *Desk) done(r *web.Request, one Report, err error, said string) (web.Answer, error) {
	if err != nil {
		return r.Again("participation/report.html", d.reportPage(r), err)
	}
	r.Flash(said)
	to := one.Path()
	if one.Sealed && !r.By.May(who.SeeSealed) || !r.By.Scope.All && !r.By.Scope.Has(one.Centre) {
		to = "/public-reports"
	}
	return r.Done(to, one.Path(), bodyOf(one))
}

func (d *Desk) postVerdict(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in Verdict) (Report, error) {
		return d.Verify(r.Context(), r.By, r.ID("publicreport"), r.IfMatch(), in)
	})
	return d.done(r, one, err, "Pemeriksaan dicatat.")
}

func (d *Desk) postDispatch(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in Dispatching) (Report, error) {
		return d.Dispatch(r.Context(), r.By, r.ID("publicreport"), r.IfMatch(), in)
	})
	return d.done(r, one, err, "Laporan diteruskan.")
}

func (d *Desk) postVisit(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in Visit) (Report, error) {
		return d.RecordVisit(r.Context(), r.By, r.ID("publicreport"), r.IfMatch(), in)
	})
	return d.done(r, one, err, "Kunjungan dicatat.")
}

func (d *Desk) postResult(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in Result) (Report, error) {
		return d.Finish(r.Context(), r.By, r.ID("publicreport"), r.IfMatch(), in)
	})
	return d.done(r, one, err, "Laporan ditutup dengan hasilnya.")
}

func (d *Desk) postMessage(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in Message) (Report, error) { return d.Tell(r.Context(), r.By, r.ID("publicreport"), in) })
	return d.done(r, one, err, "Pesan dicatat.")
}

func (d *Desk) postMerger(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in Joining) (Report, error) {
		return d.Merge(r.Context(), r.By, r.ID("publicreport"), r.IfMatch(), in)
	})
	return d.done(r, one, err, "Laporan digabung.")
}

func (d *Desk) postReference(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in Reference) (Report, error) {
		return d.Refer(r.Context(), r.By, r.ID("publicreport"), r.IfMatch(), in)
	})
	return d.done(r, one, err, "Nomor SP4N-LAPOR dicatat.")
}

func (d *Desk) postCategory(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in Sorting) (Report, error) {
		return d.Sort(r.Context(), r.By, r.ID("publicreport"), r.IfMatch(), in)
	})
	return d.done(r, one, err, "Jenis laporan diubah.")
}

func (d *Desk) postCase(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in NewCase) (Report, error) {
		return d.BeginCase(r.Context(), r.By, r.ID("publicreport"), r.IfMatch(), in)
	})
	return d.done(r, one, err, "Kasus dimulai dari laporan ini.")
}

func (d *Desk) getPhoto(r *web.Request) (web.Answer, error) {
	p, body, err := d.OpenPhoto(r.Context(), r.By, r.ID("reportphoto"))
	if err != nil {
		return nil, err
	}
	name := "foto-" + p.ID.String() + ".jpg"
	if p.Type == "image/png" {
		name = "foto-" + p.ID.String() + ".png"
	}
	return r.File(name, p.Type, body)
}
