package casework

import (
	"strconv"
	"strings"
)

// Gains is what the contacts of somebody who left knew first and last: "2>5" where two of them knew, "2" where one did, and
// Unknown where none did. The decile of DTSEN is that of the household.
type Gains struct{ Decile, Income, Work string }

// notKnown is the value of a gain that no contact knew.
const notKnown = "unknown"

// MovedBetween reads a gain: what was known first and last; false where it was not known twice.
func MovedBetween(gain string) (first, last string, ok bool) { return strings.Cut(gain, ">") }

func (f File) gains() Gains {
	return Gains{
		f.gained(func(c Contact) string {
			if c.Decile == nil {
				return ""
			}
			return strconv.FormatInt(*c.Decile, 10)
		}),
		f.gained(func(c Contact) string { return c.IncomeBand }),
		f.gained(func(c Contact) string { return c.Work }),
	}
}

// gained goes through the contacts by the day they are due.
func (f File) gained(of func(Contact) string) string {
	var first, last string
	n := 0
	for _, c := range f.Contacts {
		known := of(c)
		if known == "" || known == notKnown || known == "not_applicable" {
			continue
		}
		if n++; n == 1 {
			first = known
		}
		last = known
	}
	switch n {
	case 0:
		return notKnown
	case 1:
		return first
	}
	return first + ">" + last
}
