package seed

import (
	"context"
	"fmt"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/competence"
)

// Training is what the trainings of the sample need: who of the province holds them, and who sends staff of three of the
// institutions.
type Training struct {
	Skills   *competence.Desk
	Centres  *centre.Desk
	Calendar *Calendar
	Province who.Asker
	Heads    map[id.ID]who.Asker // by institution

	today clock.Day
	staff map[id.ID][]centre.Staff // whom the sample hires, by institution
}

// Train hires invented staff, plans posts for every institution, and plays trainings: one that is over with its results,
// one that is open and full, one that is planned, and one that was cancelled.
func Train(ctx context.Context, a Training, all []centre.Centre, today clock.Day) error {
	defer a.Calendar.Release()
	a.today, a.staff = today, map[id.ID][]centre.Staff{}
	for n, c := range all {
		if !c.ClientService {
			continue
		}
		a.Calendar.hold(today.AddMonths(-14), n)
		if err := a.hire(ctx, c, n); err != nil {
			return fmt.Errorf("hire for %s: %w", c.Code, err)
		}
		a.Calendar.hold(today.AddMonths(-3), n)
		few := int64(n % 3)
		peksos, tks, relawan, most := 2+few, 1+few, int64(n%2), int64(25)
		in := competence.SetPlan{PekerjaSosial: &peksos, TKS: &tks, Relawan: &relawan, Note: "Menurut beban kerja tahun lalu (contoh)."}
		if n%2 == 0 {
			in.MostCases = &most
		}
		if _, err := a.Skills.Plan(ctx, a.head(c.ID), c.ID, 0, in); err != nil {
			return fmt.Errorf("plan posts for %s: %w", c.Code, err)
		}
	}
	for _, play := range []func(context.Context, []centre.Centre) error{a.past, a.cancelled, a.open, a.planned} {
		if err := play(ctx, all); err != nil {
			return err
		}
	}
	return nil
}

// head is who speaks for an institution.
func (a Training) head(at id.ID) who.Asker {
	if by, ours := a.Heads[at]; ours {
		return by
	}
	by := who.House("demo")
	by.Name = "Kepala UPT (contoh)"
	return by
}

// hire gives an institution staff of other kinds: with a certificate that has ended, that ends soon, and without one.
func (a Training) hire(ctx context.Context, c centre.Centre, n int) error {
	house := who.House("demo")
	name := func(k int) string {
		return femaleNames[(n*7+k*3)%len(femaleNames)] + " " + maleNames[(n*5+k)%len(maleNames)]
	}
	hire := func(kind string, k int, until clock.Day) error {
		in := centre.Staff{Centre: c.ID, Name: name(k), Kind: kind}
		if until != "" {
			in.CertificateNo, in.CertificateUntil = fmt.Sprintf("CONTOH-%s-%d-%d", kind, n, k), until
		}
		s, err := a.Centres.AddStaff(ctx, house, in)
		a.staff[c.ID] = append(a.staff[c.ID], s)
		return err
	}
	ends := clock.Day("")
	switch n % 3 {
	case 1:
		ends = a.today.Add(-40 - n)
	case 2:
		ends = a.today.Add(20 + 2*n)
	}
	if n%7 != 6 { // some have none at all: a finding
		if err := hire("tks", 0, ends); err != nil {
			return err
		}
	}
	if n%2 == 0 {
		if err := hire("relawan", 1, ""); err != nil {
			return err
		}
	}
	if n%4 == 0 {
		return hire("pekerja_sosial", 2, "")
	}
	return nil
}

// training plans one and opens it, so many days ago.
func (a Training) training(ctx context.Context, ago int, in competence.NewTraining) (competence.Training, error) {
	a.Calendar.hold(a.today.Add(-ago), 0)
	t, err := a.Skills.AddTraining(ctx, a.Province, in)
	if err != nil {
		return t, fmt.Errorf("plan %s: %w", in.Name, err)
	}
	a.Calendar.hold(a.today.Add(-ago), 5)
	return a.Skills.Move(ctx, a.Province, t.ID, 0, "opening", "")
}

// send proposes the first of the staff of some institutions, at most so many.
func (a Training) send(ctx context.Context, t competence.Training, all []centre.Centre, fits func(n int, s centre.Staff) bool, most int) (sent []competence.Participant, err error) {
	for n, c := range all {
		for _, s := range a.staff[c.ID] {
			if len(sent) == most || !fits(n, s) {
				continue
			}
			p, err := a.Skills.Propose(ctx, a.head(c.ID), c.ID, competence.Propose{Training: t.ID, Staff: s.ID})
			if err != nil {
				return nil, fmt.Errorf("propose for %s: %w", t.Name, err)
			}
			sent = append(sent, p)
		}
	}
	return sent, nil
}

func rupiah(v int64) *int64 { return &v }

// past is a training of five months ago, with its results.
func (a Training) past(ctx context.Context, all []centre.Centre) error {
	t, err := a.training(ctx, 175, competence.NewTraining{Name: "Sertifikasi Tenaga Kesejahteraan Sosial (contoh)", Subject: "Pendampingan dan catatan kasus", Kind: "tks",
		Criterion: "staff-certified", Place: "Malang (contoh)", From: a.today.Add(-150), To: a.today.Add(-146), Places: 10, Certificate: "Sertifikat kompetensi TKS",
		Months: rupiah(36), Cost: rupiah(48_000_000)})
	if err != nil {
		return err
	}
	a.Calendar.hold(a.today.Add(-170), 0)
	sent, err := a.send(ctx, t, all, func(n int, s centre.Staff) bool { return s.Kind == "tks" && s.CertificateNo == "" }, 8)
	if err != nil {
		return err
	}
	a.Calendar.hold(a.today.Add(-165), 0)
	for _, p := range sent {
		if _, err := a.Skills.Accept(ctx, a.Province, p.ID, 0); err != nil {
			return err
		}
	}
	a.Calendar.hold(a.today.Add(-150), 0)
	if _, err := a.Skills.Move(ctx, a.Province, t.ID, 0, "holding", ""); err != nil {
		return err
	}
	a.Calendar.hold(a.today.Add(-140), 0)
	for i, p := range sent {
		in := competence.Result{Result: competence.Passed, CertificateNo: fmt.Sprintf("CONTOH-TKS-%03d", i+1)}
		switch i {
		case 3:
			in = competence.Result{Result: competence.Absent, Reason: "Sakit (contoh)."}
		case 5:
			in = competence.Result{Result: competence.Attended, Reason: "Mengulang ujian tulis (contoh)."}
		}
		if _, err := a.Skills.Judge(ctx, a.Province, p.ID, 0, in); err != nil {
			return err
		}
	}
	_, err = a.Skills.Move(ctx, a.Province, t.ID, 0, "closure", "")
	return err
}

// open is a training that is filled: some are accepted, some wait for a place.
func (a Training) open(ctx context.Context, all []centre.Centre) error {
	t, err := a.training(ctx, 12, competence.NewTraining{Name: "Manajemen kasus bagi Pekerja Sosial dan relawan (contoh)", Subject: "Asesmen, rencana, dan rujukan", Criterion: "staff-certified",
		Provider: "Balai pelatihan (contoh)", Place: "Surabaya (contoh)", From: a.today.Add(20), To: a.today.Add(24), Places: 6, Certificate: "Sertifikat manajemen kasus",
		Months: rupiah(24), Cost: rupiah(30_000_000)})
	if err != nil {
		return err
	}
	a.Calendar.hold(a.today.Add(-8), 0)
	sent, err := a.send(ctx, t, all, func(_ int, s centre.Staff) bool { return s.Kind != "tks" }, 8)
	if err != nil {
		return err
	}
	a.Calendar.hold(a.today.Add(-5), 0)
	for _, p := range sent[:3] {
		if _, err := a.Skills.Accept(ctx, a.Province, p.ID, 0); err != nil {
			return err
		}
	}
	_, err = a.training(ctx, 4, competence.NewTraining{Name: "Penyegaran bagi TKS yang sertifikatnya habis (contoh)", Subject: "Kode etik dan pendampingan", Kind: "tks", Criterion: "staff-certified",
		Place: "Kediri (contoh)", From: a.today.Add(35), To: a.today.Add(36), Places: 12, Certificate: "Sertifikat kompetensi TKS", Months: rupiah(36)})
	return err
}

func (a Training) planned(ctx context.Context, _ []centre.Centre) error {
	a.Calendar.hold(a.today.Add(-2), 0)
	_, err := a.Skills.AddTraining(ctx, a.Province, competence.NewTraining{Name: "Relawan Sosial pendamping lansia (contoh)", Subject: "Pendampingan lansia di rumah", Kind: "relawan",
		Criterion: "staff-volunteers", Place: "Jember (contoh)", From: a.today.Add(75), To: a.today.Add(77), Places: 20})
	return err
}

func (a Training) cancelled(ctx context.Context, _ []centre.Centre) error {
	t, err := a.training(ctx, 60, competence.NewTraining{Name: "Pelatihan bengkel lama (contoh)", Subject: "Perbaikan sepeda motor", Provider: "Lembaga kursus (contoh)", Place: "Sidoarjo (contoh)",
		From: a.today.Add(-30), To: a.today.Add(-28), Places: 15})
	if err != nil {
		return err
	}
	a.Calendar.hold(a.today.Add(-45), 0)
	_, err = a.Skills.Move(ctx, a.Province, t.ID, 0, "cancellation", "Alat praktik tidak sesuai kebutuhan pasar kerja (contoh).")
	return err
}
