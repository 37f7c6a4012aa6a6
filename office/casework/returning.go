package casework

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/person"
)

// Episode is an earlier case of a person whose service ended, at whatever centre: no more than is needed to know that
// somebody comes back.
type Episode struct {
	Case, Centre id.ID
	CentreName   string
	Kind         string
	From, Until  clock.Day
	Reason       string // of the end: a key of law.Standard.ExitReasons
	Outcome      string
}

// Days is how long the person was without service when a new case opens on a day.
func (e Episode) Days(on clock.Day) int { return on.Sub(e.Until) }

// returnOf tells whether a case that opens on a day is a return to care after an earlier one: days between, of the
// window that is set (assumed, after the usual measure of 15 to 730 days). Who was moved from one centre to another
// never left care.
func returnOf(last Episode, on clock.Day) *int64 {
	set := law.Standard.On(on)
	days := int64(last.Days(on))
	if last.Reason == Transferred || days < int64(set.ReturnFromDays) || days > int64(set.ReturnToDays) {
		return nil
	}
	return &days
}

var (
	lookFormer = store.NewAct("case.former", who.SeeCase)
	findFormer = store.NewAct("case.find-former", who.SeeCase)
)

// EpisodesOf gives the earlier cases of a person whom the asker may see, the latest first: those of other centres
// too, by the rule of the hint: who may see the person may know where she was served, until when, and no more.
func (d *Desk) EpisodesOf(ctx context.Context, by who.Asker, of id.ID) ([]Episode, error) {
	err := d.store.Read(ctx, by, lookFormer, func(tx *store.Tx) error {
		_, err := person.ByID(tx, of)
		tx.Saw(of)
		return err
	})
	if err != nil {
		return nil, err
	}
	return d.episodes(ctx, of)
}

func (d *Desk) episodes(ctx context.Context, of id.ID) (all []Episode, err error) {
	err = d.store.Read(ctx, who.House("casework"), findFormer, func(tx *store.Tx) error {
		all, err = store.Each(tx, episodesOfPerson, scanEpisode, of)
		return err
	})
	return all, err
}

// comesBack notes on an opening the earlier case, for the latest that ended by its day.
func (d *Desk) comesBack(ctx context.Context, in *Opening) error {
	if in.Person == 0 || in.OpenedOn == "" {
		return nil
	}
	all, err := d.episodes(ctx, in.Person)
	for _, e := range all {
		if e.Until <= in.OpenedOn && e.Case != in.ID {
			in.former, in.formerUntil, in.returnDays = e.Case, e.Until, returnOf(e, in.OpenedOn)
			break
		}
	}
	return err
}

// Former is an earlier episode with what a new plan may start from.
type Former struct {
	Episode
	Mine   bool // the case itself is in the asker's reach
	Stages []Entry
	Levels []Level // the last that was measured and signed
	Goals  []Goal  // of the last approved plan
	Sums   []ServiceSum
}

// FormerOf gives the earlier episodes of the person of a case with their plan and levels. Whoever works at the
// running case of a person reads this much of the cases before it, at whatever centre: never its notes, papers or
// answers (docs/decisions/015). The ledger keeps it as every look at a person.
func (d *Desk) FormerOf(ctx context.Context, by who.Asker, caseID id.ID) (all []Former, f File, err error) {
	if f, err = d.Look(ctx, by, caseID); err != nil {
		return nil, f, err
	}
	all = nil
	err = d.store.Read(ctx, who.House("casework"), findFormer, func(tx *store.Tx) error {
		all = nil
		episodes, err := store.Each(tx, episodesOfPerson, scanEpisode, f.Person)
		if err != nil {
			return err
		}
		for _, e := range episodes {
			if e.Case == caseID || len(all) == mostFormer {
				continue
			}
			one, err := formerOf(tx, e)
			if err != nil {
				return err
			}
			one.Mine = by.Scope.Has(e.Centre)
			all = append(all, one)
		}
		return nil
	})
	return all, f, err
}

// mostFormer earlier episodes are shown: a page has a fixed cost.
const mostFormer = 3

// Level is a level of independence in one domain; nil where it does not apply.
type Level struct {
	Domain string
	Level  *int64
}

func formerOf(tx *store.Tx, e Episode) (one Former, err error) {
	one.Episode = e
	if one.Stages, err = stagesOf(tx, e.Case); err != nil {
		return one, err
	}
	if one.Sums, err = store.Each(tx, serviceSums, scanSum, e.Case); err != nil {
		return one, err
	}
	if one.Levels, err = store.Each(tx, lastLevels, scanLevel, e.Case); err != nil {
		return one, err
	}
	one.Goals, err = store.Each(tx, approvedGoals, scanFormerGoal, e.Case)
	return one, err
}

// Bringing chooses goals of an earlier plan to begin the new one with.
type Bringing struct {
	Goals []id.ID `json:"goals" required:"true" ask:"Pilih sedikitnya satu tujuan."`
}

// mayBring holds that the plan follows the assessment (Pasal 7 ayat (2)), also where it begins with old goals.
func mayBring(f File) error {
	if orderOf(f.Stage) < orderOf(Planning) || !f.InCare() {
		return fail.Broken("not-planning", "Tujuan lama dapat dibawa setelah penyusunan rencana dimulai.")
	}
	return nil
}

// Bring writes the chosen goals of earlier plans into the plan that is being written, or begins one with them. They
// are goals anew: open, without a day or a cost of the past.
func (d *Desk) Bring(ctx context.Context, by who.Asker, caseID id.ID, in Bringing) (Plan, error) {
	all, f, err := d.FormerOf(ctx, by, caseID)
	if err != nil {
		return Plan{}, err
	}
	if err := mayBring(f); err != nil {
		return Plan{}, err
	}
	plan := NewPlan{}
	if p := f.working(); p != nil {
		plan = again(*p)
	}
	for _, want := range in.Goals {
		goal, err := goalAmong(all, want)
		if err != nil {
			return Plan{}, err
		}
		plan.Goals = append(plan.Goals, NewGoal{Domain: goal.Domain, Text: goal.Text, Measure: goal.Measure, TargetLevel: goal.TargetLevel})
	}
	if len(in.Goals) == 0 {
		return Plan{}, fail.Bad("goals", "required", "Pilih sedikitnya satu tujuan.")
	}
	return d.Draft(ctx, by, caseID, plan)
}

func goalAmong(all []Former, want id.ID) (Goal, error) {
	for _, e := range all {
		for _, g := range e.Goals {
			if g.ID == want {
				return g, nil
			}
		}
	}
	return Goal{}, fail.Bad("goals", "unknown", "Tujuan ini bukan dari rencana sebelumnya orang ini.")
}

// again is a version of the plan as it would be written once more.
func again(p Plan) NewPlan {
	in := NewPlan{AgreedBy: p.AgreedBy, AgreedOn: p.AgreedOn}
	for _, g := range p.Goals {
		n := NewGoal{Need: g.Need, Domain: g.Domain, Text: g.Text, Measure: g.Measure, TargetLevel: g.TargetLevel, DueOn: g.DueOn}
		for _, s := range g.Services {
			n.Services = append(n.Services, NewService{Item: s.Item, Text: s.Text, Owner: s.Owner, From: s.From, To: s.To, Cost: s.Cost, Funding: s.Funding})
		}
		in.Goals = append(in.Goals, n)
	}
	return in
}
