package store

import "tuntas/house/clock"

// piece is a range of buckets; an empty one ends before it begins.
type piece struct{ from, to string }

var nothing = piece{"9", "0"}

// always is the one bucket of what was counted at any time; the last year goes with what is open at its end.
var always = piece{"", ""}

const lastYear = "9999"

// The pieces of a cut, in the order in which sumRange takes them.
const (
	allTime = iota
	wholeYears
	lessYears
	monthsBefore
	monthsAfter
	lessMonths
	daysBefore
	daysAfter
	lessDays
	pieces
)

// grainOf is the width in which each piece is read, and whether it is added or taken away.
var grainOf = [pieces]struct {
	key  string
	sign int64
}{{"a", 1}, {"y", 1}, {"y", -1}, {"m", 1}, {"m", 1}, {"m", -1}, {"d", 1}, {"d", 1}, {"d", -1}}

// cut gives the whole years of a range of days, the whole months before and after them, and the days before and after
// those. At its end the whole month (or year) is taken and what comes after taken away, where that is fewer rows: up to
// today it is none, because no month holds more than today. What begins before all counting, as a stock does, is all
// that was ever counted without the years after its end: a stock of today is read from one row.
func cut(from, to, today clock.Day) [pieces]piece {
	var p [pieces]piece
	for n := range p {
		p[n] = nothing
	}
	first, end := from, to.Add(1) // the first whole month begins at first; what is counted ends before end
	if from[8:] != "01" {
		first = (from[:8] + "01").AddMonths(1)
	}
	below := end[:8] + "01"
	if first > below || first == end {
		p[daysBefore] = days(from, end)
		return p
	}
	p[daysBefore] = days(from, first)
	if above := below.AddMonths(1); filled(end, above, today) < filled(below, end, today) {
		p[lessDays], end = days(end, above), above
	} else {
		p[daysAfter], end = days(below, end), below
	}
	cutMonths(&p, first, end, today)
	return p
}

// cutMonths does for whole months, from the first day of one until before that of another, what cut does for days.
func cutMonths(p *[pieces]piece, first, end, today clock.Day) {
	firstYear := first
	if first[5:] != "01-01" {
		firstYear = (first[:4] + "-01-01").AddMonths(12)
	}
	below := end[:4] + "-01-01"
	if firstYear > below {
		p[monthsBefore] = months(first, end)
		return
	}
	p[monthsBefore] = months(first, firstYear)
	if above := below.AddMonths(12); filled(end, above, today) < filled(below, end, today) {
		p[lessMonths], end = months(end, above), above
	} else {
		p[monthsAfter], end = months(below, end), below
	}
	switch {
	case firstYear == firstDay:
		p[allTime], p[lessYears] = always, piece{string(end[:4]), lastYear}
	case firstYear < end:
		p[wholeYears] = piece{string(firstYear[:4]), string(end.Add(-1)[:4])}
	}
}

// filled is how many days of a range, without its end, may hold something.
func filled(from, end, today clock.Day) int { return max(0, min(end, today.Add(1)).Sub(from)) }

func days(from, end clock.Day) piece {
	if from >= end {
		return nothing
	}
	return piece{string(from), string(end.Add(-1))}
}

func months(from, end clock.Day) piece {
	if from >= end {
		return nothing
	}
	return piece{from.Month(), end.Add(-1).Month()}
}
