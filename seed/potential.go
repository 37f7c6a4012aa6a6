package seed

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/upload"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/needs"
	"tuntas/office/person"
	"tuntas/office/potential"
)

// Mobilising is what the sample needs to play what the community gives.
type Mobilising struct {
	Desk                   *potential.Desk
	Persons                *person.Desk
	Needs                  *needs.Desk
	Calendar               *Calendar
	Province, Head, Worker who.Asker
	Centre                 id.ID // of the head and the worker
}

// source is one invented potential with what it offers; quantity 0 offers nothing yet.
type source struct {
	kind, name, region string
	skills, goods      string
	days, from, to     string
	cleared            int // days from today until which a clearance holds; 0 has none
	offer, what        string
	quantity           int64
	unit, reach        string
	until              int // days from today
	supervisor         string
}

// All of it is invented.
var givers = []source{
	{kind: "dunia_usaha", name: "Bengkel Dingin Sejuk", region: "35.09", skills: "servis AC, kelistrikan", days: "1,3", from: "08.00", to: "12.00", offer: "skill", what: "Magang servis AC", quantity: 6, unit: "orang", reach: "near", until: 60},
	{kind: "dunia_usaha", name: "Konveksi Melati Jaya", region: "35.09", skills: "menjahit, bordir", goods: "mesin jahit", days: "2,4", from: "08.00", to: "11.00", cleared: 300, supervisor: "Kepala seksi pelayanan", offer: "skill", what: "Pelatih menjahit", quantity: 10, unit: "orang", reach: "near", until: 80},
	{kind: "dunia_usaha", name: "Toko Sehat Bersama", region: "35.78", goods: "kursi roda, tongkat", offer: "goods", what: "Kursi roda", quantity: 12, unit: "buah", reach: "province", until: 45},
	{kind: "lks", name: "Yayasan Pelita Senja", region: "35.10", skills: "pijat lansia", goods: "kasur, selimut", offer: "goods", what: "Selimut tebal", quantity: 40, unit: "lembar", reach: "near", until: 5},
	{kind: "lks", name: "Yayasan Rumah Kawan", region: "35.73", goods: "beras, sembako", offer: "goods", what: "Beras", quantity: 200, unit: "kg", reach: "province", until: 30},
	{kind: "karang_taruna", name: "Karang Taruna Tunas Desa", region: "35.09", skills: "senam, musik", days: "6,7", from: "07.00", to: "10.00", cleared: 20, supervisor: "Instruktur panti", offer: "time", what: "Mendampingi senam pagi", quantity: 24, unit: "jam", reach: "district", until: 90},
	{kind: "karang_taruna", name: "Karang Taruna Muda Karya", region: "35.78", skills: "mengajar komputer", days: "6", from: "09.00", to: "12.00", cleared: -10, supervisor: "Pekerja sosial", offer: "time", what: "Mengajar komputer", quantity: 30, unit: "jam", reach: "district", until: 70},
	{kind: "psm", name: "Bu Rahmawati", region: "35.09", skills: "memasak, membuat kue", days: "3", from: "08.00", to: "11.00", cleared: 200, supervisor: "Bu Ratna", offer: "skill", what: "Kelas membuat kue", quantity: 15, unit: "orang", reach: "district", until: 50},
	{kind: "psm", name: "Pak Sunaryo", region: "35.07", skills: "bertani, beternak lele", offer: "skill", what: "Pelatih budidaya lele", quantity: 8, unit: "orang", reach: "near", until: 40},
	{kind: "tksk", name: "TKSK Kecamatan Sumbersari", region: "35.09", skills: "pendampingan keluarga", offer: "time", what: "Mengantar kunjungan rumah", quantity: 20, unit: "jam", reach: "district", until: 100},
	{kind: "tagana", name: "Tagana Kabupaten Jember", region: "35.09", skills: "pertolongan pertama", goods: "tenda", offer: "goods", what: "Tenda keluarga", quantity: 4, unit: "buah", reach: "near", until: 120},
	{kind: "wpks", name: "Bu Endang Lestari", region: "35.15", skills: "membatik", cleared: 150, supervisor: "Instruktur panti", offer: "skill", what: "Pelatih membatik", quantity: 12, unit: "orang", reach: "near", until: 60},
	{kind: "lk3", name: "LK3 Harapan Keluarga", region: "35.78", skills: "konseling keluarga", days: "1,2,3,4,5", from: "13.00", to: "15.00", offer: "time", what: "Konseling keluarga", quantity: 40, unit: "jam", reach: "near", until: 90},
	{kind: "dunia_usaha", name: "Hotel Graha Asri", region: "35.73", skills: "tata graha", offer: "job", what: "Lowongan tata graha", quantity: 3, unit: "orang", reach: "near", until: 25},
	{kind: "dunia_usaha", name: "Pabrik Roti Gandum Emas", region: "35.07", offer: "job", what: "Lowongan pengemasan roti", quantity: 5, unit: "orang", reach: "near", until: 35},
	{kind: "dunia_usaha", name: "Gedung Serba Guna Arjuna", region: "35.09", offer: "place", what: "Aula untuk pameran karya", quantity: 2, unit: "hari", reach: "near", until: 75},
	{kind: "lks", name: "Panti Baca Cendekia", region: "35.10", goods: "buku bacaan", offer: "goods", what: "Buku bacaan besar huruf", quantity: 60, unit: "buah", reach: "province", until: 65},
	{kind: "wksbm", name: "WKSBM Rukun Sentosa", region: "35.09", skills: "kunjungan tetangga", offer: "time", what: "Teman bercakap untuk penghuni", quantity: 16, unit: "jam", reach: "district", until: -4},
	{kind: "keluarga_pioner", name: "Keluarga Pak Harsono", region: "35.06", offer: "place", what: "Kamar singgah keluarga", quantity: 2, unit: "kamar", reach: "near", until: 90},
	{kind: "penyuluh_sosial", name: "Pak Edi Prasetyo", region: "35.17", skills: "penyuluhan", offer: "skill", what: "Penyuluhan kelola uang", quantity: 30, unit: "orang", reach: "province", until: 85},
	{kind: "peksos_profesional", name: "Bu Dian Anggraini", region: "35.78", skills: "supervisi kasus"},
	{kind: "psm", name: "Pak Imam Basuki", region: "35.12", skills: "pangkas rambut"},
	{kind: "psm", name: "Bu Tutik Handayani", region: "35.14", skills: "merajut"},
	{kind: "tksk", name: "TKSK Kecamatan Lowokwaru", region: "35.73", skills: "pendampingan keluarga"},
	{kind: "tagana", name: "Tagana Kota Malang", region: "35.73", skills: "dapur umum"},
	{kind: "karang_taruna", name: "Karang Taruna Bahari", region: "35.13", skills: "perahu, memancing"},
	{kind: "lks", name: "LKS Kasih Ibu", region: "35.25", skills: "perawatan lansia"},
	{kind: "dunia_usaha", name: "Apotek Waras Sentosa", region: "35.22", goods: "popok dewasa"},
	{kind: "dunia_usaha", name: "Percetakan Aksara", region: "35.74", skills: "cetak braille"},
	{kind: "wpks", name: "Bu Maryam", region: "35.29", skills: "menganyam"},
	{kind: "lk3", name: "LK3 Bina Kasih", region: "35.71", skills: "konseling remaja"},
}

// call is one invented request.
type call struct {
	at, kind, what string // at: code of the institution; "" is that of the head
	quantity       int64
	unit           string
	in             int // days from today until which it is needed
	public         bool
	details        string
	days           string
}

var calls = []call{
	{"", "goods", "Kursi roda", 8, "buah", 20, true, "Untuk penghuni yang sulit berjalan. Kursi bekas yang masih kuat juga berguna.", ""},
	{"", "skill", "Pelatih menjahit", 12, "orang", 30, true, "Kelas pagi di ruang keterampilan; mesin sudah ada.", "2,4"},
	{"", "goods", "Selimut tebal", 30, "lembar", 14, true, "Menjelang musim hujan.", ""},
	{"", "time", "Teman bercakap untuk penghuni", 20, "jam", 25, true, "Satu atau dua jam setiap kunjungan.", "6,7"},
	{"", "skill", "Kelas membuat kue", 10, "orang", 28, false, "Untuk penghuni yang ingin berjualan.", "3"},
	{"", "place", "Aula untuk pameran karya", 1, "hari", 40, true, "Pameran hasil kelas keterampilan.", ""},
	{"", "goods", "Buku bacaan besar huruf", 25, "buah", 35, true, "Untuk ruang baca lansia.", ""},
	{"rsbk-pasuruan", "skill", "Pelatih servis AC", 6, "orang", 45, true, "Kelas tiga bulan, alat tersedia.", "1,3"},
	{"rsbk-pasuruan", "job", "Lowongan pengemasan roti", 4, "orang", 30, true, "Bagi lulusan kelas keterampilan.", ""},
	{"ppsab-sidoarjo", "time", "Mengajar komputer", 20, "jam", 30, true, "Untuk anak usia sekolah, sore hari.", "6"},
	{"ppsab-sidoarjo", "goods", "Tas sekolah", 25, "buah", 21, true, "Untuk tahun ajaran baru.", ""},
	{"rsbn-malang", "goods", "Kertas braille", 20, "rim", 18, true, "Untuk kelas membaca.", ""},
	{"rsbn-malang", "job", "Lowongan tata graha", 2, "orang", 20, false, "", ""},
	{"pstw-magetan", "goods", "Popok dewasa", 300, "lembar", 12, true, "Kami terima semua ukuran.", ""},
	{"pstw-magetan", "time", "Mendampingi senam pagi", 12, "jam", 22, true, "Setiap Sabtu pagi di halaman panti.", "6"},
	{"pstw-magetan", "goods", "Beras", 100, "kg", 15, true, "", ""},
	{"rsbn-malang", "skill", "Pelatih membatik", 8, "orang", 33, true, "Untuk kelas karya.", ""},
	{"rsbk-pasuruan", "place", "Ruang praktik las", 10, "hari", 50, true, "Dekat panti lebih baik.", ""},
}

// Mobilise plays the register, the offers and requests, promises in every state, letters of the public and works of
// residents.
func Mobilise(ctx context.Context, s Mobilising, all []centre.Centre, today clock.Day) error {
	defer s.Calendar.Release()
	offers, err := s.register(ctx, today)
	if err != nil {
		return err
	}
	at := map[string]id.ID{}
	for _, c := range all {
		at[c.Code] = c.ID
	}
	asked, err := s.ask(ctx, at, today)
	if err != nil {
		return err
	}
	if err := s.promise(ctx, offers, asked, today); err != nil {
		return err
	}
	if err := s.write(ctx, asked, today); err != nil {
		return err
	}
	return s.show(ctx, today)
}

func (s Mobilising) register(ctx context.Context, today clock.Day) (offers map[string]potential.Offer, err error) {
	offers = map[string]potential.Offer{}
	for n, one := range givers {
		s.Calendar.hold(today.Add(-70+n), n)
		in := potential.NewPotential{Kind: one.kind, Name: one.name + " (contoh)", Region: one.region, Contact: "Petugas contoh", Phone: fmt.Sprintf("0812 0000 %04d", n+1), Skills: one.skills,
			Goods: one.goods, From: one.from, To: one.to, Supervisor: one.supervisor, Capacity: one.quantity}
		for _, d := range one.days {
			if d != ',' {
				in.Days = append(in.Days, string(d))
			}
		}
		if one.cleared != 0 {
			in.Clearance, in.ClearanceNo, in.ClearanceBy, in.ClearanceUntil = "skck", fmt.Sprintf("CONTOH/%d", n+1), "Kepolisian setempat (contoh)", today.Add(one.cleared)
		}
		p, err := s.Desk.Enter(ctx, s.Province, in)
		if err != nil {
			return nil, fmt.Errorf("potential %d: %w", n, err)
		}
		if one.quantity == 0 {
			continue
		}
		o, err := s.Desk.Offer(ctx, s.Province, p.ID, potential.NewOffer{Kind: one.offer, What: one.what, Quantity: one.quantity, Unit: one.unit, Reach: one.reach, Until: today.Add(one.until)})
		if err != nil {
			return nil, fmt.Errorf("offer %d: %w", n, err)
		}
		offers[one.what] = o
	}
	return offers, nil
}

func (s Mobilising) ask(ctx context.Context, at map[string]id.ID, today clock.Day) (asked map[string]potential.Request, err error) {
	asked = map[string]potential.Request{}
	for n, one := range calls {
		s.Calendar.hold(today.Add(-30+n), n)
		by, place := s.Province, at[one.at]
		if one.at == "" {
			by, place = s.Worker, s.Centre
		}
		if place == 0 { // a small sample has fewer institutions
			continue
		}
		in := potential.NewRequest{Centre: place, Kind: one.kind, What: one.what, Quantity: one.quantity, Unit: one.unit, NeededOn: today.Add(one.in), Public: one.public, Details: one.details}
		for _, d := range one.days {
			if d != ',' {
				in.Days = append(in.Days, string(d))
			}
		}
		r, err := s.Desk.Ask(ctx, by, in)
		if err != nil {
			return nil, fmt.Errorf("request %d: %w", n, err)
		}
		if _, there := asked[one.what]; !there {
			asked[one.what] = r
		}
	}
	s.Calendar.hold(today.Add(-3), 1)
	wishes, err := s.Needs.List(ctx, s.Head, needs.Filter{Centre: s.Centre}, 0, 1)
	if err != nil || len(wishes) == 0 {
		return asked, err
	}
	_, err = s.Desk.Ask(ctx, s.Head, potential.NewRequest{Need: wishes[0].ID, Kind: potential.Goods, What: wishes[0].Name, Quantity: max(1, wishes[0].Quantity), Unit: wishes[0].Unit,
		NeededOn: today.Add(60), Public: true})
	return asked, err
}

// promise plays promises in every state; some are late, and one was sent back.
func (s Mobilising) promise(ctx context.Context, offers map[string]potential.Offer, asked map[string]potential.Request, today clock.Day) error {
	for n, one := range []struct {
		offer, request string
		quantity       int64
		ago, due       int // days before today, days from today
		end            string
	}{
		{"Kursi roda", "Kursi roda", 3, 20, -6, "thanked"},
		{"Kursi roda", "Kursi roda", 2, 9, 4, ""},
		{"Selimut tebal", "Selimut tebal", 20, 15, -3, ""},
		{"Aula untuk pameran karya", "Aula untuk pameran karya", 1, 8, 3, ""},
		{"Buku bacaan besar huruf", "Buku bacaan besar huruf", 15, 18, -8, "used"},
		{"Buku bacaan besar huruf", "Buku bacaan besar huruf", 5, 10, -2, "late"},
		{"Pelatih menjahit", "Pelatih menjahit", 8, 12, 6, ""},
		{"Kelas membuat kue", "Kelas membuat kue", 10, 11, -4, "delivered"},
		{"Beras", "Beras", 60, 14, -5, "thanked"},
		{"Beras", "Beras", 20, 9, -1, "withdrawn"},
		{"Lowongan pengemasan roti", "Lowongan pengemasan roti", 2, 13, 10, ""},
		{"Lowongan tata graha", "Lowongan tata graha", 1, 12, -3, "refused"},
		{"Pelatih membatik", "Pelatih membatik", 8, 6, 9, ""},
	} {
		o, offered := offers[one.offer]
		r, there := asked[one.request]
		if !offered || !there {
			continue
		}
		by := s.Province
		if r.Centre == s.Centre {
			by = s.Worker
		}
		s.Calendar.hold(today.Add(-min(one.ago, 8)), n)
		if one.due < -6 {
			s.Calendar.hold(today.Add(one.due-1), n)
		}
		p, err := s.Desk.Promise(ctx, by, r.ID, potential.NewPromise{Offer: o.ID, Quantity: one.quantity, DueOn: today.Add(one.due), Supervisor: "Kepala seksi pelayanan (contoh)"})
		if err != nil {
			return fmt.Errorf("promise %d: %w", n, err)
		}
		if err := s.follow(ctx, by, p, one.end, today.Add(one.due)); err != nil {
			return fmt.Errorf("promise %d: %w", n, err)
		}
	}
	return nil
}

func (s Mobilising) follow(ctx context.Context, by who.Asker, p potential.Promise, end string, due clock.Day) error {
	if end == "" {
		return nil
	}
	on := due
	if end == "late" {
		on = due.Add(1)
	}
	s.Calendar.hold(on, 60)
	if end == potential.Withdrawn || end == potential.Refused {
		_, err := s.Desk.End(ctx, by, p.ID, 0, potential.Ending{To: end, Reason: map[string]string{potential.Withdrawn: "Stok habis (contoh).", potential.Refused: "Jaraknya terlalu jauh bagi penghuni (contoh)."}[end]})
		return err
	}
	if _, err := s.Desk.Deliver(ctx, by, p.ID, 0, potential.Delivery{On: on, Quantity: p.Quantity, Note: "Diterima di ruang serba guna (contoh)."}, drawn()); err != nil || end == potential.Delivered || end == "late" {
		return err
	}
	s.Calendar.hold(on, 90)
	if _, err := s.Desk.Use(ctx, by, p.ID, 0, potential.Use{Used: p.Quantity, Result: "Dipakai sejak hari itu (contoh)."}); err != nil || end == potential.Used {
		return err
	}
	s.Calendar.hold(on.Add(1), 30)
	_, err := s.Desk.Thank(ctx, by, p.ID, 0, potential.Thanks{Text: "Surat dari kepala panti (contoh)."})
	return err
}

// drawn is the evidence of the sample: a drawing, no photograph of anybody.
func drawn() *upload.File {
	m := image.NewRGBA(image.Rect(0, 0, 320, 200))
	for y := range 200 {
		for x := range 320 {
			c := color.RGBA{224, 241, 242, 255}
			if x > 80 && x < 240 && y > 70 && y < 160 {
				c = color.RGBA{11, 92, 99, 255}
			}
			m.Set(x, y, c)
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, m) // into memory
	return &upload.File{Name: "bukti.png", Is: "image/png", Body: b.Bytes()}
}

// write sends letters as people without an account do; one is accepted, one declined.
func (s Mobilising) write(ctx context.Context, asked map[string]potential.Request, today clock.Day) error {
	for n, one := range []potential.Giving{
		{Request: asked["Kursi roda"].ID, Kind: potential.Goods, What: "Satu kursi roda bekas", Quantity: 1, Unit: "buah", Region: "35.09", Times: "Bisa diambil kapan saja", Name: "Bu Wahyuni (contoh)", Phone: "0812 0000 9001"},
		{Kind: potential.Skill, What: "Mengajar melukis", Quantity: 10, Unit: "jam", Region: "35.78", Times: "Sabtu pagi", Name: "Sanggar Warna (contoh)", Email: "sanggar@contoh.example"},
		{Kind: potential.Goods, What: "Pakaian layak pakai", Quantity: 30, Unit: "helai", Region: "35.15", Name: "Pak Joni (contoh)", Phone: "0812 0000 9003"},
		{Kind: potential.Time, What: "Menemani kegiatan sore", Quantity: 8, Unit: "jam", Region: "35.09", Times: "Minggu sore", Name: "Mahasiswa contoh", Phone: "0812 0000 9004"},
	} {
		s.Calendar.hold(today.Add(-4+n), 120)
		stamp, err := s.Desk.Stamp(ctx)
		if err != nil {
			return err
		}
		s.Calendar.pass(time.Minute)
		one.Stamp = stamp
		if err := s.Desk.Give(ctx, fmt.Sprintf("198.51.100.%d", 200+n), one); err != nil {
			return fmt.Errorf("letter %d: %w", n, err)
		}
	}
	s.Calendar.hold(today, 5)
	all, _, err := s.Desk.Letters(ctx, s.Province, "", 0, 10)
	if err != nil || len(all) < 3 {
		return err
	}
	if _, err := s.Desk.Accept(ctx, s.Province, all[1].ID, 0, potential.Verified{Kind: "psm", What: all[1].What, Quantity: all[1].Quantity, Unit: all[1].Unit, Reach: potential.ReachNear}); err != nil {
		return err
	}
	_, err = s.Desk.Decline(ctx, s.Province, all[2].ID, 0, potential.Closing{Reason: "Gudang pakaian panti penuh (contoh)."})
	return err
}

// show offers what residents can do or make; one consent is withdrawn again.
func (s Mobilising) show(ctx context.Context, today clock.Day) error {
	hits, _, err := s.Persons.Search(ctx, s.Worker, person.Query{Limit: 40})
	if err != nil {
		return err
	}
	works := []potential.NewWork{
		{Kind: "product", Title: "Keset dari kain perca", Text: "Ukuran 40 kali 60 cm, warna campuran.", Price: "Rp25.000 sebuah"},
		{Kind: "product", Title: "Keranjang anyaman pandan", Text: "Dipesan tiga hari sebelumnya.", Price: "Rp40.000 sebuah"},
		{Kind: "skill", Title: "Menjahit pakaian sederhana", Text: "Lulusan kelas tiga bulan, mencari tempat kerja.", Price: "upah harian setempat"},
		{Kind: "skill", Title: "Merawat kebun sayur", Text: "Berpengalaman merawat dua belas bedeng.", Price: "dapat dirundingkan"},
		{Kind: "product", Title: "Kue kering", Text: "Dibuat setiap Rabu.", Price: "Rp30.000 sekaleng"},
	}
	n := 0
	for _, h := range hits {
		if n == len(works) {
			break
		}
		s.Calendar.hold(today.Add(-12+n), 200)
		p, err := s.Persons.Look(ctx, s.Worker, h.ID)
		if err != nil || p.Restricted || p.DeceasedOn != "" {
			continue
		}
		if _, oldest, ok := p.Birth.Age(today); !ok || oldest < 18 {
			continue
		}
		c, err := s.Persons.GiveConsent(ctx, s.Worker, h.ID, person.Consent{Purpose: potential.Purpose, GivenOn: today.Add(-12 + n), GivenBy: "self", Form: "written", Evidence: "Map contoh", ExpiresOn: today.Add(200)})
		if err != nil {
			return err
		}
		w := works[n]
		w.Consent, w.Contact, w.Until = c.ID, "0331 000 000 (contoh)", today.Add(120)
		if _, err := s.Desk.ShowWork(ctx, s.Worker, h.ID, s.Centre, w); err != nil {
			continue // a name that stands in the title
		}
		if n == len(works)-1 {
			s.Calendar.hold(today, 10)
			if err := s.Persons.WithdrawConsent(ctx, s.Worker, h.ID, c.ID, "Orangnya sendiri (contoh)"); err != nil {
				return err
			}
		}
		n++
	}
	return nil
}
