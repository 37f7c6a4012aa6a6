package needs

import (
	"context"
	"fmt"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// Sum is what needs of one kind add up to: of an institution, a year, a kind, a source of money and a state.
type Sum struct {
	Centre id.ID
	Year   int64
	Kind   string
	Fund   string
	State  string
	N      int64
	Cost   int64 // rupiah
}

// Cell is what stands at one criterion of one institution: how many live needs, and their cost in rupiah.
type Cell struct {
	Centre    id.ID
	Criterion string
	N         int64
	Cost      int64
}

// counted moves the kept sums with a need, in its own transaction: out of where it was, into where it is.
func counted(tx *store.Tx, was, is Need) error {
	for _, one := range []struct {
		n    Need
		sign int64
	}{{was, -1}, {is, 1}} {
		if one.n.ID == 0 {
			continue
		}
		if _, err := store.Exec(tx, addSum, one.n.Year, one.n.Kind, one.n.Fund, one.n.State, one.sign, one.sign*one.n.Cost, one.n.Centre); err != nil {
			return err
		}
		if !one.n.Live() || one.n.Criterion == "" {
			continue
		}
		if _, err := store.Exec(tx, addCell, one.n.Criterion, one.sign, one.sign*one.n.Cost, one.n.Centre); err != nil {
			return err
		}
	}
	return nil
}

func scanSum(r store.Row) (s Sum, err error) {
	err = r.Scan(&s.Centre, &s.Year, &s.Kind, &s.Fund, &s.State, &s.N, &s.Cost)
	return s, err
}

func scanCell(r store.Row) (c Cell, err error) {
	err = r.Scan(&c.Centre, &c.Criterion, &c.N, &c.Cost)
	return c, err
}

// sumsOf gives the sums of an institution, or of all that the asker sees.
func sumsOf(tx *store.Tx, at id.ID) ([]Sum, error) {
	return store.Each(tx, sumsAll.With(at != 0, sumsAt, at), scanSum)
}

func cellsOf(tx *store.Tx) ([]Cell, error) { return store.Each(tx, cellsAll, scanCell) }

// Recount compares the kept sums with the needs themselves, and tells each difference.
func (d *Desk) Recount(ctx context.Context) (faults []string, err error) {
	err = d.store.Read(ctx, who.House("verify"), look, func(tx *store.Tx) error {
		kept, err := sumsOf(tx, 0)
		if err != nil {
			return err
		}
		truth, err := store.Each(tx, sumsCounted, scanSum)
		if err != nil {
			return err
		}
		faults = append(faults, differ(kept, truth, func(s Sum) (Sum, [2]int64) {
			n := [2]int64{s.N, s.Cost}
			s.N, s.Cost = 0, 0
			return s, n
		})...)
		cells, err := cellsOf(tx)
		if err != nil {
			return err
		}
		real, err := store.Each(tx, cellsCounted, scanCell)
		faults = append(faults, differ(cells, real, func(c Cell) (Cell, [2]int64) {
			n := [2]int64{c.N, c.Cost}
			c.N, c.Cost = 0, 0
			return c, n
		})...)
		return err
	})
	return faults, err
}

// differ tells where two accounts differ, under the key that split gives.
func differ[T comparable](kept, truth []T, split func(T) (T, [2]int64)) (faults []string) {
	of := map[T][2]int64{}
	for _, k := range kept {
		key, n := split(k)
		of[key] = n
	}
	for _, t := range truth {
		key, n := split(t)
		if of[key] != n {
			faults = append(faults, fmt.Sprintf("%+v: kept %v, counted %v", key, of[key], n))
		}
		delete(of, key)
	}
	for key, n := range of {
		faults = append(faults, fmt.Sprintf("%+v: kept %v, counted none", key, n))
	}
	return faults
}
