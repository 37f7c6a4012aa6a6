package spm

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
)

// Row is one item of a group in a year: for how many it is needed, for how many it is there, and who got it.
type Row struct {
	Item      law.Item
	Needed    int64
	Served    int64
	Available int64 // persons for whom it is there, by the UPTs that said so
	Said      int   // UPTs that said so
	Unsaid    int   // UPTs where it is needed and nobody said what is there
	Short     int64 // needed minus available (PP 2/2018 Pasal 13), UPT by UPT: what one has over does not help another
	Cost      int64 // rupiah: what is short by the cost standard of its UPT
}

// Percent is served over needed; false where nobody needs it.
func (r Row) Percent() (float64, bool) { return percent(r.Served, r.Needed) }

// At is a group at one UPT.
type At struct {
	Centre  centre.Centre
	Inside  int64 // lived in within the year
	Waiting int64
	Met     int64 // X
	Needed  int64 // needs, over all items
	Served  int64
	Short   int64
	Cost    int64
}

// Table is a group in a year, in the province or at one UPT.
type Table struct {
	Year      Year
	Group     law.Named
	Centre    id.ID // 0: the province
	To        clock.Day
	Rules     law.SPM
	Rows      []Row
	Centres   []At
	Inside    int64
	Waiting   int64
	X         int64 // persons in a panti whose basic needs are met within the year (Permensos 9/2018 annex I)
	Y         int64 // who needs rehabilitation in a panti, as collected from the districts
	Districts int   // that were collected
	Outside   Outside
	Capacity  int64 // of the UPTs that serve the group
	Broken    int64 // of their beds, by the register of facilities
	Entry     Entry // the four steps and the report, where they are written
	Index     Index
}

// Outside is what the districts report of their own part (PP 2/2018 Pasal 10(3), 17).
type Outside struct {
	Reported         int
	Served, Entitled int64
}

// Known tells whether Y was collected.
func (t Table) Known() bool { return t.Districts > 0 }

// Percent is X over Y in percent; false while Y is not collected or too small, and for a single UPT, which has no Y.
func (t Table) Percent() (float64, bool) {
	if t.TooLow() || t.Centre != 0 {
		return 0, false
	}
	return percent(t.X, t.Y)
}

// Least is the least that Y can be: who lived inside in the year and who waits (Y is who needs it, not who is inside).
func (t Table) Least() int64 { return t.Inside + t.Waiting }

// TooLow tells whether the collected Y is below what is on record.
func (t Table) TooLow() bool { return t.Known() && t.Centre == 0 && t.Y < t.Least() }

// Places is how many places are missing for who lives inside and who waits: facilities belong to the need (Pasal 13).
func (t Table) Places() int64 { return max(0, t.Least()-max(0, t.Capacity-t.Broken)) }

// Short is what is short over all items.
func (t Table) Short() (n, cost int64) {
	for _, r := range t.Rows {
		n, cost = n+r.Short, cost+r.Cost
	}
	return n, cost
}

// Of reads a group in a year, in the province (centre 0) or at one UPT: a fixed number of statements over kept figures.
func (d *Desk) Of(ctx context.Context, by who.Asker, y Year, group string, at id.ID) (t Table, err error) {
	all, err := d.All(ctx, by, y, at, group)
	if err != nil {
		return t, err
	}
	return all[0], nil
}

// All reads the groups of a year, or the one that is named.
func (d *Desk) All(ctx context.Context, by who.Asker, y Year, at id.ID, group string) (all []Table, err error) {
	there, broken, err := d.supplies(ctx, y)
	if err != nil {
		return nil, err
	}
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		rules := y.rules(tx.Today())
		groups := rules.Groups
		if group != "" {
			g, err := groupOf(group, rules)
			if err != nil {
				return err
			}
			groups = []law.Named{g}
		}
		f, err := readFigures(tx, y)
		if err != nil {
			return err
		}
		f.supplies, f.broken, all = there, broken, nil
		for _, g := range groups {
			all = append(all, f.table(y, g, rules, at))
		}
		return nil
	})
	return all, err
}

// supplies reads for the whole province what is there and how many beds are broken. The house does, because a total counts
// every UPT, whoever asks for it.
func (d *Desk) supplies(ctx context.Context, y Year) (all []Supply, broken map[id.ID]int64, err error) {
	err = d.store.Read(ctx, who.House("spm"), lookWhole, func(tx *store.Tx) error {
		if all, err = suppliesOf(tx, y); err != nil {
			return err
		}
		broken, err = brokenBeds(tx)
		return err
	})
	return all, broken, err
}

// figures are everything that the tables of a year are made of.
type figures struct {
	to                                     clock.Day
	had, came, given, met, in, moved, wait map[cell]int64
	centres                                []centre.Centre
	broken                                 map[id.ID]int64
	supplies                               []Supply
	districts                              []District
	entries                                []Entry
}

// cell is a figure of one UPT and one value of a dimension.
type cell struct {
	centre id.ID
	dim    string
}

func readFigures(tx *store.Tx, y Year) (f figures, err error) {
	f.to = min(y.Last(), max(y.First(), tx.Today()))
	read := func(into *map[cell]int64, all []store.Figure, err error) error {
		*into = map[cell]int64{}
		for _, one := range all {
			(*into)[cell{one.Centre, one.Dim}] += one.N
		}
		return err
	}
	for _, one := range []struct {
		into    *map[cell]int64
		measure string
		from    clock.Day // "": how many there were at the end of to
		to      clock.Day
	}{
		{&f.had, "item.need", "", y.Before()}, {&f.came, "item.need.new", y.First(), f.to}, {&f.given, "item.given", y.First(), f.to},
		{&f.met, "spm.met", y.First(), f.to}, {&f.in, "spm.inside", "", y.Before()}, {&f.moved, "spm.inside.new", y.First(), f.to},
		{&f.wait, "spm.waiting", "", f.to},
	} {
		all, err := store.Flow(tx, one.measure, one.from, one.to, 0)
		if err := read(one.into, all, err); err != nil {
			return f, err
		}
	}
	if f.centres, err = centre.All(tx); err != nil {
		return f, err
	}
	if f.districts, err = districtsOf(tx, y, ""); err != nil {
		return f, err
	}
	f.entries, err = entriesOf(tx, y)
	return f, err
}

// serves tells whether a UPT serves a kind of a group.
func serves(c centre.Centre, group string) bool {
	for _, key := range c.Kinds {
		if k, _ := law.KindOf(key); k.Group == group && c.ClientService {
			return true
		}
	}
	return false
}

func (f figures) table(y Year, g law.Named, rules law.SPM, at id.ID) Table {
	t := Table{Year: y, Group: g, Centre: at, To: f.to, Rules: rules}
	said := map[cell]Supply{}
	for _, s := range f.supplies {
		said[cell{s.Centre, g.Key + ":" + s.Item}] = s
	}
	rows := ItemsOf(g.Key, f.to)
	t.Rows = make([]Row, len(rows))
	for _, c := range f.centres {
		if at != 0 && at != c.ID {
			continue
		}
		here := cell{c.ID, g.Key}
		a := At{Centre: c, Inside: f.in[here] + f.moved[here], Waiting: f.wait[here], Met: f.met[here]}
		for i, item := range rows {
			r := &t.Rows[i]
			r.Item = item
			k := cell{c.ID, g.Key + ":" + item.Key}
			needed, served := f.had[k]+f.came[k], f.given[k]
			r.Needed, r.Served, a.Needed, a.Served = r.Needed+needed, r.Served+served, a.Needed+needed, a.Served+served
			s, known := said[k]
			if !known {
				if needed > 0 {
					r.Unsaid++
				}
				continue
			}
			short := max(0, needed-s.Persons)
			r.Said++
			r.Available, r.Short, r.Cost = r.Available+s.Persons, r.Short+short, r.Cost+short*s.UnitCost
			a.Short, a.Cost = a.Short+short, a.Cost+short*s.UnitCost
		}
		t.Inside, t.Waiting, t.X = t.Inside+a.Inside, t.Waiting+a.Waiting, t.X+a.Met
		if serves(c, g.Key) {
			t.Capacity, t.Broken = t.Capacity+c.Capacity, t.Broken+f.broken[c.ID]
		}
		if serves(c, g.Key) || a.Inside+a.Waiting+a.Needed > 0 {
			t.Centres = append(t.Centres, a)
		}
	}
	t.collected(f, g.Key)
	for _, e := range f.entries {
		if e.Group == g.Key {
			t.Entry = e
		}
	}
	t.Index = indexOf(t)
	return t
}

// collected adds up what the districts said.
func (t *Table) collected(f figures, group string) {
	for _, d := range f.districts {
		if d.Group != group {
			continue
		}
		t.Districts++
		t.Y += d.Entitled
		if d.OutsideEntitled != nil {
			t.Outside.Reported++
			t.Outside.Entitled += *d.OutsideEntitled
			if d.OutsideServed != nil {
				t.Outside.Served += *d.OutsideServed
			}
		}
	}
}

// centres lists the centres of the province: whom a page can choose.
func (d *Desk) centres(ctx context.Context, by who.Asker) (all []centre.Centre, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		all, err = centre.All(tx)
		return err
	})
	return all, err
}
