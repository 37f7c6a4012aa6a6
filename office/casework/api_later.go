package casework

import (
	"tuntas/house/clock"
	"tuntas/house/id"
)

// ServiceBody is a service in the API.
type ServiceBody struct {
	ID       id.ID     `json:"id" required:"true"`
	Version  int64     `json:"version"`
	Case     id.ID     `json:"case_id"`
	Item     string    `json:"item" required:"true"`
	Level    string    `json:"level" enum:"basic,advanced"`
	Goal     *id.ID    `json:"goal_id"`
	Atensi   string    `json:"atensi,omitempty"`
	On       clock.Day `json:"on" required:"true"`
	Quantity float64   `json:"quantity"`
	Unit     string    `json:"unit"`
	Note     string    `json:"note"`
	By       string    `json:"by"`
	Warning  string    `json:"warning,omitempty"`
}

// RecordVersion is the ETag.
func (b ServiceBody) RecordVersion() int64 { return b.Version }

func serviceBody(s Service) ServiceBody {
	return ServiceBody{s.ID, s.Version, s.Case, s.Item, levelOf(s.Item), s.Goal.Known(), s.Atensi, s.On, s.Quantity, s.Unit, s.Note, s.By, ""}
}

// ContactBody is a contact of aftercare in the API.
type ContactBody struct {
	ID           id.ID      `json:"id" required:"true"`
	Version      int64      `json:"version"`
	Case         id.ID      `json:"case_id"`
	Month        int64      `json:"month"`
	DueOn        clock.Day  `json:"due_on" required:"true"`
	State        string     `json:"state" enum:"open,unreached,dependent,independent,void"`
	On           *clock.Day `json:"on"`
	Reached      *bool      `json:"reached"`
	Method       string     `json:"method"`
	Independence *int64     `json:"independence"`
	Work         string     `json:"work"`
	IncomeBand   string     `json:"income_band"`
	Size         *int64     `json:"household_size"`
	Income       *int64     `json:"household_income"` // rupiah a month
	Aid          []string   `json:"aid"`
	Decile       *int64     `json:"dtsen_decile"`
	DecileOn     *clock.Day `json:"dtsen_on"`
	DecileSource string     `json:"dtsen_source"`
	Note         string     `json:"note"`
	Attempts     int64      `json:"attempts"`
}

// RecordVersion is the ETag.
func (b ContactBody) RecordVersion() int64 { return b.Version }

func contactBody(c Contact) ContactBody {
	return ContactBody{c.ID, c.Version, c.Case, c.Month, c.DueOn, c.State, c.On.Known(), c.Reached, c.Method, c.Independence, c.Work, c.IncomeBand,
		c.Size, c.Income, aidOf(c.Household), c.Decile, c.DecileOn.Known(), c.DecileSource, c.Note, c.Attempts}
}

// EndingBody is a termination in the API.
type EndingBody struct {
	Case    id.ID `json:"case_id" required:"true"`
	Version int64 `json:"version"` // of the case
	Ending
}

// RecordVersion is the ETag: that of the case.
func (b EndingBody) RecordVersion() int64 { return b.Version }
