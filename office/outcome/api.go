package outcome

import (
	"tuntas/house/clock"
	"tuntas/house/id"
)

// OutcomeBody is the outcome of a span in the API. Shares are from 0 to 1.
type OutcomeBody struct {
	Centre       *id.ID           `json:"centre_id"`
	From         clock.Day        `json:"from" required:"true"`
	To           clock.Day        `json:"to" required:"true"`
	Left         int64            `json:"left"`
	EstimateFrom int64            `json:"estimate_from"` // people from which on a share is given for a centre
	Curve        []StepBody       `json:"curve" required:"true"`
	Cohorts      []CohortBody     `json:"cohorts" required:"true"`
	Centres      []CentreBody     `json:"centres" required:"true"`
	Rise         map[string]int64 `json:"lowest_domain"`
	Decile       map[string]int64 `json:"dtsen_decile"`
}

// StepBody is the Kaplan–Meier curve at the end of a month; low and high are null where nobody or everybody has fallen.
type StepBody struct {
	Month    int      `json:"month"`
	AtRisk   int64    `json:"at_risk"`
	Fallen   int64    `json:"no_longer_independent"`
	Censored int64    `json:"last_known"`
	Share    float64  `json:"share"`
	Low      *float64 `json:"low"`
	High     *float64 `json:"high"`
}

// CohortBody is who left at least so many months ago.
type CohortBody struct {
	Months      int   `json:"months"`
	Left        int64 `json:"left"`
	Independent int64 `json:"independent"`
	Not         int64 `json:"not_independent"`
	Unknown     int64 `json:"unknown"`
	Worst       int64 `json:"worst_case"`
	Best        int64 `json:"best_case"`
	NotYet      int64 `json:"not_yet"`
}

// CentreBody is the cohort of a year of one centre; share, low and high are null below the threshold.
type CentreBody struct {
	CohortBody
	ID    id.ID    `json:"id" required:"true"`
	Name  string   `json:"name"`
	Share *float64 `json:"share"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
}

func cohortBody(c Cohort) CohortBody {
	return CohortBody{c.Months, c.All(), c.Independent, c.Not, c.Unknown, c.Independent, c.Best(), c.NotYet}
}

func bodyOf(o Outlook) OutcomeBody {
	b := OutcomeBody{Centre: o.Centre.Known(), From: o.From, To: o.To, Left: o.All(), EstimateFrom: o.Least, Curve: []StepBody{}, Cohorts: []CohortBody{}, Centres: []CentreBody{},
		Rise: o.Rise, Decile: o.Decile}
	for _, s := range o.Curve {
		one := StepBody{Month: s.Month, AtRisk: s.AtRisk, Fallen: s.Fallen, Censored: s.Censored, Share: s.Share}
		if s.Sure {
			one.Low, one.High = &s.Low, &s.High
		}
		b.Curve = append(b.Curve, one)
	}
	for _, c := range o.Cohorts {
		b.Cohorts = append(b.Cohorts, cohortBody(c))
	}
	for _, r := range o.Rows {
		one := CentreBody{CohortBody: cohortBody(r.Cohort), ID: r.Centre.ID, Name: r.Centre.Name}
		if r.Estimated {
			one.Share, one.Low, one.High = &r.Share, &r.Low, &r.High
		}
		b.Centres = append(b.Centres, one)
	}
	return b
}
