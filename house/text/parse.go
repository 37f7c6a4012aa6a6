package text

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"tuntas/house/clock"
)

// DayError says why a typed day was not understood: "unreadable" or "impossible".
type DayError struct{ Code, Typed string }

func (e DayError) Error() string { return e.Code + " day: " + e.Typed }

var dayWords = map[string]int{"hari ini": 0, "today": 0, "kemarin": -1, "yesterday": -1, "besok": 1, "tomorrow": 1}

// ParseDay reads a day as people write it: 4 11 2020, 4/11/20, 08.09.24, 4 nov, 23 Februari 2026,
// 2026-11-04, kemarin. Without a year it is the one nearest to today that is not far ahead; a year of
// two figures lies in this century up to next year, else in the last.
func ParseDay(s string, today clock.Day) (clock.Day, error) {
	s = strings.ToLower(strings.Join(strings.Fields(s), " "))
	if n, ok := dayWords[s]; ok {
		return today.Add(n), nil
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(parts) < 2 || len(parts) > 3 || len(s) > 40 {
		return "", DayError{"unreadable", s}
	}
	year := ""
	if len(parts[0]) == 4 && len(parts) == 3 { // ISO: year first
		parts[0], parts[2] = parts[2], parts[0]
	}
	if len(parts) == 3 {
		year = parts[2]
	}
	d, err := strconv.Atoi(parts[0])
	m := ParseMonth(parts[1])
	if err != nil || m < 0 {
		return "", DayError{"unreadable", s}
	}
	y, err := yearOf(year, d, m, today)
	if err != nil {
		return "", DayError{"unreadable", s}
	}
	day := clock.Day(fmt.Sprintf("%04d-%02d-%02d", y, m, d))
	if !day.Valid() {
		return "", DayError{"impossible", s}
	}
	return day, nil
}

func yearOf(s string, d, m int, today clock.Day) (int, error) {
	now := today.Time().Year()
	switch len(s) {
	case 0:
		if clock.Day(fmt.Sprintf("%04d-%02d-%02d", now, m, d)) > today.Add(180) {
			return now - 1, nil
		}
		return now, nil
	case 2:
		y, err := strconv.Atoi(s)
		if y += 2000; y > now+1 {
			y -= 100
		}
		return y, err
	case 4:
		return strconv.Atoi(s)
	}
	return 0, fmt.Errorf("a year has two or four figures")
}

// ParseMonth reads "11", "nov", "November", "Agustus", "aug"; 13 for a number beyond the year, -1 when
// it is no month at all.
func ParseMonth(s string) int {
	if n, err := strconv.Atoi(s); err == nil && n >= 0 {
		return min(n, 13)
	}
	s = strings.ToLower(s)
	if len(s) < 3 {
		return -1
	}
	for _, names := range [][]string{monthsID, monthsEN, shortID, shortEN} {
		for i, name := range names {
			name = strings.ToLower(name)
			if name == s || strings.HasPrefix(name, s) {
				return i + 1
			}
		}
	}
	switch s {
	case "agt", "ags", "agust":
		return 8
	case "pebruari", "peb":
		return 2
	case "nop", "nopember":
		return 11
	}
	return -1
}

// ParseNumber reads 1.234,5 and 1234,5 and 1234.5 and 1,234.5.
func ParseNumber(s string) (float64, error) {
	s = strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(s), " ", ""), "−", "-")
	comma, dot := strings.LastIndexByte(s, ','), strings.LastIndexByte(s, '.')
	switch {
	case comma > dot && dot >= 0, comma >= 0 && dot < 0 && strings.Count(s, ",") == 1:
		s = strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", ".")
	case dot > comma && comma >= 0, comma >= 0:
		s = strings.ReplaceAll(s, ",", "")
	case dot >= 0 && len(s)-dot == 4 || strings.Count(s, ".") > 1: // 1.234 is a thousand here
		s = strings.ReplaceAll(s, ".", "")
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f != f || f > 1e15 || f < -1e15 {
		return 0, fmt.Errorf("not a number: %q", s)
	}
	return f, nil
}

// ParseMoney reads whole rupiah: "Rp1.250.000", "1250000", "1.250.000,00".
func ParseMoney(s string) (int64, error) {
	s = strings.TrimSpace(s)
	if len(s) > 1 && strings.EqualFold(s[:2], "rp") {
		s = strings.TrimLeft(s[2:], ". ")
	}
	f, err := ParseNumber(s)
	if err != nil || f != float64(int64(f)) {
		return 0, fmt.Errorf("not an amount in rupiah: %q", s)
	}
	return int64(f), nil
}
