package casework

import (
	"fmt"
	"strings"

	"tuntas/house/fail"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/forms"
)

func (d *Desk) routesAssessment() []web.Route {
	return []web.Route{
		web.GET("/cases/{case}/assessments", d.getAssessments).Openable().Says("assessments", "Assessments of a case, the newest first").Lists(AssessmentBody{}),
		web.POST("/cases/{case}/assessments", d.postAssessment).Drafts("Asesmen baru", who.WorkCase).Says("assessments", "Begin an assessment, or write it whole").Takes(NewAssessment{}).Gives(AssessmentBody{}),
		web.GET("/cases/{case}/assessments/{assessment}", d.getAssessment).Openable().Says("assessments", "One assessment").Gives(AssessmentBody{}),
		web.PATCH("/cases/{case}/assessments/{assessment}", d.patchAssessment).Says("assessments", "Change answers of a draft").Takes(AssessmentChange{}).Gives(AssessmentBody{}),
		web.POST("/cases/{case}/assessments/{assessment}/answers", d.postAnswers).Page().Takes(AssessmentChange{}).Drafts("Jawaban asesmen", who.WorkCase),
		web.POST("/cases/{case}/assessments/{assessment}/signature", d.postSignature).Says("assessments", "Sign an assessment").Gives(AssessmentBody{}),
		web.GET("/cases/{case}/needs", d.getNeeds).Openable().API().Says("plans", "Needs found by assessments").Lists(NeedBody{}),
	}
}

func occasionOptions(r *web.Request) []page.Option {
	return []page.Option{{Value: AtAdmission, Name: r.Say("Saat masuk")}, {Value: AtReview, Name: r.Say("Peninjauan ulang")},
		{Value: AtTermination, Name: r.Say("Saat terminasi")}, {Value: AtAftercare, Name: r.Say("Bimbingan lanjut")}}
}

// startPage adds the instruments to choose from.
func startPage(r *web.Request) func(File) (map[string]any, error) {
	return func(f File) (map[string]any, error) {
		kind, _ := law.KindOf(f.Kind)
		var meant, others []page.Option // those meant for such people come first
		for _, i := range law.Instruments() {
			o := page.Option{Value: i.Key, Name: i.In(string(r.Lang))}
			if i.ScoreOnly {
				o.Name += " (" + r.Say("hanya skor") + ")"
			}
			if i.Suits(kind.Cluster) {
				meant = append(meant, o)
			} else {
				others = append(others, o)
			}
		}
		return map[string]any{"Instruments": append(meant, others...), "Occasions": occasionOptions(r)}, nil
	}
}

func (d *Desk) getAssessments(r *web.Request) (web.Answer, error) {
	if !r.API() {
		return r.Page("casework/assessments.html", d.look(r, startPage(r)))
	}
	f, err := d.Look(r.Context(), r.By, r.ID("case"))
	if err != nil {
		return nil, err
	}
	bodies := []AssessmentBody{}
	for _, a := range f.Assessments {
		bodies = append(bodies, assessmentBody(a))
	}
	return r.Whole(bodies)
}

func (d *Desk) postAssessment(r *web.Request) (web.Answer, error) {
	var in NewAssessment
	err := r.Read(&in)
	var a Assessment
	if err == nil {
		if form, ok := law.InstrumentOf(in.Instrument, in.Version); ok && r.API() {
			in.Answers = given(form, in.Answers)
		}
		a, err = d.Assess(r.Context(), r.By, r.ID("case"), in)
	}
	if err != nil {
		return r.Again("casework/assessments.html", d.look(r, startPage(r)), err)
	}
	return r.Done(a.Path(), a.Path(), assessmentBody(a))
}

// sheet is one page of an instrument: its sections with their state, and the questions of one.
type sheet struct {
	Assessment Assessment
	Form       law.Instrument
	Section    law.Section
	Sections   []sheetSection
	Check      bool // the last page: look over, then sign
	Next       string
	Gaps       []forms.Gap
	Before     *Assessment // the signed one before, for the facts of then
	Changed    []AnswerChange
	Same       []AnswerChange
	Domains    []page.Option
	Items      []page.Option
	Needs      []forms.Need
}

type sheetSection struct {
	law.Section
	Left, Answered int // required questions open, and questions answered
}

// Value is the answer to a question as a form shows it.
func (s sheet) Value(key string) string {
	v, _ := s.Assessment.Answers[key].(string)
	return v
}

// Was is the answer before this one, in words.
func (s sheet) Was(q law.Question, l string) string {
	if s.Before == nil {
		return ""
	}
	v, _ := s.Before.Answers[q.Key].(string)
	if o, ok := law.Find(q.Options, v); ok {
		return o.In(l)
	}
	return v
}

// Label is the question in a language.
func (s sheet) Label(q law.Question, l string) string { return q.In(l) }

// Band is what the score means, in words; none where no cut-off is known.
func (s sheet) Band(l string) string { return forms.BandName(s.Form, s.Assessment.Band, l) }

// Hint is the question's hint in a language.
func (s sheet) Hint(q law.Question, l string) string {
	return law.Named{Name: q.Hint, NameEn: q.HintEn}.In(l)
}

// Shown is an answer in words, for the page that is looked over before signing.
func (s sheet) Shown(q law.Question, l string) string {
	return answerSays(s.Assessment, q, text.Lang(l))
}

// Options are a question's choices.
func (s sheet) Options(q law.Question, l string) []page.Option {
	if q.Type == "yesno" {
		return []page.Option{{Value: "yes", Name: text.T(text.Lang(l), "Ya")}, {Value: "no", Name: text.T(text.Lang(l), "Tidak")}}
	}
	return choices(q.Options, text.Lang(l))
}

func sheetOf(f File, a Assessment, want string, r *web.Request) sheet {
	s := sheet{Assessment: a, Form: a.Form(), Gaps: a.Gaps(), Check: a.SignedOn != "" || want == "check"}
	for i, sec := range s.Form.Sections {
		state := sheetSection{Section: sec}
		for _, q := range sec.Questions {
			if _, ok := a.Answers[q.Key]; ok {
				state.Answered++
			} else if q.Required {
				state.Left++
			}
		}
		s.Sections = append(s.Sections, state)
		if !s.Check && (sec.Key == want || want == "" && i == 0) {
			s.Section, s.Next = sec, "check"
			if i+1 < len(s.Form.Sections) {
				s.Next = s.Form.Sections[i+1].Key
			}
		}
	}
	if s.Before = f.earlier(a); s.Before != nil && !s.Form.ScoreOnly {
		s.Changed, s.Same = compareAnswers(*s.Before, a, r.Lang)
	}
	s.Domains = choices(law.Standard.On(f.OpenedOn).NeedDomains, r.Lang)
	for _, i := range f.Items() {
		s.Items = append(s.Items, page.Option{Value: i.Key, Name: i.In(string(r.Lang))})
	}
	s.Needs = append(typedNeeds(r, forms.Needs(s.Form, a.Answers)), forms.Need{}, forms.Need{}, forms.Need{})
	return s
}

// typedNeeds gives the lines of a form that was sent and refused; else those that are kept.
func typedNeeds(r *web.Request, kept []forms.Need) []forms.Need {
	if !r.Form().Has("answers.needs.0.text") {
		return kept
	}
	var typed []forms.Need
	for n := range 40 {
		at := fmt.Sprintf("answers.needs.%d.", n)
		if text := r.Form().Get(at + "text"); text != "" {
			typed = append(typed, forms.Need{Text: text, Domain: r.Form().Get(at + "domain"), Item: r.Form().Get(at + "item")})
		}
	}
	return typed
}

func (d *Desk) sheetPage(r *web.Request, want string) func() (any, error) {
	return d.look(r, func(f File) (map[string]any, error) {
		a := f.assessment(r.ID("assessment"))
		if a == nil {
			return nil, fail.NotFound
		}
		return map[string]any{"Sheet": sheetOf(f, *a, want, r)}, nil
	})
}

func (d *Desk) getAssessment(r *web.Request) (web.Answer, error) {
	return r.Show("casework/assessment.html", d.sheetPage(r, r.Param("section")), func() (any, error) {
		f, err := d.Look(r.Context(), r.By, r.ID("case"))
		if err != nil {
			return nil, err
		}
		a := f.assessment(r.ID("assessment"))
		if a == nil {
			return nil, fail.NotFound
		}
		return assessmentBody(*a), nil
	})
}

func (d *Desk) patchAssessment(r *web.Request) (web.Answer, error) {
	var in AssessmentChange
	if err := r.Read(&in); err != nil {
		return nil, err
	}
	f, err := d.Look(r.Context(), r.By, r.ID("case"))
	if err != nil {
		return nil, err
	}
	if a := f.assessment(r.ID("assessment")); a != nil {
		in.Answers = given(a.Form(), in.Answers)
	}
	a, err := d.Answer(r.Context(), r.By, r.ID("case"), r.ID("assessment"), r.IfMatch(), in)
	if err != nil {
		return nil, err
	}
	return r.Changed(a.Path(), assessmentBody(a))
}

// postAnswers keeps one section of the form and goes on to the next.
func (d *Desk) postAnswers(r *web.Request) (web.Answer, error) {
	section, next := r.Form().Get("_section"), r.Form().Get("_next")
	var in AssessmentChange
	err := r.Read(&in)
	var a Assessment
	if err == nil {
		in.Answers = emptied(r, in.Answers)
		a, err = d.Answer(r.Context(), r.By, r.ID("case"), r.ID("assessment"), r.IfMatch(), in)
	}
	if err != nil {
		return r.Again("casework/assessment.html", d.sheetPage(r, section), err)
	}
	r.Flash("Draf tersimpan.")
	return r.Go(a.Path() + "?section=" + next)
}

// emptied adds the answers that were cleared in the form: a missing field means no change.
func emptied(r *web.Request, answers map[string]any) map[string]any {
	if answers == nil {
		answers = map[string]any{}
	}
	for name, v := range r.Form() {
		key, ok := strings.CutPrefix(name, "answers.")
		if ok && !strings.Contains(key, ".") && len(v) > 0 && v[0] == "" {
			answers[key] = nil
		}
	}
	return answers
}

func (d *Desk) postSignature(r *web.Request) (web.Answer, error) {
	a, err := d.Sign(r.Context(), r.By, r.ID("case"), r.ID("assessment"), r.IfMatch())
	if err != nil {
		return r.Again("casework/assessment.html", d.sheetPage(r, "check"), err)
	}
	r.Flash("Asesmen ditandatangani.")
	return r.Done("/cases/"+a.Case.String(), a.Path(), assessmentBody(a))
}

func (d *Desk) getNeeds(r *web.Request) (web.Answer, error) {
	f, err := d.Look(r.Context(), r.By, r.ID("case"))
	if err != nil {
		return nil, err
	}
	bodies := []NeedBody{}
	for _, n := range f.Needs {
		bodies = append(bodies, needBody(n))
	}
	return r.Whole(bodies)
}
