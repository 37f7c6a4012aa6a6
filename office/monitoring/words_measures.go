package monitoring

import "tuntas/house/text"

// measureWords say what a measure counts, for whoever writes a formula. The names of its values stand where the figures do.
var measureWords = map[string]text.Word{
	"stay": "orang di asrama pada akhir masa, menurut jenis kelamin", "stay.in": "orang yang masuk panti, menurut jenis kelamin", "stay.out": "orang yang keluar panti, menurut jenis kelamin",
	"stay.age": "orang di asrama, menurut kelompok umur", "stay.in.age": "orang yang masuk, menurut kelompok umur", "stay.out.age": "orang yang keluar, menurut kelompok umur",
	"stay.region": "orang di asrama, menurut daerah asal", "stay.in.region": "orang yang masuk, menurut daerah asal", "stay.out.region": "orang yang keluar, menurut daerah asal",
	"case.stage": "kasus yang terbuka pada akhir masa, menurut tahap", "case.opened": "kasus yang dibuka, menurut jenis PPKS", "case.due": "tenggat tahap kasus yang terbuka, menurut tahap",
	"case.reached":  "tahap yang dicapai kasus, pada hari kasusnya dibuka",
	"case.returned": "kasus orang yang kembali ke layanan, menurut jenis PPKS", "case.region": "kasus yang terbuka pada akhir masa, menurut daerah asal",
	"case.terminated": "layanan dalam panti yang berakhir, menurut alasan", "case.outcome": "layanan yang berakhir, menurut keadaan saat berakhir", "case.closed": "kasus yang ditutup, menurut hasil",
	"aftercare.1": "kunjungan bulan ke-1 yang jatuh tempo, menurut keadaan", "aftercare.3": "kunjungan bulan ke-3 yang jatuh tempo, menurut keadaan",
	"aftercare.6": "kunjungan bulan ke-6 yang jatuh tempo, menurut keadaan", "aftercare.12": "kunjungan bulan ke-12 yang jatuh tempo, menurut keadaan",
	"staff": "pegawai pada akhir masa, menurut jenis", "staff.certified": "pegawai bersertifikat pada akhir masa, menurut jenis",
	"stage.timely": "tahap asesmen dan perencanaan yang selesai, menurut tepat waktu atau terlambat", "outcome": "layanan yang berakhir, menurut bulan terakhir yang diketahui dan keadaannya",
	"case.rise": "layanan yang berakhir, menurut naik atau turunnya ranah kemandirian terendah", "case.decile": "layanan yang berakhir, menurut naik atau turunnya desil DTSEN",
	"gain.decile": "layanan yang berakhir, menurut desil DTSEN yang diketahui pertama dan terakhir", "gain.income": "layanan yang berakhir, menurut penghasilan yang diketahui pertama dan terakhir",
	"gain.work": "layanan yang berakhir, menurut pekerjaan yang diketahui pertama dan terakhir",
	"gain.head": "layanan yang berakhir, menurut naik atau turunnya pendapatan per orang di rumah tangganya", "gain.aid": "layanan yang berakhir, menurut bantuan bagi rumah tangganya, semula dan terakhir",
	"skill.due": "orang yang genap setahun keluar, menurut keterampilan dan alatnya", "skill.held": "orang yang genap setahun keluar dan masih mandiri, menurut keterampilan dan alatnya",
	"skill.fallen": "orang yang genap setahun keluar dan tidak lagi mandiri, menurut keterampilan dan alatnya",
	"case.back":    "layanan yang berakhir dan orangnya kembali", "case.worker": "kasus yang terbuka pada akhir masa, menurut petugas", "stay.ward": "orang di asrama pada akhir masa, menurut wisma",
	"case.papers": "kasus yang dibuka, menurut punya atau belum punya NIK", "case.issued": "NIK yang terbit selama kasus", "case.queue": "orang yang menunggu tempat pada akhir masa",
	"referral.answer": "rujukan yang jatuh tempo dijawab, menurut tepat waktu atau terlambat", "referral.result": "rujukan yang berakhir, menurut hasil",
	"item.need": "kebutuhan dasar yang berlaku pada akhir masa, menurut kelompok dan butir", "item.need.new": "kebutuhan dasar yang mulai berlaku, menurut kelompok dan butir",
	"item.given": "kebutuhan dasar yang pertama kali dilayani dalam tahunnya, menurut kelompok dan butir", "spm.met": "orang yang seluruh kebutuhan dasarnya terlayani dalam tahunnya, menurut kelompok",
	"spm.inside": "orang di panti pada akhir masa, menurut kelompok SPM", "spm.inside.new": "orang yang mulai tinggal di panti, menurut kelompok SPM", "spm.waiting": "orang yang menunggu tempat pada akhir masa, menurut kelompok SPM",
	"report.received": "laporan masyarakat yang diterima, menurut jenis", "report.answered": "laporan masyarakat yang dijawab, menurut tepat waktu atau terlambat",
	"promise.made": "janji bantuan yang dibuat, menurut jenis bantuan", "promise.due": "janji bantuan yang jatuh tempo, menurut ditepati, terlambat, ditunggu, atau ditarik",
	"centre": "UPT yang melayani klien pada akhir masa, menurut jenis UPT", "accreditation": "UPT yang akreditasinya berlaku pada akhir masa, menurut jenjang",
	"survey.mark": "jawaban unsur survei kepuasan, menurut nilai 1 sampai 4",
}

// MeasureWord says in Indonesian what a measure counts; "" for one that has no words yet.
func MeasureWord(key string) string { return string(measureWords[key]) }
