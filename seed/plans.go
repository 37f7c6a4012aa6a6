package seed

import (
	"context"
	"fmt"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/actions"
	"tuntas/office/centre"
	"tuntas/office/needs"
	"tuntas/office/planning"
)

// Doing are the desks that turn needs into actions and a plan.
type Doing struct {
	Needs   *needs.Desk
	Actions *actions.Desk
	Plans   *planning.Desk
}

// Undertake writes down an invented action for the needs of each centre that are on their way, two needs to an action, and makes a
// plan among them under a ceiling that does not pay for all.
func Undertake(ctx context.Context, d Doing, by who.Asker, all []centre.Centre, today clock.Day) error {
	cost := int64(0)
	for _, c := range all {
		if !c.ClientService {
			continue
		}
		live, err := d.Needs.List(ctx, by, needs.Filter{Centre: c.ID}, 0, 20)
		if err != nil {
			return err
		}
		for i := 0; i < len(live); i += 2 {
			some := live[i:min(i+2, len(live))]
			if err := doOne(ctx, d, by, c, some, today.Add(30*(i+1))); err != nil {
				return fmt.Errorf("actions of %s: %w", c.Name, err)
			}
			for _, n := range some {
				cost += n.Cost
			}
		}
	}
	if cost == 0 {
		return nil
	}
	_, err := d.Plans.Make(ctx, by, planning.NewPlan{Name: "Revitalisasi tahap pertama (contoh)", Year: int64(today.Time().Year() + 1), Ceiling: cost / 3 / 1_000_000 * 1_000_000})
	return err
}

func doOne(ctx context.Context, d Doing, by who.Asker, c centre.Centre, some []needs.Need, due clock.Day) error {
	title := "Penuhi: " + some[0].Name
	wanted := []id.ID{some[0].ID}
	if len(some) > 1 {
		title, wanted = title+" dan "+some[1].Name, append(wanted, some[1].ID)
	}
	a, err := d.Actions.Add(ctx, by, actions.NewAction{Title: cut(title, 160), Centre: c.ID, Owner: actions.Owner{Owner: "centre:" + c.ID.String(), OwnerName: "Kasubag TU " + c.Name},
		DueOn: due, Measure: "Barang diterima dan dipakai. (contoh)"})
	if err != nil {
		return err
	}
	_, err = d.Actions.LayNeeds(ctx, by, a.ID, 0, actions.SetNeeds{Needs: wanted})
	return err
}
