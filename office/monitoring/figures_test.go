package monitoring_test

import (
	"flag"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/monitoring"
	"tuntas/office/person"
	"tuntas/try"
	"tuntas/try/clause"
	"tuntas/try/province"
)

func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("rapid.checks", strconv.Itoa(try.Times(8, 200))); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

const today = province.Today

var testFigures = store.NewAct("test.figures", who.SeeFigures)

var span = monitoring.Span{From: "2026-01-01", To: today}

func valueOf(t *testing.T, p *province.Province, key string, s monitoring.Span) (v monitoring.Value) {
	t.Helper()
	i, ok := monitoring.Find(key)
	if !ok {
		t.Fatalf("no indicator %s", key)
	}
	province.Must(t, p.Store.Read(p.Ctx, p.As("wulan"), testFigures, func(tx *store.Tx) (err error) {
		v, err = p.Figures.Of(tx, i, s)
		return err
	}))
	return v
}

// begin opens a case of somebody from a district.
func begin(p *province.Province, login, name, region string) casework.Case {
	p.T.Helper()
	e := province.Called(name, person.Birth{Precision: "estimated", From: 1950, To: 1955})
	e.HomeRegion = region
	by := p.As(login)
	c, err := p.Cases.Open(p.Ctx, by, casework.Opening{Person: p.Enter(login, e).ID, Centre: by.Scope.Centres[0], Kind: "lansia_telantar", OpenedOn: today})
	province.Must(p.T, err)
	return c
}

// Clause P16-3b: the reach is counted by home district, from the opening until the closure; districts from
// which nobody is served are named; a corrected district moves the count.
func TestReach(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-3b")
	province.Each(t, func(t *testing.T, p *province.Province) {
		if all := valueOf(t, p, monitoring.Reach, span).Without(); len(all) != 38 {
			t.Errorf("%d districts without anybody", len(all))
		}
		jember := begin(p, "ratna", "Mbah Karto", "35.09")
		begin(p, "ratna", "Mbah Karyo", "35.09")
		begin(p, "sari", "Mbah Darmo", "35.05")
		lost := begin(p, "ratna", "Tanpa Nama 14", "")
		v := valueOf(t, p, monitoring.Reach, span)
		if v.Numerator != 4 || v.Groups["35.09"] != 2 || v.Groups["35.05"] != 1 || v.Groups["unknown"] != 1 || len(v.Without()) != 36 {
			t.Errorf("%+v, %d without", v.Groups, len(v.Without()))
		}
		if slices.ContainsFunc(v.Without(), func(r law.Region) bool { return r.Code == "35.09" || r.Name == "" }) {
			t.Errorf("without: %v", v.Without())
		}
		_, err := p.Persons.Change(p.Ctx, p.As("ratna"), lost.Person, 1, person.Entry{Names: []person.Name{{Text: "Paijan"}}, HomeRegion: "35.10"})
		province.Must(t, err)
		for range 2 {
			province.Must(t, p.Cases.FollowPerson(p.Ctx, lost.Person))
		}
		_, err = p.Cases.Terminate(p.Ctx, p.As("ratna"), jember.ID, 0, casework.Ending{On: today, Reason: "deceased", Destination: "none", Outcome: "not_assessed"})
		province.Must(t, err)
		_, err = p.Cases.Close(p.Ctx, p.As("ratna"), jember.ID, 0, casework.Closing{On: today, Result: "deceased"})
		province.Must(t, err)
		v = valueOf(t, p, monitoring.Reach, span)
		if v.Numerator != 3 || v.Groups["35.10"] != 1 || v.Groups["35.09"] != 1 || v.Groups["unknown"] != 0 {
			t.Errorf("after a correction and a closure: %+v", v.Groups)
		}
		if one := valueOf(t, p, monitoring.Reach, monitoring.Span{From: span.From, To: today, Centre: p.B}); one.Numerator != 1 || one.Groups["35.05"] != 1 {
			t.Errorf("of one centre: %+v", one)
		}
		p.Agree()
	})
}

// Clause P16-3a: every figure names the version of the rules of its last day, and every rule of the law its source.
func TestVersion(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-3a")
	if v := monitoring.Version(today); v != law.Stages.Version(today)+"; "+law.Standard.Version(today)+"; "+law.Indicators.Version(today) || !strings.Contains(v, "2019-10-24") {
		t.Errorf("version %q", v)
	}
	for _, e := range law.Entries() {
		if e.Source == "" || e.Status != "verified" && e.Status != "assumed" {
			t.Errorf("%+v", e)
		}
	}
}

// Clause P16-43.2: the share of staff with a certificate.
func TestCertifiedShare(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-43.2")
	province.Each(t, func(t *testing.T, p *province.Province) {
		if v := valueOf(t, p, "staff_certified", span); v.Numerator != 2 || v.Denominator != 4 || v.Groups["pekerja_sosial"] != 2 {
			t.Errorf("%+v", v)
		}
		i, _ := monitoring.Find("staff_certified")
		b, err := p.Figures.Records(p.Ctx, p.As("joko"), i, span, "denominator", nil, store.Place{}, 10)
		if err != nil || len(b.Items) != 3 || b.Withheld != 1 {
			t.Errorf("the head of one centre: %+v %v", b, err)
		}
	})
}

// A restricted person is counted and shows in no list; what lies beyond an asker's scope is withheld.
func TestRecords_withheld(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		secret := begin(p, "ratna", "Dewi", "35.09")
		begin(p, "ratna", "Karto", "35.09")
		begin(p, "sari", "Darmo", "35.05")
		_, err := p.Persons.Change(p.Ctx, p.As("joko"), secret.Person, 1, person.Entry{Names: []person.Name{{Text: "Dewi"}}, HomeRegion: "35.09", Restricted: true})
		province.Must(t, err)
		i, _ := monitoring.Find("opened")
		for login, want := range map[string][2]int64{"wulan": {2, 1}, "joko": {1, 2}, "ratna": {1, 2}, "sari": {1, 2}} {
			b, err := p.Figures.Records(p.Ctx, p.As(login), i, span, "", nil, store.Place{}, 10)
			if err != nil || int64(len(b.Items)) != want[0] || b.Withheld != want[1] || b.Figure != 3 {
				t.Errorf("%s: %d items, %d withheld of %d, %v", login, len(b.Items), b.Withheld, b.Figure, err)
			}
			for _, r := range b.Items {
				if r.Person == secret.Person {
					t.Errorf("%s sees the restricted person in a list", login)
				}
			}
		}
		for _, login := range []string{"yati", "bima"} {
			if _, err := p.Figures.Records(p.Ctx, p.As(login), i, span, "", nil, store.Place{}, 10); err == nil {
				t.Errorf("%s opened the list", login)
			}
		}
		if _, err := p.Figures.Records(p.Ctx, p.As("wulan"), i, span, "denominator", nil, store.Place{}, 10); refused(err) != "part" {
			t.Errorf("a list of what is none: %v", err)
		}
	})
}

func refused(err error) string {
	if wrong, ok := asInvalid(err); ok {
		return wrong.Fields[0].Name
	}
	return ""
}
