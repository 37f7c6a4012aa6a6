package seed

import (
	"fmt"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/casework"
	"tuntas/office/passage"
	"tuntas/office/person"
)

// Elsewhere is a second UPT of the stories: who works there, and who heads it.
type Elsewhere struct {
	Centre       id.ID
	Worker, Head who.Asker
	Kind         string // of PPKS that is served there
}

// begun is how a story begins that is told shortly: somebody taken in at once, papers after.
func (t *tale) begun(day clock.Day, name, sex string, birth person.Birth, kind, story string, head id.ID) {
	t.at(day)
	t.meet(person.Entry{Names: []person.Name{{Kind: "legal", Text: name}}, Sex: sex, Birth: birth, HomeRegion: "35.09"},
		casework.Opening{Kind: kind, Source: "Titipan Satpol PP", OutsideSince: day.Add(-3), Emergency: true, Story: story, Family: head})
}

// intervened carries a case to the intervention in a few days, with two goals.
func (t *tale) intervened(number string, aims ...aim) {
	day := t.on
	t.at(day.Add(1))
	t.consent("self", "")
	t.criteria(map[string]string{"nobody-cares": "Tidak ada keluarga yang ditemukan", "social-worker": "Asesmen awal (contoh)"})
	t.waive("seven-days", "Lemah, rumah singgah penuh", "Keadaannya tidak memungkinkan menunggu")
	t.decide(number)
	t.enter(casework.Assessing)
	t.at(day.Add(5))
	t.assess(casework.Biopsychosocial, casework.AtAdmission, map[string]any{"bio_condition": "Lemah, dapat berjalan.", "psycho_condition": "Tenang.", "social_condition": "Ramah.",
		"family_condition": "Belum ditemukan.", "family_care": "later", "potential": "Senang berkebun.", "needs": needed("health", "Tekanan darah tinggi", "lansia-j", "family", "Keluarga belum ditemukan", "lansia-k"),
		"conclusion": "Perlu pengasuhan dan penelusuran keluarga."})
	t.measure(casework.AtAdmission, 2, 1, 2, 4, 1, 3, 4, 3, 0, 0, 2)
	t.enter(casework.Planning)
	t.at(day.Add(9))
	t.plan("Penerima manfaat sendiri", aims...)
	t.enter(casework.Intervention)
}

var usual = []aim{{"Tensi terkendali", "Tiga kali ukur normal", "Kontrol puskesmas", 300_000, 4}, {"Keluarga ditemukan", "Satu kali kunjungan", "Penelusuran keluarga", 250_000, 3}}

func (t *tale) review(decision, note string, next clock.Day) {
	t.step("review", func() error {
		_, _, err := t.Passage.Review(t.ctx, t.Worker, t.c, 0, passage.NewReview{On: t.on, Decision: decision, Note: note, NextOn: next})
		return err
	})
}

// painem stays for long: her reviews stand where others have an end, and the next is due in some days.
func painem(t *tale) {
	day := t.today.AddMonths(-13)
	t.begun(day, "Painem Sutarjo", "female", person.Birth{Precision: "year", Date: "1941"}, "lansia_telantar", "Hidup sendiri di gubuk yang roboh.", 0)
	t.bed()
	t.intervened("188/201/CONTOH/"+string(day[:4]), usual...)
	t.at(day.AddMonths(1))
	t.review(passage.Begin, "Tidak ada keluarga yang dapat merawat. Ingin tetap tinggal di sini.", "")
	t.at(day.AddMonths(7).Add(-3))
	t.review(passage.Continue, "Sehat, ikut menyiram tanaman. Keluarga tetap tidak ditemukan.", t.today.Add(6))
}

// karto tries some days at his niece's, and should have been back two days ago.
func karto(t *tale) {
	day := t.today.AddMonths(-7)
	t.begun(day, "Karto Wiyono", "male", person.Birth{Precision: "year", Date: "1954"}, "lansia_telantar", "Tersesat di stasiun, lupa alamat anaknya.", 0)
	t.bed()
	t.intervened("188/233/CONTOH/"+string(day[:4]), usual...)
	t.at(day.AddMonths(3))
	t.measure(casework.AtReview, 3, 3, 4, 4, 3, 4, 4, 4, 0, 0, 4)
	t.give("lansia-k", "Keponakan ditemukan di Desa Sukorambi.")
	t.enter(casework.Resocialisation)
	t.at(t.today.Add(-9))
	t.step("leave", func() error {
		l, err := t.Passage.PlanLeave(t.ctx, t.Worker, t.c, passage.NewLeave{From: t.on, Due: t.today.Add(-2), With: "Sri Wahyuni (contoh)", Relation: "Keponakan", Contact: "Desa Sukorambi", AgreedBy: "Pak Karto sendiri dan keponakannya", Bed: passage.BedKept})
		if err == nil {
			t.Calendar.hold(t.today.Add(-6), 60)
			_, err = t.Passage.CallOnLeave(t.ctx, t.Worker, l.ID, passage.NewCall{On: t.today.Add(-6), Method: "phone", Note: "Kerasan, ikut ke sawah tiap pagi. Obat diminum."})
		}
		return err
	})
}

// sutinah died in care some days ago: two of the four steps are done.
func sutinah(t *tale) {
	day := t.today.AddMonths(-9)
	t.begun(day, "Sutinah Mertoyo", "female", person.Birth{Precision: "estimated", From: 1938, To: 1942}, "lansia_telantar", "Ditemukan sakit di pasar.", 0)
	t.bed()
	t.intervened("188/244/CONTOH/"+string(day[:4]), usual...)
	t.at(t.today.Add(-4))
	t.step("death", func() error {
		_, err := t.Passage.RecordDeath(t.ctx, t.Worker, t.c, 0, passage.NewDeath{On: t.on, At: "04.10", Place: "hospital", PlaceNote: "RSUD (contoh)", Cause: "Gagal jantung"})
		return err
	})
	t.at(t.today.Add(-3))
	t.step("steps", func() error {
		_, err := t.Passage.TakeSteps(t.ctx, t.Worker, t.c, 0, passage.Steps{LetterNo: "474/31/CONTOH", LetterOn: t.today.Add(-4), Doctor: "dr. Anindya (contoh)", BuriedOn: t.on, BuriedBy: "Petugas UPT dan warga",
			BuriedAt: "Pemakaman desa (contoh)", Rite: "Islam"})
		return err
	})
}

// wagimanAgain: Wagiman, who went home too early, is back in care; his old plan may begin the new one.
func (t *tale) wagimanAgain() {
	day := t.today.Add(-20)
	t.at(day)
	t.step("open", func() error {
		c, err := t.Cases.Open(t.ctx, t.Worker, casework.Opening{Person: t.person, Centre: t.Centre, Kind: "lansia_telantar", OpenedOn: day, Emergency: true, Source: "Rujukan Dinas Sosial kabupaten",
			Story: "Ditemukan kembali di terminal. Adiknya pindah."})
		t.c = c.ID
		return err
	})
	t.bed()
	t.at(day.Add(2))
	t.consent("self", "")
	t.criteria(map[string]string{"nobody-cares": "Adik pindah tanpa alamat", "social-worker": "Asesmen awal (contoh)"})
	t.waive("seven-days", "Sakit, tidak ada rumah singgah", "Pernah dilayani di sini")
	t.enter(casework.Assessing)
}

// moved are two proposals of a transfer: one that the head of the stories waits for, and one that waits for him.
func moved(t *tale) {
	day := t.today.AddMonths(-2)
	t.begun(day, "Suparmi Joyo", "female", person.Birth{Precision: "year", Date: "1950"}, "lansia_telantar", "Tertinggal rombongan di terminal.", 0)
	t.bed()
	t.intervened("188/251/CONTOH/"+string(day[:4]), usual...)
	t.at(t.today.Add(-2))
	t.proposed(t.Head, t.c, t.Other.Centre, "Anaknya ditemukan di dekat UPT tujuan dan ingin menjenguk tiap minggu.")
	there := *t
	there.Centre, there.Worker, there.Head = t.Other.Centre, t.Other.Worker, t.Other.Head
	there.begun(day.Add(3), "Tukiran Wongso", "male", person.Birth{Precision: "year", Date: "1948"}, "lansia_telantar", "Diantar warga dari pasar.", 0)
	there.bed()
	there.at(t.today.Add(-1))
	there.proposed(there.Head, there.c, t.Centre, "Keponakannya tinggal di kabupaten ini.")
	there.begun(day.Add(4), "Ponirah Karyo", "female", person.Birth{Precision: "year", Date: "1949"}, "lansia_telantar", "Rumahnya terbakar, tetangga menampung seminggu.", 0)
	there.bed()
	there.at(t.today.Add(-12))
	there.proposed(there.Head, there.c, t.Centre, "Cucunya bekerja di dekat UPT ini.")
	if there.err == nil {
		t.at(t.today.Add(-11))
		t.accepted()
	}
	if t.err == nil {
		t.err = there.err
	}
}

func (t *tale) proposed(by who.Asker, c, to id.ID, why string) {
	t.step("propose a transfer", func() error {
		_, err := t.Passage.Propose(t.ctx, by, c, 0, passage.Proposal{To: to, Reason: why, WantedOn: t.on.Add(5), Along: "KTP, obat untuk 14 hari, satu tas pakaian."})
		return err
	})
}

// accepted signs the newest proposal to the centre of the story.
func (t *tale) accepted() {
	t.step("accept a transfer", func() error {
		all, err := t.Passage.Transfers(t.ctx, t.Head, 0, 10)
		if err != nil {
			return err
		}
		for _, one := range all {
			if one.State != passage.Proposed || one.To != t.Centre || one.ProposedOn > t.on {
				continue
			}
			tr, err := t.Passage.Transfer(t.ctx, t.Head, one.ID)
			if err != nil {
				return err
			}
			free, err := t.Passage.FreeBeds(t.ctx, t.Head, t.Centre)
			for i := len(free) - 1; err == nil && i >= 0; i-- {
				if _, failed := t.Passage.Accept(t.ctx, t.Head, tr.ID, 0, passage.Acceptance{On: t.on, Beds: []passage.Place{{Case: tr.Members[0].Case, Bed: free[i].ID}}}); failed == nil {
					return nil
				}
			}
			return fmt.Errorf("no bed for who comes: %w", err)
		}
		return errNotYet
	})
}

// slamet came with his family: three files, one family, in the second UPT of those without a home.
func slamet(t *tale) {
	t.Centre, t.Worker, t.Head = t.Family.Centre, t.Family.Worker, t.Family.Head
	day := t.today.Add(-40)
	var cases []id.ID
	for i, one := range []struct {
		name, sex, born string
	}{{"Slamet Riyadi", "male", "1984"}, {"Sumiyati", "female", "1987"}, {"Ayu Lestari", "female", "2018"}} {
		head := id.ID(0)
		if i > 0 && len(cases) > 0 {
			head = cases[0]
		}
		t.begun(day, one.name, one.sex, person.Birth{Precision: "year", Date: one.born}, t.Family.Kind, "Tidur di bawah jembatan bersama keluarga.", head)
		cases = append(cases, t.c)
	}
	t.at(day.Add(1))
	t.step("house the family", func() error {
		free, err := t.Passage.FreeBeds(t.ctx, t.Worker, t.Centre)
		if err != nil || len(free) < len(cases) {
			return fmt.Errorf("%d beds for a family: %w", len(free), err)
		}
		in := passage.FamilyAdmission{On: t.on}
		for i, c := range cases {
			in.Members = append(in.Members, passage.FamilyMember{Case: c, Bed: free[len(free)-1-i].ID})
		}
		_, err = t.Passage.AdmitFamily(t.ctx, t.Worker, cases[0], in)
		return err
	})
}
