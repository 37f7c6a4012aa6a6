package casework

import (
	"cmp"
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

var lookLoad = store.NewAct("case.load", who.SeeCase)

// Load is the work that lies on one social worker, or at one centre: open cases by stage, those past their deadline, those
// that wait for the head's signature, and the contacts of aftercare due within the week or overdue.
type Load struct {
	Worker                      id.ID // 0: on nobody
	Name                        string
	Centre                      id.ID
	Stages                      map[string]int64
	Cases, Late, Waiting, Visit int64
}

func (l *Load) add(more Load) {
	for s, n := range more.Stages {
		l.Stages[s] += n
	}
	l.Cases, l.Late, l.Waiting, l.Visit = l.Cases+more.Cases, l.Late+more.Late, l.Waiting+more.Waiting, l.Visit+more.Visit
}

// Workload is the load of a centre by social worker, or of the centres in reach.
type Workload struct {
	There centre.Centre // zero: by centre
	Lines []Load
	Sum   Load
	Today clock.Day
}

// WorkloadAt reads the load of each social worker of one centre: four statements over its open cases and contacts.
func (d *Desk) WorkloadAt(ctx context.Context, by who.Asker, at id.ID) (w Workload, err error) {
	err = d.store.Read(ctx, by, lookLoad, func(tx *store.Tx) error {
		if w.There, err = centre.ByID(tx, at); err != nil {
			return err
		}
		today := tx.Today()
		w.Today = today
		lines, err := loadsOf(tx, at, today)
		w.Lines = lines
		return err
	})
	w.sum()
	slices.SortStableFunc(w.Lines, func(a, b Load) int { return cmp.Compare(b.Cases, a.Cases) })
	return w, err
}

// WorkloadByCentre reads the load of each centre in reach: the stages and the deadlines as they are kept, what waits and
// whom to visit over the few that do.
func (d *Desk) WorkloadByCentre(ctx context.Context, by who.Asker) (w Workload, err error) {
	err = d.store.Read(ctx, by, lookLoad, func(tx *store.Tx) error {
		w = Workload{Today: tx.Today()}
		centres, err := centre.All(tx)
		if err != nil {
			return err
		}
		at := map[id.ID]*Load{}
		for _, c := range centres {
			if by.Scope.Has(c.ID) && c.ClientService {
				at[c.ID] = &Load{Centre: c.ID, Name: c.Name, Stages: map[string]int64{}}
			}
		}
		if err := centreLoads(tx, at, w.Today); err != nil {
			return err
		}
		for _, c := range centres {
			if l := at[c.ID]; l != nil {
				w.Lines = append(w.Lines, *l)
			}
		}
		return nil
	})
	w.sum()
	return w, err
}

func (w *Workload) sum() {
	w.Sum = Load{Stages: map[string]int64{}}
	for _, l := range w.Lines {
		w.Sum.add(l)
	}
}
