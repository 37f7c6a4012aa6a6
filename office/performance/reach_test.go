package performance

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/law"
	"tuntas/office/monitoring"
)

func TestAchieve(t *testing.T) {
	t.Parallel()
	mirror, inverse := Rules{120, Mirror}, Rules{120, Inverse}
	for name, one := range map[string]struct {
		rules          Rules
		direction      string
		actual, target float64
		want           float64
		ok             bool
	}{
		"half way up":               {mirror, "up", 40, 80, 50, true},
		"reached":                   {mirror, "up", 80, 80, 100, true},
		"capped":                    {mirror, "up", 200, 80, 120, true},
		"nothing is a value":        {mirror, "up", 0, 80, 0, true},
		"down, reached":             {mirror, "down", 10, 10, 100, true},
		"down, half more":           {mirror, "down", 15, 10, 50, true},
		"down, three times":         {mirror, "down", 30, 10, 0, true},
		"down, none left":           {mirror, "down", 0, 10, 120, true},
		"down by its inverse":       {inverse, "down", 20, 10, 50, true},
		"down by its inverse, none": {inverse, "down", 0, 10, 120, true},
		"no target":                 {mirror, "up", 5, 0, 0, false},
		"no direction":              {mirror, "none", 5, 5, 0, false},
		"no value":                  {mirror, "up", math.NaN(), 5, 0, false},
	} {
		if got, ok := one.rules.Achieve(one.direction, one.actual, one.target); ok != one.ok || math.Abs(got-one.want) > 1e-9 {
			t.Errorf("%s: %v %v, want %v %v", name, got, ok, one.want, one.ok)
		}
	}
}

// A mean lies between its parts, does not move when all weights are multiplied, and what is not known takes no part in it.
func TestMean_property(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(4, 8))
	for range 500 {
		var parts, known, more []weighted
		low, high := math.Inf(1), math.Inf(-1)
		for range 1 + r.IntN(6) {
			p := weighted{Reached{r.Float64() * 120, float64(r.IntN(2))}, 1 + r.Int64N(5000)}
			parts = append(parts, p)
			more = append(more, weighted{p.Reached, p.weight * 7})
			if p.Known > 0 {
				known = append(known, p)
				low, high = min(low, p.Percent), max(high, p.Percent)
			}
		}
		m, k, s := mean(parts), mean(known), mean(more)
		if len(known) == 0 {
			if m != (Reached{}) {
				t.Fatalf("%v of nothing known", m)
			}
			continue
		}
		switch {
		case m.Percent < low-1e-9 || m.Percent > high+1e-9:
			t.Fatalf("%v not between %v and %v", m, low, high)
		case math.Abs(m.Percent-k.Percent) > 1e-9 || math.Abs(k.Known-1) > 1e-9:
			t.Fatalf("the unknown move the mean: %v %v", m, k)
		case math.Abs(m.Percent-s.Percent) > 1e-9 || math.Abs(m.Known-s.Known) > 1e-9:
			t.Fatalf("weights times seven: %v %v", m, s)
		case m.Known < 0 || m.Known > 1:
			t.Fatalf("known %v", m.Known)
		}
	}
}

// What a deeper level does not know is missing above: half of one half is a quarter.
func TestMean_levels(t *testing.T) {
	t.Parallel()
	below := mean([]weighted{{Reached{80, 1}, 5000}, {Reached{}, 5000}})
	top := mean([]weighted{{below, 5000}, {Reached{100, 1}, 5000}})
	if below != (Reached{80, 0.5}) || top != (Reached{90, 0.75}) {
		t.Errorf("%v, %v", below, top)
	}
}

func share() monitoring.Indicator {
	return monitoring.Indicator{Indicator: law.Indicator{Unit: "percent", Direction: "up"}}
}

// Contributions sum to nothing, exactly, and the figure without an institution is that of all the others.
func TestContributions_property(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(8, 4))
	for range 300 {
		all := map[id.ID]monitoring.Value{}
		sum := monitoring.Value{Over: true}
		for n := range 1 + r.IntN(12) {
			v := monitoring.Value{Over: true, Denominator: r.Int64N(400)}
			v.Numerator = r.Int64N(v.Denominator + 1)
			all[id.ID(n+1)] = v
			sum.Numerator, sum.Denominator = sum.Numerator+v.Numerator, sum.Denominator+v.Denominator
		}
		all[0] = sum
		parts, ok := Contributions(share(), all)
		if ok != (sum.Denominator > 0) {
			t.Fatalf("%v of %+v", ok, sum)
		}
		points, shares := new(big.Rat), 0.0
		for _, p := range parts {
			points.Add(points, p.Points)
			shares += p.Share
			rest := sum.Denominator - p.Value.Denominator
			if rest == 0 {
				if p.Without != nil {
					t.Fatalf("without the only one: %v", p.Without)
				}
				continue
			}
			if want := big.NewRat(100*(sum.Numerator-p.Value.Numerator), rest); p.Without.Cmp(want) != 0 {
				t.Fatalf("without: %v, want %v", p.Without, want)
			}
			// Who adds points is better than all the others together.
			others := new(big.Rat).Sub(p.Without, big.NewRat(100*sum.Numerator, sum.Denominator))
			if p.Points.Sign() != -others.Sign() {
				t.Fatalf("points %v, and without it %v more", p.Points, others)
			}
		}
		if ok && (points.Sign() != 0 || math.Abs(shares-1) > 1e-9) {
			t.Fatalf("points sum to %v, shares to %v", points, shares)
		}
	}
}

func TestContributions(t *testing.T) {
	t.Parallel()
	of := func(n, d int64) monitoring.Value { return monitoring.Value{Numerator: n, Denominator: d, Over: true} }
	parts, ok := Contributions(share(), map[id.ID]monitoring.Value{0: of(75, 100), 1: of(50, 50), 2: of(25, 50), 3: of(0, 0)})
	if !ok || len(parts) != 2 || parts[0].Centre != 1 || parts[0].Points.RatString() != "25/2" || parts[0].Without.RatString() != "50" || parts[1].Points.RatString() != "-25/2" || parts[1].Without.RatString() != "100" {
		t.Errorf("%v %+v", ok, parts)
	}
	if _, ok := Contributions(share(), map[id.ID]monitoring.Value{0: of(80, 100), 1: of(50, 100)}); ok {
		t.Error("what is no sum over institutions is divided")
	}
	count := monitoring.Indicator{Indicator: law.Indicator{Unit: "persons", Direction: "up"}}
	parts, ok = Contributions(count, map[id.ID]monitoring.Value{0: {Numerator: 10}, 1: {Numerator: 2}, 2: {Numerator: 8}})
	if !ok || parts[0].Centre != 2 || parts[0].Share != 0.8 || parts[0].Points != nil {
		t.Errorf("a count: %v %+v", ok, parts)
	}
	// Of what is better when low, the lowest helps most.
	down := share()
	down.Direction = "down"
	if parts, _ = Contributions(down, map[id.ID]monitoring.Value{0: of(75, 100), 1: of(50, 50), 2: of(25, 50)}); parts[0].Centre != 2 {
		t.Errorf("the one that helps: %+v", parts[0])
	}
}

func TestPath(t *testing.T) {
	t.Parallel()
	at := func(v float64) *float64 { return &v }
	line := Path{Year: 2025, Start: 0, Target: 365}
	steps := Path{Year: 2025, Start: 10, Target: 50, Quarters: [3]*float64{at(20), nil, at(30)}}
	for name, one := range map[string]struct {
		path Path
		day  clock.Day
		want float64
	}{
		"before":             {line, "2024-12-31", 0},
		"the first day":      {line, "2025-01-01", 1},
		"half":               {line, "2025-07-02", 183},
		"the end":            {line, "2025-12-31", 365},
		"long after":         {line, "2027-01-01", 365},
		"a quarter":          {steps, "2025-03-31", 20},
		"over a gap":         {steps, "2025-06-30", 20 + 10*91.0/183},
		"the third":          {steps, "2025-09-30", 30},
		"the end of quarter": {steps, "2025-12-31", 50},
	} {
		if got := one.path.On(one.day); math.Abs(got-one.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", name, got, one.want)
		}
	}
}
