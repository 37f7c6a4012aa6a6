package standards

import (
	"slices"

	"tuntas/house/id"
	"tuntas/house/store"
)

// Lacking is an institution with gaps at criteria that must be met.
type Lacking struct {
	Centre id.ID
	Name   string
	Self   id.ID
	N      int64
}

// Pressing is what a meeting should hear of the newest campaign: whose self-assessment is late, and which institutions
// answer "no" to criteria that must be met, most first.
type Pressing struct {
	Campaign   Campaign
	Late       []Stand
	Imperative []Lacking
}

// Pressing looks at the newest campaign; zero when there is none.
func (d *Desk) Pressing(tx *store.Tx) (p Pressing, err error) {
	newest, err := campaignsBefore(tx, 0, 1)
	if err != nil || len(newest) == 0 {
		return p, err
	}
	p.Campaign = newest[0]
	o, err := d.overviewIn(tx, p.Campaign.ID, 0, 500)
	if err != nil {
		return p, err
	}
	for _, s := range o.Stands {
		if s.State == "open" && p.Campaign.State == Running && p.Campaign.DueOn < tx.Today() {
			p.Late = append(p.Late, s)
		}
		n := int64(0)
		for _, c := range o.Standard.For(s.kinds) {
			if c.Imperative && s.Values[c.Key].Says() == No {
				n++
			}
		}
		if n > 0 {
			p.Imperative = append(p.Imperative, Lacking{s.Centre, s.Name, s.Self.ID, n})
		}
	}
	slices.SortStableFunc(p.Imperative, func(a, b Lacking) int { return int(b.N - a.N) })
	return p, nil
}
