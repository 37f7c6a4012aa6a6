package performance

import (
	"context"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
)

// mayForce holds that a tree is whole: all weight shared out under every parent, and an indicator at every end.
func mayForce(t Tree, in Force, known map[string]bool) error {
	var g fail.Gate
	g.Need(len(t.Nodes) > 0, "performance-empty", "Pohon kinerja ini masih kosong.")
	y := int64(in.ValidFrom.Time().Year())
	g.Need(y >= t.FromYear && y <= t.ToYear, "performance-period", "Hari mulai berlaku di luar masa %s–%s.", yearWord(t.FromYear), yearWord(t.ToYear))
	sums, parents := map[id.ID]int64{}, map[id.ID]string{0: ""}
	below := map[id.ID]bool{}
	for _, n := range t.Nodes {
		sums[n.Parent] += n.Weight
		parents[n.ID] = n.Name
		below[n.Parent] = true
	}
	for _, n := range append([]Node{{}}, t.Nodes...) {
		if sum, has := sums[n.ID]; has && sum != whole {
			if n.ID == 0 {
				g.Need(false, "performance-weight", "Bobot di puncak berjumlah %s%%, seharusnya 100%%.", text.Quantity(text.ID, float64(sum)/100))
			} else {
				g.Need(false, "performance-weight", "Bobot di bawah %s berjumlah %s%%, seharusnya 100%%.", n.Name, text.Quantity(text.ID, float64(sum)/100))
			}
		}
		if n.ID == 0 {
			continue
		}
		g.Need(n.Kind == Indicator || below[n.ID], "performance-end", "%s belum punya indikator.", n.Name)
		g.Need(n.Kind != Indicator || known[n.Indicator], "performance-figure", "%s memakai indikator yang tidak dihitung.", n.Name)
	}
	if len(g.Missing()) > 0 {
		return &fail.Rule{Name: "performance-incomplete", Say: fail.Say("Pohon kinerja ini belum bisa diberlakukan."), Missing: g.Missing()}
	}
	return nil
}

// Enforce lets a tree count from a day on; it ends the one before by beginning.
func (d *Desk) Enforce(ctx context.Context, by who.Asker, tree id.ID, version int64, in Force) (Tree, error) {
	return d.changing(ctx, by, force, tree, version, func(tx *store.Tx, t *Tree) error {
		all, err := d.figures.EveryIn(tx, tx.Today())
		if err != nil {
			return err
		}
		known := map[string]bool{}
		for _, i := range all {
			known[i.Key] = i.Direction == "up" || i.Direction == "down"
		}
		if err := mayForce(*t, in, known); err != nil {
			return err
		}
		others, err := treesAll(tx)
		if err != nil {
			return err
		}
		for _, o := range others {
			if o.State == Live && o.ValidFrom == in.ValidFrom {
				return fail.Bad("valid_from", "taken", "Sudah ada pohon kinerja yang berlaku sejak hari itu.")
			}
		}
		t.State, t.ValidFrom = Live, in.ValidFrom
		tx.Record(t.entry("Pohon kinerja %s diberlakukan.", in))
		return nil
	})
}
