package coordination

import (
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
)

// AgencyBody is an agency in the API.
type AgencyBody struct {
	ID          id.ID      `json:"id" required:"true"`
	Version     int64      `json:"version"`
	Kind        string     `json:"kind" required:"true"`
	Name        string     `json:"name" required:"true"`
	Email       string     `json:"email"`
	Phone       string     `json:"phone"`
	Contact     string     `json:"contact"`
	Centre      *id.ID     `json:"centre_id"`
	Districts   []string   `json:"districts"`
	Note        string     `json:"note"`
	RetiredOn   *clock.Day `json:"retired_on"`
	RetiredWhy  string     `json:"retired_why,omitempty"`
	MedianHours *int64     `json:"median_answer_hours"`
	Answers     int64      `json:"answers"`
}

// RecordVersion is the ETag.
func (b AgencyBody) RecordVersion() int64 { return b.Version }

func agencyBody(a Agency, p Pace) AgencyBody {
	b := AgencyBody{ID: a.ID, Version: a.Version, Kind: a.Kind, Name: a.Name, Email: a.Email, Phone: a.Phone, Contact: a.Contact, Centre: a.Centre.Known(), Districts: list(a.Districts),
		Note: a.Note, RetiredOn: a.RetiredOn.Known(), RetiredWhy: a.RetiredWhy, Answers: p.N}
	if p.N > 0 {
		b.MedianHours = &p.Hours
	}
	return b
}

// AgencyServiceBody is what an agency offers, in the API.
type AgencyServiceBody struct {
	ID        id.ID      `json:"id" required:"true"`
	Version   int64      `json:"version"`
	Agency    id.ID      `json:"agency_id" required:"true"`
	Category  string     `json:"category" required:"true"`
	Name      string     `json:"name" required:"true"`
	Kinds     []string   `json:"kinds"`
	AgeFrom   *int64     `json:"age_from"`
	AgeTo     *int64     `json:"age_to"`
	Sex       string     `json:"sex"`
	Place     string     `json:"place"`
	Districts []string   `json:"districts"`
	Capacity  *int64     `json:"capacity"`
	AssuredOn *clock.Day `json:"assured_on"`
	AssuredBy string     `json:"assured_by"`
	RetiredOn *clock.Day `json:"retired_on"`
}

// RecordVersion is the ETag.
func (b AgencyServiceBody) RecordVersion() int64 { return b.Version }

func serviceBody(s Service) AgencyServiceBody {
	return AgencyServiceBody{ID: s.ID, Version: s.Version, Agency: s.Agency, Category: s.Category, Name: s.Name, Kinds: list(s.Kinds), AgeFrom: s.AgeFrom, AgeTo: s.AgeTo, Sex: s.Sex, Place: s.Place,
		Districts: list(s.Districts), Capacity: s.Capacity, AssuredOn: s.AssuredOn.Known(), AssuredBy: s.AssuredBy, RetiredOn: s.RetiredOn.Known()}
}

// ReferralBody is a referral in the API; shared is exactly what the receiver sees of the person.
type ReferralBody struct {
	ID           id.ID      `json:"id" required:"true"`
	Version      int64      `json:"version"`
	Case         id.ID      `json:"case_id" required:"true"`
	Centre       id.ID      `json:"centre_id" required:"true"`
	ToCentre     *id.ID     `json:"to_centre_id"`
	Agency       id.ID      `json:"agency_id" required:"true"`
	Service      id.ID      `json:"service_id" required:"true"`
	Category     string     `json:"category"`
	Need         string     `json:"need"`
	Basis        string     `json:"basis"`
	BasisNote    string     `json:"basis_note"`
	Assessment   id.ID      `json:"assessment_id"`
	Shared       []Shown    `json:"shared"`
	State        string     `json:"state" required:"true"`
	DueOn        clock.Day  `json:"due_on"`
	SentAt       *time.Time `json:"sent_at"`
	AnsweredAt   *time.Time `json:"answered_at"`
	StartedOn    *clock.Day `json:"started_on"`
	StartedProof string     `json:"started_proof"`
	FinishedOn   *clock.Day `json:"finished_on"`
	Result       string     `json:"result"`
	Reason       string     `json:"reason"`
	Note         string     `json:"note"`
	Steps        int64      `json:"escalation_steps"`
	Attachment   *id.ID     `json:"attachment_id"`
	Former       *id.ID     `json:"former_id"`
	By           string     `json:"by"`
}

// RecordVersion is the ETag.
func (b ReferralBody) RecordVersion() int64 { return b.Version }

func referralBody(r Referral) ReferralBody {
	b := ReferralBody{ID: r.ID, Version: r.Version, Case: r.Case, Centre: r.Centre, ToCentre: r.ToCentre.Known(), Agency: r.Agency, Service: r.Service, Category: r.Category, Need: r.Need, Basis: r.Basis,
		BasisNote: r.BasisNote, Assessment: r.Assessment, Shared: r.Frozen.Fields, State: r.State, DueOn: r.DueOn, SentAt: knownAt(r.SentAt), AnsweredAt: knownAt(r.AnsweredAt), StartedOn: r.StartedOn.Known(),
		StartedProof: r.StartedProof, FinishedOn: r.FinishedOn.Known(), Result: r.Result, Reason: r.Reason, Note: r.Note, Steps: r.Steps, Attachment: r.Attachment.Known(), Former: r.Former.Known(), By: r.By}
	if b.Shared == nil {
		b.Shared = []Shown{}
	}
	return b
}

// LackBody says what was counted.
type LackBody struct {
	Why string `json:"why" enum:"none,full"`
}

func knownAt(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.In(clock.WIB)
	return &t
}

func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
