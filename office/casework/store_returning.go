package casework

import (
	"tuntas/house/id"
	"tuntas/house/store"
)

// caseOfFamily are the ids of the head's case and of those of the family.
const caseOfFamily = `select h.id from cases h where h.id = ? and {see h} union all select m.id from cases m where m.family_of = ? and {see m}`

var (
	// index: terminations (person_id)
	episodesOfPerson = store.SQL(`select t.case_id, t.centre_id, e.name, c.ppks_type, c.opened_on, t.on_day, t.reason, t.outcome
		from terminations t join cases c on c.id = t.case_id join centre_list e on e.id = t.centre_id
		where t.person_id = ? and {see t} and {see c} order by t.on_day desc, t.case_id desc limit 20`)
	// index: assessments (case_id, instrument, assessed_on), the key of assessment_levels
	lastLevels = store.SQL(`select v.domain, v.level from assessment_levels v where {see v} and v.assessment_id = (
		select a.id from assessments a where a.case_id = ? and a.instrument = 'independence' and a.signed_on is not null and {see a}
		order by a.assessed_on desc, a.id desc limit 1) order by v.domain`)
	// index: plans (case_id, number), goals (plan_id, id)
	approvedGoals = store.SQL(`select g.id, g.domain, g.text, g.measure, g.target_level, g.due_on, g.state
		from goals g join plans l on l.id = g.plan_id where l.case_id = ? and l.state = 'approved' and {see g} and {see l} order by g.id limit 60`)

	// two arms and no or, which SQLite answers by going through all cases of the centre; index: the key, cases (family_of)
	familyOf    = store.SQL(cardLines + `where c.id in (` + caseOfFamily + `) and {see c} and {see p} order by c.id limit 30`)
	countFamily = store.SQL(`select count(*) from (` + caseOfFamily + `) q`)

	setReview = store.SQL(`update cases set review_on = ? where id = ? and {see cases}`)

	// index: cases_back
	returnFacts = store.Facts(`select c.id as id, c.centre_id as centre_id, c.opened_on as from_on, cast(null as text) as to_on, c.ppks_type as dim,
		c.person_id as person_id, c.id as case_id, p.restricted as restricted, p.called as called
		from cases c join persons p on p.id = c.person_id where c.return_days is not null and {see c} and {see p}`)
)

func scanEpisode(r store.Row) (e Episode, err error) {
	err = r.Scan(&e.Case, &e.Centre, &e.CentreName, &e.Kind, &e.From, &e.Until, &e.Reason, &e.Outcome)
	return e, err
}

func scanLevel(r store.Row) (l Level, err error) {
	err = r.Scan(&l.Domain, &l.Level)
	return l, err
}

func scanFormerGoal(r store.Row) (g Goal, err error) {
	err = r.Scan(&g.ID, &g.Domain, &g.Text, &g.Measure, &g.TargetLevel, &g.DueOn, &g.State)
	return g, err
}

// familyLines gives the cases of a family, the head's first: each member has an own case (Pasal 21).
func familyLines(tx *store.Tx, head id.ID) ([]Line, error) {
	return store.Each(tx, familyOf, scanLine, head, head)
}

func familySize(tx *store.Tx, head id.ID) (int64, error) {
	return store.One(tx, countFamily, store.Int, head, head)
}
