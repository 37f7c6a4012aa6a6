package interop

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/text"
)

// Birth is when a person was born, as far as the register knows. Date is YYYY, YYYY-MM or YYYY-MM-DD as
// Precision (day, month, year, estimated, unknown) says; an estimate has From and To, both years.
type Birth struct {
	Date      string
	Precision string
	From, To  int64
}

const (
	approximate = 2 // years on either side of "±"
	earliest    = 1850
	oldest      = 120 // beyond this a birth is kept and doubted
)

var (
	nearly     = regexp.MustCompile(`^(?:±|\+ ?/? ?-|~|kira[- ]kira|kurang lebih|sekitar|perkiraan|diperkirakan|about|approx\.?|circa|est\.?)\s*`)
	ageWord    = regexp.MustCompile(`^(?:umur|usia|age|aged|berumur|berusia)\s*:?\s*`)
	yearWord   = regexp.MustCompile(`^(?:tahun|thn\.?|th\.?|lahir|born|year)\s*`)
	ageForm    = regexp.MustCompile(`^(\d{1,3})(?:\s*(?:-|–|s/d|sd|sampai|to)\s*(\d{1,3}))?\s*(tahun|thn|th|years?|yrs?|bulan|bln|months?)?\.?$`)
	yearForm   = regexp.MustCompile(`^(\d{4})(?:\s*[-–]\s*(\d{4}))?$`)
	monthForm  = regexp.MustCompile(`^(?:0{1,2}[\s./-]+)?(\d{1,2}|\pL+)[\s./-]+(\d{4})$`)
	isoMonth   = regexp.MustCompile(`^(\d{4})-(\d{2})$`)
	fullYear   = regexp.MustCompile(`\d{4}`)
	weekday    = regexp.MustCompile(`^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|\pL{3,6}day)\s*,?\s+`)
	clockOfDay = regexp.MustCompile(`[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$`)
)

// plain takes the day of the week and the hour off, which spreadsheets like to add.
func plain(s string) string {
	return weekday.ReplaceAllString(clockOfDay.ReplaceAllString(strings.ToLower(s), ""), "")
}

// saying is a doubt or a fault before it is tied to its column.
type saying struct {
	code string
	say  fail.Saying
}

// birthOf reads a birth. An age is the age on the day of entry. What cannot be read is no fault, since the
// cell stays as typed; a birth after the entry is one, because one of the two is false.
func birthOf(typed string, entered, today clock.Day) (b Birth, doubt, fault *saying) {
	if entered == "" {
		entered = today
	}
	s := plain(typed)
	if blank(s) {
		return Birth{Precision: "unknown"}, nil, nil
	}
	b, doubt = readBirth(s, entered, today)
	if first := b.first(); first != "" && first > string(entered)[:len(first)] {
		if first > string(today)[:len(first)] {
			return b, nil, &saying{"future", fail.Say("Tanggal lahir %s belum terjadi.", typed)}
		}
		return b, nil, &saying{"order", fail.Say("Tanggal lahir %s sesudah tanggal masuk %s.", typed, entered)}
	}
	if year := b.year(); doubt == nil && year != 0 && entered.Time().Year()-year > oldest {
		doubt = &saying{"old", fail.Say("Umur pada tanggal masuk lebih dari %d tahun.", oldest)}
	}
	return b, doubt, nil
}

// first is the earliest text that the birth can stand for, to compare with a day.
func (b Birth) first() string {
	if b.Precision == "estimated" {
		return fmt.Sprintf("%04d", b.From)
	}
	return b.Date
}

func (b Birth) year() int {
	if b.Precision == "estimated" {
		return int(b.To)
	}
	y, _ := strconv.Atoi(b.Date[:min(len(b.Date), 4)])
	return y
}

func readBirth(s string, entered, today clock.Day) (Birth, *saying) {
	var around, age bool
	for range 2 { // "umur ± 68", "± umur 68"
		if t := nearly.ReplaceAllString(s, ""); t != s {
			s, around = t, true
		}
		if t := ageWord.ReplaceAllString(s, ""); t != s {
			s, age = t, true
		}
	}
	if t := strings.TrimRight(s, "? "); t != s {
		s, around = t, true
	}
	if m := ageForm.FindStringSubmatch(s); m != nil {
		return ofAge(m, around, age, entered)
	}
	s = yearWord.ReplaceAllString(s, "")
	if m := yearForm.FindStringSubmatch(s); m != nil {
		return ofYears(m, around)
	}
	if m := isoMonth.FindStringSubmatch(s); m != nil {
		return ofMonth(m[2], m[1])
	}
	if m := monthForm.FindStringSubmatch(s); m != nil {
		return ofMonth(m[1], m[2])
	}
	return ofDay(s, entered, today)
}

func ofAge(m []string, around, marked bool, entered clock.Day) (Birth, *saying) {
	low, _ := strconv.Atoi(m[1])
	high := low
	if m[2] != "" {
		high, _ = strconv.Atoi(m[2])
	}
	if low > high || high > 150 || high-low > 20 {
		return unreadable()
	}
	if strings.HasPrefix(m[3], "b") || strings.HasPrefix(m[3], "m") { // months: a baby's age
		return estimate(entered.AddMonths(-high-1).Time().Year(), entered.AddMonths(-low).Time().Year()), nil
	}
	year, slack := entered.Time().Year(), 0
	if around {
		slack = approximate
	}
	from, to := year-high-slack, year-low+slack
	if !around {
		from-- // the birthday of that year may not have come yet
	}
	b := estimate(from, min(to, year))
	if !marked && !around && m[3] == "" {
		return b, &saying{"bare", fail.Say("Angka tanpa keterangan dibaca sebagai umur pada tanggal masuk.")}
	}
	return b, nil
}

func estimate(from, to int) Birth {
	return Birth{Precision: "estimated", From: int64(max(from, earliest)), To: int64(max(to, earliest))}
}

func ofYears(m []string, around bool) (Birth, *saying) {
	from, _ := strconv.Atoi(m[1])
	if !known(from) {
		return unreadable()
	}
	switch {
	case m[2] != "":
		to, _ := strconv.Atoi(m[2])
		if !known(to) || to < from {
			return unreadable()
		}
		return estimate(from, to), nil
	case around:
		return estimate(from-approximate, from+approximate), nil
	}
	return Birth{Date: m[1], Precision: "year"}, nil
}

func ofMonth(month, year string) (Birth, *saying) {
	y, _ := strconv.Atoi(year)
	m := text.ParseMonth(month)
	switch {
	case !known(y) || m < 0:
		return unreadable()
	case m == 0: // 00/00/1963: the office's way to write that only the year is known
		return Birth{Date: year, Precision: "year"}, nil
	case m > 12:
		return yearOnly(year)
	}
	return Birth{Date: fmt.Sprintf("%s-%02d", year, m), Precision: "month"}, nil
}

func ofDay(s string, entered, today clock.Day) (Birth, *saying) {
	if !hasYear(s) {
		return unreadable()
	}
	d, err := text.ParseDay(s, today)
	var e text.DayError
	if errors.As(err, &e) && e.Code == "impossible" {
		if m := fullYear.FindString(s); m != "" && known(number(m)) {
			return yearOnly(m)
		}
	}
	if err != nil || !known(d.Time().Year()) {
		return unreadable()
	}
	if fullYear.MatchString(s) {
		return Birth{Date: string(d), Precision: "day"}, nil
	}
	return ofShortYear(d, entered)
}

// ofShortYear settles the century of 12.03.25: never after the entry, and doubted where both would do.
func ofShortYear(d, entered clock.Day) (Birth, *saying) {
	before := d.AddMonths(-1200)
	switch {
	case d[:2] != "20":
	case d > entered:
		d = before
	case before.YearsOn(entered) <= 105:
		return Birth{Date: string(d), Precision: "day"},
			&saying{"century", fail.Say("Tahun dua angka dapat berarti %s atau %s.", string(d[:4]), string(before[:4]))}
	}
	return Birth{Date: string(d), Precision: "day"}, nil
}

func unreadable() (Birth, *saying) {
	return Birth{Precision: "unknown"}, &saying{"unreadable", fail.Say("Tanggal lahir tidak terbaca. Disimpan sebagaimana tertulis.")}
}

func yearOnly(year string) (Birth, *saying) {
	return Birth{Date: year, Precision: "year"}, &saying{"impossible", fail.Say("Tanggal ini tidak ada di kalender. Hanya tahunnya yang dipakai.")}
}

func known(year int) bool { return year >= earliest && year < 3000 }

func number(s string) int { n, _ := strconv.Atoi(s); return n }

// hasYear keeps out "kemarin" and "4 nov", which mean another day each time the file is read.
func hasYear(s string) bool {
	return len(strings.Fields(fold(s))) == 3
}

// enteredOf reads the day of entry, which a stay cannot be without.
func enteredOf(typed string, today clock.Day) (clock.Day, *saying) {
	s := plain(typed)
	if blank(s) {
		return "", &saying{"required", fail.Say("Tanggal masuk kosong.")}
	}
	if !hasYear(s) {
		return "", &saying{"unreadable", fail.Say("Tanggal masuk %s tidak terbaca. Tulis tanggal, bulan, dan tahun.", typed)}
	}
	d, err := text.ParseDay(s, today)
	var e text.DayError
	switch {
	case errors.As(err, &e) && e.Code == "impossible":
		return "", &saying{"impossible", fail.Say("Tanggal masuk %s tidak ada di kalender.", typed)}
	case err != nil:
		return "", &saying{"unreadable", fail.Say("Tanggal masuk %s tidak terbaca. Tulis tanggal, bulan, dan tahun.", typed)}
	case d > today:
		return "", &saying{"future", fail.Say("Tanggal masuk %s belum terjadi.", typed)}
	}
	return d, nil
}
