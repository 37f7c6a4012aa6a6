package interop

import (
	"errors"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/centre"
)

const (
	calledPerson = "person id|id orang|orang|kode orang|kode klien|id klien|nomor klien|client id|person"
	calledCase   = "case id|id kasus|kasus|kode kasus|nomor kasus|case"
	calledNIK    = "nik|no nik|nomor nik|no ktp|national id"
	calledCentre = "centre|upt|nama upt|panti|center|institution"
)

var caseColumns = []column{
	{"id", "id|id kasus|kode kasus|nomor kasus|case id|kode", 60},
	{"person_id", calledPerson, 60},
	{ColNIK, calledNIK, 60},
	{ColCentre, calledCentre, 200},
	{"ppks_type", "ppks type|jenis ppks|ppks|jenis pmks|jenis|kategori|type", 110},
	{"setting", "setting|tempat layanan|dalam luar panti", 40},
	{"level", "level|tingkat|jenjang", 40},
	{"opened_on", "opened on|tanggal mulai|tgl mulai|tanggal buka|tgl buka|tanggal masuk|tgl masuk|opened", 60},
	{"stage", "stage|tahap|tahapan", 40},
	{"stage_since", "stage since|tahap sejak|tanggal tahap|tgl tahap", 60},
	{"terminated_on", "terminated on|tanggal terminasi|tgl terminasi|tanggal keluar|tgl keluar", 60},
	{"exit_reason", "exit reason|alasan keluar|alasan terminasi", 80},
	{"destination", "destination|tujuan|tujuan keluar", 80},
	{"outcome", "outcome|hasil terminasi|hasil layanan", 80},
	{"handed_to", "handed to|diserahkan kepada|penerima|diterima oleh", 120},
	{"closed_on", "closed on|tanggal tutup|tgl tutup|tanggal penutupan|closed", 60},
	{"result", "result|hasil|hasil akhir", 80},
	{"worker", "worker|petugas|pekerja sosial|peksos|worker name", 120},
	{"source", "source|sumber|asal laporan|rujukan dari", 200},
	{"story", "story|kisah|riwayat|uraian", 4000},
	{"outside_since", "outside since|layanan luar sejak", 60},
	{"decision_number", "decision number|nomor keputusan|no sk|nomor sk", 120},
	{"decision_on", "decision on|tanggal keputusan|tgl sk|tanggal sk", 60},
	{"emergency", "emergency|darurat", 20},
	{"family_of", "family of|kasus kepala keluarga", 60},
}

var (
	stageWords = wordsOf(map[string]string{
		casework.Approach: "pendekatan awal", casework.Assessing: "asesmen", casework.Planning: "perencanaan|penyusunan rencana|rencana intervensi",
		casework.Intervention: "intervensi|pelaksanaan intervensi", casework.Resocialisation: "resosialisasi", casework.Terminated: "terminasi",
		casework.Aftercare: "bimbingan lanjut|pascalayanan|pasca layanan", casework.Closed: "selesai|ditutup|tutup|tuntas",
	})
	settingWords = wordsOf(map[string]string{casework.Inside: "dalam|dalam panti|di dalam panti", casework.Outside: "luar|luar panti|di luar panti"})
	levelWords   = wordsOf(map[string]string{"basic": "dasar", "advanced": "lanjut"})
	resultWords  = wordsOf(map[string]string{"settled": "tuntas|mandiri", "lost": "tidak terjangkau|hilang kontak", "deceased": "meninggal|meninggal dunia",
		"transferred": "dipindahkan|pindah", "returned": "kembali ke layanan|kembali"})
	exitWords        = wordsOfLaw(law.Standard.Latest().ExitReasons)
	destinationWords = wordsOfLaw(law.Standard.Latest().Destinations)
	outcomeWords     = wordsOfLaw(law.Standard.Latest().Outcomes)
	atensiWords      = wordsOfLaw(law.Atensi.Latest())
)

func wordsOfLaw(list []law.Named) map[string]string {
	m := map[string]string{}
	for _, n := range list {
		m[n.Key] = n.Name + "|" + n.NameEn
	}
	return wordsOf(m)
}

// caseRow is a case of a list.
type caseRow struct {
	standing casework.Standing
	nik      string
	worker   string
	keyed    bool
}

func readCase(r *record, o Options) taker {
	row := &caseRow{nik: digits(r.cell(ColNIK)), worker: r.cell("worker"), keyed: r.cell("id") != ""}
	in := &row.standing
	in.ID, in.Person = refer("cases", o.Source, r.cell("id")), refer("persons", o.Source, r.cell("person_id"))
	if in.Person == 0 && row.nik == "" {
		r.fault("person_id", "required", fail.Say("Tulis pengenal atau NIK orangnya."))
	}
	in.Centre = r.centre().ID
	kind, doubt, fault := r.lists.kind(r.cell("ppks_type"))
	in.Kind = kind
	r.told("ppks_type", doubt, fault)
	in.Setting, in.Level = r.choice("setting", settingWords), r.choice("level", levelWords)
	in.OpenedOn, in.OutsideSince = r.day("opened_on", true), r.day("outside_since", false)
	in.Family = refer("cases", o.Source, r.cell("family_of"))
	in.Source, in.Story, in.Emergency = r.cell("source"), r.long("story"), r.yes("emergency")
	in.Stage, in.StageSince = r.choice("stage", stageWords), r.day("stage_since", false)
	in.ClosedOn, in.Result = r.day("closed_on", false), r.choice("result", resultWords)
	if in.Stage == "" && in.ClosedOn != "" {
		in.Stage = casework.Closed
	}
	in.DecisionNo, in.DecisionOn = r.cell("decision_number"), r.day("decision_on", false)
	if on := r.day("terminated_on", false); on != "" {
		in.Ended = &casework.Ending{On: on, Reason: r.choice("exit_reason", exitWords), Destination: r.choice("destination", destinationWords),
			Outcome: r.choice("outcome", outcomeWords), HandedTo: r.cell("handed_to")}
		if in.Stage == "" {
			in.Stage, in.StageSince = casework.Terminated, on
		}
	}
	return row
}

func (row *caseRow) same(*record, map[string]int) {}

func (row *caseRow) take(t *taking) (subject store.Entry, fresh bool, err error) {
	in := row.standing
	if in.Person, err = t.person(in.Person, row.nik); err != nil {
		return subject, false, err
	}
	if !row.keyed {
		in.ID = id.Stable(in.OpenedOn.Time(), "case", in.Person.String(), t.lists.codeOf(in.Centre), in.Kind, string(in.OpenedOn))
	}
	if row.worker != "" {
		staff, err := centre.StaffNamed(t.tx, in.Centre, row.worker)
		switch {
		case errors.Is(err, fail.NotFound):
			t.doubt(Doubt{"worker", row.worker, "unknown", fail.Say("Petugas %s tidak dikenal di UPT ini. Dibiarkan kosong.", row.worker)})
		case err != nil:
			return subject, false, err
		}
		in.Worker = staff.User
	}
	c, fresh, err := casework.TakeOver(t.tx, in)
	return store.Entry{Kind: "case", ID: c.ID, Person: c.Person, Case: c.ID, Centre: c.Centre}, fresh, err
}
