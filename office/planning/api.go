package planning

import (
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
)

// PlanBody is a plan in the API. Money is rupiah; gain and most are points of score, what the choice closes and what no
// choice can pass.
type PlanBody struct {
	ID        id.ID      `json:"id" required:"true"`
	Version   int64      `json:"version"`
	Name      string     `json:"name" required:"true"`
	Centre    *id.ID     `json:"centre_id"`
	Year      int64      `json:"year"`
	Ceiling   int64      `json:"ceiling"`
	Cost      int64      `json:"cost"`
	Gain      float64    `json:"gain"`
	Most      float64    `json:"most"`
	Proven    bool       `json:"proven"`
	State     string     `json:"state" enum:"draft,adopted"`
	WorkedAt  time.Time  `json:"worked_at"`
	AdoptedOn *clock.Day `json:"adopted_on"`
	By        string     `json:"by"`
}

// RecordVersion is the ETag.
func (b PlanBody) RecordVersion() int64 { return b.Version }

func planBody(p Plan) PlanBody {
	return PlanBody{p.ID, p.Version, p.Name, p.Centre.Known(), p.Year, p.Ceiling, p.Cost, p.Points(), float64(p.Most) / 1000, p.Proven(), p.State, p.WorkedAt, p.AdoptedOn.Known(), p.By}
}

// ChoiceBody is an action that a plan could choose. Points is what it closes alone.
type ChoiceBody struct {
	ID     id.ID   `json:"id" required:"true"`
	Title  string  `json:"title"`
	Owner  string  `json:"owner"`
	Lock   string  `json:"lock" enum:"in,out"`
	Chosen bool    `json:"chosen"`
	Cost   int64   `json:"cost"`
	Points float64 `json:"points"`
}

func choiceBody(l Line) ChoiceBody {
	return ChoiceBody{l.ID, l.Title, l.Owner, l.Lock, l.Chosen, l.Cost, l.Points()}
}

// GainBody is a criterion that changed from one assessment to the next, with what was done for it. Cost is rupiah.
type GainBody struct {
	Key     string  `json:"criterion" required:"true"`
	Before  string  `json:"before"`
	Now     string  `json:"now"`
	Points  float64 `json:"points"`
	Cost    int64   `json:"cost"`
	Needs   []id.ID `json:"needs"`
	Actions []id.ID `json:"actions"`
}

func gainBody(g Gain) GainBody {
	b := GainBody{g.Criterion.Key, g.Before, g.Now, g.Points, g.Cost(), []id.ID{}, []id.ID{}}
	for _, n := range g.Needs {
		b.Needs = append(b.Needs, n.ID)
	}
	for _, a := range g.Actions {
		b.Actions = append(b.Actions, a.ID)
	}
	return b
}
