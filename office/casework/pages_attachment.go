package casework

import (
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/upload"
	"tuntas/house/web"
	"tuntas/house/who"
)

// largestForm is an attachment with the words about it.
const largestForm = MostAttachment + 64<<10

func (d *Desk) routesAttachments() []web.Route {
	return []web.Route{
		web.GET("/cases/{case}/attachments", d.getAttachments).Openable().Says("attachments", "Attachments of a case, the newest first").Query(web.Part{}).Lists(AttachmentBody{}),
		web.POST("/cases/{case}/attachments", d.postAttachment).Drafts("Lampiran|draf", who.GiveService).Says("attachments", "Attach a photo (JPEG, PNG) or a PDF").Takes(NewAttachment{}).Carries("file").Limit(largestForm).Gives(AttachmentBody{}),
		web.GET("/attachments/{attachment}", d.getFile).Openable().Page(),
		web.GET("/attachments/{attachment}", d.getAttachment).Openable().API().Says("attachments", "One attachment, without its bytes").Gives(AttachmentBody{}),
		web.GET("/attachments/{attachment}/content", d.getFile).Openable().API().Says("attachments", "The file itself").GivesFile("image/jpeg", "image/png", "application/pdf"),
		web.POST("/attachments/{attachment}/strike", d.postAttachmentStrike).Drafts("Penghapusan lampiran", who.SeeCase).Says("attachments", "Drop a file, with the reason; its row stays").Takes(Strike{}).Gives(AttachmentBody{}),
	}
}

// attachmentKinds are the kinds in the order of the form.
var attachmentKinds = []string{IdentityPaper, "letter", "photo", Medical, "other"}

var _ = page.Lookup("attachmentkind", func(l text.Lang, key string) string { return text.T(l, string(attachmentWords[key])) })

func (d *Desk) getAttachments(r *web.Request) (web.Answer, error) {
	var f File
	all, next, err := web.PartOf(r, 50, func(p web.Part) (all []Attachment, err error) {
		all, f, err = d.Attachments(r.Context(), r.By, r.ID("case"), p.After, p.Limit)
		return all, err
	}, func(v Attachment) id.ID { return v.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, attachmentBody), next)
	}
	return r.Page("casework/attachments.html", attachmentsPage(r, f, all, next))
}

func attachmentsPage(r *web.Request, f File, all []Attachment, next string) map[string]any {
	var kinds []page.Option
	for _, k := range attachmentKinds {
		if mayOpenKind(k, r.By) {
			kinds = append(kinds, page.Option{Value: k, Name: text.T(r.Lang, string(attachmentWords[k]))})
		}
	}
	return map[string]any{"File": f, "Attachments": all, "Next": next, "Kinds": kinds, "Most": MostAttachment >> 20,
		"Strikes": mayStrikeAttachment(Attachment{}, f.Worker, r.By) == nil}
}

func (d *Desk) attachmentsAgain(r *web.Request, caseID id.ID) func() (any, error) {
	return func() (any, error) {
		all, f, err := d.Attachments(r.Context(), r.By, caseID, 0, 20)
		return attachmentsPage(r, f, all, ""), err
	}
}

func (d *Desk) postAttachment(r *web.Request) (web.Answer, error) {
	var in NewAttachment
	err := r.Read(&in)
	var sent web.Sent
	if err == nil {
		sent, err = r.Sent("file")
	}
	if err == nil && len(sent.Body) > MostAttachment {
		err = web.TooLarge(MostAttachment)
	}
	var a Attachment
	if err == nil {
		a, err = d.Attach(r.Context(), r.By, r.ID("case"), in, upload.File(sent))
	}
	if err != nil {
		return r.Again("casework/attachments.html", d.attachmentsAgain(r, r.ID("case")), err)
	}
	r.Flash("Lampiran tersimpan.")
	return r.Done("/cases/"+a.Case.String()+"/attachments", "/attachments/"+a.ID.String(), attachmentBody(a))
}

func (d *Desk) getAttachment(r *web.Request) (web.Answer, error) {
	a, err := d.Attachment(r.Context(), r.By, r.ID("attachment"))
	if err != nil {
		return nil, err
	}
	return r.JSON(attachmentBody(a))
}

func (d *Desk) getFile(r *web.Request) (web.Answer, error) {
	a, body, err := d.OpenAttachment(r.Context(), r.By, r.ID("attachment"))
	if err != nil {
		return nil, err
	}
	return r.File(a.Label, a.Type, body)
}

func (d *Desk) postAttachmentStrike(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in Strike) (Attachment, error) {
		return d.StrikeAttachment(r.Context(), r.By, r.ID("attachment"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("casework/attachments.html", func() (any, error) {
			a, failed := d.Attachment(r.Context(), r.By, r.ID("attachment"))
			if failed != nil {
				return nil, failed
			}
			return d.attachmentsAgain(r, a.Case)()
		}, err)
	}
	r.Flash("Lampiran dihapus.")
	return r.Done("/cases/"+a.Case.String()+"/attachments", "/attachments/"+a.ID.String(), attachmentBody(a))
}
