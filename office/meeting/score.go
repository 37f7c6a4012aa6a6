package meeting

import (
	"context"
	"slices"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/actions"
)

// fewDecisions is below which agencies are not compared: a handful of decisions says nothing of an agency.
const fewDecisions = 5

// Score is how one agency keeps what meetings decided. Decided is the sum of the five that follow it.
type Score struct {
	Agency   id.ID
	Name     string
	Decided  int64
	InTime   int64 // done by the date last agreed
	Late     int64 // done after it
	Running  int64 // live and not past its date
	Overdue  int64 // live and past it
	Stopped  int64 // stopped, or handed to another owner
	Moved    int64 // postponements, of all
	Median   int64 // days from the decision to the end, of those that are done
	Measured int64 // how many those are
}

// Compared tells whether there are enough decisions to speak of a share.
func (s Score) Compared() bool { return s.Decided >= fewDecisions }

// Share is how many of a hundred that came due were done in time; only where it is compared.
func (s Score) Share() int64 {
	due := s.InTime + s.Late + s.Overdue
	if due == 0 {
		return 0
	}
	return (100*s.InTime + due/2) / due
}

// Scores gives each agency that was given decisions, by name.
func (d *Desk) Scores(ctx context.Context, by who.Asker) (all []Score, err error) {
	err = d.store.Read(ctx, by, lookMeeting, func(tx *store.Tx) error {
		rows, err := actions.Decisions(tx)
		all = scores(rows, tx.Today())
		return err
	})
	return all, err
}

func scores(rows []actions.Decision, today clock.Day) (all []Score) {
	at, days := map[id.ID]int{}, map[id.ID][]int64{}
	for _, r := range rows {
		n, known := at[r.Agency]
		if !known {
			n, at[r.Agency] = len(all), len(all)
			all = append(all, Score{Agency: r.Agency, Name: r.AgencyName})
		}
		s := &all[n]
		s.Decided++
		s.Moved += r.Postponed
		switch {
		case r.State == actions.Done && r.DoneOn <= r.DueOn:
			s.InTime++
		case r.State == actions.Done:
			s.Late++
		case r.Live && r.DueOn < today:
			s.Overdue++
		case r.Live:
			s.Running++
		default:
			s.Stopped++
		}
		if r.State == actions.Done {
			days[r.Agency] = append(days[r.Agency], int64(r.DoneOn.Sub(r.MadeOn)))
		}
	}
	for n := range all {
		d := days[all[n].Agency]
		slices.Sort(d)
		if all[n].Measured = int64(len(d)); len(d) > 0 {
			all[n].Median = max(0, d[len(d)/2])
		}
	}
	slices.SortFunc(all, func(a, b Score) int { return strings.Compare(a.Name, b.Name) })
	return all
}
