package law

// QualityRules are those by which the office looks at its own records: choices of the office, none of them law.
type QualityRules struct {
	Weights     map[string]int64 `json:"weights"`      // of a severity, in the score
	CloseDays   int              `json:"close_days"`   // working days after a month by which it is closed
	ServiceDays int              `json:"service_days"` // a resident without a recorded service for so long is asked about
	Months      int              `json:"months"`       // how many months back closings and balances are looked at
	Outlier     OutlierRule      `json:"outlier"`
	Rules       []QualityRule    `json:"rules"`
}

// OutlierRule says when the figure of a month is far off: against so many months before, if there are at least so many.
type OutlierRule struct {
	Months    int      `json:"months"`
	Least     int      `json:"least"`
	Z         float64  `json:"z"`
	ModifiedZ float64  `json:"modified_z"`
	Figures   []string `json:"figures"` // keys of indicators
}

// QualityRule is one thing that shall be in order, why, and how it is mended. Bad and Checked are formulas as those of an
// indicator; a rule without them is reckoned by the desk.
type QualityRule struct {
	Named
	Severity    string `json:"severity"` // high, medium, low
	Why         string `json:"why"`
	WhyEn       string `json:"why_en"`
	Mend        string `json:"mend"`
	MendEn      string `json:"mend_en"`
	Bad         string `json:"bad,omitempty"`
	Checked     string `json:"checked,omitempty"`
	Until       string `json:"until,omitempty"`        // today or yesterday
	CheckedFrom int    `json:"checked_from,omitempty"` // what is checked goes back so many months; 0 is all
}

// WhyIn says in a language why the rule is there.
func (r QualityRule) WhyIn(lang string) string { return inLang(lang, r.Why, r.WhyEn) }

// MendIn says in a language how it is mended.
func (r QualityRule) MendIn(lang string) string { return inLang(lang, r.Mend, r.MendEn) }

// Rule finds a rule by its key.
func (q QualityRules) Rule(key string) (QualityRule, bool) {
	for _, r := range q.Rules {
		if r.Key == key {
			return r, true
		}
	}
	return QualityRule{}, false
}

// Quality is how the office looks at its own records.
var Quality = Load[QualityRules]("quality")
