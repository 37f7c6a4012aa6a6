package front

import (
	"embed"

	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/centre"
	"tuntas/office/monitoring"
	"tuntas/office/person"
	"tuntas/office/residence"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

// Desk asks these desks.
type Desk struct {
	Centres   *centre.Desk
	Persons   *person.Desk
	Residence *residence.Desk
	Cases     *casework.Desk
	Figures   *monitoring.Desk
}

// Routes are the composed pages.
func (d *Desk) Routes() []web.Route {
	return []web.Route{
		web.GET("/", d.getPublic).Page().Open(),
		web.GET("/today", d.getToday).Page(),
		web.GET("/persons/{person}", d.getPerson).Page(),
		web.GET("/cases/{case}", d.getCase).Page(),
		web.GET("/centres/{centre}", d.getCentre).Page(),
		web.GET("/help", d.getHelp).Page().Open(),
	}
}

// Official names that templates of several desks show.
var (
	_ = page.Lookup("regionname", func(_ text.Lang, key string) string { r, _ := law.RegionOf(key); return r.Name })
	_ = page.Lookup("purposename", func(l text.Lang, key string) string { return named(law.Standard.Latest().Consents, l, key) })
	_ = page.Lookup("checkname", func(l text.Lang, key string) string { return named(law.Standard.Latest().Checklist, l, key) })
	_ = page.Lookup("claimname", func(l text.Lang, kind string) string { return text.T(l, claimNames[kind]) })
	_ = page.Lookup("spaced", func(_ text.Lang, number string) string { return person.Spaced(number) })
)

var claimNames = map[string]string{"nik": "NIK", "kk": "Nomor KK", "bpjs": "Nomor BPJS", "dtsen": "Nomor DTSEN", "other": "Nomor lain"}

func named(list []law.Named, l text.Lang, key string) string {
	n, _ := law.Find(list, key)
	return n.In(string(l))
}

// Nav is the navigation of an asker: what the role may open, at most seven entries.
func Nav(by who.Asker, path string) []page.NavItem {
	var all []page.NavItem
	add := func(right who.Right, path, icon, name string) {
		if by.May(right) && len(all) < 7 {
			all = append(all, page.NavItem{Path: path, Icon: icon, Name: name})
		}
	}
	add(who.SignedIn, "/today", "home-2", "Beranda")
	add(who.SeePerson, "/persons", "users", "Penerima Manfaat")
	add(who.SeeCase, "/cases", "folder", "Kasus")
	add(who.SeeCase, "/aftercare", "heart-handshake", "Bimbingan lanjut")
	add(who.SeeFigures, "/province", "chart-bar", "Provinsi")
	add(who.SeeCentre, "/centres", "building-community", "Semua UPT")
	add(who.Import, "/import", "table-import", "Impor")
	add(who.ManageUsers, "/users", "user-circle", "Pengguna")
	add(who.SeeTrail, "/ledger", "eye", "Buku akses")
	if i := page.Nearest(path, len(all), func(i int) string { return all[i].Path }); i >= 0 {
		all[i].Current = true
	}
	return all
}
