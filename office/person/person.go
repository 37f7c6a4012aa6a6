package person

import (
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/law"
)

// Person is one person with all that is known.
type Person struct {
	ID          id.ID
	Version     int64
	Called      string // the name people use
	Sex         string // female, male, unknown
	Birth       Birth
	HomeRegion  string // Kemendagri code, "" when not known
	Village     string
	FoundPlace  string
	FoundOn     clock.Day
	Restricted  bool
	DeceasedOn  clock.Day
	Note        string
	Names       []Name
	Identifiers []Identifier
}

// Name is a name as it was told, with its kind: legal, alias or working.
type Name struct {
	Kind string `json:"kind" enum:"legal,alias,working"`
	Text string `json:"text" required:"true" maxLength:"120" ask:"Tulis nama panggilan."`
}

// Identifier is a claim: a number, how certain it is, and where it came from.
type Identifier struct {
	ID        id.ID  `json:"id,omitempty"`
	Kind      string `json:"kind" enum:"nik,kk,bpjs,dtsen,other"`
	Value     string `json:"value" maxLength:"60"`
	Certainty string `json:"certainty" enum:"verified,claimed,doubtful"`
	Source    string `json:"source,omitempty" maxLength:"120"`
}

// Desk is the desk of persons.
type Desk struct{ store *store.Store }

// New opens the desk.
func New(s *store.Store) *Desk { return &Desk{s} }

// Entry is what may be known of a person when registered or changed.
type Entry struct {
	ID          id.ID        `json:"id,omitempty"`
	Centre      id.ID        `json:"centre_id,omitempty"`
	Names       []Name       `json:"names" needed:"true"`
	Sex         string       `json:"sex,omitempty" enum:"female,male,unknown"`
	Birth       Birth        `json:"birth"`
	Identifiers []Identifier `json:"identifiers,omitempty"`
	HomeRegion  string       `json:"home_region,omitempty" maxLength:"5"`
	Village     string       `json:"village,omitempty" maxLength:"120"`
	FoundPlace  string       `json:"found_place,omitempty" maxLength:"200"`
	FoundOn     clock.Day    `json:"found_on,omitempty"`
	Restricted  bool         `json:"restricted,omitempty"`
	DeceasedOn  clock.Day    `json:"deceased_on,omitempty"`
	Note        string       `json:"note,omitempty" maxLength:"2000"`
}

// mayEnter checks an entry and puts it in order. The only thing that is needed is one name; a working
// name will do.
func mayEnter(e Entry, today clock.Day) (Entry, error) {
	var f fail.Fields
	var names []Name
	for i, n := range e.Names {
		n.Text = strings.Join(strings.Fields(n.Text), " ")
		if n.Kind == "" {
			n.Kind = []string{"legal", "alias"}[min(i, 1)]
		}
		if n.Text != "" {
			names = append(names, n)
		}
	}
	e.Names = names
	if len(names) == 0 {
		f.Add("names.0.text", "required", "Tulis nama panggilan.")
	}
	if e.Sex == "" {
		e.Sex = "unknown"
	}
	e.Birth = e.Birth.normal(today, &f)
	if _, ok := law.RegionOf(e.HomeRegion); !ok && e.HomeRegion != "" && !law.OtherProvince(e.HomeRegion) {
		f.Add("home_region", "unknown", "Kabupaten/kota %s tidak dikenal.", e.HomeRegion)
	}
	if e.FoundOn > today {
		f.Add("found_on", "future", "Tanggal %s ada di masa depan.", e.FoundOn)
	}
	if e.DeceasedOn > today {
		f.Add("deceased_on", "future", "Tanggal %s ada di masa depan.", e.DeceasedOn)
	}
	if first := e.Birth.first(); e.DeceasedOn != "" && e.DeceasedOn < first {
		f.Add("deceased_on", "order", "Tanggal meninggal %s lebih awal dari tanggal lahir.", e.DeceasedOn)
	}
	var claims []Identifier
	for _, c := range e.Identifiers {
		c.Value = strings.Join(strings.Fields(c.Value), "")
		if c.Value == "" {
			continue
		}
		if c.Kind == "" {
			c.Kind = "nik"
		}
		if c.Certainty == "" {
			c.Certainty = "claimed"
		}
		if c.Kind == "nik" && len(CheckNIK(c.Value, e.Sex, e.Birth)) > 0 && c.Certainty == "claimed" {
			c.Certainty = "doubtful" // kept as typed: an odd NIK never blocks
		}
		claims = append(claims, c)
	}
	e.Identifiers = claims
	return e, f.Err()
}
