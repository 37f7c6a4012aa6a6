package spm

import (
	"cmp"
	"context"
	"slices"

	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
)

// Unmet is an item that people need in a year and have not got.
type Unmet struct {
	Year   Year
	Group  law.Named
	Item   law.Item
	Needed int64
	Served int64
}

// Lack is how many wait for it.
func (u Unmet) Lack() int64 { return u.Needed - u.Served }

// Path is the table in which it stands.
func (u Unmet) Path() string { return "/spm?year=" + u.Year.Text() + "&group=" + u.Group.Key }

// Unmet gives the items of this year that most people need and have not got, the largest first, and how many such needs
// there are in all: three statements over kept figures.
func (d *Desk) Unmet(ctx context.Context, by who.Asker, most int) (total int64, all []Unmet, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		y := Year(tx.Today().Time().Year())
		sum := map[string]int64{}
		for _, one := range []struct {
			source
			sign int64
		}{{source{"item.need", "", y.Before()}, 1}, {source{"item.need.new", y.First(), tx.Today()}, 1}, {source{"item.given", y.First(), tx.Today()}, -1}} {
			figs, err := store.Flow(tx, one.measure, one.from, one.to, 0)
			if err != nil {
				return err
			}
			for _, f := range figs {
				sum[f.Dim] += one.sign * f.N
				if one.sign < 0 {
					sum[f.Dim+"|served"] += f.N
				}
			}
		}
		total, all = 0, nil
		for _, g := range y.rules(tx.Today()).Groups {
			for _, i := range ItemsOf(g.Key, tx.Today()) {
				dim := g.Key + ":" + i.Key
				u := Unmet{y, g, i, sum[dim] + sum[dim+"|served"], sum[dim+"|served"]}
				if total += u.Lack(); u.Lack() > 0 {
					all = append(all, u)
				}
			}
		}
		slices.SortStableFunc(all, func(a, b Unmet) int { return cmp.Compare(b.Lack(), a.Lack()) })
		all = all[:min(most, len(all))]
		return nil
	})
	return total, all, err
}
