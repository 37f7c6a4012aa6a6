package letters

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

// Names of kinds, and of the buttons that begin them, for the templates of this desk and of the case.
var (
	_ = page.Lookup("letterkind", func(l text.Lang, key string) string { k, _ := kindOf(key); return text.T(l, string(k.Name)) })
	_ = page.Lookup("letterbutton", func(l text.Lang, key string) string { k, _ := kindOf(key); return text.T(l, string(k.Button)) })
)

// Routes are the desk's addresses.
func (d *Desk) Routes() []web.Route {
	verifying := web.NewTries(60, 15*time.Minute) // people type a code or two; an office behind one address has many people
	return append(d.routesDrafts(),
		web.GET("/letters", d.getLetters).Says("letters", "Register of letters, the newest first").Query(Filter{}).Lists(LetterBody{}),
		web.GET("/letters/{letter}", d.getPrint).Page(),
		web.GET("/letters/{letter}", d.getLetter).API().Says("letters", "One letter, without what it says").Gives(LetterBody{}),
		web.GET("/letters/{letter}/content", d.getPDF).API().Says("letters", "The letter as a file; the ledger notes the print").GivesFile("application/pdf"),
		web.POST("/letters/{letter}/annulment", d.postAnnulment).Drafts("Pembatalan surat", who.IssueLetter).Says("letters", "Annul a letter; it stays and keeps its number").Takes(Annulment{}).Gives(LetterBody{}),
		web.GET("/centres/{centre}/letter-settings", d.getOffice).Says("letters", "How a centre writes its letters").Gives(OfficeBody{}),
		web.POST("/centres/{centre}/letter-settings", d.postOffice).Drafts("Pengaturan surat|draf", who.ManageCentre).Says("letters", "Set how a centre writes its letters").Takes(SetOffice{}).Gives(OfficeBody{}),
		web.GET("/verify", d.getVerify).Page().Open().Rarely(verifying),
		web.GET("/verify/{code}", d.getVerified).Open().Rarely(verifying).Says("letters", "Whether a code of verification belongs to a letter").Gives(KnownBody{}),
	)
}

// registerPage is the register of letters with its filters; the address holds all of them.
type registerPage struct {
	Filter                        Filter
	Letters                       []Letter
	Drafts                        []Draft
	Kinds, States, Years, Centres []page.Option
	Next                          string
	Settings                      string // where the one centre of the asker sets its letters
}

// mostWaiting is how many drafts the register shows above itself; all are at /letter-drafts.
const mostWaiting = 5

func (d *Desk) getLetters(r *web.Request) (web.Answer, error) {
	var f Filter
	if err := r.Filter(&f); err != nil {
		return nil, err
	}
	all, next, err := d.List(r.Context(), r.By, f)
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, bodyOf), next.String())
	}
	p := registerPage{Filter: f, Letters: all, Kinds: kindOptions(r), States: []page.Option{{Value: Issued, Name: r.Say("Berlaku|surat")}, {Value: Annulled, Name: r.Say("Dibatalkan|surat")}}}
	if f.After == 0 && r.By.May(who.PrepareLetter) {
		if p.Drafts, err = d.Drafts(r.Context(), r.By, 0, mostWaiting); err != nil {
			return nil, err
		}
	}
	for y := r.Today().Time().Year(); len(p.Years) < 5; y-- {
		p.Years = append(p.Years, page.Option{Value: fmt.Sprint(y), Name: fmt.Sprint(y)})
	}
	if next != 0 {
		p.Next = "/letters?" + f.query(next.String())
	}
	if err := d.reach(r, &p); err != nil {
		return nil, err
	}
	return r.Page("letters/letters.html", p)
}

// reach offers the centres to choose from, or the settings of the only one.
func (d *Desk) reach(r *web.Request, p *registerPage) error {
	if at := r.By.Scope.Only(); at != 0 {
		if r.By.May(who.ManageCentre) {
			p.Settings = "/centres/" + at.String() + "/letter-settings"
		}
		return nil
	}
	all, err := d.Centres(r.Context(), r.By)
	for _, c := range all {
		p.Centres = append(p.Centres, page.Option{Value: c.ID.String(), Name: c.Name})
	}
	return err
}

func (f Filter) query(after string) string {
	q := url.Values{}
	for key, v := range map[string]string{"kind": f.Kind, "state": f.State, "after": after} {
		if v != "" {
			q.Set(key, v)
		}
	}
	if f.Centre != 0 {
		q.Set("centre_id", f.Centre.String())
	}
	if f.Year != 0 {
		q.Set("year", fmt.Sprint(f.Year))
	}
	return q.Encode()
}

func kindOptions(r *web.Request) (all []page.Option) {
	for _, k := range Kinds {
		all = append(all, page.Option{Value: k.Key, Name: text.T(r.Lang, string(k.Name))})
	}
	return all
}

// site is where the public checks letters: as the office set it, else where the user is.
func site(r *web.Request, o Office) string { return cmp.Or(o.Site, r.Site()) }

func (d *Desk) getPrint(r *web.Request) (web.Answer, error) {
	if name, pdf := strings.CutSuffix(r.Word("letter"), ".pdf"); pdf {
		letter, _ := id.Parse(name)
		return d.pdf(r, letter)
	}
	l, o, err := d.Print(r.Context(), r.By, r.ID("letter"), "Halaman cetak surat")
	if err != nil {
		return nil, err
	}
	return r.Page("letters/letter.html", letterPage{Letter: l, Sheet: sheetOf(l, Printing{r.By.Name, r.Now(), site(r, o)})})
}

func (d *Desk) getPDF(r *web.Request) (web.Answer, error) { return d.pdf(r, r.ID("letter")) }

func (d *Desk) pdf(r *web.Request, letter id.ID) (web.Answer, error) {
	l, o, err := d.Print(r.Context(), r.By, letter, "Berkas PDF surat")
	if err != nil {
		return nil, err
	}
	file, err := PDF(l, Printing{r.By.Name, r.Now(), site(r, o)})
	if err != nil {
		return nil, err
	}
	return r.File("surat-"+strings.Trim(fileSafe.Replace(l.Number), "-")+".pdf", "application/pdf", file)
}

var fileSafe = strings.NewReplacer("/", "-", `\`, "-", " ", "-", ":", "-", `"`, "", "<", "", ">", "", "|", "-", "?", "", "*", "")

func (d *Desk) getLetter(r *web.Request) (web.Answer, error) {
	l, err := d.Letter(r.Context(), r.By, r.ID("letter"))
	if err != nil {
		return nil, err
	}
	return r.JSON(bodyOf(l))
}

// letterPage is a letter as a sheet of paper, with what may be done with it.
type letterPage struct {
	Letter Letter
	Sheet  Sheet
}

func (d *Desk) postAnnulment(r *web.Request) (web.Answer, error) {
	l, err := web.Do(r, func(in Annulment) (Letter, error) { return d.Annul(r.Context(), r.By, r.ID("letter"), r.IfMatch(), in) })
	if err != nil {
		return r.Again("letters/letter.html", func() (any, error) {
			l, o, failed := d.Print(r.Context(), r.By, r.ID("letter"), "Halaman cetak surat")
			return letterPage{Letter: l, Sheet: sheetOf(l, Printing{r.By.Name, r.Now(), site(r, o)})}, failed
		}, err)
	}
	r.Flash("Surat dibatalkan. Nomornya tetap terpakai.")
	return r.Done(l.Path(), l.Path(), bodyOf(l))
}

func (d *Desk) getOffice(r *web.Request) (web.Answer, error) {
	o, err := d.OfficeOf(r.Context(), r.By, r.ID("centre"))
	if err != nil {
		return nil, err
	}
	return r.Show("letters/office.html", officePage(r, o), officeBody(o))
}

func officePage(r *web.Request, o Office) map[string]any {
	shown := o
	if shown.Numbering == Running {
		shown.Format = cmp.Or(shown.Format, usualFormat)
	}
	return map[string]any{"Office": shown, "Sample": numberOf(o, 121, r.Today()),
		"Numberings": []page.Option{{Value: Running, Name: r.Say("Nomor diberi oleh sistem"), Hint: r.Say("Berurut per tahun, menurut bentuk di bawah.")},
			{Value: Book, Name: r.Say("Nomor dari buku agenda"), Hint: r.Say("Diketik saat surat diterbitkan. Nomor yang sudah terpakai ditolak.")}},
		"Papers": []page.Option{{Value: "A4", Name: "A4"}, {Value: "F4", Name: "F4 (215 × 330 mm)"}}}
}

func (d *Desk) postOffice(r *web.Request) (web.Answer, error) {
	o, err := web.Do(r, func(in SetOffice) (Office, error) {
		return d.SetOffice(r.Context(), r.By, r.ID("centre"), r.IfMatch(), in)
	})
	path := "/centres/" + r.ID("centre").String() + "/letter-settings"
	if err != nil {
		return r.Again("letters/office.html", func() (any, error) {
			o, failed := d.OfficeOf(r.Context(), r.By, r.ID("centre"))
			return officePage(r, o), failed
		}, err)
	}
	r.Flash("Pengaturan surat tersimpan.")
	return r.Done(path, path, officeBody(o))
}

// verifyPage is the public answer about a code: nothing of it names a person or a kind of letter.
type verifyPage struct {
	Asked, Found bool
	Code         string
	Known        Known
}

func (d *Desk) getVerify(r *web.Request) (web.Answer, error) {
	if code := strings.TrimSpace(r.Param("code")); code != "" {
		return r.Go("/verify/" + url.PathEscape(cmp.Or(Grouped(plainCode(code)), clipped(code))))
	}
	return r.Page("letters/verify.html", verifyPage{})
}

// clipped is what was typed, as far as it can stand in an address.
func clipped(typed string) string {
	letters := []rune(strings.ReplaceAll(typed, "/", ""))
	return cmp.Or(string(letters[:min(len(letters), 40)]), "-")
}

func (d *Desk) getVerified(r *web.Request) (web.Answer, error) {
	typed := r.Word("code")
	k, found, err := d.Verify(r.Context(), r.By, typed)
	if err != nil {
		return nil, err
	}
	return r.Show("letters/verify.html", verifyPage{true, found, clipped(typed), k}, knownBody(k, found))
}

// gapsOf says in words what a letter still waits for.
func gapsOf(lang text.Lang, err error) (all []string) {
	var rule *fail.Rule
	if !errors.As(err, &rule) {
		if err != nil {
			return []string{text.T(lang, "Isian surat ini belum benar.")}
		}
		return nil
	}
	for _, m := range rule.Missing {
		all = append(all, text.Say(lang, m.Say))
	}
	if len(all) == 0 {
		all = append(all, text.Say(lang, rule.Say))
	}
	return all
}
