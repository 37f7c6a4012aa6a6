package spm

import (
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
)

func (d *Desk) routesReport() []web.Route {
	return []web.Route{
		web.GET("/spm/reports", d.getReports).Says("spm", "The governor's reports, the newest year first").Query(web.Cut{}).Lists(ReportBody{}),
		web.GET("/spm/reports/{year}", d.getReport).Says("spm", "The governor's report of a year: a draft follows the figures, an approved one is frozen").Gives(ReportBody{}),
		web.POST("/spm/reports/{year}", d.postReport).Drafts("Laporan SPM|draf", who.KeepSPM).Says("spm", "Write the foreword of a report").Takes(SetReport{}).Gives(ReportBody{}),
		web.POST("/spm/reports/{year}/approval", d.postApproval).NoDrafts("nothing is typed").Says("spm", "Approve a report: it is frozen with its SHA-256").Takes(struct{}{}).Gives(ReportBody{}),
		web.POST("/spm/reports/{year}/sendings", d.postSending).Drafts("Pengiriman laporan SPM|draf", who.KeepSPM).Says("spm", "Write down by which letter a report went to a minister").Takes(SetSending{}).Gives(ReportBody{}),
	}
}

// reportsPage is the years and how far their reports are.
type reportsPage struct {
	All   []Report
	Years []string // not begun
}

func (d *Desk) getReports(r *web.Request) (web.Answer, error) {
	all, err := d.Reports(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.Whole(web.Bodies(all, reportBody))
	}
	p := reportsPage{All: all}
	begun := map[Year]bool{}
	for _, one := range all {
		begun[one.Year] = true
	}
	for y := Year(r.Today().Time().Year()); y >= since && len(p.Years) < 3; y-- {
		if !begun[y] {
			p.Years = append(p.Years, y.Text())
		}
	}
	return r.Page("spm/reports.html", p)
}

// reportPage is the report of a year with what can be done to it.
type reportPage struct {
	Report
	Keep      bool
	Receivers []page.Option // that have not got it yet
}

// YearText is the year as it is written.
func (r Report) YearText() string { return r.Year.Text() }

// Path is the page of the report.
func (r Report) Path() string { return pathOf("spm", "reports", r.Year.Text()) }

func (d *Desk) asked(r *web.Request) (one Report, err error) {
	y, err := yearOf(r.Word("year"), r.Today())
	if err != nil {
		return one, err
	}
	return d.Report(r.Context(), r.By, y)
}

func (d *Desk) reportPage(r *web.Request) (any, error) {
	one, err := d.asked(r)
	if err != nil {
		return nil, err
	}
	p := reportPage{Report: one, Keep: r.By.May(who.KeepSPM) && r.By.Scope.All}
	for _, key := range Receivers {
		got := false
		for _, s := range one.Sendings {
			got = got || s.Receiver == key
		}
		if !got {
			p.Receivers = append(p.Receivers, page.WordOptions(r.Lang, receiverWords, key)...)
		}
	}
	return p, nil
}

func (d *Desk) getReport(r *web.Request) (web.Answer, error) {
	return r.Show("spm/report.html", func() (any, error) { return d.reportPage(r) }, func() (any, error) {
		one, err := d.asked(r)
		return reportBody(one), err
	})
}

// done answers a change of a report, or shows it again with the reason.
func (d *Desk) done(r *web.Request, one Report, said string, err error) (web.Answer, error) {
	if err != nil {
		return r.Again("spm/report.html", func() (any, error) { return d.reportPage(r) }, err)
	}
	r.Flash(said)
	return r.Done(one.Path(), one.Path(), reportBody(one))
}

func (d *Desk) postReport(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in SetReport) (Report, error) {
		y, err := yearOf(r.Word("year"), r.Today())
		if err != nil {
			return Report{}, err
		}
		return d.Write(r.Context(), r.By, y, r.IfMatch(), in)
	})
	return d.done(r, one, "Pengantar tersimpan.", err)
}

func (d *Desk) postApproval(r *web.Request) (web.Answer, error) {
	y, err := yearOf(r.Word("year"), r.Today())
	if err != nil {
		return nil, err
	}
	one, err := d.Approve(r.Context(), r.By, y, r.IfMatch())
	return d.done(r, one, "Laporan disahkan.", err)
}

func (d *Desk) postSending(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in SetSending) (Report, error) {
		y, err := yearOf(r.Word("year"), r.Today())
		if err != nil {
			return Report{}, err
		}
		return d.Send(r.Context(), r.By, y, r.IfMatch(), in)
	})
	return d.done(r, one, "Pengiriman tercatat.", err)
}
