package casework

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

var lookToday = store.NewAct("case.today", who.SeeCase)

// Queue is one card of a home page: how many, and the first few.
type Queue struct {
	N     int64
	Lines []Line
}

// Visits are those of aftercare that are due within the week, or overdue.
type Visits struct {
	N     int64
	Lines []DueLine
}

// Day is the work of one day: each card one read, a fixed number of statements.
type Day struct {
	Late     Queue // my cases past their deadline
	Ready    Queue // nothing missing: the next stage may begin
	Waiting  Queue // the head: decisions; the worker: plans given back
	Visits   Visits
	PerStage map[string]int64
	PerMate  []MateLoad // the head: late cases per social worker
	Today    clock.Day
}

// Cases is how many cases are open.
func (d Day) Cases() (n int64) {
	for _, k := range d.PerStage {
		n += k
	}
	return n
}

// MateLoad is the load of one social worker.
type MateLoad struct {
	Name          string
	Worker        id.ID
	Cases, LateOn int64
}

const perCard = 5

// Mine is the day of a social worker.
func (d *Desk) Mine(ctx context.Context, by who.Asker) (day Day, err error) {
	err = d.store.Read(ctx, by, lookToday, func(tx *store.Tx) error {
		day, err = dayOf(tx, myCards)
		return err
	})
	return day, err
}

// Centre is the day of the head of a centre, and of those who see several.
func (d *Desk) Centre(ctx context.Context, by who.Asker) (day Day, err error) {
	err = d.store.Read(ctx, by, lookToday, func(tx *store.Tx) error {
		if day, err = dayOf(tx, centreCards); err != nil {
			return err
		}
		day.PerMate, err = store.Each(tx, loadPerMate, func(r store.Row) (m MateLoad, err error) {
			err = r.Scan(&m.Worker, &m.Name, &m.Cases, &m.LateOn)
			return m, err
		}, tx.Today())
		return err
	})
	return day, err
}

// MyVisits counts the visits of the asker's cases that are due within the week, or overdue.
func (d *Desk) MyVisits(ctx context.Context, by who.Asker) (n int64, err error) {
	err = d.store.Read(ctx, by, lookToday, func(tx *store.Tx) error {
		n, err = store.One(tx, myCards.visits, store.Int, by.User, tx.Today().Add(soonDays))
		return err
	})
	return n, err
}

// Decisions counts the cases that wait for the head of the centre.
func (d *Desk) Decisions(ctx context.Context, by who.Asker) (n int64, err error) {
	err = d.store.Read(ctx, by, lookToday, func(tx *store.Tx) error {
		n, err = store.One(tx, centreCards.waiting.count, store.Int)
		return err
	})
	return n, err
}

// Papers gives the cases of the centre that wait for a decision or its letter: what the administration prepares.
func (d *Desk) Papers(ctx context.Context, by who.Asker) (q Queue, err error) {
	err = d.store.Read(ctx, by, lookToday, func(tx *store.Tx) error {
		q, err = queue(tx, centreCards.waiting, nil)
		return err
	})
	return q, err
}

// cards are the statements behind the cards of one kind of home.
type cards struct {
	late, ready, waiting card
	perStage, visits     *store.Stmt
	mine                 bool
}

type card struct{ count, first *store.Stmt }

func dayOf(tx *store.Tx, c cards) (day Day, err error) {
	day.Today, day.PerStage = tx.Today(), map[string]int64{}
	args := func(more ...any) []any {
		if c.mine {
			return append([]any{int64(tx.By().User)}, more...)
		}
		return more
	}
	if day.Late, err = queue(tx, c.late, args(day.Today)); err != nil {
		return day, err
	}
	if day.Ready, err = queue(tx, c.ready, args()); err != nil {
		return day, err
	}
	if day.Waiting, err = queue(tx, c.waiting, args()); err != nil {
		return day, err
	}
	week := day.Today.Add(7)
	if day.Visits.N, err = store.One(tx, c.visits, store.Int, args(week)...); err != nil {
		return day, err
	}
	if day.Visits.Lines, err = dueContacts(tx, DueFilter{Whose: whose(c.mine), Days: 7}, perCard); err != nil {
		return day, err
	}
	err = store.Stream(tx, c.perStage, func(r store.Row) (s ServiceSum, err error) {
		err = r.Scan(&s.Item, &s.N)
		return s, err
	}, func(s ServiceSum) error { day.PerStage[s.Item] = s.N; return nil }, args()...)
	for _, v := range day.Visits.Lines {
		tx.Saw(v.Person)
	}
	return day, err
}

func whose(mine bool) string {
	if mine {
		return "mine"
	}
	return "all"
}

// queue reads a card: how many there are, and the first lines.
func queue(tx *store.Tx, c card, args []any) (q Queue, err error) {
	q.N, q.Lines, err = store.Counted(tx, c.count, c.first, scanLine, args...)
	for _, l := range q.Lines {
		tx.Saw(l.Person)
	}
	return q, err
}
