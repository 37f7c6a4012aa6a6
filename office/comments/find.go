package comments

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"

	"tuntas/house/text"
)

// What a piece of a comment may be.
const (
	ofNIK   = "nik"
	ofPhone = "phone"
	ofMail  = "mail"
	ofName  = "name"
	ofHarsh = "harsh"
	ofLink  = "link"
	ofAlarm = "alarm"
)

var pieceWords = map[string]text.Word{ofNIK: "nomor identitas", ofPhone: "nomor telepon", ofMail: "alamat surel", ofName: "nama orang", ofHarsh: "kata kasar", ofLink: "tautan", ofAlarm: "dugaan kekerasan"}

// Piece is a stretch of a comment; Kind is "" where nothing is the matter.
type Piece struct{ Text, Kind string }

//go:embed harsh.txt
var harshWords string

// alarmWords are words of violence: what holds one may tell of abuse in the very institution whose staff would read it.
//
//go:embed alarm.txt
var alarmWords string

func wordsOf(list string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:` + strings.Join(strings.Fields(list), "|") + `)(?:nya|mu|lah)?\b`)
}

// found are the patterns, what hurts most first: where two overlap the first one counts.
var found = []struct {
	kind string
	re   *regexp.Regexp
}{
	{ofNIK, regexp.MustCompile(`\d(?:[ .\-]?\d){15}`)},
	{ofMail, regexp.MustCompile(`[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+`)},
	{ofPhone, regexp.MustCompile(`(?:\+?62|\b0)[ \-]?\(?\d{2,3}\)?(?:[ .\-]?\d){5,10}`)},
	{ofLink, regexp.MustCompile(`(?i)\b(?:https?://|www\.)\S+|\b[a-z0-9\-]+\.(?:com|net|org|info|xyz|top|site|online|shop|link|id|me|ly)\b(?:/\S*)?`)},
	{ofName, regexp.MustCompile(`\b(?:Mbah|Pak|Bapak|Bu|Ibu|Mas|Mbak|Kak|Dik|Adik|Sdr\.?|Sdri\.?)\s+\p{Lu}[\p{L}']+(?:\s+\p{Lu}[\p{L}'.]*){0,3}`)},
	{ofAlarm, wordsOf(alarmWords)},
	{ofHarsh, wordsOf(harshWords)},
}

// pieces cuts a text where something needs a look; names are those that the registry bears.
func pieces(s string, names []string) []Piece {
	type stretch struct {
		from, to int
		kind     string
	}
	var all []stretch
	take := func(from, to int, kind string) {
		for _, a := range all {
			if from < a.to && a.from < to {
				return
			}
		}
		all = append(all, stretch{from, to, kind})
	}
	for _, f := range found {
		for _, at := range f.re.FindAllStringIndex(s, -1) {
			take(at[0], at[1], f.kind)
		}
		if f.kind != ofLink {
			continue
		}
		for _, n := range names { // before titles: the whole name is marked
			for from := 0; n != ""; {
				i := strings.Index(s[from:], n)
				if i < 0 {
					break
				}
				take(from+i, from+i+len(n), ofName)
				from += i + len(n)
			}
		}
	}
	slices.SortFunc(all, func(a, b stretch) int { return a.from - b.from })
	var out []Piece
	at := 0
	for _, a := range all {
		if a.from > at {
			out = append(out, Piece{s[at:a.from], ""})
		}
		out = append(out, Piece{s[a.from:a.to], a.kind})
		at = a.to
	}
	if at < len(s) {
		out = append(out, Piece{s[at:], ""})
	}
	return out
}

// laneOf is where a comment waits: by the worst that stands in it.
func laneOf(parts []Piece) string {
	has := func(kinds ...string) bool {
		return slices.ContainsFunc(parts, func(p Piece) bool { return slices.Contains(kinds, p.Kind) })
	}
	switch {
	case has(ofAlarm):
		return Alarm
	case has(ofNIK, ofPhone, ofMail, ofName):
		return Personal
	case has(ofHarsh):
		return Harsh
	case has(ofLink):
		return Linked
	}
	return Plain
}

// kindsOf names what was found, each kind once, in the order of the text.
func kindsOf(parts []Piece) (all []string) {
	for _, p := range parts {
		if p.Kind != "" && !slices.Contains(all, p.Kind) {
			all = append(all, p.Kind)
		}
	}
	return all
}

// worn is a text without what makes no difference between two of the same: case, signs, spaces.
func worn(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r > 127) }), " ")
}
