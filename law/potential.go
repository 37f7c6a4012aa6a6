package law

import "math"

// SourceKind is a kind of PSKS, a source of social welfare in the community (Permensos 8/2012).
type SourceKind struct {
	Named
	No               int    `json:"no"`
	Form             string `json:"form"`   // perseorangan, keluarga, lembaga, jejaring
	Status           string `json:"status"` // of its place in the list
	Definition       string `json:"definition"`
	DefinitionStatus string `json:"definition_status"`
}

// PotentialRules are the office's own choices about offers and requests: none is law, all are to be verified by the office.
type PotentialRules struct {
	Clearances      []Named `json:"clearances"`            // what somebody shows who meets children
	NearKm          int     `json:"near_km"`               // districts whose middles are not farther apart are neighbours
	OfferDays       int     `json:"offer_days"`            // an offer without a last day stands so long
	RequestDays     int     `json:"request_days"`          // a request stands so long at most after the day on which it was needed
	ExtendDays      int     `json:"extend_days"`           // what one press adds
	RemindDays      int     `json:"remind_days"`           // before an offer or a request ends
	ClearanceRemind int     `json:"clearance_remind_days"` // before a clearance ends
	ForgetDays      int     `json:"forget_days"`           // name and contact of a declined letter are kept so long
	Least           int     `json:"least_seconds"`         // nobody fills the public form in sooner
	SentAnHour      int     `json:"sent_an_hour"`          // by one address
}

// The twelve kinds of PSKS, and the rules of offers and requests.
var (
	Sources    = Load[[]SourceKind]("psks")
	Potentials = Load[PotentialRules]("potential")
)

// SourceOf finds a kind of PSKS.
func SourceOf(key string) (SourceKind, bool) {
	for _, k := range Sources.Latest() {
		if k.Key == key {
			return k, true
		}
	}
	return SourceKind{Named: Named{Key: key, Name: key}}, false
}

// Km is how far the middles of two districts are apart, in whole kilometres as the crow flies.
func Km(a, b Region) int {
	const radius = 6371 // of the earth
	rad := math.Pi / 180
	dLat, dLng := (b.Lat-a.Lat)*rad, (b.Lng-a.Lng)*rad
	h := math.Pow(math.Sin(dLat/2), 2) + math.Cos(a.Lat*rad)*math.Cos(b.Lat*rad)*math.Pow(math.Sin(dLng/2), 2)
	return int(math.Round(2 * radius * math.Asin(math.Sqrt(h))))
}
