package needs

import (
	"context"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

// BudgetLine is a need in the layout of a work plan and budget, with the criterion that it serves.
type BudgetLine struct {
	Need
	Because string // the problem in words
}

// Lines gives the needs of a filter as lines of a budget, by institution; what was refused costs nothing and stands in none.
func (d *Desk) Lines(ctx context.Context, by who.Asker, f Filter) (all []BudgetLine, names map[id.ID]string, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		q := linesOf.With(f.Centre != 0, inside, f.Centre).With(f.Year != 0, ofYear, f.Year).With(f.Kind != "", ofKind, f.Kind).
			With(f.Fund != "", ofFund, f.Fund).With(f.State != "", inState, f.State).With(f.State == "", stillLive)
		if all, err = store.Each(tx, q, func(r store.Row) (l BudgetLine, err error) {
			l.Need, err = scanNeed(tailed{r, &l.Because})
			return l, err
		}); err != nil {
			return err
		}
		names, err = centre.Names(tx)
		return err
	})
	return all, names, err
}

// tailed reads one column more behind those of a record.
type tailed struct {
	store.Row
	to any
}

func (t tailed) Scan(to ...any) error { return t.Row.Scan(append(to, t.to)...) }
