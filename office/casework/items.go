package casework

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/residence"
)

// What the SPM counts of a case inside a panti (PP 2/2018 Pasal 10(2), Permensos 9/2018 annex I). Every write of this
// desk ends by working it out anew for its case and moving what changed, with its counts, in the same transaction.
const (
	lineNeed    = "need"    // an item is needed: from its assessment until the stay in care ends
	lineGiven   = "given"   // a needed item was given: the first time in a year
	lineMet     = "met"     // every item that was needed in a year was given in it: X
	lineInside  = "inside"  // lives in the panti: from the first bed until the stay in care ends
	lineWaiting = "waiting" // was taken on for the panti and has no place yet
)

// spmLine is one thing that is counted; item is "" where it is about no item, year where it is about no year.
type spmLine struct {
	ID               id.ID
	Case             id.ID
	What, Item, Year string
	Dim              string // group, or group:item
	From, To         clock.Day
}

func (l spmLine) key() spmLine {
	return spmLine{Case: l.Case, What: l.What, Item: l.Item, Year: l.Year}
}

// spmCase is what the lines of a case follow from.
type spmCase struct {
	Case
	needs  []spmNeed
	given  []spmGiven
	bed    clock.Day // of the first stay
	until  clock.Day // the stay in care ended; nothing while it runs
	passed bool      // to another centre, where the person is counted from then on
}

type spmNeed struct {
	Case  id.ID
	Item  string
	Since clock.Day // of the assessment; nothing where it is not known
}

type spmGiven struct {
	Case  id.ID
	Item  string
	First clock.Day // of a year
}

// lines works out what is counted of the case: nothing for kinds outside the four groups and outside the panti.
func (c spmCase) lines() []spmLine {
	kind, _ := law.KindOf(c.Kind)
	if kind.Group == "" || c.Setting != Inside {
		return nil
	}
	var all []spmLine
	add := func(what, item, year, dim string, from, to clock.Day) {
		if to != "" {
			to = max(from, to)
		}
		all = append(all, spmLine{0, c.ID, what, item, year, dim, from, to})
	}
	needs := c.needed(kind.Group)
	for _, n := range needs {
		add(lineNeed, n.Item, "", kind.Group+":"+n.Item, n.Since, c.until)
	}
	if c.bed != "" {
		add(lineInside, "", "", kind.Group, c.bed, c.until)
	}
	if waits := firstOf(c.bed, c.until); waits != c.OpenedOn {
		add(lineWaiting, "", "", kind.Group, c.OpenedOn, waits)
	}
	first := map[string]map[string]clock.Day{}
	for _, g := range c.given {
		year := string(g.First[:4])
		if i := slices.IndexFunc(needs, func(n spmNeed) bool { return n.Item == g.Item }); i < 0 || !c.during(needs[i].Since, year) {
			continue
		}
		if first[year] == nil {
			first[year] = map[string]clock.Day{}
		}
		first[year][g.Item] = g.First
		add(lineGiven, g.Item, year, kind.Group+":"+g.Item, g.First, "")
	}
	for year, of := range first {
		if on := c.metOn(needs, year, of); on != "" {
			add(lineMet, "", year, kind.Group, on, "")
		}
	}
	return all
}

func firstOf(a, b clock.Day) clock.Day {
	if a != "" {
		return a
	}
	return b
}

// needed gives one line for each item of the group's own list (Pasal 22-25), from the first day it was found.
func (c spmCase) needed(group string) (all []spmNeed) {
	for _, i := range law.Items.On(c.OpenedOn) {
		if i.Setting != Inside || i.Group != group {
			continue
		}
		since := clock.Day("")
		for _, n := range c.needs {
			day := max(n.Since, c.OpenedOn)
			if n.Item == i.Key && (since == "" || day < since) {
				since = day
			}
		}
		if since != "" {
			all = append(all, spmNeed{c.ID, i.Key, since})
		}
	}
	return all
}

// during tells whether what began on a day was still so in a year.
func (c spmCase) during(from clock.Day, year string) bool {
	return string(from) <= year+"-12-31" && (c.until == "" || string(max(from, c.until)) >= year+"-01-01")
}

// metOn is the day on which the last of the items that were needed in a year was given for the first time; nothing when
// one is missing, when the person lived in no panti that year, and when another panti counts the year.
func (c spmCase) metOn(needs []spmNeed, year string, first map[string]clock.Day) (on clock.Day) {
	if c.bed == "" || !c.during(c.bed, year) || c.passed && string(c.until[:4]) == year {
		return ""
	}
	for _, n := range needs {
		if !c.during(n.Since, year) {
			continue
		}
		day, given := first[n.Item]
		if !given {
			return ""
		}
		on = max(on, day)
	}
	return on
}

// spmOf lays a file out for counting.
func spmOf(f File) spmCase {
	c := spmCase{Case: f.Case, until: f.ClosedOn}
	for _, n := range f.Needs {
		if n.Item == "" || n.Declined != "" {
			continue
		}
		need := spmNeed{f.ID, n.Item, ""}
		if a := f.assessment(n.Assessment); a != nil {
			need.Since = a.AssessedOn
		}
		c.needs = append(c.needs, need)
	}
	for _, s := range f.Stays {
		c.sleeps(s.State, s.From)
	}
	if f.Ended != nil {
		c.until, c.passed = f.Ended.On, f.Ended.Reason == Transferred
	}
	return c
}

func (c *spmCase) sleeps(state string, from clock.Day) {
	if (state == residence.Open || state == residence.Ended) && (c.bed == "" || from < c.bed) {
		c.bed = from
	}
}

// givenFirst gives the first day of each item in each year.
func givenFirst(services []Service) (all []spmGiven) {
	type key struct{ item, year string }
	at := map[key]int{}
	for _, s := range services {
		k := key{s.Item, string(s.On[:4])}
		i, known := at[k]
		if !known {
			at[k] = len(all)
			all = append(all, spmGiven{s.Case, s.Item, s.On})
			continue
		}
		all[i].First = min(all[i].First, s.On)
	}
	return all
}

// countLine counts a line, or takes it out.
func countLine(tx *store.Tx, c Case, l spmLine, n int64) {
	stock := func(measure string) {
		tx.CountOf(c.Person, measure, c.Centre, l.From, l.Dim, n)
		if l.To != "" {
			tx.CountOf(c.Person, measure, c.Centre, l.To, l.Dim, -n)
		}
	}
	switch l.What {
	case lineNeed:
		stock("item.need")
		tx.CountOf(c.Person, "item.need.new", c.Centre, l.From, l.Dim, n)
	case lineInside:
		stock("spm.inside")
		tx.CountOf(c.Person, "spm.inside.new", c.Centre, l.From, l.Dim, n)
	case lineWaiting:
		stock("spm.waiting")
	case lineGiven:
		tx.CountOf(c.Person, "item.given", c.Centre, l.From, l.Dim, n)
	case lineMet:
		tx.CountOf(c.Person, "spm.met", c.Centre, l.From, l.Dim, n)
	}
}

// countItems works out the lines of a case that was read and moves what changed.
func countItems(tx *store.Tx, f File) error {
	c := spmOf(f)
	if len(f.Sums) > 0 {
		var err error
		if c.given, err = givenIn(tx, f.ID, f.ID); err != nil {
			return err
		}
	}
	kept, err := linesIn(tx, f.ID, f.ID)
	if err != nil {
		return err
	}
	_, err = moveLines(tx, c, kept)
	return err
}

// moveLines brings the lines of one case from what is kept to what is so, and tells how many moved.
func moveLines(tx *store.Tx, c spmCase, kept []spmLine) (moved int, err error) {
	old := map[spmLine]spmLine{}
	for _, l := range kept {
		old[l.key()] = l
	}
	for _, l := range c.lines() {
		was, there := old[l.key()]
		delete(old, l.key())
		l.ID = was.ID
		if there && was == l {
			continue
		}
		moved++
		if there {
			countLine(tx, c.Case, was, -1)
			err = keepLine(tx, l)
		} else {
			l.ID = id.New()
			err = insertLine(tx, c.Case, l)
		}
		if err != nil {
			return moved, err
		}
		countLine(tx, c.Case, l, 1)
	}
	for _, l := range kept { // in their order, so that two writers do not wait for each other
		if _, gone := old[l.key()]; !gone {
			continue
		}
		moved++
		countLine(tx, c.Case, l, -1)
		if err := dropLine(tx, l); err != nil {
			return moved, err
		}
	}
	return moved, nil
}

// countRange works the lines of all cases between two ids out anew.
func countRange(tx *store.Tx, from, to id.ID) (moved int, err error) {
	cases, err := spmCasesIn(tx, from, to)
	if err != nil {
		return 0, err
	}
	kept, err := linesIn(tx, from, to)
	if err != nil {
		return 0, err
	}
	of := map[id.ID][]spmLine{}
	for _, l := range kept {
		of[l.Case] = append(of[l.Case], l)
	}
	for _, c := range cases {
		n, err := moveLines(tx, c, of[c.ID])
		if moved += n; err != nil {
			return moved, err
		}
	}
	return moved, nil
}

var countSPM = store.NewAct("case.items", who.WorkCase)

// CountItems counts for the SPM the cases of before it was counted: a job that finds nothing to do once it has been
// through them, in steps that let others write in between.
func (d *Desk) CountItems(ctx context.Context) error {
	for {
		err := d.store.Write(ctx, who.House("casework"), countSPM, func(tx *store.Tx) error {
			first, last, err := unkept(tx)
			if err != nil {
				return err
			}
			if last == 0 {
				return errNothing
			}
			if err := markKept(tx, first, last); err != nil {
				return err
			}
			n, err := countRange(tx, first, last)
			tx.Record(store.Entry{Kind: "case", Say: fail.Say("%d hal dihitung untuk SPM.", n)})
			return err
		})
		if errors.Is(err, errNothing) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// BrokenItems tells of the lines that are not as their cases say, over all cases, a part at a time: for verification.
func (d *Desk) BrokenItems(ctx context.Context) (wrong []string, err error) {
	err = d.store.Read(ctx, who.House("casework"), countSPM, func(tx *store.Tx) error {
		wrong = nil
		for after := id.ID(0); ; {
			_, last, err := rangeAfter(tx, after)
			if err != nil || last == 0 {
				return err
			}
			some, err := brokenIn(tx, after+1, last)
			if err != nil {
				return err
			}
			wrong, after = append(wrong, some...), last
		}
	})
	return wrong, err
}

func brokenIn(tx *store.Tx, from, to id.ID) (wrong []string, err error) {
	cases, err := spmCasesIn(tx, from, to)
	if err != nil {
		return nil, err
	}
	kept, err := linesIn(tx, from, to)
	if err != nil {
		return nil, err
	}
	waits, err := store.Each(tx, unkeptBetween, store.IDs, int64(from), int64(to))
	if err != nil {
		return nil, err
	}
	later := map[id.ID]bool{} // of before, and not yet counted
	for _, c := range waits {
		later[c] = true
	}
	is := map[spmLine]bool{}
	for _, l := range kept {
		if l.ID = 0; !later[l.Case] {
			is[l] = true
		}
	}
	for _, c := range cases {
		if later[c.ID] {
			continue
		}
		for _, l := range c.lines() {
			if !is[l] {
				wrong = append(wrong, fmt.Sprintf("case %s: %s %s %s is not kept", l.Case, l.What, l.Item, l.Year))
			}
			delete(is, l)
		}
	}
	for l := range is {
		wrong = append(wrong, fmt.Sprintf("case %s: %s %s %s is kept and is not so", l.Case, l.What, l.Item, l.Year))
	}
	slices.Sort(wrong)
	return wrong, nil
}
