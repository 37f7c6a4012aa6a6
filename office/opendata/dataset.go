package opendata

import (
	"slices"

	"tuntas/house/clock"
	"tuntas/house/text"
)

// Dataset is one table that the office opens: at most two dimensions, made of measures that the desks declare.
type Dataset struct {
	Key     string
	Family  string // tables that share totals: released together, protected together
	Name    string // its title
	Says    string // what it is, in a sentence
	Formula string // how each number comes about
	Source  string
	Legal   string // where an indicator has one
	Of      string // persons, reports or forms
	Rows    string // what its rows are: centre, sex, age, region, month, year, quarter, …
	Cols    string // what its columns are; "" has one
	Word    string // of a column that is the only one
	Part    string // the column that is a share of the column Whole; "" none
	Whole   string
	Map     bool
	Stock   bool // how many there are on the day of the release; else: of periods that are over
	Keyword []string
}

// The families of datasets.
const (
	residents    = "penghuni"
	arrivals     = "masuk"
	departures   = "keluar"
	cases        = "kasus"
	independence = "mandiri"
	basicNeeds   = "layanan"
	reports      = "laporan"
	satisfaction = "kepuasan"
)

// Families are all of them, in the order in which they are listed.
var Families = []string{residents, arrivals, departures, cases, independence, basicNeeds, reports, satisfaction}

var familyNames = map[string]text.Word{residents: "Penghuni panti", arrivals: "Masuk panti", departures: "Keluar panti", cases: "Kasus",
	independence: "Mandiri setelah pulang", basicNeeds: "Layanan kebutuhan dasar", reports: "Laporan masyarakat", satisfaction: "Kepuasan"}

const (
	stays = "Masa tinggal di asrama, dicatat panti setiap hari"
	files = "Berkas kasus di panti"
)

// Datasets is the fixed set: seventeen tables, of at most two dimensions each. A table that is added must share its totals by
// name with those that count the same, or somebody subtracts one from the other.
var Datasets = []Dataset{
	{Key: "penghuni-menurut-panti", Family: residents, Name: "Penghuni menurut panti dan jenis kelamin", Says: "Berapa orang tinggal di setiap panti, perempuan dan laki-laki.",
		Formula: "Orang yang masa tinggalnya belum berakhir pada hari rilis.", Source: stays, Of: "persons", Rows: "centre", Cols: "sex", Stock: true, Keyword: []string{"panti", "jenis kelamin"}},
	{Key: "penghuni-menurut-umur", Family: residents, Name: "Penghuni menurut umur", Says: "Berapa umur orang yang tinggal di panti.",
		Formula: "Orang yang masa tinggalnya belum berakhir pada hari rilis, menurut umur ketika datang.", Source: stays, Of: "persons", Rows: "age", Word: "Penghuni", Stock: true, Keyword: []string{"panti", "umur"}},
	{Key: "penghuni-menurut-asal", Family: residents, Name: "Penghuni menurut daerah asal", Says: "Dari kabupaten dan kota mana penghuni panti berasal.",
		Formula: "Orang yang masa tinggalnya belum berakhir pada hari rilis, menurut kabupaten/kota asal.", Source: stays, Legal: "Permensos 16/2019 Pasal 3 huruf f", Of: "persons", Rows: "region", Word: "Penghuni", Map: true, Stock: true, Keyword: []string{"panti", "kabupaten", "kota"}},
	{Key: "keterisian-panti", Family: residents, Name: "Keterisian panti", Says: "Berapa tempat dimiliki setiap panti, dan berapa yang terisi.",
		Formula: "Penghuni pada hari rilis dibagi jumlah tempat menurut daftar panti.", Source: stays, Of: "persons", Rows: "centre", Cols: "places", Part: "residents", Whole: "places", Stock: true, Keyword: []string{"panti", "kapasitas"}},
	{Key: "masuk-per-bulan", Family: arrivals, Name: "Masuk panti per bulan", Says: "Berapa orang mulai tinggal di panti setiap bulan.",
		Formula: "Masa tinggal yang dimulai dalam bulan itu; pindah ruang tidak dihitung.", Source: stays, Of: "persons", Rows: "month", Cols: "sex", Keyword: []string{"panti", "masuk"}},
	{Key: "masuk-menurut-panti", Family: arrivals, Name: "Masuk panti menurut panti", Says: "Berapa orang mulai tinggal di setiap panti dalam setahun.",
		Formula: "Masa tinggal yang dimulai dalam tahun itu.", Source: stays, Of: "persons", Rows: "centre", Cols: "year", Keyword: []string{"panti", "masuk"}},
	{Key: "masuk-menurut-asal", Family: arrivals, Name: "Masuk panti menurut daerah asal", Says: "Dari kabupaten dan kota mana orang masuk panti dalam setahun.",
		Formula: "Masa tinggal yang dimulai dalam tahun itu, menurut kabupaten/kota asal.", Source: stays, Of: "persons", Rows: "region", Cols: "year", Map: true, Keyword: []string{"panti", "kabupaten", "kota"}},
	{Key: "keluar-per-bulan", Family: departures, Name: "Keluar panti per bulan", Says: "Berapa orang selesai tinggal di panti setiap bulan.",
		Formula: "Masa tinggal yang berakhir dalam bulan itu; pindah ruang tidak dihitung.", Source: stays, Of: "persons", Rows: "month", Cols: "sex", Keyword: []string{"panti", "keluar"}},
	{Key: "keluar-menurut-umur", Family: departures, Name: "Keluar panti menurut umur", Says: "Berapa umur orang yang selesai tinggal di panti dalam setahun.",
		Formula: "Masa tinggal yang berakhir dalam tahun itu, menurut umur ketika datang.", Source: stays, Of: "persons", Rows: "age", Cols: "year", Keyword: []string{"panti", "umur"}},
	{Key: "kasus-dibuka", Family: cases, Name: "Kasus dibuka menurut jenis PPKS", Says: "Untuk siapa kasus baru dibuka dalam setahun.",
		Formula: "Kasus yang dibuka dalam tahun itu.", Source: files, Legal: "Permensos 16/2019 Pasal 7 ayat (1) huruf a", Of: "persons", Rows: "kind", Cols: "year", Keyword: []string{"PPKS", "kasus"}},
	{Key: "kasus-menurut-tahap", Family: cases, Name: "Kasus menurut tahap", Says: "Di tahap mana kasus yang sedang ditangani berada.",
		Formula: "Kasus yang pada hari rilis berada di tahap itu.", Source: files, Legal: "Permensos 16/2019 Pasal 7 ayat (1)", Of: "persons", Rows: "stage", Word: "Kasus", Stock: true, Keyword: []string{"kasus", "tahap"}},
	{Key: "selesai-menurut-alasan", Family: cases, Name: "Selesai dari panti menurut alasan", Says: "Mengapa orang selesai dari panti dalam setahun.",
		Formula: "Kasus dengan terminasi dalam tahun itu.", Source: files, Legal: "Permensos 16/2019 Pasal 7 ayat (1) huruf f", Of: "persons", Rows: "reason", Cols: "year", Keyword: []string{"kasus", "terminasi"}},
	{Key: "mandiri-setelah-pulang", Family: independence, Name: "Mandiri setelah pulang", Says: "Bagaimana keadaan orang 3, 6, dan 12 bulan setelah pulang, termasuk yang belum dapat ditemui.",
		Formula: "Kunjungan bimbingan lanjut yang jatuh tempo dalam tahun terakhir yang sudah lewat, menurut hasilnya.", Source: "Kunjungan bimbingan lanjut", Legal: "Permensos 16/2019 Pasal 7 ayat (1) huruf g", Of: "persons", Rows: "after", Cols: "state", Part: "independent", Whole: all, Keyword: []string{"mandiri", "bimbingan lanjut"}},
	{Key: "kebutuhan-dasar-terpenuhi", Family: basicNeeds, Name: "Kebutuhan dasar terpenuhi (SPM)", Says: "Untuk berapa orang di panti semua kebutuhan dasarnya terpenuhi dalam tahun terakhir yang sudah lewat.",
		Formula: "Orang yang semua kebutuhan dasarnya terpenuhi dalam tahun itu, dibagi orang yang berada di panti dalam tahun itu.", Source: "Layanan yang dicatat panti", Legal: "Permensos 9/2018", Of: "persons", Rows: "group", Cols: "met", Part: "met", Whole: all, Keyword: []string{"SPM", "kebutuhan dasar"}},
	{Key: "laporan-menurut-jenis", Family: reports, Name: "Laporan masyarakat menurut jenis", Says: "Tentang apa masyarakat melapor setiap triwulan.",
		Formula: "Laporan yang diterima dalam triwulan itu.", Source: "Laporan lewat situs ini dan petugas", Of: "reports", Rows: "category", Cols: "quarter", Keyword: []string{"laporan", "pengaduan"}},
	{Key: "laporan-dijawab", Family: reports, Name: "Laporan masyarakat yang dijawab", Says: "Berapa laporan dijawab sesuai janji setiap triwulan.",
		Formula: "Laporan yang pertama kali dijawab dalam triwulan itu, pada atau sesudah hari yang dijanjikan.", Source: "Laporan lewat situs ini dan petugas", Of: "reports", Rows: "quarter", Cols: "answer", Part: "in_time", Whole: all, Keyword: []string{"laporan", "jawaban"}},
	{Key: "kepuasan-masyarakat", Family: satisfaction, Name: "Indeks Kepuasan Masyarakat (IKM)", Says: "Seberapa puas penghuni dan keluarganya, dari sembilan unsur layanan.",
		Formula: "Rata-rata nilai sembilan unsur (1 sampai 4) dikali 25, dari semua formulir yang diisi dalam tahun itu.", Source: "Survei kepuasan di panti", Legal: "PermenPANRB 14/2017", Of: "forms", Rows: "year", Word: "Formulir", Keyword: []string{"IKM", "kepuasan"}},
}

// all is the row or column of a total.
const all = "*"

// DatasetOf finds a dataset by its key.
func DatasetOf(key string) (Dataset, bool) {
	i := slices.IndexFunc(Datasets, func(s Dataset) bool { return s.Key == key })
	if i < 0 {
		return Dataset{}, false
	}
	return Datasets[i], true
}

// Head is a row or a column.
type Head struct {
	Key  string `json:"key"`
	Name string `json:"name,omitempty"` // of an institution as it was called then; other names are looked up
}

// Number is one number of a table as it was released. N is nil where it is hidden: then Was is the last that was shown, of
// the release of WasOn.
type Number struct {
	N     *int64    `json:"n"`
	Mean  *int64    `json:"mean,omitempty"` // hundredths
	Was   *int64    `json:"was,omitempty"`
	WasOn clock.Day `json:"was_on,omitempty"`
}

// Table is a dataset as it was released. A total is the last row or column, with the key "*".
type Table struct {
	Rows  []Head     `json:"rows"`
	Cols  []Head     `json:"cols"`
	Cells [][]Number `json:"cells"`
}

// At gives a number by the keys of its row and column.
func (t Table) At(row, col string) (n Number, ok bool) {
	i := slices.IndexFunc(t.Rows, func(h Head) bool { return h.Key == row })
	j := slices.IndexFunc(t.Cols, func(h Head) bool { return h.Key == col })
	if i < 0 || j < 0 {
		return n, false
	}
	return t.Cells[i][j], true
}
