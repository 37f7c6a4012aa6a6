package quality

import (
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/text"
	"tuntas/law"
)

// OverviewBody is how the records of each institution stand.
type OverviewBody struct {
	On      clock.Day     `json:"on" required:"true"`
	Rule    string        `json:"rule_version"`
	Centres []PlaceBody   `json:"centres"`
	Rules   []QualityBody `json:"rules"`
}

// QualityBody is a rule.
type QualityBody struct {
	Key      string `json:"key"`
	Name     string `json:"name"`
	Severity string `json:"severity" enum:"high,medium,low"`
	Why      string `json:"why"`
	Mend     string `json:"mend"`
}

// PlaceBody is one institution. Score is null where there was nothing to look at.
type PlaceBody struct {
	Centre id.ID               `json:"centre_id"`
	Name   string              `json:"centre_name"`
	Score  *float64            `json:"score"`
	Cells  map[string]CellBody `json:"found"` // by the key of the rule
}

// CellBody is how much is not in order of what was looked at.
type CellBody struct {
	Bad     int64 `json:"bad"`
	Checked int64 `json:"checked"`
}

// RuleBody is one rule with what it found. The records are those of persons; restricted ones are withheld.
type RuleBody struct {
	QualityBody
	CellBody
	Records  []RecordBody  `json:"records"`
	Findings []FindingBody `json:"findings"`
	Next     *string       `json:"next"`
	Withheld int64         `json:"withheld"`
}

// RecordBody is a record about a person.
type RecordBody struct {
	ID     id.ID     `json:"id"`
	Centre id.ID     `json:"centre_id"`
	Person id.ID     `json:"person_id"`
	Case   id.ID     `json:"case_id"`
	On     clock.Day `json:"on"`
}

// FindingBody is a month that is not closed or does not add up, or a figure of a month that is far off.
type FindingBody struct {
	Centre    id.ID    `json:"centre_id"`
	Month     string   `json:"month"`
	Indicator string   `json:"indicator"` // "" where it is no figure
	Value     *float64 `json:"value"`
	Z         *float64 `json:"z"`
	Modified  *float64 `json:"modified_z"`
}

func qualityBody(l text.Lang, r law.QualityRule) QualityBody {
	return QualityBody{r.Key, r.In(string(l)), r.Severity, r.WhyIn(string(l)), r.MendIn(string(l))}
}

func overviewBody(l text.Lang, o Overview) OverviewBody {
	b := OverviewBody{On: o.On, Rule: law.Quality.Version(o.On), Centres: []PlaceBody{}}
	for _, r := range o.Rules.Rules {
		b.Rules = append(b.Rules, qualityBody(l, r))
	}
	for _, line := range o.Lines {
		one := PlaceBody{line.Centre.ID, line.Centre.Name, nil, map[string]CellBody{}}
		if n, ok := line.Score(o.Rules); ok {
			one.Score = &n
		}
		for key, c := range line.Cells {
			one.Cells[key] = CellBody(c)
		}
		b.Centres = append(b.Centres, one)
	}
	return b
}

func ruleBody(l text.Lang, o Detail) RuleBody {
	b := RuleBody{QualityBody: qualityBody(l, o.QualityRule), CellBody: CellBody(o.Cell), Records: []RecordBody{}, Findings: []FindingBody{}, Withheld: o.Withheld}
	for _, r := range o.Records {
		b.Records = append(b.Records, RecordBody{r.ID, r.Centre, r.Person, r.Case, r.On})
	}
	for _, f := range o.Findings {
		one := FindingBody{Centre: f.Centre, Month: f.Month, Indicator: f.Figure}
		if f.Figure != "" {
			one.Value = &f.Value
			if f.HasZ {
				one.Z = &f.Z
			}
			if f.HasModified {
				one.Modified = &f.Modified
			}
		}
		b.Findings = append(b.Findings, one)
	}
	if next := o.Next.Query(); next != "" {
		b.Next = &next
	}
	return b
}

// AlertBody is a rule by which a figure is watched. Value is in the figure's unit; null where it is held against its target.
type AlertBody struct {
	ID        id.ID    `json:"id" required:"true"`
	Version   int64    `json:"version"`
	Indicator string   `json:"indicator"`
	Place     string   `json:"place" enum:"province,each,one"`
	Centre    *id.ID   `json:"centre_id"`
	Condition string   `json:"condition" enum:"above,below,worse,falls,rises"`
	Value     *float64 `json:"value"`
	Against   string   `json:"against"`
	Owner     string   `json:"owner"` // a role; "" is one user
	Days      int64    `json:"days"`
	Severity  string   `json:"severity"`
	State     string   `json:"state" enum:"draft,active,stopped"`
	Note      string   `json:"note"`
}

// RecordVersion is the ETag.
func (b AlertBody) RecordVersion() int64 { return b.Version }

func alertBody(r Rule) AlertBody {
	b := AlertBody{r.ID, r.Version, r.Indicator, r.Place, r.Centre.Known(), r.Condition, nil, r.Against, r.Role, r.Days, r.Severity, r.State, r.Note}
	if r.Condition != worse {
		v := r.Limit()
		b.Value = &v
	}
	return b
}

// TaskBody is a task, with the figure as it stood when it was made.
type TaskBody struct {
	ID          id.ID      `json:"id" required:"true"`
	Version     int64      `json:"version"`
	Rule        id.ID      `json:"rule_id"`
	RuleVersion int64      `json:"rule_version"`
	Indicator   string     `json:"indicator"`
	Centre      *id.ID     `json:"centre_id"`
	Condition   string     `json:"condition"`
	Value       float64    `json:"value"`
	Threshold   float64    `json:"threshold"`
	Severity    string     `json:"severity"`
	Owner       string     `json:"owner"`
	OpenedOn    clock.Day  `json:"opened_on"`
	DueOn       clock.Day  `json:"due_on"`
	State       string     `json:"state" enum:"open,seen,working,done,dismissed"`
	BackOn      *clock.Day `json:"back_on"`
	ClosedOn    *clock.Day `json:"closed_on"`
	Steps       []StepBody `json:"steps,omitempty"`
}

// RecordVersion is the ETag.
func (b TaskBody) RecordVersion() int64 { return b.Version }

// StepBody is one thing that happened to a task.
type StepBody struct {
	Kind string    `json:"kind"`
	On   clock.Day `json:"on"`
	By   string    `json:"by"`
	Note string    `json:"note"`
}

// CheckBody is how many tasks a look at the rules made.
type CheckBody struct {
	Made int `json:"made"`
}

func taskBody(t Task) TaskBody {
	return TaskBody{t.ID, t.Version, t.Rule, t.RuleVersion, t.Indicator, t.Centre.Known(), t.Condition, float64(t.Value) / 1000, float64(t.Threshold) / 1000, t.Severity, t.Role,
		t.OpenedOn, t.DueOn, t.State, t.BackOn.Known(), t.ClosedOn.Known(), nil}
}

func sheetBody(s Sheet) TaskBody {
	b := taskBody(s.Task)
	for _, one := range s.Steps {
		b.Steps = append(b.Steps, StepBody{one.Kind, one.On, one.By, one.Note})
	}
	return b
}

// OrderBody is a report that its reader wants.
type OrderBody struct {
	ID      id.ID     `json:"id" required:"true"`
	Version int64     `json:"version"`
	Name    string    `json:"name"`
	Figures []string  `json:"figures"`
	Centre  *id.ID    `json:"centre_id"`
	Rhythm  string    `json:"rhythm" enum:"weekly,monthly"`
	Day     int64     `json:"day"` // 1 is Monday, or the day of the month
	Hour    int64     `json:"hour"`
	State   string    `json:"state" enum:"active,stopped"`
	NextAt  time.Time `json:"next_at"`
}

// RecordVersion is the ETag.
func (b OrderBody) RecordVersion() int64 { return b.Version }

func orderBody(o Order) OrderBody {
	return OrderBody{o.ID, o.Version, o.Name, o.Figures, o.Centre.Known(), o.Rhythm, o.Day, o.Hour, o.State, o.NextAt.In(clock.WIB)}
}

// CopyBody is a report as it was written.
type CopyBody struct {
	ID      id.ID     `json:"id" required:"true"`
	Order   id.ID     `json:"order_id"`
	DueAt   time.Time `json:"due_at"`
	MadeAt  time.Time `json:"made_at"`
	Email   string    `json:"email"`
	Subject string    `json:"subject"`
	Body    string    `json:"body"`
}

func copyBody(c Copy) CopyBody {
	return CopyBody{c.ID, c.Order, c.DueAt.In(clock.WIB), c.MadeAt.In(clock.WIB), c.Email, c.Subject, c.Body}
}
