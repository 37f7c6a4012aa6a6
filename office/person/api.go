package person

import (
	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/text"
)

// Body is a person in the API.
type Body struct {
	ID          id.ID        `json:"id" required:"true"`
	Version     int64        `json:"version"`
	Names       []Name       `json:"names" required:"true"`
	Sex         string       `json:"sex" enum:"female,male,unknown"`
	Birth       Birth        `json:"birth"`
	Identifiers []Identifier `json:"identifiers"`
	HomeRegion  string       `json:"home_region"`
	Village     string       `json:"village,omitempty"`
	FoundPlace  string       `json:"found_place,omitempty"`
	FoundOn     *clock.Day   `json:"found_on"`
	Restricted  bool         `json:"restricted"`
	DeceasedOn  *clock.Day   `json:"deceased_on"`
	Note        string       `json:"note,omitempty"`
	Possible    []HintBody   `json:"possible_duplicates,omitempty"`
}

// HintBody is a likely same person: no more than is needed to ask.
type HintBody struct {
	ID     id.ID    `json:"id"`
	Called string   `json:"called"`
	Age    string   `json:"age,omitempty"`
	Region string   `json:"home_region,omitempty"`
	Why    []string `json:"why"`
}

// RecordVersion is the ETag.
func (b Body) RecordVersion() int64 { return b.Version }

func dayOrNull(d clock.Day) *clock.Day {
	if d == "" {
		return nil
	}
	return &d
}

// BodyOf gives a person as the API shows it.
func BodyOf(p Person, hints []Hint, lang text.Lang) Body {
	b := Body{ID: p.ID, Version: p.Version, Names: p.Names, Sex: p.Sex, Birth: p.Birth, Identifiers: append([]Identifier{}, p.Identifiers...),
		HomeRegion: p.HomeRegion, Village: p.Village, FoundPlace: p.FoundPlace, FoundOn: dayOrNull(p.FoundOn), Restricted: p.Restricted,
		DeceasedOn: dayOrNull(p.DeceasedOn), Note: p.Note}
	if len(b.Names) == 0 {
		b.Names = []Name{{Kind: "legal", Text: p.Called}}
	}
	for _, h := range hints {
		hb := HintBody{h.Person, h.Called, h.Age, h.Region, []string{}}
		for _, w := range h.Why {
			hb.Why = append(hb.Why, text.Say(lang, w))
		}
		b.Possible = append(b.Possible, hb)
	}
	return b
}

func entryOf(p Person) Entry {
	return Entry{ID: p.ID, Names: p.Names, Sex: p.Sex, Birth: p.Birth, Identifiers: p.Identifiers, HomeRegion: p.HomeRegion, Village: p.Village,
		FoundPlace: p.FoundPlace, FoundOn: p.FoundOn, Restricted: p.Restricted, DeceasedOn: p.DeceasedOn, Note: p.Note}
}
