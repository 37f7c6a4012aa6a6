package casework

import (
	"tuntas/house/clock"
	"tuntas/house/id"
)

// Body is a case in the API.
type Body struct {
	ID           id.ID      `json:"id" required:"true"`
	Version      int64      `json:"version"`
	Person       id.ID      `json:"person_id" required:"true"`
	Centre       id.ID      `json:"centre_id" required:"true"`
	Kind         string     `json:"ppks_type" required:"true"`
	Setting      string     `json:"setting" enum:"inside,outside"`
	Level        string     `json:"level" enum:"basic,advanced"`
	Stage        string     `json:"stage"`
	StageSince   clock.Day  `json:"stage_since"`
	DueOn        *clock.Day `json:"due_on"`
	Missing      int64      `json:"missing_count"`
	Waiting      string     `json:"waiting"`
	OpenedOn     clock.Day  `json:"opened_on" required:"true"`
	ClosedOn     *clock.Day `json:"closed_on"`
	Result       string     `json:"result"`
	Outcome      string     `json:"outcome"`
	Worker       *id.ID     `json:"worker_id"`
	Source       string     `json:"source"`
	Story        string     `json:"story"`
	OutsideSince *clock.Day `json:"outside_since"`
	DecisionNo   string     `json:"decision_number"`
	DecisionOn   *clock.Day `json:"decision_on"`
	Emergency    bool       `json:"emergency"`
	Family       *id.ID     `json:"family_of"`
	Responsible  string     `json:"responsible" enum:"gubernur,bupati_walikota,pusat"`
}

// RecordVersion is the ETag.
func (b Body) RecordVersion() int64 { return b.Version }

// BodyOf gives a case as the API shows it.
func BodyOf(c Case) Body {
	return Body{c.ID, c.Version, c.Person, c.Centre, c.Kind, c.Setting, c.Level, c.Stage, c.StageSince, c.DueOn.Known(), c.Missing,
		c.Waiting, c.OpenedOn, c.ClosedOn.Known(), c.Result, c.Outcome, c.Worker.Known(), c.Source, c.Story, c.OutsideSince.Known(),
		c.DecisionNo, c.DecisionOn.Known(), c.Emergency, c.Family.Known(), c.Duty().Key}
}

// StageBody is one line of the history of stages.
type StageBody struct {
	ID     id.ID       `json:"id"`
	Stage  string      `json:"stage"`
	On     clock.Day   `json:"on"`
	LeftOn *clock.Day  `json:"left_on"`
	By     string      `json:"by"`
	Reason string      `json:"reason"`
	Waiver *WaiverBody `json:"waiver"`
}

// WaiverBody is a waiver on record.
type WaiverBody struct {
	Reason  string   `json:"reason"`
	Missing []string `json:"missing,omitempty"`
	By      string   `json:"by,omitempty"`
}

func stageBody(e Entry) StageBody {
	b := StageBody{ID: e.ID, Stage: e.Stage, On: e.On, LeftOn: e.LeftOn.Known(), By: e.By, Reason: e.Reason}
	if e.Waiver != "" {
		b.Waiver = &WaiverBody{e.Waiver, e.Waived, e.By}
	}
	return b
}

// CriterionBody is a criterion of admission with its result.
type CriterionBody struct {
	Code      string      `json:"code"`
	Article   string      `json:"article"`
	Name      string      `json:"name"`
	Result    string      `json:"result" enum:"met,unmet,unknown"`
	Computed  bool        `json:"computed"`
	Waivable  bool        `json:"waivable"`
	Evidence  string      `json:"evidence"`
	Finding   string      `json:"finding"`
	Warning   string      `json:"warning,omitempty"`
	CheckedOn *clock.Day  `json:"checked_on"`
	By        string      `json:"by"`
	Asked     string      `json:"waiver_asked,omitempty"`
	Waiver    *WaiverBody `json:"waiver"`
}

func criterionBody(c Criterion, lang string, say func(string, ...any) string) CriterionBody {
	b := CriterionBody{Code: c.Code, Article: c.Article, Name: c.In(lang), Result: c.Result, Computed: c.Computed, Waivable: c.Waivable,
		Evidence: c.Evidence, CheckedOn: c.CheckedOn.Known(), By: c.By, Asked: c.Asked}
	if c.Finding.Text != "" {
		b.Finding = say(c.Finding.Text, c.Finding.Args...)
	}
	if c.Warning.Text != "" {
		b.Warning = say(c.Warning.Text, c.Warning.Args...)
	}
	if c.WaivedOn != "" {
		b.Waiver = &WaiverBody{Reason: c.Waiver, By: c.WaivedBy}
	}
	return b
}

// NextBody says what comes next for a case and what is missing.
type NextBody struct {
	Stage      string          `json:"stage"`
	Due        *clock.Day      `json:"due_on"`
	Ready      bool            `json:"ready"`
	Conditions []ConditionBody `json:"conditions"`
}

// ConditionBody is one line of a gate.
type ConditionBody struct {
	Code    string `json:"code"`
	Done    bool   `json:"done"`
	Message string `json:"message"`
	Article string `json:"article"`
}

func nextBody(s Step, say func(string, ...any) string) NextBody {
	b := NextBody{Stage: s.Stage, Due: s.Due.Known(), Ready: s.Ready(), Conditions: []ConditionBody{}}
	for _, c := range s.Conditions {
		b.Conditions = append(b.Conditions, ConditionBody{c.Code, c.Done, say(c.Say.Text, c.Say.Args...), c.Article})
	}
	return b
}
