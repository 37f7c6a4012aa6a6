package satisfaction

import (
	"embed"
	"html/template"
	"math/big"
	"strconv"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

var (
	sexWords        = map[string]text.Word{"male": "Laki-laki", "female": "Perempuan"}
	educationWords  = map[string]text.Word{"none": "Tidak sekolah", "primary": "SD", "lower": "SMP", "upper": "SMA atau SMK", "higher": "Perguruan tinggi"}
	respondentWords = map[string]text.Word{"resident": "Penghuni", "family": "Keluarga", "visitor": "Pengunjung"}
	sourceWords     = map[string]text.Word{FromPaper: "kertas|formulir", FromFile: "berkas|formulir", FromPulse: "pendapat daring"}
	valueWords      = map[string]text.Word{"1": "1, paling rendah", "2": "2|nilai", "3": "3|nilai", "4": "4, paling tinggi"}
)

var (
	_ = page.Lookup("surveysex", func(l text.Lang, key string) string { return text.T(l, string(sexWords[key])) })
	_ = page.Lookup("surveyage", func(l text.Lang, key string) string {
		for _, a := range law.Ages.Latest() {
			if a.Key == key {
				return a.In(string(l))
			}
		}
		return key
	})
	_ = page.Lookup("surveywho", func(l text.Lang, key string) string { return text.T(l, string(respondentWords[key])) })
	_ = page.Lookup("surveyfrom", func(l text.Lang, key string) string { return text.T(l, string(sourceWords[key])) })
	_ = page.Lookup("surveyschool", func(l text.Lang, key string) string { return text.T(l, string(educationWords[key])) })
)

// Routes are the desk's addresses.
func (d *Desk) Routes() []web.Route {
	return append(d.pulseRoutes(), []web.Route{
		web.GET("/satisfaction", d.getRounds).Says("figures", "Rounds of the survey of satisfaction with their index, the newest first").Query(Listing{}).Lists(RoundBody{}),
		web.GET("/centres/{centre}/survey-rounds/new", d.getNewRound).Page(),
		web.POST("/centres/{centre}/survey-rounds", d.postRound).NoDrafts("two days").Says("figures", "Open a round of an institution; it has one open round at a time").Takes(NewRound{}).Gives(RoundBody{}),
		web.GET("/survey-rounds/{surveyround}", d.getRound).Says("figures", "One round: its index, its elements, and the round before").Gives(RoundBody{}),
		web.POST("/survey-rounds/{surveyround}/closure", d.postClosure).NoDrafts("one button").Says("figures", "Close a round: no form goes in or out any more").Takes(struct{}{}).Gives(RoundBody{}),
		web.GET("/survey-rounds/{surveyround}/answers", d.getAnswers).Says("figures", "Forms of a round, the newest first; nobody's name stands in them").Query(web.Part{}).Lists(AnswerBody{}),
		web.GET("/survey-rounds/{surveyround}/answers/new", d.getNewAnswer).Page(),
		web.POST("/survey-rounds/{surveyround}/answers", d.postAnswer).NoDrafts("nine ticks from paper, which is still there").Says("figures", "Enter a filled form").Takes(NewAnswer{}).Gives(AnswerBody{}),
		web.POST("/survey-answers/{surveyanswer}/removal", d.postRemoval).NoDrafts("one button").Says("figures", "Take a form back that was entered wrongly").Takes(struct{}{}).Gives(AnswerBody{}),
	}...)
}

// Listing chooses rounds: those of one institution, or of all.
type Listing struct {
	web.Part
	Centre id.ID `query:"centre"`
}

type roundsPage struct {
	All  []Round
	Next string
	At   id.ID // the only institution of the asker, or the one asked for
	May  bool
}

// Says writes an index with two decimals; "–" where there is none.
func says(l text.Lang, x *big.Rat) string {
	if x == nil {
		return "–"
	}
	return text.Decimal(l, float64(Hundredths(x))/100, 2)
}

// Index writes the index of a round.
func (r Round) Index(lang string) string { return says(text.Lang(lang), r.Sums.Index()) }

func (d *Desk) getRounds(r *web.Request) (web.Answer, error) {
	var l Listing
	if err := r.Filter(&l); err != nil {
		return nil, err
	}
	all, next, err := web.PageOf(l.Part, 50, func(p web.Part) ([]Round, error) {
		return d.Rounds(r.Context(), r.By, l.Centre, p.After, p.Limit)
	}, func(r Round) id.ID { return r.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, func(one Round) RoundBody { return roundBody(r.Lang, one) }), next)
	}
	at := l.Centre
	if at == 0 {
		at = r.By.Scope.Only()
	}
	return r.Page("satisfaction/rounds.html", roundsPage{all, next, at, at != 0 && r.By.May(who.CloseMonth)})
}

func (d *Desk) newRoundPage(r *web.Request) func() (any, error) {
	return func() (any, error) { return d.Place(r.Context(), r.By, r.ID("centre")) }
}

func (d *Desk) getNewRound(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.CloseMonth) {
		return nil, fail.Denied
	}
	return r.Page("satisfaction/round_new.html", d.newRoundPage(r))
}

func path(round id.ID) string { return "/survey-rounds/" + round.String() }

func (d *Desk) postRound(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in NewRound) (Round, error) { return d.OpenRound(r.Context(), r.By, r.ID("centre"), in) })
	if err != nil {
		return r.Again("satisfaction/round_new.html", d.newRoundPage(r), err)
	}
	r.Flash("Putaran survei dibuka.")
	return r.Done(path(one.ID), path(one.ID), roundBody(r.Lang, one))
}

// element is one line of a round.
type element struct {
	No                     int
	Name, Mean, Index, Was string
	Grade                  string
	Sum                    Sum
}

type roundPage struct {
	Sheet
	Lines []element
	Bars  template.HTML
	Step  page.Chip
	Rule  string
	May   bool // the asker may enter forms
	Over  bool // it may be closed
	Weak  string
	Code  string // the institution's, where a tablet may be set up
}

func (d *Desk) roundPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		s, err := d.Look(r.Context(), r.By, r.ID("surveyround"))
		if err != nil {
			return nil, err
		}
		p := roundPage{Sheet: s, Rule: law.Survey.Version(s.To), May: s.State == Open && r.By.May(who.CloseMonth), Over: s.To <= r.Today() && s.Answers > 0}
		if p.May && s.Pulse {
			c, err := d.Place(r.Context(), r.By, s.Centre)
			if err != nil {
				return nil, err
			}
			p.Code = c.Code
		}
		p.lay(r.Lang)
		return p, nil
	}
}

// lay writes the elements down; the weakest is named.
func (p *roundPage) lay(l text.Lang) {
	var bars []page.Bar
	var weakest *big.Rat
	for i, e := range p.Rules().Elements {
		s := p.Sums[i]
		line := element{No: i + 1, Name: e.In(string(l)), Mean: says(l, s.Mean()), Index: says(l, s.index()), Grade: GradeOf(p.Rules(), s.index()), Was: "–", Sum: s}
		if p.Before != nil {
			line.Was = says(l, p.Before.Sums[i].index())
		}
		if x := s.index(); x != nil {
			bars = append(bars, page.Bar{Name: line.Name, N: (Hundredths(x) + 50) / 100})
			if weakest == nil || x.Cmp(weakest) < 0 {
				weakest, p.Weak = x, line.Name
			}
		}
		p.Lines = append(p.Lines, line)
	}
	if bars != nil {
		p.Bars = page.Bars(l, bars)
	}
	if step := p.Sheet.Step(); step != nil {
		size := says(l, new(big.Rat).Abs(step))
		switch step.Sign() {
		case 1:
			p.Step = page.Chip{Kind: "ok", Word: text.T(l, "naik %s", size)}
		case -1:
			p.Step = page.Chip{Kind: "warn", Word: text.T(l, "turun %s", size)}
		default:
			p.Step = page.Chip{Kind: "none", Word: text.T(l, "tetap")}
		}
	}
}

func (d *Desk) getRound(r *web.Request) (web.Answer, error) {
	return r.Show("satisfaction/round.html", d.roundPage(r), func() (any, error) {
		s, err := d.Look(r.Context(), r.By, r.ID("surveyround"))
		return sheetBody(r.Lang, s), err
	})
}

func (d *Desk) postClosure(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(struct{}) (Round, error) {
		return d.CloseRound(r.Context(), r.By, r.ID("surveyround"), r.IfMatch())
	})
	if err != nil {
		return r.Again("satisfaction/round.html", d.roundPage(r), err)
	}
	s, err := d.Look(r.Context(), r.By, one.ID)
	if err != nil {
		return nil, err
	}
	r.Flash("Putaran survei ditutup.")
	return r.Done(path(one.ID), path(one.ID), roundBody(r.Lang, s.Round))
}

type answersPage struct {
	Round
	All  []Answer
	Next string
	May  bool
}

func (d *Desk) answersPage(r *web.Request) (p answersPage, err error) {
	p.All, p.Next, err = web.PartOf(r, 50, func(part web.Part) (all []Answer, err error) {
		p.Round, all, err = d.Answers(r.Context(), r.By, r.ID("surveyround"), part.After, part.Limit)
		return all, err
	}, func(a Answer) id.ID { return a.ID })
	p.May = p.State == Open && r.By.May(who.CloseMonth)
	return p, err
}

func (d *Desk) getAnswers(r *web.Request) (web.Answer, error) {
	p, err := d.answersPage(r)
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(p.All, answerBody), p.Next)
	}
	return r.Page("satisfaction/answers.html", p)
}

// question is one element in the form.
type question struct{ Name, Label string }

type answerPage struct {
	Round
	Questions             []question
	Who                   []page.Option
	Values, Ages, Schools []page.Option
	Sexes                 []page.Option
}

func (d *Desk) answerPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		s, err := d.Look(r.Context(), r.By, r.ID("surveyround"))
		p := answerPage{Round: s.Round, Values: page.WordOptions(r.Lang, valueWords, "1", "2", "3", "4"),
			Schools: page.WordOptions(r.Lang, educationWords, "none", "primary", "lower", "upper", "higher"), Sexes: page.WordOptions(r.Lang, sexWords, "female", "male"), Who: whoOptions(r)}
		for _, a := range law.Ages.Latest() {
			p.Ages = append(p.Ages, page.Option{Value: a.Key, Name: a.In(string(r.Lang))})
		}
		for i, e := range s.Rules().Elements {
			p.Questions = append(p.Questions, question{"u" + strconv.Itoa(i+1), strconv.Itoa(i+1) + ". " + e.In(string(r.Lang))})
		}
		return p, err
	}
}

func (d *Desk) getNewAnswer(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.CloseMonth) {
		return nil, fail.Denied
	}
	return r.Page("satisfaction/answer_new.html", d.answerPage(r))
}

func (d *Desk) postAnswer(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in NewAnswer) (Answer, error) { return d.Enter(r.Context(), r.By, r.ID("surveyround"), in) })
	if err != nil {
		return r.Again("satisfaction/answer_new.html", d.answerPage(r), err)
	}
	r.Flash("Formulir dicatat. Lanjutkan dengan formulir berikutnya.")
	return r.Done(path(a.Round)+"/answers/new", path(a.Round)+"/answers", answerBody(a))
}

func (d *Desk) postRemoval(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(struct{}) (Answer, error) { return d.Remove(r.Context(), r.By, r.ID("surveyanswer")) })
	if err != nil {
		return nil, err
	}
	r.Flash("Formulir dihapus.")
	return r.Done(path(a.Round)+"/answers", path(a.Round)+"/answers", answerBody(a))
}
