package residence

import (
	"tuntas/house/clock"
	"tuntas/house/id"
)

// Body is a stay in the API.
type Body struct {
	ID      id.ID      `json:"id" required:"true"`
	Version int64      `json:"version"`
	Case    id.ID      `json:"case_id"`
	Person  id.ID      `json:"person_id"`
	Centre  id.ID      `json:"centre_id"`
	Bed     id.ID      `json:"bed_id" required:"true"`
	Label   string     `json:"bed_label"`
	From    clock.Day  `json:"from" required:"true"`
	To      *clock.Day `json:"to"`
	State   string     `json:"state" enum:"reserved,open,ended,cancelled"`
}

// RecordVersion is the ETag.
func (b Body) RecordVersion() int64 { return b.Version }

// BodyOf gives a stay as the API shows it.
func BodyOf(s Stay) Body {
	b := Body{s.ID, s.Version, s.Case, s.Person, s.Centre, s.Bed, s.BedLabel, s.From, nil, s.State}
	if s.To != "" {
		b.To = &s.To
	}
	return b
}

// BedBody is a bed in the API.
type BedBody struct {
	ID    id.ID  `json:"id" required:"true"`
	Ward  string `json:"ward"`
	Room  string `json:"room" required:"true"`
	Label string `json:"label" required:"true"`
	Extra bool   `json:"extra"`
	State string `json:"state" enum:"free,taken,reserved,broken"`
}

// BedBodyOf gives a bed as the API shows it.
func BedBodyOf(b Bed) BedBody { return BedBody{b.ID, b.Ward, b.Room, b.Label, b.Extra, b.State()} }
