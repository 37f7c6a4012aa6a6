package centre_test

import (
	"errors"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
	"tuntas/try/clause"
	"tuntas/try/province"
)

const today = province.Today

var testCentre = store.NewAct("test.centre", who.SeeCentre)

func wrongField(err error) string {
	var wrong *fail.Invalid
	if errors.As(err, &wrong) {
		return wrong.Fields[0].Name + " " + wrong.Fields[0].Code
	}
	return ""
}

// The built-in list is entered once; the list is public; a change needs the right, the scope and the version.
func TestCentres(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		for _, want := range []int{30, 0} {
			n, err := p.Centres.SetUp(p.Ctx, p.As("bima"), law.Centres.Latest(), "")
			if err != nil || n != want {
				t.Errorf("entered %d, %v", n, err)
			}
		}
		if all, err := p.Centres.List(p.Ctx, who.Public()); err != nil || len(all) != 32 {
			t.Errorf("the public reads %d centres, %v", len(all), err)
		}
		ten, name := int64(10), "UPT Baru"
		ch := centre.Change{Capacity: &ten, Name: &name}
		if _, err := p.Centres.Change(p.Ctx, p.As("ratna"), p.A, 1, ch); !errors.Is(err, fail.Denied) {
			t.Errorf("a social worker changed it: %v", err)
		}
		if _, err := p.Centres.Change(p.Ctx, p.As("joko"), p.B, 1, ch); !errors.Is(err, fail.NotFound) {
			t.Errorf("the head of another centre: %v", err)
		}
		if p.Centres.NameOf(p.A) != "UPT Jember (contoh)" {
			t.Errorf("called %q", p.Centres.NameOf(p.A))
		}
		c, err := p.Centres.Change(p.Ctx, p.As("joko"), p.A, 1, ch)
		if err != nil || c.Capacity != 10 || c.Version != 2 || p.Centres.NameOf(p.A) != name {
			t.Errorf("%+v %v, called %q", c, err, p.Centres.NameOf(p.A))
		}
		if _, err := p.Centres.Change(p.Ctx, p.As("joko"), p.A, 1, ch); !errors.Is(err, fail.Stale) {
			t.Errorf("the old version: %v", err)
		}
		if !c.Serves("lansia_telantar") || c.Serves("kat") {
			t.Errorf("serves %v", c.Kinds)
		}
	})
}

// Clause P16-19: inside the panti serve the UPT of the province, and an LKS with the governor's appointment.
func TestProvider(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-19")
	province.Each(t, func(t *testing.T, p *province.Province) {
		c, err := p.Centres.Look(p.Ctx, p.As("joko"), p.A)
		if err != nil || c.Provider != "upt" || centre.BodyOf(c).Provider != "upt" {
			t.Fatalf("%+v %v", c, err)
		}
		lks, number, day, later := "lks", "188/45/2026", clock.Day("2026-02-01"), today.Add(1)
		for want, ch := range map[string]centre.Change{
			"appointment_no required": {Provider: &lks, AppointmentNo: &number},
			"appointment_on future":   {Provider: &lks, AppointmentNo: &number, AppointmentOn: &later},
		} {
			if _, err := p.Centres.Change(p.Ctx, p.As("joko"), p.A, 1, ch); wrongField(err) != want {
				t.Errorf("%s: %v", want, err)
			}
		}
		_, err = p.Centres.Change(p.Ctx, p.As("joko"), p.A, 1, centre.Change{Provider: &lks, AppointmentNo: &number, AppointmentOn: &day})
		province.Must(t, err)
		if c, err = p.Centres.Look(p.Ctx, p.As("ratna"), p.A); err != nil || c.Provider != lks || c.AppointmentNo != number || c.AppointmentOn != day {
			t.Errorf("kept %+v %v", c, err)
		}
	})
}

// Clause P16-42: the kinds of staff are those of the article, and nothing else that is typed.
func TestStaff_kinds(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-42")
	province.Each(t, func(t *testing.T, p *province.Province) {
		for _, kind := range []string{"pekerja_sosial", "tks", "relawan", "penyuluh"} {
			if _, err := p.Centres.AddStaff(p.Ctx, p.As("joko"), centre.Staff{Centre: p.A, Name: "Orang " + kind, Kind: kind}); err != nil {
				t.Errorf("%s: %v", kind, err)
			}
		}
		if _, err := p.Centres.AddStaff(p.Ctx, p.As("joko"), centre.Staff{Centre: p.A, Name: "Orang", Kind: "dokter"}); wrongField(err) != "kind choice" {
			t.Errorf("another kind: %v", err)
		}
		if _, err := p.Centres.AddStaff(p.Ctx, p.As("joko"), centre.Staff{Centre: p.B, Name: "Orang", Kind: "tks"}); !errors.Is(err, fail.NotFound) {
			t.Errorf("at another centre: %v", err)
		}
		all, err := p.Centres.Staff(p.Ctx, p.As("ratna"), p.A)
		if err != nil || len(all) != 7 || all[0].Name != "Ratna" {
			t.Errorf("%d posts, %v", len(all), err)
		}
		if _, err := p.Centres.Staff(p.Ctx, p.As("sari"), p.A); !errors.Is(err, fail.NotFound) {
			t.Errorf("the posts for another centre: %v", err)
		}
	})
}

// Clauses P16-1b and P16-43.2: a certificate holds until its last day; a new one counts from today, and the
// share of the certified is a figure of any day.
func TestCertificates(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-1b", "P16-43.2")
	for _, try := range []struct {
		staff centre.Staff
		on    clock.Day
		may   bool
	}{
		{centre.Staff{Kind: "pekerja_sosial", CertificateNo: "1"}, today, true},
		{centre.Staff{Kind: "pekerja_sosial"}, today, false},
		{centre.Staff{Kind: "pekerja_sosial", CertificateNo: "1", CertificateUntil: today}, today, true},
		{centre.Staff{Kind: "pekerja_sosial", CertificateNo: "1", CertificateUntil: today}, today.Add(1), false},
		{centre.Staff{Kind: "tks", CertificateNo: "1"}, today, false},
	} {
		if try.staff.MaySign(try.on) != try.may {
			t.Errorf("%+v on %s", try.staff, try.on)
		}
	}
	province.Each(t, func(t *testing.T, p *province.Province) {
		count := func(on clock.Day) (certified, all int64) {
			province.Must(t, p.Store.Read(p.Ctx, p.As("ratna"), testCentre, func(tx *store.Tx) error {
				for measure, n := range map[string]*int64{"staff.certified": &certified, "staff": &all} {
					figures, err := store.Stock(tx, measure, on, p.A)
					if err != nil {
						return err
					}
					for _, f := range figures {
						*n += f.N
					}
				}
				return nil
			}))
			return certified, all
		}
		s, err := p.Centres.AddStaff(p.Ctx, p.As("joko"), centre.Staff{Centre: p.A, Name: "Retno", Kind: "pekerja_sosial", CertificateNo: "PS-9",
			CertificateUntil: today.Add(30)})
		province.Must(t, err)
		for day, want := range map[int]int64{-1: 0, 0: 2, 30: 2, 31: 1} { // Ratna's has no end
			if n, _ := count(today.Add(day)); n != want {
				t.Errorf("after %d days %d are certified, want %d", day, n, want)
			}
		}
		if _, all := count(today); all != 4 {
			t.Errorf("%d posts", all)
		}
		p.Clock.To(today.Add(10))
		for want, c := range map[string]centre.Certificate{"certificate_until past": {Number: "PS-9b", Until: today}} {
			if _, err := p.Centres.Certify(p.Ctx, p.As("joko"), s.ID, c); wrongField(err) != want {
				t.Errorf("run out already: %v", err)
			}
		}
		if _, err := p.Centres.Certify(p.Ctx, p.As("ratna"), s.ID, centre.Certificate{Number: "PS-9b"}); !errors.Is(err, fail.Denied) {
			t.Errorf("a social worker certified: %v", err)
		}
		if _, err := p.Centres.Certify(p.Ctx, p.As("joko"), id.New(), centre.Certificate{Number: "PS-9b"}); !errors.Is(err, fail.NotFound) {
			t.Errorf("nobody: %v", err)
		}
		again, err := p.Centres.Certify(p.Ctx, p.As("joko"), s.ID, centre.Certificate{Number: "PS-9b", Until: today.Add(400)})
		if err != nil || again.CertificateNo != "PS-9b" || !again.Certified(today.Add(400)) {
			t.Errorf("%+v %v", again, err)
		}
		for day, want := range map[int]int64{0: 2, 9: 2, 10: 2, 31: 2, 400: 2, 401: 1} {
			if n, _ := count(today.Add(day)); n != want {
				t.Errorf("with the new one, after %d days %d are certified, want %d", day, n, want)
			}
		}
		p.Agree()
	})
}
