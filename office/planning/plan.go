package planning

import (
	"context"
	"maps"
	"math"
	"slices"
	"strconv"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/actions"
	"tuntas/office/centre"
	"tuntas/office/needs"
	"tuntas/office/standards"
)

// Desk is the desk of plans.
type Desk struct {
	store     *store.Store
	standards *standards.Desk
}

// New opens the desk.
func New(s *store.Store, st *standards.Desk) *Desk { return &Desk{store: s, standards: st} }

var (
	lookPlan  = store.NewAct("action-plan.look", who.SeeCentre)
	makePlan  = store.NewAct("action-plan.make", who.DecideNeed)
	workPlan  = store.NewAct("action-plan.work", who.DecideNeed)
	adoptPlan = store.NewAct("action-plan.adopt", who.DecideNeed)
)

// States of a plan.
const (
	Draft   = "draft"
	Adopted = "adopted"
)

// The bounds of one working-out: so many actions are looked at, and for so long at most.
const (
	mostActions = 400
	longestWork = 1500 * time.Millisecond
)

// Plan is a ceiling with what was chosen under it. Gain and Most are thousandths of points of the scores of institutions:
// what the choice closes, and what no choice can pass.
type Plan struct {
	ID        id.ID
	Version   int64
	Name      string
	Centre    id.ID // 0: the whole province
	Year      int64
	Ceiling   int64 // rupiah
	State     string
	Gain      int64
	Most      int64
	Cost      int64 // rupiah: the sum of its lines
	WorkedAt  time.Time
	AdoptedOn clock.Day
	By        string
}

// Points is what the choice closes, in points of score.
func (p Plan) Points() float64 { return float64(p.Gain) / 1000 }

// Proven tells whether no other choice closes more.
func (p Plan) Proven() bool { return p.Gain >= p.Most }

// Behind is how far the choice may be from the best, in percent of what no choice can pass.
func (p Plan) Behind() float64 {
	if p.Most <= 0 {
		return 0
	}
	return 100 * float64(p.Most-p.Gain) / float64(p.Most)
}

// Rest is what is left under the ceiling.
func (p Plan) Rest() int64 { return p.Ceiling - p.Cost }

// PerPoint is rupiah for one point of score; 0 when nothing is closed.
func (p Plan) PerPoint() int64 {
	if p.Gain == 0 {
		return 0
	}
	return int64(math.Round(float64(p.Cost) * 1000 / float64(p.Gain)))
}

// Line is one action that a plan could choose.
type Line struct {
	ID         id.ID // of the action
	Title      string
	Owner      string
	Centre     id.ID
	CentreName string
	Lock       string // in, out, or ""
	Chosen     bool
	Cost       int64 // rupiah, in the year of the plan
	Gain       int64 // thousandths of points that it closes alone
}

// Points is what it closes alone, in points of score.
func (l Line) Points() float64 { return float64(l.Gain) / 1000 }

// NewPlan is a plan as it is begun.
type NewPlan struct {
	Name    string `json:"name" required:"true" maxLength:"160" ask:"Tulis nama rencana."`
	Year    int64  `json:"year" required:"true" minimum:"2000" maximum:"2999" ask:"Tulis tahun anggaran."`
	Ceiling int64  `json:"ceiling" required:"true" minimum:"0" maximum:"1000000000000000" ask:"Tulis pagu dalam rupiah."`
	Centre  id.ID  `json:"centre_id,omitempty"`
}

// Rework changes the ceiling or what is locked, and chooses anew. An empty lock takes it off.
type Rework struct {
	Ceiling *int64 `json:"ceiling,omitempty" minimum:"0" maximum:"1000000000000000"`
	Action  id.ID  `json:"action_id,omitempty"`
	Lock    string `json:"lock,omitempty" enum:"in,out,none"`
}

func planEntry(p Plan, say string, what any) store.Entry {
	return store.Entry{Kind: "action_plan", ID: p.ID, Centre: p.Centre, Say: fail.Say(say, p.Name), What: what}
}

// Make begins a plan and chooses for the first time.
func (d *Desk) Make(ctx context.Context, by who.Asker, in NewPlan) (p Plan, err error) {
	p = Plan{ID: id.New(), Version: 1, Name: in.Name, Centre: in.Centre, Year: in.Year, Ceiling: in.Ceiling, State: Draft, By: by.Name}
	found, err := d.found(ctx, by, makePlan, p, nil)
	if err != nil {
		return p, err
	}
	err = d.store.Write(ctx, by, makePlan, func(tx *store.Tx) error {
		if err := insertPlan(tx, p); err != nil {
			return err
		}
		tx.Record(planEntry(p, "Rencana %s dibuat.", in))
		return d.keep(tx, &p, found)
	})
	return p, err
}

// Work chooses anew, with another ceiling or another lock where the request names one.
func (d *Desk) Work(ctx context.Context, by who.Asker, plan id.ID, version int64, in Rework) (p Plan, err error) {
	var locks map[id.ID]string
	if err = d.store.Read(ctx, by, workPlan, func(tx *store.Tx) error {
		p, locks, err = reworked(tx, plan, version, in)
		return err
	}); err != nil {
		return p, err
	}
	found, err := d.found(ctx, by, workPlan, p, locks)
	if err != nil {
		return p, err
	}
	err = d.store.Write(ctx, by, workPlan, func(tx *store.Tx) error {
		was, err := draftOf(tx, plan, p.Version)
		if err != nil {
			return err
		}
		tx.Record(planEntry(was, "Rencana %s dihitung lagi.", in))
		return d.keep(tx, &p, found)
	})
	return p, err
}

// reworked is a plan with what a request changes in it, and its locks.
func reworked(tx *store.Tx, plan id.ID, version int64, in Rework) (p Plan, locks map[id.ID]string, err error) {
	if p, err = draftOf(tx, plan, version); err != nil {
		return p, nil, err
	}
	if locks, err = locksOf(tx, plan); err != nil {
		return p, nil, err
	}
	if in.Ceiling != nil {
		p.Ceiling = *in.Ceiling
	}
	switch {
	case in.Action == 0 && in.Lock != "":
		return p, nil, fail.Bad("action_id", "required", "Sebutkan tindak lanjut yang dikunci.")
	case in.Action != 0 && in.Lock == "":
		return p, nil, fail.Bad("lock", "required", "Pilih: wajib masuk, tidak boleh masuk, atau bebas.")
	case in.Action != 0:
		if _, err := actions.ByID(tx, in.Action); err != nil {
			return p, nil, fail.Bad("action_id", "unknown", "Tindak lanjut ini tidak dikenal.")
		}
		locks[in.Action] = in.Lock
	}
	return p, locks, nil
}

// draftOf reads a plan that may still change.
func draftOf(tx *store.Tx, plan id.ID, version int64) (Plan, error) {
	p, err := visible(tx, plan)
	switch {
	case err != nil:
		return p, err
	case version != 0 && version != p.Version:
		return p, fail.Stale
	case p.State != Draft:
		return p, fail.Broken("plan-adopted", "Rencana ini sudah ditetapkan dan tidak berubah lagi. Buat rencana baru.")
	}
	return p, nil
}

// visible reads a plan that is the asker's: one for an institution of theirs, or one of the province for who sees all of it.
func visible(tx *store.Tx, plan id.ID) (Plan, error) {
	p, err := planByID(tx, plan)
	by := tx.By()
	if err == nil && !by.System && !(p.Centre == 0 && by.Scope.All) && (p.Centre == 0 || !by.Scope.Has(p.Centre)) {
		return p, fail.NotFound
	}
	return p, err
}

// ground is what a choice stands on: the actions, what each costs in the year, and the gaps that each closes.
type ground struct {
	all  []actions.Action
	task Task
}

func (d *Desk) ground(tx *store.Tx, p Plan) (g ground, err error) {
	end := clock.Day(strconv.FormatInt(p.Year, 10) + "-12-31")
	found, closes, err := actions.Candidates(tx, end, p.Centre, mostActions)
	if err != nil {
		return g, err
	}
	brought, err := needs.BroughtIn(tx, p.Year, p.Centre)
	if err != nil {
		return g, err
	}
	gaps, err := d.standards.GapsOfAll(tx)
	if err != nil {
		return g, err
	}
	place := g.weigh(gaps, p.Centre)
	costs, closed := map[id.ID]int64{}, map[id.ID]map[int]bool{}
	close := func(action id.ID, k gapKey) {
		if at, is := place[k]; is {
			if closed[action] == nil {
				closed[action] = map[int]bool{}
			}
			closed[action][at] = true
		}
	}
	for _, b := range brought {
		costs[b.Action] += b.Cost
		close(b.Action, gapKey{b.Centre, b.Criterion})
	}
	for _, c := range closes {
		close(c.Action, gapKey{c.Centre, c.Criterion})
	}
	g.task.Ceiling = p.Ceiling
	for _, a := range found {
		if len(closed[a.ID]) == 0 && costs[a.ID] == 0 {
			continue // it neither costs nor closes
		}
		g.all = append(g.all, a)
		g.task.Options = append(g.task.Options, Option{Cost: costs[a.ID], Closes: sortedKeys(closed[a.ID])})
	}
	return g, nil
}

// weigh gives each gap its place, in an order that is the same each time, and its weight in thousandths of a point.
func (g *ground) weigh(gaps map[id.ID][]standards.Gap, at id.ID) map[gapKey]int {
	place := map[gapKey]int{}
	for _, c := range slices.Sorted(maps.Keys(gaps)) {
		if at != 0 && c != at {
			continue
		}
		for _, one := range gaps[c] {
			place[gapKey{c, one.Criterion.Key}] = len(g.task.Weights)
			g.task.Weights = append(g.task.Weights, int64(math.Round(1000*one.Points)))
		}
	}
	return place
}

// gapKey is a criterion at an institution.
type gapKey struct {
	centre    id.ID
	criterion string
}

// found is a choice with what it stands on.
type found struct {
	ground
	Choice
}

// found reads what a plan stands on and chooses. That takes a while, so it holds nobody up: no transaction is open meanwhile.
func (d *Desk) found(ctx context.Context, by who.Asker, act store.Act, p Plan, locks map[id.ID]string) (f found, err error) {
	if err = d.store.Read(ctx, by, act, func(tx *store.Tx) error {
		if p.Centre != 0 {
			if _, err := centre.ByID(tx, p.Centre); err != nil || !by.Scope.Has(p.Centre) && !by.System {
				return fail.Bad("centre_id", "unknown", "UPT ini tidak dikenal.")
			}
		}
		f.ground, err = d.ground(tx, p)
		return err
	}); err != nil {
		return f, err
	}
	for i, a := range f.all {
		f.task.Options[i].Lock = map[string]int{"in": 1, "out": -1}[locks[a.ID]]
	}
	var fits bool
	limited, done := context.WithTimeout(ctx, longestWork)
	defer done()
	if f.Choice, fits = Choose(limited, f.task, 0); !fits {
		return f, fail.Bad("ceiling", "locks", "Yang dikunci wajib masuk sudah melebihi pagu. Naikkan pagu atau lepaskan kuncinya.")
	}
	return f, nil
}

// keep writes a choice down with its lines. When what it stands on has changed meanwhile, it is fail.Stale: what a plan costs
// is the sum of its lines.
func (d *Desk) keep(tx *store.Tx, p *Plan, f found) error {
	now, err := d.ground(tx, *p)
	if err != nil {
		return err
	}
	if !f.same(now) {
		return fail.Stale
	}
	p.Gain, p.Most, p.Cost, p.WorkedAt = f.Gain, f.Most, f.Cost, tx.Now()
	if err := clearChoice(tx, p.ID); err != nil {
		return err
	}
	for i, a := range f.all {
		o := f.task.Options[i]
		l := Line{ID: a.ID, Centre: a.Centre, Lock: map[int]string{1: "in", -1: "out"}[o.Lock], Chosen: f.In[i], Cost: o.Cost}
		for _, at := range o.Closes {
			l.Gain += f.task.Weights[at]
		}
		if err := insertChoice(tx, *p, l); err != nil {
			return err
		}
	}
	return keepPlan(tx, p)
}

// same tells whether two grounds lead to the same choice: the same actions at the same cost, closing the same.
func (g ground) same(o ground) bool {
	return slices.Equal(g.task.Weights, o.task.Weights) && slices.EqualFunc(g.all, o.all, func(a, b actions.Action) bool { return a.ID == b.ID }) &&
		slices.EqualFunc(g.task.Options, o.task.Options, func(a, b Option) bool { return a.Cost == b.Cost && slices.Equal(a.Closes, b.Closes) })
}

// Adopt fixes a plan: it does not change any more.
func (d *Desk) Adopt(ctx context.Context, by who.Asker, plan id.ID, version int64) (p Plan, err error) {
	err = d.store.Write(ctx, by, adoptPlan, func(tx *store.Tx) error {
		if p, err = draftOf(tx, plan, version); err != nil {
			return err
		}
		p.State, p.AdoptedOn = Adopted, tx.Today()
		tx.Record(planEntry(p, "Rencana %s ditetapkan.", nil))
		return keepPlan(tx, &p)
	})
	return p, err
}

// Plans lists plans that the asker sees, the newest first.
func (d *Desk) Plans(ctx context.Context, by who.Asker, before id.ID, limit int64) (all []Plan, err error) {
	err = d.store.Read(ctx, by, lookPlan, func(tx *store.Tx) error {
		all, err = plansBefore(tx, by.Scope, before, limit)
		return err
	})
	return all, err
}

// Look gives a plan with what it could choose, the chosen first.
func (d *Desk) Look(ctx context.Context, by who.Asker, plan id.ID) (p Plan, all []Line, err error) {
	err = d.store.Read(ctx, by, lookPlan, func(tx *store.Tx) error {
		if p, err = visible(tx, plan); err != nil {
			return err
		}
		all, err = linesOf(tx, plan)
		return err
	})
	return p, all, err
}

// Budget gives the needs that a plan pays for, by institution, as they stood when it was worked out.
func (d *Desk) Budget(ctx context.Context, by who.Asker, plan id.ID) (p Plan, all []needs.Need, names map[id.ID]string, err error) {
	err = d.store.Read(ctx, by, lookPlan, func(tx *store.Tx) error {
		if p, err = visible(tx, plan); err != nil {
			return err
		}
		if all, err = paidBy(tx, plan); err != nil {
			return err
		}
		centres, err := centre.All(tx)
		names = map[id.ID]string{}
		for _, c := range centres {
			names[c.ID] = c.Name
		}
		return err
	})
	return p, all, names, err
}
