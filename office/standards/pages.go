package standards

import (
	"embed"
	"errors"

	"tuntas/house/fail"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

// Names for the templates.
var (
	_ = page.Lookup("answerword", func(l text.Lang, v string) string { return text.T(l, string(valueWords[v])) })
	_ = page.Lookup("sourceword", func(l text.Lang, v string) string { return text.T(l, string(sourceWords[v])) })
	_ = page.Lookup("howword", func(l text.Lang, v string) string { return text.T(l, string(howWords[v])) })
	_ = page.Lookup("factname", func(l text.Lang, key string) string { f, _ := FactOf(key); return text.T(l, string(f.Name)) })
	_ = page.Lookup("factasks", func(l text.Lang, key string) string { f, _ := FactOf(key); return text.T(l, string(f.Asks)) })
	_ = page.Lookup("factrule", func(l text.Lang, key string) string { f, _ := FactOf(key); return text.T(l, string(f.Rule())) })
)

// Routes are the desk's addresses.
func (d *Desk) Routes() []web.Route {
	all := []web.Route{
		web.GET("/standards", d.getStandards).Says("standards", "Versions of standards, by key").Lists(StandardBody{}),
		web.POST("/standards", d.postStandard).NoDrafts("a file").Says("standards", "Bring in a standard as a file; every fault is named with its place").Takes(NewStandard{}).Carries("file").Limit(MostBytes + 256<<10).Gives(StandardBody{}),
		web.GET("/standards/{key}/{edition}", d.getStandard).Says("standards", "One version with its chapters and criteria").Gives(WholeStandard{}),
		web.GET("/standards/{key}/{edition}/file", d.getStandardFile).Page(),
		web.GET("/standards/{key}/{edition}/file", d.getStandardFile).API().Says("standards", "The file of a version").GivesFile("application/json"),
	}
	all = append(all, d.routesCampaigns()...)
	all = append(all, d.routesAnswers()...)
	return append(all, d.routesEvidence()...)
}

// standardsPage is the list of versions, with the form that brings one in.
type standardsPage struct {
	All    []Held
	Faults []fail.Field
	Most   int
	Facts  []Fact
}

func (d *Desk) getStandards(r *web.Request) (web.Answer, error) {
	all, err := d.Library(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.Whole(web.Bodies(all, standardBody))
	}
	return r.Page("standards/standards.html", standardsPage{All: all, Most: MostBytes >> 20, Facts: Facts})
}

// NewStandard is a standard as text, for who sends no file.
type NewStandard struct {
	Text string `json:"text,omitempty" maxLength:"2000000"`
}

func (d *Desk) postStandard(r *web.Request) (web.Answer, error) {
	var in NewStandard
	err := r.Read(&in)
	body := []byte(in.Text)
	if err == nil {
		sent, failed := r.Sent("file")
		if err = failed; len(sent.Body) > 0 {
			body = sent.Body
		}
	}
	if err == nil && len(body) == 0 {
		err = fail.Bad("file", "required", "Pilih sebuah berkas.")
	}
	var h Held
	if err == nil {
		h, err = d.Enter(r.Context(), r.By, body)
	}
	if err != nil {
		return r.Again("standards/standards.html", func() (any, error) {
			all, failed := d.Library(r.Context(), r.By)
			p := standardsPage{All: all, Most: MostBytes >> 20, Facts: Facts}
			if wrong := new(fail.Invalid); errors.As(err, &wrong) {
				p.Faults = wrong.Fields
			}
			return p, failed
		}, err)
	}
	r.Flash("Standar tersimpan.")
	path := "/standards/" + h.Choice()
	return r.Done(path, path, standardBody(h))
}

type standardPage struct {
	Held
	Standard Standard
}

func (d *Desk) getStandard(r *web.Request) (web.Answer, error) {
	s, h, _, err := d.Standard(r.Context(), r.By, r.Word("key"), r.Word("edition"))
	if err != nil {
		return nil, err
	}
	return r.Show("standards/standard.html", standardPage{h, s}, wholeBody(s, h))
}

func (d *Desk) getStandardFile(r *web.Request) (web.Answer, error) {
	s, _, body, err := d.Standard(r.Context(), r.By, r.Word("key"), r.Word("edition"))
	if err != nil {
		return nil, err
	}
	return r.File(s.Key+"-"+s.Edition+".json", "application/json", body)
}
