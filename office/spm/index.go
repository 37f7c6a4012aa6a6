package spm

import (
	"math/big"

	"tuntas/law"
)

// Index is the attainment index of a group (Permendagri 59/2021; weights assumed): so many hundredths of X/Y and so many
// of the minimum quality. It speaks of the institution: "SPM tuntas" is no "kasus tuntas".
type Index struct {
	Known    bool
	Served   *big.Rat // X/Y, at most 1
	Quality  *big.Rat // needs for which goods and services are there, over all needs
	Points   *big.Rat // 0 to 100, exact
	Category law.SPMCategory
}

// Float is the index in points for showing.
func (i Index) Float() float64 {
	if !i.Known {
		return 0
	}
	v, _ := i.Points.Float64()
	return v
}

// indexOf reckons the index: nothing before there were weights, while Y is not collected or too small, while nothing is needed, while
// a UPT has not said what is there, and for a single UPT, which has no Y of its own.
func indexOf(t Table) (i Index) {
	if t.Rules.ServedWeight == 0 || !t.Known() || t.TooLow() || t.Y == 0 || t.Centre != 0 {
		return i
	}
	var needed, short int64
	for _, r := range t.Rows {
		if r.Unsaid > 0 {
			return i
		}
		needed, short = needed+r.Needed, short+r.Short
	}
	if needed == 0 {
		return i
	}
	i.Known = true
	i.Served = big.NewRat(min(t.X, t.Y), t.Y)
	i.Quality = big.NewRat(needed-short, needed)
	i.Points = new(big.Rat).Add(weighed(t.Rules.ServedWeight, i.Served), weighed(t.Rules.QualityWeight, i.Quality))
	i.Category = categoryOf(t.Rules.Categories, i.Points)
	return i
}

func weighed(weight int64, of *big.Rat) *big.Rat {
	return new(big.Rat).Mul(big.NewRat(weight, 1), of)
}

// categoryOf is what so many points are called. A hair below a hundred is not a hundred.
func categoryOf(all []law.SPMCategory, points *big.Rat) law.SPMCategory {
	for _, c := range all {
		if points.Cmp(big.NewRat(c.From, 1)) >= 0 {
			return c
		}
	}
	return law.SPMCategory{}
}
