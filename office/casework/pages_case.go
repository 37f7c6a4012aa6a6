package casework

import (
	"net/url"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/person"
)

func (d *Desk) getCases(r *web.Request) (web.Answer, error) {
	var f Filter
	if err := r.Filter(&f); err != nil {
		return nil, err
	}
	lines, next, err := d.List(r.Context(), r.By, f)
	if err != nil {
		return nil, err
	}
	cursor := next.String()
	if r.API() {
		return r.List(web.Bodies(lines, func(l Line) Body { return BodyOf(l.Case) }), cursor)
	}
	return r.Page("casework/cases.html", func() (any, error) { return d.listPage(r, f, lines, cursor) })
}

// casesPage is the list with its filters; the address holds all of them.
type casesPage struct {
	Filter                 Filter
	Lines                  []Line
	Stages, Kinds, Centres []page.Option
	Tags                   []tag
	Next                   string
	Many                   bool // more than one centre in reach
	Withheld               int64
}

// tag is a filter in force, and the address without it.
type tag struct{ Name, Href string }

func (d *Desk) listPage(r *web.Request, f Filter, lines []Line, next string) (casesPage, error) {
	p := casesPage{Filter: f, Lines: lines, Stages: stageOptions(r.Lang), Kinds: kindOptions(r.Lang, nil)}
	p.Many = r.By.Scope.All || len(r.By.Scope.Centres) > 1
	names := map[string]string{}
	if p.Many {
		centres, err := d.Serving(r.Context(), r.By)
		if err != nil {
			return p, err
		}
		for _, c := range centres {
			p.Centres = append(p.Centres, page.Option{Value: c.ID.String(), Name: c.Name})
			names[c.ID.String()] = c.Name
		}
	}
	var err error
	if p.Withheld, err = d.Withheld(r.Context(), r.By, f); err != nil {
		return p, err
	}
	q := filterQuery(f)
	if next != "" {
		more := filterQuery(f)
		more.Set("after", next)
		p.Next = "/cases?" + more.Encode()
	}
	for _, key := range []string{"q", "stage", "ppks_type", "centre_id", "worker", "late", "due", "waiting", "ready", "open", "person_id"} {
		if v := q.Get(key); v != "" {
			rest := filterQuery(f)
			rest.Del(key)
			p.Tags = append(p.Tags, tag{tagName(r.Lang, key, v, names), "/cases?" + rest.Encode()})
		}
	}
	return p, nil
}

// filterQuery writes a filter as the address holds it, without the cursor.
func filterQuery(f Filter) url.Values {
	q := url.Values{}
	put := func(key, v string, when bool) {
		if when {
			q.Set(key, v)
		}
	}
	put("q", f.Q, f.Q != "")
	put("stage", f.Stage, f.Stage != "")
	put("ppks_type", f.Kind, f.Kind != "")
	put("centre_id", f.Centre.String(), f.Centre != 0)
	put("person_id", f.Person.String(), f.Person != 0)
	put("worker", f.Worker, f.Worker != "")
	put("late", "true", f.Late)
	put("due", f.Due, f.Due != "")
	put("ready", "true", f.Ready)
	put("waiting", f.Waiting, f.Waiting != "")
	if f.Open != nil {
		put("open", map[bool]string{true: "true", false: "false"}[*f.Open], true)
	}
	return q
}

func tagName(l text.Lang, key, v string, centres map[string]string) string {
	switch key {
	case "stage":
		return StageName(l, v)
	case "ppks_type":
		for _, k := range kindOptions(l, []string{v}) {
			return k.Name
		}
	case "centre_id":
		return centres[v]
	case "worker":
		if v == "me" {
			return text.T(l, "Kasus saya")
		}
		if v == nobody {
			return text.T(l, "Belum ada petugas")
		}
		return text.T(l, "Satu petugas")
	case "late":
		return text.T(l, "Terlambat")
	case "due":
		return map[string]string{"late": text.T(l, "Terlambat"), "week": text.T(l, "Jatuh tempo 7 hari ini"), "later": text.T(l, "Tenggat masih lama"),
			"none": text.T(l, "Tanpa tenggat")}[v]
	case "ready":
		return text.T(l, "Siap ke tahap berikutnya")
	case "waiting":
		return map[string]string{"any": text.T(l, "Menunggu kepala"), WaitsReturn: text.T(l, "Rencana dikembalikan"), WaitsWaiver: text.T(l, "Menunggu pengecualian"), WaitsPlan: text.T(l, "Menunggu pengesahan rencana"),
			WaitsDecision: text.T(l, "Menunggu keputusan")}[v]
	case "open":
		return map[string]string{"true": text.T(l, "Masih berjalan"), "false": text.T(l, "Sudah ditutup")}[v]
	case "person_id":
		return text.T(l, "Satu orang")
	}
	return v
}

// openPage is the form that opens a case for a person who is registered.
type openPage struct {
	Person         person.Person
	Kinds, Centres []page.Option
	Centre, Kind   string // chosen already: there is but one
	Settings       []page.Option
	Before         []Episode // earlier cases of the person, the latest first
}

func (d *Desk) openForm(r *web.Request, of id.ID) func() (any, error) {
	return func() (any, error) {
		p := openPage{Settings: []page.Option{
			{Value: Inside, Name: r.Say("Di dalam panti"), Hint: r.Say("Tanggung jawab gubernur (Pasal 9)")},
			{Value: Outside, Name: r.Say("Di luar panti"), Hint: r.Say("Keluarga masih ada yang merawat")}}}
		var err error
		if p.Person, err = d.PersonFor(r.Context(), r.By, of); err != nil {
			return nil, err
		}
		if p.Before, err = d.EpisodesOf(r.Context(), r.By, of); err != nil {
			return nil, err
		}
		centres, err := d.Serving(r.Context(), r.By)
		var served []string
		for _, c := range centres {
			p.Centres = append(p.Centres, page.Option{Value: c.ID.String(), Name: c.Name})
			served = append(served, c.Kinds...)
		}
		if len(centres) == 1 {
			p.Centre = centres[0].ID.String()
		}
		if p.Kinds = kindOptions(r.Lang, served); len(p.Kinds) == 1 {
			p.Kind = p.Kinds[0].Value
		}
		return p, err
	}
}

func (d *Desk) getNew(r *web.Request) (web.Answer, error) {
	of, ok := id.Parse(r.Param("person"))
	if !ok {
		return r.Go("/persons")
	}
	return r.Page("casework/new.html", d.openForm(r, of))
}

func (d *Desk) postCase(r *web.Request) (web.Answer, error) {
	var in Opening
	err := r.Read(&in)
	var c Case
	if err == nil {
		c, err = d.Open(r.Context(), r.By, in)
	}
	if err != nil {
		return r.Again("casework/new.html", d.openForm(r, in.Person), err)
	}
	r.Flash("Kasus dibuka. Berikutnya: periksa syarat penerimaan.")
	next := c.Path()
	if c.Setting == Inside && r.By.May(who.WorkCase) {
		next += "/criteria"
	}
	return r.Done(next, c.Path(), BodyOf(c))
}

func (d *Desk) getCase(r *web.Request) (web.Answer, error) {
	f, err := d.Look(r.Context(), r.By, r.ID("case"))
	if err != nil {
		return nil, err
	}
	return r.JSON(BodyOf(f.Case))
}

func (d *Desk) patchCase(r *web.Request) (web.Answer, error) {
	var ch Change
	if err := r.Read(&ch); err != nil {
		return nil, err
	}
	f, err := d.Change(r.Context(), r.By, r.ID("case"), r.IfMatch(), ch)
	if err != nil {
		return nil, err
	}
	return r.Changed(f.Path(), BodyOf(f.Case))
}

func (d *Desk) getNext(r *web.Request) (web.Answer, error) {
	f, err := d.Look(r.Context(), r.By, r.ID("case"))
	if err != nil {
		return nil, err
	}
	return r.JSON(nextBody(NextStep(f), r.Say))
}

func (d *Desk) getStages(r *web.Request) (web.Answer, error) {
	f, err := d.Look(r.Context(), r.By, r.ID("case"))
	if err != nil {
		return nil, err
	}
	if r.API() {
		bodies := []StageBody{}
		for _, e := range f.Stages {
			bodies = append(bodies, stageBody(e))
		}
		return r.Whole(bodies)
	}
	return r.Page("casework/stages.html", viewOf(f, nil))
}

func (d *Desk) postStage(r *web.Request) (web.Answer, error) {
	f, err := web.Do(r, func(m Move) (File, error) { return d.EnterStage(r.Context(), r.By, r.ID("case"), r.IfMatch(), m) })
	if err != nil {
		return r.Again("casework/stages.html", d.look(r, nil), err)
	}
	r.Flash("Tahap baru dimulai.")
	return r.Done(f.Path(), f.Path()+"/stages", BodyOf(f.Case))
}
