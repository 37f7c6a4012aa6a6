package person

import (
	"fmt"
	"strconv"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/text"
)

// Birth is a day of birth as far as it is known. Date is YYYY, YYYY-MM or YYYY-MM-DD as Precision says;
// an estimate gives From and To, years.
type Birth struct {
	Date      string `json:"date,omitempty" maxLength:"40"`
	Precision string `json:"precision,omitempty" enum:"day,month,year,estimated,unknown"`
	From      int64  `json:"from,omitempty" minimum:"1850" maximum:"2200"`
	To        int64  `json:"to,omitempty" minimum:"1850" maximum:"2200"`
}

// Years gives the earliest and latest year of birth; false when nothing is known.
func (b Birth) Years() (from, to int, ok bool) {
	switch b.Precision {
	case "day", "month", "year":
		y, err := strconv.Atoi(b.Date[:min(4, len(b.Date))])
		return y, y, err == nil
	case "estimated":
		return int(b.From), int(b.To), b.From > 0 && b.To >= b.From
	}
	return 0, 0, false
}

// between gives the first and last possible day of birth; "" when it is not known.
func (b Birth) between() (first, last clock.Day) {
	switch b.Precision {
	case "day":
		first, last = clock.Day(b.Date), clock.Day(b.Date)
	case "month":
		first = clock.Day(b.Date + "-01")
		last = first.AddMonths(1).Add(-1)
	case "year":
		first, last = clock.Day(b.Date+"-01-01"), clock.Day(b.Date+"-12-31")
	}
	if !first.Valid() {
		return "", ""
	}
	return first, last
}

// first is the earliest possible day of birth; "" when it is not known.
func (b Birth) first() clock.Day {
	if b.Precision == "estimated" && b.From > 0 {
		return clock.Day(fmt.Sprintf("%04d-01-01", b.From))
	}
	first, _ := b.between()
	return first
}

// Age gives the age on a day as a range: one number when the day is known, else all that is possible.
func (b Birth) Age(on clock.Day) (from, to int, ok bool) {
	if b.Precision == "estimated" {
		year := on.Time().Year()
		early, late, known := b.Years()
		return max(0, year-late), year - early, known && year >= early
	}
	first, last := b.between()
	if first == "" || !on.Valid() || on < first {
		return 0, 0, false
	}
	return max(0, last.YearsOn(on)), first.YearsOn(on), true
}

// AgeText writes "78", or "± 65–70" for an estimate; "" when not known.
func (b Birth) AgeText(on clock.Day) string {
	from, to, ok := b.Age(on)
	switch {
	case !ok:
		return ""
	case from == to:
		return strconv.Itoa(from)
	case b.Precision == "estimated":
		return "± " + strconv.Itoa(from) + "–" + strconv.Itoa(to)
	}
	return "± " + strconv.Itoa(to)
}

// AgeSay writes the age in words: "78 tahun", "± 65–70 tahun", and "14 bulan" for a child under two.
func (b Birth) AgeSay(on clock.Day) fail.Saying {
	_, to, ok := b.Age(on)
	switch {
	case !ok:
		return fail.Say("umur belum diketahui")
	case b.Precision == "day" && to < 2:
		return fail.Say("%s bulan", strconv.Itoa(monthsBetween(clock.Day(b.Date), on)))
	}
	return fail.Say("%s tahun", b.AgeText(on))
}

func monthsBetween(from, to clock.Day) int {
	a, b := from.Time(), to.Time()
	n := (b.Year()-a.Year())*12 + int(b.Month()) - int(a.Month())
	if b.Day() < a.Day() {
		n--
	}
	return max(0, n)
}

// Text writes the birth as it is kept: the date, or an estimate of years.
func (b Birth) Text() string {
	if b.Precision == "estimated" {
		return "± " + strconv.FormatInt(b.From, 10) + "–" + strconv.FormatInt(b.To, 10)
	}
	return b.Date
}

// Say writes the birth for people: "14 Mar 1948", "Mar 1948", "1948", "1947 ± 2".
func (b Birth) Say(lang text.Lang) string {
	switch b.Precision {
	case "day":
		return text.Day(lang, clock.Day(b.Date))
	case "month":
		return text.MonthName(lang, b.Date)
	case "estimated":
		if half := b.To - b.From; half%2 == 0 && half > 0 {
			return fmt.Sprintf("%d ± %d", (b.From+b.To)/2, half/2)
		}
		if b.From == b.To {
			return fmt.Sprintf("± %d", b.From)
		}
		return fmt.Sprintf("± %d–%d", b.From, b.To)
	case "year":
		return b.Date
	}
	return text.T(lang, "belum diketahui")
}

// normal checks a birth and fills in its precision. Whatever is typed is either understood or refused in
// words; nothing is guessed beyond the century of a year of two figures.
func (b Birth) normal(today clock.Day, f *fail.Fields) Birth {
	b.Date = strings.TrimSpace(b.Date)
	if b.Precision == "" {
		b = b.read(today)
	}
	switch b.Precision {
	case "unknown":
		return Birth{Precision: "unknown"}
	case "estimated":
		return b.estimate(today, f)
	}
	b.From, b.To = 0, 0
	first, _ := b.between()
	switch {
	case first == "":
		f.Add("birth.date", "date", "Tanggal lahir %s tidak terbaca. Tulis tanggal, bulan, atau tahunnya saja.", typed(b.Date))
	case first > today:
		f.Add("birth.date", "future", "Tanggal lahir %s ada di masa depan.", typed(b.Date))
	case first < today.AddMonths(-130*12):
		f.Add("birth.date", "too-old", "Tanggal lahir %s lebih dari 130 tahun yang lalu. Periksa tahunnya.", typed(b.Date))
	}
	return b
}

// typed shows what was typed, in quotation marks, so that a day in it is not written anew.
func typed(s string) string { return "“" + s + "”" }

// read finds the precision of what people write: 1948, Maret 1948, 03/1948, 14 3 1948.
func (b Birth) read(today clock.Day) Birth {
	switch {
	case b.Date == "" && (b.From > 0 || b.To > 0):
		b.Precision = "estimated"
		return b
	case b.Date == "":
		b.Precision = "unknown"
		return b
	}
	parts := strings.FieldsFunc(b.Date, func(r rune) bool { return strings.ContainsRune(" -/.,", r) })
	switch {
	case len(parts) == 3: // without its year a birthday is none
		b.Precision = "day"
		if d, err := text.ParseDay(b.Date, today); err == nil {
			b.Date = string(d)
		}
	case len(parts) == 2:
		b.Precision = "month"
		if len(parts[0]) == 4 { // 1948-03
			parts[0], parts[1] = parts[1], parts[0]
		}
		if m := text.ParseMonth(parts[0]); m >= 1 && m <= 12 && len(parts[1]) == 4 {
			b.Date = fmt.Sprintf("%s-%02d", parts[1], m)
		}
	default:
		b.Precision = "year"
	}
	return b
}

func (b Birth) estimate(today clock.Day, f *fail.Fields) Birth {
	b.Date = ""
	if b.To == 0 {
		b.To = b.From
	}
	if b.From == 0 {
		b.From = b.To
	}
	if b.From == 0 || b.From > b.To || b.To > int64(today.Time().Year()) {
		f.Add("birth.from", "order", "Tulis perkiraan tahun lahir dari yang paling awal sampai yang paling akhir.")
	}
	return b
}
