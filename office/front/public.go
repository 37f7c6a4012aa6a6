package front

import (
	"slices"

	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/casework"
	"tuntas/office/centre"
	"tuntas/office/opendata"
	"tuntas/office/publication"
)

// publicPage is what everybody may know.
type publicPage struct {
	Centres []centre.Centre
	Figures []opendata.Headline
	News    []publication.News
}

func (d *Desk) getPublic(r *web.Request) (web.Answer, error) {
	if d.First.offered() {
		return r.Go("/setup")
	}
	all, err := d.Centres.List(r.Context(), who.Public())
	if err != nil {
		return nil, err
	}
	p := publicPage{}
	for _, c := range all {
		if c.ClientService {
			p.Centres = append(p.Centres, c)
		}
	}
	if p.Figures, err = d.Open.Headlines(r.Context(), r.Lang); err != nil {
		return nil, err
	}
	if p.News, err = d.News.Newest(r.Context(), publication.Choice{Limit: 3}); err != nil {
		return nil, err
	}
	return r.Page("front/public.html", p)
}

// centrePage is one UPT.
type centrePage struct {
	Own         bool // the asker works here, or sees all
	Centre      centre.Centre
	Beds, Taken int
	Held        casework.GoingHome // what keeps those who get ready to go home
}

func (d *Desk) getCentre(r *web.Request) (web.Answer, error) {
	c, err := d.Centres.Look(r.Context(), r.By, r.ID("centre"))
	if err != nil {
		return nil, err
	}
	p := centrePage{Centre: c, Own: r.By.Scope.Has(c.ID)}
	if r.By.Scope.Has(c.ID) && r.By.May(who.SeeBeds) {
		beds, err := d.Residence.Beds(r.Context(), r.By, c.ID)
		if err != nil {
			return nil, err
		}
		p.Beds = len(beds)
		for _, b := range beds {
			if b.State() == "taken" {
				p.Taken++
			}
		}
	}
	if p.Own && c.ClientService && r.By.May(who.SeeCase) {
		if p.Held, err = d.Cases.HeldAt(r.Context(), r.By, c.ID); err != nil {
			return nil, err
		}
	}
	return r.Page("front/centre.html", p)
}

// menu is that of the public pages: what there is, in an order that never changes.
var menu = []page.NavItem{{Path: "/", Name: "Beranda"}, {Path: "/panti", Name: "Panti|institutions"}, {Path: "/berita", Name: "Berita"}, {Path: "/data", Name: "Data|situs"}, {Path: "/lapor", Name: "Lapor"}, {Path: "/lacak", Name: "Lacak"}, {Path: "/bantu", Name: "Bantu"}, {Path: "/cari", Name: "Cari|situs"}, {Path: "/tentang", Name: "Tentang"}}

// Menu is the menu of the public pages with the one that is open.
func Menu(path string) []page.NavItem {
	all := slices.Clone(menu)
	if i := page.Nearest(path, len(all), func(i int) string { return all[i].Path }); i >= 0 {
		all[i].Current = true
	}
	return all
}
