package seed

import (
	"cmp"
	"slices"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/casework"
	"tuntas/office/person"
	"tuntas/office/residence"
)

// A load has ten years of history. One in ten is in service now, and never more than the institutions of a province
// can carry: whoever loads a million people means years of them, not houses with three thousand beds.
const (
	loadWeeks     = 52 * 10
	mostInService = 5000
)

// load makes one block: everybody at one centre, in beds that were set up for them.
func (g *planter) load(tx *store.Tx, b block, l Load) error {
	room, err := residence.LoadRoom(tx, b.centre.ID)
	if err != nil {
		return err
	}
	owed := 0 // services of those who are not so far yet fall to the next
	for k := b.from; k < b.to; k++ {
		life := g.someone(b, l.Persons)
		life.Services = nil // as many as were asked for, no more
		owed += share(l.Events, k+1, l.Persons) - share(l.Events, k, l.Persons)
		if len(life.Stages) > 3 || k == b.to-1 {
			g.given(life, owed)
			owed = 0
		}
		g.lives = append(g.lives, *life)
	}
	beds := g.sleep(b, room)
	if err := person.EnterMany(tx, g.entries, g.since); err != nil {
		return err
	}
	slices.SortFunc(g.lives, func(a, b casework.Life) int { return cmp.Compare(a.ID, b.ID) }) // rows in the order of the keys load faster
	if err := casework.EnterMany(tx, g.lives); err != nil {
		return err
	}
	if err := residence.LoadBeds(tx, beds); err != nil {
		return err
	}
	return residence.EnterMany(tx, g.stays)
}

// someone lives in, or has left. Admissions and moves fall on one day of the week, as in an office that
// holds its case conference then.
func (g *planter) someone(b block, persons int) *casework.Life {
	if g.r.IntN(max(persons, 10*mostInService)) < mostInService {
		weeks := 1 + g.r.IntN(50)
		opened := g.week(weeks)
		g.begin(opened)
		l := g.life(b.centre, opened)
		stage := 0
		for stage < 4 && weeks > []int{1, 2, 4, 22, 38}[stage] {
			stage++
		}
		if stage > 0 && g.chance(7) {
			stage--
		}
		g.advance(l, stage, g.today, g.weekly(opened, max(1, min(2, weeks/(stage+1)))))
		return l
	}
	left := g.r.IntN(loadWeeks - 40)
	weeks := 9 + g.r.IntN(30)
	opened := g.week(left + weeks)
	g.begin(opened)
	l := g.life(b.centre, opened)
	g.leave(l, opened, g.week(left))
	return l
}

// week is a Monday so many weeks ago.
func (g *planter) week(ago int) clock.Day {
	return g.today.Add(-int(g.today.Time().Weekday()+6)%7 - 7*ago)
}

// weekly gives the day of each stage, so many weeks apart.
func (g *planter) weekly(opened clock.Day, weeks int) func(n int) clock.Day {
	return func(n int) clock.Day { return min(opened.Add(7*weeks*n), g.today) }
}

// leave takes a life through all stages to its end, with the visits since. Most hold no more than the rules
// ask for, one in ten is as full as those of the sample.
func (g *planter) leave(l *casework.Life, opened, left clock.Day) {
	if g.chance(10) {
		g.advance(l, 4, left, g.weekly(opened, 1))
	} else {
		g.criteria(l)
		l.DecisionNo, l.DecisionOn = "188/CONTOH", opened.Add(7)
		g.enter(l, casework.Assessing, opened.Add(7))
		g.sheet(l, casework.Biopsychosocial, casework.AtAdmission, opened.Add(7), map[string]any{"conclusion": "Perlu pendampingan."})
		l.Needs = []casework.Need{{ID: g.newID(), Assessment: l.Assessments[0].ID, Domain: "identity", Text: "Belum punya dokumen identitas", Item: l.Items()[0].Key}}
		g.enter(l, casework.Planning, opened.Add(14))
		g.plan(l, opened.Add(14), casework.PlanApproved)
		g.enter(l, casework.Intervention, opened.Add(21))
		g.enter(l, casework.Resocialisation, left.Add(-14))
	}
	g.end(l, left, left)
	if c := l.Contacts; l.Stage == casework.Aftercare && len(c) > 0 && c[len(c)-1].State == casework.ContactDependent {
		g.enter(l, casework.Closed, c[len(c)-1].On)
		l.Result, l.ClosedOn = "returned", c[len(c)-1].On
	}
}

// given records so many services on days of the stay.
func (g *planter) given(l *casework.Life, services int) {
	items := l.Items()
	if len(items) == 0 {
		return
	}
	last := g.today
	if l.Ended != nil {
		last = l.Ended.On
	}
	days := max(1, last.Sub(l.OpenedOn))
	for range services {
		i := items[g.r.IntN(len(items))]
		l.Services = append(l.Services, casework.Service{ID: g.newID(), Case: l.ID, Item: i.Key, On: l.OpenedOn.Add(g.r.IntN(days)), Quantity: 1, Unit: "kali", By: l.WorkerName})
	}
}

// sleep gives everybody a bed: one that is free by then, else a new one.
func (g *planter) sleep(b block, room id.ID) (beds [][]any) {
	order := make([]int, len(g.lives))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int { return strings.Compare(string(g.lives[x].OpenedOn), string(g.lives[y].OpenedOn)) })
	type place struct {
		bed  id.ID
		free clock.Day
	}
	var places []place
	for _, n := range order {
		l := &g.lives[n]
		s := residence.Stay{ID: g.newID(), Person: l.Person, Case: l.ID, Centre: l.Centre, State: residence.Open, From: l.OpenedOn}.Grouped(l.Who)
		until := clock.Day("9999-12-31")
		if l.Ended != nil {
			s.State, s.To, until = residence.Ended, l.Ended.On, l.Ended.On
		}
		at := slices.IndexFunc(places, func(p place) bool { return p.free <= s.From })
		if at < 0 {
			at = len(places)
			places = append(places, place{bed: g.newID()})
			beds = append(beds, residence.LoadedBed(places[at].bed, room, l.Centre, b.nth, at))
		}
		places[at].free, s.Bed = until, places[at].bed
		g.stays, l.Stays = append(g.stays, s), []residence.Stay{s}
	}
	return beds
}
