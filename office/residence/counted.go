package residence

import (
	"context"
	"errors"
	"strconv"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/person"
)

// How stays are counted: by sex, by age group and by home district. "stay" is how many live in; "stay.in" and
// "stay.out" are arrivals and departures. Each stay stands under one value of each, the same on the day it begins and
// on the day it ends, so that opening + in − out = closing holds for every value, month and centre.
//
// The age is that of the day of arrival, and stays so: who has a birthday in the panti does not move from one group to
// the next, and no balance needs a column for birthdays. A correction of the registry (sex, birth, home district) counts
// as if it had always been known: every count of the person's stays moves with it, on the days on which they happened.

// groups are the values under which a stay is counted.
type groups struct {
	sex, region, age string
	entered          clock.Day
}

// unknownAge is the group of those of whom no birth is known.
const unknownAge = "unknown"

// ageGroup is the group of somebody's age on the day of arrival, by the groups in force on that day.
func ageGroup(b person.Birth, on clock.Day) string {
	from, to, ok := b.Age(on)
	if !ok {
		return unknownAge
	}
	if g := law.AgeGroupOf(law.Ages.On(on), from, to); g != "" {
		return g
	}
	return unknownAge
}

func (l lodger) groups(entered clock.Day) groups {
	return groups{l.sex, law.HomeOf(l.home), ageGroup(l.birth, entered), entered}
}

// Grouped gives a stay the values under which a person is counted: for loads, which know the person already.
func (s Stay) Grouped(p person.Person) Stay {
	now := lodger{p.Sex, p.HomeRegion, p.Birth}.groups(s.From)
	s.Sex, s.Region, s.Age, s.Entered = now.sex, now.region, now.age, s.From
	return s
}

// groupsOf gives the values of a person who comes on a day.
func groupsOf(tx *store.Tx, of id.ID, on clock.Day) (groups, error) {
	l, err := store.One(tx, lodgerByID, scanLodger, of)
	return l.groups(on), err
}

// counted gives the values of a new stay. One that follows another bed keeps that one's, whatever the registry says by
// now: the correction is on its way, and moves both.
func (p Placement) counted(tx *store.Tx) (groups, error) {
	if b := p.before; b != nil {
		return groups{b.Sex, b.Region, b.Age, b.Entered}, nil
	}
	g, err := groupsOf(tx, p.Person, p.From)
	if errors.Is(err, fail.NotFound) { // the statement that writes says so
		return groups{sex: unknownAge, region: law.RegionUnknown, age: unknownAge, entered: p.From}, nil
	}
	return g, err
}

// countIn counts the beginning of a stay.
func countIn(tx *store.Tx, s Stay, n int64) {
	tx.CountOf(s.Person, "stay.ward", s.Centre, s.From, s.ward(), n)
	for suffix, value := range s.values() {
		tx.CountOf(s.Person, "stay"+suffix, s.Centre, s.From, value, n)
		if s.Arrived {
			tx.CountOf(s.Person, "stay.in"+suffix, s.Centre, s.From, value, n)
		}
	}
}

// countOut counts the end of a stay.
func countOut(tx *store.Tx, s Stay, departed bool, n int64) {
	tx.CountOf(s.Person, "stay.ward", s.Centre, s.To, s.ward(), -n)
	for suffix, value := range s.values() {
		tx.CountOf(s.Person, "stay"+suffix, s.Centre, s.To, value, -n)
		if departed {
			tx.CountOf(s.Person, "stay.out"+suffix, s.Centre, s.To, value, n)
		}
	}
}

// ward is how the measure "stay.ward" names the ward: who changes to a bed of another ward ends one stay and begins another.
func (s Stay) ward() string { return strconv.FormatInt(int64(s.WardID), 10) }

// values are what a stay counts under, by the ending of the measure's key. A row from before the groups has none of the
// two later ones until Group has counted it.
func (s Stay) values() map[string]string {
	v := map[string]string{"": s.Sex}
	if s.Age != "" {
		v[".age"], v[".region"] = s.Age, s.Region
	}
	return v
}

// FollowPerson counts the stays of a person anew under the sex, birth and home district that are now on record: it runs
// after the registry changed a person, so that no figure keeps an old mistake.
func (d *Desk) FollowPerson(ctx context.Context, of id.ID) error {
	err := d.store.Write(ctx, who.House("residence"), follow, func(tx *store.Tx) error {
		all, err := store.Each(tx, staysOfPerson, scanRegrouped, of)
		moved := false
		for _, x := range all {
			now := x.lodger.groups(x.Entered)
			if x.Sex == now.sex && x.Region == now.region && x.Age == now.age {
				continue
			}
			moved = true
			if err := regroup(tx, x, now); err != nil {
				return err
			}
			record(tx, x.Stay, fail.Say("Angka menurut jenis kelamin, umur, dan daerah asal disesuaikan."))
		}
		if err == nil && !moved {
			return errNothing
		}
		return err
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

var errNothing = errors.New("nothing to count anew")

// regroup takes a stay out of the values it was counted under and counts it under others.
func regroup(tx *store.Tx, x regrouped, now groups) error {
	recount(tx, x, -1)
	x.Sex, x.Region, x.Age = now.sex, now.region, now.age
	recount(tx, x, 1)
	_, err := store.Exec(tx, setGroups, now.sex, now.region, now.age, x.ID)
	return err
}

func recount(tx *store.Tx, x regrouped, n int64) {
	if x.Lived() {
		countIn(tx, x.Stay, n)
	}
	if x.State == Ended {
		countOut(tx, x.Stay, x.departed, n)
	}
}

// Group counts the stays of before the groups by age and home district: a job that finds nothing to do once it has
// been through them, in steps that let others write in between.
func (d *Desk) Group(ctx context.Context) error {
	for {
		n := 0
		err := d.store.Write(ctx, who.House("residence"), follow, func(tx *store.Tx) error {
			all, err := store.Each(tx, ungroupedStays, scanRegrouped)
			if err != nil {
				return err
			}
			if n = len(all); n == 0 {
				return errNothing
			}
			for _, x := range all {
				if err := regroup(tx, x, x.lodger.groups(x.Entered)); err != nil {
					return err
				}
			}
			tx.Record(store.Entry{Kind: "stay", Say: fail.Say("%d masa tinggal dihitung menurut umur dan daerah asal.", n)})
			return nil
		})
		if errors.Is(err, errNothing) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// Measures are the figures of this desk: how many live in, came and left, by sex, by age group and by home district.
var Measures = store.Measures([]store.Measure{
	{Key: "stay", Kind: store.StockKind, About: "persons", Facts: stayFacts},
	{Key: "stay.in", Kind: store.FlowKind, About: "persons", Facts: arriveFacts},
	{Key: "stay.out", Kind: store.FlowKind, About: "persons", Facts: leaveFacts},
	{Key: "stay.ward", Kind: store.StockKind, About: "persons", Facts: stayWardFacts},
	{Key: "stay.age", Kind: store.StockKind, About: "persons", Facts: stayAgeFacts},
	{Key: "stay.in.age", Kind: store.FlowKind, About: "persons", Facts: arriveAgeFacts},
	{Key: "stay.out.age", Kind: store.FlowKind, About: "persons", Facts: leaveAgeFacts},
	{Key: "stay.region", Kind: store.StockKind, About: "persons", Facts: stayRegionFacts},
	{Key: "stay.in.region", Kind: store.FlowKind, About: "persons", Facts: arriveRegionFacts},
	{Key: "stay.out.region", Kind: store.FlowKind, About: "persons", Facts: leaveRegionFacts},
})
