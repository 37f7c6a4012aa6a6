package casework

import (
	"context"
	"errors"
	"maps"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
	"tuntas/office/forms"
)

var (
	assess         = store.NewAct("assessment.write", who.WorkCase)
	signAssessment = store.NewAct("assessment.sign", who.SignAssessment)
)

// The occasions of an assessment.
const (
	AtAdmission   = "admission"
	AtReview      = "review"
	AtTermination = "termination"
	AtAftercare   = "aftercare"
)

// The two instruments that the gates ask for.
const (
	Biopsychosocial = "biopsychosocial"
	Independence    = "independence"
)

// Assessment is one filled-in instrument of a case. A restricted instrument has a score and no answers.
type Assessment struct {
	ID                id.ID
	Version           int64
	Case              id.ID
	Centre            id.ID
	Person            id.ID
	Instrument        string
	InstrumentVersion string
	Occasion          string
	Answers           map[string]any
	Score             *int64
	Band              string
	AssessedOn        clock.Day
	Assessor          id.ID
	AssessorName      string
	SignedOn          clock.Day
	SignedBy          id.ID
	SignerName        string
	CertificateNo     string
	Levels            map[string]*int64 // of the independence matrix, by domain; nil is not applicable
}

// Form is the instrument in the version that was filled in.
func (a Assessment) Form() law.Instrument {
	i, _ := law.InstrumentOf(a.Instrument, a.InstrumentVersion)
	return i
}

// Path is the page of the assessment.
func (a Assessment) Path() string {
	return "/cases/" + a.Case.String() + "/assessments/" + a.ID.String()
}

// Gaps lists what is not yet answered.
func (a Assessment) Gaps() []forms.Gap { return forms.Gaps(a.Form(), a.Answers, a.Score) }

// beforePlanning is the gate of the third stage: the plan follows the assessment (Pasal 7 ayat (2)), signed
// by a Pekerja Sosial with a certificate (Pasal 1), and independence is measured at admission, so that the
// change can be shown later.
func beforePlanning(f File) []Condition {
	signed := func(instrument, code string, done, missing fail.Saying, article string) Condition {
		c := Condition{Code: code, Say: missing, Article: article, Part: "assessments"}
		if a := f.assessed(instrument, AtAdmission, AtReview); a != nil {
			c.Done, c.Say = true, fail.Saying{Text: done.Text, Args: []any{a.SignedOn}}
		}
		return c
	}
	return []Condition{
		signed(Biopsychosocial, "assessment-unsigned", fail.Say("Asesmen ditandatangani %s."),
			fail.Say("Asesmen belum ditandatangani pekerja sosial."), "Pasal 7 ayat (2)"),
		signed(Independence, "independence-missing", fail.Say("Matriks kemandirian ditandatangani %s."),
			fail.Say("Matriks kemandirian saat masuk belum ditandatangani."), ""),
	}
}

// NewAssessment begins an assessment, or writes it whole.
type NewAssessment struct {
	ID         id.ID          `json:"id"`
	Instrument string         `json:"instrument" required:"true" maxLength:"40" ask:"Pilih instrumen."`
	Version    string         `json:"version" maxLength:"20"`
	Occasion   string         `json:"occasion" required:"true" enum:"admission,review,termination,aftercare" ask:"Pilih saat asesmen."`
	Answers    map[string]any `json:"answers"`
	Score      *int64         `json:"score"`
	AssessedOn clock.Day      `json:"assessed_on"`
}

// AssessmentChange changes a draft: answers are merged by question.
type AssessmentChange struct {
	Answers    map[string]any `json:"answers"`
	Score      *int64         `json:"score"`
	AssessedOn clock.Day      `json:"assessed_on"`
}

// mayAssess holds what an assessment may say: an instrument and version that exist, answers that the
// instrument knows, and for a restricted instrument a score alone.
func mayAssess(f Case, a Assessment, given map[string]any, score *int64, today clock.Day) (Assessment, error) {
	form, ok := law.InstrumentOf(a.Instrument, a.InstrumentVersion)
	if !ok {
		return a, fail.Bad("instrument", "unknown", "Instrumen ini tidak dikenal.")
	}
	a.InstrumentVersion = form.Version
	if err := dayInOrder("assessed_on", a.AssessedOn, f.OpenedOn, today); err != nil {
		return a, err
	}
	all := maps.Clone(a.Answers)
	if all == nil {
		all = map[string]any{}
	}
	maps.Copy(all, given)
	if form.ScoreOnly && score == nil {
		score = a.Score
	}
	clean, wrong := forms.Validate(form, all, score)
	if err := wrong.Err(); err != nil {
		return a, err
	}
	a.Answers = clean
	result := forms.Score(form, a.Answers, score)
	a.Score, a.Band, a.Levels = result.Score, result.Band, result.Levels
	return a, nil
}

// Assess begins an assessment.
func (d *Desk) Assess(ctx context.Context, by who.Asker, caseID id.ID, in NewAssessment) (a Assessment, err error) {
	err = d.store.Write(ctx, by, assess, func(tx *store.Tx) error {
		f, err := takeOpen(tx, caseID, 0)
		if err != nil {
			return err
		}
		a = Assessment{ID: in.ID, Version: 1, Case: f.ID, Centre: f.Centre, Person: f.Person, Instrument: in.Instrument,
			InstrumentVersion: in.Version, Occasion: in.Occasion, AssessedOn: in.AssessedOn,
			Assessor: by.User, AssessorName: by.Name}
		if a.ID == 0 {
			a.ID = id.New()
		} else if old := f.assessment(a.ID); old != nil {
			if old.Instrument != a.Instrument || old.Occasion != a.Occasion {
				return fail.Clash("id-used", "Pengenal ini sudah dipakai untuk isian lain.")
			}
			a = *old
			return errSame
		}
		if a.AssessedOn == "" {
			a.AssessedOn = tx.Today()
		}
		if a, err = mayAssess(f.Case, a, in.Answers, in.Score, tx.Today()); err != nil {
			return err
		}
		if err = insertAssessment(tx, a); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "assessment", ID: a.ID, Person: a.Person, Case: a.Case, Centre: a.Centre,
			Say: fail.Say("%s mulai diisi.", a.Form().Name), What: assessmentBody(a)})
		_, err = refresh(tx, caseID)
		return err
	})
	if errors.Is(err, errSame) {
		err = nil
	}
	return a, err
}

func (f File) assessment(want id.ID) *Assessment {
	i := slices.IndexFunc(f.Assessments, func(a Assessment) bool { return a.ID == want })
	if i < 0 {
		return nil
	}
	return &f.Assessments[i]
}

// draftOf finds an assessment that is not signed yet.
func draftOf(f File, want id.ID, version int64) (Assessment, error) {
	a := f.assessment(want)
	switch {
	case a == nil:
		return Assessment{}, fail.NotFound
	case version != 0 && a.Version != version:
		return *a, fail.Stale
	case a.SignedOn != "":
		return *a, fail.Broken("assessment-signed", "Asesmen ini sudah ditandatangani. Buat asesmen baru untuk keadaan baru.")
	}
	return *a, nil
}

// Answer keeps answers of a draft: a draft belongs to the case, not to the one who types.
func (d *Desk) Answer(ctx context.Context, by who.Asker, caseID, want id.ID, version int64, in AssessmentChange) (a Assessment, err error) {
	err = d.store.Write(ctx, by, assess, func(tx *store.Tx) error {
		f, err := takeOpen(tx, caseID, 0)
		if err != nil {
			return err
		}
		if a, err = draftOf(f, want, version); err != nil {
			return err
		}
		if in.AssessedOn != "" {
			a.AssessedOn = in.AssessedOn
		}
		if a, err = mayAssess(f.Case, a, in.Answers, in.Score, tx.Today()); err != nil {
			return err
		}
		if err = keepAssessment(tx, &a); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "assessment", ID: a.ID, Person: a.Person, Case: a.Case, Centre: a.Centre,
			Say: fail.Say("Draf %s disimpan.", a.Form().Name), What: in})
		_, err = refresh(tx, caseID)
		return err
	})
	return a, err
}

// maySign holds who signs: a Pekerja Sosial with a certificate of competence (Pasal 1). Outside the panti a
// TKS or Relawan may assess for goods and services (Pasal 14 ayat (2), 17 ayat (2)). Gaps hold a signature up.
func maySign(f File, a Assessment, post centre.Staff, today clock.Day) error {
	helper := f.Setting == Outside && (post.Kind == "tks" || post.Kind == "relawan")
	if !post.MaySign(today) && !helper {
		return fail.Broken("no-certificate", "Asesmen ditandatangani pekerja sosial dengan sertifikat kompetensi yang berlaku (Permensos 16/2019 Pasal 1).")
	}
	gaps := a.Gaps()
	if len(gaps) == 0 {
		return nil
	}
	rule := &fail.Rule{Name: "assessment-incomplete", Say: fail.Say("Asesmen belum lengkap: %d hal belum diisi.", len(gaps))}
	for _, g := range gaps {
		rule.Missing = append(rule.Missing, fail.Missing{Code: g.Key, Say: fail.Say("Belum diisi: %s", lawWord(g.Question.Label))})
	}
	return rule
}

// Sign signs an assessment: it can no longer be changed, its needs become lines of the plan.
func (d *Desk) Sign(ctx context.Context, by who.Asker, caseID, want id.ID, version int64) (a Assessment, err error) {
	err = d.store.Write(ctx, by, signAssessment, func(tx *store.Tx) error {
		f, err := takeOpen(tx, caseID, 0)
		if err != nil {
			return err
		}
		if a, err = draftOf(f, want, version); err != nil {
			return err
		}
		post, err := centre.StaffOf(tx, by.User)
		if err != nil && !errors.Is(err, fail.NotFound) {
			return err
		}
		if err = maySign(f, a, post, tx.Today()); err != nil {
			return err
		}
		a.SignedOn, a.SignedBy, a.SignerName, a.CertificateNo = tx.Today(), by.User, by.Name, post.CertificateNo
		if err = keepAssessment(tx, &a); err != nil {
			return err
		}
		if err = keepLevels(tx, a); err != nil {
			return err
		}
		if err = liftNeeds(tx, f, a); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "assessment", ID: a.ID, Person: a.Person, Case: a.Case, Centre: a.Centre,
			Say: fail.Say("%s ditandatangani.", a.Form().Name), What: assessmentBody(a)})
		_, err = refresh(tx, caseID)
		return err
	})
	return a, err
}

// Need is something a person needs, found by an assessment: it gets a goal, or a reason why not.
type Need struct {
	ID         id.ID
	Assessment id.ID
	Domain     string
	Text       string
	Item       string // of basic needs (Pasal 22-25), where it is one
	Declined   string // why it gets no goal
}

// liftNeeds makes the needs of a signed assessment lines of the plan. What is there already is not doubled.
func liftNeeds(tx *store.Tx, f File, a Assessment) error {
	for _, n := range forms.Needs(a.Form(), a.Answers) {
		same := func(old Need) bool { return old.Domain == n.Domain && old.Text == n.Text }
		if slices.ContainsFunc(f.Needs, same) {
			continue
		}
		need := Need{ID: id.New(), Assessment: a.ID, Domain: n.Domain, Text: n.Text, Item: n.Item}
		f.Needs = append(f.Needs, need)
		if err := insertNeed(tx, f.ID, need); err != nil {
			return err
		}
	}
	return nil
}
