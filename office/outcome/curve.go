package outcome

import (
	"math"
	"strconv"
	"strings"

	"tuntas/house/store"
	"tuntas/office/casework"
)

// Count is how many fell in a month after leaving, and of how many the last is known then.
type Count struct {
	Month    int
	Fallen   int64
	Censored int64
}

// counts adds up the values of the measure "outcome" by month, from 0 to the longest course.
func counts(figures []store.Figure) []Count {
	all := make([]Count, casework.LongestCourse+1)
	for m := range all {
		all[m].Month = m
	}
	for _, f := range figures {
		month, fallen, ok := readCourse(f.Dim)
		switch {
		case !ok:
		case fallen:
			all[month].Fallen += f.N
		default:
			all[month].Censored += f.N
		}
	}
	return all
}

// readCourse reads a value of casework.CourseOf.
func readCourse(dim string) (month int, fallen, ok bool) {
	number, state, found := strings.Cut(dim, ":")
	month, err := strconv.Atoi(number)
	if !found || err != nil || month < 0 || month > casework.LongestCourse || state != casework.Fallen && state != casework.Held {
		return 0, false, false
	}
	return month, state == casework.Fallen, true
}

// Step is the curve at the end of a month: the share that is still independent, from 0 to 1, with its interval of 95
// percent. Sure is false where nobody or everybody has fallen: there the formula gives no interval.
type Step struct {
	Count
	AtRisk    int64
	Share     float64
	Low, High float64
	Sure      bool
}

// z is the quantile of the normal distribution for 95 percent on both sides.
const z = 1.959963984540054

// KaplanMeier estimates how many are still independent after each month (Kaplan and Meier, Journal of the American
// Statistical Association 53, 1958): the product of the shares that stayed, month by month, among those of whom it is known. Who
// fell in a month was at risk in it; who is censored in a month was at risk too and leaves after it. The interval is that
// of Greenwood's variance on the scale of log(−log) (Kalbfleisch and Prentice), so that it stays between 0 and 1.
func KaplanMeier(all []Count) []Step {
	var risk int64
	for _, c := range all {
		risk += c.Fallen + c.Censored
	}
	steps := make([]Step, 0, len(all))
	share, sum := 1.0, 0.0
	for _, c := range all {
		s := Step{Count: c, AtRisk: risk}
		if c.Fallen > 0 {
			d, n := float64(c.Fallen), float64(risk)
			share *= 1 - d/n
			sum += d / (n * (n - d)) // infinite when all fall; then there is no interval
		}
		s.Share, s.Low, s.High = share, share, share
		if share > 0 && share < 1 {
			width := z * math.Sqrt(sum) / math.Abs(math.Log(share))
			s.Low, s.High, s.Sure = math.Pow(share, math.Exp(width)), math.Pow(share, math.Exp(-width)), true
		}
		steps = append(steps, s)
		risk -= c.Fallen + c.Censored
	}
	return steps
}

// Wilson is the interval of 95 percent of a share k of n (Wilson, Journal of the American Statistical Association 22, 1927);
// from 0 to 1 where n is 0.
func Wilson(k, n int64) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	p, size := float64(k)/float64(n), float64(n)
	centre := p + z*z/(2*size)
	half := z * math.Sqrt(p*(1-p)/size+z*z/(4*size*size))
	low, high = (centre-half)/(1+z*z/size), (centre+half)/(1+z*z/size)
	return max(0, low), min(1, high)
}
