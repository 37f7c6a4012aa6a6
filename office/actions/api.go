package actions

import (
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
)

// ActionBody is an action in the API.
type ActionBody struct {
	ID          id.ID      `json:"id" required:"true"`
	Version     int64      `json:"version"`
	Title       string     `json:"title" required:"true"`
	Detail      string     `json:"detail"`
	Centre      *id.ID     `json:"centre_id"`
	Owner       string     `json:"owner" required:"true"` // office, centre:ID or agency:ID
	OwnerOrg    string     `json:"owner_organisation"`
	OwnerName   string     `json:"owner_name" required:"true"`
	OwnerUser   *id.ID     `json:"owner_user_id"`
	StartOn     clock.Day  `json:"start_on"`
	DueOn       clock.Day  `json:"due_on" required:"true"`
	Measure     string     `json:"measure"`
	Indicator   string     `json:"indicator"`
	State       string     `json:"state" required:"true" enum:"planned,running,done,stopped,replaced"`
	Result      string     `json:"result"`
	DoneOn      *clock.Day `json:"done_on"`
	Postponed   int64      `json:"postponed"`
	Escalated   int64      `json:"escalated"`
	MustDecide  bool       `json:"must_decide"` // put off twice: stop it, hand it on or take it up
	Decided     *id.ID     `json:"meeting_item_id"`
	Former      *id.ID     `json:"former_id"`
	MadeOn      clock.Day  `json:"made_on"`
	By          string     `json:"by"`
	LastStepped *time.Time `json:"last_step_at"`
}

// RecordVersion is the ETag.
func (b ActionBody) RecordVersion() int64 { return b.Version }

// BodyOf gives an action as the API shows it.
func BodyOf(a Action) ActionBody {
	b := ActionBody{ID: a.ID, Version: a.Version, Title: a.Title, Detail: a.Detail, Centre: known(a.Centre), Owner: a.Owner(), OwnerOrg: a.OwnerOrg, OwnerName: a.OwnerName,
		OwnerUser: known(a.OwnerUser), StartOn: a.StartOn, DueOn: a.DueOn, Measure: a.Measure, Indicator: a.Indicator, State: a.State, Result: a.Result, DoneOn: a.DoneOn.Known(),
		Postponed: a.Postponed, Escalated: a.Escalated, MustDecide: a.Stuck(), Decided: known(a.Decided), Former: known(a.Former), MadeOn: a.MadeOn, By: a.By}
	if !a.LastAt.IsZero() {
		at := a.LastAt.In(clock.WIB)
		b.LastStepped = &at
	}
	return b
}

// StepBody is a step of an action in the API.
type StepBody struct {
	ID     id.ID      `json:"id" required:"true"`
	Kind   string     `json:"kind" required:"true"`
	DueOn  *clock.Day `json:"due_on"`
	DoneOn *clock.Day `json:"done_on"`
	Note   string     `json:"note"`
	Via    string     `json:"via" enum:"staff,agency"`
	At     time.Time  `json:"at"`
	By     string     `json:"by"`
}

// GapBody is a gap that an action closes, in the API.
type GapBody struct {
	Centre    id.ID  `json:"centre_id"`
	Standard  string `json:"standard"`
	Criterion string `json:"criterion"`
}

// FileBody is a file of an action in the API, without its bytes.
type FileBody struct {
	ID      id.ID     `json:"id" required:"true"`
	Action  id.ID     `json:"action_id"`
	Title   string    `json:"title"`
	Name    string    `json:"name"`
	Type    string    `json:"type"`
	Size    int64     `json:"size"`
	SHA256  string    `json:"sha256"`
	AddedOn clock.Day `json:"added_on"`
	By      string    `json:"by"`
}

func fileBody(f File) FileBody {
	return FileBody{f.ID, f.Action, f.Title, f.Label, f.Type, f.Size, f.SHA256, f.AddedOn, f.By}
}

// WholeBody is an action with everything about it, in the API.
type WholeBody struct {
	ActionBody
	Gaps  []GapBody  `json:"gaps"`
	Steps []StepBody `json:"steps"`
	Files []FileBody `json:"files"`
}

func wholeBody(w Whole) WholeBody {
	b := WholeBody{BodyOf(w.Action), []GapBody{}, []StepBody{}, []FileBody{}}
	for _, g := range w.Gaps {
		b.Gaps = append(b.Gaps, GapBody{g.Centre, g.Standard, g.Criterion})
	}
	for _, s := range w.Steps {
		b.Steps = append(b.Steps, StepBody{s.ID, s.Kind, s.DueOn.Known(), s.DoneOn.Known(), s.Note, s.Via, s.At.In(clock.WIB), s.By})
	}
	for _, f := range w.Files {
		b.Files = append(b.Files, fileBody(f))
	}
	return b
}

func known(i id.ID) *id.ID {
	if i == 0 {
		return nil
	}
	return &i
}
