package law

// SurveyRules are those of the survey of satisfaction (PermenPANRB 14/2017): its elements, and the bands of the index.
type SurveyRules struct {
	Elements []Named      `json:"elements"`
	Bands    []SurveyBand `json:"bands"` // falling
}

// SurveyBand is a grade and the lowest index that has it, in hundredths.
type SurveyBand struct {
	Grade string `json:"grade"`
	From  int64  `json:"from_hundredths"`
}

// Survey is how satisfaction is asked and graded.
var Survey = Load[SurveyRules]("satisfaction")
