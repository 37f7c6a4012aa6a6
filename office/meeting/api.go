package meeting

import (
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/office/actions"
)

// MeetingBody is a meeting in the API.
type MeetingBody struct {
	ID           id.ID      `json:"id" required:"true"`
	Version      int64      `json:"version"`
	Name         string     `json:"name" required:"true"`
	On           clock.Day  `json:"on" required:"true"`
	From         string     `json:"from"`
	To           string     `json:"to"`
	Place        string     `json:"place"`
	Link         string     `json:"link"`
	Chair        string     `json:"chair"`
	NoteTaker    string     `json:"note_taker"`
	About        string     `json:"about"`
	State        string     `json:"state" required:"true" enum:"called,approved,cancelled"`
	Sequence     int64      `json:"sequence"`
	CancelledWhy string     `json:"cancelled_why"`
	SHA256       string     `json:"minutes_sha256"`
	ApprovedAt   *time.Time `json:"approved_at"`
	ApprovedBy   string     `json:"approved_by"`
}

// RecordVersion is the ETag.
func (b MeetingBody) RecordVersion() int64 { return b.Version }

func bodyOf(m Meeting) MeetingBody {
	b := MeetingBody{ID: m.ID, Version: m.Version, Name: m.Name, On: m.On, From: m.From, To: m.To, Place: m.Place, Link: m.Link, Chair: m.Chair, NoteTaker: m.NoteTaker, About: m.About,
		State: m.State, Sequence: m.Sequence, CancelledWhy: m.CancelledWhy, SHA256: m.SHA256, ApprovedBy: m.ApprovedBy}
	if !m.ApprovedAt.IsZero() {
		at := m.ApprovedAt.In(clock.WIB)
		b.ApprovedAt = &at
	}
	return b
}

// InviteeBody is an organisation that was called or came, in the API.
type InviteeBody struct {
	ID        id.ID  `json:"id" required:"true"`
	Agency    *id.ID `json:"agency_id"`
	Centre    *id.ID `json:"centre_id"`
	Name      string `json:"name" required:"true"`
	Invited   bool   `json:"invited"`
	Present   bool   `json:"present"`
	Person    string `json:"person"`
	Post      string `json:"post"`
	InsteadOf string `json:"instead_of"`
}

func inviteeBody(v Invitee) InviteeBody {
	return InviteeBody{v.ID, known(v.Agency), known(v.Centre), v.Name, v.Invited, v.Present, v.Person, v.Post, v.InsteadOf}
}

// ItemBody is a point of an agenda in the API.
type ItemBody struct {
	ID        id.ID                `json:"id" required:"true"`
	Version   int64                `json:"version"`
	Meeting   id.ID                `json:"meeting_id"`
	Place     int64                `json:"place"`
	Source    string               `json:"source"`
	Title     string               `json:"title" required:"true"`
	Number    int64                `json:"number"`
	Path      string               `json:"path"`
	Action    *id.ID               `json:"action_id"`
	State     string               `json:"state" enum:"proposed,accepted,dropped"`
	Notes     string               `json:"notes"`
	Decisions []actions.ActionBody `json:"decisions"`
}

// RecordVersion is the ETag.
func (b ItemBody) RecordVersion() int64 { return b.Version }

func itemBody(i Item) ItemBody {
	b := ItemBody{i.ID, i.Version, i.Meeting, i.Place, i.Source, i.Title, i.Number, i.Path, known(i.Action), i.State, i.Notes, []actions.ActionBody{}}
	for _, a := range i.Decisions {
		b.Decisions = append(b.Decisions, actions.BodyOf(a))
	}
	return b
}

// AddendumBody is what was added to approved minutes, in the API.
type AddendumBody struct {
	ID     id.ID     `json:"id" required:"true"`
	At     time.Time `json:"at"`
	Text   string    `json:"text"`
	SHA256 string    `json:"sha256"`
	By     string    `json:"by"`
}

// WholeBody is a meeting with everything about it, in the API.
type WholeBody struct {
	MeetingBody
	Invitees []InviteeBody  `json:"invitees"`
	Items    []ItemBody     `json:"items"`
	Addenda  []AddendumBody `json:"addenda"`
	Minutes  string         `json:"minutes"` // as frozen; before that as they stand now
}

func wholeBody(w Whole) WholeBody {
	b := WholeBody{bodyOf(w.Meeting), []InviteeBody{}, []ItemBody{}, []AddendumBody{}, w.Text()}
	for _, v := range w.Invitees {
		b.Invitees = append(b.Invitees, inviteeBody(v))
	}
	for _, i := range w.Items {
		b.Items = append(b.Items, itemBody(i))
	}
	for _, u := range w.Addenda {
		b.Addenda = append(b.Addenda, AddendumBody{u.ID, u.At.In(clock.WIB), u.Text, u.SHA256, u.By})
	}
	return b
}

// ScoreBody is how one agency keeps what meetings decided, in the API. Decided is the sum of the five that follow it.
type ScoreBody struct {
	ID       id.ID  `json:"agency_id" required:"true"`
	Name     string `json:"name"`
	Decided  int64  `json:"decided"`
	InTime   int64  `json:"done_in_time"`
	Late     int64  `json:"done_late"`
	Running  int64  `json:"running"`
	Overdue  int64  `json:"overdue"`
	Stopped  int64  `json:"stopped_or_handed_on"`
	Moved    int64  `json:"postponements"`
	Median   *int64 `json:"median_days_to_done"`
	Compared bool   `json:"compared"` // false below five decisions
}

func scoreBody(s Score) ScoreBody {
	b := ScoreBody{ID: s.Agency, Name: s.Name, Decided: s.Decided, InTime: s.InTime, Late: s.Late, Running: s.Running, Overdue: s.Overdue, Stopped: s.Stopped, Moved: s.Moved, Compared: s.Compared()}
	if s.Measured > 0 {
		b.Median = &s.Median
	}
	return b
}

func known(i id.ID) *id.ID {
	if i == 0 {
		return nil
	}
	return &i
}
