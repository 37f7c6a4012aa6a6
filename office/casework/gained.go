package casework

import (
	"strconv"
	"strings"

	"tuntas/house/clock"
	"tuntas/law"
)

// Gains is how the household of somebody who left moved from what was known first, perhaps before care ended, to what the
// contacts knew last. Decile, Income, Work and Aid are "2>5" where it was known twice, "2" where once, and notKnown where
// never; Head says HeadRose and so on.
type Gains struct{ Decile, Income, Work, Head, Aid string }

// notKnown is the value of a gain that nobody knew.
const notKnown = "unknown"

// How the income for each person moved.
const (
	HeadRose = "rose"
	HeadSame = "same" // within the percent of law.Performance
	HeadFell = "fell"
	HeadOnce = "once" // known once: there is nothing to compare
)

// The values of the gain of aid: a household receives some, or says that it receives none.
const (
	Aided   = "aided"
	Unaided = "unaided"
)

// MovedBetween reads a gain: what was known first and last; false where it was not known twice.
func MovedBetween(gain string) (first, last string, ok bool) { return strings.Cut(gain, ">") }

func (f File) gains() Gains {
	var g span
	for _, c := range f.Contacts { // by the day they are due
		g.income.add(c.IncomeBand)
		g.work.add(c.Work)
	}
	for _, h := range f.households() {
		if h.Decile != nil {
			g.decile.add(strconv.FormatInt(*h.Decile, 10))
		}
		g.aid.add(h.aidKind())
	}
	return Gains{g.decile.says(), g.income.says(), g.work.says(), headMoved(f.households(), f.Ended.On), g.aid.says()}
}

// span gathers gains.
type span struct{ decile, income, work, aid firstLast }

// firstLast is what was known first and last, and how often.
type firstLast struct {
	n           int
	first, last string
}

func (s *firstLast) add(known string) {
	if known == "" || known == notKnown || known == "not_applicable" {
		return
	}
	if s.n++; s.n == 1 {
		s.first = known
	}
	s.last = known
}

func (s firstLast) says() string {
	switch s.n {
	case 0:
		return notKnown
	case 1:
		return s.first
	}
	return s.first + ">" + s.last
}

// aidKind is whether a household receives aid; "" where that is not known.
func (h Household) aidKind() string {
	switch {
	case len(h.Aid) == 0:
		return ""
	case h.Aid[0] == NoAid:
		return Unaided
	}
	return Aided
}

// headMoved says how the income for each person moved, by the rule of the day of leaving. Size and income count where one
// and the same record knows both.
func headMoved(all []Household, left clock.Day) string {
	var known []Household
	for _, h := range all {
		if _, ok := h.Head(); ok {
			known = append(known, h)
		}
	}
	switch len(known) {
	case 0:
		return notKnown
	case 1:
		return HeadOnce
	}
	first, last := known[0], known[len(known)-1]
	was, now := *first.Income**last.Size, *last.Income**first.Size // as whole numbers of one measure: at most 3e10
	switch within := was * law.Performance.On(left).SamePercent; {
	case (now-was)*100 > within:
		return HeadRose
	case (was-now)*100 > within:
		return HeadFell
	}
	return HeadSame
}
