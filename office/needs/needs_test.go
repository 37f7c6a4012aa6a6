package needs_test

import (
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/mandate"
	"tuntas/office/needs"
	"tuntas/office/standards"
	"tuntas/try/clause"
	"tuntas/try/province"
)

const today = province.Today

var year = int64(today.Time().Year())

// desk is the desk of needs on the small province, with a facility that is worn: what the data suggests.
type desk struct {
	*province.Province
	*needs.Desk
	t                 *testing.T
	joko, ratna, sari who.Asker
	wulan, blitar     who.Asker
}

func each(t *testing.T, test func(t *testing.T, d desk)) {
	t.Helper()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk{p, needs.New(p.Store, standards.New(p.Store)), t, p.As("joko"), p.As("ratna"), p.As("sari"), p.As("wulan"), p.As("joko")}
		d.blitar.Scope = d.sari.Scope // the head of the other centre
		test(t, d)
	})
}

func (d desk) problem(by who.Asker, at id.ID) needs.Problem {
	d.t.Helper()
	people := int64(30)
	p, err := d.Report(d.Ctx, by, at, needs.NewProblem{Source: "complaint", Title: "Kamar mandi licin", Impact: 3, Risk: 4, People: &people})
	province.Must(d.t, err)
	return p
}

func chair(n, price int64) needs.NewNeed {
	return needs.NewNeed{Kind: "facility", Name: "Kursi  roda", Quantity: n, Unit: "unit", UnitPrice: price, Year: year + 1}
}

func (d desk) propose(by who.Asker, problem id.ID, in needs.NewNeed) needs.Need {
	d.t.Helper()
	n, err := d.Propose(d.Ctx, by, problem, in)
	province.Must(d.t, err)
	return n
}

func (d desk) whole() {
	d.t.Helper()
	faults, err := d.Recount(d.Ctx)
	if err != nil || len(faults) > 0 {
		d.t.Errorf("the sums are not those of the needs: %v %v", faults, err)
	}
}

// The priority is the sum of its parts, each within what it can give, and more of anything never lowers it.
func TestPriority(t *testing.T) {
	t.Parallel()
	people := func(n int64) *int64 { return &n }
	for name, c := range map[string]struct {
		parts []needs.Part
		want  int64
	}{
		"nothing presses":      {needs.PriorityOf(1, 1, nil, false, 2_000_000_000), 0},
		"only cheap":           {needs.PriorityOf(1, 1, nil, false, 5_000_000), 10},
		"all of it":            {needs.PriorityOf(4, 4, people(100), true, 0), 100},
		"the middle":           {needs.PriorityOf(3, 2, people(12), false, 50_000_000), 20 + 6 + 10 + 6},
		"nobody is affected":   {needs.PriorityOf(2, 2, people(0), true, 500_000_000), 10 + 6 + 0 + 20 + 3},
		"more than the scales": {needs.PriorityOf(9, 9, people(5000), true, 0), 100},
	} {
		sum := int64(0)
		for _, p := range c.parts {
			if sum += p.Got; p.Got < 0 || p.Got > p.Most {
				t.Errorf("%s: %s gives %d of %d", name, p.Key, p.Got, p.Most)
			}
		}
		if sum != c.want {
			t.Errorf("%s: %d, want %d (%v)", name, sum, c.want, c.parts)
		}
	}
}

// Each state leads only where the table says; what the province decides, an institution does not.
func TestMoves(t *testing.T) {
	t.Parallel()
	legal := map[string][]string{needs.Proposed: {needs.Reviewed, needs.Refused}, needs.Reviewed: {needs.Approved, needs.Proposed, needs.Refused},
		needs.Approved: {needs.Budgeted, needs.Refused}, needs.Budgeted: {needs.Ordered, needs.Approved}, needs.Ordered: {needs.Delivered, needs.Budgeted}, needs.Refused: {needs.Proposed}}
	head := who.Asker{Rights: map[who.Right]bool{who.ProposeNeed: true}}
	province := who.Asker{Rights: map[who.Right]bool{who.DecideNeed: true}}
	own := []string{needs.Budgeted + needs.Ordered, needs.Ordered + needs.Delivered, needs.Refused + needs.Proposed}
	for _, from := range needs.States {
		for _, to := range needs.States {
			n := needs.Need{State: from}
			if want := slices.Contains(legal[from], to); needs.MayGo(province, n, to) != want {
				t.Errorf("%s to %s by the province: %v", from, to, !want)
			}
			if want := slices.Contains(own, from+to); needs.MayGo(head, n, to) != want {
				t.Errorf("%s to %s by the institution: %v", from, to, !want)
			}
			if needs.MayGo(who.Asker{}, n, to) {
				t.Errorf("%s to %s by anybody", from, to)
			}
		}
	}
}

// Clauses P16-46c, P16-49 and P16-52: what is on record leads to a problem, a need and its cost; what is budgeted names a
// lawful source of money; and the budget can be shown by need and source.
func TestChain(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-46c", "P16-49", "P16-52")
	each(t, func(t *testing.T, d desk) {
		m := mandate.New(d.Store)
		f, err := m.AddFacility(d.Ctx, d.joko, d.A, mandate.NewFacility{Kind: "dormitory", Name: "Atap", Quantity: 1, Condition: mandate.Heavy})
		province.Must(t, err)
		shown, _, err := d.Suggest(d.Ctx, d.joko, d.A)
		province.Must(t, err)
		i := slices.IndexFunc(shown, func(s needs.Suggestion) bool { return s.Source == "facility" && s.Ref == f.ID.String() })
		if i < 0 {
			t.Fatalf("a worn roof suggests nothing: %+v", shown)
		}
		in := needs.NewProblem{Source: "facility", Ref: f.ID.String(), Title: "Atap bocor", Impact: 3, Risk: 4}
		p, err := d.Report(d.Ctx, d.joko, d.A, in)
		province.Must(t, err)
		if _, err := d.Report(d.Ctx, d.joko, d.A, in); province.Refused(err) == "" {
			t.Errorf("the same twice: %v", err)
		}
		n := d.propose(d.joko, p.ID, needs.NewNeed{Kind: "facility", Name: "Atap baru", Quantity: 2, Unit: "paket", UnitPrice: 90_000_000, Year: year + 1, Mandated: true})
		if n.Cost != 180_000_000 || n.Facility != f.ID || n.Priority != 20+20+0+20+3 {
			t.Errorf("proposed: %+v", n)
		}
		for _, to := range []string{needs.Reviewed, needs.Approved} {
			n, err = d.MoveNeed(d.Ctx, d.wulan, n.ID, 0, needs.Move{To: to})
			province.Must(t, err)
		}
		for name, bad := range map[string]needs.Move{"no money": {To: needs.Budgeted}, "a source that is none": {To: needs.Budgeted, Fund: "pinjol"}, "another source without a name": {To: needs.Budgeted, Fund: "other"}} {
			if _, err := d.MoveNeed(d.Ctx, d.wulan, n.ID, 0, bad); province.Refused(err) == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		n, err = d.MoveNeed(d.Ctx, d.wulan, n.ID, 0, needs.Move{To: needs.Budgeted, Fund: "other", FundNote: "Hibah BAZNAS"})
		province.Must(t, err)
		d.whole()
		lines, _, err := d.Lines(d.Ctx, d.wulan, needs.Filter{Year: year + 1, Fund: "other"})
		if err != nil || len(lines) != 1 || lines[0].Cost != 180_000_000 || lines[0].Because != "Atap bocor" {
			t.Errorf("the budget by source: %+v %v", lines, err)
		}
		d.delivered(n, p)
	})
}

// delivered goes to the end of the chain: ordered and received by the institution, the problem solved.
func (d desk) delivered(n needs.Need, p needs.Problem) {
	d.t.Helper()
	if _, err := d.EndProblem(d.Ctx, d.joko, p.ID, 0, needs.Ending{State: needs.Solved, Why: "Sudah"}); province.Refused(err) == "" {
		d.t.Errorf("solved before its need is met: %v", err)
	}
	_, err := d.MoveNeed(d.Ctx, d.joko, n.ID, 0, needs.Move{To: needs.Ordered})
	province.Must(d.t, err)
	for name, bad := range map[string]needs.Move{"no day": {To: needs.Delivered}, "a day to come": {To: needs.Delivered, On: today.Add(1)}, "before it was proposed": {To: needs.Delivered, On: today.Add(-1)}} {
		if _, err := d.MoveNeed(d.Ctx, d.joko, n.ID, 0, bad); province.Refused(err) == "" {
			d.t.Errorf("delivered with %s: %v", name, err)
		}
	}
	n, err = d.MoveNeed(d.Ctx, d.joko, n.ID, 0, needs.Move{To: needs.Delivered, On: today})
	if err != nil || n.DeliveredOn != today || n.Live() {
		d.t.Errorf("delivered: %+v %v", n, err)
	}
	p, err = d.EndProblem(d.Ctx, d.joko, p.ID, 0, needs.Ending{State: needs.Solved, Why: "Atap terpasang"})
	if err != nil || p.State != needs.Solved || p.ClosedOn != today {
		d.t.Errorf("solved: %+v %v", p, err)
	}
	_, _, _, steps, err := d.Need(d.Ctx, d.ratna, n.ID)
	if err != nil || len(steps) != 6 || steps[0].State != needs.Delivered || steps[5].State != needs.Proposed {
		d.t.Errorf("its way: %+v %v", steps, err)
	}
	d.whole()
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d desk) {
		p := d.problem(d.joko, d.A)
		n := d.propose(d.joko, p.ID, chair(3, 2_000_000))
		errs := map[string]error{}
		report := func(by who.Asker, at id.ID, in needs.NewProblem) error {
			_, err := d.Report(d.Ctx, by, at, in)
			return err
		}
		good := needs.NewProblem{Source: "complaint", Title: "Ya", Impact: 1, Risk: 1}
		errs["denied: a worker reports"] = report(d.ratna, d.A, good)
		errs["not-found: at another centre"] = report(d.joko, d.B, good)
		errs["invalid: a source that is not on record"] = report(d.joko, d.A, needs.NewProblem{Source: "assessment", Title: "Ya", Impact: 1, Risk: 1})
		errs["invalid: a suggestion that is none"] = report(d.joko, d.A, needs.NewProblem{Source: "facility", Ref: "42", Title: "Ya", Impact: 1, Risk: 1})
		errs["invalid: a criterion that is none"] = report(d.joko, d.A, needs.NewProblem{Source: "other", Criterion: "tidak-ada", Title: "Ya", Impact: 1, Risk: 1})
		add := func(by who.Asker, in needs.NewNeed) error { _, err := d.Propose(d.Ctx, by, p.ID, in); return err }
		errs["denied: a worker proposes"] = add(d.ratna, chair(1, 1))
		errs["not-found: the head of another centre"] = add(d.blitar, chair(1, 1))
		errs["invalid: more than can be counted"] = add(d.joko, chair(1_000_000, 1_000_000_000_000))
		late, far := chair(1, 1), chair(1, 1)
		late.Year, far.Year = year-1, year+6
		errs["invalid: a year that is over"], errs["invalid: a year too far"] = add(d.joko, late), add(d.joko, far)
		move := func(by who.Asker, version int64, m needs.Move) error {
			_, err := d.MoveNeed(d.Ctx, by, n.ID, version, m)
			return err
		}
		errs["denied: its own approval"] = move(d.joko, 0, needs.Move{To: needs.Reviewed})
		errs["invalid: two steps at once"] = move(d.wulan, 0, needs.Move{To: needs.Approved})
		errs["stale: an old version"] = move(d.wulan, 7, needs.Move{To: needs.Reviewed})
		errs["invalid: a refusal without a reason"] = move(d.wulan, 0, needs.Move{To: needs.Refused})
		errs["denied: a worker joins"] = func() error {
			_, _, err := d.Join(d.Ctx, d.joko, needs.NewPurchase{Item: n.Item(), Year: n.Year})
			return err
		}()
		errs["invalid: nothing to join"] = func() error {
			_, _, err := d.Join(d.Ctx, d.wulan, needs.NewPurchase{Item: n.Item(), Year: n.Year})
			return err
		}()
		_, _, _, _, errs["not-found: a need of elsewhere"] = d.Need(d.Ctx, d.sari, n.ID)
		for what, err := range errs {
			kind := what[:len(province.Kind(err))]
			if kind != province.Kind(err) {
				t.Errorf("%s: %s (%v)", what, province.Kind(err), err)
			}
		}
		province.Must(t, move(d.wulan, 0, needs.Move{To: needs.Reviewed}))
		if _, err := d.ChangeNeed(d.Ctx, d.joko, n.ID, 0, chair(4, 1)); province.Refused(err) == "" {
			t.Errorf("changed after it was reviewed: %v", err)
		}
		province.Must(t, move(d.wulan, 0, needs.Move{To: needs.Proposed, Note: "Harga terlalu tinggi"}))
		changed, err := d.ChangeNeed(d.Ctx, d.joko, n.ID, 0, chair(4, 1_500_000))
		if err != nil || changed.Cost != 6_000_000 {
			t.Errorf("changed when it came back: %+v %v", changed, err)
		}
		d.whole()
	})
}

// Identical needs of several institutions become one purchase; what it costs is the sum of them.
func TestPurchase(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d desk) {
		a := d.propose(d.joko, d.problem(d.joko, d.A).ID, chair(3, 2_000_000))
		in := chair(2, 1_800_000)
		in.Name = "kursi RODA"
		b := d.propose(d.blitar, d.problem(d.blitar, d.B).ID, in)
		d.propose(d.joko, d.problem(d.joko, d.A).ID, needs.NewNeed{Kind: "technology", Name: "Tablet", Quantity: 1, Unit: "unit", UnitPrice: 5, Year: year + 1})
		alike, _, err := d.Alike(d.Ctx, d.wulan, year+1)
		if err != nil || len(alike) != 1 || alike[0].Centres != 2 || alike[0].Quantity != 5 || alike[0].Cost != 9_600_000 || alike[0].Low != 1_800_000 || alike[0].High != 2_000_000 {
			t.Fatalf("alike: %+v %v", alike, err)
		}
		join := needs.NewPurchase{Item: alike[0].Key, Year: year + 1}
		var wait sync.WaitGroup
		var refused [2]error
		for i := range refused {
			wait.Go(func() { _, _, refused[i] = d.Join(d.Ctx, d.wulan, join) })
		}
		wait.Wait()
		if (refused[0] == nil) == (refused[1] == nil) {
			t.Fatalf("two who join at once: %v", refused)
		}
		_, made, err := d.Alike(d.Ctx, d.wulan, year+1)
		province.Must(t, err)
		p, all, err := d.Purchase(d.Ctx, d.wulan, made[0].ID)
		if err != nil || len(all) != 2 || all[0].Cost+all[1].Cost != 9_600_000 {
			t.Errorf("the purchase: %+v %+v %v", p, all, err)
		}
		if _, mine, err := d.Purchase(d.Ctx, d.joko, p.ID); err != nil || len(mine) != 1 || mine[0].ID != a.ID {
			t.Errorf("an institution sees the needs of others in it: %+v %v", mine, err)
		}
		if _, _, err := d.TurnPurchase(d.Ctx, d.wulan, p.ID, 0, needs.Turn{To: needs.Ordered}); province.Refused(err) == "" {
			t.Errorf("ordered without a budget: %v", err)
		}
		for _, n := range []id.ID{a.ID, b.ID} {
			for _, m := range []needs.Move{{To: needs.Reviewed}, {To: needs.Approved}, {To: needs.Budgeted, Fund: "apbd"}} {
				_, err := d.MoveNeed(d.Ctx, d.wulan, n, 0, m)
				province.Must(t, err)
			}
		}
		p, all, err = d.TurnPurchase(d.Ctx, d.wulan, p.ID, 0, needs.Turn{To: needs.Ordered})
		if err != nil || p.State != needs.Ordered || all[0].State != needs.Ordered || all[1].State != needs.Ordered {
			t.Errorf("ordered: %+v %+v %v", p, all, err)
		}
		d.whole()
	})
}

// Whatever is done to needs, the kept sums are those of the needs themselves, the list is in its order, and each need stands
// on exactly one of its pages.
func TestProperty_sums(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d desk) {
		dice := rand.New(rand.NewPCG(5, 16))
		problems := []needs.Problem{d.problem(d.joko, d.A), d.problem(d.blitar, d.B), d.problem(d.joko, d.A)}
		var all []needs.Need
		for range 40 {
			if p := problems[dice.IntN(3)]; len(all) < 12 || dice.IntN(3) == 0 {
				in := chair(1+dice.Int64N(9), dice.Int64N(90_000_000))
				in.Kind, in.Year, in.Mandated = needs.Kinds[dice.IntN(6)], year+dice.Int64N(3), dice.IntN(2) == 0
				by := d.joko
				if p.Centre == d.B {
					by = d.blitar
				}
				all = append(all, d.propose(by, p.ID, in))
				continue
			}
			n := all[dice.IntN(len(all))]
			to := needs.States[dice.IntN(7)]
			if _, err := d.MoveNeed(d.Ctx, d.wulan, n.ID, 0, needs.Move{To: to, Note: "undi", Fund: "apbd", On: today}); err != nil && province.Kind(err) == "none" {
				t.Fatal(err)
			}
		}
		d.whole()
		seen := map[id.ID]bool{}
		after, last, total := id.ID(0), int64(101), int64(0)
		for {
			part, err := d.List(d.Ctx, d.wulan, needs.Filter{}, after, 4)
			province.Must(t, err)
			for _, n := range part {
				if seen[n.ID] || n.Priority > last || !n.Live() {
					t.Errorf("%s stands twice, out of order or is over: %d after %d", n.Name, n.Priority, last)
				}
				seen[n.ID], last, total = true, n.Priority, total+n.Cost
			}
			if len(part) < 4 {
				break
			}
			after = part[3].ID
		}
		sums, _, err := d.Sums(d.Ctx, d.wulan, 0)
		province.Must(t, err)
		n, cost := 0, int64(0)
		for _, s := range sums {
			if s.State != needs.Delivered && s.State != needs.Refused {
				n, cost = n+int(s.N), cost+s.Cost
			}
		}
		lines, _, err := d.Lines(d.Ctx, d.wulan, needs.Filter{})
		export := int64(0)
		for _, l := range lines {
			export += l.Cost
		}
		if err != nil || n != len(seen) || cost != total || export != total || len(lines) != n {
			t.Errorf("the head says %d for %d, the list has %d for %d, the budget %d: %v", n, cost, len(seen), total, export, err)
		}
	})
}

// A need is brought by one action, and only by one for its institution or for the province.
func TestAssign(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, d desk) {
		a := d.propose(d.joko, d.problem(d.joko, d.A).ID, chair(1, 5))
		b := d.propose(d.blitar, d.problem(d.blitar, d.B).ID, chair(1, 5))
		act := store.NewAct("test.assign", who.DecideNeed)
		assign := func(action, at id.ID, wanted ...id.ID) error {
			return d.Store.Write(d.Ctx, d.wulan, act, func(tx *store.Tx) error {
				tx.Record(store.Entry{Kind: "action", ID: action, Say: fail.Say("uji")})
				return needs.Assign(tx, action, at, wanted)
			})
		}
		province.Must(t, assign(7, d.A, a.ID))
		if err := assign(8, 0, a.ID); province.Refused(err) == "" {
			t.Errorf("brought twice: %v", err)
		}
		if err := assign(7, d.A, a.ID, b.ID); province.Refused(err) == "" {
			t.Errorf("of another institution: %v", err)
		}
		province.Must(t, assign(8, 0, b.ID))
		province.Must(t, assign(7, d.A))
		province.Must(t, assign(8, 0, a.ID, b.ID))
		err := d.Store.Read(d.Ctx, d.wulan, act, func(tx *store.Tx) error {
			if mine, err := needs.OfAction(tx, 8); err != nil || len(mine) != 2 {
				t.Errorf("what the action brings: %+v %v", mine, err)
			}
			free, err := needs.Free(tx, d.A, 10)
			if len(free) != 0 {
				t.Errorf("free: %+v", free)
			}
			return err
		})
		province.Must(t, err)
	})
}
