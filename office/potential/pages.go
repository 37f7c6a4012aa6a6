package potential

import (
	"embed"
	"html/template"
	"slices"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/interop"
	"tuntas/office/monitoring"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

var (
	kindWords     = map[string]text.Word{Skill: "Keterampilan|bantuan", Place: "Tempat|bantuan", Goods: "Barang|bantuan", Job: "Pekerjaan|bantuan", Time: "Waktu relawan"}
	standingWords = map[string]text.Word{Open: "Terbuka|bantuan", Closed: "Ditutup|bantuan", Expired: "Lewat masa", Full: "Semua sudah dijanjikan", Met: "Terpenuhi|bantuan"}
	promiseWords  = map[string]text.Word{Promised: "Dijanjikan", Delivered: "Sudah datang", Used: "Sudah dipakai", Thanked: "Sudah berterima kasih", Refused: "Dikembalikan|janji", Withdrawn: "Ditarik pemberi"}
	reachWords    = map[string]text.Word{ReachDistrict: "Kabupaten/kota sendiri", ReachNear: "Juga kabupaten/kota tetangga", ReachProvince: "Seluruh provinsi", ReachChosen: "Pilih sendiri"}
	letterWords   = map[string]text.Word{Incoming: "Menunggu diperiksa", Accepted: "Diterima|tawaran", Declined: "Tidak dilanjutkan|tawaran"}
	workWords     = map[string]text.Word{"skill": "Keterampilan|karya", "product": "Karya|karya"}
	endWords      = map[string]text.Word{Withdrawn: "Pemberi menarik janjinya", Refused: "Kami mengembalikan"}
)

func looked(w map[string]text.Word) func(text.Lang, string) string {
	return func(l text.Lang, key string) string { return text.T(l, string(w[key])) }
}

var (
	_ = page.Lookup("helpkind", looked(kindWords))
	_ = page.Lookup("promiseword", looked(promiseWords))
	_ = page.Lookup("reachword", looked(reachWords))
	_ = page.Lookup("workkind", looked(workWords))
	_ = page.Lookup("pskskind", func(l text.Lang, key string) string { k, _ := law.SourceOf(key); return k.In(string(l)) })
	_ = page.Lookup("clearancename", func(l text.Lang, key string) string {
		n, _ := law.Find(law.Potentials.Latest().Clearances, key)
		return n.In(string(l))
	})
)

// Chip says where an offer stands.
func (o Offer) Chip(lang string, today clock.Day) page.Chip {
	return standingChip(lang, o.Standing(today), true)
}

// Chip says where a request stands.
func (r Request) Chip(lang string, today clock.Day) page.Chip {
	return standingChip(lang, r.Standing(today), false)
}

func standingChip(lang, standing string, offer bool) page.Chip {
	kind := map[string]string{Open: "info", Closed: "none", Expired: "warn", Full: "ok", Met: "ok"}[standing]
	if offer && standing == Open {
		kind = "ok"
	}
	return page.Chip{Kind: kind, Word: text.T(text.Lang(lang), string(standingWords[standing]))}
}

// Chip says where a promise stands; an overdue one says so.
func (p Promise) Chip(lang string, today clock.Day) page.Chip {
	l := text.Lang(lang)
	if p.Overdue(today) {
		return page.Chip{Kind: "bad", Word: text.T(l, "Terlambat %d hari", today.Sub(p.DueOn))}
	}
	kind := map[string]string{Promised: "info", Delivered: "warn", Used: "warn", Thanked: "ok", Refused: "none", Withdrawn: "bad"}[p.State]
	return page.Chip{Kind: kind, Word: text.T(l, string(promiseWords[p.State]))}
}

// Chip says where a letter stands.
func (l Letter) Chip(lang string) page.Chip {
	kind := map[string]string{Incoming: "info", Accepted: "ok", Declined: "none"}[l.State]
	return page.Chip{Kind: kind, Word: text.T(text.Lang(lang), string(letterWords[l.State]))}
}

// Clearing says how the clearance of a potential stands on a day.
func (p Potential) Clearing(lang string, today clock.Day) page.Chip {
	l := text.Lang(lang)
	switch {
	case p.Clearance == "":
		return page.Chip{Kind: "none", Word: text.T(l, "Belum dicatat")}
	case !p.Cleared(today):
		return page.Chip{Kind: "bad", Word: text.T(l, "Habis %s", p.ClearanceUntil)}
	case p.ClearanceUntil <= today.Add(law.Potentials.On(today).ClearanceRemind):
		return page.Chip{Kind: "warn", Word: text.T(l, "Habis %s", p.ClearanceUntil)}
	}
	return page.Chip{Kind: "ok", Word: text.T(l, "Berlaku sampai %s", p.ClearanceUntil)}
}

// Routes are the desk's addresses: those of staff, and those of the public.
func (d *Desk) Routes() []web.Route {
	const group = "potentials"
	at := "/potentials/{potential}"
	return slices.Concat([]web.Route{
		web.GET("/potentials", d.getPotentials).Says(group, "The register of PSKS, the oldest entry first").Query(Listing{}).Lists(PotentialBody{}),
		web.GET("/potentials/csv", d.getFile).Page().Query(Listing{}),
		web.GET("/potentials/new", d.getNew).Page(),
		web.POST("/potentials", d.postNew).Drafts("Potensi|draf", who.WritePotential).Says(group, "Enter a potential").Takes(NewPotential{}).Gives(PotentialBody{}),
		web.GET(at, d.getPotential).Says(group, "One potential with what it offers").Gives(PotentialBody{}),
		web.GET(at+"/edit", d.getEdit).Page(),
		web.POST(at, d.postEdit).Drafts("Perubahan potensi|draf", who.WritePotential).Says(group, "Write a potential anew").Takes(NewPotential{}).Gives(PotentialBody{}),
		web.POST(at+"/retirement", d.postRetirement).NoDrafts("one button").Says(group, "Take a potential off the register, or back onto it").Takes(struct{}{}).Gives(PotentialBody{}),
	}, d.routesOffer(), d.routesRequest(), d.routesPromise(), d.routesLetter(), d.routesWork(), d.routesPublic())
}

// Listing chooses potentials.
type Listing struct {
	web.Part
	Kind   string `query:"kind" maxLength:"40"`
	Region string `query:"region" maxLength:"5"`
	Skill  string `query:"skill" maxLength:"60"`
	State  string `query:"state" enum:"active,retired"`
}

func (l Listing) filter() Filter {
	f := Filter{Kind: l.Kind, Region: l.Region, Retired: l.State == Retired}
	if w := wordsIn(l.Skill); len(w) > 0 {
		f.Word = w[0]
	}
	return f
}

// Rest is the filter as a query, behind the cursor.
func (l Listing) Rest() template.URL {
	return rest(map[string]string{"kind": l.Kind, "region": l.Region, "skill": l.Skill, "state": l.State})
}

// Narrow tells whether anything narrows the list.
func (l Listing) Narrow() bool { return l.Kind != "" || l.Region != "" || l.Skill != "" }

type listPage struct {
	All     []Potential
	N       int64
	Next    string
	F       Listing
	Kinds   []page.Option
	Regions []page.Option
	Map     template.HTML
	Legend  []monitoring.Legend
	May     bool
}

func (d *Desk) getPotentials(r *web.Request) (web.Answer, error) {
	var l Listing
	if err := r.Filter(&l); err != nil {
		return nil, err
	}
	p := listPage{F: l, May: r.By.May(who.WritePotential)}
	var err error
	p.All, p.Next, err = web.PageOf(l.Part, 50, func(part web.Part) (all []Potential, err error) {
		f := l.filter()
		f.After, f.Limit = part.After, part.Limit
		all, p.N, err = d.Potentials(r.Context(), r.By, f)
		return all, err
	}, func(one Potential) id.ID { return one.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(p.All, potentialBody), p.Next)
	}
	p.Kinds, p.Regions = sourceOptions(r), regionOptions()
	if l.After == 0 && !l.Narrow() {
		n, err := d.Regions(r.Context(), r.By)
		if err != nil {
			return nil, err
		}
		p.Map, p.Legend = drawn(r.Lang, n, func(code string) template.URL { return template.URL("/potentials?region=" + code) }) //nolint:gosec // a code of the law
	}
	return r.Page("potential/potentials.html", p)
}

// drawn shades the districts by a count.
func drawn(l text.Lang, n map[string]int64, href func(code string) template.URL) (template.HTML, []monitoring.Legend) {
	var areas []monitoring.Area
	for _, g := range law.Regions.Latest() {
		areas = append(areas, monitoring.Area{Code: g.Code, Name: g.Name, N: n[g.Code], Href: href(g.Code)})
	}
	return monitoring.Draw(l, areas)
}

// mostInFile is how many potentials one file holds.
const mostInFile = 20000

// getFile gives the register as a file, without contacts of people: interop keeps formulas away.
func (d *Desk) getFile(r *web.Request) (web.Answer, error) {
	var l Listing
	if err := r.Filter(&l); err != nil {
		return nil, err
	}
	f := l.filter()
	f.Limit = mostInFile
	all, _, err := d.Potentials(r.Context(), r.By, f)
	if err != nil {
		return nil, err
	}
	rows := make([][]any, 0, len(all))
	for _, p := range all {
		k, _ := law.SourceOf(p.Kind)
		g, _ := law.RegionOf(p.Region)
		rows = append(rows, []any{k.Name, p.Name, g.Name, p.Place, p.Skills, p.Goods, p.Free().Says("id"), p.Capacity, string(p.ClearanceUntil)})
	}
	b, err := interop.Table(interop.CSV, []string{"jenis", "nama", "kabupaten_kota", "tempat", "keterampilan", "barang", "waktu", "kapasitas", "keterangan_sampai"}, rows)
	if err != nil {
		return nil, err
	}
	return r.File("potensi.csv", "text/csv; charset=utf-8", b)
}

func sourceOptions(r *web.Request) (all []page.Option) {
	for _, k := range law.Sources.On(r.Today()) {
		all = append(all, page.Option{Value: k.Key, Name: k.In(string(r.Lang))})
	}
	return all
}

func regionOptions() (all []page.Option) {
	for _, g := range law.Regions.Latest() {
		all = append(all, page.Option{Value: g.Code, Name: g.Name})
	}
	return all
}

func namedOptions(r *web.Request, list []law.Named) (all []page.Option) {
	for _, n := range list {
		all = append(all, page.Option{Value: n.Key, Name: n.In(string(r.Lang))})
	}
	return all
}

func dayTicks(r *web.Request, kept string) []page.Tick {
	return r.Ticks("days", page.WordOptions(r.Lang, dayWords, "1", "2", "3", "4", "5", "6", "7"), strings.Split(kept, ",")...)
}

// formPage is the form of a potential, new or there.
type formPage struct {
	Potential
	Kinds, Regions, Clearances []page.Option
	Ticks                      []page.Tick
}

func (d *Desk) formPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		p := formPage{Kinds: sourceOptions(r), Regions: regionOptions(), Clearances: namedOptions(r, law.Potentials.On(r.Today()).Clearances)}
		if potential := r.ID("potential"); potential != 0 {
			s, err := d.Look(r.Context(), r.By, potential)
			if err != nil {
				return nil, err
			}
			p.Potential = s.Potential
		}
		p.Ticks = dayTicks(r, p.Days)
		return p, nil
	}
}

func (d *Desk) getNew(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.WritePotential) {
		return nil, fail.Denied
	}
	return r.Page("potential/new.html", d.formPage(r))
}

func (d *Desk) postNew(r *web.Request) (web.Answer, error) {
	p, err := web.Do(r, func(in NewPotential) (Potential, error) { return d.Enter(r.Context(), r.By, in) })
	if err != nil {
		return r.Again("potential/new.html", d.formPage(r), err)
	}
	r.Flash("Potensi dicatat. Sekarang tulis apa yang ditawarkan.")
	return r.Done(p.Path(), p.Path(), potentialBody(p))
}

func (d *Desk) getEdit(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.WritePotential) {
		return nil, fail.Denied
	}
	return r.Page("potential/edit.html", d.formPage(r))
}

func (d *Desk) postEdit(r *web.Request) (web.Answer, error) {
	p, err := web.Do(r, func(in NewPotential) (Potential, error) {
		return d.Change(r.Context(), r.By, r.ID("potential"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("potential/edit.html", d.formPage(r), err)
	}
	r.Flash("Potensi diubah.")
	return r.Done(p.Path(), p.Path(), potentialBody(p))
}

func (d *Desk) postRetirement(r *web.Request) (web.Answer, error) {
	p, err := web.Do(r, func(struct{}) (Potential, error) { return d.Retire(r.Context(), r.By, r.ID("potential"), r.IfMatch()) })
	if err != nil {
		return r.Again("potential/potential.html", d.potentialPage(r), err)
	}
	r.Flash("Tersimpan.")
	return r.Done(p.Path(), p.Path(), potentialBody(p))
}

type potentialPage struct {
	Sheet
	May bool
}

func (d *Desk) potentialPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		s, err := d.Look(r.Context(), r.By, r.ID("potential"))
		if err != nil {
			return nil, err
		}
		return potentialPage{Sheet: s, May: r.By.May(who.WritePotential)}, nil
	}
}

func (d *Desk) getPotential(r *web.Request) (web.Answer, error) {
	return r.Show("potential/potential.html", d.potentialPage(r), func() (any, error) {
		s, err := d.Look(r.Context(), r.By, r.ID("potential"))
		b := potentialBody(s.Potential)
		b.Offers = web.Bodies(s.Offers, offerBody)
		return b, err
	})
}
