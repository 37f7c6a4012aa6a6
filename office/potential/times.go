package potential

import (
	"slices"
	"strings"

	"tuntas/house/fail"
	"tuntas/house/text"
)

// Times are days of the week and hours of the day. Empty parts are not known, and fit anything.
type Times struct {
	Days     string // "2,4": Monday is 1
	From, To string // "08.00"
}

// Known tells whether anything is known.
func (t Times) Known() bool { return t.Days != "" || t.From != "" }

// List are the days.
func (t Times) List() []string {
	if t.Days == "" {
		return nil
	}
	return strings.Split(t.Days, ",")
}

var dayWords = map[string]text.Word{"1": "Senin", "2": "Selasa", "3": "Rabu", "4": "Kamis", "5": "Jumat", "6": "Sabtu", "7": "Minggu|hari"}

// partWords are the parts of a day.
var partWords = map[string]text.Word{"morning": "pagi", "noon": "siang", "afternoon": "sore", "evening": "malam"}

// part is the part of the day at which an hour lies: as people say it, not as a clock does.
func part(hour string) string {
	switch {
	case hour == "":
		return ""
	case hour < "10.30":
		return "morning"
	case hour < "15.00":
		return "noon"
	case hour < "18.30":
		return "afternoon"
	}
	return "evening"
}

// both is when two have time together; ok is false when never.
func both(a, b Times) (t Times, ok bool) {
	switch {
	case a.Days == "":
		t.Days = b.Days
	case b.Days == "":
		t.Days = a.Days
	default:
		shared := slices.DeleteFunc(a.List(), func(d string) bool { return !slices.Contains(b.List(), d) })
		if len(shared) == 0 {
			return t, false
		}
		t.Days = strings.Join(shared, ",")
	}
	t.From, t.To = max(a.From, b.From), a.To
	if a.To == "" || b.To != "" && b.To < a.To {
		t.To = b.To
	}
	return t, t.From == "" || t.To == "" || t.From < t.To
}

// daysOf writes days in their order, each once.
func daysOf(days []string) string {
	days = slices.DeleteFunc(slices.Clone(days), func(d string) bool { return dayWords[d] == "" })
	slices.Sort(days)
	return strings.Join(slices.Compact(days), ",")
}

// timeFields holds days that there are and hours in their order.
func timeFields(f *fail.Fields, t Times) {
	for _, d := range t.List() {
		if dayWords[d] == "" {
			f.Add("days", "choice", "Hari ini tidak dikenal.")
		}
	}
	if t.From != "" && !isHour(t.From) {
		f.Add("from_time", "time", "Tulis jam seperti 08.00.")
	}
	if t.To != "" && !isHour(t.To) {
		f.Add("to_time", "time", "Tulis jam seperti 08.00.")
	}
	if (t.From == "") != (t.To == "") {
		f.Add("to_time", "pair", "Tulis jam mulai dan jam selesai, atau kosongkan keduanya.")
	} else if t.From != "" && isHour(t.From) && isHour(t.To) && t.To <= t.From {
		f.Add("to_time", "order", "Jam selesai harus sesudah jam mulai.")
	}
}

// isHour tells whether a text is an hour as people write it: 08.00 to 23.59.
func isHour(s string) bool {
	if len(s) != 5 || s[2] != '.' {
		return false
	}
	for _, i := range []int{0, 1, 3, 4} {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s[:2] <= "23" && s[3:] <= "59"
}

// Says writes times as people say them: "Selasa, Kamis 08.00–12.00".
func (t Times) Says(lang string) string {
	l := text.Lang(lang)
	var days []string
	for _, d := range t.List() {
		days = append(days, text.T(l, string(dayWords[d])))
	}
	out := strings.Join(days, ", ")
	if t.From != "" {
		out = strings.TrimSpace(out + " " + t.From + "–" + t.To)
	}
	return out
}

// hourOf reads an hour as people type it: 8:00 and 8.00 are 08.00.
func hourOf(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), ":", ".")
	if len(s) == 4 && s[1] == '.' {
		s = "0" + s
	}
	return s
}
