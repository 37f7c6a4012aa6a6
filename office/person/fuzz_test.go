package person

import (
	"testing"

	"tuntas/house/clock"
	"tuntas/house/fail"
)

// FuzzCheckNIK: a NIK is at most odd; whatever is typed, the check ends and warns in words.
func FuzzCheckNIK(f *testing.F) {
	for _, seed := range []string{"3509125403480001", "", "357801046202", "0000000000000000", "35091254034800O1", "9999999999999999", "３５０９"} {
		f.Add(seed, "female", "1948-03-14", "day")
		f.Add(seed, "male", "1948", "year")
	}
	f.Fuzz(func(t *testing.T, nik, sex, date, precision string) {
		b := Birth{Date: date, Precision: precision}
		if precision == "estimated" {
			b = Birth{Precision: precision, From: int64(len(date)) + 1900, To: 1960}
		}
		var wrong fail.Fields
		if b = b.normal("2026-11-26", &wrong); len(wrong) > 0 {
			return
		}
		for _, odd := range CheckNIK(nik, sex, b) {
			if odd.Text == "" {
				t.Fatal("a warning without words")
			}
		}
		if len(nik) != 16 && len(CheckNIK(nik, sex, b)) == 0 {
			t.Fatalf("%q passes as a NIK", nik)
		}
	})
}

// FuzzBirth: a birth is understood or refused in words; what is understood is understood again.
func FuzzBirth(f *testing.F) {
	for _, seed := range []string{"1948", "Maret 1948", "03/1948", "14 3 1948", "1948-03-14", "14/3/48", "", "kemarin", "99-99-9999", "1850", "2031-01-01"} {
		f.Add(seed, "", int64(0), int64(0))
		f.Add(seed, "estimated", int64(1945), int64(1950))
	}
	const today = clock.Day("2026-11-26")
	f.Fuzz(func(t *testing.T, date, precision string, from, to int64) {
		var wrong fail.Fields
		b := Birth{Date: date, Precision: precision, From: from, To: to}.normal(today, &wrong)
		if len(wrong) > 0 {
			return
		}
		if again := b.normal(today, &wrong); again != b || len(wrong) > 0 {
			t.Fatalf("%+v became %+v: %v", b, again, wrong)
		}
	})
}
