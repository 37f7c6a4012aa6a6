package casework

import (
	"tuntas/house/clock"
	"tuntas/house/id"
)

// AttachmentBody is an attachment in the API, without its bytes. title, label and sha256 are null where it is withheld.
type AttachmentBody struct {
	ID        id.ID      `json:"id" required:"true"`
	Version   int64      `json:"version"`
	Case      id.ID      `json:"case_id" required:"true"`
	Kind      string     `json:"kind" enum:"identity,letter,photo,medical,other"`
	Title     *string    `json:"title"`
	Label     *string    `json:"label"`
	Type      string     `json:"type" enum:"image/jpeg,image/png,application/pdf"`
	Size      int64      `json:"size"`
	SHA256    *string    `json:"sha256"`
	Withheld  bool       `json:"withheld"`
	AddedOn   clock.Day  `json:"added_on"`
	By        string     `json:"by"`
	StruckOn  *clock.Day `json:"struck_on"`
	StruckBy  string     `json:"struck_by"`
	StruckWhy string     `json:"struck_why"`
}

// RecordVersion is the ETag.
func (b AttachmentBody) RecordVersion() int64 { return b.Version }

func attachmentBody(a Attachment) AttachmentBody {
	b := AttachmentBody{ID: a.ID, Version: a.Version, Case: a.Case, Kind: a.Kind, Type: a.Type, Size: a.Size, Withheld: a.Withheld, AddedOn: a.AddedOn,
		By: a.By, StruckOn: a.StruckOn.Known(), StruckBy: a.StruckBy, StruckWhy: a.StruckWhy}
	if !a.Withheld {
		b.Title, b.Label, b.SHA256 = &a.Title, &a.Label, &a.SHA256
	}
	return b
}
