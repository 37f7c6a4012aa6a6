package quality

import (
	"math"
	"slices"

	"tuntas/law"
)

// Outlier is how far a value lies from those before it, by two measures of which either is enough: z, from the mean in
// standard deviations, and the modified z of Iglewicz and Hoaglin, from the median, which a single strange month before
// does not move.
type Outlier struct {
	Value             float64
	Mean, Median      float64
	Z, Modified       float64
	HasZ, HasModified bool
	Months            int // that it is held against
	Far               bool
}

// The modified z of normal data is as large as its z by these: 0.6745 is the third quartile of the normal distribution,
// and 1.253314 is √(π/2), for the mean absolute deviation where more than half of the months are alike and the median
// absolute deviation is nothing.
const (
	quartile = 0.6745
	ofMean   = 1.253314
)

// judge holds the last value against those before it. Months before the first that is not nothing are not counted: the
// institution was not there yet. false where there are too few, or where they are all alike: a first change of something
// that never moved is no measure of anything.
func judge(course []float64, rule law.OutlierRule) (o Outlier, ok bool) {
	if len(course) == 0 {
		return o, false
	}
	last, before := course[len(course)-1], course[:len(course)-1]
	for len(before) > 0 && before[0] == 0 {
		before = before[1:]
	}
	before = before[max(0, len(before)-rule.Months):]
	o = Outlier{Value: last, Months: len(before)}
	if len(before) < rule.Least {
		return o, false
	}
	o.Mean, o.Median = mean(before), median(before)
	if sd := deviation(before, o.Mean); sd > 0 {
		o.Z, o.HasZ = (last-o.Mean)/sd, true
	}
	o.Modified, o.HasModified = modified(last, before, o.Median)
	o.Far = o.HasZ && math.Abs(o.Z) > rule.Z || o.HasModified && math.Abs(o.Modified) > rule.ModifiedZ
	return o, o.HasZ || o.HasModified
}

func modified(last float64, before []float64, middle float64) (float64, bool) {
	var away []float64
	for _, v := range before {
		away = append(away, math.Abs(v-middle))
	}
	if mad := median(away); mad > 0 {
		return quartile * (last - middle) / mad, true
	}
	if m := mean(away); m > 0 {
		return (last - middle) / (ofMean * m), true
	}
	return 0, false
}

func mean(all []float64) float64 {
	var sum float64
	for _, v := range all {
		sum += v
	}
	return sum / float64(len(all))
}

// deviation is the standard deviation of a sample.
func deviation(all []float64, mean float64) float64 {
	if len(all) < 2 {
		return 0
	}
	var sum float64
	for _, v := range all {
		sum += (v - mean) * (v - mean)
	}
	return math.Sqrt(sum / float64(len(all)-1))
}

func median(all []float64) float64 {
	sorted := slices.Sorted(slices.Values(all))
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return (sorted[n/2-1] + sorted[n/2]) / 2
}
