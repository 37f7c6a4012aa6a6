package forms

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tuntas/house/fail"
	"tuntas/law"
)

// longest is the most letters of one answer, mostNeeds the most lines of a list of needs.
const (
	longest     = 4000
	longestNeed = 500
	mostNeeds   = 40
)

// Validate checks answers and the score against an instrument and gives them in their stored form. What
// is missing is no fault here: see Gaps.
func Validate(i law.Instrument, given map[string]any, score *int64) (map[string]any, fail.Fields) {
	var f fail.Fields
	out := map[string]any{}
	checkScore(i, score, &f)
	if i.ScoreOnly {
		if len(given) > 0 {
			f.Add("answers", "restricted", "Instrumen ini hanya menyimpan skor; butirnya tidak boleh disimpan.")
		}
		return out, f
	}
	questions := map[string]law.Question{}
	for _, q := range i.Questions() {
		questions[q.Key] = q
	}
	for _, k := range sorted(given) {
		q, known := questions[k]
		if !known {
			f.Add("answers."+shorten(k), "unknown", "Pertanyaan %s tidak ada pada instrumen ini.", shorten(k))
			continue
		}
		if v := clean(q, given[k], "answers."+k, &f); v != nil {
			out[k] = v
		}
	}
	return out, f
}

func checkScore(i law.Instrument, score *int64, f *fail.Fields) {
	switch {
	case score == nil:
	case !i.ScoreOnly:
		f.Add("score", "not-wanted", "Skor instrumen ini dihitung dari jawabannya.")
	case *score < int64(i.ScoreFrom) || *score > int64(i.ScoreTo):
		f.Add("score", "range", "Skor antara %d dan %d.", i.ScoreFrom, i.ScoreTo)
	case i.Step > 1 && *score%int64(i.Step) != 0:
		f.Add("score", "step", "Skor instrumen ini kelipatan %d.", i.Step)
	}
}

func sorted(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// shorten keeps a name that nobody knows from filling the answer.
func shorten(s string) string {
	s = strings.ToValidUTF8(s, "?")
	if utf8.RuneCountInString(s) > 40 {
		s = string([]rune(s)[:40]) + "…"
	}
	return s
}

// clean gives an answer in its stored form; nil takes the answer away.
func clean(q law.Question, v any, at string, f *fail.Fields) any {
	switch {
	case v == nil || v == "":
		return nil
	case q.Type == "needs":
		return cleanNeeds(v, at, f)
	case q.Type == "choice" || q.Type == "level" || q.Type == "yesno":
		return cleanChoice(q, v, at, f)
	}
	s, ok := v.(string)
	if !ok {
		f.Add(at, "type", "Isian ini harus berupa teks.")
		return nil
	}
	if s = cleanText(s, longest, at, f); s == "" {
		return nil
	}
	return s
}

func cleanChoice(q law.Question, v any, at string, f *fail.Fields) any {
	switch b := v.(type) {
	case bool:
		if q.Type == "yesno" {
			v = map[bool]string{true: "yes", false: "no"}[b]
		}
	case json.Number: // a level as the API speaks of it
		v = string(b)
	}
	s, ok := v.(string)
	if ok && (q.Type == "yesno" && (s == "yes" || s == "no") || law.Has(q.Options, s)) {
		return s
	}
	f.Add(at, "choice", "Pilih salah satu dari daftar.")
	return nil
}

// cleanText holds what the database can keep and a reader can read.
func cleanText(s string, most int, at string, f *fail.Fields) string {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
	switch {
	case !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }):
		f.Add(at, "characters", "Isian ini berisi huruf yang tidak terbaca.")
	case utf8.RuneCountInString(s) > most:
		f.Add(at, "too-long", "Paling panjang %d huruf.", most)
	default:
		return s
	}
	return ""
}

// Need is one need found by an assessment: a line of the plan to come.
type Need struct {
	Domain string `json:"domain"`
	Text   string `json:"text"`
	Item   string `json:"item,omitempty"` // of basic needs (Pasal 17, 22-25), where it is one
}

// cleanNeeds takes a list, or the lines of a form by their numbers. A line without text is no need.
func cleanNeeds(v any, at string, f *fail.Fields) any {
	lines, ok := v.([]any)
	switch m := v.(type) {
	case map[string]any:
		lines, ok = numbered(m), true
	case []Need: // as stored, when a draft is changed in the same breath
		return m
	}
	if !ok || len(lines) > mostNeeds {
		f.Add(at, "type", "Kebutuhan ditulis sebagai daftar, paling banyak %d baris.", mostNeeds)
		return nil
	}
	var out []Need
	for n, line := range lines {
		if need := cleanNeed(line, fmt.Sprintf("%s.%d", at, n), f); need.Text != "" {
			out = append(out, need)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// numbered gives the lines of a form in the order of their numbers: the tenth after the ninth.
func numbered(m map[string]any) []any {
	keys := sorted(m)
	slices.SortStableFunc(keys, func(a, b string) int {
		x, _ := strconv.Atoi(a)
		y, _ := strconv.Atoi(b)
		return x - y
	})
	var lines []any
	for _, k := range keys {
		lines = append(lines, m[k])
	}
	return lines
}

func cleanNeed(line any, at string, f *fail.Fields) Need {
	m, ok := line.(map[string]any)
	if !ok {
		f.Add(at, "type", "Isian ini harus berupa kumpulan isian bernama.")
		return Need{}
	}
	var n Need
	for _, k := range sorted(m) {
		part, known := map[string]*string{"domain": &n.Domain, "text": &n.Text, "item": &n.Item}[k]
		s, isText := m[k].(string)
		switch {
		case !known:
			f.Add(at+"."+shorten(k), "unknown", "Isian %s tidak dikenal.", shorten(k))
		case m[k] == nil:
		case !isText:
			f.Add(at+"."+k, "type", "Isian ini harus berupa teks.")
		default:
			*part = cleanText(s, longestNeed, at+"."+k, f)
		}
	}
	if n.Text == "" && n.Item != "" {
		f.Add(at+".text", "required", "Tulis kebutuhannya.")
	}
	if n.Text == "" {
		return n
	}
	if !law.Has(law.Standard.Latest().NeedDomains, n.Domain) {
		f.Add(at+".domain", "choice", "Pilih bidang kebutuhan.")
	}
	if _, known := law.ItemOf(n.Item); n.Item != "" && !known {
		f.Add(at+".item", "choice", "Butir kebutuhan dasar ini tidak dikenal.")
	}
	return n
}

// Needs gives the needs among the answers of an instrument.
func Needs(i law.Instrument, a map[string]any) []Need {
	var all []Need
	for _, q := range i.Questions() {
		if q.Type != "needs" || a[q.Key] == nil {
			continue
		}
		var needs []Need
		if b, err := json.Marshal(a[q.Key]); err == nil && json.Unmarshal(b, &needs) == nil {
			all = append(all, needs...)
		}
	}
	return all
}
