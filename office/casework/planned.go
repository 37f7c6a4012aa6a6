package casework

import (
	"tuntas/house/clock"
	"tuntas/house/id"
)

// Planned gives the contacts that a termination plans.
func Planned(c Case, from clock.Day, months []int) []Contact {
	var out []Contact
	for _, m := range months {
		out = append(out, Contact{ID: id.New(), Version: 1, Case: c.ID, Centre: c.Centre, Person: c.Person, Month: int64(m), DueOn: from.AddMonths(m), State: ContactOpen})
	}
	return out
}

// Record puts what happened on a planned contact, by the same rule as a visit.
func (c *Contact) Record(v Visit, by string) {
	apply(c, v)
	c.By = by
}
