package casework

import (
	"slices"

	"tuntas/law"
	"tuntas/office/person"
)

// consented tells whether a consent of a purpose holds.
func (f File) consented(purpose string) bool {
	for _, c := range f.Consents {
		if c.Purpose == purpose && c.Holds(f.Today) {
			return true
		}
	}
	return false
}

// unexplained tells whether a person with a disability consented and nobody wrote how it was explained to her
// (UU 27/2022 Pasal 26). It warns: help does not wait for a form.
func (f File) unexplained() bool {
	kind, _ := law.KindOf(f.Kind)
	return kind.Group == "disabilitas_telantar" && !slices.ContainsFunc(f.Consents, func(c person.Consent) bool {
		return c.Purpose == "service" && c.Holds(f.Today) && c.Explained != ""
	})
}
