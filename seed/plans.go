package seed

import (
	"context"
	"fmt"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/actions"
	"tuntas/office/centre"
	"tuntas/office/needs"
	"tuntas/office/planning"
	"tuntas/office/standards"
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

// Redress plays what was done about the findings of 2020: for each centre, needs of the gaps that were found better
// afterwards, delivered by 2022, each by an action with its result. All of it is invented.
func Redress(ctx context.Context, d Doing, calendar *Calendar, by who.Asker, all []centre.Centre) error {
	defer calendar.Release()
	for n, c := range all {
		if !c.ClientService {
			continue
		}
		calendar.hold("2021-02-15", n)
		shown, _, err := d.Needs.Suggest(ctx, by, c.ID)
		if err != nil {
			return err
		}
		told := 0
		for _, w := range wishes {
			i := slices.IndexFunc(shown, func(s needs.Suggestion) bool {
				return s.Source == "assessment" && w.fits(s) && invented(c.ID, s.Criterion, 1) == standards.Yes
			})
			if i < 0 || told == 3 {
				continue
			}
			if err := redressOne(ctx, d, calendar, by, c, shown[i], w.need); err != nil {
				return fmt.Errorf("what was done since 2020 at %s: %w", c.Name, err)
			}
			shown = slices.Delete(shown, i, i+1)
			told++
		}
	}
	return nil
}

func redressOne(ctx context.Context, d Doing, calendar *Calendar, by who.Asker, c centre.Centre, s needs.Suggestion, in needs.NewNeed) error {
	calendar.hold("2021-02-15", 30)
	people := int64(18)
	p, err := d.Needs.Report(ctx, by, c.ID, needs.NewProblem{Source: s.Source, Ref: s.Ref, Title: cut(s.Title("id", nil), 160), Impact: s.Impact, Risk: s.Risk, People: &people})
	if err != nil {
		return err
	}
	in.Year = 2022
	n, err := d.Needs.Propose(ctx, by, p.ID, in)
	if err != nil {
		return err
	}
	a, err := d.Actions.Add(ctx, by, actions.NewAction{Title: cut("Penuhi: "+in.Name, 160), Centre: c.ID, Owner: actions.Owner{Owner: "centre:" + c.ID.String(), OwnerName: "Kasubag TU " + c.Name},
		DueOn: "2022-06-30", Measure: "Diterima dan dipakai. (contoh)", Gaps: []string{s.Standard + "/" + s.Criterion}})
	if err != nil {
		return err
	}
	if _, err := d.Actions.LayNeeds(ctx, by, a.ID, 0, actions.SetNeeds{Needs: []id.ID{n.ID}}); err != nil {
		return err
	}
	for _, m := range []needs.Move{{To: needs.Reviewed}, {To: needs.Approved}, {To: needs.Budgeted, Fund: "apbd"}, {To: needs.Ordered}, {To: needs.Delivered, On: "2022-05-20"}} {
		calendar.hold("2022-05-20", 15)
		if _, err := d.Needs.MoveNeed(ctx, by, n.ID, 0, m); err != nil {
			return err
		}
	}
	if _, err := d.Actions.Start(ctx, by, a.ID, 0); err != nil {
		return err
	}
	if _, err := d.Actions.Finish(ctx, by, a.ID, 0, actions.Completion{On: "2022-05-20", Result: "Diterima, diperiksa, dan dipakai. (contoh)"}, nil); err != nil {
		return err
	}
	_, err = d.Needs.EndProblem(ctx, by, p.ID, 0, needs.Ending{State: needs.Solved, Why: "Sudah diterima dan diperiksa. (contoh)"})
	return err
}
