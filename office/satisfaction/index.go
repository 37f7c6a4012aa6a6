package satisfaction

import (
	"math/big"

	"tuntas/law"
)

// Elements is how many elements a form has (PermenPANRB 14/2017, annex).
const Elements = 9

// best is the highest value that a form gives an element.
const best = 4

// Sum is what the forms of a round say of one element: how many gave it the value 1, 2, 3 and 4.
type Sum [best]int64

// Count is how many forms there are.
func (s Sum) Count() (n int64) {
	for _, k := range s {
		n += k
	}
	return n
}

// Points adds the values up.
func (s Sum) Points() (n int64) {
	for i, k := range s {
		n += int64(i+1) * k
	}
	return n
}

// Mean is the mean value of the element; nil without a form.
func (s Sum) Mean() *big.Rat {
	if s.Count() == 0 {
		return nil
	}
	return big.NewRat(s.Points(), s.Count())
}

// Sums are those of all elements.
type Sums [Elements]Sum

// Index is the mean of the means of the elements, times 25 (clause IKM-1), as an exact fraction: a weight of 0.11 for
// each instead of one ninth moves it by almost a point. nil while an element has no answer.
func (s Sums) Index() *big.Rat {
	sum := new(big.Rat)
	for _, e := range s {
		m := e.Mean()
		if m == nil {
			return nil
		}
		sum.Add(sum, m)
	}
	return sum.Mul(sum, big.NewRat(25, Elements))
}

// index of one element is its mean times 25, so that it stands on the same scale.
func (s Sum) index() *big.Rat {
	m := s.Mean()
	if m == nil {
		return nil
	}
	return m.Mul(m, big.NewRat(25, 1))
}

// Hundredths rounds an index to two decimals, a half upwards; an index is never below 0.
func Hundredths(x *big.Rat) int64 {
	twice := new(big.Rat).Mul(x, big.NewRat(200, 1))
	twice.Add(twice, big.NewRat(1, 1))
	n := new(big.Int).Quo(twice.Num(), new(big.Int).Mul(twice.Denom(), big.NewInt(2)))
	return n.Int64()
}

// GradeOf grades an index. The bands leave gaps (76.60 to 76.61): it is compared after rounding to two decimals with the
// lower bound of the higher band. That rounding is our rule; nothing else is rounded before.
func GradeOf(rules law.SurveyRules, x *big.Rat) string {
	if x == nil {
		return ""
	}
	n := Hundredths(x)
	for _, b := range rules.Bands {
		if n >= b.From {
			return b.Grade
		}
	}
	return ""
}
