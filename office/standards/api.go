package standards

import (
	"tuntas/house/clock"
	"tuntas/house/id"
)

// StandardBody is a version of a standard in the API.
type StandardBody struct {
	Key       string     `json:"key" required:"true"`
	Version   string     `json:"version" required:"true"`
	Name      string     `json:"name"`
	NameEn    string     `json:"name_en"`
	ValidFrom clock.Day  `json:"valid_from"`
	ValidTo   *clock.Day `json:"valid_to"`
	Source    string     `json:"source"`
	Status    string     `json:"status" enum:"verified,assumed"`
	Criteria  int64      `json:"criteria"`
	Used      bool       `json:"used"`
	Shipped   bool       `json:"shipped"`
}

func standardBody(h Held) StandardBody {
	return StandardBody{h.Key, h.Edition, h.Name, h.NameEn, h.ValidFrom, h.ValidTo.Known(), h.Source, h.Status, h.Criteria, h.Used, h.Shipped}
}

// WholeStandard is a version with all that it asks.
type WholeStandard struct {
	StandardBody
	Nodes []NodeBody `json:"nodes"`
}

// NodeBody is a chapter, a part of one, or a criterion. share is what a criterion weighs in the whole.
type NodeBody struct {
	Key        string   `json:"key"`
	Parent     *string  `json:"parent"`
	Name       string   `json:"name"`
	NameEn     string   `json:"name_en"`
	Article    string   `json:"article"`
	Weight     float64  `json:"weight"`
	Share      *float64 `json:"share"`
	Imperative bool     `json:"imperative"`
	Kinds      []string `json:"kinds"`
	Prefill    *string  `json:"prefill"`
}

func wholeBody(s Standard, h Held) WholeStandard {
	all := []NodeBody{}
	for _, n := range s.Nodes {
		b := NodeBody{Key: n.Key, Name: n.Name, NameEn: n.NameEn, Article: n.Article, Weight: *n.Weight, Imperative: n.Imperative, Kinds: n.Kinds, Parent: filled(n.Parent), Prefill: filled(n.Prefill)}
		if c, ok := s.Criterion(n.Key); ok {
			b.Share = &c.Share
		}
		if b.Kinds == nil {
			b.Kinds = []string{}
		}
		all = append(all, b)
	}
	return WholeStandard{standardBody(h), all}
}

func filled(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// CampaignBody is a campaign in the API.
type CampaignBody struct {
	ID       id.ID      `json:"id" required:"true"`
	Version  int64      `json:"version"`
	Name     string     `json:"name"`
	Standard string     `json:"standard"` // the key of it
	From     clock.Day  `json:"from"`
	To       clock.Day  `json:"to"`
	DueOn    clock.Day  `json:"due_on"`
	State    string     `json:"state" enum:"open,closed"`
	OpenedOn clock.Day  `json:"opened_on"`
	ClosedOn *clock.Day `json:"closed_on"`
	By       string     `json:"by"`
}

// RecordVersion is the ETag.
func (b CampaignBody) RecordVersion() int64 { return b.Version }

func campaignBody(c Campaign) CampaignBody {
	return CampaignBody{c.ID, c.Version, c.Name, c.Key, c.From, c.To, c.DueOn, c.State, c.OpenedOn, c.ClosedOn.Known(), c.By}
}

// ScoreBody is a score: percent is null as long as nothing applicable was assessed. What was not assessed is in no sum.
type ScoreBody struct {
	Criteria int      `json:"criteria"`
	Assessed int      `json:"assessed"`
	Percent  *float64 `json:"percent"`
	Fails    []string `json:"fails"` // imperative criteria at "no"
}

func scoreBody(s Score) ScoreBody {
	b := ScoreBody{Criteria: s.Criteria, Assessed: s.Assessed, Fails: append([]string{}, s.Fails...)}
	if s.Known() {
		p := s.Percent()
		b.Percent = &p
	}
	return b
}

// SelfBody is a self-assessment in the API; its scores stand where one alone was asked for.
type SelfBody struct {
	ID          id.ID      `json:"id" required:"true"`
	Version     int64      `json:"version"`
	Campaign    id.ID      `json:"campaign_id"`
	Centre      id.ID      `json:"centre_id"`
	State       string     `json:"state" enum:"open,submitted,verified"`
	SubmittedOn *clock.Day `json:"submitted_on"`
	ReturnedOn  *clock.Day `json:"returned_on"`
	ReturnedWhy string     `json:"returned_why"`
	VerifiedOn  *clock.Day `json:"verified_on"`
	Own         *ScoreBody `json:"own"`
	Province    *ScoreBody `json:"province"`
	Differ      int        `json:"differ"`
	Gaps        []string   `json:"gaps"`
}

// RecordVersion is the ETag.
func (b SelfBody) RecordVersion() int64 { return b.Version }

func selfBody(a Self) SelfBody {
	return SelfBody{ID: a.ID, Version: a.Version, Campaign: a.Campaign, Centre: a.Centre, State: a.State, SubmittedOn: a.SubmittedOn.Known(), ReturnedOn: a.ReturnedOn.Known(),
		ReturnedWhy: a.ReturnedWhy, VerifiedOn: a.VerifiedOn.Known(), Gaps: []string{}}
}

func scoredBody(v Sheet) SelfBody {
	b := selfBody(v.Self)
	own, theirs := scoreBody(v.Own()), scoreBody(v.Theirs())
	b.Own, b.Province, b.Differ = &own, &theirs, v.Differ()
	for _, g := range v.Gaps() {
		b.Gaps = append(b.Gaps, g.Criterion.Key)
	}
	return b
}

// StandBody is how far an institution is in a campaign.
type StandBody struct {
	ID       id.ID                `json:"id" required:"true"`
	Centre   id.ID                `json:"centre_id"`
	Name     string               `json:"centre"`
	State    string               `json:"state" enum:"open,submitted,verified"`
	Own      ScoreBody            `json:"own"`
	Province ScoreBody            `json:"province"`
	Differ   int                  `json:"differ"`
	Chapters map[string]ScoreBody `json:"chapters"`
}

func standBody(s Stand, of Standard) StandBody {
	b := StandBody{ID: s.Self.ID, Centre: s.Centre, Name: s.Name, State: s.State, Own: scoreBody(s.Own), Province: scoreBody(s.Theirs), Differ: s.Differ, Chapters: map[string]ScoreBody{}}
	for i, n := range of.Chapters() {
		b.Chapters[n.Key] = scoreBody(s.Chapters[i])
	}
	return b
}

// AnswerBody is one criterion with its answer; value is null as long as nobody answered, and confirmed says whether
// somebody stands by it.
type AnswerBody struct {
	Key         string     `json:"criterion" required:"true"`
	Version     int64      `json:"version"`
	Value       *string    `json:"value"`
	Confirmed   bool       `json:"confirmed"`
	Source      *string    `json:"source"`
	Note        string     `json:"note"`
	Why         string     `json:"why"`
	Suggested   *string    `json:"suggested"` // by operations, now
	Counted     *int64     `json:"counted"`
	CountedOf   *int64     `json:"counted_of"`
	Before      *string    `json:"before"` // of the last period
	Verdict     *string    `json:"verdict"`
	VerdictHow  *string    `json:"how"`
	VerdictNote string     `json:"verdict_note"`
	VerdictOn   *clock.Day `json:"verdict_on"`
	Evidence    int        `json:"evidence"`
}

// RecordVersion is the ETag.
func (b AnswerBody) RecordVersion() int64 { return b.Version }

func answerBody(v Sheet, c Criterion) AnswerBody {
	w := v.Answers[c.Key]
	b := AnswerBody{Key: c.Key, Version: w.Version, Value: filled(w.Value), Confirmed: w.Confirmed, Source: filled(w.Source), Note: w.Note, Why: w.Why,
		Before: filled(v.Before[c.Key].Cell().Says()), Verdict: filled(w.Verdict), VerdictHow: filled(w.VerdictHow), VerdictNote: w.VerdictNote, VerdictOn: w.VerdictOn.Known(), Evidence: len(v.Proofs(c.Key))}
	if f, ok := FactOf(c.Prefill); ok {
		n := v.Counts[f.Key]
		b.Suggested, b.Counted, b.CountedOf = filled(f.Suggests(n)), &n.N, &n.Of
	}
	return b
}

// TurnBody is a criterion that is answered otherwise than in the last period.
type TurnBody struct {
	Key    string  `json:"key" required:"true"`
	Before *string `json:"before"`
	Now    *string `json:"now"`
	Better bool    `json:"better"`
}

func turnBody(t Turn) TurnBody {
	return TurnBody{t.Criterion.Key, filled(t.Before), filled(t.Now), t.Better}
}

// LineBody is one line behind what operations say; the name is null where the person is not for the caller.
type LineBody struct {
	ID     id.ID   `json:"id" required:"true"`
	Case   *id.ID  `json:"case_id"`
	Name   *string `json:"name"`
	Counts bool    `json:"counts"`
}

func lineBody(l Line) LineBody {
	b := LineBody{ID: l.ID, Name: filled(l.Name), Counts: l.Good}
	if l.Case != 0 && l.Name != "" {
		b.Case = &l.Case
	}
	return b
}

// EvidenceBody is a file in the API, without its bytes.
type EvidenceBody struct {
	ID        id.ID      `json:"id" required:"true"`
	Version   int64      `json:"version"`
	Self      id.ID      `json:"self_assessment_id"`
	Criterion string     `json:"criterion"`
	Title     string     `json:"title"`
	Label     string     `json:"label"`
	Type      string     `json:"type" enum:"image/jpeg,image/png,application/pdf"`
	Size      int64      `json:"size"`
	SHA256    string     `json:"sha256"`
	From      clock.Day  `json:"from"`
	To        clock.Day  `json:"to"`
	ExpiresOn *clock.Day `json:"expires_on"`
	AddedOn   clock.Day  `json:"added_on"`
	By        string     `json:"by"`
	StruckOn  *clock.Day `json:"struck_on"`
	StruckWhy string     `json:"struck_why"`
}

// RecordVersion is the ETag.
func (b EvidenceBody) RecordVersion() int64 { return b.Version }

func evidenceBody(e Evidence) EvidenceBody {
	return EvidenceBody{e.ID, e.Version, e.Self, e.Criterion, e.Title, e.Label, e.Type, e.Size, e.SHA256, e.From, e.To, e.ExpiresOn.Known(), e.AddedOn, e.By, e.StruckOn.Known(), e.StruckWhy}
}
