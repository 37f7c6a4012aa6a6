package quality

import (
	"context"
	"fmt"
	"math"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/monitoring"
)

var (
	watch    = store.NewAct("alert.watch", who.Anyone)
	askWatch = store.NewAct("alert.check", who.KeepFigures)
)

// fewest is how many a share must rest on to be judged: below it one person moves it by more than any threshold.
const fewest = 10

// reading is what a rule found at one place.
type reading struct {
	rule       Rule
	at         id.ID
	value      monitoring.Value
	n, limit   float64
	span       monitoring.Span
	crossed    bool
	name, says string // of the figure and the place, and what the figure said
}

// CheckNow looks at all rules at once, for who keeps figures.
func (d *Desk) CheckNow(ctx context.Context, by who.Asker) (made int, err error) {
	if err := d.store.Read(ctx, by, askWatch, func(*store.Tx) error { return nil }); err != nil {
		return 0, err
	}
	return d.watch(ctx)
}

// Watch looks at every rule that is on, once for each run of the timetable, and tells the head of the division of tasks
// that are late. However many run at once, a rule has one open task at a place.
func (d *Desk) Watch(ctx context.Context) error {
	_, err := d.watch(ctx)
	return err
}

func (d *Desk) watch(ctx context.Context) (made int, err error) {
	house := who.House("alerts")
	var all []reading
	var last map[string]Task
	var late []Task
	err = d.store.Read(ctx, house, watch, func(tx *store.Tx) error {
		if all, err = d.readings(tx); err != nil {
			return err
		}
		if last, err = lastTasks(tx); err != nil {
			return err
		}
		late, err = lateTasks(tx, tx.Today())
		return err
	})
	if err != nil {
		return 0, err
	}
	var changes []func(tx *store.Tx) error
	for _, r := range all {
		before, had := last[openKey(r.rule.ID, r.at)]
		if do := r.change(before, had, d.store.Today()); do != nil {
			changes = append(changes, func(tx *store.Tx) error {
				fresh, err := do(tx)
				made += fresh
				return err
			})
		}
	}
	for _, t := range late {
		changes = append(changes, t.escalate)
	}
	if len(changes) == 0 {
		return 0, nil
	}
	err = d.store.Write(ctx, house, watch, func(tx *store.Tx) error {
		made = 0
		tx.Record(store.Entry{Kind: "alert", Say: fail.Say("Peringatan diperiksa.")})
		for _, do := range changes {
			if err := do(tx); err != nil {
				return err
			}
		}
		return nil
	})
	return made, err
}

// readings reckons every rule that is on, at every place where it looks.
func (d *Desk) readings(tx *store.Tx) (all []reading, err error) {
	rules, err := activeRules(tx)
	if err != nil || len(rules) == 0 {
		return nil, err
	}
	s, err := d.figures.Sweep(tx)
	if err != nil {
		return nil, err
	}
	if err := ahead(s, rules, tx.Today()); err != nil {
		return nil, err
	}
	for _, r := range rules {
		i, ok := s.Named(r.Indicator)
		if !ok { // retired since: nothing is looked at
			continue
		}
		found, err := readRule(s, r, i, tx.Today())
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// ahead reads all figures of one span together.
func ahead(s *monitoring.Sweep, rules []Rule, today clock.Day) error {
	wanted := map[monitoring.Span][]monitoring.Indicator{}
	for _, r := range rules {
		if i, ok := s.Named(r.Indicator); ok {
			now, before := r.spans(today)
			wanted[now] = append(wanted[now], i)
			if r.Against != "" {
				wanted[before] = append(wanted[before], i)
			}
		}
	}
	for span, all := range wanted {
		if err := s.Ahead(all, span); err != nil {
			return err
		}
	}
	return nil
}

// spans are the days that a rule looks at: this year so far, as the page of the figure does, or the last whole month
// against one before.
func (r Rule) spans(today clock.Day) (now, before monitoring.Span) {
	if r.Against == "" {
		return monitoring.SpanOf("", "", 0, today), before
	}
	month := lastMonth(today)
	now, _ = monitoring.MonthSpan(month)
	back := -1
	if r.Against == "year" {
		back = -12
	}
	before, _ = monitoring.MonthSpan(clock.Day(month + "-01").AddMonths(back).Month())
	return now, before
}

func readRule(s *monitoring.Sweep, r Rule, i monitoring.Indicator, today clock.Day) (all []reading, err error) {
	span, past := r.spans(today)
	now, err := s.Of(i, span)
	if err != nil {
		return nil, err
	}
	var before map[id.ID]monitoring.Value
	if r.Against != "" {
		if before, err = s.Of(i, past); err != nil {
			return nil, err
		}
	}
	for _, at := range r.places(s) {
		one := reading{rule: r, at: at, value: now[at], span: span, name: i.Name}
		one.span.Centre = at
		known, err := one.judge(s, i, before[at])
		if err != nil {
			return nil, err
		}
		if known {
			one.says = i.Say(text.ID, one.value)
			if at != 0 {
				one.name += ", " + placeOf(s, at)
			}
			all = append(all, one)
		}
	}
	return all, nil
}

func placeOf(s *monitoring.Sweep, at id.ID) string {
	for _, c := range s.Centres {
		if c.ID == at {
			return c.Name
		}
	}
	return ""
}

func (r Rule) places(s *monitoring.Sweep) (all []id.ID) {
	switch r.Place {
	case province:
		return []id.ID{0}
	case one:
		return []id.ID{r.Centre}
	}
	for _, c := range s.Centres {
		all = append(all, c.ID)
	}
	return all
}

// judge tells whether the figure has crossed; false where that cannot be said: over nothing, over too few, or without a
// target or a month to hold it against.
func (o *reading) judge(s *monitoring.Sweep, i monitoring.Indicator, before monitoring.Value) (known bool, err error) {
	r := o.rule
	n, ok := o.value.In(i)
	if !ok || o.value.Over && o.value.Denominator < fewest {
		return false, nil
	}
	o.n, o.limit = n, r.Limit()
	switch r.Condition {
	case worse:
		t, err := s.Target(r.Indicator, o.at, o.span.To)
		if err != nil || t == nil {
			return false, err
		}
		o.limit = t.Value()
		o.crossed = i.Better(thousandth(n-o.limit)) < 0
		return true, nil
	case falls, rises:
		was, had := before.In(i)
		if !had || before.Over && before.Denominator < fewest {
			return false, nil
		}
		o.limit = was
	}
	o.crossed = crossed(r.Condition, n, o.limit, r.Limit())
	return true, nil
}

func thousandth(v float64) float64 { return math.Round(v*1000) / 1000 }

// crossed tells whether a value lies beyond a limit, or moved from it by so much at least.
func crossed(condition string, n, limit, by float64) bool {
	step := thousandth(n - limit)
	switch condition {
	case above:
		return step > 0
	case below:
		return step < 0
	case falls:
		return -step >= by
	case rises:
		return step >= by
	}
	return false
}

// change is what a reading does to the last task of its rule and place; nil where nothing changes. It gives how many
// tasks it made.
func (o reading) change(last Task, had bool, today clock.Day) func(tx *store.Tx) (int, error) {
	switch {
	case o.crossed && (!had || !last.Open() && last.mayReopen(o.rule, today)):
		return o.open
	case had && o.crossed && last.Open() && last.BackOn != "":
		return func(tx *store.Tx) (int, error) { return 0, last.turn(tx, "", "again", o.says) }
	case had && !o.crossed && last.BackOn == "":
		return func(tx *store.Tx) (int, error) { return 0, last.turn(tx, today, "back", o.says) }
	}
	return nil
}

// mayReopen holds that an ended task is followed by another when the figure has come back since, or when it stayed beyond
// its threshold for as long again as there was to act.
func (t Task) mayReopen(r Rule, today clock.Day) bool {
	return t.BackOn != "" || law.AddWorkingDays(t.ClosedOn, int(r.Days)) < today
}

// open makes a task, unless another instance was faster.
func (o reading) open(tx *store.Tx) (int, error) {
	r, today := o.rule, tx.Today()
	t := Task{ID: id.New(), Version: 1, Rule: r.ID, RuleVersion: r.Version, Indicator: r.Indicator, Centre: o.at, Condition: r.Condition, Value: thousandths(o.n), Threshold: thousandths(o.limit),
		Figure: o.value, From: o.span.From, To: o.span.To, Severity: r.Severity, Role: r.Role, Owner: r.Owner, OpenedOn: today, DueOn: law.AddWorkingDays(today, int(r.Days)), State: Opened}
	fresh, err := insertTask(tx, t)
	if err != nil || !fresh {
		return 0, err
	}
	if err := insertStep(tx, t.ID, "opened", o.says); err != nil {
		return 0, err
	}
	tx.Record(store.Entry{Kind: "alert", ID: t.ID, Centre: t.Centre, Say: fail.Say("Peringatan: %s %s.", o.name, o.says)})
	tx.Notify(t.notice(fail.Say("Peringatan: %s %s. Tindak lanjut paling lambat %s.", o.name, o.says, t.DueOn), "alert/"+t.ID.String()))
	return 1, nil
}

// notice tells whoever answers for a task.
func (t Task) notice(say fail.Saying, once string) store.Notice {
	n := store.Notice{Kind: "alert", Say: say, Path: t.Path(), Once: once}
	switch {
	case t.Owner != 0:
		n.To = []id.ID{t.Owner}
	case slices.Contains(ownersOfCentre, t.Role):
		n.Role, n.Centre = t.Role, t.Centre
	default:
		n.Role = t.Role
	}
	return n
}

// turn says on the task that the figure came back, or that it crossed again.
func (t Task) turn(tx *store.Tx, back clock.Day, kind, says string) error {
	fresh, err := turnTask(tx, t, back)
	if err != nil || !fresh {
		return err
	}
	return insertStep(tx, t.ID, kind, says)
}

// escalate tells the head of the division of a late task, once.
func (t Task) escalate(tx *store.Tx) error {
	fresh, err := escalateTask(tx, t.ID)
	if err != nil || !fresh {
		return err
	}
	tx.Notify(store.Notice{Role: "head_division", Kind: "alert", Say: fail.Say("Tindak lanjut peringatan lewat batas waktu %s.", t.DueOn), Path: t.Path(), Once: fmt.Sprintf("alert-late/%s", t.ID)})
	return insertStep(tx, t.ID, "late", "")
}
