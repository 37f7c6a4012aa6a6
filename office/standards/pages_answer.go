package standards

import (
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/centre"
)

func (d *Desk) routesAnswers() []web.Route {
	return []web.Route{
		web.GET("/centres/{centre}/self-assessments", d.getAtCentre).Says("standards", "Self-assessments of an institution, the newest first").Query(web.Part{}).Lists(SelfBody{}),
		web.GET("/self-assessments/{selfassessment}", d.getSelf).Says("standards", "One self-assessment with its scores").Gives(SelfBody{}),
		web.GET("/self-assessments/{selfassessment}/answers", d.getAnswers).API().Says("standards", "The criteria that hold, with their answers").Lists(AnswerBody{}),
		web.GET("/self-assessments/{selfassessment}/chapters/{chapter}", d.getChapter).Page(),
		web.GET("/self-assessments/{selfassessment}/comparison", d.getComparison).Says("standards", "What changed since the last period").Lists(TurnBody{}),
		web.GET("/self-assessments/{selfassessment}/facts/{fact}", d.getFact).Says("standards", "The list behind what operations say").Query(web.Part{}).Lists(LineBody{}),
		web.GET("/self-assessments/{selfassessment}/criteria/{criterion}", d.getCriterion).Says("standards", "One criterion with its answer").Gives(AnswerBody{}),
		web.POST("/self-assessments/{selfassessment}/criteria/{criterion}", d.postAnswer).Drafts("Jawaban penilaian mandiri", who.AssessStandards).Says("standards", "Answer a criterion").Takes(NewAnswer{}).Gives(AnswerBody{}),
		web.POST("/self-assessments/{selfassessment}/criteria/{criterion}/verdict", d.postVerdict).Drafts("Verifikasi penilaian mandiri", who.VerifyStandards).Says("standards", "The province's own answer").Takes(Verdict{}).Gives(AnswerBody{}),
		web.POST("/self-assessments/{selfassessment}/copy", d.postCopy).Says("standards", "Take over the answers of the last period, to be confirmed").Takes(struct{}{}).Gives(SelfBody{}),
		web.POST("/self-assessments/{selfassessment}/submission", d.deed("Penilaian diajukan.", (*Desk).submit)).Says("standards", "Hand it in").Takes(struct{}{}).Gives(SelfBody{}),
		web.POST("/self-assessments/{selfassessment}/withdrawal", d.deed("Penilaian ditarik kembali.", (*Desk).withdraw)).Says("standards", "Take it back").Takes(struct{}{}).Gives(SelfBody{}),
		web.POST("/self-assessments/{selfassessment}/return", d.deed("Penilaian dikembalikan ke UPT.", (*Desk).giveBack)).Drafts("Pengembalian penilaian", who.VerifyStandards).Says("standards", "Give it back to be mended").Takes(Return{}).Gives(SelfBody{}),
		web.POST("/self-assessments/{selfassessment}/verification", d.deed("Verifikasi selesai.", (*Desk).verify)).Drafts("Penutup verifikasi", who.VerifyStandards).Says("standards", "End the verification").Takes(Verification{}).Gives(SelfBody{}),
	}
}

func pathOf(self id.ID) string { return "/self-assessments/" + self.String() }

func (d *Desk) getAtCentre(r *web.Request) (web.Answer, error) {
	var at centre.Centre
	var rounds map[id.ID]Campaign
	all, next, err := web.PartOf(r, 50, func(p web.Part) (all []Self, err error) {
		all, at, rounds, err = d.AtCentre(r.Context(), r.By, r.ID("centre"), p.After, p.Limit)
		return all, err
	}, func(a Self) id.ID { return a.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, selfBody), next)
	}
	return r.Page("standards/centre.html", map[string]any{"All": all, "Centre": at, "Rounds": rounds, "Next": next})
}

// selfPage is a self-assessment as a list of chapters.
type selfPage struct {
	Sheet
	Lines []chapterLine
}

// chapterLine is one chapter of the task list.
type chapterLine struct {
	Node
	Score
	Waits int // copied answers that nobody stands by yet
}

func (d *Desk) selfPage(r *web.Request) (p selfPage, err error) {
	p.Sheet, err = d.Look(r.Context(), r.By, r.ID("selfassessment"))
	for _, n := range p.Standard.Chapters() {
		l := chapterLine{Node: n, Score: p.Chapter(n.Key)}
		for _, c := range p.In(n.Key) {
			if w, ok := p.Answers[c.Key]; ok && !w.Confirmed {
				l.Waits++
			}
		}
		if l.Criteria > 0 {
			p.Lines = append(p.Lines, l)
		}
	}
	return p, err
}

func (d *Desk) getSelf(r *web.Request) (web.Answer, error) {
	p, err := d.selfPage(r)
	if err != nil {
		return nil, err
	}
	return r.Show("standards/self.html", p, scoredBody(p.Sheet))
}

func (d *Desk) getAnswers(r *web.Request) (web.Answer, error) {
	v, err := d.Look(r.Context(), r.By, r.ID("selfassessment"))
	if err != nil {
		return nil, err
	}
	return r.Whole(web.Bodies(v.Criteria, func(c Criterion) AnswerBody { return answerBody(v, c) }))
}

type chapterPage struct {
	Sheet
	Chapter  Node
	Criteria []Criterion
	Score    Score
}

func (d *Desk) getChapter(r *web.Request) (web.Answer, error) {
	v, err := d.Look(r.Context(), r.By, r.ID("selfassessment"))
	if err != nil {
		return nil, err
	}
	p := chapterPage{Sheet: v, Chapter: v.Standard.Node(r.Word("chapter")), Criteria: v.In(r.Word("chapter")), Score: v.Chapter(r.Word("chapter"))}
	if len(p.Criteria) == 0 {
		return nil, fail.NotFound
	}
	return r.Page("standards/chapter.html", p)
}

func (d *Desk) getComparison(r *web.Request) (web.Answer, error) {
	v, err := d.Look(r.Context(), r.By, r.ID("selfassessment"))
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.Whole(web.Bodies(v.Turns(), turnBody))
	}
	return r.Page("standards/compare.html", v)
}

func (d *Desk) getFact(r *web.Request) (web.Answer, error) {
	var f Fact
	var v Sheet
	all, next, err := web.PartOf(r, 49, func(p web.Part) (all []Line, err error) {
		all, f, v, err = d.Behind(r.Context(), r.By, r.ID("selfassessment"), r.Word("fact"), p.After, min(p.Limit, 50))
		return all, err
	}, func(l Line) id.ID { return l.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, lineBody), next)
	}
	return r.Page("standards/fact.html", map[string]any{"Fact": f, "Lines": all, "Next": next, "Sheet": v, "Count": v.Counts[f.Key]})
}

// criterionPage is one criterion: what is asked, what is known, and the forms.
type criterionPage struct {
	Sheet
	Criterion             Criterion
	Answer                Answer
	Before                Answer
	Fact                  Fact
	Count                 Count
	Suggested             string
	Values, Sources, Hows []page.Option
	Proofs                []Evidence
	Next, Last            string // the criteria after and before this one
	Most                  int64
}

// Believed is the version of the answer that the page shows, as its form carries it.
func (p criterionPage) Believed() int64 {
	if p.Answer.ID == 0 {
		return NoVersion
	}
	return p.Answer.Version
}

func (d *Desk) criterionPage(r *web.Request) (p criterionPage, err error) {
	if p.Sheet, err = d.Look(r.Context(), r.By, r.ID("selfassessment")); err != nil {
		return p, err
	}
	if p.Criterion, err = p.Sheet.Criterion(r.Word("criterion")); err != nil {
		return p, err
	}
	c := p.Criterion
	p.Answer, p.Before, p.Proofs, p.Most = p.Answers[c.Key], p.Sheet.Before[c.Key], p.Sheet.Proofs(c.Key), 10
	p.Fact, _ = FactOf(c.Prefill)
	p.Count = p.Counts[c.Prefill]
	if p.Fact.Key != "" {
		p.Suggested = p.Fact.Suggests(p.Count)
	}
	for _, v := range Values {
		p.Values = append(p.Values, page.Option{Value: v, Name: text.T(r.Lang, string(valueWords[v])), Hint: c.Levels.In(v, string(r.Lang))})
	}
	p.Sources = page.WordOptions(r.Lang, sourceWords, "interview", "observation", "document", "operations")
	p.Hows = page.WordOptions(r.Lang, howWords, "visit", "papers")
	for i, other := range p.Criteria {
		if other.Key != c.Key {
			continue
		}
		if i > 0 {
			p.Last = p.Criteria[i-1].Key
		}
		if i+1 < len(p.Criteria) {
			p.Next = p.Criteria[i+1].Key
		}
	}
	return p, nil
}

func (d *Desk) getCriterion(r *web.Request) (web.Answer, error) {
	p, err := d.criterionPage(r)
	if err != nil {
		return nil, err
	}
	return r.Show("standards/criterion.html", p, answerBody(p.Sheet, p.Criterion))
}

func (d *Desk) criterionAgain(r *web.Request, err error) (web.Answer, error) {
	return r.Again("standards/criterion.html", func() (any, error) { return d.criterionPage(r) }, err)
}

func (d *Desk) postAnswer(r *web.Request) (web.Answer, error) {
	var in NewAnswer
	err := r.Read(&in)
	if err == nil {
		_, err = d.Answer(r.Context(), r.By, r.ID("selfassessment"), r.Word("criterion"), r.IfMatch(), in)
	}
	if err != nil {
		return d.criterionAgain(r, err)
	}
	return d.answered(r, "Jawaban tersimpan.")
}

func (d *Desk) postVerdict(r *web.Request) (web.Answer, error) {
	var in Verdict
	err := r.Read(&in)
	if err == nil {
		_, err = d.Judge(r.Context(), r.By, r.ID("selfassessment"), r.Word("criterion"), r.IfMatch(), in)
	}
	if err != nil {
		return d.criterionAgain(r, err)
	}
	return d.answered(r, "Jawaban Dinas tersimpan.")
}

// answered goes on to the next criterion.
func (d *Desk) answered(r *web.Request, say string) (web.Answer, error) {
	p, err := d.criterionPage(r)
	if err != nil {
		return nil, err
	}
	r.Flash(say)
	path := pathOf(p.Self.ID) + "/criteria/"
	own := path + p.Criterion.Key
	if p.Next == "" {
		return r.Done(pathOf(p.Self.ID), own, answerBody(p.Sheet, p.Criterion))
	}
	return r.Done(path+p.Next, own, answerBody(p.Sheet, p.Criterion))
}

func (d *Desk) postCopy(r *web.Request) (web.Answer, error) {
	err := r.Read(&struct{}{})
	n := 0
	if err == nil {
		n, err = d.CopyLast(r.Context(), r.By, r.ID("selfassessment"))
	}
	if err == nil {
		r.Flash("%d jawaban disalin. Tegaskan satu per satu; sebelum itu belum dihitung.", n)
	}
	return d.moved(r, err)
}

// deed is a handler that moves a self-assessment on and tells so.
func (d *Desk) deed(say string, do func(*Desk, *web.Request) error) web.Handler {
	return func(r *web.Request) (web.Answer, error) {
		err := do(d, r)
		if err == nil {
			r.Flash(say)
		}
		return d.moved(r, err)
	}
}

func (d *Desk) moved(r *web.Request, err error) (web.Answer, error) {
	if err != nil {
		return r.Again("standards/self.html", func() (any, error) { return d.selfPage(r) }, err)
	}
	v, err := d.Look(r.Context(), r.By, r.ID("selfassessment"))
	if err != nil {
		return nil, err
	}
	return r.Done(pathOf(v.Self.ID), pathOf(v.Self.ID), scoredBody(v))
}

func (d *Desk) submit(r *web.Request) error {
	err := r.Read(&struct{}{})
	if err == nil {
		_, err = d.Submit(r.Context(), r.By, r.ID("selfassessment"), r.IfMatch())
	}
	return err
}

func (d *Desk) withdraw(r *web.Request) error {
	err := r.Read(&struct{}{})
	if err == nil {
		_, err = d.Withdraw(r.Context(), r.By, r.ID("selfassessment"), r.IfMatch())
	}
	return err
}

func (d *Desk) giveBack(r *web.Request) error {
	var in Return
	err := r.Read(&in)
	if err == nil {
		_, err = d.Return(r.Context(), r.By, r.ID("selfassessment"), r.IfMatch(), in)
	}
	return err
}

func (d *Desk) verify(r *web.Request) error {
	var in Verification
	err := r.Read(&in)
	if err == nil {
		_, err = d.Verify(r.Context(), r.By, r.ID("selfassessment"), r.IfMatch(), in)
	}
	return err
}
