package law

import "slices"

// ReportRules are the office's own choices about what people report: none is law, all are to be verified by the office.
type ReportRules struct {
	Numbers    []Named          `json:"numbers"` // to call at once; the key is the number
	Categories []ReportCategory `json:"categories"`
	Seen       []Named          `json:"seen"`
	Outcomes   []Named          `json:"outcomes"`
	DraftHours int              `json:"draft_hours"`   // what was typed and not sent is kept so long
	Least      int              `json:"least_seconds"` // nobody answers the first question sooner
	SentAnHour int              `json:"sent_an_hour"`  // by one address
	SameDays   int              `json:"same_days"`     // reports of one place within so many days may be of the same
}

// ReportCategory is a kind of report with the working days in which the office promises to answer, to go there and to tell
// the result.
type ReportCategory struct {
	Named
	About  string `json:"about"`            // person, centre; "" is neither
	Sealed bool   `json:"sealed,omitempty"` // kept from everybody of an institution
	Open   bool   `json:"open,omitempty"`   // about no person: everybody may read of it at Open311
	Answer int    `json:"answer_days"`
	Visit  int    `json:"visit_days"`
	Result int    `json:"result_days"`
}

// Reports is the set of rules about reports of the public.
var Reports = Load[ReportRules]("participation")

// Category finds a kind of report.
func (r ReportRules) Category(key string) (ReportCategory, bool) {
	i := slices.IndexFunc(r.Categories, func(c ReportCategory) bool { return c.Key == key })
	if i < 0 {
		return ReportCategory{Named: Named{Key: key, Name: key}}, false
	}
	return r.Categories[i], true
}
