package standards

import (
	"math"
	"slices"

	"tuntas/house/text"
)

// The answers. NotApplicable is answered, and stands in no score.
const (
	Yes           = "yes"
	Partly        = "partly"
	No            = "no"
	NotApplicable = "na"
)

// Values are the answers in the order of the form.
var Values = []string{Yes, Partly, No, NotApplicable}

var valueWords = map[string]text.Word{Yes: "Ya|jawaban", Partly: "Sebagian", No: "Tidak|jawaban", NotApplicable: "Tidak berlaku", "": "Belum dinilai"}

// worth is what an answer counts.
var worth = map[string]float64{Yes: 1, Partly: 0.5, No: 0}

// Score is what the answers of one side add up to. What was not assessed is in no sum: it is never "no".
type Score struct {
	Criteria int     // that hold for the institution
	Assessed int     // of these, answered and confirmed
	Scored   int     // of these, applicable
	Sum      float64 // of weight times worth
	Weight   float64 // of the applicable and assessed
	Fails    []string
}

// Known tells whether there is a score at all.
func (s Score) Known() bool { return s.Weight > 0 }

// Percent is the score: sum(weight × worth) / sum(weight of what is applicable and assessed), in percent.
func (s Score) Percent() float64 {
	if !s.Known() {
		return 0
	}
	return 100 * s.Sum / s.Weight
}

// Rounded is the score to one decimal, for showing.
func (s Score) Rounded() float64 { return math.Round(s.Percent()*10) / 10 }

// Progress is how much is assessed, in whole percent; 100 only when all is.
func (s Score) Progress() int {
	if s.Criteria == 0 {
		return 0
	}
	return s.Assessed * 100 / s.Criteria
}

// Left is how many are not assessed.
func (s Score) Left() int { return s.Criteria - s.Assessed }

// ScoreOf adds up values, by key of criterion; a criterion without one is not assessed.
func ScoreOf(criteria []Criterion, values map[string]string) Score {
	s := Score{Criteria: len(criteria)}
	for _, c := range criteria {
		v, ok := values[c.Key]
		if !ok || !slices.Contains(Values, v) {
			continue
		}
		s.Assessed++
		if v == NotApplicable {
			continue
		}
		s.Scored++
		s.Sum += c.Share * worth[v]
		s.Weight += c.Share
		if c.Imperative && v == No {
			s.Fails = append(s.Fails, c.Key)
		}
	}
	return s
}
