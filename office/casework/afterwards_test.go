package casework_test

import (
	"maps"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/casework"
	"tuntas/office/person"
	"tuntas/office/residence"
)

var readFigures = store.NewAct("test.figures", who.SeeFigures)

// flow is a measure by its values, over all days.
func (o *office) flow(measure string) map[string]int64 {
	o.t.Helper()
	all := map[string]int64{}
	must(o.t, o.store.Read(o.ctx, o.house, readFigures, func(tx *store.Tx) error {
		figures, err := store.Flow(tx, measure, "", "", 0)
		for _, f := range figures {
			if f.N != 0 {
				all[f.Dim] += f.N
			}
		}
		return err
	}))
	return all
}

func (o *office) stands(measure string, want map[string]int64) {
	o.t.Helper()
	got := o.flow(measure)
	maps.DeleteFunc(got, func(_ string, n int64) bool { return n == 0 })
	if !maps.Equal(got, want) {
		o.t.Errorf("%s: %v, want %v", measure, got, want)
	}
}

// agree compares the kept figures of this desk and of places with their recount.
func (o *office) agree() {
	o.t.Helper()
	for _, measures := range [][]store.Measure{casework.Measures, residence.Measures} {
		drifts, err := o.store.Recount(o.ctx, measures, false)
		must(o.t, err)
		for _, d := range drifts {
			o.t.Errorf("a figure drifted: %s", d)
		}
	}
}

// gone is somebody who left so many months ago at own wish.
func (o *office) gone(months int) casework.Case {
	o.t.Helper()
	left := today.AddMonths(-months)
	p := o.person(o.ratna, "Mbah Pulang", seventies)
	c, err := o.cases.Open(o.ctx, o.ratna, casework.Opening{Person: p, Centre: o.a, Kind: "lansia_telantar", OpenedOn: left.Add(-40)})
	must(o.t, err)
	_, err = o.cases.Terminate(o.ctx, o.ratna, c.ID, 0, casework.Ending{On: left, Reason: "own_wish", Destination: "family", Outcome: "improved", HandedTo: "Anak"})
	must(o.t, err)
	return c
}

func (o *office) visit(c casework.Case, v casework.Visit) {
	o.t.Helper()
	_, err := o.cases.Visit(o.ctx, o.ratna, c.ID, 0, 0, v)
	must(o.t, err)
}

func met(month, level int64, on clock.Day) casework.Visit {
	yes := true
	return casework.Visit{Month: month, On: on, Reached: &yes, Method: "visit", Independence: &level}
}

// What is known of who left moves with each contact, also when one is corrected, and a return to care ends the course: in
// the month that was running then.
func TestCourse(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.gone(14)
		left := today.AddMonths(-14)
		o.stands("outcome", map[string]int64{"00:held": 1})
		o.visit(c, met(3, 5, left.AddMonths(3).Add(4)))
		o.stands("outcome", map[string]int64{"03:held": 1})
		o.visit(c, met(0, 4, left.AddMonths(4).Add(20))) // an extra one: the whole months before it are known
		o.stands("outcome", map[string]int64{"04:held": 1})
		o.visit(c, met(12, 2, left.AddMonths(12)))
		o.stands("outcome", map[string]int64{"12:ended": 1})
		o.visit(c, met(12, 4, left.AddMonths(12).Add(1))) // the first entry was wrong
		o.stands("outcome", map[string]int64{"12:held": 1})
		o.agree()

		back := casework.Returned{Former: c.ID, Case: id.New(), On: left.AddMonths(5).Add(3)}
		must(t, o.cases.FollowReturn(o.ctx, back))
		must(t, o.cases.FollowReturn(o.ctx, back)) // told twice
		o.stands("outcome", map[string]int64{"06:ended": 1})
		o.stands("case.back", map[string]int64{"returned": 1})
		o.stands("case.rise", map[string]int64{"unmeasured": 1})
		o.agree()
	})
}

// A DTSEN decile is compared from the first contact that knows it to the last.
func TestDecile(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.gone(14)
		left := today.AddMonths(-14)
		for i, decile := range []int64{2, 3} {
			v := met(int64(3*(i+1)), 4, left.AddMonths(3*(i+1)))
			v.Decile = &decile
			o.visit(c, v)
			o.stands("case.decile", map[string]int64{[]string{"unknown", "up"}[i]: 1})
		}
		o.agree()
	})
}

// Who comes back is told to the earlier case, which had lost her from sight.
func TestReturn_told(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.gone(3)
		must(t, o.enter(o.ratna, c, casework.Aftercare, today.Add(-2)))
		_, err := o.cases.Close(o.ctx, o.ratna, c.ID, 0, casework.Closing{On: today.Add(-1), Result: "lost"})
		must(t, err)
		o.stands("outcome", map[string]int64{"00:held": 1})
		again, err := o.cases.Open(o.ctx, o.ratna, casework.Opening{Person: c.Person, Centre: o.a, Kind: "lansia_telantar", OpenedOn: today.Add(-1)})
		must(t, err)
		if again.ReturnDays == nil || again.Former != c.ID {
			t.Fatalf("no return: %+v", again)
		}
		must(t, o.cases.FollowReturn(o.ctx, casework.Returned{Former: again.Former, Case: again.ID, On: again.OpenedOn}))
		o.stands("outcome", map[string]int64{"03:ended": 1})
		o.stands("case.back", map[string]int64{"returned": 1})
		o.agree()
	})
}

// The rise is that of the domains that were lowest at first; a matrix alone, or one after the end, measures nothing.
func TestRise(t *testing.T) {
	t.Parallel()
	left := today.Add(-20)
	sheet := func(on clock.Day, occasion string, levels map[string]int64) casework.Assessment {
		answers := map[string]any{"food": "4", "housing": "4", "health": "4", "identity": "4", "family": "4", "community": "4", "conduct": "4", "skill": "4", "income": "na", "work": "na", "adl": "4"}
		a := casework.Assessment{ID: id.New(), Instrument: casework.Independence, InstrumentVersion: "1", Occasion: occasion, AssessedOn: on, SignedOn: on, SignerName: "Ratna", Answers: answers, Levels: map[string]*int64{}}
		for d, n := range levels {
			a.Levels[d] = &n
			answers[d] = string(rune('0' + n))
		}
		return a
	}
	early, late := left.Add(-90), left.Add(-1)
	for _, c := range []struct {
		name        string
		first, last map[string]int64
		want        string
	}{
		{"the lowest rose", map[string]int64{"food": 2, "family": 4}, map[string]int64{"food": 3, "family": 2}, "rise"},
		{"another rose", map[string]int64{"food": 2, "family": 3}, map[string]int64{"food": 2, "family": 5}, "same"},
		{"one of two lowest fell", map[string]int64{"food": 2, "family": 2}, map[string]int64{"food": 5, "family": 1}, "fall"},
		{"measured once", map[string]int64{"food": 2}, nil, "unmeasured"},
		{"the lowest applies no more", map[string]int64{"food": 2, "family": 3}, map[string]int64{"family": 5}, "unmeasured"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			eachEngine(t, func(t *testing.T, o *office) {
				l := o.life("Mbah Naik")
				l.Stages = []casework.Entry{{Stage: casework.Approach, On: l.OpenedOn, LeftOn: left}, {Stage: casework.Terminated, On: left}}
				l.Stage, l.StageSince, l.Plan = casework.Terminated, left, nil
				l.OpenedOn = early
				l.Stages[0].On = early
				l.Ended = &casework.Ending{On: left, Reason: "own_wish", Destination: "family", Outcome: "improved", HandedTo: "Anak"}
				l.Assessments = []casework.Assessment{sheet(left.Add(5), casework.AtAftercare, map[string]int64{"food": 5})}
				if c.last != nil {
					l.Assessments = append(l.Assessments, sheet(late, casework.AtTermination, c.last))
				}
				l.Assessments = append(l.Assessments, sheet(early, casework.AtAdmission, c.first))
				must(t, o.store.Write(o.ctx, o.house, fill, func(tx *store.Tx) error { return casework.EnterMany(tx, []casework.Life{l}) }))
				o.stands("case.rise", map[string]int64{c.want: 1})
				o.agree()
			})
		})
	}
}

// Assessment and plan end in time until the day of the law file, and late after it; other stages are not measured.
func TestTimely(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		l := o.life("Mbah Tepat")
		slow := o.life("Mbah Lambat")
		slow.Stages[2].On, slow.Stages[1].LeftOn = slow.Stages[1].On.Add(25), slow.Stages[1].On.Add(25)
		must(t, o.store.Write(o.ctx, o.house, fill, func(tx *store.Tx) error { return casework.EnterMany(tx, []casework.Life{l, slow}) }))
		o.stands("stage.timely", map[string]int64{"assessment:in_time": 1, "assessment:late": 1, "planning:in_time": 1, "planning:late": 1})
		c := o.admitted()
		must(t, o.enter(o.ratna, c, casework.Assessing, today.Add(-4)))
		o.assess(c)
		must(t, o.enter(o.ratna, c, casework.Planning, today.Add(-1)))
		o.stands("stage.timely", map[string]int64{"assessment:in_time": 2, "assessment:late": 1, "planning:in_time": 1, "planning:late": 1})
		o.agree()
	})
}

// A case that changes hands stands under the new worker; a NIK that comes, and one that is taken out again, move the
// figure of the case; who waits for a place stands in the queue until there is one.
func TestWorkerPapersQueue(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.admitted()
		o.stands("case.papers", map[string]int64{casework.NikNone: 1})
		before := o.flow("case.worker")
		_, err := o.cases.Change(o.ctx, o.ratna, c.ID, 0, casework.Change{Worker: &o.tuti.User})
		must(t, err)
		after := o.flow("case.worker")
		if len(before) != 1 || len(after) != 1 || maps.Equal(before, after) {
			t.Errorf("the worker changed from %v to %v", before, after)
		}
		claims := []person.Identifier{{Kind: "nik", Value: "3509014101550001", Certainty: "verified"}}
		for _, now := range []struct {
			claims []person.Identifier
			want   map[string]int64
		}{{claims, map[string]int64{"issued": 1}}, {[]person.Identifier{}, map[string]int64{}}, {claims, map[string]int64{"issued": 1}}} {
			p, err := o.persons.Look(o.ctx, o.ratna, c.Person)
			must(t, err)
			_, err = o.persons.Change(o.ctx, o.ratna, c.Person, p.Version, person.Entry{Sex: "female", Birth: seventies, Names: []person.Name{{Kind: "working", Text: "Mbah Surat"}}, Identifiers: now.claims})
			must(t, err)
			must(t, o.cases.FollowPerson(o.ctx, c.Person))
			must(t, o.cases.FollowPerson(o.ctx, c.Person))
			o.stands("case.issued", now.want)
		}
		must(t, o.enter(o.ratna, c, casework.Assessing, today.Add(-4)))
		_, err = o.cases.Decide(o.ctx, o.joko, c.ID, 0, casework.Decision{Number: "188/1", On: today.Add(-4)})
		must(t, err)
		o.stands("case.queue", map[string]int64{"lansia_telantar": 1})
		o.bed(c)
		o.stands("case.queue", map[string]int64{})
		o.agree()
	})
}

var (
	untime   = store.SQL(`update case_stages set timely = null where {see case_stages}`)
	unfollow = store.SQL(`update terminations set course = null, rise = null, decile = null where {see terminations}`)
	unread   = store.SQL(`update cases set papers = null, papers_on = null where {see cases}`)
)

// What was there before the figures is counted once, however often the job comes.
func TestCountOld(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.gone(14)
		o.visit(c, met(6, 4, today.AddMonths(-8)))
		back := o.gone(9)
		must(t, o.cases.FollowReturn(o.ctx, casework.Returned{Former: back.ID, Case: id.New(), On: today.AddMonths(-7)}))
		l := o.life("Mbah Lama")
		must(t, o.store.Write(o.ctx, o.house, fill, func(tx *store.Tx) error { return casework.EnterMany(tx, []casework.Life{l}) }))
		measures := []string{"stage.timely", "outcome", "case.rise", "case.decile", "case.back", "case.papers"}
		before := map[string]map[string]int64{}
		for _, m := range measures {
			if before[m] = o.flow(m); len(before[m]) == 0 {
				t.Errorf("nothing counted in %s", m)
			}
		}
		must(t, o.store.Write(o.ctx, o.house, fill, func(tx *store.Tx) error {
			tx.Record(store.Entry{Kind: "case"})
			for _, st := range []*store.Stmt{untime, unfollow, unread} {
				if _, err := store.Exec(tx, st); err != nil {
					return err
				}
			}
			return nil
		}))
		_, err := o.store.Recount(o.ctx, casework.Measures, true)
		must(t, err)
		for range 2 {
			must(t, o.cases.CountOld(o.ctx))
			for _, m := range measures {
				o.stands(m, before[m])
			}
		}
		o.agree()
	})
}
