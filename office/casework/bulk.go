package casework

import (
	"fmt"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

// Life is a whole case to load: its file as it should stand, and the services that were given. Stays are
// loaded by residence; the file names them so that the gates see them.
type Life struct {
	File
	Services []Service
}

// mayLive holds for a life in bulk what the verbs hold one by one: the stages in the order of the law
// (Pasal 7 ayat (1)), no day before the one before, and no plan approved before the assessment was signed
// (Pasal 7 ayat (2)) unless a waiver stands on record. Leaving early is the only way past a stage.
func mayLive(l Life) error {
	var before Entry
	for i, e := range l.Stages {
		early := e.Stage == Terminated && l.Ended != nil && slices.Contains(shortEndings, l.Ended.Reason)
		deceased := e.Stage == Closed && before.Stage == Terminated && l.Result == "deceased"
		if i == 0 && e.Stage != Approach || i > 0 && e.Stage != Next(before.Stage) && !early && !deceased {
			return fmt.Errorf("case %s: %s after %q: the stages run in the order of Pasal 7", l.ID, e.Stage, before.Stage)
		}
		if e.On < before.On {
			return fmt.Errorf("case %s: %s begins on %s, before %s", l.ID, e.Stage, e.On, before.On)
		}
		if e.Stage == Intervention && e.Waiver == "" {
			if err := plannedWell(l); err != nil {
				return err
			}
		}
		before = e
	}
	if before.Stage != l.Stage {
		return fmt.Errorf("case %s: stands in %s, its history ends in %q", l.ID, l.Stage, before.Stage)
	}
	return nil
}

func plannedWell(l Life) error {
	signed := l.Signed(Biopsychosocial)
	if signed == nil || l.Plan == nil || l.Plan.ApprovedOn < signed.SignedOn {
		return fmt.Errorf("case %s: no plan approved after a signed assessment (Pasal 7 ayat (2))", l.ID)
	}
	return nil
}

// EnterMany loads many lives: by the same rules and with the same figures as the verbs, in few statements.
// It is for imports and for filling an office.
func EnterMany(tx *store.Tx, lives []Life) error {
	var b bulk
	for i := range lives {
		l := &lives[i]
		if err := mayLive(*l); err != nil {
			return err
		}
		l.standing(tx.Today())
		b.add(tx, *l)
		l.figures(tx)
	}
	if err := b.load(tx); err != nil {
		return err
	}
	tx.Record(store.Entry{Kind: "case", Say: fail.Say("%d kasus dimasukkan sekaligus.", len(lives))})
	return nil
}

// standing works out what lists show of the case, as refresh does.
func (l *Life) standing(today clock.Day) {
	l.Today, l.Sums, l.Region = today, sumsOf(l.Services), regionOf(l.Who)
	answers := map[string]Criterion{}
	for _, c := range l.Criteria {
		answers[c.Code] = c
	}
	given := l.Criteria
	l.Criteria = judge(l.File, answers)
	l.Missing = int64(len(undone(Conditions(l.File))))
	l.Waiting, l.DueOn = waitingOf(l.File), dueOf(l.File)
	l.Criteria = given
	if l.Nik == "" {
		l.Nik = nikOf(l.Who)
	}
	l.QueuedOn, l.PlacedOn = l.queue()
}

// timely is timelyOf for a line of the history; "" while it runs.
func (l Life) timely(e Entry) string {
	if e.LeftOn == "" {
		return ""
	}
	c := l.Case
	c.Stage, c.StageSince = e.Stage, e.On
	return timelyOf(c, e.LeftOn)
}

// sumsOf adds services up by item, as the database does.
func sumsOf(services []Service) (sums []ServiceSum) {
	at := map[string]int{}
	for _, s := range services {
		i, ok := at[s.Item]
		if !ok {
			i = len(sums)
			at[s.Item] = i
			sums = append(sums, ServiceSum{Item: s.Item, First: s.On})
		}
		sums[i].N++
		sums[i].First, sums[i].Last = min(sums[i].First, s.On), max(sums[i].Last, s.On)
	}
	return sums
}

// figures counts the life in the measures of this desk.
func (l Life) figures(tx *store.Tx) {
	tx.CountOf(l.Person, "case.opened", l.Centre, l.OpenedOn, l.Kind, 1)
	countRegion(tx, l.Case, 1)
	countWorker(tx, l.Case, 1)
	countNik(tx, l.Case, 1)
	countQueue(tx, l.Case, 1)
	countDue(tx, l.Case, 1)
	for _, e := range l.Stages {
		if e.Stage == Closed {
			continue
		}
		tx.CountOf(l.Person, "case.stage", l.Centre, e.On, e.Stage, 1)
		tx.CountOf(l.Person, "case.reached", l.Centre, l.OpenedOn, e.Stage, 1)
		if e.LeftOn != "" {
			tx.CountOf(l.Person, "case.stage", l.Centre, e.LeftOn, e.Stage, -1)
		}
		if timely := l.timely(e); timely != "" {
			tx.CountOf(l.Person, "stage.timely", l.Centre, e.LeftOn, timely, 1)
		}
	}
	if l.Ended != nil {
		tx.CountOf(l.Person, "case.terminated", l.Centre, l.Ended.On, l.Ended.Reason, 1)
		tx.CountOf(l.Person, "case.outcome", l.Centre, l.Ended.On, l.Ended.Outcome, 1)
		countAfterwards(tx, l.Case, l.Ended.On, *l.afterwards(), 1)
	}
	if l.ClosedOn != "" {
		tx.CountOf(l.Person, "case.closed", l.Centre, l.ClosedOn, l.Result, 1)
	}
	for _, c := range l.Contacts {
		count(tx, c, 1)
	}
}

// orNew gives an id where there is none yet.
func orNew(i id.ID) id.ID {
	if i == 0 {
		return id.New()
	}
	return i
}

// Lodged counts a case anew whose person got a bed without it: for loads, which bring the case up to date no further.
func Lodged(tx *store.Tx, caseID id.ID) error {
	if _, err := countRange(tx, caseID, caseID); err != nil {
		return err
	}
	return followQuiet(tx, caseID)
}
