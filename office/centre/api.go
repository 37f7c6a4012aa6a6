package centre

import "tuntas/house/id"

// Body is a centre in the API.
type Body struct {
	ID       id.ID    `json:"id" required:"true"`
	Version  int64    `json:"version"`
	Code     string   `json:"code" required:"true"`
	Name     string   `json:"name" required:"true"`
	Kind     string   `json:"kind"`
	Place    string   `json:"place"`
	Region   string   `json:"region"`
	Capacity int64    `json:"capacity"`
	Kinds    []string `json:"ppks_types"`
	Status   string   `json:"status"`
	Source   string   `json:"source"`
}

// RecordVersion is the ETag.
func (b Body) RecordVersion() int64 { return b.Version }

// BodyOf gives a centre as the API shows it.
func BodyOf(c Centre) Body {
	return Body{c.ID, c.Version, c.Code, c.Name, c.Kind, c.Place, c.Region, c.Capacity, append([]string{}, c.Kinds...), c.Status, c.Source}
}
