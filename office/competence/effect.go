package competence

import (
	"cmp"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
)

// Change is what a criterion was answered with before a day, and after it; "" where nobody has answered.
type Change struct{ Before, After string }

// Share is so many of so many.
type Share struct{ N, Of int64 }

// Effect is what came of a training at one institution.
type Effect struct {
	Centre        id.ID
	Name          string
	Sent          int64 // who held a place
	Passed        int64
	Criterion     Change
	Before, After Share // of the staff of Pasal 42: who held a certificate when it began, and after it
}

// Passing adds up who passed, over the participants that the asker sees.
func (s Sheet) Passing() (n int64) {
	for _, e := range s.Effects {
		n += e.Passed
	}
	return n
}

// Each is the cost for each who passed, in rupiah; 0 when it is not known.
func (s Sheet) Each() int64 {
	if n := s.Passing(); n > 0 && s.Cost != nil {
		return *s.Cost / n
	}
	return 0
}

// answered is an answer about a criterion.
type answered struct {
	centre    id.ID
	criterion string
	on        clock.Day
	value     string
}

// changeOf finds the last answer until a day and the last one after it. all is in the order of the days.
func changeOf(all []answered, at id.ID, criterion string, day clock.Day) (c Change) {
	for _, a := range all {
		switch {
		case a.centre != at || a.criterion != criterion:
		case a.on <= day:
			c.Before = a.value
		default:
			c.After = a.value
		}
	}
	return c
}

// effectsOf adds up a training by institution: nothing before it was held.
func effectsOf(tx *store.Tx, t Training, members []Participant) ([]Effect, error) {
	if t.State != Held && t.State != Closed {
		return nil, nil
	}
	by := map[id.ID]*Effect{}
	for _, p := range members {
		if !p.Holds() {
			continue
		}
		if by[p.Centre] == nil {
			by[p.Centre] = &Effect{Centre: p.Centre, Name: p.At}
		}
		by[p.Centre].Sent++
		if p.State == Passed {
			by[p.Centre].Passed++
		}
	}
	answers, err := answersAround(tx, t)
	if err != nil {
		return nil, err
	}
	after := tx.Today()
	if t.ClosedOn != "" {
		after = t.ClosedOn
	}
	shares, err := sharesOf(tx, t.ID, t.From.Add(-1), after)
	if err != nil {
		return nil, err
	}
	all := make([]Effect, 0, len(by))
	for at, e := range by {
		e.Criterion = changeOf(answers, at, t.Criterion, t.To)
		e.Before, e.After = shares[at].before, shares[at].after
		all = append(all, *e)
	}
	slices.SortFunc(all, func(a, b Effect) int { return cmp.Compare(a.Name, b.Name) })
	return all, nil
}

// sentFrom gives the latest whom an institution sent, with what the criterion of the training did there.
func sentFrom(tx *store.Tx, at id.ID) ([]Sent, error) {
	all, err := membersFrom(tx, at)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	answers, err := answersAt(tx, at)
	for i, s := range all {
		if s.Training.State == Held || s.Training.State == Closed {
			all[i].Change = changeOf(answers, at, s.Training.Criterion, s.Training.To)
		}
	}
	return all, err
}
