// Package seed makes a province that looks real: invented people in the built-in UPTs, with two years of
// history before today. Same number, same province. No person in it exists.
package seed

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/centre"
	"tuntas/office/person"
	"tuntas/office/residence"
)

// Register is an invented, messy register as offices keep it: for the import.
//
//go:embed register_example.csv
var Register []byte

var plant = store.NewAct("seed.plant", who.ManageCentre)

// Post is who carries the cases of a centre.
type Post struct {
	User id.ID
	Name string
}

// Province says how large the sample is.
type Province struct {
	Centres   []centre.Centre
	Posts     map[id.ID][]Post
	Residents int // living in, over all centres
	Former    int
	Seed      uint64
}

// planter keeps what is needed while planting.
type planter struct {
	r     *rand.Rand
	today clock.Day
	p     Province

	entries []person.Entry
	since   []clock.Day
	lives   []casework.Life
	stays   []residence.Stay
	extra   []int // lives for whom no bed was left

	// Of a load: what its ids are made of.
	window      time.Duration
	born        id.ID
	block, made int64
}

// Plant fills the store, batch by batch, through the desks' own rules.
func Plant(s *store.Store, p Province, do Do) error {
	g := &planter{r: rand.New(rand.NewPCG(p.Seed, 7)), today: s.Today(), p: p}
	weights := 0
	for _, c := range p.Centres {
		weights += int(c.Capacity)
	}
	for _, c := range p.Centres {
		living := p.Residents * int(c.Capacity) * (88 + g.r.IntN(24)) / 100 / max(1, weights)
		former := p.Former * int(c.Capacity) / max(1, weights)
		err := do(plant, func(tx *store.Tx) error { return g.centre(tx, c, living, former) })
		if err != nil {
			return fmt.Errorf("plant %s: %w", c.Name, err)
		}
	}
	return nil
}

func (g *planter) centre(tx *store.Tx, c centre.Centre, living, former int) error {
	g.entries, g.since, g.lives, g.stays = nil, nil, nil, nil
	g.r = rand.New(rand.NewPCG(g.p.Seed, uint64(len(c.Code))*131+uint64(c.Capacity))) // fn may run again
	beds, err := residence.BedsOf(tx, c.ID, g.today)
	if err != nil || len(c.Kinds) == 0 {
		return err
	}
	free := make([]clock.Day, len(beds)) // each bed is free from this day
	for range former {
		g.former(c, beds, free)
	}
	g.extra = nil
	for range living {
		g.resident(c, beds, free)
	}
	for _, n := range g.extra { // over capacity: an extra bed, never hidden
		l := &g.lives[n]
		bed, err := residence.ExtraBed(tx, c.ID)
		if err != nil {
			return err
		}
		s := residence.Stay{ID: g.newID(), Bed: bed, Person: l.Person, Case: l.ID, Centre: c.ID, State: residence.Open, From: l.OpenedOn}.Grouped(l.Who)
		g.stays, l.Stays = append(g.stays, s), []residence.Stay{s}
	}
	if err := person.EnterMany(tx, g.entries, g.since); err != nil {
		return err
	}
	if err := casework.EnterMany(tx, g.lives); err != nil {
		return err
	}
	return residence.EnterMany(tx, g.stays)
}

func (g *planter) pick(list []string) string { return list[g.r.IntN(len(list))] }

func (g *planter) chance(percent int) bool { return g.r.IntN(100) < percent }

// between gives a day so many days before today.
func (g *planter) ago(from, to int) clock.Day { return g.today.Add(-from - g.r.IntN(max(1, to-from))) }

func (g *planter) person(c centre.Centre, kind law.Kind, since clock.Day) person.Person {
	sex := "female"
	if g.chance(48) {
		sex = "male"
	}
	e := person.Entry{ID: g.newID(), Centre: c.ID, Sex: sex, Names: []person.Name{{Kind: "legal", Text: g.name(sex)}}}
	if g.chance(18) {
		e.Names = append(e.Names, person.Name{Kind: "alias", Text: "Mak " + g.pick(short)})
	}
	year := since.Time().Year() - g.age(kind)
	switch {
	case g.chance(55):
		e.Birth = person.Birth{Date: fmt.Sprintf("%d-%02d-%02d", year, 1+g.r.IntN(12), 1+g.r.IntN(28)), Precision: "day"}
	case g.chance(50):
		e.Birth = person.Birth{Date: fmt.Sprint(year), Precision: "year"}
	default:
		e.Birth = person.Birth{Precision: "estimated", From: int64(year - 2), To: int64(min(year+2, since.Time().Year()))}
	}
	if !g.chance(8) {
		regions := law.Regions.Latest()
		e.HomeRegion = regions[g.r.IntN(len(regions)*9/10)].Code
	}
	e.Village, e.Note = g.pick(villages), "Orang rekaan (contoh)."
	if e.HomeRegion != "" && e.Birth.Precision == "day" && g.chance(60) {
		e.Identifiers = []person.Identifier{{Kind: "nik", Value: g.nik(e), Certainty: "claimed", Source: "KTP (contoh)"}}
	}
	if e.HomeRegion == "" && year%3 == 0 { // some come from another province
		e.HomeRegion = "33.14"
	}
	e.Restricted = g.chance(1)
	e, err := person.Ready(e, g.today)
	if err != nil {
		panic(fmt.Sprintf("seed: %v", err)) // found by the first test
	}
	g.entries, g.since = append(g.entries, e), append(g.since, since)
	return person.Person{ID: e.ID, Called: e.Names[0].Text, Sex: e.Sex, Birth: e.Birth, Names: e.Names, HomeRegion: e.HomeRegion}
}

func (g *planter) age(kind law.Kind) int {
	switch {
	case kind.Key == "balita_telantar":
		return 1 + g.r.IntN(4)
	case kind.Cluster == "anak":
		return 7 + g.r.IntN(10)
	case kind.Cluster == "lansia":
		return 62 + g.r.IntN(26)
	case kind.Group == "gelandangan_pengemis":
		return 24 + g.r.IntN(34)
	}
	return 19 + g.r.IntN(40)
}

func (g *planter) nik(e person.Entry) string {
	d := e.Birth.Date
	day := int(d[8]-'0')*10 + int(d[9]-'0')
	if e.Sex == "female" {
		day += 40
	}
	return fmt.Sprintf("%s%s%02d%02d%s%s%04d", e.HomeRegion[:2], e.HomeRegion[3:], 1+g.r.IntN(18), day, d[5:7], d[2:4], 1+g.r.IntN(9000))
}

func (g *planter) name(sex string) string {
	first := maleNames
	if sex == "female" {
		first = femaleNames
	}
	if g.chance(45) {
		return g.pick(first)
	}
	return g.pick(first) + " " + g.pick(secondNames)
}
