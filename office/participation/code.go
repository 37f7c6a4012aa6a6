package participation

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"strings"

	"tuntas/house/gate"
	"tuntas/house/id"
)

// The secret code has 12 letters, 60 bits: with some hundred tries in a quarter of an hour nobody finds one.
const codeLetters = 12

// newNumber is a number to call a report by: no secret.
func newNumber() string {
	b := make([]byte, 6)
	_, _ = rand.Read(b) // never fails: it ends the program instead
	s := id.Letters(b)
	return "JTM-" + s[:3] + "-" + s[3:]
}

// codeOf gives the code of a report from the secret that the reporter's browser holds: so a retry shows the same code, and
// nobody keeps it.
func codeOf(secret string) string {
	return id.Grouped(id.Letters(gate.Keyed(secret, "code")[:codeLetters]))
}

// plainNumber reads a number as people type it: JTM7K49QX is JTM-7K4-9QX.
func plainNumber(s string) string {
	s = strings.TrimPrefix(id.Plain(s), "JTM")
	if len(s) != 6 {
		return ""
	}
	return "JTM-" + s[:3] + "-" + s[3:]
}

func hashOf(what, secret string) string {
	sum := sha256.Sum256([]byte("tuntas lapor " + what + " " + secret))
	return hex.EncodeToString(sum[:])
}

// codeMatches compares a typed code with what is kept, in the same time whatever is typed, and whether or not there is one.
func codeMatches(number, typed, kept string) bool {
	return subtle.ConstantTimeCompare([]byte(hashOf(number, id.Plain(typed))), []byte(kept)) == 1
}
