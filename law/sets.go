package law

import "slices"

// Named is a key with its names: an entry of a list to choose from. The hint says when to choose it.
type Named struct {
	Key    string `json:"key"`
	Name   string `json:"name"`
	NameEn string `json:"name_en"`
	Hint   string `json:"hint,omitempty"`
	HintEn string `json:"hint_en,omitempty"`
}

// In gives the name in a language, "id" or "en".
func (n Named) In(lang string) string { return inLang(lang, n.Name, n.NameEn) }

// HintIn gives the hint in a language.
func (n Named) HintIn(lang string) string { return inLang(lang, n.Hint, n.HintEn) }

func inLang(lang, name, english string) string {
	if lang == "en" && english != "" {
		return english
	}
	return name
}

// Find finds an entry of a list by its key.
func Find(list []Named, key string) (Named, bool) {
	for _, n := range list {
		if n.Key == key {
			return n, true
		}
	}
	return Named{Key: key, Name: key}, false
}

// Has tells whether a key is in a list.
func Has(list []Named, key string) bool {
	_, ok := Find(list, key)
	return ok
}

// Region is a kabupaten or kota.
type Region struct {
	Code       string  `json:"code"` // Kemendagri, "35.07"
	Name       string  `json:"name"`
	Type       string  `json:"type"`
	Lat        float64 `json:"lat"`
	Lng        float64 `json:"lng"`
	AreaKm2    float64 `json:"area_km2"`
	Population int64   `json:"population"`
}

// Kind is a kind of PPKS (Permensos 8/2012).
type Kind struct {
	Named
	No                    int      `json:"no"`
	Cluster               string   `json:"cluster"`
	Group                 string   `json:"group"`       // one of the four of Pasal 9(1), or ""
	ItemsGroup            string   `json:"items_group"` // whose list of basic needs is used
	Targets               []string `json:"targets"`     // target groups of Pasal 5; none when outside rehabilitation
	OutsideRehabilitation bool     `json:"outside_rehabilitation"`
	Definition            string   `json:"definition"`
	DefinitionSource      string   `json:"definition_source"`
	Status                string   `json:"status"`
	AgeFrom               int      `json:"age_from,omitempty"`
	AgeTo                 int      `json:"age_to,omitempty"`
}

// Item is one item of basic social rehabilitation.
type Item struct {
	Named
	Article string `json:"article"`
	Letter  string `json:"letter"`
	Setting string `json:"setting"` // inside, outside
	Group   string `json:"group"`
	Note    string `json:"note,omitempty"`
	Days    int    `json:"days,omitempty"` // given for so many days at most; 0 is without a limit

	Advanced bool `json:"advanced,omitempty"` // of Pasal 26: not a basic service
}

// Duty says who is responsible for a level of rehabilitation in a setting (Pasal 8, 9, 27).
type Duty struct {
	Named
	Level   string `json:"level"`
	Setting string `json:"setting"`
	Article string `json:"article"`
}

// Stage is one of the seven; the names and their order are law, the days are not.
type Stage struct {
	Named
	Letter string `json:"letter"`
	Days   int    `json:"days"`
}

// Criterion is one condition of service inside a panti (Pasal 18-21) or outside (Pasal 10-11).
type Criterion struct {
	Code     string   `json:"code"`
	Setting  string   `json:"setting"` // inside, outside; central: of a referral to a central unit
	Article  string   `json:"article"`
	Name     string   `json:"name"`
	NameEn   string   `json:"name_en"`
	Detail   string   `json:"detail,omitempty"`
	DetailEn string   `json:"detail_en,omitempty"`
	Fact     string   `json:"fact"` // computed from: group, age, outside-days, inside-months, level, signed; "" is answered by people
	AgeFrom  int      `json:"age_from,omitempty"`
	AgeTo    int      `json:"age_to,omitempty"`
	Days     int      `json:"days,omitempty"`
	Months   int      `json:"months,omitempty"`
	Groups   []string `json:"groups"` // none: holds for all
	Waivable bool     `json:"waivable"`
}

// In gives the criterion's sentence in a language.
func (c Criterion) In(lang string) string { return inLang(lang, c.Name, c.NameEn) }

// DetailIn explains the criterion in a language.
func (c Criterion) DetailIn(lang string) string { return inLang(lang, c.Detail, c.DetailEn) }

// AgeGroup is a group of ages in whole years, both ends inclusive, under which the balance counts people.
type AgeGroup struct {
	Named
	From int `json:"from"`
	To   int `json:"to"`
}

// AgeGroupOf finds the group of an age that is known only as a range: the middle of the range decides. "" is no group.
func AgeGroupOf(groups []AgeGroup, from, to int) string {
	age := (from + to) / 2
	for _, g := range groups {
		if g.From <= age && age <= g.To {
			return g.Key
		}
	}
	return ""
}

// Defaults are choices of the product that an office may change; none is law.
type Defaults struct {
	AftercareMonths  []int    `json:"aftercare_months"`
	IndependentLevel int      `json:"independent_level"` // from this level a former resident counts as independent
	EmergencyDays    int      `json:"emergency_days"`    // papers after an emergency admission
	HoldDays         int      `json:"hold_days"`         // a reserved bed is held
	ReviewMonths     int      `json:"review_months"`     // from one review of a long stay to the next
	ReturnFromDays   int      `json:"return_from_days"`  // a new case sooner after the last goes on with it: no return
	ReturnToDays     int      `json:"return_to_days"`    // a new case later than that is no return either
	EstimateFrom     int      `json:"estimate_from"`     // people from which on a share is given for one centre
	ExitReasons      []Named  `json:"exit_reasons"`
	Destinations     []Named  `json:"destinations"`
	Outcomes         []Named  `json:"outcomes"`
	Receivers        []string `json:"receivers"` // destinations that need a named receiver
	Works            []Named  `json:"works"`
	IncomeBands      []Named  `json:"income_bands"`
	Methods          []Named  `json:"methods"`
	Aids             []Named  `json:"aids"` // what a household may receive; "none" is an answer of its own
	Fundings         []Named  `json:"fundings"`
	Consents         []Named  `json:"consents"`
	Checklist        []Named  `json:"checklist"`
	NeedDomains      []Named  `json:"need_domains"`
	Skills           []Named  `json:"skills"`        // what people are trained in; the office's own list
	Tools            []Named  `json:"tools"`         // whether they leave with the tools for it
	OpeningKinds     []Named  `json:"opening_kinds"` // why a file is opened in an emergency
}

// Centre is a UPT as found in public sources; to be checked by the office.
type Centre struct {
	Key            string   `json:"key"`
	Abbr           string   `json:"abbr"`
	Name           string   `json:"name"`
	Place          string   `json:"place"`
	Region         string   `json:"region"`
	Kind           string   `json:"kind"`
	ClientGroup    string   `json:"client_group"`
	Kinds          []string `json:"kinds"`
	Capacity       int      `json:"capacity"`
	CapacityStatus string   `json:"capacity_status"`
	StayDays       int      `json:"stay_days,omitempty"`
	ClientService  bool     `json:"client_service"`
	Status         string   `json:"status"`
	Source         string   `json:"source"`
}

// The sets.
var (
	Regions  = Load[[]Region]("regions")
	Kinds    = Load[[]Kind]("ppks")
	Targets  = Load[[]Named]("targets") // the thirteen of Pasal 5
	Items    = Load[[]Item]("items")
	Advanced = Load[[]Item]("advanced") // services of Pasal 26
	Duties   = Load[[]Duty]("duties")
	Atensi   = Load[[]Named]("atensi")
	Stages   = Load[[]Stage]("stages")
	Criteria = Load[[]Criterion]("criteria")
	Ages     = Load[[]AgeGroup]("ages")
	Standard = Load[Defaults]("defaults")
	Centres  = Load[[]Centre]("centres")
)

// KindOf finds a kind of PPKS.
func KindOf(key string) (Kind, bool) {
	for _, k := range Kinds.Latest() {
		if k.Key == key {
			return k, true
		}
	}
	return Kind{Named: Named{Key: key, Name: key}}, false
}

// The two ends of a home district that is none of the province's: another province, and not recorded.
const (
	RegionOutside = "outside"
	RegionUnknown = "unknown"
)

// OutsideCode is the home district of somebody from another province whose district was not asked for. It is ours: no
// such code is in the list of Kemendagri.
const OutsideCode = "00.00"

// OtherProvince tells whether a code names a district of another province, known or not.
func OtherProvince(code string) bool {
	return len(code) == 5 && code[2] == '.' && code[:2] != "35" && digits(code[:2]+code[3:])
}

func digits(s string) bool {
	for _, c := range s {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// HomeOf is the value under which a home district is counted: its own code, RegionOutside, or RegionUnknown.
func HomeOf(code string) string {
	if code == "" {
		return RegionUnknown
	}
	if OtherProvince(code) {
		return RegionOutside
	}
	return code
}

// RegionOf finds a kabupaten or kota.
func RegionOf(code string) (Region, bool) {
	for _, r := range Regions.Latest() {
		if r.Code == code {
			return r, true
		}
	}
	return Region{Code: code}, false
}

// ItemsFor lists the items of a group and setting (Pasal 22-25 inside, 17 outside).
func ItemsFor(items []Item, group, setting string) []Item {
	var out []Item
	for _, i := range items {
		if i.Setting == setting && (i.Group == "" || i.Group == group) {
			out = append(out, i)
		}
	}
	return out
}

// ItemOf finds an item by its key, basic or advanced.
func ItemOf(key string) (Item, bool) {
	for _, i := range slices.Concat(Items.Latest(), Advanced.Latest()) {
		if i.Key == key {
			return i, true
		}
	}
	return Item{Named: Named{Key: key, Name: key}}, false
}

// DutyOf says who is responsible for a level of rehabilitation in a setting.
func DutyOf(duties []Duty, level, setting string) Duty {
	for _, d := range duties {
		if d.Level == level && d.Setting == setting {
			return d
		}
	}
	return Duty{}
}

// CriteriaFor lists the criteria of a setting, inside or outside, that hold for a group.
func CriteriaFor(all []Criterion, group, setting string) []Criterion {
	var out []Criterion
	for _, c := range all {
		if c.Setting == setting && (len(c.Groups) == 0 || slices.Contains(c.Groups, group)) {
			out = append(out, c)
		}
	}
	return out
}
