package seed

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/casework"
	"tuntas/office/centre"
)

// A batch is one transaction: small enough for a bounded memory, large enough to be fast.
const (
	batchPersons  = 4000
	batchServices = 50_000
)

// Load says how large a generated province is.
type Load struct {
	Persons  int
	Events   int // services, shared out among the persons; among the cases already there when Persons is 0
	Seed     uint64
	Progress func(done, of int64) // told after each batch, when not nil
}

func (l Load) tell(persons, services int) {
	if l.Progress != nil {
		l.Progress(int64(persons+services), int64(l.Persons+l.Events))
	}
}

// Do runs one write.
type Do func(act store.Act, fn func(*store.Tx) error) error

// Generate makes persons with their cases, stays and services, for load tests: one in ten lives in, the
// others have left within the last years. Same seed, same data on the same day.
func Generate(s *store.Store, l Load, do Do) error {
	if l.Persons == 0 {
		return serveMore(s, l, do)
	}
	var p Province
	if err := do(plant, func(tx *store.Tx) (err error) {
		p, err = readProvince(tx)
		return err
	}); err != nil {
		return err
	}
	size := batchPersons
	if l.Events > 0 {
		size = max(1, min(size, int(int64(batchServices)*int64(l.Persons)/int64(l.Events))))
	}
	nth := 0
	for i, c := range p.Centres { // one centre a batch: figures of the same centre and week add up before they are written
		from, to := share(l.Persons, i, len(p.Centres)), share(l.Persons, i+1, len(p.Centres))
		for ; from < to; from, nth = min(to, from+size), nth+1 {
			b := block{c, from, min(to, from+size), nth}
			err := do(plant, func(tx *store.Tx) error { return newLoader(tx, p, l, b.nth).load(tx, b, l) })
			if store.Duplicate(err) {
				return fmt.Errorf("the data of seed %d are here already, take another: %w", l.Seed, err)
			}
			if err != nil {
				return fmt.Errorf("generate from %d: %w", from, err)
			}
			if err := s.Fold(context.Background()); err != nil {
				return err
			}
			l.tell(b.to, share(l.Events, b.to, l.Persons))
		}
	}
	return s.Analyze(context.Background())
}

// share is how many of all fall to the first n of so many parts.
func share(all, n, parts int) int { return int(int64(all) * int64(n) / int64(max(1, parts))) }

// block is the part of the persons that one transaction makes, all at one centre.
type block struct {
	centre        centre.Centre
	from, to, nth int
}

func readProvince(tx *store.Tx) (p Province, err error) {
	all, err := centre.All(tx)
	if err != nil {
		return p, err
	}
	for _, c := range all {
		if c.ClientService && len(c.Kinds) > 0 {
			p.Centres = append(p.Centres, c)
		}
	}
	workers, err := centre.Workers(tx)
	p.Posts = map[id.ID][]Post{}
	for _, w := range workers {
		p.Posts[w.Centre] = append(p.Posts[w.Centre], Post{w.User, w.Name})
	}
	tx.Record(store.Entry{Kind: "seed"})
	return p, err
}

// newLoader makes everything anew, so that a transaction that runs again writes the same.
func newLoader(tx *store.Tx, p Province, l Load, nth int) *planter {
	g := &planter{r: rand.New(rand.NewPCG(l.Seed, uint64(nth))), today: tx.Today(), p: p}
	g.window, g.block = time.Duration(l.Seed%8640)*10*time.Second, int64(nth)<<24
	return g
}

// newID gives the next id. Of a load it depends on nothing but the seed, the block and the day of the life:
// each seed has ten seconds of every day to itself.
func (g *planter) newID() id.ID {
	if g.born == 0 {
		return id.New()
	}
	g.made++
	return g.born + id.ID(g.block+g.made)
}

// begin sets the day from which the ids of a life count.
func (g *planter) begin(on clock.Day) { g.born = id.At(on.Time().Add(g.window), 0) }

// serveMore gives services to cases that are here already, past the stage whose gate looks at them.
func serveMore(s *store.Store, l Load, do Do) error {
	var cases int64
	err := do(plant, func(tx *store.Tx) (err error) {
		cases, err = casework.CountServed(tx)
		tx.Record(store.Entry{Kind: "seed"})
		return err
	})
	if err != nil || cases == 0 || l.Events == 0 {
		return err
	}
	var after id.ID
	for nth, done := 0, 0; done < int(cases); nth++ {
		size := max(1, int(min(batchPersons, int64(batchServices)*cases/int64(l.Events))))
		var last id.ID
		n := 0
		err := do(plant, func(tx *store.Tx) error {
			lines, err := casework.Served(tx, after, size)
			if err != nil || len(lines) == 0 {
				return err
			}
			g := newLoader(tx, Province{}, l, nth)
			g.window += 5 * time.Second // beside the ids of the same seed's persons
			n, last = len(lines), lines[len(lines)-1].ID
			for i := range lines {
				g.begin(lines[i].OpenedOn)
				g.given(&lines[i], share(l.Events, done+i+1, int(cases))-share(l.Events, done+i, int(cases)))
			}
			return casework.LoadServices(tx, lines)
		})
		if store.Duplicate(err) {
			return fmt.Errorf("the services of seed %d are here already, take another: %w", l.Seed, err)
		}
		if err != nil || n == 0 {
			return err
		}
		done, after = done+n, last
		l.tell(0, share(l.Events, done, int(cases)))
	}
	return s.Analyze(context.Background())
}
