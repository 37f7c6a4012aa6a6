package front

import (
	"strings"

	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/person"
)

// searchPage is one box for people, institutions and what can be done (Ctrl+K).
type searchPage struct {
	Q       string
	Persons []person.Hit
	Centres []centre.Centre
	Places  []place
}

// place is a page that can be found by the words people use for it.
type place struct {
	Path, Name string
	Words      string // in both languages, beside the name
	Right      who.Right
}

var places = []place{
	{"/today", "Beranda", "home today hari ini kerja", who.SignedIn},
	{"/persons/new", "Daftarkan orang baru", "register terima klien masuk person new", who.EnterPerson},
	{"/persons", "Penerima Manfaat", "persons orang klien pm cari", who.SeePerson},
	{"/cases", "Kasus", "cases daftar", who.SeeCase},
	{"/cases?late=true", "Kasus terlambat", "late deadline tenggat", who.SeeCase},
	{"/cases?waiting=plan", "Rencana menunggu pengesahan", "plan approve sahkan", who.ApproveCase},
	{"/aftercare", "Bimbingan lanjut", "aftercare visits kunjungan", who.SeeCase},
	{"/centres", "Semua UPT", "centres panti balai upt tempat tidur beds", who.SeeCentre},
	{"/competence", "Petugas dan pelatihan", "staff petugas sertifikat certificates pos kompetensi", who.SeeCentre},
	{"/trainings", "Pelatihan", "training diklat kursus bimtek", who.SeeCentre},
	{"/province", "Provinsi", "province figures angka kinerja monitoring", who.SeeFigures},
	{"/outcome", "Hasil setelah keluar", "outcome mandiri bertahan eks klien survival kaplan alumni kembali", who.SeeFigures},
	{"/performance", "Kinerja", "performance sakip pohon kinerja cascade kemiskinan iku renstra target", who.SeeFigures},
	{"/performance-report", "LKjIP", "lkjip lakip laporan kinerja report accountability", who.SeeFigures},
	{"/performance-agreements", "Perjanjian kinerja", "perjanjian kinerja agreement pk", who.SeeFigures},
	{"/satisfaction", "Survei kepuasan", "IKM kepuasan masyarakat satisfaction survey", who.SeeFigures},
	{"/open-figures", "Angka terbuka", "data terbuka rilis ambang open figures release opendata", who.SeeFigures},
	{"/public-reports", "Laporan masyarakat", "laporan warga lapor pengaduan aduan sp4n reports complaints", who.SeeReport},
	{"/balance", "Neraca bulanan", "monthly balance masuk keluar laporan", who.SeeFigures},
	{"/needs", "Kebutuhan UPT", "needs kebutuhan usulan anggaran prioritas budget rka", who.SeeCentre},
	{"/action-plans", "Rencana aksi", "plan pagu ceiling rencana revitalisasi budget", who.SeeCentre},
	{"/needs/map", "Peta masalah dan kebutuhan", "map heat peta kebutuhan standar celah gap", who.SeeRecords},
	{"/news", "Publikasi", "news berita artikel humas publikasi situs website", who.WriteNews},
	{"/news/new", "Tulis artikel", "news berita artikel tulis new write", who.WriteNews},
	{"/comments", "Komentar", "komentar pembaca moderasi comments moderation tanggapan", who.Moderate},
	{"/import", "Impor", "import register daftar unggah upload", who.Import},
	{"/export", "Ekspor daftar", "export unduh download xlsx csv", who.Export},
	{"/users", "Pengguna", "users accounts akun peran roles", who.ManageUsers},
	{"/ledger", "Buku akses", "ledger access who saw siapa melihat", who.SeeTrail},
	{"/emergency-access", "Akses darurat", "emergency break glass darurat buka berkas", who.OpenEmergency},
	{"/emergency-reviews", "Telaah akses darurat", "emergency review break glass telaah", who.ReviewOpening},
	{"/roles", "Peran", "roles rights hak coba sebagai peran", who.ManageUsers},
	{"/notices", "Pemberitahuan", "notices bell kabar", who.SignedIn},
	{"/profile", "Profil saya", "profile password kata sandi tampilan faktor kedua", who.SignedIn},
	{"/system", "Kesehatan sistem", "system health sistem", who.SeeSystem},
	{"/help", "Bantuan", "help bantuan tahap", who.Anyone},
}

const mostFound = 8

func (d *Desk) getSearch(r *web.Request) (web.Answer, error) {
	var in struct {
		Q string `query:"q" maxLength:"80"`
	}
	if err := r.Filter(&in); err != nil {
		return nil, err
	}
	p := searchPage{Q: strings.TrimSpace(in.Q)}
	p.Places = placesFor(r.By, r.Lang, p.Q)
	if p.Q == "" {
		return r.Page("front/search.html", p)
	}
	if r.By.May(who.SeePerson) {
		hits, _, err := d.Persons.Search(r.Context(), r.By, person.Query{Q: p.Q, Limit: mostFound})
		if err != nil {
			return nil, err
		}
		p.Persons = hits
	}
	if r.By.May(who.SeeCentre) {
		all, err := d.Centres.List(r.Context(), r.By)
		if err != nil {
			return nil, err
		}
		for _, c := range all {
			if len(p.Centres) < mostFound && says(c.Name+" "+c.Code, p.Q) {
				p.Centres = append(p.Centres, c)
			}
		}
	}
	return r.Page("front/search.html", p)
}

// placesFor gives the pages an asker may open that answer to some words; all of them for none.
func placesFor(by who.Asker, lang text.Lang, q string) []place {
	var all []place
	for _, one := range places {
		one.Name = text.T(lang, one.Name)
		if (one.Right == who.Anyone || by.May(one.Right)) && says(one.Name+" "+one.Words, q) {
			all = append(all, one)
		}
	}
	return all
}

// says tells whether each word asked for begins a word of the text.
func says(in, q string) bool {
	words := strings.Fields(strings.ToLower(in))
	for _, asked := range strings.Fields(strings.ToLower(q)) {
		found := false
		for _, w := range words {
			found = found || strings.HasPrefix(w, asked)
		}
		if !found {
			return false
		}
	}
	return true
}

func (d *Desk) getHelp(r *web.Request) (web.Answer, error) {
	return r.Page("front/help.html", nil)
}
