package standards_test

import (
	"context"
	"testing"
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/access"
	"tuntas/office/centre"
	"tuntas/office/standards"
	"tuntas/schema"
	"tuntas/seed"
	"tuntas/try/province"
)

const today clock.Day = "2026-11-24"

// office is a small office on one engine with two institutions for the elderly.
type office struct {
	t                             *testing.T
	ctx                           context.Context
	store                         *store.Store
	centres                       *centre.Desk
	desk                          *standards.Desk
	a, b                          id.ID
	joko, tutik, ratna, dewi      who.Asker
	wulan, seksi, humas, everyone who.Asker
}

func eachEngine(t *testing.T, test func(t *testing.T, o *office)) {
	t.Helper()
	province.Engines(t, func(t *testing.T, address string) { test(t, open(t, address)) })
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func open(t *testing.T, address string) *office {
	t.Helper()
	noon := time.Date(2026, 11, 24, 12, 0, 0, 0, clock.WIB)
	s, err := store.Open(address, store.Options{Scope: access.Scope, Schema: schema.Files, Clock: clock.At(noon), Unsafe: true})
	must(t, err)
	t.Cleanup(func() { _ = s.Close() })
	o := &office{t: t, ctx: t.Context(), store: s, centres: centre.New(s), desk: standards.New(s)}
	_, err = s.Migrate(o.ctx)
	must(t, err)
	house := who.House("test")
	var list []law.Centre
	for _, c := range law.Centres.Latest() {
		if c.Key == "pstw-jember" || c.Key == "pstw-blitar" {
			c.Capacity = 30
			list = append(list, c)
		}
	}
	_, err = o.centres.SetUp(o.ctx, house, list, "")
	must(t, err)
	all, err := o.centres.List(o.ctx, house)
	must(t, err)
	for _, c := range all {
		if c.Code == "pstw-jember" {
			o.a = c.ID
		} else {
			o.b = c.ID
		}
	}
	o.joko, o.tutik, o.ratna, o.dewi = province.Role(o.t, "head_centre", o.a), province.Role(o.t, "head_administration", o.a), province.Role(o.t, "social_worker", o.a), province.Role(o.t, "head_centre", o.b)
	o.wulan, o.seksi, o.humas, o.everyone = province.Role(o.t, "head_division", 0), province.Role(o.t, "section_head", 0), province.Role(o.t, "communications", 0), province.Role(o.t, "everything", 0)
	return o
}

// peopled gives the two institutions residents and former ones, each with a worker.
func (o *office) peopled() {
	o.t.Helper()
	house := who.House("test")
	p := seed.Province{Posts: map[id.ID][]seed.Post{}, Residents: 40, Former: 20, Seed: 3}
	for n, at := range []id.ID{o.a, o.b} {
		s, err := o.centres.AddStaff(o.ctx, house, centre.Staff{Centre: at, User: id.New(), Name: "Pekerja Sosial", Kind: "pekerja_sosial", CertificateNo: "C-" + string(rune('0'+n)), CertificateUntil: today.AddMonths(12)})
		must(o.t, err)
		p.Posts[at] = []seed.Post{{User: s.User, Name: s.Name}}
		must(o.t, o.places(at))
		c, err := o.centres.Look(o.ctx, house, at)
		must(o.t, err)
		p.Centres = append(p.Centres, c)
	}
	must(o.t, seed.Plant(o.store, p, func(act store.Act, fn func(*store.Tx) error) error { return o.store.Write(o.ctx, house, act, fn) }))
}

// campaign opens a campaign and gives the self-assessment of the first institution.
func (o *office) campaign(name string) (standards.Campaign, id.ID) {
	o.t.Helper()
	c, err := o.desk.OpenCampaign(o.ctx, o.wulan, standards.NewCampaign{Name: name, Standard: "snrs/2019", From: "2026-01-01", To: "2026-12-31", DueOn: "2026-12-20"})
	must(o.t, err)
	return c, o.selfAt(o.joko, o.a)
}

func (o *office) selfAt(by who.Asker, at id.ID) id.ID {
	o.t.Helper()
	all, _, _, err := o.desk.AtCentre(o.ctx, by, at, 0, 10)
	must(o.t, err)
	if len(all) == 0 {
		o.t.Fatal("no self-assessment")
	}
	return all[0].ID
}

func (o *office) look(self id.ID) standards.Sheet {
	o.t.Helper()
	v, err := o.desk.Look(o.ctx, o.wulan, self)
	must(o.t, err)
	return v
}
