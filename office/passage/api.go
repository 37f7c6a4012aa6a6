package passage

import (
	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/office/casework"
)

// LeaveBody is a leave in the API.
type LeaveBody struct {
	ID       id.ID      `json:"id" required:"true"`
	Version  int64      `json:"version"`
	Case     id.ID      `json:"case_id" required:"true"`
	State    string     `json:"state" enum:"planned,away,back,stayed,cancelled"`
	From     clock.Day  `json:"from" required:"true"`
	Due      clock.Day  `json:"due_on" required:"true"`
	With     string     `json:"with"`
	Relation string     `json:"relation"`
	Contact  string     `json:"contact"`
	AgreedBy string     `json:"agreed_by"`
	Bed      string     `json:"bed" enum:"kept,released"`
	LeftOn   *clock.Day `json:"left_on"`
	BackOn   *clock.Day `json:"back_on"`
	Result   string     `json:"result"`
	Note     string     `json:"note"`
	Calls    []CallBody `json:"contacts"`
}

// CallBody is a visit or a call during a leave.
type CallBody struct {
	ID     id.ID     `json:"id" required:"true"`
	On     clock.Day `json:"on" required:"true"`
	Method string    `json:"method"`
	Note   string    `json:"note"`
	By     string    `json:"by"`
}

// RecordVersion is the ETag.
func (b LeaveBody) RecordVersion() int64 { return b.Version }

func leaveBody(l Leave) LeaveBody {
	b := LeaveBody{l.ID, l.Version, l.Case, l.State, l.From, l.Due, l.With, l.Relation, l.Contact, l.AgreedBy, l.Bed, l.LeftOn.Known(), l.BackOn.Known(), l.Result, l.Note, []CallBody{}}
	for _, c := range l.Calls {
		b.Calls = append(b.Calls, CallBody(c))
	}
	return b
}

// TransferBody is a transfer in the API.
type TransferBody struct {
	ID         id.ID        `json:"id" required:"true"`
	Version    int64        `json:"version"`
	Case       id.ID        `json:"case_id" required:"true"`
	From       id.ID        `json:"from_centre_id" required:"true"`
	To         id.ID        `json:"to_centre_id" required:"true"`
	State      string       `json:"state" enum:"proposed,accepted,refused,withdrawn"`
	Reason     string       `json:"reason"`
	WantedOn   clock.Day    `json:"wanted_on"`
	Along      string       `json:"along"`
	ProposedOn clock.Day    `json:"proposed_on"`
	ProposedBy string       `json:"proposed_by"`
	DecidedOn  *clock.Day   `json:"decided_on"`
	DecidedBy  string       `json:"decided_by"`
	Why        string       `json:"why"`
	Members    []MemberBody `json:"members"`
}

// MemberBody is one person of a transfer.
type MemberBody struct {
	Case   id.ID  `json:"case_id" required:"true"`
	Called string `json:"called"`
	Sex    string `json:"sex"`
	Age    string `json:"age"`
	Kind   string `json:"ppks_type"`
	Stage  string `json:"stage"`
	Next   *id.ID `json:"new_case_id"`
}

// RecordVersion is the ETag.
func (b TransferBody) RecordVersion() int64 { return b.Version }

func transferBody(t Transfer) TransferBody {
	b := TransferBody{t.ID, t.Version, t.Case, t.From, t.To, t.State, t.Reason, t.WantedOn, t.Along, t.ProposedOn, t.Proposer, t.DecidedOn.Known(), t.Decider, t.Why, []MemberBody{}}
	for _, m := range t.Members {
		one := MemberBody{m.Case, m.Called, m.Sex, m.Age, m.Kind, m.Stage, nil}
		if m.Next != 0 {
			one.Next = &m.Next
		}
		b.Members = append(b.Members, one)
	}
	return b
}

// FamilyBody is one member of a family in the API: each has an own case.
type FamilyBody struct {
	ID     id.ID  `json:"id" required:"true"` // of the case
	Person id.ID  `json:"person_id" required:"true"`
	Called string `json:"called"`
	Head   bool   `json:"head"`
	Stage  string `json:"stage"`
	InCare bool   `json:"in_care"`
}

func familyBodies(f casework.File, group []casework.Line) []FamilyBody {
	all := []FamilyBody{}
	for _, l := range group {
		all = append(all, FamilyBody{l.ID, l.Person, l.Called, l.ID == f.HeadID(), l.Stage, l.InCare()})
	}
	return all
}

// ReviewBody is a review of a long stay in the API.
type ReviewBody struct {
	ID       id.ID      `json:"id" required:"true"`
	On       clock.Day  `json:"on" required:"true"`
	Decision string     `json:"decision" enum:"begin,continue,change,end"`
	Note     string     `json:"note"`
	NextOn   *clock.Day `json:"next_on"`
	By       string     `json:"by"`
}

func reviewBody(v Review) ReviewBody {
	return ReviewBody{v.ID, v.On, v.Decision, v.Note, v.NextOn.Known(), v.By}
}

// DeathBody is a death in care in the API. cause is null where it is not known, or withheld from the caller.
type DeathBody struct {
	Case      id.ID     `json:"case_id" required:"true"`
	Version   int64     `json:"version"`
	On        clock.Day `json:"on" required:"true"`
	At        string    `json:"at"`
	Place     string    `json:"place" enum:"centre,hospital,elsewhere"`
	PlaceNote string    `json:"place_note"`
	Cause     *string   `json:"cause"`
	Withheld  bool      `json:"withheld"`
	Steps     Steps     `json:"steps"`
	Remains   []string  `json:"remains"`
}

// RecordVersion is the ETag.
func (b DeathBody) RecordVersion() int64 { return b.Version }

func deathBody(d Death) DeathBody {
	b := DeathBody{d.Case, d.Version, d.On, d.At, d.Place, d.PlaceNote, nil, d.Withheld, d.Steps, []string{}}
	if d.Cause != "" {
		b.Cause = &d.Cause
	}
	for _, s := range d.Checklist() {
		if !s.Done {
			b.Remains = append(b.Remains, s.Code)
		}
	}
	return b
}
