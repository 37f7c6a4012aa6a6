package letters

import (
	"crypto/rand"
	"fmt"
	"regexp"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
)

// What may stand in the format of a number.
var placeholders = map[string]bool{"{klasifikasi}": true, "{nomor}": true, "{kode}": true, "{bulan}": true, "{tahun}": true}

var bracketed = regexp.MustCompile(`\{[^}]*\}?|\}`)

// usualFormat is the number of a letter until the office writes its own.
const usualFormat = "{nomor}/{kode}/{tahun}"

// mayFormat holds that a format gives each letter of a year its own number, and knows its placeholders.
func mayFormat(format string) error {
	for _, b := range bracketed.FindAllString(format, -1) {
		if !placeholders[b] {
			return fail.Bad("format", "placeholder", "%s tidak dikenal. Yang dikenal: {klasifikasi}, {nomor}, {kode}, {bulan}, {tahun}.", b)
		}
	}
	if strings.Count(format, "{nomor}") != 1 {
		return fail.Bad("format", "number", "Tulis {nomor} satu kali, supaya setiap surat punya nomor sendiri.")
	}
	return nil
}

var romans = []string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"}

// numberOf writes the number n of an office as its format says: "460/121/107.6.13/2026".
func numberOf(o Office, n int64, on clock.Day) string {
	return strings.NewReplacer("{klasifikasi}", o.Classification, "{nomor}", fmt.Sprint(n), "{kode}", o.Code,
		"{bulan}", romans[on.Time().Month()-1], "{tahun}", string(on[:4])).Replace(o.Format)
}

// codeLength letters of five bits are eighty bits: nobody comes upon one by trying.
const codeLength = 16

func newCode() string {
	b := make([]byte, codeLength)
	_, _ = rand.Read(b) // never fails
	return id.Letters(b)
}

// Grouped writes a code of verification in fours.
func Grouped(code string) string {
	var parts []string
	for len(code) > 4 {
		parts, code = append(parts, code[:4]), code[4:]
	}
	return strings.Join(append(parts, code), "-")
}

// plainCode is a code as it was meant. What is no code is "".
func plainCode(typed string) string {
	code := id.Plain(typed)
	if len(code) != codeLength || strings.Trim(code, id.Crockford) != "" {
		return ""
	}
	return code
}
