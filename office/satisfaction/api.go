package satisfaction

import (
	"math/big"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/text"
)

// RoundBody is a round in the API. Index is rounded to two decimals; null without a form.
type RoundBody struct {
	ID       id.ID         `json:"id" required:"true"`
	Version  int64         `json:"version"`
	Centre   id.ID         `json:"centre_id"`
	At       string        `json:"centre_name"`
	From     clock.Day     `json:"from"`
	To       clock.Day     `json:"to"`
	State    string        `json:"state" enum:"open,closed"`
	Answers  int64         `json:"answers"`
	Note     string        `json:"note"`
	ClosedOn *clock.Day    `json:"closed_on"`
	Index    *float64      `json:"index"`
	Grade    string        `json:"grade"`
	Elements []ElementBody `json:"elements"`
	Before   *BeforeBody   `json:"before,omitempty"`
	Pulse    bool          `json:"pulse"`
}

// RecordVersion is the ETag.
func (b RoundBody) RecordVersion() int64 { return b.Version }

// ElementBody is one element of a round: its answers, and the points that they gave it.
type ElementBody struct {
	Element int    `json:"element"`
	Name    string `json:"name"`
	Count   int64  `json:"count"`
	Points  int64  `json:"points"`
	Values  Sum    `json:"by_value"`
}

// BeforeBody is the institution's round before.
type BeforeBody struct {
	ID    id.ID    `json:"id"`
	Index *float64 `json:"index"`
	Grade string   `json:"grade"`
}

// AnswerBody is a filled form in the API.
type AnswerBody struct {
	ID        id.ID           `json:"id" required:"true"`
	Round     id.ID           `json:"round_id"`
	On        clock.Day       `json:"on"`
	Values    [Elements]int64 `json:"values"`
	Sex       string          `json:"sex"`
	Age       string          `json:"age_group"`
	Education string          `json:"education"`
	Remark    string          `json:"remark"`

	Source     string `json:"source" enum:"paper,file,pulse"`
	Respondent string `json:"respondent"`
	Ref        string `json:"ref"`
}

func rounded(x *big.Rat) *float64 {
	if x == nil {
		return nil
	}
	f := float64(Hundredths(x)) / 100
	return &f
}

func roundBody(l text.Lang, r Round) RoundBody {
	b := RoundBody{r.ID, r.Version, r.Centre, r.At, r.From, r.To, r.State, r.Answers, r.Note, r.ClosedOn.Known(), rounded(r.Sums.Index()), r.Grade(), nil, nil, r.Pulse}
	for i, e := range r.Rules().Elements {
		s := r.Sums[i]
		b.Elements = append(b.Elements, ElementBody{i + 1, e.In(string(l)), s.Count(), s.Points(), s})
	}
	return b
}

func sheetBody(l text.Lang, s Sheet) RoundBody {
	b := roundBody(l, s.Round)
	if s.Before != nil {
		b.Before = &BeforeBody{s.Before.ID, rounded(s.Before.Sums.Index()), s.Before.Grade()}
	}
	return b
}

func answerBody(a Answer) AnswerBody {
	return AnswerBody{a.ID, a.Round, a.On, a.Values, a.Sex, a.Age, a.Education, a.Remark, a.Source, a.Respondent, a.Ref}
}
