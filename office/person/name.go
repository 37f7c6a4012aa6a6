package person

import (
	"sort"
	"strings"
)

// titles are words before or after a name that tell nobody apart.
var titles = map[string]bool{"ny": true, "tn": true, "nn": true, "sdr": true, "sdri": true, "h": true, "hj": true, "bin": true, "binti": true,
	"mbah": true, "pak": true, "bu": true, "ibu": true, "bapak": true, "dik": true, "mak": true, "tanpa": true, "nama": true, "alias": true}

var folded = map[string]string{"m": "muhammad", "moh": "muhammad", "moch": "muhammad", "mohamad": "muhammad", "mohammad": "muhammad",
	"mochamad": "muhammad", "mochammad": "muhammad", "muhamad": "muhammad", "abd": "abdul", "abdoel": "abdul", "st": "siti"}

// tokens cuts names into the words by which a person is found.
func tokens(names ...string) []string {
	seen := map[string]bool{}
	var out []string
	for _, name := range names {
		for _, w := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
			return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '\''
		}) {
			w = strings.ReplaceAll(w, "'", "")
			if f, ok := folded[w]; ok {
				w = f
			}
			if titles[w] || len(w) < 2 && (w == "" || w[0] > '9') || seen[w] || len(w) > 40 {
				continue
			}
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}

// spelling folds old and new spellings to one form; longer pairs first.
var spelling = strings.NewReplacer("oe", "u", "dj", "y", "tj", "c", "ty", "c", "sj", "s", "sy", "s", "sh", "s", "ts", "s", "nj", "n", "ny", "n",
	"kh", "h", "ch", "h", "ph", "f", "dh", "d", "th", "t", "bh", "b", "j", "y", "z", "s", "v", "f", "q", "k", "x", "s")

// phonetic gives the key that old and new spellings of a word share.
func phonetic(w string) string {
	w = spelling.Replace(w)
	var b strings.Builder
	for i := range len(w) {
		if i > 0 && w[i] == w[i-1] {
			continue
		}
		b.WriteByte(w[i])
	}
	return strings.TrimSuffix(b.String(), "h")
}

// variants are the keys under which a word is kept: its spelling, its phonetic key, and both with any
// one letter left out, so that one wrong, missing or extra letter still meets it.
func variants(w string) []string {
	set := map[string]bool{}
	for _, k := range []string{w, phonetic(w)} {
		set[k] = true
		if len(k) < 4 {
			continue
		}
		for i := range len(k) {
			set[k[:i]+k[i+1:]] = true
		}
	}
	out := make([]string, 0, len(set))
	for k := range set {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// distance counts the letters to change, drop, add or swap between two words.
func distance(a, b string) int {
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

// near tells how near two words are: 0 the same, 1 the same but for the spelling, 2 and 3 for one and two
// letters; -1 is far.
func near(a, b string) int {
	if a == b {
		return 0
	}
	if phonetic(a) == phonetic(b) {
		return 1
	}
	most := 1
	if len(a) >= 8 {
		most = 2
	}
	if d := min(distance(a, b), distance(phonetic(a), phonetic(b))); d <= most && len(a) >= 3 {
		return 1 + d
	}
	return -1
}
