package access

import "tuntas/house/who"

// rightSays tells in plain words what a right allows; it follows "Boleh" and "Tidak boleh".
var rightSays = map[who.Right]string{
	who.SeePerson:      "membuka data diri penerima manfaat",
	who.EnterPerson:    "mendaftarkan orang baru",
	who.ChangePerson:   "mengubah data diri dan mencatat persetujuan",
	who.SeeRestricted:  "melihat orang yang aksesnya dibatasi",
	who.SeeIdentity:    "melihat NIK dan nomor lain secara utuh",
	who.SeeHealth:      "melihat catatan kesehatan",
	who.SeeCase:        "melihat kasus",
	who.OpenCase:       "membuka kasus baru",
	who.WorkCase:       "mengerjakan kasus: syarat, asesmen, rencana, terminasi, bimbingan lanjut",
	who.SignAssessment: "menandatangani asesmen, bila bersertifikat",
	who.ApproveCase:    "mengesahkan rencana dan mencatat surat keputusan",
	who.SeeNotes:       "membaca catatan kasus yang dirahasiakan",
	who.WaiveRule:      "memberi pengecualian yang tercatat tetap",
	who.GiveService:    "mencatat layanan",
	who.PrepareLetter:  "menyiapkan surat",
	who.IssueLetter:    "menerbitkan dan membatalkan surat UPT",
	who.SeeBeds:        "melihat tempat tidur",
	who.PlaceStay:      "memesan tempat tidur dan menempatkan orang",
	who.ManageBeds:     "mengatur wisma, kamar, dan tempat tidur",
	who.SeeCentre:      "melihat UPT dan pegawainya",
	who.ManageCentre:   "mengubah data UPT dan pegawainya",
	who.SeeFigures:     "melihat angka kinerja",
	who.SeeRecords:     "membuka daftar orang di balik angka",
	who.Import:         "memasukkan daftar dari berkas",
	who.Export:         "mengekspor daftar",
	who.ManageUsers:    "mengatur akun dan peran",
	who.SeeSystem:      "melihat keadaan sistem",
	who.SeeTrail:       "membaca buku akses",
	who.OpenEmergency:  "membuka berkas orang di luar wewenangnya dalam keadaan darurat, hanya membaca",
	who.ReviewOpening:  "menelaah akses darurat",
	who.SendReferral:   "mengirim rujukan ke lembaga lain",
	who.ManageAgency:   "mengatur direktori lembaga, layanan, dan tautannya",

	who.ManageStandards: "memasukkan standar dan membuka putaran penilaian mandiri",
	who.AssessStandards: "mengisi dan mengajukan penilaian mandiri UPT",
	who.VerifyStandards: "memverifikasi penilaian mandiri UPT",

	who.ProposeNeed:    "melaporkan masalah UPT dan mengusulkan kebutuhannya",
	who.DecideNeed:     "menelaah, menyetujui, dan menganggarkan kebutuhan UPT",
	who.RunAction:      "mencatat tindak lanjut, melaporkan, dan menundanya",
	who.HoldMeeting:    "menyelenggarakan rapat koordinasi dan menetapkan keputusan",
	who.DevelopStaff:   "mengatur pelatihan pegawai dan hasilnya",
	who.KeepFigures:    "merancang indikator kantor dan menetapkan target",
	who.OpenFigures:    "merilis angka terbuka dan mengatur ambangnya",
	who.CloseMonth:     "menutup bulan UPT dengan angka yang dilaporkan dan mencatat survei kepuasan",
	who.SignAgreement:  "menandatangani perjanjian kinerja",
	who.SeeReport:      "membaca laporan masyarakat",
	who.HandleReport:   "memeriksa, meneruskan, dan menjawab laporan masyarakat",
	who.SeeSealed:      "membaca laporan tentang kekerasan di panti",
	who.KeepSPM:        "mengisi data, barang yang tersedia, langkah, dan laporan SPM",
	who.SeePotential:   "membaca potensi masyarakat, tawaran, dan permintaan bantuan",
	who.WritePotential: "mencatat potensi masyarakat, meminta bantuan, dan mencatat janji",

	who.Moderate:    "memeriksa komentar pembaca sebelum tayang, menolak, dan menjawabnya",
	who.WriteNews:   "menulis artikel situs publik dan menariknya",
	who.PublishNews: "menelaah, menyetujui, dan menayangkan artikel",
}

// May lists what the role allows, in the order of the rights.
func (r Role) May() []string { return r.say(true) }

// MayNot lists what it does not.
func (r Role) MayNot() []string { return r.say(false) }

func (r Role) say(may bool) []string {
	held := r.rights()
	var all []string
	for _, right := range who.AllRights {
		if held[right] == may {
			all = append(all, rightSays[right])
		}
	}
	return all
}

// NeedsSecond tells whether the role sees casework of the whole province, or manages the accounts: then a
// password alone is too little.
func (r Role) NeedsSecond() bool {
	held := r.rights()
	return r.Province && (held[who.SeeCase] || held[who.ManageUsers])
}
