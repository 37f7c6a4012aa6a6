package performance_test

import (
	"fmt"
	"strings"
	"testing"

	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/monitoring"
	"tuntas/office/performance"
	"tuntas/office/satisfaction"
	"tuntas/try/province"
)

const today = province.Today // 2026-11-24

// kept is the desk on a province in which both institutions were surveyed: A is best, B is in the middle.
func kept(t *testing.T, p *province.Province) *performance.Desk {
	t.Helper()
	surveys := satisfaction.New(p.Store)
	for at, v := range map[id.ID]int64{p.A: 4, p.B: 2} {
		r, err := surveys.OpenRound(p.Ctx, p.House, at, satisfaction.NewRound{From: today.Add(-5), To: today})
		province.Must(t, err)
		in := satisfaction.NewAnswer{On: today, U1: v, U2: v, U3: v, U4: v, U5: v, U6: v, U7: v, U8: v, U9: v}
		_, err = surveys.Enter(p.Ctx, p.House, r.ID, in)
		province.Must(t, err)
	}
	return performance.New(p.Store, p.Figures)
}

func node(kind, key string, weight float64) performance.NewNode {
	n := performance.NewNode{Kind: kind, Level: "centre", Owner: "Kepala UPT", Weight: weight, Indicator: key}
	if kind != performance.Indicator {
		n.Name, n.NameEn = "Sasaran", "Target"
	}
	return n
}

// tree makes a draft with a goal over satisfaction (60) and settled cases (40).
func tree(t *testing.T, p *province.Province, d *performance.Desk, by who.Asker) performance.Tree {
	t.Helper()
	one, err := d.Make(p.Ctx, by, performance.NewTree{Name: "Uji", FromYear: 2026, ToYear: 2028})
	province.Must(t, err)
	one, err = d.Add(p.Ctx, by, one.ID, 0, 0, node(performance.Goal, "", 100))
	province.Must(t, err)
	goal := one.Nodes[0].ID
	for key, weight := range map[string]float64{"satisfaction": 60, "settled": 40} {
		one, err = d.Add(p.Ctx, by, one.ID, goal, 0, node(performance.Indicator, key, weight))
		province.Must(t, err)
	}
	return one
}

func aim(t *testing.T, p *province.Province, key string, value float64, at id.ID) {
	t.Helper()
	_, err := p.Figures.SetTarget(p.Ctx, p.As("wulan"), key, monitoring.NewTarget{Year: 2026, Value: &value, Centre: at})
	province.Must(t, err)
}

func TestTree(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, wulan := kept(t, p), p.As("wulan")
		one := tree(t, p, d, wulan)
		goal := one.Nodes[0].ID
		for name, c := range map[string]struct {
			err  error
			want string
		}{
			"a figure that is not there":  {second(d.Add(p.Ctx, wulan, one.ID, goal, 0, node(performance.Indicator, "nothing", 1))), "invalid"},
			"a figure without direction":  {second(d.Add(p.Ctx, wulan, one.ID, goal, 0, node(performance.Indicator, "occupancy", 1))), "invalid"},
			"a goal below a goal":         {second(d.Add(p.Ctx, wulan, one.ID, goal, 0, node(performance.Goal, "", 1))), "invalid"},
			"below nothing":               {second(d.Add(p.Ctx, wulan, one.ID, id.New(), 0, node(performance.Target, "", 1))), "not-found"},
			"a head of an institution":    {second(d.Add(p.Ctx, p.As("joko"), one.ID, goal, 0, node(performance.Target, "", 1))), "denied"},
			"an old version":              {second(d.Add(p.Ctx, wulan, one.ID, goal, 1, node(performance.Target, "", 1))), "stale"},
			"a goal with something below": {second(d.Remove(p.Ctx, wulan, goal)), "performance-below"},
			"a draft is not seen":         {second(d.Tree(p.Ctx, p.As("joko"), one.ID)), "not-found"},
			"outside the period":          {second(d.Enforce(p.Ctx, wulan, one.ID, 0, performance.Force{ValidFrom: "2029-01-01"})), "performance-incomplete"},
			"backwards":                   {second(d.Make(p.Ctx, wulan, performance.NewTree{Name: "x", FromYear: 2028, ToYear: 2026})), "invalid"},
		} {
			if got := said(c.err); got != c.want {
				t.Errorf("%s: %s (%v)", name, got, c.err)
			}
		}
		leaf := one.Nodes[1]
		light := node(performance.Indicator, leaf.Indicator, leaf.WeightValue()-0.5)
		_, err := d.Change(p.Ctx, wulan, leaf.ID, 0, light)
		province.Must(t, err)
		_, err = d.Enforce(p.Ctx, wulan, one.ID, 0, performance.Force{ValidFrom: "2026-01-01"})
		if wants(t, "weights that do not sum to 100", err, "performance-incomplete"); !strings.Contains(err.Error(), "performance-weight") {
			t.Errorf("%v", err)
		}
		light.Weight += 0.5
		one, err = d.Change(p.Ctx, wulan, leaf.ID, 2, light)
		province.Must(t, err)
		_, err = d.Change(p.Ctx, wulan, leaf.ID, 2, light)
		wants(t, "a node that changed", err, "stale")
		one, err = d.Enforce(p.Ctx, wulan, one.ID, 0, performance.Force{ValidFrom: "2026-01-01"})
		if err != nil || one.State != performance.Live {
			t.Fatalf("%+v %v", one, err)
		}
		_, err = d.Change(p.Ctx, wulan, leaf.ID, 0, light)
		wants(t, "what is in force", err, "performance-live")
		next, err := d.Make(p.Ctx, wulan, performance.NewTree{Name: "Baru", FromYear: 2026, ToYear: 2028, Copy: one.ID})
		if err != nil || len(next.Nodes) != 3 || next.Nodes[1].Origin != one.Nodes[1].Origin || next.Nodes[1].ID == one.Nodes[1].ID || next.Nodes[1].Parent != next.Nodes[0].ID {
			t.Fatalf("the copy: %+v %v", next.Nodes, err)
		}
		_, err = d.Enforce(p.Ctx, wulan, next.ID, 0, performance.Force{ValidFrom: "2026-01-01"})
		wants(t, "two of one day", err, "invalid")
		_, err = d.Enforce(p.Ctx, wulan, next.ID, 0, performance.Force{ValidFrom: "2026-11-01"})
		province.Must(t, err)
		// One counts at a time: that with the latest beginning.
		for year, want := range map[int64]id.ID{2025: 0, 2026: next.ID, 2027: next.ID} {
			if c, err := d.Look(p.Ctx, wulan, year, 0); err != nil || c.Tree.ID != want {
				t.Errorf("%d: %v %v", year, c.Tree.ID, err)
			}
		}
		if s, err := d.Open(p.Ctx, wulan, one.Nodes[1].ID, 2026, 0); err != nil || s.Node.ID != next.Nodes[1].ID {
			t.Errorf("a node of the tree before leads to its copy: %v", err)
		}
	})
}

func TestCascade(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, wulan := kept(t, p), p.As("wulan")
		one := tree(t, p, d, wulan)
		_, err := d.Enforce(p.Ctx, wulan, one.ID, 0, performance.Force{ValidFrom: "2026-01-01"})
		province.Must(t, err)
		c, err := d.Look(p.Ctx, wulan, 2026, 0)
		if err != nil || c.Known != 0 || c.Roots[0].Known != 0 || c.Counts() != (performance.Counts{All: 2, Unknown: 2}) {
			t.Fatalf("without targets: %+v %v", c.Reached, err)
		}
		aim(t, p, "satisfaction", 80, 0)
		aim(t, p, "settled", 70, 0) // nobody's case was closed: no value
		c, err = d.Look(p.Ctx, wulan, 2026, 0)
		province.Must(t, err)
		if fmt.Sprintf("%.3f %.2f", c.Percent, c.Known) != "93.750 0.60" { // 75 of 80; settled is not known, and no zero
			t.Errorf("achievement %+v", c.Reached)
		}
		l := leafOf(c, "satisfaction")
		if l.Expected == nil || *l.Expected != 80 || l.Course != performance.Behind {
			t.Errorf("on its way: %+v %s", l.Expected, l.Course)
		}
		if u := leafOf(c, "settled"); u.Why == "" || u.Known != 0 {
			t.Errorf("not known: %+v", u.Reached)
		}
		best, worst, ok := c.Levers() // ±12.5 points of 80, at 60 percent of the weight
		if !ok || best.Centre.ID != p.A || worst.Centre.ID != p.B || fmt.Sprintf("%.3f %.3f", best.Points, worst.Points) != "9.375 -9.375" {
			t.Errorf("levers %+v %+v %v", best, worst, ok)
		}
		if drag, points := c.Drag(); drag != l || fmt.Sprintf("%.2f", points) != "3.75" {
			t.Errorf("drag %v", points)
		}
		// An institution is held against its own target, else against that of the province.
		if a, err := d.Look(p.Ctx, wulan, 2026, p.A); err != nil || !leafOf(a, "satisfaction").Provincial || a.Percent != 120 {
			t.Errorf("A: %+v %v", a.Reached, err)
		}
		aim(t, p, "satisfaction", 100, p.A)
		if a, err := d.Look(p.Ctx, wulan, 2026, p.A); err != nil || leafOf(a, "satisfaction").Provincial || a.Percent != 100 {
			t.Errorf("A against its own: %+v %v", a.Reached, err)
		}
		_, err = d.Look(p.Ctx, wulan, 2026, id.New())
		wants(t, "no such institution", err, "not-found")
		s, err := d.Open(p.Ctx, wulan, l.ID, 2026, 0)
		if err != nil || !s.Shares || len(s.Parts) != 2 || s.Parts[0].Without.RatString() != "50" || len(s.Years) != 3 || s.Years[0].Target == nil || s.Years[1].Past {
			t.Errorf("the node: %+v %v", s.Parts, err)
		}
		quarter := 60.0
		_, err = d.SetSteps(p.Ctx, wulan, l.ID, performance.NewSteps{Year: 2026, Q3: &quarter})
		province.Must(t, err)
		if c, err = d.Look(p.Ctx, wulan, 2026, 0); err != nil || leafOf(c, "satisfaction").Course != performance.OnCourse {
			t.Errorf("with the steps of quarters: %+v %v", *leafOf(c, "satisfaction").Expected, err)
		}
	})
}

func leafOf(c performance.Cascade, key string) *performance.Branch {
	for _, l := range c.Leaves() {
		if l.Node.Indicator == key {
			return l
		}
	}
	return &performance.Branch{}
}

func TestAgreement(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, wulan, joko, kadis := kept(t, p), p.As("wulan"), p.As("joko"), province.Role(t, "head_province", 0)
		one := tree(t, p, d, wulan)
		in := performance.NewAgreement{Year: 2026, Centre: p.A, FirstName: "Joko", FirstPost: "Kepala UPT", SecondName: "Surya", SecondPost: "Kepala Dinas"}
		_, err := d.Begin(p.Ctx, joko, in)
		wants(t, "without a tree", err, "invalid")
		_, err = d.Enforce(p.Ctx, wulan, one.ID, 0, performance.Force{ValidFrom: "2026-01-01"})
		province.Must(t, err)
		a, err := d.Begin(p.Ctx, joko, in)
		province.Must(t, err)
		aim(t, p, "satisfaction", 80, 0)
		_, err = d.Sign(p.Ctx, joko, a.ID, 0)
		wants(t, "a line without a target", err, "agreement-targets")
		aim(t, p, "settled", 70, 0)
		for name, c := range map[string]struct {
			err  error
			want string
		}{
			"a second draft":               {second(d.Begin(p.Ctx, joko, in)), "agreement-open"},
			"of another institution":       {second(d.Begin(p.Ctx, joko, performance.NewAgreement{Year: 2026, Centre: p.B})), "not-found"},
			"of the office":                {second(d.Begin(p.Ctx, joko, performance.NewAgreement{Year: 2026})), "denied"},
			"the head of the office first": {second(d.Sign(p.Ctx, kadis, a.ID, 0)), "agreement-first"},
			"who keeps figures":            {second(d.Sign(p.Ctx, wulan, a.ID, 0)), "denied"},
			"an old version":               {second(d.Sign(p.Ctx, joko, a.ID, 7)), "stale"},
			"another head":                 {second(d.Sign(p.Ctx, province.Role(t, "head_centre", p.B), a.ID, 0)), "not-found"},
			"a draft given back":           {second(d.Return(p.Ctx, kadis, a.ID, 0, performance.SetReturn{Reason: "x"})), "agreement-not-offered"},
		} {
			if got := said(c.err); got != c.want {
				t.Errorf("%s: %s (%v)", name, got, c.err)
			}
		}
		a, err = d.Sign(p.Ctx, joko, a.ID, 0)
		if err != nil || a.State != performance.Offered || len(a.SHA256) != 64 || !strings.Contains(a.Rules, "Uji 2026-01-01") {
			t.Fatalf("the first signature: %+v %v", a, err)
		}
		_, err = d.Sign(p.Ctx, joko, a.ID, 0)
		wants(t, "both by one", err, "agreement-second")
		aim(t, p, "satisfaction", 90, 0) // what was signed does not follow
		pact, err := d.Pact(p.Ctx, kadis, a.ID)
		if err != nil || len(pact.Lines) != 2 || !pact.Whole() {
			t.Fatalf("%+v %v", pact.Lines, err)
		}
		for _, l := range pact.Lines {
			if l.Indicator == "satisfaction" && (*l.Value != 80_000 || l.Now.Aim.Thousandths != 90_000) {
				t.Errorf("signed %d, now %d", *l.Value, l.Now.Aim.Thousandths)
			}
		}
		a, err = d.Return(p.Ctx, kadis, a.ID, a.Version, performance.SetReturn{Reason: "Target naik"})
		if err != nil || a.State != performance.Draft || a.SHA256 != "" {
			t.Fatalf("given back: %+v %v", a, err)
		}
		_, err = d.Sign(p.Ctx, joko, a.ID, 0)
		province.Must(t, err)
		if a, err = d.Sign(p.Ctx, kadis, a.ID, 0); err != nil || a.State != performance.Signed || a.SignedOn != today {
			t.Fatalf("the second signature: %+v %v", a, err)
		}
		_, err = d.Sign(p.Ctx, kadis, a.ID, 0)
		wants(t, "signed once more", err, "agreement-signed")
		again, err := d.Begin(p.Ctx, joko, in)
		if err != nil || again.Edition != 2 {
			t.Errorf("a change of it: %+v %v", again, err)
		}
		_, err = p.Beside().ExecContext(p.Ctx, `update performance_lines set value = 1`)
		province.Must(t, err)
		if pact, err = d.Pact(p.Ctx, kadis, a.ID); err != nil || pact.Whole() {
			t.Errorf("a line that somebody moved is not seen: %v", err)
		}
	})
}

func TestReport(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, wulan, joko := kept(t, p), p.As("wulan"), p.As("joko")
		one := tree(t, p, d, wulan)
		_, err := d.Enforce(p.Ctx, wulan, one.ID, 0, performance.Force{ValidFrom: "2026-01-01"})
		province.Must(t, err)
		n, budget, spent, other := one.Nodes[1], int64(1000), int64(900), 12.5
		in := performance.SetAnalysis{Year: 2026, Reason: "Karena", Budget: &budget, Spent: &spent}
		a, err := d.Analyse(p.Ctx, wulan, n.ID, 0, in)
		province.Must(t, err)
		if share, ok := a.Absorbed(); !ok || share != 90 {
			t.Errorf("absorbed %v %v", share, ok)
		}
		in.Benchmark = &other
		_, err = d.Analyse(p.Ctx, wulan, n.ID, 0, in)
		wants(t, "a benchmark from nowhere", err, "invalid")
		in.BenchmarkSource = "Uji"
		if a, err = d.Analyse(p.Ctx, wulan, n.ID, a.Version, in); err != nil || a.Version != 2 || *a.Compared() != 12.5 {
			t.Errorf("%+v %v", a, err)
		}
		_, err = d.Analyse(p.Ctx, wulan, n.ID, 1, in)
		wants(t, "an old version", err, "stale")
		_, err = d.Analyse(p.Ctx, joko, n.ID, 0, in)
		wants(t, "an institution for the office", err, "denied")
		in.Centre = p.A
		_, err = d.Analyse(p.Ctx, joko, n.ID, 0, in)
		province.Must(t, err)
		in.Centre = p.B
		_, err = d.Analyse(p.Ctx, joko, n.ID, 0, in)
		wants(t, "another institution", err, "not-found")
		for at, want := range map[id.ID]int{0: 1, p.A: 1, p.B: 0} {
			r, err := d.Report(p.Ctx, wulan, 2026, at)
			province.Must(t, err)
			said := 0
			for _, l := range r.Lines {
				if l.Analysis != nil {
					said++
				}
			}
			if len(r.Lines) != 2 || said != want || !strings.Contains(r.Rule, "performance 2014") {
				t.Errorf("%v: %d lines, %d said, %q", at, len(r.Lines), said, r.Rule)
			}
		}
	})
}

// said is the rule that refused, else the kind of refusal.
func said(err error) string {
	if name := province.Code(err); name != "" && !strings.ContainsAny(name, " ") && name != "denied" && name != "stale" {
		return name
	}
	return province.Kind(err)
}

func wants(t *testing.T, what string, err error, want string) {
	t.Helper()
	if got := said(err); got != want {
		t.Errorf("%s: %s (%v), want %s", what, got, err, want)
	}
}

func second[T any](_ T, err error) error { return err }
