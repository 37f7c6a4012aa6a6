package standards

import (
	"tuntas/house/text"
)

// How a count becomes a suggestion. There are no shares in it: the law names none.
type rule int

const (
	ruleAll    rule = iota // all: yes; some: partly; none: no
	ruleAtMost             // not more than there is room for: yes; more: no
)

var ruleWords = map[rule]text.Word{
	ruleAll:    "Semua: ya. Sebagian: sebagian. Tidak satu pun: tidak.",
	ruleAtMost: "Tidak melebihi: ya. Melebihi: tidak.",
}

// Fact is something that operations know about an institution and a criterion can be filled in from.
type Fact struct {
	Key  string
	Name text.Word // what is counted
	Asks text.Word // exactly what counts
	rule rule
	list string // what its list shows: cases, staff
}

// Facts are what a criterion may name as its prefill, in the order in which they are documented.
var Facts = []Fact{
	{"plans-approved", "Kasus yang rencananya disahkan", "Dari semua kasus yang berjalan pada tahap perencanaan atau sesudahnya: yang rencananya sudah disahkan.", ruleAll, "cases"},
	{"assessments-signed", "Penghuni dengan asesmen bertanda tangan", "Dari semua penghuni hari ini: yang kasusnya punya asesmen bertanda tangan Pekerja Sosial.", ruleAll, "cases"},
	{"admission-decided", "Penghuni dengan nomor keputusan penerimaan", "Dari semua penghuni hari ini: yang kasusnya punya nomor keputusan penerimaan.", ruleAll, "cases"},
	{"staff-kinds", "Pekerja Sosial dan TKS tersedia", "Dari dua jenis petugas Pasal 43 ayat (1): yang ada di UPT ini. Pekerja Sosial dihitung bila sertifikatnya berlaku.", ruleAll, "staff"},
	{"staff-certified", "Petugas dengan sertifikat yang berlaku", "Dari semua petugas jenis Pasal 42 (Pekerja Sosial, TKS, relawan, penyuluh): yang sertifikatnya berlaku hari ini.", ruleAll, "staff"},
	{"capacity", "Penghuni dibanding kapasitas", "Penghuni hari ini dibanding kapasitas UPT.", ruleAtMost, "cases"},
	{"aftercare-in-time", "Bimbingan lanjut tepat waktu", "Dari semua kontak bimbingan lanjut yang jatuh tempo dalam masa penilaian sampai hari ini: yang dilakukan paling lambat pada hari jatuh temponya.", ruleAll, "cases"},
}

// FactOf finds a fact by its key.
func FactOf(key string) (Fact, bool) {
	for _, f := range Facts {
		if f.Key == key {
			return f, true
		}
	}
	return Fact{}, false
}

// Rule says how the suggestion follows from the count.
func (f Fact) Rule() text.Word { return ruleWords[f.rule] }

// People tells whether the list behind the count is of cases, not of staff.
func (f Fact) People() bool { return f.list == "cases" }

// Count is what operations know: N of Of.
type Count struct{ N, Of int64 }

// Suggests gives the answer that a count stands for; "" when there is nothing to count.
func (f Fact) Suggests(c Count) string {
	switch {
	case c.Of <= 0:
		return ""
	case f.rule == ruleAtMost && c.N <= c.Of:
		return Yes
	case f.rule == ruleAtMost:
		return No
	case c.N >= c.Of:
		return Yes
	case c.N > 0:
		return Partly
	}
	return No
}
