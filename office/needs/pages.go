package needs

import (
	"embed"
	"io/fs"
	"slices"
	"strconv"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
)

//go:embed html/*
var htmlFiles embed.FS

// Pages are the templates of this desk.
var Pages fs.FS = htmlFiles

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

var (
	_ = page.Lookup("needkind", func(l text.Lang, key string) string { return text.T(l, string(kindWords[key])) })
	_ = page.Lookup("needstate", func(l text.Lang, key string) string { return text.T(l, string(stateWords[key])) })
	_ = page.Lookup("problemsource", func(l text.Lang, key string) string { return text.T(l, string(sourceWords[key])) })
	_ = page.Lookup("prioritypart", func(l text.Lang, key string) string {
		return text.T(l, string(map[string]text.Word{"impact": "Dampak pada layanan", "risk": "Bila dibiarkan", "people": "Orang yang terkena", "mandate": "Fungsi pendirian menunggu",
			"cost": "Biaya kecil didahulukan"}[key]))
	})
)

// Routes are the addresses of this desk.
func (d *Desk) Routes() []web.Route {
	return append(append(d.routesNeed(), d.routesMap()...),
		web.GET("/centres/{centre}/needs", d.getChain).Page().Query(ChainAsk{}),
		web.GET("/centres/{centre}/problems", d.getProblems).API().Says("needs", "Problems of an institution").Query(ChainAsk{}).Lists(ProblemBody{}),
		web.GET("/centres/{centre}/problem-suggestions", d.getSuggestions).API().Says("needs", "Problems that what is on record shows, and nobody has written down").Lists(SuggestionBody{}),
		web.GET("/centres/{centre}/problems/new", d.getProblemForm).Page().Query(FromSuggestion{}),
		web.POST("/centres/{centre}/problems", d.postProblem).Drafts("Masalah UPT|draf", who.ProposeNeed).Says("needs", "Report a problem of an institution").Takes(NewProblem{}).Gives(ProblemBody{}),
		web.GET("/centre-problems/{problem}", d.getProblem).Says("needs", "One problem").Gives(ProblemBody{}),
		web.POST("/centre-problems/{problem}/closure", d.postEnding).Drafts("Penutupan masalah|draf", who.ProposeNeed).Says("needs", "Close a problem").Takes(Ending{}).Gives(ProblemBody{}),
	)
}

// ChainAsk chooses problems of an institution.
type ChainAsk struct {
	web.Part
	State string `query:"state" enum:"open,solved,dropped"`
}

// chainPage is an institution from what is on record to what is on its way.
type chainPage struct {
	Chain
	State string
	Next  string
	Kinds []kindLine
	Lines []suggestionLine
}

// kindLine is what the live needs of one kind add up to.
type kindLine struct {
	Kind string
	N    int64
	Cost int64
}

// suggestionLine is a suggestion with its words.
type suggestionLine struct {
	Suggestion
	Title string
}

// Total is what all live needs of the institution cost.
func (p chainPage) Total() (n, cost int64) {
	for _, k := range p.Kinds {
		n, cost = n+k.N, cost+k.Cost
	}
	return n, cost
}

// N is how many live needs there are.
func (p chainPage) N() int64 { n, _ := p.Total(); return n }

// Cost is what they cost.
func (p chainPage) Cost() int64 { _, cost := p.Total(); return cost }

// Beside gives the name of the criterion of a problem where its title does not say it.
func (p chainPage) Beside(lang string, one Problem) string {
	if one.Criterion == "" {
		return ""
	}
	if name := p.Sheet.NameOf(one.Criterion, lang); name != one.Title {
		return name
	}
	return ""
}

func (d *Desk) chain(r *web.Request) (p chainPage, err error) {
	var a ChainAsk
	if err := r.Filter(&a); err != nil {
		return p, err
	}
	if a.State == "" {
		a.State = Open
	}
	p.State = a.State
	p.Problems, p.Next, err = web.PageOf(a.Part, 50, func(part web.Part) ([]Problem, error) {
		p.Chain, err = d.At(r.Context(), r.By, r.ID("centre"), a.State, part.After, part.Limit)
		return p.Chain.Problems, err
	}, func(p Problem) id.ID { return p.ID })
	for _, k := range Kinds {
		line := kindLine{Kind: k}
		for _, s := range p.Sums {
			if s.Kind == k && s.State != Delivered && s.State != Refused {
				line.N, line.Cost = line.N+s.N, line.Cost+s.Cost
			}
		}
		if line.N > 0 {
			p.Kinds = append(p.Kinds, line)
		}
	}
	for _, s := range p.Suggestions {
		p.Lines = append(p.Lines, suggestionLine{s, titleOf(r, s)})
	}
	return p, err
}

func titleOf(r *web.Request, s Suggestion) string {
	return s.Title(string(r.Lang), func(say fail.Saying) string { return r.Say(say.Text, say.Args...) })
}

func (d *Desk) getChain(r *web.Request) (web.Answer, error) {
	p, err := d.chain(r)
	if err != nil {
		return nil, err
	}
	return r.Page("needs/chain.html", p)
}

func (d *Desk) getProblems(r *web.Request) (web.Answer, error) {
	p, err := d.chain(r)
	if err != nil {
		return nil, err
	}
	return r.List(web.Bodies(p.Problems, problemBody), p.Next)
}

func (d *Desk) getSuggestions(r *web.Request) (web.Answer, error) {
	all, _, err := d.Suggest(r.Context(), r.By, r.ID("centre"))
	if err != nil {
		return nil, err
	}
	return r.Whole(web.Bodies(all, func(s Suggestion) SuggestionBody {
		return SuggestionBody{s.Ref, s.Source, s.Criterion, titleOf(r, s), s.Impact, s.Risk, s.People}
	}))
}

// FromSuggestion names the suggestion from which a problem is written down.
type FromSuggestion struct {
	Source string `query:"source"`
	Ref    string `query:"ref"`
}

// problemForm is a problem before it is written down.
type problemForm struct {
	Centre   id.ID
	Name     string
	From     *suggestionLine // nil: the word of a person
	Sources  []page.Option
	Impacts  []page.Option
	Risks    []page.Option
	Criteria []page.Option
}

// People is how many the suggestion counts.
func (f problemForm) People() string {
	if f.From == nil || f.From.People == 0 {
		return ""
	}
	return strconv.FormatInt(f.From.People, 10)
}

func (d *Desk) problemForm(r *web.Request, source, ref string) (f problemForm, err error) {
	all, c, err := d.Suggest(r.Context(), r.By, r.ID("centre"))
	if err != nil {
		return f, err
	}
	f = problemForm{Centre: c.ID, Name: c.Name, Sources: page.WordOptions(r.Lang, sourceWords, Sources...), Impacts: steps(r, impactWords), Risks: steps(r, riskWords)}
	if i := slices.IndexFunc(all, func(s Suggestion) bool { return s.Source == source && s.Ref == ref }); i >= 0 && ref != "" {
		f.From = &suggestionLine{all[i], titleOf(r, all[i])}
		return f, nil
	}
	sheet, err := d.standards.NewestSheet(r.Context(), r.By, c.ID)
	for _, k := range sheet.Criteria {
		f.Criteria = append(f.Criteria, page.Option{Value: k.Key, Name: k.In(string(r.Lang))})
	}
	return f, err
}

func steps(r *web.Request, words map[int64]text.Word) (all []page.Option) {
	for n := int64(1); n <= 4; n++ {
		all = append(all, page.Option{Value: strconv.FormatInt(n, 10), Name: r.Say(string(words[n]))})
	}
	return all
}

func (d *Desk) getProblemForm(r *web.Request) (web.Answer, error) {
	var a FromSuggestion
	if err := r.Filter(&a); err != nil {
		return nil, err
	}
	f, err := d.problemForm(r, a.Source, a.Ref)
	if err != nil {
		return nil, err
	}
	return r.Page("needs/problem_new.html", f)
}

func (d *Desk) postProblem(r *web.Request) (web.Answer, error) {
	p, err := web.Do(r, func(in NewProblem) (Problem, error) { return d.Report(r.Context(), r.By, r.ID("centre"), in) })
	if err != nil {
		return r.Again("needs/problem_new.html", func() (any, error) { return d.problemForm(r, r.Form().Get("source"), r.Form().Get("ref")) }, err)
	}
	r.Flash("Masalah tercatat. Tulis apa yang dibutuhkan untuk mengatasinya.")
	path := "/centre-problems/" + p.ID.String()
	return r.Done(path, path, problemBody(p))
}

// problemPage is one problem with its needs, and the form for one more.
type problemPage struct {
	Problem
	Name  string
	All   []Need
	Form  needForm
	Words string // of the criterion
	Steps [2]string
}

func (d *Desk) problemPage(r *web.Request, problem id.ID) (p problemPage, err error) {
	one, c, all, err := d.Problem(r.Context(), r.By, problem)
	if err != nil {
		return p, err
	}
	p = problemPage{Problem: one, Name: c.Name, All: all, Form: newNeedForm(r)}
	p.Steps = [2]string{r.Say(string(impactWords[one.Impact])), r.Say(string(riskWords[one.Risk]))}
	if one.Criterion != "" && r.By.May(who.SeeRecords) {
		sheet, err := d.standards.NewestSheet(r.Context(), r.By, c.ID)
		if err != nil {
			return p, err
		}
		p.Words = sheet.NameOf(one.Criterion, string(r.Lang))
	}
	return p, nil
}

func (d *Desk) getProblem(r *web.Request) (web.Answer, error) {
	return r.Show("needs/problem.html", func() (any, error) { return d.problemPage(r, r.ID("problem")) }, func() (any, error) {
		p, _, _, err := d.Problem(r.Context(), r.By, r.ID("problem"))
		return problemBody(p), err
	})
}

func (d *Desk) postEnding(r *web.Request) (web.Answer, error) {
	p, err := web.Do(r, func(in Ending) (Problem, error) {
		return d.EndProblem(r.Context(), r.By, r.ID("problem"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("needs/problem.html", func() (any, error) { return d.problemPage(r, r.ID("problem")) }, err)
	}
	r.Flash("Masalah ditutup.")
	path := "/centre-problems/" + p.ID.String()
	return r.Done(path, path, problemBody(p))
}
