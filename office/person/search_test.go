package person_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"tuntas/house/fail"
	"tuntas/house/who"
	"tuntas/office/person"
	"tuntas/try/clause"
	"tuntas/try/province"
)

func find(t *testing.T, p *province.Province, login, q string) []person.Hit {
	t.Helper()
	hits, _, err := p.Persons.Search(p.Ctx, p.As(login), person.Query{Q: q})
	province.Must(t, err)
	return hits
}

// Old and new spelling, titles, marks, one wrong letter and the other name all find a person; the reason
// is said; words that are too far do not.
func TestSearch_names(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		for _, e := range []person.Entry{
			province.Called("Hj. Soekarni", person.Birth{}), province.Called("Djoko Tjahyono", person.Birth{}), province.Called("Jum'at", person.Birth{}),
			province.Called("Moch. Zaenuri", person.Birth{}),
			{Names: []person.Name{{Text: "Tanpa Nama 14", Kind: "working"}, {Text: "Paijan", Kind: "alias"}}},
		} {
			p.Enter("ratna", e)
		}
		for q, want := range map[string]string{
			"sukarni":          "Hj. Soekarni: ejaan lama dan baru: soekarni, sukarni; ",
			"Soekarni":         "Hj. Soekarni: ",
			"Bu Sukarmi":       "Hj. Soekarni: mirip: soekarni; ",
			"joko cahyono":     "Djoko Tjahyono: ejaan lama dan baru: djoko, joko; ejaan lama dan baru: tjahyono, cahyono; ",
			"jumat":            "Jum'at: ",
			"muhammad zainuri": "Moch. Zaenuri: ejaan lain: zaenuri; ",
			"paijan":           "Tanpa Nama 14: nama lain; ",
			"tanpa nama":       "Tanpa Nama 14: ",
		} {
			hits := find(t, p, "ratna", q)
			if len(hits) != 1 || hits[0].Called+": "+whyOf(hits[0].Why) != want {
				t.Errorf("%q: %d hits, %v", q, len(hits), hits)
			}
		}
		for _, q := range []string{"sukirno", "joni", "wagiyem"} {
			if hits := find(t, p, "ratna", q); len(hits) > 0 {
				t.Errorf("%q finds %s", q, hits[0].Called)
			}
		}
		if hits := find(t, p, "sari", "sukarni"); len(hits) > 0 {
			t.Error("another centre finds her")
		}
	})
}

// Who may see numbers finds by a part of one; who may not is refused, because the rest could be found digit
// by digit, and finds by a whole number alone.
func TestSearch_numbers(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		p.Enter("ratna", withNIK("Sukarni", nik))
		for q, n := range map[string]int{nik: 1, nik[:4]: 1, nik[:13]: 1, "3509 0154 0348 0002": 1, "3510": 0, "9999": 0} {
			if hits := find(t, p, "ratna", q); len(hits) != n {
				t.Errorf("ratna, %s: %d hits", q, len(hits))
			}
		}
		for _, q := range []string{nik[:4], nik[:12], "9999"} {
			_, _, err := p.Persons.Search(p.Ctx, p.As("yati"), person.Query{Q: q})
			if got := codes(t, err); !slices.Equal(got, []string{"q part-of-number"}) {
				t.Errorf("yati, %s: %v", q, got)
			}
		}
		for q, n := range map[string]int{nik: 1, nik[:13]: 0, nik[:15]: 0, nik[:15] + "3": 0} {
			if hits := find(t, p, "yati", q); len(hits) != n {
				t.Errorf("yati, %s: %d hits", q, len(hits))
			}
		}
	})
}

// Numbers and village are covered for who may not see them: in the file, in lists and in the history; a
// change by such a user leaves them as they were.
func TestMask_byRole(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		e := withNIK("Sukarni", nik)
		made := p.Enter("ratna", e)
		e.Identifiers, e.Village = []person.Identifier{{Kind: "nik", Value: nik[:15] + "7", Certainty: "verified"}}, "Wuluhan"
		_, err := p.Persons.Change(p.Ctx, p.As("ratna"), made.ID, 1, e)
		province.Must(t, err)
		for login, want := range map[string]string{
			"ratna": "3509015403480007 Wuluhan", "joko": "3509015403480007 Wuluhan", "yati": "3509••••••••0007 ", "wulan": "3509••••••••0007 ",
		} {
			got, err := p.Persons.Look(p.Ctx, p.As(login), made.ID)
			province.Must(t, err)
			if s := got.Identifiers[0].Value + " " + got.Village; s != want {
				t.Errorf("%s sees %q", login, s)
			}
			all, err := p.Persons.Changes(p.Ctx, p.As(login), made.ID)
			province.Must(t, err)
			whole := p.As(login).May(who.SeeIdentity)
			for _, c := range all {
				if strings.Contains(c.Old+c.New, nik) != (whole && c.Field == "identifiers") || (c.Field == "village") != (c.Old+c.New == "AjungWuluhan") && whole {
					t.Errorf("%s reads in the history %+v", login, c)
				}
				if !whole && c.Field == "identifiers" && c.Old != "nik 3509••••••••0002 (verified); " {
					t.Errorf("%s reads %q", login, c.Old)
				}
				if !whole && c.Field == "village" && c.Old+c.New != "" {
					t.Errorf("%s reads the village", login)
				}
			}
		}
		if _, err := p.Persons.Look(p.Ctx, p.As("bima"), made.ID); !errors.Is(err, fail.Denied) {
			t.Errorf("the administrator reads a person: %v", err)
		}
	})
}

// A restricted person leaves no trace for a colleague: not in the file, not in the search, not in the
// history, not as a hint.
func TestRestricted_noTrace(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		e := withNIK("Dewi Rahasia", nik)
		e.Restricted = true
		if _, _, err := p.Persons.Register(p.Ctx, p.As("ratna"), e); !errors.Is(err, fail.Denied) {
			t.Errorf("a social worker set the mark: %v", err)
		}
		made := p.Enter("joko", e)
		if hits := find(t, p, "joko", "dewi"); len(hits) != 1 {
			t.Errorf("the head finds %d", len(hits))
		}
		for _, login := range []string{"ratna", "yati", "wulan", "sari"} {
			if _, err := p.Persons.Look(p.Ctx, p.As(login), made.ID); !errors.Is(err, fail.NotFound) {
				t.Errorf("%s: %v", login, err)
			}
			if _, err := p.Persons.Changes(p.Ctx, p.As(login), made.ID); !errors.Is(err, fail.NotFound) {
				t.Errorf("%s reads the history: %v", login, err)
			}
			for _, q := range []string{"dewi rahasia", nik, ""} {
				if hits := find(t, p, login, q); len(hits) > 0 {
					t.Errorf("%s finds %s by %q", login, hits[0].Called, q)
				}
			}
		}
		for _, login := range []string{"ratna", "sari"} {
			_, hints, err := p.Persons.Register(p.Ctx, p.As(login), withNIK("Dewi Rahasia", nik))
			province.Must(t, err)
			for _, h := range hints {
				if h.Person == made.ID {
					t.Errorf("%s gets a hint: %+v", login, h)
				}
			}
		}
	})
}

// A likely same person is hinted at across the province with no more than is needed to ask, whatever the
// spelling; nobody is refused and nothing is merged (clause U27-auto).
func TestHints(t *testing.T) {
	t.Parallel()
	clause.Test(t, "U27-auto")
	province.Each(t, func(t *testing.T, p *province.Province) {
		first := p.Enter("ratna", withNIK("Soekarni", nik))
		again, hints, err := p.Persons.Register(p.Ctx, p.As("sari"), withNIK("Sukarni", nik))
		province.Must(t, err)
		if again.ID == first.ID || len(hints) != 1 || hints[0].Person != first.ID {
			t.Fatalf("hints %+v", hints)
		}
		h := hints[0]
		if h.Yours || h.Village != "" || h.Called != "Soekarni" || h.Age != "78" || h.Region != "35.09" {
			t.Errorf("the hint tells %+v", h)
		}
		if _, err := p.Persons.Look(p.Ctx, p.As("sari"), first.ID); !errors.Is(err, fail.NotFound) {
			t.Errorf("the hint opened the file: %v", err)
		}
		byName := province.Called("Sukarni", born48)
		_, hints, err = p.Persons.Register(p.Ctx, p.As("ratna"), byName)
		province.Must(t, err)
		i := slices.IndexFunc(hints, func(h person.Hint) bool { return h.Person == first.ID })
		if i < 0 || !hints[i].Yours || !strings.Contains(whyOf(hints[i].Why), "ejaan lama dan baru: soekarni, sukarni") {
			t.Errorf("by name: %+v", hints)
		}
		_, hints, err = p.Persons.Register(p.Ctx, p.As("ratna"), province.Called("Sukarni", person.Birth{Date: "1990", Precision: "year"}))
		province.Must(t, err)
		for _, h := range hints {
			if h.Person == first.ID {
				t.Errorf("forty years younger: %+v", h)
			}
		}
	})
}
