package casework

import (
	"cmp"
	"context"
	"slices"

	"tuntas/house/id"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/forms"
)

// AnswerChange is one question of an instrument then and now, in words; "" is not recorded.
type AnswerChange struct {
	Question law.Question
	Old, New string
}

// Label is the question in a language.
func (c AnswerChange) Label(l string) string { return c.Question.In(l) }

// earlier gives the signed assessment with the same instrument that lies next before this one.
func (f File) earlier(a Assessment) *Assessment {
	var found *Assessment
	for i, b := range f.Assessments {
		before := cmp.Or(cmp.Compare(b.AssessedOn, a.AssessedOn), cmp.Compare(b.ID, a.ID)) < 0
		if b.Instrument != a.Instrument || b.SignedOn == "" || b.ID == a.ID || !before {
			continue
		}
		if found == nil || cmp.Or(cmp.Compare(found.AssessedOn, b.AssessedOn), cmp.Compare(found.ID, b.ID)) < 0 {
			found = &f.Assessments[i]
		}
	}
	return found
}

// compareAnswers lays two assessments with one instrument beside each other, question by question in the order of the
// newer form. A question that only one version of the form has is compared with nothing.
func compareAnswers(before, now Assessment, l text.Lang) (changed, same []AnswerChange) {
	old, form := before.Form(), now.Form()
	for _, s := range form.Sections {
		for _, q := range s.Questions {
			was := q
			for _, os := range old.Sections { // its options as they were worded then
				if i := slices.IndexFunc(os.Questions, func(o law.Question) bool { return o.Key == q.Key }); i >= 0 {
					was = os.Questions[i]
				}
			}
			c := AnswerChange{q, answerSays(before, was, l), answerSays(now, q, l)}
			if c.Old == c.New {
				same = append(same, c)
			} else {
				changed = append(changed, c)
			}
		}
	}
	return changed, same
}

// answerSays is an answer in words.
func answerSays(a Assessment, q law.Question, l text.Lang) string {
	v, _ := a.Answers[q.Key].(string)
	switch {
	case q.Type == "yesno" && v == "yes":
		return text.T(l, "Ya")
	case q.Type == "yesno" && v == "no":
		return text.T(l, "Tidak")
	case q.Type == "needs":
		return needsSay(a)
	}
	if o, ok := law.Find(q.Options, v); ok {
		return o.In(string(l))
	}
	return v
}

func needsSay(a Assessment) string {
	s := ""
	for _, n := range forms.Needs(a.Form(), a.Answers) {
		if s != "" {
			s += "; "
		}
		s += n.Text
	}
	return s
}

// GoalChange is a goal that stands in both versions of a plan, with what differs.
type GoalChange struct{ Old, New Goal }

// Cost is what the services of a goal cost together.
func (g Goal) Cost() (sum int64) {
	for _, s := range g.Services {
		sum += s.Cost
	}
	return sum
}

// Text, Level, Due and Cost tell what differs.
func (c GoalChange) Text() bool { return c.Old.Text != c.New.Text }

// Level tells whether another level is aimed at.
func (c GoalChange) Level() bool { return value(c.Old.TargetLevel) != value(c.New.TargetLevel) }

// Due tells whether the day was moved.
func (c GoalChange) Due() bool { return c.Old.DueOn != c.New.DueOn }

// Cost tells whether the services cost something else.
func (c GoalChange) Cost() bool { return c.Old.Cost() != c.New.Cost() }

func value(n *int64) int64 {
	if n == nil {
		return 0
	}
	return *n
}

// PlanChange is what a version of a plan changes in the one before.
type PlanChange struct {
	Old, New     Plan
	Added, Ended []Goal
	Changed      []GoalChange
	Same         int
}

// More is how much the newer version costs more than the older; less is negative.
func (c PlanChange) More() int64 { return c.New.Cost() - c.Old.Cost() }

// Less is More the other way round.
func (c PlanChange) Less() int64 { return -c.More() }

// comparePlans finds each goal of the older version in the newer one: by its words under the same need first, then by
// its words alone, then as the only goal left of its need. A goal that is not found again has ended.
func comparePlans(old, now Plan) PlanChange {
	c := PlanChange{Old: old, New: now}
	pair := make([]int, len(now.Goals)) // of each new goal: its old one, or -1
	taken := make([]bool, len(old.Goals))
	for i := range pair {
		pair[i] = -1
	}
	for _, like := range []func(a, b Goal) bool{
		func(a, b Goal) bool { return a.Need == b.Need && a.Text == b.Text },
		func(a, b Goal) bool { return a.Domain == b.Domain && a.Text == b.Text },
		func(a, b Goal) bool { return a.Need == b.Need && a.Need != 0 },
	} {
		for i, g := range now.Goals {
			for j, o := range old.Goals {
				if pair[i] < 0 && !taken[j] && like(o, g) {
					pair[i], taken[j] = j, true
				}
			}
		}
	}
	for i, g := range now.Goals {
		if pair[i] < 0 {
			c.Added = append(c.Added, g)
			continue
		}
		change := GoalChange{old.Goals[pair[i]], g}
		if change.Text() || change.Level() || change.Due() || change.Cost() {
			c.Changed = append(c.Changed, change)
		} else {
			c.Same++
		}
	}
	for j, o := range old.Goals {
		if !taken[j] {
			c.Ended = append(c.Ended, o)
		}
	}
	return c
}

// PlanChanged compares the version of the plan that is being written, or else the running one, with the version
// before it; nil while there is only one.
func (d *Desk) PlanChanged(ctx context.Context, by who.Asker, f File) (*PlanChange, error) {
	now := f.working()
	if now == nil {
		return nil, nil
	}
	var before id.ID
	for _, v := range f.Versions { // the newest first
		if v.Number < now.Number {
			before = v.ID
			break
		}
	}
	if before == 0 {
		return nil, nil
	}
	old, err := d.PlanOf(ctx, by, f, before)
	if err != nil {
		return nil, err
	}
	c := comparePlans(old, *now)
	return &c, nil
}
