package casework

import (
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
)

func (d *Desk) routesNotes() []web.Route {
	return []web.Route{
		web.GET("/cases/{case}/notes", d.getNotes).Openable().Says("notes", "Progress notes of a case, the newest first").Query(web.Part{}).Lists(NoteBody{}),
		web.POST("/cases/{case}/notes", d.postNote).Drafts("Catatan perkembangan", who.GiveService).Hushed(who.SeeNotes).Says("notes", "Write a progress note").Takes(NewNote{}).Gives(NoteBody{}),
		web.GET("/notes/{note}", d.getNote).Openable().API().Says("notes", "One note").Gives(NoteBody{}),
		web.POST("/notes/{note}/strike", d.postNoteStrike).Drafts("Pencoretan catatan", who.GiveService).Hushed(who.SeeNotes).Says("notes", "Strike one's own note, with the reason").Takes(Strike{}).Gives(NoteBody{}),
	}
}

// noteKinds are the kinds of notes in the order of the form.
var noteKinds = []string{"progress", "counselling", "family", "phone", "other"}

var _ = page.Lookup("notekind", func(l text.Lang, key string) string { return text.T(l, string(noteWords[key])) })

func (d *Desk) getNotes(r *web.Request) (web.Answer, error) {
	var f File
	all, next, err := web.PartOf(r, 50, func(p web.Part) (all []Note, err error) {
		all, f, err = d.Notes(r.Context(), r.By, r.ID("case"), p.After, p.Limit)
		return all, err
	}, func(v Note) id.ID { return v.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, noteBody), next)
	}
	return r.Page("casework/notes.html", notePage(r, f, all, next))
}

func notePage(r *web.Request, f File, all []Note, next string) map[string]any {
	return map[string]any{"File": f, "Notes": all, "Next": next, "Kinds": page.WordOptions(r.Lang, noteWords, noteKinds...), "Today": r.Today(), "Readers": []page.Option{
		{Value: ForTeam, Name: r.Say("Tim kasus"), Hint: r.Say("Semua yang boleh membuka kasus ini.")},
		{Value: Confidential, Name: r.Say("Rahasia|catatan"), Hint: r.Say("Hanya Anda, pekerja sosial kasus ini, dan Kepala UPT. Yang lain melihat bahwa catatan ini ada.")}}}
}

// notesAgain shows the page of notes again with what was typed.
func (d *Desk) notesAgain(r *web.Request, caseID id.ID) func() (any, error) {
	return func() (any, error) {
		all, f, err := d.Notes(r.Context(), r.By, caseID, 0, 20)
		return notePage(r, f, all, ""), err
	}
}

func (d *Desk) postNote(r *web.Request) (web.Answer, error) {
	n, err := web.Do(r, func(in NewNote) (Note, error) { return d.WriteNote(r.Context(), r.By, r.ID("case"), in) })
	if err != nil {
		return r.Again("casework/notes.html", d.notesAgain(r, r.ID("case")), err)
	}
	r.Flash("Catatan tersimpan.")
	return r.Done("/cases/"+n.Case.String()+"/notes", "/notes/"+n.ID.String(), noteBody(n))
}

func (d *Desk) getNote(r *web.Request) (web.Answer, error) {
	n, err := d.Note(r.Context(), r.By, r.ID("note"))
	if err != nil {
		return nil, err
	}
	return r.JSON(noteBody(n))
}

func (d *Desk) postNoteStrike(r *web.Request) (web.Answer, error) {
	n, err := web.Do(r, func(in Strike) (Note, error) { return d.StrikeNote(r.Context(), r.By, r.ID("note"), r.IfMatch(), in) })
	if err != nil {
		return r.Again("casework/notes.html", func() (any, error) {
			n, failed := d.Note(r.Context(), r.By, r.ID("note"))
			if failed != nil {
				return nil, failed
			}
			return d.notesAgain(r, n.Case)()
		}, err)
	}
	r.Flash("Catatan dicoret.")
	return r.Done("/cases/"+n.Case.String()+"/notes", "/notes/"+n.ID.String(), noteBody(n))
}
