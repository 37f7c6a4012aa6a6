package letters

import (
	"cmp"
	"fmt"
	"strings"

	"tuntas/house/text"
	"tuntas/law"
	"tuntas/office/casework"
)

func admissionPoints(f casework.File) []string {
	return []string{
		"Pelayanan diberikan sesuai kebutuhan menurut asesmen.",
		"Rencana intervensi disusun setelah asesmen dan dibicarakan bersama " + f.Who.Called + ".",
		"Keputusan ini ditinjau kembali bila keluarga ditemukan.",
	}
}

// composeAdmission is the decision that names the beneficiary (Permensos 15/2025 Pasal 1 angka 7), with the criteria of
// Permensos 16/2019 and what was found about each.
func composeAdmission(s source) Body {
	b := s.about("KEPUTUSAN "+strings.ToUpper("Kepala "+s.Office.name()), "TENTANG PENERIMAAN PENERIMA MANFAAT")
	rests := "Berdasarkan Peraturan Menteri Sosial Nomor 16 Tahun 2019"
	if a := s.signed(); a != nil {
		rests = fmt.Sprintf("Berdasarkan asesmen pekerja sosial tanggal %s dan Peraturan Menteri Sosial Nomor 16 Tahun 2019", dayID(a.SignedOn))
	}
	b.say("%s, Kepala %s memutuskan menerima:", rests, s.Office.name())
	b.facts(append(append(s.who(), s.place()...), s.worker()...))
	if s.Emergency {
		b.say("Penerimaan dilakukan dalam keadaan darurat.")
	}
	if len(s.Criteria) > 0 {
		b.heading("Syarat penerimaan")
		var rows [][]string
		for _, c := range s.Criteria {
			rows = append(rows, []string{c.Name, c.Article, resultOf(c)})
		}
		b.table([]Col{{Name: "Syarat", Share: 42}, {Name: "Dasar", Share: 20}, {Name: "Hasil", Share: 38}}, rows)
	}
	k, _ := kindOf(Admission)
	b.list(s.points(k))
	b.rail(s)
	return b
}

// resultOf says what was found about a criterion, and on what.
func resultOf(c casework.Criterion) string {
	var why string
	switch {
	case c.WaivedOn != "":
		return "Dikecualikan: " + c.Waiver
	case c.Computed:
		why = text.Say(text.ID, c.Finding)
	default:
		why = c.Evidence
	}
	result := map[string]string{casework.Met: "Terpenuhi", casework.Unmet: "Belum terpenuhi"}[c.Result]
	if result = cmp.Or(result, "Belum diketahui"); why != "" {
		result += ": " + why
	}
	return result
}

// composeSummary is what a signed assessment found (Permensos 16/2019 Pasal 7 ayat (1) huruf b): needs, independence,
// conclusion. What was told in confidence stays in the assessment.
func composeSummary(s source) Body {
	a := s.signed()
	b := s.about("RINGKASAN ASESMEN")
	b.facts(append(append(s.who(), s.place()...), Fact{Name: "Tanggal asesmen", Text: dayID(a.AssessedOn)},
		Fact{Name: "Ditandatangani", Text: signature(*a)}))
	if s.Input.Reason != "" {
		b.say("Ringkasan ini dibuat untuk: %s", s.Input.Reason)
	}
	if c, ok := a.Answers["conclusion"].(string); ok && c != "" {
		b.heading("Kesimpulan")
		b.say("%s", c)
	}
	b.heading("Kebutuhan")
	var rows [][]string
	for _, n := range s.Needs {
		rows = append(rows, []string{named(law.Standard.Latest().NeedDomains, n.Domain), n.Text})
	}
	if len(rows) == 0 {
		b.say("Tidak ada kebutuhan yang dicatat.")
	} else {
		b.table([]Col{{Name: "Bidang", Share: 30}, {Name: "Kebutuhan", Share: 70}}, rows)
	}
	b.independence(s)
	b.rail(s)
	return b
}

func signature(a casework.Assessment) string {
	by := fmt.Sprintf("%s oleh %s", dayID(a.SignedOn), a.SignerName)
	if a.CertificateNo != "" {
		by += ", nomor sertifikat " + a.CertificateNo
	}
	return by
}

// independence is the matrix at the first and the last measurement.
func (b *Body) independence(s source) {
	var rows [][]string
	for _, d := range s.Domains(text.ID) {
		now := []string{"tidak berlaku", "tidak berlaku"}
		if d.Now != nil && d.First != nil {
			now = []string{fmt.Sprint(*d.First), fmt.Sprint(*d.Now)}
		}
		rows = append(rows, append([]string{d.Name}, now...))
	}
	if len(rows) == 0 {
		return
	}
	b.heading("Kemandirian (tingkat 1 bergantung penuh sampai 5 mandiri)")
	b.table([]Col{{Name: "Ranah", Share: 56}, {Name: "Pengukuran pertama", Share: 22, Right: true}, {Name: "Terakhir", Share: 22, Right: true}}, rows)
}

// composePlan is the approved plan of intervention (Permensos 16/2019 Pasal 7 ayat (1) huruf c), with its costs by
// source (Pasal 49).
func composePlan(s source) Body {
	p := s.Plan
	b := s.about("RENCANA INTERVENSI", fmt.Sprintf("VERSI %d", p.Number))
	about := append(append(s.who(), s.place()...), s.worker()...)
	if p.AgreedBy != "" {
		about = append(about, Fact{Name: "Disetujui", Text: fmt.Sprintf("%s, %s", p.AgreedBy, dayID(p.AgreedOn))})
	}
	b.facts(append(about, Fact{Name: "Disahkan", Text: fmt.Sprintf("%s, %s", p.Approver, dayID(p.ApprovedOn))}))
	b.heading("Tujuan")
	lists := law.Standard.On(s.OpenedOn)
	var goals, services [][]string
	for i, g := range p.Goals {
		level := "–"
		if g.TargetLevel != nil {
			level = fmt.Sprint(*g.TargetLevel)
		}
		goals = append(goals, []string{fmt.Sprint(i + 1), g.Text, g.Measure, level, shortID(g.DueOn)})
		for _, v := range g.Services {
			item, _ := law.ItemOf(v.Item)
			services = append(services, []string{fmt.Sprint(i + 1), cmp.Or(v.Text, item.Name), cmp.Or(v.Owner, "–"), named(lists.Fundings, v.Funding), text.Money(text.ID, v.Cost)})
		}
	}
	b.table([]Col{{Name: "No.", Share: 7}, {Name: "Tujuan", Share: 38}, {Name: "Ukuran berhasil", Share: 27}, {Name: "Tingkat", Share: 11, Right: true},
		{Name: "Tenggat", Share: 17}}, goals)
	if len(services) > 0 {
		b.heading("Layanan")
		services = append(services, []string{"", "Jumlah", "", "", text.Money(text.ID, p.Cost())})
		b.table([]Col{{Name: "Tujuan", Share: 10}, {Name: "Layanan", Share: 35}, {Name: "Pelaksana", Share: 19}, {Name: "Sumber dana", Share: 18},
			{Name: "Biaya", Share: 18, Right: true}}, services)
	}
	b.rail(s)
	return b
}

// composeReferral asks somebody else to serve; it rests on the assessment (Permensos 16/2019 Pasal 18 ayat (9)).
func composeReferral(s source) Body {
	a := s.signed()
	b := s.about("SURAT RUJUKAN")
	b.Recipient = append([]string{"Kepada Yth.", s.Input.To}, lines(s.Input.ToAddress)...)
	b.say("Berdasarkan asesmen pekerja sosial yang ditandatangani %s (Peraturan Menteri Sosial Nomor 16 Tahun 2019 Pasal 18 ayat (9)), kami merujuk:", dayID(a.SignedOn))
	b.facts(append(append(s.who(), s.place()...), s.worker()...))
	b.heading("Alasan dan layanan yang diminta")
	b.say("%s", s.Input.Reason)
	k, _ := kindOf(Referral)
	if points := s.points(k); len(points) > 0 {
		b.heading("Yang disertakan")
		b.list(points)
	}
	b.say("Mohon kesediaan Bapak/Ibu memberi jawaban tertulis kepada kami. Untuk keterangan lebih lanjut, hubungi pekerja sosial yang namanya tertulis di atas.")
	return b
}
