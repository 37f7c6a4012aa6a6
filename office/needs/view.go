package needs

import (
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/standards"
)

// Chain is one institution from what is on record to what is on its way: suggestions, problems, and what its needs add up to.
type Chain struct {
	Centre      centre.Centre
	Suggestions []Suggestion
	Problems    []Problem
	Needs       map[id.ID][]Need // live, by problem, the most urgent first
	Sums        []Sum
	Sheet       standards.Sheet // the newest self-assessment that was handed in
}

// shownNeeds is how many needs the page of an institution lays under its problems; the others are in the list.
const shownNeeds = 200

// At gives an institution with its problems in a state, one page of them.
func (d *Desk) At(ctx context.Context, by who.Asker, at id.ID, state string, after id.ID, limit int64) (c Chain, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if c.Centre, err = centre.Own(tx, at); err != nil {
			return err
		}
		if c.Problems, err = problemsOf(tx, at, state, after, limit); err != nil {
			return err
		}
		if c.Sheet, err = d.standards.NewestIn(tx, at); err != nil {
			return err
		}
		if state == Open {
			if c.Suggestions, err = suggested(tx, c.Centre, c.Sheet); err != nil {
				return err
			}
		}
		if c.Sums, err = sumsOf(tx, at); err != nil {
			return err
		}
		live, err := needsBy(tx, Filter{Centre: at}, allPriorities, 0, shownNeeds)
		c.Needs = map[id.ID][]Need{}
		for _, n := range live {
			c.Needs[n.Problem] = append(c.Needs[n.Problem], n)
		}
		return err
	})
	return c, err
}

// Suggest gives what is on record at an institution and not yet written down as a problem.
func (d *Desk) Suggest(ctx context.Context, by who.Asker, at id.ID) (all []Suggestion, c centre.Centre, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if c, err = centre.Own(tx, at); err != nil {
			return err
		}
		sheet, err := d.standards.NewestIn(tx, at)
		if err != nil {
			return err
		}
		all, err = suggested(tx, c, sheet)
		return err
	})
	return all, c, err
}

// Sums gives what needs add up to, of all institutions that the asker sees or of one.
func (d *Desk) Sums(ctx context.Context, by who.Asker, at id.ID) (all []Sum, centres []centre.Centre, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if all, err = sumsOf(tx, at); err != nil {
			return err
		}
		centres, err = centre.All(tx)
		return err
	})
	return all, centres, err
}

// names gives the name of every institution, for lists of needs.
func (d *Desk) names(ctx context.Context, by who.Asker) (names map[id.ID]string, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		names, err = centre.Names(tx)
		return err
	})
	return names, err
}

// Heat is the map of institutions by criteria: what each assessment says, and what stands against it.
type Heat struct {
	standards.Overview
	Cells map[id.ID]map[string]Cell
}

// Heat gives the map of a campaign; 0 is the newest that is over, else the newest. One page of institutions.
func (d *Desk) Heat(ctx context.Context, by who.Asker, campaign, after id.ID, limit int64) (h Heat, rounds []standards.Campaign, err error) {
	if rounds, err = d.standards.Campaigns(ctx, by, 0, 50); err != nil || len(rounds) == 0 {
		return h, nil, err
	}
	if campaign == 0 {
		i := slices.IndexFunc(rounds, func(c standards.Campaign) bool { return c.State == standards.Closed })
		campaign = rounds[max(i, 0)].ID
	}
	if h.Overview, err = d.standards.Overview(ctx, by, campaign, after, limit); err != nil {
		return h, rounds, err
	}
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		cells, err := cellsOf(tx)
		h.Cells = map[id.ID]map[string]Cell{}
		for _, c := range cells {
			if h.Cells[c.Centre] == nil {
				h.Cells[c.Centre] = map[string]Cell{}
			}
			h.Cells[c.Centre][c.Criterion] = c
		}
		return err
	})
	return h, rounds, err
}

// Bare counts the gaps of the map against which nothing stands: the place where a finding led to nothing (Pasal 52).
func (h Heat) Bare() (gaps, bare int) {
	for _, s := range h.Stands {
		for key, v := range s.Values {
			if says := v.Says(); says != standards.No && says != standards.Partly {
				continue
			}
			gaps++
			if h.Cells[s.Self.Centre][key].N == 0 {
				bare++
			}
		}
	}
	return gaps, bare
}

// OfAction lists the needs that an action brings.
func OfAction(tx *store.Tx, action id.ID) ([]Need, error) {
	return store.Each(tx, needsInAction, scanNeed, action)
}

// Free lists live needs of an institution that no action brings yet, the most urgent first.
func Free(tx *store.Tx, at id.ID, limit int64) ([]Need, error) {
	return store.Each(tx, needsUndone, scanNeed, at, limit)
}

// Assign says which needs an action brings: those of the list, and no others. It joins the transaction of whoever plans.
func Assign(tx *store.Tx, action, at id.ID, wanted []id.ID) error {
	old, err := OfAction(tx, action)
	if err != nil {
		return err
	}
	for i := range old {
		if slices.Contains(wanted, old[i].ID) {
			continue
		}
		old[i].Action = 0
		tx.Record(needEntry(old[i], "Kebutuhan dilepas dari tindak lanjut: %s", nil))
		if err := keepNeed(tx, &old[i]); err != nil {
			return err
		}
	}
	for _, w := range wanted {
		n, err := needByID(tx, w)
		if err != nil {
			return err
		}
		if err := mayAssign(n, action, at); err != nil {
			return err
		}
		if n.Action == action {
			continue
		}
		n.Action = action
		tx.Record(needEntry(n, "Kebutuhan masuk dalam tindak lanjut: %s", nil))
		if err := keepNeed(tx, &n); err != nil {
			return err
		}
	}
	return nil
}

// Follow lets the needs of an action be brought by the one that replaces it.
func Follow(tx *store.Tx, from, to id.ID) error {
	all, err := OfAction(tx, from)
	for i := range all {
		all[i].Action = to
		tx.Record(needEntry(all[i], "Kebutuhan masuk dalam tindak lanjut: %s", nil))
		if err := keepNeed(tx, &all[i]); err != nil {
			return err
		}
	}
	return err
}

// mayAssign holds that a need is brought once, and by an action for its institution or for the whole province.
func mayAssign(n Need, action, at id.ID) error {
	switch {
	case at != 0 && n.Centre != at:
		return fail.Bad("needs", "elsewhere", "Kebutuhan %s milik UPT lain.", n.Name)
	case n.Action != 0 && n.Action != action:
		return fail.Bad("needs", "taken", "Kebutuhan %s sudah dipenuhi oleh tindak lanjut lain.", n.Name)
	case !n.Live() && n.Action != action:
		return fail.Bad("needs", "over", "Kebutuhan %s sudah terpenuhi atau ditolak.", n.Name)
	}
	return nil
}

// Brought is a live need of a year that an action brings: where it stands and what it costs.
type Brought struct {
	Action, Centre id.ID
	Criterion      string
	Cost           int64 // rupiah
}

// BroughtIn lists the live needs of a budget year that actions bring, of an institution or of all that the asker sees.
func BroughtIn(tx *store.Tx, year int64, at id.ID) ([]Brought, error) { return broughtIn(tx, year, at) }

// DeliveredAt lists the needs with a criterion that an institution received between two days, both inclusive.
func DeliveredAt(tx *store.Tx, at id.ID, from, to clock.Day) ([]Need, error) {
	return deliveredAt(tx, at, from, to)
}

// ByID gives a need for a desk above.
func ByID(tx *store.Tx, need id.ID) (Need, error) { return needByID(tx, need) }
