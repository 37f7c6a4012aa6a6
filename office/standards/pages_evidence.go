package standards

import (
	"tuntas/house/upload"
	"tuntas/house/web"
	"tuntas/house/who"
)

// largestForm is a file with the words about it.
const largestForm = upload.Most + 64<<10

func (d *Desk) routesEvidence() []web.Route {
	return []web.Route{
		web.GET("/self-assessments/{selfassessment}/evidence", d.getProofs).API().Says("standards", "Evidence of a self-assessment").Lists(EvidenceBody{}),
		web.POST("/self-assessments/{selfassessment}/criteria/{criterion}/evidence", d.postEvidence).Drafts("Bukti|draf", who.AssessStandards).Says("standards", "Lay a photo (JPEG, PNG) or a PDF to a criterion, with the time it proves").Takes(NewEvidence{}).Carries("file").Limit(largestForm).Gives(EvidenceBody{}),
		web.GET("/evidence/{evidence}", d.getEvidenceFile).Page(),
		web.GET("/evidence/{evidence}", d.getEvidence).API().Says("standards", "One piece of evidence, without its bytes").Gives(EvidenceBody{}),
		web.GET("/evidence/{evidence}/content", d.getEvidenceFile).API().Says("standards", "The file itself").GivesFile("image/jpeg", "image/png", "application/pdf"),
		web.POST("/evidence/{evidence}/removal", d.postEvidenceStrike).Drafts("Penghapusan bukti", who.AssessStandards).Says("standards", "Drop a file, with the reason; its row stays").Takes(Strike{}).Gives(EvidenceBody{}),
	}
}

func (d *Desk) getProofs(r *web.Request) (web.Answer, error) {
	v, err := d.Look(r.Context(), r.By, r.ID("selfassessment"))
	if err != nil {
		return nil, err
	}
	return r.Whole(web.Bodies(v.Evidence, evidenceBody))
}

func (d *Desk) postEvidence(r *web.Request) (web.Answer, error) {
	var in NewEvidence
	err := r.Read(&in)
	var sent web.Sent
	if err == nil {
		sent, err = r.Sent("file")
	}
	if err == nil && len(sent.Body) > upload.Most {
		err = web.TooLarge(upload.Most)
	}
	var e Evidence
	if err == nil {
		e, err = d.AddEvidence(r.Context(), r.By, r.ID("selfassessment"), r.Word("criterion"), in, upload.File(sent))
	}
	if err != nil {
		return d.criterionAgain(r, err)
	}
	r.Flash("Bukti tersimpan.")
	return r.Done(pathOf(e.Self)+"/criteria/"+e.Criterion, "/evidence/"+e.ID.String(), evidenceBody(e))
}

func (d *Desk) getEvidence(r *web.Request) (web.Answer, error) {
	e, err := d.Evidence(r.Context(), r.By, r.ID("evidence"))
	if err != nil {
		return nil, err
	}
	return r.JSON(evidenceBody(e))
}

func (d *Desk) getEvidenceFile(r *web.Request) (web.Answer, error) {
	e, body, err := d.OpenEvidence(r.Context(), r.By, r.ID("evidence"))
	if err != nil {
		return nil, err
	}
	return r.File(e.Label, e.Type, body)
}

func (d *Desk) postEvidenceStrike(r *web.Request) (web.Answer, error) {
	e, err := web.Do(r, func(in Strike) (Evidence, error) {
		return d.StrikeEvidence(r.Context(), r.By, r.ID("evidence"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("standards/evidence.html", func() (any, error) { return d.Evidence(r.Context(), r.By, r.ID("evidence")) }, err)
	}
	r.Flash("Bukti dihapus.")
	return r.Done(pathOf(e.Self)+"/criteria/"+e.Criterion, "/evidence/"+e.ID.String(), evidenceBody(e))
}
