package seed

import (
	"context"
	"errors"
	"fmt"

	"tuntas/house/clock"
	"tuntas/office/casework"
	"tuntas/office/letters"
	"tuntas/office/person"
)

// Tell plays stories through the desks' own deeds, three of them in full: Mbah Sumarni who was carried to tuntas,
// Pak Wagiman who went home too early and came back, and Pak Darmo who is on his way. The others show the ways between:
// a long stay, a leave, a death, transfers and a family. No such person exists.
func Tell(ctx context.Context, s Stage, today clock.Day) error {
	defer s.Calendar.Release()
	for _, story := range []func(*tale){sumarni, wagiman, darmo, painem, karto, sutinah, moved, slamet} {
		t := &tale{Stage: s, ctx: ctx, today: today}
		story(t)
		if t.err != nil && !errors.Is(t.err, errNotYet) {
			return fmt.Errorf("tell a story: %w", t.err)
		}
	}
	return nil
}

// needed are answers of the bio-psycho-social-spiritual assessment: domain, words and item, three by three.
func needed(list ...string) []any {
	var all []any
	for i := 0; i+2 < len(list); i += 3 {
		all = append(all, map[string]any{"domain": list[i], "text": list[i+1], "item": list[i+2]})
	}
	return all
}

func level(n int64) *int64 { return &n }

func met(n int64, work, income, note string) casework.Visit {
	yes := true
	return casework.Visit{Reached: &yes, Method: "visit", Independence: level(n), Work: work, IncomeBand: income, Note: note}
}

// athome lets a visit find so many people, what all of them live on in a month, and what aid they receive.
func athome(v casework.Visit, size, income int64, aid ...string) casework.Visit {
	v.Size, v.Income, v.Aid = &size, &income, aid
	return v
}

// sumarni was found on a market without any paper, and lives with her nephew again.
func sumarni(t *tale) {
	day := t.today.AddMonths(-20)
	t.at(day)
	t.meet(person.Entry{Names: []person.Name{{Kind: "working", Text: "Mbah Sumarni"}}, Sex: "female", Birth: person.Birth{Precision: "estimated", From: 1947, To: 1951},
		HomeRegion: "35.08", FoundPlace: "Pasar Ajung"},
		casework.Opening{Kind: "lansia_telantar", Source: "Laporan warga", OutsideSince: day.Add(-9),
			Story: "Tidur di emper kios sejak dua minggu. Menyebut nama desanya, tidak ingat tahun lahir. Tidak membawa kartu apa pun."})
	t.consent("self", "")
	t.criteria(map[string]string{"nobody-cares": "Tiga kali kunjungan ke pasar, tidak ada yang mengenal", "social-worker": "Laporan asesmen awal 12/UPT (contoh)"})
	t.at(day.Add(1))
	t.bed()
	t.enter(casework.Assessing)
	t.at(day.Add(9))
	t.assess(casework.Biopsychosocial, casework.AtAdmission, map[string]any{"bio_condition": "Jalan pelan dengan tongkat. Gatal di kedua tangan.", "bio_medicine": "Salep kulit dua kali sehari.",
		"psycho_condition": "Tenang. Sering menanyakan keponakannya.", "social_condition": "Ramah, ikut menyapu halaman.", "spiritual_condition": "Salat lima waktu.",
		"family_condition": "Menyebut seorang keponakan di Desa Tempeh.", "family_care": "later", "potential": "Pandai menganyam besek.",
		"needs":      needed("identity", "Belum punya NIK dan kartu keluarga", "lansia-i", "health", "Gatal dan tekanan darah tinggi", "lansia-j", "family", "Keponakan belum ditemukan", "lansia-k"),
		"conclusion": "Dapat kembali ke keluarga bila keponakan ditemukan dan dokumen selesai."})
	t.measure(casework.AtAdmission, 2, 1, 2, 1, 1, 3, 4, 3, 0, 0, 3)
	t.household(1, 0, casework.NoAid)
	t.at(day.Add(11))
	t.office()
	t.letter(letters.NewDraft{Kind: letters.Admission})
	t.enter(casework.Planning)
	t.at(day.Add(16))
	t.plan("Mbah Sumarni", aim{"Memiliki NIK dan kartu keluarga", "KTP di tangan", "Perekaman di Dukcapil", 150_000, 5}, aim{"Kulit sembuh, tensi terkendali", "Tiga kali ukur normal", "Kontrol puskesmas", 450_000, 4},
		aim{"Keponakan ditemukan dan bersedia", "Pernyataan tertulis", "Penelusuran ke Desa Tempeh", 600_000, 4})
	t.letter(letters.NewDraft{Kind: letters.Plan, Copies: "Bidang Rehabilitasi Sosial"})
	t.enter(casework.Intervention)
	t.sumarniInCare(day)
	t.sumarniAtHome(day.Add(150))
}

func (t *tale) sumarniInCare(day clock.Day) {
	t.at(day.Add(24))
	t.give("lansia-j", "Periksa kulit dan tensi di puskesmas.")
	t.note("counselling", casework.Confidential, "Bercerita bahwa ia pergi dari rumah setelah bertengkar soal warisan. Minta agar tidak disampaikan kepada keluarganya.")
	t.at(day.Add(41))
	t.give("lansia-i", "Perekaman sidik jari dan iris di Dukcapil. NIK terbit.")
	t.step("the NIK", func() error {
		p, err := t.Persons.Look(t.ctx, t.Worker, t.person)
		if err != nil {
			return err
		}
		e := person.Entry{Names: p.Names, Sex: p.Sex, Birth: p.Birth, HomeRegion: p.HomeRegion, FoundPlace: p.FoundPlace, Village: "Desa Tempeh", Note: p.Note,
			Identifiers: []person.Identifier{{Kind: "nik", Value: "3508105207480001", Certainty: "verified", Source: "Dukcapil (contoh)"}}}
		_, err = t.Persons.Change(t.ctx, t.Worker, t.person, p.Version, e)
		return err
	})
	t.attach("identity", "KTP baru, depan", "ktp-depan-contoh.png")
	t.at(day.Add(63))
	t.give("lansia-k", "Kunjungan ke Desa Tempeh: keponakan ditemukan, masih mengenal.")
	t.at(day.Add(90))
	t.measure(casework.AtReview, 3, 2, 3, 4, 3, 3, 4, 3, 0, 0, 4)
	t.at(day.Add(104))
	t.give("lansia-l", "Keponakan datang menjenguk bersama istrinya.")
	t.note("family", casework.ForTeam, "Mbah Sumarni langsung mengenali keponakannya. Mereka makan siang bersama di teras.")
	t.at(day.Add(109))
	t.confuse(casework.NewConference{Place: "Ruang rapat UPT", Question: "Perlukah kursi roda untuk dipakai di panti?", Decision: "Diusulkan melalui bidang; sementara dipinjam dari ruang kesehatan.",
		People:    []casework.NewParticipant{{Name: "Perawat (contoh)", Role: "Perawat"}},
		Followups: []casework.NewFollowup{{Text: "Usulkan kursi roda", Owner: t.Worker.Name, DueOn: day.Add(116)}}}, "Tertulis pada kasus yang keliru. Yang dibahas penghuni kamar sebelah.")
	t.at(day.Add(111))
	t.confer(casework.NewConference{Place: "Ruang rapat UPT", Question: "Apakah Mbah Sumarni dapat pulang ke rumah keponakannya di Desa Tempeh?",
		Decision: "Dapat pulang setelah kamar depan siap, perangkat desa diberi tahu, dan salep untuk 30 hari tersedia.",
		People:   []casework.NewParticipant{{Name: "Suwarno (contoh)", Role: "Keponakan"}, {Name: "Kepala dusun (contoh)", Role: "Perangkat desa"}},
		Followups: []casework.NewFollowup{{Text: "Lihat kamar depan di rumah keponakan", Owner: t.Worker.Name, DueOn: day.Add(118)},
			{Text: "Surat pemberitahuan ke Desa Tempeh", Owner: t.Head.Name, DueOn: day.Add(121)}}}, day.Add(116), day.Add(119))
	t.at(day.Add(120))
	t.enter(casework.Resocialisation)
	t.at(day.Add(143))
	t.ready(map[string]string{"family": "Keponakan menandatangani kesediaan", "village": "Perangkat desa diberi tahu", "livelihood": "Anyaman dititipkan di kios desa"})
	t.measure(casework.AtTermination, 4, 4, 4, 5, 4, 4, 4, 4, 3, 0, 4)
}

func (t *tale) sumarniAtHome(left clock.Day) {
	t.at(left)
	t.end(casework.Ending{Reason: "reunified", Destination: "family", Outcome: "independent", HandedTo: "Suwarno (contoh)", Relation: "Keponakan", Contact: "Desa Tempeh",
		Note: "Membawa KTP, kartu keluarga, salep untuk 30 hari, dan bahan anyaman."})
	t.letter(letters.NewDraft{Kind: letters.Handover, Points: "KTP dan kartu keluarga\nSalep untuk 30 hari\nBahan anyaman"})
	t.letter(letters.NewDraft{Kind: letters.Termination, Copies: "Kepala Desa Tempeh (contoh)"})
	t.enter(casework.Aftercare)
	t.at(left.AddMonths(1))
	t.visit(1, athome(met(4, "casual", "below_500k", "Tidur di kamar depan. Menganyam tiap pagi."), 4, 1_200_000, "pkh"))
	t.at(left.AddMonths(3).Add(4))
	t.visit(3, met(4, "casual", "below_500k", "Tensi dikontrol posyandu lansia."))
	t.at(left.AddMonths(6).Add(-2))
	no := false
	t.visit(6, casework.Visit{Reached: &no, Method: "phone", Note: "Telepon tidak diangkat."})
	t.at(left.AddMonths(6).Add(5))
	t.visit(6, athome(met(5, "business", "500k_1m", "Menjual besek ke pasar sendiri."), 4, 1_700_000, "pkh"))
	t.at(left.AddMonths(12).Add(3))
	t.visit(12, athome(met(5, "business", "500k_1m", "Mengajari dua tetangga menganyam."), 4, 1_900_000, casework.NoAid))
	t.close("settled", "Tinggal bersama keponakan, dokumen lengkap, ada penghasilan.")
}

// darmo came in danger: bed first, papers after, with a waiver of the seven days.
func darmo(t *tale) {
	day := t.today.Add(-96)
	t.at(day)
	t.meet(person.Entry{Names: []person.Name{{Kind: "legal", Text: "Darmo Utomo"}, {Kind: "alias", Text: "Pak Darmo"}}, Sex: "male", Birth: person.Birth{Precision: "year", Date: "1958"},
		HomeRegion: "35.09", Village: "Desa Ajung", Identifiers: []person.Identifier{{Kind: "nik", Value: "3509121708580003", Certainty: "claimed", Source: "Fotokopi KTP (contoh)"}}},
		casework.Opening{Kind: "lansia_telantar", Source: "Titipan Satpol PP", OutsideSince: day.Add(-2), Emergency: true, Story: "Ditemukan lemas di terminal. Rumahnya sudah dijual, anak merantau dan tidak menjawab."})
	t.bed()
	t.at(day.Add(1))
	t.consent("self", "")
	t.step("consent to referrals", func() error {
		_, err := t.Persons.GiveConsent(t.ctx, t.Worker, t.person, person.Consent{Purpose: "referral", GivenOn: t.on, GivenBy: "self", Form: "recorded", Evidence: "Rekaman suara (contoh)"})
		return err
	})
	t.criteria(map[string]string{"nobody-cares": "Anak tidak dapat dihubungi selama dua hari", "social-worker": "Asesmen awal di terminal"})
	t.waive("seven-days", "Lemas dan dehidrasi, rumah singgah penuh", "Bahaya bagi nyawanya; penelusuran keluarga diteruskan dari panti")
	t.at(day.Add(2))
	wrong := t.letter(letters.NewDraft{Kind: letters.Admission, Points: "Pelayanan diberikan sesuai kebutuhan menurut asesmen."})
	t.annul(wrong, "Butir tentang penelusuran keluarga tertinggal.")
	t.letter(letters.NewDraft{Kind: letters.Admission, Points: "Pelayanan diberikan sesuai kebutuhan menurut asesmen.\nPenelusuran keluarga diteruskan dari panti."})
	t.enter(casework.Assessing)
	t.at(day.Add(10))
	t.assess(casework.Biopsychosocial, casework.AtAdmission, map[string]any{"bio_condition": "Pulih setelah tiga hari infus.", "psycho_condition": "Murung, sulit tidur.", "social_condition": "Menyendiri di hari pertama, lalu ikut senam.",
		"family_condition": "Seorang anak di Kalimantan.", "family_care": "later", "potential": "Bekas tukang kayu, tangan masih kuat.",
		"needs":      needed("health", "Berat badan kurang", "lansia-e", "skill", "Ingin bekerja kayu lagi", "lansia-g", "family", "Anak belum menjawab", "lansia-k"),
		"conclusion": "Dilatih di bengkel kayu, keluarga dihubungi melalui paguyuban perantau."})
	t.measure(casework.AtAdmission, 2, 1, 1, 4, 1, 2, 4, 4, 1, 1, 2)
	t.household(3, 900_000, "bpnt")
	t.at(day.Add(13))
	t.enter(casework.Planning)
	t.at(day.Add(19))
	t.plan("Darmo Utomo", aim{"Berat badan normal", "Indeks massa tubuh 18,5", "Gizi tambahan", 900_000, 4}, aim{"Membuat lima bangku pesanan", "Lima bangku terjual", "Bengkel kayu UPT", 1_750_000, 4},
		aim{"Anak menghubungi kembali", "Satu kali panggilan video", "Penelusuran melalui paguyuban", 250_000, 3})
	t.at(day.Add(21))
	t.enter(casework.Intervention)
	t.at(day.Add(35))
	t.give("lansia-e", "Gizi tambahan, berat naik 2 kg.")
	t.note("progress", casework.ForTeam, "Mulai ikut senam pagi. Makan habis, tidur masih gelisah.")
	t.letter(letters.NewDraft{Kind: letters.Referral, To: "Direktur Rumah Sakit Umum Daerah (contoh)", ToAddress: "Jember", Reason: "Mohon pemeriksaan mata dan kacamata baca.", Points: "Salinan ringkasan asesmen"})
	t.at(day.Add(58))
	t.give("lansia-g", "Bangku pertama selesai di bengkel kayu.")
	t.at(day.Add(74))
	t.measure(casework.AtReview, 3, 1, 3, 4, 2, 3, 4, 5, 2, 2, 4)
	t.at(day.Add(80))
	t.revise("Darmo Utomo", func(goals []casework.NewGoal) []casework.NewGoal {
		goals[1].Services[0].Cost, goals[1].DueOn, goals[2].TargetLevel = 2_250_000, goals[1].DueOn.AddMonths(1), level(4)
		return append(goals, casework.NewGoal{Domain: "skill", Text: "Punya tabungan dari bangku yang terjual", Measure: "Buku tabungan", TargetLevel: level(3), DueOn: t.on.AddMonths(3),
			Services: []casework.NewService{{Text: "Buka tabungan di bank desa", Owner: t.Worker.Name, Cost: 50_000, Funding: "apbd"}}})
	})
	t.at(day.Add(90))
	t.give("lansia-k", "Paguyuban perantau menemukan nomor anaknya.")
	t.write(letters.NewDraft{Kind: letters.Plan})
	t.note("phone", casework.ForTeam, "Anaknya menelepon balik, menangis, berjanji pulang saat libur panjang.")
	t.at(t.today.Add(-1))
	t.unsent("/cases/"+t.c.String()+"/notes", "Catatan perkembangan", "/cases/"+t.c.String()+"/notes", "case", t.c,
		"kind", "family", "text", "Anaknya akan datang hari Sabtu. Pak Darmo minta rambutnya dipotong dulu dan", "confidentiality", "team")
	t.unsent("/cases/"+t.c.String()+"/conferences", "Pembahasan kasus", "/cases/"+t.c.String()+"/conferences", "case", t.c,
		"place", "Ruang rapat UPT (contoh)", "question", "Siapkah keluarga menerima Pak Darmo saat libur panjang?", "participants.0.name", "Anak sulung (contoh)", "participants.0.role", "Keluarga")
	t.unsent("/persons", "Orang baru", "/persons/new", "", 0, "names.0.text", "Mbah Ngatinah", "found_place", "Terminal Arjasa (contoh)")
}

// wagiman went home before his family was ready: not reached, then worse, then back.
func wagiman(t *tale) {
	day := t.today.AddMonths(-13)
	t.at(day)
	t.meet(person.Entry{Names: []person.Name{{Kind: "legal", Text: "Wagiman"}}, Sex: "male", Birth: person.Birth{Precision: "month", Date: "1953-06"}, HomeRegion: "35.11"},
		casework.Opening{Kind: "lansia_telantar", Source: "Rujukan Dinas Sosial kabupaten", OutsideSince: day.Add(-12)})
	t.consent("guardian", "Ketua RT (contoh)")
	t.criteria(map[string]string{"nobody-cares": "Surat keterangan desa (contoh)", "social-worker": "Asesmen Dinas Sosial kabupaten"})
	t.at(day.Add(2))
	t.bed()
	t.enter(casework.Assessing)
	t.at(day.Add(12))
	t.assess(casework.Biopsychosocial, casework.AtAdmission, map[string]any{"bio_condition": "Sehat.", "psycho_condition": "Gelisah, ingin pulang.", "social_condition": "Akrab dengan teman sekamar.",
		"family_condition": "Adik di Prajekan, rumahnya sempit.", "family_care": "later", "potential": "Memijat.",
		"needs": needed("family", "Adik belum siap menerima", "lansia-l"), "conclusion": "Keluarga perlu disiapkan dahulu."})
	t.measure(casework.AtAdmission, 2, 2, 3, 3, 2, 3, 3, 3, 2, 2, 4)
	t.decide("188/140/CONTOH/" + string(day[:4]))
	t.enter(casework.Planning)
	t.at(day.Add(20))
	t.plan("Ketua RT (contoh)", aim{"Adik siap menerima", "Kunjungan dua kali", "Bimbingan keluarga", 300_000, 4})
	t.enter(casework.Intervention)
	t.at(day.Add(55))
	t.measure(casework.AtReview, 3, 2, 3, 3, 2, 3, 3, 3, 2, 2, 4)
	t.at(day.Add(60))
	t.end(casework.Ending{Reason: "own_wish", Destination: "family", Outcome: "unchanged", HandedTo: "Misnan (contoh)", Relation: "Adik", Note: "Pulang atas permintaan sendiri, rumah adik belum disiapkan."})
	t.enter(casework.Aftercare)
	t.at(day.Add(60).AddMonths(1))
	t.visit(1, met(3, "none", "none", "Tidur di dapur."))
	t.at(day.Add(60).AddMonths(3))
	no := false
	t.visit(3, casework.Visit{Reached: &no, Method: "visit", Note: "Rumah kosong, tetangga tidak tahu.", Final: true})
	t.at(day.Add(60).AddMonths(6))
	t.visit(6, met(2, "none", "none", "Ditemukan kembali di terminal Bondowoso."))
	t.at(day.Add(60).AddMonths(6).Add(3))
	t.close("returned", "Kembali ke layanan. Rencana lama menjadi bahan asesmen baru.")
	t.wagimanAgain()
}
