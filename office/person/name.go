package person

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// titles are words before or after a name that tell nobody apart.
var titles = set(`ny tn nn sdr sdri h hj kh k r rr bin binti mbah pak bu ibu bapak dik mak mas mbak nama alias alm almh drs dr ir prof`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// folded are short forms of a name that everybody writes differently.
var folded = map[string]string{"m": "muhammad", "mh": "muhammad", "moh": "muhammad", "mohd": "muhammad", "moch": "muhammad",
	"mochamad": "muhammad", "mochammad": "muhammad", "mohamad": "muhammad", "mohammad": "muhammad", "muhamad": "muhammad", "muh": "muhammad",
	"abd": "abdul", "abdoel": "abdul", "st": "siti", "sitti": "siti"}

const longest = 22 // letters of a word that are kept, so that its keys fit one lookup

// tokens cuts names into the words by which a person is found: small letters without marks, titles left
// out unless nothing else is there.
func tokens(names ...string) []string {
	var out, only []string
	for _, name := range names {
		for _, w := range strings.FieldsFunc(plain(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if letters := []rune(w); len(letters) > longest {
				w = string(letters[:longest])
			}
			if f, ok := folded[w]; ok {
				w = f
			}
			switch {
			case slices.Contains(out, w):
			case titles[w]:
				only = append(only, w)
			default:
				out = append(out, w)
			}
		}
	}
	if len(out) == 0 {
		slices.Sort(only)
		return slices.Compact(only)
	}
	return out
}

// plain writes a name in small letters, without accents and apostrophes: Jum'at is jumat, José is jose.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == 'ʼ', r == '`':
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(name))
}

// spelling folds old and new spellings to one form; longer pairs first.
var spelling = strings.NewReplacer("oe", "u", "dj", "y", "tj", "c", "ty", "c", "sj", "s", "sy", "s", "sh", "s", "ts", "s", "nj", "n", "ny", "n",
	"kh", "h", "ch", "h", "ph", "f", "dh", "d", "th", "t", "bh", "b", "j", "y", "z", "s", "v", "f", "q", "k", "x", "s")

// phonetic gives the key that old and new spellings of a word share: Soekarni and Sukarni, Djoko and
// Joko, Tjipto and Cipto, Zaenab and Zainab.
func phonetic(w string) string {
	letters := []rune(spelling.Replace(oneVowel(w)))
	out := letters[:0]
	for i, r := range letters {
		if i > 0 && r == letters[i-1] {
			continue
		}
		out = append(out, r)
	}
	if n := len(out); n > 1 && out[n-1] == 'h' {
		out = out[:n-1]
	}
	return string(out)
}

// oneVowel makes one e of ai, ae and ay before a consonant.
func oneVowel(w string) string {
	if !strings.Contains(w, "a") {
		return w
	}
	var b strings.Builder
	for i := 0; i < len(w); i++ {
		if w[i] == 'a' && i+2 < len(w) && strings.IndexByte("iey", w[i+1]) >= 0 && strings.IndexByte("aiueoy", w[i+2]) < 0 {
			b.WriteByte('e')
			i++
			continue
		}
		b.WriteByte(w[i])
	}
	return b.String()
}

// variants are the keys under which a word is kept: its spelling, its phonetic key, and both with any
// one letter left out, so that one wrong, missing or extra letter still meets it.
func variants(w string) []string {
	var out []string
	for _, k := range []string{w, phonetic(w)} {
		out = append(out, k)
		letters := []rune(k)
		if len(letters) < 4 {
			continue
		}
		for i := range letters {
			out = append(out, string(letters[:i])+string(letters[i+1:]))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// distance counts the letters to change, drop, add or swap between two words.
func distance(a, b []rune) int {
	prev2, prev, cur := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(b)]
}

// How near two words are.
const (
	same    = 0 // letter for letter
	spelled = 1 // the same but for old and new spelling
	oneOff  = 2 // one letter
	twoOff  = 3 // two letters of a long word
	far     = 9
)

// near tells how near two words are.
func near(a, b string) int {
	if a == b {
		return same
	}
	pa, pb := phonetic(a), phonetic(b)
	if pa == pb {
		return spelled
	}
	ra, rb := []rune(a), []rune(b)
	if min(len(ra), len(rb)) < 3 || abs(len(ra)-len(rb)) > 2 {
		return far
	}
	most := 1
	if min(len(ra), len(rb)) >= 8 {
		most = 2
	}
	if d := min(distance(ra, rb), distance([]rune(pa), []rune(pb))); d <= most {
		return spelled + d
	}
	return far
}

// oldSpelling tells whether a word is written as before 1972.
func oldSpelling(w string) bool {
	for _, pair := range []string{"oe", "dj", "tj", "sj", "nj"} {
		if strings.Contains(w, pair) {
			return true
		}
	}
	return false
}
