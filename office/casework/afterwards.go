package casework

import (
	"context"
	"errors"
	"fmt"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// Afterwards is what became of somebody who left care, as it is counted on the day of leaving. It is worked out anew
// whenever a contact or a return is recorded, and moves the figures when it changed.
type Afterwards struct {
	Course string // CourseOf; "" for the dead and the moved on, who are in no cohort
	Rise   string // of the lowest domain of independence: rise, same, fall, unmeasured
	Decile string // of DTSEN, from what was known first, perhaps before care ended, to what was known last: up, same, down, unknown
	Back   bool   // came back to care, as far as it counts as a return
	Gains  Gains  // of the household, from what was known first to what was known last
	Taught string // "sewing:given": the skill and whether the tools for it went along; "" where none was taught
}

// What is known of somebody so many months after leaving: Held is the last month in which she was known to be independent,
// Fallen the first in which she was known not to be, or came back to care.
const (
	Held   = "held"
	Fallen = "ended"
)

// LongestCourse is how many months after leaving are followed: the return to care is asked for within 730 days.
const LongestCourse = 24

// CourseOf is the value of the measure "outcome": "03:ended", "12:held".
func CourseOf(month int, state string) string { return fmt.Sprintf("%02d:%s", month, state) }

// monthsIn counts the whole months from a day until another; 0 before it.
func monthsIn(from, to clock.Day) (n int) {
	for n <= LongestCourse && from.AddMonths(n+1) <= to {
		n++
	}
	return n
}

// monthOf is the month of a contact: that for which it was planned; of an extra one the last whole month, where the
// person held, and the month that was running, where she had fallen. So nobody is said to have held longer than known.
func (c Contact) monthOf(left clock.Day) int {
	switch {
	case c.Month != 0:
		return int(c.Month)
	case c.State == ContactDependent:
		return running(left, c.On)
	}
	return monthsIn(left, c.On)
}

// running is the month that runs on a day, the first being 1.
func running(from, on clock.Day) int {
	n := monthsIn(from, on)
	if from.AddMonths(n) < on || n == 0 {
		n++
	}
	return n
}

// afterwards works out what is known of who left; nil before.
func (f File) afterwards() *Afterwards {
	if f.Ended == nil {
		return nil
	}
	if f.Ended.Reason == "deceased" || f.Ended.Reason == Transferred {
		return &Afterwards{}
	}
	return &Afterwards{f.course(), f.rise(), f.decile(), f.Ended.BackOn != "", f.gains(), f.Ended.taught()}
}

func (f File) course() string {
	fallen, held := LongestCourse+1, 0
	if back := f.cameBack(); back != "" {
		fallen = min(fallen, running(f.Ended.On, back))
	}
	for _, c := range f.Contacts {
		if c.State == ContactDependent {
			fallen = min(fallen, c.monthOf(f.Ended.On))
		}
	}
	if fallen <= LongestCourse {
		return CourseOf(fallen, Fallen)
	}
	for _, c := range f.Contacts {
		if c.State == ContactIndependent {
			held = max(held, c.monthOf(f.Ended.On))
		}
	}
	return CourseOf(min(held, LongestCourse), Held)
}

// cameBack is the day of the return to care: of the new case, or of a closure that says so.
func (f File) cameBack() clock.Day {
	if f.Ended.BackOn == "" && f.Result == "returned" {
		return f.ClosedOn
	}
	return f.Ended.BackOn
}

// rise compares the lowest domains of the first signed matrix of independence with what the last one before the end says
// of them: of several that were equally low the worst counts. One matrix alone measures nothing.
func (f File) rise() string {
	var all []Assessment // the latest first
	for _, a := range f.Assessments {
		if a.Instrument == Independence && a.SignedOn != "" && a.Occasion != AtAftercare && a.AssessedOn <= f.Ended.On {
			all = append(all, a)
		}
	}
	if len(all) < 2 {
		return "unmeasured"
	}
	first, last := all[len(all)-1].Levels, all[0].Levels
	lowest := int64(0)
	for _, level := range first {
		if level != nil && (lowest == 0 || *level < lowest) {
			lowest = *level
		}
	}
	now := int64(0)
	for domain, level := range first {
		if level == nil || *level != lowest {
			continue
		}
		if l := last[domain]; l != nil && (now == 0 || *l < now) {
			now = *l
		}
	}
	return moved(lowest, now, [3]string{"rise", "same", "fall"}, "unmeasured")
}

// moved says how a number moved; unknown when either is 0.
func moved(before, after int64, says [3]string, unknown string) string {
	switch {
	case before == 0 || after == 0:
		return unknown
	case after > before:
		return says[0]
	case after < before:
		return says[2]
	}
	return says[1]
}

func (f File) decile() string {
	var first, last int64
	n := 0
	for _, c := range f.households() {
		if c.Decile == nil {
			continue
		}
		if n++; n == 1 {
			first = *c.Decile
		}
		last = *c.Decile
	}
	if n < 2 {
		last = 0
	}
	return moved(first, last, [3]string{"up", "same", "down"}, "unknown")
}

// countAfterwards counts what became of somebody on the day of leaving.
func countAfterwards(tx *store.Tx, c Case, on clock.Day, a Afterwards, n int64) {
	if a.Course != "" {
		tx.CountOf(c.Person, "outcome", c.Centre, on, a.Course, n)
		tx.CountOf(c.Person, "case.rise", c.Centre, on, a.Rise, n)
		tx.CountOf(c.Person, "case.decile", c.Centre, on, a.Decile, n)
		tx.CountOf(c.Person, "gain.decile", c.Centre, on, a.Gains.Decile, n)
		tx.CountOf(c.Person, "gain.income", c.Centre, on, a.Gains.Income, n)
		tx.CountOf(c.Person, "gain.work", c.Centre, on, a.Gains.Work, n)
		tx.CountOf(c.Person, "gain.head", c.Centre, on, a.Gains.Head, n)
		tx.CountOf(c.Person, "gain.aid", c.Centre, on, a.Gains.Aid, n)
		countTaught(tx, c, on.AddMonths(yearMonths), a, n)
	}
	if a.Back {
		tx.CountOf(c.Person, "case.back", c.Centre, on, backDim, n)
	}
}

// followExit keeps what became of who left: one statement, and only when it changed.
func followExit(tx *store.Tx, f File) error {
	now := f.afterwards()
	if now == nil {
		return nil
	}
	if was := f.Ended.After; was != nil {
		if *was == *now {
			return nil
		}
		countAfterwards(tx, f.Case, f.Ended.On, *was, -1)
	}
	countAfterwards(tx, f.Case, f.Ended.On, *now, 1)
	return keepAfterwards(tx, f.ID, *now)
}

// TopicReturned is the outbox topic of a return to care: the earlier case, perhaps of another centre, follows after the
// commit.
const TopicReturned = "case.returned"

// Returned is the message of TopicReturned.
type Returned struct {
	Former, Case id.ID
	On           clock.Day
}

// FollowReturn tells an earlier case that its person came back to care.
func (d *Desk) FollowReturn(ctx context.Context, r Returned) error {
	return d.once(ctx, func(tx *store.Tx) (bool, error) {
		f, err := FileOf(tx, r.Former)
		if err != nil || f.Ended == nil || f.Ended.BackOn != "" && f.Ended.BackOn <= r.On {
			return false, err
		}
		if _, err := store.Exec(tx, setBack, r.On, f.ID); err != nil {
			return false, err
		}
		f.Ended.BackOn = r.On
		tx.Record(entryOf(f.Case, fail.Say("Kembali ke layanan %s.", r.On), r))
		return true, followExit(tx, f)
	})
}

// backDim is the one value of the measure of returns.
const backDim = "returned"

// once writes for the house; nothing to do is no error and no write.
func (d *Desk) once(ctx context.Context, do func(tx *store.Tx) (bool, error)) error {
	err := d.store.Write(ctx, who.House("casework"), follow, func(tx *store.Tx) error {
		some, err := do(tx)
		if err == nil && !some {
			return errNothing
		}
		return err
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// batchFollowed rows of before these figures are counted in one step, so that others write in between.
const batchFollowed = 100

// CountOld counts what was there before the figures of work and outcome: a job that finds nothing to do once it has been
// through everything.
func (d *Desk) CountOld(ctx context.Context) error {
	for _, step := range []func(*store.Tx) (int, error){oldStages, oldExits, oldPapers} {
		for more := true; more; {
			more = false
			err := d.once(ctx, func(tx *store.Tx) (bool, error) {
				n, err := step(tx)
				more = n > 0
				if more {
					tx.Record(store.Entry{Kind: "case", Say: fail.Say("%d catatan dihitung untuk angka hasil.", n)})
				}
				return more, err
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func oldStages(tx *store.Tx) (int, error) {
	all, err := store.Each(tx, untimed, scanTimed, batchFollowed)
	for _, e := range all {
		timely := timelyOf(e.Case, e.left)
		tx.CountOf(e.Person, "stage.timely", e.Centre, e.left, timely, 1)
		if _, err := store.Exec(tx, setTimely, timely, e.entry); err != nil {
			return 0, err
		}
	}
	return len(all), err
}

func oldExits(tx *store.Tx) (int, error) {
	all, err := store.Each(tx, unfollowed, store.IDs, batchFollowed)
	for _, one := range all {
		f, err := FileOf(tx, one)
		if err != nil {
			return 0, err
		}
		if err := followExit(tx, f); err != nil {
			return 0, err
		}
	}
	return len(all), err
}
