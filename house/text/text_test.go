package text

import (
	"errors"
	"testing"

	"tuntas/house/clock"
)

func TestParseDay(t *testing.T) {
	t.Parallel()
	const today = clock.Day("2026-11-24")
	for typed, want := range map[string]clock.Day{
		"2026-10-18": "2026-10-18", "4 11 2020": "2020-11-04", "4/11/20": "2020-11-04", "08.09.24": "2024-09-08",
		"23 Februari 2026": "2026-02-23", "3-6-2023": "2023-06-03", "2 desember 1982": "1982-12-02", "07.10.89": "1989-10-07",
		"kemarin": "2026-11-23", "Hari ini": "2026-11-24", "4 nov": "2026-11-04", "30 des": "2026-12-30", "28 agt 2024": "2024-08-28",
		"19.06.48": "1948-06-19", "30 juni": "2026-06-30",
	} {
		if got, err := ParseDay(typed, today); err != nil || got != want {
			t.Errorf("%q: %s, %v; want %s", typed, got, err, want)
		}
	}
	for typed, code := range map[string]string{
		"31/02/1948": "impossible", "10-13-2025": "impossible", "29 feb 2025": "impossible", "": "unreadable",
		"besok lusa": "unreadable", "12": "unreadable", "1/2/3/4": "unreadable", "5 xyz 2020": "unreadable", "1/1/20201": "unreadable",
	} {
		_, err := ParseDay(typed, today)
		var e DayError
		if !errors.As(err, &e) || e.Code != code {
			t.Errorf("%q: %v, want %s", typed, err, code)
		}
	}
}

func TestFormats(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ got, want string }{
		{Day(ID, "2020-11-04"), "4 November 2020"},
		{DayLong(ID, "2020-11-04"), "Rabu, 4 November 2020"},
		{DayLong(EN, "2020-11-04"), "Wednesday, 4 November 2020"},
		{DayShort(ID, "2026-08-17"), "17 Agu 2026"},
		{Money(ID, 1250000), "Rp1.250.000"},
		{Number(EN, -1234567), "−1,234,567"},
		{Percent(ID, 164, 265), "61,9%"},
		{Percent(ID, 3, 9), "–"},
		{Relative(ID, "2026-11-27", "2026-11-24"), "3 hari lagi"},
		{Relative(EN, "2026-11-23", "2026-11-24"), "yesterday"},
		{Relative(ID, "2026-01-02", "2026-11-24"), "2 Jan 2026"},
		{Quantity(ID, 0.5), "0,5"},
		{Late(ID, "2026-11-19", "2026-11-24"), "Terlambat 5 hari"},
		{Late(EN, "2026-11-23", "2026-11-24"), "1 day late"},
		{Late(ID, "2026-11-24", "2026-11-24"), "Jatuh tempo hari ini"},
		{Late(ID, "2026-11-27", "2026-11-24"), "Jatuh tempo 3 hari lagi"},
		{Late(EN, "2027-01-27", "2026-11-24"), "Due 27 Jan 2027"},
		{Range(ID, 60, 65), "60–65"},
		{Range(EN, 7, 7), "7"},
		{Phone("081234567890"), "0812 3456 7890"},
		{Phone("+62 812-3456-789"), "0812 3456 789"},
		{Phone("0312345678901"), "0312 3456 789 01"},
		{Phone("(031) 1234567"), "(031) 1234567"},
		{Phone("112"), "112"},
		{T(ID, "Buka|verba"), "Buka"},
		{T(ID, "Sejak %s, %d hari.", clock.Day("2026-11-04"), 1200), "Sejak 4 Nov 2026, 1.200 hari."},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestParseNumber(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]float64{"1.234,5": 1234.5, "1234,5": 1234.5, "1234.5": 1234.5, "1,234.5": 1234.5,
		"1.234": 1234, "2": 2, "0,5": 0.5, "1.234.567": 1234567} {
		if got, err := ParseNumber(typed); err != nil || got != want {
			t.Errorf("%q: %v, %v; want %v", typed, got, err, want)
		}
	}
	if got, err := ParseMoney("Rp1.250.000"); err != nil || got != 1250000 {
		t.Errorf("money: %d, %v", got, err)
	}
	for _, typed := range []string{"", "abc", "NaN", "1e400", "--1"} {
		if got, err := ParseNumber(typed); err == nil {
			t.Errorf("%q was read as %v", typed, got)
		}
	}
}

func FuzzParseDay(f *testing.F) {
	f.Add("4 nov 2020")
	f.Add("31/02/1948")
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := ParseDay(s, "2026-11-24"); err == nil && !d.Valid() {
			t.Errorf("%q gave %q", s, d)
		}
	})
}

func FuzzParseNumber(f *testing.F) {
	f.Add("1.234,5")
	f.Add("Rp1.250.000,00")
	f.Fuzz(func(t *testing.T, s string) {
		if n, err := ParseNumber(s); err == nil && (n != n || n > 1e15 || n < -1e15) {
			t.Errorf("%q gave %v", s, n)
		}
		n, err := ParseMoney(s)
		if err != nil || n < 0 {
			return
		}
		if again, err := ParseMoney(Money(ID, n)); err != nil || again != n {
			t.Errorf("%q gave %d, written and read again %d, %v", s, n, again, err)
		}
	})
}

func TestHas(t *testing.T) {
	t.Parallel()
	Load([]byte(`{"Kalimat untuk uji": "A sentence for the test"}`))
	if !Has("Kalimat untuk uji") || Has("Kalimat lain") || T(EN, "Kalimat untuk uji") != "A sentence for the test" {
		t.Error("a sentence with its English is not found, or one without it is")
	}
	defer func() {
		if recover() == nil {
			t.Error("two Englishes for one sentence did not panic")
		}
	}()
	Load([]byte(`{"Kalimat untuk uji": "Another"}`))
}

// One is one in English; Indonesian says one as it says many.
func TestSingular(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		sentence string
		args     []any
		want     string
	}{
		{"%d days late", []any{1}, "1 day late"},
		{"%d days late", []any{int64(2)}, "2 days late"},
		{"%d referrals wait for an answer", []any{int64(1)}, "1 referral waits for an answer"},
		{"%d open cases are late", []any{1}, "1 open case is late"},
		{"%d alerts are open; %d are yours; %d are late.", []any{2, 1, 1}, "2 alerts are open; 1 is yours; 1 is late."},
		{"%d of %d people", []any{1, 3}, "1 of 3 people"},
		{"%d people, %d criteria", []any{1, 1}, "1 person, 1 criterion"},
		{"%d more institutions need attention", []any{1}, "1 more institution needs attention"},
		{"%d facilities.", []any{1}, "1 facility."},
		{"%s has %d files (100 %% full)", []any{"days", 1}, "days has 1 file (100 % full)"},
		{"%d is met this year", []any{1}, "1 is met this year"},
		{"%d. Others", []any{1}, "1. Others"},
		{"v%d", []any{1}, "v1"},
	} {
		if got := T(EN, one.sentence, one.args...); got != one.want {
			t.Errorf("%q: %q, want %q", one.sentence, got, one.want)
		}
		if one.sentence == "%d days late" && T(ID, one.sentence, 1) != "1 days late" {
			t.Error("Indonesian is changed")
		}
	}
}
