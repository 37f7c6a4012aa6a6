package mandate

import (
	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
)

func (d *Desk) routesAccreditation() []web.Route {
	return []web.Route{
		web.POST("/centres/{centre}/accreditations", d.postAccreditation).Drafts("Akreditasi UPT|draf", who.ManageCentre).Says("centres", "Write down an accreditation of a centre").Takes(NewAccreditation{}).Gives(AccreditationBody{}),
		web.GET("/accreditations/{accreditation}", d.getAccreditation).Says("centres", "One accreditation of a centre").Gives(AccreditationBody{}),
		web.POST("/accreditations/{accreditation}", d.postAccreditationChange).Drafts("Pembetulan akreditasi|draf", who.ManageCentre).Says("centres", "Put an accreditation right as its certificate says").Takes(NewAccreditation{}).Gives(AccreditationBody{}),
		web.POST("/accreditations/{accreditation}/withdrawal", d.postWithdrawal).Drafts("Pencabutan akreditasi|draf", who.ManageCentre).Says("centres", "Write down that an accreditation was withdrawn").Takes(Withdrawal{}).Gives(AccreditationBody{}),
	}
}

// AccreditationBody is an accreditation in the API. It holds from decided_on through valid_until, unless it was withdrawn.
type AccreditationBody struct {
	ID            id.ID      `json:"id" required:"true"`
	Version       int64      `json:"version"`
	Centre        id.ID      `json:"centre_id"`
	Body          string     `json:"body"`
	Grade         string     `json:"grade"`
	CertificateNo string     `json:"certificate_no"`
	DecidedOn     clock.Day  `json:"decided_on"`
	ValidUntil    clock.Day  `json:"valid_until"`
	WithdrawnOn   *clock.Day `json:"withdrawn_on"`
	WithdrawnWhy  string     `json:"withdrawn_why"`
	By            string     `json:"by"`
}

// RecordVersion is the ETag.
func (b AccreditationBody) RecordVersion() int64 { return b.Version }

func accreditationBody(a Accreditation) AccreditationBody {
	return AccreditationBody{a.ID, a.Version, a.Centre, a.Body, a.Grade, a.CertificateNo, a.DecidedOn, a.ValidUntil, a.WithdrawnOn.Known(), a.WithdrawnWhy, a.By}
}

// accreditationPage is one accreditation, and the forms that put it right or take it back.
type accreditationPage struct {
	Accreditation
	Grades []page.Option
}

// GradeName is the grade as people call it.
func (a Accreditation) GradeName() string {
	g, _ := law.Find(law.Grades.On(a.DecidedOn), a.Grade)
	return g.Name
}

func gradeOptions(r *web.Request) (all []page.Option) {
	for _, g := range law.Grades.On(r.Today()) {
		all = append(all, page.Option{Value: g.Key, Name: g.In(string(r.Lang)), Hint: g.HintIn(string(r.Lang))})
	}
	return all
}

func (d *Desk) postAccreditation(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in NewAccreditation) (Accreditation, error) {
		return d.AddAccreditation(r.Context(), r.By, r.ID("centre"), in)
	})
	if err != nil {
		return r.Again("mandate/mandate.html", func() (any, error) { return d.mandatePage(r) }, err)
	}
	return accreditationDone(r, a, "Akreditasi tercatat.")
}

func accreditationDone(r *web.Request, a Accreditation, said string) (web.Answer, error) {
	r.Flash(said)
	return r.Done(mandatePath(a.Centre), "/accreditations/"+a.ID.String(), accreditationBody(a))
}

func (d *Desk) accreditationPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		a, err := d.LookAccreditation(r.Context(), r.By, r.ID("accreditation"))
		return accreditationPage{a, gradeOptions(r)}, err
	}
}

func (d *Desk) getAccreditation(r *web.Request) (web.Answer, error) {
	return r.Show("mandate/accreditation.html", d.accreditationPage(r), func() (any, error) {
		a, err := d.LookAccreditation(r.Context(), r.By, r.ID("accreditation"))
		return accreditationBody(a), err
	})
}

func (d *Desk) postAccreditationChange(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in NewAccreditation) (Accreditation, error) {
		return d.CorrectAccreditation(r.Context(), r.By, r.ID("accreditation"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("mandate/accreditation.html", d.accreditationPage(r), err)
	}
	return accreditationDone(r, a, "Akreditasi dibetulkan.")
}

func (d *Desk) postWithdrawal(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in Withdrawal) (Accreditation, error) {
		return d.WithdrawAccreditation(r.Context(), r.By, r.ID("accreditation"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("mandate/accreditation.html", d.accreditationPage(r), err)
	}
	return accreditationDone(r, a, "Pencabutan akreditasi tercatat.")
}
