package casework

// MostFollowed is how many contacts of a year are read at once for what became of households.
const MostFollowed = 50_000

// Livelihood is what the contacts of somebody who left knew first and last: the DTSEN decile (0: unknown), the band of income
// and the kind of work ("": unknown). Where one contact alone knew, both are the same and Twice is false.
type Livelihood struct {
	Decile, Income, Work Moved
}

// Moved is one thing as it was known first and last.
type Moved struct {
	First, Last string
	Twice       bool
}

func (m *Moved) know(value string) {
	switch {
	case value == "" || value == "unknown" || value == "not_applicable":
		return
	case m.First == "":
		m.First, m.Last = value, value
	default:
		m.Last, m.Twice = value, true
	}
}
