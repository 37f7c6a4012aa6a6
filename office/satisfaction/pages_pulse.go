package satisfaction

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"tuntas/house/fail"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/interop"
)

const largestIntake = 2 << 20

func (d *Desk) pulseRoutes() []web.Route {
	at := "/survey-rounds/{surveyround}"
	return []web.Route{
		web.GET("/pendapat/{code}", d.getPulse).Page().Open().Query(pulseQuery{}),
		web.POST("/pendapat/{code}", d.postPulse).Page().Open().Takes(NewPulse{}),
		web.GET("/pendapat/{code}/terima-kasih", d.getThanks).Page().Open().Query(pulseQuery{}),
		web.POST(at+"/pulse", d.postTurn).NoDrafts("one button").Says("figures", "Let everybody answer an open round by themselves, or end that").Takes(Turn{}).Gives(RoundBody{}),
		web.GET(at+"/poster", d.getPoster).Page(),
		web.GET(at+"/import", d.getIntake).Page(),
		web.POST(at+"/import", d.postIntake).Page().Limit(largestIntake).NoDrafts("a file"),
	}
}

// pulseQuery tells a tablet at the desk of the institution from a visitor's own phone.
type pulseQuery struct {
	Kiosk bool `query:"kios"`
}

// face is one of the four pictures of an element.
type face struct{ Value, Word string }

// faceWords say in words what the pictures show, for the values 1 to 4.
var faceWords = []text.Word{"Tidak puas", "Kurang puas", "Puas", "Sangat puas"}

// pulseQuestions ask for the elements in the words that a visitor uses; the elements themselves are those of law/satisfaction.
var pulseQuestions = [Elements]text.Word{
	"Apakah syarat untuk dilayani mudah dipenuhi?",
	"Apakah cara mendapat layanan mudah diikuti?",
	"Apakah Anda dilayani dengan cukup cepat?",
	"Apakah biaya, bila ada, wajar dan jelas?",
	"Apakah hasil layanan sesuai yang dijanjikan?",
	"Apakah petugas mampu melayani?",
	"Apakah petugas ramah dan sopan?",
	"Apakah keluhan ditangani dengan baik?",
	"Apakah gedung dan peralatannya layak?",
}

type pulseElement struct {
	No, Of               int
	Name, Element, Label string
}

type pulsePage struct {
	Pulse
	Stamp  string
	Faces  []face
	Asks   []pulseElement
	Who    []page.Option
	Kiosk  bool
	Spoken string
}

func (d *Desk) pulsePage(r *web.Request, kiosk bool) func() (any, error) {
	return func() (any, error) {
		p := pulsePage{Kiosk: kiosk, Who: whoOptions(r)}
		var err error
		if p.Pulse, err = d.Running(r.Context(), r.Word("code")); err != nil || p.Round.ID == 0 {
			return p, err
		}
		for i, w := range faceWords {
			p.Faces = append(p.Faces, face{strconv.Itoa(i + 1), text.T(r.Lang, string(w))})
		}
		for i, e := range p.Round.Rules().Elements {
			p.Asks = append(p.Asks, pulseElement{i + 1, Elements, "u" + strconv.Itoa(i+1), e.In(string(r.Lang)), text.T(r.Lang, string(pulseQuestions[i]))})
		}
		p.Stamp, err = d.gate.Again(r.Context(), r.Form().Get("stamp"))
		return p, err
	}
}

func whoOptions(r *web.Request) []page.Option {
	return page.WordOptions(r.Lang, respondentWords, "resident", "family", "visitor")
}

func (d *Desk) getPulse(r *web.Request) (web.Answer, error) {
	var q pulseQuery
	if err := r.Filter(&q); err != nil {
		return nil, err
	}
	p, err := d.pulsePage(r, q.Kiosk)()
	if err != nil {
		return nil, err
	}
	return r.Page("satisfaction/pulse.html", p)
}

func (d *Desk) postPulse(r *web.Request) (web.Answer, error) {
	kiosk := r.Form().Get("kiosk") == "true"
	_, err := web.Do(r, func(in NewPulse) (struct{}, error) {
		return struct{}{}, d.Give(r.Context(), r.Place(), r.Word("code"), in)
	})
	if err != nil {
		return r.Again("satisfaction/pulse.html", d.pulsePage(r, kiosk), err)
	}
	to := "/pendapat/" + r.Word("code") + "/terima-kasih"
	if kiosk {
		to += "?kios=true"
	}
	return r.Go(to)
}

func (d *Desk) getThanks(r *web.Request) (web.Answer, error) {
	var q pulseQuery
	if err := r.Filter(&q); err != nil {
		return nil, err
	}
	p, err := d.Running(r.Context(), r.Word("code"))
	if err != nil {
		return nil, err
	}
	return r.Page("satisfaction/thanks.html", pulsePage{Pulse: p, Kiosk: q.Kiosk})
}

// Turn opens or ends the answering of everybody.
type Turn struct {
	On bool `json:"on"`
}

func (d *Desk) postTurn(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in Turn) (Round, error) {
		return d.TurnPulse(r.Context(), r.By, r.ID("surveyround"), r.IfMatch(), in.On)
	})
	if err != nil {
		return r.Again("satisfaction/round.html", d.roundPage(r), err)
	}
	s, err := d.Look(r.Context(), r.By, one.ID)
	if err != nil {
		return nil, err
	}
	if one.Pulse {
		r.Flash("Siapa saja dapat memberi pendapat sekarang.")
	} else {
		r.Flash("Pendapat daring ditutup.")
	}
	return r.Done(path(one.ID), path(one.ID), roundBody(r.Lang, s.Round))
}

// posterPage is what an institution prints and hangs up.
type posterPage struct {
	Round
	Code, Host string // what is typed on a phone: host, then the path
}

func (d *Desk) getPoster(r *web.Request) (web.Answer, error) {
	s, err := d.Look(r.Context(), r.By, r.ID("surveyround"))
	if err != nil {
		return nil, err
	}
	c, err := d.Place(r.Context(), r.By, s.Centre)
	if err != nil {
		return nil, err
	}
	return r.Page("satisfaction/poster.html", posterPage{s.Round, c.Code, host(r.Site())})
}

// host is the address of the site as people type it.
func host(site string) string {
	_, host, _ := strings.Cut(site, "://")
	return host
}

// intakePage is the form for a file, and what a file would do.
type intakePage struct {
	Round Round
	Out   *Intake
	Text  string // the file, which travels with its preview
}

func (d *Desk) intakePage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		s, err := d.Look(r.Context(), r.By, r.ID("surveyround"))
		return intakePage{Round: s.Round}, err
	}
}

func (d *Desk) getIntake(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.CloseMonth) {
		return nil, fail.Denied
	}
	return r.Page("satisfaction/intake.html", d.intakePage(r))
}

// postIntake previews a file, and takes it in when the preview is confirmed.
func (d *Desk) postIntake(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.CloseMonth) {
		return nil, fail.Denied
	}
	file := []byte(r.Form().Get("text"))
	if len(file) == 0 {
		var err error
		if _, file, err = r.Upload("file"); err != nil {
			return r.Again("satisfaction/intake.html", d.intakePage(r), err)
		}
	}
	out, err := d.Import(r.Context(), r.By, r.ID("surveyround"), file, r.Form().Get("confirmed") == "true")
	if err != nil {
		return r.Again("satisfaction/intake.html", d.intakePage(r), err)
	}
	if out.Written && out.Bad == 0 {
		r.Flash("%d formulir tercatat dari berkas.", out.New)
		return r.Go(path(out.Round.ID))
	}
	p := intakePage{Round: out.Round, Out: &out}
	if utf8.Valid(file) {
		p.Text = string(file)
	} else if p.Text, err = asText(file); err != nil { // a workbook: its rows as text
		return nil, err
	}
	return r.Page("satisfaction/intake.html", p)
}

func asText(file []byte) (string, error) {
	rows, err := interop.Records(file, mostRows)
	if err != nil {
		return "", err
	}
	var all [][]any
	for _, rec := range rows {
		var cells []any
		for _, c := range IntakeColumns {
			cells = append(cells, rec.Cell(c))
		}
		all = append(all, cells)
	}
	b, err := interop.Table(interop.CSV, IntakeColumns, all)
	return string(b), err
}
