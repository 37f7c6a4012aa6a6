package law

import "slices"

// ReferralRules are the choices of the product about referrals; none is law.
type ReferralRules struct {
	AgencyKinds []Named       `json:"agency_kinds"`
	Categories  []NeedOfOther `json:"categories"`
	Fields      []ShareField  `json:"fields"`
	Bases       []Named       `json:"bases"`
	Refusals    []Named       `json:"refusals"`
	Results     []Named       `json:"results"`
	AnswerDays  int           `json:"answer_days"`  // working days to answer in
	ReminderIn  []int         `json:"escalation"`   // working days after the due day, step by step
	AssuredFor  int           `json:"assured_days"` // then a service must be assured anew
	LinkDays    int           `json:"link_days"`    // a link of an agency lives so long
	GraceDays   int           `json:"grace_days"`   // and so long after it was replaced
}

// NeedOfOther is a kind of service of others, with the least of a person's data that it needs.
type NeedOfOther struct {
	Named
	Minimum []string `json:"minimum"`
}

// ShareField is one piece of a person's data that may travel with a referral.
type ShareField struct {
	Named
	Warn bool `json:"warn,omitempty"` // specific data: sent only with a weighty reason
}

// Referral is the set of rules about referrals.
var Referral = Load[ReferralRules]("referrals")

// Category finds a kind of service.
func (r ReferralRules) Category(key string) (NeedOfOther, bool) {
	i := slices.IndexFunc(r.Categories, func(c NeedOfOther) bool { return c.Key == key })
	if i < 0 {
		return NeedOfOther{Named: Named{Key: key, Name: key}}, false
	}
	return r.Categories[i], true
}
