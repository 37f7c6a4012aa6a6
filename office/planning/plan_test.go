package planning_test

import (
	"errors"
	"math/rand/v2"
	"testing"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/actions"
	"tuntas/office/coordination"
	"tuntas/office/needs"
	"tuntas/office/planning"
	"tuntas/office/standards"
	"tuntas/try/clause"
	"tuntas/try/province"
)

const today = province.Today

var year = int64(today.Time().Year())

// desk is the desk of plans on the small province, whose two institutions have assessed themselves.
type desk struct {
	*province.Province
	*planning.Desk
	t         *testing.T
	standards *standards.Desk
	needs     *needs.Desk
	actions   *actions.Desk
	wulan     who.Asker
	heads     map[id.ID]who.Asker
}

func each(t *testing.T, test func(t *testing.T, d *desk)) {
	t.Helper()
	province.Each(t, func(t *testing.T, p *province.Province) {
		st := standards.New(p.Store)
		d := &desk{Province: p, Desk: planning.New(p.Store, st), t: t, standards: st, needs: needs.New(p.Store, st), wulan: p.As("wulan"), heads: map[id.ID]who.Asker{}}
		d.actions = actions.New(p.Store, st, coordination.New(p.Store, true))
		joko := p.As("joko")
		d.heads[p.A] = joko
		joko.Scope = p.As("sari").Scope
		d.heads[p.B] = joko
		test(t, d)
	})
}

// assess lets both institutions answer a campaign and hand it in.
func (d *desk) assess(name string, answer func(at id.ID, n int, c standards.Criterion) string) {
	d.t.Helper()
	c, err := d.standards.OpenCampaign(d.Ctx, d.wulan, standards.NewCampaign{Name: name, Standard: "snrs/2019", From: today.Add(-90), To: today, DueOn: today.Add(30)})
	province.Must(d.t, err)
	act := store.NewAct("test.answers", who.AssessStandards)
	for _, at := range []id.ID{d.A, d.B} {
		selves, _, _, err := d.standards.AtCentre(d.Ctx, d.heads[at], at, 0, 1)
		province.Must(d.t, err)
		self := selves[0].ID
		v, err := d.standards.Look(d.Ctx, d.wulan, self)
		province.Must(d.t, err)
		var all []standards.Answer
		for n, k := range v.Criteria {
			all = append(all, standards.Answer{Self: self, Criterion: k.Key, Value: answer(at, n, k), Confirmed: true, Source: "document", Note: "uji", On: today, By: "uji"})
		}
		province.Must(d.t, d.Store.Write(d.Ctx, d.House, act, func(tx *store.Tx) error {
			tx.Record(store.Entry{Kind: "campaign", ID: c.ID, Say: fail.Say("uji")})
			return d.standards.EnterMany(tx, self, all)
		}))
		_, err = d.standards.Submit(d.Ctx, d.heads[at], self, 0)
		province.Must(d.t, err)
	}
}

// action is one for gaps of an institution that brings a need at a price.
func (d *desk) action(at id.ID, price int64, gaps ...string) actions.Action {
	d.t.Helper()
	a, err := d.actions.Add(d.Ctx, d.wulan, actions.NewAction{Title: "Uji", Owner: actions.Owner{Owner: "office", OwnerName: "Bu Wulan"}, DueOn: today.Add(20), Measure: "ada", Centre: at, Gaps: gaps})
	province.Must(d.t, err)
	if price > 0 {
		p, err := d.needs.Report(d.Ctx, d.heads[at], at, needs.NewProblem{Source: "complaint", Title: "Uji", Impact: 2, Risk: 2})
		province.Must(d.t, err)
		n, err := d.needs.Propose(d.Ctx, d.heads[at], p.ID, needs.NewNeed{Kind: "facility", Name: "Barang", Quantity: 1, Unit: "unit", UnitPrice: price, Year: year + 1})
		province.Must(d.t, err)
		_, err = d.actions.LayNeeds(d.Ctx, d.wulan, a.ID, 0, actions.SetNeeds{Needs: []id.ID{n.ID}})
		province.Must(d.t, err)
	}
	return a
}

// gapsAt are the gaps of an institution as an action names them.
func (d *desk) gapsAt(at id.ID) (all []string) {
	d.t.Helper()
	v, err := d.standards.NewestSheet(d.Ctx, d.wulan, at)
	province.Must(d.t, err)
	for _, g := range v.Gaps() {
		all = append(all, "snrs/"+g.Criterion.Key)
	}
	return all
}

func weak(id.ID, int, standards.Criterion) string { return standards.No }

// Property: what a plan costs is the sum of its lines and within its ceiling; what it says of each action is so; the same
// again when it is worked out again.
func TestProperty_plan(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-52")
	each(t, func(t *testing.T, d *desk) {
		d.assess("2025", weak)
		dice := rand.New(rand.NewPCG(16, 52))
		gaps := map[id.ID][]string{d.A: d.gapsAt(d.A), d.B: d.gapsAt(d.B)}
		costs := map[id.ID]int64{}
		for range 12 {
			at := []id.ID{d.A, d.B}[dice.IntN(2)]
			price := dice.Int64N(9) * 1_000_000
			i := dice.IntN(len(gaps[at]) - 3)
			costs[d.action(at, price, gaps[at][i:i+1+dice.IntN(3)]...).ID] = price
		}
		for _, ceiling := range []int64{0, 7_000_000, 20_000_000, 500_000_000} {
			p, err := d.Make(d.Ctx, d.wulan, planning.NewPlan{Name: "Uji", Year: year + 1, Ceiling: ceiling})
			province.Must(t, err)
			d.sums(p, costs)
			again, err := d.Work(d.Ctx, d.wulan, p.ID, p.Version, planning.Rework{})
			if err != nil || again.Gain != p.Gain || again.Cost != p.Cost {
				t.Errorf("worked out again: %+v after %+v: %v", again, p, err)
			}
		}
	})
}

func (d *desk) sums(p planning.Plan, costs map[id.ID]int64) {
	d.t.Helper()
	_, lines, err := d.Look(d.Ctx, d.wulan, p.ID)
	province.Must(d.t, err)
	_, paid, _, err := d.Budget(d.Ctx, d.wulan, p.ID)
	province.Must(d.t, err)
	chosen, sum := int64(0), int64(0)
	for _, l := range lines {
		if l.Cost != costs[l.ID] {
			d.t.Errorf("an action costs %d, its needs %d", l.Cost, costs[l.ID])
		}
		if l.Chosen {
			chosen += l.Cost
		}
	}
	for _, n := range paid {
		sum += n.Cost
	}
	if len(lines) != len(costs) || chosen != p.Cost || sum != p.Cost || p.Cost > p.Ceiling || !p.Proven() || p.Rest() != p.Ceiling-p.Cost {
		d.t.Errorf("the plan costs %d of %d; its actions %d, its needs %d (%d lines)", p.Cost, p.Ceiling, chosen, sum, len(lines))
	}
}

func TestPlan(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desk) {
		d.assess("2025", weak)
		g := d.gapsAt(d.A)
		dear, cheap, same := d.action(d.A, 9_000_000, g[0], g[1]), d.action(d.A, 2_000_000, g[0]), d.action(d.A, 3_000_000, g[0])
		p, err := d.Make(d.Ctx, d.wulan, planning.NewPlan{Name: "Uji", Year: year + 1, Ceiling: 10_000_000, Centre: d.A})
		if err != nil || p.Cost != 9_000_000 || !p.Proven() {
			t.Fatalf("the one that closes both: %+v %v", p, err)
		}
		p, err = d.Work(d.Ctx, d.wulan, p.ID, p.Version, planning.Rework{Action: dear.ID, Lock: "out"})
		if err != nil || p.Cost != 2_000_000 {
			t.Errorf("without it, the cheaper of two for one gap: %+v %v", p, err)
		}
		p, err = d.Work(d.Ctx, d.wulan, p.ID, p.Version, planning.Rework{Action: same.ID, Lock: "in"})
		if err != nil || p.Cost != 3_000_000 {
			t.Errorf("locked in: %+v %v", p, err)
		}
		low := int64(1_000_000)
		refusals := map[string]error{}
		_, refusals["locked in above the ceiling"] = d.Work(d.Ctx, d.wulan, p.ID, p.Version, planning.Rework{Ceiling: &low})
		_, refusals["a lock of nothing"] = d.Work(d.Ctx, d.wulan, p.ID, p.Version, planning.Rework{Lock: "in"})
		_, refusals["an action that is none"] = d.Work(d.Ctx, d.wulan, p.ID, p.Version, planning.Rework{Action: 7, Lock: "in"})
		_, refusals["a centre that is none"] = d.Make(d.Ctx, d.wulan, planning.NewPlan{Name: "Uji", Year: year + 1, Ceiling: 1, Centre: 7})
		for name, err := range refusals {
			if province.Refused(err) == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := d.Work(d.Ctx, d.wulan, p.ID, p.Version-1, planning.Rework{}); !errors.Is(err, fail.Stale) {
			t.Errorf("an old version: %v", err)
		}
		if _, err := d.Make(d.Ctx, d.heads[d.A], planning.NewPlan{Name: "Uji", Year: year + 1, Ceiling: 1}); !errors.Is(err, fail.Denied) {
			t.Errorf("a plan by an institution: %v", err)
		}
		if _, _, err := d.Look(d.Ctx, d.heads[d.B], p.ID); !errors.Is(err, fail.NotFound) {
			t.Errorf("a plan of another institution: %v", err)
		}
		if _, all, err := d.Look(d.Ctx, d.heads[d.A], p.ID); err != nil || len(all) != 3 {
			t.Errorf("the plan of one's own: %v %v", all, err)
		}
		p, err = d.Adopt(d.Ctx, d.wulan, p.ID, p.Version)
		if err != nil || p.State != planning.Adopted || p.AdoptedOn != today {
			t.Errorf("adopted: %+v %v", p, err)
		}
		if _, err := d.Work(d.Ctx, d.wulan, p.ID, 0, planning.Rework{Action: cheap.ID, Lock: "in"}); province.Refused(err) == "" {
			t.Errorf("changed after it was adopted: %v", err)
		}
	})
}

// From one assessment to the next: what became better, because of what, and at what price for a point.
func TestGains(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d *desk) {
		d.assess("2025", weak)
		gaps := d.gapsAt(d.A)
		p, err := d.needs.Report(d.Ctx, d.heads[d.A], d.A, needs.NewProblem{Source: "complaint", Title: "Uji", Impact: 2, Risk: 2, Criterion: gaps[0][len("snrs/"):]})
		province.Must(t, err)
		n, err := d.needs.Propose(d.Ctx, d.heads[d.A], p.ID, needs.NewNeed{Kind: "facility", Name: "Barang", Quantity: 1, Unit: "unit", UnitPrice: 4_000_000, Year: year})
		province.Must(t, err)
		for _, m := range []needs.Move{{To: needs.Reviewed}, {To: needs.Approved}, {To: needs.Budgeted, Fund: "apbd"}, {To: needs.Ordered}, {To: needs.Delivered, On: today}} {
			_, err := d.needs.MoveNeed(d.Ctx, d.wulan, n.ID, 0, m)
			province.Must(t, err)
		}
		a := d.action(d.A, 0, gaps[0])
		_, err = d.actions.Start(d.Ctx, d.wulan, a.ID, 0)
		province.Must(t, err)
		_, err = d.actions.Finish(d.Ctx, d.wulan, a.ID, 0, actions.Completion{On: today, Result: "Sudah"}, nil)
		province.Must(t, err)
		if g, err := d.Gains(d.Ctx, d.heads[d.A], d.A); err != nil || g.Before.ID != 0 || len(g.Better) != 0 {
			t.Errorf("with one assessment: %+v %v", g, err)
		}
		d.assess("2026", func(_ id.ID, n int, _ standards.Criterion) string {
			return map[int]string{0: standards.Yes, 1: standards.Partly, 2: standards.NotApplicable}[min(n, 3)]
		})
		d.gained(gaps[0][len("snrs/"):], n.ID, a.ID)
	})
}

func (d *desk) gained(criterion string, need, action id.ID) {
	d.t.Helper()
	g, err := d.Gains(d.Ctx, d.heads[d.A], d.A)
	if err != nil || len(g.Better) != 2 || g.Better[0].Criterion.Key != criterion || g.Better[0].Cost() != 4_000_000 || g.Cost() != 4_000_000 {
		d.t.Fatalf("what became better: %+v %v", g.Better, err)
	}
	one := g.Better[0]
	if len(one.Needs) != 1 || one.Needs[0].ID != need || len(one.Actions) != 1 || one.Actions[0].ID != action || one.Points <= 0 || g.Better[1].Known() {
		d.t.Errorf("because of what: %+v", one)
	}
	if want := g.Points(); g.PerPoint() <= 0 || want <= one.Points {
		d.t.Errorf("a point for %d of %f", g.PerPoint(), want)
	}
	if _, err := d.Gains(d.Ctx, d.heads[d.B], d.A); !errors.Is(err, fail.NotFound) {
		d.t.Errorf("of another institution: %v", err)
	}
}
