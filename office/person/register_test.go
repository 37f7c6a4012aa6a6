package person_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/office/person"
	"tuntas/try/clause"
	"tuntas/try/province"
)

// One name is all that is needed: one word, a working name; everything else may be unknown.
func TestRegister_oneName(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		for _, name := range []string{"Sukarni", "Tanpa Nama 14", "R", "Mbah", "  Siti   Aminah  "} {
			got := p.Enter("ratna", province.Called(name, person.Birth{}))
			if got.Called != strings.Join(strings.Fields(name), " ") || got.Sex != "unknown" || got.Birth.Precision != "unknown" {
				t.Errorf("%q: %+v", name, got)
			}
		}
		_, _, err := p.Persons.Register(p.Ctx, p.As("ratna"), province.Called(" ", person.Birth{}))
		if got := codes(t, err); !slices.Equal(got, []string{"names.0.text required"}) {
			t.Errorf("no name: %v", got)
		}
	})
}

// The same id sent twice is the same person; with other content it is a clash.
func TestRegister_sameID(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		e := province.Called("Mbah Karto", person.Birth{Date: "1940", Precision: "year"})
		e.ID = id.New()
		for range 2 {
			if got := p.Enter("ratna", e); got.ID != e.ID {
				t.Errorf("another person: %s", got.ID)
			}
		}
		e.Names[0].Text = "Mbah Karyo"
		var clash *fail.Collision
		if _, _, err := p.Persons.Register(p.Ctx, p.As("ratna"), e); !errors.As(err, &clash) {
			t.Errorf("the id with another name: %v", err)
		}
		if _, _, err := p.Persons.Register(p.Ctx, p.As("sari"), e); !errors.As(err, &clash) {
			t.Errorf("the id from another centre: %v", err)
		}
		e.ID, e.Centre = id.New(), p.B
		if _, _, err := p.Persons.Register(p.Ctx, p.As("ratna"), e); err == nil {
			t.Error("registered at a centre of others")
		}
	})
}

// A birth is known to the day, the month, the year, as an estimate, or not at all; the age is a range.
func TestBirth_precision(t *testing.T) {
	t.Parallel()
	year := int64(1950)
	for _, try := range []struct {
		birth            person.Birth
		age, text, words string
	}{
		{person.Birth{Date: "1948-11-24", Precision: "day"}, "78", "1948-11-24", "%s tahun"},
		{person.Birth{Date: "1948-11-25", Precision: "day"}, "77", "1948-11-25", "%s tahun"},
		{person.Birth{Date: "1948-11", Precision: "month"}, "± 78", "1948-11", "%s tahun"},
		{person.Birth{Date: "1948-12", Precision: "month"}, "77", "1948-12", "%s tahun"},
		{person.Birth{Date: "1948", Precision: "year"}, "± 78", "1948", "%s tahun"},
		{person.Birth{From: year, To: year + 5, Precision: "estimated"}, "± 71–76", "± 1950–1955", "%s tahun"},
		{person.Birth{Precision: "unknown"}, "", "", "umur belum diketahui"},
		{person.Birth{Date: "2025-09-20", Precision: "day"}, "1", "2025-09-20", "%s bulan"},
	} {
		if got := try.birth.AgeText(province.Today); got != try.age {
			t.Errorf("%+v: age %q, want %q", try.birth, got, try.age)
		}
		if got := try.birth.Text(); got != try.text {
			t.Errorf("%+v: written %q, want %q", try.birth, got, try.text)
		}
		if got := try.birth.AgeSay(province.Today); got.Text != try.words {
			t.Errorf("%+v: said %q, want %q", try.birth, got.Text, try.words)
		}
	}
	if from, to, ok := (person.Birth{Date: "2008", Precision: "year"}).Age(province.Today); !ok || from != 17 || to != 18 {
		t.Errorf("born in 2008: %d to %d", from, to)
	}
}

func TestBirth_typed(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"14 Maret 1948": "1948-03-14 day", "14/3/1948": "1948-03-14 day", "1948-03-14": "1948-03-14 day", "Maret 1948": "1948-03 month",
		"03/1948": "1948-03 month", "1948-03": "1948-03 month", "1948": "1948 year", "": " unknown",
	} {
		e, err := person.Ready(province.Called("Karto", person.Birth{Date: typed}), province.Today)
		if got := e.Birth.Date + " " + e.Birth.Precision; err != nil || got != want {
			t.Errorf("%q: %q %v", typed, got, err)
		}
	}
	for _, bad := range []person.Birth{{Date: "31 Februari 1948"}, {Date: "2030-01-01"}, {Date: "1850"}, {Date: "kemarin"}, {From: 1960, To: 1950},
		{From: 2028}, {Date: "1948-13", Precision: "month"}} {
		if e, err := person.Ready(province.Called("Karto", bad), province.Today); err == nil {
			t.Errorf("%+v was taken as %+v", bad, e.Birth)
		}
	}
}

// Clause NIK-1: sixteen digits, forty added to a woman's day; whatever is odd is a warning, the number is
// kept as typed, and neither home nor birth is taken from it.
func TestNIK_warnsNeverBlocks(t *testing.T) {
	t.Parallel()
	clause.Test(t, "NIK-1")
	man := "3509011403480002"
	for _, try := range []struct {
		number, sex string
		birth       person.Birth
		warns       string
	}{
		{nik, "female", born48, ""},
		{man, "male", born48, ""},
		{nik, "male", born48, "Jenis kelamin"},
		{man, "female", born48, "Jenis kelamin"},
		{nik, "unknown", person.Birth{Precision: "unknown"}, ""},
		{nik, "female", person.Birth{Date: "1950-03-14", Precision: "day"}, "Tanggal lahir pada NIK"},
		{nik, "female", person.Birth{From: 1946, To: 1947, Precision: "estimated"}, ""},
		{nik, "female", person.Birth{From: 1930, To: 1940, Precision: "estimated"}, "Tanggal lahir pada NIK"},
		{"350901540348", "female", born48, "12 angka, seharusnya 16"},
		{"35090154034800O2", "female", born48, "hanya berisi angka"},
		{"3509013213480002", "male", born48, "tidak ada di kalender"},
		{"3509017203480002", "female", born48, "tidak ada di kalender"},
		{"3599015403480002", "female", born48, "tidak dikenal di Jawa Timur"},
		{"3171015403480002", "female", born48, ""}, // another province: its districts are not held
		{"3509015403480000", "female", born48, "0000"},
		{"3509015403100002", "female", person.Birth{Date: "2010-03-14", Precision: "day"}, ""},
	} {
		got := whyOf(person.CheckNIK(try.number, try.sex, try.birth))
		if try.warns == "" && got != "" || !strings.Contains(got, try.warns) {
			t.Errorf("%s %s %s: %q, want %q", try.number, try.sex, try.birth.Text(), got, try.warns)
		}
	}
	province.Each(t, func(t *testing.T, p *province.Province) {
		for i, odd := range []string{"350901", "35090154034800O2", "3599013213490000", nik} {
			e := province.Called(fmt.Sprintf("Orang %d", i), person.Birth{Date: "1951", Precision: "year"})
			e.Sex, e.HomeRegion = "male", "35.05"
			e.Identifiers = []person.Identifier{{Value: odd}}
			got := p.Enter("ratna", e)
			if c := got.Identifiers[0]; c.Value != odd || c.Kind != "nik" || c.Certainty != "doubtful" {
				t.Errorf("%s was kept as %+v", odd, c)
			}
			if got.HomeRegion != "35.05" || got.Birth.Date != "1951" || got.Sex != "male" {
				t.Errorf("the number changed the person: %+v", got)
			}
		}
	})
}

// Every field that changes is kept with its old value, who changed it and when; the name before can still be
// read, and the person is found by the new one alone.
func TestChange_history(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		old := p.Enter("ratna", withNIK("Soekarni", nik))
		e := person.Entry{Names: []person.Name{{Text: "Sukarni"}, {Kind: "alias", Text: "Mbah Ni"}}, Sex: "male", Birth: person.Birth{Date: "1949"},
			HomeRegion: "35.05", Village: "Wlingi", FoundPlace: "Pasar", FoundOn: "2026-11-01", DeceasedOn: "2026-11-20", Note: "Catatan",
			Identifiers: []person.Identifier{{Kind: "nik", Value: nik, Certainty: "verified"}, {Kind: "bpjs", Value: "0001234567890"}}}
		now, err := p.Persons.Change(p.Ctx, p.As("ratna"), old.ID, 1, e)
		province.Must(t, err)
		all, err := p.Persons.Changes(p.Ctx, p.As("ratna"), old.ID)
		province.Must(t, err)
		var fields []string
		for _, c := range all {
			fields = append(fields, c.Field)
			if c.User != "Ratna" || c.At.IsZero() || c.Old == c.New {
				t.Errorf("%+v", c)
			}
			if c.Field == "names" && (c.Old != "Soekarni (legal)" || c.New != "Sukarni (legal); Mbah Ni (alias)") {
				t.Errorf("names: %q to %q", c.Old, c.New)
			}
		}
		slices.Sort(fields)
		want := []string{"birth", "deceased_on", "found_on", "found_place", "home_region", "identifiers", "names", "note", "sex", "village"}
		if !slices.Equal(fields, want) || now.Version != 2 {
			t.Errorf("changed %v, version %d", fields, now.Version)
		}
		if _, err := p.Persons.Change(p.Ctx, p.As("ratna"), old.ID, 1, e); !errors.Is(err, fail.Stale) {
			t.Errorf("the old version again: %v", err)
		}
		if _, err := p.Persons.Changes(p.Ctx, p.As("sari"), old.ID); !errors.Is(err, fail.NotFound) {
			t.Errorf("the history for another centre: %v", err)
		}
		for q, n := range map[string]int{"Mbah Ni": 1, "sukarni": 1, "wagiman": 0} {
			if hits := find(t, p, "ratna", q); len(hits) != n {
				t.Errorf("%s finds %d", q, len(hits))
			}
		}
	})
}

// A death noted by casework stands in the history, and what lies in the future is refused.
func TestChange_future(t *testing.T) {
	t.Parallel()
	for _, e := range []person.Entry{{DeceasedOn: province.Today.Add(1)}, {FoundOn: province.Today.Add(1)}, {HomeRegion: "35.99"}} {
		e.Names = []person.Name{{Text: "Karto"}}
		if _, err := person.Ready(e, province.Today); err == nil {
			t.Errorf("%+v was taken", e)
		}
	}
}
