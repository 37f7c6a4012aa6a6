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

// Met is how far the needs of a year are met, over all items of all groups, and which items most people wait for.
type Met struct {
	Needed, Served int64
	Unmet          []Unmet // the largest first
}

// Lack is how many needs are not met.
func (m Met) Lack() int64 { return m.Needed - m.Served }

// Met reads how far the needs of this year are met, and the first items that are not: three statements over kept figures.
func (d *Desk) Met(ctx context.Context, by who.Asker, most int) (m Met, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		y := Year(tx.Today().Time().Year())
		waiting, served := map[string]int64{}, map[string]int64{}
		for _, one := range []struct {
			source
			sign int64
		}{{source{"item.need", "", y.Before()}, 1}, {source{"item.need.new", y.First(), tx.Today()}, 1}, {source{"item.given", y.First(), tx.Today()}, -1}} {
			figs, err := store.Total(tx, one.measure, one.from, one.to, 0)
			if err != nil {
				return err
			}
			for _, f := range figs {
				waiting[f.Dim] += one.sign * f.N
				if one.sign < 0 {
					served[f.Dim] += f.N
				}
			}
		}
		m = Met{}
		for _, g := range y.rules(tx.Today()).Groups {
			for _, i := range ItemsOf(g.Key, tx.Today()) {
				dim := g.Key + ":" + i.Key
				u := Unmet{y, g, i, waiting[dim] + served[dim], served[dim]}
				m.Needed, m.Served = m.Needed+u.Needed, m.Served+u.Served
				if u.Lack() > 0 {
					m.Unmet = append(m.Unmet, u)
				}
			}
		}
		slices.SortStableFunc(m.Unmet, func(a, b Unmet) int { return cmp.Compare(b.Lack(), a.Lack()) })
		m.Unmet = m.Unmet[:min(most, len(m.Unmet))]
		return nil
	})
	return m, err
}
