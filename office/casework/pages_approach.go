package casework

import (
	"tuntas/house/web"
)

func (d *Desk) routesApproach() []web.Route {
	return []web.Route{
		web.GET("/cases/{case}/criteria", d.getCriteria).Says("admission", "Criteria of admission with their results").Lists(CriterionBody{}),
		web.POST("/cases/{case}/criteria", d.postCriteria).Says("admission", "Record what was found about the criteria").Takes(Answers{}).Gives(Body{}),
		web.POST("/cases/{case}/waiver-requests", d.postWaiverRequest).Says("admission", "Ask for a waiver of a criterion").Takes(WaiverRequest{}).Gives(Body{}),
		web.POST("/cases/{case}/waivers", d.postWaiver).Says("admission", "Grant or refuse a waiver").Takes(WaiverDecision{}).Gives(Body{}),
		web.POST("/cases/{case}/emergency", d.postEmergency).Says("admission", "Take in at once, papers after").Takes(Urgency{}).Gives(Body{}),
		web.POST("/cases/{case}/decision", d.postDecision).Says("admission", "Record the decision letter").Takes(Decision{}).Gives(Body{}),
	}
}

func (d *Desk) getCriteria(r *web.Request) (web.Answer, error) {
	if !r.API() {
		return r.Page("casework/criteria.html", d.look(r, nil))
	}
	f, err := d.Look(r.Context(), r.By, r.ID("case"))
	if err != nil {
		return nil, err
	}
	bodies := []CriterionBody{}
	for _, c := range f.Criteria {
		bodies = append(bodies, criterionBody(c, string(r.Lang), r.Say))
	}
	return r.List(bodies, "")
}

// admission runs one deed of the admission and answers at both doors.
func (d *Desk) admission(r *web.Request, in any, flash string, deed func() (File, error)) (web.Answer, error) {
	err := r.Read(in)
	var f File
	if err == nil {
		f, err = deed()
	}
	if err != nil {
		return r.Again("casework/criteria.html", d.look(r, nil), err)
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
