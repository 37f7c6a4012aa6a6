package standards

import (
	"context"
	"slices"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

// Sheet is a self-assessment as its pages show it: the criteria that hold for the institution, its answers, those of the
// last period, what operations say, and the evidence.
type Sheet struct {
	Self
	Campaign Campaign
	Standard Standard
	Centre   centre.Centre
	Criteria []Criterion
	Answers  map[string]Answer
	Last     Self // of the last period by the same standard; zero: there is none
	Before   map[string]Answer
	Counts   map[string]Count // by key of the fact
	Load     Load
	Evidence []Evidence
}

// Look gives a self-assessment with all that is known of it.
func (d *Desk) Look(ctx context.Context, by who.Asker, self id.ID) (v Sheet, err error) {
	err = d.store.Read(ctx, by, lookSelf, func(tx *store.Tx) error {
		v, err = d.look(tx, self)
		return err
	})
	return v, err
}

func (d *Desk) look(tx *store.Tx, self id.ID) (v Sheet, err error) {
	s, err := d.sheetOf(tx, self)
	if err != nil {
		return v, err
	}
	if v, err = answered(tx, s); err != nil {
		return v, err
	}
	if v.Last, err = previousOf(tx, s.self); err != nil {
		return v, err
	}
	if v.Before, err = answersOf(tx, v.Last.ID); err != nil {
		return v, err
	}
	if v.Counts, err = countsOf(tx, s); err != nil {
		return v, err
	}
	if v.Load, err = WorkloadOf(tx, s.self.Centre); err != nil {
		return v, err
	}
	return v, nil
}

// answered is the sheet with its answers and evidence alone: what gaps are seen from.
func answered(tx *store.Tx, s sheet) (v Sheet, err error) {
	v = Sheet{Self: s.self, Campaign: s.campaign, Standard: s.standard, Centre: s.centre, Criteria: s.standard.For(s.centre.Kinds)}
	if v.Answers, err = answersOf(tx, s.self.ID); err != nil {
		return v, err
	}
	v.Evidence, err = evidenceOf(tx, s.self.ID)
	return v, err
}

// Own is the score of the institution's own answers, of those it stands by.
func (v Sheet) Own() Score { return ownScore(v.Criteria, v.Answers) }

// Theirs is the score of the province's answers.
func (v Sheet) Theirs() Score { return theirScore(v.Criteria, v.Answers) }

// Differ counts the criteria that the province sees otherwise.
func (v Sheet) Differ() int { return differing(v.Answers) }

// In lists the criteria of a chapter.
func (v Sheet) In(chapter string) []Criterion { return inChapter(v.Criteria, chapter) }

func inChapter(criteria []Criterion, chapter string) (all []Criterion) {
	for _, c := range criteria {
		if c.Chapter == chapter {
			all = append(all, c)
		}
	}
	return all
}

// Chapter scores one chapter.
func (v Sheet) Chapter(chapter string) Score { return ownScore(v.In(chapter), v.Answers) }

// Criterion finds a criterion that holds for the institution.
func (v Sheet) Criterion(key string) (Criterion, error) {
	i := slices.IndexFunc(v.Criteria, func(c Criterion) bool { return c.Key == key })
	if i < 0 {
		return Criterion{}, fail.NotFound
	}
	return v.Criteria[i], nil
}

// Proofs lists the evidence of a criterion.
func (v Sheet) Proofs(criterion string) []Evidence {
	var all []Evidence
	for _, e := range v.Evidence {
		if e.Criterion == criterion {
			all = append(all, e)
		}
	}
	return all
}

// Turn is a criterion that is answered otherwise than in the last period.
type Turn struct {
	Criterion   Criterion
	Before, Now string // "" is not assessed
	Better      bool
}

// Worse tells whether the answer fell.
func (t Turn) Worse() bool { return rank[t.Now] > 0 && rank[t.Before] > rank[t.Now] }

// rank puts answers in their order, the best last; what has no place in it is 0.
var rank = map[string]int{No: 1, Partly: 2, Yes: 3}

// Turns lists what changed since the last period.
func (v Sheet) Turns() []Turn {
	var all []Turn
	for _, c := range v.Criteria {
		before, now := v.Before[c.Key].Cell().Says(), v.Answers[c.Key].Cell().Says()
		if before != now {
			all = append(all, Turn{c, before, now, rank[before] > 0 && rank[now] > rank[before]})
		}
	}
	return all
}

// AtCentre lists the self-assessments of one institution, the newest first; fail.NotFound for one that is not the asker's.
func (d *Desk) AtCentre(ctx context.Context, by who.Asker, at, before id.ID, limit int64) (all []Self, c centre.Centre, names map[id.ID]Campaign, err error) {
	err = d.store.Read(ctx, by, lookSelf, func(tx *store.Tx) error {
		if c, err = centre.Own(tx, at); err != nil {
			return err
		}
		if all, err = selvesAt(tx, at, before, limit); err != nil {
			return err
		}
		rounds, err := campaignsBefore(tx, 0, 500)
		names = map[id.ID]Campaign{}
		for _, k := range rounds {
			names[k.ID] = k
		}
		return err
	})
	return all, c, names, err
}

// Behind gives one page of the list behind what operations say, and how many of it are not for the asker.
func (d *Desk) Behind(ctx context.Context, by who.Asker, self id.ID, key string, after id.ID, limit int64) (all []Line, f Fact, v Sheet, err error) {
	err = d.store.Read(ctx, by, lookSelf, func(tx *store.Tx) error {
		var known bool
		if f, known = FactOf(key); !known {
			return fail.NotFound
		}
		s, err := d.sheetOf(tx, self)
		if err != nil {
			return err
		}
		v = Sheet{Self: s.self, Campaign: s.campaign, Centre: s.centre}
		if v.Counts, err = countsOf(tx, s); err != nil {
			return err
		}
		if v.Load, err = WorkloadOf(tx, s.self.Centre); err != nil {
			return err
		}
		all, err = linesOf(tx, s, f, after, limit)
		return err
	})
	return all, f, v, err
}
