package participation

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"tuntas/house/store"
	"tuntas/law"
)

// Likeness is a report that may be of the same, with the words that both have.
type Likeness struct {
	Report
	Words []string
	score float64
}

// Words that say nothing about a place or a person.
var empty = strings.Fields("yang dan dari untuk dengan atau ada ini itu sudah tidak akan saya kami anda sekitar dekat depan orang pak ibu bapak sebelah adalah karena sejak pada oleh juga masih lagi kota kabupaten jalan")

// wordsOf gives the words of a text in plain small letters, each once.
func wordsOf(s string) string {
	var all []string
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
		if len(w) > 2 && !slices.Contains(empty, w) && !slices.Contains(all, w) && len(all) < 40 {
			all = append(all, w)
		}
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

// likeness is the share of common words in all words of both.
func likeness(a, b string) (common []string, score float64) {
	one, two := strings.Fields(a), strings.Fields(b)
	for _, w := range one {
		if slices.Contains(two, w) {
			common = append(common, w)
		}
	}
	if all := len(one) + len(two) - len(common); all > 0 {
		score = float64(len(common)) / float64(all)
	}
	return common, score
}

// A fifth of all words in common, and at least two, is worth a look: a hint, never a decision.
const enough = 0.2

// alike finds reports of the same district, some days around, whose words are alike: at most three.
func alike(tx *store.Tx, r Report) (all []Likeness, err error) {
	if !r.Live() {
		return nil, nil
	}
	days := law.Reports.On(r.ReceivedOn).SameDays
	near, err := around(tx, r, r.ReceivedOn.Add(-days), r.ReceivedOn.Add(days))
	for _, o := range near {
		if common, score := likeness(r.words, o.words); score >= enough && len(common) > 1 && o.MergedInto == 0 {
			all = append(all, Likeness{o, common, score})
		}
	}
	slices.SortStableFunc(all, func(a, b Likeness) int { return cmp.Compare(b.score, a.score) })
	return all[:min(3, len(all))], err
}
