package outcome

import (
	"cmp"
	"slices"
	"strings"

	"tuntas/house/store"
)

// Skill is the cohort of those who learned a skill in care and left with its tools or without. A year of theirs ends within
// the span. That more of them are independent does not say that it is because of the skill.
type Skill struct {
	Cohort
	Skill, Tool string // keys of law.Standard
	Estimated   bool
	Share       float64 // of all who learned it, the unknown among them
	Low, High   float64 // Wilson, 95 percent
}

// skills reads what became of who learned what: one statement.
func skills(tx *store.Tx, s Span, from int64) (out []Skill, err error) {
	measures := []string{"skill.due", "skill.held", "skill.fallen"}
	all, err := store.Totals(tx, measures, s.From, s.To, s.Centre)
	if err != nil {
		return nil, err
	}
	of := map[string]*[3]int64{}
	for n, m := range measures {
		for _, f := range all[m] {
			if of[f.Dim] == nil {
				of[f.Dim] = &[3]int64{}
			}
			of[f.Dim][n] += f.N
		}
	}
	for dim, n := range of {
		if n[0] == 0 {
			continue
		}
		k := Skill{Cohort: Cohort{Months: yearMonths, Independent: n[1], Not: n[2], Unknown: n[0] - n[1] - n[2]}}
		k.Skill, k.Tool, _ = strings.Cut(dim, ":")
		if k.All() >= from {
			k.Estimated, k.Share = true, float64(k.Independent)/float64(k.All())
			k.Low, k.High = Wilson(k.Independent, k.All())
		}
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b Skill) int {
		return cmp.Or(cmp.Compare(b.All(), a.All()), cmp.Compare(a.Skill, b.Skill), cmp.Compare(a.Tool, b.Tool))
	})
	return out, nil
}
