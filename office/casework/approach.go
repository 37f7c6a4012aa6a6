package casework

import (
	"context"
	"fmt"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/person"
)

var (
	checkCriteria = store.NewAct("case.criteria", who.WorkCase)
	askWaiver     = store.NewAct("case.ask-waiver", who.WorkCase)
	grantWaiver   = store.NewAct("case.waive-criterion", who.WaiveRule)
	admitUrgently = store.NewAct("case.emergency", who.WorkCase)
	decide        = store.NewAct("case.decide", who.ApproveCase)
)

// The results of a criterion.
const (
	Met     = "met"
	Unmet   = "unmet"
	Unknown = "unknown"
)

// Criterion is one legal condition of admission to the panti, with its result for a case.
type Criterion struct {
	law.Criterion
	Result    string
	Computed  bool // from what is on record, so that nobody answers it
	Warning   fail.Saying
	Evidence  string
	Finding   fail.Saying // of a computed one: "Baru 3 hari"
	CheckedOn clock.Day
	By        string
	Asked     string // why a waiver is asked
	AskedBy   string
	Waiver    string // why it was granted; stays for ever
	WaivedBy  string
	WaivedOn  clock.Day
}

// Lifted tells whether the criterion no longer holds the case up.
func (c Criterion) Lifted() bool { return c.Result == Met || c.WaivedOn != "" }

// judge gives the criteria of a case with their results. What the record itself shows is computed; the
// rest is as people answered. Inside the panti Pasal 18, 20 and 21 apply, outside Pasal 10 and 11.
func judge(f File, answers map[string]Criterion) []Criterion {
	kind, _ := law.KindOf(f.Kind)
	var all []Criterion
	for _, l := range law.CriteriaFor(law.Criteria.On(f.OpenedOn), kind.Group, f.Setting) {
		c, answered := answers[l.Code]
		c.Criterion = l
		if !answered {
			c.Result = Unknown
		}
		c.compute(f)
		all = append(all, c)
	}
	return all
}

// compute settles a criterion from facts on record, where there are any.
func (c *Criterion) compute(f File) {
	if f.Head != nil && c.ofFamily() {
		c.followHead(*f.Head)
		return
	}
	switch c.Fact {
	case "group": // the opening refuses a kind that the centre does not serve
		kind, _ := law.KindOf(f.Kind)
		c.settle(Met, fail.Say("Jenis PPKS: %s", lawWord(kind.Name)))
	case "age":
		c.ageOf(f.Who.Birth, f.OpenedOn)
	case "outside-days":
		if f.OutsideSince == "" {
			return
		}
		if n := f.Today.Sub(f.OutsideSince); n >= c.Days {
			c.settle(Met, fail.Say("%d hari, sejak %s", n, f.OutsideSince))
		} else {
			c.settle(Unmet, fail.Say("Baru %d hari, sejak %s", n, f.OutsideSince))
		}
	default:
		if a := f.assessed(Biopsychosocial); c.Code == "social-worker" && a != nil {
			c.settle(Met, fail.Say("Ditandatangani %s oleh %s", a.SignedOn, a.SignerName))
		}
	}
}

func (c *Criterion) settle(result string, finding fail.Saying) {
	c.Result, c.Computed, c.Finding = result, true, finding
}

// ageOf compares an age, which may be a range, with the criterion. A range that straddles the limit is for
// people to judge. Who is exactly 18 falls between child (under 18) and adult in Pasal 1: that warns and
// never blocks.
func (c *Criterion) ageOf(b person.Birth, on clock.Day) {
	from, to, known := b.Age(on)
	if !known {
		return
	}
	low, high := c.AgeFrom, c.AgeTo
	if high == 0 {
		high = 200
	}
	age := fmt.Sprintf("%d–%d", from, to)
	if from == to {
		age = fmt.Sprint(from)
	}
	say := fail.Say("Usia %s tahun", age)
	switch {
	case c.AgeTo == 17 && from <= 18 && to == 18:
		c.settle(Met, say)
		c.Warning = fail.Say("Tepat 18 tahun: bukan lagi anak menurut Pasal 1. Periksa, tetapi tidak menghalangi.")
	case from >= low && to <= high:
		c.settle(Met, say)
	case to < low || from > high:
		c.settle(Unmet, say)
	}
}

// beforeAssessment is the gate of the second stage: inside the panti the legal criteria of Pasal 9, 18, 20
// and 21, and everywhere consent to the service (UU 27/2022 Pasal 22).
func beforeAssessment(f File) []Condition {
	var all []Condition
	for _, c := range f.Criteria {
		say := fail.Say("Syarat belum dijawab: %s", lawWord(c.Name))
		if c.Result != Unknown {
			say = fail.Say("Syarat belum terpenuhi: %s", lawWord(c.Name))
		}
		if c.Lifted() {
			say = fail.Say("Syarat terpenuhi: %s", lawWord(c.Name))
		}
		if c.WaivedOn != "" {
			say = fail.Say("Syarat dikecualikan: %s", lawWord(c.Name))
		}
		all = append(all, Condition{Done: c.Lifted(), Code: "criterion-" + c.Code, Say: say, Article: c.Article, Part: "criteria",
			Firm: c.Result == Unmet && !c.Waivable})
	}
	consent := Condition{Done: f.consented("service"), Code: "consent-missing", Article: "UU 27/2022 Pasal 22", Part: "consent",
		Say: fail.Say("Persetujuan pelayanan dari PM atau wali belum dicatat.")}
	if consent.Done {
		consent.Say = fail.Say("Persetujuan pelayanan tercatat.")
		if f.unexplained() {
			consent.Say = fail.Say("Persetujuan pelayanan tercatat. Catat juga bagaimana dijelaskan kepada penyandang disabilitas (UU 27/2022 Pasal 26).")
		}
	}
	return append(all, consent)
}

// Answer is what was found about one criterion.
type Answer struct {
	Code     string `json:"code" required:"true" maxLength:"60" ask:"Pilih syarat."`
	Result   string `json:"result" required:"true" enum:"met,unmet,unknown" ask:"Pilih terpenuhi, belum, atau belum diketahui."`
	Evidence string `json:"evidence" maxLength:"500"`
}

// Answers are the criteria as checked on a day.
type Answers struct {
	Answers      []Answer  `json:"criteria"`
	OutsideSince clock.Day `json:"outside_since"`
}

// mayAnswer refuses an answer to a criterion that does not apply or that the record itself settles.
func mayAnswer(f File, in Answers) error {
	var wrong fail.Fields
	for i, a := range in.Answers {
		c, ok := f.criterion(a.Code)
		field := fmt.Sprintf("criteria.%d.", i)
		switch {
		case !ok:
			wrong.Add(field+"code", "unknown", "Syarat ini tidak berlaku untuk kasus ini.")
		case c.Computed && a.Result != c.Result:
			wrong.Add(field+"result", "computed", "Syarat ini dihitung dari catatan. Perbaiki catatannya bila salah.")
		case a.Result == Met && a.Evidence == "" && !c.Computed:
			wrong.Add(field+"evidence", "required", "Tulis buktinya, misalnya kunjungan atau surat.")
		}
	}
	return wrong.Err()
}

func (f File) criterion(code string) (Criterion, bool) {
	for _, c := range f.Criteria {
		if c.Code == code {
			return c, true
		}
	}
	return Criterion{}, false
}

// CheckCriteria keeps what was found about the criteria, with the evidence.
func (d *Desk) CheckCriteria(ctx context.Context, by who.Asker, caseID id.ID, version int64, in Answers) (f File, err error) {
	err = d.store.Write(ctx, by, checkCriteria, func(tx *store.Tx) error {
		if f, err = takeOpen(tx, caseID, version); err != nil {
			return err
		}
		if in.OutsideSince > tx.Today() {
			return fail.Bad("outside_since", "future", "Tanggal %s belum terjadi.", in.OutsideSince)
		}
		if in.OutsideSince != "" && in.OutsideSince != f.OutsideSince {
			f.OutsideSince = in.OutsideSince
			if err := keepFacts(tx, f.Case); err != nil {
				return err
			}
			if f, err = FileOf(tx, caseID); err != nil {
				return err
			}
		}
		if err := mayAnswer(f, in); err != nil {
			return err
		}
		for _, a := range in.Answers {
			if c, _ := f.criterion(a.Code); c.Computed {
				continue
			}
			if err := keepAnswer(tx, caseID, a); err != nil {
				return err
			}
		}
		tx.Record(entryOf(f.Case, fail.Say("Syarat penerimaan diperiksa."), in))
		f, err = refresh(tx, caseID)
		return err
	})
	return f, err
}

// takeOpen takes a case that is not closed.
func takeOpen(tx *store.Tx, caseID id.ID, version int64) (File, error) {
	f, err := take(tx, caseID, version)
	if err == nil && !f.Open() {
		err = fail.Broken("case-closed", "Kasus ini sudah ditutup.")
	}
	return f, err
}

// WaiverRequest asks the head of the centre to let a criterion go.
type WaiverRequest struct {
	Code   string `json:"code" required:"true" maxLength:"60" ask:"Pilih syarat."`
	Reason string `json:"reason" required:"true" maxLength:"500" ask:"Tulis alasan pengecualian."`
}

// WaiverDecision grants or refuses what was asked.
type WaiverDecision struct {
	Code    string `json:"code" required:"true" maxLength:"60" ask:"Pilih syarat."`
	Granted *bool  `json:"granted" required:"true" ask:"Pilih setuju atau tolak."`
	Reason  string `json:"reason" required:"true" maxLength:"500" ask:"Tulis alasan keputusan."`
}

// mayWaive holds which criterion a waiver can be about: one that is not met and that may be waived. Who may
// waive is our design, not the wording of the regulation.
func mayWaive(f File, code string) (Criterion, error) {
	c, ok := f.criterion(code)
	switch {
	case !ok:
		return c, fail.Bad("code", "unknown", "Syarat ini tidak berlaku untuk kasus ini.")
	case c.Result == Met:
		return c, fail.Broken("criterion-met", "Syarat ini sudah terpenuhi, jadi tidak perlu pengecualian.")
	case c.WaivedOn != "":
		return c, fail.Broken("waiver-given", "Pengecualian untuk syarat ini sudah diberikan.")
	case !c.Waivable:
		return c, fail.Broken("not-waivable", "Syarat ini (%s) tidak dapat dikecualikan.", c.Article)
	}
	return c, nil
}

// AskWaiver puts a criterion before the head of the centre.
func (d *Desk) AskWaiver(ctx context.Context, by who.Asker, caseID id.ID, version int64, in WaiverRequest) (f File, err error) {
	err = d.store.Write(ctx, by, askWaiver, func(tx *store.Tx) error {
		if f, err = takeOpen(tx, caseID, version); err != nil {
			return err
		}
		c, err := mayWaive(f, in.Code)
		if err != nil {
			return err
		}
		if err := keepRequest(tx, caseID, c, in.Reason); err != nil {
			return err
		}
		tx.Record(entryOf(f.Case, fail.Say("Pengecualian %s diminta: %s", c.Article, in.Reason), in))
		f, err = refresh(tx, caseID)
		return err
	})
	return f, err
}

// DecideWaiver grants or refuses a waiver; both stay on record.
func (d *Desk) DecideWaiver(ctx context.Context, by who.Asker, caseID id.ID, version int64, in WaiverDecision) (f File, err error) {
	if err := byPeople(by); err != nil {
		return f, err
	}
	err = d.store.Write(ctx, by, grantWaiver, func(tx *store.Tx) error {
		if f, err = takeOpen(tx, caseID, version); err != nil {
			return err
		}
		c, err := mayWaive(f, in.Code)
		if err != nil {
			return err
		}
		say := fail.Say("Pengecualian %s diberikan: %s", c.Article, in.Reason)
		if *in.Granted {
			err = keepWaiver(tx, caseID, c, in.Reason)
		} else {
			say = fail.Say("Pengecualian %s ditolak: %s", c.Article, in.Reason)
			err = dropRequest(tx, caseID, c)
		}
		if err != nil {
			return err
		}
		tx.Record(entryOf(f.Case, say, in))
		f, err = refresh(tx, caseID)
		return err
	})
	return f, err
}

// Urgency says why somebody is taken in at once: bed first, papers after.
type Urgency struct {
	Reason string `json:"reason" required:"true" maxLength:"500" ask:"Tulis bahaya yang dihadapi."`
}

// AdmitUrgently marks an admission as an emergency. The head decides within the days of the defaults.
func (d *Desk) AdmitUrgently(ctx context.Context, by who.Asker, caseID id.ID, version int64, in Urgency) (f File, err error) {
	err = d.store.Write(ctx, by, admitUrgently, func(tx *store.Tx) error {
		if f, err = takeOpen(tx, caseID, version); err != nil {
			return err
		}
		f.Emergency = true
		if err := keepFacts(tx, f.Case); err != nil {
			return err
		}
		tx.Record(entryOf(f.Case, fail.Say("Penerimaan darurat: %s", in.Reason), in))
		f, err = refresh(tx, caseID)
		return err
	})
	return f, err
}
