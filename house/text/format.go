package text

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"tuntas/house/clock"
)

var (
	monthsID  = strings.Fields("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember")
	monthsEN  = strings.Fields("January February March April May June July August September October November December")
	shortID   = strings.Fields("Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des")
	shortEN   = strings.Fields("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
	weekdayID = strings.Fields("Minggu Senin Selasa Rabu Kamis Jumat Sabtu")
	weekdayEN = strings.Fields("Sunday Monday Tuesday Wednesday Thursday Friday Saturday")
)

func pick[T any](lang Lang, id, en T) T {
	if lang == EN {
		return en
	}
	return id
}

// Day writes "4 November 2020".
func Day(lang Lang, d clock.Day) string {
	t := d.Time()
	if t.IsZero() {
		return "–"
	}
	return fmt.Sprintf("%d %s %d", t.Day(), pick(lang, monthsID, monthsEN)[t.Month()-1], t.Year())
}

// DayShort writes "4 Nov 2020".
func DayShort(lang Lang, d clock.Day) string {
	t := d.Time()
	if t.IsZero() {
		return "–"
	}
	return fmt.Sprintf("%d %s %d", t.Day(), pick(lang, shortID, shortEN)[t.Month()-1], t.Year())
}

// DayLong writes "Rabu, 4 November 2020".
func DayLong(lang Lang, d clock.Day) string {
	t := d.Time()
	if t.IsZero() {
		return "–"
	}
	return pick(lang, weekdayID, weekdayEN)[t.Weekday()] + ", " + Day(lang, d)
}

// MonthName writes "Nov 2026" of "2026-11".
func MonthName(lang Lang, month string) string {
	d := clock.Day(month + "-01")
	if !d.Valid() {
		return month
	}
	_, rest, _ := strings.Cut(DayShort(lang, d), " ")
	return rest
}

// MonthShort writes "Nov" of "2026-11", as twelve of them stand side by side.
func MonthShort(lang Lang, month string) string {
	short, _, _ := strings.Cut(MonthName(lang, month), " ")
	return short
}

// Within writes a name as it stands within a sentence: its first letter small.
func Within(name string) string {
	if name == "" {
		return ""
	}
	return strings.ToLower(name[:1]) + name[1:]
}

// Time writes "14.07 WIB".
func Time(lang Lang, t time.Time) string {
	return t.In(clock.WIB).Format(pick(lang, "15.04", "15:04")) + " WIB"
}

// Moment writes "4 Nov 2026, 14.07 WIB".
func Moment(lang Lang, t time.Time) string {
	return DayShort(lang, clock.DayOf(t)) + ", " + Time(lang, t)
}

// Relative writes "hari ini", "kemarin", "3 hari lagi" within a week, else the day.
func Relative(lang Lang, d, today clock.Day) string {
	n := d.Sub(today)
	switch {
	case d == "" || today == "" || n > 7 || n < -7:
		return DayShort(lang, d)
	case n == 0:
		return pick(lang, "hari ini", "today")
	case n == 1:
		return pick(lang, "besok", "tomorrow")
	case n == -1:
		return pick(lang, "kemarin", "yesterday")
	case n > 0:
		return fmt.Sprintf(pick(lang, "%d hari lagi", "in %d days"), n)
	default:
		return fmt.Sprintf(pick(lang, "%d hari lalu", "%d days ago"), -n)
	}
}

// Number writes "1.234"; minus as −.
func Number(lang Lang, n int64) string {
	s := strconv.FormatInt(n, 10)
	minus := ""
	if n < 0 {
		minus, s = "−", s[1:]
	}
	sep := pick(lang, ".", ",")
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + sep + s[i:]
	}
	return minus + s
}

// Decimal writes "84,6".
func Decimal(lang Lang, f float64, places int) string {
	s, minus := strings.CutPrefix(strconv.FormatFloat(f, 'f', places, 64), "-")
	whole, rest, has := strings.Cut(s, ".")
	n, _ := strconv.ParseInt(whole, 10, 64)
	out := Number(lang, n)
	if minus && strings.Trim(s, "0.") != "" { // a whole part of nothing carries no sign
		out = "−" + out
	}
	if has {
		out += pick(lang, ",", ".") + rest
	}
	return out
}

// Quantity writes a number without needless places: "2", "0,5".
func Quantity(lang Lang, f float64) string {
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if i := strings.IndexByte(s, '.'); i >= 0 {
		return Decimal(lang, f, min(len(s)-i-1, 3))
	}
	return Number(lang, int64(f))
}

// Money writes rupiah, "Rp1.250.000".
func Money(lang Lang, rupiah int64) string { return "Rp" + Number(lang, rupiah) }

// Percent writes "61,9%", or a dash below ten people, where a percent says nothing.
func Percent(lang Lang, part, whole int64) string {
	if whole < 10 {
		return "–"
	}
	return Decimal(lang, 100*float64(part)/float64(whole), 1) + "%"
}

// Late tells how a deadline stands: "Terlambat 5 hari", "Jatuh tempo hari ini", "Jatuh tempo 3 hari lagi",
// and beyond a week the day itself.
func Late(lang Lang, due, today clock.Day) string {
	n := due.Sub(today)
	switch {
	case due == "" || today == "":
		return "–"
	case n == -1:
		return pick(lang, "Terlambat 1 hari", "1 day late")
	case n < 0:
		return fmt.Sprintf(pick(lang, "Terlambat %s hari", "%s days late"), Number(lang, int64(-n)))
	case n > 7:
		return pick(lang, "Jatuh tempo ", "Due ") + DayShort(lang, due)
	default:
		return pick(lang, "Jatuh tempo ", "Due ") + Relative(lang, due, today)
	}
}

// Range writes "60–65", or one number when both are the same.
func Range(lang Lang, a, b int64) string {
	if a == b {
		return Number(lang, a)
	}
	return Number(lang, a) + "–" + Number(lang, b)
}

// Phone groups a number for reading: "0812 3456 7890", "(031) 1234567" stays as it was typed.
func Phone(s string) string {
	digits := strings.TrimPrefix(strings.NewReplacer(" ", "", "-", "", ".", "").Replace(s), "+62")
	if len(digits) != len(s) && strings.HasPrefix(strings.TrimSpace(s), "+62") {
		digits = "0" + strings.TrimPrefix(digits, "0")
	}
	if len(digits) < 9 || len(digits) > 14 || strings.Trim(digits, "0123456789") != "" {
		return s
	}
	out := digits[:4]
	for rest := digits[4:]; rest != ""; {
		n := min(4, len(rest))
		if len(rest) == 5 { // 3 and 2 read better than 4 and a lonely 1
			n = 3
		}
		out, rest = out+" "+rest[:n], rest[n:]
	}
	return out
}
