package casework

import (
	"fmt"
	"strconv"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/law"
)

// AssessmentBody is an assessment in the API.
type AssessmentBody struct {
	ID            id.ID          `json:"id" required:"true"`
	Version       int64          `json:"record_version"`
	Case          id.ID          `json:"case_id"`
	Instrument    string         `json:"instrument"`
	Form          string         `json:"version"`
	Occasion      string         `json:"occasion" enum:"admission,review,termination,aftercare"`
	Answers       map[string]any `json:"answers"`
	Score         *int64         `json:"score"`
	Band          string         `json:"band"`
	AssessedOn    clock.Day      `json:"assessed_on"`
	Assessor      *id.ID         `json:"assessor_id"`
	SignedOn      *clock.Day     `json:"signed_on"`
	Signer        string         `json:"signed_by"`
	CertificateNo string         `json:"certificate_no"`
	Gaps          []string       `json:"gaps"`
}

// RecordVersion is the ETag; "version" in the body is that of the instrument.
func (b AssessmentBody) RecordVersion() int64 { return b.Version }

func assessmentBody(a Assessment) AssessmentBody {
	b := AssessmentBody{a.ID, a.Version, a.Case, a.Instrument, a.InstrumentVersion, a.Occasion, shown(a), a.Score, a.Band, a.AssessedOn,
		a.Assessor.Known(), a.SignedOn.Known(), a.SignerName, a.CertificateNo, []string{}}
	for _, g := range a.Gaps() {
		b.Gaps = append(b.Gaps, g.Key)
	}
	return b
}

// shown gives answers as the API speaks of them: a level is a number, or null where it does not apply. A
// restricted instrument has none.
func shown(a Assessment) map[string]any {
	form := a.Form()
	if form.ScoreOnly {
		return nil
	}
	out := map[string]any{}
	for k, v := range a.Answers {
		out[k] = v
	}
	eachLevel(form, func(key string) {
		switch v := out[key]; v {
		case nil:
		case "na":
			out[key] = nil
		default:
			if n, err := strconv.Atoi(fmt.Sprint(v)); err == nil {
				out[key] = n
			}
		}
	})
	return out
}

// given takes answers as the API speaks of them.
func given(form law.Instrument, answers map[string]any) map[string]any {
	eachLevel(form, func(key string) {
		if v, ok := answers[key]; ok && v == nil {
			answers[key] = "na"
		}
	})
	return answers
}

func eachLevel(form law.Instrument, do func(key string)) {
	for _, s := range form.Sections {
		for _, q := range s.Questions {
			if q.Type == "level" {
				do(q.Key)
			}
		}
	}
}

// NeedBody is a need found by an assessment.
type NeedBody struct {
	ID         id.ID  `json:"id"`
	Assessment *id.ID `json:"assessment_id"`
	Domain     string `json:"domain"`
	Text       string `json:"text"`
	Item       string `json:"item"`
	Declined   string `json:"declined"`
}

func needBody(n Need) NeedBody {
	return NeedBody{n.ID, n.Assessment.Known(), n.Domain, n.Text, n.Item, n.Declined}
}

// PlanBody is a version of the plan in the API.
type PlanBody struct {
	ID          id.ID      `json:"id" required:"true"`
	Version     int64      `json:"record_version"`
	Case        id.ID      `json:"case_id"`
	Number      int64      `json:"version"`
	Current     bool       `json:"current"`
	State       string     `json:"state" enum:"draft,submitted,returned,approved,replaced"`
	MadeOn      clock.Day  `json:"made_on"`
	Maker       string     `json:"made_by"`
	AgreedBy    string     `json:"agreed_by"`
	AgreedOn    *clock.Day `json:"agreed_on"`
	SubmittedOn *clock.Day `json:"submitted_on"`
	ApprovedOn  *clock.Day `json:"approved_on"`
	Approver    string     `json:"approved_by"`
	ReturnedWhy string     `json:"returned_why"`
	Cost        int64      `json:"cost"`
	Goals       []GoalBody `json:"goals"`
}

// RecordVersion is the ETag; "version" in the body is the number of the plan.
func (b PlanBody) RecordVersion() int64 { return b.Version }

// GoalBody is a goal in the API.
type GoalBody struct {
	ID          id.ID             `json:"id"`
	Need        *id.ID            `json:"need_id"`
	Domain      string            `json:"domain"`
	Text        string            `json:"text"`
	Measure     string            `json:"measure"`
	TargetLevel *int64            `json:"target_level"`
	DueOn       clock.Day         `json:"due_on"`
	State       string            `json:"state"`
	Services    []PlanServiceBody `json:"services"`
}

// PlanServiceBody is a planned service in the API.
type PlanServiceBody struct {
	ID      id.ID      `json:"id"`
	Item    string     `json:"item"`
	Text    string     `json:"text"`
	Owner   string     `json:"owner"`
	From    *clock.Day `json:"from"`
	To      *clock.Day `json:"to"`
	Cost    int64      `json:"cost"`
	Funding string     `json:"funding"`
}

func planBody(p Plan, brief bool) PlanBody {
	b := PlanBody{p.ID, p.Version, p.Case, p.Number, p.State == PlanApproved, p.State, p.MadeOn, p.Maker, p.AgreedBy, p.AgreedOn.Known(),
		p.SubmittedOn.Known(), p.ApprovedOn.Known(), p.Approver, p.ReturnedWhy, p.Cost(), []GoalBody{}}
	if brief {
		return b
	}
	for _, g := range p.Goals {
		goal := GoalBody{g.ID, g.Need.Known(), g.Domain, g.Text, g.Measure, g.TargetLevel, g.DueOn, g.State, []PlanServiceBody{}}
		for _, s := range g.Services {
			goal.Services = append(goal.Services, PlanServiceBody{s.ID, s.Item, s.Text, s.Owner, s.From.Known(), s.To.Known(), s.Cost, s.Funding})
		}
		b.Goals = append(b.Goals, goal)
	}
	return b
}
