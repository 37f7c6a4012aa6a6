package performance

import (
	"cmp"
	"math"
	"math/big"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/office/monitoring"
)

// The ways to reckon the achievement of a figure that is better when it is low.
const (
	Mirror  = "mirror"  // (2 × target − actual) / target
	Inverse = "inverse" // target / actual
)

// Rules say how achievement is reckoned.
type Rules struct {
	Cap  int64 // percent; no achievement counts for more
	Down string
}

// Achieve is how far a figure came, in percent of its target: false where that cannot be reckoned. It is never a zero for what
// is not known.
func (r Rules) Achieve(direction string, actual, target float64) (float64, bool) {
	if target <= 0 || math.IsNaN(actual) {
		return 0, false
	}
	var p float64
	switch {
	case direction == "up":
		p = 100 * actual / target
	case direction == "down" && r.Down == Inverse:
		p = float64(r.Cap)
		if actual > 0 {
			p = 100 * target / actual
		}
	case direction == "down":
		p = 100 * (2*target - actual) / target
	default:
		return 0, false
	}
	return max(0, min(float64(r.Cap), p)), true
}

// Reached is the achievement of a node: the weighted mean of what is known below it, and how much of the weight that is.
type Reached struct {
	Percent float64
	Known   float64 // 0 to 1; 0: nothing can be reckoned
}

// weighted is one part of a mean.
type weighted struct {
	Reached
	weight int64
}

// mean puts parts together. What cannot be reckoned takes no part, and is told by Known.
func mean(parts []weighted) (r Reached) {
	var all, sum, known float64
	for _, p := range parts {
		w := float64(p.weight)
		all += w
		if p.Known > 0 {
			sum += w * p.Percent
			known += w
			r.Known += w * p.Known
		}
	}
	if known == 0 || all == 0 {
		return Reached{}
	}
	return Reached{sum / known, min(1, r.Known/all)}
}

// Path is the way of a figure through a year: from where it starts, over what the quarters ask for, to its target.
type Path struct {
	Year          int64
	Start, Target float64
	Quarters      [3]*float64
}

// On is what the figure should be on a day: on the straight line between the two points around it.
func (p Path) On(day clock.Day) float64 {
	y := yearWord(p.Year)
	before, value := clock.Day(yearWord(p.Year-1)+"-12-31"), p.Start
	if day <= before {
		return value
	}
	points := []struct {
		day   clock.Day
		value *float64
	}{{clock.Day(y + "-03-31"), p.Quarters[0]}, {clock.Day(y + "-06-30"), p.Quarters[1]}, {clock.Day(y + "-09-30"), p.Quarters[2]}, {clock.Day(y + "-12-31"), &p.Target}}
	for _, next := range points {
		if next.value == nil {
			continue
		}
		if day <= next.day {
			return value + (*next.value-value)*float64(day.Sub(before))/float64(next.day.Sub(before))
		}
		before, value = next.day, *next.value
	}
	return p.Target
}

// Part is what one institution adds to a figure of the province.
type Part struct {
	Centre id.ID
	Value  monitoring.Value
	Share  float64 // of the denominator, or of the count; 0 to 1
	// Points is what it adds to or takes from a share, against what the whole says: its share of the denominator times how far
	// it is from the whole. Those of all institutions sum to nothing.
	Points  *big.Rat
	Without *big.Rat // the figure without this institution; nil where nothing would be left
}

// Contributions divides a figure of the province among its institutions, exactly; false where its sides are no sums over
// institutions, or are nothing. What counts nothing at an institution leaves it out. The most helpful stands first.
func Contributions(i monitoring.Indicator, all map[id.ID]monitoring.Value) (parts []Part, ok bool) {
	whole := all[0]
	var num, den int64
	for at, v := range all {
		if at != 0 {
			num, den = num+v.Numerator, den+v.Denominator
		}
	}
	if num != whole.Numerator || den != whole.Denominator || whole.Over && den <= 0 || !whole.Over && num <= 0 {
		return nil, false
	}
	times := big.NewRat(int64(i.Times()), 1)
	for at, v := range all {
		if at == 0 || v.Denominator == 0 && v.Numerator == 0 {
			continue
		}
		p := Part{Centre: at, Value: v}
		if !whole.Over {
			p.Share = float64(v.Numerator) / float64(num)
			parts = append(parts, p)
			continue
		}
		p.Share = float64(v.Denominator) / float64(den)
		p.Points = points(v, whole)
		p.Points.Mul(p.Points, times)
		if rest := den - v.Denominator; rest > 0 {
			p.Without = big.NewRat(num-v.Numerator, rest)
			p.Without.Mul(p.Without, times)
		}
		parts = append(parts, p)
	}
	slices.SortFunc(parts, func(a, b Part) int {
		c := cmp.Compare(b.Share, a.Share)
		if a.Points != nil && b.Points != nil {
			if c = b.Points.Cmp(a.Points); i.Direction == "down" {
				c = -c
			}
		}
		return cmp.Or(c, cmp.Compare(a.Centre, b.Centre))
	})
	return parts, true
}

// points is d/D × (n/d − N/D), which is n/D − d×N/D².
func points(v, whole monitoring.Value) *big.Rat {
	den := big.NewInt(whole.Denominator)
	up := new(big.Int).Mul(big.NewInt(v.Numerator), den)
	up.Sub(up, new(big.Int).Mul(big.NewInt(v.Denominator), big.NewInt(whole.Numerator)))
	return new(big.Rat).SetFrac(up, new(big.Int).Mul(den, den))
}

func float(x *big.Rat) float64 {
	f, _ := x.Float64()
	return f
}
