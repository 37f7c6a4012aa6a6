// Package forms is the desk of questionnaires: versioned instruments and their answers. One renderer
// draws them all; no form is coded by hand. Restricted instruments keep a score only.
//
// Owns no table. Calls nobody. Instruments lie in law/instruments.
package forms

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"tuntas/house/fail"
	"tuntas/law"
)

// Need is one need found by an assessment: a line of the plan to come.
type Need struct {
	Domain string `json:"domain"`
	Text   string `json:"text"`
	Item   string `json:"item,omitempty"`
}

const longest = 4000

// Validate checks answers and the score against an instrument and gives them in their stored form. What
// is missing is no fault here: see Gaps.
func Validate(i law.Instrument, given map[string]any, score *int64) (map[string]any, fail.Fields) {
	var f fail.Fields
	out := map[string]any{}
	if i.ScoreOnly {
		if len(given) > 0 {
			f.Add("answers", "restricted", "Instrumen ini hanya menyimpan skor; butirnya tidak boleh disimpan.")
		}
		if score != nil && (*score < int64(i.ScoreFrom) || *score > int64(i.ScoreTo)) {
			f.Add("score", "range", "Skor antara %d dan %d.", i.ScoreFrom, i.ScoreTo)
		}
		return out, f
	}
	if score != nil {
		f.Add("score", "not-wanted", "Skor instrumen ini dihitung dari jawabannya.")
	}
	keys := questions(i)
	for _, k := range sorted(given) {
		q, known := keys[k]
		if !known {
			f.Add("answers."+k, "unknown", "Pertanyaan %s tidak ada pada instrumen ini.", k)
			continue
		}
		v, ok := clean(q, given[k])
		if !ok {
			f.Add("answers."+k, "choice", "Jawaban ini tidak ada dalam pilihan.")
		} else if v != nil {
			out[k] = v
		}
	}
	return out, f
}

func sorted(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func questions(i law.Instrument) map[string]law.Question {
	m := map[string]law.Question{}
	for _, s := range i.Sections {
		for _, q := range s.Questions {
			m[q.Key] = q
		}
	}
	return m
}

// clean gives an answer in its stored form; nil takes the answer away.
func clean(q law.Question, v any) (any, bool) {
	if v == nil || v == "" {
		return nil, true
	}
	if q.Type == "needs" {
		return cleanNeeds(v)
	}
	if n, ok := v.(json.Number); ok {
		v = string(n)
	}
	if b, ok := v.(bool); ok && q.Type == "yesno" {
		v = map[bool]string{true: "yes", false: "no"}[b]
	}
	s, ok := v.(string)
	if !ok || utf8.RuneCountInString(s) > longest {
		return nil, false
	}
	s = strings.TrimSpace(s)
	switch q.Type {
	case "choice", "level":
		return s, law.Has(q.Options, s)
	case "yesno":
		return s, s == "yes" || s == "no"
	}
	return s, true
}

func cleanNeeds(v any) (any, bool) {
	if m, ok := v.(map[string]any); ok { // lines of a form, by number
		var list []any
		for _, k := range sorted(m) {
			list = append(list, m[k])
		}
		v = list
	}
	b, err := json.Marshal(v)
	var needs []Need
	if err != nil || json.Unmarshal(b, &needs) != nil || len(needs) > 40 {
		return nil, false
	}
	var out []Need
	for _, n := range needs {
		if n.Text = strings.TrimSpace(n.Text); n.Text == "" {
			continue
		}
		if utf8.RuneCountInString(n.Text) > 500 || !law.Has(law.Standard.Latest().NeedDomains, n.Domain) {
			return nil, false
		}
		out = append(out, n)
	}
	if len(out) == 0 {
		return nil, true
	}
	return out, true
}

// Needs gives the needs among the answers of an instrument.
func Needs(i law.Instrument, a map[string]any) []Need {
	var all []Need
	for k, q := range questions(i) {
		if q.Type != "needs" {
			continue
		}
		var needs []Need
		if b, err := json.Marshal(a[k]); err == nil && json.Unmarshal(b, &needs) == nil {
			all = append(all, needs...)
		}
	}
	return all
}

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
		for k, q := range questions(i) {
			sum += int64(q.Scores[fmt.Sprint(a[k])])
		}
		r.Score, r.Band = &sum, BandOf(i, sum)
	case "levels":
		for k := range questions(i) {
			r.Levels[k] = nil
			if s := fmt.Sprint(a[k]); len(s) == 1 && s >= "1" && s <= "5" {
				n := int64(s[0] - '0')
				r.Levels[k] = &n
			}
		}
	}
	return r
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
