package casework

import (
	"fmt"

	"tuntas/house/clock"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
)

func (d *Desk) routesApproach() []web.Route {
	return []web.Route{
		web.GET("/cases/{case}/criteria", d.getCriteria).Openable().Says("admission", "Criteria of admission with their results").Lists(CriterionBody{}),
		web.POST("/cases/{case}/criteria", d.postCriteria).Drafts("Kriteria", who.WorkCase).Says("admission", "Record what was found about the criteria").Takes(Answers{}).Gives(Body{}),
		web.POST("/cases/{case}/waiver-requests", d.postWaiverRequest).Drafts("Permintaan pengecualian", who.WorkCase).Says("admission", "Ask for a waiver of a criterion").Takes(WaiverRequest{}).Gives(Body{}),
		web.POST("/cases/{case}/waivers", d.postWaiver).Drafts("Putusan pengecualian", who.WaiveRule).Says("admission", "Grant or refuse a waiver").Takes(WaiverDecision{}).Gives(Body{}),
		web.POST("/cases/{case}/emergency", d.postEmergency).Drafts("Penerimaan darurat", who.WorkCase).Says("admission", "Take in at once, papers after").Takes(Urgency{}).Gives(Body{}),
		web.POST("/cases/{case}/decision", d.postDecision).Drafts("Surat keputusan", who.ApproveCase).Says("admission", "Record the decision letter").Takes(Decision{}).Gives(Body{}),
	}
}

func (d *Desk) getCriteria(r *web.Request) (web.Answer, error) {
	if !r.API() {
		return r.Page("casework/criteria.html", d.criteriaView(r))
	}
	f, err := d.Look(r.Context(), r.By, r.ID("case"))
	if err != nil {
		return nil, err
	}
	bodies := []CriterionBody{}
	for _, c := range f.Criteria {
		bodies = append(bodies, criterionBody(c, string(r.Lang), r.Say))
	}
	return r.Whole(bodies)
}

// criteriaPage is the page on which admission is weighed.
type criteriaPage struct {
	caseView
	Results         []page.Option // names are sentences
	Waivable        []Criterion
	WaivableOptions []page.Option
	EmergencyDays   int
	WaitUntil       clock.Day // when waiting alone settles the seven days
}

// Unlifted counts the criteria that still hold the case up.
func (p criteriaPage) Unlifted() (n int) {
	for _, c := range p.Criteria {
		if !c.Lifted() {
			n++
		}
	}
	return n
}

// Agreed tells whether consent to the service stands.
func (p criteriaPage) Agreed() bool { return p.consented("service") }

// FirstAsked is the criterion for which a waiver was asked.
func (p criteriaPage) FirstAsked() string {
	for _, c := range p.Waivable {
		if c.Asked != "" {
			return c.Code
		}
	}
	return ""
}

// Typed is what was typed into a line of the form, or what is known.
func (p criteriaPage) Typed(v *page.View, i int, what, known string) string {
	if typed := v.Typed[fmt.Sprintf("criteria.%d.%s", i, what)]; len(typed) > 0 {
		return typed[0]
	}
	return known
}

func (d *Desk) criteriaView(r *web.Request) func() (any, error) {
	return func() (any, error) {
		f, err := d.Look(r.Context(), r.By, r.ID("case"))
		if err != nil {
			return nil, err
		}
		p := criteriaPage{caseView: viewOf(f, nil), EmergencyDays: law.Standard.On(f.OpenedOn).EmergencyDays}
		p.Results = []page.Option{{Value: Unknown, Name: r.Say("Belum diketahui")}, {Value: Met, Name: r.Say("Terpenuhi")},
			{Value: Unmet, Name: r.Say("Belum terpenuhi")}}
		for _, c := range f.Criteria {
			if c.Lifted() {
				continue
			}
			if c.Waivable {
				p.Waivable = append(p.Waivable, c)
				p.WaivableOptions = append(p.WaivableOptions, page.Option{Value: c.Code, Name: c.In(string(r.Lang)), Hint: c.Article})
			}
			if c.Fact == "outside-days" && c.Computed {
				p.WaitUntil = f.OutsideSince.Add(c.Days)
			}
		}
		return p, nil
	}
}

// admission runs one deed of the admission and answers at both doors.
func (d *Desk) admission(r *web.Request, in any, flash string, deed func() (File, error)) (web.Answer, error) {
	err := r.Read(in)
	var f File
	if err == nil {
		f, err = deed()
	}
	if err != nil {
		return r.Again("casework/criteria.html", d.criteriaView(r), err)
	}
	r.Flash("%s", flash)
	return r.Done(f.Path()+"/criteria", f.Path()+"/criteria", BodyOf(f.Case))
}

func (d *Desk) postCriteria(r *web.Request) (web.Answer, error) {
	var in Answers
	return d.admission(r, &in, r.Say("Syarat tersimpan."), func() (File, error) {
		return d.CheckCriteria(r.Context(), r.By, r.ID("case"), r.IfMatch(), in)
	})
}

func (d *Desk) postWaiverRequest(r *web.Request) (web.Answer, error) {
	var in WaiverRequest
	return d.admission(r, &in, r.Say("Permintaan pengecualian dikirim ke Kepala UPT."), func() (File, error) {
		return d.AskWaiver(r.Context(), r.By, r.ID("case"), r.IfMatch(), in)
	})
}

func (d *Desk) postWaiver(r *web.Request) (web.Answer, error) {
	var in WaiverDecision
	return d.admission(r, &in, r.Say("Keputusan pengecualian tercatat."), func() (File, error) {
		return d.DecideWaiver(r.Context(), r.By, r.ID("case"), r.IfMatch(), in)
	})
}

func (d *Desk) postEmergency(r *web.Request) (web.Answer, error) {
	var in Urgency
	return d.admission(r, &in, r.Say("Penerimaan darurat tercatat. Surat menyusul."), func() (File, error) {
		return d.AdmitUrgently(r.Context(), r.By, r.ID("case"), r.IfMatch(), in)
	})
}

func (d *Desk) postDecision(r *web.Request) (web.Answer, error) {
	var in Decision
	return d.admission(r, &in, r.Say("Surat keputusan tercatat."), func() (File, error) {
		return d.Decide(r.Context(), r.By, r.ID("case"), r.IfMatch(), in)
	})
}
