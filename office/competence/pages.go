package competence

import (
	"embed"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/standards"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

// standard is the version whose criteria speak of staff.
const standard = "snrs/2019"

var (
	_ = page.Lookup("trainingstate", func(l text.Lang, key string) string { return text.T(l, string(stateWords[key])) })
	_ = page.Lookup("memberstate", func(l text.Lang, key string) string { return text.T(l, string(memberWords[key])) })
	_ = page.Lookup("kindword", func(l text.Lang, key string) string { return text.T(l, string(kindWords[key])) })
	_ = page.Lookup("criterionword", func(l text.Lang, key string) string { return standards.NameOf(string(l), standard, key) })
)

// Routes are the desk's addresses.
func (d *Desk) Routes() []web.Route {
	return append(d.routesTraining(),
		web.GET("/competence", d.getProvince).Says("staff", "Posts, certificates and workload by institution, in the order in which they were entered").Query(web.Part{}).Lists(StandingBody{}),
		web.GET("/competence/certificates", d.getCertificates).Says("staff", "Certificates that have ended or end within 90 days, the most urgent first").Query(web.Part{}).Lists(EndingBody{}),
		web.GET("/centres/{centre}/competence", d.getCentre).Says("staff", "Posts, certificates, workload and gaps of an institution").Gives(StandingBody{}),
		web.POST("/centres/{centre}/competence", d.postPlan).Drafts("Kebutuhan petugas|draf", who.DevelopStaff).Says("staff", "Set how many of each kind an institution plans").Takes(SetPlan{}).Gives(PlanBody{}),
		web.POST("/centres/{centre}/participants", d.postPropose).NoDrafts("one choice").Says("staff", "Register somebody of an institution for a training: with a place, or on the waiting list").Takes(Propose{}).Gives(ParticipantBody{}),
	)
}

type provincePage struct {
	All  []Standing
	Next string
	One  id.ID // the only institution of the asker
}

func (d *Desk) getProvince(r *web.Request) (web.Answer, error) {
	all, next, err := web.PartOf(r, 50, func(p web.Part) ([]Standing, error) {
		return d.Province(r.Context(), r.By, p.After, p.Limit)
	}, func(s Standing) id.ID { return s.Centre.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, func(s Standing) StandingBody { return standingBody(r.Lang, s) }), next)
	}
	return r.Page("competence/province.html", provincePage{all, next, r.By.Scope.Only()})
}

func (d *Desk) getCertificates(r *web.Request) (web.Answer, error) {
	all, next, err := web.PartOf(r, 50, func(p web.Part) ([]Post, error) {
		return d.Certificates(r.Context(), r.By, p.After, p.Limit)
	}, func(p Post) id.ID { return p.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, func(p Post) EndingBody { return endingBody(p, r.Today()) }), next)
	}
	return r.Page("competence/certificates.html", map[string]any{"All": all, "Next": next, "Days": soonDays})
}

// centrePage is an institution with its people, gaps and the form to send somebody.
type centrePage struct {
	File
	Gaps    []Gap
	Choices []page.Option // trainings that are open
	Days    int
}

// Fits gives the open trainings for a kind of staff of Pasal 42.
func (p centrePage) Fits(kind string) (all []page.Option) {
	if kind == "other" {
		return nil
	}
	for i, t := range p.Open {
		if t.Kind == "" || t.Kind == kind {
			all = append(all, p.Choices[i])
		}
	}
	return all
}

// Kinds are the kinds of staff that are planned.
func (p centrePage) Kinds() []string { return Planned }

// Have is how many of a kind there are.
func (p centrePage) Have(kind string) int64 { return p.ByKind[kind].Have }

// KindName is the label of a kind in the form.
func (p centrePage) KindName(kind string) string { return string(kindWords[kind]) }

// PostChip says how it stands with the certificate of a post.
func (p centrePage) PostChip(lang string, s centre.Staff, today clock.Day) *page.Chip {
	l := text.LangOf(lang)
	switch StateOf(s, today) {
	case Ending:
		return &page.Chip{Kind: "warn", Word: text.T(l, "Habis %s", s.CertificateUntil)}
	case Expired:
		return &page.Chip{Kind: "bad", Word: text.T(l, "Sertifikat habis %s", s.CertificateUntil)}
	case Uncertified:
		return &page.Chip{Kind: "warn", Word: text.T(l, "Belum bersertifikat")}
	}
	if s.CertificateNo != "" {
		return &page.Chip{Kind: "ok", Word: text.T(l, "Bersertifikat")}
	}
	return nil
}

func (d *Desk) centrePage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		f, err := d.Of(r.Context(), r.By, r.ID("centre"))
		p := centrePage{File: f, Gaps: f.Gaps(), Days: soonDays}
		for _, t := range f.Open {
			p.Choices = append(p.Choices, page.Option{Value: t.ID.String(), Name: r.Say("%s, mulai %s", t.Name, t.From)})
		}
		return p, err
	}
}

func (d *Desk) getCentre(r *web.Request) (web.Answer, error) {
	return r.Show("competence/centre.html", d.centrePage(r), func() (any, error) {
		f, err := d.Of(r.Context(), r.By, r.ID("centre"))
		return standingBody(r.Lang, f.Standing), err
	})
}

func (d *Desk) postPlan(r *web.Request) (web.Answer, error) {
	p, err := web.Do(r, func(in SetPlan) (Plan, error) { return d.Plan(r.Context(), r.By, r.ID("centre"), r.IfMatch(), in) })
	if err != nil {
		return r.Again("competence/centre.html", d.centrePage(r), err)
	}
	r.Flash("Kebutuhan petugas ditetapkan.")
	path := "/centres/" + p.Centre.String() + "/competence"
	return r.Done(path, path, planBody(p))
}

func (d *Desk) postPropose(r *web.Request) (web.Answer, error) {
	p, err := web.Do(r, func(in Propose) (Participant, error) { return d.Propose(r.Context(), r.By, r.ID("centre"), in) })
	if err != nil {
		return r.Again("competence/centre.html", d.centrePage(r), err)
	}
	if p.State == Waiting {
		r.Flash("Semua tempat sudah terisi. %s masuk daftar tunggu.", p.Name)
	} else {
		r.Flash("%s diusulkan. Dinas menjawab usulan ini.", p.Name)
	}
	return r.Done("/centres/"+p.Centre.String()+"/competence", participantPath(p), participantBody(p))
}

func participantPath(p Participant) string { return "/training-participants/" + p.ID.String() }
