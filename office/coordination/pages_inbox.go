package coordination

import (
	"errors"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/upload"
	"tuntas/house/web"
	"tuntas/law"
	"tuntas/office/casework"
)

func (d *Desk) routesInbox() []web.Route {
	looks, tries := web.NewTries(120, soon), web.NewTries(30, soon)
	all := []web.Route{
		web.GET("/inbox/{link}", d.getInbox).Page().Open().Rarely(looks),
		web.GET("/inbox/{link}/referrals/{referral}", d.getInboxOne).Page().Open().Rarely(looks),
		web.POST("/inbox/{link}/code", d.postCode).Page().Open().Rarely(tries).Takes(Passing{}),
		web.POST("/inbox/{link}/opening", d.postOpening).Page().Open().Rarely(tries).Takes(Opening{}),
		web.POST("/inbox/{link}/renewal", d.postRenewal).Page().Open().Rarely(tries).Takes(struct{}{}),
		web.POST("/inbox/{link}/referrals/{referral}/answer", d.postInboxAnswer).Page().Open().Rarely(looks).Takes(Reply{}),
		web.POST("/inbox/{link}/referrals/{referral}/beginning", d.postInboxBeginning).Page().Open().Rarely(looks).Takes(Beginning{}),
		web.POST("/inbox/{link}/referrals/{referral}/result", d.postInboxResult).Page().Open().Rarely(looks).Takes(Outcome{}).Carries("file").Limit(casework.MostAttachment + 64<<10),
	}
	if d.demo {
		all = append(all, web.GET("/demo/mail", d.getMails).Page().Open())
	}
	return all
}

// Passing asks for a code; the referral or the action is where to go on afterwards.
type Passing struct {
	Referral id.ID `json:"referral,omitempty"`
	Action   id.ID `json:"action,omitempty"`
}

// Opening is a code as it was typed.
type Opening struct {
	Code     string `json:"code" required:"true" maxLength:"20" ask:"Ketik kode enam angka dari surel."`
	Referral id.ID  `json:"referral,omitempty"`
	Action   id.ID  `json:"action,omitempty"`
}

// DeviceOf is what this browser was given for a code of its link.
func DeviceOf(r *web.Request) string { return r.Held("inbox." + hashOf(r.Word("link"))[:16]) }

// doorPage is what anybody sees who holds a link and gave no code: nothing about anybody.
func (d *Desk) doorPage(r *web.Request, to Passing, asked bool) func() (any, error) {
	return func() (any, error) {
		o, err := d.DoorOf(r.Context(), r.Word("link"))
		return map[string]any{"Door": o, "Path": "/inbox/" + r.Word("link"), "Referral": to.Referral, "Action": to.Action, "Asked": asked}, err
	}
}

// inboxAgain answers what went wrong with a link: a new device is asked for a code, a link that ran out says so.
func (d *Desk) inboxAgain(r *web.Request, referral id.ID, err error) (web.Answer, error) {
	return d.AtDoor(r, Passing{Referral: referral}, err)
}

// AtDoor answers what went wrong with a link on a page of another desk: a new device is asked for a code, and goes on from
// there.
func (d *Desk) AtDoor(r *web.Request, to Passing, err error) (web.Answer, error) {
	if Shut(err) {
		return r.Page("coordination/door.html", d.doorPage(r, to, r.Held("inbox.asked") != ""))
	}
	return nil, err
}

// Shut tells that a link opens nothing here: the device is new, or the link is over.
func Shut(err error) bool {
	var rule *fail.Rule
	return errors.Is(err, ErrNewDevice) || errors.As(err, &rule) && rule.Name == "link-over"
}

func (d *Desk) getInbox(r *web.Request) (web.Answer, error) {
	o, all, owed, err := d.Inbox(r.Context(), r.Word("link"), DeviceOf(r))
	if err != nil {
		return d.inboxAgain(r, 0, err)
	}
	return r.Page("coordination/inbox.html", map[string]any{"Door": o, "Referrals": all, "Owed": owed, "Path": "/inbox/" + r.Word("link"), "Today": r.Today()})
}

func (d *Desk) inboxOne(r *web.Request) func() (any, error) {
	return func() (any, error) {
		o, one, err := d.InboxOne(r.Context(), r.Word("link"), DeviceOf(r), r.ID("referral"))
		rules := law.Referral.On(r.Today())
		return map[string]any{"Door": o, "R": one, "Path": "/inbox/" + r.Word("link"), "Today": r.Today(), "Most": casework.MostAttachment >> 20,
			"Refusals": casework.Options(r, rules.Refusals), "Results": casework.Options(r, rules.Results)}, err
	}
}

func (d *Desk) getInboxOne(r *web.Request) (web.Answer, error) {
	p, err := d.inboxOne(r)()
	if err != nil {
		return d.inboxAgain(r, r.ID("referral"), err)
	}
	return r.Page("coordination/inbox-one.html", p)
}

func (d *Desk) postCode(r *web.Request) (web.Answer, error) {
	var in Passing
	err := r.Read(&in)
	if err == nil {
		err = d.SendCode(r.Context(), r.Word("link"))
	}
	if err != nil {
		return r.Again("coordination/door.html", d.doorPage(r, Passing{in.Referral, in.Action}, true), err)
	}
	r.Hold("inbox.asked", "yes")
	return r.Page("coordination/door.html", d.doorPage(r, Passing{in.Referral, in.Action}, true))
}

func (d *Desk) postOpening(r *web.Request) (web.Answer, error) {
	var in Opening
	err := r.Read(&in)
	var token string
	if err == nil {
		token, err = d.Enter(r.Context(), r.Word("link"), in.Code)
	}
	if err != nil {
		return r.Again("coordination/door.html", d.doorPage(r, Passing{in.Referral, in.Action}, true), err)
	}
	r.Hold("inbox.asked", "")
	r.Hold("inbox."+hashOf(r.Word("link"))[:16], token)
	at := "/inbox/" + r.Word("link")
	switch {
	case in.Referral != 0:
		at += "/referrals/" + in.Referral.String()
	case in.Action != 0:
		at += "/actions/" + in.Action.String()
	}
	return r.Go(at)
}

func (d *Desk) postRenewal(r *web.Request) (web.Answer, error) {
	if err := d.AskNewLink(r.Context(), r.Word("link"), r.Site()); err != nil {
		return r.Again("coordination/door.html", d.doorPage(r, Passing{}, false), err)
	}
	r.Flash("Tautan baru dikirim ke alamat surel terdaftar.")
	return r.Go("/inbox/" + r.Word("link"))
}

// inboxDone answers a deed of an agency.
func (d *Desk) inboxDone(r *web.Request, err error, said string) (web.Answer, error) {
	if errors.Is(err, ErrNewDevice) {
		return d.inboxAgain(r, r.ID("referral"), err)
	}
	if err != nil {
		return r.Again("coordination/inbox-one.html", d.inboxOne(r), err)
	}
	r.Flash(said)
	return r.Go("/inbox/" + r.Word("link") + "/referrals/" + r.ID("referral").String())
}

func (d *Desk) postInboxAnswer(r *web.Request) (web.Answer, error) {
	var in Reply
	err := r.Read(&in)
	if err == nil {
		_, err = d.AnswerByLink(r.Context(), r.Word("link"), DeviceOf(r), r.ID("referral"), in)
	}
	return d.inboxDone(r, err, "Jawaban terkirim. Terima kasih.")
}

func (d *Desk) postInboxBeginning(r *web.Request) (web.Answer, error) {
	var in Beginning
	err := r.Read(&in)
	if err == nil {
		_, err = d.BeginByLink(r.Context(), r.Word("link"), DeviceOf(r), r.ID("referral"), in)
	}
	return d.inboxDone(r, err, "Mulai layanan tercatat. Terima kasih.")
}

func (d *Desk) postInboxResult(r *web.Request) (web.Answer, error) {
	var in Outcome
	err := r.Read(&in)
	var file *web.Sent
	if err == nil {
		file, err = r.SentFile("file", casework.MostAttachment)
	}
	if err == nil {
		_, err = d.FinishByLink(r.Context(), r.Word("link"), DeviceOf(r), r.ID("referral"), in, (*upload.File)(file))
	}
	return d.inboxDone(r, err, "Hasil terkirim. Terima kasih.")
}

// getMails shows what would have been sent: in the demo alone.
func (d *Desk) getMails(r *web.Request) (web.Answer, error) {
	all, err := d.Mails(r.Context())
	if err != nil {
		return nil, err
	}
	return r.Page("coordination/mails.html", all)
}
