package letters

import (
	"slices"

	"tuntas/house/fail"
	"tuntas/house/text"
	"tuntas/office/casework"
)

// The kinds of letters.
const (
	Admission   = "admission"
	Summary     = "assessment"
	Plan        = "plan"
	Referral    = "referral"
	Handover    = "handover"
	Termination = "termination"
	Balance     = "balance"
)

// Kind is one kind of letter: what it is called, what is asked of its writer, when it may be written, and what it says.
type Kind struct {
	Key      string
	Name     text.Word
	Button   text.Word // of the page of the case
	Template string    // version of the text; raise it when compose says something else
	Asks     []string  // fields of Input, in the order of the form
	Needs    []string  // those of them that must be filled
	Decides  bool      // the letter is itself the decision of the head
	ready    func(f casework.File, g *fail.Gate)
	once     func(s source) string // what this letter can be issued for only once; "" for no such thing
	points   func(f casework.File) []string
	compose  func(s source) Body
}

// Kinds are all kinds, in the order of the stages.
var Kinds []Kind

func init() { // the composers name kinds themselves
	Kinds = []Kind{
		{Key: Admission, Name: "Keputusan penerimaan", Button: "Buat keputusan penerimaan", Template: "admission/1", Asks: []string{"points", "copies"}, Decides: true,
			ready: admissionReady, once: onceOfCase(Admission), points: admissionPoints, compose: composeAdmission},
		{Key: Summary, Name: "Ringkasan asesmen", Button: "Buat ringkasan asesmen", Template: "assessment/1", Asks: []string{"reason", "copies"},
			ready: assessmentReady, once: func(s source) string { return Summary + ":" + s.signed().ID.String() }, compose: composeSummary},
		{Key: Plan, Name: "Surat rencana intervensi", Button: "Buat surat rencana", Template: "plan/1", Asks: []string{"copies"},
			ready: planReady, once: func(s source) string { return Plan + ":" + s.Plan.ID.String() }, compose: composePlan},
		{Key: Referral, Name: "Surat rujukan", Button: "Buat surat rujukan", Template: "referral/1", Asks: []string{"to", "to_address", "reason", "points", "copies"},
			Needs: []string{"to", "reason"}, ready: referralReady, compose: composeReferral},
		{Key: Handover, Name: "Berita acara serah terima", Button: "Buat berita acara serah terima", Template: "handover/1", Asks: []string{"points", "copies"},
			ready: handoverReady, once: onceOfCase(Handover), compose: composeHandover},
		{Key: Termination, Name: "Surat keterangan terminasi", Button: "Buat surat terminasi", Template: "termination/1", Asks: []string{"points", "copies"},
			ready: terminationReady, once: onceOfCase(Termination), compose: composeTermination},
		{Key: Balance, Name: "Surat neraca bulanan", Button: "Buat surat neraca", Template: "balance/1", Asks: []string{"reason", "copies"},
			once: func(s source) string { return Balance + ":" + s.Office.Centre.ID.String() + ":" + s.Month }, compose: composeBalance},
	}
}

func kindOf(key string) (Kind, bool) {
	i := slices.IndexFunc(Kinds, func(k Kind) bool { return k.Key == key })
	if i < 0 {
		return Kind{}, false
	}
	return Kinds[i], true
}

// OfCase tells whether the letter is about a case.
func (k Kind) OfCase() bool { return k.ready != nil }

func onceOfCase(kind string) func(source) string {
	return func(s source) string { return kind + ":" + s.ID.String() }
}

// Ready tells what a letter of this kind still needs of the case: nil when it may be written.
func (k Kind) Ready(f casework.File) error {
	if !k.OfCase() {
		return nil
	}
	var g fail.Gate
	k.ready(f, &g)
	if len(g.Missing()) == 0 {
		return nil
	}
	return &fail.Rule{Name: "letter-not-ready", Say: fail.Say("Surat ini belum bisa dibuat."), Missing: g.Missing()}
}

// admissionReady: a decision is about a case in care; its criteria are held by the verb that records it.
func admissionReady(f casework.File, g *fail.Gate) {
	g.Need(f.InCare(), "not-in-care", "Layanan panti kasus ini sudah diakhiri.")
}

// assessmentReady: the assessment is signed (Permensos 16/2019 Pasal 7 ayat (2)).
func assessmentReady(f casework.File, g *fail.Gate) {
	g.Need(f.Signed(casework.Biopsychosocial) != nil, "assessment-unsigned", "Asesmen belum ditandatangani pekerja sosial.")
}

func planReady(f casework.File, g *fail.Gate) {
	g.Need(f.Plan != nil, "plan-unapproved", "Rencana belum disahkan Kepala UPT.")
}

// referralReady: every referral rests on an assessment (Pasal 18 ayat (9)).
func referralReady(f casework.File, g *fail.Gate) {
	g.Need(f.Open(), "case-closed", "Kasus ini sudah ditutup.")
	assessmentReady(f, g)
}

func terminationReady(f casework.File, g *fail.Gate) {
	g.Need(f.Ended != nil, "not-ended", "Layanan panti kasus ini belum diakhiri.")
}

func handoverReady(f casework.File, g *fail.Gate) {
	terminationReady(f, g)
	g.Need(f.Ended == nil || f.Ended.HandedTo != "", "receiver-missing", "Penerima belum dicatat saat layanan diakhiri.")
}

// Input is what the writer of a letter adds to the record. Points and copies are one to a line.
type Input struct {
	To        string `json:"to,omitempty"`
	ToAddress string `json:"to_address,omitempty"`
	Reason    string `json:"reason,omitempty"`
	Points    string `json:"points,omitempty"`
	Copies    string `json:"copies,omitempty"`
}

// mayWrite holds what must be typed, and that nothing is typed that the letter would not print.
func (k Kind) mayWrite(in Input) error {
	var wrong fail.Fields
	for _, field := range []struct{ name, value, ask string }{{"to", in.To, "Tulis kepada siapa surat ini."}, {"to_address", in.ToAddress, ""},
		{"reason", in.Reason, "Tulis alasan dan layanan yang diminta."}, {"points", in.Points, ""}, {"copies", in.Copies, ""}} {
		switch {
		case field.value == "" && slices.Contains(k.Needs, field.name):
			wrong.Add(field.name, "required", field.ask)
		case field.value != "" && !slices.Contains(k.Asks, field.name):
			wrong.Add(field.name, "unknown", "Surat jenis ini tidak memuat isian ini.")
		}
	}
	return wrong.Err()
}
