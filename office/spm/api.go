package spm

import (
	"tuntas/house/clock"
	"tuntas/house/id"
)

// TableBody is the SPM of a group in a year, in the API. Percent and index are null where they cannot be reckoned.
type TableBody struct {
	Year        int64       `json:"year"`
	Group       string      `json:"group"`
	Centre      *id.ID      `json:"centre_id"` // null: the province
	To          clock.Day   `json:"to"`
	X           int64       `json:"x"` // persons in a panti whose basic needs are met within the year
	Y           *int64      `json:"y"` // who needs rehabilitation in a panti, as collected; null: not collected
	Percent     *float64    `json:"percent"`
	Target      int64       `json:"target"`
	Inside      int64       `json:"inside"`
	Waiting     int64       `json:"waiting"`
	YTooLow     bool        `json:"y_below_inside_and_waiting"`
	Capacity    int64       `json:"capacity"`
	PlacesShort int64       `json:"places_short"`
	Index       *IndexBody  `json:"index"`
	Items       []RowBody   `json:"items"`
	Centres     []AtBody    `json:"centres"`
	Steps       []StepBody  `json:"steps"`
	Outside     OutsideBody `json:"outside"`
	RuleVersion string      `json:"rule_version"`
}

// IndexBody is the attainment index of the institution. It has nothing to do with a case that is settled.
type IndexBody struct {
	Points   float64 `json:"points"`
	Exact    string  `json:"exact"` // as a fraction
	Category string  `json:"category"`
	Assumed  bool    `json:"weights_assumed"`
}

// RowBody is one item. Available and short are null where no centre said what is there.
type RowBody struct {
	Item      string   `json:"item"`
	Name      string   `json:"name"`
	Needed    int64    `json:"needed"`
	Available *int64   `json:"available"`
	Unsaid    int      `json:"centres_unsaid"` // where it is needed and nobody said what is there
	Short     *int64   `json:"short"`
	Cost      int64    `json:"short_cost"` // rupiah
	Served    int64    `json:"served"`
	Percent   *float64 `json:"percent"`
}

// AtBody is the group at one centre.
type AtBody struct {
	Centre  id.ID  `json:"centre_id"`
	Name    string `json:"name"`
	Inside  int64  `json:"inside"`
	Waiting int64  `json:"waiting"`
	Met     int64  `json:"x"`
	Needed  int64  `json:"needed"`
	Served  int64  `json:"served"`
	Short   int64  `json:"short"`
}

// StepBody is one of the four steps.
type StepBody struct {
	Key   string     `json:"key"`
	State string     `json:"state" enum:"open,running,done"`
	On    *clock.Day `json:"on"`
	Note  string     `json:"note"`
}

// OutsideBody is what the districts report of their own part.
type OutsideBody struct {
	Districts int   `json:"districts"`
	Served    int64 `json:"served"`
	Entitled  int64 `json:"entitled"`
}

// PeopleBody is one page of the people behind a number.
type PeopleBody struct {
	Items    []PersonBody `json:"items" required:"true"`
	Next     *string      `json:"next"`
	Figure   int64        `json:"figure"`
	Withheld int64        `json:"withheld"`
}

// PersonBody is one of them.
type PersonBody struct {
	ID     id.ID     `json:"id"`
	Person id.ID     `json:"person_id"`
	Case   id.ID     `json:"case_id"`
	Centre id.ID     `json:"centre_id"`
	On     clock.Day `json:"on"`
}

// YearBody is the year of a group in the API. Budget and spent are rupiah. Version 0: nothing was written yet.
type YearBody struct {
	Version   int64      `json:"version"`
	Year      int64      `json:"year"`
	Group     string     `json:"group"`
	Steps     []StepBody `json:"steps"`
	Result    string     `json:"result"`
	Obstacles string     `json:"obstacles"`
	Budget    int64      `json:"budget"`
	Spent     int64      `json:"spent"`
	By        string     `json:"by"`
}

// RecordVersion is the ETag.
func (b YearBody) RecordVersion() int64 { return b.Version }

// ReportBody is the governor's report of a year in the API.
type ReportBody struct {
	Key        string        `json:"key" required:"true"` // the year
	Version    int64         `json:"version"`
	Year       int64         `json:"year"`
	State      string        `json:"state" enum:"draft,approved,sent"`
	Foreword   string        `json:"foreword"`
	Text       string        `json:"text"` // plain text, Indonesian
	SHA256     string        `json:"sha256"`
	ApprovedOn *clock.Day    `json:"approved_on"`
	ApprovedBy string        `json:"approved_by"`
	Sendings   []SendingBody `json:"sendings"`
}

// RecordVersion is the ETag.
func (b ReportBody) RecordVersion() int64 { return b.Version }

// SendingBody is by which letter a report went to a minister.
type SendingBody struct {
	Receiver string    `json:"receiver" enum:"mensos,mendagri"`
	On       clock.Day `json:"sent_on"`
	LetterNo string    `json:"letter_no"`
}

func tableBody(t Table) TableBody {
	b := TableBody{Year: int64(t.Year), Group: t.Group.Key, To: t.To, X: t.X, Target: t.Rules.Target, Inside: t.Inside, Waiting: t.Waiting, YTooLow: t.TooLow(),
		Capacity: t.Capacity, PlacesShort: t.Places(), Items: []RowBody{}, Centres: []AtBody{}, Steps: stepBodies(t.Entry.Steps),
		Outside: OutsideBody{t.Outside.Reported, t.Outside.Served, t.Outside.Entitled}, RuleVersion: Version(t.To)}
	if t.Centre != 0 {
		b.Centre = &t.Centre
	}
	if t.Known() && t.Centre == 0 {
		b.Y = &t.Y
	}
	if p, ok := t.Percent(); ok {
		b.Percent = &p
	}
	if t.Index.Known {
		b.Index = &IndexBody{t.Index.Float(), t.Index.Points.RatString(), t.Index.Category.Name, true}
	}
	for _, r := range t.Rows {
		row := RowBody{Item: r.Item.Key, Name: r.Item.Name, Needed: r.Needed, Unsaid: r.Unsaid, Cost: r.Cost, Served: r.Served}
		if r.Said > 0 {
			row.Available, row.Short = &r.Available, &r.Short
		}
		if p, ok := r.Percent(); ok {
			row.Percent = &p
		}
		b.Items = append(b.Items, row)
	}
	for _, a := range t.Centres {
		b.Centres = append(b.Centres, AtBody{a.Centre.ID, a.Centre.Name, a.Inside, a.Waiting, a.Met, a.Needed, a.Served, a.Short})
	}
	return b
}

func stepBodies(all []Step) []StepBody {
	bodies := []StepBody{}
	for _, s := range all {
		bodies = append(bodies, StepBody{s.Key, s.State, s.On.Known(), s.Note})
	}
	return bodies
}

func peopleBody(p People) PeopleBody {
	b := PeopleBody{Items: []PersonBody{}, Figure: p.Figure, Withheld: p.Withheld}
	for _, r := range p.Items {
		b.Items = append(b.Items, PersonBody{r.ID, r.Person, r.Case, r.Centre, r.FromOn})
	}
	if next := p.Next.Query(); next != "" {
		b.Next = &next
	}
	return b
}

func yearBody(e Entry) YearBody {
	return YearBody{e.Version, int64(e.Year), e.Group, stepBodies(e.Steps), e.Result, e.Obstacles, e.Budget, e.Spent, e.By}
}

func reportBody(r Report) ReportBody {
	b := ReportBody{Key: r.Year.Text(), Version: r.Version, Year: int64(r.Year), State: r.State, Foreword: r.Foreword, Text: r.Body, SHA256: r.SHA256, ApprovedBy: r.ApprovedBy,
		Sendings: []SendingBody{}}
	if !r.ApprovedAt.IsZero() {
		b.ApprovedOn = clock.DayOf(r.ApprovedAt).Known()
	}
	for _, s := range r.Sendings {
		b.Sendings = append(b.Sendings, SendingBody{s.Receiver, s.On, s.LetterNo})
	}
	return b
}

// DistrictBody is what was collected in a district, in the API. Version 0: nothing yet.
type DistrictBody struct {
	Code            string     `json:"region" required:"true"`
	Version         int64      `json:"version"`
	Year            int64      `json:"year"`
	Group           string     `json:"group"`
	Name            string     `json:"name"`
	Entitled        *int64     `json:"entitled"`
	Source          string     `json:"source"`
	CollectedOn     *clock.Day `json:"collected_on"`
	OutsideServed   *int64     `json:"outside_served"`
	OutsideEntitled *int64     `json:"outside_entitled"`
	Note            string     `json:"note"`
	By              string     `json:"by"`
}

// RecordVersion is the ETag.
func (b DistrictBody) RecordVersion() int64 { return b.Version }

func districtBody(d District) DistrictBody {
	b := DistrictBody{d.Region.Code, d.Version, int64(d.Year), d.Group, d.Region.Name, nil, d.Source, d.CollectedOn.Known(), d.OutsideServed, d.OutsideEntitled, d.Note, d.By}
	if d.Version > 0 {
		b.Entitled = &d.Entitled
	}
	return b
}

// SupplyBody is what is there of an item at a centre, in the API. Version 0: nobody said yet. UnitCost is rupiah for one.
type SupplyBody struct {
	Key      string `json:"item" required:"true"`
	Version  int64  `json:"version"`
	Centre   id.ID  `json:"centre_id"`
	Year     int64  `json:"year"`
	Group    string `json:"group"`
	Persons  *int64 `json:"persons"`
	Quantity int64  `json:"quantity"`
	Unit     string `json:"unit"`
	UnitCost int64  `json:"unit_cost"`
	Note     string `json:"note"`
	By       string `json:"by"`
}

// RecordVersion is the ETag.
func (b SupplyBody) RecordVersion() int64 { return b.Version }

func supplyBody(s Supply) SupplyBody {
	b := SupplyBody{s.Item, s.Version, s.Centre, int64(s.Year), s.Group, nil, s.Quantity, s.Unit, s.UnitCost, s.Note, s.By}
	if s.Version > 0 {
		b.Persons = &s.Persons
	}
	return b
}
