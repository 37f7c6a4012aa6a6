package mandate

import (
	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/text"
)

// MandateBody is a mandate in the API, with what is so today and what has drifted, in words.
type MandateBody struct {
	Centre     id.ID          `json:"centre_id" required:"true"`
	Version    int64          `json:"version"`
	FoundedOn  *clock.Day     `json:"founded_on"`
	DecisionNo string         `json:"decision_no"`
	DecisionBy string         `json:"decision_by"`
	Then       SideBody       `json:"then"`
	Now        NowBody        `json:"now"`
	Wanted     SideBody       `json:"wanted"`
	Functions  []FunctionBody `json:"functions"`
	Drifted    []string       `json:"drifted"`

	Accreditations []AccreditationBody `json:"accreditations"`
}

// RecordVersion is the ETag.
func (b MandateBody) RecordVersion() int64 { return b.Version }

// SideBody is an institution as it was founded, or as it is wanted.
type SideBody struct {
	Target   string   `json:"target"`
	Capacity *int64   `json:"capacity"`
	Kinds    []string `json:"ppks_types"`
	Regions  []string `json:"regions"`
}

// NowBody is an institution today. Residents by kind and by home district are counts; those of nobody are left out.
type NowBody struct {
	Capacity  int64            `json:"capacity"`
	Residents int64            `json:"residents"`
	ByKind    map[string]int64 `json:"residents_by_ppks_type"`
	ByRegion  map[string]int64 `json:"residents_by_region"`
	Staff     int              `json:"staff"`
	Certified int              `json:"staff_certified"`
}

// FunctionBody is a function of an institution in the API.
type FunctionBody struct {
	ID      id.ID  `json:"id" required:"true"`
	Version int64  `json:"version"`
	Centre  id.ID  `json:"centre_id"`
	Name    string `json:"name"`
	Was     bool   `json:"was"`
	Runs    bool   `json:"runs"`
	Wanted  bool   `json:"wanted"`
	Note    string `json:"note"`
}

// RecordVersion is the ETag.
func (b FunctionBody) RecordVersion() int64 { return b.Version }

// EventBody is a moment of the history of an institution in the API.
type EventBody struct {
	ID        id.ID      `json:"id" required:"true"`
	Version   int64      `json:"version"`
	Centre    id.ID      `json:"centre_id"`
	Year      int64      `json:"year" required:"true"`
	On        *clock.Day `json:"on"`
	Kind      string     `json:"kind"`
	What      string     `json:"what"`
	Document  string     `json:"document"`
	By        string     `json:"by"`
	StruckOn  *clock.Day `json:"struck_on"`
	StruckWhy string     `json:"struck_why"`
}

// RecordVersion is the ETag.
func (b EventBody) RecordVersion() int64 { return b.Version }

// FacilityBody is a facility in the API. Worth is rupiah.
type FacilityBody struct {
	ID         id.ID         `json:"id" required:"true"`
	Version    int64         `json:"version"`
	Centre     id.ID         `json:"centre_id"`
	Kind       string        `json:"kind"`
	Name       string        `json:"name"`
	Place      string        `json:"place"`
	Quantity   int64         `json:"quantity"`
	Condition  string        `json:"condition" enum:"good,light,heavy"`
	Since      *int64        `json:"since"`
	Worth      *int64        `json:"worth"`
	Note       string        `json:"note"`
	CheckedOn  *clock.Day    `json:"checked_on"`
	RetiredOn  *clock.Day    `json:"retired_on"`
	RetiredWhy string        `json:"retired_why"`
	Blocks     int64         `json:"beds_blocked"`
	Works      []WorkBody    `json:"works,omitempty"`
	Beds       []BlockedBody `json:"beds,omitempty"`
}

// RecordVersion is the ETag.
func (b FacilityBody) RecordVersion() int64 { return b.Version }

// WorkBody is an inspection or a repair in the API. Cost is rupiah.
type WorkBody struct {
	ID        id.ID     `json:"id" required:"true"`
	Kind      string    `json:"kind"`
	On        clock.Day `json:"on"`
	Condition string    `json:"condition"`
	Cost      *int64    `json:"cost"`
	DoneBy    string    `json:"done_by"`
	Note      string    `json:"note"`
	By        string    `json:"by"`
}

// BlockedBody is a bed that a facility blocks.
type BlockedBody struct {
	Bed   id.ID     `json:"bed_id" required:"true"`
	Ward  string    `json:"ward"`
	Label string    `json:"label"`
	Since clock.Day `json:"since"`
}

func sideBody(s Side) SideBody {
	return SideBody{s.Target, s.Capacity, append([]string{}, s.Kinds...), append([]string{}, s.Regions...)}
}

func mandateBody(l text.Lang, m Mandate, now Now) MandateBody {
	b := MandateBody{m.Centre.ID, m.Version, m.FoundedOn.Known(), m.DecisionNo, m.DecisionBy, sideBody(m.Then),
		NowBody{m.Centre.Capacity, now.Residents, now.ByKind, now.ByRegion, now.Staff, now.Certified}, sideBody(m.Wanted), []FunctionBody{}, []string{}, []AccreditationBody{}}
	for _, f := range m.Functions {
		b.Functions = append(b.Functions, FunctionBody(f))
	}
	for _, a := range m.Accreditations {
		b.Accreditations = append(b.Accreditations, accreditationBody(a))
	}
	for _, d := range Drifts(m, now) {
		b.Drifted = append(b.Drifted, said(l, d.Say))
	}
	return b
}

func said(l text.Lang, s fail.Saying) string { return text.Say(l, s) }

func functionBody(f Function) FunctionBody { return FunctionBody(f) }

func eventBody(e Event) EventBody {
	return EventBody{e.ID, e.Version, e.Centre, e.Year, e.On.Known(), e.Kind, e.What, e.Document, e.By, e.StruckOn.Known(), e.StruckWhy}
}

func facilityBody(f Facility) FacilityBody {
	return FacilityBody{ID: f.ID, Version: f.Version, Centre: f.Centre, Kind: f.Kind, Name: f.Name, Place: f.Place, Quantity: f.Quantity, Condition: f.Condition,
		Since: f.Since, Worth: f.Worth, Note: f.Note, CheckedOn: f.CheckedOn.Known(), RetiredOn: f.RetiredOn.Known(), RetiredWhy: f.RetiredWhy, Blocks: f.Beds}
}

func fullBody(f Facility, works []Work, beds []Blocked) FacilityBody {
	b := facilityBody(f)
	for _, w := range works {
		b.Works = append(b.Works, WorkBody(w))
	}
	for _, x := range beds {
		b.Beds = append(b.Beds, BlockedBody(x))
	}
	return b
}
