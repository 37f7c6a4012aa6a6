package casework

import (
	"tuntas/house/clock"
	"tuntas/house/id"
)

// NoteBody is a note in the API. kind, text and struck_why are null where the note is withheld from the caller.
type NoteBody struct {
	ID              id.ID      `json:"id" required:"true"`
	Version         int64      `json:"version"`
	Case            id.ID      `json:"case_id" required:"true"`
	Kind            *string    `json:"kind"`
	On              clock.Day  `json:"on" required:"true"`
	Text            *string    `json:"text"`
	Confidentiality string     `json:"confidentiality" enum:"team,confidential"`
	Withheld        bool       `json:"withheld"`
	By              string     `json:"by"`
	StruckOn        *clock.Day `json:"struck_on"`
	StruckWhy       *string    `json:"struck_why"`
}

// RecordVersion is the ETag.
func (b NoteBody) RecordVersion() int64 { return b.Version }

func noteBody(n Note) NoteBody {
	b := NoteBody{ID: n.ID, Version: n.Version, Case: n.Case, On: n.On, Confidentiality: ForTeam, Withheld: n.Withheld, By: n.By, StruckOn: n.StruckOn.Known()}
	if n.Confidential {
		b.Confidentiality = Confidential
	}
	if !n.Withheld {
		b.Kind, b.Text = &n.Kind, &n.Text
		if n.StruckOn != "" {
			b.StruckWhy = &n.StruckWhy
		}
	}
	return b
}
