package access_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/access"
	"tuntas/office/audit"
	"tuntas/office/person"
	"tuntas/try/province"
)

const nikOfKarto = "3509011203480001"

// karto is somebody of centre A, with a NIK and a year of birth; sari of centre B may not see him.
func karto(p *province.Province) person.Person {
	p.T.Helper()
	e := province.Called("Mbah Karto Wiryo", person.Birth{Date: "1948", Precision: "year"})
	e.Identifiers = []person.Identifier{{Kind: "nik", Value: nikOfKarto, Certainty: "verified"}}
	return p.Enter("ratna", e)
}

func urgent(nik string) access.NewOpening {
	return access.NewOpening{NIK: nik, Kind: "health", Reason: "Pingsan di terminal, alerginya tidak diketahui."}
}

// under gives sari as she sees by her first opening that holds; ok is false when none does.
func under(p *province.Province, login string) (who.Asker, bool) {
	p.T.Helper()
	by := p.As(login)
	all, err := p.Access.Opened(p.Ctx, by)
	province.Must(p.T, err)
	if len(all) == 0 {
		return by, false
	}
	by.Via = "page"
	return by.Under(all[0]), true
}

// A file that was opened in an emergency is read by who opened it, for two hours: that person's file, and nothing else.
func TestOpening_oneFileForTwoHours(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		his, other := karto(p), p.Enter("ratna", province.Called("Bu Marni", person.Birth{}))
		own := p.Enter("sari", province.Called("Pak Darmo", person.Birth{}))
		o, yours, err := p.Access.Open(p.Ctx, p.As("sari"), urgent("3509 0112 0348 0001"))
		province.Must(t, err)
		if yours || o.Person != his.ID || o.Until.Sub(o.At) != 2*time.Hour {
			t.Errorf("%+v", o)
		}
		by, ok := under(p, "sari")
		if !ok {
			t.Fatal("nothing is open")
		}
		if seen, err := p.Persons.Look(p.Ctx, by, his.ID); err != nil || seen.Called != "Mbah Karto Wiryo" {
			t.Errorf("the file: %v, %v", seen.Called, err)
		}
		for what, one := range map[string]id.ID{"another of the centre": other.ID, "her own": own.ID, "nobody": 7} {
			if _, err := p.Persons.Look(p.Ctx, by, one); !errors.Is(err, fail.NotFound) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if hits, _, err := p.Persons.Search(p.Ctx, by, person.Query{}); err != nil || len(hits) != 1 {
			t.Errorf("a list under the opening shows %d, %v", len(hits), err)
		}
		e := province.Called("Lain", person.Birth{})
		if _, err := p.Persons.Change(p.Ctx, by, his.ID, his.Version, e); !errors.Is(err, fail.NotFound) {
			t.Errorf("a change under the opening: %v", err)
		}
		if _, err := p.Persons.Look(p.Ctx, p.As("sari"), his.ID); !errors.Is(err, fail.NotFound) {
			t.Errorf("without the opening: %v", err)
		}
		p.Clock.Pass(2 * time.Hour)
		if _, ok := under(p, "sari"); ok {
			t.Error("open after two hours")
		}
		if _, err := p.Persons.Look(p.Ctx, by, his.ID); !errors.Is(err, fail.NotFound) {
			t.Errorf("an asker that was kept: %v", err)
		}
		p.Agree()
	})
}

// The ledger has the opening before the file is shown, and each look by it, as an emergency with the reason.
func TestOpening_isInTheLedger(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		his := karto(p)
		p.Clock.Pass(time.Minute)
		opened, _, err := p.Access.Open(p.Ctx, p.As("sari"), urgent(nikOfKarto))
		province.Must(t, err)
		p.Clock.Pass(time.Minute)
		by, _ := under(p, "sari")
		_, err = p.Persons.Look(p.Ctx, by, his.ID)
		province.Must(t, err)
		_, lines, _, err := p.Audit.Ledger(p.Ctx, p.As("joko"), audit.View{Via: "emergency"})
		province.Must(t, err)
		var got []string
		for _, l := range lines {
			got = append(got, l.Login+" "+l.Act+" "+l.Called)
			if !strings.Contains(l.Purpose, "Keadaan darurat kesehatan: Pingsan") {
				t.Errorf("%s: the reason is %q", l.Act, l.Purpose)
			}
		}
		if fmt.Sprint(got) != "[sari person.look Mbah Karto Wiryo sari emergency.open Mbah Karto Wiryo]" {
			t.Errorf("the ledger: %v", got)
		}
		_, _, seen, err := p.Audit.Opening(p.Ctx, p.As("joko"), opened.ID)
		if err != nil || len(seen) != 1 || seen[0].Act != "person.look" {
			t.Errorf("what was seen by it: %+v, %v", seen, err)
		}
	})
}

// What an opening needs, and who may not open.
func TestOpening_refuses(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		karto(p)
		why := urgent("")
		at := func(centre id.ID, name string, year int64) access.NewOpening {
			return access.NewOpening{Centre: centre, Name: name, Year: year, Kind: why.Kind, Reason: why.Reason}
		}
		short, unknown := urgent(nikOfKarto), urgent(nikOfKarto)
		short.Reason, unknown.Kind = "   mendesak sekali     ", "bosan"
		for what, c := range map[string]struct {
			login string
			in    access.NewOpening
			want  string
		}{
			"no person":              {"sari", why, "nik required"},
			"a part of a NIK":        {"sari", urgent("350901"), "nik shape"},
			"letters":                {"sari", urgent("35090112034800O1"), "nik shape"},
			"no centre":              {"sari", at(0, "Mbah Karto Wiryo", 1948), "centre required"},
			"another NIK":            {"sari", urgent("3509011203480002"), "nik unknown"},
			"a short reason":         {"sari", short, "reason short"},
			"no such emergency":      {"sari", unknown, "kind required"},
			"a part of the name":     {"sari", at(p.A, "Mbah Karto", 1948), "nik unknown"},
			"another year":           {"sari", at(p.A, "Mbah Karto Wiryo", 1949), "nik unknown"},
			"no year":                {"sari", at(p.A, "Mbah Karto Wiryo", 0), "nik unknown"},
			"another centre":         {"sari", at(p.B, "Mbah Karto Wiryo", 1948), "nik unknown"},
			"a carer":                {"yati", urgent(nikOfKarto), "denied"},
			"the administrator":      {"bima", urgent(nikOfKarto), "denied"},
			"who judges and no more": {"wulan", urgent(nikOfKarto), "denied"},
		} {
			if _, _, err := p.Access.Open(p.Ctx, p.As(c.login), c.in); refused(err) != c.want {
				t.Errorf("%s: %v, want %s", what, err, c.want)
			}
		}
		if _, yours, err := p.Access.Open(p.Ctx, p.As("ratna"), urgent(nikOfKarto)); err != nil || !yours {
			t.Errorf("who may see him anyway: %v, %v", yours, err)
		}
		if _, _, err := p.Access.Open(p.Ctx, p.As("sari"), at(p.A, "wiryo  KARTO mbah", 1948)); err != nil {
			t.Errorf("by the whole name and the year: %v", err)
		}
		if _, _, err := p.Access.Open(p.Ctx, p.As("sari"), urgent(nikOfKarto)); refused(err) != "emergency-open" {
			t.Errorf("what is open already: %v", err)
		}
	})
}

// A restricted person gives no hint and is found by no name, but is opened by the exact NIK.
func TestOpening_restricted(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		his := karto(p)
		byNIK, byName := access.Wanted{NIK: nikOfKarto}, access.Wanted{Centre: p.A, Name: "Mbah Karto Wiryo", Year: 1948}
		for _, w := range []access.Wanted{byNIK, byName} {
			if there, yours, err := p.Access.Check(p.Ctx, p.As("sari"), w); err != nil || !there || yours {
				t.Errorf("%+v: %v, %v, %v", w, there, yours, err)
			}
		}
		hide(p, his)
		for _, login := range []string{"sari", "tuti"} { // of another centre, and a colleague without the case
			for _, w := range []access.Wanted{byNIK, byName} {
				if there, _, err := p.Access.Check(p.Ctx, p.As(login), w); err != nil || there {
					t.Errorf("%s: a restricted person gives a hint: %+v, %v", login, w, err)
				}
			}
		}
		named := access.NewOpening{Centre: p.A, Name: "Mbah Karto Wiryo", Year: 1948, Kind: "found", Reason: urgent("").Reason}
		if _, _, err := p.Access.Open(p.Ctx, p.As("sari"), named); refused(err) != "nik unknown" {
			t.Errorf("by name: %v", err)
		}
		for _, login := range []string{"sari", "tuti"} {
			_, _, err := p.Access.Open(p.Ctx, p.As(login), urgent(nikOfKarto))
			province.Must(t, err)
			by, _ := under(p, login)
			if _, err := p.Persons.Look(p.Ctx, by, his.ID); err != nil {
				t.Errorf("%s: by NIK: %v", login, err)
			}
		}
	})
}

// hide marks a person as restricted.
func hide(p *province.Province, who person.Person) {
	p.T.Helper()
	e := province.Called(who.Called, who.Birth)
	e.Identifiers, e.Restricted = who.Identifiers, true
	_, err := p.Persons.Change(p.Ctx, p.As("joko"), who.ID, who.Version, e)
	province.Must(p.T, err)
}

// A user opens so many files a day and looks for so many, also in two browsers at once; with the next day it begins anew.
func TestOpening_limits(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		var niks []string
		for n := range 3 {
			e := province.Called(fmt.Sprintf("Orang %c", 'A'+n), person.Birth{})
			niks = append(niks, fmt.Sprintf("350901120348000%d", n+1))
			e.Identifiers = []person.Identifier{{Kind: "nik", Value: niks[n], Certainty: "verified"}}
			p.Enter("ratna", e)
		}
		province.Must(t, p.Access.BindEmergency(p.Ctx, p.As("bima"), access.Emergency{Hours: 1, PerDay: 1}))
		if err := p.Access.BindEmergency(p.Ctx, p.As("joko"), access.Emergency{Hours: 24, PerDay: 20}); !errors.Is(err, fail.Denied) {
			t.Errorf("the head of a centre widens it: %v", err)
		}
		results := make(chan error, 2)
		for _, nik := range niks[:2] {
			go func() {
				_, _, err := p.Access.Open(p.Ctx, p.As("sari"), urgent(nik))
				results <- err
			}()
		}
		got := []string{refused(<-results), refused(<-results)}
		slices.Sort(got)
		if !slices.Equal(got, []string{"", "emergency-limit"}) {
			t.Errorf("two at once: %q", got)
		}
		for n := range 18 {
			if _, _, err := p.Access.Check(p.Ctx, p.As("sari"), access.Wanted{NIK: fmt.Sprintf("35090112034801%02d", n)}); err != nil {
				t.Fatalf("look %d: %v", n, err)
			}
		}
		if _, _, err := p.Access.Check(p.Ctx, p.As("sari"), access.Wanted{NIK: niks[2]}); refused(err) != "emergency-sought" {
			t.Errorf("the next look: %v", err)
		}
		p.Clock.To(province.Today.Add(1))
		if _, _, err := p.Access.Open(p.Ctx, p.As("sari"), urgent(niks[2])); err != nil {
			t.Errorf("the day after: %v", err)
		}
	})
}

// Who judges it is told at once: the head of the person's centre, whoever covers for the head, and the auditor.
func TestOpening_tellsAtOnce(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		karto(p)
		for _, u := range []access.NewUser{{Login: "agus", Role: "auditor"}, {Login: "kepala-b", Role: "head_centre", Centres: []id.ID{p.B}}} {
			_, err := p.Access.AddUserWith(p.Ctx, p.House, u, province.Password)
			province.Must(t, err)
		}
		province.Must(t, p.Access.AddCover(p.Ctx, p.As("bima"), userOf(p, "tuti").ID, access.NewCover{Role: "head_centre", From: province.Today, Until: province.Today, Reason: "cuti"}))
		o, _, err := p.Access.Open(p.Ctx, p.As("sari"), urgent(nikOfKarto))
		province.Must(t, err)
		for login, want := range map[string]int{"joko": 1, "tuti": 1, "agus": 1, "kepala-b": 0, "sari": 0, "ratna": 0, "wulan": 0} {
			all, err := p.Access.Notices(p.Ctx, p.As(login), 0, 50)
			if err != nil || len(all) != want {
				t.Errorf("%s: %d notices, want %d, %v", login, len(all), want, err)
			}
			for _, n := range all {
				if !n.New || n.Path() != "/emergency-reviews/"+o.ID.String() {
					t.Errorf("%s: %+v", login, n)
				}
			}
			if n, err := p.Access.ReadAll(p.Ctx, p.As(login)); err != nil || n != int64(want) {
				t.Errorf("%s: %d were not read, %v", login, n, err)
			}
			if all, err = p.Access.Notices(p.Ctx, p.As(login), 0, 50); err != nil || len(all) != want || want == 1 && all[0].New {
				t.Errorf("%s, read again: %+v, %v", login, all, err)
			}
		}
	})
}

// Who opened it ends it early; nobody else does.
func TestOpening_endsEarly(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		karto(p)
		o, _, err := p.Access.Open(p.Ctx, p.As("sari"), urgent(nikOfKarto))
		province.Must(t, err)
		for _, login := range []string{"ratna", "joko"} {
			if err := p.Access.End(p.Ctx, p.As(login), o.ID); !errors.Is(err, fail.NotFound) {
				t.Errorf("%s: %v", login, err)
			}
			if _, _, err := p.Access.OwnOne(p.Ctx, p.As(login), o.ID); !errors.Is(err, fail.NotFound) {
				t.Errorf("%s reads the opening of another as her own: %v", login, err)
			}
		}
		province.Must(t, p.Access.End(p.Ctx, p.As("sari"), o.ID))
		if _, ok := under(p, "sari"); ok {
			t.Error("still open")
		}
		if err := p.Access.End(p.Ctx, p.As("sari"), o.ID); refused(err) != "emergency-over" {
			t.Errorf("a second time: %v", err)
		}
	})
}
