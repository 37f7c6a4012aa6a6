package person_test

import (
	"errors"
	"testing"

	"tuntas/house/fail"
	"tuntas/office/person"
	"tuntas/try/province"
)

// nik is an invented number of a woman born on 14 March 1948, first registered in Kabupaten Jember.
const nik = "3509015403480002"

var born48 = person.Birth{Date: "1948-03-14", Precision: "day"}

// withNIK is an entry of a woman with a number.
func withNIK(name, number string) person.Entry {
	e := province.Called(name, born48)
	e.Sex, e.HomeRegion, e.Village = "female", "35.09", "Ajung"
	e.Identifiers = []person.Identifier{{Kind: "nik", Value: number, Certainty: "verified", Source: "KTP"}}
	return e
}

// codes gives the codes of wrong fields.
func codes(t *testing.T, err error) (all []string) {
	t.Helper()
	var wrong *fail.Invalid
	if !errors.As(err, &wrong) {
		t.Fatalf("no wrong field: %v", err)
	}
	for _, f := range wrong.Fields {
		all = append(all, f.Name+" "+f.Code)
	}
	return all
}

// whyOf gives the reasons of a hit or hint in words.
func whyOf(says []fail.Saying) (s string) {
	for _, w := range says {
		s += w.String() + "; "
	}
	return s
}
