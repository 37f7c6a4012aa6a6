package seed

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/centre"
	"tuntas/office/forms"
	"tuntas/office/person"
	"tuntas/office/residence"
)

// life begins a case that was opened on a day.
func (g *planter) life(c centre.Centre, opened clock.Day) *casework.Life {
	key := c.Kinds[g.r.IntN(len(c.Kinds))]
	kind, _ := law.KindOf(key)
	p := g.person(c, kind, opened)
	l := &casework.Life{}
	l.Who, l.CentreName = p, c.Name
	l.Case = casework.Case{ID: g.newID(), Version: 1, Person: p.ID, Centre: c.ID, Kind: key, Setting: casework.Inside, Level: "basic", Stage: casework.Approach,
		StageSince: opened, OpenedOn: opened, Source: g.pick(sources), OutsideSince: opened.Add(-8 - g.r.IntN(10))}
	if posts := g.p.Posts[c.ID]; len(posts) > 0 {
		post := posts[g.r.IntN(len(posts))]
		l.Worker, l.WorkerName = post.User, post.Name
	}
	l.Stages = []casework.Entry{{ID: g.newID(), Stage: casework.Approach, On: opened, By: l.WorkerName}}
	return l
}

func (g *planter) enter(l *casework.Life, stage string, on clock.Day) {
	l.Stages[len(l.Stages)-1].LeftOn = on
	l.Stages = append(l.Stages, casework.Entry{ID: g.newID(), Stage: stage, On: on, By: l.WorkerName})
	l.Stage, l.StageSince = stage, on
}

// aside is a source of chance beside the planter's own, so that what is added to a life leaves all others as they were.
func (g *planter) aside() *rand.Rand {
	return rand.New(rand.NewPCG(g.p.Seed, uint64(len(g.lives))*977+11))
} //nolint:gosec // invented people

// papers lets a NIK come during the case to one of six who have one: they had none when it opened.
func (g *planter) papers(l *casework.Life) {
	has := slices.ContainsFunc(l.Who.Identifiers, func(i person.Identifier) bool { return i.Kind == "nik" })
	came := l.OpenedOn.Add(20 + g.aside().IntN(40))
	if has && g.aside().IntN(6) == 0 && came < g.today && (l.Ended == nil || came < l.Ended.On) {
		l.Nik, l.NikOn = casework.NikNone, came
	}
}

// criteria answers every condition of admission and records the consent.
func (g *planter) criteria(l *casework.Life) {
	kind, _ := law.KindOf(l.Kind)
	l.Criteria = nil
	for _, c := range law.CriteriaFor(law.Criteria.On(l.OpenedOn), kind.Group, l.Setting) {
		l.Criteria = append(l.Criteria, casework.Criterion{Criterion: c, Result: casework.Met, Evidence: "Catatan kunjungan (contoh)", CheckedOn: l.OpenedOn, By: l.WorkerName})
	}
	l.Consents = []person.Consent{{Purpose: "service", GivenOn: l.OpenedOn, GivenBy: "self", Form: "written"}}
}

func (g *planter) sheet(l *casework.Life, instrument, occasion string, on clock.Day, answers map[string]any) {
	a := casework.Assessment{ID: g.newID(), Case: l.ID, Instrument: instrument, InstrumentVersion: "1", Occasion: occasion, Answers: answers, AssessedOn: on,
		Assessor: l.Worker, AssessorName: l.WorkerName, SignedOn: on, SignedBy: l.Worker, SignerName: l.WorkerName, CertificateNo: "CONTOH"}
	r := forms.Score(a.Form(), answers, nil)
	a.Score, a.Band, a.Levels = r.Score, r.Band, r.Levels
	l.Assessments = append([]casework.Assessment{a}, l.Assessments...)
}

// levels gives the eleven domains a level around a mark.
func (g *planter) levels(mark int) map[string]any {
	form, _ := law.InstrumentOf(casework.Independence, "")
	out := map[string]any{}
	for _, s := range form.Sections {
		for _, q := range s.Questions {
			out[q.Key] = fmt.Sprint(min(5, max(1, mark+g.r.IntN(3)-1)))
		}
	}
	return out
}

func (g *planter) assess(l *casework.Life, on clock.Day) {
	g.sheet(l, casework.Biopsychosocial, casework.AtAdmission, on, map[string]any{"bio_condition": "Sehat, jalan pelan.", "psycho_condition": "Tenang, kadang murung.",
		"social_condition": "Mau bergaul setelah dikenal.", "family_condition": "Keluarga sedang dicari.", "family_care": "unknown", "potential": "Rajin membantu di dapur.",
		"needs": []any{map[string]any{"domain": "identity", "text": "Dokumen identitas"}}, "conclusion": "Perlu pendampingan dan penelusuran keluarga."})
	g.sheet(l, casework.Independence, casework.AtAdmission, on, g.levels(2))
	items := l.Items()
	for i, n := range []struct{ domain, text string }{{"identity", "Belum punya dokumen identitas"}, {"health", "Perlu pemeriksaan rutin"}, {"family", "Keluarga belum ditemukan"}} {
		l.Needs = append(l.Needs, casework.Need{ID: g.newID(), Assessment: l.Assessments[1].ID, Domain: n.domain, Text: n.text, Item: items[(i*3+2+len(g.lives))%len(items)].Key})
	}
	if trained[l.Kind] {
		of := slices.IndexFunc(items, func(i law.Item) bool { return strings.Contains(i.Name, "keterampilan") })
		l.Needs = append(l.Needs, casework.Need{ID: g.newID(), Assessment: l.Assessments[1].ID, Domain: "skill", Text: "Belum punya keterampilan kerja", Item: items[max(of, 0)].Key})
	}
}

// trained are kinds of grown people whom an instructor prepares for work.
var trained = map[string]bool{"gelandangan": true, "pengemis": true, "pemulung": true}

func (g *planter) plan(l *casework.Life, on clock.Day, state string) {
	p := &casework.Plan{ID: g.newID(), Case: l.ID, Number: 1, State: state, MadeOn: on, Maker: l.WorkerName, AgreedBy: l.Who.Called, AgreedOn: on, SubmittedOn: on}
	for _, n := range l.Needs {
		goal := casework.Goal{ID: g.newID(), Plan: p.ID, Need: n.ID, Domain: n.Domain, Text: goalTexts[n.Domain], Measure: "Tercatat selesai", DueOn: on.AddMonths(4), State: "open"}
		goal.Services = []casework.PlanService{{ID: g.newID(), Goal: goal.ID, Item: n.Item, Text: "Layanan UPT", Owner: l.WorkerName, From: on, To: on.AddMonths(4),
			Cost: g.cost(n.Domain), Funding: "apbd"}}
		p.Goals = append(p.Goals, goal)
	}
	if state == casework.PlanApproved {
		p.ApprovedOn, p.Approver = on, "Kepala UPT (contoh)"
		l.Plan = p
		return
	}
	l.Draft = p
}

// cost is what a service of a plan costs, in rupiah.
func (g *planter) cost(domain string) int64 {
	if domain == "skill" {
		return 450_000
	}
	return int64(1+g.r.IntN(12)) * 50_000
}

var goalTexts = map[string]string{"skill": "Bekerja dengan keterampilan sendiri", "identity": "Memiliki NIK dan kartu keluarga", "health": "Berobat teratur sendiri", "family": "Keluarga ditemukan dan siap menerima"}

func (g *planter) serve(l *casework.Life, from, to clock.Day) {
	items := l.Items()
	for n := range 2 + g.r.IntN(4) {
		on := from.Add(g.r.IntN(max(1, to.Sub(from))))
		i := items[(n*2+g.r.IntN(3))%len(items)]
		l.Services = append(l.Services, casework.Service{ID: g.newID(), Case: l.ID, Item: i.Key, On: on, Quantity: 1, Unit: "kali", By: l.WorkerName})
	}
	g.serveNeeds(l, from, to)
	for _, s := range l.Services {
		l.Sums = append(l.Sums, casework.ServiceSum{Item: s.Item, N: 1, Last: s.On})
	}
}

// serveNeeds gives most of what the assessment found, in the first year and in the last, by lots of its own.
func (g *planter) serveNeeds(l *casework.Life, from, to clock.Day) {
	lots := rand.New(rand.NewPCG(g.p.Seed+41, uint64(len(g.lives)))) //nolint:gosec // a sample draws lots
	for _, n := range l.Needs {
		for _, since := range []clock.Day{from, max(from, to[:4]+"-01-01")} {
			if lots.IntN(100) < 84 {
				on := since.Add(lots.IntN(max(1, min(120, to.Sub(since)))))
				l.Services = append(l.Services, casework.Service{ID: g.newID(), Case: l.ID, Item: n.Item, On: on, Quantity: 1, Unit: "kali", By: l.WorkerName})
			}
		}
	}
}

// bed gives a bed that is free on a day; false when all are taken.
func bed(beds []residence.Bed, free []clock.Day, from, to clock.Day) (id.ID, bool) {
	for i := range beds {
		if free[i] <= from {
			free[i] = to
			return beds[i].ID, true
		}
	}
	return 0, false
}

func (g *planter) stay(l *casework.Life, beds []residence.Bed, free []clock.Day, from, to clock.Day) bool {
	until := to
	if until == "" {
		until = "9999-12-31"
	}
	b, ok := bed(beds, free, from, until)
	if !ok {
		return false
	}
	s := residence.Stay{ID: g.newID(), Bed: b, Person: l.Person, Case: l.ID, Centre: l.Centre, State: residence.Open, From: from, To: to}.Grouped(l.Who)
	if to != "" {
		s.State = residence.Ended
	}
	g.stays = append(g.stays, s)
	l.Stays = []residence.Stay{s}
	return true
}

// residents say how long those who live in have been there, by stage: from and to in days, and of a hundred
// how many.
var residents = []struct{ from, to, share int }{{1, 8, 3}, {7, 24, 4}, {18, 42, 5}, {40, 330, 69}, {150, 420, 19}}

// resident is somebody who lives in, at a stage that fits the time; a few are late.
func (g *planter) resident(c centre.Centre, beds []residence.Bed, free []clock.Day) {
	var shares []int
	for _, r := range residents {
		shares = append(shares, r.share)
	}
	stage := g.weighted(shares...)
	opened := g.ago(residents[stage].from, residents[stage].to)
	l := g.life(c, opened)
	if !g.stay(l, beds, free, opened, "") {
		g.extra = append(g.extra, len(g.lives))
	}
	since := g.today.Add(-g.r.IntN(max(1, daysOf(stage, g.today)*9/10))) // within the days of the stage
	if g.chance(6) {
		since = g.today.Add(-daysOf(stage, g.today) - 1 - g.r.IntN(12))
	}
	since = max(opened, min(since, g.today))
	step := max(1, min(12, since.Sub(opened)/(stage+1)))
	g.advance(l, stage, g.today, func(n int) clock.Day {
		if n == stage {
			return since
		}
		return min(opened.Add(n*step), since)
	})
	g.papers(l)
	g.lives = append(g.lives, *l)
}

// daysOf gives the days of a stage, the first being 0.
func daysOf(stage int, on clock.Day) int { return law.Stages.On(on)[stage].Days }

// advance takes a life so many stages on, each gate in order; at gives the day of a stage, and services are
// given until a day.
func (g *planter) advance(l *casework.Life, stages int, until clock.Day, at func(n int) clock.Day) {
	if g.chance(70) || stages > 0 {
		g.criteria(l)
	}
	if stages >= 1 {
		g.enter(l, casework.Assessing, at(1))
		if stages > 1 || g.chance(40) {
			g.assess(l, at(1))
		}
	}
	if stages >= 2 {
		l.DecisionNo, l.DecisionOn = fmt.Sprintf("188/%d/CONTOH/%d", 100+g.r.IntN(800), at(1).Time().Year()), at(1)
		g.enter(l, casework.Planning, at(2))
		switch {
		case stages > 2:
			g.plan(l, at(2), casework.PlanApproved)
		case g.chance(60):
			g.plan(l, at(2), casework.PlanSubmitted)
		}
	}
	if stages >= 3 {
		g.enter(l, casework.Intervention, at(3))
		g.serve(l, at(3), until)
		if stages > 3 || g.chance(30) {
			g.sheet(l, casework.Independence, casework.AtReview, min(at(3).Add(30), g.today), g.levels(3))
		}
	}
	if stages >= 4 {
		g.enter(l, casework.Resocialisation, at(4))
		if g.chance(20) {
			g.prepared(l, at(4))
		}
	}
}

func (g *planter) prepared(l *casework.Life, on clock.Day) {
	for _, n := range law.Standard.On(on).Checklist {
		l.Checks = append(l.Checks, casework.Check{Code: n.Key, State: "done", On: on, By: l.WorkerName})
	}
	for i := range l.Plan.Goals {
		l.Plan.Goals[i].State, l.Plan.Goals[i].EndedOn = "done", on
	}
	mark := 4
	if g.aside().IntN(4) == 0 { // not everybody leaves better than they came
		mark = 2
	}
	g.sheet(l, casework.Independence, casework.AtTermination, on, g.levels(mark))
}

func (g *planter) weighted(w ...int) int {
	sum := 0
	for _, n := range w {
		sum += n
	}
	roll := g.r.IntN(sum)
	for i, n := range w {
		if roll -= n; roll < 0 {
			return i
		}
	}
	return 0
}

// former is somebody who left within the last two years, with the visits since.
func (g *planter) former(c centre.Centre, beds []residence.Bed, free []clock.Day) {
	left := g.ago(20, 720)
	opened := left.Add(-150 - g.r.IntN(200))
	l := g.life(c, opened)
	if !g.stay(l, beds, free, opened, left) {
		opened = left.Add(-60)
	}
	g.criteria(l)
	step := max(1, left.Sub(opened)/5)
	g.advance(l, 4, left, func(n int) clock.Day { return min(opened.Add(n*step), left) })
	if len(l.Checks) == 0 {
		g.prepared(l, l.StageSince)
	}
	g.end(l, left, left.Add(1))
	g.papers(l)
	g.lives = append(g.lives, *l)
}

// end ends the stay and, for who lives, begins the visits on a day.
func (g *planter) end(l *casework.Life, left, after clock.Day) {
	reason := g.weighted(30, 38, 8, 6, 10, 3, 2, 3)
	exits := law.Standard.On(left).ExitReasons
	e := &casework.Ending{On: left, Reason: exits[reason].Key, Destination: "family", Outcome: []string{"independent", "improved", "unchanged"}[g.weighted(4, 5, 1)],
		HandedTo: g.pick(homes) + " (contoh)", Relation: "Keluarga", By: l.WorkerName}
	if aside := g.aside(); aside.IntN(5) < 2 && (e.Reason == "independent" || e.Reason == "reunified") {
		set := law.Standard.On(left)
		e.Skill, e.Tool = set.Skills[aside.IntN(len(set.Skills))].Key, set.Tools[aside.IntN(len(set.Tools))].Key
	}
	if e.Reason == "deceased" {
		e.Destination, e.Outcome, e.HandedTo = "none", "not_assessed", ""
	}
	l.Ended, l.Outcome = e, e.Outcome
	g.enter(l, casework.Terminated, left)
	if e.Reason != "deceased" {
		g.visits(l, left, after)
	} else {
		g.enter(l, casework.Closed, left)
		l.Result, l.ClosedOn = "deceased", left
	}
}

func (g *planter) visits(l *casework.Life, left, after clock.Day) {
	g.enter(l, casework.Aftercare, after)
	l.Contacts = casework.Planned(l.Case, left, law.Standard.On(left).AftercareMonths)
	for i := range l.Contacts {
		l.Contacts[i].ID = g.newID()
	}
	standing := g.chance(78)
	aside := g.aside()
	decile := 1 + aside.IntN(3)
	home := g.household(l, decile)
	for i := range l.Contacts {
		k := &l.Contacts[i]
		if k.DueOn > g.today {
			break
		}
		if k.DueOn > g.today.Add(-25) && g.chance(60) { // due, not visited yet
			continue
		}
		met := g.chance(86)
		level := int64(4 + g.r.IntN(2))
		if standing = standing && !g.chance(6); !standing {
			level = int64(2 + g.r.IntN(2))
		}
		v := casework.Visit{On: min(k.DueOn.Add(g.r.IntN(12)), g.today), Reached: &met, Method: "visit", Final: true}
		if met {
			v.Independence = &level
			if decile = min(10, max(1, decile+aside.IntN(4)/2-aside.IntN(5)/4)); aside.IntN(10) < 6 {
				now := int64(decile)
				v.Decile = &now
			}
			home.visit(&v, v.On)
		}
		k.Record(v, l.WorkerName)
	}
	last := l.Contacts[len(l.Contacts)-1]
	switch {
	case last.State == casework.ContactIndependent:
		g.enter(l, casework.Closed, last.On)
		l.Result, l.ClosedOn = "settled", last.On
	case last.State == casework.ContactUnreached && g.chance(70):
		g.enter(l, casework.Closed, last.On)
		l.Result, l.ClosedOn = "lost", last.On
	}
}
