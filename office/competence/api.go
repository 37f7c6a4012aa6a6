package competence

import (
	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/text"
)

// StandingBody is an institution in the API: posts filled of those planned, certificates, workload and gaps. ID is that of
// the institution, the version that of its plan.
type StandingBody struct {
	ID      id.ID             `json:"centre_id" required:"true"`
	Version int64             `json:"version"`
	Name    string            `json:"name"`
	Posts   map[string]KindOf `json:"posts"`
	Filled  int64             `json:"posts_filled"`
	Wanted  *int64            `json:"posts_wanted"`
	Staff   int64             `json:"staff"`
	Holding int64             `json:"certified"`
	Expired int64             `json:"certificates_expired"`
	Ending  int64             `json:"certificates_ending"`
	Cases   int64             `json:"open_cases"`
	Each    int64             `json:"cases_each"`
	Most    *int64            `json:"cases_each_limit"`
	Gaps    []GapBody         `json:"gaps"`
}

// RecordVersion is the ETag.
func (b StandingBody) RecordVersion() int64 { return b.Version }

// KindOf is how many of a kind there are of those planned.
type KindOf struct {
	Have      int64  `json:"have"`
	Wanted    *int64 `json:"wanted"`
	Certified int64  `json:"certified"`
}

// GapBody is what is missing. Criterion is a key of the standard snrs/2019.
type GapBody struct {
	Kind      string `json:"kind" enum:"missing,uncertified,expired,ending,overload"`
	Of        string `json:"of"`
	N         int64  `json:"n"`
	Say       string `json:"text"`
	Criterion string `json:"criterion"`
}

// PlanBody is how many of each kind an institution plans.
type PlanBody struct {
	Centre    id.ID            `json:"centre_id" required:"true"`
	Version   int64            `json:"version"`
	Wanted    map[string]int64 `json:"wanted"`
	MostCases *int64           `json:"most_cases"`
	Note      string           `json:"note"`
	SetOn     *clock.Day       `json:"set_on"`
	By        string           `json:"by"`
}

// RecordVersion is the ETag.
func (b PlanBody) RecordVersion() int64 { return b.Version }

// EndingBody is a post whose certificate has ended or ends soon. ID is that of the post.
type EndingBody struct {
	ID            id.ID     `json:"id" required:"true"`
	Centre        id.ID     `json:"centre_id"`
	At            string    `json:"centre_name"`
	Name          string    `json:"name"`
	Kind          string    `json:"kind"`
	CertificateNo string    `json:"certificate_no"`
	Until         clock.Day `json:"certificate_until"`
	Days          int       `json:"days_left"` // less than 0: it has ended
}

// TrainingBody is a training in the API. Cost is rupiah.
type TrainingBody struct {
	ID          id.ID             `json:"id" required:"true"`
	Version     int64             `json:"version"`
	Name        string            `json:"name"`
	Subject     string            `json:"subject"`
	Provider    string            `json:"provider"`
	Kind        string            `json:"kind"`
	Criterion   string            `json:"criterion"`
	Place       string            `json:"place"`
	From        clock.Day         `json:"from"`
	To          clock.Day         `json:"to"`
	Places      int64             `json:"places"`
	Taken       int64             `json:"places_taken"`
	Waiting     int64             `json:"waiting"`
	Certificate string            `json:"certificate"`
	Months      *int64            `json:"months"`
	Cost        *int64            `json:"cost"`
	Note        string            `json:"note"`
	State       string            `json:"state" enum:"planned,open,held,closed,cancelled"`
	Why         string            `json:"cancelled_why"`
	ClosedOn    *clock.Day        `json:"closed_on"`
	Members     []ParticipantBody `json:"participants,omitempty"`
	Effects     []EffectBody      `json:"effects,omitempty"`
	Each        int64             `json:"cost_each_passed,omitempty"`
}

// RecordVersion is the ETag.
func (b TrainingBody) RecordVersion() int64 { return b.Version }

// ParticipantBody is a participant in the API.
type ParticipantBody struct {
	ID            id.ID      `json:"id" required:"true"`
	Version       int64      `json:"version"`
	Training      id.ID      `json:"training_id"`
	Staff         id.ID      `json:"staff_id"`
	Centre        id.ID      `json:"centre_id"`
	Name          string     `json:"name"`
	State         string     `json:"state" enum:"proposed,waiting,accepted,refused,withdrawn,absent,attended,passed"`
	CertificateNo string     `json:"certificate_no"`
	Until         *clock.Day `json:"certificate_until"`
	Reason        string     `json:"reason"`
	ProposedOn    clock.Day  `json:"proposed_on"`
	ProposedBy    string     `json:"proposed_by"`
	DecidedOn     *clock.Day `json:"decided_on"`
	DecidedBy     string     `json:"decided_by"`
}

// RecordVersion is the ETag.
func (b ParticipantBody) RecordVersion() int64 { return b.Version }

// EffectBody is what came of a training at one institution: the criterion before and after, and who of the staff held a
// certificate before and after.
type EffectBody struct {
	Centre          id.ID  `json:"centre_id" required:"true"`
	Name            string `json:"centre_name"`
	Sent            int64  `json:"sent"`
	Passed          int64  `json:"passed"`
	CriterionBefore string `json:"criterion_before"`
	CriterionAfter  string `json:"criterion_after"`
	StaffBefore     int64  `json:"staff_before"`
	CertifiedBefore int64  `json:"certified_before"`
	StaffAfter      int64  `json:"staff_after"`
	CertifiedAfter  int64  `json:"certified_after"`
}

func standingBody(l text.Lang, s Standing) StandingBody {
	sum := s.Sum()
	b := StandingBody{ID: s.Centre.ID, Version: s.Plan.Version, Name: s.Centre.Name, Posts: map[string]KindOf{}, Filled: s.Filled(), Staff: sum.Have,
		Holding: sum.Certified, Expired: sum.Expired, Ending: sum.Ending, Cases: s.Load.Cases, Each: s.Each(), Most: s.Plan.MostCases, Gaps: []GapBody{}}
	if len(s.Plan.Wanted) > 0 {
		n := s.Wanted()
		b.Wanted = &n
	}
	for _, k := range Planned {
		b.Posts[k] = KindOf{s.ByKind[k].Have, s.Plan.Posts(k), s.ByKind[k].Certified}
	}
	for _, g := range s.Gaps() {
		b.Gaps = append(b.Gaps, GapBody{g.Kind, g.Of, g.N, text.Say(l, g.Say), g.Criterion})
	}
	return b
}

func planBody(p Plan) PlanBody {
	b := PlanBody{p.Centre, p.Version, p.Wanted, p.MostCases, p.Note, p.SetOn.Known(), p.By}
	if b.Wanted == nil {
		b.Wanted = map[string]int64{}
	}
	return b
}

func endingBody(p Post, today clock.Day) EndingBody {
	return EndingBody{p.ID, p.Centre, p.At, p.Name, p.Kind, p.CertificateNo, p.CertificateUntil, p.CertificateUntil.Sub(today)}
}

func trainingBody(t Training) TrainingBody {
	return TrainingBody{ID: t.ID, Version: t.Version, Name: t.Name, Subject: t.Subject, Provider: t.Provider, Kind: t.Kind, Criterion: t.Criterion, Place: t.Place, From: t.From,
		To: t.To, Places: t.Places, Taken: t.Taken, Waiting: t.Waiting, Certificate: t.Certificate, Months: t.Months, Cost: t.Cost, Note: t.Note, State: t.State, Why: t.Why,
		ClosedOn: t.ClosedOn.Known()}
}

func participantBody(p Participant) ParticipantBody {
	return ParticipantBody{p.ID, p.Version, p.Training, p.Staff, p.Centre, p.Name, p.State, p.CertificateNo, p.Until.Known(), p.Reason, p.ProposedOn, p.ProposedBy,
		p.DecidedOn.Known(), p.DecidedBy}
}

func sheetBody(s Sheet) TrainingBody {
	b := trainingBody(s.Training)
	for _, p := range s.Members {
		b.Members = append(b.Members, participantBody(p))
	}
	for _, e := range s.Effects {
		b.Effects = append(b.Effects, EffectBody{e.Centre, e.Name, e.Sent, e.Passed, e.Criterion.Before, e.Criterion.After, e.Before.Of, e.Before.N, e.After.Of, e.After.N})
	}
	b.Each = s.Each()
	return b
}
