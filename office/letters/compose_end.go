package letters

import (
	"fmt"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/text"
	"tuntas/law"
	"tuntas/office/casework"
)

// composeTermination says how and why the service in the panti ended (Permensos 16/2019 Pasal 7 ayat (1) huruf f), and
// which visits follow (huruf g).
func composeTermination(s source) Body {
	e := s.Ended
	lists := law.Standard.On(e.On)
	b := s.about("SURAT KETERANGAN", "TERMINASI PELAYANAN")
	b.say("Kepala %s menerangkan bahwa pelayanan rehabilitasi sosial bagi:", s.Office.name())
	b.facts(append(s.who(), s.worker()...))
	b.say("telah diakhiri pada %s (Peraturan Menteri Sosial Nomor 16 Tahun 2019 Pasal 7 ayat (1) huruf f), dengan keterangan:", text.DayLong(text.ID, e.On))
	about := []Fact{{Name: "Mulai dilayani", Text: dayID(s.OpenedOn)}, {Name: "Alasan", Text: named(lists.ExitReasons, e.Reason)},
		{Name: "Tujuan", Text: named(lists.Destinations, e.Destination)}, {Name: "Hasil", Text: named(lists.Outcomes, e.Outcome)}}
	b.facts(append(about, received(*e)...))
	b.independence(s)
	if rows := visitsDue(s.Contacts); len(rows) > 0 {
		b.heading("Bimbingan lanjut")
		b.table([]Col{{Name: "Bulan ke-", Share: 40}, {Name: "Paling lambat", Share: 60}}, rows)
	}
	k, _ := kindOf(Termination)
	b.list(s.points(k))
	return b
}

func received(e casework.Ending) []Fact {
	if e.HandedTo == "" {
		return nil
	}
	to := e.HandedTo
	if e.Relation != "" {
		to += " (" + e.Relation + ")"
	}
	all := []Fact{{Name: "Diterima oleh", Text: to}}
	if e.Contact != "" {
		all = append(all, Fact{Name: "Alamat atau nomor", Text: e.Contact})
	}
	return all
}

func visitsDue(contacts []casework.Contact) (rows [][]string) {
	for _, c := range contacts {
		if c.Month > 0 {
			rows = append(rows, []string{fmt.Sprint(c.Month), dayID(c.DueOn)})
		}
	}
	return rows
}

// composeHandover is signed by who gave and who received (Permensos 16/2019 Pasal 7 ayat (1) huruf f).
func composeHandover(s source) Body {
	e := s.Ended
	b := s.about("BERITA ACARA SERAH TERIMA", "PENERIMA MANFAAT")
	b.say("Pada %s, %s menyerahkan kepada penerima:", text.DayLong(text.ID, e.On), s.Office.name())
	b.facts(append(s.who(), s.worker()...))
	b.facts(append(received(*e), Fact{Name: "Tujuan", Text: named(law.Standard.On(e.On).Destinations, e.Destination)}))
	k, _ := kindOf(Handover)
	items := s.points(k)
	if len(items) == 0 && e.Note != "" {
		items = lines(e.Note)
	}
	if len(items) > 0 {
		b.heading("Yang ikut diserahkan")
		b.list(items)
	}
	b.say("Berita acara ini dibuat dengan sebenarnya untuk digunakan sebagaimana mestinya.")
	b.Other = &Signer{Post: "Yang menerima", Name: e.HandedTo}
	return b
}

// composeBalance is the account of a month: opening and in and out must give closing.
func composeBalance(s source) Body {
	b := s.begin("NERACA PENERIMA MANFAAT", "BULAN "+monthID(s.Month))
	b.say("Keadaan Penerima Manfaat di %s dari %s sampai %s:", s.Office.name(), dayID(s.Sum.From), dayID(s.Sum.To))
	var rows [][]string
	for _, sex := range []struct{ key, name string }{{"female", "Perempuan"}, {"male", "Laki-laki"}, {"unknown", "Belum diketahui"}} {
		row := []int64{s.Sum.OpeningOf[sex.key], s.Sum.InOf[sex.key], s.Sum.OutOf[sex.key], s.Sum.At[sex.key]}
		if row[0]+row[1]+row[2]+row[3] > 0 {
			rows = append(rows, append([]string{sex.name}, numbers(row)...))
		}
	}
	rows = append(rows, append([]string{"Jumlah"}, numbers([]int64{s.Sum.Opening, s.Sum.In, s.Sum.Out, s.Sum.Closing})...))
	b.table([]Col{{Name: "Jenis kelamin", Share: 40}, {Name: "Awal bulan", Share: 15, Right: true}, {Name: "Masuk", Share: 15, Right: true},
		{Name: "Keluar", Share: 15, Right: true}, {Name: "Akhir bulan", Share: 15, Right: true}}, rows)
	b.heading("Selesai dari panti menurut alasan")
	var reasons [][]string
	for _, r := range law.Standard.On(s.Sum.To).ExitReasons {
		if n := s.Sum.ByReason[r.Key]; n > 0 {
			reasons = append(reasons, []string{r.Name, text.Number(text.ID, n)})
		}
	}
	if len(reasons) == 0 {
		b.say("Tidak ada yang selesai dalam bulan ini.")
	} else {
		b.table([]Col{{Name: "Alasan", Share: 80}, {Name: "Orang", Share: 20, Right: true}}, reasons)
	}
	if s.Input.Reason != "" {
		b.say("%s", s.Input.Reason)
	}
	return b
}

func numbers(all []int64) (out []string) {
	for _, n := range all {
		out = append(out, text.Number(text.ID, n))
	}
	return out
}

// monthID writes "NOVEMBER 2026" of "2026-11".
func monthID(month string) string {
	_, rest, _ := strings.Cut(dayID(clock.Day(month+"-01")), " ")
	return strings.ToUpper(rest)
}
