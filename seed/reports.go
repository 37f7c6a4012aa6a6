package seed

import (
	"context"
	"fmt"
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/participation"
)

// Reporting is what the sample needs to play reports of the public.
type Reporting struct {
	Desk           *participation.Desk
	Calendar       *Calendar
	Province, Head who.Asker
	Worker         who.Asker
	Centre         id.ID // of the head and the worker
}

// told is one invented report and how far it came.
type told struct {
	ago                    int
	category, story, place string
	region, danger, end    string
}

// All of it is invented.
var reportsTold = []told{
	{0, "person", "Kakek tidur di emperan toko, batuk terus dan tidak bawa apa-apa.", "Pasar Tanjung, pintu timur", "35.09", "no", ""},
	{0, "person", "Ada kakek di emperan toko dekat pintu timur, kelihatan sakit.", "Pintu timur Pasar Tanjung", "35.09", "unknown", ""},
	{1, "abuse", "Penghuni dibentak dan didorong petugas malam, saya lihat sendiri.", "Kamar belakang", "35.09", "no", ""},
	{1, "facility", "Kamar mandi wisma putri bocor, lantainya licin.", "Wisma putri", "35.07", "no", ""},
	{2, "service", "Menunggu tiga jam di loket, tidak ada yang menjelaskan.", "Loket pendaftaran", "35.78", "no", "verified"},
	{6, "person", "Ibu dengan dua anak kecil tidur di halte setiap malam.", "Halte depan terminal", "35.78", "no", ""},
	{5, "person", "Remaja mengamen sampai larut, katanya tidak punya rumah.", "Perempatan alun-alun", "35.73", "no", "verified"},
	{7, "person", "Nenek linglung berjalan di tepi jalan raya.", "Depan balai desa", "35.09", "yes", "centre"},
	{9, "person", "Bapak berkursi roda ditinggal sendirian di masjid.", "Teras masjid dekat stasiun", "35.09", "no", "visited"},
	{12, "person", "Kakek tinggal sendiri di gubuk dekat sungai, sudah tidak kuat memasak.", "Gubuk tepi sungai, belakang sekolah dasar", "35.09", "no", "case"},
	{14, "other", "Ingin tahu cara menyumbang pakaian layak pakai.", "Rumah saya", "35.15", "no", "outside"},
	{15, "person", "Katanya ada anak telantar, ternyata anak tetangga yang bermain.", "Lapangan desa", "35.17", "no", "false"},
	{18, "person", "Pengemis tua di lampu merah setiap pagi.", "Lampu merah pasar", "35.06", "no", "known"},
	{21, "service", "Diminta bayaran untuk fotokopi berkas, padahal gratis.", "Kantor pelayanan", "35.07", "no", "helped"},
	{24, "person", "Perempuan muda menangis di terminal, tidak tahu jalan pulang.", "Ruang tunggu terminal", "35.78", "yes", "helped"},
	{26, "person", "Lansia tidur di pos ronda, bajunya basah.", "Pos ronda dekat jembatan", "35.10", "no", "gone"},
	{28, "facility", "Lampu halaman mati sudah dua minggu.", "Halaman depan", "35.09", "no", "mended"},
}

// Report plays about forty reports in all states: told ones, one that becomes a case, one that is joined to another, one
// on abuse, and some that are late.
func Report(ctx context.Context, s Reporting, today clock.Day) error {
	defer s.Calendar.Release()
	list := append([]told{}, reportsTold...)
	places := []string{"Depan pasar", "Emperan toko", "Taman kota", "Stasiun", "Terminal", "Tepi sungai", "Bawah jembatan"}
	stories := []string{"Kakek meminta-minta di dekat pintu masuk.", "Nenek duduk sendirian sejak pagi.", "Anak kecil tertidur di trotoar.", "Lelaki kurus berbicara sendiri.", "Ibu hamil tidak punya tempat pulang.", "Bapak dengan luka di kaki."}
	regions := law.Regions.Latest()
	for n := range 24 {
		list = append(list, told{31 + 3*n, "person", stories[n%len(stories)], places[n%len(places)] + fmt.Sprintf(", RT %d (contoh)", n+1), regions[(n*5)%len(regions)].Code, "no",
			[]string{"helped", "gone", "helped", "known", "refused"}[n%5]})
	}
	var first, second string
	for n := len(list) - 1; n >= 0; n-- {
		one := list[n]
		number, err := s.play(ctx, one, today.Add(-one.ago), n)
		if err != nil {
			return fmt.Errorf("report %d: %w", n, err)
		}
		switch n {
		case 0:
			first = number
		case 1:
			second = number
		}
	}
	all, _, err := s.Desk.Reports(ctx, s.Province, participation.Filter{Number: second, Limit: 1})
	if err != nil || len(all) == 0 {
		return err
	}
	_, err = s.Desk.Merge(ctx, s.Province, all[0].ID, 0, participation.Joining{Into: first})
	return err
}

func (s Reporting) play(ctx context.Context, one told, on clock.Day, n int) (number string, err error) {
	s.Calendar.hold(on, n%40)
	from := fmt.Sprintf("198.51.100.%d", n)
	stamp, err := s.Desk.Stamp(ctx)
	if err != nil {
		return "", err
	}
	s.Calendar.pass(time.Minute)
	secret, err := s.Desk.Begin(ctx, from, participation.Beginning{Danger: one.danger, Stamp: stamp})
	if err != nil {
		return "", err
	}
	contact := participation.Contact{Contact: participation.Anonymous}
	if n%4 == 1 {
		contact = participation.Contact{Contact: participation.Confidential, Name: "Bu Rahma (contoh)", Phone: "0812 0000 0000"}
	}
	for _, do := range []func() error{
		func() error {
			return s.Desk.AnswerWhat(ctx, secret, participation.What{Category: one.category, Description: one.story})
		},
		func() error {
			return s.Desk.AnswerWhere(ctx, secret, participation.Where{Region: one.region, Place: one.place})
		},
		func() error {
			return s.Desk.AnswerWhen(ctx, secret, participation.When{Seen: []string{"now", "today", "yesterday", "often"}[n%4]}, nil)
		},
		func() error { return s.Desk.AnswerContact(ctx, secret, contact) },
		func() error { return s.Desk.Send(ctx, from, secret) },
	} {
		if err := do(); err != nil {
			return "", err
		}
	}
	c, err := s.Desk.ReceiptOf(ctx, secret)
	if err != nil {
		return "", err
	}
	all, _, err := s.Desk.Reports(ctx, s.Province, participation.Filter{Number: c.Number, Limit: 1})
	if err != nil || len(all) == 0 {
		return c.Number, err
	}
	return c.Number, s.follow(ctx, all[0].ID, one, on)
}

// follow takes a report as far as its story goes, a day or two for each step.
func (s Reporting) follow(ctx context.Context, r id.ID, one told, on clock.Day) error {
	if one.end == "" {
		return nil
	}
	s.Calendar.hold(on.Add(min(1, one.ago)), 60)
	verdict := participation.Verdict{Verdict: "real", Message: "Terima kasih, petugas kami akan ke sana."}
	switch one.end {
	case "false", "known", "outside":
		verdict = participation.Verdict{Verdict: one.end, Message: map[string]string{"false": "Petugas sudah melihat; keadaannya baik. Terima kasih sudah peduli.", "known": "Beliau sudah didampingi petugas kami.",
			"outside": "Sumbangan diterima lewat kantor desa; kami sudah memberi tahu mereka."}[one.end]}
	}
	_, err := s.Desk.Verify(ctx, s.Province, r, 0, verdict)
	if err != nil || verdict.Verdict != "real" || one.end == "verified" {
		return err
	}
	s.Calendar.hold(on.Add(min(2, one.ago)), 70)
	if one.region == "35.09" {
		if _, err = s.Desk.Dispatch(ctx, s.Province, r, 0, participation.Dispatching{Centre: s.Centre, Message: "Diteruskan ke petugas terdekat."}); err != nil || one.end == "centre" {
			return err
		}
	}
	by := s.Province
	if one.region == "35.09" {
		by = s.Head
	}
	if _, err = s.Desk.RecordVisit(ctx, by, r, 0, participation.Visit{On: s.Calendar.day(), Note: "Bertemu di tempat (contoh)."}); err != nil || one.end == "visited" {
		return err
	}
	if one.end == "case" {
		_, err = s.Desk.BeginCase(ctx, s.Worker, r, 0, participation.NewCase{Centre: s.Centre, Kind: "lansia_telantar", Called: "Tanpa Nama (contoh)", Sex: "male"})
		return err
	}
	s.Calendar.hold(on.Add(min(3, one.ago)), 80)
	_, err = s.Desk.Finish(ctx, by, r, 0, participation.Result{Outcome: one.end, Message: "Sudah kami tindak lanjuti. Terima kasih (contoh)."})
	return err
}
