package forms

import (
	"fmt"

	"tuntas/law"
)

// Gap is a required question without an answer. The score of a restricted instrument is a gap of its own.
type Gap struct {
	Key      string
	Label    string // Indonesian; the question has both languages
	Section  law.Section
	Question law.Question
}

// Gaps lists what is missing before an assessment can be signed.
func Gaps(i law.Instrument, a map[string]any, score *int64) []Gap {
	var out []Gap
	if i.ScoreOnly && score == nil {
		out = append(out, Gap{Key: "score", Label: "Skor", Question: law.Question{Key: "score", Label: "Skor", LabelEn: "Score"}})
	}
	for _, s := range i.Sections {
		for _, q := range s.Questions {
			if _, ok := a[q.Key]; q.Required && !ok {
				out = append(out, Gap{q.Key, q.Label, s, q})
			}
		}
	}
	return out
}

// Result is what an instrument comes to. A level is nil where the domain does not apply; there is no
// total of levels, because a crisis in one domain must not be averaged away.
type Result struct {
	Score  *int64
	Band   string
	Levels map[string]*int64
}

// Score adds up complete answers; answers with gaps have no score.
func Score(i law.Instrument, a map[string]any, score *int64) Result {
	r := Result{Levels: map[string]*int64{}}
	if len(Gaps(i, a, score)) > 0 {
		return r
	}
	switch i.Scoring {
	case "score":
		r.Score, r.Band = score, BandOf(i, *score)
	case "sum":
		var sum int64
		for _, q := range i.Questions() {
			sum += int64(q.Scores[fmt.Sprint(a[q.Key])])
		}
		r.Score, r.Band = &sum, BandOf(i, sum)
	case "levels":
		for _, q := range i.Questions() {
			r.Levels[q.Key] = levelOf(a[q.Key])
		}
	}
	return r
}

// levelOf reads a level; nil is "not applicable".
func levelOf(answer any) *int64 {
	s := fmt.Sprint(answer)
	if len(s) != 1 || s < "1" || s > "5" {
		return nil
	}
	n := int64(s[0] - '0')
	return &n
}

// BandOf names the band of a score; "" when the instrument has none.
func BandOf(i law.Instrument, score int64) string {
	for _, b := range i.Bands {
		if score <= int64(b.To) {
			return b.Key
		}
	}
	return ""
}

// BandName gives the words of a band in a language, for people.
func BandName(i law.Instrument, band, lang string) string {
	for _, b := range i.Bands {
		if b.Key == band {
			return b.In(lang)
		}
	}
	return ""
}
