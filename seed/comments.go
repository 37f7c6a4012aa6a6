package seed

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"tuntas/house/clock"
	"tuntas/house/gate"
	"tuntas/house/who"
	"tuntas/office/comments"
	"tuntas/office/publication"
)

// Talking is what the sample needs to play comments under the news.
type Talking struct {
	Desk      *comments.Desk
	News      *publication.Desk
	Calendar  *Calendar
	Moderator who.Asker
}

// said is one invented comment and what the moderator made of it.
type said struct {
	under, ago int // which article, counted from the newest; days ago
	name, body string
	end        string // shown, answered, edited, a reason of refusal, a category of complaint; "" waits
	text       string // the answer, or what is left of the words
}

// All of it is invented: names, numbers and what they say.
var saidUnderNews = []said{
	{0, 2, "Wahyu", "Bengkel saya di Rungkut bisa menerima dua orang. Ke mana saya mendaftar?", "answered", "Terima kasih, Pak Wahyu. Sampaikan lewat halaman Lapor dengan jenis Lainnya, atau telepon (031) 0000 000 pada jam kerja."},
	{0, 2, "S. N.", "Semoga kelas katering juga dibuka di Madura.", "shown", ""},
	{0, 1, "Rini", "Anak saya lulus tahun lalu dan belum dapat kerja. Apakah alumni lama ikut didata?", "", ""},
	{1, 6, "Agus T.", "Apakah yang sudah berumur 45 tahun boleh ikut?", "answered", "Boleh. Wawancara menentukan kelas yang cocok, bukan umur."},
	{1, 5, "Ibu Hana", "Adik saya mau daftar, NIK 3509 0000 0000 0001, tolong dihubungi 0812 0000 0000.", "edited", "Adik saya mau daftar, tolong dihubungi."},
	{1, 4, "pinjaman cepat", "Butuh modal? Kunjungi pinjam-kilat.site sekarang juga!", "advert", ""},
	{2, 10, "Bu Tutik", "Anyamannya bagus. Apakah dijual untuk umum?", "shown", ""},
	{2, 9, "Dewi", "Saya mau belajar menganyam juga.", "shown", ""},
	{3, 15, "Warga Wonokromo", "Saya sudah menelepon tiga kali soal bapak di jembatan, belum ada yang datang.", "service", ""},
	{3, 1, "Anto", "Petugasnya bodoh semua, lambat sekali.", "", ""},
	{4, 20, "Pembaca", "Terima kasih sudah meralat angkanya.", "shown", ""},
	{5, 1, "Sulastri", "Ibu saya ikut posyandu ini. Rumahnya Jalan Melati, telepon 0813 0000 0000 kalau perlu.", "", ""},
	{5, 1, "Teguh", "Apakah ada kendaraan antar dari desa?", "", ""},
	{6, 1, "Nita", "Saya dengar ada penghuni yang dipukul petugas malam. Mohon diperiksa.", "", ""},
}

// Comment plays what readers write under the news and what becomes of it.
func Comment(ctx context.Context, s Talking, today clock.Day) error {
	defer s.Calendar.Release()
	news, err := s.News.Newest(ctx, publication.Choice{Limit: 12})
	if err != nil {
		return err
	}
	for n, one := range saidUnderNews {
		if one.under >= len(news) {
			continue
		}
		if err := s.say(ctx, news[one.under].Slug, one, today, n); err != nil {
			return fmt.Errorf("comment of %s: %w", one.name, err)
		}
	}
	return nil
}

func (s Talking) say(ctx context.Context, slug string, one said, today clock.Day, n int) error {
	s.Calendar.hold(today.Add(-one.ago), 60+n)
	stamp, err := s.Desk.Stamp(ctx)
	if err != nil {
		return err
	}
	s.Calendar.pass(time.Minute)
	secret, err := s.Desk.Send(ctx, "sample "+strconv.Itoa(n), slug, comments.NewComment{Name: one.name, Body: one.body, Sent: gate.Sent{Stamp: stamp}})
	if err != nil {
		return err
	}
	own, err := s.Desk.Receipt(ctx, secret)
	if err != nil {
		return err
	}
	s.Calendar.pass(45 * time.Minute)
	switch one.end {
	case "":
	case "shown":
		_, err = s.Desk.Show(ctx, s.Moderator, own.ID, 0, comments.Showing{})
	case "answered":
		_, err = s.Desk.Show(ctx, s.Moderator, own.ID, 0, comments.Showing{Answer: one.text})
	case "edited":
		_, err = s.Desk.Show(ctx, s.Moderator, own.ID, 0, comments.Showing{Text: one.text})
	case "service":
		_, err = s.Desk.Complain(ctx, s.Moderator, own.ID, 0, comments.Grievance{Category: one.end})
	default:
		_, err = s.Desk.Refuse(ctx, s.Moderator, own.ID, 0, comments.Refusal{Reason: one.end})
	}
	return err
}
