package casework

import (
	"tuntas/house/clock"
	"tuntas/house/id"
)

// ConferenceBody is a case conference in the API.
type ConferenceBody struct {
	ID        id.ID             `json:"id" required:"true"`
	Version   int64             `json:"version"`
	Case      id.ID             `json:"case_id" required:"true"`
	On        clock.Day         `json:"on" required:"true"`
	Place     string            `json:"place"`
	Question  string            `json:"question"`
	Decision  string            `json:"decision"`
	By        string            `json:"by"`
	StruckOn  *clock.Day        `json:"struck_on"`
	StruckBy  string            `json:"struck_by"`
	StruckWhy string            `json:"struck_why"`
	People    []ParticipantBody `json:"participants"`
	Followups []FollowupBody    `json:"followups"`
}

// ParticipantBody is somebody who took part.
type ParticipantBody struct {
	User *id.ID `json:"user_id"`
	Name string `json:"name"`
	Role string `json:"role"`
}

// FollowupBody is what somebody does after a conference.
type FollowupBody struct {
	ID      id.ID      `json:"id" required:"true"`
	Version int64      `json:"version"`
	Text    string     `json:"text"`
	Owner   string     `json:"owner"`
	DueOn   clock.Day  `json:"due_on"`
	DoneOn  *clock.Day `json:"done_on"`
	DoneBy  string     `json:"done_by"`
}

// RecordVersion is the ETag.
func (b ConferenceBody) RecordVersion() int64 { return b.Version }

func conferenceBody(c Conference) ConferenceBody {
	b := ConferenceBody{c.ID, c.Version, c.Case, c.On, c.Place, c.Question, c.Decision, c.By, c.StruckOn.Known(), c.StruckBy, c.StruckWhy, []ParticipantBody{}, []FollowupBody{}}
	for _, p := range c.People {
		b.People = append(b.People, ParticipantBody{p.User.Known(), p.Name, p.Role})
	}
	for _, f := range c.Followups {
		b.Followups = append(b.Followups, FollowupBody{f.ID, f.Version, f.Text, f.Owner, f.DueOn, f.DoneOn.Known(), f.DoneBy})
	}
	return b
}
