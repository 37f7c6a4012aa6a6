package person

import (
	"strings"

	"tuntas/house/who"
)

// Masked gives a number as an asker may see it: whole with the right to identity data, else its ends.
// This file alone decides what is shown.
func Masked(value string, by who.Asker) string {
	if by.May(who.SeeIdentity) {
		return value
	}
	if len(value) <= 8 {
		return strings.Repeat("•", len(value))
	}
	return value[:4] + strings.Repeat("•", len(value)-8) + value[len(value)-4:]
}

// masked covers the numbers and the village of a person for askers who may not see them.
func masked(p Person, by who.Asker) Person {
	if by.May(who.SeeIdentity) {
		return p
	}
	claims := make([]Identifier, len(p.Identifiers))
	for i, c := range p.Identifiers {
		c.Value = Masked(c.Value, by)
		claims[i] = c
	}
	p.Identifiers = claims
	p.Village = ""
	return p
}
