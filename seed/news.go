package seed

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"

	"tuntas/house/clock"
	"tuntas/house/upload"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/publication"
)

// Newsroom is what the sample needs to play the news.
type Newsroom struct {
	Desk           *publication.Desk
	Calendar       *Calendar
	Author, Editor who.Asker // somebody else approves than wrote
}

// piece is one article of the sample; all of it is invented.
type piece struct {
	at          string // code of the institution; "" is the province
	ago         int    // days before today on which it is published; below 0: planned
	topic       string
	title, lead string
	body        string
	image       string // what the drawing shows; "" has none
	state       string // draft, review; "" is published
}

var pieces = []piece{
	{"", 3, "partnership", "Lima belas dinas menyepakati alur kerja setelah pelatihan", "Lulusan pelatihan panti tidak lagi berhenti di sertifikat: tempat kerja disiapkan sebelum pelatihan selesai.",
		"Dalam rapat koordinasi, dinas-dinas sepakat bahwa **tempat kerja dicari sejak bulan pertama pelatihan**, bukan sesudahnya.\n\n## Yang disepakati\n\n- Daftar pelatihan dikirim ke pemberi kerja setiap awal bulan.\n- Setiap lulusan punya satu pendamping selama tiga bulan.\n- Perkembangannya dibahas di rapat berikutnya.\n\nAnda punya bengkel, warung, atau usaha jahit yang membutuhkan tenaga? Hubungi panti terdekat.", "Tangga naik menuju pintu yang terbuka", ""},
	{"rsbk-pasuruan", 8, "training", "Kelas servis pendingin ruangan dibuka untuk dua puluh orang", "Pelatihan tiga bulan ini gratis, termasuk alat dan makan siang.",
		"Kelas dimulai bulan depan dan berlangsung Senin sampai Kamis.\n\n1. Datang ke panti, atau minta petugas sosial di kecamatan menghubungi kami.\n2. Bawa surat apa pun yang ada; yang belum punya kami bantu mengurusnya.\n3. Wawancara singkat menentukan kelas yang cocok.\n\nSemua orang dan kelas di halaman ini contoh.", "Kipas dan obeng di atas meja kerja", ""},
	{"pstw-jember", 12, "story", "Mbah Lastri mengajar menganyam lagi", "Dua tahun setelah pulang, ia membuka kelas kecil di beranda rumahnya.",
		"Setiap Rabu pagi, beranda rumah Mbah Lastri (bukan nama sebenarnya, cerita contoh) penuh anak tetangga.\n\n> Tangan saya masih ingat. Tinggal mengajari yang muda.\n\nIa belajar menganyam kembali di ruang keterampilan panti. Kini anyamannya dijual di koperasi desa.", "Keranjang anyaman di ambang jendela", ""},
	{"", 20, "service", "Begini cara meminta bantuan untuk orang telantar", "Siapa pun boleh mengabari; tidak perlu punya data lengkap.",
		"Yang kami perlukan hanya tiga hal: **di mana**, **kapan terakhir terlihat**, dan **bagaimana keadaannya**.\n\nPetugas datang, berkenalan, dan memastikan orang itu aman. Tidak ada yang dipaksa pindah. Bila ada bahaya, telepon 112 dulu.", "", ""},
	{"", 26, "announcement", "Laporan kinerja tahun lalu dapat dibaca", "Angka, cara menghitung, dan yang belum tercapai ada di satu tempat.",
		"Tahun lalu 21 pelatihan selesai. Angka-angkanya berasal dari pekerjaan sehari-hari, bukan dari laporan terpisah.", "", "corrected"},
	{"pstw-magetan", 33, "event", "Posyandu lansia kini setiap dua minggu", "Warga sekitar panti boleh ikut, tanpa biaya.", "Pemeriksaan tekanan darah, senam ringan, dan sarapan bersama. Datang pukul delapan di balai panti.", "", ""},
	{"rsbn-malang", 41, "training", "Pemijat lulusan panti membuka layanan bersama", "Sepuluh lulusan bergantian melayani di satu tempat yang mudah dijangkau.", "Tempatnya dekat halte, dengan jalur pemandu dari pintu sampai ruang pijat. Pemesanan lewat telepon panti.", "", ""},
	{"ppsab-sidoarjo", 55, "service", "Kunjungan keluarga sekarang sampai sore", "Keluarga yang bekerja dapat berkunjung sepulang kerja pada hari Rabu.", "Beri tahu petugas sehari sebelumnya. Bawa identitas apa pun yang ada.", "", ""},
	{"rsbk-pasuruan", 70, "partnership", "Bengkel di sekitar panti menerima magang", "Empat bengkel memberi tempat magang satu bulan.", "Peserta didampingi petugas setiap minggu. Bengkel lain yang ingin ikut dapat menghubungi panti.", "", ""},
	{"", 90, "event", "Pasar karya penghuni panti digelar lagi", "Keset, kue, dan anyaman buatan penghuni dijual langsung.", "Seluruh hasil penjualan diterima pembuatnya. Terima kasih kepada semua yang datang.", "", ""},
	{"", -3, "announcement", "Jadwal layanan pada hari libur bersama", "Panti tetap buka; kantor dinas tutup dua hari.", "Untuk keadaan darurat telepon 112. Penerimaan di panti berjalan seperti biasa.", "", ""},
	{"pstw-jember", 1, "event", "Kebun sayur panti mulai panen", "Kangkung dan cabai dari kebun dipakai di dapur panti.", "Penghuni merawat dua belas bedeng. Kelebihan panen dibagi kepada tetangga.", "", "review"},
	{"pstw-magetan", 0, "training", "Rencana kelas batik untuk penghuni", "Masih dirundingkan dengan sanggar setempat.", "Naskah ini belum selesai.", "", "draft"},
}

// News writes the sample's articles: published ones of several institutions, a story with a consent, a corrected one, one
// planned, one that waits for review and one draft. The pictures are drawn here: no photograph of anybody.
func News(ctx context.Context, s Newsroom, all []centre.Centre, today clock.Day) error {
	defer s.Calendar.Release()
	if err := s.Desk.SetContact(ctx, s.Editor, publication.NewContact{Phone: "(031) 0000 000", Hours: "Senin–Jumat 08.00–16.00"}); err != nil {
		return err
	}
	byCode := map[string]centre.Centre{}
	for _, c := range all {
		byCode[c.Code] = c
	}
	for n := len(pieces) - 1; n >= 0; n-- {
		if err := s.write(ctx, pieces[n], byCode[pieces[n].at], today, n); err != nil {
			return fmt.Errorf("article %q: %w", pieces[n].title, err)
		}
	}
	return nil
}

func (s Newsroom) write(ctx context.Context, p piece, at centre.Centre, today clock.Day, n int) error {
	s.Calendar.hold(today.Add(-max(p.ago, 1)-2), n)
	a, err := s.Desk.Write(ctx, s.Author, publication.NewArticle{Centre: at.ID, Text: publication.Text{Title: p.title, Lead: p.lead, Body: p.body, Topic: p.topic, Names: p.topic == "story"}})
	if err != nil {
		return err
	}
	if p.image != "" {
		if a, err = s.Desk.AddImage(ctx, s.Author, a.ID, publication.NewImage{Alt: p.image, Caption: "Gambar contoh, digambar oleh program."}, drawing(n)); err != nil {
			return err
		}
	}
	if p.topic == "story" {
		given := today.Add(-p.ago - 5)
		if _, _, err := s.Desk.AddSubject(ctx, s.Author, a.ID, publication.NewSubject{Called: "Mbah Lastri", Child: "no", GivenBy: "self", Evidence: "Surat bertanda tangan, map publikasi (contoh)",
			GivenOn: given, Until: given.AddMonths(18), Channels: []string{"site", "print"}}); err != nil {
			return err
		}
	}
	if p.state == "draft" {
		return nil
	}
	if a, err = s.Desk.Submit(ctx, s.Author, a.ID, 0); err != nil || p.state == "review" {
		return err
	}
	if a, err = s.Desk.Approve(ctx, s.Editor, a.ID, 0, publication.Verdict{Person: true, Consent: true, Dignity: true, Data: true}); err != nil {
		return err
	}
	s.Calendar.hold(today.Add(-max(p.ago, 0)), n)
	plan := publication.Plan{}
	if p.ago < 0 {
		plan = publication.Plan{On: today.Add(-p.ago), Hour: "07.00"}
	}
	if a, err = s.Desk.Publish(ctx, s.Editor, a.ID, 0, plan); err != nil || p.state != "corrected" {
		return err
	}
	s.Calendar.hold(today.Add(-p.ago+2), n)
	_, err = s.Desk.Correct(ctx, s.Editor, a.ID, 0, publication.Correction{Title: p.title, Lead: p.lead, Body: p.body, Note: "Semula tertulis 12 pelatihan selesai; yang benar 21."})
	return err
}

// drawing is a picture made of plain shapes, another one for each number.
func drawing(n int) upload.File {
	const w, h = 1280, 720
	palette := []color.RGBA{{224, 241, 242, 255}, {92, 199, 206, 255}, {11, 92, 99, 255}, {255, 241, 214, 255}, {180, 83, 9, 255}}
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := palette[0]
			if y > 470 {
				c = palette[3]
			}
			step := (x + n*97) % w / 160
			if top := 520 - step*45; x > 120 && x < 1000 && y > top && y < 640 {
				c = palette[1+(step+n)%2]
			}
			if dx, dy := x-1080, y-230-20*n; dx*dx+dy*dy < 110*110 {
				c = palette[4]
			}
			m.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, m) // into memory: it cannot fail
	return upload.File{Name: "gambar.png", Says: "image/png", Is: "image/png", Body: b.Bytes()}
}
