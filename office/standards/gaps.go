package standards

import (
	"context"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

// Gap is a criterion at which an institution falls short.
type Gap struct {
	Self      id.ID
	Standard  string // its key
	Criterion Criterion
	Value     string  // partly, no
	Verified  bool    // the province says so
	Evidence  int     // files that lie with it
	Points    float64 // of the score of 100, that the institution gains when the gap is closed
}

// Gaps lists where the sheet falls short: the province's word where it has spoken, else the institution's own. What
// nobody assessed is no gap.
func (v Sheet) Gaps() []Gap {
	var all []Gap
	whole := v.whole()
	for _, c := range v.Criteria {
		w := v.Answers[c.Key]
		says := w.Cell().Says()
		if says != Partly && says != No {
			continue
		}
		g := Gap{Self: v.Self.ID, Standard: v.Standard.Key, Criterion: c, Value: says, Verified: w.Verdict != "", Points: 100 * c.Share * (1 - worth[says]) / whole}
		for _, e := range v.Proofs(c.Key) {
			if e.StruckOn == "" {
				g.Evidence++
			}
		}
		all = append(all, g)
	}
	return all
}

// Gaps lists where an institution falls short by its newest self-assessment that was handed in, for those who plan what
// it needs (Permensos 16/2019 Pasal 52). None when it has handed in nothing.
func (d *Desk) Gaps(tx *store.Tx, centre id.ID) ([]Gap, error) {
	v, err := d.NewestIn(tx, centre)
	return v.Gaps(), err
}

// CriteriaAt gives the criteria by which an institution is measured, to the key of their standard: those of its newest
// self-assessment that was handed in.
func (d *Desk) CriteriaAt(tx *store.Tx, centre id.ID) (map[string]string, error) {
	v, err := d.NewestIn(tx, centre)
	all := make(map[string]string, len(v.Criteria))
	for _, c := range v.Criteria {
		all[c.Key] = v.Standard.Key
	}
	return all, err
}

// NewestIn reads the newest self-assessment that an institution handed in, with its answers and evidence; an empty one when
// there is none.
func (d *Desk) NewestIn(tx *store.Tx, centre id.ID) (v Sheet, err error) {
	newest, err := selvesAt(tx, centre, 0, 20)
	for _, a := range newest {
		if a.State != Running {
			s, err := d.sheetOf(tx, a.ID)
			if err != nil {
				return v, err
			}
			return answered(tx, s)
		}
	}
	return v, err
}

// NewestSheet gives the newest self-assessment that an institution handed in; an empty one when there is none.
func (d *Desk) NewestSheet(ctx context.Context, by who.Asker, at id.ID) (v Sheet, err error) {
	err = d.store.Read(ctx, by, lookSelf, func(tx *store.Tx) error {
		v, err = d.NewestIn(tx, at)
		return err
	})
	return v, err
}

// LastTwo reads the two newest self-assessments of an institution by one standard that were handed in, the newest first;
// empty ones where there are none.
func (d *Desk) LastTwo(tx *store.Tx, at id.ID) (now, before Sheet, err error) {
	if now, err = d.NewestIn(tx, at); err != nil || now.ID == 0 {
		return now, before, err
	}
	last, err := previousOf(tx, now.Self)
	if err != nil || last.ID == 0 {
		return now, before, err
	}
	s, err := d.sheetOf(tx, last.ID)
	if err != nil {
		return now, before, err
	}
	if before, err = answered(tx, s); err == nil {
		now.Last, now.Before = last, before.Answers
	}
	return now, before, err
}

// whole is the share of all criteria that apply.
func (v Sheet) whole() (sum float64) {
	for _, c := range v.Criteria {
		if v.Answers[c.Key].Cell().Says() != NotApplicable {
			sum += c.Share
		}
	}
	return sum
}

// PointsOf is what a criterion is worth in the score of 100 of the institution, when it is met.
func (v Sheet) PointsOf(criterion string) float64 {
	c, err := v.Criterion(criterion)
	whole := v.whole()
	if err != nil || whole == 0 {
		return 0
	}
	return 100 * c.Share / whole
}

// Worth is what an answer counts: yes 1, partly a half, no nothing.
func Worth(value string) float64 { return worth[value] }

// GapsOfAll lists where each institution that the asker sees falls short by its newest self-assessment that was handed in: a
// statement for all institutions, one for each campaign they are from, and one for each standard.
func (d *Desk) GapsOfAll(tx *store.Tx) (map[id.ID][]Gap, error) {
	selves, err := newestHandedIn(tx)
	if err != nil {
		return nil, err
	}
	centres, err := centre.All(tx)
	if err != nil {
		return nil, err
	}
	kinds := map[id.ID][]string{}
	for _, c := range centres {
		kinds[c.ID] = c.Kinds
	}
	all, cells, held := map[id.ID][]Gap{}, map[id.ID]map[id.ID]map[string]Cell{}, map[id.ID]Standard{}
	for _, a := range selves {
		if cells[a.Campaign] == nil {
			if cells[a.Campaign], err = cellsOf(tx, a.Campaign); err != nil {
				return nil, err
			}
		}
		if _, known := held[a.standard]; !known {
			if held[a.standard], err = d.standardOf(tx, a.standard); err != nil {
				return nil, err
			}
		}
		v := Sheet{Self: a, Standard: held[a.standard], Criteria: held[a.standard].For(kinds[a.Centre]), Answers: map[string]Answer{}}
		for key, c := range cells[a.Campaign][a.ID] {
			v.Answers[key] = Answer{Value: c.Value, Verdict: c.Verdict, Confirmed: c.Confirmed}
		}
		all[a.Centre] = v.Gaps()
	}
	return all, nil
}

// NameOf gives the words of a criterion of an institution in its newest self-assessment; its key when there are none.
func (v Sheet) NameOf(criterion, lang string) string {
	if c, err := v.Criterion(criterion); err == nil {
		return c.In(lang)
	}
	return criterion
}
