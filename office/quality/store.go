package quality

import (
	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/law"
)

const (
	ofStay = `select s.id, s.centre_id, s.person_id, s.case_id, p.called, s.entered_on from stays s join persons p on p.id = s.person_id `
	ofCase = `select c.id, c.centre_id, c.person_id, c.id, p.called, coalesce(c.due_on, c.opened_on) from cases c join persons p on p.id = c.person_id `

	// Who lives in now: as many as there are beds, however many lived there before.
	livesIn = `where s.state = 'open' and {see s} `
	itsCase = `join cases c on c.id = s.case_id and {see c} `
	// Somebody lives in whose case left care.
	caseless = `c.quiet_on is not null and c.stage in ('aftercare', 'closed') `
	// Nothing is recorded since a day of somebody who lives in: neither a service nor a note.
	unserved = `c.quiet_on <= ? `
	// The same of a list that goes by stay: among those who live in it is soon full, or they are all there is to look at.
	unservedIn = `c.quiet_on || '' <= ? `
	running    = `where c.stage <> 'closed' and {see c} `
	contacts   = `where k.state = 'open' and k.due_on < ? and {see k} `

	seen       = `and {see p} and s.id > ? {parts} order by s.id limit ?`
	seenCase   = `and {see p} and c.id > ? {parts} order by c.id limit ?`
	hidden     = `and p.restricted and {see p} {parts}`
	countStays = `select count(*) from stays s join persons p on p.id = s.person_id `
	// Whoever lives in is looked at first, and not all restricted persons.
	hers = `exists (select 1 from persons p where p.id = c.person_id and p.restricted and {see p} limit 1 offset 0) {parts}`
)

var (
	// index: stays_living; by the page stays_open, stays_centre; cases_quiet
	stayCounts = store.SQL(`select l.centre_id, sum(l.n), sum(l.sexless), sum(l.ageless), sum(l.homeless), sum(l.long), sum(l.caseless), sum(l.unserved) from (
		select s.centre_id as centre_id, count(*) as n, sum(case when s.sex = 'unknown' then 1 else 0 end) as sexless, sum(case when s.age = 'unknown' then 1 else 0 end) as ageless,
			sum(case when s.region = 'unknown' then 1 else 0 end) as homeless, sum(case when s.entered_on <= ? then 1 else 0 end) as long, 0 as caseless, 0 as unserved
		from stays s ` + livesIn + `group by s.centre_id
		union all select c.centre_id, 0, 0, 0, 0, 0, count(*), 0 from cases c where ` + caseless + `and {see c} group by c.centre_id
		union all select c.centre_id, 0, 0, 0, 0, 0, 0, count(*) from cases c where ` + unserved + `and {see c} group by c.centre_id) l group by l.centre_id`)

	caselessStays = store.SQL(ofStay + itsCase + livesIn + `and ` + caseless + seen)
	unservedStays = store.SQL(ofStay + itsCase + livesIn + `and ` + unservedIn + seen)
	openStays     = store.SQL(ofStay + livesIn + seen)
	runningCases  = store.SQL(ofCase + running + seenCase) // index: cases_open, cases_open_centre
	// index: contacts_soon, contacts_open; by the sum, so that the key is not walked through for the few that are open
	lateContacts = store.SQL(`select k.id, k.centre_id, k.person_id, k.case_id, p.called, k.due_on from contacts k join persons p on p.id = k.person_id ` +
		contacts + `and {see p} and k.id > ? {parts} order by k.id + 0 limit ?`)

	// of one's case nobody else lives in, and only of who lives in is quiet_on known
	hiddenCaseless = store.SQL(`select count(*) from cases c where ` + caseless + `and {see c} and ` + hers)
	hiddenUnserved = store.SQL(`select count(*) from cases c where ` + unserved + `and {see c} and ` + hers)
	hiddenStays    = store.SQL(countStays + livesIn + hidden)
	hiddenCases    = store.SQL(`select count(*) from cases c join persons p on p.id = c.person_id ` + running + hidden)
	hiddenContacts = store.SQL(`select count(*) from contacts k join persons p on p.id = k.person_id ` + contacts + hidden)

	stayAt     = store.NewPart(`and s.centre_id = ?`)
	caseAt     = store.NewPart(`and c.centre_id = ?`)
	contactAt  = store.NewPart(`and k.centre_id = ?`)
	sexless    = store.NewPart(`and s.sex = 'unknown'`)
	ageless    = store.NewPart(`and s.age = 'unknown'`)
	homeless   = store.NewPart(`and s.region = 'unknown'`)
	workerless = store.NewPart(`and coalesce(c.worker_id, 0) = 0`) // so that closed cases of nobody are not walked through
	overdue    = store.NewPart(`and c.due_on < ?`)
)

// list is how the records of a rule are read: what is read, what of it is withheld, and which parts narrow each to a place.
type list struct {
	records, hidden *store.Stmt
	at, hiddenAt    *store.Part
	only            *store.Part
	args            func(today clock.Day, rules law.QualityRules) []any // of the statement
	day             bool                                                // the part takes today
}

func noArgs(clock.Day, law.QualityRules) []any { return nil }

func ofToday(today clock.Day, _ law.QualityRules) []any { return []any{today} }

func sinceServed(today clock.Day, rules law.QualityRules) []any {
	return []any{today.Add(-rules.ServiceDays)}
}

// lists are the rules about persons.
var lists = map[string]list{
	stayWithoutCase:  {caselessStays, hiddenCaseless, stayAt, caseAt, nil, noArgs, false},
	serviceMissing:   {unservedStays, hiddenUnserved, stayAt, caseAt, nil, sinceServed, false},
	sexMissing:       {openStays, hiddenStays, stayAt, stayAt, sexless, noArgs, false},
	birthMissing:     {openStays, hiddenStays, stayAt, stayAt, ageless, noArgs, false},
	homeMissing:      {openStays, hiddenStays, stayAt, stayAt, homeless, noArgs, false},
	"worker-missing": {runningCases, hiddenCases, caseAt, caseAt, workerless, noArgs, false},
	"stage-late":     {runningCases, hiddenCases, caseAt, caseAt, overdue, noArgs, true},
	"aftercare-late": {lateContacts, hiddenContacts, contactAt, contactAt, nil, ofToday, false},
}

// Record is one record about a person that is not in order.
type Record struct {
	ID, Centre, Person, Case id.ID
	Called                   string
	On                       clock.Day
}

func scanRecord(r store.Row) (one Record, err error) {
	err = r.Scan(&one.ID, &one.Centre, &one.Person, &one.Case, &one.Called, &one.On)
	return one, err
}

func (l list) narrow(st *store.Stmt, place *store.Part, today clock.Day, at id.ID) *store.Query {
	q := st.With(at != 0, place, at)
	switch {
	case l.day:
		q = q.With(true, l.only, today)
	case l.only != nil:
		q = q.With(true, l.only)
	}
	return q
}

func (l list) page(tx *store.Tx, today clock.Day, rules law.QualityRules, at, after id.ID, limit int) ([]Record, error) {
	return store.Each(tx, l.narrow(l.records, l.at, today, at), scanRecord, append(l.args(today, rules), int64(after), limit)...)
}

func (l list) withheld(tx *store.Tx, today clock.Day, rules law.QualityRules, at id.ID) (int64, error) {
	return store.Withheld(tx, l.narrow(l.hidden, l.hiddenAt, today, at), l.args(today, rules)...)
}

// living is who lives in at an institution, and of how many something is not known or not done.
type living struct {
	centre             id.ID
	n                  int64
	sex, age, home     int64
	long               int64 // long enough that something should be recorded
	caseless, unserved int64
}

func scanLiving(r store.Row) (l living, err error) {
	err = r.Scan(&l.centre, &l.n, &l.sex, &l.age, &l.home, &l.long, &l.caseless, &l.unserved)
	return l, err
}
