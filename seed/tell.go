package seed

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/coordination"
	"tuntas/office/drafts"
	"tuntas/office/letters"
	"tuntas/office/passage"
	"tuntas/office/person"
)

// Stage is where stories are played: the desks, the calendar, and who acts.
type Stage struct {
	Persons  *person.Desk
	Cases    *casework.Desk
	Drafts   *drafts.Desk
	Passage  *passage.Desk
	Letters  *letters.Desk
	Partners *coordination.Desk
	Calendar *Calendar
	Centre   id.ID
	Worker   who.Asker
	Head     who.Asker
	Other    Elsewhere // where somebody moves from and to
	Family   Elsewhere // where a family is taken in
}

// tale plays one story. Every step is a deed of a desk, by somebody who may, on the day on which it
// happened; after the first failure the rest is left out.
type tale struct {
	Stage
	ctx     context.Context
	today   clock.Day
	on      clock.Day // of the step being told
	minutes int
	person  id.ID
	c       id.ID
	err     error
}

// at moves the story to a day; a day that has not come ends it.
func (t *tale) at(on clock.Day) {
	if t.err == nil && on > t.today {
		t.err = errNotYet
	}
	t.on, t.minutes = on, 0
}

var errNotYet = errors.New("the day has not come")

// step does one thing a few minutes after the last.
func (t *tale) step(what string, do func() error) {
	if t.err != nil {
		return
	}
	t.minutes += 7
	t.Calendar.hold(t.on, t.minutes)
	if err := do(); err != nil {
		t.err = fmt.Errorf("%s on %s: %w", what, t.on, err)
	}
}

func (t *tale) meet(e person.Entry, opening casework.Opening) {
	t.step("register", func() error {
		e.Note = "Orang rekaan (contoh)."
		p, _, err := t.Persons.Register(t.ctx, t.Worker, e)
		t.person = p.ID
		return err
	})
	t.step("open", func() error {
		opening.Person, opening.Centre, opening.OpenedOn = t.person, t.Centre, t.on
		c, err := t.Cases.Open(t.ctx, t.Worker, opening)
		t.c = c.ID
		return err
	})
}

func (t *tale) consent(by, relation string) {
	t.step("consent", func() error {
		_, err := t.Persons.GiveConsent(t.ctx, t.Worker, t.person, person.Consent{Purpose: "service", GivenOn: t.on, GivenBy: by, Relation: relation,
			Form: "recorded", Evidence: "Rekaman suara (contoh)"})
		return err
	})
}

func (t *tale) criteria(evidence map[string]string) {
	t.step("criteria", func() error {
		var in casework.Answers
		for _, code := range slices.Sorted(maps.Keys(evidence)) {
			in.Answers = append(in.Answers, casework.Answer{Code: code, Result: casework.Met, Evidence: evidence[code]})
		}
		_, err := t.Cases.CheckCriteria(t.ctx, t.Worker, t.c, 0, in)
		return err
	})
}

// waive has the worker ask and the head grant.
func (t *tale) waive(code, asked, granted string) {
	t.step("ask for a waiver", func() error {
		_, err := t.Cases.AskWaiver(t.ctx, t.Worker, t.c, 0, casework.WaiverRequest{Code: code, Reason: asked})
		return err
	})
	t.step("grant it", func() error {
		yes := true
		_, err := t.Cases.DecideWaiver(t.ctx, t.Head, t.c, 0, casework.WaiverDecision{Code: code, Granted: &yes, Reason: granted})
		return err
	})
}

func (t *tale) bed() {
	t.step("bed", func() error {
		_, free, err := t.Cases.FreeBeds(t.ctx, t.Worker, t.c)
		if err != nil {
			return err
		}
		if len(free) == 0 {
			return errors.New("no bed is free")
		}
		for i := len(free) - 1; i >= 0; i-- { // the newest first, of the ward built for the stories; in some of it somebody lies later
			if _, err = t.Cases.House(t.ctx, t.Worker, t.c, casework.NewStay{Bed: free[i].ID, From: t.on}); err == nil {
				return nil
			}
		}
		return err
	})
}

func (t *tale) enter(stage string) {
	t.step("enter "+stage, func() error {
		_, err := t.Cases.EnterStage(t.ctx, t.Worker, t.c, 0, casework.Move{Stage: stage, On: t.on})
		return err
	})
}

func (t *tale) assess(instrument, occasion string, answers map[string]any) {
	t.step("assess", func() error {
		a, err := t.Cases.Assess(t.ctx, t.Worker, t.c, casework.NewAssessment{Instrument: instrument, Occasion: occasion, Answers: answers, AssessedOn: t.on})
		if err == nil {
			_, err = t.Cases.Sign(t.ctx, t.Worker, t.c, a.ID, 0)
		}
		return err
	})
}

// measure signs a matrix: levels in the order of its questions, 0 where a domain does not apply.
func (t *tale) measure(occasion string, levels ...int) {
	form, _ := law.InstrumentOf(casework.Independence, "")
	answers, n := map[string]any{}, 0
	for _, s := range form.Sections {
		for _, q := range s.Questions {
			answers[q.Key] = fmt.Sprint(levels[n])
			if levels[n] == 0 {
				answers[q.Key] = "na"
			}
			n++
		}
	}
	t.assess(casework.Independence, occasion, answers)
}

func (t *tale) decide(number string) {
	t.step("decide", func() error {
		_, err := t.Cases.Decide(t.ctx, t.Head, t.c, 0, casework.Decision{Number: number, On: t.on})
		return err
	})
}

// write has the worker prepare a letter.
func (t *tale) write(in letters.NewDraft) (g letters.Draft) {
	t.step("prepare a letter", func() (err error) {
		g, err = t.Letters.Prepare(t.ctx, t.Worker, t.c, in)
		return err
	})
	return g
}

// letter has the worker prepare a letter and the head sign it.
func (t *tale) letter(in letters.NewDraft) (l letters.Letter) {
	g := t.write(in)
	t.step("sign it", func() (err error) {
		l, err = t.Letters.Issue(t.ctx, t.Head, g.ID, 0, letters.Signing{})
		return err
	})
	return l
}

// annul has the head take a letter back.
func (t *tale) annul(l letters.Letter, why string) {
	t.step("annul a letter", func() error {
		_, err := t.Letters.Annul(t.ctx, t.Head, l.ID, 0, letters.Annulment{Reason: why})
		return err
	})
}

// office has the head set how the letters of the centre are written.
func (t *tale) office() {
	t.step("set the letters", func() error {
		_, err := t.Letters.SetOffice(t.ctx, t.Head, t.Centre, 0, letters.SetOffice{Numbering: letters.Running, Format: "{klasifikasi}/{nomor}/{kode}/{tahun}",
			Classification: "CONTOH", Code: "UPT.13", Address: "Jalan Contoh Nomor 10 · Telepon (0331) 000 000", HeadName: t.Head.Name, HeadNIP: "00000000 000000 0 000", Paper: "A4"})
		return err
	})
}

// aim is a goal for one need, in the order of the needs found.
type aim struct {
	text, measure, service string
	cost                   int64
	level                  int64
}

func (t *tale) plan(agreed string, aims ...aim) {
	t.step("plan", func() error {
		f, err := t.Cases.Look(t.ctx, t.Worker, t.c)
		if err != nil {
			return err
		}
		in := casework.NewPlan{MadeOn: t.on, AgreedBy: agreed, AgreedOn: t.on}
		for i, n := range f.Needs {
			a := aims[i]
			in.Goals = append(in.Goals, casework.NewGoal{Need: n.ID, Domain: n.Domain, Text: a.text, Measure: a.measure, TargetLevel: &a.level, DueOn: t.on.AddMonths(4),
				Services: []casework.NewService{{Item: n.Item, Text: a.service, Owner: t.Worker.Name, From: t.on, To: t.on.AddMonths(4), Cost: a.cost, Funding: "apbd"}}})
		}
		return t.pass(in)
	})
}

// pass has a version of the plan written, put before the head and approved.
func (t *tale) pass(in casework.NewPlan) error {
	p, err := t.Cases.Draft(t.ctx, t.Worker, t.c, in)
	if err == nil {
		_, err = t.Cases.Submit(t.ctx, t.Worker, t.c, p.ID, 0)
	}
	if err == nil {
		t.Calendar.hold(t.on, t.minutes+90)
		_, err = t.Cases.Approve(t.ctx, t.Head, t.c, p.ID, 0)
	}
	return err
}

// revise makes a new version of the running plan: what change does with its goals.
func (t *tale) revise(agreed string, change func([]casework.NewGoal) []casework.NewGoal) {
	t.step("revise", func() error {
		f, err := t.Cases.Look(t.ctx, t.Worker, t.c)
		if err != nil {
			return err
		}
		in := casework.NewPlan{MadeOn: t.on, AgreedBy: agreed, AgreedOn: t.on}
		for _, g := range f.Plan.Goals {
			n := casework.NewGoal{Need: g.Need, Domain: g.Domain, Text: g.Text, Measure: g.Measure, TargetLevel: g.TargetLevel, DueOn: g.DueOn}
			for _, s := range g.Services {
				n.Services = append(n.Services, casework.NewService{Item: s.Item, Text: s.Text, Owner: s.Owner, From: s.From, To: s.To, Cost: s.Cost, Funding: s.Funding})
			}
			in.Goals = append(in.Goals, n)
		}
		in.Goals = change(in.Goals)
		return t.pass(in)
	})
}

func (t *tale) give(item, note string) {
	t.step("give", func() error {
		_, err := t.Cases.Give(t.ctx, t.Worker, t.c, casework.Given{Item: item, On: t.on, Quantity: 1, Unit: "kali", Note: note})
		return err
	})
}

// note has the worker write down how it goes.
func (t *tale) note(kind, readers, text string) {
	t.step("note", func() error {
		_, err := t.Cases.WriteNote(t.ctx, t.Worker, t.c, casework.NewNote{Kind: kind, On: t.on, Text: text, Confidentiality: readers})
		return err
	})
}

// confer has the case discussed; the follow-ups that are done already say when.
func (t *tale) confer(in casework.NewConference, done ...clock.Day) {
	t.step("confer", func() error {
		in.On = t.on
		in.People = append([]casework.NewParticipant{{User: t.Worker.User, Role: "Pekerja sosial"}, {Name: t.Head.Name, Role: "Kepala UPT"}}, in.People...)
		k, err := t.Cases.Confer(t.ctx, t.Worker, t.c, in)
		for i, on := range done {
			if err == nil && on <= t.today {
				t.Calendar.hold(on, 60+i)
				_, err = t.Cases.FollowupDone(t.ctx, t.Worker, k.Followups[i].ID, 0, casework.Done{On: on})
			}
		}
		return err
	})
}

// confuse has a conference written down on the wrong case, and struck.
func (t *tale) confuse(in casework.NewConference, why string) {
	t.step("confuse", func() error {
		in.On = t.on
		in.People = append([]casework.NewParticipant{{User: t.Worker.User, Role: "Pekerja sosial"}}, in.People...)
		k, err := t.Cases.Confer(t.ctx, t.Worker, t.c, in)
		if err == nil {
			_, err = t.Cases.StrikeConference(t.ctx, t.Worker, k.ID, 0, casework.Strike{Reason: why})
		}
		return err
	})
}

// ready answers the resocialisation list and ends every goal.
func (t *tale) ready(notes map[string]string) {
	t.step("resocialise", func() error {
		f, err := t.Cases.Look(t.ctx, t.Worker, t.c)
		if err != nil {
			return err
		}
		var in casework.Resocialising
		for _, n := range law.Standard.On(t.on).Checklist {
			in.Checks = append(in.Checks, casework.Check{Code: n.Key, State: "done", Note: notes[n.Key]})
		}
		for _, g := range f.OpenGoals() {
			in.Goals = append(in.Goals, casework.GoalEnd{Goal: g.ID, State: "done"})
		}
		_, err = t.Cases.Resocialise(t.ctx, t.Worker, t.c, in)
		return err
	})
}

// household records how many the household was, what it lived on in a month, and what aid it received.
func (t *tale) household(size, income int64, aid ...string) {
	t.step("household", func() error {
		_, err := t.Cases.KnowHousehold(t.ctx, t.Worker, t.c, 0, casework.Before{On: t.on, Household: casework.Household{Size: &size, Income: &income, Aid: aid}})
		return err
	})
}

func (t *tale) end(e casework.Ending) {
	t.step("end", func() error {
		e.On = t.on
		_, err := t.Cases.Terminate(t.ctx, t.Worker, t.c, 0, e)
		return err
	})
}

func (t *tale) visit(month int64, v casework.Visit) {
	t.step("visit", func() error {
		f, err := t.Cases.Look(t.ctx, t.Worker, t.c)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(f.Contacts, func(k casework.Contact) bool { return k.Month == month })
		if i < 0 {
			return fmt.Errorf("no contact after %d months", month)
		}
		v.On = t.on
		_, err = t.Cases.Visit(t.ctx, t.Worker, t.c, f.Contacts[i].ID, 0, v)
		return err
	})
}

func (t *tale) close(result, note string) {
	t.step("close", func() error {
		_, err := t.Cases.Close(t.ctx, t.Worker, t.c, 0, casework.Closing{On: t.on, Result: result, Note: note})
		return err
	})
}

// unsent leaves a form half filled: where it is sent, what it is called, where it stands, and fields with what was typed.
func (t *tale) unsent(key, name, page, kind string, of id.ID, typed ...string) {
	t.step("leave a draft", func() error {
		var in drafts.Typed
		for i := 0; i+1 < len(typed); i += 2 {
			in.Fields = append(in.Fields, drafts.TypedField{Name: typed[i], Values: []string{typed[i+1]}})
		}
		_, err := t.Drafts.Save(t.ctx, t.Worker, drafts.Form{Key: key, Name: name, Page: page, Kind: kind, Of: of}, in)
		return err
	})
}
