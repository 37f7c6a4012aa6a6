package spm

import (
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
)

// What a number of the table counts.
var whatSays = map[string]fail.Saying{
	"needed":  fail.Say("Membutuhkan"),
	"served":  fail.Say("Membutuhkan dan sudah menerima"),
	"met":     fail.Say("Semua kebutuhan dasarnya terpenuhi (X)"),
	"inside":  fail.Say("Tinggal di panti dalam tahun ini"),
	"waiting": fail.Say("Menunggu tempat di panti"),
}

// Asked chooses the people behind a number of the table.
type Asked struct {
	Year   Year
	Group  string
	What   string // needed, served, met, inside, waiting
	Item   string // of needed and served
	Centre id.ID  // 0: all
	After  store.Place
	Limit  int
}

// People is one page of the people behind a number: items over all pages + withheld = the figure.
type People struct {
	Items    []store.Record
	Next     store.Place
	Figure   int64
	Withheld int64
}

// source is a measure over the days in which its facts count.
type source struct {
	measure  string
	from, to clock.Day
}

func (a Asked) sources(to clock.Day) []source {
	switch a.What {
	case "needed":
		return []source{{"item.need", "", a.Year.Before()}, {"item.need.new", a.Year.First(), to}}
	case "served":
		return []source{{"item.given", a.Year.First(), to}}
	case "met":
		return []source{{"spm.met", a.Year.First(), to}}
	case "inside":
		return []source{{"spm.inside", "", a.Year.Before()}, {"spm.inside.new", a.Year.First(), to}}
	}
	return []source{{"spm.waiting", "", to}}
}

// dim is the value under which the facts are kept; an item that the group does not have is not there.
func (a Asked) dim(to clock.Day) (string, error) {
	if a.What != "needed" && a.What != "served" {
		return a.Group, nil
	}
	if !slices.ContainsFunc(ItemsOf(a.Group, to), func(i law.Item) bool { return i.Key == a.Item }) {
		return "", fail.Bad("item", "choice", "Butir ini tidak ada dalam daftar kelompok ini.")
	}
	return a.Group + ":" + a.Item, nil
}

// People gives the people behind a number, by name for who may see them. Who is restricted stands in no list.
func (d *Desk) People(ctx context.Context, by who.Asker, a Asked) (p People, err error) {
	err = d.store.Read(ctx, by, open, func(tx *store.Tx) error {
		p = People{}
		if _, err := groupOf(a.Group, a.Year.rules(tx.Today())); err != nil {
			return err
		}
		to := min(a.Year.Last(), max(a.Year.First(), tx.Today()))
		dim, err := a.dim(to)
		if err != nil {
			return err
		}
		for _, s := range a.sources(to) {
			if err := d.behind(tx, a, s, dim, &p); err != nil {
				return err
			}
		}
		store.SortRecords(p.Items)
		if len(p.Items) > a.Limit {
			p.Items = p.Items[:a.Limit]
			p.Next = p.Items[a.Limit-1].Place()
		}
		for _, r := range p.Items {
			tx.Saw(r.Person)
		}
		return nil
	})
	return p, err
}

// behind adds the facts of one source that the asker may see, and how many are withheld.
func (d *Desk) behind(tx *store.Tx, a Asked, s source, dim string, p *People) error {
	figs, err := store.Flow(tx, s.measure, s.from, s.to, a.Centre)
	if err != nil {
		return err
	}
	b := store.Behind{From: s.from, To: s.to, Centre: a.Centre, Dims: []string{dim}, After: a.After, Limit: a.Limit + 1}
	hidden, err := store.Hidden(tx, d.measures[s.measure], s.from, s.to)
	if err != nil {
		return err
	}
	items, err := store.Records(tx, d.measures[s.measure], b)
	if err != nil {
		return err
	}
	for _, f := range figs {
		if f.Dim != dim {
			continue
		}
		p.Figure += f.N
		if !tx.By().Scope.Has(f.Centre) {
			p.Withheld += f.N
		}
	}
	for _, f := range hidden {
		if f.Dim == dim && (a.Centre == 0 || f.Centre == a.Centre) && tx.By().Scope.Has(f.Centre) {
			p.Withheld += f.N
		}
	}
	p.Items = append(p.Items, items...)
	return nil
}
