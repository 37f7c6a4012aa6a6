package person

import (
	"embed"

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

// Routes are the desk's addresses.
func (d *Desk) Routes() []web.Route {
	return []web.Route{
		web.GET("/persons", d.getPersons).Says("persons", "Search persons, or list the newest").Query(Query{}).Lists(Body{}),
		web.POST("/persons", d.postPerson).Drafts("Orang baru", who.EnterPerson).Says("persons", "Register a person").Takes(Entry{}).Gives(Body{}),
		web.GET("/persons/new", d.getNew).Page(),
		web.POST("/persons/hints", d.postHints).Page().NoDrafts("the live part of a form"),
		web.GET("/persons/{person}", d.getPerson).Openable().API().Says("persons", "One person").Gives(Body{}),
		web.PATCH("/persons/{person}", d.patchPerson).Says("persons", "Change a person").Takes(Entry{}).Gives(Body{}),
		web.GET("/persons/{person}/edit", d.getEdit).Page(),
		web.POST("/persons/{person}/edit", d.postEdit).Page().Takes(Entry{}).Drafts("Data orang", who.ChangePerson),
		web.GET("/persons/{person}/consents", d.getConsents).Openable().Says("persons", "Consents of a person").Lists(Consent{}),
		web.POST("/persons/{person}/consents", d.postConsent).Drafts("Persetujuan|draf", who.ChangePerson).Says("persons", "Record a consent").Takes(NewConsent{}).Gives(Consent{}),
		web.GET("/persons/{person}/consents/{consent}", d.getConsent).Openable().API().Says("persons", "One consent").Gives(Consent{}),
		web.POST("/persons/{person}/consents/{consent}/withdrawal", d.postWithdrawal).Drafts("Penarikan persetujuan", who.ChangePerson).Says("persons", "Withdraw a consent").Takes(Withdrawal{}).Gives(Consent{}),
		web.GET("/persons/{person}/changes", d.getChanges).Openable().Says("persons", "What was changed").Lists(FieldChange{}),
	}
}

// Withdrawal says who withdraws a consent.
type Withdrawal struct {
	By string `json:"withdrawn_by,omitempty" maxLength:"120"`
}

func (d *Desk) getPersons(r *web.Request) (web.Answer, error) {
	var q Query
	if err := r.Filter(&q); err != nil {
		return nil, err
	}
	hits, next, err := d.Search(r.Context(), r.By, q)
	if err != nil {
		return nil, err
	}
	if r.API() {
		bodies := make([]Body, len(hits))
		for i, h := range hits {
			bodies[i] = BodyOf(h.Person, nil, r.Lang)
		}
		return r.List(bodies, next)
	}
	return r.Page("person/persons.html", map[string]any{"Q": q.Q, "Hits": hits, "Next": next, "Today": r.Today()})
}

// Form is what the pages of registering and changing show.
type form struct {
	Entry   Entry
	Hints   []Hint
	Person  Person
	Options []page.Option // centres
	Odd     []fail.Saying
}

// Name gives the nth name.
func (f form) Name(n int) string {
	if n < len(f.Entry.Names) {
		return f.Entry.Names[n].Text
	}
	return ""
}

// NIK gives the first number of that kind.
func (f form) NIK() string {
	for _, c := range f.Entry.Identifiers {
		if c.Kind == "nik" {
			return c.Value
		}
	}
	return ""
}

// Regions are the kabupaten and kota to choose from, and another province: the one that is on record, or none in particular.
func (f form) Regions() []page.Option {
	out := []page.Option{}
	for _, r := range law.Regions.Latest() {
		out = append(out, page.Option{Value: r.Code, Name: r.Name})
	}
	other := law.OutsideCode
	if law.OtherProvince(f.Entry.HomeRegion) {
		other = f.Entry.HomeRegion
	}
	return append(out, page.Option{Value: other, Name: "Luar Jawa Timur"})
}

func (d *Desk) getNew(r *web.Request) (web.Answer, error) {
	f := form{}
	if q := r.Param("q"); q != "" {
		f.Entry.Names = []Name{{Text: q}}
	}
	return r.Page("person/new.html", f)
}

func (d *Desk) postPerson(r *web.Request) (web.Answer, error) {
	var e Entry
	if err := r.Read(&e); err != nil {
		return r.Again("person/new.html", form{}, err)
	}
	if !r.API() && r.Form().Get("_confirmed") == "" {
		f, err := d.looked(r, e)
		if err != nil {
			return r.Again("person/new.html", form{}, err)
		}
		if len(f.Hints)+len(f.Odd) > 0 {
			return r.Page("person/new.html", f)
		}
	}
	p, hints, err := d.Register(r.Context(), r.By, e)
	if err != nil {
		return r.Again("person/new.html", form{}, err)
	}
	r.Flash("%s didaftarkan.", p.Called)
	path := "/persons/" + p.ID.String()
	return r.Done(path, path, BodyOf(p, hints, r.Lang))
}

// looked is the form with likely same persons and what is odd about the numbers.
func (d *Desk) looked(r *web.Request, e Entry) (form, error) {
	f := form{Entry: e}
	ready, err := mayEnter(e, r.Today())
	if err != nil {
		return f, err
	}
	for _, c := range ready.Identifiers {
		if c.Kind == "nik" {
			f.Odd = append(f.Odd, CheckNIK(c.Value, ready.Sex, ready.Birth)...)
		}
	}
	f.Hints, err = d.Hints(r.Context(), r.By, ready)
	return f, err
}

// postHints shows the form with what is known of likely same persons, and writes nothing: the page asks it
// while fields are left.
func (d *Desk) postHints(r *web.Request) (web.Answer, error) {
	var e Entry
	if err := r.Read(&e); err != nil {
		return r.Again("person/new.html", form{}, err)
	}
	f, err := d.looked(r, e)
	if err != nil {
		return r.Again("person/new.html", form{}, err)
	}
	return r.Page("person/new.html", f)
}

func (d *Desk) getPerson(r *web.Request) (web.Answer, error) {
	p, err := d.Look(r.Context(), r.By, r.ID("person"))
	if err != nil {
		return nil, err
	}
	return r.JSON(BodyOf(p, nil, r.Lang))
}

func (d *Desk) patchPerson(r *web.Request) (web.Answer, error) {
	old, err := d.Look(r.Context(), r.By, r.ID("person"))
	if err != nil {
		return nil, err
	}
	e := entryOf(old)
	birth := e.Birth
	if err := r.Read(&e); err != nil {
		return nil, err
	}
	if e.ID != old.ID || e.Centre != 0 {
		return nil, fixed(e.ID != old.ID)
	}
	if e.Birth.Date != birth.Date && e.Birth.Precision == birth.Precision && len(e.Birth.Date) != len(birth.Date) {
		e.Birth.Precision = "" // a new date of another length speaks for itself
	}
	version := r.IfMatch()
	if version == 0 { // any version: the one that was read
		version = old.Version
	}
	p, err := d.Change(r.Context(), r.By, old.ID, version, e)
	if err != nil {
		return nil, err
	}
	return r.Changed("/persons/"+p.ID.String(), BodyOf(p, nil, r.Lang))
}

// fixed refuses what no change of a person can change.
func fixed(isID bool) error {
	if isID {
		return fail.Bad("id", "fixed", "Isian ini tidak dapat diubah.")
	}
	return fail.Bad("centre_id", "fixed", "Isian ini tidak dapat diubah.")
}

func (d *Desk) getEdit(r *web.Request) (web.Answer, error) {
	p, err := d.Look(r.Context(), r.By, r.ID("person"))
	if err != nil {
		return nil, err
	}
	return r.Page("person/edit.html", form{Entry: entryOf(p), Person: p})
}

func (d *Desk) postEdit(r *web.Request) (web.Answer, error) {
	old, err := d.Look(r.Context(), r.By, r.ID("person"))
	if err != nil {
		return nil, err
	}
	again := form{Entry: entryOf(old), Person: old}
	e := Entry{Note: old.Note, FoundOn: old.FoundOn, DeceasedOn: old.DeceasedOn, Restricted: old.Restricted}
	if err := r.Read(&e); err != nil {
		return r.Again("person/edit.html", again, err)
	}
	for _, c := range old.Identifiers { // the form shows the NIK alone; other claims stay
		if c.Kind != "nik" {
			e.Identifiers = append(e.Identifiers, c)
		}
	}
	p, err := d.Change(r.Context(), r.By, old.ID, r.IfMatch(), e)
	if err != nil {
		return r.Again("person/edit.html", again, err)
	}
	r.Flash("Data diri %s tersimpan.", p.Called)
	return r.Go("/persons/" + p.ID.String())
}

func (d *Desk) getConsents(r *web.Request) (web.Answer, error) {
	p, all, err := d.ConsentsOf(r.Context(), r.By, r.ID("person"))
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.Whole(all)
	}
	return r.Page("person/consents.html", consentPage(r, p, all))
}

func consentPage(r *web.Request, p Person, all []Consent) map[string]any {
	var purposes []page.Option
	for _, n := range law.Standard.On(r.Today()).Consents {
		purposes = append(purposes, page.Option{Value: n.Key, Name: n.In(string(r.Lang))})
	}
	back := r.Param("case")
	if r.Form() != nil {
		back = r.Form().Get("_case")
	}
	if _, ok := id.Parse(back); !ok {
		back = ""
	}
	return map[string]any{"Person": p, "Consents": all, "Purposes": purposes, "Today": r.Today(), "Case": back,
		"Givers": []page.Option{{Value: "self", Name: r.Say("Orangnya sendiri")}, {Value: "parent", Name: r.Say("Orang tua")}, {Value: "guardian", Name: r.Say("Wali")}},
		"Forms":  []page.Option{{Value: "written", Name: r.Say("Tertulis")}, {Value: "recorded", Name: r.Say("Terekam")}}}
}

func (d *Desk) postConsent(r *web.Request) (web.Answer, error) {
	c, err := web.Do(r, func(n NewConsent) (Consent, error) {
		return d.GiveConsent(r.Context(), r.By, r.ID("person"), n.consent())
	})
	path := "/persons/" + r.ID("person").String() + "/consents"
	if err != nil {
		return r.Again("person/consents.html", func() (any, error) {
			p, all, failed := d.ConsentsOf(r.Context(), r.By, r.ID("person"))
			return consentPage(r, p, all), failed
		}, err)
	}
	r.Flash("Persetujuan dicatat.")
	back := path
	if !r.API() {
		if i, ok := id.Parse(r.Form().Get("_case")); ok {
			back = "/cases/" + i.String()
		}
	}
	return r.Done(back, path+"/"+c.ID.String(), c)
}

func (d *Desk) getConsent(r *web.Request) (web.Answer, error) {
	c, err := d.ConsentOf(r.Context(), r.By, r.ID("person"), r.ID("consent"))
	if err != nil {
		return nil, err
	}
	return r.JSON(c)
}

func (d *Desk) postWithdrawal(r *web.Request) (web.Answer, error) {
	var w Withdrawal
	if err := r.Read(&w); err != nil {
		return nil, err
	}
	if err := d.WithdrawConsent(r.Context(), r.By, r.ID("person"), r.ID("consent"), w.By); err != nil {
		return nil, err
	}
	c, err := d.ConsentOf(r.Context(), r.By, r.ID("person"), r.ID("consent"))
	if err != nil {
		return nil, err
	}
	path := "/persons/" + r.ID("person").String() + "/consents"
	r.Flash("Persetujuan ditarik.")
	return r.Done(path, path+"/"+c.ID.String(), c)
}

func (d *Desk) getChanges(r *web.Request) (web.Answer, error) {
	all, err := d.Changes(r.Context(), r.By, r.ID("person"))
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.Whole(all)
	}
	return r.Page("person/changes.html", map[string]any{"Changes": all, "Person": r.ID("person")})
}
