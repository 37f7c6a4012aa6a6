package actions

import (
	"time"

	"tuntas/house/upload"
	"tuntas/house/web"
	"tuntas/office/coordination"
)

// soon is the window in which anybody may try a link, as in the inbox of referrals.
const soon = 15 * time.Minute

func (d *Desk) routesInbox() []web.Route {
	looks := web.NewTries(120, soon)
	return []web.Route{
		web.GET("/inbox/{link}/actions", d.getInbox).Page().Open().Rarely(looks),
		web.GET("/inbox/{link}/actions/{action}", d.getInboxOne).Page().Open().Rarely(looks),
		web.POST("/inbox/{link}/actions/{action}/reports", d.postInboxReport).Page().Open().Rarely(looks).Takes(Report{}),
		web.POST("/inbox/{link}/actions/{action}/result", d.postInboxResult).Page().Open().Rarely(looks).Takes(Completion{}).Carries("file").Limit(withFile),
		web.POST("/inbox/{link}/actions/{action}/postponement", d.postInboxAsking).Page().Open().Rarely(looks).Takes(Postponement{}),
	}
}

// inboxPage is what an agency sees of its actions.
type inboxPage struct {
	Door coordination.Door
	All  []Action
	A    Whole
	Path string
	Sent string
	Most int
	Owed int
}

func (d *Desk) getInbox(r *web.Request) (web.Answer, error) {
	o, all, err := d.Inbox(r.Context(), r.Word("link"), coordination.DeviceOf(r))
	if err != nil {
		return d.partners.AtDoor(r, coordination.Passing{}, err)
	}
	return r.Page("actions/inbox.html", inboxPage{Door: o, All: all, Path: "/inbox/" + r.Word("link"), Owed: len(all)})
}

func (d *Desk) inboxOne(r *web.Request, sent string) func() (any, error) {
	return func() (any, error) {
		o, one, err := d.InboxOne(r.Context(), r.Word("link"), coordination.DeviceOf(r), r.ID("action"))
		return inboxPage{Door: o, A: one, Path: "/inbox/" + r.Word("link"), Sent: sent, Most: MostBytes >> 20}, err
	}
}

func (d *Desk) getInboxOne(r *web.Request) (web.Answer, error) {
	p, err := d.inboxOne(r, "")()
	if err != nil {
		return d.partners.AtDoor(r, coordination.Passing{Action: r.ID("action")}, err)
	}
	return r.Page("actions/inbox-one.html", p)
}

func (d *Desk) inboxDone(r *web.Request, err error, form, said string) (web.Answer, error) {
	if coordination.Shut(err) {
		return d.partners.AtDoor(r, coordination.Passing{Action: r.ID("action")}, err)
	}
	if err != nil {
		return r.Again("actions/inbox-one.html", d.inboxOne(r, form), err)
	}
	r.Flash(said)
	return r.Go("/inbox/" + r.Word("link") + "/actions/" + r.ID("action").String())
}

func (d *Desk) postInboxReport(r *web.Request) (web.Answer, error) {
	_, err := web.Do(r, func(in Report) (Action, error) {
		return d.ReportByLink(r.Context(), r.Word("link"), coordination.DeviceOf(r), r.ID("action"), in)
	})
	return d.inboxDone(r, err, "report", "Kemajuan terkirim. Terima kasih.")
}

func (d *Desk) postInboxResult(r *web.Request) (web.Answer, error) {
	_, err := web.Do(r, func(in Completion) (a Action, err error) {
		file, err := r.SentFile("file", MostBytes)
		if err != nil {
			return a, err
		}
		return d.FinishByLink(r.Context(), r.Word("link"), coordination.DeviceOf(r), r.ID("action"), in, (*upload.File)(file))
	})
	return d.inboxDone(r, err, "finish", "Hasil terkirim. Terima kasih.")
}

func (d *Desk) postInboxAsking(r *web.Request) (web.Answer, error) {
	_, err := web.Do(r, func(in Postponement) (Action, error) {
		return d.AskByLink(r.Context(), r.Word("link"), coordination.DeviceOf(r), r.ID("action"), in)
	})
	return d.inboxDone(r, err, "ask", "Permintaan penundaan terkirim. Dinas Sosial yang memutuskan.")
}
