package potential

import (
	"context"
	"errors"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/casework"
	"tuntas/office/centre"
	"tuntas/office/needs"
	"tuntas/office/person"
)

// origin looks where a request arises from, and gives the institution that asks.
func origin(tx *store.Tx, in *NewRequest) (c centre.Centre, err error) {
	switch {
	case in.Need != 0:
		n, err := needs.ByID(tx, in.Need)
		if err != nil {
			return c, err
		}
		in.Centre = n.Centre
	case in.Case != 0:
		if !tx.By().May(who.SeeCase) && !tx.By().System {
			return c, fail.Denied
		}
		one, err := casework.ByID(tx, in.Case)
		if err != nil {
			return c, err
		}
		if in.Goal != 0 {
			n, err := store.One(tx, goalThere, store.Int, in.Goal, in.Case)
			if err != nil {
				return c, err
			}
			if n == 0 {
				return c, fail.Bad("goal_id", "unknown", "Tujuan ini tidak ada dalam rencana kasus itu.")
			}
		}
		in.Centre = one.Centre
	case in.Centre == 0:
		return c, fail.Bad("centre_id", "required", "Pilih UPT yang meminta.")
	}
	return centre.Own(tx, in.Centre)
}

// from names what the request arises from, as far as the asker may see it.
func (s *RequestSheet) from(tx *store.Tx) error {
	switch {
	case s.Need != 0:
		n, err := needs.ByID(tx, s.Need)
		s.NeedIs = n.Name
		return err
	case s.Case == 0 || !tx.By().May(who.SeeCase):
		return nil
	}
	if _, err := casework.ByID(tx, s.Case); err != nil {
		if errors.Is(err, fail.NotFound) {
			err = nil
		}
		return err
	}
	s.CaseSeen = true
	if s.Goal == 0 {
		return nil
	}
	goals, err := store.Each(tx, goalOne, scanGoal, s.Goal)
	if len(goals) == 1 {
		s.GoalIs = goals[0].Text
	}
	return err
}

// From says where a request arises from.
type From struct {
	Need id.ID `query:"need"`
	Case id.ID `query:"case"`
	Goal id.ID `query:"goal"`
}

// Origin is what the form of a new request begins with.
type Origin struct {
	Centre     id.ID
	NeedName   string
	Called     string // whose plan
	Kind, What string
	Quantity   int64
	Unit       string
	Goals      []Goal
}

var lookOrigin = store.NewAct("help.origin", who.WritePotential)

// Origin reads what a request would arise from: name, quantity and unit of a need, or whose plan it is and its goals.
func (d *Desk) Origin(ctx context.Context, by who.Asker, from From) (o Origin, err error) {
	err = d.store.Read(ctx, by, lookOrigin, func(tx *store.Tx) error {
		o = Origin{}
		switch {
		case from.Need != 0:
			n, err := needs.ByID(tx, from.Need)
			o = Origin{Centre: n.Centre, NeedName: n.Name, What: n.Name, Quantity: n.Quantity, Unit: n.Unit, Kind: Skill}
			if n.Kind == "facility" || n.Kind == "technology" {
				o.Kind = Goods
			}
			return err
		case from.Case == 0:
			return nil
		case !by.May(who.SeeCase):
			return fail.Denied
		}
		c, err := casework.ByID(tx, from.Case)
		if err != nil {
			return err
		}
		whose, err := person.ByID(tx, c.Person)
		if err != nil {
			return err
		}
		tx.Saw(c.Person)
		o.Centre, o.Called = c.Centre, whose.Called
		o.Goals, err = store.Each(tx, goalsOf, scanGoal, from.Case)
		return err
	})
	return o, err
}
