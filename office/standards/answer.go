package standards

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/office/centre"
)

var (
	lookSelf    = store.NewAct("self-assessment.look", who.SeeRecords)
	answerAct   = store.NewAct("self-assessment.answer", who.AssessStandards)
	copyAct     = store.NewAct("self-assessment.copy", who.AssessStandards)
	submitAct   = store.NewAct("self-assessment.submit", who.AssessStandards)
	withdrawAct = store.NewAct("self-assessment.withdraw", who.AssessStandards)
	sourceWords = map[string]text.Word{"interview": "Wawancara", "observation": "Pengamatan", "document": "Dokumen", "operations": "Catatan kerja sehari-hari"}
)

// Answer is what an institution says to one criterion, and what the province says to that.
type Answer struct {
	ID          id.ID
	Version     int64
	Self        id.ID
	Criterion   string
	Value       string // yes, partly, no, na
	Confirmed   bool   // false: copied from the last period; it is not assessed until somebody stands by it
	Source      string
	Note        string
	Why         string // why the answer is another than operations suggest
	Suggested   string
	Counted     *int64 // what operations said then: Counted of CountedOf
	CountedOf   *int64
	On          clock.Day
	By          string
	Verdict     string
	VerdictHow  string // visit, papers
	VerdictNote string
	VerdictOn   clock.Day
	VerdictBy   string
}

// Differs tells whether the province sees it otherwise.
func (w Answer) Differs() bool { return w.Cell().Differs() }

// Cell is the answer in its shortest form.
func (w Answer) Cell() Cell { return Cell{w.Value, w.Verdict, w.Confirmed} }

// NewAnswer is an answer as it is given.
type NewAnswer struct {
	Value  string `json:"value" required:"true" enum:"yes,partly,no,na" ask:"Pilih jawabannya."`
	Source string `json:"source,omitempty" enum:"interview,observation,document,operations"`
	Note   string `json:"note,omitempty" maxLength:"2000"`
	Why    string `json:"why,omitempty" maxLength:"1000"`
}

// mayAnswer holds what an answer needs: its source, unless it does not apply, and a reason where it is another than
// operations suggest.
func mayAnswer(in NewAnswer, suggested string) error {
	var f fail.Fields
	if in.Value != NotApplicable && in.Source == "" {
		f.Add("source", "required", "Pilih dari mana jawabannya diketahui.")
	}
	if in.Value == NotApplicable && in.Note == "" {
		f.Add("note", "required", "Tulis mengapa butir ini tidak berlaku.")
	}
	if suggested != "" && suggested != in.Value && in.Why == "" {
		f.Add("why", "required", "Catatan kerja menyarankan “%s”. Tulis mengapa jawaban Anda berbeda.", valueWords[suggested])
	}
	return f.Err()
}

// mayFill holds that an institution answers while its self-assessment is with it and the campaign runs.
func mayFill(a Self, c Campaign) error {
	switch {
	case c.State != Running:
		return fail.Broken("campaign-closed", "Putaran penilaian ini sudah ditutup.")
	case a.State == Submitted:
		return fail.Broken("self-submitted", "Penilaian ini sudah diajukan. Tarik kembali dulu bila ada yang perlu diubah.")
	case a.State == Verified:
		return fail.Broken("self-verified", "Penilaian ini sudah diverifikasi Dinas.")
	}
	return nil
}

// NoVersion is what somebody believes who saw no answer yet; 0 believes nothing.
const NoVersion = -1

// mayReplace holds that nobody answered in between.
func mayReplace(old Answer, known bool, believed int64) error {
	switch {
	case believed == 0, known && believed == old.Version, !known && believed == NoVersion:
		return nil
	}
	return fail.Stale
}

// sheet is a self-assessment with all that its rules ask for.
type sheet struct {
	self     Self
	campaign Campaign
	standard Standard
	centre   centre.Centre
}

func (d *Desk) sheetOf(tx *store.Tx, self id.ID) (s sheet, err error) {
	if s.self, err = selfByID(tx, self); err != nil {
		return s, err
	}
	if s.campaign, err = campaignByID(tx, s.self.Campaign); err != nil {
		return s, err
	}
	if s.standard, err = d.standardOf(tx, s.self.standard); err != nil {
		return s, err
	}
	s.centre, err = centre.ByID(tx, s.self.Centre)
	return s, err
}

// criterion finds a criterion that holds for the institution.
func (s sheet) criterion(key string) (Criterion, error) {
	c, ok := s.standard.Criterion(key)
	if !ok || !c.Serves(s.centre.Kinds) {
		return c, fail.NotFound
	}
	return c, nil
}

func (s sheet) entry(say fail.Saying, what any) store.Entry {
	return store.Entry{Kind: "self-assessment", ID: s.self.ID, Centre: s.self.Centre, Say: say, What: what}
}

// Answer keeps the answer to one criterion; version is that of the answer which the asker saw.
func (d *Desk) Answer(ctx context.Context, by who.Asker, self id.ID, criterion string, version int64, in NewAnswer) (w Answer, err error) {
	err = d.store.Write(ctx, by, answerAct, func(tx *store.Tx) error {
		s, err := d.sheetOf(tx, self)
		if err != nil {
			return err
		}
		c, err := s.criterion(criterion)
		if err != nil {
			return err
		}
		if err := mayFill(s.self, s.campaign); err != nil {
			return err
		}
		if err := touchSelf(tx, &s.self); err != nil {
			return err
		}
		all, err := answersOf(tx, self)
		if err != nil {
			return err
		}
		old, known := all[c.Key]
		if err := mayReplace(old, known, version); err != nil {
			return err
		}
		w = Answer{ID: old.ID, Version: old.Version, Self: self, Criterion: c.Key, Value: in.Value, Confirmed: true, Source: in.Source, Note: in.Note, On: tx.Today(), By: by.Name,
			Verdict: old.Verdict, VerdictHow: old.VerdictHow, VerdictNote: old.VerdictNote, VerdictOn: old.VerdictOn, VerdictBy: old.VerdictBy}
		if err := suggest(tx, s, c, &w); err != nil {
			return err
		}
		if err := mayAnswer(in, w.Suggested); err != nil {
			return err
		}
		if w.Suggested != "" && w.Suggested != w.Value {
			w.Why = in.Why
		}
		if err := keepAnswer(tx, &w); err != nil {
			return err
		}
		tx.Record(s.entry(fail.Say("Penilaian mandiri: butir %s dijawab %s.", c.Key, valueWords[w.Value]), map[string]any{"criterion": c.Key, "value": w.Value,
			"suggested": w.Suggested, "counted": w.Counted, "counted_of": w.CountedOf, "why": w.Why}))
		return nil
	})
	return w, err
}

// suggest notes what operations say about a criterion.
func suggest(tx *store.Tx, s sheet, c Criterion, w *Answer) error {
	f, ok := FactOf(c.Prefill)
	if !ok {
		return nil
	}
	counts, err := countsOf(tx, s)
	if err != nil {
		return err
	}
	n := counts[f.Key]
	w.Suggested, w.Counted, w.CountedOf = f.Suggests(n), &n.N, &n.Of
	return nil
}

// copied gives the answers of the last period as they are taken over: to be confirmed, with nobody standing by them yet.
func copied(before map[string]Answer, have map[string]Answer, criteria []Criterion) []Answer {
	var all []Answer
	for _, c := range criteria {
		old, was := before[c.Key]
		if _, is := have[c.Key]; is || !was || !old.Confirmed {
			continue
		}
		all = append(all, Answer{Criterion: c.Key, Value: old.Cell().Says(), Confirmed: false, Source: old.Source, Note: old.Note})
	}
	return all
}

// CopyLast takes over the answers of the last period where there is none yet; none of them is assessed until it is confirmed.
func (d *Desk) CopyLast(ctx context.Context, by who.Asker, self id.ID) (n int, err error) {
	err = d.store.Write(ctx, by, copyAct, func(tx *store.Tx) error {
		s, err := d.sheetOf(tx, self)
		if err != nil {
			return err
		}
		if err := mayFill(s.self, s.campaign); err != nil {
			return err
		}
		if err := touchSelf(tx, &s.self); err != nil {
			return err
		}
		last, err := previousOf(tx, s.self)
		if err != nil {
			return err
		}
		if last.ID == 0 {
			return fail.Broken("no-last-period", "Belum ada penilaian sebelumnya dengan standar ini.")
		}
		before, err := answersOf(tx, last.ID)
		if err != nil {
			return err
		}
		have, err := answersOf(tx, self)
		if err != nil {
			return err
		}
		taken := copied(before, have, s.standard.For(s.centre.Kinds))
		for i := range taken {
			taken[i].Self, taken[i].On, taken[i].By = self, tx.Today(), by.Name
			if err := keepAnswer(tx, &taken[i]); err != nil {
				return err
			}
		}
		n = len(taken)
		tx.Record(s.entry(fail.Say("%d jawaban disalin dari masa lalu, untuk ditegaskan.", n), map[string]any{"from": last.ID}))
		return nil
	})
	return n, err
}

// maySubmit holds that something was assessed: nothing at all is no self-assessment.
func maySubmit(s Score) error {
	if s.Assessed == 0 {
		return fail.Broken("self-empty", "Belum ada butir yang dinilai. Butir yang kosong bukan “tidak”, jadi belum ada yang bisa diajukan.")
	}
	return nil
}

// Submit hands a self-assessment in. What is not assessed stays so, and shows as such.
func (d *Desk) Submit(ctx context.Context, by who.Asker, self id.ID, version int64) (Self, error) {
	return d.move(ctx, by, submitAct, self, version, func(tx *store.Tx, s *sheet) (fail.Saying, error) {
		if err := mayFill(s.self, s.campaign); err != nil {
			return fail.Saying{}, err
		}
		all, err := answersOf(tx, self)
		if err != nil {
			return fail.Saying{}, err
		}
		if err := maySubmit(ownScore(s.standard.For(s.centre.Kinds), all)); err != nil {
			return fail.Saying{}, err
		}
		s.self.State, s.self.SubmittedOn, s.self.SubmittedBy = Submitted, tx.Today(), tx.By().Name
		return fail.Say("Penilaian mandiri diajukan."), nil
	})
}

// mayWithdraw holds that the institution takes back what nobody of the province has looked at.
func mayWithdraw(a Self, c Campaign, answers map[string]Answer) error {
	switch {
	case c.State != Running:
		return fail.Broken("campaign-closed", "Putaran penilaian ini sudah ditutup.")
	case a.State != Submitted:
		return fail.Broken("self-not-submitted", "Penilaian ini tidak sedang menunggu verifikasi.")
	}
	for _, w := range answers {
		if w.VerdictOn >= a.SubmittedOn && w.Verdict != "" {
			return fail.Broken("self-looked-at", "Dinas sudah mulai memeriksa. Minta Dinas mengembalikannya.")
		}
	}
	return nil
}

// Withdraw takes a self-assessment back before the province looked at it.
func (d *Desk) Withdraw(ctx context.Context, by who.Asker, self id.ID, version int64) (Self, error) {
	return d.move(ctx, by, withdrawAct, self, version, func(tx *store.Tx, s *sheet) (fail.Saying, error) {
		all, err := answersOf(tx, self)
		if err != nil {
			return fail.Saying{}, err
		}
		if err := mayWithdraw(s.self, s.campaign, all); err != nil {
			return fail.Saying{}, err
		}
		s.self.State, s.self.SubmittedOn, s.self.SubmittedBy = Running, "", ""
		return fail.Say("Penilaian mandiri ditarik kembali."), nil
	})
}

// move takes a self-assessment from one state to another, if it is what the asker saw.
func (d *Desk) move(ctx context.Context, by who.Asker, act store.Act, self id.ID, version int64, step func(*store.Tx, *sheet) (fail.Saying, error)) (a Self, err error) {
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		s, err := d.sheetOf(tx, self)
		if err != nil {
			return err
		}
		if version != 0 && version != s.self.Version {
			return fail.Stale
		}
		say, err := step(tx, &s)
		if err != nil {
			return err
		}
		if err := moveSelf(tx, &s.self); err != nil {
			return err
		}
		a = s.self
		tx.Record(s.entry(say, map[string]any{"state": a.State, "returned_why": a.ReturnedWhy}))
		return nil
	})
	return a, err
}

// ownScore is the score of what an institution stands by, from its answers or from their shortest form.
func ownScore[A interface{ Cell() Cell }](criteria []Criterion, all map[string]A) Score {
	own := map[string]string{}
	for key, w := range all {
		if c := w.Cell(); c.Confirmed {
			own[key] = c.Value
		}
	}
	return ScoreOf(criteria, own)
}

// theirScore is the score of what the province says.
func theirScore[A interface{ Cell() Cell }](criteria []Criterion, all map[string]A) Score {
	theirs := map[string]string{}
	for key, w := range all {
		theirs[key] = w.Cell().Verdict
	}
	return ScoreOf(criteria, theirs)
}

// differing counts the criteria that the province sees otherwise.
func differing[A interface{ Cell() Cell }](all map[string]A) (n int) {
	for _, w := range all {
		if w.Cell().Differs() {
			n++
		}
	}
	return n
}

// EnterMany takes over answers of one institution at once, by the rules of one answer: for what an office assessed before
// it had this system. Nothing is suggested to them, because operations of that time are not counted any more.
func (d *Desk) EnterMany(tx *store.Tx, self id.ID, all []Answer) error {
	s, err := d.sheetOf(tx, self)
	if err != nil {
		return err
	}
	if err := mayFill(s.self, s.campaign); err != nil {
		return err
	}
	for _, w := range all {
		if _, err := s.criterion(w.Criterion); err != nil {
			return err
		}
		if err := mayAnswer(NewAnswer{Value: w.Value, Source: w.Source, Note: w.Note}, ""); err != nil {
			return err
		}
		w.Self, w.Confirmed, w.On, w.By = self, true, tx.Today(), tx.By().Name
		if err := keepAnswer(tx, &w); err != nil {
			return err
		}
	}
	tx.Record(s.entry(fail.Say("%d jawaban penilaian mandiri dimasukkan sekaligus.", len(all)), nil))
	return nil
}
