package seed

import (
	"context"
	"fmt"
	"math/rand/v2"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/casework"
	"tuntas/office/centre"
	"tuntas/office/person"
	"tuntas/office/residence"
)

const batch = 5000

// Generate makes persons with a case and a stay each, and so many services among them: for load tests.
func Generate(s *store.Store, persons, events int, number uint64, do func(act store.Act, fn func(*store.Tx) error) error) error {
	var centres []centre.Centre
	if err := do(plant, func(tx *store.Tx) error {
		all, err := centre.All(tx)
		for _, c := range all {
			if c.ClientService {
				centres = append(centres, c)
			}
		}
		tx.Record(store.Entry{Kind: "seed"})
		return err
	}); err != nil {
		return err
	}
	for done := 0; done < persons; done += batch {
		n := min(batch, persons-done)
		services := int(int64(events) * int64(n) / int64(max(1, persons)))
		g := &planter{r: rand.New(rand.NewPCG(number, uint64(done))), today: s.Today()}
		if err := do(plant, func(tx *store.Tx) error { return g.load(tx, centres, n, services) }); err != nil {
			return fmt.Errorf("generate from %d: %w", done, err)
		}
	}
	return s.Fold(context.Background())
}

// load makes one batch: everybody at a centre, in a bed of their own outside of the wards.
func (g *planter) load(tx *store.Tx, centres []centre.Centre, persons, services int) error {
	g.entries, g.since, g.lives, g.stays = nil, nil, nil, nil
	rooms := map[id.ID]id.ID{}
	for _, c := range centres {
		room, err := residence.LoadRoom(tx, c.ID)
		if err != nil {
			return err
		}
		rooms[c.ID] = room
	}
	var beds [][]any
	for n := range persons {
		c := centres[g.r.IntN(len(centres))]
		opened := g.ago(30, 1500)
		l := g.life(c, opened)
		left := clock.Day("")
		if !g.chance(10) {
			left = min(opened.Add(60+g.r.IntN(300)), g.today)
		}
		bed := id.New()
		beds = append(beds, residence.LoadedBed(bed, rooms[c.ID], c.ID, n))
		s := residence.Stay{ID: id.New(), Bed: bed, Person: l.Person, Case: l.ID, Centre: c.ID, State: residence.Open, From: opened, To: left, Sex: l.Who.Sex}
		if left != "" {
			s.State = residence.Ended
		}
		g.stays = append(g.stays, s)
		l.Stays = []residence.Stay{s}
		g.criteria(l)
		items := l.Items()
		for k := services * n / persons; k < services*(n+1)/persons && len(items) > 0; k++ {
			i := items[g.r.IntN(len(items))]
			l.Services = append(l.Services, casework.Service{ID: id.New(), Case: l.ID, Item: i.Key, On: opened.Add(g.r.IntN(max(1, g.today.Sub(opened)))), Quantity: 1, Unit: "kali"})
		}
		g.lives = append(g.lives, *l)
	}
	if err := person.EnterMany(tx, g.entries, g.since); err != nil {
		return err
	}
	if err := casework.EnterMany(tx, g.lives); err != nil {
		return err
	}
	if err := residence.LoadBeds(tx, beds); err != nil {
		return err
	}
	return residence.EnterMany(tx, g.stays)
}
