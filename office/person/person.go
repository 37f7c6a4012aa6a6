package person

import (
	"strconv"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
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

// Birth is a day of birth as far as it is known. Date is YYYY, YYYY-MM or YYYY-MM-DD as Precision says;
// an estimate gives From and To, years.
type Birth struct {
	Date      string `json:"date,omitempty" maxLength:"40"`
	Precision string `json:"precision,omitempty" enum:"day,month,year,estimated,unknown"`
	From      int64  `json:"from,omitempty" minimum:"1850" maximum:"2200"`
	To        int64  `json:"to,omitempty" minimum:"1850" maximum:"2200"`
}

// Years gives the earliest and latest year of birth; false when nothing is known.
func (b Birth) Years() (from, to int, ok bool) {
	switch b.Precision {
	case "day", "month", "year":
		y, err := strconv.Atoi(b.Date[:min(4, len(b.Date))])
		return y, y, err == nil
	case "estimated":
		return int(b.From), int(b.To), b.From > 0 && b.To >= b.From
	}
	return 0, 0, false
}

// Age gives the age on a day as a range: one number when the day is known, else all that is possible.
func (b Birth) Age(on clock.Day) (from, to int, ok bool) {
	if b.Precision == "day" {
		n := clock.Day(b.Date).YearsOn(on)
		return n, n, n >= 0
	}
	early, late, ok := b.Years()
	year := on.Time().Year()
	if !ok {
		return 0, 0, false
	}
	if b.Precision == "estimated" {
		return year - late, year - early, true
	}
	return year - late - 1, year - early, true
}

// AgeText writes "78" or "65–70" with a sign for an estimate; "" when not known.
func (b Birth) AgeText(on clock.Day) string {
	from, to, ok := b.Age(on)
	switch {
	case !ok:
		return ""
	case from == to:
		return strconv.Itoa(from)
	case b.Precision == "estimated":
		return "± " + strconv.Itoa(from) + "–" + strconv.Itoa(to)
	}
	return "± " + strconv.Itoa(to)
}

// Text writes the birth for people: the date, or an estimate of years.
func (b Birth) Text() string {
	if b.Precision == "estimated" {
		return "± " + strconv.FormatInt(b.From, 10) + "–" + strconv.FormatInt(b.To, 10)
	}
	return b.Date
}

// normal checks a birth and fills in its precision.
func (b Birth) normal(today clock.Day, f *fail.Fields) Birth {
	b.Date = strings.TrimSpace(b.Date)
	if b.Precision == "" {
		switch {
		case b.Date == "" && b.From > 0:
			b.Precision = "estimated"
		case b.Date == "":
			b.Precision = "unknown"
		default:
			if d, err := text.ParseDay(b.Date, today); err == nil {
				b.Date = string(d)
			}
			b.Precision = map[int]string{4: "year", 7: "month", 10: "day"}[len(b.Date)]
		}
	}
	switch b.Precision {
	case "unknown":
		return Birth{Precision: "unknown"}
	case "estimated":
		b.Date = ""
		if b.To == 0 {
			b.To = b.From
		}
		if b.From == 0 || b.From > b.To || b.To > int64(today.Time().Year()) {
			f.Add("birth.from", "order", "Tulis perkiraan tahun lahir dari yang paling awal sampai yang paling akhir.")
		}
		return b
	}
	b.From, b.To = 0, 0
	full := map[string]string{"day": b.Date, "month": b.Date + "-01", "year": b.Date + "-01-01"}[b.Precision]
	if !clock.Day(full).Valid() {
		f.Add("birth.date", "date", "Tanggal lahir %s tidak terbaca. Tulis tanggal, bulan, atau tahunnya saja.", b.Date)
	} else if clock.Day(full) > today {
		f.Add("birth.date", "future", "Tanggal lahir %s ada di masa depan.", b.Date)
	}
	return b
}

// Desk is the desk of persons.
type Desk struct{ store *store.Store }

// New opens the desk.
func New(s *store.Store) *Desk { return &Desk{s} }

// Entry is what may be known of a person when registered or changed.
type Entry struct {
	ID          id.ID        `json:"id,omitempty"`
	Centre      id.ID        `json:"centre_id,omitempty"`
	Names       []Name       `json:"names"`
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
	for _, n := range e.Names {
		n.Text = strings.Join(strings.Fields(n.Text), " ")
		if n.Kind == "" {
			n.Kind = "legal"
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
	if _, ok := law.RegionOf(e.HomeRegion); !ok && e.HomeRegion != "" {
		f.Add("home_region", "unknown", "Kabupaten/kota %s tidak dikenal.", e.HomeRegion)
	}
	if e.FoundOn > today {
		f.Add("found_on", "future", "Tanggal %s ada di masa depan.", e.FoundOn)
	}
	if e.DeceasedOn > today {
		f.Add("deceased_on", "future", "Tanggal %s ada di masa depan.", e.DeceasedOn)
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
