package casework

import (
	"fmt"
	"net/url"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/centre"
)

func (d *Desk) routesConferences() []web.Route {
	return []web.Route{
		web.GET("/cases/{case}/conferences", d.getConferences).Openable().Says("conferences", "Conferences of a case, the newest first").Query(web.Part{}).Lists(ConferenceBody{}),
		web.POST("/cases/{case}/conferences", d.postConference).Drafts("Pembahasan kasus", who.WorkCase).Says("conferences", "Record a conference").Takes(NewConference{}).Gives(ConferenceBody{}),
		web.GET("/conferences/{conference}", d.getConference).Openable().Says("conferences", "One conference").Gives(ConferenceBody{}),
		web.POST("/conferences/{conference}/strike", d.postConferenceStrike).Drafts("Pencoretan pembahasan", who.SeeCase).Says("conferences", "Strike a conference that was written down in error, with the reason; it stays").Takes(Strike{}).Gives(ConferenceBody{}),
		web.POST("/followups/{followup}/done", d.postFollowupDone).Drafts("Tindak lanjut|draf", who.WorkCase).Says("conferences", "Say that a follow-up was done").Takes(Done{}).Gives(ConferenceBody{}),
	}
}

func (d *Desk) getConferences(r *web.Request) (web.Answer, error) {
	var f File
	var staff []centre.Staff
	all, next, err := web.PartOf(r, 20, func(p web.Part) (all []Conference, err error) {
		all, f, staff, err = d.Conferences(r.Context(), r.By, r.ID("case"), p.After, p.Limit)
		return all, err
	}, func(v Conference) id.ID { return v.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, conferenceBody), next)
	}
	return r.Page("casework/conferences.html", conferencesPage(r, f, all, staff, next))
}

// What a form of a conference offers: these many rows, and more when more were typed.
const (
	participantRows = 5
	followupRows    = 3
)

func conferencesPage(r *web.Request, f File, all []Conference, staff []centre.Staff, next string) map[string]any {
	var users []page.Option
	for _, s := range staff {
		if s.User != 0 {
			users = append(users, page.Option{Value: s.User.String(), Name: s.Name})
		}
	}
	return map[string]any{"File": f, "Conferences": all, "Next": next, "Users": users, "Today": r.Today(),
		"PeopleRows":   rowsTyped(r.Form(), "participants", participantRows, mostParticipants, "name", "role", "user_id"),
		"FollowupRows": rowsTyped(r.Form(), "followups", followupRows, mostFollowups, "text", "owner", "due_on")}
}

// rowsTyped is how many rows a form shows: the usual number, or all that were typed.
func rowsTyped(form url.Values, list string, usual, most int, fields ...string) int {
	for n := most - 1; n >= usual; n-- {
		if rowTyped(form, list, n, fields) {
			return n + 1
		}
	}
	return usual
}

func rowTyped(form url.Values, list string, n int, fields []string) bool {
	for _, f := range fields {
		if form.Get(fmt.Sprintf("%s.%d.%s", list, n, f)) != "" {
			return true
		}
	}
	return false
}

// closeUp numbers the rows of a form without a gap, so that what is wrong is told beside its row.
func closeUp(form url.Values, list string, most int, fields ...string) {
	to := 0
	for n := range most {
		if !rowTyped(form, list, n, fields) {
			continue
		}
		for _, f := range fields {
			form.Set(fmt.Sprintf("%s.%d.%s", list, to, f), form.Get(fmt.Sprintf("%s.%d.%s", list, n, f)))
			if to < n {
				form.Del(fmt.Sprintf("%s.%d.%s", list, n, f))
			}
		}
		to++
	}
}

func (d *Desk) conferencesAgain(r *web.Request, caseID id.ID) func() (any, error) {
	return func() (any, error) {
		all, f, staff, err := d.Conferences(r.Context(), r.By, caseID, 0, 20)
		return conferencesPage(r, f, all, staff, ""), err
	}
}

func (d *Desk) postConference(r *web.Request) (web.Answer, error) {
	var in NewConference
	if !r.API() {
		closeUp(r.Form(), "participants", mostParticipants, "name", "role", "user_id")
		closeUp(r.Form(), "followups", mostFollowups, "text", "owner", "due_on")
	}
	err := r.Read(&in)
	var c Conference
	if err == nil {
		c, err = d.Confer(r.Context(), r.By, r.ID("case"), in)
	}
	if err != nil {
		return r.Again("casework/conferences.html", d.conferencesAgain(r, r.ID("case")), err)
	}
	r.Flash("Pembahasan kasus tercatat.")
	return r.Done(c.Path(), c.Path(), conferenceBody(c))
}

func (d *Desk) conferencePage(r *web.Request, conference id.ID) func() (any, error) {
	return func() (any, error) {
		c, f, err := d.Conference(r.Context(), r.By, conference)
		return map[string]any{"Conference": c, "File": f, "Today": r.Today(), "Strikes": mayStrikeConference(c, f.Worker, r.By) == nil}, err
	}
}

func (d *Desk) getConference(r *web.Request) (web.Answer, error) {
	return r.Show("casework/conference.html", d.conferencePage(r, r.ID("conference")), func() (any, error) {
		c, _, err := d.Conference(r.Context(), r.By, r.ID("conference"))
		return conferenceBody(c), err
	})
}

func (d *Desk) postFollowupDone(r *web.Request) (web.Answer, error) {
	c, err := web.Do(r, func(in Done) (Conference, error) {
		return d.FollowupDone(r.Context(), r.By, r.ID("followup"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("casework/conference.html", func() (any, error) {
			of, failed := d.ConferenceOf(r.Context(), r.By, r.ID("followup"))
			if failed != nil {
				return nil, failed
			}
			return d.conferencePage(r, of)()
		}, err)
	}
	r.Flash("Tindak lanjut dinyatakan selesai.")
	return r.Done(c.Path(), c.Path(), conferenceBody(c))
}

func (d *Desk) postConferenceStrike(r *web.Request) (web.Answer, error) {
	c, err := web.Do(r, func(in Strike) (Conference, error) {
		return d.StrikeConference(r.Context(), r.By, r.ID("conference"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("casework/conference.html", d.conferencePage(r, r.ID("conference")), err)
	}
	r.Flash("Pembahasan kasus dicoret.")
	return r.Done(c.Path(), c.Path(), conferenceBody(c))
}
