package casework

import (
	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
)

const (
	// What stands behind the figures of a termination, and of a case.
	leftOn   = `select t.case_id as id, t.centre_id as centre_id, t.on_day as from_on, cast(null as text) as to_on, `
	taughtOn = `select t.case_id as id, t.centre_id as centre_id, t.year_on as from_on, cast(null as text) as to_on, `
	ofExits  = ` as dim, t.person_id as person_id, t.case_id as case_id, p.restricted as restricted, p.called as called
		from terminations t join persons p on p.id = t.person_id where {see t} and {see p} `
	ofExit  = ofExits + `and t.course is not null and t.course <> '' `
	ofCases = ` as dim, c.person_id as person_id, c.id as case_id, p.restricted as restricted, p.called as called
		from cases c join persons p on p.id = c.person_id where {see c} and {see p} `
)

var (
	keepCourse = store.SQL(`update terminations set course = ?, rise = ?, decile = ?, gain_decile = ?, gain_income = ?, gain_work = ?, gain_head = ?, gain_aid = ? where case_id = ? and {see terminations}`)
	setBack    = store.SQL(`update terminations set back_on = ? where case_id = ? and {see terminations}`)
	setTimely  = store.SQL(`update case_stages set timely = ? where id = ? and {see case_stages}`)
	untimed    = store.SQL(`select ` + caseColumns + `, g.id, g.stage, g.on_day, g.left_on
		from case_stages g join cases c on c.id = g.case_id
		where g.timely is null and g.left_on is not null and g.stage in ('assessment', 'planning') and {see g} and {see c} order by g.id limit ?`)  // index: case_stages_untimed
	unfollowed = store.SQL(`select t.case_id from terminations t where t.course is null and {see t} order by t.case_id limit ?`) // index: terminations_unfollowed
	unread     = store.SQL(`select ` + caseColumns + `, '', (select min(i.added_on) from identifiers i
			where i.person_id = c.person_id and i.kind = 'nik' and {see i})
		from cases c where c.papers is null and {see c} order by c.id limit ?`)  // index: cases_unread

	// index: case_stages_timely
	timelyFacts = store.Facts(`select g.id as id, g.centre_id as centre_id, g.left_on as from_on, cast(null as text) as to_on, g.timely as dim,
		g.person_id as person_id, g.case_id as case_id, p.restricted as restricted, p.called as called
		from case_stages g join persons p on p.id = g.person_id where g.timely is not null and g.timely <> '' and {see g} and {see p}`)
	courseFacts     = store.Facts(leftOn + `t.course` + ofExit)                    // index: terminations_course
	riseFacts       = store.Facts(leftOn + `t.rise` + ofExit + `and t.rise <> ''`) // index: terminations_rise
	decileFacts     = store.Facts(leftOn + `t.decile` + ofExit)                    // index: terminations_on, of this and the next
	gainDecileFacts = store.Facts(leftOn + `t.gain_decile` + ofExit)
	gainIncomeFacts = store.Facts(leftOn + `t.gain_income` + ofExit)
	gainWorkFacts   = store.Facts(leftOn + `t.gain_work` + ofExit)
	gainHeadFacts   = store.Facts(leftOn + `t.gain_head` + ofExit)
	gainAidFacts    = store.Facts(leftOn + `t.gain_aid` + ofExit)
	// index: terminations_taught
	taughtFacts       = store.Facts(taughtOn + `t.skill || ':' || t.tool` + ofExit + `and t.skill <> ''`)
	taughtHeldFacts   = store.Facts(taughtOn + `t.skill || ':' || t.tool` + ofExit + `and t.skill <> '' and t.course >= '12' and t.course <> '12:ended'`)
	taughtFallenFacts = store.Facts(taughtOn + `t.skill || ':' || t.tool` + ofExit + `and t.skill <> '' and t.course <= '12:ended' and substr(t.course, 4) = 'ended'`)
	// coalesce: SQLite takes the index of courses for a short way to the facts of one person
	backFacts = store.Facts(leftOn + `'returned'` + ofExits + `and coalesce(t.course, '') <> '' and t.back_on is not null`) // index: terminations_back

	workerFacts = store.Facts(`select c.id as id, c.centre_id as centre_id, c.opened_on as from_on, c.closed_on as to_on, coalesce(cast(c.worker_id as text), 'nobody')` + ofCases)
	papersFacts = store.Facts(`select c.id as id, c.centre_id as centre_id, c.opened_on as from_on, cast(null as text) as to_on, c.papers` + ofCases + `and c.papers is not null`)    // index: cases_papers
	issuedFacts = store.Facts(`select c.id as id, c.centre_id as centre_id, c.papers_on as from_on, cast(null as text) as to_on, 'issued'` + ofCases + `and c.papers_on is not null`) // index: cases_issued
	queueFacts  = store.Facts(`select c.id as id, c.centre_id as centre_id, c.queued_on as from_on, c.placed_on as to_on, c.ppks_type` + ofCases + `and c.queued_on is not null`)     // index: cases_queued, cases_queue_ends
)

func keepAfterwards(tx *store.Tx, caseID id.ID, a Afterwards) error {
	_, err := store.Exec(tx, keepCourse, a.Course, a.Rise, a.Decile, a.Gains.Decile, a.Gains.Income, a.Gains.Work, a.Gains.Head, a.Gains.Aid, caseID)
	return err
}

// timed is a line of the history whose time was not measured yet, with its case as it stood then.
type timed struct {
	Case
	entry id.ID
	left  clock.Day
}

func scanTimed(r store.Row) (t timed, err error) {
	var stage string
	var since clock.Day
	t.Case, err = scanCase(r, &t.entry, &stage, &since, &t.left)
	t.Stage, t.StageSince = stage, since
	return t, err
}

// orNull is a word as a column keeps it that knows of none.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
