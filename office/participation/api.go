package participation

import (
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
)

// ReportBody is a report in the API for staff. Moments are UTC; days are days of the office.
type ReportBody struct {
	ID          id.ID      `json:"id" required:"true"`
	Version     int64      `json:"version"`
	Number      string     `json:"number"`
	State       string     `json:"state" enum:"received,verified,dispatched,visited,closed,merged"`
	Category    string     `json:"category" enum:"person,service,abuse,facility,question,other"`
	Sealed      bool       `json:"sealed"`
	Danger      string     `json:"danger" enum:"yes,no,unknown"`
	Description string     `json:"description"`
	Region      string     `json:"region"`
	Place       string     `json:"place"`
	Lat         string     `json:"lat"`
	Lng         string     `json:"lng"`
	Seen        string     `json:"seen"`
	About       *id.ID     `json:"about_centre"`
	Contact     string     `json:"contact" enum:"anonymous,confidential,open"`
	Name        string     `json:"contact_name"`
	Phone       string     `json:"contact_phone"`
	Source      string     `json:"source"`
	ReceivedAt  time.Time  `json:"received_at"`
	AnswerDueOn clock.Day  `json:"answer_due_on"`
	AnsweredOn  *clock.Day `json:"answered_on"`
	DueOn       *clock.Day `json:"due_on"`
	ClosedOn    *clock.Day `json:"closed_on"`
	Outcome     string     `json:"outcome"`
	Satisfied   string     `json:"satisfied"`
	Reopened    int64      `json:"reopened"`
	Centre      *id.ID     `json:"centre_id"`
	Agency      *id.ID     `json:"agency_id"`
	Case        *id.ID     `json:"case_id"`
	MergedInto  *id.ID     `json:"merged_into"`
	SP4N        string     `json:"sp4n_number"`
	SP4NState   string     `json:"sp4n_state"`
	Steps       []StepBody `json:"steps,omitempty"`
	Photos      []id.ID    `json:"photo_ids,omitempty"`
	Alike       []string   `json:"alike,omitempty"`
}

// RecordVersion is the ETag.
func (b ReportBody) RecordVersion() int64 { return b.Version }

// StepBody is one line of what happened.
type StepBody struct {
	At    time.Time `json:"at"`
	Kind  string    `json:"kind"`
	From  string    `json:"from" enum:"reporter,staff,house"`
	By    string    `json:"by"`
	Text  string    `json:"text"`
	Shown bool      `json:"shown_to_reporter"`
}

func bodyOf(r Report) ReportBody {
	return ReportBody{ID: r.ID, Version: r.Version, Number: r.Number, State: r.State, Category: r.Category, Sealed: r.Sealed, Danger: r.Danger, Description: r.Description,
		Region: r.Region, Place: r.Place, Lat: r.Lat, Lng: r.Lng, Seen: r.Seen, About: r.About.Known(), Contact: r.Contact, Name: r.ContactName, Phone: r.ContactPhone,
		Source: r.Source, ReceivedAt: r.ReceivedAt.UTC(), AnswerDueOn: r.AnswerDueOn, AnsweredOn: r.AnsweredOn.Known(), DueOn: r.DueOn.Known(), ClosedOn: r.ClosedOn.Known(),
		Outcome: r.Outcome, Satisfied: r.Satisfied, Reopened: r.Reopened, Centre: r.Centre.Known(), Agency: r.Agency.Known(), Case: r.Case.Known(),
		MergedInto: r.MergedInto.Known(), SP4N: r.SP4N, SP4NState: r.SP4NState}
}

func sheetBody(s Sheet) ReportBody {
	b := bodyOf(s.Report)
	for _, one := range s.Steps {
		b.Steps = append(b.Steps, StepBody{one.At.UTC(), one.Kind, one.Sender, one.By, one.Body, one.Shown})
	}
	for _, p := range s.Photos {
		b.Photos = append(b.Photos, p.ID)
	}
	for _, l := range s.Alike {
		b.Alike = append(b.Alike, l.Number)
	}
	return b
}
