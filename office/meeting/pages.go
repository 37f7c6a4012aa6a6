package meeting

import (
	"embed"
	"strings"

	"tuntas/house/calendar"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/coordination"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

const choiceAlone = "a choice alone"

// Routes are the desk's addresses.
func (d *Desk) Routes() []web.Route {
	all := []web.Route{
		web.GET("/meetings", d.getMeetings).Says("meetings", "Coordination meetings, the latest day first").Query(web.Part{}).Lists(MeetingBody{}),
		web.GET("/meetings/new", d.getNew).Page(),
		web.POST("/meetings", d.postMeeting).Drafts("Undangan rakor", who.HoldMeeting).Says("meetings", "Call a meeting: letters with a calendar file go out, and the agenda proposes itself").Takes(NewMeeting{}).Gives(MeetingBody{}),
		web.GET("/meetings/scoreboard", d.getScores).Says("meetings", "How agencies keep what meetings decided, by name").Lists(ScoreBody{}),
		web.GET("/meetings/unmet", d.getUnmet).Page().Query(unmetParams{}),
		web.GET("/meetings/{meeting}", d.getMeeting).Says("meetings", "One meeting with who was called, its agenda, decisions and minutes; with .ics at the end of its id a calendar file").Gives(WholeBody{}),
		web.POST("/meetings/{meeting}/details", d.postDetails).Drafts("Perubahan rakor", who.HoldMeeting).Says("meetings", "Write a meeting anew; a new day, hour or place goes to all who were called").Takes(Details{}).Gives(MeetingBody{}),
		web.POST("/meetings/{meeting}/invitees", d.postInvitees).NoDrafts(choiceAlone).Says("meetings", "Call further agencies and institutions").Takes(Invited{}).Gives(MeetingBody{}),
		web.POST("/meetings/{meeting}/cancellation", d.postCancellation).Drafts("Pembatalan rakor", who.HoldMeeting).Says("meetings", "Call it off; calendars take it away").Takes(Cancellation{}).Gives(MeetingBody{}),
		web.POST("/meetings/{meeting}/attendance", d.postAttendance).Drafts("Daftar hadir rakor", who.HoldMeeting).Says("meetings", "Who came, and instead of whom").Takes(Attendance{}).Gives(MeetingBody{}),
		web.POST("/meetings/{meeting}/guests", d.postGuest).Drafts("Tamu rakor", who.HoldMeeting).Says("meetings", "Somebody came without a call").Takes(Guest{}).Gives(MeetingBody{}),
		web.GET("/meetings/{meeting}/invitation", d.getInvitation).Page(),
		web.GET("/meetings/{meeting}/minutes", d.getMinutes).Page(),
		web.POST("/meetings/{meeting}/approval", d.postApproval).Says("meetings", "Approve the minutes: they are frozen, with their SHA-256").Takes(struct{}{}).Gives(MeetingBody{}),
		web.POST("/meetings/{meeting}/addenda", d.postAddendum).Drafts("Tambahan notulen", who.HoldMeeting).Says("meetings", "Add to approved minutes; they stay as they are").Takes(NewAddendum{}).Gives(MeetingBody{}),
	}
	return append(all, d.routesAgenda()...)
}

var (
	_ = page.Lookup("meetingstate", func(l text.Lang, key string) string { return text.T(l, string(stateWords[key])) })
	_ = page.Lookup("meetingcolour", func(_ text.Lang, key string) string { return stateKinds[key] })
	_ = page.Lookup("meetingicon", func(_ text.Lang, key string) string { return page.Chip{Kind: stateKinds[key]}.Icon() })
	_ = page.Lookup("hour", func(_ text.Lang, at string) string { return dotted(at) })
	_ = page.Lookup("unmetwhy", func(l text.Lang, key string) string { return text.T(l, string(unmetWords[key])) })
)

var unmetWords = map[string]text.Word{"none": "tidak ada yang cocok", "full": "penuh|layanan", "refused": "ditolak|layanan"}

func (d *Desk) getMeetings(r *web.Request) (web.Answer, error) {
	all, next, err := web.PartOf(r, 30, func(p web.Part) ([]Meeting, error) { return d.List(r.Context(), r.By, p.After, p.Limit) }, func(m Meeting) id.ID { return m.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, bodyOf), next)
	}
	p := map[string]any{"All": all, "Next": next}
	if p["Standing"], err = d.actions.Standing(r.Context(), r.By); err != nil {
		return nil, err
	}
	return r.Page("meeting/meetings.html", p)
}

// callPage is the form of a meeting that is called, or of more who are.
type callPage struct {
	M        Meeting
	Agencies []page.Tick
	Centres  []page.Tick
}

func (d *Desk) ticks(r *web.Request, p *callPage, left func(id.ID) bool) error {
	c, err := d.actions.Choices(r.Context(), r.By, 0)
	if err != nil {
		return err
	}
	var agencies, centres []page.Option
	for _, a := range c.Agencies {
		if !left(a.ID) {
			agencies = append(agencies, page.Option{Value: a.ID.String(), Name: a.Name})
		}
	}
	for _, e := range c.Centres {
		if !left(e.ID) {
			centres = append(centres, page.Option{Value: e.ID.String(), Name: e.Name})
		}
	}
	p.Agencies, p.Centres = r.Ticks("agencies", agencies), r.Ticks("centres", centres)
	return nil
}

func nobody(id.ID) bool { return false }

func (d *Desk) newPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		p := callPage{M: Meeting{From: "09:00", To: "12:00", NoteTaker: r.By.Name}}
		return &p, d.ticks(r, &p, nobody)
	}
}

func (d *Desk) getNew(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.HoldMeeting) {
		return r.Go("/meetings")
	}
	return r.Page("meeting/new.html", d.newPage(r))
}

func (d *Desk) postMeeting(r *web.Request) (web.Answer, error) {
	m, err := web.Do(r, func(in NewMeeting) (Meeting, error) {
		in.Site = r.Site()
		return d.Call(r.Context(), r.By, in)
	})
	if err != nil {
		return r.Again("meeting/new.html", d.newPage(r), err)
	}
	r.Flash("Rakor tersimpan dan undangan dikirim. Periksa usulan acaranya.")
	return r.Done(m.Path(), m.Path(), bodyOf(m))
}

// meetingPage is one meeting with its forms. Sent names the form that came back.
type meetingPage struct {
	Whole
	Sent  string
	Holds bool
	callPage
}

func (d *Desk) meetingPage(r *web.Request, sent string) func() (any, error) {
	return func() (any, error) {
		w, err := d.Look(r.Context(), r.By, r.ID("meeting"))
		if err != nil {
			return nil, err
		}
		p := meetingPage{Whole: w, Sent: sent, Holds: r.By.May(who.HoldMeeting)}
		p.M = w.Meeting
		if !p.Holds || !w.Open() {
			return p, nil
		}
		called := map[id.ID]bool{}
		for _, v := range w.Invitees {
			called[v.Agency], called[v.Centre] = true, true
		}
		return p, d.ticks(r, &p.callPage, func(i id.ID) bool { return called[i] })
	}
}

func (d *Desk) getMeeting(r *web.Request) (web.Answer, error) {
	if key, ics := strings.CutSuffix(r.Word("meeting"), ".ics"); ics {
		meeting, _ := id.Parse(key)
		name, body, err := d.Calendar(r.Context(), r.By, meeting)
		if err != nil {
			return nil, err
		}
		return r.File(name, calendar.Type, body)
	}
	return r.Show("meeting/meeting.html", func() (any, error) { return d.meetingPage(r, "")() }, func() (any, error) {
		w, err := d.Look(r.Context(), r.By, r.ID("meeting"))
		return wholeBody(w), err
	})
}

func (d *Desk) done(r *web.Request, m Meeting, err error, form, said string) (web.Answer, error) {
	if err != nil {
		return r.Again("meeting/meeting.html", d.meetingPage(r, form), err)
	}
	r.Flash(said)
	return r.Done(m.Path(), m.Path(), bodyOf(m))
}

func (d *Desk) postDetails(r *web.Request) (web.Answer, error) {
	m, err := web.Do(r, func(in Details) (Meeting, error) {
		return d.Change(r.Context(), r.By, r.ID("meeting"), r.IfMatch(), in)
	})
	return d.done(r, m, err, "details", "Perubahan rakor tersimpan.")
}

func (d *Desk) postInvitees(r *web.Request) (web.Answer, error) {
	m, err := web.Do(r, func(in Invited) (Meeting, error) {
		return d.Invite(r.Context(), r.By, r.ID("meeting"), r.IfMatch(), in)
	})
	return d.done(r, m, err, "invitees", "Undangan dikirim.")
}

func (d *Desk) postCancellation(r *web.Request) (web.Answer, error) {
	m, err := web.Do(r, func(in Cancellation) (Meeting, error) {
		return d.Cancel(r.Context(), r.By, r.ID("meeting"), r.IfMatch(), in)
	})
	return d.done(r, m, err, "cancel", "Rakor dibatalkan. Semua yang diundang diberi tahu.")
}

func (d *Desk) postAttendance(r *web.Request) (web.Answer, error) {
	m, err := web.Do(r, func(in Attendance) (Meeting, error) {
		return d.Attend(r.Context(), r.By, r.ID("meeting"), r.IfMatch(), in)
	})
	return d.done(r, m, err, "attendance", "Daftar hadir tersimpan.")
}

func (d *Desk) postGuest(r *web.Request) (web.Answer, error) {
	m, err := web.Do(r, func(in Guest) (Meeting, error) { return d.AddGuest(r.Context(), r.By, r.ID("meeting"), in) })
	return d.done(r, m, err, "guest", "Yang hadir tanpa undangan tercatat.")
}

func (d *Desk) getInvitation(r *web.Request) (web.Answer, error) {
	w, err := d.Look(r.Context(), r.By, r.ID("meeting"))
	if err != nil {
		return nil, err
	}
	return r.Page("meeting/invitation.html", w)
}

// minutesPage are minutes as they are printed.
type minutesPage struct {
	Whole
	Paras []Para
	Holds bool
}

func (d *Desk) minutesPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		w, err := d.Look(r.Context(), r.By, r.ID("meeting"))
		return minutesPage{w, Paras(w.Text()), r.By.May(who.HoldMeeting)}, err
	}
}

func (d *Desk) getMinutes(r *web.Request) (web.Answer, error) {
	return r.Page("meeting/minutes.html", d.minutesPage(r))
}

func (d *Desk) minutesDone(r *web.Request, m Meeting, err error, said string) (web.Answer, error) {
	if err != nil {
		return r.Again("meeting/minutes.html", d.minutesPage(r), err)
	}
	r.Flash(said)
	return r.Done(m.Path()+"/minutes", m.Path(), bodyOf(m))
}

func (d *Desk) postApproval(r *web.Request) (web.Answer, error) {
	m, err := d.Approve(r.Context(), r.By, r.ID("meeting"), r.IfMatch())
	return d.minutesDone(r, m, err, "Notulen disahkan dan tidak berubah lagi.")
}

func (d *Desk) postAddendum(r *web.Request) (web.Answer, error) {
	m, err := web.Do(r, func(in NewAddendum) (Meeting, error) { return d.Add(r.Context(), r.By, r.ID("meeting"), in) })
	return d.minutesDone(r, m, err, "Tambahan notulen tersimpan.")
}

func (d *Desk) getScores(r *web.Request) (web.Answer, error) {
	all, err := d.Scores(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.Whole(web.Bodies(all, scoreBody))
	}
	return r.Page("meeting/scoreboard.html", map[string]any{"All": all, "Few": fewDecisions})
}

type unmetParams struct {
	Category string `query:"category" maxLength:"40"`
}

func (d *Desk) getUnmet(r *web.Request) (web.Answer, error) {
	var in unmetParams
	if err := r.Filter(&in); err != nil {
		return nil, err
	}
	all, err := d.Unmet(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	var shown []coordination.UnmetKind
	for _, u := range all {
		if in.Category == "" || in.Category == u.Category {
			shown = append(shown, u)
		}
	}
	return r.Page("meeting/unmet.html", map[string]any{"All": shown, "Category": in.Category, "Days": unmetDays})
}
