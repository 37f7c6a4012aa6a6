package person

import (
	"strings"
	"unicode"

	"tuntas/house/who"
)

// This file alone decides what is shown of numbers and of the address. Who holds the right to identity
// data sees them whole, everybody else their ends, which are enough to compare with a card.

// Masked gives a number as an asker may see it: "3578••••••••0002".
func Masked(value string, by who.Asker) string {
	if by.May(who.SeeIdentity) {
		return value
	}
	letters := []rune(value)
	if len(letters) <= 8 {
		return strings.Repeat("•", len(letters))
	}
	return string(letters[:4]) + strings.Repeat("•", len(letters)-8) + string(letters[len(letters)-4:])
}

// Spaced groups a number of sixteen by four, as it stands on the card.
func Spaced(value string) string {
	letters := []rune(value)
	if len(letters) != 16 {
		return value
	}
	return string(letters[:4]) + " " + string(letters[4:8]) + " " + string(letters[8:12]) + " " + string(letters[12:])
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

// maskedChange covers the same in the history of a field.
func maskedChange(c FieldChange, by who.Asker) FieldChange {
	switch {
	case by.May(who.SeeIdentity):
	case c.Field == "village":
		c.Old, c.New = "", ""
	case c.Field == "identifiers":
		c.Old, c.New = maskedWords(c.Old, by), maskedWords(c.New, by)
	}
	return c
}

// maskedWords covers each word of a text that holds a figure.
func maskedWords(s string, by who.Asker) string {
	words := strings.Split(s, " ")
	for i, w := range words {
		if strings.ContainsFunc(w, unicode.IsDigit) {
			words[i] = Masked(w, by)
		}
	}
	return strings.Join(words, " ")
}

// wholeNumber is the length of the shortest identity number: a BPJS card has 13 digits, a NIK 16.
const wholeNumber = 13

// searchable tells whether an asker may look for a part of a number: who sees only its ends could
// otherwise find the rest digit by digit, and is answered only for a whole number.
func searchable(digits string, by who.Asker) bool {
	return by.May(who.SeeIdentity) || len(digits) >= wholeNumber
}
