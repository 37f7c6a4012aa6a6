package planning

import (
	"context"
	"math"
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
		names, err = centre.Names(tx)
		return err
	})
	return p, all, names, err
}
