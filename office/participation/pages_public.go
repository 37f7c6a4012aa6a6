package participation

import (
	"cmp"
	"embed"
	"errors"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/upload"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/centre"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

var (
	dangerWords  = map[string]text.Word{"yes": "Ya, sekarang", "no": "Tidak, tetapi perlu bantuan", "unknown": "Saya tidak tahu"}
	contactWords = map[string]text.Word{Anonymous: "Tanpa nama", Confidential: "Rahasia: hanya Dinas Sosial yang tahu", Named: "Terbuka: petugas boleh menghubungi saya"}
)

// secretHeld is where this browser's session keeps the secret of what is typed.
const secretHeld = "report"

func (d *Desk) routesPublic() []web.Route {
	return []web.Route{
		web.GET("/lapor", d.getBegin).Page().Open(),
		web.POST("/lapor", d.postBegin).Page().Open().Takes(Beginning{}),
		web.GET("/lapor/apa", d.question("what")).Page().Open(),
		web.POST("/lapor/apa", d.postWhat).Page().Open().Takes(What{}),
		web.GET("/lapor/di-mana", d.question("where")).Page().Open(),
		web.POST("/lapor/di-mana", d.postWhere).Page().Open().Takes(Where{}),
		web.GET("/lapor/kapan", d.question("when")).Page().Open(),
		web.POST("/lapor/kapan", d.postWhen).Page().Open().Takes(When{}).Carries("file").Limit(mostPhoto + 64<<10),
		web.GET("/lapor/kontak", d.question("contact")).Page().Open(),
		web.POST("/lapor/kontak", d.postContact).Page().Open().Takes(Contact{}),
		web.GET("/lapor/periksa", d.question("check")).Page().Open(),
		web.POST("/lapor/periksa", d.postSend).Page().Open().Takes(struct{}{}),
		web.GET("/lapor/terkirim", d.getReceipt).Page().Open(),
		web.POST("/lapor/selesai", d.postForget).Page().Open().Takes(struct{}{}),
	}
}

type beginPage struct {
	Stamp   string
	Numbers []page.Option
	Options []page.Option
	Region  string // a profile was read before: its kabupaten or kota goes with the form
	Going   string // the page on which an unfinished report goes on; ""
}

func numbers(r *web.Request) (all []page.Option) {
	for _, n := range law.Reports.On(r.Today()).Numbers {
		all = append(all, page.Option{Value: n.Key, Name: n.In(string(r.Lang))})
	}
	return all
}

// StampFor gives an empty form its stamp. It keeps the one that was sent while that may still be used, so that who pressed
// too soon presses again.
func (d *Desk) StampFor(r *web.Request) (string, error) {
	return d.gate.Again(r.Context(), r.Form().Get("stamp"))
}

// Receive shows the receipt of what was sent under a secret, in the browser that sent it.
func Receive(r *web.Request, secret string) (web.Answer, error) {
	r.Hold(secretHeld, secret)
	return r.Go("/lapor/terkirim")
}

func (d *Desk) beginPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		p := beginPage{Numbers: numbers(r), Options: page.WordOptions(r.Lang, dangerWords, "yes", "no", "unknown"),
			Region: knownRegion(cmp.Or(r.Form().Get("wilayah"), r.Param("wilayah")))}
		if f, err := d.DraftOf(r.Context(), r.Held(secretHeld)); err == nil && f.report == 0 {
			p.Going = f.Next()
		}
		var err error
		p.Stamp, err = d.StampFor(r)
		return p, err
	}
}

func (d *Desk) getBegin(r *web.Request) (web.Answer, error) {
	r.Hush()
	p, err := d.beginPage(r)()
	if err != nil {
		return nil, err
	}
	return r.Page("participation/begin.html", p)
}

func (d *Desk) postBegin(r *web.Request) (web.Answer, error) {
	r.Hush()
	secret, err := web.Do(r, func(in Beginning) (string, error) { return d.Begin(r.Context(), r.Place(), in) })
	if err != nil {
		return r.Again("participation/begin.html", d.beginPage(r), err)
	}
	r.Hold(secretHeld, secret)
	return r.Go("/lapor/apa")
}

type questionPage struct {
	Draft
	Numbers, Categories, Regions, Centres, Seen, Contacts, Dangers []page.Option
	Most                                                           int
	RegionName, CategoryName, SeenName, AboutName                  string
	Stage                                                          string
	Chosen                                                         string // region, answered or likely
}

// At tells which of several questions the page asks.
func (p questionPage) At(stage string) bool { return p.Stage == stage }

// ByCentre tells whether the report is about an institution.
func (p questionPage) ByCentre() bool {
	return p.What.Category == "service" || p.What.Category == "abuse" || p.What.Category == "facility"
}

func (d *Desk) questionPage(r *web.Request, stage string) func() (any, error) {
	return func() (any, error) {
		f, err := d.DraftOf(r.Context(), r.Held(secretHeld))
		if err != nil {
			return nil, err
		}
		rules := law.Reports.On(r.Today())
		p := questionPage{Draft: f, Stage: stage, Numbers: numbers(r), Seen: casework.Options(r, rules.Seen), Most: mostPhoto >> 20,
			Contacts: page.WordOptions(r.Lang, contactWords, Anonymous, Confidential, Named), Dangers: page.WordOptions(r.Lang, dangerWords, "yes", "no", "unknown")}
		p.Categories = CategoryOptions(r)
		c, _ := rules.Category(f.What.Category)
		p.CategoryName = c.In(string(r.Lang))
		seen, _ := law.Find(rules.Seen, f.When.Seen)
		p.SeenName = seen.In(string(r.Lang))
		p.Regions = regionOptions()
		p.Chosen = cmp.Or(f.Where.Region, f.Likely)
		g, _ := law.RegionOf(f.Where.Region)
		p.RegionName = g.Name
		if (stage == "where" || stage == "check") && p.ByCentre() {
			p.Centres, p.AboutName, err = d.centresFor(r, f.Where.About)
		}
		return p, err
	}
}

// centresFor lists the institutions that the public knows, and the name of one.
func (d *Desk) centresFor(r *web.Request, one id.ID) (all []page.Option, name string, err error) {
	list, err := centre.New(d.store).List(r.Context(), who.Public())
	for _, c := range list {
		if c.ClientService {
			all = append(all, page.Option{Value: c.ID.String(), Name: c.Name})
		}
		if c.ID == one {
			name = c.Name
		}
	}
	return all, name, err
}

// question shows a question; without a draft the first one comes again.
func (d *Desk) question(stage string) web.Handler {
	return func(r *web.Request) (web.Answer, error) {
		r.Hush()
		p, err := d.questionPage(r, stage)()
		if err != nil {
			return d.noDraft(r, err)
		}
		q, _ := p.(questionPage)
		switch {
		case q.report != 0:
			return r.Go("/lapor/terkirim")
		case stage == "check" && q.Next() != "periksa":
			return r.Go("/lapor/" + q.Next())
		}
		return r.Page("participation/"+stage+".html", p)
	}
}

func (d *Desk) noDraft(r *web.Request, err error) (web.Answer, error) {
	if errors.Is(err, errNoDraft) {
		return r.Go("/lapor")
	}
	return nil, err
}

// onward answers a question that was answered: the next one that is open, or the check.
func (d *Desk) onward(r *web.Request, stage string, err error) (web.Answer, error) {
	r.Hush()
	if errors.Is(err, errNoDraft) {
		return r.Go("/lapor")
	}
	if err != nil {
		return r.Again("participation/"+stage+".html", d.questionPage(r, stage), err)
	}
	f, err := d.DraftOf(r.Context(), r.Held(secretHeld))
	if err != nil {
		return d.noDraft(r, err)
	}
	return r.Go("/lapor/" + f.Next())
}

func (d *Desk) postWhat(r *web.Request) (web.Answer, error) {
	_, err := web.Do(r, func(in What) (bool, error) { return true, d.AnswerWhat(r.Context(), r.Held(secretHeld), in) })
	return d.onward(r, "what", err)
}

func (d *Desk) postWhere(r *web.Request) (web.Answer, error) {
	_, err := web.Do(r, func(in Where) (bool, error) { return true, d.AnswerWhere(r.Context(), r.Held(secretHeld), in) })
	return d.onward(r, "where", err)
}

func (d *Desk) postWhen(r *web.Request) (web.Answer, error) {
	_, err := web.Do(r, func(in When) (bool, error) {
		file, err := r.SentFile("file", mostPhoto)
		if err != nil {
			return false, err
		}
		return true, d.AnswerWhen(r.Context(), r.Held(secretHeld), in, (*upload.File)(file))
	})
	return d.onward(r, "when", err)
}

func (d *Desk) postContact(r *web.Request) (web.Answer, error) {
	_, err := web.Do(r, func(in Contact) (bool, error) { return true, d.AnswerContact(r.Context(), r.Held(secretHeld), in) })
	return d.onward(r, "contact", err)
}

func (d *Desk) postSend(r *web.Request) (web.Answer, error) {
	r.Hush()
	_, err := web.Do(r, func(struct{}) (bool, error) { return true, d.Send(r.Context(), r.Place(), r.Held(secretHeld)) })
	switch {
	case errors.Is(err, errLacks):
		return d.onward(r, "check", nil)
	case errors.Is(err, errNoDraft):
		return r.Go("/lapor")
	case err != nil:
		return r.Again("participation/check.html", d.questionPage(r, "check"), err)
	}
	return r.Go("/lapor/terkirim")
}

func (d *Desk) getReceipt(r *web.Request) (web.Answer, error) {
	r.Hush()
	c, err := d.ReceiptOf(r.Context(), r.Held(secretHeld))
	if err != nil {
		return d.noDraft(r, err)
	}
	return r.Page("participation/receipt.html", map[string]any{"R": c, "Numbers": numbers(r)})
}

// postForget takes the receipt off this browser.
func (d *Desk) postForget(r *web.Request) (web.Answer, error) {
	r.Hold(secretHeld, "")
	return r.Go("/lacak")
}
