package interop

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// naming is what a cell with a name tells.
type naming struct {
	name    string
	alias   string
	address string // form of address: "Mbah"
}

const addresses = `mbah|mak|pak|bu|bapak|ibu|nenek|kakek|eyang|dik|sdr|sdri|tn|ny`

var (
	aliasForm    = regexp.MustCompile(`(?i)[\s,]*[(\[]?\s*\b(?:alias|als|panggilan|dipanggil|known as)\b[.:]?\s+([^)\]]+)[)\]]?`)
	addressAfter = regexp.MustCompile(`(?i)\s*,\s*(` + addresses + `)\.?$`)
	addressFirst = regexp.MustCompile(`(?i)^(` + addresses + `)(?:\.\s*|\s+)`)
	nameless     = set("tanpa nama", "tanpa identitas", "nn", "n n", "no name", "mr x", "mrs x", "x", "anonim", "nama tidak diketahui",
		"nama belum diketahui", "tidak diketahui", "belum diketahui", "unknown", "name unknown", "name not known")
	namelessNote = regexp.MustCompile(`(?i)nama(?:nya)?\s+(?:masih\s+)?(?:belum|tidak|tdk|blm)\s+(?:di\s?ketahui|jelas|ada)|tanpa (?:nama|identitas)|name (?:is )?(?:unknown|not known)|unknown name|no name`)
)

// nameOf takes a cell apart: capitals are softened, "(alias Mak Nah)" and ", Mbah" are lifted out. A form of
// address is kept beside the name, since a resident is called by it, but is not part of it.
func nameOf(typed string) naming {
	var n naming
	s := typed
	if m := aliasForm.FindStringSubmatchIndex(s); m != nil {
		n.alias = soften(strings.TrimSpace(s[m[2]:m[3]]))
		s = strings.TrimSpace(s[:m[0]] + " " + s[m[1]:])
	}
	for _, form := range []*regexp.Regexp{addressAfter, addressFirst} {
		m := form.FindStringSubmatchIndex(s)
		if m == nil {
			continue
		}
		if rest := strings.TrimSpace(s[:m[0]] + s[m[1]:]); letters(rest) > 1 {
			n.address, s = title(s[m[2]:m[3]]), rest
		}
	}
	n.name = soften(strings.Join(strings.Fields(s), " "))
	return n
}

// soften writes a name in capitals, or in none, the way names are written; "bin" and "binti" stay small.
func soften(s string) string {
	words := strings.Fields(s)
	shout := s == strings.ToUpper(s) || s == strings.ToLower(s)
	for i, w := range words {
		if low := strings.ToLower(w); i > 0 && (low == "bin" || low == "binti") {
			words[i] = low
		} else if shout {
			words[i] = title(w)
		}
	}
	return strings.Join(words, " ")
}

// title makes the first letter large, and the one after a dot or a hyphen: "Abd.Ghofur", "Siti-Aminah".
func title(s string) string {
	first := true
	return strings.Map(func(r rune) rune {
		was := first
		first = r == '.' || r == '-'
		if was {
			return unicode.ToUpper(r)
		}
		return unicode.ToLower(r)
	}, s)
}

func letters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// sexOf reads the column of sex; known is false for what is neither.
func sexOf(typed string) (sex string, known bool) {
	switch fold(typed) {
	case "l", "lk", "laki", "laki laki", "laki2", "pria", "male", "m", "man", "boy":
		return "male", true
	case "p", "pr", "perempuan", "wanita", "female", "f", "w", "woman", "girl":
		return "female", true
	}
	return "unknown", blank(typed)
}

var villageForms = []struct {
	form *regexp.Regexp
	full string
}{
	{regexp.MustCompile(`(?i)^(?:ds|desa)(?:\.\s*|\s+)`), "Desa "},
	{regexp.MustCompile(`(?i)^(?:dsn|dusun)(?:\.\s*|\s+)`), "Dusun "},
	{regexp.MustCompile(`(?i)^(?:kel|kelurahan)(?:\.\s*|\s+)`), "Kelurahan "},
}

// villageOf writes out Ds., Dsn and Kel.
func villageOf(typed string) string {
	for _, v := range villageForms {
		if t := v.form.ReplaceAllString(typed, ""); t != typed && t != "" {
			return v.full + t
		}
	}
	if blank(typed) {
		return ""
	}
	return typed
}

func tooLong(s string, most int) bool { return utf8.RuneCountInString(s) > most }
