package seed

import (
	"context"
	"fmt"
	"strings"
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/actions"
	"tuntas/office/coordination"
	"tuntas/office/meeting"
)

// Meeting is what the meetings of the sample need: who of the province holds them, and the head of an institution who
// writes actions of his own.
type Meeting struct {
	Meetings *meeting.Desk
	Actions  *actions.Desk
	Partners *coordination.Desk
	Calendar *Calendar
	Province who.Asker
	Head     who.Asker
}

// agreed is one decision of the sample: on which item, by whom (the agency's box, office or centre), after how many days
// it is due, and what became of it, each deed with the days after the meeting on which it was done.
type agreed struct {
	item, title, owner, person, measure string
	due                                 int
	deeds                               []deed
}

type deed struct {
	after int
	kind  string // report, done, postpone:DAYS, stop, hand:BOX
	note  string
}

// first are the decisions of the meeting of 4 November 2020. That it took place with 15 agencies is public; what stands
// here of its items and decisions is invented.
var first = []agreed{
	{"Peta masalah dan kebutuhan setiap UPT", "Susun peta masalah dan kebutuhan semua UPT", "office", "Kepala Bidang Rehabilitasi Sosial", "Peta setiap UPT ditandatangani kepalanya", 80, []deed{{40, "report", "22 UPT sudah mengirim."}, {72, "done", "Peta lengkap dibahas bersama semua Kepala UPT."}}},
	{"Dari pelatihan sampai bekerja", "Buka pelatihan kerja bagi penerima manfaat", "naker", "Kepala Bidang Pelatihan", "Dua angkatan pelatihan selesai", 140, []deed{{60, "report", "Angkatan pertama berjalan."}, {165, "done", "Dua angkatan selesai, lebih lambat karena tempatnya dipakai."}}},
	{"Dari pelatihan sampai bekerja", "Temukan perusahaan yang menerima lulusan", "naker", "Seksi Penempatan", "Daftar perusahaan yang bersedia", 120, []deed{{110, "done", "Daftar dibagikan kepada semua UPT."}}},
	{"Identitas penerima manfaat tanpa dokumen", "Rekam identitas di UPT sebulan sekali", "dukcapil", "Kepala Seksi Identitas", "Jadwal perekaman berjalan di setiap UPT", 57, []deed{{44, "done", "Jadwal berjalan."}}},
	{"Usaha di desa setelah pulang", "Cari desa yang membuka usaha bagi yang pulang", "dpmd", "Kepala Bidang Pemberdayaan", "Lima desa bersedia", 150, []deed{{100, "stop", "Digabung dengan program desa yang sudah ada."}}},
	{"Usaha di desa setelah pulang", "Pasarkan hasil keterampilan penerima manfaat", "koperasi", "Kepala Bidang UKM", "Hasil dijual di dua pameran", 160, []deed{{70, "hand:indag", "Pameran diselenggarakan dinas lain."}}},
	{"Layanan kesehatan jiwa yang berlanjut", "Jadwalkan rawat jalan bagi yang pulang", "menur", "Kepala Instalasi Rawat Jalan", "Jadwal diterima semua UPT", 90, []deed{{88, "done", "Jadwal diterima."}}},
}

var second = []agreed{
	{"Pelatihan sesuai lowongan", "Sesuaikan pelatihan dengan lowongan yang ada", "naker", "Kepala Bidang Pelatihan", "Kurikulum baru dipakai", 60, []deed{{20, "report", "Lowongan didata."}, {55, "postpone:100", "Menunggu instruktur."}, {95, "postpone:150", "Instruktur baru datang bulan depan."}}},
	{"Pelatihan sesuai lowongan", "Pinjamkan alat las untuk latihan di UPT", "naker", "Seksi Sarana", "Dua alat las dipakai di UPT", 45, []deed{{40, "done", "Alat dipinjamkan."}}},
	{"Kesehatan di panti", "Periksa gigi penghuni lansia", "dinkes", "Kepala Seksi Kesehatan Lansia", "Semua penghuni lansia diperiksa", 170, []deed{{90, "report", "Tiga UPT selesai."}}},
	{"Rumah setelah pulang", "Perbaiki rumah sepuluh orang yang pulang", "perkim", "Kepala Bidang Perumahan", "Sepuluh rumah layak ditempati", 120, []deed{{50, "report", "Empat rumah selesai."}}},
	{"Sekolah dan kejar paket", "Buka kejar paket di UPT anak", "pendidikan", "Kepala Seksi Pendidikan Masyarakat", "Kelas berjalan di tiga UPT", 70, []deed{{62, "done", "Kelas berjalan di tiga UPT."}}},
	{"Layanan kesehatan jiwa yang berlanjut", "Latih pengasuh mengenali tanda kambuh", "menur", "Kepala Instalasi Rawat Jalan", "60 pengasuh terlatih", 60, []deed{{85, "done", "64 pengasuh terlatih."}}},
}

var third = []agreed{
	{"Akta dan kartu bagi yang baru masuk", "Terbitkan akta kelahiran dalam dua minggu", "dukcapil", "Kepala Seksi Kelahiran", "Tidak ada yang menunggu lebih dari dua minggu", 90, []deed{{15, "report", "Petugas khusus ditunjuk."}}},
	{"Penjangkauan di jalan", "Sepakati cara menjangkau tanpa kekerasan", "satpolpp", "Kepala Bidang Ketertiban", "Panduan bersama ditandatangani", 25, nil},
	{"Pelatihan sesuai lowongan", "Buka pelatihan memperbaiki AC angkatan baru", "naker", "Kepala Bidang Pelatihan", "Dua belas peserta lulus", 120, []deed{{10, "report", "Pendaftaran dibuka."}}},
	{"Usaha di desa setelah pulang", "Dampingi keluarga yang menerima kembali", "dpmd", "Kepala Bidang Pemberdayaan", "Setiap keluarga punya pendamping", 60, []deed{{12, "report", "Perangkat desa dilatih."}}},
	{"Standar pelayanan UPT", "Lengkapi butir mutlak sebelum penilaian ditutup", "centre", "Joko Santoso, Kepala UPT", "Semua butir mutlak dijawab ya", 80, nil},
	{"Standar pelayanan UPT", "Tinjau tarif makan per hari", "office", "Sekretaris Dinas", "Tarif baru ditetapkan", 100, nil},
}

// meets plays the meetings of the sample.
type meets struct {
	Meeting
	ctx   context.Context
	boxes map[string]coordination.Agency
	all   []id.ID
}

// Meet plays four meetings: that of 4 November 2020 with approved minutes, two of this year, and one that is called with
// an agenda of its own proposals. All decisions are invented.
func Meet(ctx context.Context, m Meeting, today clock.Day) error {
	defer m.Calendar.Release()
	p := &meets{Meeting: m, ctx: ctx, boxes: map[string]coordination.Agency{}}
	found, _, err := m.Partners.Agencies(ctx, m.Province, coordination.Directory{Kind: "opd", Limit: 100})
	if err != nil {
		return err
	}
	for _, a := range found {
		box, _, _ := strings.Cut(a.Email, "@")
		p.boxes[box], p.all = a, append(p.all, a.ID)
	}
	for _, one := range []struct {
		name string
		on   clock.Day
		said []agreed
	}{{"Rakor revitalisasi UPT bersama 15 OPD", "2020-11-04", first}, {"Rakor triwulan", workday(today.Add(-160)), second}, {"Rakor penilaian mandiri", workday(today.Add(-38)), third}} {
		if err := p.held(one.name, one.on, one.said, today); err != nil {
			return fmt.Errorf("%s: %w", one.name, err)
		}
	}
	if err := p.alone(today); err != nil {
		return err
	}
	return p.coming(today)
}

// workday gives the day, or the Monday after a weekend.
func workday(on clock.Day) clock.Day {
	switch on.Time().Weekday() {
	case time.Saturday:
		return on.Add(2)
	case time.Sunday:
		return on.Add(1)
	}
	return on
}

const madeUp = "Pokok bahasan dan keputusan di sini rekaan (contoh)."

func (p *meets) held(name string, on clock.Day, said []agreed, today clock.Day) error {
	p.Calendar.hold(on.Add(1), 60) // written down the day after: nobody is invited any more
	m, err := p.Meetings.Call(p.ctx, p.Province, meeting.NewMeeting{Details: meeting.Details{Name: name + " (contoh)", On: on, From: "09:00", To: "12:30", Place: "Aula Dinas Sosial (contoh)",
		Chair: "Kepala Dinas (contoh)", NoteTaker: "Sekretaris rapat (contoh)", About: madeUp}, Invited: meeting.Invited{Agencies: p.all}})
	if err != nil {
		return err
	}
	items, made := map[string]id.ID{}, make([]actions.Action, len(said))
	for n, d := range said {
		if items[d.item] == 0 {
			i, err := p.Meetings.AddItem(p.ctx, p.Province, m.ID, meeting.NewItem{Title: d.item})
			if err != nil {
				return err
			}
			items[d.item] = i.ID
			if _, err := p.Meetings.WriteNotes(p.ctx, p.Province, i.ID, 0, meeting.Notes{Notes: "Dibahas bersama lembaga yang hadir. " + madeUp}); err != nil {
				return err
			}
		}
		if made[n], err = p.Meetings.Decide(p.ctx, p.Province, items[d.item], meeting.Decision{Title: d.title, Owner: p.owner(d.owner), OwnerName: d.person + " (contoh)", DueOn: on.Add(d.due), Measure: d.measure, Indicator: indicatorOf(d.owner)}); err != nil {
			return err
		}
	}
	if err := p.approved(m); err != nil {
		return err
	}
	for n, d := range said {
		if err := p.play(made[n], d.deeds, on, today); err != nil {
			return fmt.Errorf("%s: %w", d.title, err)
		}
	}
	return nil
}

func indicatorOf(owner string) string {
	if owner == "naker" || owner == "dpmd" {
		return "still_independent_12"
	}
	return ""
}

func (p *meets) owner(box string) string {
	switch box {
	case "office":
		return "office"
	case "centre":
		return "centre:" + p.Head.Scope.Centres[0].String()
	}
	return "agency:" + p.boxes[box].ID.String()
}

func (p *meets) approved(m meeting.Meeting) error {
	w, err := p.Meetings.Look(p.ctx, p.Province, m.ID)
	if err != nil {
		return err
	}
	var came meeting.Attendance
	for n, v := range w.Invitees {
		c := meeting.Came{ID: v.ID, Present: n%7 != 6 || m.On == "2020-11-04"}
		if c.Present && n%5 == 2 {
			c.Person, c.Post, c.InsteadOf = "Utusan (contoh)", "Sekretaris", "kepala dinas"
		}
		came.Rows = append(came.Rows, c)
	}
	if _, err := p.Meetings.Attend(p.ctx, p.Province, m.ID, 0, came); err != nil {
		return err
	}
	p.Calendar.hold(m.On.Add(5), 30)
	if _, err := p.Meetings.Approve(p.ctx, p.Province, m.ID, 0); err != nil || m.On != "2020-11-04" {
		return err
	}
	p.Calendar.hold(m.On.Add(9), 30)
	_, err = p.Meetings.Add(p.ctx, p.Province, m.ID, meeting.NewAddendum{Text: "Daftar hadir bertanda tangan disimpan pada arsip Dinas. (contoh)"})
	return err
}

func (p *meets) play(a actions.Action, deeds []deed, on, today clock.Day) (err error) {
	for _, d := range deeds {
		day := on.Add(d.after)
		if day > today {
			break
		}
		p.Calendar.hold(day, 120)
		kind, of, _ := strings.Cut(d.kind, ":")
		note := d.note + " (contoh)"
		switch kind {
		case "report":
			_, err = p.Actions.Report(p.ctx, p.Province, a.ID, 0, actions.Report{Note: note})
		case "done":
			_, err = p.Actions.Finish(p.ctx, p.Province, a.ID, 0, actions.Completion{On: day, Result: note}, nil)
		case "stop":
			_, err = p.Actions.Stop(p.ctx, p.Province, a.ID, 0, actions.Why{Reason: note})
		case "postpone":
			days := 0
			_, _ = fmt.Sscan(of, &days)
			_, err = p.Actions.Postpone(p.ctx, p.Province, a.ID, 0, actions.Postponement{DueOn: on.Add(days), Reason: note})
		case "hand":
			if a, err = p.Actions.Reassign(p.ctx, p.Province, a.ID, 0, actions.Reassignment{Owner: actions.Owner{Owner: p.owner(of), OwnerName: "Kepala Bidang Perdagangan (contoh)"}, DueOn: day.Add(90), Reason: note}); err == nil {
				p.Calendar.hold(day.Add(60), 0)
				_, err = p.Actions.Finish(p.ctx, p.Province, a.ID, 0, actions.Completion{On: day.Add(60), Result: "Dua pameran diikuti. (contoh)"}, nil)
			}
		}
		if err != nil {
			return fmt.Errorf("%s: %w", d.kind, err)
		}
	}
	return nil
}

// alone are actions that no meeting decided: one of the institution for its gaps, with a milestone, and one of the office
// that stands still.
func (p *meets) alone(today clock.Day) error {
	at := p.Head.Scope.Centres[0]
	p.Calendar.hold(today.Add(-3), 90)
	c, err := p.Actions.Choices(p.ctx, p.Head, at)
	if err != nil {
		return err
	}
	var gaps []string
	for _, g := range c.Gaps[:min(2, len(c.Gaps))] {
		gaps = append(gaps, g.Standard+"/"+g.Criterion.Key)
	}
	a, err := p.Actions.Add(p.ctx, p.Head, actions.NewAction{Title: "Tulis ulang tata tertib bersama penghuni", Owner: actions.Owner{Owner: p.owner("centre"), Mine: true}, DueOn: today.Add(30),
		Measure: "Tata tertib ditempel di setiap wisma", Detail: "Tindak lanjut rekaan (contoh).", Gaps: gaps})
	if err != nil {
		return err
	}
	if _, err = p.Actions.AddMilestone(p.ctx, p.Head, a.ID, 0, actions.NewMilestone{Title: "Dibahas dengan penghuni", DueOn: today.Add(10)}); err != nil {
		return err
	}
	p.Calendar.hold(today.Add(-70), 90)
	_, err = p.Actions.Add(p.ctx, p.Province, actions.NewAction{Title: "Data ulang kendaraan UPT", Owner: actions.Owner{Owner: "office", OwnerName: "Subbagian Umum (contoh)"}, DueOn: today.Add(20),
		Measure: "Daftar kendaraan setiap UPT lengkap", Detail: "Tindak lanjut rekaan (contoh)."})
	return err
}

// coming is a meeting that is called: eight agencies get a letter with a calendar file.
func (p *meets) coming(today clock.Day) error {
	p.Calendar.hold(today.Add(-1), 300)
	m, err := p.Meetings.Call(p.ctx, p.Province, meeting.NewMeeting{Details: meeting.Details{Name: "Rakor akhir tahun (contoh)", On: workday(today.Add(10)), From: "09:00", To: "12:00", Place: "Aula Dinas Sosial (contoh)",
		Chair: "Kepala Dinas (contoh)", NoteTaker: "Sekretaris rapat (contoh)", About: madeUp}, Invited: meeting.Invited{Agencies: p.all[:8], Centres: p.Head.Scope.Centres}})
	if err != nil {
		return err
	}
	_, err = p.Meetings.AddItem(p.ctx, p.Province, m.ID, meeting.NewItem{Title: "Rencana bersama tahun depan"})
	return err
}
