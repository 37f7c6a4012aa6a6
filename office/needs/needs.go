package needs

import (
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/standards"
)

// Desk is the desk of problems and needs.
type Desk struct {
	store     *store.Store
	standards *standards.Desk
}

// New opens the desk.
func New(s *store.Store, st *standards.Desk) *Desk { return &Desk{store: s, standards: st} }

var (
	look      = store.NewAct("need.look", who.SeeCentre)
	report    = store.NewAct("problem.report", who.ProposeNeed)
	closing   = store.NewAct("problem.close", who.ProposeNeed)
	propose   = store.NewAct("need.propose", who.ProposeNeed)
	change    = store.NewAct("need.change", who.ProposeNeed)
	decide    = store.NewAct("need.decide", who.DecideNeed)
	fulfil    = store.NewAct("need.fulfil", who.ProposeNeed)
	joinNeeds = store.NewAct("purchase.make", who.DecideNeed)
	partNeeds = store.NewAct("purchase.move", who.DecideNeed)
)

// Kinds of a need, in the order of their list.
var Kinds = []string{"facility", "staff", "programme", "monitoring", "publication", "technology"}

var kindWords = map[string]text.Word{"facility": "Sarana dan prasarana", "staff": "Kompetensi pegawai", "programme": "Program layanan",
	"monitoring": "Pemantauan dan evaluasi", "publication": "Publikasi", "technology": "Teknologi"}

var stateWords = map[string]text.Word{Proposed: "Diusulkan", Reviewed: "Ditelaah", Approved: "Disetujui", Budgeted: "Dianggarkan", Ordered: "Dipesan", Delivered: "Terpenuhi",
	Refused: "Ditolak|kebutuhan"}

var sourceWords = map[string]text.Word{"assessment": "Penilaian mandiri", "waiting": "Daftar tunggu", "referral": "Rujukan yang tidak terlayani", "facility": "Fasilitas",
	"mandate": "Mandat UPT", "complaint": "Pengaduan", "meeting": "Rapat koordinasi", "other": "Lain-lain|sumber"}

// Sources are where a problem can come from by the word of a person; the others come from what is on record.
var Sources = []string{"complaint", "meeting", "other"}

var impactWords = map[int64]text.Word{1: "Mengganggu kenyamanan", 2: "Menurunkan mutu layanan", 3: "Menghentikan sebagian layanan", 4: "Layanan pokok tidak dapat diberikan"}

var riskWords = map[int64]text.Word{1: "Dapat menunggu", 2: "Memburuk dalam setahun", 3: "Memburuk dalam beberapa bulan", 4: "Membahayakan orang sekarang"}

// fundKnown tells whether a source of money is one of Pasal 49 ayat (2): APBD, or another lawful source.
func fundKnown(key string) bool { return law.Has(law.Standard.Latest().Fundings, key) }
