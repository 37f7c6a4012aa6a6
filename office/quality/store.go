package quality

import (
	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
)

const (
	ofStay = `select s.id, s.centre_id, s.person_id, s.case_id, p.called, s.entered_on from stays s join persons p on p.id = s.person_id `
	ofCase = `select c.id, c.centre_id, c.person_id, c.id, p.called, `

	// Who lives in now: as many as there are beds, however many lived there before.
	livesIn = `where s.state = 'open' and {see s} `
	itsCase = `join cases c on c.id = s.case_id and {see c} `
	// Somebody lives in whose case left care.
	caseless = `c.quiet_on is not null and c.stage in ('aftercare', 'closed') `
	// Nothing is recorded since a day of somebody who lives in: neither a service nor a note.
	unserved = `c.quiet_on <= ? `
	// The same of a list that goes by stay: among those who live in it is soon full, or they are all there is to look at.
	unservedIn  = `c.quiet_on || '' <= ? `
	nobodys     = `c.stage <> 'closed' and c.worker_id is null and {see c} `
	late        = `c.stage <> 'closed' and c.due_on < ? and {see c} `
	lateContact = `k.state = 'open' and k.due_on < ? and {see k} `
	caseOf      = ` from cases c join persons p on p.id = c.person_id where {see p} and `
	whoseWorker = `(select w.person_id from cases w where w.worker_id = ? and {see w}) `

	seen    = `and {see p} and s.id > ? {parts} order by s.id limit ?`
	countOf = `select count(*)`
	// Whoever lives in is looked at first, and not all restricted persons.
	hers      = `exists (select 1 from persons p where p.id = c.person_id and p.restricted and {see p} limit 1 offset 0) {parts}`
	fromCases = ` from cases c where `
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
	// index: cases_nobody; cases_due_on, cases_due; contacts_soon, contacts_open
	nobodysCases = store.SQL(ofCase + `c.opened_on` + caseOf + nobodys + `and c.opened_on >= ? and not (c.opened_on = ? and c.id <= ?) {parts} order by c.opened_on, c.id limit ?`)
	lateCases    = store.SQL(ofCase + `c.due_on` + caseOf + late + `and c.due_on >= ? and not (c.due_on = ? and c.id <= ?) {parts} order by c.due_on, c.id limit ?`)
	lateContacts = store.SQL(`select k.id, k.centre_id, k.person_id, k.case_id, p.called, k.due_on from contacts k join persons p on p.id = k.person_id where {see p} and ` + lateContact +
		`and k.due_on >= ? and not (k.due_on = ? and k.id <= ?) {parts} order by k.due_on, k.id limit ?`)

	// of one's case nobody else lives in, and only of who lives in is quiet_on known
	hiddenCaseless = store.SQL(countOf + fromCases + caseless + `and {see c} and ` + hers)
	hiddenUnserved = store.SQL(countOf + fromCases + unserved + `and {see c} and ` + hers)
	hiddenStays    = store.SQL(countOf + ` from stays s join persons p on p.id = s.person_id ` + livesIn + `and p.restricted and {see p} {parts}`)
	// of how many restricted persons the asker sees the record all the same, because she works on a case of theirs, if on any
	carried      = store.SQL(`select count(*) from (select w.id from cases w where w.worker_id = ? and {see w} order by w.id limit 1) one`) // index: cases_worker
	mineNobodys  = store.SQL(countOf + fromCases + nobodys + `and c.person_id in ` + whoseWorker + `and ` + hers)
	mineLate     = store.SQL(countOf + fromCases + late + `and c.person_id in ` + whoseWorker + `and ` + hers)
	mineContacts = store.SQL(countOf + ` from contacts k where ` + lateContact + `and k.person_id in ` + whoseWorker +
		`and exists (select 1 from persons p where p.id = k.person_id and p.restricted and {see p} limit 1 offset 0) {parts}`)

	stayAt    = store.NewPart(`and s.centre_id = ?`)
	caseAt    = store.NewPart(`and c.centre_id = ?`)
	contactAt = store.NewPart(`and k.centre_id = ?`)
	sexless   = store.NewPart(`and s.sex = 'unknown'`)
	ageless   = store.NewPart(`and s.age = 'unknown'`)
	homeless  = store.NewPart(`and s.region = 'unknown'`)
)

// list is how the records of a rule are read. Those who live in go by stay; more than live in anywhere is read by its day, and
// what of that is withheld is kept as a figure.
type list struct {
	records  *store.Stmt
	at, only *store.Part
	hidden   *store.Stmt // counts what is withheld of those who live in
	hiddenAt *store.Part
	mine     *store.Stmt                                         // counts what is withheld by the figure, and seen all the same
	args     func(today clock.Day, rules law.QualityRules) []any // of each statement
}

func noArgs(clock.Day, law.QualityRules) []any { return nil }

func ofToday(today clock.Day, _ law.QualityRules) []any { return []any{today} }

func sinceServed(today clock.Day, rules law.QualityRules) []any {
	return []any{today.Add(-rules.ServiceDays)}
}

// lists are the rules about persons.
var lists = map[string]list{
	stayWithoutCase:  {caselessStays, stayAt, nil, hiddenCaseless, caseAt, nil, noArgs},
	serviceMissing:   {unservedStays, stayAt, nil, hiddenUnserved, caseAt, nil, sinceServed},
	sexMissing:       {openStays, stayAt, sexless, hiddenStays, stayAt, nil, noArgs},
	birthMissing:     {openStays, stayAt, ageless, hiddenStays, stayAt, nil, noArgs},
	homeMissing:      {openStays, stayAt, homeless, hiddenStays, stayAt, nil, noArgs},
	"worker-missing": {nobodysCases, caseAt, nil, nil, nil, mineNobodys, noArgs},
	"stage-late":     {lateCases, caseAt, nil, nil, nil, mineLate, ofToday},
	"aftercare-late": {lateContacts, contactAt, nil, nil, nil, mineContacts, ofToday},
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

func (l list) narrow(st *store.Stmt, place *store.Part, at id.ID) *store.Query {
	q := st.With(at != 0, place, at)
	if l.only != nil {
		q = q.With(true, l.only)
	}
	return q
}

func (l list) page(tx *store.Tx, o *Detail, after store.Place, limit int) ([]Record, error) {
	args := l.args(o.On, o.Rules)
	if l.mine != nil {
		args = append(args, string(after.On), string(after.On))
	}
	return store.Each(tx, l.narrow(l.records, l.at, o.There.ID), scanRecord, append(args, int64(after.ID), limit)...)
}

// withheld counts the records of restricted persons that the list does not show.
func (l list) withheld(tx *store.Tx, f *looked, o *Detail) (int64, error) {
	args := l.args(o.On, o.Rules)
	if l.hidden != nil {
		return store.Withheld(tx, l.narrow(l.hidden, l.hiddenAt, o.There.ID), args...)
	}
	if tx.By().May(who.SeeRestricted) {
		return 0, nil
	}
	days, _ := spans(o.QualityRule, o.On)
	all, err := f.sweep.Hidden(o.Bad, days)
	if err != nil {
		return 0, err
	}
	var n int64
	for at := range o.Names {
		if o.There.ID == 0 || o.There.ID == at {
			n += all[at]
		}
	}
	if n == 0 {
		return 0, nil
	}
	if cases, err := store.One(tx, carried, store.Int, tx.By().User); err != nil || cases == 0 {
		return n, err
	}
	seen, err := store.One(tx, l.narrow(l.mine, l.at, o.There.ID), store.Int, append(args, tx.By().User)...)
	return n - seen, err
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
