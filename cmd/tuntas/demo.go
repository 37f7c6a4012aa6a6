package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"time"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/access"
	"tuntas/office/centre"
	"tuntas/office/residence"
	"tuntas/seed"
)

const demoPassword = "contoh-2026"

// demo makes a living province by the product's own rules and serves it.
func demo(ctx context.Context, args []string) error {
	f := newFlags("demo")
	listen := f.String("listen", "127.0.0.1:8080", "ADDR")
	remote := f.Bool("allow-remote", false, "boleh dari luar mesin ini / not only loopback")
	full := f.Bool("full", false, "5.000 penghuni / residents")
	if _, err := f.parse(args); err != nil {
		return err
	}
	host, _, err := net.SplitHostPort(*listen)
	if err != nil {
		return fmt.Errorf("%w: --listen HOST:PORT", errUsage)
	}
	if ip := net.ParseIP(host); !*remote && host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("%w: the demo listens on loopback only, unless --allow-remote", errUsage)
	}
	listener, err := net.Listen("tcp", *listen) // before the work: an address in use is told at once
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	address, away, err := demoPlace(f)
	if err != nil {
		return err
	}
	defer away()
	calendar := &seed.Calendar{}
	s, err := openStore(address, true, calendar)
	if err != nil {
		return err
	}
	defer closing(s)
	o := Wire(s, true)
	residents, former := 1200, 600
	if *full {
		residents, former = 5000, 3000
	}
	token, err := fillDemo(ctx, o, calendar, residents, former)
	if err != nil {
		return err
	}
	fmt.Printf("http://%s\n", listener.Addr())
	for _, a := range demoAccounts {
		fmt.Printf("%-10s %-22s %s\n", a.Login, a.Role, demoPassword)
	}
	fmt.Println("token:", token)
	return listenAndServe(ctx, o, listener, slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})))
}

// demoPlace is a fresh folder unless the flags name a place.
func demoPlace(f flags) (address string, away func(), err error) {
	if *f.db != "" {
		return *f.db, func() {}, nil
	}
	if *f.data != "./data" {
		return "sqlite:" + filepath.Join(*f.data, "tuntas.db"), func() {}, nil
	}
	dir, err := os.MkdirTemp("", "tuntas-demo-")
	if err != nil {
		return "", nil, fmt.Errorf("make a folder: %w", err)
	}
	return "sqlite:" + filepath.Join(dir, "tuntas.db"), func() { _ = os.RemoveAll(dir) }, nil
}

// demoAccounts are the invented users of the demo. Ratna and Joko work at one UPT, Sari at another.
var demoAccounts = []struct {
	Login, Name, Address, Role, Centre, Post string
}{
	{"ratna", "Ratna Astuti", "Bu", "social_worker", "pstw-jember", "pekerja_sosial"},
	{"joko", "Joko Santoso", "Pak", "head_centre", "pstw-jember", "other"},
	{"tutik", "Tutik Rahayu", "Bu", "head_administration", "pstw-jember", "other"},
	{"yati", "Yati Lestari", "Bu", "carer", "pstw-jember", "other"},
	{"nurul", "Nurul Hidayah", "Bu", "nurse", "pstw-jember", "other"},
	{"hadi", "Hadi Purnomo", "Pak", "instructor", "rsbk-pasuruan", "other"},
	{"dewi", "Dewi Kusumawati", "Bu", "head_centre", "pstw-blitar", "other"},
	{"tono", "Tono Hartono", "Pak", "social_worker", "pstw-blitar", "pekerja_sosial"},
	{"agus", "Agus Widodo", "Pak", "head_centre", "rsbk-pasuruan", "other"},
	{"rini", "Rini Susanti", "Bu", "social_worker", "rsbk-pasuruan", "pekerja_sosial"},
	{"sari", "Sari Wulandari", "Bu", "social_worker", "rsbn-malang", "pekerja_sosial"},
	{"wulan", "Endah Wulan", "Bu", "head_division", "", ""},
	{"kadis", "Surya Atmaja", "Pak", "head_province", "", ""},
	{"seksi", "Dian Permata", "Bu", "section_head", "", ""},
	{"humas", "Rizki Amalia", "Bu", "communications", "", ""},
	{"awas", "Teguh Wibowo", "Pak", "auditor", "", ""},
	{"bima", "Bima Saputra", "Pak", "admin", "", ""},
	{"demo-api", "demo-api", "", "everything", "", ""},
}

// fillDemo makes centres, beds, accounts and people, once; a folder that holds them already is kept.
func fillDemo(ctx context.Context, o *Office, calendar *seed.Calendar, residents, former int) (token string, err error) {
	if _, err := o.Store.Migrate(ctx); err != nil {
		return "", err
	}
	by := who.House("demo")
	list := slices.Clone(law.Centres.Latest())
	for i := range list { // invented capacities that fit the size of the sample
		list[i].Capacity = list[i].Capacity * residents / 2760
		list[i].Source = "Kapasitas rekaan (contoh). " + list[i].Source
	}
	n, err := o.Centres.SetUp(ctx, by, list, " (contoh)")
	if err != nil {
		return "", err
	}
	if n > 0 {
		if err := plantDemo(ctx, o, by, residents, former); err != nil {
			return "", err
		}
		if err := tellDemo(ctx, o, calendar); err != nil {
			return "", err
		}
		if err := assessDemo(ctx, o, calendar); err != nil {
			return "", err
		}
		if err := needDemo(ctx, o); err != nil {
			return "", err
		}
		if err := aimDemo(ctx, o, calendar); err != nil {
			return "", err
		}
		if err := performDemo(ctx, o); err != nil {
			return "", err
		}
		if err := meetDemo(ctx, o, calendar); err != nil {
			return "", err
		}
	}
	return o.Access.CreateToken(ctx, by, "demo-api", "demo", 365*24*time.Hour)
}

func plantDemo(ctx context.Context, o *Office, by who.Asker, residents, former int) error {
	if err := places(ctx, o); err != nil {
		return err
	}
	all, err := o.Centres.List(ctx, by)
	if err != nil {
		return err
	}
	posts, err := demoStaff(ctx, o, by, all)
	if err != nil {
		return err
	}
	p := seed.Province{Posts: posts, Residents: residents, Former: former, Seed: 2020}
	for _, c := range all {
		if c.ClientService {
			p.Centres = append(p.Centres, c)
		}
	}
	err = seed.Plant(o.Store, p, func(act store.Act, fn func(*store.Tx) error) error { return o.Store.Write(ctx, by, act, fn) })
	if err != nil {
		return err
	}
	return o.Store.Fold(ctx)
}

// tellDemo plays the stories at the UPT of Ratna and Joko, with two others to move to and from. Each gets a ward in
// which nobody lay before.
func tellDemo(ctx context.Context, o *Office, calendar *seed.Calendar) error {
	at := seed.Stage{Persons: o.Persons, Cases: o.Cases, Passage: o.Passage, Letters: o.Letters, Drafts: o.Drafts, Partners: o.Partners, Calendar: calendar, Other: seed.Elsewhere{Kind: "lansia_telantar"}, Family: seed.Elsewhere{Kind: "gelandangan"}}
	for login, by := range map[string]*who.Asker{"ratna": &at.Worker, "joko": &at.Head, "tono": &at.Other.Worker, "dewi": &at.Other.Head, "rini": &at.Family.Worker, "agus": &at.Family.Head} {
		var err error
		if *by, err = o.Access.As(ctx, login); err != nil {
			return err
		}
		by.Via = "page" // as if they had worked on pages: the ledger names the way
	}
	at.Centre, at.Other.Centre, at.Family.Centre = at.Worker.Scope.Centres[0], at.Other.Worker.Scope.Centres[0], at.Family.Worker.Scope.Centres[0]
	for _, centre := range []id.ID{at.Centre, at.Other.Centre, at.Family.Centre} {
		if err := o.Residence.AddWard(ctx, who.House("demo"), centre, residence.NewWard{Name: "Kenanga", Rooms: 2, Beds: 5}); err != nil {
			return err
		}
	}
	if err := seed.Tell(ctx, at, o.Store.Today()); err != nil {
		return err
	}
	wulan, err := o.Access.As(ctx, "wulan")
	if err != nil {
		return err
	}
	wulan.Via = "page"
	if err := seed.Refer(ctx, at, wulan, o.Store.Today()); err != nil {
		return err
	}
	sari, err := o.Access.As(ctx, "sari")
	if err != nil {
		return err
	}
	sari.Via = "page"
	if err := openDemo(ctx, o, sari, at.Head); err != nil {
		return err
	}
	all, err := o.Centres.List(ctx, who.House("demo"))
	if err != nil {
		return err
	}
	by := who.House("demo")
	by.Name = "Petugas contoh"
	if err := seed.Found(ctx, o.Mandates, by, all, o.Store.Today()); err != nil {
		return err
	}
	return o.Store.Fold(ctx)
}

// assessDemo plays the trainings of staff, and the campaigns of self-assessment: last year's, and the one that is running;
// at last it tells whoever is to be told.
func assessDemo(ctx context.Context, o *Office, calendar *seed.Calendar) error {
	a := seed.Assessing{Standards: o.Standards, Store: o.Store, Calendar: calendar, Heads: map[id.ID]who.Asker{}}
	for _, login := range []string{"joko", "dewi", "agus", "wulan"} {
		by, err := o.Access.As(ctx, login)
		if err != nil {
			return err
		}
		by.Via = "page"
		if login == "wulan" {
			a.Province = by
			continue
		}
		a.Heads[by.Scope.Centres[0]] = by
	}
	all, err := o.Centres.List(ctx, who.House("demo"))
	if err != nil {
		return err
	}
	by := who.House("demo")
	by.Name = "Petugas contoh"
	a.Since = func(ctx context.Context) error { return seed.Redress(ctx, doing(o), calendar, by, all) }
	err = seed.Train(ctx, seed.Training{Skills: o.Skills, Centres: o.Centres, Calendar: calendar, Province: a.Province, Heads: a.Heads}, all, o.Store.Today())
	if err != nil {
		return err
	}
	if err := o.Store.Fold(ctx); err != nil {
		return err
	}
	if err := seed.Assess(ctx, a, o.Store.Today()); err != nil {
		return err
	}
	var readers []who.Asker
	for _, login := range []string{"ratna", "joko", "wulan"} {
		by, err := o.Access.As(ctx, login)
		if err != nil {
			return err
		}
		readers = append(readers, by)
	}
	return seed.Inform(ctx, o.Notices, calendar, readers, o.Store.Today())
}

func doing(o *Office) seed.Doing {
	return seed.Doing{Needs: o.Needs, Actions: o.Actions, Plans: o.Plans}
}

// needDemo writes down what the institutions of the sample need, after they assessed themselves, who does what about it, and
// a plan.
func needDemo(ctx context.Context, o *Office) error {
	by := who.House("demo")
	by.Name = "Petugas contoh"
	all, err := o.Centres.List(ctx, by)
	if err != nil {
		return err
	}
	if err := seed.Want(ctx, o.Needs, by, all, o.Store.Today()); err != nil {
		return err
	}
	if err := seed.Undertake(ctx, doing(o), by, all, o.Store.Today()); err != nil {
		return err
	}
	return seed.Entitle(ctx, o.SPM, by, o.Store.Today())
}

// demoStaff makes the accounts, and a Pekerja Sosial with a certificate at every centre.
func demoStaff(ctx context.Context, o *Office, by who.Asker, all []centre.Centre) (map[id.ID][]seed.Post, error) {
	posts := map[id.ID][]seed.Post{}
	byCode := map[string]id.ID{}
	for _, c := range all {
		byCode[c.Code] = c.ID
	}
	for _, a := range demoAccounts {
		u := access.NewUser{Login: a.Login, Name: a.Name, Address: a.Address, Role: a.Role}
		at := byCode[a.Centre]
		if at != 0 {
			u.Centres = []id.ID{at}
		}
		made, err := o.Access.AddUserWith(ctx, by, u, demoPassword)
		if err != nil {
			return nil, err
		}
		if a.Post == "" && a.Login == "demo-api" {
			at, a.Post = all[0].ID, "pekerja_sosial" // it signs too, in all centres
		}
		if a.Post == "" {
			continue
		}
		st := centre.Staff{Centre: at, User: made.ID, Name: a.Name, Kind: a.Post}
		if a.Post == "pekerja_sosial" {
			st.CertificateNo, st.CertificateUntil = "CONTOH-"+a.Login, o.Store.Today().AddMonths(24)
			if a.Login != "demo-api" {
				posts[at] = append(posts[at], seed.Post{User: made.ID, Name: a.Name})
			}
		}
		if _, err := o.Centres.AddStaff(ctx, by, st); err != nil {
			return nil, err
		}
	}
	return posts, moreStaff(ctx, o, by, all, posts)
}

func moreStaff(ctx context.Context, o *Office, by who.Asker, all []centre.Centre, posts map[id.ID][]seed.Post) error {
	for n, c := range all {
		if len(posts[c.ID]) > 0 || !c.ClientService {
			continue
		}
		name := fmt.Sprintf("Pekerja Sosial %s", c.Place)
		st, err := o.Centres.AddStaff(ctx, by, centre.Staff{Centre: c.ID, User: id.At(time.Unix(1_600_000_000, 0), int64(n+1)), Name: name, Kind: "pekerja_sosial",
			CertificateNo: fmt.Sprintf("CONTOH-%d", n), CertificateUntil: o.Store.Today().AddMonths(24)})
		if err != nil {
			return err
		}
		posts[c.ID] = []seed.Post{{User: st.User, Name: name}}
	}
	return nil
}
