package planning

import (
	"tuntas/office/needs"
	"tuntas/office/standards"
)

// Helped counts the criteria that became better from one verified result to the next while a need for them was delivered. It
// is what Gains says of an institution to those who plan, as a number that everybody may know.
func Helped(first, last standards.Result, delivered []needs.Delivery) (n int64) {
	better := last.Better(first)
	for _, one := range delivered {
		if better[one.Criterion] && one.First <= last.On && one.Last >= first.On {
			n++
		}
	}
	return n
}
