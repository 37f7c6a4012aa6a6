package potential

import (
	"cmp"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/law"
)

// Fit is an offer beside a request, with what speaks for it and what is still missing.
type Fit struct {
	Offer   Offer
	Request Request
	Km      int   // between their districts
	Enough  int64 // what the offer can give of what the request still needs
	Reasons []fail.Saying
	Lacks   []fail.Saying
	score   int
}

// mostFits is how many are shown, the best first.
const mostFits = 30

// Match says whether an offer fits a request on a day, and why: the same kind, what is left on both sides, the days in which
// both stand, a time that both have, and, for things and skills, a word that both name. Whether the place is reached was
// asked before. Who meets children and has no clearance is shown with what is missing, never as fit.
func Match(o Offer, r Request, today clock.Day) (fit Fit, ok bool) {
	if o.Kind != r.Kind || o.Standing(today) != Open || r.Standing(today) != Open || o.From > max(r.NeededOn, today) || o.Until < today {
		return fit, false
	}
	when, possible := both(o.Potential.Free(), r.Free())
	if comes(r.Kind) && !possible {
		return fit, false
	}
	word, shared := sharedWord(o, r)
	if !shared && (r.Kind == Skill || r.Kind == Goods || r.Kind == Job) {
		return fit, false
	}
	fit = Fit{Offer: o, Request: r, Enough: min(o.Left(), r.Left())}
	fit.place()
	fit.capacity()
	if word != "" {
		fit.reason(20, "sama-sama menyebut “%s”", word)
	}
	if comes(r.Kind) {
		fit.time(when)
	}
	fit.reason(0, "tersedia sampai %s", o.Until)
	if r.Children {
		fit.children(today)
	}
	return fit, true
}

func (f *Fit) reason(points int, say string, args ...any) {
	f.score += points
	f.Reasons = append(f.Reasons, fail.Say(say, args...))
}

func (f *Fit) place() {
	a, _ := law.RegionOf(f.Offer.Potential.Region)
	b, _ := law.RegionOf(f.Request.Region)
	f.Km = law.Km(a, b)
	switch {
	case a.Code == b.Code && a.Type == "kota":
		f.reason(100, "satu kota")
	case a.Code == b.Code:
		f.reason(100, "satu kabupaten")
	default:
		f.reason(max(0, 80-f.Km/2), "dari %s, sekitar %d km", a.Name, f.Km)
	}
}

func (f *Fit) capacity() {
	if wanted := f.Request.Left(); f.Enough < wanted {
		f.reason(int(30*f.Enough/wanted), "cukup %d dari %d", f.Enough, wanted)
	} else {
		f.reason(30, "cukup untuk semua (%d)", wanted)
	}
}

// time says when both have time, by its first day and its part of the day. Times that nobody wrote down are said to be so.
func (f *Fit) time(when Times) {
	switch days := when.List(); {
	case !f.Offer.Potential.Free().Known():
		f.Lacks = append(f.Lacks, fail.Say("hari dan jamnya belum dicatat"))
	case len(days) == 0:
		f.reason(10, "bebas %s–%s", when.From, when.To)
	case len(days) == 7 && when.From == "":
		f.reason(15, "bebas setiap hari")
	case when.From == "":
		f.reason(15, "bebas %s", dayWords[days[0]])
	default:
		f.reason(15, "bebas %s %s", dayWords[days[0]], partWords[part(when.From)])
	}
}

// children says what somebody has, and what is missing, who would meet children on the day.
func (f *Fit) children(today clock.Day) {
	p, day := f.Offer.Potential, max(f.Request.NeededOn, today)
	if p.Cleared(day) {
		f.reason(10, "keterangannya berlaku sampai %s", p.ClearanceUntil)
	} else {
		f.Lacks = append(f.Lacks, fail.Say("belum ada keterangan yang berlaku pada %s; ada anak di sana", day))
	}
	if p.Supervisor == "" {
		f.Lacks = append(f.Lacks, fail.Say("pendampingnya belum ditentukan"))
	}
	if len(f.Lacks) > 0 {
		f.score -= 200
	}
}

// sharedWord is a word that both name: of what is offered and what the potential can, and of what is asked for.
func sharedWord(o Offer, r Request) (string, bool) {
	can := wordsOf(o.What)
	if o.Kind == Skill {
		can = append(can, wordsOf(o.Potential.Skills)...)
	}
	for _, w := range wordsOf(r.What) {
		if slices.Contains(can, w) {
			return w, true
		}
	}
	return "", false
}

// best puts fits in their order: what is missing last, then the best score, then the nearest, then the oldest offer.
func best(all []Fit) {
	slices.SortStableFunc(all, func(a, b Fit) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.Km, b.Km), cmp.Compare(a.Offer.ID, b.Offer.ID))
	})
}
