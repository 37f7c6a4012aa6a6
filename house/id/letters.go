package id

import "strings"

// Crockford are letters and figures that nobody mixes up when they are read aloud or copied by hand.
const Crockford = alphabet

// Letters writes one letter of Crockford for each byte, of its five lowest bits.
func Letters(b []byte) string {
	s := make([]byte, len(b))
	for i := range s {
		s[i] = Crockford[b[i]&31]
	}
	return string(s)
}

// Grouped is a code of twelve letters as people read it: three groups of four. Another length stays as it is.
func Grouped(code string) string {
	if len(code) != 12 {
		return code
	}
	return code[:4] + "-" + code[4:8] + "-" + code[8:]
}

// Plain is a code as it was meant: people write small letters, spaces and hyphens, O for 0, I and L for 1.
func Plain(typed string) string {
	return strings.NewReplacer(" ", "", "-", "", "–", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(strings.TrimSpace(typed)))
}
