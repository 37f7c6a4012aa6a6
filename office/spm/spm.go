package spm

import (
	"slices"
	"strconv"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
)

var (
	look      = store.NewAct("spm.look", who.SeeFigures)
	lookWhole = store.NewAct("spm.supplies", who.SeeFigures)
	open      = store.NewAct("spm.people", who.SeeRecords)
	collect   = store.NewAct("spm.collect", who.KeepSPM)
	supply    = store.NewAct("spm.supply", who.KeepSPM)
	keepYear  = store.NewAct("spm.year", who.KeepSPM)
	write     = store.NewAct("spm.report", who.KeepSPM)
	approve   = store.NewAct("spm.approve", who.KeepSPM)
	send      = store.NewAct("spm.send", who.KeepSPM)
)

// Desk is the desk of the SPM.
type Desk struct {
	store    *store.Store
	measures map[string]store.Measure
}

// New opens the desk.
func New(s *store.Store) *Desk {
	d := &Desk{s, map[string]store.Measure{}}
	for _, m := range casework.Measures {
		d.measures[m.Key] = m
	}
	return d
}

// The four steps of PP 2/2018 Pasal 11(2), in their order, and how far one can be.
var (
	Steps     = []string{"collect", "compute", "plan", "deliver"}
	stepWords = map[string]text.Word{"collect": "Mengumpulkan data", "compute": "Menghitung kebutuhan", "plan": "Menyusun rencana", "deliver": "Melaksanakan layanan"}
	doneWords = map[string]text.Word{"open": "Belum mulai", "running": "Berjalan|langkah", "done": "Selesai|langkah"}
)

// Year is a budget year: a calendar year of four digits.
type Year int64

// Text is the year as it is written.
func (y Year) Text() string { return strconv.FormatInt(int64(y), 10) }

// First and Last are its days; Before is the last day of the year before.
func (y Year) First() clock.Day { return clock.Day(y.Text() + "-01-01") }

// Last is the last day.
func (y Year) Last() clock.Day { return clock.Day(y.Text() + "-12-31") }

// Before is the day before the first.
func (y Year) Before() clock.Day { return y.First().Add(-1) }

// rules are those in force at the end of the year, or today while it runs.
func (y Year) rules(today clock.Day) law.SPM { return law.SPMs.On(min(y.Last(), today)) }

// since is the first year of the SPM: PP 2/2018 is in force since 1 January 2019.
const since = 2019

// mayYear holds that a year is one of the SPM, at most the one that follows this one.
func mayYear(y int64, today clock.Day) (Year, error) {
	if y == 0 {
		y = int64(today.Time().Year())
	}
	if y < since || y > int64(today.Time().Year())+1 {
		return 0, fail.NotFound
	}
	return Year(y), nil
}

// yearOf reads a year of an address.
func yearOf(word string, today clock.Day) (Year, error) {
	y, err := strconv.ParseInt(word, 10, 32)
	if err != nil || len(word) != 4 {
		return 0, fail.NotFound
	}
	return mayYear(y, today)
}

// groupOf finds a group by its key.
func groupOf(key string, rules law.SPM) (law.Named, error) {
	if i := slices.IndexFunc(rules.Groups, func(g law.Named) bool { return g.Key == key }); i >= 0 {
		return rules.Groups[i], nil
	}
	return law.Named{}, fail.NotFound
}

// ItemsOf lists the items of basic needs of a group inside a panti (Permensos 16/2019 Pasal 22-25).
func ItemsOf(group string, on clock.Day) (all []law.Item) {
	for _, i := range law.Items.On(on) {
		if i.Setting == casework.Inside && i.Group == group {
			all = append(all, i)
		}
	}
	return all
}

// wholeProvince holds that what is said of the whole province is said by who works for all of it.
func wholeProvince(by who.Asker) error {
	if !by.System && !by.Scope.All {
		return fail.Denied
	}
	return nil
}

// percent of a whole, exactly as far as a decimal can say it; false where there is no whole.
func percent(part, whole int64) (float64, bool) {
	if whole <= 0 {
		return 0, false
	}
	return 100 * float64(part) / float64(whole), true
}
